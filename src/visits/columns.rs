//! A record as the database has it.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::Value;
use serde::Serialize;
use uuid::Uuid;

use super::VisitsError;
use super::keys::CodeHash;
use super::record::{Act, DecidedBy, Deed, Environment, Record, Recorded, UnreadableRecord, Visit, Word};
use crate::code::Source;
use crate::entry::Decision;
use crate::hes::MaskedHolder;

/// The columns of a record's content, in their order.
pub(super) const CONTENT: [&str; 18] = [
    "kind",
    "id",
    "at",
    "environment",
    "entrance",
    "source",
    "decided_by",
    "answers",
    "code_hash",
    "decision",
    "reason",
    "valid_until",
    "service_ms",
    "holder_first_name",
    "holder_last_name",
    "holder_identity_number",
    "person",
    "deed",
];

/// The kind of a record whose content was deleted.
pub(super) const PURGED: &str = "purged";

impl Record {
    /// What stands in the columns of its content.
    pub(super) fn values(&self) -> [Value; CONTENT.len()] {
        match self {
            Self::Visit(visit) => values_of_visit(visit),
            Self::Act(act) => values_of_act(act),
        }
    }
}

fn values_of_visit(visit: &Visit) -> [Value; CONTENT.len()] {
    let holder = visit.holder.clone().unwrap_or_default();
    [
        Value::from("visit".to_owned()),
        id(visit.id),
        milliseconds(visit.at),
        Value::from(visit.environment.name().to_owned()),
        Value::from(visit.entrance.clone()),
        Value::from(visit.source.map(|source| source.name().to_owned())),
        Value::from(visit.decided_by.map(|decided_by| decided_by.name().to_owned())),
        visit.answers.map_or(Value::Null, id),
        Value::from(visit.code.map(|hash| hash.0.to_vec())),
        Value::from(visit.decision.name().to_owned()),
        Value::from(visit.decision.reason_name().to_owned()),
        visit.valid_until.map_or(Value::Null, milliseconds),
        Value::from(visit.service_ms.map(i64::from)),
        Value::from(holder.first_name),
        Value::from(holder.last_name),
        Value::from(holder.identity_number),
        Value::from(visit.word.as_ref().map(|word| word.person.clone())),
        Value::from(visit.word.as_ref().map(|word| written(&word.said))),
    ]
}

fn values_of_act(act: &Act) -> [Value; CONTENT.len()] {
    let kind = if act.deed.is_receipt() { "receipt" } else { "act" };
    let mut values = [const { Value::Null }; CONTENT.len()];
    values[0] = Value::from(kind.to_owned());
    values[1] = id(act.id);
    values[2] = milliseconds(act.at);
    values[16] = Value::from(act.person.clone());
    values[17] = Value::from(written(&act.deed));
    values
}

/// What is serialised here has no map with keys that are not texts, the only thing that could fail.
fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn id(id: Uuid) -> Value {
    Value::from(id.into_bytes().to_vec())
}

fn milliseconds(time: Timestamp) -> Value {
    Value::from(time.as_millisecond())
}

/// What a statement selects for [`recorded`].
pub(super) static RECORDED: LazyLock<String> = LazyLock::new(|| format!("sequence, {}", CONTENT.join(", ")));

/// The record in a row of the columns [`RECORDED`]; none where its content was deleted. One that cannot be read stands
/// in nobody's way to the others.
pub(super) fn recorded(row: &Row<'_>) -> Result<Option<Recorded>, UnreadableRecord> {
    let sequence = row.get::<_, i64>(0).ok().and_then(|sequence| u64::try_from(sequence).ok());
    let sequence = sequence.unwrap_or_default();
    let record = record(row).map_err(|_| UnreadableRecord(sequence))?;
    Ok(record.map(|record| Recorded { sequence, record }))
}

fn record(row: &Row<'_>) -> Result<Option<Record>, VisitsError> {
    match name(row, 1)?.unwrap_or_default() {
        PURGED => Ok(None),
        "visit" => Ok(Some(Record::Visit(visit(row)?))),
        "act" | "receipt" => Ok(Some(Record::Act(act(row)?))),
        _ => Err(VisitsError::Newer),
    }
}

/// The places of the content's columns in a row: found by their names they would take as long as all the rest.
fn places() -> [usize; CONTENT.len()] {
    std::array::from_fn(|place| 1 + place)
}

/// One of the program's own words.
fn name<'a>(row: &'a Row<'_>, place: usize) -> Result<Option<&'a str>, VisitsError> {
    row.get_ref(place)?.as_str_or_null().map_err(|_| VisitsError::Unreadable)
}

fn act(row: &Row<'_>) -> Result<Act, VisitsError> {
    let [_, id, at, .., person, deed] = places();
    Ok(Act {
        id: Uuid::from_bytes(row.get(id)?),
        at: timestamp(row.get(at)?)?,
        person: row.get(person)?,
        deed: self::deed(name(row, deed)?.unwrap_or_default())?,
    })
}

/// What was done, as it stands in the column.
pub(super) fn deed(text: &str) -> Result<Deed, VisitsError> {
    serde_json::from_str(text).map_err(|_| VisitsError::Newer)
}

fn visit(row: &Row<'_>) -> Result<Visit, VisitsError> {
    let [_, id, at, environment, entrance, source, decided_by, answers, code, decision, reason, rest @ ..] =
        places();
    let [valid_until, service_ms, first_name, last_name, identity_number, person, said] = rest;
    let of = |place| name(row, place).map(Option::unwrap_or_default);
    let decision = Decision::from_names(of(decision)?, of(reason)?);
    let environment = Environment::from_name(of(environment)?);
    let holder = MaskedHolder {
        first_name: row.get(first_name)?,
        last_name: row.get(last_name)?,
        identity_number: row.get(identity_number)?,
    };
    let said = name(row, said)?.map(serde_json::from_str).transpose().map_err(|_| VisitsError::Newer)?;
    let word = row.get::<_, Option<String>>(person)?.zip(said);
    Ok(Visit {
        id: Uuid::from_bytes(row.get(id)?),
        at: timestamp(row.get(at)?)?,
        environment: environment.ok_or(VisitsError::Newer)?,
        entrance: row.get(entrance)?,
        source: name(row, source)?.and_then(Source::from_name),
        decided_by: name(row, decided_by)?.and_then(DecidedBy::from_name),
        answers: row.get::<_, Option<[u8; 16]>>(answers)?.map(Uuid::from_bytes),
        code: row.get::<_, Option<[u8; 32]>>(code)?.map(CodeHash),
        decision: decision.ok_or(VisitsError::Newer)?,
        valid_until: row.get::<_, Option<i64>>(valid_until)?.map(timestamp).transpose()?,
        service_ms: row.get(service_ms)?,
        holder: (holder != MaskedHolder::default()).then_some(holder),
        word: word.map(|(person, said)| Word { person, said }),
    })
}

/// The first and the last time that can be read, in the database's terms.
pub(super) fn times() -> RangeInclusive<i64> {
    Timestamp::MIN.as_millisecond()..=Timestamp::MAX.as_millisecond()
}

/// A time of the database.
pub(super) fn timestamp(milliseconds: i64) -> Result<Timestamp, VisitsError> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| VisitsError::Unreadable)
}
