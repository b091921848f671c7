//! Who is checked out, and who is inside.

use std::time::Duration;

use super::*;
use crate::code::Code;
use crate::entry::{Cause, Reason};
use crate::visits::{Because, Config, Filter, Page, Reader, Record, Recorded, Store, UnreadableRecord, Use};

const CODE: &str = "A1B2345670";
const AMBER: Decision = Decision::Unverified(Cause::ServiceFailed);

/// A log with a repeat window of half an hour, at entrances whose clocks say what a test says.
struct Log {
    folder: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
}

impl Log {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { folder: tempfile::tempdir().unwrap(), runtime }
    }

    fn config(&self) -> Config {
        Config { repeat: Duration::from_secs(30 * 60), ..Config::of_tests(self.folder.path()) }
    }

    fn store(&self) -> Store {
        Store::open(self.config(), Use::Command).unwrap()
    }

    fn visit(&self, store: &Store, at: &str, decision: Decision) -> Visit {
        let code = self.runtime.block_on(store.hash(Code::parse(CODE).unwrap())).unwrap();
        Visit {
            id: Uuid::now_v7(),
            at: at.parse().unwrap(),
            environment: Environment::Live,
            entrance: "Ana giriş".to_owned(),
            source: None,
            decided_by: None,
            answers: None,
            code: Some(code),
            decision,
            valid_until: None,
            service_ms: None,
            holder: None,
            word: None,
        }
    }

    /// The code is shown, and this is decided.
    fn decide(&self, at: &str, decision: Decision) -> Uuid {
        let store = self.store();
        let visit = self.visit(&store, at, decision);
        let id = visit.id;
        self.runtime.block_on(store.append_visit(visit)).unwrap();
        id
    }

    /// Whether the code checks out when it is shown at this time, of the day that began at the other.
    fn checks_out_on(&self, day: &str, at: &str) -> bool {
        let store = self.store();
        let visit = self.visit(&store, at, Decision::CheckOut);
        self.runtime.block_on(store.check_out(visit, day.parse().unwrap())).unwrap()
    }

    fn checks_out(&self, at: &str) -> bool {
        self.checks_out_on("2021-08-09T00:00:00Z", at)
    }

    fn visits(&self) -> Vec<Visit> {
        let mut visits = Vec::new();
        let take = |recorded: Result<Recorded, UnreadableRecord>| {
            if let Record::Visit(visit) = recorded.unwrap().record {
                visits.push(visit);
            }
            Ok::<(), VisitsError>(())
        };
        Reader::open(&self.config()).unwrap().each(&Filter::default(), Page::default(), take).unwrap();
        visits
    }
}

#[test]
fn whoever_was_admitted_checks_out_after_the_repeat_window_by_a_record_that_names_the_admission() {
    let log = Log::new();
    let admission = log.decide("2021-08-09T09:00:00Z", Decision::Admit);
    assert!(log.checks_out("2021-08-09T09:30:00.001Z"));
    let out = log.visits().pop().unwrap();
    assert_eq!((out.decision, out.answers), (Decision::CheckOut, Some(admission)));
}

#[test]
fn within_the_repeat_window_nobody_is_checked_out_and_nothing_is_recorded() {
    let log = Log::new();
    log.decide("2021-08-09T09:00:00Z", Decision::Admit);
    assert!(!log.checks_out("2021-08-09T09:30:00Z"));
    assert_eq!(log.visits().len(), 1);
}

#[test]
fn a_named_persons_word_lets_somebody_in_who_checks_out_as_others_do() {
    let log = Log::new();
    log.decide("2021-08-09T09:00:00Z", AMBER);
    let word = log.decide("2021-08-09T09:01:00Z", Decision::AdmitByDesk);
    assert!(log.checks_out("2021-08-09T12:00:00Z"));
    assert_eq!(log.visits().pop().unwrap().answers, Some(word));
}

#[test]
fn who_was_refused_or_not_verified_is_asked_about_anew() {
    for decision in [Decision::Refuse(Reason::Risky), Decision::Refuse(Reason::Desk), AMBER] {
        let log = Log::new();
        log.decide("2021-08-09T09:00:00Z", decision);
        assert!(!log.checks_out("2021-08-09T12:00:00Z"), "{decision:?}");
    }
}

#[test]
fn a_refusal_after_the_admission_is_asked_about_anew_and_a_fault_is_no_refusal() {
    for (later, checks_out) in [(Decision::Refuse(Reason::Risky), false), (AMBER, true)] {
        let log = Log::new();
        log.decide("2021-08-09T09:00:00Z", Decision::Admit);
        log.decide("2021-08-09T09:10:00Z", later);
        assert_eq!(log.checks_out("2021-08-09T12:00:00Z"), checks_out, "{later:?}");
    }
}

#[test]
fn who_checked_out_is_asked_about_anew_and_then_checks_out_again() {
    let log = Log::new();
    log.decide("2021-08-09T09:00:00Z", Decision::Admit);
    assert!(log.checks_out("2021-08-09T12:00:00Z"));
    assert!(!log.checks_out("2021-08-09T13:00:00Z"));
    log.decide("2021-08-09T13:00:00Z", Decision::Admit);
    assert!(log.checks_out("2021-08-09T17:00:00Z"));
}

#[test]
fn who_was_admitted_yesterday_is_not_inside_today() {
    let log = Log::new();
    log.decide("2021-08-08T23:00:00Z", Decision::Admit);
    assert!(!log.checks_out("2021-08-09T00:05:00Z"));
}

#[test]
fn what_another_service_admitted_checks_nobody_out() {
    let log = Log::new();
    let store = log.store();
    let test = Visit {
        environment: Environment::Test,
        ..log.visit(&store, "2021-08-09T09:00:00Z", Decision::Admit)
    };
    log.runtime.block_on(store.append_visit(test)).unwrap();
    assert!(!log.checks_out("2021-08-09T12:00:00Z"));
}

#[test]
fn a_clock_that_was_set_back_checks_nobody_out_until_it_has_gone_on() {
    let log = Log::new();
    log.decide("2021-08-09T11:00:00Z", Decision::Admit);
    assert!(!log.checks_out("2021-08-09T10:00:00Z"));
    assert!(log.checks_out("2021-08-09T11:30:01Z"));
}

#[test]
fn the_order_of_the_records_counts_where_a_clock_was_set_back() {
    let log = Log::new();
    log.decide("2021-08-09T09:20:00Z", Decision::Refuse(Reason::Risky));
    log.decide("2021-08-09T09:10:00Z", Decision::Admit);
    assert!(log.checks_out("2021-08-09T12:00:00Z"));
}

#[test]
fn of_two_entrances_on_one_log_one_checks_out() {
    let log = Log::new();
    log.decide("2021-08-09T09:00:00Z", Decision::Admit);
    let (front, back) = (log.store(), log.store());
    let day = "2021-08-09T00:00:00Z".parse().unwrap();
    let [one, other] =
        [&front, &back].map(|store| log.visit(store, "2021-08-09T12:00:00Z", Decision::CheckOut));
    let out =
        log.runtime.block_on(async { tokio::join!(front.check_out(one, day), back.check_out(other, day)) });
    let (one, other) = (out.0.unwrap(), out.1.unwrap());
    assert_eq!((one != other, log.visits().len()), (true, 2));
}

#[test]
fn who_was_admitted_before_the_keys_changed_checks_out_after_it() {
    let log = Log::new();
    log.decide("2021-08-09T09:00:00Z", Decision::Admit);
    crate::visits::rotate(&log.config(), None, None).unwrap();
    assert!(log.checks_out("2021-08-09T12:00:00Z"));
}

#[test]
fn an_erasure_takes_the_check_out_too() {
    let log = Log::new();
    log.decide("2021-08-09T09:00:00Z", Decision::Admit);
    assert!(log.checks_out("2021-08-09T12:00:00Z"));
    let store = log.store();
    let erased = store.erase(Code::parse(CODE).unwrap(), None, Because::parse("KVKK 11/e").unwrap());
    assert_eq!(log.runtime.block_on(erased).unwrap().records, 2);
    assert!(log.visits().is_empty());
}

/// The places of those who are inside after these decisions, each on the code of its number; 0 is none. A check-out
/// names the visit at the place that stands with it.
fn inside_after(decisions: &[(u8, Decision, Option<usize>)]) -> Vec<usize> {
    let names: Vec<Uuid> = decisions.iter().map(|_| Uuid::now_v7()).collect();
    let passages: Vec<Passage> = decisions
        .iter()
        .zip(&names)
        .map(|(&(code, decision, answers), &visit)| Passage {
            visit,
            code: (code > 0).then_some(CodeHash([code; 32])),
            decision,
            answers: answers.map(|place| names[place]),
        })
        .collect();
    inside(passages.into_iter())
}

#[test]
fn inside_are_those_who_were_admitted_and_did_not_check_out() {
    use Decision::{Admit, AdmitByDesk, CheckOut};
    let refused = Decision::Refuse(Reason::Risky);
    let came =
        [(1, Admit, None), (2, refused, None), (3, AMBER, None), (4, AdmitByDesk, None), (5, Admit, None)];
    assert_eq!(inside_after(&came), [0, 3, 4]);
    assert_eq!(inside_after(&[&came[..], &[(1, CheckOut, Some(0)), (5, CheckOut, Some(4))]].concat()), [3]);
}

#[test]
fn who_was_admitted_twice_is_inside_once_since_the_first_time() {
    use Decision::{Admit, CheckOut};
    let twice = [(1, Admit, None), (1, Admit, None)];
    assert_eq!(inside_after(&twice), [0]);
    assert_eq!(inside_after(&[&twice[..], &[(1, CheckOut, Some(1))]].concat()), [0; 0]);
}

#[test]
fn who_came_back_after_a_check_out_is_inside_since_then() {
    use Decision::{Admit, CheckOut};
    assert_eq!(inside_after(&[(1, Admit, None), (1, CheckOut, Some(0)), (1, Admit, None)]), [2]);
}

#[test]
fn who_has_no_code_is_let_out_by_name_and_each_counts_for_one() {
    use Decision::{AdmitByDesk, CheckOut};
    let came = [(0, AdmitByDesk, None), (0, AdmitByDesk, None)];
    assert_eq!(inside_after(&came), [0, 1]);
    assert_eq!(inside_after(&[&came[..], &[(0, CheckOut, Some(0))]].concat()), [1]);
}
