//! A backup that a pass-phrase opens, and its way back.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::home::{Home, Random, assert_gapless, change};
use super::{check_in, log, text};

pub const PASS_PHRASE: &str = "kırk katır mı, kırk satır mı\n";

/// Makes a backup outside the home.
pub fn back_up(home: &Home) -> PathBuf {
    let file = home.path().join("backup.db");
    let made = log(home, &["backup", file.to_str().unwrap(), "--pass-phrase-stdin"], PASS_PHRASE);
    assert_eq!(made.status.code(), Some(0), "{}", errors(&made));
    file
}

pub fn restore(home: &Home, file: &std::path::Path, pass_phrase: &str) -> Output {
    log(home, &["restore", file.to_str().unwrap(), "--pass-phrase-stdin"], pass_phrase)
}

pub fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// How many visits of this code `log find` finds.
pub fn found(home: &Home, code: &str) -> usize {
    text(&log(home, &["find", "-", "--json"], code)).lines().count()
}

/// Whether each record is what was written. That the log before it was lost is known where its seal was noted.
pub fn is_intact(home: &Home) -> bool {
    let seal = text(&log(home, &["seal"], ""));
    log(home, &["verify", "--seal", seal.trim()], "").status.code() == Some(0)
}

fn acts(home: &Home) -> Vec<Value> {
    home.log_with_acts().iter().map(|record| record["act"].clone()).filter(|act| !act.is_null()).collect()
}

#[test]
fn a_backup_is_restored_where_the_machine_and_its_keys_are_gone() {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671"]);
    let file = back_up(&home);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let new = Home::new();
    assert_eq!(restore(&new, &file, PASS_PHRASE).status.code(), Some(0));
    assert_eq!((new.log().len(), found(&new, "A1B2345671"), is_intact(&new)), (2, 1, true));
    assert_eq!(acts(&new)[0], "restored");
}

#[test]
fn nothing_of_a_backup_can_be_read_without_the_pass_phrase() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let bytes = fs::read(back_up(&home)).unwrap();
    for known in ["SQLite format 3", "riskless", "CREATE TABLE"] {
        assert!(!bytes.windows(known.len()).any(|window| window == known.as_bytes()), "{known}");
    }
}

#[test]
fn a_backup_of_one_moment_is_made_beside_programs_that_record() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let mut writer = home.program();
    let codes = vec!["A1B2345671"; 300];
    let mut writer = writer.arg("check").args(codes).stdout(Stdio::null()).spawn().unwrap();
    let file = back_up(&home);
    assert!(writer.wait().unwrap().success() || !home.log().is_empty());
    let new = Home::new();
    assert_eq!(restore(&new, &file, PASS_PHRASE).status.code(), Some(0));
    assert!(is_intact(&new));
    assert_gapless(&new.log_with_acts());
    // What the log says that it gave is what came.
    let act =
        |home: &Home, name: &str| home.log_with_acts().into_iter().find(|act| act["act"] == name).unwrap();
    assert_eq!(act(&home, "backed_up")["seal"], act(&new, "restored")["seal"]);
}

#[test]
fn a_wrong_pass_phrase_is_called_so_and_changes_nothing() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = back_up(&home);
    let before = home.log_with_acts();
    let refused = restore(&home, &file, "kırk satır mı, kırk katır mı\n");
    assert!(errors(&refused).contains("the pass-phrase is wrong"), "{}", errors(&refused));
    assert_eq!((refused.status.code(), home.log_with_acts()), (Some(2), before));
}

#[test]
fn a_pass_phrase_is_the_same_however_a_keyboard_writes_its_letters() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = home.path().join("backup.db");
    let (composed, decomposed) = ("g\u{fc}le g\u{fc}le kullan\n", "gu\u{308}le gu\u{308}le kullan\n");
    let made = log(&home, &["backup", file.to_str().unwrap(), "--pass-phrase-stdin"], decomposed);
    assert_eq!(made.status.code(), Some(0), "{}", errors(&made));
    let restored = restore(&Home::new(), &file, composed);
    assert_eq!(restored.status.code(), Some(0), "{}", errors(&restored));
}

#[test]
fn a_short_pass_phrase_is_refused() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = home.path().join("backup.db");
    let refused = log(&home, &["backup", file.to_str().unwrap(), "--pass-phrase-stdin"], "kırk satır\n");
    assert_eq!((refused.status.code(), file.exists()), (Some(2), false));
}

#[test]
fn a_damaged_backup_is_not_restored() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = back_up(&home);
    let mut bytes = fs::read(&file).unwrap();
    bytes[5 * 4096 + 100] ^= 1;
    fs::write(&file, bytes).unwrap();
    let before = home.log_with_acts();
    let refused = restore(&home, &file, PASS_PHRASE);
    assert_ne!(refused.status.code(), Some(0));
    assert_eq!(home.log_with_acts(), before);
}

#[test]
fn a_backup_of_which_a_record_was_changed_is_not_restored() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = back_up(&home);
    let backup = Connection::open(&file).unwrap();
    backup.pragma_update(None, "key", PASS_PHRASE.trim_end()).unwrap();
    change(&backup, "UPDATE records SET entrance = 'Arka kapı'");
    drop(backup);
    let before = home.log_with_acts();
    let refused = restore(&home, &file, PASS_PHRASE);
    assert!(errors(&refused).contains("the backup is not intact"), "{}", errors(&refused));
    assert_eq!((refused.status.code(), home.log_with_acts()), (Some(1), before));
}

#[test]
fn the_log_that_was_there_is_kept_for_its_retention() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = back_up(&home);
    check_in(&home, &["A1B2345671"]);
    assert_eq!(restore(&home, &file, PASS_PHRASE).status.code(), Some(0));
    let aside = |home: &Home| {
        let names = fs::read_dir(home.database().parent().unwrap()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("visits.db.replaced-")).count()
    };
    assert_eq!((aside(&home), home.log().len()), (1, 1));
    thread::sleep(Duration::from_millis(20));
    log(&home, &["purge", "--older-than", "0"], "");
    assert_eq!(aside(&home), 0);
}

#[test]
fn what_was_erased_after_the_backup_was_made_is_erased_again() {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671", "A1B2345670"]);
    let file = back_up(&home);
    check_in(&home, &["A1B2345670"]);
    log(&home, &["erase", "-", "--reason", "KVKK 11/e"], "A1B2345670");
    for _ in 0..2 {
        let restored = restore(&home, &file, PASS_PHRASE);
        assert!(text(&restored).contains("2 kayıt yeniden silindi"), "{}", text(&restored));
        let records = home.log_with_acts();
        let [.., erased, restored] = records.as_slice() else { panic!("{records:?}") };
        assert_eq!(
            (&erased["reason"], &erased["sequences"]),
            (&json!("KVKK 11/e"), &json!([[1, 1], [3, 3]]))
        );
        assert_eq!((&restored["act"], &restored["erased_again"]), (&json!("restored"), &json!(2)));
        assert_eq!((home.log().len(), is_intact(&home)), (1, true));
    }
}

#[test]
fn where_nothing_tells_what_was_erased_since_it_is_said() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let (file, other) = (back_up(&home), Home::new());
    check_in(&other, &["A1B2345671"]);
    for machine in [Home::new(), other] {
        let restored = restore(&machine, &file, PASS_PHRASE);
        assert!(text(&restored).contains("hes-kiosk log erase"), "{}", text(&restored));
        assert_eq!(machine.log_with_acts().pop().unwrap()["erased_again"], Value::Null);
    }
}

#[test]
fn the_log_that_was_replaced_and_its_keys_have_the_same_ending() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = back_up(&home);
    // One of this very second has the name already.
    let keys = home.path().join(".local/share/hes-kiosk/keys");
    let now = jiff::Timestamp::now().as_second();
    for second in now..now + 30 {
        let time = jiff::Timestamp::from_second(second).unwrap().strftime("%Y%m%dT%H%M%SZ");
        fs::write(keys.join(format!("demo.key.replaced-{time}")), "").unwrap();
    }
    restore(&home, &file, PASS_PHRASE);
    let replaced = home.log_with_acts().pop().unwrap()["file"].as_str().unwrap().to_owned();
    let of_keys = keys.join(replaced.replace("visits.db", "demo.key"));
    assert!(fs::metadata(&of_keys).is_ok_and(|keys| keys.len() > 0), "{}", of_keys.display());
}

#[test]
fn a_restore_that_is_killed_leaves_the_old_log_or_the_new_one() {
    let mut random = Random(11);
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671"]);
    let file = back_up(&home);
    for round in 0..20 {
        check_in(&home, &["A1B2345672"]);
        let old = home.log().len();
        let mut command = home.program();
        command.args(["log", "restore", file.to_str().unwrap(), "--pass-phrase-stdin"]);
        super::kill_after(&mut command, PASS_PHRASE, Duration::from_millis(random.below(900)));
        let left = home.log().len();
        assert!(left == old || left == 2, "round {round}: {left} of {old}");
        assert!(is_intact(&home), "round {round}");
    }
    assert_eq!(restore(&home, &file, PASS_PHRASE).status.code(), Some(0));
    assert_eq!((home.log().len(), found(&home, "A1B2345670")), (2, 1));
}

/// A log with three visits, a backup of it, and an erasure of the first one since.
fn erased_since_the_backup() -> (Home, PathBuf) {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671", "A1B2345672"]);
    let file = back_up(&home);
    log(&home, &["erase", "A1B2345670", "--reason", "KVKK 11/e"], "");
    (home, file)
}

#[test]
fn what_somebody_made_of_a_receipt_is_not_erased_again() {
    let (home, file) = erased_since_the_backup();
    home.change("UPDATE records SET deed = replace(deed, '[[1,1]]', '[[1,3]]') WHERE kind = 'receipt'");
    assert_eq!(restore(&home, &file, PASS_PHRASE).status.code(), Some(0));
    assert_eq!((found(&home, "A1B2345671"), found(&home, "A1B2345672")), (1, 1));
}

#[test]
fn where_a_receipt_was_taken_away_nobody_claims_that_nothing_was_erased() {
    let (home, file) = erased_since_the_backup();
    home.change("DELETE FROM records WHERE kind = 'receipt'");
    let output = restore(&home, &file, PASS_PHRASE);
    assert!(text(&output).contains("geri geldi"), "{}", text(&output));
    let restored = home.log_with_acts().pop().unwrap();
    assert_eq!((&restored["act"], &restored["erased_again"]), (&json!("restored"), &Value::Null));
}

#[test]
fn no_pin_is_in_a_backup_and_none_comes_back_with_it() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    set_pin(&home, "Mehmet", "730162");
    let file = back_up(&home);
    let backup = Connection::open(&file).unwrap();
    backup.pragma_update(None, "key", PASS_PHRASE.trim_end()).unwrap();
    let people: u32 = backup.query_row("SELECT count(*) FROM people", [], |row| row.get(0)).unwrap();
    let output = restore(&home, &file, PASS_PHRASE);
    let listed = home.program().args(["pin", "list"]).output().unwrap();
    assert_eq!((people, output.status.code(), text(&listed)), (0, Some(0), String::new()));
}

#[test]
fn a_pass_phrase_of_blanks_protects_nothing() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = home.path().join("backup.db");
    let refused = log(&home, &["backup", file.to_str().unwrap(), "--pass-phrase-stdin"], "            \n");
    assert_eq!((refused.status.code(), file.exists()), (Some(2), false));
}

fn set_pin(home: &Home, name: &str, pin: &str) {
    let mut command = home.program();
    command.args(["pin", "set", name, "--role", "guard", "--pin-stdin"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(pin.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_trigger_that_is_called_as_a_table_of_a_backup_does_not_come_with_it() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = back_up(&home);
    let backup = Connection::open(&file).unwrap();
    backup.pragma_update(None, "key", PASS_PHRASE.trim_end()).unwrap();
    backup.execute_batch("CREATE TRIGGER keys AFTER INSERT ON records BEGIN SELECT 1; END").unwrap();
    drop(backup);
    assert_eq!(restore(&home, &file, PASS_PHRASE).status.code(), Some(1));
    assert!(is_intact(&home));
}

#[test]
fn a_log_that_is_an_older_copy_is_told_by_a_noted_seal_when_a_backup_comes_back() {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671"]);
    let file = back_up(&home);
    home.open_database().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let older = fs::read(home.database()).unwrap();
    log(&home, &["erase", "-", "--reason", "KVKK 11/e"], "A1B2345670");
    let noted = text(&log(&home, &["seal"], ""));
    fs::write(home.database(), older).unwrap();
    let arguments = ["restore", file.to_str().unwrap(), "--pass-phrase-stdin"];
    let told = text(&log(&home, &[&arguments[..], &["--seal", noted.trim()]].concat(), PASS_PHRASE));
    assert!(told.contains("her biri yeniden silinmelidir"), "{told}");
    let told = text(&log(&home, &arguments, PASS_PHRASE));
    assert!(told.contains("log restore --seal"), "{told}");
}

#[test]
fn a_pass_phrase_that_is_soon_guessed_is_refused() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = home.path().join("backup.db");
    for pass_phrase in [
        "123456789012",
        "password1234",
        "abcdeabcdeab",
        "ab12        ",
        "\u{200b}\u{200c}\u{200d}\u{2060}\u{200b}\u{200c}\u{200d}\u{2060}\u{200b}\u{200c}\u{200d}\u{2060}",
        "\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}",
    ] {
        let made = log(&home, &["backup", file.to_str().unwrap(), "--pass-phrase-stdin"], pass_phrase);
        assert!(made.status.code() == Some(2) && !file.exists(), "{pass_phrase}");
    }
}

/// A new home with these settings.
fn with_settings(text: &str) -> Home {
    let home = Home::new();
    let folder = home.path().join(".config/hes-kiosk");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("kiosk.toml"), text).unwrap();
    home
}

/// The settings of an entrance whose service cannot be reached.
const REAL: &str =
    "[service]\nenvironment = \"test\"\n[service.test]\nurl = \"http://127.0.0.1:9/\"\nusername = \"u\"\n";

/// A backup of a real visit, in the home that it gives along.
fn real_backup() -> (Home, PathBuf) {
    let home = with_settings(REAL);
    let mut check = home.program();
    check.args(["check", "A1B2345670"]).env("HES_KIOSK_PASSWORD", "p");
    assert_eq!(check.output().unwrap().status.code(), Some(3));
    let file = back_up(&home);
    (home, file)
}

#[test]
fn a_machine_without_settings_takes_no_real_visits_into_the_demos_log() {
    let (_home, file) = real_backup();
    let new = Home::new();
    let refused = restore(&new, &file, PASS_PHRASE);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused));
    assert!(errors(&refused).contains("hes-kiosk setup"), "{}", errors(&refused));
    assert!(new.log().is_empty());
}

#[test]
fn a_machine_that_is_set_up_takes_them_and_says_where_they_are() {
    let (_home, file) = real_backup();
    let new = with_settings(REAL);
    let restored = restore(&new, &file, PASS_PHRASE);
    assert_eq!(restored.status.code(), Some(0), "{}", errors(&restored));
    assert!(text(&restored).contains(".local/state/hes-kiosk/visits/visits.db"), "{}", text(&restored));
    assert_eq!(new.log().len(), 1);
}

#[test]
fn a_real_entrance_takes_no_visits_of_the_demo() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = back_up(&home);
    let new = with_settings(REAL);
    assert_eq!(restore(&new, &file, PASS_PHRASE).status.code(), Some(2));
    assert!(new.log().is_empty());
}
