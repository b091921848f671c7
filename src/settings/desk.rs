//! The desk's settings.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::values::Text;
use crate::visits::Because;

/// How the desk works.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    /// Whether the digits of the PIN's keypad change their places each time.
    pub shuffle_keypad: bool,
    /// The reasons that are offered for a decision; empty where they are the program's own.
    pub reasons: Vec<String>,
    /// Whether a second person has to agree to each decision.
    pub two_guards: bool,
    /// What prints; `None` where nothing does.
    pub print: Option<PrintCommand>,
}

/// A command that prints what it gets on its standard input. No shell reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintCommand {
    /// The program, by its path or its name.
    pub program: String,
    /// Its arguments, as they are.
    pub arguments: Vec<String>,
}

/// The section of the file.
#[derive(Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [desk]")]
pub(super) struct DeskTable {
    shuffle_keypad: bool,
    reasons: Vec<Reason>,
    print: Vec<Text>,
}

/// A reason that may be recorded, as those must that are given in free words.
#[derive(Clone)]
struct Reason(String);

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Text(text) = Text::deserialize(deserializer)?;
        Because::parse(&text).map_err(D::Error::custom)?;
        Ok(Self(text))
    }
}

impl DeskTable {
    /// The settings; whether two people decide is the policy's.
    pub(super) fn settings(&self, two_guards: bool) -> Desk {
        let reasons = self.reasons.iter().map(|reason| reason.0.clone()).collect();
        let print = self.print.split_first().map(|(program, arguments)| PrintCommand {
            program: program.0.clone(),
            arguments: arguments.iter().map(|argument| argument.0.clone()).collect(),
        });
        Desk { shuffle_keypad: self.shuffle_keypad, reasons, two_guards, print }
    }
}
