//! Logs from before the seals, and logs that only say that they are.

use std::fs;

use serde_json::json;

use super::home::Home;
use super::{check_in, log, text};

/// What takes the seals out of a log, so that it is one of version 2.
const WITHOUT_SEALS: &str = "DROP TRIGGER records_are_not_changed; DROP TRIGGER records_are_not_deleted;
    DROP INDEX receipts; DROP INDEX records_by_decision; DROP INDEX records_by_time;
    ALTER TABLE records DROP COLUMN salt; ALTER TABLE records DROP COLUMN digest;
    ALTER TABLE records DROP COLUMN seal; ALTER TABLE records DROP COLUMN person;
    ALTER TABLE records DROP COLUMN deed;
    CREATE INDEX records_by_time ON records (at) WHERE at IS NOT NULL;
    PRAGMA user_version = 2;";

/// The tables of version 2 as the program made them then, with a visit, a deleted one, and one of an impossible time.
const VERSION_2: &str = "CREATE TABLE records (
        sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
        kind TEXT NOT NULL,
        id BLOB UNIQUE CHECK (length(id) = 16),
        at INTEGER,
        environment TEXT,
        entrance TEXT,
        source TEXT,
        decided_by TEXT,
        answers BLOB CHECK (length(answers) = 16),
        code_hash BLOB CHECK (length(code_hash) = 32),
        decision TEXT,
        reason TEXT,
        valid_until INTEGER,
        service_ms INTEGER,
        holder_first_name TEXT,
        holder_last_name TEXT,
        holder_identity_number TEXT,
        CHECK (kind = 'purged' OR (id IS NOT NULL AND at IS NOT NULL))
    ) STRICT;
    CREATE INDEX records_by_code ON records (code_hash, at) WHERE code_hash IS NOT NULL;
    CREATE INDEX records_by_time ON records (at) WHERE at IS NOT NULL;
    CREATE TRIGGER records_are_not_deleted BEFORE DELETE ON records
    BEGIN SELECT RAISE(ABORT, 'records are append-only'); END;
    CREATE TRIGGER records_are_not_changed BEFORE UPDATE ON records WHEN NEW.kind <> 'purged'
    BEGIN SELECT RAISE(ABORT, 'records are append-only'); END;
    CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
    CREATE TABLE held (
        environment TEXT NOT NULL,
        code_hash BLOB NOT NULL CHECK (length(code_hash) = 32),
        until INTEGER NOT NULL,
        PRIMARY KEY (environment, code_hash)
    ) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 2;
    INSERT INTO records (sequence, kind, id, at, environment, entrance, source, decision, reason) VALUES
        (1, 'visit', randomblob(16), 1628508600000, 'live', 'Ana giriş', 'typed', 'admit', 'riskless'),
        (2, 'visit', randomblob(16), 9223372036854775807, 'live', 'Ana giriş', 'typed', 'admit', 'riskless'),
        (4, 'visit', randomblob(16), 1628508700000, 'live', 'Ana giriş', 'typed', 'refuse', 'risky');
    INSERT INTO records (sequence, kind) VALUES (3, 'purged');";

/// Keys as they were made before the seals.
fn age_keys(home: &Home) {
    let file = home.path().join(".local/share/hes-kiosk/keys/demo.key");
    let keys = fs::read_to_string(&file).unwrap();
    fs::write(&file, keys.replace("sealed = true\n", "")).unwrap();
}

fn verify(home: &Home) -> (Option<i32>, serde_json::Value) {
    let output = log(home, &["verify", "--json"], "");
    let said: serde_json::Value = serde_json::from_str(&text(&output)).unwrap();
    (output.status.code(), said["faults"].clone())
}

/// A log that these statements were done to.
fn changed(statements: &str) -> Home {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671"]);
    home.open_database().execute_batch(statements).unwrap();
    home
}

fn assert_is_refused(home: &Home) {
    let listed = log(home, &["list"], "");
    let errors = String::from_utf8_lossy(&listed.stderr);
    assert!(errors.contains("the visit log is not intact"), "{errors}");
    let (status, faults) = verify(home);
    assert_eq!((status, &faults[0]["fault"]), (Some(1), &json!("altered")));
}

#[test]
fn a_log_that_says_that_it_is_newer_is_not_intact() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    home.open_database().pragma_update(None, "user_version", 99).unwrap();
    let output = log(&home, &["verify", "--json"], "");
    let said: serde_json::Value = serde_json::from_str(&text(&output)).unwrap();
    assert_eq!((output.status.code(), &said["faults"][0]["fault"]), (Some(1), &json!("newer")));
}

#[test]
fn a_log_of_version_2_is_sealed_as_it_is_found() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    age_keys(&home);
    for ending in ["db", "db-wal", "db-shm", "db.key-id"] {
        let _ = fs::remove_file(home.database().with_extension(ending));
    }
    home.open_database().execute_batch(VERSION_2).unwrap();
    let unreadable = json!([{"fault": "unreadable", "sequence": 2, "to": null, "said": null}]);
    assert_eq!(verify(&home), (Some(1), unreadable));
    let log = home.log_with_acts();
    let sequences: Vec<_> = log.iter().map(|record| record["sequence"].clone()).collect();
    assert_eq!(sequences, [1, 2, 4, 5].map(|number| json!(number)));
    assert_eq!((&log[3]["act"], &log[3]["sequences"]), (&json!("seal_begun"), &json!([[3, 3]])));
}

#[test]
fn a_log_that_bears_seals_is_not_sealed_anew_whatever_its_version_says() {
    for version in [0, 1, 2] {
        let change = format!(
            "DROP TRIGGER records_are_not_changed; UPDATE records SET reason = 'held' WHERE sequence = 2;
             PRAGMA user_version = {version};"
        );
        let home = changed(&change);
        age_keys(&home);
        assert_is_refused(&home);
    }
}

#[test]
fn a_log_whose_seals_were_taken_away_is_not_sealed_anew() {
    let home = changed(WITHOUT_SEALS);
    assert_is_refused(&home);
}

#[test]
fn nobody_is_checked_in_by_a_log_whose_seals_were_taken_away() {
    let home = changed(WITHOUT_SEALS);
    let output = home.program().args(["check", "A1B2345670"]).output().unwrap();
    assert_eq!((output.status.code(), text(&output)), (Some(4), String::new()));
}

#[test]
fn a_version_that_was_set_back_behind_the_seals_changes_nothing() {
    for version in [3, 4] {
        let home = changed(&format!("PRAGMA user_version = {version}"));
        assert_eq!(verify(&home), (Some(0), json!([])), "{version}");
    }
}
