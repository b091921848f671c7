//! A record that cannot be read stands in nobody's way to the others.

use std::fs;

use serde_json::{Value, json};

use super::home::Home;
use super::{check_in, log, text};

/// What makes a record unreadable.
const CHANGES: [&str; 6] = [
    "at = 9223372036854775807",
    "at = -9223372036854775808",
    "decision = 'perhaps'",
    "valid_until = 9223372036854775807",
    "service_ms = -1",
    "kind = 'visitor'",
];

/// A log with three visits of one code, of which this one was changed.
fn home(sequence: u64, change: &str) -> Home {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345670", "A1B2345670"]);
    home.change(&format!("UPDATE records SET {change} WHERE sequence = {sequence}"));
    home
}

/// The records of `log list` or `log find`, as their numbers and whether they can be read.
fn told(output: &std::process::Output) -> Vec<(u64, bool)> {
    let of = |line: &str| {
        let record: Value = serde_json::from_str(line).unwrap();
        (record["sequence"].as_u64().unwrap(), record["unreadable"] != json!(true))
    };
    text(output).lines().map(of).collect()
}

#[test]
fn visitors_are_checked_in_beside_it() {
    for change in CHANGES {
        for sequence in [2, 3] {
            let home = home(sequence, change);
            let checked = home.program().args(["check", "A1B2345670"]).output().unwrap();
            assert_eq!(checked.status.code(), Some(0), "{change}");
        }
    }
}

#[test]
fn visitors_are_checked_in_behind_a_seal_that_is_none() {
    let home = home(3, "seal = NULL");
    check_in(&home, &["A1B2345670"]);
    let output = log(&home, &["verify", "--json"], "");
    let said: Value = serde_json::from_str(&text(&output)).unwrap();
    assert_eq!((&said["faults"][0]["fault"], &said["faults"][0]["sequence"]), (&json!("broken"), &json!(3)));
}

#[test]
fn an_impossible_time_is_said_once_to_whoever_opens_the_log() {
    let home = home(2, CHANGES[0]);
    let checked = home.program().args(["check", "A1B2345670", "A1B2345671"]).output().unwrap();
    let errors = String::from_utf8(checked.stderr).unwrap();
    assert_eq!(errors.matches("impossible time").count(), 1, "{errors}");
}

#[test]
fn it_is_listed_and_found_as_unreadable() {
    for change in CHANGES {
        for sequence in [2, 3] {
            let home = home(sequence, change);
            let expected: Vec<_> = (1..=3).map(|number| (number, number != sequence)).collect();
            // What is no visit by its kind is none in the list of visits.
            let listed = told(&log(&home, &["list", "--acts", "--json"], ""));
            assert_eq!(listed, expected, "{change}");
            let mut found = told(&log(&home, &["find", "-", "--json"], "A1B2345670"));
            found.sort_unstable();
            assert_eq!(found, expected, "{change}");
        }
    }
}

#[test]
fn people_read_that_it_cannot_be_read() {
    let said = text(&log(&home(2, CHANGES[0]), &["list"], ""));
    assert!(said.lines().nth(1).unwrap().starts_with("     2  okunamıyor"), "{said}");
}

#[test]
fn an_export_is_made_without_it_and_says_so() {
    for change in CHANGES {
        let home = home(3, change);
        let out = home.path().join("log.jsonl");
        let output = log(&home, &["export", "--acts", "--out", out.to_str().unwrap()], "");
        assert_eq!(output.status.code(), Some(1), "{change}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("1 kayıt okunamadı"), "{change}");
        // Two visits, and that the export was begun.
        assert_eq!(fs::read_to_string(out).unwrap().lines().count(), 3, "{change}");
    }
}

#[test]
fn statistics_are_of_the_others_and_say_so() {
    // A visit that does not stand among the visits by its kind is counted by its reason all the same.
    for change in &CHANGES[..2] {
        let said: Value =
            serde_json::from_str(&text(&log(&home(3, change), &["stats", "--json"], ""))).unwrap();
        assert_eq!((&said["visits"], &said["unreadable"]), (&json!(2), &json!(1)), "{change}");
        assert_eq!(said["hours"].as_array().unwrap().len(), 1, "{change}");
    }
}

#[test]
fn it_is_erased_with_the_others_of_its_code() {
    for change in CHANGES {
        let home = home(3, change);
        let erased = log(&home, &["erase", "-", "--reason", "KVKK 11/e"], "A1B2345670");
        assert_eq!(erased.status.code(), Some(0), "{change}");
        assert_eq!(home.log(), [Value::Null; 0], "{change}");
    }
}

#[test]
fn an_impossible_time_of_long_ago_is_purged() {
    let home = home(2, CHANGES[1]);
    assert_eq!(log(&home, &["purge", "--older-than", "1"], "").status.code(), Some(0));
    assert_eq!(home.log().len(), 2);
}
