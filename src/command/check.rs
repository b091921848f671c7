//! `hes-kiosk check`: the whole path without the screen.

use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::Exit;
use super::output::{check_line, print_found, utc};
use crate::checkin::{CheckIn, CheckInError, Checked, Outcome, milliseconds};
use crate::code::{Code, Source};
use crate::entry::{Decision, LastDigits};
use crate::export::json::Holder;
use crate::kiosk::language::Texts;
use crate::scan::{self, PictureReader};
use crate::settings::Settings;
use crate::visits::{Use, VisitsError};

/// What is checked.
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// HES codes in any form in which visitors show them; `-` reads them from standard input, one a line.
    ///
    /// Arguments can be seen by other users of the machine: prefer `-`.
    #[arg(value_name = "CODE", conflicts_with = "image")]
    codes: Vec<String>,
    /// Pictures with the QR code of a HES code.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    image: Vec<PathBuf>,
    /// The last three digits of the holder's identity number; where the settings ask for them and they are not
    /// given, nobody is admitted.
    #[arg(long, value_name = "NNN")]
    digits: Option<String>,
    /// Print one JSON object for each check.
    #[arg(long)]
    json: bool,
}

/// One check as `--json` prints it.
#[derive(Serialize)]
struct Line<'a> {
    visit: String,
    at: String,
    code: Option<String>,
    source: Option<&'static str>,
    decision: &'static str,
    reason: &'static str,
    valid_until: Option<String>,
    holder: Option<Holder<'a>>,
    service_ms: Option<u32>,
}

pub(super) fn run(config: Option<&Path>, arguments: &CheckArguments) -> Exit {
    if arguments.codes.is_empty() && arguments.image.is_empty() {
        return super::refuse(
            &"check what? `hes-kiosk check -` reads codes from standard input, --image FILE from pictures",
        );
    }
    let settings = match Settings::load(config) {
        Ok(settings) => settings,
        Err(error) => return super::refuse(&error),
    };
    show_warnings();
    // Parsed here, as the parser of arguments would print what it refuses.
    let digits = match arguments.digits.as_deref().map(LastDigits::parse).transpose() {
        Ok(digits) => digits,
        Err(error) => return super::refuse(&error),
    };
    let asks_identity = settings.check_in.asks_identity || digits.is_some();
    let check_in = match CheckIn::start(settings.check_in, Use::Command) {
        Ok(check_in) => check_in,
        Err(CheckInError::Visits(error)) => {
            super::complain(&error);
            return Exit::NotRecorded;
        }
        Err(CheckInError::NoService) => {
            return super::refuse(&Texts::for_staff(settings.screen.first_language).get("no-service"));
        }
        Err(error @ (CheckInError::Service(_) | CheckInError::Simulator)) => return super::refuse(&error),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return super::refuse(&error),
    };
    let texts = Texts::for_staff(settings.screen.first_language);
    let mut exits = Vec::new();
    for Shown { place, code, source } in shown(arguments) {
        exits.push(match code {
            Err(problem) => super::refuse(&format!("{place}{problem}")),
            Ok(code) => match runtime.block_on(check(&check_in, code, source, asks_identity, digits)) {
                Ok(outcome) => {
                    let text = if arguments.json { json(&outcome) } else { check_line(&outcome, texts) };
                    print_found(&text, exit_of(outcome.decision))
                }
                Err(error) => {
                    super::complain(&format!("{place}{error}"));
                    Exit::NotRecorded
                }
            },
        });
    }
    let gravest = [Exit::NotRecorded, Exit::Usage, Exit::Refused, Exit::Unverified, Exit::Success];
    if exits.is_empty() {
        return super::refuse(&"standard input holds no code");
    }
    gravest.into_iter().find(|exit| exits.contains(exit)).unwrap_or(Exit::Usage)
}

/// Says on standard error why the service gives no answer, which the kiosk writes to its log.
fn show_warnings() {
    let ours = Targets::new().with_target("hes_kiosk", LevelFilter::WARN);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .without_time()
        .with_level(false)
        .with_target(false)
        .with_ansi(false);
    let _ = tracing_subscriber::registry().with(lines).with(ours).try_init();
}

/// The whole check: whoever gives no digits at once gives none.
async fn check(
    check_in: &CheckIn,
    code: Code,
    source: Source,
    asks_identity: bool,
    digits: Option<LastDigits>,
) -> Result<Outcome, VisitsError> {
    match check_in.check(code, source, asks_identity).await? {
        Checked::Recorded(outcome) => Ok(outcome),
        Checked::NeedsIdentity(pending) => check_in.conclude(pending, digits).await,
        Checked::NeedsLookUp(look_up) => Ok(look_up.recorded().clone()),
    }
}

/// What was shown, and where it stood, for messages. Never the text itself.
struct Shown {
    place: String,
    code: Result<Code, String>,
    source: Source,
}

/// Everything that is shown, one after the other, so that a line of standard input is answered before the
/// next is read.
fn shown(arguments: &CheckArguments) -> Box<dyn Iterator<Item = Shown> + '_> {
    if !arguments.image.is_empty() {
        let mut reader = PictureReader::new(scan::program());
        return Box::new(arguments.image.iter().map(move |file| from_image(&mut reader, file)));
    }
    Box::new(arguments.codes.iter().flat_map(|argument| -> Box<dyn Iterator<Item = Shown>> {
        if argument == "-" {
            let lines = io::stdin().lock().split(b'\n').enumerate();
            return Box::new(lines.filter_map(|(index, line)| from_line(index + 1, line)));
        }
        Box::new(std::iter::once(Shown {
            place: String::new(),
            code: parse(argument),
            source: Source::Typed,
        }))
    }))
}

fn from_line(number: usize, line: io::Result<Vec<u8>>) -> Option<Shown> {
    let code = match line {
        Err(error) => Err(format!("standard input: {error}")),
        // What is not UTF-8 is no code, like other lines that are none.
        Ok(line) => match String::from_utf8_lossy(&line) {
            text if text.trim().is_empty() => return None,
            text => parse(&text),
        },
    };
    Some(Shown { place: format!("line {number}: "), code, source: Source::Typed })
}

fn parse(text: &str) -> Result<Code, String> {
    Code::parse(text).map_err(|problem| problem.to_string())
}

fn from_image(reader: &mut PictureReader, file: &Path) -> Shown {
    let place = format!("{}: ", file.display());
    let code = match reader.read(file) {
        Err(error) => Err(error.to_string()),
        Ok(reading) => {
            let mut codes: Vec<Code> =
                reading.found.iter().filter_map(|decoded| Code::parse(&decoded.text).ok()).collect();
            codes.sort_by(|one, other| one.reveal().cmp(other.reveal()));
            codes.dedup();
            match codes.as_slice() {
                [code] => Ok(*code),
                [] => Err("the picture shows no HES code".to_owned()),
                [_, _, ..] => Err("the picture shows several HES codes".to_owned()),
            }
        }
    };
    Shown { place, code, source: Source::Image }
}

fn exit_of(decision: Decision) -> Exit {
    match decision {
        Decision::Admit | Decision::AdmitByDesk => Exit::Success,
        Decision::Refuse(_) => Exit::Refused,
        // The command asks, and checks nobody out.
        Decision::Unverified(_) | Decision::CheckOut => Exit::Unverified,
    }
}

fn json(outcome: &Outcome) -> String {
    let line = Line {
        visit: outcome.visit.to_string(),
        at: utc(outcome.at),
        code: outcome.code.map(|code| code.to_string()),
        source: outcome.source.map(Source::name),
        decision: outcome.decision.name(),
        reason: outcome.decision.reason_name(),
        valid_until: outcome.valid_until.map(utc),
        holder: outcome.holder.as_ref().map(Holder::of),
        service_ms: outcome.service_time.map(milliseconds),
    };
    serde_json::to_string(&line).unwrap_or_default()
}
