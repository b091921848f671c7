//! `hes-kiosk log find`, `log erase` and `log purge`: what a person may ask for, and what ends anyway.

use std::io::{self, Read};

use clap::Args;

use super::{Opened, list};
use crate::code::Code;
use crate::command::{Exit, complain, output, refuse};
use crate::kiosk::language::{Argument, local};
use crate::settings;
use crate::visits::{Because, Deleted, KeptFile, kept_files};

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

/// Standard input may hold so many bytes, many more than any form of a code has.
const LONGEST_INPUT: u64 = 4096;

/// Looked at here, as the parser of arguments would print what it refuses.
fn reason(text: &str) -> Result<Because, Exit> {
    Because::parse(text).map_err(|problem| refuse(&problem))
}

/// The code of an argument, or the one line of standard input.
fn code(argument: &str) -> Result<Code, Exit> {
    let text = if argument == "-" { one_line()? } else { argument.to_owned() };
    Code::parse(&text).map_err(|problem| refuse(&problem))
}

/// What standard input holds. Of several lines nobody could say which was meant.
fn one_line() -> Result<String, Exit> {
    let mut input = Vec::new();
    io::stdin().lock().take(LONGEST_INPUT + 1).read_to_end(&mut input).map_err(|error| refuse(&error))?;
    let text = String::from_utf8_lossy(&input);
    match text.trim() {
        "" => Err(refuse(&"standard input holds no code")),
        line if line.contains(['\r', '\n']) => {
            Err(refuse(&"standard input holds more than one line with a code"))
        }
        _ if input.len() as u64 > LONGEST_INPUT => Err(refuse(&"standard input is too long for a code")),
        line => Ok(line.to_owned()),
    }
}

pub(super) fn find(opened: &Opened, arguments: &FindArguments) -> Exit {
    let code = match code(&arguments.code) {
        Ok(code) => code,
        Err(exit) => return exit,
    };
    match opened.runtime.block_on(opened.store.find(code, settings::operator())) {
        Ok(found) => {
            if found.is_empty() {
                complain(&opened.texts.get("log-none-such"));
            }
            list::print(found.iter(), arguments.json, opened.texts)
        }
        Err(error) => refuse(&error),
    }
}

pub(super) fn erase(opened: &Opened, arguments: &EraseArguments) -> Exit {
    let code = match code(&arguments.code) {
        Ok(code) => code,
        Err(exit) => return exit,
    };
    let because = match reason(&arguments.reason) {
        Ok(because) => because,
        Err(exit) => return exit,
    };
    let erased = opened.store.erase(code, settings::operator(), because);
    match opened.runtime.block_on(erased) {
        Ok(deleted) => match tell(opened, "log-erased", deleted) {
            Exit::Success => tell_what_remains(opened),
            unwritten => unwritten,
        },
        Err(error) => refuse(&error),
    }
}

pub(super) fn purge(opened: &Opened, arguments: &PurgeArguments) -> Exit {
    let purged = opened.store.purge_older(Some(arguments.older_than), settings::operator());
    match opened.runtime.block_on(purged) {
        Ok(deleted) => tell(opened, "log-purged", deleted),
        Err(error) => refuse(&error),
    }
}

/// Names the files in which the person's visits may still be, which nobody but their owner can search.
fn tell_what_remains(opened: &Opened) -> Exit {
    let files = match kept_files(&opened.visits) {
        Ok(files) => files,
        Err(error) => return refuse(&error),
    };
    let mut lines = Vec::new();
    if !files.is_empty() {
        lines.push(opened.texts.get("log-may-remain"));
    }
    for KeptFile { path, until } in files {
        // A terminal obeys control characters.
        let path = path.display().to_string().replace(char::is_control, "\u{FFFD}");
        lines.push(format!("  {}  {path}", local(until).strftime("%Y-%m-%d")));
    }
    lines.push(opened.texts.get("log-remains-elsewhere"));
    output::print_line(&lines.join("\n")).unwrap_or(Exit::Success)
}

/// Says how many records are gone, and whether a reader holds something of them back.
fn tell(opened: &Opened, key: &str, deleted: Deleted) -> Exit {
    let mut text = opened.texts.with(key, &[("records", Argument::Number(deleted.records))]);
    if deleted.files > 0 {
        let files = [("files", Argument::Number(deleted.files))];
        text = format!("{text} {}", opened.texts.with("log-files-deleted", &files));
    }
    if !deleted.is_out {
        text = format!("{text} {}", opened.texts.get("log-held-back"));
    }
    if deleted.is_misled {
        text = format!("{text} {}", opened.texts.get("log-misled"));
    }
    output::print_line(&text).unwrap_or(Exit::Success)
}
