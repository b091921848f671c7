//! The list, by pages and by filters.

use serde_json::Value;

use super::home::Home;
use super::{check_in, log, text};

/// A log with ten visits: the codes' last digits are the simulator's answers.
fn home() -> Home {
    let home = Home::new();
    let codes = [0, 1, 0, 2, 6, 0, 3, 0, 9, 0].map(|digit| format!("A1B234567{digit}"));
    check_in(&home, &codes.each_ref().map(String::as_str));
    home
}

/// The numbers of the records that `log list` prints with these arguments.
fn listed(home: &Home, arguments: &[&str]) -> Vec<u64> {
    let output = log(home, &[&["list", "--json"], arguments].concat(), "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let sequence = |line: &str| serde_json::from_str::<Value>(line).unwrap()["sequence"].as_u64().unwrap();
    text(&output).lines().map(sequence).collect()
}

#[test]
fn pages_follow_each_other_without_gap_or_overlap() {
    let home = home();
    assert_eq!(listed(&home, &["--limit", "4"]), [7, 8, 9, 10]);
    assert_eq!(listed(&home, &["--limit", "4", "--before", "7"]), [3, 4, 5, 6]);
    assert_eq!(listed(&home, &["--limit", "4", "--before", "3"]), [1, 2]);
    assert_eq!(listed(&home, &["--limit", "4", "--before", "1"]), [0; 0]);
    assert_eq!(listed(&home, &["--before", "3"]), [1, 2]);
}

#[test]
fn pages_of_one_decision_follow_each_other() {
    let home = home();
    for (decision, first, second) in [
        ("admit", vec![8, 10], vec![3, 6]),
        ("refuse", vec![4, 7], vec![2]),
        ("unverified", vec![5, 9], vec![]),
    ] {
        let page = ["--decision", decision, "--limit", "2"];
        assert_eq!(listed(&home, &page), first, "{decision}");
        let before = first[0].to_string();
        assert_eq!(listed(&home, &[&page[..], &["--before", &before]].concat()), second, "{decision}");
    }
}

#[test]
fn filters_narrow_each_other() {
    let home = home();
    let fourth: Value = home.log()[3]["at"].clone();
    let since = ["--since", fourth.as_str().unwrap()];
    assert_eq!(listed(&home, &[&since[..], &["--decision", "refuse"]].concat()), [4, 7]);
    assert_eq!(listed(&home, &[&since[..], &["--decision", "admit", "--limit", "2"]].concat()), [8, 10]);
    let until = ["--until", fourth.as_str().unwrap()];
    assert_eq!(listed(&home, &[&until[..], &["--decision", "refuse"]].concat()), [2]);
    assert_eq!(listed(&home, &[&until[..], &["--limit", "2"]].concat()), [2, 3]);
}

#[test]
fn visits_of_another_entrance_are_left_out() {
    let home = home();
    let entrance = home.log()[0]["entrance"].as_str().unwrap().to_owned();
    assert_eq!(listed(&home, &["--entrance", &entrance, "--limit", "2"]), [9, 10]);
    assert_eq!(listed(&home, &["--entrance", "Arka kapı"]), [0; 0]);
}

#[test]
fn visits_are_found_by_the_times_that_a_clock_gave_that_was_set_back() {
    let home = home();
    home.change("UPDATE records SET at = at - 86400000 WHERE sequence >= 8");
    let first: Value = home.log()[0]["at"].clone();
    assert_eq!(listed(&home, &["--until", first.as_str().unwrap(), "--limit", "2"]), [9, 10]);
    assert_eq!(listed(&home, &["--since", first.as_str().unwrap(), "--limit", "2"]), [6, 7]);
}

#[test]
fn what_was_deleted_is_on_no_page() {
    let home = home();
    log(&home, &["erase", "-", "--reason", "KVKK 11/e"], "A1B2345670");
    assert_eq!(listed(&home, &["--limit", "3"]), [5, 7, 9]);
    assert_eq!(listed(&home, &["--decision", "admit"]), [0; 0]);
}
