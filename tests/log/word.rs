//! Somebody's word on a visit, where two programs record on one log.

use hes_kiosk::code::Code;
use hes_kiosk::entry::{Cause, Decision, Reason};
use hes_kiosk::visits::{
    CodeHash, Config, DecidedBy, Environment, Filter, KeySource, Page, Reader, Record, Recorded, Said, Store,
    UnreadableRecord, Use, Visit, VisitsError, Word, verify,
};
use jiff::Timestamp;
use tempfile::TempDir;
use uuid::Uuid;

const AMBER: Decision = Decision::Unverified(Cause::ServiceFailed);
const ADMITTED: Decision = Decision::AdmitByDesk;
const REFUSED: Decision = Decision::Refuse(Reason::Desk);
const LEFT: Decision = Decision::Unverified(Cause::Left);

/// A log, and two programs that record on it.
struct Log {
    folder: TempDir,
    stores: [Store; 2],
    runtime: tokio::runtime::Runtime,
}

impl Log {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let stores = [(); 2].map(|()| Store::open(config(&folder), Use::Command).unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { folder, stores, runtime }
    }

    /// A visit of somebody with a code or without one.
    fn visit(&self, has_code: bool, decision: Decision) -> Visit {
        let code = Code::parse("A1B2345676").unwrap();
        let code = has_code.then(|| self.runtime.block_on(self.stores[0].hash(code)).unwrap());
        let visit = record(code, decision);
        self.runtime.block_on(self.stores[0].append_visit(visit.clone())).unwrap();
        visit
    }

    /// Somebody decides, in the first program or the other.
    fn decide(&self, store: usize, visit: &Visit, decision: Decision) -> Result<(), VisitsError> {
        self.runtime.block_on(self.stores[store].append_visit(word(visit, decision))).map(|_| ())
    }

    /// The decisions in the log, if it is intact.
    fn decisions(&self) -> Vec<Decision> {
        assert_eq!(verify(&config(&self.folder), None).unwrap().faults, []);
        let mut decisions = Vec::new();
        let take = |recorded: Result<Recorded, UnreadableRecord>| {
            if let Record::Visit(visit) = recorded.unwrap().record {
                decisions.push(visit.decision);
            }
            Ok::<(), VisitsError>(())
        };
        Reader::open(&config(&self.folder)).unwrap().each(&Filter::default(), Page::default(), take).unwrap();
        decisions
    }
}

fn config(folder: &TempDir) -> Config {
    Config {
        path: folder.path().join("log/visits.db"),
        keys: KeySource::File(folder.path().join("visits.key")),
        keep_holder: false,
        repeat: std::time::Duration::ZERO,
        retention_days: 30,
        exports: folder.path().join("exports"),
    }
}

fn record(code: Option<CodeHash>, decision: Decision) -> Visit {
    Visit {
        id: Uuid::now_v7(),
        at: Timestamp::now(),
        environment: Environment::Live,
        entrance: "Ana giriş".to_owned(),
        source: None,
        decided_by: None,
        answers: None,
        code,
        decision,
        valid_until: None,
        service_ms: None,
        holder: None,
        word: None,
    }
}

/// Somebody's word on a visit.
fn word(visit: &Visit, decision: Decision) -> Visit {
    let said = Said { because: "Yazılı belge gösterildi".to_owned(), second_person: None };
    Visit {
        decided_by: Some(DecidedBy::Desk),
        answers: Some(visit.id),
        word: Some(Word { person: "Mehmet".to_owned(), said }),
        ..record(visit.code, decision)
    }
}

#[test]
fn a_second_word_on_a_visit_is_refused_with_a_code_and_without_one() {
    for has_code in [true, false] {
        let log = Log::new();
        let visit = log.visit(has_code, AMBER);
        log.decide(0, &visit, REFUSED).unwrap();
        assert_eq!(log.decide(1, &visit, ADMITTED), Err(VisitsError::Settled), "{has_code}");
    }
}

#[test]
fn a_log_that_refused_a_word_is_intact_and_takes_the_next_visit() {
    let log = Log::new();
    let [first, second] = [AMBER; 2].map(|decision| log.visit(true, decision));
    log.decide(0, &first, REFUSED).unwrap();
    log.decide(1, &first, ADMITTED).unwrap_err();
    log.decide(1, &second, ADMITTED).unwrap();
    assert_eq!(log.decisions()[2..], [REFUSED, ADMITTED]);
}

#[test]
fn whoever_left_is_not_admitted_afterwards() {
    let log = Log::new();
    let visit = log.visit(true, AMBER);
    log.decide(0, &visit, LEFT).unwrap();
    assert_eq!(log.decide(1, &visit, ADMITTED), Err(VisitsError::Settled));
}

#[test]
fn of_two_words_at_once_the_log_has_one() {
    let log = Log::new();
    let visit = log.visit(true, AMBER);
    let [one, other] = [REFUSED, ADMITTED].map(|decision| word(&visit, decision));
    let both = async { tokio::join!(log.stores[0].append_visit(one), log.stores[1].append_visit(other)) };
    let (one, other) = log.runtime.block_on(both);
    assert_eq!((one.is_ok() != other.is_ok(), log.decisions().len()), (true, 2));
}

#[test]
fn whoever_was_let_out_may_be_let_out_again() {
    let log = Log::new();
    let admission = log.visit(true, Decision::Admit);
    log.decide(0, &admission, Decision::CheckOut).unwrap();
    assert_eq!(log.decide(1, &admission, Decision::CheckOut), Ok(()));
}
