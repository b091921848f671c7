//! `hes-kiosk log list`.

use std::io::{self, Write};

use clap::Args;
use jiff::Timestamp;
use jiff::civil;
use serde::Serialize;

use super::Opened;
use crate::code::Source;
use crate::command::output::{Holder, end_of_output, log_line, utc};
use crate::command::{Exit, refuse};
use crate::kiosk::language::{Texts, local};
use crate::visits::{Act, DecidedBy, Deed, Filter, Record, Recorded};

/// Which visits are printed, and how.
#[derive(Debug, Args)]
pub(in crate::command) struct ListArguments {
    /// From this time on: 2021-08-09, 2021-08-09T14:30 (the entrance's clock) or 2021-08-09T11:30:00Z.
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<Timestamp>,
    /// Before this time, written in the same ways.
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<Timestamp>,
    /// Only the newest so many.
    #[arg(long, value_name = "NUMBER")]
    limit: Option<u32>,
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

/// A time with its zone or offset, or one on the entrance's clock.
fn time(text: &str) -> Result<Timestamp, String> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time);
    }
    let wanted = "a time such as 2021-08-09, 2021-08-09T14:30 or 2021-08-09T11:30:00Z is wanted";
    let civil = text
        .parse::<civil::DateTime>()
        .or_else(|_| text.parse::<civil::Date>().map(civil::DateTime::from))
        .map_err(|_| wanted.to_owned())?;
    let zone = local(Timestamp::UNIX_EPOCH).time_zone().clone();
    civil.to_zoned(zone).map(|zoned| zoned.timestamp()).map_err(|_| wanted.to_owned())
}

pub(super) fn run(opened: &Opened, arguments: &ListArguments) -> Exit {
    let filter = Filter {
        since: arguments.since,
        until: arguments.until,
        limit: arguments.limit.unwrap_or(u32::MAX),
        with_acts: arguments.acts,
    };
    match opened.runtime.block_on(opened.store.list(filter)) {
        Ok(listed) => print(listed.iter().rev(), arguments.json, opened.texts),
        Err(error) => refuse(&error),
    }
}

/// Prints records, one a line.
pub(super) fn print<'a>(records: impl Iterator<Item = &'a Recorded>, as_json: bool, texts: &Texts) -> Exit {
    let mut output = io::BufWriter::new(io::stdout().lock());
    for recorded in records {
        let line = if as_json { json(recorded) } else { log_line(recorded, texts) };
        if let Err(error) = writeln!(output, "{line}") {
            return end_of_output(&error);
        }
    }
    output.flush().map_or_else(|error| end_of_output(&error), |()| Exit::Success)
}

fn json(recorded: &Recorded) -> String {
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
