//! A named person's word on a visit: admit or refuse, why, and where the site wants it a second person's PIN.

use std::sync::Arc;

use iced::Task;
use jiff::Timestamp;

use super::pin_pad::PinPad;
use super::visits::Row;
use super::{Answer, ask_as};
use crate::checkin::{Unsettled, Verdict};
use crate::entry::Decision;
use crate::kiosk::language::Texts;
use crate::kiosk::message;
use crate::kiosk::start::Running;
use crate::kiosk::state::{Kiosk, Screen};
use crate::settings;
use crate::visits::{Because, Person, Said, Word};

/// The reasons that are offered where the settings name none.
pub(super) const REASONS: [&str; 4] =
    ["desk-reason-app", "desk-reason-document", "desk-reason-manager", "desk-reason-other-person"];

/// A decision that is being made.
#[derive(Debug)]
pub(super) struct Deciding {
    pub(super) unsettled: Unsettled,
    pub(super) at: Timestamp,
    pub(super) decision: Decision,
    pub(super) reason: Option<Reason>,
    verdict: Option<Verdict>,
    second: Second,
}

/// Why somebody decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    /// The one at this place of those that are offered.
    Offered(usize),
    /// In words of one's own, finished or not.
    Own(String),
}

impl Reason {
    /// The words that are recorded; `None` where they say nothing, or what may not be kept.
    pub(super) fn words(&self, desk: &settings::Desk, texts: &Texts) -> Option<String> {
        match self {
            Self::Offered(place) => reasons(desk, texts).into_iter().nth(*place),
            Self::Own(text) => Because::parse(text).ok().map(Because::into_words),
        }
    }
}

/// The second person.
#[derive(Debug)]
enum Second {
    /// None is asked for.
    NotAsked,
    Asked(PinPad),
    Agreed(String),
}

impl Deciding {
    pub(super) fn new(unsettled: Unsettled, row: &Row) -> Self {
        Self {
            unsettled,
            at: row.at,
            decision: row.decision,
            reason: None,
            verdict: None,
            second: Second::NotAsked,
        }
    }

    /// Takes what is typed as the reason. Where all of it was taken back there is none; one that was chosen stays
    /// until something is typed.
    pub(super) fn write(&mut self, text: String) {
        match &self.reason {
            Some(Reason::Offered(_)) if text.is_empty() => {}
            _ => self.reason = (!text.trim().is_empty()).then_some(Reason::Own(text)),
        }
    }

    /// What is decided, for reasons that are known.
    pub(super) fn judge(&mut self, verdict: Verdict, second: Option<PinPad>) {
        if self.verdict.is_none() {
            self.verdict = Some(verdict);
            self.second = second.map_or(Second::NotAsked, Second::Asked);
        }
    }

    pub(super) fn agree(&mut self, name: String) {
        self.second = Second::Agreed(name);
    }

    pub(super) fn asks_pin(&self) -> bool {
        matches!(self.second, Second::Asked(_))
    }

    pub(super) fn pin_pad(&mut self) -> Option<&mut PinPad> {
        match &mut self.second {
            Second::Asked(pad) => Some(pad),
            Second::NotAsked | Second::Agreed(_) => None,
        }
    }

    pub(super) fn second_pad(&self) -> Option<&PinPad> {
        match &self.second {
            Second::Asked(pad) => Some(pad),
            Second::NotAsked | Second::Agreed(_) => None,
        }
    }

    /// Everything that is recorded, once, as soon as nothing is missing.
    pub(super) fn word(&mut self) -> Option<(Unsettled, Verdict, Reason, Option<String>)> {
        let second = match &self.second {
            Second::NotAsked => None,
            Second::Agreed(name) => Some(name.clone()),
            Second::Asked(_) => return None,
        };
        let verdict = self.verdict.take()?;
        // Nobody touches it again while it is written.
        let reason = self.reason.take()?;
        Some((self.unsettled, verdict, reason, second))
    }
}

impl Kiosk {
    /// Takes what is decided where there is a reason, and asks for a second person's PIN where the site wants one.
    pub(super) fn judge(&mut self, verdict: Verdict, settings: &settings::Desk) -> Task<message::Message> {
        let texts = self.texts_for_staff();
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let Some(deciding) = desk.session().and_then(|session| session.deciding.as_mut()) else {
            return Task::none();
        };
        if deciding.reason.as_ref().and_then(|reason| reason.words(settings, texts)).is_none() {
            return Task::none();
        }
        deciding.judge(verdict, settings.two_guards.then(|| PinPad::new(settings.shuffle_keypad)));
        self.keyboard.clear();
        self.settle()
    }

    /// Records what was decided, once there is all that it needs.
    pub(super) fn settle(&mut self) -> Task<message::Message> {
        let texts = self.texts_for_staff();
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let (Some(session), Some(running)) = (desk.session(), self.running.clone()) else {
            return Task::none();
        };
        let person = session.person.clone();
        let Some((unsettled, verdict, reason, second_person)) =
            session.deciding.as_mut().and_then(Deciding::word)
        else {
            return Task::none();
        };
        let Some(because) = reason.words(&running.settings.desk, texts) else { return Task::none() };
        settle(&running, person, unsettled, verdict, Said { because, second_person })
    }

    /// Records that the visitor left on whom somebody was about to decide.
    pub(super) fn leave_unsettled(&mut self) -> Task<message::Message> {
        let because = self.texts_for_staff().get("desk-left");
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let (Some(session), Some(running)) = (desk.session(), self.running.clone()) else {
            return Task::none();
        };
        let Some(deciding) = session.deciding.take() else { return Task::none() };
        let person = session.person.clone();
        settle(&running, person, deciding.unsettled, Verdict::Left, Said { because, second_person: None })
    }
}

/// Records somebody's word.
pub(super) fn settle(
    running: &Arc<Running>,
    person: Person,
    unsettled: Unsettled,
    verdict: Verdict,
    said: Said,
) -> Task<message::Message> {
    let asking = Arc::clone(running);
    let word = Word { person: person.name.clone(), said };
    let settled = async move { asking.check_in.settle(unsettled, verdict, word).await };
    ask_as(running, person, settled, move |outcome| Answer::Settled(unsettled.visit, outcome))
}

/// The reasons that are offered.
pub(super) fn reasons(desk: &settings::Desk, texts: &Texts) -> Vec<String> {
    if desk.reasons.is_empty() { REASONS.map(|key| texts.get(key)).to_vec() } else { desk.reasons.clone() }
}
