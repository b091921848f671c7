//! What was written while the clock was wrong, and what lies in the program's own folders, is not kept for ever.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};

use jiff::ToSpan;
use rustix::process::Signal;
use serde_json::{Value, json};

use super::backup::PASS_PHRASE;
use super::export::multiply;
use super::home::Home;
use super::processes::send;
use super::{check_in, faults, log, text};

const DAY: i64 = 24 * 60 * 60;

/// Runs the program while its clock is ahead by so many days.
fn ahead(home: &Home, days: i64, arguments: &[&str]) -> Output {
    home.program().envs(faults::clock(days * DAY)).args(arguments).output().unwrap()
}

fn exports(home: &Home) -> PathBuf {
    let folder = home.path().join(".local/state/hes-kiosk/exports");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// When a file was last written, in days from now on.
fn set_age(path: &std::path::Path, days: i64) {
    let distance = Duration::from_secs(days.unsigned_abs() * DAY.unsigned_abs());
    let now = SystemTime::now();
    let time = if days < 0 { now - distance } else { now + distance };
    File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

/// A log with a visit by a clock that is years ahead, and one behind it by the right one.
fn home_with_a_visit_of_the_future() -> Home {
    let home = Home::new();
    assert_eq!(ahead(&home, 1_000, &["check", "A1B2345670"]).status.code(), Some(0));
    check_in(&home, &["A1B2345671"]);
    home
}

#[test]
fn a_visit_of_the_future_stays_as_long_as_the_one_behind_it() {
    let home = home_with_a_visit_of_the_future();
    ahead(&home, 29, &["log", "purge", "--older-than", "30"]);
    assert_eq!(home.log().len(), 2);
}

#[test]
fn a_visit_of_the_future_goes_with_the_one_behind_it() {
    let home = home_with_a_visit_of_the_future();
    ahead(&home, 31, &["log", "purge", "--older-than", "30"]);
    assert_eq!(home.log(), [Value::Null; 0]);
    assert_eq!(log(&home, &["verify"], "").status.code(), Some(0));
}

#[test]
fn a_visit_of_the_future_goes_when_only_a_receipt_behind_it_has_a_time() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    ahead(&home, 1_000, &["check", "A1B2345671"]);
    ahead(&home, 31, &["log", "purge", "--older-than", "30"]);
    assert_eq!(home.log().len(), 1);
    ahead(&home, 62, &["log", "purge", "--older-than", "30"]);
    assert_eq!(home.log(), [Value::Null; 0]);
}

#[test]
fn nothing_is_too_new_to_be_older_than_no_day() {
    let home = Home::new();
    assert_eq!(ahead(&home, 1, &["check", "A1B2345670"]).status.code(), Some(0));
    log(&home, &["purge", "--older-than", "0"], "");
    assert_eq!(home.log(), [Value::Null; 0]);
}

#[test]
fn no_file_is_too_new_to_be_older_than_no_day() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = exports(&home).join("report.csv");
    fs::write(&file, "").unwrap();
    set_age(&file, 1_000);
    log(&home, &["purge", "--older-than", "0"], "");
    assert!(!file.exists());
}

#[test]
fn what_nobody_deletes_is_told_of_an_intact_log() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    for (days, overdue) in [(32, 0), (34, 1)] {
        let output = ahead(&home, days, &["log", "verify", "--json"]);
        let said: Value = serde_json::from_str(&text(&output)).unwrap();
        assert_eq!((output.status.code(), &said["overdue"]), (Some(0), &json!(overdue)), "{days}");
    }
    assert!(text(&ahead(&home, 34, &["log", "verify"])).contains("hes-kiosk log purge"));
}

#[test]
fn a_file_of_the_future_is_kept_no_longer_than_one_of_today() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = exports(&home).join("report.csv");
    fs::write(&file, "").unwrap();
    set_age(&file, 1_000);
    ahead(&home, 0, &["log", "purge", "--older-than", "30"]);
    assert!(file.exists());
    ahead(&home, 31, &["log", "purge", "--older-than", "30"]);
    assert!(!file.exists());
}

#[test]
fn a_clock_that_is_behind_makes_no_file_older_than_the_last_visit() {
    let home = Home::new();
    let file = exports(&home).join("report.csv");
    fs::write(&file, "").unwrap();
    set_age(&file, -1);
    check_in(&home, &["A1B2345670"]);
    ahead(&home, -1_000, &["log", "purge", "--older-than", "30"]);
    ahead(&home, 0, &["log", "purge", "--older-than", "30"]);
    assert!(file.exists());
}

#[test]
fn folders_and_links_in_the_folder_of_exports_go_and_no_links_target() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let (exports, elsewhere) = (exports(&home), home.path().join("elsewhere"));
    fs::create_dir_all(exports.join("august/second")).unwrap();
    fs::create_dir(&elsewhere).unwrap();
    for file in [exports.join("august/second/log.csv"), elsewhere.join("kept.csv")] {
        fs::write(file, "").unwrap();
    }
    symlink(&elsewhere, exports.join("august/folder")).unwrap();
    symlink(elsewhere.join("kept.csv"), exports.join("file")).unwrap();
    ahead(&home, 31, &["log", "purge", "--older-than", "30"]);
    let left: Vec<_> = fs::read_dir(&exports).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!((left, elsewhere.join("kept.csv").exists()), (vec![], true));
}

#[test]
fn how_many_files_go_is_said_and_recorded() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    for name in ["one.csv", "two.csv"] {
        fs::write(exports(&home).join(name), "").unwrap();
        set_age(&exports(&home).join(name), -1);
    }
    let said = text(&log(&home, &["purge", "--older-than", "0"], ""));
    assert!(said.contains("2 dosya"), "{said}");
    let act = home.log_with_acts().pop().unwrap();
    assert_eq!(
        ["act", "person", "older_than_days", "files"].map(|member| act[member].clone()),
        [json!("files_deleted"), json!("ayse"), json!(0), json!(2)]
    );
}

#[test]
fn what_killed_programs_left_goes_with_the_next_export_and_what_is_written_stays() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let [left, written] = ["left.csv.part", "written.csv.part"].map(|name| exports(&home).join(name));
    fs::write(&left, "visits").unwrap();
    let writing = File::create(&written).unwrap();
    writing.lock().unwrap();
    log(&home, &["export", "--out", home.path().join("log.csv").to_str().unwrap()], "");
    assert_eq!((left.exists(), written.exists()), (false, true));
}

#[test]
fn an_export_makes_the_folder_of_exports_for_its_owner_alone() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let folder = home.path().join(".local/state/hes-kiosk/exports");
    let output = log(&home, &["export", "--out", folder.join("log.csv").to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn who_erases_is_told_where_the_persons_visits_may_still_be() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    fs::create_dir(exports(&home).join("august")).unwrap();
    let (export, aside) = (
        exports(&home).join("august/log.xlsx"),
        home.database().with_extension("db.damaged-20210809T120000Z"),
    );
    for (file, days) in [(&export, -10), (&aside, -20)] {
        fs::write(file, "").unwrap();
        set_age(file, days);
    }
    let said = text(&log(&home, &["erase", "-", "--reason", "KVKK 11/e"], "A1B2345670"));
    for (file, days) in [(&export, 20), (&aside, 10)] {
        let until = jiff::Zoned::now().in_tz("Europe/Istanbul").unwrap() + (24 * days).hours();
        let line = format!("  {}  {}\n", until.strftime("%Y-%m-%d"), file.display());
        assert!(said.contains(&line), "{line}{said}");
    }
    assert!(said.contains("Başka yerlere koyduğunuz"), "{said}");
}

/// Starts a command that writes a long log into this file, and sends it a signal once something is written.
fn ended(home: &Home, command: &mut Command, file: &str, signal: Signal) -> Option<i32> {
    let part = home.path().join(format!("{file}.part"));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let ends = Instant::now() + Duration::from_secs(30);
    while fs::metadata(&part).map_or(0, |part| part.len()) == 0 {
        assert!(Instant::now() < ends && child.try_wait().unwrap().is_none(), "nothing was begun");
    }
    send(child.id(), signal);
    child.wait().unwrap().code()
}

#[test]
fn the_log_knows_of_an_export_that_was_killed() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    multiply(&home, 300_000);
    let mut export = home.program();
    export.args(["log", "export", "--out"]).arg(home.path().join("log.csv"));
    ended(&home, &mut export, "log.csv", Signal::KILL);
    let last = log(&home, &["list", "--acts", "--json", "--limit", "1"], "");
    let act: Value = serde_json::from_str(&text(&last)).unwrap();
    assert_eq!((&act["act"], &act["format"]), (&json!("export_begun"), &json!("csv")));
}

#[test]
fn a_backup_that_is_told_to_end_leaves_no_file() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    multiply(&home, 300_000);
    let words = home.path().join("words");
    fs::write(&words, PASS_PHRASE).unwrap();
    let before = fs::read_dir(home.path()).unwrap().count();
    let mut backup = home.program();
    backup.args(["log", "backup", "--pass-phrase-stdin"]).arg(home.path().join("backup.db"));
    backup.stdin(File::open(words).unwrap());
    let exit = ended(&home, &mut backup, "backup.db", Signal::TERM);
    assert_eq!((exit, fs::read_dir(home.path()).unwrap().count()), (Some(130), before));
}
