//! A named person's word on a visit: admit or refuse, why, and where the site wants it a second person's PIN.

use std::sync::Arc;

use iced::Task;

use super::entry::Entry;
use super::pin_pad::PinPad;
use super::visits::Row;
use super::{Answer, ask_as};
use crate::checkin::{Unsettled, Verdict};
use crate::entry::{Cause, Decision};
use crate::kiosk::language::Texts;
use crate::kiosk::message::{self, Moment};
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
    /// The visit, to be told from others of the same minute.
    pub(super) row: Row,
    /// The place of the reason that was chosen among those that are offered.
    pub(super) chosen: Option<usize>,
    /// A reason in words of one's own, which goes before.
    pub(super) own: Entry,
    step: Step,
}

/// How far it is.
#[derive(Debug)]
enum Step {
    /// The reason is given.
    Choosing,
    /// A second person has to agree to what is decided, and why.
    Agreeing(Verdict, String, PinPad),
    /// It is being recorded, once.
    Recording,
}

impl Deciding {
    pub(super) fn new(unsettled: Unsettled, row: &Row) -> Self {
        Self { unsettled, row: row.clone(), chosen: None, own: Entry::default(), step: Step::Choosing }
    }

    /// The text that says what to do. A code that was not looked up in time is kept nowhere.
    pub(super) fn instruction(&self) -> &'static str {
        match self.row.decision {
            Decision::Unverified(Cause::NotLookedUp) => "look-up-over",
            _ => "desk-decide-instruction",
        }
    }

    pub(super) fn choose(&mut self, place: usize) {
        (self.chosen, self.own) = (Some(place), Entry::default());
    }

    /// Why, in the words that are recorded; `None` where they say nothing, or what may not be kept, and once they are
    /// given.
    pub(super) fn because(&self, own: &str, desk: &settings::Desk, texts: &Texts) -> Option<String> {
        match self.step {
            Step::Choosing if own.trim().is_empty() => reasons(desk, texts).into_iter().nth(self.chosen?),
            Step::Choosing => Because::parse(own).ok().map(Because::into_words),
            Step::Agreeing(..) | Step::Recording => None,
        }
    }

    /// Takes what is decided. Gives it to be recorded; with `second` a second person is asked first.
    fn judge(
        &mut self,
        verdict: Verdict,
        because: String,
        second: Option<PinPad>,
    ) -> Option<(Verdict, String)> {
        self.own = Entry::default();
        if let Some(pad) = second {
            self.step = Step::Agreeing(verdict, because, pad);
            return None;
        }
        self.step = Step::Recording;
        Some((verdict, because))
    }

    /// A second person agrees.
    fn agree(&mut self) -> Option<(Verdict, String)> {
        match std::mem::replace(&mut self.step, Step::Recording) {
            Step::Agreeing(verdict, because, _) => Some((verdict, because)),
            other => {
                self.step = other;
                None
            }
        }
    }

    /// Whether nothing can be taken back any more.
    pub(super) fn is_recording(&self) -> bool {
        matches!(self.step, Step::Recording)
    }

    pub(super) fn asks_pin(&self) -> bool {
        self.second_pad().is_some()
    }

    pub(super) fn pin_pad(&mut self) -> Option<&mut PinPad> {
        match &mut self.step {
            Step::Agreeing(_, _, pad) => Some(pad),
            Step::Choosing | Step::Recording => None,
        }
    }

    pub(super) fn second_pad(&self) -> Option<&PinPad> {
        match &self.step {
            Step::Agreeing(_, _, pad) => Some(pad),
            Step::Choosing | Step::Recording => None,
        }
    }
}

impl Kiosk {
    /// Takes what is decided where there is a reason, and asks for a second person's PIN where the site wants one.
    pub(super) fn judge(
        &mut self,
        verdict: Verdict,
        settings: &settings::Desk,
        now: Moment,
    ) -> Task<message::Message> {
        let texts = self.texts_for_staff();
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let Some(deciding) = desk.session().and_then(|session| session.deciding.as_mut()) else {
            return Task::none();
        };
        deciding.own.take(&mut self.keyboard, now.instant);
        let Some(because) = deciding.because(deciding.own.text(), settings, texts) else {
            return Task::none();
        };
        let second = settings.two_guards.then(|| PinPad::new(settings.shuffle_keypad));
        let judged = deciding.judge(verdict, because, second);
        judged.map_or_else(Task::none, |judged| self.settle(judged, None))
    }

    /// A second person agrees to what the first one decided. `None` where nothing is decided.
    pub(super) fn agree_to_verdict(&mut self, person: String) -> Option<Task<message::Message>> {
        let Screen::Desk(desk) = &mut self.screen else { return None };
        let judged = desk.session()?.deciding.as_mut()?.agree()?;
        Some(self.settle(judged, Some(person)))
    }

    /// Records what was decided.
    fn settle(
        &mut self,
        (verdict, because): (Verdict, String),
        second_person: Option<String>,
    ) -> Task<message::Message> {
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let (Some(session), Some(running)) = (desk.session(), self.running.clone()) else {
            return Task::none();
        };
        let Some(unsettled) = session.deciding.as_ref().map(|deciding| deciding.unsettled) else {
            return Task::none();
        };
        settle(&running, session.person.clone(), unsettled, verdict, Said { because, second_person })
    }

    /// Records that the visitor left on whom somebody was about to decide.
    pub(super) fn leave_unsettled(&mut self) -> Task<message::Message> {
        let because = self.texts_for_staff().get("desk-left");
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let (Some(session), Some(running)) = (desk.session(), self.running.clone()) else {
            return Task::none();
        };
        let deciding = session.deciding.as_mut().filter(|deciding| !deciding.is_recording());
        let Some(deciding) = deciding else { return Task::none() };
        deciding.step = Step::Recording;
        let unsettled = deciding.unsettled;
        let person = session.person.clone();
        settle(&running, person, unsettled, Verdict::Left, Said { because, second_person: None })
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
