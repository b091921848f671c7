//! `hes-kiosk log list`.

use serde_json::{Value, json};

use super::{Home, errors, lines, status};

fn reasons(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["reason"].as_str().unwrap()).collect()
}

#[test]
fn a_log_that_does_not_exist_yet_is_empty() {
    let home = Home::new();
    let output = home.run(&["log", "list"]);
    assert_eq!((status(&output), output.stdout.len()), (0, 0));
    assert!(errors(&output).contains("visits.db henüz yok"), "{}", errors(&output));
    assert!(!home.path(".local").exists(), "looking makes no log");
}

#[test]
fn visits_are_listed_oldest_first_with_a_gapless_sequence() {
    let home = Home::new();
    home.run_with_input(&["check", "-"], "A1B2345670\nA1B2345671\nA1B2345676\n");
    let log = home.log();
    assert_eq!(reasons(&log), ["riskless", "risky", "service_failed"]);
    let sequence: Vec<u64> = log.iter().map(|line| line["sequence"].as_u64().unwrap()).collect();
    assert_eq!(sequence, [1, 2, 3]);
}

#[test]
fn the_limit_keeps_the_newest() {
    let home = Home::new();
    home.run_with_input(&["check", "-"], "A1B2345670\nA1B2345671\nA1B2345672\n");
    let listed = lines(&home.run(&["log", "list", "--json", "--limit", "2"]));
    assert_eq!(reasons(&listed), ["risky", "code_not_found"]);
}

#[test]
fn a_time_range_has_its_start_and_not_its_end() {
    let home = Home::new();
    home.run_with_input(&["check", "-"], "A1B2345670\nA1B2345671\n");
    let second = home.log()[1]["at"].as_str().unwrap().to_owned();
    let since = lines(&home.run(&["log", "list", "--json", "--since", &second]));
    let until = lines(&home.run(&["log", "list", "--json", "--until", &second]));
    assert_eq!((reasons(&since), reasons(&until)), (vec!["risky"], vec!["riskless"]));
}

#[test]
fn a_day_is_the_entrances_day() {
    let home = Home::new();
    home.run(&["check", "A1B2345670"]);
    for (since, count) in [("2021-08-09", 1), ("2200-01-01", 0), ("2021-08-09T14:30", 1)] {
        let listed = lines(&home.run(&["log", "list", "--json", "--since", since]));
        assert_eq!(listed.len(), count, "{since}");
    }
}

#[test]
fn a_list_without_records_says_so_beside_it() {
    let home = Home::new();
    home.run(&["check", "A1B2345670"]);
    let output = home.run(&["log", "list", "--decision", "refuse"]);
    assert_eq!((status(&output), output.stdout.len()), (0, 0));
    assert!(errors(&output).contains("Böyle bir kayıt yok."), "{}", errors(&output));
}

#[test]
fn a_time_that_is_none_is_refused_with_examples() {
    let output = Home::new().run(&["log", "list", "--since", "yesterday"]);
    assert_eq!(status(&output), 2);
    assert!(errors(&output).contains("2021-08-09T14:30"));
}

/// What each command that takes times says of these, and its exit status.
fn refusals(home: &Home, since: &str, until: &str) -> Vec<(i32, String)> {
    let out = home.path("visits.csv");
    let out = out.to_str().unwrap();
    let of = |command: &[&str]| {
        let output = home.run(&[&["log"], command, &["--since", since, "--until", until]].concat());
        (status(&output), errors(&output).trim().to_owned())
    };
    [&["list"][..], &["stats"], &["export", "--out", out]].map(of).to_vec()
}

#[test]
fn times_between_which_nothing_lies_are_refused_in_the_first_language() {
    for (settings, words) in [
        ("", "--since, --until'den önceki bir an olmalı: --until anının kendisi dahil değildir."),
        ("[screen]\nlanguages = [\"en\"]", "--since has to be before --until, which is itself not included."),
    ] {
        let home = Home::with_settings(settings);
        home.run(&["check", "A1B2345670"]);
        for (since, until) in [("2021-08-10", "2021-08-09"), ("2021-08-09", "2021-08-09")] {
            let refused = (2, format!("hes-kiosk: {words}"));
            assert_eq!(refusals(&home, since, until), vec![refused; 3], "{since} {until}");
        }
    }
}

#[test]
fn times_between_which_nothing_lies_are_refused_where_there_is_no_log_too() {
    let home = Home::new();
    let output = home.run(&["log", "list", "--since", "2021-08-10", "--until", "2021-08-09"]);
    assert_eq!((status(&output), home.path(".local").exists()), (2, false));
}

#[test]
fn people_see_the_entrances_clock_with_its_offset() {
    let home = Home::new();
    home.run(&["check", "A1B2345670"]);
    let output = home.run(&["log", "list"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains(" +03:00 ") && text.contains("Girebilirsiniz (risk yok)"), "{text}");
}

#[test]
fn the_holder_is_kept_by_setting_alone() {
    let holder = json!({"first_name": "DE****", "last_name": "YI****", "identity_number": "********792"});
    for (settings, kept) in [("", Value::Null), ("[visits]\nkeep_holder = true", holder)] {
        let home = Home::with_settings(settings);
        home.run(&["check", "A1B2345670"]);
        assert_eq!(home.log()[0]["holder"], kept);
    }
}

#[test]
fn who_decided_is_the_service_or_nobody() {
    let home = Home::new();
    home.run_with_input(&["check", "-"], "A1B2345670\nA1B2345671\nA1B2345676\n");
    let decided: Vec<Value> = home.log().iter().map(|line| line["decided_by"].clone()).collect();
    assert_eq!(decided, [json!("service"), json!("service"), Value::Null]);
}
