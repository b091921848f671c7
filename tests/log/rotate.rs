//! New keys: what was recorded with the old ones is still known.

use std::fs;
use std::time::Duration;

use serde_json::json;

use super::backup::{PASS_PHRASE, back_up, errors, found, is_intact};
use super::home::{Home, Random};
use super::{check_in, log, text};

fn rotate(home: &Home) {
    let rotated = log(home, &["rotate-keys"], "");
    assert_eq!(rotated.status.code(), Some(0), "{}", errors(&rotated));
}

fn keys(home: &Home) -> String {
    fs::read_to_string(home.path().join(".local/share/hes-kiosk/keys/demo.key")).unwrap()
}

#[test]
fn visits_from_before_are_found_verified_and_erased_after_the_keys_changed() {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671"]);
    let before = keys(&home);
    rotate(&home);
    check_in(&home, &["A1B2345670"]);
    rotate(&home);
    assert_eq!((found(&home, "A1B2345670"), is_intact(&home)), (2, true));
    let old: toml::Table = toml::from_str(&before).unwrap();
    let new: toml::Table = toml::from_str(&keys(&home)).unwrap();
    assert!(new["database"] != old["database"] && new["code_hash"] != old["code_hash"]);
    log(&home, &["erase", "-", "--reason", "KVKK 11/e"], "A1B2345670");
    assert_eq!((found(&home, "A1B2345670"), home.log().len(), is_intact(&home)), (0, 1, true));
    assert_eq!(home.log_with_acts()[1]["act"], json!("keys_rotated"));
}

#[test]
fn a_changed_record_from_before_is_named_after_the_keys_changed() {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671"]);
    rotate(&home);
    home.change("UPDATE records SET at = at + 1 WHERE sequence = 1");
    assert!(!is_intact(&home));
}

#[test]
fn a_backup_holds_the_earlier_keys_too() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    rotate(&home);
    check_in(&home, &["A1B2345670"]);
    let file = back_up(&home);
    let new = Home::new();
    log(&new, &["restore", file.to_str().unwrap(), "--pass-phrase-stdin"], PASS_PHRASE);
    assert_eq!((found(&new, "A1B2345670"), is_intact(&new)), (2, true));
}

#[test]
fn the_new_keys_of_a_service_managers_credential_go_to_a_file() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let credentials = home.path().join("credentials");
    fs::create_dir(&credentials).unwrap();
    fs::write(credentials.join("hes-kiosk.keys"), keys(&home)).unwrap();
    let new = home.path().join("new.keys");
    let run = |arguments: &[&str]| {
        let mut command = home.program();
        command.env("CREDENTIALS_DIRECTORY", &credentials).arg("log").args(arguments).output().unwrap()
    };
    let refused = run(&["rotate-keys"]);
    assert!(refused.status.code() == Some(2) && errors(&refused).contains("--keys"), "{}", errors(&refused));
    assert_eq!(run(&["rotate-keys", "--keys", new.to_str().unwrap()]).status.code(), Some(0));
    assert_eq!(run(&["verify"]).status.code(), Some(2));
    fs::copy(&new, credentials.join("hes-kiosk.keys")).unwrap();
    assert_eq!(run(&["verify"]).status.code(), Some(0));
}

#[test]
fn whoever_writes_the_new_keys_beside_the_old_is_told_that_the_log_opens_by_them_alone() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let new = home.path().join("new.keys");
    let said = text(&log(&home, &["rotate-keys", "--keys", new.to_str().unwrap()], ""));
    let names_them = format!("Yeni anahtarlar {} dosyasında", new.display());
    assert!(said.contains(&names_them) && said.contains("hiçbir program defteri açamaz"), "{said}");
}

#[test]
fn a_change_of_keys_that_is_killed_leaves_a_log_that_is_whole() {
    let mut random = Random(12);
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671"]);
    for round in 0..20 {
        let mut command = home.program();
        command.args(["log", "rotate-keys"]);
        super::kill_after(&mut command, "", Duration::from_millis(random.below(250)));
        assert_eq!(home.log().len(), 2, "round {round}");
        assert!(is_intact(&home), "round {round}");
    }
    rotate(&home);
    assert_eq!(found(&home, "A1B2345671"), 1);
}

#[test]
fn what_a_killed_change_left_behind_goes_when_the_log_is_opened_next() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let database = home.database();
    let key_file = home.path().join(".local/share/hes-kiosk/keys/demo.key");
    let left = [
        database.with_extension("db.next"),
        database.with_extension("db.next-wal"),
        key_file.with_extension("key.next"),
        database.with_extension("db.replaced-20260101T000000Z"),
    ];
    for (copy, of) in left[..3].iter().zip([&database, &database, &key_file]) {
        fs::copy(of, copy).unwrap();
    }
    fs::hard_link(&database, &left[3]).unwrap();
    assert_eq!((home.log().len(), is_intact(&home)), (1, true));
    assert_eq!(left.map(|file| file.exists()), [false; 4]);
}
