//! `hes-kiosk simulate` as a process.

// Clippy takes only functions marked as tests for tests, and not what they share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// The running command; ended with the test.
struct Simulate {
    child: Child,
    /// What its first line says.
    url: String,
}

impl Simulate {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let url = lines.next().unwrap().strip_prefix("Simülatörün adresi: ").unwrap().to_owned();
        assert_eq!(lines.next().as_deref(), Some("Kullanıcı adı: simülatör"));
        assert_eq!(lines.next().as_deref(), Some("Parola: hes-kiosk"));
        Self { child, url }
    }

    fn signalled(&mut self, signal: Signal) -> Option<i32> {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        exit_status(&mut self.child)
    }
}

impl Drop for Simulate {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The exit status of a child that ends within two seconds; one that does not is killed.
fn exit_status(child: &mut Child) -> Option<i32> {
    let deadline = Instant::now() + Duration::from_secs(2);
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if Instant::now() > deadline {
            child.kill().unwrap();
            return child.wait().unwrap().code();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hes-kiosk"));
    command.arg("simulate").args(arguments).env_clear().stdin(Stdio::null());
    command
}

/// The exit status and the message of a command that does not start.
fn refused(arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = command(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let exit = exit_status(&mut child);
    let mut message = String::new();
    child.stderr.take().unwrap().read_to_string(&mut message).unwrap();
    (exit, message)
}

#[test]
fn it_answers_at_the_address_that_it_prints() {
    let simulate = Simulate::start(&["--listen", "127.0.0.1:0", "--latency", "50ms"]);
    let address = simulate.url.strip_prefix("http://").unwrap().strip_suffix('/').unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let started = Instant::now();
    let body = r#"{"hes_code": "A1B2345670"}"#;
    write!(
        stream,
        "POST /check-hes-code HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Authorization: Basic c2ltw7xsYXTDtnI6aGVzLWtpb3Nr\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 200 OK\r\n") && response.contains("\"RISKLESS\""), "{response}");
    assert!(started.elapsed() >= Duration::from_millis(50));
}

#[test]
fn sigterm_and_sigint_end_it_with_success() {
    for signal in [Signal::TERM, Signal::INT] {
        let mut simulate = Simulate::start(&["--listen", "127.0.0.1:0"]);
        assert_eq!(simulate.signalled(signal), Some(0), "{signal:?}");
    }
}

#[test]
fn a_taken_port_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = listener.local_addr().unwrap().to_string();
    let (exit, message) = refused(&["--listen", &taken]);
    assert_eq!(exit, Some(2));
    assert!(message.contains(&format!("cannot listen on {taken}")), "{message}");
}

#[test]
fn an_address_that_others_can_reach_is_refused() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8642"] {
        let (exit, message) = refused(&["--listen", address]);
        assert_eq!(exit, Some(2), "{address}");
        assert!(message.contains("this machine's own addresses"), "{message}");
    }
}

#[test]
fn an_argument_that_is_no_address_or_no_duration_is_refused() {
    for (argument, wanted) in [
        ("--listen=8642", "such as 127.0.0.1:8642"),
        ("--latency=fast", "such as 200ms or 1s"),
        ("--latency=-1s", "such as 200ms or 1s"),
    ] {
        let (exit, message) = refused(&[argument]);
        assert_eq!(exit, Some(2), "{argument}");
        assert!(message.contains(wanted), "{message}");
    }
}

#[test]
fn a_password_file_that_is_missing_or_empty_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty");
    std::fs::write(&empty, "\n").unwrap();
    for (file, wanted) in [(folder.path().join("missing"), "make the file"), (empty, "its first line")] {
        let (exit, message) = refused(&["--listen=127.0.0.1:0", "--password-file", file.to_str().unwrap()]);
        assert_eq!(exit, Some(2));
        assert!(message.contains(wanted), "{message}");
    }
}
