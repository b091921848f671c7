//! Whose a PIN is, and how long guessing takes.

use jiff::ToSpan;
use tempfile::TempDir;

use super::super::database::Database;
use super::super::{Config, rotate};
use super::*;

pub(super) fn open(folder: &TempDir) -> Database {
    Database::open(&Config::of_tests(folder.path())).unwrap()
}

pub(super) fn pin(text: &str) -> Pin {
    Pin::parse(text).unwrap()
}

pub(super) fn guard() -> Person {
    Person { name: "Mehmet".to_owned(), role: Role::Guard }
}

/// A desk with a guard whose PIN is 730162.
pub(super) fn desk() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut database = open(&folder);
    let credential = database.credentials().unwrap().of(guard(), &pin("730162")).unwrap();
    database.change_people(PinChange::Set(credential), None).unwrap();
    folder
}

/// Enters a PIN; gives whose it is, or until when none is taken.
pub(super) fn enter(
    database: &mut Database,
    text: &str,
    now: Timestamp,
) -> Result<Option<Person>, Timestamp> {
    match database.begin_pin_try(now).unwrap() {
        PinTry::Locked(until) => Err(until),
        PinTry::Nobody => Ok(None),
        PinTry::Begun(credentials) => {
            let person = credentials.person_of(&pin(text), &PinMemory::default()).cloned();
            database.end_pin_try(person.as_ref(), now).unwrap();
            Ok(person)
        }
    }
}

fn now() -> Timestamp {
    Timestamp::from_millisecond(Timestamp::now().as_millisecond()).unwrap()
}

#[test]
fn a_pin_tells_whose_it_is() {
    let folder = desk();
    assert_eq!(enter(&mut open(&folder), "730162", now()), Ok(Some(guard())));
    assert_eq!(enter(&mut open(&folder), "730163", now()), Ok(None));
}

#[test]
fn five_wrong_pins_lock_the_desk_over_a_restart_too() {
    let (folder, now) = (desk(), now());
    for _ in 0..5 {
        assert_eq!(enter(&mut open(&folder), "111222", now), Ok(None));
    }
    assert_eq!(enter(&mut open(&folder), "730162", now + 59.seconds()), Err(now + 60.seconds()));
    assert_eq!(enter(&mut open(&folder), "730162", now + 60.seconds()), Ok(Some(guard())));
}

#[test]
fn each_further_wrong_pin_locks_for_twice_as_long_and_none_for_more_than_an_hour() {
    let (folder, mut now) = (desk(), now());
    let mut database = open(&folder);
    let mut minutes = Vec::new();
    for _ in 0..13 {
        if let Err(until) = enter(&mut database, "111222", now) {
            minutes.push((until - now).total(jiff::Unit::Minute).unwrap());
            now = until;
            assert_eq!(enter(&mut database, "111222", now), Ok(None));
        }
    }
    assert_eq!(minutes, [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]);
}

#[test]
fn the_right_pin_makes_wrong_ones_forgotten() {
    let (folder, now) = (desk(), now());
    let mut database = open(&folder);
    for text in ["111222", "111222", "111222", "111222", "730162", "111222"] {
        assert!(enter(&mut database, text, now).is_ok());
    }
    assert_eq!(enter(&mut database, "730162", now), Ok(Some(guard())));
}

/// How many wrong PINs are taken that a guard enters at once, with the own one after each four.
fn guesses(database: &mut Database, now: Timestamp) -> u32 {
    (0..)
        .find(|guess| {
            let own = if guess % 4 == 3 { enter(database, "730162", now) } else { Ok(None) };
            own.is_err() || enter(database, "111222", now).is_err()
        })
        .unwrap()
}

#[test]
fn a_guard_finds_no_managers_pin_by_the_own_one_in_between() {
    let folder = desk();
    assert_eq!(guesses(&mut open(&folder), now()), 20);
}

#[test]
fn what_a_guard_guessed_is_forgotten_after_an_hour_however_often_the_own_pin_followed() {
    let (folder, now) = (desk(), now());
    let mut database = open(&folder);
    guesses(&mut database, now);
    for minute in [10, 30, 50] {
        assert_eq!(enter(&mut database, "730162", now + minute.minutes()), Ok(Some(guard())));
    }
    assert_eq!(guesses(&mut database, now + 60.minutes()), 20);
}

#[test]
fn a_managers_pin_ends_what_a_guard_guessed() {
    let (folder, now) = (desk(), now());
    let mut database = open(&folder);
    let manager = Person { name: "Ayşe".to_owned(), role: Role::Manager };
    let credential = database.credentials().unwrap().of(manager, &pin("482917")).unwrap();
    database.change_people(PinChange::Set(credential), None).unwrap();
    guesses(&mut database, now);
    assert!(enter(&mut database, "482917", now + 10.minutes()).is_ok());
    assert_eq!(guesses(&mut database, now + 10.minutes()), 20);
}

#[test]
fn a_try_that_is_never_ended_counts_as_a_wrong_one() {
    let (folder, now) = (desk(), now());
    for _ in 0..5 {
        assert!(matches!(open(&folder).begin_pin_try(now), Ok(PinTry::Begun(_))));
    }
    assert!(matches!(open(&folder).begin_pin_try(now), Ok(PinTry::Locked(_))));
}

#[test]
fn a_clock_that_is_set_back_locks_for_no_longer_than_before() {
    let (folder, now) = (desk(), now());
    for _ in 0..5 {
        enter(&mut open(&folder), "111222", now).unwrap();
    }
    let earlier = now - 48.hours();
    assert_eq!(enter(&mut open(&folder), "730162", earlier), Err(earlier + 1.minute()));
    assert_eq!(enter(&mut open(&folder), "730162", earlier + 1.minute()), Ok(Some(guard())));
}

#[test]
fn a_clock_that_is_set_back_locks_nobody_out_for_one_wrong_pin() {
    let (folder, now) = (desk(), now());
    enter(&mut open(&folder), "111222", now).unwrap();
    assert_eq!(enter(&mut open(&folder), "730162", now - 30.minutes()), Ok(Some(guard())));
}

#[test]
fn a_pin_is_known_after_the_keys_changed() {
    let folder = desk();
    rotate(&Config::of_tests(folder.path()), None, None).unwrap();
    assert_eq!(enter(&mut open(&folder), "730162", now()), Ok(Some(guard())));
}

#[test]
fn nobody_with_the_database_makes_a_manager_of_a_guard() {
    let folder = desk();
    let mut database = open(&folder);
    database.parts().0.execute("UPDATE people SET role = 'manager'", []).unwrap();
    assert_eq!(enter(&mut database, "730162", now()), Ok(None));
}

#[test]
fn a_stolen_database_gives_no_pin_away_without_the_machines_key() {
    let folder = desk();
    let others = Credentials {
        keys: open(&desk()).credentials().unwrap().keys,
        ..open(&folder).credentials().unwrap()
    };
    assert_eq!(others.person_of(&pin("730162"), &PinMemory::default()), None);
}

#[test]
fn what_somebody_made_of_one_persons_row_keeps_nobody_else_out() {
    let folder = desk();
    let mut database = open(&folder);
    let statement = "INSERT INTO people VALUES ('Hayalet', 'x', zeroblob(16), zeroblob(32))";
    database.parts().0.execute(statement, []).unwrap();
    assert_eq!(enter(&mut database, "730162", now()), Ok(Some(guard())));
}

#[test]
fn tries_that_this_program_did_not_count_lock_for_an_hour_at_most() {
    let folder = desk();
    let (mut database, now) = (open(&folder), now());
    database
        .parts()
        .0
        .execute("INSERT INTO pin_tries VALUES (1, -1, 9223372036854775807, 0, 0)", [])
        .unwrap();
    assert_eq!(enter(&mut database, "730162", now), Err(now + 1.hour()));
    assert_eq!(enter(&mut database, "730162", now + 1.hour()), Ok(Some(guard())));
}

#[test]
fn a_pin_is_shown_nowhere() {
    let folder = desk();
    let shown = format!("{:?} {:?}", pin("730162"), open(&folder).credentials().unwrap());
    assert!(!shown.contains("730162"), "{shown}");
}

#[test]
fn where_a_wrong_pin_was_hashed_the_right_one_is_known() {
    let folder = desk();
    let (credentials, memory) = (open(&folder).credentials().unwrap(), PinMemory::of_asked_pin());
    assert_eq!(credentials.person_of(&pin("193746"), &memory), None);
    assert_eq!(credentials.person_of(&pin("730162"), &memory), Some(&guard()));
}
