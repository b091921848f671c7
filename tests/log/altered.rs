//! Whoever has the database's key makes something else of it than the program does: nothing is done with such a log.

use rusqlite::Connection;
use serde_json::Value;

use super::backup::{PASS_PHRASE, back_up, errors, is_intact, restore};
use super::home::Home;
use super::{check_in, log, text};

/// What somebody might do, and what `log verify` calls by name then.
const ALTERATIONS: [(&str, &str); 11] = [
    (
        "CREATE TABLE copies AS SELECT * FROM records;
         CREATE TRIGGER copying AFTER INSERT ON records
         BEGIN INSERT INTO copies SELECT * FROM records WHERE sequence = NEW.sequence; END",
        "copies copying",
    ),
    ("CREATE TABLE copies (code)", "copies"),
    ("CREATE TRIGGER quiet BEFORE INSERT ON records BEGIN SELECT RAISE(IGNORE); END", "quiet"),
    ("CREATE TRIGGER quiet BEFORE UPDATE ON records BEGIN SELECT RAISE(IGNORE); END", "quiet"),
    ("CREATE VIEW holders AS SELECT holder_last_name FROM records", "holders"),
    ("CREATE INDEX names ON records (holder_last_name)", "names"),
    ("DROP TRIGGER records_are_not_deleted", "records_are_not_deleted"),
    (
        // To SQLite that blank is a letter, and what was a condition is a name.
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = replace(sql, 'NEW.salt IS NOT NULL', 'NEW.salt IS NOT' || char(160) || 'NULL')
         WHERE name = 'records_are_not_changed'",
        "records_are_not_changed",
    ),
    ("ALTER TABLE records ADD COLUMN name TEXT", "records"),
    ("ALTER TABLE records RENAME COLUMN deed TO done", "records records_are_not_changed"),
    (
        "DROP TRIGGER records_are_not_changed; ALTER TABLE records DROP COLUMN person",
        "records records_are_not_changed",
    ),
];

/// A log with two visits that this was done to.
fn altered(statements: &str) -> Home {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671"]);
    home.open_database().execute_batch(statements).unwrap();
    home
}

#[test]
fn what_the_program_did_not_make_is_named() {
    for (statements, names) in ALTERATIONS {
        let home = altered(statements);
        let output = log(&home, &["verify", "--json"], "");
        let said: Value = serde_json::from_str(&text(&output)).unwrap();
        let named: Vec<&str> =
            said["faults"].as_array().unwrap().iter().filter_map(|fault| fault["said"].as_str()).collect();
        assert_eq!((output.status.code(), named.join(" ")), (Some(1), names.to_owned()), "{statements}");
    }
}

#[test]
fn an_altered_log_is_not_said_to_be_set_aside() {
    let said = text(&log(&altered("ALTER TABLE records RENAME COLUMN decision TO decided"), &["verify"], ""));
    assert!(said.contains("hes-kiosk log restore") && !said.contains(".damaged-"), "{said}");
}

#[test]
fn nothing_is_decided_with_a_log_that_was_altered() {
    for (statements, _) in ALTERATIONS {
        let home = altered(statements);
        let output = home.program().args(["check", "A1B2345670"]).output().unwrap();
        assert_eq!((output.status.code(), text(&output)), (Some(4), String::new()), "{statements}");
    }
}

#[test]
fn nothing_is_deleted_from_a_log_that_was_altered_as_if_it_were_gone_then() {
    for (statements, _) in ALTERATIONS {
        let home = altered(statements);
        let output = log(&home, &["purge", "--older-than", "0"], "");
        assert!(errors(&output).contains("the visit log is not intact"), "{statements}: {}", errors(&output));
    }
}

#[test]
fn what_the_logs_own_triggers_refuse_is_not_blamed_on_the_disk() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    home.change("UPDATE records SET kind = 'receipt'");
    let output = log(&home, &["erase", "-", "--reason", "KVKK 11/e"], "A1B2345670");
    assert!(errors(&output).contains("the visit log is not intact"), "{}", errors(&output));
}

#[test]
fn an_intact_backup_is_the_way_back_from_an_altered_log() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let backup = back_up(&home);
    home.open_database().execute_batch(ALTERATIONS[0].0).unwrap();
    assert_eq!(restore(&home, &backup, PASS_PHRASE).status.code(), Some(0));
    assert!(is_intact(&home));
}

#[test]
fn no_altered_log_comes_back_with_a_backup() {
    for (statements, _) in ALTERATIONS {
        let home = Home::new();
        check_in(&home, &["A1B2345670"]);
        let file = back_up(&home);
        let backup = Connection::open(&file).unwrap();
        backup.pragma_update(None, "key", PASS_PHRASE.trim_end()).unwrap();
        backup.execute_batch(statements).unwrap();
        drop(backup);
        let refused = restore(&home, &file, PASS_PHRASE);
        assert!(errors(&refused).contains("the backup is not intact"), "{statements}: {}", errors(&refused));
    }
}

#[test]
fn no_altered_log_gets_new_keys() {
    let home = altered(ALTERATIONS[0].0);
    let output = log(&home, &["rotate-keys"], "");
    assert!(errors(&output).contains("the visit log is not intact"), "{}", errors(&output));
}
