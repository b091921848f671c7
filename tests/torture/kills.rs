//! Killed at any moment: what was printed is in the log, and the log stays whole.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::machine::Machine;
use super::stream::{CODES, decision};
use super::{moment, pages, random, rounds};

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

#[test]
fn a_program_that_stands_still_holds_up_another_no_longer_than_it_stands_still() {
    let mut random = random(10);
    let machine = Machine::new();
    let mut printed = Vec::new();
    for _ in 0..rounds(5) {
        let [mut still, mut other] = [(); 2].map(|()| machine.stream());
        still.decides(1);
        thread::sleep(moment(&mut random, Duration::from_millis(60)));
        still.send(Signal::STOP);
        // It may stand still in the midst of a record, which nobody can take over.
        thread::sleep(moment(&mut random, Duration::from_millis(300)));
        still.send(Signal::CONT);
        still.decides(1);
        other.decides(1);
        printed.extend(still.kill());
        printed.extend(other.kill());
        machine.assert_nothing_lost(&printed);
    }
}

#[test]
fn a_purge_that_is_killed_leaves_each_visit_whole_or_gone_with_a_receipt_and_the_next_takes_all() {
    let mut random = random(11);
    let full = Machine::new();
    let mut stream = full.stream();
    stream.decides(30);
    stream.kill();
    let before = full.decisions();
    let hashes = hashes(&full);
    assert!(holds_any(&full, &hashes), "the search does not find what is there");
    for _ in 0..rounds(10) {
        let machine = full.copy();
        let mut purge = machine.program();
        let mut purge =
            purge.args(["log", "purge", "--older-than", "0"]).stdout(Stdio::null()).spawn().unwrap();
        thread::sleep(moment(&mut random, Duration::from_millis(60)));
        purge.kill().unwrap();
        purge.wait().unwrap();
        let left = machine.decisions();
        assert!(left.is_empty() || left == before, "{} of {} are left", left.len(), before.len());
        machine.assert_intact();
        machine.run(&["log", "purge", "--older-than", "0"]);
        machine.assert_intact();
        assert_eq!(machine.decisions().len(), 0);
        assert!(!holds_any(&machine, &hashes));
    }
}

/// Whoever purges waits for readers, and keeps others from recording meanwhile.
#[test]
fn a_purge_beside_a_reader_holds_up_no_visitor() {
    let machine = Machine::new();
    let mut stream = machine.stream();
    stream.decides(3);
    let reader = machine.home.open_database();
    reader.execute_batch("BEGIN; SELECT * FROM records LIMIT 1;").unwrap();
    let purge = machine.program().args(["log", "purge", "--older-than", "0"]).stdout(Stdio::null()).spawn();
    let mut purge = purge.unwrap();
    let mut longest = Duration::ZERO;
    while purge.try_wait().unwrap().is_none() {
        let start = Instant::now();
        stream.decides(1);
        longest = longest.max(start.elapsed());
    }
    assert!(longest < Duration::from_millis(1800), "a visitor waited for {longest:?}");
    assert_eq!(stream.not_recorded(), [""; 0]);
    stream.kill();
}

/// The hashes of all codes in the log.
fn hashes(machine: &Machine) -> Vec<[u8; 32]> {
    let database = machine.home.open_database();
    let mut statement =
        database.prepare("SELECT DISTINCT code_hash FROM records WHERE kind = 'visit'").unwrap();
    let hashes = statement.query_map([], |row| row.get(0)).unwrap();
    hashes.map(Result::unwrap).collect()
}

/// Whether one of these hashes, or half of it, stands in any page.
fn holds_any(machine: &Machine, hashes: &[[u8; 32]]) -> bool {
    let plain = pages::plain(&machine.home);
    let is_part = |part: &[u8]| hashes.iter().any(|hash| hash.starts_with(part) || hash.ends_with(part));
    plain.windows(16).any(is_part)
}
