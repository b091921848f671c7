//! How commands write times, holders and visits.

use std::io::{self, Write};

use jiff::Timestamp;
use uuid::Uuid;

use super::Exit;
use crate::checkin::Outcome;
pub(super) use crate::checkin::utc;
use crate::entry::Decision;
use crate::hes::MaskedHolder;
use crate::kiosk::language::{Argument, Texts, local};
use crate::settings::Language;
use crate::visits::{Act, Deed, Record, Recorded, Word, source_name};

/// A language as the attributes of an HTML element: what it is, and the way in which it is read.
pub(super) fn html_language(language: Language) -> String {
    let direction = if language == Language::Arabic { " dir=\"rtl\"" } else { "" };
    format!("lang=\"{}\"{direction}", language.name())
}

/// A check for a person.
pub(super) fn check_line(outcome: &Outcome, texts: &Texts) -> String {
    let code = outcome.code.map_or_else(String::new, |code| code.to_string());
    let decision = decision(outcome.decision, texts);
    let mut line = format!("{}  {code}  {decision}", local(outcome.at).strftime("%H:%M:%S"));
    if let Some(holder) = &outcome.holder {
        line.push_str(&holder_words(holder));
    }
    line
}

/// A record for a person: local time with its offset.
pub(super) fn log_line(recorded: &Recorded, texts: &Texts) -> String {
    let visit = match &recorded.record {
        Record::Visit(visit) => visit,
        Record::Act(act) => return act_line(recorded.sequence, act, texts),
    };
    let mut line = format!(
        "{:>6}  {}  {}  {}  {}  {}",
        recorded.sequence,
        local(visit.at).strftime("%Y-%m-%d %H:%M:%S %:z"),
        visit.environment.name(),
        visit.entrance,
        texts.get(&format!("source-{}", source_name(visit.source, visit.word.is_some()))),
        decision(visit.decision, texts),
    );
    if let Some(answered) = visit.answers.and_then(begun) {
        let time = local(answered).strftime("%H:%M:%S").to_string();
        line.push_str(&format!("  {}", texts.with("log-answers", &[("time", Argument::Text(&time))])));
    }
    if let Some(holder) = &visit.holder {
        line.push_str(&holder_words(holder));
    }
    if let Some(Word { person, said }) = &visit.word {
        let persons = [Some(person), said.second_person.as_ref()].into_iter().flatten();
        let persons = persons.map(String::as_str).collect::<Vec<_>>().join(", ");
        line.push_str(&format!("  {persons}: {}", said.because));
    }
    line
}

/// When a record was made, which is in its name.
fn begun(record: Uuid) -> Option<Timestamp> {
    let (seconds, nanoseconds) = record.get_timestamp()?.to_unix();
    Timestamp::new(seconds.try_into().ok()?, nanoseconds.try_into().ok()?).ok()
}

/// An act for a person, in the same columns.
fn act_line(sequence: u64, act: &Act, texts: &Texts) -> String {
    let numbers = |name, number| (name, Argument::Number(number));
    let with_role = |name: &str, role: &str| format!("{name} ({})", texts.get(&format!("role-{role}")));
    let (pin_set, changed);
    let (key, gone, found, said) = match &act.deed {
        Deed::Started { settings } => ("act-started", None, 0, settings.as_str()),
        Deed::Stopped => ("act-stopped", None, 0, ""),
        Deed::OutOfService { cause, .. } => ("act-out-of-service", None, 0, cause.as_str()),
        Deed::Found { records } => ("act-found", None, *records, ""),
        Deed::PinSet { name, role } => {
            pin_set = with_role(name, role);
            ("act-pin-set", None, 0, pin_set.as_str())
        }
        Deed::People { .. } => ("act-people", None, 0, ""),
        Deed::PinRemoved { name } => ("act-pin-removed", None, 0, name.as_str()),
        Deed::PinFailed { wrong } => ("act-pin-failed", None, u64::from(*wrong), ""),
        Deed::PinEntered => ("act-pin-entered", None, 0, ""),
        Deed::InsideListed { records } => ("act-inside-listed", None, *records, ""),
        Deed::SettingsChanged { keys } => {
            changed = keys.join(", ");
            ("act-settings-changed", None, 0, changed.as_str())
        }
        Deed::ExportBegun(export) => ("act-export-begun", None, 0, export.format.as_str()),
        Deed::Exported { records, export } => ("act-exported", None, *records, export.format.as_str()),
        Deed::FilesDeleted { files, .. } => ("act-files-deleted", None, *files, ""),
        Deed::BackedUp { records, .. } => ("act-backed-up", None, *records, ""),
        Deed::Restored { file, erased_again: Some(records), .. } => {
            ("act-restored", None, *records, file.as_deref().unwrap_or("-"))
        }
        Deed::Restored { file, .. } => ("act-restored-unknown", None, 0, file.as_deref().unwrap_or("-")),
        Deed::Missing { seal: None } => ("act-missing", None, 0, ""),
        Deed::Missing { seal: Some(seal) } => ("act-missing-behind", None, 0, seal.as_str()),
        Deed::SetAside { file } => ("act-set-aside", None, 0, file.as_str()),
        Deed::KeysRotated => ("act-keys-rotated", None, 0, ""),
        Deed::Purged { gone, .. } => ("act-purged", Some(gone), 0, ""),
        Deed::Erased { reason, gone } => ("act-erased", Some(gone), 0, reason.as_str()),
        Deed::SealBegun(gone) => ("act-seal-begun", Some(gone), 0, ""),
    };
    let records = gone.map_or(found, |gone| gone.records);
    let said = texts.with(key, &[numbers("records", records), ("said", Argument::Text(said))]);
    let clock = |at| local(at).strftime("%Y-%m-%d %H:%M:%S %:z");
    let range = match &act.deed {
        Deed::Purged { gone, .. } => gone.from.zip(gone.to),
        _ => None,
    };
    let range = range.map_or_else(String::new, |(from, to)| format!("  [{} – {}]", clock(from), clock(to)));
    let time = clock(act.at);
    let person = act.person.as_deref().map_or_else(String::new, |person| format!("  ({person})"));
    format!("{sequence:>6}  {time}  {said}{range}{person}")
}

/// Prints a line; gives the exit status where it could not be.
pub(super) fn print_line(text: &str) -> Option<Exit> {
    writeln!(io::stdout().lock(), "{text}").err().map(|error| end_of_output(&error))
}

/// Prints what a command found, which is its exit status, too; that of an output that could not be written where there is
/// nothing else to tell.
pub(super) fn print_found(text: &str, exit: Exit) -> Exit {
    match print_line(text) {
        Some(unwritten) if exit == Exit::Success => unwritten,
        _ => exit,
    }
}

/// Whoever stopped reading has seen enough; an output that could not be written is not complete.
pub(super) fn end_of_output(error: &io::Error) -> Exit {
    if error.kind() == io::ErrorKind::BrokenPipe { Exit::Success } else { super::refuse(error) }
}

fn decision(decision: Decision, texts: &Texts) -> String {
    let title = texts.get(match decision {
        Decision::Admit | Decision::AdmitByDesk => "admit-title",
        Decision::Refuse(_) => "refuse-title",
        Decision::Unverified(_) => "unverified-title",
        Decision::CheckOut => "check-out-title",
    });
    format!("{title} ({})", texts.get(&format!("reason-{}", decision.reason_name())))
}

fn holder_words(holder: &MaskedHolder) -> String {
    let parts = [&holder.first_name, &holder.last_name, &holder.identity_number];
    parts.into_iter().flatten().fold(String::new(), |words, part| words + "  " + part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visits::{DecidedBy, Environment, Visit};

    #[test]
    fn a_word_on_a_visit_tells_the_time_of_that_visit() {
        let waited: Timestamp = "2021-08-09T11:58:07Z".parse().unwrap();
        let time = uuid::Timestamp::from_unix(uuid::NoContext, waited.as_second().unsigned_abs(), 0);
        let word = Visit {
            id: Uuid::now_v7(),
            at: "2021-08-09T12:00:00Z".parse().unwrap(),
            environment: Environment::Manual,
            entrance: "Kapı".to_owned(),
            source: None,
            decided_by: Some(DecidedBy::Desk),
            answers: Some(Uuid::new_v7(time)),
            code: None,
            decision: Decision::AdmitByDesk,
            valid_until: None,
            service_ms: None,
            holder: None,
            word: None,
        };
        let recorded = Recorded { sequence: 7, record: Record::Visit(word) };
        let line = log_line(&recorded, Texts::for_staff(Language::Turkish));
        let told = local(waited).strftime("%H:%M:%S");
        assert!(line.ends_with(&format!("  ({told} kaydı için)")), "{line}");
    }
}
