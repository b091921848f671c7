//! Who has a PIN in a log that takes nothing down, and how long guessing takes there.

use std::fs;

use tempfile::TempDir;

use super::super::tests::{desk, enter, guard, open, pin};
use super::*;
use crate::visits::PinMemory;

fn config(folder: &TempDir) -> Config {
    Config::of_tests(folder.path())
}

/// Enters a PIN of which the log is told nothing; gives whose it is, or `Err` where none is taken.
fn enter_unrecorded(unrecorded: &Unrecorded, folder: &TempDir, text: &str) -> Result<Option<Person>, ()> {
    let PinTry::Begun(credentials) = unrecorded.begin_pin_try(&config(folder)).unwrap() else {
        return Err(());
    };
    let person = credentials.person_of(&pin(text), &PinMemory::default()).cloned();
    unrecorded.end_pin_try(person.as_ref());
    Ok(person)
}

#[test]
fn a_pin_tells_whose_it_is_and_leaves_the_log_as_it_was() {
    let folder = desk();
    let before = fs::read(&config(&folder).path).unwrap();
    assert_eq!(enter_unrecorded(&Unrecorded::default(), &folder, "730162"), Ok(Some(guard())));
    assert_eq!(fs::read(&config(&folder).path).unwrap(), before);
}

#[test]
fn five_wrong_pins_lock_until_the_program_ends() {
    let (folder, unrecorded) = (desk(), Unrecorded::default());
    for _ in 0..5 {
        assert_eq!(enter_unrecorded(&unrecorded, &folder, "111222"), Ok(None));
    }
    assert_eq!(enter_unrecorded(&unrecorded, &folder, "730162"), Err(()));
    assert!(unrecorded.locked_until().is_some());
}

#[test]
fn wrong_pins_that_the_log_knows_count_as_well() {
    let (folder, unrecorded) = (desk(), Unrecorded::default());
    for _ in 0..4 {
        enter(&mut open(&folder), "111222", Timestamp::now()).unwrap();
    }
    assert_eq!(enter_unrecorded(&unrecorded, &folder, "111222"), Ok(None));
    assert_eq!(enter_unrecorded(&unrecorded, &folder, "730162"), Err(()));
}

#[test]
fn the_right_pin_ends_what_wrong_ones_came_to() {
    let (folder, unrecorded) = (desk(), Unrecorded::default());
    for text in ["111222", "111222", "730162", "111222"] {
        enter_unrecorded(&unrecorded, &folder, text).unwrap();
    }
    assert_eq!(unrecorded.end_pin_try(None).wrong, 1);
}

/// A desk at which no file can be made that readers share: SQLite follows no link to it.
fn desk_of_one_reader() -> TempDir {
    let folder = desk();
    std::os::unix::fs::symlink("nowhere", config(&folder).path.with_extension("db-shm")).unwrap();
    folder
}

#[test]
fn people_are_read_where_readers_can_share_nothing() {
    assert_eq!(read_people(&config(&desk_of_one_reader())), Ok(vec![guard()]));
}

#[test]
fn people_are_read_where_nothing_can_be_locked_unless_there_is_something_newer() {
    let folder = desk_of_one_reader();
    let config = config(&folder);
    let keys = Keys::load(&config.keys, &config.path).unwrap();
    let _alone = connect_to_read(&config.path, &keys).unwrap();
    assert_eq!(read_people(&config), Ok(vec![guard()]));
    fs::write(config.path.with_extension("db-wal"), "newer").unwrap();
    assert!(read_people(&config).is_err());
}

#[test]
fn what_is_newer_lies_beside_the_file_to_which_a_link_leads() {
    let folder = desk();
    let Config { path, .. } = config(&folder);
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("visits.db");
    fs::rename(&path, &file).unwrap();
    std::os::unix::fs::symlink(&file, &path).unwrap();
    std::os::unix::fs::symlink("nowhere", file.with_extension("db-shm")).unwrap();
    let keys = Keys::load(&config(&folder).keys, &path).unwrap();
    let _alone = connect_to_read(&path, &keys).unwrap();
    assert_eq!(read_people(&config(&folder)), Ok(vec![guard()]));
    fs::write(file.with_extension("db-wal"), "newer").unwrap();
    assert!(read_people(&config(&folder)).is_err());
}

#[test]
fn a_row_that_somebody_put_there_makes_no_manager() {
    let folder = desk();
    let (_, connection, _) = open(&folder).into_parts();
    connection.execute("UPDATE people SET role = 'manager'", []).unwrap();
    drop(connection);
    assert_eq!(read_people(&config(&folder)), Err(VisitsError::Altered));
}

#[test]
fn where_there_is_no_log_none_is_begun() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(read_people(&config(&folder)), Err(VisitsError::Gone));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
