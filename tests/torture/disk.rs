//! A disk that is full, may not be written, or fails: what was printed is in the log, the cause is said, and visits
//! are recorded again once it is gone.

use std::process::Command;
use std::thread;
use std::time::Duration;

use super::faults::{Disk, Fault};
use super::home::Home;
use super::machine::{Machine, errors};
use super::stream::decision;
use super::{moment, random, rounds};

/// How a disk fails, and what may be said of it. Where SQLite cannot make the file larger that its processes share, it
/// does not say why, and the disk is taken to be full.
const FAULTS: [(Fault, &[&str]); 9] = [
    (Fault { calls: "read", how: libc::EIO }, &["failed"]),
    (Fault { calls: "write", how: libc::EIO }, &["failed", "is full"]),
    (Fault { calls: "write", how: libc::ENOSPC }, &["is full"]),
    (Fault { calls: "write", how: libc::EDQUOT }, &["is full", "failed"]),
    // Half of it, as a disk that is about to be full takes it.
    (Fault { calls: "write", how: 0 }, &["is full"]),
    (Fault { calls: "write", how: -libc::EIO }, &["failed", "is full"]),
    (Fault { calls: "sync", how: libc::EIO }, &["failed"]),
    (Fault { calls: "truncate", how: libc::EIO }, &["failed"]),
    // A file system that the kernel makes read-only under those who write to it.
    (Fault { calls: "write,sync,truncate", how: libc::EROFS }, &["failed", "is full", "may not be written"]),
];

/// A stream under a fault that comes and goes, and the reasons that it gave for what it did not record.
fn survives(machine: &Machine, fault: Fault, one_in: u64, lasts: Duration, is_killed: bool) -> Outcome {
    let disk = Disk::new(&machine.folder(), machine.home.path().join("faults"));
    let mut stream = machine.stream_on(&disk);
    stream.decides(1);
    disk.fail(fault, one_in);
    thread::sleep(lasts);
    if !is_killed {
        disk.mend();
        stream.decides(2);
    }
    let complaints = stream.not_recorded();
    Outcome { printed: stream.kill(), complaints }
}

struct Outcome {
    printed: Vec<String>,
    complaints: Vec<String>,
}

#[test]
fn nothing_that_was_printed_is_lost_on_a_disk_that_fails_now_and_then() {
    let mut random = random(5);
    let machine = Machine::new();
    machine.assert_works();
    let mut printed = Vec::new();
    for round in 0..rounds(18) {
        let (fault, causes) = FAULTS[round as usize % FAULTS.len()];
        let one_in = 1 + random.below(8);
        let lasts = moment(&mut random, Duration::from_millis(250));
        let outcome = survives(&machine, fault, one_in, lasts, random.below(2) == 0);
        for complaint in &outcome.complaints {
            assert!(causes.iter().any(|cause| complaint.contains(cause)), "{fault:?}: {complaint}");
        }
        printed.extend(outcome.printed);
        machine.assert_nothing_lost(&printed);
    }
}

#[test]
fn a_first_start_on_a_disk_that_fails_does_not_stand_in_the_way_of_the_next() {
    let mut random = random(12);
    for round in 0..rounds(9) {
        let (fault, _) = FAULTS[round as usize % FAULTS.len()];
        let machine = Machine::new();
        let disk = Disk::new(machine.home.path(), machine.home.path().join("faults"));
        disk.fail(fault, 1 + random.below(12));
        let mut first = machine.program();
        let first = first.envs(disk.variables()).args(["check", "A1B2345670", "--json"]).output().unwrap();
        let printed: Vec<String> = (first.status.code() == Some(0))
            .then(|| decision(&serde_json::from_slice(&first.stdout).unwrap()))
            .into_iter()
            .collect();
        assert!(!printed.is_empty() || first.status.code() == Some(4), "{fault:?}: {}", errors(&first));
        machine.assert_works();
        machine.assert_nothing_lost(&printed);
    }
}

#[test]
fn a_disk_that_takes_nothing_is_complained_of_until_it_takes_something() {
    let machine = Machine::new();
    machine.assert_works();
    let disk = Disk::new(&machine.folder(), machine.home.path().join("faults"));
    let mut stream = machine.stream_on(&disk);
    for (fault, causes) in FAULTS {
        // A disk that takes half of everything, or cuts no file, can be written.
        if fault.how == 0 || fault.calls == "truncate" {
            continue;
        }
        stream.decides(1);
        disk.fail(fault, 1);
        stream.complains();
        disk.mend();
        stream.decides(1);
        let complaints = stream.not_recorded();
        let said = complaints.last().unwrap();
        assert!(causes.iter().any(|cause| said.contains(cause)), "{fault:?}: {said}");
    }
    machine.assert_nothing_lost(&stream.kill());
}

/// What still waits for the disk when the program ends goes on until the end, with all that it needs.
#[test]
fn a_program_that_ends_while_its_disk_is_slow_ends_as_it_should() {
    let machine = Machine::new();
    machine.assert_works();
    let disk = Disk::new(&machine.folder(), machine.home.path().join("faults"));
    let mut check = machine.program();
    check.envs(disk.variables()).env("FAULTS_SLOW", "900").args(["check", "A1B2345670", "--json"]);
    let check = check.output().unwrap();
    assert_eq!(check.status.code(), Some(0), "{:?} {}", check.status, errors(&check));
    machine.assert_nothing_lost(&[decision(&serde_json::from_slice(&check.stdout).unwrap())]);
}

/// A machine with a small disk, or a note that the system allows none.
fn small_disk(bytes: u64) -> Option<Machine> {
    let machine = Machine::with_small_disk(bytes);
    if machine.is_none() {
        println!("left out: nobody may mount a disk here");
    }
    machine
}

#[test]
fn nothing_that_was_printed_is_lost_on_a_disk_that_fills() {
    let mut random = random(6);
    for _ in 0..rounds(3) {
        let bytes = 4096 * (60 + random.below(100));
        let Some(machine) = small_disk(bytes) else { return };
        let folder = machine.home.path().join(".local/state").display().to_string();
        let mut stream = machine.stream();
        stream.complains();
        let complaints = stream.not_recorded();
        assert!(complaints.iter().all(|said| said.contains("is full")), "{:?}", complaints.last());
        machine.keep("mount", &["-o", "remount,size=64m", &folder]);
        stream.decides(2);
        machine.assert_nothing_lost(&stream.kill());
    }
}

#[test]
fn on_a_disk_that_may_only_be_read_nothing_is_decided_until_it_may_be_written() {
    let Some(machine) = small_disk(64 << 20) else { return };
    let folder = machine.home.path().join(".local/state").display().to_string();
    let mut stream = machine.stream();
    stream.decides(3);
    let printed = stream.kill();
    machine.keep("mount", &["-o", "remount,ro", &folder]);
    let refused = machine.run(&["check", "A1B2345670"]);
    assert_eq!((refused.status.code(), &refused.stdout[..]), (Some(4), &b""[..]));
    assert!(errors(&refused).contains("may not be written"), "{}", errors(&refused));
    machine.keep("mount", &["-o", "remount,rw", &folder]);
    machine.assert_works();
    machine.assert_nothing_lost(&printed);
}

/// The program as a user who is bound by permissions, which root is not.
fn bound(home: &Home) -> Command {
    let mut command = home.program();
    if rustix::process::geteuid().is_root() {
        let program = command.get_program().to_owned();
        command = Command::new("setpriv");
        command.args(["--bounding-set=-dac_override,-dac_read_search", "--"]).arg(program);
        command.env_clear().env("HOME", home.path());
    }
    command
}

#[test]
fn in_a_folder_that_may_not_be_written_nothing_is_decided_until_it_may() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let machine = Machine::new();
    machine.assert_works();
    let may = |mode| set_permissions(machine.folder(), Permissions::from_mode(mode)).unwrap();
    let check = || bound(&machine.home).args(["check", "A1B2345670"]).output().unwrap();
    for mode in [0o500, 0o000] {
        may(mode);
        let refused = check();
        may(0o700);
        assert_eq!((refused.status.code(), &refused.stdout[..]), (Some(4), &b""[..]), "{mode:o}");
        assert!(errors(&refused).contains("may not be written"), "{mode:o}: {}", errors(&refused));
        assert_eq!(check().status.code(), Some(0), "{mode:o}");
    }
    assert_eq!(machine.assert_nothing_lost(&[]), 3);
}
