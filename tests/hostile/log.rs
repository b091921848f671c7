//! What the kiosk's log says of failures and of confinement.

use std::io;
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use hes_kiosk::scan::{Config, Supervisor};

/// The log's text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// What is logged of a scanner that writes `messages`, until the last of them has made a line with `last`.
/// This process's other supervisors log too.
fn log_of(messages: &str, last: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("scanner");
    std::fs::write(&program, format!("#!/bin/sh\nprintf '{messages}'\nexec /bin/sleep 1000\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let log = LOG.get_or_init(|| {
        let log = Log::default();
        let writer = log.clone();
        tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).init();
        log
    });
    let supervisor = Supervisor::start(program, Config::of("auto".parse().unwrap())).unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    while !log.text().contains(last) {
        assert!(Instant::now() < deadline, "{}", log.text());
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(supervisor);
    log.text()
}

static LOG: std::sync::OnceLock<Log> = std::sync::OnceLock::new();

#[test]
fn a_decoder_that_is_left_out_is_named_with_the_reason_and_the_time() {
    // Of zxing-cpp, too long, for 12345 ms.
    let message = "HKSC\\006\\012\\000\\000\\000\\001\\001\\000\\000\\000\\000\\071\\060\\000\\000";
    let log = log_of(message, "12345");
    let line = log.lines().find(|line| line.contains("12345")).unwrap();
    for part in ["WARN", "a decoder is left out", "zxing-cpp", "the decoder took too long"] {
        assert!(line.contains(part), "{line}");
    }
}

#[test]
fn what_does_not_confine_a_process_is_said_once() {
    // Of the scanner, Landlock, three times; and at the end a decoder's failure for 54321 ms.
    let unconfined = "HKSC\\007\\002\\000\\000\\000\\000\\001".repeat(3);
    let end = "HKSC\\006\\012\\000\\000\\000\\001\\001\\000\\000\\000\\000\\061\\324\\000\\000";
    let log = log_of(&(unconfined + end), "54321");
    let lines: Vec<&str> = log.lines().filter(|line| line.contains("not confined")).collect();
    assert!(matches!(lines[..], [line] if line.contains("Landlock")), "{lines:?}");
}
