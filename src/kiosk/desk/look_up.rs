//! Somebody looks the code of the visitor who waits up in the Ministry's app or on e-Devlet, and records what it said.
//!
//! An answer is chosen by one touch and recorded by another, and both name the visit that they are for. What is typed
//! answers nothing here: a reader types, too.

use std::sync::Arc;
use std::time::Instant;

use iced::font::Weight;
use iced::widget::{Column, Row, column, container, space};
use iced::{Center, Element, Fill, Task};
use uuid::Uuid;

use super::focus::button;
use super::pin_pad::PinPad;
use super::{Answer, Desk, Stage, Visitor, ask_as};
use crate::checkin::Outcome;
use crate::entry::{LookedUp, Policy, ProtectedBy};
use crate::kiosk::awaiting_desk::AwaitingDesk;
use crate::kiosk::keys::Key;
use crate::kiosk::language::{Argument, Texts};
use crate::kiosk::message::{self, Moment};
use crate::kiosk::state::{Kiosk, Screen};
use crate::kiosk::theme::Design;
use crate::kiosk::widgets::{self, Look};
use crate::visits::{Said, Word};

/// What was touched, and of whose look-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// One of the answers.
    Choose(Uuid, LookedUp),
    /// The button that records the one that is chosen.
    Record(Uuid),
    /// The code could not be looked up.
    GiveUp(Uuid),
}

/// How far somebody is with the answer.
#[derive(Debug)]
pub(in crate::kiosk) enum Answering {
    /// It is chosen, or not yet.
    Choosing(Option<LookedUp>),
    /// A second person has to agree.
    Agreeing(LookedUp, PinPad),
    /// It is being recorded, once.
    Recording,
}

impl Default for Answering {
    fn default() -> Self {
        Self::Choosing(None)
    }
}

impl Answering {
    /// What remains of it once the desk is closed.
    pub(in crate::kiosk) fn hidden(self) -> Self {
        match self {
            Self::Choosing(_) | Self::Agreeing(..) => Self::default(),
            Self::Recording => Self::Recording,
        }
    }

    fn chosen(&self) -> Option<LookedUp> {
        match *self {
            Self::Choosing(chosen) => chosen,
            Self::Agreeing(chosen, _) => Some(chosen),
            Self::Recording => None,
        }
    }

    fn choose(&mut self, looked_up: LookedUp) {
        if let Self::Choosing(chosen) = self {
            *chosen = Some(looked_up);
        }
    }

    /// Gives what is chosen, to be recorded; with `second` a second person is asked first.
    fn confirm(&mut self, second: Option<PinPad>) -> Option<LookedUp> {
        let Self::Choosing(Some(chosen)) = *self else { return None };
        *self = second.map_or(Self::Recording, |pad| Self::Agreeing(chosen, pad));
        matches!(self, Self::Recording).then_some(chosen)
    }

    /// A second person agrees.
    fn agree(&mut self) -> Option<LookedUp> {
        let Self::Agreeing(chosen, _) = *self else { return None };
        *self = Self::Recording;
        Some(chosen)
    }

    fn pin_pad(&self) -> Option<&PinPad> {
        match self {
            Self::Agreeing(_, pad) => Some(pad),
            Self::Choosing(_) | Self::Recording => None,
        }
    }

    pub(super) fn pin_pad_mut(&mut self) -> Option<&mut PinPad> {
        match self {
            Self::Agreeing(_, pad) => Some(pad),
            Self::Choosing(_) | Self::Recording => None,
        }
    }
}

impl Desk {
    /// A visitor waits for whoever opened the desk, and stands in the list as one of whom nothing is known.
    pub(in crate::kiosk) fn note_look_up(&mut self, awaiting: AwaitingDesk, now: Instant) {
        if let Stage::Open(session) = &mut self.stage {
            session.add_outcome(awaiting.look_up.recorded(), now);
        }
        self.visitor = Some(Visitor::Awaiting(Box::new(awaiting)));
    }

    /// The visitor whose code is looked up now. Who decides on another visit or enters a PIN does that first: a touch that
    /// was meant for it must not fall on an answer.
    pub(super) fn look_up(&self) -> Option<&AwaitingDesk> {
        match (&self.stage, &self.visitor) {
            (Stage::Open(session), Some(Visitor::Awaiting(awaiting))) if !session.is_busy() => Some(awaiting),
            _ => None,
        }
    }

    pub(super) fn look_up_mut(&mut self) -> Option<&mut AwaitingDesk> {
        match (&self.stage, &mut self.visitor) {
            (Stage::Open(session), Some(Visitor::Awaiting(awaiting))) if !session.is_busy() => Some(awaiting),
            _ => None,
        }
    }

    /// Whether a second person's PIN is asked for.
    pub(super) fn look_up_asks_pin(&self) -> bool {
        self.look_up().is_some_and(|awaiting| awaiting.answering.pin_pad().is_some())
    }
}

impl Kiosk {
    /// Takes a key while a code is looked up; `None` where it does what it does elsewhere. A reader's are another
    /// visitor's, who is told to wait; a hand's say nothing.
    pub(super) fn look_up_key(&mut self, key: &Key, now: Moment) -> Option<Task<message::Message>> {
        let Screen::Desk(desk) = &mut self.screen else { return None };
        let asks_pin = desk.look_up_asks_pin();
        let awaiting = desk.look_up_mut()?;
        match key {
            Key::Clear if asks_pin => {
                awaiting.answering = Answering::default();
                self.keyboard.clear();
            }
            Key::Desk => return None,
            _ if asks_pin => return None,
            Key::Typed(typed) => {
                for pressed in typed {
                    self.keyboard.press(*pressed, now.instant);
                }
            }
            Key::End => return Some(self.submit(now)),
            _ => {}
        }
        Some(Task::none())
    }

    /// Something was touched for a look-up; for another one than that which is shown it counts nothing.
    pub(super) fn look_up_touched(&mut self, message: Message, now: Moment) -> Task<message::Message> {
        let (Screen::Desk(desk), Some(running)) = (&mut self.screen, &self.running) else {
            return Task::none();
        };
        let (Message::Choose(visit, _) | Message::Record(visit) | Message::GiveUp(visit)) = message;
        let awaiting = desk.look_up_mut().filter(|awaiting| awaiting.look_up.visit() == visit);
        let Some(awaiting) = awaiting else { return Task::none() };
        match message {
            Message::Choose(_, looked_up) => {
                awaiting.answering.choose(looked_up);
                Task::none()
            }
            Message::Record(_) => {
                let settings = &running.settings.desk;
                let second = settings.two_guards.then(|| PinPad::new(settings.shuffle_keypad));
                let Some(looked_up) = awaiting.answering.confirm(second) else { return Task::none() };
                self.record_look_up(looked_up, None)
            }
            Message::GiveUp(_) if matches!(awaiting.answering, Answering::Choosing(_)) => {
                self.looked_up(visit, None, now)
            }
            Message::GiveUp(_) => Task::none(),
        }
    }

    /// A second person agrees to the answer.
    pub(super) fn agree_to_look_up(&mut self, person: String) -> Task<message::Message> {
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let agreed = desk.look_up_mut().and_then(|awaiting| awaiting.answering.agree());
        agreed.map_or_else(Task::none, |looked_up| self.record_look_up(looked_up, Some(person)))
    }

    fn record_look_up(
        &mut self,
        looked_up: LookedUp,
        second_person: Option<String>,
    ) -> Task<message::Message> {
        let because = self.texts_for_staff().get(key(looked_up, self.policy()));
        let (Screen::Desk(desk), Some(running)) = (&mut self.screen, self.running.clone()) else {
            return Task::none();
        };
        let look_up = desk.look_up().map(|awaiting| awaiting.look_up.clone());
        let (Some(look_up), Some(session)) = (look_up, desk.session()) else { return Task::none() };
        let (person, asking) = (session.person.clone(), Arc::clone(&running));
        let word = Word { person: person.name.clone(), said: Said { because, second_person } };
        let visit = look_up.visit();
        let recorded = async move { asking.check_in.looked_up(&look_up, looked_up, word).await };
        ask_as(&running, person, recorded, move |outcome| Answer::LookedUp(visit, outcome))
    }

    /// What became of a look-up is on the disk, or nothing did. It stands on the screen of the visitor whose it is, and on
    /// no other.
    pub(super) fn looked_up(
        &mut self,
        visit: Uuid,
        outcome: Option<Outcome>,
        now: Moment,
    ) -> Task<message::Message> {
        // Whoever waited for it may have gone: nobody decides on the visit once more. Who was given up on waits still.
        if outcome.is_some()
            && let Some(session) = self.session()
        {
            session.note_word(visit);
        }
        let awaiting = match &self.screen {
            Screen::AwaitingDesk(awaiting) => Some(awaiting),
            Screen::Desk(desk) => match &desk.visitor {
                Some(Visitor::Awaiting(awaiting)) => Some(&**awaiting),
                Some(Visitor::Checking(_) | Visitor::Asked(_) | Visitor::Shown(_) | Visitor::Decided(..))
                | None => None,
            },
            Screen::Welcome(_)
            | Screen::Notice(_)
            | Screen::Checking(_)
            | Screen::Identity(_)
            | Screen::Outcome(_)
            | Screen::OutOfService(_) => None,
        };
        let Some(awaiting) = awaiting.filter(|awaiting| awaiting.look_up.visit() == visit) else {
            return Task::none();
        };
        let source = awaiting.look_up.source();
        let outcome = outcome.unwrap_or_else(|| awaiting.look_up.recorded().clone());
        self.put_desk_aside(now);
        self.show_looked_up(source, outcome, now)
    }

    fn policy(&self) -> &Policy {
        self.running.as_ref().map_or(&Policy::Riskless, |running| &running.settings.check_in.policy)
    }
}

/// The words of an answer.
fn key(looked_up: LookedUp, policy: &Policy) -> &'static str {
    match looked_up {
        LookedUp::Riskless { .. } if !policy.needs_health_fields() => "look-up-riskless",
        LookedUp::Riskless { is_protected: true } => "look-up-riskless-protected",
        LookedUp::Riskless { is_protected: false } => "look-up-riskless-not-protected",
        LookedUp::Risky => "look-up-risky",
        LookedUp::NotFound => "look-up-not-found",
        LookedUp::Expired => "look-up-expired",
    }
}

/// What counts as protected at this site; `None` where nothing has to.
fn protection(texts: &Texts, policy: &Policy) -> Option<String> {
    let Policy::RisklessAndProtected(protection) = policy else { return None };
    let by = protection.by.iter().map(|by| match by {
        ProtectedBy::Vaccinated => texts.get("look-up-vaccinated"),
        ProtectedBy::Immune => texts.get("look-up-immune"),
        ProtectedBy::NegativeTest => {
            let hours = Argument::Number(protection.negative_test_hours.into());
            texts.with("look-up-negative-test", &[("hours", hours)])
        }
    });
    let by = by.collect::<Vec<_>>().join(", ");
    Some(texts.with("look-up-protection", &[("by", Argument::Text(&by))]))
}

/// What can be focused, in the order in which it is read.
pub(super) fn targets(kiosk: &Kiosk, awaiting: &AwaitingDesk) -> Vec<super::Message> {
    let visit = awaiting.look_up.visit();
    let answers = LookedUp::each(kiosk.policy()).into_iter().map(|of| Message::Choose(visit, of));
    let record = awaiting.answering.chosen().map(|_| Message::Record(visit));
    answers.chain([Message::GiveUp(visit)]).chain(record).map(super::Message::LookUp).collect()
}

/// The code, large enough to be typed somewhere else, and the answers.
pub(super) fn view<'a>(
    kiosk: &'a Kiosk,
    awaiting: &AwaitingDesk,
    design: Design,
) -> Element<'a, message::Message> {
    if let Some(pad) = awaiting.answering.pin_pad() {
        let title = kiosk.texts_for_staff().get("desk-second-title");
        return pad.view(kiosk, title, super::Message::Lock, design);
    }
    let (texts, palette, policy) = (kiosk.texts_for_staff(), design.palette, kiosk.policy());
    let visit = awaiting.look_up.visit();
    let gap = design.length(16.0);
    let title = widgets::label(texts.get("look-up-title"), design.text(26.0), Weight::Semibold, palette.ink);
    // All twelve characters have to have their room, and all answers below them.
    let size = if design.is_low() { 96.0 } else { 128.0 };
    let size = design.text(size).min(design.window.width / 9.4);
    let code = awaiting.look_up.code().reveal_grouped();
    let code = widgets::label(code, size, Weight::ExtraBold, palette.ink).line_height(1.1).on_one_line();
    let chosen = awaiting.answering.chosen();
    let height = design.touch(84.0, 52.0);
    let answers = LookedUp::each(policy).into_iter().map(|looked_up| {
        let look = if chosen == Some(looked_up) { Look::Chosen } else { Look::Key };
        let words = texts.get(key(looked_up, policy));
        let choose = super::Message::LookUp(Message::Choose(visit, looked_up));
        button(kiosk, words, 24.0, look, design, choose).height(height).into()
    });
    let mut answers: Vec<Element<'a, message::Message>> = answers.collect();
    let mut rows = Column::new().spacing(gap);
    while !answers.is_empty() {
        let rest = answers.split_off(answers.len().min(2));
        rows = rows.push(Row::with_children(answers).spacing(gap));
        answers = rest;
    }
    // Its place stays free until there is something to record.
    let record: Element<'a, message::Message> = if chosen.is_some() {
        let words = texts.get("look-up-record");
        let record = super::Message::LookUp(Message::Record(visit));
        button(kiosk, words, 24.0, Look::Action, design, record).height(height).into()
    } else {
        space().width(Fill).into()
    };
    let give_up = texts.get("look-up-give-up");
    let message = super::Message::LookUp(Message::GiveUp(visit));
    let give_up = button(kiosk, give_up, 24.0, Look::Outline, design, message);
    let ends = Row::with_children([give_up.height(height).into(), record]).spacing(gap);
    let hint = protection(texts, policy)
        .map(|words| widgets::label(words, design.text(20.0), Weight::Medium, palette.muted).centered());
    let page = column![title.centered(), code].push(hint).push(rows).push(ends).spacing(gap).align_x(Center);
    container(page.max_width(design.length(960.0))).center(Fill).padding(design.length(24.0)).into()
}
