//! What stands in the visit log.

use jiff::Timestamp;
use serde::Deserialize;
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
}

/// A record and its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Gapless, from 1.
    pub sequence: u64,
    /// What stands there.
    pub record: Record,
}

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
}

impl Environment {
    const ALL: [Self; 4] = [Self::Simulator, Self::Test, Self::Live, Self::Own];

    /// The word for the environment in settings, log and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Simulator => "simulator",
            Self::Test => "test",
            Self::Live => "live",
            Self::Own => "own",
        }
    }

    /// Whether a decision of this environment counts at the door.
    pub fn is_real(self) -> bool {
        match self {
            Self::Simulator | Self::Test => false,
            Self::Live | Self::Own => true,
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
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
}

impl DecidedBy {
    /// The word for it in the log and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Bulk => "bulk",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Service, Self::Bulk].into_iter().find(|decided_by| decided_by.name() == name)
    }
}
