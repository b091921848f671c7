//! `hes-kiosk log list`.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use super::Opened;
use super::filter::FilterArguments;
use crate::command::output::{end_of_output, log_line};
use crate::command::{Exit, complain, refuse};
use crate::export::json;
use crate::kiosk::language::Texts;
use crate::visits::{Page, Reader, Recorded, UnreadableRecord, VisitsError};

/// Which visits are printed, and how.
#[derive(Debug, Args)]
pub(in crate::command) struct ListArguments {
    #[command(flatten)]
    pub(super) filter: FilterArguments,
    /// Only the newest so many.
    #[arg(long, value_name = "NUMBER")]
    limit: Option<u32>,
    /// Only those before the record of this number: with --limit, page by page.
    #[arg(long, value_name = "SEQUENCE")]
    before: Option<u64>,
    /// What was done with the kiosk and its log, too: starts, stops, deletions, and who asked for what.
    #[arg(long)]
    acts: bool,
    /// Print one JSON object a line.
    #[arg(long)]
    json: bool,
}

/// What cannot be read, as `--json` prints it.
#[derive(Serialize)]
struct UnreadableLine {
    sequence: u64,
    unreadable: bool,
}

/// Why a listing ended before its end.
enum Ended {
    Unreadable(VisitsError),
    Unwritten(io::Error),
}

impl From<VisitsError> for Ended {
    fn from(error: VisitsError) -> Self {
        Self::Unreadable(error)
    }
}

pub(super) fn run(opened: &Opened, arguments: &ListArguments) -> Exit {
    let filter = arguments.filter.filter(arguments.acts);
    let page = Page { before: arguments.before, limit: arguments.limit };
    let mut output = io::BufWriter::new(io::stdout().lock());
    let mut is_empty = true;
    let listed = Reader::open(&opened.visits).map_err(Ended::from).and_then(|mut reader| {
        reader.each(&filter, page, |recorded| {
            is_empty = false;
            writeln!(output, "{}", line(recorded.as_ref(), arguments.json, opened.texts))
                .map_err(Ended::Unwritten)
        })
    });
    match listed.and_then(|()| output.flush().map_err(Ended::Unwritten)) {
        Ok(()) => {
            if is_empty {
                complain(&opened.texts.get("log-none-such"));
            }
            Exit::Success
        }
        Err(Ended::Unreadable(error)) => refuse(&error),
        Err(Ended::Unwritten(error)) => end_of_output(&error),
    }
}

/// Prints records, one a line.
pub(super) fn print<'a>(
    records: impl Iterator<Item = &'a Result<Recorded, UnreadableRecord>>,
    as_json: bool,
    texts: &Texts,
) -> Exit {
    let mut output = io::BufWriter::new(io::stdout().lock());
    for recorded in records {
        if let Err(error) = writeln!(output, "{}", line(recorded.as_ref(), as_json, texts)) {
            return end_of_output(&error);
        }
    }
    output.flush().map_or_else(|error| end_of_output(&error), |()| Exit::Success)
}

fn line(recorded: Result<&Recorded, &UnreadableRecord>, as_json: bool, texts: &Texts) -> String {
    match recorded {
        Ok(recorded) if as_json => json::line(recorded),
        Ok(recorded) => log_line(recorded, texts),
        Err(&UnreadableRecord(sequence)) if as_json => {
            serde_json::to_string(&UnreadableLine { sequence, unreadable: true }).unwrap_or_default()
        }
        Err(UnreadableRecord(sequence)) => format!("{sequence:>6}  {}", texts.get("log-unreadable")),
    }
}
