//! `hes-kiosk log find`, `log erase` and `log purge`: what a person may ask for, and what ends anyway.

use std::io::{self, BufRead};

use clap::Args;

use super::{Opened, list};
use crate::code::Code;
use crate::command::{Exit, output, refuse};
use crate::kiosk::language::Argument;
use crate::settings;
use crate::visits::Erased;

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
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// What is deleted.
#[derive(Debug, Args)]
pub(in crate::command) struct PurgeArguments {
    /// So many days, each of 24 hours.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(0..=3650))]
    older_than: u32,
}

/// Looked at here, as the parser of arguments would print what it refuses.
fn reason(text: &str) -> Result<String, Exit> {
    let reason = text.trim();
    match reason.chars().count() {
        3..=200 if !holds_code(reason) && !reason.contains(char::is_control) => Ok(reason.to_owned()),
        _ => Err(refuse(&"a reason of 3 to 200 characters without a code and without line breaks is wanted")),
    }
}

/// Whether a code stands in a text, which a receipt would keep. A word of ten letters is none.
fn holds_code(text: &str) -> bool {
    let words: Vec<&str> =
        text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let is_code = |words: &[&str]| {
        let text = words.concat();
        text.chars().filter(char::is_ascii_digit).count() >= 4 && Code::parse(&text).is_ok()
    };
    (1..=4).any(|length| words.windows(length).any(is_code))
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
    let reason = match reason(&arguments.reason) {
        Ok(reason) => reason,
        Err(exit) => return exit,
    };
    let erased = opened.store.erase(code, settings::operator(), reason);
    match opened.runtime.block_on(erased) {
        Ok(Erased { records, is_out: true }) => tell(opened, "log-erased", records),
        Ok(Erased { records, is_out: false }) => tell(opened, "log-erased-held", records),
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
