//! `hes-kiosk doctor`: whether this machine has what a kiosk needs, and what to do where it has not.

mod clock;
mod equipment;
mod files;
mod records;
mod service;

use std::path::Path;
use std::slice;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;

use super::{Exit, output, refuse};
use crate::hes::{Method, Place};
use crate::keyring;
use crate::kiosk::language::{Argument, Texts};
use crate::private::{self, Want};
use crate::settings::{
    self, Language, PasswordError, Settings, SettingsError, SettingsFile, doctor_with_credential,
};
use crate::visits::Environment;

/// How the findings are printed.
#[derive(Debug, Default, Args)]
pub(super) struct DoctorArguments {
    /// Print one JSON object a finding: check, result, finding, text.
    #[arg(long)]
    json: bool,
}

/// So long each check may take at most; a log is long, and a service has a limit of its own besides.
const LIMIT: Duration = Duration::from_secs(10);
const LOG_LIMIT: Duration = Duration::from_secs(120);

/// What a finding comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    /// All is well.
    Passed,
    /// The kiosk works, and somebody should know.
    Warned,
    /// The kiosk does not work as it should.
    Failed,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    verdict: Verdict,
    /// What was looked at.
    check: &'static str,
    /// What was found there, as JSON and the text's name have it.
    name: &'static str,
    arguments: Vec<(&'static str, Value)>,
}

/// What stands in a text's place for it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Words(String),
    /// The text of this name.
    Text(String),
}

impl Finding {
    fn new(verdict: Verdict, check: &'static str, name: &'static str) -> Self {
        Self { verdict, check, name, arguments: Vec::new() }
    }

    fn passed(check: &'static str, name: &'static str) -> Self {
        Self::new(Verdict::Passed, check, name)
    }

    fn warned(check: &'static str, name: &'static str) -> Self {
        Self::new(Verdict::Warned, check, name)
    }

    fn failed(check: &'static str, name: &'static str) -> Self {
        Self::new(Verdict::Failed, check, name)
    }

    /// The same, with what stands in its text's place for `name`.
    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, Value::Words(value.to_string())));
        self
    }

    /// The same, with the text of `key` in its text's place for `name`.
    fn with_text(mut self, name: &'static str, key: String) -> Self {
        self.arguments.push((name, Value::Text(key)));
        self
    }

    fn with_path(self, path: &Path) -> Self {
        self.with("path", path.display())
    }

    /// What was found and what to do, in one line.
    fn text(&self, texts: &Texts) -> String {
        let values = self.arguments.iter().map(|(name, value)| match value {
            Value::Words(words) => (*name, words.clone()),
            Value::Text(key) => (*name, texts.get(key)),
        });
        let values: Vec<(&'static str, String)> = values.collect();
        let arguments: Vec<_> = values.iter().map(|(name, value)| (*name, Argument::Text(value))).collect();
        // A terminal obeys control characters, and a line is one line.
        let text = texts.with(&format!("doctor-{}", self.name), &arguments);
        text.replace(char::is_control, " ")
    }

    fn line(&self, texts: &Texts) -> String {
        let verdict = texts.get(match self.verdict {
            Verdict::Passed => "doctor-passed",
            Verdict::Warned => "doctor-warned",
            Verdict::Failed => "doctor-failed",
        });
        format!("{verdict}  {}: {}", texts.get(&format!("doctor-check-{}", self.check)), self.text(texts))
    }

    fn json(&self, texts: &Texts) -> String {
        let json = FindingJson {
            check: self.check,
            result: self.verdict,
            finding: self.name,
            text: self.text(texts),
        };
        serde_json::to_string(&json).unwrap_or_default()
    }
}

/// A finding as `--json` prints it.
#[derive(Serialize)]
struct FindingJson {
    check: &'static str,
    result: Verdict,
    finding: &'static str,
    text: String,
}

/// A check under way, on a thread of its own: what it asks may block for ever.
struct Check {
    name: &'static str,
    findings: Receiver<Vec<Finding>>,
    ends: Instant,
}

impl Check {
    fn begin(
        name: &'static str,
        limit: Duration,
        look: impl FnOnce() -> Vec<Finding> + Send + 'static,
    ) -> Self {
        let (sender, findings) = sync_channel(1);
        let looking = move || {
            // Whoever waited may have given up.
            let _ = sender.send(look());
        };
        // Where the system refuses a thread nothing is ever found.
        let _ = thread::Builder::new().name(name.to_owned()).spawn(looking);
        Self { name, findings, ends: Instant::now() + limit }
    }

    fn end(self) -> Vec<Finding> {
        let left = self.ends.saturating_duration_since(Instant::now());
        let findings = self.findings.recv_timeout(left);
        findings.unwrap_or_else(|_| vec![Finding::failed(self.name, "no-answer")])
    }
}

pub(super) fn run(config: Option<&Path>, arguments: &DoctorArguments) -> Exit {
    examine(config, &mut |finding, texts| {
        let text = if arguments.json { finding.json(texts) } else { finding.line(texts) };
        output::print_line(&text)
    })
}

/// Looks at the service alone, and prints what is found. Tells whether nothing failed.
pub(super) fn look_at_service(file: &SettingsFile, texts: &Texts) -> Result<bool, Exit> {
    let known = file.settings_without_service().map_err(|error| refuse(&error))?;
    let findings = service::look(file, &known);
    for finding in &findings {
        output::print_line(&finding.line(texts)).map_or(Ok(()), Err)?;
    }
    Ok(findings.iter().all(|finding| finding.verdict != Verdict::Failed))
}

/// Looks at everything, and tells each finding as soon as it is known, in their order. Gives the exit status.
fn examine(config: Option<&Path>, tell: &mut dyn FnMut(&Finding, &Texts) -> Option<Exit>) -> Exit {
    let file = match SettingsFile::read(config) {
        Ok(file) => Ok(file),
        Err(SettingsError::NoHome) => return refuse(&SettingsError::NoHome),
        Err(error) => Err(error),
    };
    let language = file.as_ref().ok().and_then(|file| file.first_language().ok());
    let language = language.or_else(|| Settings::language_of(config)).unwrap_or_else(Language::of_session);
    let texts = Texts::for_staff(language);
    keyring::ask_nobody();
    let mut exit = Exit::Success;
    for check in checks(&file) {
        for finding in check.end() {
            if finding.verdict == Verdict::Failed {
                exit = Exit::Refused;
            }
            if let Some(unwritten) = tell(&finding, texts) {
                return unwritten;
            }
        }
    }
    exit
}

/// All checks, begun.
fn checks(file: &Result<SettingsFile, SettingsError>) -> Vec<Check> {
    // A password may be in a keyring that nobody opens: the rest does not wait for it.
    let known = file.as_ref().map_err(Clone::clone).and_then(SettingsFile::settings_without_service);
    let findings = match (file, &known) {
        (Ok(file), Ok(known)) => read(file, known),
        (_, Err(error)) => refused(error),
        (Err(error), Ok(_)) => refused(error),
    };
    let mut checks = vec![
        Check::begin("settings", LIMIT, move || findings),
        Check::begin("display", LIMIT, equipment::display),
    ];
    let (Ok(file), Ok(known)) = (file, known) else {
        checks.extend(without_settings());
        return checks;
    };
    let service_limit = LIMIT + 2 * known.check_in.query.timeout;
    let of_file = |look: fn(&SettingsFile, &Settings) -> Vec<Finding>| {
        let (file, known) = (file.clone(), known.clone());
        move || look(&file, &known)
    };
    let of = |look: fn(&Settings) -> Vec<Finding>| {
        let known = known.clone();
        move || look(&known)
    };
    checks.extend([
        Check::begin("privacy", LIMIT, of(privacy)),
        Check::begin("permissions", LIMIT, of_file(files::permissions)),
        Check::begin("keyring", LIMIT, of_file(files::keyring)),
        Check::begin("service", service_limit, of_file(service::look)),
        Check::begin("camera", LIMIT, of(equipment::camera)),
        Check::begin("reader", LIMIT, of(equipment::serial_reader)),
        Check::begin("sound", LIMIT, of(equipment::sound)),
        Check::begin("disk", LIMIT, of(files::disk)),
        Check::begin("log", LOG_LIMIT, of(records::log)),
        Check::begin("pins", LIMIT, of(records::pins)),
    ]);
    checks
}

/// The checks of what is there whatever the settings say, begun.
fn without_settings() -> Vec<Check> {
    let standard = SettingsFile::standard().and_then(|file| file.settings_without_service());
    let Ok(standard) = standard else { return Vec::new() };
    let begin = |name, look: fn(&Settings) -> Vec<Finding>| {
        let standard = standard.clone();
        Check::begin(name, LIMIT, move || look(&standard))
    };
    // Which camera it would be nobody knows.
    vec![begin("sound", equipment::sound), begin("disk", files::disk)]
}

fn read(file: &SettingsFile, known: &Settings) -> Vec<Finding> {
    let finding = if file.path().exists() {
        Finding::passed("settings", "settings-read")
    } else {
        Finding::warned("settings", "settings-none")
    };
    let finding = finding.with("environment", known.check_in.environment.name());
    let findings = [Some(finding), place(known)].into_iter().flatten();
    findings.map(|finding| finding.with_path(file.path())).collect()
}

/// What the visitor method needs of the site and the settings do not say: without it no code gets an answer.
fn place(settings: &Settings) -> Option<Finding> {
    let (environment, query) = (settings.check_in.environment, &settings.check_in.query);
    if environment == Environment::Manual || query.method != Method::Visitor {
        return None;
    }
    let Place { city, district, address, .. } = &query.place;
    let keys = [("city", city), ("district", district), ("address", address)];
    let missing: Vec<&str> =
        keys.into_iter().filter(|(_, value)| value.is_empty()).map(|(key, _)| key).collect();
    let finding = || Finding::failed("settings", "settings-place-missing").with("keys", missing.join(", "));
    (!missing.is_empty()).then(finding)
}

/// What is wrong with settings or with the password that belongs to them.
fn refused(error: &SettingsError) -> Vec<Finding> {
    let finding = match error {
        SettingsError::NoHome => Finding::failed("settings", "settings-no-home"),
        SettingsError::Unreadable(file) => match files::forbidden(file, Want::Read, slice::from_ref(file)) {
            Some(forbidden) => Finding { check: "settings", ..forbidden },
            None => Finding::failed("settings", "settings-unreadable").with_path(file),
        },
        SettingsError::Wrong { file, line, setting, problem } => {
            let finding = match setting {
                Some(setting) => Finding::failed("settings", "settings-wrong").with("setting", setting),
                None => Finding::failed("settings", "settings-no-toml"),
            };
            finding.with_path(file).with("line", line).with("problem", problem)
        }
        SettingsError::PrivacyMissing { file, environment, .. } => {
            Finding::failed("privacy", "privacy-missing").with_path(file).with("environment", environment)
        }
        SettingsError::ServiceKeyMissing { file, environment, key, .. } => {
            Finding::failed("service", "service-key-missing")
                .with_path(file)
                .with("environment", environment)
                .with("key", key)
        }
        SettingsError::PasswordMissing { environment, .. } => {
            Finding::failed("credentials", "credentials-missing")
                .with("command", doctor_with_credential(*environment))
        }
        SettingsError::Password { problem, .. } => match problem {
            PasswordError::Unusable(path) | PasswordError::Provided(path) => {
                Finding::failed("credentials", "credentials-unreadable").with_path(path)
            }
            PasswordError::Exposed(path) => {
                Finding::failed("credentials", "credentials-exposed").with_path(path)
            }
            // The keyring has a line of its own.
            PasswordError::Keyring => Finding::warned("service", "service-not-asked"),
        },
    };
    vec![finding]
}

fn privacy(settings: &Settings) -> Vec<Finding> {
    vec![match &settings.privacy {
        Some(privacy) => Finding::passed("privacy", "privacy-said").with("controller", &privacy.controller),
        // Where it is needed the settings are refused without it.
        None => Finding::passed("privacy", "privacy-not-needed"),
    }]
}

/// Whom to let do what is forbidden.
fn user() -> String {
    settings::operator().unwrap_or_else(private::user_name)
}
