//! The journal of a run: what the service said of which code, by its keyed hash, so that a run that was ended is
//! continued and asks about nobody twice.
//!
//! Its first line says what it is; each other one is a keyed sum and the batch that it is of. The sum is also of the
//! table and the settings, so that no other run's lines count. A line that is not whole ends the journal.

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::finding::Heard;
use crate::hes::{Answer, HealthFields, HealthStatus, MaskedHolder, QueryError, Status};
use crate::private;
use crate::visits::{CodeHash, JournalKey};

/// What was said longer ago is asked anew.
const FRESH: SignedDuration = SignedDuration::from_hours(2);

/// The first line.
const TITLE: &str = "the journal of hes-kiosk bulk, version 2\n";

/// The open journal. Only one run at a time has it.
pub(super) struct Journal {
    file: File,
    path: PathBuf,
    seal: Seal,
}

/// What no other run's lines have.
pub(super) struct Seal {
    pub(super) key: JournalKey,
    /// The table and the settings.
    pub(super) binding: String,
}

/// Why the journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Another run writes the same report.
    #[error("another run is writing this report")]
    Busy,
    /// Something else has its name.
    #[error("{} is not the journal of a run: move it away, or name the report otherwise", .0.display())]
    Foreign(PathBuf),
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
    answer: Word,
    asked_at: Timestamp,
    doubt: SignedDuration,
    valid_until: Option<Timestamp>,
    vaccinated: Option<bool>,
    immune: Option<bool>,
    test_data_shared: Option<bool>,
    negative_test: Option<Timestamp>,
}

/// What the service said.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Riskless,
    Risky,
    NotFound,
    Expired,
    /// Nothing of this code in an answer about others.
    Unexpected,
}

impl Journal {
    /// Opens the journal, and gives what was said not long before `now` in an earlier run of the same seal.
    pub(super) fn open(
        path: &Path,
        seal: Seal,
        now: Timestamp,
    ) -> Result<(Self, HashMap<CodeHash, Heard>), JournalError> {
        let unusable = |source: io::Error| match source.kind() {
            io::ErrorKind::InvalidInput => JournalError::Foreign(path.to_owned()),
            _ => JournalError::Unusable { path: path.to_owned(), source },
        };
        let folder = path.parent().unwrap_or(Path::new("."));
        let file = private::create_folder(folder).and_then(|()| private::open_file_itself(path));
        let mut file = file.map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(JournalError::Busy),
            Err(TryLockError::Error(source)) => return Err(unusable(source)),
        }
        let mut reader = BufReader::new(&file);
        let mut title = Vec::new();
        reader.read_until(b'\n', &mut title).map_err(unusable)?;
        // A run may have been ended while it wrote the title.
        if !TITLE.as_bytes().starts_with(&title) {
            return Err(JournalError::Foreign(path.to_owned()));
        }
        private::make_file_private(&file).map_err(unusable)?;
        let (heard, lines) = seal.read(reader, now).map_err(unusable)?;
        let whole = TITLE.len() as u64 + lines;
        file.rewind()
            .and_then(|()| file.write_all(TITLE.as_bytes()))
            .and_then(|()| file.set_len(whole))
            .and_then(|()| file.seek(SeekFrom::End(0)))
            .map_err(unusable)?;
        Ok((Self { file, path: path.to_owned(), seal }, heard))
    }

    /// Appends a batch. It reaches the system, so that the end of this process takes nothing away; what an end
    /// of the whole machine takes away is asked again.
    pub(super) fn append<'a>(
        &mut self,
        batch: impl Iterator<Item = (CodeHash, &'a Heard)>,
    ) -> Result<(), JournalError> {
        let lines: Vec<Line> = batch.filter_map(|(code, heard)| Line::of(code, heard)).collect();
        let unusable = |source| JournalError::Unusable { path: self.path.clone(), source };
        let text = serde_json::to_string(&lines).map_err(|error| unusable(error.into()))?;
        self.file.write_all(self.seal.line(&text).as_bytes()).map_err(unusable)
    }

    /// Removes the journal: the run is over.
    pub(super) fn remove(self) -> Result<(), JournalError> {
        fs::remove_file(&self.path)
            .map_err(|source| JournalError::Unusable { path: self.path.clone(), source })
    }
}

impl Seal {
    /// What the lines behind the title say, and how many bytes are whole lines of this seal.
    fn read(&self, mut reader: impl BufRead, now: Timestamp) -> io::Result<(HashMap<CodeHash, Heard>, u64)> {
        let (mut heard, mut whole) = (HashMap::new(), 0);
        let mut text = Vec::new();
        while reader.read_until(b'\n', &mut text)? > 0 {
            let Some(content) = self.content(&text) else { break };
            let Ok(lines) = serde_json::from_str::<Vec<Line>>(content) else { break };
            heard.extend(lines.into_iter().filter_map(|line| line.heard(now)));
            whole += text.len() as u64;
            text.clear();
        }
        Ok((heard, whole))
    }

    fn line(&self, content: &str) -> String {
        format!("{} {content}\n", self.sum(content))
    }

    /// What stands on a whole line.
    fn content<'a>(&self, line: &'a [u8]) -> Option<&'a str> {
        let (sum, content) = std::str::from_utf8(line).ok()?.strip_suffix('\n')?.split_once(' ')?;
        (sum == self.sum(content)).then_some(content)
    }

    fn sum(&self, content: &str) -> String {
        self.key.sum([&self.binding, content])
    }
}

impl Line {
    /// `None` where the service did not answer: that is no news of the code.
    fn of(code: CodeHash, heard: &Heard) -> Option<Self> {
        let (answer, status) = match &heard.asked {
            Ok(Answer::Status(status)) => match status.health {
                HealthStatus::Riskless => (Word::Riskless, Some(status)),
                HealthStatus::Risky => (Word::Risky, Some(status)),
            },
            Ok(Answer::NotFound) => (Word::NotFound, None),
            Ok(Answer::Expired) => (Word::Expired, None),
            Err(QueryError::UnexpectedAnswer) => (Word::Unexpected, None),
            Err(_) => return None,
        };
        let HealthFields { is_vaccinated, is_immune, is_test_data_shared, last_negative_test } =
            status.map(|status| status.fields).unwrap_or_default();
        Some(Self {
            code: code.to_hex(),
            answer,
            asked_at: heard.asked_at,
            doubt: heard.doubt,
            valid_until: status.map(|status| status.valid_until),
            vaccinated: is_vaccinated,
            immune: is_immune,
            test_data_shared: is_test_data_shared,
            negative_test: last_negative_test,
        })
    }

    /// What was said of the code, where that is not too long ago.
    fn heard(self, now: Timestamp) -> Option<(CodeHash, Heard)> {
        let age = now.duration_since(self.asked_at);
        if age.is_negative() || age >= FRESH {
            return None;
        }
        let code = CodeHash::from_hex(&self.code)?;
        let (asked_at, doubt) = (self.asked_at, self.doubt);
        let asked = match self.answer {
            Word::Riskless => Ok(self.status(HealthStatus::Riskless)?),
            Word::Risky => Ok(self.status(HealthStatus::Risky)?),
            Word::NotFound => Ok(Answer::NotFound),
            Word::Expired => Ok(Answer::Expired),
            Word::Unexpected => Err(QueryError::UnexpectedAnswer),
        };
        Some((code, Heard { asked, asked_at, doubt }))
    }

    fn status(self, health: HealthStatus) -> Option<Answer> {
        Some(Answer::Status(Status {
            health,
            valid_until: self.valid_until?,
            holder: MaskedHolder::default(),
            fields: HealthFields {
                is_vaccinated: self.vaccinated,
                is_immune: self.immune,
                is_test_data_shared: self.test_data_shared,
                last_negative_test: self.negative_test,
            },
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked_at() -> Timestamp {
        "2021-08-09T06:30:00Z".parse().unwrap()
    }

    /// How many codes are known of a journal with one code, under this key, for this table, so many minutes later.
    fn known(key: u8, binding: &str, minutes: i64) -> usize {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.journal");
        let open = |key, binding: &str, minutes| {
            let seal = Seal { key: JournalKey::of_tests(key), binding: binding.to_owned() };
            Journal::open(&path, seal, asked_at() + SignedDuration::from_mins(minutes)).unwrap()
        };
        let code = CodeHash::from_hex(&"0a".repeat(32)).unwrap();
        let heard = Heard { asked: Ok(Answer::NotFound), asked_at: asked_at(), doubt: SignedDuration::ZERO };
        open(1, "one table", 0).0.append([(code, &heard)].into_iter()).unwrap();
        let (_, found) = open(key, binding, minutes);
        assert!(found.iter().all(|found| found == (&code, &heard)));
        found.len()
    }

    #[test]
    fn what_was_heard_two_hours_ago_is_asked_anew() {
        assert_eq!(
            [known(1, "one table", 119), known(1, "one table", 120), known(1, "one table", -1)],
            [1, 0, 0]
        );
    }

    #[test]
    fn a_line_under_another_key_or_for_another_table_does_not_count() {
        assert_eq!([known(1, "one table", 1), known(2, "one table", 1), known(1, "another", 1)], [1, 0, 0]);
    }

    #[test]
    fn a_file_that_is_no_journal_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.journal");
        for content in ["precious", "precious\n", "\n"] {
            fs::write(&path, content).unwrap();
            let seal = Seal { key: JournalKey::of_tests(1), binding: String::new() };
            let opened = Journal::open(&path, seal, asked_at()).map(|_| ());
            assert!(matches!(opened, Err(JournalError::Foreign(_))), "{content:?}");
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
    }
}
