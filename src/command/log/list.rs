//! `hes-kiosk log list`.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use super::Opened;
use super::filter::FilterArguments;
use crate::code::Source;
use crate::command::output::{Holder, end_of_output, log_line, utc};
use crate::command::{Exit, refuse};
use crate::kiosk::language::Texts;
use crate::visits::{Act, DecidedBy, Deed, Page, Reader, Record, Recorded, UnreadableRecord, VisitsError};

/// Which visits are printed, and how.
#[derive(Debug, Args)]
pub(in crate::command) struct ListArguments {
    #[command(flatten)]
    filter: FilterArguments,
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

/// A visit as `--json` prints it.
#[derive(Serialize)]
struct Line<'a> {
    sequence: u64,
    visit: String,
    at: String,
    environment: &'static str,
    entrance: &'a str,
    source: Option<&'static str>,
    decided_by: Option<&'static str>,
    answers: Option<String>,
    decision: &'static str,
    reason: &'static str,
    valid_until: Option<String>,
    holder: Option<Holder<'a>>,
    service_ms: Option<u32>,
    person: Option<&'a str>,
    because: Option<&'a str>,
    second_person: Option<&'a str>,
}

/// An act as `--json` prints it.
#[derive(Serialize)]
struct ActLine<'a> {
    sequence: u64,
    id: String,
    at: String,
    person: Option<&'a str>,
    #[serde(flatten)]
    deed: &'a Deed,
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
    let listed = Reader::open(&opened.visits).map_err(Ended::from).and_then(|mut reader| {
        reader.each(&filter, page, |recorded| {
            writeln!(output, "{}", line(recorded.as_ref(), arguments.json, opened.texts))
                .map_err(Ended::Unwritten)
        })
    });
    match listed.and_then(|()| output.flush().map_err(Ended::Unwritten)) {
        Ok(()) => Exit::Success,
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
        Ok(recorded) if as_json => json(recorded),
        Ok(recorded) => log_line(recorded, texts),
        Err(&UnreadableRecord(sequence)) if as_json => {
            serde_json::to_string(&UnreadableLine { sequence, unreadable: true }).unwrap_or_default()
        }
        Err(UnreadableRecord(sequence)) => format!("{sequence:>6}  {}", texts.get("log-unreadable")),
    }
}

/// A record as one JSON object.
pub(super) fn json(recorded: &Recorded) -> String {
    let visit = match &recorded.record {
        Record::Visit(visit) => visit,
        Record::Act(act) => return json_of_act(recorded.sequence, act),
    };
    let line = Line {
        sequence: recorded.sequence,
        visit: visit.id.to_string(),
        at: utc(visit.at),
        environment: visit.environment.name(),
        entrance: &visit.entrance,
        source: visit.source.map(Source::name),
        decided_by: visit.decided_by.map(DecidedBy::name),
        answers: visit.answers.map(|id| id.to_string()),
        decision: visit.decision.name(),
        reason: visit.decision.reason_name(),
        valid_until: visit.valid_until.map(utc),
        holder: visit.holder.as_ref().map(Holder::of),
        service_ms: visit.service_ms,
        person: visit.word.as_ref().map(|word| word.person.as_str()),
        because: visit.word.as_ref().map(|word| word.said.because.as_str()),
        second_person: visit.word.as_ref().and_then(|word| word.said.second_person.as_deref()),
    };
    serde_json::to_string(&line).unwrap_or_default()
}

fn json_of_act(sequence: u64, act: &Act) -> String {
    let line = ActLine {
        sequence,
        id: act.id.to_string(),
        at: utc(act.at),
        person: act.person.as_deref(),
        deed: &act.deed,
    };
    serde_json::to_string(&line).unwrap_or_default()
}
