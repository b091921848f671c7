//! `hes-kiosk log stats`.

use std::collections::BTreeMap;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::Opened;
use super::filter::FilterArguments;
use crate::command::output::{print_line, utc};
use crate::command::{Exit, refuse};
use crate::kiosk::language::{Argument, Texts, local};
use crate::visits::{Counts, Filter, Reader, ServiceTimes, Statistics};

/// Of which visits there are statistics, and how they are printed.
#[derive(Debug, Args)]
pub(in crate::command) struct StatsArguments {
    #[command(flatten)]
    pub(super) filter: FilterArguments,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// The statistics as `--json` prints them.
#[derive(Serialize)]
struct Json<'a> {
    since: Option<String>,
    until: Option<String>,
    decision: Option<&'a str>,
    entrance: Option<&'a str>,
    #[serde(flatten)]
    all: Counts,
    reasons: &'a BTreeMap<String, u64>,
    sources: &'a BTreeMap<String, u64>,
    /// That of the hours and days.
    zone: &'a str,
    hours: Vec<Hour>,
    days: Vec<Day>,
    service_ms: Option<ServiceTimes>,
    unreadable: u64,
}

#[derive(Serialize)]
struct Hour {
    hour: i8,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Serialize)]
struct Day {
    day: String,
    #[serde(flatten)]
    counts: Counts,
}

pub(super) fn run(opened: &Opened, arguments: &StatsArguments) -> Exit {
    let filter = arguments.filter.filter(false);
    let zone = local(Timestamp::UNIX_EPOCH).time_zone().clone();
    let statistics = Reader::open(&opened.visits).and_then(|mut reader| reader.statistics(&filter, &zone));
    let statistics = match statistics {
        Ok(statistics) => statistics,
        Err(error) => return refuse(&error),
    };
    let zone = zone.iana_name().unwrap_or("UTC");
    let text = if arguments.json {
        json(&statistics, &filter, zone)
    } else {
        words(&statistics, zone, opened.texts)
    };
    print_line(&text).unwrap_or(Exit::Success)
}

fn json(statistics: &Statistics, filter: &Filter, zone: &str) -> String {
    let json = Json {
        since: filter.since.map(utc),
        until: filter.until.map(utc),
        decision: filter.decision.as_deref(),
        entrance: filter.entrance.as_deref(),
        all: statistics.all,
        reasons: &statistics.reasons,
        sources: &statistics.sources,
        zone,
        hours: statistics.hours.iter().map(|(&hour, &counts)| Hour { hour, counts }).collect(),
        days: statistics.days.iter().map(|(day, &counts)| Day { day: day.to_string(), counts }).collect(),
        service_ms: statistics.service,
        unreadable: statistics.unreadable,
    };
    serde_json::to_string(&json).unwrap_or_default()
}

fn words(statistics: &Statistics, zone: &str, texts: &Texts) -> String {
    let of_zone = |key| texts.with(key, &[("zone", Argument::Text(zone))]);
    let columns = ["visits", "admit", "refuse", "unverified", "check_out"]
        .map(|column| texts.get(&format!("stats-{column}")));
    let number = |number| texts.with("stats-number", &[("number", Argument::Number(number))]);
    let row = |name: &str, counts: &Counts| {
        let numbers = [counts.visits, counts.admit, counts.refuse, counts.unverified, counts.check_out];
        let cells = numbers
            .map(number)
            .into_iter()
            .zip(&columns)
            .map(|(number, column)| format!("  {number:>width$}", width = column.chars().count().max(7)));
        format!("{name:<12}{}", cells.collect::<String>())
    };
    let header: String = columns.iter().map(|column| format!("  {column:>7}")).collect();
    let mut lines = vec![format!("{:<12}{header}", ""), row(&texts.get("stats-all"), &statistics.all)];
    lines.extend([String::new(), of_zone("stats-days")]);
    lines.extend(statistics.days.iter().map(|(day, counts)| row(&day.to_string(), counts)));
    lines.extend([String::new(), of_zone("stats-hours")]);
    lines.extend(statistics.hours.iter().map(|(hour, counts)| row(&format!("{hour:02}:00"), counts)));
    for (title, word, counts) in
        [("stats-reasons", "reason", &statistics.reasons), ("stats-sources", "source", &statistics.sources)]
    {
        lines.extend([String::new(), texts.get(title)]);
        let counted = |(name, visits): (&String, &u64)| {
            format!("{:>9}  {}", number(*visits), texts.get(&format!("{word}-{name}")))
        };
        lines.extend(counts.iter().map(counted));
    }
    if let Some(times) = statistics.service {
        let numbers = [
            ("answers", times.answers),
            ("half", times.p50.into()),
            ("most", times.p95.into()),
            ("nearly", times.p99.into()),
            ("longest", times.max.into()),
        ];
        let numbers = numbers.map(|(name, number)| (name, Argument::Number(number)));
        lines.extend([String::new(), texts.with("stats-service", &numbers)]);
    }
    if statistics.unreadable > 0 {
        let records = [("records", Argument::Number(statistics.unreadable))];
        lines.extend([String::new(), texts.with("stats-unreadable", &records)]);
    }
    lines.join("\n")
}
