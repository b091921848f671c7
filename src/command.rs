//! The program's commands: one file for each.

mod bulk;
mod camera;
mod check;
mod control_codes;
mod conversation;
mod credentials;
mod decode;
mod doctor;
mod log;
mod onboarding;
mod output;
mod pin;
mod privacy;
mod run;
mod scan;
mod scanner;
mod secret;
mod setup;
mod simulate;
mod worker;

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::code::Code;
use crate::keyring;
use crate::private;
use crate::visits::Pin;

/// A visitor check-in kiosk for HES health codes.
///
/// Without a command the kiosk itself runs, as with `run`. Without a settings file it is a demo: a simulator
/// answers, nothing is real, and the demo keeps a visit log of its own.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, after_long_help = FILES)]
struct Arguments {
    /// The settings file [default: kiosk.toml in the XDG config folder's hes-kiosk]
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    #[command(flatten)]
    run: run::RunArguments,
    #[command(subcommand)]
    command: Option<Command>,
}

const FILES: &str = "\
Files:
  $XDG_CONFIG_HOME/hes-kiosk/kiosk.toml        the settings
  $XDG_STATE_HOME/hes-kiosk/visits/visits.db   the visit log (demo/visits.db in the demo)
  $XDG_DATA_HOME/hes-kiosk/keys/visits.key     the visit log's keys (demo.key in the demo)
  $XDG_DATA_HOME/hes-kiosk/passwords           the services' passwords, where they are stored nowhere else
  $XDG_STATE_HOME/hes-kiosk/log/kiosk.log      the program's own log

Environment:
  HES_KIOSK_PASSWORD    the service's password, where none is stored
  CREDENTIALS_DIRECTORY the service manager's credentials; hes-kiosk.keys holds the visit log's keys,
                        hes-kiosk.password-test, -live and -own the services' passwords

Exit status:
  0  done; a checked visitor may enter
  1  a visitor is refused
  2  usage, settings, unreadable input, what is no HES code, or output that cannot be written
  3  a visitor could not be verified
  4  a visit could not be recorded
  Of several checks the first in the order 4, 2, 1, 3, 0.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the kiosk; the same as no command.
    Run(run::RunArguments),
    /// Check codes: the same path as at the kiosk, without the screen.
    ///
    /// Each code is asked, decided, recorded and then printed.
    Check(check::CheckArguments),
    /// Ask about everyone in a table, and write it with the decisions.
    ///
    /// Meant for each morning: nothing is recorded as a visit. Exit status: 0 everybody may enter, 1 somebody is
    /// refused, 3 somebody could not be verified, 2 nobody was asked about, 4 the report could not be written,
    /// or the table was changed meanwhile: run it again.
    Bulk(bulk::BulkArguments),
    /// Read the QR codes of picture files and print their text.
    ///
    /// An installer's tool: the whole text goes to standard output and nowhere else; the service is not
    /// asked and nothing is logged.
    Decode(decode::DecodeArguments),
    /// Scan frame by frame, as the door does.
    ///
    /// An installer's tool: whole texts go to standard output and nowhere else; the service is not asked and
    /// nothing is logged.
    Scan(scan::ScanArguments),
    /// Look at cameras.
    ///
    /// An installer's tool; the service is not asked and nothing is logged.
    #[command(subcommand)]
    Camera(camera::CameraCommand),
    /// Look at the visit log.
    #[command(subcommand)]
    Log(log::LogCommand),
    /// Say who may work at the desk.
    #[command(subcommand)]
    Pin(pin::PinCommand),
    /// Store the password with which the status service is asked, or ask the service whether it rejects it.
    #[command(subcommand)]
    Credentials(credentials::CredentialsCommand),
    /// Go from the Ministry's access form to its live service.
    #[command(subcommand)]
    Onboarding(onboarding::OnboardingCommand),
    /// Set the kiosk up by questions: site, environment, credentials, camera, PINs, notice.
    ///
    /// Each answer is in the settings at once, with comments: whoever stops goes on where it was. Where standard input
    /// is no terminal its lines are the answers to all questions; an empty one keeps what is set. It ends as `doctor` does.
    Setup(setup::SetupArguments),
    /// Look whether this machine has what the kiosk needs, and say what to do where it has not.
    ///
    /// Run it as the kiosk's user, in its session. The service is asked about nobody. Exit status: 0 nothing failed,
    /// 1 something failed, 2 it could not run.
    Doctor(doctor::DoctorArguments),
    /// Print what is stored of visitors, where, for how long, and who can see it, by the settings in force.
    ///
    /// With `notice`: the notice for visitors.
    Privacy(privacy::PrivacyArguments),
    /// Print a page of codes for visitors who have a reader alone, as HTML.
    ///
    /// Read by the reader they do what a touch does: choose a language, larger type or more contrast, open the
    /// notice, go on without a code. Print the page and put it beside the reader.
    ControlCodes,
    /// Run the simulator of the status service alone.
    ///
    /// What it says of a code is in the code's last digit: 0 riskless and vaccinated, 1 risky, 2 not found,
    /// 3 expired, 4 riskless without protection, 5 riskless with a negative test 24 hours ago, 6 answers 503,
    /// 7 answers after 30 seconds, 8 answers HTML, 9 answers 401.
    Simulate(simulate::SimulateArguments),
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
    /// Usage, settings, unreadable input, what is no HES code, or output that cannot be written.
    Usage = 2,
    /// A visitor could not be verified.
    Unverified = 3,
    /// A visit could not be recorded.
    NotRecorded = 4,
    /// SIGINT ended the command.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Reads the process's arguments and runs the command that they name.
pub fn main() -> ExitCode {
    private::forbid_core_dumps();
    // A panic's message may hold what was being worked on; its place does not.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, ToString::to_string);
        tracing::error!(place, "internal error");
        complain(&format!("internal error at {place}"));
    }));
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(exit) => return exit.into(),
    };
    let config = arguments.config.as_deref();
    // Behind the kiosk's window nobody sees a question, and what no person started has nobody who answers.
    let is_kiosk = matches!(arguments.command, None | Some(Command::Run(_)));
    if is_kiosk || !io::stdin().is_terminal() {
        keyring::ask_nobody();
    }
    if arguments.command.is_some() && arguments.run != run::RunArguments::default() {
        let mut command = Arguments::command();
        command
            .error(clap::error::ErrorKind::ArgumentConflict, "the kiosk's options belong behind `run`")
            .exit();
    }
    let exit = match &arguments.command {
        None => run::run(config, &arguments.run),
        Some(Command::Run(arguments)) => run::run(config, arguments),
        Some(Command::Check(arguments)) => check::run(config, arguments),
        Some(Command::Bulk(arguments)) => bulk::run(config, arguments),
        Some(Command::Decode(arguments)) => decode::run(arguments),
        Some(Command::Scan(arguments)) => scan::run(config, arguments),
        Some(Command::Camera(command)) => camera::run(config, command),
        Some(Command::Log(command)) => log::run(config, command),
        Some(Command::Pin(command)) => pin::run(config, command),
        Some(Command::Credentials(command)) => credentials::run(config, command),
        Some(Command::Onboarding(command)) => onboarding::run(config, command),
        Some(Command::Setup(arguments)) => setup::run(config, arguments),
        Some(Command::Doctor(arguments)) => doctor::run(config, arguments),
        Some(Command::Privacy(arguments)) => privacy::run(config, arguments),
        Some(Command::ControlCodes) => control_codes::run(config),
        Some(Command::Simulate(arguments)) => simulate::run(config, arguments),
        // They open no log, and their output may be in the hands of a thread whose message nobody reads.
        Some(Command::Scanner(arguments)) => return scanner::run(arguments).into(),
        Some(Command::DecodeWorker(arguments)) => return worker::run(arguments).into(),
    };
    end(exit)
}

/// Ends the process at once. SQLCipher's exit handler frees what the visit log's thread works with, which goes on where
/// its disk is slow: it would crash, or write with a key that is gone.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn end(exit: Exit) -> ExitCode {
    let _ = io::stdout().flush();
    // SAFETY: it touches no memory of the process, and runs nothing of it any more.
    unsafe { libc::_exit(i32::from(exit as u8)) }
}

#[cfg(not(target_os = "linux"))]
fn end(exit: Exit) -> ExitCode {
    exit.into()
}

/// Says what is wrong, where somebody can still hear it.
fn complain(problem: &impl Display) {
    let _ = writeln!(io::stderr(), "hes-kiosk: {problem}");
}

/// Says why a command cannot go on.
fn refuse(problem: &impl Display) -> Exit {
    complain(problem);
    Exit::Usage
}

/// Reads the arguments. Who forgets a word may have put a code or a PIN in its place: it is not repeated.
fn arguments() -> Result<Arguments, Exit> {
    let error = match Arguments::try_parse() {
        Ok(arguments) => return Ok(arguments),
        Err(error) if !error.use_stderr() => error.exit(),
        Err(error) => error,
    };
    let mut text = error.render().to_string();
    let names = names_of(&Arguments::command());
    for argument in std::env::args().filter(|argument| !names.contains(argument)) {
        let value = argument.split_once('=').map_or(argument.as_str(), |(_, value)| value);
        if let Ok(code) = Code::parse(value) {
            text = text.replace(value, &code.to_string());
        } else if Pin::parse(value).is_ok() {
            text = text.replace(value, "****");
        }
    }
    let _ = write!(io::stderr(), "{text}");
    Err(Exit::Usage)
}

/// The names of a command's subcommands, at each depth: some look like a code.
fn names_of(command: &clap::Command) -> Vec<String> {
    let below = |command: &clap::Command| {
        let mut names = names_of(command);
        names.push(command.get_name().to_owned());
        names
    };
    command.get_subcommands().flat_map(below).collect()
}
