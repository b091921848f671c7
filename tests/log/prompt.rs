//! The pass-phrase as a person types it, at a terminal.

use std::fs;
use std::time::{Duration, Instant};

use super::backup::{PASS_PHRASE, back_up};
use super::check_in;
use super::export::multiply;
use super::home::Home;
use super::terminal::Terminal;

/// Backs up with these two answers; gives the exit status and what was seen.
fn backed_up(home: &Home, answers: [&str; 2]) -> (Option<i32>, String) {
    check_in(home, &["A1B2345670"]);
    let mut terminal =
        Terminal::run(home.path(), &format!("log backup {}", home.path().join("typed.db").display()));
    terminal.answer("Kurtarma parolası: ", answers[0]);
    terminal.answer("Bir kez daha: ", answers[1]);
    terminal.end()
}

#[test]
fn a_pass_phrase_that_is_made_is_asked_for_twice_and_not_shown() {
    let (status, seen) = backed_up(&Home::new(), [PASS_PHRASE; 2]);
    assert_eq!(status, Some(0), "{seen}");
    assert!(!seen.contains("kat"), "{seen}");
}

#[test]
fn a_backup_that_is_ended_at_the_terminal_at_which_it_was_begun_leaves_no_file() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    multiply(&home, 300_000);
    let part = home.path().join("typed.db.part");
    let before = fs::read_dir(home.path()).unwrap().count();
    let mut terminal =
        Terminal::run(home.path(), &format!("log backup {}", home.path().join("typed.db").display()));
    terminal.answer("Kurtarma parolası: ", PASS_PHRASE);
    terminal.answer("Bir kez daha: ", PASS_PHRASE);
    let ends = Instant::now() + Duration::from_secs(30);
    while fs::metadata(&part).map_or(0, |part| part.len()) == 0 {
        assert!(Instant::now() < ends, "nothing was begun");
    }
    terminal.type_in("\u{3}");
    let (_, seen) = terminal.end();
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), before, "{seen}");
}

#[test]
fn a_slip_in_a_pass_phrase_that_is_made_is_noticed() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let mut terminal =
        Terminal::run(home.path(), &format!("log backup {}", home.path().join("typed.db").display()));
    terminal.answer("Kurtarma parolası: ", PASS_PHRASE);
    terminal.answer("Bir kez daha: ", "kırk satır mı, kırk katır mı\n");
    terminal.wait_for("aynı değil");
    terminal.answer("Kurtarma parolası: ", PASS_PHRASE);
    terminal.answer("Bir kez daha: ", PASS_PHRASE);
    let (status, seen) = terminal.end();
    assert_eq!(status, Some(0), "{seen}");
}

#[test]
fn a_pass_phrase_that_opens_is_asked_for_once_and_not_shown() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = back_up(&home);
    let new = Home::new();
    let mut terminal = Terminal::run(new.path(), &format!("log restore {}", file.display()));
    terminal.answer("Kurtarma parolası: ", PASS_PHRASE);
    let (status, seen) = terminal.end();
    assert_eq!((status, new.log().len()), (Some(0), 1), "{seen}");
    assert!(!seen.contains("kat") && !seen.contains("Bir kez daha"), "{seen}");
}
