//! Records are taken out of the log into a file.

pub(crate) mod json;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use uuid::Uuid;

use crate::bulk::table::{Cell, TableError, Writer};
use crate::code::Source;
use crate::draft::Draft;
use crate::local_time::local;
use crate::private;
use crate::visits::{
    Act, Config, DecidedBy, Deed, Export, Filter, Page, Reader, Record, Recorded, Visit, VisitsError,
    delete_unfinished,
};

/// After so many records the file is brought to the disk: a kiosk whose visitor waits for the disk must not wait for
/// all that was written here.
const WRITE_BACK_INTERVAL: u64 = 3_000;

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

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// UTF-8 with a byte order mark, and commas; local times with their offset.
    Csv,
    /// One JSON object a line, as `log list --json` prints it; UTC.
    Jsonl,
    /// A workbook; further sheets from the 1,048,577th row on; local times with their offset.
    Xlsx,
}

/// Why there is no export.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ExportError {
    /// Something else has the name.
    #[error("{}: there is a link or something else that is no file", .0.display())]
    NoFile(PathBuf),
    /// The file would take the place of the log, or lie beside it.
    #[error("{}: the visit log's own folder and its keys are no place for an export", .0.display())]
    OwnPlace(PathBuf),
    /// It was told to end.
    #[error("ended; there is no export")]
    Ended,
    /// The file cannot be written.
    #[error("the export cannot be written: {0}")]
    NotWritable(String),
    /// The log cannot be read or written.
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

/// What an export came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// How many records are in it.
    pub records: u64,
    /// How many are not, as they cannot be read.
    pub unreadable: u64,
}

/// What is taken out of the log, and where to.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Which records.
    pub filter: Filter,
    /// How they are written.
    pub format: Format,
    /// The file.
    pub out: PathBuf,
}

/// Takes records out of the log; `note` records who did. Blocks on the disk, and ends early once `is_ended`. The file
/// appears whole or not at all, in the place of an earlier one, and is its owner's alone.
///
/// # Errors
/// Why there is no export.
pub fn export(
    visits: &Config,
    wanted: &Wanted,
    note: impl Fn(Deed) -> Result<(), VisitsError>,
    is_ended: &AtomicBool,
) -> Result<Exported, ExportError> {
    let Wanted { filter, format, out } = wanted;
    if is_taken(out) {
        return Err(ExportError::NoFile(out.clone()));
    }
    if is_own_place(visits, out) {
        return Err(ExportError::OwnPlace(out.clone()));
    }
    make_place(visits, out)?;
    // What killed programs left has visits in it, too.
    delete_unfinished(visits)?;
    let (draft, file) = Draft::begin(out)?;
    // Whatever becomes of this program, the log knows of each record that is in a file.
    note(Deed::ExportBegun(what(*format, filter)))?;
    let mut sheet = Sheet::new(*format, file, out, filter.with_acts)?;
    let mut exported = Exported { records: 0, unreadable: 0 };
    Reader::open(visits)?.each(filter, Page::default(), |recorded| {
        if is_ended.load(Ordering::Relaxed) {
            return Err(ExportError::Ended);
        }
        let Ok(recorded) = recorded else {
            exported.unreadable += 1;
            return Ok(());
        };
        exported.records += 1;
        if exported.records.is_multiple_of(WRITE_BACK_INTERVAL) {
            draft.write_back()?;
        }
        sheet.write(&recorded)
    })?;
    sheet.finish()?;
    // Nobody has the export before the log knows of it.
    note(Deed::Exported { records: exported.records, export: what(*format, filter) })?;
    draft.publish(out)?;
    Ok(exported)
}

fn what(format: Format, filter: &Filter) -> Export {
    let Filter { since, until, decision, entrance, with_acts } = filter.clone();
    Export { format: format.name().to_owned(), since, until, decision, entrance, with_acts }
}

/// Makes the program's own folder of exports where that is the place.
pub(crate) fn make_place(visits: &Config, out: &Path) -> io::Result<()> {
    let (out, exports) = (std::path::absolute(out)?, std::path::absolute(&visits.exports)?);
    match out.parent() {
        Some(folder) if folder.starts_with(exports) => private::create_folder(folder),
        _ => Ok(()),
    }
}

/// Whether something else than a file has the name: a link or a device would be replaced, and nothing be written to it.
pub(crate) fn is_taken(out: &Path) -> bool {
    fs::symlink_metadata(out).is_ok_and(|there| !there.is_file())
}

/// Whether a file would take the place of the log, of what belongs to it, or of its keys.
pub(crate) fn is_own_place(visits: &Config, out: &Path) -> bool {
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
    /// The one that a file's ending tells.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::value_variants().iter().copied().find(|format| format.name() == extension)
    }

    /// Its name, which is the ending of files, too.
    pub fn name(self) -> &'static str {
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
            Self::Lines(file) => Ok(writeln!(file, "{}", json::line(recorded))?),
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
