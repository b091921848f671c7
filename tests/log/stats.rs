//! What visits come to.

use serde_json::{Value, json};

use super::export::multiply;
use super::home::Home;
use super::{check_in, log, text};

/// A log with six visits: at half past eleven at night, a quarter past midnight and noon of the entrance's clock.
fn home() -> Home {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671", "A1B2345670", "A1B2345672", "A1B2345676", "A1B2345670"]);
    for (sequence, at, service_ms) in [
        (1, "2021-08-09T20:30:00Z", 10),
        (2, "2021-08-09T20:59:59.999Z", 20),
        (3, "2021-08-09T21:15:00Z", 30),
        (4, "2021-08-10T09:00:00Z", 40),
        (5, "2021-08-10T09:00:00Z", 50),
        (6, "2021-08-10T20:45:00Z", 1000),
    ] {
        let at: jiff::Timestamp = at.parse().unwrap();
        home.change(&format!(
            "UPDATE records SET at = {}, service_ms = {service_ms} WHERE sequence = {sequence}",
            at.as_millisecond()
        ));
    }
    home
}

/// What `log stats --json` says with these arguments.
fn stats(home: &Home, arguments: &[&str]) -> Value {
    let output = log(home, &[&["stats", "--json"], arguments].concat(), "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&text(&output)).unwrap()
}

#[test]
fn visits_are_counted_by_the_entrances_hours_and_days() {
    let said = stats(&home(), &[]);
    let counts = |name: &str, value: Value, [visits, admit, refuse, unverified]: [u64; 4]| json!({name: value, "visits": visits, "admit": admit, "refuse": refuse, "unverified": unverified, "check_out": 0});
    assert_eq!(said["zone"], "Europe/Istanbul");
    let hour = |hour: u64, numbers| counts("hour", json!(hour), numbers);
    let hours = [hour(0, [1, 1, 0, 0]), hour(12, [2, 0, 1, 1]), hour(23, [3, 2, 1, 0])];
    assert_eq!(said["hours"], json!(hours));
    let day = |day: &str, numbers| counts("day", json!(day), numbers);
    assert_eq!(said["days"], json!([day("2021-08-09", [2, 1, 1, 0]), day("2021-08-10", [4, 2, 1, 1])]));
}

#[test]
fn visits_are_counted_by_decision_reason_and_source() {
    let said = stats(&home(), &[]);
    let decisions = ["visits", "admit", "refuse", "unverified"].map(|name| said[name].clone());
    assert_eq!(decisions, [6, 3, 2, 1].map(|number| json!(number)));
    assert_eq!(said["reasons"], json!({"riskless": 3, "risky": 1, "code_not_found": 1, "service_failed": 1}));
    assert_eq!(said["sources"], json!({"typed": 6}));
}

#[test]
fn a_guards_refusal_is_no_admission_and_a_check_out_no_visit() {
    let home = home();
    home.change("UPDATE records SET decision = 'refuse', reason = 'desk' WHERE sequence = 1");
    home.change("UPDATE records SET decision = 'check_out', reason = 'checked_out' WHERE sequence = 3");
    let said = stats(&home, &[]);
    let counts = ["visits", "admit", "refuse", "unverified", "check_out"].map(|name| said[name].clone());
    assert_eq!(counts, [5, 1, 3, 1, 1].map(|number| json!(number)));
    assert_eq!(stats(&home, &["--decision", "check_out"])["check_out"], 1);
}

#[test]
fn service_times_are_told_by_how_many_took_no_longer() {
    let said = stats(&home(), &[]);
    assert_eq!(said["service_ms"], json!({"answers": 6, "p50": 30, "p95": 1000, "p99": 1000, "max": 1000}));
}

#[test]
fn statistics_are_of_the_visits_that_the_filters_let_through() {
    let home = home();
    let of = |arguments: &[&str]| stats(&home, arguments)["visits"].clone();
    assert_eq!(of(&["--since", "2021-08-10", "--until", "2021-08-11"]), 4);
    assert_eq!(of(&["--since", "2021-08-10", "--decision", "admit"]), 2);
    assert_eq!(of(&["--entrance", "Arka kapı"]), 0);
    let entrance = home.log()[0]["entrance"].as_str().unwrap().to_owned();
    assert_eq!(of(&["--entrance", &entrance, "--decision", "refuse"]), 2);
}

#[test]
fn acts_and_what_was_deleted_are_no_visits() {
    let home = home();
    log(&home, &["erase", "-", "--reason", "KVKK 11/e"], "A1B2345670");
    let said = stats(&home, &[]);
    assert_eq!((&said["visits"], &said["unreadable"]), (&json!(3), &json!(0)));
}

#[test]
fn people_read_large_numbers_as_their_language_writes_them() {
    let home = home();
    multiply(&home, 1200);
    let said = text(&log(&home, &["stats"], ""));
    for expected in ["tümü 1.206 1.203 2 1 0", "1.203 risk yok", "23:00 1.203 1.202 1 0"] {
        let lines = said.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        assert!(lines.into_iter().any(|line| line.starts_with(expected)), "{expected} in {said}");
    }
}

#[test]
fn people_read_the_same_numbers_in_words() {
    let said = text(&log(&home(), &["stats", "--since", "2021-08-10"], ""));
    let lines: Vec<Vec<&str>> = said.lines().map(|line| line.split_whitespace().collect()).collect();
    for expected in
        ["ziyaret kabul ret doğrulanamayan çıkış", "2021-08-10 4 2 1 1 0", "12:00 2 0 1 1 0", "2 risk yok"]
    {
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert!(lines.contains(&expected), "{expected:?} in {said}");
    }
}
