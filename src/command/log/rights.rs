//! `hes-kiosk log find`, `log erase` and `log purge`: what a person may ask for, and what ends anyway.

use std::io::{self, BufRead};

use clap::Args;

use super::{Opened, list};
use crate::code::Code;
use crate::command::{Exit, output, refuse};
use crate::kiosk::language::Argument;
use crate::settings;

/// Whose visits are printed, and how.
#[derive(Debug, Args)]
pub(in crate::command) struct FindArguments {
    /// The HES code in any form in which visitors show it; `-` reads it from standard input.
    ///
    /// Arguments can be seen by other users of the machine: prefer `-`.
    #[arg(value_name = "CODE")]
    code: String,
    /// Print one JSON object a line.
    #[arg(long)]
    json: bool,
}

/// What is erased, and why.
#[derive(Debug, Args)]
pub(in crate::command) struct EraseArguments {
    /// The HES code in any form in which visitors show it; `-` reads it from standard input.
    ///
    /// Arguments can be seen by other users of the machine: prefer `-`.
    #[arg(value_name = "CODE")]
    code: String,
    /// Why, for the receipt, which is kept. Write no names.
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    reason: String,
}

/// What is deleted.
#[derive(Debug, Args)]
pub(in crate::command) struct PurgeArguments {
    /// So many days, each of 24 hours.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(0..=3650))]
    older_than: u32,
}

fn reason(text: &str) -> Result<String, String> {
    let reason = text.trim();
    match reason.chars().count() {
        // A code is no reason, and a receipt must not keep one.
        3..=200 if Code::parse(reason).is_err() && !reason.contains(char::is_control) => {
            Ok(reason.to_owned())
        }
        _ => Err("a reason of 3 to 200 characters without line breaks is wanted".to_owned()),
    }
}

/// The code of an argument, or the one line of standard input.
fn code(argument: &str) -> Result<Code, Exit> {
    let mut line = String::new();
    let text = if argument == "-" {
        match io::stdin().lock().read_line(&mut line) {
            Ok(0) => return Err(refuse(&"standard input holds no code")),
            Ok(_) => line.trim(),
            Err(error) => return Err(refuse(&error)),
        }
    } else {
        argument
    };
    Code::parse(text).map_err(|problem| refuse(&problem))
}

pub(super) fn find(opened: &Opened, arguments: &FindArguments) -> Exit {
    let code = match code(&arguments.code) {
        Ok(code) => code,
        Err(exit) => return exit,
    };
    match opened.runtime.block_on(opened.store.find(code, settings::operator())) {
        Ok(found) => list::print(found.iter(), arguments.json, opened.texts),
        Err(error) => refuse(&error),
    }
}

pub(super) fn erase(opened: &Opened, arguments: &EraseArguments) -> Exit {
    let code = match code(&arguments.code) {
        Ok(code) => code,
        Err(exit) => return exit,
    };
    let erased = opened.store.erase(code, settings::operator(), arguments.reason.clone());
    match opened.runtime.block_on(erased) {
        Ok(records) => tell(opened, "log-erased", records),
        Err(error) => refuse(&error),
    }
}

pub(super) fn purge(opened: &Opened, arguments: &PurgeArguments) -> Exit {
    let purged = opened.store.purge_older(Some(arguments.older_than), settings::operator());
    match opened.runtime.block_on(purged) {
        Ok(records) => tell(opened, "log-purged", records),
        Err(error) => refuse(&error),
    }
}

/// Says how many records are gone.
fn tell(opened: &Opened, key: &str, records: u64) -> Exit {
    let text = opened.texts.with(key, &[("records", Argument::Number(records))]);
    output::print_line(&text).unwrap_or(Exit::Success)
}
