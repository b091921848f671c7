//! The report of a verification, fit to be mailed: neither credentials nor whole codes.

use jiff::Timestamp;

use super::verify::{Asked, Findings, PROGRAM};
use crate::checkin::milliseconds;
use crate::command::credentials;
use crate::entry::Decision;
use crate::hes::{Answer, HealthStatus, QueryError};
use crate::kiosk::language::{Argument, Texts, local};
use crate::settings::Settings;

/// What the report begins with.
pub(super) struct Head<'a> {
    pub(super) settings: &'a Settings,
    pub(super) host: &'a str,
    /// What tells the settings from others.
    pub(super) digest: &'a str,
    pub(super) at: Timestamp,
    /// Why the verification did not pass, if it did not.
    pub(super) failure: Option<&'a str>,
}

pub(super) fn text(findings: &Findings, head: &Head<'_>, texts: &Texts) -> String {
    let time = local(head.at).strftime("%Y-%m-%d %H:%M:%S %:z").to_string();
    let facts = [
        ("time", Argument::Text(&time)),
        ("site", Argument::Text(&head.settings.site_name)),
        ("program", Argument::Text(PROGRAM)),
        ("host", Argument::Text(head.host)),
        ("settings", Argument::Text(head.digest)),
    ];
    let result = match head.failure {
        None => texts.get("report-passed"),
        Some(cause) => texts.with("report-failed", &[("cause", Argument::Text(cause))]),
    };
    let mut lines = vec![texts.with("report-head", &facts), result];

    let health = match findings.health {
        Ok(()) => texts.get("report-not-rejected"),
        Err(error) => credentials::reason(error, texts),
    };
    let took = u64::from(milliseconds(findings.health_took));
    let method = findings.method.path();
    let about = |key: &str, method: &str, took: u64| {
        let arguments = [
            ("method", Argument::Text(method)),
            ("milliseconds", Argument::Number(took)),
            ("codes", Argument::Number(findings.single.len() as u64)),
        ];
        texts.with(key, &arguments)
    };
    lines.extend([String::new(), about("report-health", method, took), format!("  {health}")]);

    lines.extend([String::new(), about("report-single", method, 0)]);
    for asked in &findings.single {
        let took = Argument::Number(milliseconds(asked.took).into());
        let took = texts.with("report-took", &[("milliseconds", took)]);
        lines.push(format!("  {}  {}  {took}{}", asked.code, said(asked, texts), differs(asked, texts)));
    }

    let took = findings.batch.first().map_or(0, |asked| milliseconds(asked.took).into());
    lines.extend([String::new(), about("report-batch", findings.method.batch_path(), took)]);
    for asked in &findings.batch {
        lines.push(format!("  {}  {}{}", asked.code, said(asked, texts), differs(asked, texts)));
    }
    lines.extend([String::new(), texts.get("report-foot"), String::new()]);
    lines.join("\n")
}

/// What the service said in its own words, and what follows from it here.
fn said(asked: &Asked, texts: &Texts) -> String {
    let words = match &asked.answer {
        Ok(Answer::Status(status)) => match status.health {
            HealthStatus::Riskless => "RISKLESS",
            HealthStatus::Risky => "RISKY",
        },
        Ok(Answer::NotFound) => "hescodenotfound",
        Ok(Answer::Expired) => "hescodehasbeenexpired",
        Err(QueryError::CredentialsRejected) => "401/403",
        Err(QueryError::RateLimited) => "429",
        Err(QueryError::ServiceFailed) => "5xx",
        Err(QueryError::Unreachable | QueryError::TimedOut | QueryError::UnexpectedAnswer) => "-",
    };
    format!("{words:<21}  {}", decision(asked.decision, texts))
}

/// The decision that was expected, where it is another one.
fn differs(asked: &Asked, texts: &Texts) -> String {
    let Some(wanted) = asked.wanted else { return String::new() };
    let wanted = decision(wanted, texts);
    format!("  {}", texts.with("report-expected", &[("decision", Argument::Text(&wanted))]))
}

fn decision(decision: Decision, texts: &Texts) -> String {
    let reason = decision.reason_name();
    format!("{} ({reason})", texts.get(&format!("reason-{reason}")))
}
