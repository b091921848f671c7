//! What the scanner and its worker gave up, as the kernel tells it.

use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use crate::PROGRAM;
use crate::door::Door;
use crate::processes::children;

/// The value behind `name` in a file of /proc/PID.
fn field(pid: u32, file: &str, name: &str) -> String {
    let text = fs::read_to_string(format!("/proc/{pid}/{file}")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).expect("no such line");
    line.split_whitespace().next().unwrap().to_owned()
}

#[tokio::test]
async fn both_filter_their_system_calls_and_gain_no_privileges() {
    let door = Door::with_good_code().await;
    for pid in [door.scanner(), door.worker()] {
        assert_eq!(
            (field(pid, "status", "Seccomp:"), field(pid, "status", "NoNewPrivs:")),
            ("2".into(), "1".into())
        );
    }
}

#[tokio::test]
async fn neither_leaves_a_core_file() {
    let door = Door::with_good_code().await;
    for pid in [door.scanner(), door.worker()] {
        assert_eq!(field(pid, "limits", "Max core file size"), "0");
    }
}

#[test]
fn other_programs_of_its_user_read_nothing_of_its_memory() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("hes-kiosk");
    // Where it is built others may not look.
    fs::copy(PROGRAM, &program).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let as_user = |program: &str| {
        let mut command = Command::new("setpriv");
        // Root reads everything.
        if rustix::process::geteuid().is_root() {
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        }
        command.args(["--", program]).current_dir("/");
        command
    };
    let is_read = |pid: u32, file: &str| {
        as_user("head").args(["-c1", &format!("/proc/{pid}/{file}")]).output().unwrap().status.success()
    };
    let start = |mut command: Command| {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
        child
    };
    let mut simulate = as_user(program.to_str().unwrap());
    simulate.args(["simulate", "--listen", "127.0.0.1:0"]);
    let mut other = as_user("sh");
    other.args(["-c", "echo; exec sleep 60"]);
    let (mut ours, mut other) = (start(simulate), start(other));
    let read = [ours.id(), other.id()].map(|pid| is_read(pid, "environ"));
    for child in [&mut ours, &mut other] {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(read, [false, true]);
}

#[tokio::test]
async fn the_worker_has_half_a_gibibyte_of_address_space() {
    let door = Door::with_good_code().await;
    assert_eq!(field(door.worker(), "limits", "Max address space"), (512 << 20).to_string());
}

#[test]
fn a_worker_that_says_it_is_ready_is_confined_whoever_started_it() {
    let mut worker = Command::new(PROGRAM)
        .args(["decode-worker", "--parent", &std::process::id().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut ready = [0; 5];
    worker.stdout.as_mut().unwrap().read_exact(&mut ready).unwrap();
    assert_eq!((ready, field(worker.id(), "status", "Seccomp:")), (*b"HKDR\0", "2".to_owned()));
    drop(worker.stdin.take());
    worker.wait().unwrap();
}

#[test]
fn a_worker_keeps_nothing_open_that_its_scanner_had() {
    let folder = tempfile::tempdir().unwrap();
    crate::pictures::save_good(&folder.path().join("good.png"));
    let source = format!("replay:{}", folder.path().display());
    let parent = std::process::id().to_string();
    // As a camera's handle is open in the scanner, for whoever it starts.
    let mut scanner = Command::new("/bin/sh")
        .args(["-c", "exec 7</dev/null; exec \"$@\"", "sh", PROGRAM, "scanner", "--fps", "30"])
        .args(["--source", &source, "--parent", &parent])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for_reading(scanner.stdout.as_mut().unwrap());
    let worker = children(scanner.id())[0];
    let entries = fs::read_dir(format!("/proc/{worker}/fd")).unwrap();
    let mut open: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    open.sort();
    drop(scanner.stdin.take());
    scanner.wait().unwrap();
    assert_eq!(open, ["0", "1", "2"]);
}

/// Takes the scanner's messages until one is a reading.
fn wait_for_reading(stdout: &mut impl Read) {
    let mut header = [0; 9];
    loop {
        stdout.read_exact(&mut header).unwrap();
        let length = u32::from_le_bytes(header[5..].try_into().unwrap());
        io::copy(&mut stdout.by_ref().take(length.into()), &mut io::sink()).unwrap();
        if header[4] == 2 {
            return;
        }
    }
}
