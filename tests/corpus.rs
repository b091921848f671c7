//! The fuzz targets' corpus, each file of it once: what `make fuzz` begins with, and what it found.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use hes_kiosk::scan::fuzz;

/// Runs `target` on each file of its corpus and gives the names of those at which it panicked.
fn failures(name: &str, target: fn(&[u8])) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name);
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty(), "there is no corpus");
    let fails = |file: &&std::path::PathBuf| {
        let bytes = fs::read(file).unwrap();
        catch_unwind(|| target(&bytes)).is_err()
    };
    files.iter().filter(fails).map(|file| file.display().to_string()).collect()
}

#[test]
fn what_must_hold_for_payloads_holds_for_the_corpus() {
    assert_eq!(failures("payload", fuzz::payload), [""; 0]);
}

#[test]
fn what_must_hold_for_messages_between_processes_holds_for_the_corpus() {
    assert_eq!(failures("protocol", fuzz::protocol), [""; 0]);
}

#[test]
fn what_must_hold_for_a_cameras_pictures_holds_for_the_corpus() {
    assert_eq!(failures("converters", fuzz::converters), [""; 0]);
}
