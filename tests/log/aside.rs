//! A damaged log goes out of the way, and one that only cannot be opened does not.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use serde_json::json;

use super::backup::{PASS_PHRASE, back_up, is_intact};
use super::home::Home;
use super::{check_in, log};

/// SQLCipher's pages.
const PAGE: u64 = 4096;

/// A log with a record, in one file.
fn home() -> Home {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    home.open_database().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    home
}

/// Turns over the salt with which the database begins.
fn damage_salt(home: &Home) {
    let file = OpenOptions::new().read(true).write(true).open(home.database()).unwrap();
    let mut salt = [0; 16];
    file.read_exact_at(&mut salt, 0).unwrap();
    file.write_all_at(&salt.map(|byte| !byte), 0).unwrap();
}

/// Damages the first page of a table or an index.
fn damage_root(home: &Home, name: &str) {
    let root = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let page: u32 = home.open_database().query_row(root, [name], |row| row.get(0)).unwrap();
    let file = OpenOptions::new().write(true).open(home.database()).unwrap();
    file.write_all_at(&[0; 16], u64::from(page - 1) * PAGE + 1000).unwrap();
}

/// Turns over a byte of each page from this one on.
fn damage(home: &Home, from: u64) {
    let file = OpenOptions::new().read(true).write(true).open(home.database()).unwrap();
    for page in from..file.metadata().unwrap().len() / PAGE {
        let mut byte = [0];
        file.read_exact_at(&mut byte, page * PAGE + 1000).unwrap();
        file.write_all_at(&[!byte[0]], page * PAGE + 1000).unwrap();
    }
}

fn aside(home: &Home) -> Vec<PathBuf> {
    let files = fs::read_dir(home.database().parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|file| file.to_string_lossy().contains(".db.damaged-")).collect()
}

fn check(home: &Home) -> Option<i32> {
    home.program().args(["check", "A1B2345670"]).output().unwrap().status.code()
}

fn keys(home: &Home) -> PathBuf {
    home.path().join(".local/share/hes-kiosk/keys/demo.key")
}

#[test]
fn a_damaged_log_is_kept_and_a_new_one_begins_with_a_note_that_names_it() {
    let home = home();
    damage(&home, 0);
    let damaged = fs::read(home.database()).unwrap();
    assert_eq!(check(&home), Some(0));
    let aside = aside(&home);
    let file = &aside[0];
    assert_eq!((aside.len(), fs::read(file).unwrap()), (1, damaged));
    assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    let note = &home.log_with_acts()[0];
    assert_eq!((&note["act"], &note["sequence"]), (&json!("set_aside"), &json!(1)));
    assert_eq!(note["file"], json!(file.file_name().unwrap().to_str().unwrap()));
    assert_eq!((home.log().len(), is_intact(&home)), (1, true));
}

#[test]
fn a_log_found_damaged_in_service_is_set_aside_when_it_is_opened_next() {
    let home = home();
    damage_root(&home, "records_by_code");
    assert_eq!((check(&home), aside(&home).len()), (Some(4), 0));
    assert_eq!((check(&home), aside(&home).len()), (Some(0), 1));
    assert_eq!((home.log().len(), is_intact(&home)), (1, true));
}

#[test]
fn a_log_that_verify_alone_finds_damaged_is_set_aside_when_it_is_opened_next() {
    let home = home();
    damage_root(&home, "held");
    assert_eq!((check(&home), aside(&home).len()), (Some(0), 0));
    assert_eq!(log(&home, &["verify"], "").status.code(), Some(1));
    assert_eq!((check(&home), aside(&home).len(), home.log().len()), (Some(0), 1, 1));
}

#[test]
fn a_log_whose_first_bytes_alone_are_damaged_goes_on() {
    let home = home();
    damage_salt(&home);
    assert_eq!((check(&home), aside(&home).len()), (Some(0), 0));
    assert_eq!((home.log().len(), is_intact(&home)), (2, true));
}

#[test]
fn a_log_whose_first_page_is_damaged_with_its_first_bytes_is_set_aside() {
    let home = home();
    damage_salt(&home);
    let file = OpenOptions::new().write(true).open(home.database()).unwrap();
    file.write_all_at(&[0; 2000], 100).unwrap();
    assert_eq!((check(&home), aside(&home).len()), (Some(0), 1));
    assert_eq!((home.log().len(), is_intact(&home)), (1, true));
}

#[test]
fn a_damaged_log_that_somebody_took_out_of_the_way_is_followed_by_a_new_one() {
    let home = home();
    File::create(home.database().with_extension("db.suspect")).unwrap();
    fs::rename(home.database(), home.path().join("visits.db")).unwrap();
    assert_eq!((check(&home), home.log().len(), aside(&home).len()), (Some(0), 1, 0));
}

#[test]
fn a_log_that_vanished_is_followed_by_one_that_says_so() {
    let home = home();
    for ending in ["db", "db-wal", "db-shm"] {
        let _ = fs::remove_file(home.database().with_extension(ending));
    }
    check_in(&home, &["A1B2345671"]);
    let log = home.log_with_acts();
    assert_eq!((&log[0]["act"], log.len(), is_intact(&home)), (&json!("missing"), 2, true));
}

#[test]
fn no_look_at_a_log_that_vanished_ends_well() {
    let home = home();
    fs::remove_file(home.database()).unwrap();
    assert_eq!(log(&home, &["verify"], "").status.code(), Some(1));
    for command in ["list", "seal", "stats"] {
        let output = log(&home, &[command], "");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{command}");
        assert!(errors.contains("the visit log is gone"), "{command}: {errors}");
    }
}

#[test]
fn a_first_log_begins_with_its_first_visit() {
    assert_eq!(home().log_with_acts()[0]["act"], json!(null));
}

#[test]
fn a_suspicion_that_is_unfounded_takes_nothing_away() {
    let home = home();
    let suspicion = home.database().with_extension("db.suspect");
    File::create(&suspicion).unwrap();
    assert_eq!((check(&home), home.log().len()), (Some(0), 2));
    assert!(!suspicion.exists() && aside(&home).is_empty());
}

#[test]
fn a_wrong_key_never_sets_a_log_aside() {
    let home = home();
    let (right, before) = (fs::read(keys(&home)).unwrap(), fs::read(home.database()).unwrap());
    fs::copy(keys(&self::home()), keys(&home)).unwrap();
    for _ in 0..2 {
        assert_eq!(check(&home), Some(4));
    }
    assert_eq!((aside(&home).len(), fs::read(home.database()).unwrap()), (0, before));
    fs::write(keys(&home), right).unwrap();
    assert_eq!((check(&home), home.log().len()), (Some(0), 2));
}

#[test]
fn a_log_of_another_key_in_the_place_of_ours_is_left_as_it_is() {
    let (home, other) = (home(), self::home());
    fs::copy(other.database(), home.database()).unwrap();
    let before = fs::read(home.database()).unwrap();
    assert_eq!(check(&home), Some(4));
    assert_eq!((aside(&home).len(), fs::read(home.database()).unwrap()), (0, before));
}

#[test]
fn a_damaged_log_is_left_while_another_program_has_it_open() {
    let home = home();
    let used = File::open(home.database().with_extension("db.in-use")).unwrap();
    used.lock_shared().unwrap();
    damage(&home, 0);
    assert_eq!((check(&home), aside(&home).len()), (Some(4), 0));
    drop(used);
    assert_eq!((check(&home), aside(&home).len()), (Some(0), 1));
}

#[test]
fn a_damaged_log_is_kept_for_its_retention_and_no_longer() {
    let home = home();
    damage(&home, 0);
    check(&home);
    let file = OpenOptions::new().write(true).open(&aside(&home)[0]).unwrap();
    let age = |days: u64| SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
    file.set_modified(age(29)).unwrap();
    log(&home, &["purge", "--older-than", "30"], "");
    assert_eq!(aside(&home).len(), 1);
    file.set_modified(age(31)).unwrap();
    log(&home, &["purge", "--older-than", "30"], "");
    assert_eq!(aside(&home).len(), 0);
}

#[test]
fn what_is_wrong_is_said_once_and_by_the_program() {
    let sound = home();
    let (file, damaged) = (back_up(&sound), sound.path().join("damaged.db"));
    let mut bytes = fs::read(&file).unwrap();
    bytes[5 * 4096 + 100] ^= 1;
    fs::write(&damaged, bytes).unwrap();
    let (file, damaged, new) =
        (file.to_str().unwrap(), damaged.to_str().unwrap(), sound.path().join("new.db"));
    for (arguments, input) in [
        (&["list"][..], ""),
        (&["verify"], ""),
        (&["rotate-keys"], ""),
        (&["backup", new.to_str().unwrap(), "--pass-phrase-stdin"], PASS_PHRASE),
        (&["restore", damaged, "--pass-phrase-stdin"], PASS_PHRASE),
        (&["restore", file, "--pass-phrase-stdin"], "none of the right ones\n"),
    ] {
        let home = home();
        damage(&home, 1);
        let errors = String::from_utf8(log(&home, arguments, input).stderr).unwrap();
        assert!(errors.lines().all(|line| line.starts_with("hes-kiosk: ")), "{arguments:?}: {errors}");
    }
}
