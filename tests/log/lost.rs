//! A log that is damaged, gone or cut is called so by whoever looks at it, and nobody's decision goes with it.

use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::FileExt;
use std::process::{Child, ChildStdin, ChildStdout, Output, Stdio};

use serde_json::{Value, json};

use super::backup::{errors, is_intact};
use super::faults::clock;
use super::home::Home;
use super::{check_in, log, text};

/// What befalls a log, and how.
type Damage = (&'static str, fn(&Home));

const DAMAGES: [Damage; 4] = [
    ("a damaged first page", |home| {
        let file = OpenOptions::new().write(true).open(home.database()).unwrap();
        file.write_all_at(&[0xFF; 4], 2000).unwrap();
    }),
    ("emptied", |home| fs::write(home.database(), "").unwrap()),
    ("cut", |home| {
        OpenOptions::new().write(true).open(home.database()).unwrap().set_len(20_000).unwrap();
    }),
    ("gone", |home| fs::remove_file(home.database()).unwrap()),
];

/// A log with a visit, in one file.
fn home() -> Home {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    home.open_database().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    home
}

/// The exit status of `log verify` and the words for what it names.
fn verify(home: &Home) -> (Option<i32>, Vec<String>) {
    let output = log(home, &["verify", "--json"], "");
    let said: Value = serde_json::from_str(&text(&output)).unwrap();
    let faults = said["faults"].as_array().unwrap().iter();
    (output.status.code(), faults.map(|fault| fault["fault"].as_str().unwrap().to_owned()).collect())
}

/// A program that has the log open, as a kiosk does, and records a visit for each code.
struct Open {
    process: Child,
    codes: ChildStdin,
    decisions: BufReader<ChildStdout>,
}

impl Open {
    fn start(home: &Home) -> Self {
        let mut command = home.program();
        command.args(["check", "-", "--json"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.stderr(Stdio::null()).spawn().unwrap();
        let codes = process.stdin.take().unwrap();
        let decisions = BufReader::new(process.stdout.take().unwrap());
        let mut open = Self { process, codes, decisions };
        open.check("A1B2345670");
        open
    }

    /// The visit that was printed; nothing where it ended without one.
    fn check(&mut self, code: &str) -> Value {
        writeln!(self.codes, "{code}").unwrap();
        let mut line = String::new();
        self.decisions.read_line(&mut line).unwrap();
        serde_json::from_str::<Value>(&line).unwrap_or_default()["visit"].clone()
    }

    fn end(mut self) -> Option<i32> {
        drop(self.codes);
        self.process.wait().unwrap().code()
    }
}

fn check(home: &Home) -> Output {
    home.program().args(["check", "A1B2345671"]).output().unwrap()
}

#[test]
fn a_verification_names_what_befell_the_log_however_often_it_is_asked() {
    for (damage, befall) in DAMAGES {
        let home = home();
        befall(&home);
        let word = if damage == "gone" { "gone" } else { "damaged" };
        for _ in 0..2 {
            assert_eq!(verify(&home), (Some(1), vec![word.to_owned()]), "{damage}");
        }
    }
}

#[test]
fn nothing_is_answered_from_another_log_than_the_one_that_was_here() {
    for (damage, befall) in DAMAGES {
        for command in
            [&["list"][..], &["find", "-"], &["stats"], &["seal"], &["erase", "-", "--reason", "KVKK"]]
        {
            let home = home();
            befall(&home);
            let output = log(&home, command, "A1B2345670");
            assert!(output.status.code() > Some(0) && text(&output).is_empty(), "{damage} {command:?}");
        }
    }
}

#[test]
fn a_log_that_began_anew_says_so_until_a_seal_of_it_was_noted() {
    for (damage, befall) in DAMAGES {
        let home = home();
        befall(&home);
        check(&home);
        let word = if damage == "gone" { "missing" } else { "set_aside" };
        assert_eq!(verify(&home), (Some(1), vec![word.to_owned()]), "{damage}");
        assert!(is_intact(&home), "{damage}");
    }
}

#[test]
fn a_log_that_began_anew_says_so_no_longer_than_the_other_would_have_been_kept() {
    let home = home();
    DAMAGES[1].1(&home);
    let a_month_ago = clock(-31 * 24 * 60 * 60);
    home.program().envs(a_month_ago).args(["check", "A1B2345671"]).output().unwrap();
    assert_eq!(
        (home.log_with_acts()[0]["act"].clone(), verify(&home)),
        (json!("set_aside"), (Some(0), vec![]))
    );
}

#[test]
fn whoever_looks_at_a_log_that_began_anew_is_told() {
    for (damage, befall) in DAMAGES {
        let home = home();
        befall(&home);
        check(&home);
        for command in [&["list"][..], &["find", "-"], &["stats"], &["seal"]] {
            let said = errors(&log(&home, command, "A1B2345670"));
            assert!(said.contains("1 numaralı kayda göre"), "{damage} {command:?}: {said}");
        }
    }
}

#[test]
fn nobody_begins_another_log_while_one_that_lost_its_name_is_used() {
    let home = home();
    let mut open = Open::start(&home);
    fs::remove_file(home.database()).unwrap();
    for _ in 0..2 {
        let output = check(&home);
        assert_eq!((output.status.code(), text(&output)), (Some(4), String::new()));
        assert!(errors(&output).contains("the visit log is gone"), "{}", errors(&output));
    }
    let printed = [open.check("A1B2345672"), open.check("A1B2345673")];
    open.end();
    check(&home);
    let log = home.log();
    assert_eq!(
        [&log[0]["visit"], &log[1]["visit"], &json!(log.len())],
        [&printed[0], &printed[1], &json!(3)]
    );
    assert_eq!(verify(&home), (Some(1), vec!["missing".to_owned(); 2]));
}

#[test]
fn nobody_records_in_an_older_copy_beside_a_program_that_uses_the_log() {
    let home = home();
    let older = home.database().with_extension("older");
    fs::copy(home.database(), &older).unwrap();
    let mut open = Open::start(&home);
    fs::rename(older, home.database()).unwrap();
    assert_eq!(check(&home).status.code(), Some(4));
    let printed = open.check("A1B2345672");
    open.end();
    assert_eq!(home.log().last().unwrap()["visit"], printed);
}

#[test]
fn a_program_that_has_the_log_open_notices_that_all_its_files_were_taken_away() {
    let home = home();
    let mut open = Open::start(&home);
    fs::remove_dir_all(home.database().parent().unwrap()).unwrap();
    open.check("A1B2345672");
    open.end();
    assert_eq!((home.log().len(), verify(&home)), (1, (Some(1), vec!["missing".to_owned()])));
}

#[test]
fn a_program_that_has_the_log_open_says_that_a_record_which_it_wrote_is_gone() {
    let home = home();
    let mut open = Open::start(&home);
    home.change("DELETE FROM records WHERE sequence = 2");
    open.check("A1B2345672");
    open.end();
    let log = home.log_with_acts();
    assert_eq!((&log[1]["act"], log.len()), (&json!("missing"), 3));
    assert!(log[1]["seal"].as_str().unwrap().starts_with("2-"));
    assert_eq!(verify(&home), (Some(1), vec!["missing".to_owned()]));
}

#[test]
fn nothing_is_decided_with_a_log_that_was_altered_since_it_was_opened() {
    let home = home();
    let mut open = Open::start(&home);
    let deleting = "DROP TRIGGER records_are_not_deleted; CREATE TRIGGER quiet AFTER INSERT ON records
         BEGIN DELETE FROM records WHERE sequence = NEW.sequence; END";
    home.open_database().execute_batch(deleting).unwrap();
    writeln!(open.codes, "A1B2345670").unwrap();
    assert_eq!(open.end(), Some(4));
}
