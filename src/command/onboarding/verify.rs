//! The test service is asked by each method that the settings use.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{VerifyArguments, report};
use crate::code::Code;
use crate::command::conversation::Conversation;
use crate::command::{Exit, refuse};
use crate::draft::Draft;
use crate::entry::{Decision, Policy, decide};
use crate::hes::{Answer, LARGEST_BATCH, Method, Query, QueryError, Service};
use crate::kiosk::language::{Argument, Texts, local};
use crate::private;
use crate::settings::{Settings, SettingsFile};

/// The program's version, which a verification belongs to.
pub(super) const PROGRAM: &str = env!("CARGO_PKG_VERSION");

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
    /// Whether the service told of somebody: refusals alone show nothing of what a status looks like.
    pub(super) fn have_status(&self) -> bool {
        self.single.iter().any(|asked| matches!(asked.answer, Ok(Answer::Status(_))))
    }

    /// Whether everything was answered as the contract says, and as it was expected.
    pub(super) fn passed(&self) -> bool {
        let is_well = |asked: &Asked| asked.answer.is_ok() && asked.wanted.is_none();
        self.health.is_ok() && self.have_status() && self.single.iter().chain(&self.batch).all(is_well)
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
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
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
    // Whatever the settings choose now, the test service is asked.
    let tested = file.with(&["service"], "environment", "test").and_then(|file| file.settings());
    let settings = tested.map_err(|error| refuse(&error))?;
    let codes = codes(&arguments.codes)?;
    let host = settings.check_in.endpoint.as_ref().map_or_else(String::new, |endpoint| endpoint.url.host());
    Verified::keep(None, file)?;
    let at = Timestamp::now();
    let findings = ask(&settings, &codes)?;

    let path = arguments
        .out
        .clone()
        .unwrap_or_else(|| local(at).strftime("hes-kiosk-test-%Y-%m-%d-%H%M%S.txt").to_string().into());
    let digest = file.tested_digest().unwrap_or_default();
    let text = report::text(&findings, &settings, &host, &digest, at, texts);
    Conversation::begin(texts).write_file(&path, &text)?;
    let name = path.display().to_string();
    let written = [("file", Argument::Text(&name))];
    if !findings.passed() {
        return Ok((texts.with("verify-failed", &written), Exit::Refused));
    }
    let verified = Verified { at, program: PROGRAM.to_owned(), settings: digest };
    Verified::keep(Some(&verified), file)?;
    Ok((texts.with("verify-passed", &written), Exit::Success))
}

/// Reads the file of the codes, each of which is asked about once. Nothing of a line that is wrong is repeated.
fn codes(path: &Path) -> Result<Vec<TestCode>, Exit> {
    let name = path.display();
    let text = fs::read_to_string(path).map_err(|error| refuse(&format!("{name}: {error}")))?;
    let mut seen = HashSet::new();
    let mut codes = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let named = |word: &str| Decision::ALL.into_iter().find(|decision| decision.reason_name() == word);
        let (code, expected) = match line.rsplit_once(char::is_whitespace) {
            Some((code, word)) if named(word).is_some() => (code, named(word)),
            _ => (line, None),
        };
        let code = Code::parse(code).map_err(|_| {
            refuse(&format!("{name}:{}: a code is wanted, and the reason that is expected", number + 1))
        })?;
        if seen.insert(code) {
            codes.push(TestCode { code, expected });
        }
    }
    if (1..=LARGEST_BATCH).contains(&codes.len()) {
        Ok(codes)
    } else {
        Err(refuse(&format!("{name}: 1 to {LARGEST_BATCH} codes are wanted")))
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
