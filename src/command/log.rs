//! `hes-kiosk log`: the visit log.

use std::io::{self, Write};
use std::path::Path;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::civil;
use serde::Serialize;

use super::Exit;
use super::output::{Holder, end_of_output, log_line, utc};
use crate::code::Source;
use crate::kiosk::language::{Texts, local};
use crate::settings::Settings;
use crate::visits::{DecidedBy, Filter, Record, Recorded, Store, Use};

/// What is done with the visit log.
#[derive(Debug, Subcommand)]
pub(super) enum LogCommand {
    /// Print the visits, oldest first.
    ///
    /// Times for people are those of the entrance's clock, with its offset; JSON has UTC.
    List(ListArguments),
}

/// Which visits are printed, and how.
#[derive(Debug, Args)]
pub(super) struct ListArguments {
    /// From this time on: 2021-08-09, 2021-08-09T14:30 (the entrance's clock) or 2021-08-09T11:30:00Z.
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<Timestamp>,
    /// Before this time, written in the same ways.
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<Timestamp>,
    /// Only the newest so many.
    #[arg(long, value_name = "NUMBER")]
    limit: Option<u32>,
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

pub(super) fn run(config: Option<&Path>, command: &LogCommand) -> Exit {
    let LogCommand::List(arguments) = command;
    let settings = match Settings::load(config) {
        Ok(settings) => settings,
        Err(error) => return super::refuse(&error),
    };
    let visits = settings.check_in.visits;
    match visits.path.try_exists() {
        Ok(true) => {}
        Ok(false) => return Exit::Success,
        Err(error) => return super::refuse(&format!("{}: {error}", visits.path.display())),
    }
    let filter =
        Filter { since: arguments.since, until: arguments.until, limit: arguments.limit.unwrap_or(u32::MAX) };
    let listed = Store::open(visits, Use::Command).and_then(|store| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|_| crate::visits::VisitsError::Disk)?;
        runtime.block_on(store.list(filter))
    });
    let texts = Texts::of(settings.screen.first_language);
    match listed {
        Err(error) => super::refuse(&error),
        Ok(listed) => {
            let mut output = io::BufWriter::new(io::stdout().lock());
            for recorded in listed.iter().rev() {
                let line = if arguments.json { json(recorded) } else { log_line(recorded, texts) };
                if let Err(error) = writeln!(output, "{line}") {
                    return end_of_output(&error);
                }
            }
            output.flush().map_or_else(|error| end_of_output(&error), |()| Exit::Success)
        }
    }
}

fn json(recorded: &Recorded) -> String {
    let Record::Visit(visit) = &recorded.record;
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
