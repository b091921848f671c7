//! Killed at any moment: what was printed is in the log, and the log stays whole.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::machine::Machine;
use super::stream::{CODES, decision};
use super::{moment, random, rounds};

/// Starts a check of one code, kills it after a while, and gives what it printed before.
fn kill_a_check(machine: &Machine, code: &str, after: Duration) -> Vec<String> {
    let mut command = machine.program();
    command.args(["check", code, "--json"]).stdin(Stdio::null());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(after);
    child.kill().unwrap();
    let printed = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    let whole = printed.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    whole.map(|line| decision(&serde_json::from_str(line).unwrap())).collect()
}

/// A little more than the whole run of a check, from its start to its end.
fn time_of_a_check(machine: &Machine) -> Duration {
    let start = Instant::now();
    machine.assert_works();
    start.elapsed() * 5 / 4
}

#[test]
fn single_checks_that_are_killed_lose_nothing_that_they_printed() {
    let mut random = random(1);
    let machine = Machine::new();
    let whole = time_of_a_check(&machine);
    let mut printed = Vec::new();
    for round in 0..rounds(20) {
        let code = CODES[round as usize % CODES.len()];
        printed.extend(kill_a_check(&machine, code, moment(&mut random, whole)));
        machine.assert_nothing_lost(&printed);
    }
}

#[test]
fn a_first_start_that_is_killed_does_not_stand_in_the_way_of_the_next() {
    let mut random = random(2);
    let whole = time_of_a_check(&Machine::new());
    for _ in 0..rounds(10) {
        let machine = Machine::new();
        let printed = kill_a_check(&machine, CODES[0], moment(&mut random, whole));
        machine.assert_works();
        assert!(machine.assert_nothing_lost(&printed) >= 1);
    }
}

#[test]
fn a_stream_of_checks_that_is_killed_loses_nothing_that_it_printed() {
    let mut random = random(3);
    let machine = Machine::new();
    let mut printed = Vec::new();
    for _ in 0..rounds(15) {
        let mut stream = machine.stream();
        stream.decides(1);
        thread::sleep(moment(&mut random, Duration::from_millis(150)));
        printed.extend(stream.kill());
        machine.assert_nothing_lost(&printed);
    }
}

#[test]
fn several_streams_that_are_killed_one_after_the_other_lose_nothing_that_they_printed() {
    let mut random = random(4);
    let machine = Machine::new();
    let mut printed = Vec::new();
    for _ in 0..rounds(5) {
        let mut streams = [(); 3].map(|()| machine.stream());
        streams[0].decides(1);
        for stream in streams {
            thread::sleep(moment(&mut random, Duration::from_millis(100)));
            printed.extend(stream.kill());
        }
        machine.assert_nothing_lost(&printed);
    }
}
