//! `hes-kiosk log verify` and `log seal`.

use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::Opened;
use crate::command::{Exit, output, refuse};
use crate::kiosk::language::{Argument, Texts};
use crate::visits::{Fault, Seal, Verification, verify};

/// What the log is held against.
#[derive(Debug, Args)]
pub(in crate::command) struct VerifyArguments {
    /// A seal that was noted outside the log.
    #[arg(long, value_name = "SEAL")]
    seal: Option<Seal>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// The verification as `--json` prints it.
#[derive(Serialize)]
struct Json {
    intact: bool,
    records: u64,
    purged: u64,
    /// Records that should have been deleted days ago.
    overdue: u64,
    seal: String,
    faults: Vec<FaultJson>,
    unnamed: u64,
}

/// A fault as JSON.
#[derive(Serialize)]
struct FaultJson {
    fault: &'static str,
    sequence: Option<u64>,
    /// The last of some records, or the record that a moved one is.
    to: Option<u64>,
    /// The name of what was altered, or the database's own words.
    said: Option<String>,
}

pub(super) fn run(config: Option<&Path>, arguments: &VerifyArguments) -> Exit {
    let (visits, texts) = match super::existing(config, None) {
        Ok(existing) => existing,
        Err(exit) => return exit,
    };
    let verification = match verify(&visits, arguments.seal) {
        Ok(verification) => verification,
        Err(error) => return refuse(&error),
    };
    let exit = if verification.faults.is_empty() { Exit::Success } else { Exit::Refused };
    let text = if arguments.json { json(&verification) } else { words(&verification, texts) };
    output::print_found(&text, exit)
}

pub(super) fn seal(opened: &Opened) -> Exit {
    match opened.runtime.block_on(opened.store.seal()) {
        Ok(seal) => output::print_line(&seal.to_string()).unwrap_or(Exit::Success),
        Err(error) => refuse(&error),
    }
}

fn json(verification: &Verification) -> String {
    let faults = verification.faults.iter().map(|fault| {
        let (fault, sequence, to, said) = parts(fault);
        FaultJson { fault, sequence, to, said: said.map(str::to_owned) }
    });
    let json = Json {
        intact: verification.faults.is_empty(),
        records: verification.records,
        purged: verification.purged,
        overdue: verification.overdue,
        seal: verification.seal.to_string(),
        faults: faults.collect(),
        unnamed: verification.unnamed,
    };
    serde_json::to_string(&json).unwrap_or_default()
}

/// A fault's word, the record that it names, a second one, and what the database said.
fn parts(fault: &Fault) -> (&'static str, Option<u64>, Option<u64>, Option<&str>) {
    match fault {
        Fault::Changed(sequence) => ("changed", Some(*sequence), None, None),
        Fault::Inserted(sequence) => ("inserted", Some(*sequence), None, None),
        Fault::Moved(sequence, from) => ("moved", Some(*sequence), Some(*from), None),
        Fault::Removed(first, last) => ("removed", Some(*first), Some(*last), None),
        Fault::Broken(sequence) => ("broken", Some(*sequence), None, None),
        Fault::Unreadable(sequence) => ("unreadable", Some(*sequence), None, None),
        Fault::Emptied(sequence) => ("emptied", Some(*sequence), None, None),
        Fault::Returned(sequence) => ("returned", Some(*sequence), None, None),
        Fault::Cut(sequence) => ("cut", Some(*sequence), None, None),
        Fault::OtherLog(sequence) => ("other_log", Some(*sequence), None, None),
        Fault::Gone => ("gone", None, None, None),
        Fault::Newer => ("newer", None, None, None),
        Fault::SetAside(sequence, file) => ("set_aside", Some(*sequence), None, Some(file)),
        Fault::Missing(sequence) => ("missing", Some(*sequence), None, None),
        Fault::Rows(table) => ("rows", None, None, Some(table)),
        Fault::Altered(name) => ("altered", None, None, Some(name)),
        Fault::Index(name) => ("index", None, None, Some(name)),
        Fault::Damaged(said) => ("damaged", None, None, Some(said)),
    }
}

fn words(verification: &Verification, texts: &Texts) -> String {
    let mut lines = Vec::new();
    for fault in &verification.faults {
        let (name, sequence, to, said) = parts(fault);
        let name = match fault {
            Fault::Removed(first, last) if first == last => "removed-one",
            _ => name,
        };
        // The number of a record is no quantity: it is written without separators.
        let [sequence, to] = [sequence, to].map(|number| number.unwrap_or_default().to_string());
        lines.push(texts.with(
            &format!("log-fault-{name}"),
            &[
                ("sequence", Argument::Text(&sequence)),
                ("to", Argument::Text(&to)),
                ("said", Argument::Text(said.unwrap_or_default())),
            ],
        ));
    }
    let any = |is_meant: fn(&Fault) -> bool| verification.faults.iter().any(is_meant);
    if any(|fault| matches!(fault, Fault::Altered(_))) {
        lines.push(texts.get("log-is-refused"));
    } else if any(|fault| matches!(fault, Fault::Damaged(_))) {
        lines.push(texts.get("log-will-be-set-aside"));
    }
    if any(|fault| matches!(fault, Fault::SetAside(..) | Fault::Missing(_))) {
        lines.push(texts.get("log-lost-until"));
    }
    if verification.unnamed > 0 {
        lines.push(texts.with("log-faults-unnamed", &[("faults", Argument::Number(verification.unnamed))]));
    }
    if verification.overdue > 0 {
        lines.push(texts.with("log-overdue", &[("records", Argument::Number(verification.overdue))]));
    }
    let key = if verification.faults.is_empty() { "log-intact" } else { "log-not-intact" };
    let counts = [
        ("records", Argument::Number(verification.records)),
        ("purged", Argument::Number(verification.purged)),
        ("faults", Argument::Number(verification.faults.len() as u64 + verification.unnamed)),
    ];
    lines.push(texts.with(key, &counts));
    lines.push(texts.with("log-seal", &[("seal", Argument::Text(&verification.seal.to_string()))]));
    lines.join("\n")
}
