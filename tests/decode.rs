//! `hes-kiosk decode`: what an installer sees of pictures with and without codes.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const TEXT: &str = "0123456789abcdef0123456789abcdef|A1B2345678";

fn hes_kiosk(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hes-kiosk"));
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures")).args(arguments);
    command
}

fn decode(arguments: &[&str]) -> Output {
    hes_kiosk(&["decode"]).args(arguments).output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_picture_with_a_code_is_one_object_with_its_text() {
    let output = decode(&["--json", "code.png"]);
    let [line] = &lines(&output)[..] else { panic!("not one line") };
    assert_eq!(line["file"], "code.png");
    assert_eq!(line["text"], TEXT);
    assert_eq!(line["decoder"], "zxing-cpp");
    assert!(line["ms"].as_f64().is_some_and(|ms| ms > 0.0));
    assert_eq!(line.as_object().unwrap().len(), 4);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_picture_without_a_code_is_one_object_without_text() {
    let output = decode(&["--json", "empty.png"]);
    let [line] = &lines(&output)[..] else { panic!("not one line") };
    assert!(line["text"].is_null() && line["decoder"].is_null() && line["ms"].is_number());
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn pictures_come_in_the_order_in_which_they_were_named() {
    let output = decode(&["--json", "empty.png", "code.png", "./empty.png"]);
    let files: Vec<Value> = lines(&output).iter().map(|line| line["file"].clone()).collect();
    assert_eq!(files, ["empty.png", "code.png", "./empty.png"]);
}

#[test]
fn a_transparent_picture_and_one_in_white_on_black_are_read() {
    let output = decode(&["--json", "transparent.png", "inverted.png"]);
    let texts: Vec<Value> = lines(&output).iter().map(|line| line["text"].clone()).collect();
    assert_eq!(texts, [TEXT, TEXT]);
}

#[test]
fn of_several_codes_the_hes_code_is_preferred() {
    let output = decode(&["--json", "two.png"]);
    assert_eq!(lines(&output)[0]["text"], TEXT);
}

#[test]
fn a_plain_line_has_the_text_the_time_and_the_file() {
    let output = decode(&["code.png"]);
    let line = String::from_utf8(output.stdout).unwrap();
    assert!(line.starts_with(TEXT) && line.contains(" ms ") && line.ends_with("code.png\n"), "{line}");
}

#[test]
fn an_unreadable_file_is_named_on_standard_error_and_the_others_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let text_file = folder.path().join("text.png");
    fs::write(&text_file, "no picture").unwrap();
    for unreadable in ["missing.png", text_file.to_str().unwrap(), folder.path().to_str().unwrap()] {
        let output = decode(&["--json", unreadable, "code.png"]);
        assert_eq!(output.status.code(), Some(2), "{unreadable}");
        assert_eq!(lines(&output).len(), 1, "{unreadable}");
        assert_eq!(lines(&output)[0]["text"], TEXT, "{unreadable}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(unreadable), "{unreadable}");
    }
}

#[test]
fn a_truncated_picture_is_unreadable() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/code.png")).unwrap();
    let truncated = folder.path().join("truncated.png");
    fs::write(&truncated, &whole[..whole.len() / 2]).unwrap();
    let output = decode(&["--json", truncated.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}

#[test]
fn the_texts_stay_on_standard_output() {
    let output = decode(&["--json", "code.png", "missing.png"]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("A1B2345678"));
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let mut child = hes_kiosk(&["decode", "code.png", "empty.png", "code.png"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.code().is_some_and(|code| code != 101));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn without_a_file_the_usage_is_shown() {
    assert_eq!(decode(&[]).status.code(), Some(2));
}
