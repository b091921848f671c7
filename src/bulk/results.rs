//! The answers that somebody brought from e-Devlet, in a table with the columns of codes and statuses, become the same
//! report.

use std::collections::HashMap;
use std::path::Path;

use super::finding::Finding;
use super::table::{Table, TableError};
use super::{BulkError, Event, Everyone, Job, Summary, check_names, digest, hold, report};
use crate::checkin::{self, now};
use crate::code::{Code, NotACode};
use crate::entry::{Cause, Decision, LookedUp, Reason};
use crate::hes::HealthFields;
use crate::private;
use crate::visits::{Store, Use};

/// The words for a status, in small letters without blanks and hyphens, and each Turkish letter as its like.
const WORDS: [(LookedUp, &[&str]); 4] = [
    (LookedUp::Riskless { is_protected: false }, &["riskless", "risksiz", "risklidegil"]),
    (LookedUp::Risky, &["risky", "riskli"]),
    (
        LookedUp::NotFound,
        &["hescodenotfound", "notfound", "bulunamadi", "kodbulunamadi", "heskodubulunamadi"],
    ),
    (
        LookedUp::Expired,
        &["hescodehasbeenexpired", "expired", "suresidolmus", "kodunsuresidolmus", "heskodununsuresidolmus"],
    ),
];

/// Why a row of the results is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// It has no HES code.
    #[error(transparent)]
    NotACode(#[from] NotACode),
    /// Its status is none of those that are known.
    #[error(
        "the status is none that is known (Riskli değil, Riskli, Bulunamadı, Süresi dolmuş; RISKLESS, RISKY)"
    )]
    Unknown,
    /// Another row says something else of the same code.
    #[error("another row says something else of this code")]
    Contradicted,
}

/// Writes the report of a table with what the results say of its codes. Nobody is asked.
///
/// # Errors
/// Why there is no report.
pub async fn report_results(
    check_in: checkin::Config,
    job: Job<'_>,
    results: &Path,
    mut tell: impl FnMut(Event),
) -> Result<Summary, BulkError> {
    check_names(job)?;
    check_names(Job { input: results, ..job })?;
    if check_in.policy.needs_health_fields() {
        return Err(BulkError::WantsProtection);
    }
    let visits = Store::open(check_in.visits, Use::Command)?;
    let table = Table::open(job.input)?;
    if !table.is_named_by(job.output) {
        return Err(BulkError::OtherFormat);
    }
    let digest_before = digest(job.input)?;
    let mut everyone = Everyone::of(&table, &mut tell)?;
    let answers = read(results, &mut tell)?;
    let asked_at = now();
    for (code, finding) in &mut everyone.findings {
        let decision = match answers.get(code) {
            Some(Some(looked_up)) => decision(*looked_up),
            Some(None) => Decision::Unverified(Cause::UnexpectedAnswer),
            None => Decision::Unverified(Cause::NotLookedUp),
        };
        let fields = HealthFields::default();
        *finding = Some(Finding { decision, valid_until: None, fields, asked_at });
    }
    private::create_folder(report::folder(job.output))
        .map_err(|error| TableError::NotWritable(error.to_string()))?;
    let draft = report::Draft::write(&table, &everyone.findings, false, job.output)?;
    if digest_before != digest(job.input)? {
        return Err(TableError::Changed.into());
    }
    let summary = draft.publish(job.output, everyone.codes.len(), 0)?;
    if job.hold {
        hold(&visits, check_in.environment, &everyone).await?;
    }
    visits.purge().await?;
    Ok(summary)
}

/// What the results say of each code; `None` where that is nothing clear.
fn read(path: &Path, tell: &mut impl FnMut(Event)) -> Result<HashMap<Code, Option<LookedUp>>, TableError> {
    let table = Table::open(path)?;
    let status = table.status_column()?;
    let mut answers: HashMap<Code, Option<LookedUp>> = HashMap::new();
    let mut is_header = true;
    table.each_row(|row| {
        if std::mem::take(&mut is_header) {
            return Ok(());
        }
        let mut no_answer = |problem| tell(Event::NoAnswer { line: row.line, problem });
        let word = folded(&row.text(status));
        match table.code(&row) {
            Err(problem) => no_answer(problem.into()),
            Ok(_) if word.is_empty() => {}
            Ok(code) => {
                let answer = looked_up(&word);
                if answer.is_none() {
                    no_answer(NoAnswer::Unknown);
                }
                let earlier = answers.entry(code).or_insert(answer);
                if *earlier != answer {
                    *earlier = None;
                    no_answer(NoAnswer::Contradicted);
                }
            }
        }
        Ok::<(), TableError>(())
    })?;
    Ok(answers)
}

fn looked_up(word: &str) -> Option<LookedUp> {
    WORDS.into_iter().find(|(_, words)| words.contains(&word)).map(|(looked_up, _)| looked_up)
}

/// As the service's same answer is decided at a site that asks for no protection.
fn decision(looked_up: LookedUp) -> Decision {
    match looked_up {
        LookedUp::Riskless { .. } => Decision::Admit,
        LookedUp::Risky => Decision::Refuse(Reason::Risky),
        LookedUp::NotFound => Decision::Refuse(Reason::CodeNotFound),
        LookedUp::Expired => Decision::Refuse(Reason::CodeExpired),
    }
}

/// A word as it is compared.
fn folded(text: &str) -> String {
    let letter = |character: char| match character {
        'İ' | 'I' | 'ı' => Some('i'),
        'Ğ' | 'ğ' => Some('g'),
        'Ş' | 'ş' => Some('s'),
        'Ç' | 'ç' => Some('c'),
        'Ü' | 'ü' => Some('u'),
        'Ö' | 'ö' => Some('o'),
        '-' | '_' | '\u{307}' | '\u{FEFF}' => None,
        other if other.is_whitespace() => None,
        other => Some(other.to_ascii_lowercase()),
    };
    text.chars().filter_map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_known_in_both_languages_and_any_case() {
        let riskless = Some(LookedUp::Riskless { is_protected: false });
        for (text, known) in [
            ("RISKLESS", riskless),
            ("Riskli değil", riskless),
            ("RİSKLİ DEĞİL", riskless),
            ("riskli degil", riskless),
            ("Risksiz", riskless),
            ("RISKY", Some(LookedUp::Risky)),
            ("Riskli", Some(LookedUp::Risky)),
            ("RİSKLİ", Some(LookedUp::Risky)),
            ("Kod bulunamadı", Some(LookedUp::NotFound)),
            ("Süresi dolmuş", Some(LookedUp::Expired)),
            ("riskli değil mi?", None),
            ("0", None),
            ("evet", None),
        ] {
            assert_eq!(looked_up(&folded(text)), known, "{text}");
        }
    }
}
