//! The test service is asked by each method that the settings use.

use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{VerifyArguments, report};
use crate::code::Code;
use crate::command::conversation::Conversation;
use crate::command::{Exit, credentials, refuse};
use crate::draft::Draft;
use crate::entry::{Decision, Policy, Reason, decide};
use crate::hes::{Answer, LARGEST_BATCH, Method, Query, QueryError, Service};
use crate::kiosk::language::{Argument, Texts, local};
use crate::private;
use crate::settings::{Settings, SettingsFile};

/// The program's version, which a verification belongs to.
pub(super) const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// The decisions that follow from an answer of the contract.
const EXPECTED: [Decision; 5] = [
    Decision::Admit,
    Decision::Refuse(Reason::Risky),
    Decision::Refuse(Reason::CodeNotFound),
    Decision::Refuse(Reason::CodeExpired),
    Decision::Refuse(Reason::NotProtected),
];

/// A code of the test service, and the decision that is expected of it.
struct TestCode {
    code: Code,
    expected: Option<Decision>,
}

/// What came of the question about one code.
pub(super) struct Asked {
    pub(super) code: Code,
    pub(super) answer: Result<Answer, QueryError>,
    pub(super) decision: Decision,
    /// The decision that the file of the codes wants, or the other method led to, where it is another one.
    pub(super) wanted: Option<Decision>,
    pub(super) took: Duration,
}

/// What came of all questions.
pub(super) struct Findings {
    pub(super) method: Method,
    /// What the service said to the question about nobody.
    pub(super) health: Result<(), QueryError>,
    pub(super) health_took: Duration,
    /// One question a code.
    pub(super) single: Vec<Asked>,
    /// One question about all codes.
    pub(super) batch: Vec<Asked>,
}

impl Findings {
    /// Why the verification did not pass; `None` where everything was answered as the contract says, and as it was
    /// expected. What the service did not answer comes first: the rest follows from it.
    pub(super) fn failure(&self, texts: &Texts) -> Option<String> {
        let all = || self.single.iter().chain(&self.batch);
        let unanswered =
            self.health.err().or_else(|| all().find_map(|asked| asked.answer.as_ref().err().copied()));
        if let Some(error) = unanswered {
            return Some(credentials::reason(error, texts));
        }
        if all().any(|asked| asked.wanted.is_some()) {
            return Some(texts.get("verify-unexpected"));
        }
        // Refusals alone show nothing of what a status looks like.
        let have_status = self.single.iter().any(|asked| matches!(asked.answer, Ok(Answer::Status(_))));
        (!have_status).then(|| texts.get("verify-no-status"))
    }
}

/// That a verification passed: with which settings, program, and when.
#[derive(Serialize, Deserialize)]
pub(super) struct Verified {
    pub(super) at: Timestamp,
    program: String,
    settings: String,
}

impl Verified {
    fn place(file: &SettingsFile) -> PathBuf {
        file.state_folder().join("onboarding").join("verified.json")
    }

    /// The verification that passed with these settings and this program, if one did.
    pub(super) fn read(file: &SettingsFile) -> Option<Self> {
        let verified: Self = serde_json::from_slice(&fs::read(Self::place(file)).ok()?).ok()?;
        let is_of_these =
            verified.program == PROGRAM && Some(verified.settings.clone()) == file.tested_digest();
        is_of_these.then_some(verified)
    }

    /// Keeps that a verification passed, or that none did.
    fn keep(verified: Option<&Self>, file: &SettingsFile) -> Result<(), Exit> {
        let path = Self::place(file);
        let kept = match verified {
            Some(verified) => verified.write(&path),
            None => match fs::remove_file(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
                removed => removed,
            },
        };
        kept.map_err(|error| refuse(&format!("{}: {error}", path.display())))
    }

    fn write(&self, path: &Path) -> std::io::Result<()> {
        private::create_folder(path.parent().unwrap_or(Path::new(".")))?;
        let (draft, writing) = Draft::begin(path)?;
        serde_json::to_writer(writing, self)?;
        draft.publish(path)
    }
}

pub(super) fn run(
    file: &SettingsFile,
    texts: &Texts,
    arguments: &VerifyArguments,
) -> Result<(String, Exit), Exit> {
    if !file.path().exists() {
        let path = file.path().display().to_string();
        return Err(refuse(&texts.with("onboarding-not-set-up", &[("path", Argument::Text(&path))])));
    }
    // Whatever the settings choose now, the test service is asked.
    let tested = file.with(&["service"], "environment", "test").and_then(|file| file.settings());
    let settings = tested.map_err(|error| refuse(&error))?;
    let codes = codes(&arguments.codes, texts)?;
    let host = settings.check_in.endpoint.as_ref().map_or_else(String::new, |endpoint| endpoint.url.host());
    Verified::keep(None, file)?;
    let at = Timestamp::now();
    let findings = ask(&settings, &codes)?;

    let path = arguments
        .out
        .clone()
        .unwrap_or_else(|| local(at).strftime("hes-kiosk-test-%Y-%m-%d-%H%M%S.txt").to_string().into());
    let digest = file.tested_digest().unwrap_or_default();
    let failure = findings.failure(texts);
    let head =
        report::Head { settings: &settings, host: &host, digest: &digest, at, failure: failure.as_deref() };
    let text = report::text(&findings, &head, texts);
    Conversation::begin(texts).write_file(&path, &text)?;
    let name = path.display().to_string();
    let file_name = ("file", Argument::Text(&name));
    if let Some(cause) = &failure {
        let said = [file_name, ("cause", Argument::Text(cause))];
        return Ok((texts.with("verify-failed", &said), Exit::Refused));
    }
    let verified = Verified { at, program: PROGRAM.to_owned(), settings: digest };
    Verified::keep(Some(&verified), file)?;
    Ok((texts.with("verify-passed", &[file_name]), Exit::Success))
}

/// Reads the file of the codes, each of which is asked about once. Nothing of a line that is wrong is repeated.
fn codes(path: &Path, texts: &Texts) -> Result<Vec<TestCode>, Exit> {
    let name = path.display().to_string();
    let wrong = |key: &str, (what, argument): (&'static str, Argument<'_>)| {
        refuse(&texts.with(key, &[("file", Argument::Text(&name)), (what, argument)]))
    };
    let text = fs::read_to_string(path).map_err(|error| {
        let key = if error.kind() == ErrorKind::NotFound {
            "verify-codes-missing"
        } else {
            "verify-codes-unreadable"
        };
        wrong(key, ("problem", Argument::Text(&error.to_string())))
    })?;
    let mut seen = HashSet::new();
    let mut codes = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let name = format!("{name}:{}", number + 1);
        let test_code = test_code(line).map_err(|wrong| {
            let (key, word) = match wrong {
                WrongLine::NoCode => ("verify-codes-no-code", ""),
                WrongLine::NoReason(word) => ("verify-codes-no-reason", word),
            };
            let reasons = EXPECTED.map(Decision::reason_name).join(", ");
            let said = [("file", &name), ("word", &word.to_owned()), ("reasons", &reasons)];
            refuse(&texts.with(key, &said.map(|(what, text)| (what, Argument::Text(text)))))
        })?;
        if seen.insert(test_code.code) {
            codes.push(test_code);
        }
    }
    if (1..=LARGEST_BATCH).contains(&codes.len()) {
        Ok(codes)
    } else {
        Err(wrong("verify-codes-number", ("most", Argument::Number(LARGEST_BATCH as u64))))
    }
}

/// What is wrong with a line of the file of the codes.
enum WrongLine<'a> {
    NoCode,
    /// Behind the code stands this word, which is no code itself.
    NoReason(&'a str),
}

/// The code of a line, and the reason behind it.
fn test_code(line: &str) -> Result<TestCode, WrongLine<'_>> {
    if let Ok(code) = Code::parse(line) {
        return Ok(TestCode { code, expected: None });
    }
    let (code, word) = line.rsplit_once(char::is_whitespace).ok_or(WrongLine::NoCode)?;
    let code = Code::parse(code).map_err(|_| WrongLine::NoCode)?;
    let expected = EXPECTED.into_iter().find(|decision| decision.reason_name() == word);
    let is_word = word.chars().all(|letter| letter.is_alphabetic() || letter == '_');
    match expected {
        None if is_word => Err(WrongLine::NoReason(word)),
        None => Err(WrongLine::NoCode),
        expected => Ok(TestCode { code, expected }),
    }
}

/// Asks about nobody, about each code, and about all at once.
fn ask(settings: &Settings, codes: &[TestCode]) -> Result<Findings, Exit> {
    let Some(endpoint) = settings.check_in.endpoint.clone() else {
        return Err(refuse(&"the test service has no address"));
    };
    let query = &settings.check_in.query;
    let policy = &settings.check_in.policy;
    let service = Service::new(endpoint.clone(), query.clone()).map_err(|error| refuse(&error))?;
    let batch_query = Query { timeout: settings.bulk.timeout, ..query.clone() };
    let batch_service = Service::new(endpoint, batch_query).map_err(|error| refuse(&error))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| refuse(&error))?;
    runtime.block_on(async {
        let started = Instant::now();
        let health = service.check_health().await.answer;
        let health_took = started.elapsed();
        let mut single = Vec::new();
        for TestCode { code, expected } in codes {
            let started = Instant::now();
            let answer = service.ask(code).await.answer;
            single.push(asked(*code, answer, *expected, policy, started.elapsed()));
        }
        let all: Vec<Code> = codes.iter().map(|code| code.code).collect();
        let started = Instant::now();
        let answers = match batch_service.ask_batch(&all).await {
            Ok(batch) => batch.answers,
            Err(error) => vec![Err(error.cause); all.len()],
        };
        let took = started.elapsed();
        let both = single.iter().zip(answers);
        let batch =
            both.map(|(one, answer)| asked(one.code, answer, Some(one.decision), policy, took)).collect();
        Ok(Findings { method: query.method, health, health_took, single, batch })
    })
}

fn asked(
    code: Code,
    answer: Result<Answer, QueryError>,
    expected: Option<Decision>,
    policy: &Policy,
    took: Duration,
) -> Asked {
    let decision = decide(&answer, policy, Timestamp::now());
    Asked { code, answer, decision, wanted: expected.filter(|expected| *expected != decision), took }
}
