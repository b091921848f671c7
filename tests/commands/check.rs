//! `hes-kiosk check`.

use serde_json::{Value, json};

use super::{Home, errors, fixture, lines, status};

#[test]
fn each_demo_code_has_its_decision_its_reason_and_its_exit_status() {
    for (code, decision, reason, exit) in [
        ("A1B2345670", "admit", "riskless", 0),
        ("A1B2345671", "refuse", "risky", 1),
        ("A1B2345672", "refuse", "code_not_found", 1),
        ("A1B2345673", "refuse", "code_expired", 1),
        ("A1B2345674", "admit", "riskless", 0),
        ("A1B2345675", "admit", "riskless", 0),
        ("A1B2345676", "unverified", "service_failed", 3),
        ("A1B2345678", "unverified", "unexpected_answer", 3),
        ("A1B2345679", "unverified", "credentials_rejected", 3),
    ] {
        let output = Home::new().run(&["check", code, "--json"]);
        let line = &lines(&output)[0];
        assert_eq!((&line["decision"], &line["reason"]), (&json!(decision), &json!(reason)), "{code}");
        assert_eq!(status(&output), exit, "{code}");
    }
}

#[test]
fn a_check_in_json_has_the_documented_members_and_no_others() {
    let output = Home::new().run(&["check", "a1b2-3456-70", "--json"]);
    let line = &lines(&output)[0];
    let members: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected =
        ["visit", "at", "code", "source", "decision", "reason", "valid_until", "holder", "service_ms"];
    expected.sort_unstable();
    assert_eq!(members, expected);
    assert_eq!(line["code"], "****-****-70");
    assert_eq!(line["source"], "typed");
    let holder = json!({"first_name": "DE****", "last_name": "YI****", "identity_number": "********792"});
    assert_eq!(line["holder"], holder);
    assert!(line["service_ms"].is_u64());
}

#[test]
fn where_codes_are_looked_up_by_hand_nobody_is_asked_and_nothing_recorded() {
    for (language, words) in [("tr", "Sorgulanacak bir servis yok"), ("en", "There is no service to ask")] {
        let home = Home::with_settings(&format!(
            "[service]\nenvironment = \"manual\"\n[screen]\nlanguages = [\"{language}\"]\n\
             [privacy]\ncontroller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n"
        ));
        let output = home.run(&["check", "A1B2345670"]);
        assert_eq!((status(&output), home.log().len()), (2, 0));
        assert!(errors(&output).contains(words), "{}", errors(&output));
    }
}

#[test]
fn absent_values_are_null() {
    let output = Home::new().run(&["check", "A1B2345676", "--json"]);
    let line = &lines(&output)[0];
    assert_eq!((&line["valid_until"], &line["holder"]), (&Value::Null, &Value::Null));
}

#[test]
fn what_is_printed_stands_in_the_log() {
    let home = Home::new();
    let output = home.run_with_input(&["check", "-", "--json"], "A1B2345670\nA1B2345671\nA1B2345676\n");
    let visits = |lines: &[Value]| lines.iter().map(|line| line["visit"].clone()).collect::<Vec<_>>();
    assert_eq!(visits(&lines(&output)), visits(&home.log()));
}

#[test]
fn standard_input_is_read_line_by_line_in_every_form_of_a_code() {
    let payload = "0123456789abcdef0123456789abcdef|A1B2345670";
    let mangled = "0123456789abcdef0123456789abcdef;A1B2*3456*70";
    let input = format!("A1B2-3456-70\n\n a1b2 3456 70 \r\n{payload}\n{mangled}");
    let output = Home::new().run_with_input(&["check", "-", "--json"], &input);
    assert_eq!(lines(&output).len(), 4);
    assert_eq!(status(&output), 0);
}

#[test]
fn what_is_no_code_is_named_by_line_and_makes_no_visit() {
    let home = Home::new();
    let output = home.run_with_input(&["check", "-"], "A1B2345670\nA1B2-3456\n");
    assert!(errors(&output).contains("line 2: a HES code has ten letters and digits, not 8"));
    assert_eq!(status(&output), 2);
    assert_eq!(home.log().len(), 1);
}

#[test]
fn of_several_checks_the_gravest_exit_status_counts() {
    for (input, exit) in [
        ("A1B2345670\nA1B2345676\n", 3),
        ("A1B2345676\nA1B2345671\nA1B2345670\n", 1),
        ("A1B2345671\nnonsense\nA1B2345676\n", 2),
    ] {
        let output = Home::new().run_with_input(&["check", "-"], input);
        assert_eq!(status(&output), exit, "{input}");
    }
}

#[test]
fn nothing_to_check_is_a_mistake_in_usage() {
    assert_eq!(status(&Home::new().run_with_input(&["check", "-"], "\n \n")), 2);
    assert_eq!(status(&Home::new().run(&["check"])), 2);
}

#[test]
fn a_picture_is_checked_like_a_code() {
    let home = Home::new();
    let output = home.run(&["check", "--json", "--image", &fixture("code.png"), &fixture("inverted.png")]);
    let sources: Vec<Value> = lines(&output).iter().map(|line| line["source"].clone()).collect();
    assert_eq!(sources, ["image", "image"]);
    assert_eq!(home.log().len(), 2);
}

#[test]
fn a_picture_without_a_code_and_a_missing_one_make_no_visit() {
    let home = Home::new();
    let output = home.run(&["check", "--image", &fixture("empty.png"), "missing.png"]);
    assert_eq!(status(&output), 2);
    assert!(errors(&output).contains("empty.png: the picture shows no HES code"), "{}", errors(&output));
    assert!(home.log().is_empty());
}

#[test]
fn neither_the_code_nor_the_payload_appears_in_any_output() {
    let home = Home::new();
    let prefix = "fedcba9876543210fedcba9876543210";
    let input = format!("{prefix}|A1B2345670\n{prefix}|A1B234567\nA1B2345670X\n");
    let output = home.run_with_input(&["check", "-"], &input);
    let shown = format!("{}{}", String::from_utf8(output.stdout.clone()).unwrap(), errors(&output));
    assert!(!shown.contains(prefix) && !shown.to_uppercase().contains("A1B23456"), "{shown}");
}

#[test]
fn a_visit_that_cannot_be_recorded_is_neither_asked_nor_shown() {
    let home = Home::with_settings("[visits]\npath = \"/proc/visits/visits.db\"");
    let output = home.run(&["check", "A1B2345670", "--json"]);
    assert_eq!((status(&output), lines(&output).len()), (4, 0));
}

#[test]
fn a_person_reads_the_decision_in_the_first_language() {
    for (settings, words) in
        [("", "Girebilirsiniz (risk yok)"), ("[screen]\nlanguages = [\"en\"]", "You may enter (riskless)")]
    {
        let output = Home::with_settings(settings).run(&["check", "A1B2345670"]);
        assert!(String::from_utf8(output.stdout).unwrap().contains(words));
    }
}

#[test]
fn every_command_explains_itself() {
    for arguments in [
        vec!["--help"],
        vec!["run", "--help"],
        vec!["check", "--help"],
        vec!["bulk", "--help"],
        vec!["decode", "--help"],
        vec!["log", "--help"],
        vec!["log", "list", "--help"],
        vec!["simulate", "--help"],
    ] {
        let output = Home::new().run(&arguments);
        let help = String::from_utf8(output.stdout.clone()).unwrap();
        assert_eq!(status(&output), 0, "{arguments:?}");
        assert!(help.contains("Usage: hes-kiosk") && !help.contains("decode-worker"), "{help}");
    }
}

/// The decision, reason and exit status of a code under `settings`.
fn decided(settings: &str, arguments: &[&str], code: &str) -> (String, String, i32) {
    let home = Home::with_settings(settings);
    let output = home.run_with_input(&[&["check", "-", "--json"], arguments].concat(), code);
    let line = &lines(&output)[0];
    let text = |member: &str| line[member].as_str().unwrap().to_owned();
    (text("decision"), text("reason"), status(&output))
}

#[test]
fn where_protected_visitors_are_admitted_the_health_fields_decide() {
    let all = "[policy]\nadmit = \"riskless_and_protected\"";
    let tested = format!("{all}\nprotected_by = [\"negative_test\"]");
    let tested_today = format!("{tested}\nnegative_test_hours = 12");
    for (settings, code, decision, reason, exit) in [
        (all, "A1B2345670", "admit", "riskless", 0),
        (all, "A1B2345671", "refuse", "risky", 1),
        (all, "A1B2345674", "refuse", "not_protected", 1),
        (all, "A1B2345675", "admit", "riskless", 0),
        (&tested, "A1B2345670", "refuse", "not_protected", 1),
        (&tested, "A1B2345675", "admit", "riskless", 0),
        (&tested_today, "A1B2345675", "refuse", "not_protected", 1),
    ] {
        let expected = (decision.to_owned(), reason.to_owned(), exit);
        assert_eq!(decided(settings, &[], code), expected, "{settings} {code}");
    }
}

#[test]
fn the_last_digits_are_compared_where_they_are_given_or_asked_for() {
    let asked = "[identity]\nask_last_digits = true";
    let right: &[&str] = &["--digits", "792"];
    let wrong: &[&str] = &["--digits", "793"];
    for (settings, digits, decision, reason, exit) in [
        (asked, right, "admit", "riskless", 0),
        (asked, wrong, "refuse", "identity_mismatch", 1),
        (asked, &[], "unverified", "identity_not_given", 3),
        ("", right, "admit", "riskless", 0),
        ("", wrong, "refuse", "identity_mismatch", 1),
        ("", &[], "admit", "riskless", 0),
    ] {
        let expected = (decision.to_owned(), reason.to_owned(), exit);
        assert_eq!(decided(settings, digits, "A1B2345670"), expected, "{settings} {digits:?}");
    }
}

#[test]
fn digits_that_are_none_are_refused_and_not_repeated() {
    let output = Home::new().run_with_input(&["check", "-", "--digits", "7921"], "A1B2345670");
    assert_eq!(status(&output), 2);
    assert!(!errors(&output).contains("7921"));
}
