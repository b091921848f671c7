//! What stands in the visit log.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys::CodeHash;
use crate::code::Source;
use crate::entry::Decision;
use crate::hes::MaskedHolder;

/// One record of the log. Records are only ever appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// Somebody came to the entrance.
    Visit(Visit),
    /// Somebody, or the program, did something that has to be accounted for.
    Act(Act),
}

impl From<Act> for Record {
    fn from(act: Act) -> Self {
        Self::Act(act)
    }
}

/// Something that was done with the kiosk or its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The act's own name (version 7: ordered by time).
    pub id: Uuid,
    /// When, to the millisecond.
    pub at: Timestamp,
    /// Who did it, as far as the system tells; `None` for the program itself.
    pub person: Option<String>,
    /// What was done.
    pub deed: Deed,
}

impl Act {
    /// Something that is done now.
    pub fn now(person: Option<String>, deed: Deed) -> Self {
        let now = Timestamp::now();
        let at = Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now);
        Self { id: Uuid::now_v7(), at, person, deed }
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Deed {
    /// A kiosk began to check visitors in.
    Started {
        /// The digest of the settings in force: another one than before says that they were changed. Records from
        /// before there were digests have none.
        #[serde(default)]
        settings: String,
    },
    /// A kiosk was told to end.
    Stopped,
    /// A kiosk could not check visitors in for a while, and can again.
    OutOfService {
        /// From when on.
        since: Timestamp,
        /// Why, in the words of the program's own log.
        cause: String,
    },
    /// Somebody looked for a code.
    Found {
        /// So many records had it.
        records: u64,
    },
    /// Somebody was given a PIN, in the place of an earlier one.
    PinSet {
        /// Whose it is.
        name: String,
        /// What that person may do.
        role: String,
    },
    /// Somebody's PIN was taken away.
    PinRemoved {
        /// Whose it was.
        name: String,
    },
    /// Who has a PIN changed, and is held against this from here on.
    People {
        /// The keyed digest of all of them.
        digest: String,
    },
    /// Somebody entered a PIN that nobody has.
    PinFailed {
        /// So many in a row were wrong by then.
        wrong: u32,
    },
    /// Somebody's PIN was entered at the desk.
    PinEntered,
    /// Somebody took the list of those who are inside: from here on it may be in a file, and on paper.
    InsideListed {
        /// How many were on it.
        records: u64,
    },
    /// Somebody changed settings in the window.
    SettingsChanged {
        /// Which, as section and key: what they were changed to may name people.
        keys: Vec<String>,
    },
    /// Somebody began to take records out of the log: from here on there may be some in a file.
    ExportBegun(Export),
    /// Somebody took records out of the log.
    Exported {
        /// How many.
        records: u64,
        /// Which, and how.
        #[serde(flatten)]
        export: Export,
    },
    /// Somebody made a backup of the log.
    BackedUp {
        /// So many records are in it, those without content included.
        records: u64,
        /// The seal of the last of them.
        seal: String,
    },
    /// A backup took the log's place.
    Restored {
        /// The seal of the backup's last record.
        seal: String,
        /// The file that the log is now that was here before.
        file: Option<String>,
        /// So many records were deleted again that had been erased after the backup was made; `None` where nothing tells
        /// what was.
        #[serde(default)]
        erased_again: Option<u64>,
    },
    /// The log was damaged and is in this file now; a new one begins with this record.
    SetAside {
        /// Its name, beside the log.
        file: String,
    },
    /// The log that was here is gone, and nobody says why: a new one begins with this record, or goes on behind it.
    Missing {
        /// The seal of the last record that was written, by whoever wrote it and finds that it is not here.
        #[serde(default)]
        seal: Option<String>,
    },
    /// The log got new keys: this record and those behind it have them.
    KeysRotated,
    /// What was older than so many days was deleted.
    Purged {
        /// The retention, or what a person asked for.
        older_than_days: u32,
        /// What was deleted.
        #[serde(flatten)]
        gone: Gone,
    },
    /// Files in the program's own folders that were as old as that were deleted.
    FilesDeleted {
        /// The retention, or what a person asked for.
        older_than_days: u32,
        /// How many.
        files: u64,
    },
    /// What is known of a code was deleted, for the person whose code it is.
    Erased {
        /// Why, as it was given.
        reason: String,
        /// What was deleted.
        #[serde(flatten)]
        gone: Gone,
    },
    /// The log got its seals; what it held before is sealed as it was found.
    SealBegun(Gone),
}

impl Deed {
    /// Whether the log cannot account for itself without it: it is never deleted, and names no visitor.
    pub(super) fn is_receipt(&self) -> bool {
        match self {
            Self::Started { .. }
            | Self::Stopped
            | Self::OutOfService { .. }
            | Self::Found { .. }
            | Self::PinSet { .. }
            | Self::PinRemoved { .. }
            | Self::PinFailed { .. }
            | Self::PinEntered
            | Self::InsideListed { .. }
            | Self::SettingsChanged { .. }
            | Self::ExportBegun(_)
            | Self::Exported { .. }
            | Self::FilesDeleted { .. }
            | Self::BackedUp { .. } => false,
            Self::Purged { .. }
            | Self::Erased { .. }
            | Self::SealBegun(_)
            | Self::People { .. }
            | Self::Restored { .. }
            | Self::SetAside { .. }
            | Self::Missing { .. }
            | Self::KeysRotated => true,
        }
    }

    /// What it says is gone from the log.
    pub(super) fn gone(&self) -> Option<&Gone> {
        match self {
            Self::Purged { gone, .. } | Self::Erased { gone, .. } | Self::SealBegun(gone) => Some(gone),
            Self::Started { .. }
            | Self::Stopped
            | Self::OutOfService { .. }
            | Self::Found { .. }
            | Self::PinSet { .. }
            | Self::PinRemoved { .. }
            | Self::PinFailed { .. }
            | Self::PinEntered
            | Self::InsideListed { .. }
            | Self::SettingsChanged { .. }
            | Self::ExportBegun(_)
            | Self::Exported { .. }
            | Self::FilesDeleted { .. }
            | Self::BackedUp { .. }
            | Self::Restored { .. }
            | Self::SetAside { .. }
            | Self::People { .. }
            | Self::Missing { .. }
            | Self::KeysRotated => None,
        }
    }
}

/// What is taken out of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// How it is written.
    pub format: String,
    /// From which time on, where that was asked for.
    pub since: Option<Timestamp>,
    /// Before which time.
    pub until: Option<Timestamp>,
    /// With which decision alone.
    pub decision: Option<String>,
    /// At which entrance alone.
    pub entrance: Option<String>,
    /// Whether acts are among it.
    pub with_acts: bool,
}

/// Records whose content was deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// How many.
    pub records: u64,
    /// The time of the first of them; where they are one person's, the day's begin in UTC.
    pub from: Option<Timestamp>,
    /// That of the last.
    pub to: Option<Timestamp>,
    /// Their numbers, as ranges from the first to the last of each.
    pub sequences: Vec<(u64, u64)>,
}

impl Gone {
    /// The same with the days alone, as of one person's records a moment tells too much.
    pub(super) fn of_days(self) -> Self {
        let day = |at: Timestamp| {
            let seconds = at.as_second();
            Timestamp::from_second(seconds - seconds.rem_euclid(24 * 60 * 60)).unwrap_or(Timestamp::MIN)
        };
        Self { from: self.from.map(day), to: self.to.map(day), ..self }
    }

    /// Takes note of a record; they come in the order of their numbers.
    pub(super) fn note(&mut self, sequence: u64, at: Option<Timestamp>) {
        self.records += 1;
        self.from = [self.from, at].into_iter().flatten().min();
        self.to = [self.to, at].into_iter().flatten().max();
        match self.sequences.last_mut() {
            Some((_, last)) if *last + 1 == sequence => *last = sequence,
            _ => self.sequences.push((sequence, sequence)),
        }
    }
}

/// A visit, as it stands in the log: never the code or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The visit's own name (version 7: ordered by time).
    pub id: Uuid,
    /// When it was decided, to the millisecond.
    pub at: Timestamp,
    /// Which service was asked.
    pub environment: Environment,
    /// At which entrance.
    pub entrance: String,
    /// How the code came; `None` for a visitor without one.
    pub source: Option<Source>,
    /// Who decided; `None` where nobody did and the visitor was sent to the desk.
    pub decided_by: Option<DecidedBy>,
    /// The earlier record that this one answers.
    pub answers: Option<Uuid>,
    /// The code's keyed hash.
    pub code: Option<CodeHash>,
    /// What was decided, and why.
    pub decision: Decision,
    /// Until when the code is valid, as the service said.
    pub valid_until: Option<Timestamp>,
    /// How long the service took, in milliseconds.
    pub service_ms: Option<u32>,
    /// The masked holder, kept by setting alone.
    pub holder: Option<MaskedHolder>,
    /// Whose word the decision rests on, where it is the desk's.
    pub word: Option<Word>,
}

/// How a code was shown, by its stable name: `desk` where the visit is somebody's word, `none` where there was no code.
pub fn source_name(source: Option<Source>, is_word: bool) -> &'static str {
    match source {
        Some(source) => source.name(),
        None if is_word => "desk",
        None => "none",
    }
}

/// Somebody's word at the desk, instead of a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Whose it is.
    pub person: String,
    /// Why, and who agreed.
    pub said: Said,
}

/// What was said with a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Why.
    pub because: String,
    /// Who agreed, where a second person has to.
    pub second_person: Option<String>,
}

/// A record and its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Gapless, from 1.
    pub sequence: u64,
    /// What stands there.
    pub record: Record,
}

/// The record of this number cannot be told: it holds something that this program does not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("record {0} cannot be read")]
pub struct UnreadableRecord(pub u64);

/// Which service the kiosk asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// The simulator in the program: decisions are not real.
    Simulator,
    /// The Ministry's test service: decisions are not real.
    Test,
    /// The Ministry's live service.
    Live,
    /// An institution's own service behind the same contract.
    Own,
    /// None: somebody at the desk looks each code up in the Ministry's app or on e-Devlet.
    Manual,
}

impl Environment {
    /// Each environment there is.
    pub const ALL: [Self; 5] = [Self::Simulator, Self::Test, Self::Live, Self::Own, Self::Manual];

    /// The word for the environment in settings, log and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Simulator => "simulator",
            Self::Test => "test",
            Self::Live => "live",
            Self::Own => "own",
            Self::Manual => "manual",
        }
    }

    /// Whether a decision of this environment counts at the door.
    pub fn is_real(self) -> bool {
        match self {
            Self::Simulator | Self::Test => false,
            Self::Live | Self::Own | Self::Manual => true,
        }
    }

    /// The environment of this word, if it is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|environment| environment.name() == name)
    }
}

/// Who decided on a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecidedBy {
    /// The status service's answer.
    Service,
    /// An earlier answer of it in bulk, while it gives none.
    Bulk,
    /// A named person at the desk.
    Desk,
}

impl DecidedBy {
    /// The word for it in the log and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Bulk => "bulk",
            Self::Desk => "desk",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Service, Self::Bulk, Self::Desk].into_iter().find(|decided_by| decided_by.name() == name)
    }
}
