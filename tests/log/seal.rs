//! Whoever has the database's key and changes something is found out.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use super::home::Home;
use super::{check_in, log, text};

const CODES: [&str; 6] = ["A1B2345670", "A1B2345671", "A1B2345672", "A1B2345673", "A1B2345674", "A1B2345675"];

/// A log with six records.
fn home() -> Home {
    let home = Home::new();
    check_in(&home, &CODES);
    home
}

/// What `log verify` says: its exit status and the faults that it names.
fn verify(home: &Home, more: &[&str]) -> (Option<i32>, Vec<Value>) {
    let output = log(home, &[&["verify", "--json"], more].concat(), "");
    let said: Value = serde_json::from_str(&text(&output)).unwrap();
    let faults = said["faults"].as_array().unwrap().iter().map(|fault| {
        let members = ["fault", "sequence", "to"];
        Value::from_iter(
            members.map(|member| fault[member].clone()).into_iter().filter(|value| !value.is_null()),
        )
    });
    (output.status.code(), faults.collect())
}

/// What `log verify` says after these statements.
fn verified_after(statements: &str) -> (Option<i32>, Vec<Value>) {
    let home = home();
    home.change(statements);
    verify(&home, &[])
}

fn seal(home: &Home) -> String {
    text(&log(home, &["seal"], "")).trim().to_owned()
}

#[test]
fn a_log_that_nobody_touched_is_intact() {
    let home = home();
    assert_eq!(verify(&home, &["--seal", &seal(&home)]), (Some(0), vec![]));
}

#[test]
fn a_changed_record_is_named_whichever_column_was_changed() {
    for change in [
        "decision = 'admit', reason = 'riskless'",
        "at = at + 1",
        "entrance = 'Arka kapı'",
        "code_hash = randomblob(32)",
        "holder_first_name = 'AY****'",
        "service_ms = NULL",
        "salt = randomblob(16)",
        "deed = ''",
        "kind = 'act'",
        "answers = randomblob(16)",
    ] {
        let said = verified_after(&format!("UPDATE records SET {change} WHERE sequence = 3"));
        assert_eq!(said, (Some(1), vec![json!(["changed", 3])]), "{change}");
    }
}

#[test]
fn removed_records_are_named() {
    let said = verified_after("DELETE FROM records WHERE sequence IN (1, 3, 4)");
    assert_eq!(said, (Some(1), vec![json!(["removed", 1, 1]), json!(["removed", 3, 4])]));
}

#[test]
fn an_inserted_record_is_named() {
    let columns = "kind, at, environment, entrance, decision, reason, salt, digest, seal";
    let said = verified_after(&format!(
        "INSERT INTO records (sequence, id, {columns})
         SELECT 7, randomblob(16), {columns} FROM records WHERE sequence = 6"
    ));
    assert_eq!(said, (Some(1), vec![json!(["inserted", 7])]));
}

#[test]
fn records_that_changed_places_are_named() {
    let said = verified_after(
        "UPDATE records SET sequence = 99 WHERE sequence = 2;
         UPDATE records SET sequence = 2 WHERE sequence = 4;
         UPDATE records SET sequence = 4 WHERE sequence = 99;",
    );
    assert_eq!(said, (Some(1), vec![json!(["moved", 2, 4]), json!(["moved", 4, 2])]));
}

#[test]
fn records_that_moved_up_behind_a_removed_one_are_named() {
    let said = verified_after(
        "DELETE FROM records WHERE sequence = 2;
         UPDATE records SET sequence = sequence - 1 WHERE sequence > 2;",
    );
    let moved = [(2, 3), (3, 4), (4, 5), (5, 6)].map(|(place, from)| json!(["moved", place, from]));
    assert_eq!(said, (Some(1), moved.to_vec()));
}

#[test]
fn a_changed_seal_is_named() {
    let said = verified_after("UPDATE records SET seal = randomblob(32) WHERE sequence = 3");
    assert_eq!(said, (Some(1), vec![json!(["broken", 3])]));
}

#[test]
fn a_content_that_is_gone_without_a_receipt_is_named() {
    let said = verified_after(
        "UPDATE records SET kind = 'purged', id = NULL, at = NULL, environment = NULL, entrance = NULL,
            source = NULL, decided_by = NULL, code_hash = NULL, decision = NULL, reason = NULL,
            valid_until = NULL, service_ms = NULL, salt = NULL WHERE sequence = 3",
    );
    assert_eq!(said, (Some(1), vec![json!(["emptied", 3])]));
}

#[test]
fn a_cut_tail_is_found_by_a_seal_that_was_noted() {
    let home = home();
    let noted = seal(&home);
    home.change("DELETE FROM records WHERE sequence > 4");
    assert_eq!(verify(&home, &[]), (Some(0), vec![]));
    assert_eq!(verify(&home, &["--seal", &noted]), (Some(1), vec![json!(["cut", 6])]));
}

#[test]
fn an_older_copy_that_went_on_from_there_is_found_by_a_seal_that_was_noted() {
    let home = home();
    home.change("VACUUM");
    let older = fs::read(home.database()).unwrap();
    check_in(&home, &CODES[..2]);
    let noted = seal(&home);
    fs::remove_file(home.database()).unwrap();
    let _ = fs::remove_file(home.database().with_extension("db-wal"));
    let _ = fs::remove_file(home.database().with_extension("db-shm"));
    fs::write(home.database(), older).unwrap();
    check_in(&home, &CODES[..3]);
    assert_eq!(verify(&home, &["--seal", &noted]), (Some(1), vec![json!(["other_log", 8])]));
}

#[test]
fn what_is_recorded_after_a_seal_was_noted_goes_on_from_it() {
    let home = home();
    let noted = seal(&home);
    check_in(&home, &CODES);
    assert_eq!(verify(&home, &["--seal", &noted]), (Some(0), vec![]));
}

#[test]
fn a_page_that_was_overwritten_is_named() {
    let home = home();
    home.change("PRAGMA wal_checkpoint(TRUNCATE)");
    let mut bytes = fs::read(home.database()).unwrap();
    bytes[5 * 4096 + 100] ^= 1;
    fs::write(home.database(), bytes).unwrap();
    let (status, faults) = verify(&home, &[]);
    assert_eq!((status, &faults[0]), (Some(1), &json!(["damaged"])), "{faults:?}");
}

#[test]
fn a_content_that_is_put_into_the_place_of_a_deleted_one_is_named() {
    for content in ["at = 1628000000000", "decision = 'refuse', reason = 'risky'", "salt = randomblob(16)"] {
        let home = home();
        log(&home, &["erase", CODES[2], "--reason", "KVKK 11/e"], "");
        home.change(&format!("UPDATE records SET {content} WHERE sequence = 3"));
        assert_eq!(verify(&home, &[]), (Some(1), vec![json!(["returned", 3])]), "{content}");
    }
}

#[test]
fn nothing_can_be_put_into_the_place_of_a_deleted_content() {
    let home = home();
    log(&home, &["erase", CODES[2], "--reason", "KVKK 11/e"], "");
    let put =
        home.open_database().execute("UPDATE records SET entrance = 'Arka kapı' WHERE sequence = 3", []);
    assert!(put.unwrap_err().to_string().contains("append-only"));
}

#[test]
fn a_receipt_that_was_changed_is_named_and_so_is_what_it_covered() {
    for deed in ["NULL", "'nonsense'"] {
        let home = home();
        log(&home, &["erase", CODES[2], "--reason", "KVKK 11/e"], "");
        home.change(&format!("UPDATE records SET deed = {deed} WHERE kind = 'receipt'"));
        let named = vec![json!(["emptied", 3]), json!(["changed", 7])];
        assert_eq!(verify(&home, &[]), (Some(1), named), "{deed}");
    }
}

#[test]
fn a_visit_that_is_called_a_receipt_is_named() {
    let said = verified_after("UPDATE records SET kind = 'receipt' WHERE sequence = 2");
    assert_eq!(said, (Some(1), vec![json!(["changed", 2])]));
}

#[test]
fn a_record_with_a_number_that_none_has_is_named() {
    let (status, faults) = verified_after(
        "PRAGMA ignore_check_constraints = ON; UPDATE records SET sequence = -1 WHERE sequence = 2",
    );
    // SQLite itself names the number, too.
    assert_eq!((status, &faults[1..]), (Some(1), &[json!(["inserted", 0]), json!(["removed", 2, 2])][..]));
}

#[test]
fn a_log_with_more_faults_than_are_named_is_not_called_cut() {
    let home = home();
    let columns = "kind, at, environment, entrance, decision, reason, salt";
    home.change(&format!(
        "WITH RECURSIVE numbers (number) AS (SELECT 7 UNION ALL SELECT number + 1 FROM numbers LIMIT 1040)
             INSERT INTO records (sequence, id, digest, seal, {columns})
             SELECT number, randomblob(16), randomblob(32), randomblob(32), {columns}
             FROM numbers, records WHERE sequence = 1"
    ));
    let noted = seal(&home);
    let output = log(&home, &["verify", "--json", "--seal", &noted], "");
    let said: Value = serde_json::from_str(&text(&output)).unwrap();
    assert_eq!((said["faults"].as_array().unwrap().len(), &said["unnamed"]), (1000, &json!(40)));
    assert!(said["faults"].as_array().unwrap().iter().all(|fault| fault["fault"] == "inserted"));
    assert_eq!((&said["records"], &said["seal"]), (&json!(1046), &json!(noted)));
}

#[test]
fn a_record_behind_which_none_can_be_is_not_blamed_on_the_disk() {
    let home = home();
    home.change(&format!("UPDATE records SET sequence = {} WHERE sequence = 6", i64::MAX));
    let output = home.program().args(["check", "A1B2345670"]).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("the visit log is not intact"), "{errors}");
}

#[test]
fn one_record_is_one_and_two_are_two() {
    let home = Home::new();
    let settings = home.path().join(".config/hes-kiosk");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("kiosk.toml"), "[screen]\nlanguages = [\"en\"]\n").unwrap();
    check_in(&home, &CODES[..1]);
    let said = || text(&log(&home, &["verify"], ""));
    assert!(said().starts_with("The log is intact: 1 record, "), "{}", said());
    check_in(&home, &CODES[..1]);
    assert!(said().starts_with("The log is intact: 2 records, "), "{}", said());
}

/// Gives a manager a PIN.
fn set_pin(home: &Home, name: &str, pin: &str) {
    let mut set = home.program();
    set.args(["pin", "set", name, "--role", "manager", "--pin-stdin"]).stdin(Stdio::piped());
    let mut set = set.stdout(Stdio::null()).spawn().unwrap();
    set.stdin.take().unwrap().write_all(pin.as_bytes()).unwrap();
    assert!(set.wait().unwrap().success());
}

/// A log with a manager, and then without.
fn without_manager() -> (Home, Vec<Vec<u8>>) {
    let home = home();
    set_pin(&home, "Ali", "482917");
    let rows = home.open_database().query_row("SELECT salt, pin FROM people", [], |row| {
        Ok(vec![row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?])
    });
    assert!(home.program().args(["pin", "remove", "Ali"]).status().unwrap().success());
    (home, rows.unwrap())
}

#[test]
fn a_pin_that_was_taken_away_and_put_back_is_named() {
    let (home, row) = without_manager();
    assert_eq!(verify(&home, &[]), (Some(0), vec![]));
    let put = "INSERT INTO people VALUES ('Ali', 'manager', ?1, ?2)";
    home.open_database().execute(put, [&row[0], &row[1]]).unwrap();
    assert_eq!(verify(&home, &[]), (Some(1), vec![json!(["rows"])]));
}

#[test]
fn whose_pin_was_put_back_has_none_after_the_next_is_given() {
    let (home, row) = without_manager();
    let put = "INSERT INTO people VALUES ('Ali', 'manager', ?1, ?2)";
    home.open_database().execute(put, [&row[0], &row[1]]).unwrap();
    set_pin(&home, "Veli", "730162");
    let listed = home.program().args(["pin", "list"]).output().unwrap();
    assert_eq!((text(&listed), verify(&home, &[])), ("yönetici  Veli\n".to_owned(), (Some(0), vec![])));
}

#[test]
fn a_row_that_the_program_does_not_write_is_named_whichever_table_it_is_in() {
    for row in [
        "people VALUES ('Veli', 'boss', randomblob(16), randomblob(32))",
        "pin_tries VALUES (1, -5, 0, 0, 0)",
        "pin_tries VALUES (1, 0, 0, -5, 0)",
        "held VALUES ('nowhere', randomblob(32), 1)",
    ] {
        let home = home();
        home.open_database().execute_batch(&format!("INSERT INTO {row}")).unwrap();
        assert_eq!(verify(&home, &[]), (Some(1), vec![json!(["rows"])]), "{row}");
    }
}

#[test]
fn nothing_is_answered_by_an_index_that_was_emptied() {
    let home = home();
    home.open_database()
        .execute_batch(
            "PRAGMA writable_schema = ON;
             CREATE TEMP TABLE ours AS SELECT sql FROM sqlite_schema WHERE name = 'records_by_code';
             UPDATE sqlite_schema SET sql = replace(sql, 'code_hash IS NOT NULL', '0') WHERE name = 'records_by_code';",
        )
        .unwrap();
    let database = home.open_database();
    database.execute_batch("REINDEX records_by_code").unwrap();
    database
        .execute_batch(
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'WHERE 0', 'WHERE code_hash IS NOT NULL')
             WHERE name = 'records_by_code';",
        )
        .unwrap();
    drop(database);
    for command in [&["find", "-"][..], &["erase", "-", "--reason", "KVKK 11/e"]] {
        let output = log(&home, command, CODES[0]);
        assert_eq!((output.status.code(), text(&output)), (Some(2), String::new()), "{command:?}");
    }
    assert_eq!(home.log().len(), CODES.len());
}

#[test]
fn a_receipt_of_one_persons_records_keeps_their_day_and_no_more() {
    let home = home();
    log(&home, &["erase", "-", "--reason", "KVKK 11/e"], CODES[0]);
    let receipt = home.log_with_acts().pop().unwrap();
    let day = receipt["from"].as_str().unwrap();
    assert!(day.ends_with("T00:00:00Z") && receipt["to"] == receipt["from"], "{receipt}");
}

#[test]
fn a_changed_key_of_the_codes_is_noticed_before_anything_is_written_with_it() {
    let home = home();
    let file = home.path().join(".local/share/hes-kiosk/keys/demo.key");
    let right = fs::read_to_string(&file).unwrap();
    let key = home.keys()["code_hash"].as_str().unwrap().to_owned();
    fs::write(&file, right.replace(&key, &format!("{}{}", &key[1..], &key[..1]))).unwrap();
    for command in [&["check", CODES[0]][..], &["log", "verify"], &["log", "list"], &["log", "rotate-keys"]] {
        let output = home.program().args(command).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.code() > Some(1) && errors.contains("the key of the codes"),
            "{command:?}: {errors}"
        );
    }
    fs::write(&file, right).unwrap();
    assert_eq!(verify(&home, &[]), (Some(0), vec![]));
}
