//! `hes-kiosk log export`.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use uuid::Uuid;

use super::filter::FilterArguments;
use super::{Opened, list};
use crate::bulk::table::{Cell, TableError, Writer};
use crate::code::Source;
use crate::command::{Exit, complain, output, refuse};
use crate::draft::Draft;
use crate::kiosk::language::{Argument, local};
use crate::private;
use crate::settings;
use crate::visits::{
    Act, Config, DecidedBy, Deed, Export, Filter, Page, Reader, Record, Recorded, Visit, VisitsError,
    delete_unfinished,
};

/// After so many records the file is brought to the disk: a kiosk whose visitor waits for the disk must not wait for
/// all that was written here.
const SYNC_INTERVAL: u64 = 10_000;

/// How times are written for people: 2021-08-09 14:30:00.000+03:00.
static TIMES: DateTimePrinter = DateTimePrinter::new().separator(b' ').precision(Some(3));

/// The columns of a visit: the members of `log list --json`.
const COLUMNS: [&str; 18] = [
    "sequence",
    "visit",
    "at",
    "environment",
    "entrance",
    "source",
    "decided_by",
    "answers",
    "decision",
    "reason",
    "valid_until",
    "holder_first_name",
    "holder_last_name",
    "holder_identity_number",
    "service_ms",
    "person",
    "because",
    "second_person",
];

/// Those that acts have besides.
const ACT_COLUMNS: [&str; 2] = ["act", "details"];

/// The column of who did it, or on whose word a decision rests.
const PERSON: usize = 15;

/// Which records are taken out, and where to.
#[derive(Debug, Args)]
pub(in crate::command) struct ExportArguments {
    #[command(flatten)]
    filter: FilterArguments,
    /// What was done with the kiosk and its log, too: starts, stops, deletions, and who asked for what.
    #[arg(long)]
    acts: bool,
    /// The file. It appears whole or not at all, in the place of an earlier one, and is its owner's alone.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// How it is written; where nothing is said, the file's ending tells.
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// UTF-8 with a byte order mark, and commas; local times with their offset.
    Csv,
    /// One JSON object a line, as `log list --json` prints it; UTC.
    Jsonl,
    /// A workbook; further sheets from the 1,048,577th row on; local times with their offset.
    Xlsx,
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
enum ExportError {
    #[error("{}: end the file's name in .csv, .jsonl or .xlsx, or say --format", .0.display())]
    NoFormat(PathBuf),
    #[error("{}: there is something else than a file", .0.display())]
    NoFile(PathBuf),
    #[error("{}: the visit log's own folder and its keys are no place for an export", .0.display())]
    OwnPlace(PathBuf),
    #[error("ended; there is no export")]
    Ended,
    #[error("the export cannot be written: {0}")]
    NotWritable(String),
    #[error(transparent)]
    Visits(#[from] VisitsError),
}

impl From<TableError> for ExportError {
    fn from(error: TableError) -> Self {
        match error {
            TableError::NotWritable(cause) => Self::NotWritable(cause),
            error => Self::NotWritable(error.to_string()),
        }
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        Self::NotWritable(error.to_string())
    }
}

pub(super) fn run(opened: &Opened, arguments: &ExportArguments) -> Exit {
    match export(opened, arguments) {
        Ok(Exported { records, unreadable }) => {
            let file = arguments.out.display().to_string();
            let counts = [("records", Argument::Number(records)), ("file", Argument::Text(&file))];
            let printed = output::print_line(&opened.texts.with("log-exported", &counts));
            if unreadable > 0 {
                let left_out = [("records", Argument::Number(unreadable))];
                complain(&opened.texts.with("log-left-out", &left_out));
                return Exit::Refused;
            }
            printed.unwrap_or(Exit::Success)
        }
        Err(error @ (ExportError::NotWritable(_) | ExportError::Visits(_))) => {
            complain(&error);
            Exit::NotRecorded
        }
        Err(error @ ExportError::Ended) => {
            complain(&error);
            Exit::Interrupted
        }
        Err(error) => refuse(&error),
    }
}

/// What an export came to.
struct Exported {
    /// How many records are in it.
    records: u64,
    /// How many are not, as they cannot be read.
    unreadable: u64,
}

fn export(opened: &Opened, arguments: &ExportArguments) -> Result<Exported, ExportError> {
    let out = &arguments.out;
    let format = match arguments.format {
        Some(format) => format,
        None => Format::of(out).ok_or_else(|| ExportError::NoFormat(out.clone()))?,
    };
    if fs::metadata(out).is_ok_and(|there| !there.is_file()) {
        return Err(ExportError::NoFile(out.clone()));
    }
    if is_own_place(&opened.visits, out) {
        return Err(ExportError::OwnPlace(out.clone()));
    }
    make_place(&opened.visits, out)?;
    // What killed programs left has visits in it, too.
    delete_unfinished(&opened.visits)?;
    let filter = arguments.filter.filter(arguments.acts);
    // Whoever ends it leaves no visits behind in a file that nothing removes.
    let is_ended = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&is_ended))?;
    }
    let (draft, file) = Draft::begin(out)?;
    // Whatever becomes of this program, the log knows of each record that is in a file.
    let begun = Act::now(settings::operator(), Deed::ExportBegun(what(format, &filter)));
    opened.runtime.block_on(opened.store.append_act(begun))?;
    let mut sheet = Sheet::new(format, file, out, arguments.acts)?;
    let mut exported = Exported { records: 0, unreadable: 0 };
    Reader::open(&opened.visits)?.each(&filter, Page::default(), |recorded| {
        if is_ended.load(Ordering::Relaxed) {
            return Err(ExportError::Ended);
        }
        let Ok(recorded) = recorded else {
            exported.unreadable += 1;
            return Ok(());
        };
        exported.records += 1;
        if exported.records.is_multiple_of(SYNC_INTERVAL) {
            draft.sync()?;
        }
        sheet.write(&recorded)
    })?;
    sheet.finish()?;
    // Nobody has the export before the log knows of it.
    let deed = Deed::Exported { records: exported.records, export: what(format, &filter) };
    let act = Act::now(settings::operator(), deed);
    opened.runtime.block_on(opened.store.append_act(act))?;
    draft.publish(out)?;
    Ok(exported)
}

fn what(format: Format, filter: &Filter) -> Export {
    let Filter { since, until, decision, entrance, with_acts } = filter.clone();
    Export { format: format.name().to_owned(), since, until, decision, entrance, with_acts }
}

/// Makes the program's own folder of exports where that is the place.
pub(super) fn make_place(visits: &Config, out: &Path) -> io::Result<()> {
    let (out, exports) = (std::path::absolute(out)?, std::path::absolute(&visits.exports)?);
    match out.parent() {
        Some(folder) if folder.starts_with(exports) => private::create_folder(folder),
        _ => Ok(()),
    }
}

/// Whether a file would take the place of the log, of what belongs to it, or of its keys.
pub(super) fn is_own_place(visits: &Config, out: &Path) -> bool {
    let folder = |path: &Path| {
        let parent = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        parent.unwrap_or(Path::new(".")).canonicalize().ok()
    };
    let is_there = |one: Option<PathBuf>, other: Option<PathBuf>| one.is_some() && one == other;
    // What lies beside the keys begins with their name.
    let is_of_keys = |keys: &Path| {
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        is_there(folder(out), folder(keys)) && name(out).starts_with(&name(keys))
            || is_there(out.canonicalize().ok(), keys.canonicalize().ok())
    };
    is_there(folder(out), folder(&visits.path)) || visits.keys.path().is_some_and(is_of_keys)
}

impl Format {
    fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::value_variants().iter().copied().find(|format| format.name() == extension)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Xlsx => "xlsx",
        }
    }
}

/// An export that is being written.
enum Sheet {
    Table { writer: Writer, width: usize },
    Lines(BufWriter<File>),
}

impl Sheet {
    fn new(format: Format, file: File, out: &Path, with_acts: bool) -> Result<Self, ExportError> {
        let mut writer = match format {
            Format::Jsonl => return Ok(Self::Lines(BufWriter::new(file))),
            Format::Csv => Writer::separated(file)?,
            Format::Xlsx => {
                let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
                Writer::workbook(file, folder.unwrap_or(Path::new(".")))?
            }
        };
        let acts = if with_acts { ACT_COLUMNS.as_slice() } else { &[] };
        let header: Vec<Cell> = COLUMNS.iter().chain(acts).map(|&name| name.into()).collect();
        writer.write(&header)?;
        Ok(Self::Table { writer, width: header.len() })
    }

    fn write(&mut self, recorded: &Recorded) -> Result<(), ExportError> {
        match self {
            Self::Lines(file) => Ok(writeln!(file, "{}", list::json(recorded))?),
            Self::Table { writer, width } => {
                let mut cells = match &recorded.record {
                    Record::Visit(visit) => cells_of_visit(recorded.sequence, visit),
                    Record::Act(act) => cells_of_act(recorded.sequence, act),
                };
                cells.resize(*width, Cell::blank());
                Ok(writer.write(&cells)?)
            }
        }
    }

    /// Brings it to the disk.
    fn finish(self) -> Result<(), ExportError> {
        match self {
            Self::Lines(file) => Ok(file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?),
            Self::Table { writer, .. } => Ok(writer.finish()?),
        }
    }
}

fn cells_of_visit(sequence: u64, visit: &Visit) -> Vec<Cell> {
    let (holder, word) = (visit.holder.as_ref(), visit.word.as_ref());
    vec![
        Cell::Number(sequence as f64),
        id(visit.id),
        time(visit.at),
        visit.environment.name().into(),
        text(Some(&visit.entrance)),
        text(visit.source.map(Source::name)),
        text(visit.decided_by.map(DecidedBy::name)),
        visit.answers.map_or_else(Cell::blank, id),
        visit.decision.name().into(),
        visit.decision.reason_name().into(),
        visit.valid_until.map_or_else(Cell::blank, time),
        text(holder.and_then(|holder| holder.first_name.as_deref())),
        text(holder.and_then(|holder| holder.last_name.as_deref())),
        text(holder.and_then(|holder| holder.identity_number.as_deref())),
        visit.service_ms.map_or_else(Cell::blank, |milliseconds| Cell::Number(milliseconds.into())),
        text(word.map(|word| word.person.as_str())),
        text(word.map(|word| word.said.because.as_str())),
        text(word.and_then(|word| word.said.second_person.as_deref())),
    ]
}

/// An act's members that have no column of their own are its details, as `log list --acts --json` has them.
fn cells_of_act(sequence: u64, act: &Act) -> Vec<Cell> {
    let mut cells = vec![Cell::blank(); COLUMNS.len()];
    cells[0] = Cell::Number(sequence as f64);
    cells[1] = id(act.id);
    cells[2] = time(act.at);
    let mut details = serde_json::to_value(&act.deed).unwrap_or_default();
    let name = details.as_object_mut().and_then(|members| members.remove("act"));
    let name = name.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
    cells[PERSON] = text(act.person.as_deref());
    cells.extend([name.into(), details.to_string().as_str().into()]);
    cells
}

fn text(text: Option<&str>) -> Cell {
    text.map_or_else(Cell::blank, |text| Cell::from(text).harmless())
}

fn id(id: Uuid) -> Cell {
    Cell::from(&*id.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
}

fn time(time: Timestamp) -> Cell {
    TIMES.timestamp_with_offset_to_string(&time, local(time).offset()).as_str().into()
}
