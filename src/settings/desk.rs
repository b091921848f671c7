//! The desk's settings.

use serde::Deserialize;

use super::values::Text;

/// How the desk works.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    /// Whether the digits of the PIN's keypad change their places each time.
    pub shuffle_keypad: bool,
    /// The reasons that are offered for a decision; empty where they are the program's own.
    pub reasons: Vec<String>,
    /// Whether a second person has to agree to each decision.
    pub two_guards: bool,
}

/// The section of the file.
#[derive(Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [desk]")]
pub(super) struct DeskTable {
    shuffle_keypad: bool,
    reasons: Vec<Text>,
}

impl DeskTable {
    /// The settings; whether two people decide is the policy's.
    pub(super) fn settings(&self, two_guards: bool) -> Desk {
        let reasons = self.reasons.iter().map(|reason| reason.0.clone()).collect();
        Desk { shuffle_keypad: self.shuffle_keypad, reasons, two_guards }
    }
}
