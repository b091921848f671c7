//! `hes-kiosk simulate`: the status service's simulator alone.

use std::fs;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use jiff::fmt::friendly::SpanParser;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::Exit;
use crate::hes::simulator::{PASSWORD, Simulator, USER_NAME};
use crate::kiosk::language::{Argument, Texts};
use crate::settings::{Language, Settings};

/// Where the simulator listens and how slow it is.
#[derive(Debug, Args)]
pub(super) struct SimulateArguments {
    /// The address and port to listen on; an address of this machine alone, such as 127.0.0.1 or [::1].
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8642", value_parser = loopback)]
    listen: SocketAddr,
    /// How long each answer takes at least, such as 200ms or 1s.
    #[arg(long, value_name = "DURATION", default_value = "0s", value_parser = duration)]
    latency: Duration,
    /// The file whose first line is the password that is accepted, instead of the public one.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr =
        text.parse().map_err(|_| "an address and a port such as 127.0.0.1:8642 are wanted".to_owned())?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err("the simulator has public credentials and listens on this machine's own addresses only, \
             such as 127.0.0.1 or [::1]"
            .to_owned())
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    SpanParser::new()
        .parse_unsigned_duration(text)
        .map_err(|_| "a duration such as 200ms or 1s is wanted".to_owned())
}

/// Runs the simulator until SIGTERM or SIGINT.
pub(super) fn run(config: Option<&Path>, arguments: &SimulateArguments) -> Exit {
    // It needs no settings: what is wrong in them does not matter here.
    let language = Settings::language_of(config).unwrap_or_else(Language::of_session);
    match simulate(arguments, Texts::for_staff(language)) {
        Ok(()) => Exit::Success,
        Err(message) => {
            let _ = writeln!(io::stderr(), "hes-kiosk: {message}");
            Exit::Usage
        }
    }
}

fn simulate(arguments: &SimulateArguments, texts: &Texts) -> Result<(), String> {
    // Before the address is printed, so that whoever waits for it can end the command from then on.
    let mut signals = Signals::new([SIGTERM, SIGINT]).map_err(|error| error.to_string())?;
    let named = match &arguments.password_file {
        Some(path) => Some(first_line(path)?),
        None => None,
    };
    let password = named.as_deref().unwrap_or(PASSWORD);
    let simulator = Simulator::start_with_password(arguments.listen, arguments.latency, password)
        .map_err(|error| error.to_string())?;
    let shown = match &arguments.password_file {
        Some(path) => {
            texts.with("simulate-first-line", &[("file", Argument::Text(&path.display().to_string()))])
        }
        None => PASSWORD.to_owned(),
    };
    let url = simulator.base_url().to_string();
    let listens = [
        ("url", Argument::Text(&url)),
        ("username", Argument::Text(USER_NAME)),
        ("password", Argument::Text(&shown)),
    ];
    // Nobody has to listen: a closed standard output does not end the simulator.
    let _ = writeln!(io::stdout(), "{}", texts.with("simulate-listens", &listens));
    signals.forever().next();
    Ok(())
}

/// The password in a file.
fn first_line(path: &Path) -> Result<String, String> {
    let name = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| format!("{name}: {error}: make the file, its first line is the password"))?;
    match text.lines().next() {
        Some(password) if !password.is_empty() => Ok(password.to_owned()),
        _ => Err(format!("{name}: its first line has to be the password, and is empty")),
    }
}
