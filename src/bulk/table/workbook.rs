//! XLSX: the first sheet of a workbook. Values are carried over; how they are formatted is not, but for times and
//! durations.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{DataRef, Reader as _, Xlsx, XlsxCellFormula};
use rust_xlsxwriter::{ColNum, Format, RowNum, Workbook, Worksheet, XlsxError};

use super::{Cell, Row, TableError};

/// A sheet holds no more.
const MOST_ROWS: RowNum = 1_048_576;

/// How times are shown.
const TIME_FORMAT: &str = "yyyy-mm-dd hh:mm:ss";

/// How times of the day are shown.
const TIME_OF_DAY_FORMAT: &str = "hh:mm:ss";

/// How durations are shown, whose hours are not those of a day.
const DURATION_FORMAT: &str = "[h]:mm:ss";

/// How many days there are between the first days of the two date systems.
const DAYS_TO_1904: f64 = 1462.0;

/// See [`super::Table::each_row`].
pub(super) fn each_row<E: From<TableError>>(
    path: &Path,
    mut take: impl FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    let malformed = || TableError::Malformed(path.to_owned());
    let file = File::open(path).map_err(|source| TableError::Unreadable { path: path.to_owned(), source })?;
    let mut workbook = Xlsx::new(BufReader::new(file)).map_err(|_| malformed())?;
    let sheet = workbook.sheet_names().first().cloned().ok_or_else(malformed)?;
    let is_of_1904 = workbook.has_1904_epoch();
    let mut reader = workbook.worksheet_cells_reader(&sheet).map_err(|_| malformed())?;
    let mut row: Option<Row> = None;
    while let Some(XlsxCellFormula { pos, value, formula, .. }) =
        reader.next_cell_with_formula().map_err(|_| malformed())?
    {
        let Some(value) = self::value(&value, is_of_1904).or(formula.map(unknown)) else { continue };
        let (line, column) = (u64::from(pos.0) + 1, pos.1 as usize);
        if let Some(whole) = row.take_if(|row| row.line != line) {
            take(whole)?;
        }
        let row = row.get_or_insert_with(|| Row { line, cells: Vec::new() });
        if row.cells.len() <= column {
            row.cells.resize(column + 1, Cell::blank());
        }
        row.cells[column] = value;
    }
    row.map_or(Ok(()), take)
}

/// What stands for a formula when nobody has calculated what it comes to, such as one of a program that wrote the
/// workbook without a spreadsheet. A blank cell would hide that something is missing.
fn unknown(formula: String) -> Cell {
    format!("={formula}").as_str().into()
}

/// What is carried of a cell; a formula's is what it came to. `None` where there is nothing.
fn value(value: &DataRef<'_>, is_of_1904: bool) -> Option<Cell> {
    Some(match value {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.as_str().into()
        }
        DataRef::SharedString(text) => (*text).into(),
        DataRef::Bool(flag) => Cell::Flag(*flag),
        DataRef::DateTime(time) if time.is_duration() => Cell::Duration(time.as_f64()),
        // The report is of the default system. A time of the day is the same in both.
        DataRef::DateTime(time) if is_of_1904 && time.as_f64() >= 1.0 => {
            Cell::Time(time.as_f64() + DAYS_TO_1904)
        }
        DataRef::DateTime(time) => Cell::Time(time.as_f64()),
        DataRef::Error(error) => error.to_string().as_str().into(),
        DataRef::Empty => return None,
    })
}

/// A workbook that is being written.
pub(crate) struct Writer {
    workbook: Workbook,
    sheet: Worksheet,
    row: RowNum,
    /// After so many rows there is another sheet.
    most_rows: RowNum,
    /// The first row, which each sheet has.
    header: Vec<Cell>,
    time: Format,
    time_of_day: Format,
    duration: Format,
    file: File,
}

impl Writer {
    /// Rows are put aside in `folder`, which is as private as the report, until the workbook is whole.
    pub(super) fn new(file: File, folder: &Path) -> Result<Self, TableError> {
        let mut workbook = Workbook::new();
        let sheet =
            workbook.set_tempdir(folder).and_then(|workbook| workbook.new_worksheet_with_constant_memory());
        Ok(Self {
            sheet: sheet.map_err(|error| not_writable(&error))?,
            workbook,
            row: 0,
            most_rows: MOST_ROWS,
            header: Vec::new(),
            time: Format::new().set_num_format(TIME_FORMAT),
            time_of_day: Format::new().set_num_format(TIME_OF_DAY_FORMAT),
            duration: Format::new().set_num_format(DURATION_FORMAT),
            file,
        })
    }

    pub(super) fn write(&mut self, cells: &[Cell]) -> Result<(), TableError> {
        if self.header.is_empty() {
            self.header = cells.to_vec();
        } else if self.row == self.most_rows {
            let sheet =
                self.workbook.new_worksheet_with_constant_memory().map_err(|error| not_writable(&error))?;
            self.workbook.push_worksheet(std::mem::replace(&mut self.sheet, sheet));
            self.row = 0;
            let header = self.header.clone();
            self.write_row(&header)?;
        }
        self.write_row(cells)
    }

    fn write_row(&mut self, cells: &[Cell]) -> Result<(), TableError> {
        for (column, cell) in (0..ColNum::MAX).zip(cells) {
            let written = match cell {
                Cell::Text(text) if text.is_empty() => continue,
                Cell::Text(text) => self.sheet.write_string(self.row, column, String::from_utf8_lossy(text)),
                Cell::Number(number) => self.sheet.write_number(self.row, column, *number),
                Cell::Flag(flag) => self.sheet.write_boolean(self.row, column, *flag),
                Cell::Time(days) => {
                    let format = if *days < 1.0 { &self.time_of_day } else { &self.time };
                    self.sheet.write_number_with_format(self.row, column, *days, format)
                }
                Cell::Duration(days) => {
                    self.sheet.write_number_with_format(self.row, column, *days, &self.duration)
                }
            };
            written.map_err(|error| not_writable(&error))?;
        }
        self.row += 1;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), TableError> {
        self.workbook.push_worksheet(self.sheet);
        self.workbook.save_to_writer(&self.file).map_err(|error| not_writable(&error))?;
        self.file.sync_all().map_err(|error| TableError::NotWritable(error.to_string()))
    }
}

fn not_writable(error: &XlsxError) -> TableError {
    TableError::NotWritable(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_sheet_does_not_hold_stands_on_further_ones_under_the_same_header() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("many.xlsx");
        let mut writer = Writer::new(File::create(&path).unwrap(), folder.path()).unwrap();
        writer.most_rows = 3;
        for cell in ["number", "1", "2", "3", "4", "5"] {
            writer.write(&[cell.into()]).unwrap();
        }
        writer.finish().unwrap();
        let mut workbook: Xlsx<_> = calamine::open_workbook(&path).unwrap();
        let sheets: Vec<Vec<String>> = workbook
            .worksheets()
            .iter()
            .map(|(_, sheet)| sheet.rows().map(|row| row[0].to_string()).collect())
            .collect();
        assert_eq!(sheets, [vec!["number", "1", "2"], vec!["number", "3", "4"], vec!["number", "5"]]);
    }
}
