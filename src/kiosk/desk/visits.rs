//! The rows of the list: today's visits, and which of them are shown.

use jiff::Timestamp;
use uuid::Uuid;

use crate::checkin::Outcome;
use crate::code::Source;
use crate::entry::Decision;
use crate::hes::MaskedHolder;
use crate::kiosk::language::local;
use crate::visits::{CodeHash, Passage, Visit};

/// A visit in the list.
#[derive(Debug, Clone)]
pub struct Row {
    pub(super) id: Uuid,
    pub(super) at: Timestamp,
    /// Hours and minutes at the entrance, as digits: to convert a hundred thousand times takes too long for a key.
    time: [u8; 4],
    pub(super) decision: Decision,
    pub(super) source: Option<Source>,
    pub(super) service_ms: Option<u32>,
    pub(super) code: Option<CodeHash>,
    pub(super) holder: Option<Box<MaskedHolder>>,
    /// The visit that this one settles, or the admission that it ends.
    pub(super) answers: Option<Uuid>,
    /// Whose word it rests on.
    pub(super) person: Option<Box<str>>,
}

impl Row {
    pub(super) fn of(visit: &Visit) -> Self {
        Self {
            id: visit.id,
            at: visit.at,
            time: digits(visit.at),
            decision: visit.decision,
            source: visit.source,
            service_ms: visit.service_ms,
            code: visit.code,
            holder: visit.holder.clone().map(Box::new),
            answers: visit.answers,
            person: visit.word.as_ref().map(|word| word.person.as_str().into()),
        }
    }

    /// A visit that was decided just now.
    pub(super) fn of_outcome(outcome: &Outcome) -> Self {
        Self {
            id: outcome.visit,
            at: outcome.at,
            time: digits(outcome.at),
            decision: outcome.decision,
            source: outcome.source,
            service_ms: outcome.service_time.map(crate::checkin::milliseconds),
            code: outcome.code_hash,
            holder: outcome.holder.clone().map(Box::new),
            answers: None,
            person: None,
        }
    }

    /// What it tells of who is inside.
    pub(super) fn passage(&self) -> Passage {
        Passage { visit: self.id, code: self.code, decision: self.decision, answers: self.answers }
    }

    /// The visit that a word on it settled.
    pub(super) fn settled(&self) -> Option<Uuid> {
        self.answers.filter(|_| self.decision != Decision::CheckOut)
    }

    /// Whether each word that is sought begins one of the visit's: digits its time, letters a word of the holder's masked
    /// name, or of the name of whoever decided.
    fn is_sought(&self, sought: &str) -> bool {
        sought.split(' ').all(|word| self.has_word(word))
    }

    fn has_word(&self, sought: &str) -> bool {
        if sought.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.time.starts_with(sought.as_bytes());
        }
        let holder = self.holder.iter().flat_map(|holder| [&holder.first_name, &holder.last_name]);
        let names = holder.flatten().map(String::as_str).chain(self.person.as_deref());
        names.into_iter().any(|name| has_word(name, sought))
    }

    #[cfg(test)]
    pub(super) fn settle(&mut self, at: Timestamp) {
        (self.at, self.time) = (at, digits(at));
        self.service_ms = self.service_ms.map(|_| 84);
    }

    /// The hour at the entrance.
    pub(super) fn hour(&self) -> usize {
        usize::from(self.time[0] - b'0') * 10 + usize::from(self.time[1] - b'0')
    }

    /// The day at the entrance.
    pub(super) fn date(&self) -> String {
        local(self.at).strftime("%Y-%m-%d").to_string()
    }

    /// The time at the entrance to the second, which tells visits of the same minute apart.
    pub(super) fn exact_time(&self) -> String {
        local(self.at).strftime("%H:%M:%S").to_string()
    }

    /// Hours and minutes at the entrance.
    pub(super) fn clock_time(&self) -> String {
        let [h, hh, m, mm] = self.time.map(char::from);
        format!("{h}{hh}:{m}{mm}")
    }
}

/// The words that are sought, once as rows are compared with them: letters as capitals, and a time as the digits that
/// rows have: 9:05 is 0905.
pub(super) fn sought(typed: &str) -> String {
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let marks = [':', '.'];
    let sought = |word: &str| match word.split_once(marks) {
        Some((hours, rest))
            if !hours.is_empty() && are_digits(hours) && rest.split(marks).all(are_digits) =>
        {
            // Rows have no seconds.
            format!("{hours:0>2}{}", rest.split(marks).next().unwrap_or_default())
        }
        _ => capitals(word).collect(),
    };
    typed.split_whitespace().map(sought).collect::<Vec<_>>().join(" ")
}

/// Whether one of the name's words begins with these capitals, whatever its own case.
fn has_word(name: &str, sought: &str) -> bool {
    let is_begun = |begin: usize| {
        let mut letters = capitals(&name[begin..]);
        sought.chars().all(|letter| letters.next() == Some(letter))
    };
    std::iter::once(0).chain(name.match_indices(' ').map(|(blank, _)| blank + 1)).any(is_begun)
}

/// The letters as capitals. Turkish has i with a dot and without in both cases, and not every keyboard has them all:
/// they are taken for one.
fn capitals(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(|letter| *letter != '\u{307}');
    letters.flat_map(|letter| if matches!(letter, 'ı' | 'İ') { 'I' } else { letter }.to_uppercase())
}

fn digits(time: Timestamp) -> [u8; 4] {
    let local = local(time);
    let two = |number: i8| [b'0' + number.unsigned_abs() / 10, b'0' + number.unsigned_abs() % 10];
    let ([h, hh], [m, mm]) = (two(local.hour()), two(local.minute()));
    [h, hh, m, mm]
}

/// Which visits are listed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// Each one.
    #[default]
    All,
    /// Those who were refused.
    Refused,
    /// Those for whom nothing is known.
    Unverified,
    /// Those who are inside.
    Inside,
}

impl Show {
    /// What can be listed; those who are inside where visitors check out.
    pub(super) fn of(checks_out: bool) -> &'static [Self] {
        let all = &[Self::All, Self::Refused, Self::Unverified, Self::Inside];
        if checks_out { all } else { &all[..3] }
    }

    /// The key of its name.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::All => "desk-show-all",
            Self::Refused => "desk-show-refused",
            Self::Unverified => "desk-show-unverified",
            Self::Inside => "desk-show-inside",
        }
    }

    pub(super) fn lets_through(self, row: &Row, sought: &str) -> bool {
        let is_shown = match (self, row.decision) {
            (Self::All, _)
            | (Self::Refused, Decision::Refuse(_))
            | (Self::Unverified, Decision::Unverified(_))
            // Which of them left is told by the others.
            | (Self::Inside, Decision::Admit | Decision::AdmitByDesk) => true,
            (Self::Refused | Self::Unverified | Self::Inside, _) => false,
        };
        is_shown && (sought.is_empty() || row.is_sought(sought))
    }
}
