//! Commands killed at any moment: what they printed is in the log, and the log stays whole.
#![cfg(unix)]
// Clippy takes only functions marked as tests for tests, and not what they share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[expect(dead_code, reason = "other tests use more of it")]
mod home;

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use home::{Home, Random, assert_gapless};
use serde_json::Value;

/// A code for each thing that the simulator does at once.
const CODES: [&str; 9] = [
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

/// Starts `check` with its output in pipes.
fn check(home: &Home, code: &str) -> Child {
    home.program()
        .args(["check", code, "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// From when the moment of a kill is counted.
enum From {
    Start,
    FirstLine,
}

/// Kills the command and gives the visits of the whole lines that it printed before.
fn kill(mut child: Child, from: From, delay: Duration) -> Vec<String> {
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut printed = String::new();
    if let From::FirstLine = from {
        output.read_line(&mut printed).unwrap();
    }
    thread::sleep(delay);
    child.kill().unwrap();
    output.read_to_string(&mut printed).unwrap();
    child.wait().unwrap();
    let whole = printed.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    whole.map(|line| visit(&serde_json::from_str(line).unwrap())).collect()
}

fn visit(line: &Value) -> String {
    line["visit"].as_str().unwrap().to_owned()
}

/// Fails where a visit that was printed is missing, or a number. Gives the number of records.
fn assert_recorded(home: &Home, printed: &[String]) -> usize {
    let log = home.log();
    assert_gapless(&home.log_with_acts());
    let recorded: HashSet<String> = log.iter().map(visit).collect();
    for visit in printed {
        assert!(recorded.contains(visit), "{visit} was printed and is not in the log");
    }
    recorded.len()
}

/// The whole run of a check, from its start to its end.
fn time_of_a_check(home: &Home) -> Duration {
    let start = Instant::now();
    let output = check(home, CODES[0]).wait_with_output().unwrap();
    assert!(output.status.success());
    start.elapsed()
}

/// A moment between zero and a little after `whole`.
fn moment(random: &mut Random, whole: Duration) -> Duration {
    Duration::from_micros(random.below(whole.as_micros() as u64 * 5 / 4))
}

#[test]
fn single_checks_that_are_killed_lose_nothing_that_they_printed() {
    let mut random = Random(1);
    let home = Home::new();
    let whole = time_of_a_check(&home);
    let mut printed = Vec::new();
    for round in 0..100 {
        let child = check(&home, CODES[round % CODES.len()]);
        let (from, time) = if round % 2 == 0 { (From::FirstLine, whole / 10) } else { (From::Start, whole) };
        printed.extend(kill(child, from, moment(&mut random, time)));
        assert_recorded(&home, &printed);
    }
    assert!((50..100).contains(&printed.len()), "{} of 100 printed", printed.len());
    assert_eq!(home.integrity(), "ok");
}

#[test]
fn a_stream_of_checks_that_is_killed_loses_nothing_that_it_printed() {
    let mut random = Random(3);
    let home = Home::new();
    let whole = time_of_a_check(&home);
    let mut printed = Vec::new();
    for _ in 0..60 {
        let mut child = check(&home, "-");
        let mut codes = child.stdin.take().unwrap();
        // It ends with the pipe, when the command is killed.
        let feeder =
            thread::spawn(move || while codes.write_all((CODES.join("\n") + "\n").as_bytes()).is_ok() {});
        printed.extend(kill(child, From::FirstLine, moment(&mut random, 3 * whole)));
        feeder.join().unwrap();
        assert_recorded(&home, &printed);
    }
    assert!(printed.len() >= 60);
    assert_eq!(home.integrity(), "ok");
}

#[test]
fn a_first_start_that_is_killed_does_not_stand_in_the_way_of_the_next() {
    let mut random = Random(4);
    let whole = time_of_a_check(&Home::new());
    for _ in 0..40 {
        let home = Home::new();
        let child = check(&home, CODES[0]);
        let mut printed = kill(child, From::Start, moment(&mut random, whole));
        printed.extend(finish(check(&home, CODES[1])));
        assert!(assert_recorded(&home, &printed) >= 1);
        assert_eq!(home.integrity(), "ok");
    }
}

/// Gives the visits that a command prints which nobody kills.
fn finish(child: Child) -> Vec<String> {
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "the check after a kill does not refuse a risky code");
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| visit(&serde_json::from_str(line).unwrap()))
        .collect()
}
