//! The journal of a run: what is known of which code, by its keyed hash, so that a run that was ended is
//! continued and asks about nobody twice.
//!
//! A line is a checksum and what it is of. The first tells for which table and settings the journal is; each
//! other one is a batch. A line that is not whole ends it.

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Finding;
use crate::entry::Decision;
use crate::hes::HealthFields;
use crate::private;
use crate::visits::CodeHash;

/// What was found out longer ago is asked anew.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// The open journal. Only one run at a time has it.
pub(super) struct Journal {
    file: File,
    path: PathBuf,
}

/// Why the journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Another run writes the same report.
    #[error("another run is writing this report")]
    Busy,
    /// The file cannot be read or written.
    #[error("the journal {} cannot be read or written: {source}", path.display())]
    Unusable {
        /// The journal.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// One code of a batch, as it stands in the journal.
#[derive(Serialize, Deserialize)]
struct Line {
    code: String,
    decision: String,
    reason: String,
    valid_until: Option<Timestamp>,
    asked_at: Timestamp,
    vaccinated: Option<bool>,
    immune: Option<bool>,
    test_data_shared: Option<bool>,
    negative_test: Option<Timestamp>,
}

impl Journal {
    /// Opens the journal, and gives what is known from an earlier run of the same `binding`.
    pub(super) fn open(
        path: &Path,
        binding: &str,
        now: Timestamp,
    ) -> Result<(Self, HashMap<CodeHash, Finding>), JournalError> {
        let unusable = |source| JournalError::Unusable { path: path.to_owned(), source };
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file =
            private::create_folder(folder).and_then(|()| private::open_file(path)).map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(JournalError::Busy),
            Err(TryLockError::Error(source)) => return Err(unusable(source)),
        }
        let (findings, whole) = read(&file, binding, now).map_err(unusable)?;
        file.set_len(whole).and_then(|()| file.seek(SeekFrom::End(0))).map_err(unusable)?;
        if whole == 0 {
            file.write_all(line(binding).as_bytes()).map_err(unusable)?;
        }
        Ok((Self { file, path: path.to_owned() }, findings))
    }

    /// Appends a batch. It reaches the system, so that the end of this process takes nothing away; what an end
    /// of the whole machine takes away is asked again.
    pub(super) fn append(
        &mut self,
        batch: impl Iterator<Item = (CodeHash, Finding)>,
    ) -> Result<(), JournalError> {
        let lines: Vec<Line> = batch.map(|(code, finding)| Line::of(code, &finding)).collect();
        let unusable = |source| JournalError::Unusable { path: self.path.clone(), source };
        let text = serde_json::to_string(&lines).map_err(|error| unusable(error.into()))?;
        self.file.write_all(line(&text).as_bytes()).map_err(unusable)
    }

    /// Removes the journal: the run is over.
    pub(super) fn remove(self) -> Result<(), JournalError> {
        fs::remove_file(&self.path)
            .map_err(|source| JournalError::Unusable { path: self.path.clone(), source })
    }
}

/// What a journal says, and how many of its bytes are whole lines.
fn read(file: &File, binding: &str, now: Timestamp) -> io::Result<(HashMap<CodeHash, Finding>, u64)> {
    let (mut findings, mut whole) = (HashMap::new(), 0);
    let mut reader = BufReader::new(file);
    let mut text = Vec::new();
    while reader.read_until(b'\n', &mut text)? > 0 {
        let Some(content) = content(&text) else { break };
        if whole == 0 {
            if content != binding {
                break;
            }
        } else {
            let Ok(lines) = serde_json::from_str::<Vec<Line>>(content) else { break };
            findings.extend(lines.iter().filter_map(|line| line.finding(now)));
        }
        whole += text.len() as u64;
        text.clear();
    }
    Ok((findings, whole))
}

fn line(content: &str) -> String {
    format!("{} {content}\n", checksum(content))
}

/// What stands on a whole line.
fn content(line: &[u8]) -> Option<&str> {
    let (sum, content) = std::str::from_utf8(line).ok()?.strip_suffix('\n')?.split_once(' ')?;
    (sum == checksum(content)).then_some(content)
}

fn checksum(content: &str) -> String {
    let hash = Sha256::digest(content.as_bytes());
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Line {
    fn of(code: CodeHash, finding: &Finding) -> Self {
        let HealthFields { is_vaccinated, is_immune, is_test_data_shared, last_negative_test } =
            finding.fields;
        Self {
            code: code.to_hex(),
            decision: finding.decision.name().to_owned(),
            reason: finding.decision.reason_name().to_owned(),
            valid_until: finding.valid_until,
            asked_at: finding.asked_at,
            vaccinated: is_vaccinated,
            immune: is_immune,
            test_data_shared: is_test_data_shared,
            negative_test: last_negative_test,
        }
    }

    /// What is known of the code, where that is not too long ago.
    fn finding(&self, now: Timestamp) -> Option<(CodeHash, Finding)> {
        let age = now.duration_since(self.asked_at);
        if age.is_negative() || age >= FRESH {
            return None;
        }
        let finding = Finding {
            decision: Decision::from_names(&self.decision, &self.reason)?,
            valid_until: self.valid_until,
            fields: HealthFields {
                is_vaccinated: self.vaccinated,
                is_immune: self.immune,
                is_test_data_shared: self.test_data_shared,
                last_negative_test: self.negative_test,
            },
            asked_at: self.asked_at,
        };
        Some((CodeHash::from_hex(&self.code)?, finding))
    }
}
