//! A damaged log goes out of the way whole, whatever happens meanwhile, and one that is sound never does.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use super::faults::{Disk, Fault};
use super::home::Random;
use super::machine::{Machine, errors};
use super::stream::decision;
use super::{moment, random, rounds};

/// SQLCipher's pages.
const PAGE: u64 = 4096;

/// A machine whose log has records in its database and others in the write-ahead log beside it, until somebody closes
/// it.
fn machine() -> Machine {
    let machine = Machine::new();
    let mut stream = machine.stream();
    stream.decides(40);
    stream.kill();
    machine.assert_works();
    let mut stream = machine.stream();
    stream.decides(5);
    stream.kill();
    machine
}

/// A place in a database at which bytes were turned over.
struct Damage {
    at: u64,
    sound: [u8; 16],
}

impl Damage {
    /// Damages any page but for the salt with which the first one begins, which is put back where it is damaged.
    fn new(database: &Path, random: &mut Random) -> Self {
        let file = open(database);
        let pages = file.metadata().unwrap().len() / PAGE;
        Self::at(&file, random.below(pages) * PAGE + 16 + random.below(PAGE - 32))
    }

    fn at(file: &File, at: u64) -> Self {
        let mut sound = [0; 16];
        file.read_exact_at(&mut sound, at).unwrap();
        file.write_all_at(&sound.map(|byte| !byte), at).unwrap();
        Self { at, sound }
    }

    /// Mends it where nobody wrote the page since.
    fn mend(&self, database: &Path) {
        let file = open(database);
        let mut there = [0; 16];
        file.read_exact_at(&mut there, self.at).unwrap();
        if there == self.sound.map(|byte| !byte) {
            file.write_all_at(&self.sound, self.at).unwrap();
        }
    }
}

fn open(database: &Path) -> File {
    File::options().read(true).write(true).open(database).unwrap()
}

/// Notes that a page could not be read, as whoever finds that does.
fn suspect(machine: &Machine) {
    fs::write(machine.home.database().with_extension("db.suspect"), "").unwrap();
}

/// Runs `check` until a visitor is checked in: a damaged page may first be found by the visit that needs it.
fn come_back(machine: &Machine) {
    let comes_back = || machine.run(&["check", "A1B2345670"]).status.success();
    assert!((0..3).any(|_| comes_back()), "{}", errors(&machine.run(&["check", "A1B2345670"])));
}

/// Fails where the log is not set aside with all its decisions, named by the first record of the new one, or mended by
/// its write-ahead log. Tells which of them it is.
fn is_set_aside(machine: &Machine, damage: &Damage, decisions: &[String]) -> bool {
    let first = machine.lines(&["log", "list", "--acts", "--json"]).remove(0);
    if machine.aside().is_empty() {
        assert_eq!(machine.decisions()[..decisions.len()], *decisions);
        return false;
    }
    assert_eq!(first["act"], "set_aside");
    let named = machine.folder().join(first["file"].as_str().unwrap());
    // As if somebody mended the page, and put the log back into its place.
    let old = machine.copy();
    let database = old.home.database();
    for ending in ["", "-wal", "-shm"] {
        let name = |path: &Path| PathBuf::from(format!("{}{ending}", path.display()));
        let _ = fs::remove_file(name(&database));
        if name(&named).exists() {
            fs::copy(name(&named), name(&database)).unwrap();
        }
    }
    damage.mend(&database);
    assert_eq!(old.decisions(), decisions);
    old.assert_intact();
    true
}

#[test]
fn a_sound_log_is_never_set_aside_however_badly_a_disk_reads() {
    let mut random = random(13);
    let machine = machine();
    let mut printed = machine.copy().decisions();
    let disk = Disk::new(&machine.folder(), machine.home.path().join("faults"));
    for _ in 0..rounds(60) {
        suspect(&machine);
        disk.fail(Fault { calls: "read", how: libc::EIO }, 2 << random.below(7));
        let mut check = machine.program();
        let check = check.envs(disk.variables()).args(["check", "A1B2345670", "--json"]).output().unwrap();
        disk.mend();
        if check.status.success() {
            printed.push(decision(&serde_json::from_slice(&check.stdout).unwrap()));
        }
        assert_eq!(machine.aside(), [""; 0]);
    }
    machine.assert_nothing_lost(&printed);
}

#[test]
fn a_damaged_log_is_set_aside_whole_on_a_disk_that_fails_now_and_then() {
    const CALLS: [(&str, i32); 7] = [
        ("write", libc::EIO),
        ("write", libc::ENOSPC),
        ("write", 0),
        ("sync", libc::EIO),
        ("truncate", libc::EIO),
        ("name", libc::EIO),
        ("write,sync,truncate,name", libc::EROFS),
    ];
    let mut random = random(14);
    let full = machine();
    let decisions = full.copy().decisions();
    let mut set_aside = 0;
    for round in 0..rounds(21) {
        let (calls, how) = CALLS[round as usize % CALLS.len()];
        let machine = full.copy();
        let damage = Damage::new(&machine.home.database(), &mut random);
        suspect(&machine);
        let disk = Disk::new(&machine.folder(), machine.home.path().join("faults"));
        disk.fail(Fault { calls, how }, 1 + random.below(20));
        let mut printed = Vec::new();
        for _ in 0..3 {
            let mut check = machine.program();
            let check =
                check.envs(disk.variables()).args(["check", "A1B2345670", "--json"]).output().unwrap();
            if check.status.success() {
                printed.push(decision(&serde_json::from_slice(&check.stdout).unwrap()));
            }
        }
        disk.mend();
        come_back(&machine);
        machine.assert_nothing_lost(&printed);
        set_aside += u32::from(is_set_aside(&machine, &damage, &decisions));
    }
    assert!(set_aside > 0);
}

#[test]
fn a_damaged_log_is_set_aside_whole_by_a_program_that_is_killed() {
    let mut random = random(15);
    let full = machine();
    let decisions = full.copy().decisions();
    let mut set_aside = 0;
    for _ in 0..rounds(20) {
        let machine = full.copy();
        let damage = Damage::new(&machine.home.database(), &mut random);
        suspect(&machine);
        let mut check = machine.program();
        let mut check = check.args(["check", "A1B2345670"]).stdout(Stdio::null()).spawn().unwrap();
        thread::sleep(moment(&mut random, Duration::from_millis(150)));
        check.kill().unwrap();
        check.wait().unwrap();
        come_back(&machine);
        machine.assert_nothing_lost(&[]);
        set_aside += u32::from(is_set_aside(&machine, &damage, &decisions));
    }
    assert!(set_aside > 0);
}

/// Between the steps of a moment, which no kill would meet.
#[test]
fn a_log_that_was_set_aside_by_half_keeps_its_last_visits() {
    let machine = machine();
    let decisions = machine.copy().decisions();
    let database = machine.home.database();
    let aside = machine.folder().join("visits.db.damaged-20200101T000000Z");
    let damage = Damage::at(&open(&database), 1000);
    suspect(&machine);
    fs::hard_link(&database, &aside).unwrap();
    fs::rename(database.with_extension("db-wal"), format!("{}-wal", aside.display())).unwrap();
    fs::write(database.with_extension("db.next"), "").unwrap();
    come_back(&machine);
    assert!(is_set_aside(&machine, &damage, &decisions));
}

#[test]
fn a_log_that_was_emptied_is_told_from_one_that_never_was() {
    for is_zeroed in [false, true] {
        let machine = machine();
        let database = machine.home.database();
        let length = fs::metadata(&database).unwrap().len() as usize;
        fs::write(&database, vec![0; if is_zeroed { length } else { 0 }]).unwrap();
        let left = fs::read(database.with_extension("db-wal")).unwrap();
        come_back(&machine);
        let first = machine.lines(&["log", "list", "--acts", "--json"]).remove(0);
        let aside = machine.aside().remove(0);
        assert_eq!((&first["act"], first["file"].as_str()), (&"set_aside".into(), Some(&aside[..])));
        // Into one that is long enough SQLite brings what the write-ahead log holds, before anything is found.
        if !is_zeroed {
            assert_eq!(fs::read(machine.folder().join(aside + "-wal")).unwrap(), left);
        }
    }
}

#[test]
fn a_full_disk_sets_nothing_aside_until_it_has_room() {
    let mut random = random(16);
    for _ in 0..rounds(3) {
        let Some(machine) = Machine::with_small_disk(2 << 20) else {
            println!("left out: nobody may mount a disk here");
            return;
        };
        let mut stream = machine.stream();
        stream.decides(20);
        stream.kill();
        machine.assert_works();
        let database = machine.home.database().display().to_string();
        let filler = machine.folder().join("filler").display().to_string();
        let left = random.below(100) * 1024;
        let script = format!(
            "printf damage | dd of={database} bs=1 seek=5000 conv=notrunc status=none && \
             touch {database}.suspect && dd if=/dev/zero of={filler} bs=64k status=none; truncate -s -{left} {filler}"
        );
        machine.keep("sh", &["-c", &script]);
        let check = machine.run(&["check", "A1B2345670"]);
        let is_full = errors(&check).contains("is full");
        assert!(check.status.success() || check.status.code() == Some(4) && is_full, "{}", errors(&check));
        machine.keep("rm", &[&filler]);
        come_back(&machine);
        assert!(machine.assert_nothing_lost(&[]) >= 1);
        assert_eq!(machine.lines(&["log", "list", "--acts", "--json"])[0]["act"], "set_aside");
        let named =
            machine.lines(&["log", "list", "--acts", "--json"])[0]["file"].as_str().unwrap().to_owned();
        machine.keep("test", &["-s", &machine.folder().join(named).display().to_string()]);
    }
}
