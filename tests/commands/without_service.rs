//! What asks no service needs neither its user name nor its password.

use super::{Home, errors, status};

/// A home whose settings name a service and do not say who asks it, with a log and somebody who has a PIN.
fn home() -> Home {
    let home = Home::with_settings("[service]\nenvironment = \"test\"\n");
    let set = home.run_with_input(&["pin", "set", "Ayşe", "--role", "manager", "--pin-stdin"], "482917\n");
    assert_eq!(status(&set), 0, "{}", errors(&set));
    home
}

#[test]
fn commands_that_ask_nobody_work_without_its_user_name_and_password() {
    let home = home();
    let table = home.write("people.csv", "HES Kodu\nA1B2345670\n").display().to_string();
    let export = home.path("visits.csv").display().to_string();
    for arguments in [
        ["log", "list"].as_slice(),
        &["log", "stats"],
        &["log", "verify"],
        &["log", "seal"],
        &["log", "export", "--out", &export],
        &["log", "purge", "--older-than=30"],
        &["log", "rotate-keys"],
        &["pin", "list"],
        &["privacy"],
        &["control-codes"],
        &["camera", "list"],
        &["bulk", &table, "--list"],
        &["onboarding", "checklist"],
    ] {
        let output = home.run(arguments);
        assert_eq!(status(&output), 0, "{arguments:?}: {}", errors(&output));
    }
}

#[test]
fn what_is_stored_tells_where_codes_go_to_without_the_password() {
    let output = home().run(&["privacy"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("hesservis.turkiye.gov.tr"));
}

#[test]
fn whoever_would_ask_it_is_told_what_is_missing() {
    let output = home().run(&["check", "A1B2345670"]);
    assert_eq!(status(&output), 2);
    assert!(errors(&output).contains("needs username in [service.test]"), "{}", errors(&output));
}
