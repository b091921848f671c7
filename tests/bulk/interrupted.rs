//! Runs that are ended in their midst, and continued.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::home::Random;
use super::institution::{Institution, decision, response};
use super::{Desk, beside, code, errors, mode, table};

/// A service that answers so many questions in a row and then none, until it is told to go on.
struct Halting {
    institution: Institution,
    left: Arc<AtomicUsize>,
    halted: mpsc::Receiver<()>,
}

impl Halting {
    /// Of the questions each `fails`th fails.
    fn after(questions: usize, fails: usize) -> Self {
        let left = Arc::new(AtomicUsize::new(questions));
        let (sender, halted) = mpsc::channel();
        let answers = Arc::clone(&left);
        let institution = Institution::start(move |number, _| {
            let takes_one = |left: usize| left.checked_sub(1);
            if answers.fetch_update(Ordering::SeqCst, Ordering::SeqCst, takes_one).is_err() {
                let _ = sender.send(());
                // Longer than a test waits for the end that it brings about.
                std::thread::sleep(Duration::from_secs(2));
                return Some(Vec::new());
            }
            (number % fails == fails - 1).then(|| response("503 Service Unavailable", "", ""))
        });
        Self { institution, left, halted }
    }

    /// Lets it answer so many more.
    fn go_on(&self, questions: usize) {
        self.left.store(questions, Ordering::SeqCst);
        while self.halted.try_recv().is_ok() {}
    }

    /// Starts a run that has come as far as the service answers.
    fn start(&self, desk: &Desk) -> Child {
        let run = desk.command(&[]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        self.halted.recv_timeout(Duration::from_secs(60)).unwrap();
        run
    }

    /// Starts a run and ends it once the service answers no more.
    fn end(&self, desk: &Desk, signal: Signal) -> std::process::ExitStatus {
        let mut run = self.start(desk);
        kill_process(Pid::from_child(&run), signal).unwrap();
        run.wait().unwrap()
    }
}

/// Settings under which what the service answered before it halted is known.
const ONE_BY_ONE: &str = "[bulk]\nparallel = 1\n";

/// How many codes the journal knows.
fn known(desk: &Desk) -> usize {
    fs::read_to_string(desk.journal()).unwrap().matches("\"asked_at\"").count()
}

#[test]
fn everyone_of_20000_is_in_the_report_once_and_nobody_is_asked_about_again_after_two_kills() {
    let halting = Halting::after(14, 33);
    let mut random = Random(4);
    let lines: Vec<String> = (0..20_000)
        .map(|number| match random.below(50) {
            0 => "A1B".to_owned(),
            1 => code(usize::try_from(random.below(number + 1)).unwrap()),
            _ => code(usize::try_from(number).unwrap()),
        })
        .collect();
    let desk = Desk::at(&halting.institution.url(), table(lines.clone()), "");

    assert_eq!(halting.end(&desk, Signal::KILL).signal(), Some(9));
    let known_first = known(&desk);
    halting.go_on(12);
    let asked_before = halting.institution.sizes().iter().sum::<usize>();
    assert_eq!(halting.end(&desk, Signal::KILL).signal(), Some(9));
    let known_second = known(&desk);
    halting.go_on(usize::MAX);
    let answered_before: usize = halting.institution.answered().values().sum();
    let summary = desk.summary();

    assert!(0 < known_first && known_first < known_second && asked_before > 0);
    assert_eq!(summary["resumed"], known_second);
    let answered: usize = halting.institution.answered().values().sum();
    let codes = usize::try_from(summary["codes"].as_u64().unwrap()).unwrap();
    assert_eq!(answered - answered_before, codes - known_second);
    let wanted: Vec<&str> = lines
        .iter()
        .map(|code| if code.len() == 10 { decision(code) } else { "unverified not_a_code" })
        .collect();
    assert!(desk.decisions() == wanted);
    assert!(!desk.journal().exists());
}

#[test]
fn sigint_ends_a_run_that_the_same_command_continues() {
    let halting = Halting::after(3, usize::MAX);
    let desk = Desk::at(&halting.institution.url(), table((0..5_000).map(code)), ONE_BY_ONE);
    assert_eq!(halting.end(&desk, Signal::INT).code(), Some(130));
    assert!(!desk.report.exists());
    let known = known(&desk);
    halting.go_on(usize::MAX);
    assert!(known > 0);
    assert_eq!(desk.summary()["resumed"], known);
}

#[test]
fn a_continued_run_decides_anew_by_what_it_was_told_before() {
    let until = Timestamp::now() + SignedDuration::from_secs(4);
    let halted = Arc::new(AtomicBool::new(true));
    let answers_no_more = Arc::clone(&halted);
    let (sender, reached) = mpsc::channel();
    let institution = Institution::start(move |number, codes| {
        if number > 2 && answers_no_more.load(Ordering::SeqCst) {
            let _ = sender.send(());
            std::thread::sleep(Duration::from_secs(2));
            return Some(Vec::new());
        }
        let status = json!({ "current_health_status": "RISKLESS", "expiration_date": until.to_string() });
        let known: serde_json::Map<String, Value> =
            codes.iter().map(|code| (code.clone(), status.clone())).collect();
        Some(response("200 OK", "", &json!({ "success_map": known }).to_string()))
    });
    let desk = Desk::at(&institution.url(), table((0..2_000).map(code)), ONE_BY_ONE);
    let mut run = desk.command(&[]).spawn().unwrap();
    reached.recv_timeout(Duration::from_secs(60)).unwrap();
    run.kill().unwrap();
    run.wait().unwrap();
    halted.store(false, Ordering::SeqCst);
    std::thread::sleep(until.duration_since(Timestamp::now()).try_into().unwrap_or_default());
    let summary = desk.summary();
    assert!(summary["resumed"].as_u64() > Some(0), "{summary}");
    assert_eq!(summary["reasons"], json!({ "code_expired": 2_000 }));
}

#[test]
fn the_journal_is_its_owners_alone_and_names_nobody() {
    let halting = Halting::after(3, usize::MAX);
    let lines = (0..5_000).map(|number| format!("{},Şule", code(number)));
    let desk = Desk::at(&halting.institution.url(), format!("kod,ad\n{}", table(lines)), ONE_BY_ONE);
    fs::create_dir(desk.report.parent().unwrap()).unwrap();
    fs::write(desk.journal(), "").unwrap();
    fs::set_permissions(desk.journal(), fs::Permissions::from_mode(0o644)).unwrap();
    halting.end(&desk, Signal::KILL);
    let journal = fs::read_to_string(desk.journal()).unwrap();
    assert_eq!(mode(&desk.journal()), 0o600);
    assert!(known(&desk) > 0 && !journal.contains("A1B") && !journal.contains("Şule"));
}

#[test]
fn a_damaged_tail_of_the_journal_is_asked_about_again() {
    let halting = Halting::after(3, usize::MAX);
    let desk = Desk::at(&halting.institution.url(), table((0..5_000).map(code)), ONE_BY_ONE);
    halting.end(&desk, Signal::KILL);
    let journal = fs::read(desk.journal()).unwrap();
    let known = known(&desk);
    let lines = journal.split_inclusive(|&byte| byte == b'\n').count();
    fs::write(desk.journal(), &journal[..journal.len() - 10]).unwrap();
    OpenOptions::new().append(true).open(desk.journal()).unwrap().write_all(b"\x00\xff\n").unwrap();
    halting.go_on(usize::MAX);
    let resumed = desk.summary()["resumed"].as_u64().unwrap();
    assert_eq!(resumed as usize, known - 500, "of {lines} lines");
    assert_eq!(desk.decisions().len(), 5_000);
}

#[test]
fn what_was_known_of_another_table_or_under_other_settings_does_not_count() {
    let others: [fn(&Desk, &str); 2] = [
        |desk, _| fs::write(&desk.input, table((0..4_999).map(code))).unwrap(),
        |desk, url| desk.set(url, "[bulk]\nparallel = 1\n[policy]\nadmit = \"riskless_and_protected\"\n"),
    ];
    for other in others {
        let halting = Halting::after(3, usize::MAX);
        let desk = Desk::at(&halting.institution.url(), table((0..5_000).map(code)), ONE_BY_ONE);
        halting.end(&desk, Signal::KILL);
        other(&desk, &halting.institution.url());
        halting.go_on(usize::MAX);
        assert_eq!(desk.summary()["resumed"], 0);
    }
}

#[test]
fn two_runs_do_not_write_the_same_report() {
    let halting = Halting::after(1, usize::MAX);
    let desk = Desk::at(&halting.institution.url(), table((0..1_000).map(code)), "");
    let mut run = halting.start(&desk);
    let other = desk.run(&[]);
    assert_eq!(other.status.code(), Some(4));
    assert!(errors(&other).contains("another run is writing this report"), "{}", errors(&other));
    run.kill().unwrap();
    run.wait().unwrap();
}

#[test]
fn a_table_that_changes_meanwhile_gets_no_report() {
    let halting = Halting::after(1, usize::MAX);
    let desk = Desk::at(&halting.institution.url(), table((0..1_000).map(code)), "");
    let run = halting.start(&desk);
    fs::write(&desk.input, table((1..1_000).map(code))).unwrap();
    halting.go_on(usize::MAX);
    let output = run.wait_with_output().unwrap();
    // The service unit runs it again.
    assert_eq!(output.status.code(), Some(4));
    assert!(errors(&output).contains("the table was changed meanwhile"), "{}", errors(&output));
    assert!(!desk.report.exists() && !beside(&desk.report, ".part").exists());
}
