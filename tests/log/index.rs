//! Entries that no record has, put into an index by whoever can write the file: SQLite does not count those of an index
//! that has some of the records alone.

use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use super::backup::{PASS_PHRASE, back_up, errors, found, is_intact, restore};
use super::home::{Home, PROGRAM};
use super::{check_in, log, text};

const CODES: [&str; 3] = ["A1B2345670", "A1B2345671", "A1B2345672"];

/// The indexes by their columns, and an entry that none of the three records has.
const EXTRA: [(&str, &str, &str); 4] = [
    ("records_by_time", "at, decision, reason, source, service_ms", "1, 'admit', 'riskless', 'typed', 27, 3"),
    ("records_by_code", "code_hash, at", "randomblob(32), 1, 2"),
    ("records_by_decision", "decision", "'refuse', 1"),
    ("receipts", "number", "2, 2"),
];

fn home() -> Home {
    let home = Home::new();
    check_in(&home, &CODES);
    home
}

/// Puts an entry into an index, while SQLite takes it for a table of the same form.
fn put(home: &Home, (index, columns, entry): (&str, &str, &str)) {
    let database = home.open_database();
    let schema = |set: &str| {
        let database = home.open_database();
        let version: i64 = database.pragma_query_value(None, "schema_version", |row| row.get(0)).unwrap();
        let update = format!("UPDATE sqlite_schema SET {set} WHERE name = '{index}'");
        database.execute_batch(&format!("PRAGMA writable_schema = ON; {update}")).unwrap();
        database.pragma_update(None, "schema_version", version + 1).unwrap();
    };
    let made = format!("SELECT sql FROM sqlite_schema WHERE name = '{index}'");
    let made: String = database.query_row(&made, [], |row| row.get(0)).unwrap();
    let table =
        format!("CREATE TABLE {index} ({columns}, record, PRIMARY KEY ({columns}, record)) WITHOUT ROWID");
    schema(&format!("type = 'table', tbl_name = name, sql = '{table}'"));
    home.open_database().execute_batch(&format!("INSERT INTO {index} VALUES ({entry})")).unwrap();
    schema(&format!("type = 'index', tbl_name = 'records', sql = '{}'", made.replace('\'', "''")));
}

/// What `log verify` names.
fn named(home: &Home) -> Value {
    let said: Value = serde_json::from_str(&text(&log(home, &["verify", "--json"], ""))).unwrap();
    said["faults"].as_array().unwrap().iter().map(|fault| json!([fault["fault"], fault["said"]])).collect()
}

/// Purges what is older than a day; status 124 where that does not end.
fn purge(home: &Home) -> Output {
    let mut command = Command::new("timeout");
    command.env_clear().env("HOME", home.path()).args(["60", PROGRAM, "log", "purge", "--older-than", "1"]);
    command.stdin(Stdio::null()).output().unwrap()
}

#[test]
fn an_entry_that_no_record_has_is_named_whichever_index_it_is_in() {
    for extra in EXTRA {
        let home = home();
        put(&home, extra);
        assert_eq!((home.integrity(), named(&home)), ("ok".to_owned(), json!([["index", extra.0]])));
    }
}

#[test]
fn no_purge_takes_what_is_gone_again_and_again() {
    let home = home();
    log(&home, &["purge", "--older-than", "0"], "");
    put(&home, EXTRA[0]);
    let purged = purge(&home);
    assert_eq!((purged.status.code(), home.log_with_acts().len()), (Some(0), 1), "{}", errors(&purged));
}

#[test]
fn a_record_that_is_not_due_is_not_purged_by_an_entry_that_says_so() {
    let home = home();
    put(&home, EXTRA[0]);
    let purged = purge(&home);
    assert_eq!((purged.status.code(), home.log().len()), (Some(0), CODES.len()), "{}", errors(&purged));
}

#[test]
fn a_purge_says_that_the_index_is_not_true() {
    let home = home();
    put(&home, EXTRA[0]);
    let said = text(&purge(&home));
    assert!(said.contains("log verify"), "{said}");
}

/// How many visits of the first code are found where the index says that it has a record of this number and time, too.
fn found_with(record: u8, at: &str) -> usize {
    let home = home();
    let entry = format!(
        "SELECT (SELECT quote(code_hash) FROM records WHERE sequence = 1) || ', ' || ({at}) || ', {record}'
         FROM records WHERE sequence = {record}"
    );
    let entry: String = home.open_database().query_row(&entry, [], |row| row.get(0)).unwrap();
    put(&home, ("records_by_code", "code_hash, at", &entry));
    found(&home, CODES[0])
}

#[test]
fn a_code_is_not_told_of_anothers_visit() {
    assert_eq!(found_with(2, "at"), 1);
}

#[test]
fn a_code_is_told_of_a_visit_once_whatever_the_index_says() {
    assert_eq!(found_with(1, "at + 1"), 1);
}

#[test]
fn new_keys_make_the_indexes_anew() {
    for extra in EXTRA {
        let home = home();
        put(&home, extra);
        log(&home, &["rotate-keys"], "");
        assert_eq!(named(&home), json!([]), "{}", extra.0);
    }
}

#[test]
fn a_backup_comes_back_without_the_entries_that_no_record_has() {
    let home = home();
    EXTRA.into_iter().for_each(|extra| put(&home, extra));
    let file = back_up(&home);
    let restored = restore(&home, &file, PASS_PHRASE);
    assert_eq!((restored.status.code(), is_intact(&home)), (Some(0), true), "{}", errors(&restored));
}
