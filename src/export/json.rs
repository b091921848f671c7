//! Records as JSON, for `log list --json` and exports.

use serde::Serialize;

use crate::checkin::utc;
use crate::code::Source;
use crate::hes::MaskedHolder;
use crate::visits::{Act, DecidedBy, Deed, Record, Recorded};

/// The masked holder as JSON.
#[derive(Serialize)]
pub(crate) struct Holder<'a> {
    first_name: Option<&'a str>,
    last_name: Option<&'a str>,
    identity_number: Option<&'a str>,
}

impl<'a> Holder<'a> {
    pub(crate) fn of(holder: &'a MaskedHolder) -> Self {
        Self {
            first_name: holder.first_name.as_deref(),
            last_name: holder.last_name.as_deref(),
            identity_number: holder.identity_number.as_deref(),
        }
    }
}

/// A visit as one JSON object.
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

/// An act as one JSON object.
#[derive(Serialize)]
struct ActLine<'a> {
    sequence: u64,
    id: String,
    at: String,
    person: Option<&'a str>,
    #[serde(flatten)]
    deed: &'a Deed,
}

/// A record as one JSON object.
pub(crate) fn line(recorded: &Recorded) -> String {
    let visit = match &recorded.record {
        Record::Visit(visit) => visit,
        Record::Act(act) => return line_of_act(recorded.sequence, act),
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

fn line_of_act(sequence: u64, act: &Act) -> String {
    let line = ActLine {
        sequence,
        id: act.id.to_string(),
        at: utc(act.at),
        person: act.person.as_deref(),
        deed: &act.deed,
    };
    serde_json::to_string(&line).unwrap_or_default()
}
