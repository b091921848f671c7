//! A `check` that is given one code after the other, and what it says.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;

use super::PATIENCE;
use super::processes::send;

/// A code for each thing that the simulator does at once.
pub const CODES: [&str; 9] = [
    "A1B2345670",
    "A1B2345671",
    "A1B2345672",
    "A1B2345673",
    "A1B2345674",
    "A1B2345675",
    "A1B2345676",
    "A1B2345678",
    "A1B2345679",
];

/// A decision as it was printed or recorded: the visit, what was decided, and why.
pub fn decision(line: &Value) -> String {
    let member = |name: &str| line[name].as_str().unwrap().to_owned();
    [member("visit"), member("decision"), member("reason")].join(" ")
}

/// A running `check`. It is killed in the end, as nothing else ends it.
pub struct Stream {
    process: Child,
    printed: Lines,
    complaints: Lines,
    feeder: JoinHandle<()>,
}

impl Stream {
    pub fn start(command: &mut Command) -> Self {
        command.args(["check", "-", "--json"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut codes = process.stdin.take().unwrap();
        // It ends with the pipe, when the command is killed.
        let feeder =
            thread::spawn(move || while codes.write_all((CODES.join("\n") + "\n").as_bytes()).is_ok() {});
        let printed = Lines::read(process.stdout.take().unwrap());
        let complaints = Lines::read(process.stderr.take().unwrap());
        Self { process, printed, complaints, feeder }
    }

    /// Waits for so many more decisions.
    pub fn decides(&mut self, more: usize) {
        let wanted = self.printed.count() + more;
        self.until("no decision", |stream| stream.printed.count() >= wanted);
    }

    /// Waits until it says anew that it cannot record.
    pub fn complains(&mut self) {
        let before = self.not_recorded().len();
        self.until("no complaint", |stream| stream.not_recorded().len() > before);
    }

    /// Why visits could not be recorded, so far.
    pub fn not_recorded(&self) -> Vec<String> {
        let complaints = self.complaints.whole();
        complaints.into_iter().filter(|line| line.starts_with("hes-kiosk: line ")).collect()
    }

    pub fn send(&self, signal: Signal) {
        send(self.process.id(), signal);
    }

    fn until(&mut self, failure: &str, is_so: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is_so(self) {
            let status = self.process.try_wait().unwrap();
            let said = self.complaints.whole();
            assert!(status.is_none(), "check ended: {status:?}, {:?}", said.last());
            assert!(Instant::now() < end, "{failure}: {:?}", said.last());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Kills the command and gives the decisions on the whole lines that it printed before.
    pub fn kill(mut self) -> Vec<String> {
        let _ = self.process.kill();
        self.process.wait().unwrap();
        self.feeder.join().unwrap();
        self.complaints.end();
        let printed = self.printed.end();
        printed.iter().map(|line| decision(&serde_json::from_str(line).unwrap())).collect()
    }
}

/// The whole lines that a pipe gave so far.
struct Lines {
    lines: Arc<Mutex<Vec<String>>>,
    reader: JoinHandle<()>,
}

impl Lines {
    fn read(pipe: impl Read + Send + 'static) -> Self {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&lines);
        let reader = thread::spawn(move || {
            let mut pipe = BufReader::new(pipe);
            let mut line = String::new();
            while pipe.read_line(&mut line).is_ok_and(|length| length > 0) {
                if line.ends_with('\n') {
                    seen.lock().unwrap().push(line.trim_end().to_owned());
                }
                line.clear();
            }
        });
        Self { lines, reader }
    }

    fn count(&self) -> usize {
        self.lines.lock().unwrap().len()
    }

    fn whole(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    /// All lines, once the other end of the pipe is closed.
    fn end(self) -> Vec<String> {
        self.reader.join().unwrap();
        let lines = self.lines.lock().unwrap();
        lines.clone()
    }
}
