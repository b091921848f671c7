//! What is asked for at a terminal.

use std::fs;

use super::Home;
use super::terminal::Terminal;

/// A home in which a letter lies already, and a terminal in which another one is asked for.
fn another_letter(answer: &str) -> (Option<i32>, String, String) {
    let home = Home::with_settings("[privacy]\ncontroller = \"Örnek Kurumu\"\n");
    let out = home.write("letter.txt", "mine");
    let mut terminal = Terminal::run(&home.path(""), &format!("onboarding letter --out {}", out.display()));
    terminal.say("kişinin adı: ", "\n");
    terminal.wait_for("Bir ad gerekli");
    terminal.say("kişinin adı: ", "Ayşe\n");
    terminal.say("soyadı: ", "Yılmaz\n");
    terminal.answer("(görünmez): ", "10000000147\n");
    terminal.wait_for("tutmuyor");
    terminal.answer("(görünmez): ", "10000000146\n");
    terminal.say("şubeler dâhil: ", "çok\n");
    terminal.wait_for("rakamla yazılmalı");
    terminal.say("şubeler dâhil: ", "1250\n");
    terminal.say("(e/h) ", answer);
    let (status, seen) = terminal.end();
    (status, seen, fs::read_to_string(out).unwrap())
}

#[test]
fn a_letter_is_overwritten_where_somebody_agrees_and_the_number_is_not_shown() {
    let (status, seen, letter) = another_letter("e\n");
    assert_eq!(status, Some(0), "{seen}");
    assert!(letter.contains("10000000146") && !seen.contains("1000000014"), "{seen}");
}

#[test]
fn a_letter_stays_where_nobody_agrees() {
    let (status, seen, letter) = another_letter("h\n");
    assert_eq!((status, letter.as_str()), (Some(2), "mine"), "{seen}");
}

#[test]
fn a_password_is_asked_for_twice_and_not_shown() {
    let home = Home::with_settings("[service]\nenvironment = \"test\"\n");
    let mut terminal = Terminal::run(&home.path(""), "credentials set");
    terminal.answer("parolası: ", "Parola-481\n");
    terminal.answer("Bir kez daha: ", "Parola-481\n");
    let (status, seen) = terminal.end();
    assert_eq!(status, Some(0), "{seen}");
    assert!(!seen.contains("Parola-481"), "{seen}");
}

#[test]
fn a_slip_in_a_password_is_noticed_and_nothing_is_stored() {
    let home = Home::with_settings("[service]\nenvironment = \"test\"\n");
    let mut terminal = Terminal::run(&home.path(""), "credentials set");
    terminal.answer("parolası: ", "Parola-481\n");
    terminal.answer("Bir kez daha: ", "Parola-482\n");
    assert_eq!(terminal.end().0, Some(2));
    assert!(!home.path(".local/share/hes-kiosk/passwords").exists());
}
