//! The program's commands: one file for each.

mod decode;
mod scanner;
// mod simulate;
mod worker;

// use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

// use crate::scan::CameraSource;

/// A visitor check-in kiosk for HES health codes.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read the QR codes of picture files and print their text.
    ///
    /// An installer's tool: the whole text goes to standard output and nowhere else; the service is not
    /// asked and nothing is logged.
    Decode(decode::DecodeArguments),
    // Run the simulator of the status service alone.
    // Simulate(simulate::SimulateArguments),
    /// The process that owns the camera; the kiosk starts it.
    #[command(hide = true)]
    Scanner(scanner::ScannerArguments),
    /// The process that decodes frames; the scanner and the commands start it.
    #[command(hide = true)]
    DecodeWorker(worker::WorkerArguments),
}

/// The program's exit statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The command did what it is for; a checked visitor may enter.
    Success = 0,
    /// A visitor is refused.
    Refused = 1,
    /// Usage, settings, unreadable input, or what is no HES code.
    Usage = 2,
    /// A visitor could not be verified.
    Unverified = 3,
    /// A visit could not be recorded.
    NotRecorded = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Reads the process's arguments and runs the command that they name.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let exit = match arguments.command {
        Some(Command::Decode(arguments)) => decode::run(&arguments),
        // Some(Command::Simulate(arguments)) => simulate::run(&arguments),
        Some(Command::Scanner(arguments)) => scanner::run(&arguments),
        Some(Command::DecodeWorker(arguments)) => worker::run(&arguments),
        None => Exit::Usage,
    };
    exit.into()
}
