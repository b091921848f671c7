//! The desktop's keyring, a real one, on a session bus of the test's own.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};

use super::home::Home;

const SETTINGS: &str = "[visits]\nkeyring = true\n";

/// A desktop session; it ends with the test.
struct Session {
    home: Home,
    address: String,
    processes: Vec<Child>,
}

impl Session {
    /// A session whose keyring is open with a password, or waits for somebody who has one.
    fn start(is_unlocked: bool) -> Self {
        let home = Home::new();
        let settings = home.path().join(".config/hes-kiosk");
        fs::create_dir_all(&settings).unwrap();
        fs::write(settings.join("kiosk.toml"), SETTINGS).unwrap();
        let runtime = home.path().join("runtime");
        fs::create_dir(&runtime).unwrap();
        fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700)).unwrap();
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address"])
            .env("HOME", home.path())
            .env("XDG_RUNTIME_DIR", &runtime)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let mut session = Self { home, address: address.trim().to_owned(), processes: vec![bus] };
        if is_unlocked {
            session.unlock();
        }
        session
    }

    fn unlock(&mut self) {
        let mut keyring = Command::new("gnome-keyring-daemon")
            .args(["--unlock", "--foreground", "--components=secrets"])
            .env_clear()
            .env("HOME", self.home.path())
            .env("XDG_RUNTIME_DIR", self.home.path().join("runtime"))
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        keyring.stdin.take().unwrap().write_all(b"password").unwrap();
        // It says where its socket is once it serves.
        let mut ready = String::new();
        BufReader::new(keyring.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        self.processes.push(keyring);
    }

    /// Locks the keyring, as it is after an automatic login.
    fn lock(&self) {
        let locked = Command::new("dbus-send")
            .args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.secrets",
                "/org/freedesktop/secrets",
            ])
            .args(["org.freedesktop.Secret.Service.Lock"])
            .args(["array:objpath:/org/freedesktop/secrets/collection/login"])
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .stdout(Stdio::null())
            .status();
        assert!(locked.unwrap().success());
    }

    /// The exit status of a check, and what it complains about.
    fn check(&self) -> (Option<i32>, String) {
        let mut command = self.home.program();
        command.env("DBUS_SESSION_BUS_ADDRESS", &self.address).args(["check", "A1B2345670"]);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    }

    fn has_key_file(&self) -> bool {
        self.home.path().join(".local/share/hes-kiosk/keys").exists()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        for process in &mut self.processes {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

#[test]
fn the_keys_lie_in_the_keyring_by_setting_and_nowhere_else() {
    let session = Session::start(true);
    assert_eq!([session.check(), session.check()], [(Some(0), String::new()), (Some(0), String::new())]);
    assert!(!session.has_key_file());
}

#[test]
fn without_a_keyring_the_log_cannot_be_used_and_no_other_keys_are_made() {
    let session = Session::start(false);
    let (status, complaint) = session.check();
    assert_eq!(status, Some(4));
    assert!(complaint.contains("the keyring is locked or missing"), "{complaint}");
    assert!(!session.has_key_file());
}

#[test]
fn a_keyring_that_has_forgotten_the_keys_is_never_given_new_ones() {
    let session = Session::start(true);
    session.check();
    let other = Session::start(true);
    let folder = |session: &Session| session.home.path().join(".local/state/hes-kiosk/demo");
    fs::create_dir_all(folder(&other)).unwrap();
    fs::copy(folder(&session).join("visits.db"), folder(&other).join("visits.db")).unwrap();
    let (status, complaint) = other.check();
    assert_eq!(status, Some(4));
    assert!(complaint.contains("the keyring does not hold the keys"), "{complaint}");
}

#[test]
fn a_locked_keyring_is_named_by_the_doctor_with_what_to_do() {
    let session = Session::start(true);
    session.check();
    session.lock();
    for (language, words) in
        [("tr", "Masaüstünde parolayla oturum açın"), ("en", "Log in to the desktop with a password")]
    {
        let settings = format!("{SETTINGS}[screen]\nlanguages = [{language:?}]\n");
        fs::write(session.home.path().join(".config/hes-kiosk/kiosk.toml"), settings).unwrap();
        let mut command = session.home.program();
        command.env("DBUS_SESSION_BUS_ADDRESS", &session.address).args(["doctor", "--json"]);
        let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let is_named = |line: &str| line.contains("\"keyring-locked\"") && line.contains(words);
        assert_eq!(said.lines().filter(|line| is_named(line)).count(), 1, "{said}");
    }
}

/// What is asked of a session's keyring, once it is locked, by these arguments, which nobody types at a terminal.
fn asked_of_a_locked_keyring(session: &Session, arguments: &[&str]) -> String {
    session.lock();
    let mut calls = Command::new("dbus-monitor")
        .args(["--session", "--profile"])
        .env("DBUS_SESSION_BUS_ADDRESS", &session.address)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(calls.stdout.take().unwrap());
    // It names its columns once it listens.
    said.read_line(&mut String::new()).unwrap();
    let mut command = session.home.program();
    command.env("DBUS_SESSION_BUS_ADDRESS", &session.address).args(arguments).output().unwrap();
    calls.kill().unwrap();
    calls.wait().unwrap();
    said.lines().map(|line| line.unwrap() + "\n").collect()
}

#[test]
fn nobody_is_asked_to_unlock_the_keyring_by_what_nobody_typed() {
    for arguments in [&["doctor"][..], &["check", "A1B2345670"]] {
        let session = Session::start(true);
        session.check();
        let calls = asked_of_a_locked_keyring(&session, arguments);
        assert!(calls.contains("SearchItems") && !calls.contains("Unlock"), "{arguments:?}: {calls}");
    }
}

#[test]
fn keys_are_not_made_in_a_keyring_that_is_locked_and_nobody_is_asked_to_unlock_it() {
    let calls = asked_of_a_locked_keyring(&Session::start(true), &["check", "A1B2345670"]);
    assert!(calls.contains("SearchItems") && !calls.contains("CreateItem"), "{calls}");
    assert!(!calls.contains("Unlock"), "{calls}");
}

#[test]
fn a_services_password_lies_in_the_keyring_where_the_settings_say_so() {
    let session = Session::start(true);
    let settings = session.home.path().join(".config/hes-kiosk/kiosk.toml");
    let service = "[service]\nenvironment = \"test\"\n[service.test]\nurl = \"http://127.0.0.1:9/\"\n\
                   username = \"u\"\nkeyring = true\n";
    fs::write(settings, service).unwrap();
    let run = |arguments: &[&str], input: &str| {
        let mut command = session.home.program();
        command.env("DBUS_SESSION_BUS_ADDRESS", &session.address).args(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        child.as_mut().unwrap().stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.unwrap().wait().unwrap().code()
    };
    assert_eq!(run(&["credentials", "test"], ""), Some(2), "there is none yet");
    assert_eq!(run(&["credentials", "set"], "Parola-481\n"), Some(0));
    assert_eq!(run(&["credentials", "test"], ""), Some(3), "it is asked, and nobody answers there");
    assert!(!session.home.path().join(".local/share/hes-kiosk/passwords").exists());
}
