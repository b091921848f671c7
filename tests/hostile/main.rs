//! Pictures that were made to stop the scanner, in front of the commands and of the door: none of them stops
//! anything, none of them shows a wrong text, and the good code behind them is read.
#![cfg(target_os = "linux")]
// Clippy takes only functions marked as tests for tests, and not what they share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod pictures;
#[path = "../processes/mod.rs"]
mod processes;

mod commands;
mod confinement;
mod door;
mod log;

/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_hes-kiosk");
