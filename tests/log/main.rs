//! The visit log as its keepers use it: sealed, found, and gone when its time is over.
#![cfg(unix)]
// Clippy takes only functions marked as tests for tests, and not what they share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod altered;
mod aside;
mod backup;
mod expiry;
mod export;
#[path = "../torture/faults.rs"]
mod faults;
mod gone;
#[path = "../home/mod.rs"]
mod home;
mod index;
mod keyring;
mod list;
mod lost;
mod odd_files;
mod older;
#[path = "../pages/mod.rs"]
mod pages;
#[expect(dead_code, reason = "other tests use more of it")]
#[path = "../processes/mod.rs"]
mod processes;
mod prompt;
mod rights;
mod rotate;
mod seal;
mod stats;
#[expect(dead_code, reason = "other tests use more of it")]
#[path = "../terminal/mod.rs"]
mod terminal;
mod unreadable;
mod word;

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use home::Home;

/// Runs `log` with these arguments and this input.
fn log(home: &Home, arguments: &[&str], input: &str) -> Output {
    let mut command = home.program();
    command.env("LOGNAME", "ayse").arg("log").args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Checks these codes in, one record each.
fn check_in(home: &Home, codes: &[&str]) {
    let output = home.program().arg("check").args(codes).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), codes.len());
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Starts a command and kills it after this time, if it has not ended.
fn kill_after(command: &mut Command, input: &str, time: Duration) {
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    thread::sleep(time);
    child.kill().unwrap();
    child.wait().unwrap();
}
