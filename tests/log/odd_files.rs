//! Files that are none, have two names, or are links, where the log and what is taken out of it lie.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::io::Errno;

use super::backup::{PASS_PHRASE, errors};
use super::faults::{Disk, Fault};
use super::home::{Home, PROGRAM};
use super::{check_in, log};

fn home() -> Home {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    home
}

fn beside_database(home: &Home, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", home.database().display()))
}

#[test]
fn nobody_waits_for_a_pipe_that_has_the_name_of_the_log_or_of_a_file_beside_it() {
    for (ending, status) in [("", 2), (".in-use", 2), (".key-id", 0)] {
        let home = home();
        let file = beside_database(&home, ending);
        fs::remove_file(&file).unwrap();
        mknodat(CWD, &file, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
        let mut command = Command::new("timeout");
        command.env_clear().env("HOME", home.path()).args(["60", PROGRAM, "log", "verify"]);
        let output = command.stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{ending}: {}", errors(&output));
    }
}

#[test]
fn nobody_opens_a_log_by_one_of_two_names() {
    let home = home();
    let other = beside_database(&home, ".other");
    fs::hard_link(home.database(), &other).unwrap();
    for (command, status) in [(&["check", "A1B2345670"][..], 4), (&["log", "verify"], 2)] {
        let output = home.program().args(command).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{command:?}: {}", errors(&output));
        assert!(errors(&output).contains("a second name"), "{command:?}: {}", errors(&output));
    }
    fs::remove_file(other).unwrap();
    check_in(&home, &["A1B2345670"]);
}

/// Takes the log out by both ways, and gives the exit statuses.
fn take_out(home: &Home, out: &Path) -> [Option<i32>; 2] {
    let out = out.to_str().unwrap();
    let backup = log(home, &["backup", out, "--pass-phrase-stdin"], PASS_PHRASE);
    let export = log(home, &["export", "--format", "csv", "--out", out], "");
    [backup.status.code(), export.status.code()]
}

#[test]
fn no_link_and_no_device_is_replaced_by_what_is_taken_out() {
    let home = home();
    let (target, link, pipe) =
        (home.path().join("target"), home.path().join("link"), home.path().join("pipe"));
    fs::write(&target, "mine").unwrap();
    symlink(&target, &link).unwrap();
    mknodat(CWD, &pipe, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    for out in [&link, &pipe] {
        assert_eq!(take_out(&home, out), [Some(2); 2], "{}", out.display());
    }
    assert!(fs::read_link(&link).is_ok() && fs::read_to_string(&target).unwrap() == "mine");
}

#[test]
fn a_full_disk_of_a_backup_is_not_said_to_be_the_logs() {
    let home = home();
    let stick = home.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let disk = Disk::new(&stick, home.path().join("control"));
    disk.fail(Fault { calls: "write", how: Errno::NOSPC.raw_os_error() }, 1);
    let mut command = home.program();
    command.envs(disk.variables()).args(["log", "backup", "--pass-phrase-stdin"]);
    command.arg(stick.join("backup.db")).stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), PASS_PHRASE.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(errors(&output).contains("the backup cannot be written"), "{}", errors(&output));
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 0);
}

#[test]
fn what_cannot_be_written_is_named() {
    let home = home();
    let [table, copy] = ["nowhere/visits.csv", "nowhere/visits.backup"].map(|name| home.path().join(name));
    let said = [
        log(&home, &["export", "--out", table.to_str().unwrap()], ""),
        log(&home, &["backup", copy.to_str().unwrap(), "--pass-phrase-stdin"], PASS_PHRASE),
    ]
    .map(|output| errors(&output));
    let begins = |said: &str, file: &Path| said.starts_with(&format!("hes-kiosk: {}: ", file.display()));
    assert!(begins(&said[0], &table) && begins(&said[1], &copy), "{said:?}");
}
