//! A log whose files were damaged: what the damage left is there and verifies, and what it took is named.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::thread;
use std::time::Duration;

use super::faults::Disk;
use super::machine::{Machine, errors};
use super::{moment, random, rounds};

/// SQLCipher's pages.
const PAGE: u64 = 4096;

/// The write-ahead log of a machine.
fn write_ahead_log(machine: &Machine) -> PathBuf {
    machine.home.database().with_extension("db-wal")
}

fn length(file: &Path) -> u64 {
    fs::metadata(file).unwrap().len()
}

/// Turns over the bits of some bytes.
fn overwrite(file: &Path, at: u64, count: usize) {
    let file = OpenOptions::new().read(true).write(true).open(file).unwrap();
    let mut bytes = vec![0; count];
    let read = file.read_at(&mut bytes, at).unwrap();
    for byte in &mut bytes[..read] {
        *byte = !*byte;
    }
    file.write_all_at(&bytes[..read], at).unwrap();
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A power cut loses what was written and not brought to the disk: of the write-ahead log, all beyond its length when
/// it was last brought there.
#[test]
fn nothing_that_was_printed_is_lost_by_a_power_cut() {
    let mut random = random(7);
    for _ in 0..rounds(5) {
        let machine = Machine::new();
        machine.assert_works();
        // As long as it is read, the write-ahead log only grows.
        let reader = machine.home.open_database();
        reader.execute_batch("BEGIN; SELECT * FROM records;").unwrap();
        let disk = Disk::new(&machine.folder(), machine.home.path().join("faults"));
        let synced = machine.home.path().join("synced");
        let mut command = machine.program();
        command.envs(disk.variables()).env("FAULTS_SYNCED", &synced);
        let mut stream = super::stream::Stream::start(&mut command);
        stream.decides(1);
        thread::sleep(moment(&mut random, Duration::from_millis(200)));
        let printed = stream.kill();
        let after = machine.copy();
        let log = OpenOptions::new().write(true).open(write_ahead_log(&after)).unwrap();
        log.set_len(fs::read_to_string(&synced).unwrap().parse().unwrap()).unwrap();
        fs::remove_file(after.home.database().with_extension("db-shm")).unwrap();
        after.assert_nothing_lost(&printed);
        after.assert_works();
    }
}

#[test]
fn a_torn_write_ahead_log_takes_the_last_visits_alone_and_a_noted_seal_tells() {
    let mut random = random(8);
    let machine = Machine::new();
    machine.assert_works();
    for round in 0..rounds(8) {
        let before = machine.decisions();
        let mut stream = machine.stream();
        stream.decides(2);
        let seal = text(&machine.run(&["log", "seal"]));
        thread::sleep(moment(&mut random, Duration::from_millis(200)));
        let printed = stream.kill();
        let log = write_ahead_log(&machine);
        let at = random.below(length(&log));
        if round % 2 == 0 {
            OpenOptions::new().write(true).open(&log).unwrap().set_len(at).unwrap();
        } else {
            overwrite(&log, at, 1 + random.below(3 * PAGE) as usize);
        }
        let left = machine.decisions();
        assert_eq!(left[..before.len()], before);
        let of_stream = &left[before.len()..];
        let common = of_stream.len().min(printed.len());
        assert_eq!(of_stream[..common], printed[..common]);
        machine.assert_nothing_lost(&left);
        let noted: usize = seal.split('-').next().unwrap().parse().unwrap();
        let verified = machine.run(&["log", "verify", "--json", "--seal", &seal]);
        if left.len() < noted {
            let cut = format!("\"fault\":\"cut\",\"sequence\":{noted}");
            assert!(
                verified.status.code() == Some(1) && text(&verified).contains(&cut),
                "{}",
                text(&verified)
            );
        } else {
            assert_eq!(verified.status.code(), Some(0), "{}", text(&verified));
        }
        machine.assert_works();
    }
}

#[test]
fn a_damaged_page_is_named_and_nothing_is_decided_on_it() {
    let mut random = random(9);
    let whole = Machine::new();
    let mut streams = [(); 4].map(|()| whole.stream());
    for stream in &mut streams {
        stream.decides(10);
    }
    for stream in streams {
        stream.kill();
    }
    whole.assert_works();
    let pages = length(&whole.home.database()) / PAGE;
    for _ in 0..rounds(8) {
        let machine = whole.copy();
        let database = machine.home.database();
        let sound = fs::read(&database).unwrap();
        let at = random.below(pages * PAGE);
        overwrite(&database, at, 1);
        let verified = machine.run(&["log", "verify", "--json"]);
        if !machine.aside().is_empty() {
            machine.assert_works();
            continue;
        }
        let names_it = match verified.status.code() {
            Some(1) => text(&verified).contains("\"fault\":\"damaged\""),
            Some(2) => errors(&verified).contains("damaged"),
            // The salt is put back.
            Some(0) => at < 16,
            _ => false,
        };
        assert!(names_it, "byte {at}: {} {}", text(&verified), errors(&verified));
        let check = machine.run(&["check", "A1B2345670"]);
        if check.status.code() == Some(4) {
            assert!(check.stdout.is_empty() && errors(&check).contains("damaged"), "{}", errors(&check));
            fs::write(&database, &sound).unwrap();
            machine.assert_nothing_lost(&whole.decisions());
        } else {
            assert_eq!(check.status.code(), Some(0), "byte {at}: {}", errors(&check));
        }
        machine.assert_works();
    }
}
