//! What cannot be printed.

use std::fs::File;
use std::process::Stdio;

use super::{Home, errors, fixture, status};

/// A disk without room.
fn full() -> File {
    File::options().write(true).open("/dev/full").unwrap()
}

#[test]
fn a_command_whose_output_has_no_room_does_not_end_well() {
    let home = Home::new();
    home.run(&["check", "A1B2345670"]);
    let table = home.write("people.csv", "HES Kodu\nA1B2345670\n").display().to_string();
    let report = home.path("report.csv").display().to_string();
    let (picture, camera) = (fixture("code.png"), format!("replay:{}", fixture("code.png")));
    for arguments in [
        ["check", "A1B2345670"].as_slice(),
        &["check", "A1B2345670", "--json"],
        &["bulk", &table, "--out", &report],
        &["decode", &picture],
        &["scan", "--camera", &camera, "--frames=1"],
        &["camera", "list"],
        &["camera", "test", "--camera", &camera, "--seconds=1"],
        &["log", "list"],
        &["log", "find", "A1B2345670"],
        &["log", "seal"],
        &["log", "verify"],
        &["log", "purge", "--older-than=3650"],
        &["privacy"],
    ] {
        let output = home.command(arguments).stdout(full()).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(errors(&output).contains("No space left"), "{arguments:?}: {}", errors(&output));
    }
}

#[test]
fn a_check_that_nobody_reads_is_made_all_the_same() {
    let home = Home::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = home.command(&["check", "A1B2345670"]).stdout(writer).output().unwrap();
    assert_eq!((status(&output), home.log().len()), (0, 1));
}

#[test]
fn usage_names_the_commands_that_look_like_codes_and_no_code() {
    let said = |arguments: &[&str]| errors(&Home::new().run(arguments));
    assert!(said(&["onboarding"]).contains("Usage: hes-kiosk onboarding"), "{}", said(&["onboarding"]));
    assert!(said(&["log", "rotate-keys", "--wrong"]).contains("hes-kiosk log rotate-keys"));
    assert!(!said(&["onboarding", "A1B2345670"]).contains("A1B2345670"));
}
