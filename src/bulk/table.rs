//! The table of people that comes in, and goes out again with columns of the program's own behind its own.
//!
//! A table is read row by row and never held: once for its codes, once more when the report is written.

mod separated;
mod shape;
mod workbook;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use encoding_rs::WINDOWS_1254;

use crate::code::{Code, NotACode};

/// What the code's column may be called, in small letters and without blanks, hyphens and underscores.
const CODE_HEADERS: [&str; 5] = ["heskodu", "heskod", "hescode", "kod", "code"];

/// What the column of statuses may be called, in the same way.
const STATUS_HEADERS: [&str; 8] =
    ["durum", "durumu", "status", "sonuç", "riskdurumu", "hesdurumu", "heskodudurumu", "currenthealthstatus"];

/// With what a workbook begins: it is a ZIP archive.
const ZIP_START: [u8; 4] = *b"PK\x03\x04";

/// With what a UTF-8 file may begin, so that Excel takes it for one.
const BYTE_ORDER_MARK: [u8; 3] = *b"\xEF\xBB\xBF";

/// With what a spreadsheet takes a text for a formula, or for the end of a cell; some take the full-width forms, too.
const FORMULAS: [&str; 11] = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"];

/// A table whose header names the column of the codes.
#[derive(Debug)]
pub(super) struct Table {
    path: PathBuf,
    format: Format,
    code_column: usize,
    /// Those that are called as that of statuses.
    status_columns: Vec<usize>,
    /// The number of cells of its widest row.
    width: usize,
}

/// How a table is written.
#[derive(Debug, Clone)]
enum Format {
    /// CSV, in whichever encoding: cells are bytes.
    Separated(separated::Dialect),
    /// XLSX; the first sheet is the table.
    Workbook,
}

/// One row, and where it stands for whoever opens the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// Counted from 1.
    pub(super) line: u64,
    pub(super) cells: Vec<Cell>,
}

impl Row {
    /// What the cell in a column says, for a comparison.
    pub(super) fn text(&self, column: usize) -> String {
        self.cells.get(column).map_or_else(String::new, text)
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Text as it stands in the file, UTF-8 or Windows-1254.
    Text(Vec<u8>),
    Number(f64),
    Flag(bool),
    /// A time as spreadsheets count it by default: in days, the first of which is that of 1900. Less than one day
    /// is a time of the day.
    Time(f64),
    /// In days.
    Duration(f64),
}

/// Why a table cannot be read or written. Carries nothing of its cells.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file cannot be read.
    #[error("{}: the table cannot be read: {source}", path.display())]
    Unreadable {
        /// The table.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is no whole CSV or XLSX.
    #[error("{}: this is no CSV or XLSX file, or a damaged one", .0.display())]
    Malformed(PathBuf),
    /// A quote of a CSV file is not closed as it has to be.
    #[error(
        "{}: line {line}: the quote that opens here is never closed, or the cell goes on behind the one that closes it",
        path.display()
    )]
    OpenQuote {
        /// The table.
        path: PathBuf,
        /// Where the quote opens.
        line: u64,
    },
    /// No column is called as that of the codes.
    #[error("{}: no column is called \"HES Kodu\" or \"HES code\" (or Kod, Code)", .0.display())]
    NoCodeColumn(PathBuf),
    /// More than one column is.
    #[error("{}: {count} columns are called as that of the codes; only one may be", path.display())]
    SeveralCodeColumns {
        /// The table.
        path: PathBuf,
        /// How many.
        count: usize,
    },
    /// Not exactly one column is called as that of statuses.
    #[error("{}: one column has to be called \"Durum\" or \"Status\" (or Sonuç, Risk durumu)", .0.display())]
    NoStatusColumn(PathBuf),
    /// The table was changed while everyone in it was asked about.
    #[error("the table was changed meanwhile: run the command again")]
    Changed,
    /// The report cannot be written.
    #[error("the report cannot be written: {0}")]
    NotWritable(String),
}

impl Table {
    /// Looks at a table: its format, its header and its width.
    ///
    /// # Errors
    /// It cannot be read, or its header does not name one column of codes.
    pub(super) fn open(path: &Path) -> Result<Self, TableError> {
        let unreadable = |source| TableError::Unreadable { path: path.to_owned(), source };
        let mut start = Vec::new();
        File::open(path).and_then(|file| file.take(4).read_to_end(&mut start)).map_err(unreadable)?;
        let format = if start == ZIP_START {
            Format::Workbook
        } else {
            Format::Separated(separated::dialect(path, |header| !columns(header, &CODE_HEADERS).is_empty())?)
        };
        let mut table =
            Self { path: path.to_owned(), format, code_column: 0, status_columns: Vec::new(), width: 0 };
        let (mut header, mut width) = (None, 0);
        table.each_row(|row| {
            width = width.max(row.cells.len());
            header.get_or_insert(row);
            Ok::<(), TableError>(())
        })?;
        let header = header.map_or_else(Vec::new, |header: Row| header.cells);
        table.width = width;
        table.status_columns = columns(&header, &STATUS_HEADERS);
        table.code_column = match columns(&header, &CODE_HEADERS).as_slice() {
            [column] => *column,
            [] => return Err(TableError::NoCodeColumn(path.to_owned())),
            several => {
                return Err(TableError::SeveralCodeColumns { path: path.to_owned(), count: several.len() });
            }
        };
        if let Format::Separated(dialect) = &table.format
            && let Some(line) = dialect.shape.open_quote
        {
            return Err(TableError::OpenQuote { path: path.to_owned(), line });
        }
        Ok(table)
    }

    /// Whether a file of this name would be taken for a table of this format.
    pub(super) fn is_named_by(&self, path: &Path) -> bool {
        let is_workbook = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
        is_workbook == matches!(self.format, Format::Workbook)
    }

    /// The number of cells of its widest row.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Calls `take` for each row, the header first. Rows of blank cells are left out: nobody is in them.
    pub(super) fn each_row<E: From<TableError>>(
        &self,
        mut take: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let take = |row: Row| if row.cells.iter().all(Cell::is_blank) { Ok(()) } else { take(row) };
        match &self.format {
            Format::Separated(dialect) => separated::each_row(&self.path, dialect, take),
            Format::Workbook => workbook::each_row(&self.path, take),
        }
    }

    /// The code of a row.
    pub(super) fn code(&self, row: &Row) -> Result<Code, NotACode> {
        row.cells.get(self.code_column).map_or(Err(NotACode::Empty), |cell| Code::parse(&text(cell)))
    }

    /// The column of the statuses, where there is exactly one.
    pub(super) fn status_column(&self) -> Result<usize, TableError> {
        match self.status_columns.as_slice() {
            [column] => Ok(*column),
            _ => Err(TableError::NoStatusColumn(self.path.clone())),
        }
    }

    /// Begins a table of the same format in `file`; `folder` takes what has to be put aside meanwhile.
    pub(super) fn writer(&self, file: File, folder: &Path) -> Result<Writer, TableError> {
        Ok(match &self.format {
            Format::Separated(dialect) => Writer::Separated(Box::new(separated::Writer::new(file, dialect)?)),
            Format::Workbook => Writer::Workbook(Box::new(workbook::Writer::new(file, folder)?)),
        })
    }
}

/// A table that is being written.
pub(crate) enum Writer {
    Separated(Box<separated::Writer>),
    Workbook(Box<workbook::Writer>),
}

impl Writer {
    /// Begins a CSV file as Excel saves it.
    pub(crate) fn separated(file: File) -> Result<Self, TableError> {
        Ok(Self::Separated(Box::new(separated::Writer::of_excel(file)?)))
    }

    /// Begins a workbook; `folder` takes what has to be put aside meanwhile.
    pub(crate) fn workbook(file: File, folder: &Path) -> Result<Self, TableError> {
        Ok(Self::Workbook(Box::new(workbook::Writer::new(file, folder)?)))
    }

    /// Appends a row.
    pub(crate) fn write(&mut self, cells: &[Cell]) -> Result<(), TableError> {
        match self {
            Self::Separated(writer) => writer.write(cells),
            Self::Workbook(writer) => writer.write(cells),
        }
    }

    /// Brings the table to the disk.
    pub(crate) fn finish(self) -> Result<(), TableError> {
        match self {
            Self::Separated(writer) => writer.finish(),
            Self::Workbook(writer) => writer.finish(),
        }
    }
}

impl Cell {
    /// A cell without anything.
    pub(crate) fn blank() -> Self {
        Self::Text(Vec::new())
    }

    /// Whether nobody sees anything in it.
    fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim_ascii().is_empty())
    }

    /// The cell such that no spreadsheet takes it for a formula; a `'` in front makes it text. Workbooks tell
    /// text from formulas by themselves, until somebody saves them as CSV.
    pub(crate) fn harmless(self) -> Self {
        match self {
            Self::Text(mut text) if FORMULAS.iter().any(|begin| text.starts_with(begin.as_bytes())) => {
                text.insert(0, b'\'');
                Self::Text(text)
            }
            other => other,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.as_bytes().to_vec())
    }
}

/// What a cell says, for a comparison.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => WINDOWS_1254.decode_without_bom_handling(bytes).0.into_owned(),
        },
        // A code may happen to have digits alone.
        Cell::Number(number) => number.to_string(),
        Cell::Flag(_) | Cell::Time(_) | Cell::Duration(_) => String::new(),
    }
}

/// Which columns the header calls by one of these names.
fn columns(header: &[Cell], names: &[&str]) -> Vec<usize> {
    let is_named = |cell: &Cell| {
        let name: String = text(cell)
            .chars()
            .filter(|character| !character.is_whitespace() && !"_-\u{307}\u{FEFF}".contains(*character))
            .map(|character| match character {
                'İ' => 'i',
                'Ç' => 'ç',
                other => other.to_ascii_lowercase(),
            })
            .collect();
        names.contains(&name.as_str())
    };
    header.iter().enumerate().filter(|(_, cell)| is_named(cell)).map(|(column, _)| column).collect()
}

#[cfg(test)]
mod tests;
