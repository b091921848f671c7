//! `hes-kiosk log export`.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::Args;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use super::Opened;
use super::filter::FilterArguments;
use crate::command::{Exit, complain, output, refuse};
use crate::export::{ExportError, Exported, Format, Wanted, export};
use crate::kiosk::language::Argument;
use crate::settings;
use crate::visits::Act;

/// Which records are taken out, and where to.
#[derive(Debug, Args)]
pub(in crate::command) struct ExportArguments {
    #[command(flatten)]
    pub(super) filter: FilterArguments,
    /// What was done with the kiosk and its log, too: starts, stops, deletions, and who asked for what.
    #[arg(long)]
    acts: bool,
    /// The file. It appears whole or not at all, in the place of an earlier one, and is its owner's alone.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// How it is written; where nothing is said, the file's ending tells.
    #[arg(long, value_enum)]
    format: Option<Format>,
}

pub(super) fn run(opened: &Opened, arguments: &ExportArguments) -> Exit {
    let ExportArguments { filter, acts, out, format } = arguments;
    let Some(format) = format.or_else(|| Format::of(out)) else {
        let problem = "end the file's name in .csv, .jsonl or .xlsx, or say --format";
        return refuse(&format!("{}: {problem}", out.display()));
    };
    let wanted = Wanted { filter: filter.filter(*acts), format, out: out.clone() };
    match begin(opened, &wanted) {
        Ok(Exported { records, unreadable }) => {
            let file = arguments.out.display().to_string();
            let counts = [("records", Argument::Number(records)), ("file", Argument::Text(&file))];
            let printed = output::print_line(&opened.texts.with("log-exported", &counts));
            if unreadable > 0 {
                let left_out = [("records", Argument::Number(unreadable))];
                complain(&opened.texts.with("log-left-out", &left_out));
                return Exit::Refused;
            }
            printed.unwrap_or(Exit::Success)
        }
        Err(error @ ExportError::NotWritable(_)) => {
            complain(&format!("{}: {error}", out.display()));
            Exit::NotRecorded
        }
        Err(error @ ExportError::Visits(_)) => {
            complain(&error);
            Exit::NotRecorded
        }
        Err(error @ ExportError::Ended) => {
            complain(&error);
            Exit::Interrupted
        }
        Err(error) => refuse(&error),
    }
}

fn begin(opened: &Opened, wanted: &Wanted) -> Result<Exported, ExportError> {
    // Whoever ends it leaves no visits behind in a file that nothing removes.
    let is_ended = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&is_ended))?;
    }
    let note = |deed| opened.runtime.block_on(opened.store.append_act(Act::now(settings::operator(), deed)));
    export(&opened.visits, wanted, note, &is_ended)
}
