//! The report: the table again, with what was found out about each row behind its own columns.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use super::table::{Cell, Row, Table, TableError};
use super::{Finding, beside};
use crate::checkin::utc;
use crate::code::Code;
use crate::private;

/// The report's own columns.
const COLUMNS: [&str; 4] = ["decision", "reason", "valid_until", "asked_at"];

/// Those that it has besides where the health fields were asked for; named as on the wire.
const FIELD_COLUMNS: [&str; 4] =
    ["is_vaccinated", "is_immune", "is_test_data_shared", "last_negative_test_date"];

/// What a run came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The table's rows, its header apart.
    pub rows: u64,
    /// The different codes in them.
    pub codes: usize,
    /// Those of which an earlier run knew already.
    pub resumed: usize,
    /// Rows that may enter.
    pub admit: u64,
    /// Rows that are refused.
    pub refuse: u64,
    /// Rows of which nothing is known.
    pub unverified: u64,
    /// How many rows have which reason.
    pub reasons: BTreeMap<&'static str, u64>,
}

/// A report that has not its name yet. What is never given it is removed: it names people.
pub(super) struct Draft {
    path: PathBuf,
    summary: Summary,
}

impl Draft {
    /// Writes the report beside `output`.
    pub(super) fn write(
        table: &Table,
        findings: &HashMap<Code, Option<Finding>>,
        with_fields: bool,
        output: &Path,
    ) -> Result<Self, TableError> {
        let mut draft = Self { path: beside(output, "part"), summary: Summary::default() };
        // One that a killed run left behind may be anybody's to read by now.
        let _ = fs::remove_file(&draft.path);
        let file = private::open_file_itself(&draft.path)
            .map_err(|error| TableError::NotWritable(error.to_string()))?;
        let mut writer = table.writer(file, folder(output))?;
        let mut is_header = true;
        table.each_row(|Row { line, cells }| {
            let own = if std::mem::take(&mut is_header) {
                let fields = if with_fields { FIELD_COLUMNS.as_slice() } else { &[] };
                COLUMNS.iter().chain(fields).map(|&name| name.into()).collect()
            } else {
                let row = Row { line, cells: cells.clone() };
                let finding = match table.code(&row) {
                    Ok(code) => Some(findings.get(&code).copied().flatten().ok_or(TableError::Changed)?),
                    Err(_) => None,
                };
                draft.summary.count(finding.as_ref());
                own_cells(finding.as_ref(), with_fields)
            };
            let mut cells: Vec<Cell> = cells.into_iter().map(Cell::harmless).collect();
            cells.resize(table.width(), Cell::blank());
            cells.extend(own);
            writer.write(&cells)
        })?;
        writer.finish()?;
        Ok(draft)
    }

    /// Gives the report its name, in the place of an earlier one.
    pub(super) fn publish(self, output: &Path, codes: usize, resumed: usize) -> Result<Summary, TableError> {
        fs::rename(&self.path, output)
            .and_then(|()| File::open(folder(output))?.sync_all())
            .map_err(|error| TableError::NotWritable(error.to_string()))?;
        Ok(Summary { codes, resumed, ..self.summary.clone() })
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Under its own name it is not there any more.
        let _ = fs::remove_file(&self.path);
    }
}

impl Summary {
    fn count(&mut self, finding: Option<&Finding>) {
        let (decision, reason) = names(finding);
        self.rows += 1;
        *self.reasons.entry(reason).or_default() += 1;
        *match decision {
            "admit" => &mut self.admit,
            "refuse" => &mut self.refuse,
            _ => &mut self.unverified,
        } += 1;
    }
}

/// The words for the decision and its reason; a row without a code is nobody whom the service could know.
fn names(finding: Option<&Finding>) -> (&'static str, &'static str) {
    finding.map_or(("unverified", "not_a_code"), |finding| {
        (finding.decision.name(), finding.decision.reason_name())
    })
}

fn own_cells(finding: Option<&Finding>, with_fields: bool) -> Vec<Cell> {
    let (decision, reason) = names(finding);
    let time = |time: Option<Timestamp>| time.map_or_else(Cell::blank, |time| utc(time).as_str().into());
    let mut cells = vec![
        decision.into(),
        reason.into(),
        time(finding.and_then(|finding| finding.valid_until)),
        time(finding.map(|finding| finding.asked_at)),
    ];
    if with_fields {
        let fields = finding.map(|finding| finding.fields).unwrap_or_default();
        let flag =
            |flag: Option<bool>| flag.map_or_else(Cell::blank, |flag| flag.to_string().as_str().into());
        cells.extend([
            flag(fields.is_vaccinated),
            flag(fields.is_immune),
            flag(fields.is_test_data_shared),
            time(fields.last_negative_test),
        ]);
    }
    cells
}

/// Where a report of this name lies.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
