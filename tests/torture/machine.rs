//! A machine with a visit log, and the questions that are asked of it after a fault.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use super::faults::Disk;
use super::home::{Home, PROGRAM, assert_gapless};
use super::stream::{Stream, decision};

/// A home, and where its programs run.
pub struct Machine {
    pub home: Home,
    /// A process in a mount namespace with a disk of its own.
    keeper: Option<Child>,
}

impl Machine {
    pub fn new() -> Self {
        Self { home: Home::new(), keeper: None }
    }

    /// A machine whose log lies on a disk of this size; `None` where the system allows nobody to mount one.
    pub fn with_small_disk(bytes: u64) -> Option<Self> {
        let home = Home::new();
        let folder = home.path().join(".local/state");
        std::fs::create_dir_all(&folder).unwrap();
        let script = "mount -t tmpfs -o size=$1 none \"$2\" && echo ready && read -r end";
        let mut keeper = Command::new("unshare")
            .args(["-rm", "sh", "-c", script, "sh", &bytes.to_string()])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let mut answer = String::new();
        BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut answer).unwrap();
        let machine = Self { home, keeper: Some(keeper) };
        (answer == "ready\n").then_some(machine)
    }

    /// A machine with a copy of all that the program keeps on this one.
    pub fn copy(&self) -> Self {
        let other = Self::new();
        let kept = self.home.path().join(".local").display().to_string();
        other.keep("cp", &["-a", &kept, &other.home.path().display().to_string()]);
        other
    }

    /// A command in this machine.
    pub fn command(&self, program: &str) -> Command {
        let mut command = match &self.keeper {
            Some(keeper) => {
                let mut command = Command::new("nsenter");
                command.args(["-t", &keeper.id().to_string(), "-U", "-m", "--preserve-credentials", program]);
                command
            }
            None => Command::new(program),
        };
        command.env_clear().env("HOME", self.home.path());
        command
    }

    /// The program.
    pub fn program(&self) -> Command {
        self.command(PROGRAM)
    }

    /// A running `check`.
    pub fn stream(&self) -> Stream {
        Stream::start(&mut self.program())
    }

    /// A running `check` whose log lies on a disk that fails.
    pub fn stream_on(&self, disk: &Disk) -> Stream {
        Stream::start(self.program().envs(disk.variables()))
    }

    /// Runs the program.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.program().args(arguments).stdin(Stdio::null()).output().unwrap()
    }

    /// Runs a command for the machine's keeper.
    pub fn keep(&self, program: &str, arguments: &[&str]) {
        let done = self.command(program).args(arguments).status().unwrap();
        assert!(done.success(), "{program} {arguments:?}");
    }

    /// The folder of the log.
    pub fn folder(&self) -> PathBuf {
        self.home.database().parent().unwrap().to_owned()
    }

    /// The names of the logs that were set aside as damaged.
    pub fn aside(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.folder()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names
            .filter(|name| name.contains(".damaged-") && !name.ends_with("-wal") && !name.ends_with("-shm"))
            .collect()
    }

    /// What the program prints as JSON, line by line.
    pub fn lines(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", errors(&output));
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The decisions in the log, oldest first.
    pub fn decisions(&self) -> Vec<String> {
        self.lines(&["log", "list", "--json"]).iter().map(decision).collect()
    }

    /// Fails where a decision that was printed is not in the log, or the log is not intact. Gives the number of
    /// visits.
    pub fn assert_nothing_lost(&self, printed: &[String]) -> usize {
        let decisions = self.decisions();
        let recorded: HashSet<&String> = decisions.iter().collect();
        for decision in printed {
            assert!(recorded.contains(decision), "{decision} was printed and is not in the log");
        }
        assert_gapless(&self.lines(&["log", "list", "--acts", "--json"]));
        self.assert_intact();
        decisions.len()
    }

    /// Fails where the log does not verify. That it began anew is known where its seal was noted.
    pub fn assert_intact(&self) {
        let seal = String::from_utf8(self.run(&["log", "seal"]).stdout).unwrap();
        let verified = self.run(&["log", "verify", "--json", "--seal", seal.trim()]);
        let said = String::from_utf8_lossy(&verified.stdout);
        assert_eq!(verified.status.code(), Some(0), "{said} {}", errors(&verified));
    }

    /// Checks a visitor in whom the simulator admits.
    pub fn assert_works(&self) {
        let output = self.run(&["check", "A1B2345670", "--json"]);
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if let Some(keeper) = &mut self.keeper {
            let _ = keeper.kill();
            let _ = keeper.wait();
        }
    }
}

/// What a command said on standard error.
pub fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
