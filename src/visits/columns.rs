//! A record as the database has it.

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::Value;
use uuid::Uuid;

use super::VisitsError;
use super::keys::CodeHash;
use super::record::{Act, DecidedBy, Deed, Environment, Record, Recorded, Visit};
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
        Value::Null,
        Value::Null,
    ]
}

fn values_of_act(act: &Act) -> [Value; CONTENT.len()] {
    let kind = if act.deed.is_receipt() { "receipt" } else { "act" };
    let mut values = [const { Value::Null }; CONTENT.len()];
    values[0] = Value::from(kind.to_owned());
    values[1] = id(act.id);
    values[2] = milliseconds(act.at);
    values[16] = Value::from(act.person.clone());
    // What is serialised has no map with keys that are not texts, the only thing that could fail.
    values[17] = Value::from(serde_json::to_string(&act.deed).unwrap_or_default());
    values
}

fn id(id: Uuid) -> Value {
    Value::from(id.into_bytes().to_vec())
}

fn milliseconds(time: Timestamp) -> Value {
    Value::from(time.as_millisecond())
}

/// The record in a row of all columns; none where its content was deleted.
pub(super) fn recorded(row: &Row<'_>) -> Result<Option<Recorded>, VisitsError> {
    let sequence = u64::try_from(row.get::<_, i64>("sequence")?).map_err(|_| VisitsError::Unreadable)?;
    let record = match row.get::<_, String>("kind")?.as_str() {
        PURGED => return Ok(None),
        "visit" => Record::Visit(visit(row)?),
        "act" | "receipt" => Record::Act(act(row)?),
        _ => return Err(VisitsError::Newer),
    };
    Ok(Some(Recorded { sequence, record }))
}

fn act(row: &Row<'_>) -> Result<Act, VisitsError> {
    Ok(Act {
        id: Uuid::from_bytes(row.get("id")?),
        at: timestamp(row.get("at")?)?,
        person: row.get("person")?,
        deed: deed(&row.get::<_, String>("deed")?)?,
    })
}

/// What was done, as it stands in the column.
pub(super) fn deed(text: &str) -> Result<Deed, VisitsError> {
    serde_json::from_str(text).map_err(|_| VisitsError::Newer)
}

fn visit(row: &Row<'_>) -> Result<Visit, VisitsError> {
    let name = |column| row.get::<_, String>(column);
    let decision = Decision::from_names(&name("decision")?, &name("reason")?);
    let environment = Environment::from_name(&name("environment")?);
    let holder = MaskedHolder {
        first_name: row.get("holder_first_name")?,
        last_name: row.get("holder_last_name")?,
        identity_number: row.get("holder_identity_number")?,
    };
    Ok(Visit {
        id: Uuid::from_bytes(row.get("id")?),
        at: timestamp(row.get("at")?)?,
        environment: environment.ok_or(VisitsError::Newer)?,
        entrance: row.get("entrance")?,
        source: row.get::<_, Option<String>>("source")?.and_then(|name| Source::from_name(&name)),
        decided_by: row.get::<_, Option<String>>("decided_by")?.and_then(|name| DecidedBy::from_name(&name)),
        answers: row.get::<_, Option<[u8; 16]>>("answers")?.map(Uuid::from_bytes),
        code: row.get::<_, Option<[u8; 32]>>("code_hash")?.map(CodeHash),
        decision: decision.ok_or(VisitsError::Newer)?,
        valid_until: row.get::<_, Option<i64>>("valid_until")?.map(timestamp).transpose()?,
        service_ms: row.get("service_ms")?,
        holder: (holder != MaskedHolder::default()).then_some(holder),
    })
}

/// A time of the database.
pub(super) fn timestamp(milliseconds: i64) -> Result<Timestamp, VisitsError> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| VisitsError::Unreadable)
}
