//! Who may work at the desk.

use std::process::Output;

use serde_json::json;

use super::{Home, errors, lines, status};

fn set(home: &Home, name: &str, role: &str, pin: &str) -> Output {
    home.run_with_input(&["pin", "set", name, "--role", role, "--pin-stdin"], pin)
}

/// Who has a PIN, a line each.
fn people(home: &Home) -> String {
    String::from_utf8(home.run(&["pin", "list"]).stdout).unwrap()
}

#[test]
fn whoever_is_given_a_pin_is_listed() {
    let home = Home::new();
    assert_eq!(status(&set(&home, "Ayşe Yılmaz", "manager", "482917\n")), 0);
    assert_eq!(status(&set(&home, "Mehmet", "guard", "730162\n")), 0);
    assert_eq!(people(&home), "yönetici  Ayşe Yılmaz\ngörevli  Mehmet\n");
}

#[test]
fn what_is_no_pin_or_an_obvious_one_is_refused() {
    for pin in [
        "12345",
        "48291700000",
        "48a917",
        "",
        "111111",
        "123456",
        "98765432",
        "121212",
        "112233",
        "123123",
        "111112",
        "246802",
        "102030",
        "123450",
        "135790",
        "147258",
        "159753",
        "123321",
        "４８２９１７",
    ] {
        let home = Home::new();
        assert_eq!(status(&set(&home, "Mehmet", "guard", pin)), 2, "{pin}");
        assert_eq!(people(&home), "", "{pin}");
    }
}

#[test]
fn a_list_of_nobody_says_so_beside_it() {
    let output = Home::new().run(&["pin", "list"]);
    assert_eq!((status(&output), output.stdout.len()), (0, 0));
    assert!(errors(&output).contains("Henüz kimsenin PIN'i yok."), "{}", errors(&output));
}

#[test]
fn no_two_people_have_the_same_pin() {
    let home = Home::new();
    set(&home, "Ayşe", "manager", "482917");
    assert_eq!(status(&set(&home, "Mehmet", "guard", "482917")), 2);
    assert_eq!(people(&home), "yönetici  Ayşe\n");
}

#[test]
fn what_tells_a_visitor_or_a_pin_is_no_name() {
    let home = Home::new();
    for name in ["A1B2-3456-70", "12345678901", "a1b2 3456 70", "ali@example.org", "Meh\u{ad}met", "730162"] {
        assert_eq!(status(&set(&home, name, "guard", "482917")), 2, "{name}");
    }
    assert_eq!(people(&home), "");
}

#[test]
fn a_name_is_one_however_it_is_written() {
    for (there, other) in [("Ayşe", "Ays\u{327}e"), ("Straße", "STRASSE"), ("Mehmet", "ＭＥＨＭＥＴ")]
    {
        let home = Home::new();
        assert_eq!(status(&set(&home, there, "guard", "482917")), 0);
        set(&home, other, "guard", "730162");
        assert_eq!(people(&home), format!("görevli  {there}\n"), "{other}");
        assert_eq!(status(&home.run(&["pin", "remove", other])), 0, "{other}");
        assert_eq!(people(&home), "", "{other}");
    }
}

#[test]
fn no_two_people_have_names_that_are_taken_for_each_other() {
    let home = Home::new();
    set(&home, "Ayşe Yılmaz", "manager", "482917");
    assert_eq!(status(&set(&home, "AYŞE  YILMAZ", "guard", "730162")), 2);
    assert_eq!(people(&home), "yönetici  Ayşe Yılmaz\n");
}

#[test]
fn whose_pin_is_taken_away_is_listed_no_more() {
    let home = Home::new();
    set(&home, "Mehmet", "guard", "730162");
    assert_eq!(status(&home.run(&["pin", "remove", "Mehmet"])), 0);
    assert_eq!(people(&home), "");
}

#[test]
fn nobody_is_taken_a_pin_from_who_has_none() {
    let home = Home::new();
    assert_eq!(status(&home.run(&["pin", "remove", "Mehmet"])), 2);
}

#[test]
fn it_is_recorded_who_was_given_a_pin_and_whose_was_taken_away() {
    let home = Home::new();
    set(&home, "Mehmet", "guard", "730162");
    home.run(&["pin", "remove", "Mehmet"]);
    let acts = lines(&home.run(&["log", "list", "--acts", "--json"]));
    let acts = acts.iter().filter(|act| act["act"] != json!("people"));
    let told: Vec<_> = acts.map(|act| (&act["act"], &act["name"], &act["role"])).collect();
    let (guard, nothing) = (json!("guard"), json!(null));
    let mehmet = json!("Mehmet");
    assert_eq!(told, [(&json!("pin_set"), &mehmet, &guard), (&json!("pin_removed"), &mehmet, &nothing)]);
}

#[test]
fn a_pin_is_repeated_by_no_command() {
    let home = Home::new();
    let said = [
        set(&home, "Mehmet", "guard", "730162"),
        set(&home, "Ayşe", "guard", "730162"),
        home.run(&["pin", "set", "Mehmet", "730162", "--role", "guard"]),
    ];
    for output in said {
        let text = String::from_utf8(output.stdout.clone()).unwrap() + &errors(&output);
        assert!(!text.contains("730162"), "{text}");
    }
}

#[test]
fn whoever_has_no_terminal_is_told_how_to_give_the_pin() {
    let home = Home::new();
    let mut command = std::process::Command::new("setsid");
    command.args(["--wait", env!("CARGO_BIN_EXE_hes-kiosk"), "pin", "set", "Mehmet", "--role", "guard"]);
    let output = command.env("HOME", home.path("")).output().unwrap();
    assert_eq!(status(&output), 2);
    assert!(
        errors(&output).contains("uçbirim yok") && errors(&output).contains("--pin-stdin"),
        "{}",
        errors(&output)
    );
}

#[test]
fn why_a_pin_is_refused_is_said_in_the_first_language() {
    let refused = set(&Home::new(), "Mehmet", "guard", "123456");
    assert!(errors(&refused).contains("Bu PIN kolay tahmin edilir"), "{}", errors(&refused));
}
