//! `hes-kiosk scan`: what an installer sees of each frame.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;

mod processes;

const TEXT: &str = "0123456789abcdef0123456789abcdef|A1B2345678";

/// A folder with these fixtures as its pictures, in this order.
fn folder(fixtures: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (number, fixture) in fixtures.iter().enumerate() {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(fixture);
        fs::copy(from, folder.path().join(format!("{number}.png"))).unwrap();
    }
    folder
}

fn scan(folder: &tempfile::TempDir, arguments: &[&str]) -> Output {
    let source = format!("replay:{}", folder.path().display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_hes-kiosk"));
    command.args(["scan", "--camera", &source]).args(arguments).output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_picture_of_a_replay_is_one_line_and_the_run_ends_with_the_folder() {
    let output = scan(&folder(&["empty.png", "code.png", "empty.png"]), &["--json"]);
    let lines: Vec<String> = lines(&output)
        .iter()
        .map(|line| format!("{} {} {}", line["frame"], line["file"], line["texts"]))
        .collect();
    let read = format!("2 \"1.png\" [\"{TEXT}\"]");
    assert_eq!(lines, ["1 \"0.png\" []".to_owned(), read, "3 \"2.png\" []".to_owned()]);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_line_has_the_decoder_and_the_time_and_nothing_more() {
    let output = scan(&folder(&["code.png", "empty.png"]), &["--json"]);
    let [code, empty] = &lines(&output)[..] else { panic!("not two lines") };
    assert!(code["decoder"].is_string() && empty["decoder"].is_null());
    for line in [code, empty] {
        assert!(line["cpu_ms"].as_f64().is_some_and(|ms| ms > 0.0));
        assert_eq!(line.as_object().unwrap().len(), 5);
    }
}

#[test]
fn so_many_frames_are_looked_at_as_are_asked_for() {
    let folder = folder(&["code.png", "code.png", "code.png"]);
    for frames in ["0", "1", "2"] {
        let output = scan(&folder, &["--json", "--frames", frames]);
        assert_eq!(lines(&output).len().to_string(), frames);
    }
}

#[test]
fn an_unreadable_picture_is_named_on_standard_error_and_the_others_are_read() {
    let folder = folder(&["code.png", "code.png"]);
    fs::write(folder.path().join("0.png"), "no picture").unwrap();
    let output = scan(&folder, &["--json"]);
    assert_eq!(lines(&output).len(), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("0.png"));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_texts_stay_on_standard_output() {
    let output = scan(&folder(&["code.png"]), &["--json"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("A1B2345678"));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("A1B2345678"));
}

#[test]
fn a_frame_at_which_the_decoders_stop_is_named_and_costs_what_was_waited_for() {
    let folder = folder(&["code.png"]);
    for number in 1..120 {
        fs::hard_link(folder.path().join("0.png"), folder.path().join(format!("{number}.png"))).unwrap();
    }
    let source = format!("replay:{}", folder.path().display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_hes-kiosk"));
    command.args(["scan", "--json", "--camera", &source]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    let start = Instant::now();
    let worker = loop {
        // Before it runs its own program, its parent waits for it.
        if let [worker] = processes::children(child.id())[..]
            && fs::read_to_string(format!("/proc/{worker}/cmdline")).unwrap().contains("decode-worker")
        {
            break worker;
        }
        assert!(start.elapsed() < Duration::from_secs(10), "no worker was started");
    };
    processes::send(worker, Signal::STOP);
    let output = child.wait_with_output().unwrap();
    let complaints = String::from_utf8_lossy(&output.stderr);
    let frame: usize = complaints.split_once("frame ").unwrap().1.split_once(':').unwrap().0.parse().unwrap();
    let stopped = &lines(&output)[frame - 1];
    assert!(stopped["cpu_ms"].as_f64().unwrap() >= 600.0, "{stopped} {complaints}");
}

#[test]
fn a_camera_that_is_not_there_is_said_and_not_waited_for() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hes-kiosk"));
    let output = command.args(["scan", "--camera", "device:987", "--json"]).output().unwrap();
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    assert_eq!(output.status.code(), Some(2));
}
