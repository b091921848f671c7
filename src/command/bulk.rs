//! `hes-kiosk bulk`: everyone in a table.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use signal_hook::consts::SIGINT;
use signal_hook::iterator::Signals;
use tokio::sync::oneshot;

use super::Exit;
use super::output::print_found;
use crate::bulk::{self, Bulk, BulkError, Event, Job, JournalError, Summary, TableError};
use crate::checkin::{self, CheckInError};
use crate::code::Code;
use crate::kiosk::language::{Argument, Texts, local};
use crate::settings::Settings;

/// How often a plain line tells how far it is.
const LINE_INTERVAL: Duration = Duration::from_secs(5);

/// Answers in a file that is older may be of another day.
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);

/// Who is asked about, and where the report goes.
#[derive(Debug, Args)]
pub(super) struct BulkArguments {
    /// The table of people: CSV (comma or semicolon; UTF-8 or Windows-1254) or XLSX (its first sheet), with a
    /// column that is called "HES Kodu" or "HES code".
    #[arg(value_name = "INPUT")]
    input: PathBuf,
    /// The report: the table, with the decisions behind its own columns.
    ///
    /// It appears whole or not at all. OUTPUT.journal beside it keeps what is known of a run that was ended;
    /// the same command continues it.
    #[arg(long, value_name = "OUTPUT", required_unless_present = "list")]
    out: Option<PathBuf>,
    /// Print the different valid codes, one a line, for e-Devlet's bulk form, and ask about nobody.
    #[arg(long, conflicts_with_all = ["out", "results", "hold", "json"])]
    list: bool,
    /// Take the answers from this table instead of asking: that of e-Devlet, with a column of codes and one that is
    /// called "Durum" or "Status".
    #[arg(long, value_name = "FILE")]
    results: Option<PathBuf>,
    /// Refuse these codes at the door, too, while the service does not answer: for 24 hours from when it refused
    /// them, or until a run with this option hears better of them.
    #[arg(long)]
    hold: bool,
    /// Print the summary as one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(config: Option<&Path>, arguments: &BulkArguments) -> Exit {
    let Some(output) = &arguments.out else { return list(&arguments.input) };
    let loaded = match &arguments.results {
        Some(_) => Settings::load_without_service(config),
        None => Settings::load(config),
    };
    let settings = match loaded {
        Ok(settings) => settings,
        Err(error) => return super::refuse(&error),
    };
    let texts = Texts::for_staff(settings.screen.first_language);
    let job = Job { input: &arguments.input, output, hold: arguments.hold };
    if let Some(results) = &arguments.results {
        return report_results(settings.check_in, job, results, arguments.json, texts);
    }
    let bulk = match Bulk::start(settings.check_in, settings.bulk) {
        Ok(bulk) => bulk,
        Err(CheckInError::NoService) => return super::refuse(&texts.get("bulk-no-service")),
        Err(error) => return super::refuse(&error),
    };
    // The next question does not wait until the last answer is in the journal.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return super::refuse(&error),
    };
    let interrupted = match interrupted() {
        Ok(interrupted) => interrupted,
        Err(error) => return super::refuse(&error),
    };
    let mut progress = Progress::new(texts);
    let ended = runtime.block_on(async {
        tokio::select! {
            done = bulk.run(job, |event| progress.show(event)) => Some(done),
            _ = interrupted => None,
        }
    });
    progress.finish();
    match ended {
        None => {
            super::complain(&"interrupted; the same command continues");
            Exit::Interrupted
        }
        Some(done) => tell(done, arguments.json, texts),
    }
}

/// Prints the codes alone; what is no code goes to standard error.
fn list(input: &Path) -> Exit {
    let mut rows_without_code = 0_u64;
    let listed = bulk::list(input, |event| {
        rows_without_code += 1;
        show(event);
    });
    let codes = match listed {
        Ok(codes) => codes,
        Err(error) => return tell_failure(&error),
    };
    if rows_without_code > 0 {
        super::complain(&format!("rows without a valid code: {rows_without_code}"));
    }
    let exit = if rows_without_code > 0 { Exit::Unverified } else { Exit::Success };
    let lines: Vec<&str> = codes.iter().map(Code::reveal).collect();
    if lines.is_empty() {
        super::complain(&"the table has no valid code");
        return exit;
    }
    print_found(&lines.join("\n"), exit)
}

/// Writes the report from answers that are there already.
fn report_results(
    check_in: checkin::Config,
    job: Job<'_>,
    results: &Path,
    is_json: bool,
    texts: &Texts,
) -> Exit {
    warn_of_age(results, texts);
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return super::refuse(&error),
    };
    tell(runtime.block_on(bulk::report_results(check_in, job, results, show)), is_json, texts)
}

/// Says of what day answers are that may not be true any more.
fn warn_of_age(results: &Path, texts: &Texts) {
    // What cannot be read is told where it is read.
    let Ok(changed) = results.metadata().and_then(|file| file.modified()) else { return };
    let is_old = changed.elapsed().is_ok_and(|age| age > FRESH);
    if let (true, Ok(changed)) = (is_old, Timestamp::try_from(changed)) {
        let file = results.display().to_string().replace(char::is_control, "\u{FFFD}");
        let day = local(changed).strftime("%Y-%m-%d").to_string();
        let said = [("file", Argument::Text(&file)), ("day", Argument::Text(&day))];
        super::complain(&texts.with("bulk-results-old", &said));
    }
}

/// Tells what a run came to.
fn tell(done: Result<Summary, BulkError>, is_json: bool, texts: &Texts) -> Exit {
    match done {
        Err(error) => tell_failure(&error),
        Ok(summary) => {
            if summary.rows == 0 {
                super::complain(&"nobody is in the table: it has a header alone");
            }
            let text = if is_json {
                serde_json::to_string(&summary).unwrap_or_default()
            } else {
                words(&summary, texts)
            };
            print_found(&text, exit_of(&summary))
        }
    }
}

fn tell_failure(error: &BulkError) -> Exit {
    super::complain(error);
    exit_of_failure(error)
}

/// Names a row that is not as it has to be.
fn show(event: Event) {
    match event {
        Event::NotACode { line, problem } => super::complain(&format!("line {line}: {problem}")),
        Event::NoAnswer { line, problem } => super::complain(&format!("results, line {line}: {problem}")),
        Event::Known { .. } => {}
    }
}

/// Ends once SIGINT came.
fn interrupted() -> io::Result<oneshot::Receiver<()>> {
    let (sender, interrupted) = oneshot::channel();
    let mut signals = Signals::new([SIGINT])?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        signals.forever().next();
        let _ = sender.send(());
    })?;
    Ok(interrupted)
}

fn exit_of(summary: &Summary) -> Exit {
    match (summary.refuse, summary.unverified) {
        (0, 0) => Exit::Success,
        (0, _) => Exit::Unverified,
        _ => Exit::Refused,
    }
}

fn exit_of_failure(error: &BulkError) -> Exit {
    match error {
        // Whoever runs it again may get a report.
        BulkError::Table(TableError::NotWritable(_) | TableError::Changed)
        | BulkError::Journal(JournalError::Busy | JournalError::Unusable { .. })
        | BulkError::Visits(_) => Exit::NotRecorded,
        BulkError::Table(_)
        | BulkError::Journal(JournalError::Foreign(_))
        | BulkError::SameFile
        | BulkError::NoFile(_)
        | BulkError::OtherFormat
        | BulkError::CredentialsRejected
        | BulkError::WantsProtection => Exit::Usage,
    }
}

fn words(summary: &Summary, texts: &Texts) -> String {
    let mut text = texts.with(
        "bulk-summary",
        &[
            ("rows", Argument::Number(summary.rows)),
            ("admit", Argument::Number(summary.admit)),
            ("refuse", Argument::Number(summary.refuse)),
            ("unverified", Argument::Number(summary.unverified)),
        ],
    );
    for (reason, rows) in &summary.reasons {
        text.push_str(&format!("\n{rows:>8}  {}", texts.get(&format!("reason-{reason}"))));
    }
    text
}

/// How far it is: a bar on a terminal, else a line now and then.
struct Progress {
    texts: &'static Texts,
    bar: Option<ProgressBar>,
    /// When and with how many known codes asking began. What an earlier run knew says nothing of how fast this
    /// one is.
    begun: Option<(Instant, usize)>,
    told: Instant,
}

impl Progress {
    fn new(texts: &'static Texts) -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:20} {wide_msg}");
            let style = style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("#.");
            ProgressBar::no_length().with_style(style)
        });
        Self { texts, bar, begun: None, told: Instant::now() }
    }

    fn show(&mut self, event: Event) {
        let (known, of) = match event {
            Event::NotACode { .. } | Event::NoAnswer { .. } => return show(event),
            Event::Known { known, of } => (known, of),
        };
        let (begun, at_first) = *self.begun.get_or_insert_with(|| (Instant::now(), known));
        let rate = (known - at_first) as f64 / begun.elapsed().as_secs_f64().max(0.001);
        let left = match (of - known, rate) {
            (0, _) => self.texts.get("bulk-done"),
            (_, 0.0) => self.texts.get("bulk-no-answer-yet"),
            (left, rate) => {
                let seconds = (left as f64 / rate).round() as u64;
                self.texts.with("bulk-left", &[("seconds", Argument::Number(seconds))])
            }
        };
        let said = [
            ("known", Argument::Number(known as u64)),
            ("of", Argument::Number(of as u64)),
            ("rate", Argument::Number(rate.round() as u64)),
            ("left", Argument::Text(&left)),
        ];
        let text = self.texts.with("bulk-progress", &said);
        match &self.bar {
            Some(bar) => {
                bar.set_length(of as u64);
                bar.set_message(text);
                bar.set_position(known as u64);
            }
            None if known == of || self.told.elapsed() >= LINE_INTERVAL => {
                self.told = Instant::now();
                super::complain(&text);
            }
            None => {}
        }
    }

    fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
