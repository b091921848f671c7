//! The pass-phrase as a person types it, at a terminal.

use std::io::{BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::backup::{PASS_PHRASE, back_up};
use super::check_in;
use super::home::{Home, PROGRAM};

const PATIENCE: Duration = Duration::from_secs(20);

/// A terminal in which `log` runs.
struct Terminal {
    program: Child,
    output: Receiver<u8>,
    seen: String,
    /// What of it was waited for already.
    read: usize,
    name: String,
}

impl Terminal {
    fn run(home: &Home, arguments: &str) -> Self {
        let mut program = Command::new("script")
            .args(["--quiet", "--return", "--command"])
            .arg(format!("tty; exec {PROGRAM} log {arguments}"))
            .arg("/dev/null")
            .env_clear()
            .envs([("HOME", home.path().to_str().unwrap()), ("PATH", "/usr/bin:/bin"), ("SHELL", "/bin/sh")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, output) = channel();
        let stdout = program.stdout.take().unwrap();
        thread::spawn(move || {
            BufReader::new(stdout).bytes().map_while(Result::ok).try_for_each(|byte| sender.send(byte))
        });
        let mut terminal = Self { program, output, seen: String::new(), read: 0, name: String::new() };
        terminal.wait_for("\r\n");
        terminal.name = terminal.seen.trim().to_owned();
        terminal
    }

    /// Waits until this is written behind all that was waited for.
    fn wait_for(&mut self, text: &str) {
        let mut bytes = std::mem::take(&mut self.seen).into_bytes();
        while !String::from_utf8_lossy(&bytes[self.read..]).contains(text) {
            let byte = self.output.recv_timeout(PATIENCE);
            bytes.push(byte.unwrap_or_else(|_| panic!("no {text:?} in {}", String::from_utf8_lossy(&bytes))));
        }
        self.read = bytes.len();
        self.seen = String::from_utf8_lossy(&bytes).into_owned();
    }

    /// Answers a question once the terminal shows nothing of what is typed.
    fn answer(&mut self, question: &str, answer: &str) {
        self.wait_for(question);
        let ends = Instant::now() + PATIENCE;
        let hides = || {
            let settings = Command::new("stty").args(["-a", "-F", &self.name]).output().unwrap().stdout;
            String::from_utf8_lossy(&settings).contains(" -echo ")
        };
        while !hides() {
            assert!(Instant::now() < ends, "what is typed is shown");
            thread::sleep(Duration::from_millis(5));
        }
        self.program.stdin.as_mut().unwrap().write_all(answer.as_bytes()).unwrap();
    }

    /// Waits for the end. Gives the exit status and all that was seen.
    fn end(&mut self) -> (Option<i32>, String) {
        let status = self.program.wait().unwrap();
        self.seen.extend(self.output.iter().map(char::from));
        (status.code(), self.seen.clone())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // What runs in a terminal ends with it.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Backs up with these two answers; gives the exit status and what was seen.
fn backed_up(home: &Home, answers: [&str; 2]) -> (Option<i32>, String) {
    check_in(home, &["A1B2345670"]);
    let mut terminal = Terminal::run(home, &format!("backup {}", home.path().join("typed.db").display()));
    terminal.answer("Recovery pass-phrase: ", answers[0]);
    terminal.answer("The same again: ", answers[1]);
    terminal.end()
}

#[test]
fn a_pass_phrase_that_is_made_is_asked_for_twice_and_not_shown() {
    let (status, seen) = backed_up(&Home::new(), [PASS_PHRASE; 2]);
    assert_eq!(status, Some(0), "{seen}");
    assert!(!seen.contains("kat"), "{seen}");
}

#[test]
fn a_slip_in_a_pass_phrase_that_is_made_is_noticed() {
    let (status, seen) = backed_up(&Home::new(), [PASS_PHRASE, "kırk satır mı, kırk katır mı\n"]);
    assert!(status == Some(2) && seen.contains("the two differ"), "{seen}");
}

#[test]
fn a_pass_phrase_that_opens_is_asked_for_once_and_not_shown() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let file = back_up(&home);
    let new = Home::new();
    let mut terminal = Terminal::run(&new, &format!("restore {}", file.display()));
    terminal.answer("Recovery pass-phrase: ", PASS_PHRASE);
    let (status, seen) = terminal.end();
    assert_eq!((status, new.log().len()), (Some(0), 1), "{seen}");
    assert!(!seen.contains("kat") && !seen.contains("again"), "{seen}");
}
