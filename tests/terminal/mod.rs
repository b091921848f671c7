//! A terminal, and somebody who types.

use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_hes-kiosk");

const PATIENCE: Duration = Duration::from_secs(20);

/// A terminal in which a command runs.
pub struct Terminal {
    program: Child,
    output: Receiver<u8>,
    seen: String,
    /// What of it was waited for already.
    read: usize,
    name: String,
}

impl Terminal {
    /// Runs the program with this home and these arguments, behind which a shell may do more.
    pub fn run(home: &Path, arguments: &str) -> Self {
        let mut program = Command::new("script")
            .args(["--quiet", "--return", "--command"])
            .arg(format!("tty; {PROGRAM} {arguments}"))
            .arg("/dev/null")
            .env_clear()
            .envs([("HOME", home.to_str().unwrap()), ("PATH", "/usr/bin:/bin"), ("SHELL", "/bin/sh")])
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
    pub fn wait_for(&mut self, text: &str) {
        let mut bytes = std::mem::take(&mut self.seen).into_bytes();
        while !String::from_utf8_lossy(&bytes[self.read..]).contains(text) {
            let byte = self.output.recv_timeout(PATIENCE);
            bytes.push(byte.unwrap_or_else(|_| panic!("no {text:?} in {}", String::from_utf8_lossy(&bytes))));
        }
        self.read = bytes.len();
        self.seen = String::from_utf8_lossy(&bytes).into_owned();
    }

    /// Answers a question whose answer is shown.
    pub fn say(&mut self, question: &str, answer: &str) {
        self.wait_for(question);
        self.type_in(answer);
    }

    /// Types this, whatever is asked.
    pub fn type_in(&mut self, text: &str) {
        self.program.stdin.as_mut().unwrap().write_all(text.as_bytes()).unwrap();
    }

    /// Answers a question once the terminal shows nothing of what is typed.
    pub fn answer(&mut self, question: &str, answer: &str) {
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
        self.type_in(answer);
    }

    /// Waits for the end. Gives the exit status and all that was seen.
    pub fn end(&mut self) -> (Option<i32>, String) {
        let status = self.program.wait().unwrap();
        let rest: Vec<u8> = self.output.iter().collect();
        self.seen += &String::from_utf8_lossy(&rest);
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
