//! The visitors who come while the desk covers their screen.

use std::time::{Duration, Instant};

use iced::font::Weight;
use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, Task};
use jiff::Timestamp;
use uuid::Uuid;

use super::badge::badge;
use super::{Desk, Stage};
use crate::checkin::Outcome;
use crate::code::{Code, Reading};
use crate::entry::{Cause, Decision};
use crate::kiosk::awaiting_desk::AwaitingDesk;
use crate::kiosk::checking::Checking;
use crate::kiosk::identity::Identity;
use crate::kiosk::language::Argument;
use crate::kiosk::message::{self, Moment};
use crate::kiosk::outcome::OutcomeScreen;
use crate::kiosk::state::{Kiosk, Screen};
use crate::kiosk::theme::Design;
use crate::kiosk::widgets;

/// For so long a green that nobody saw yet may still be shown: whoever stands there later is somebody else.
const FRESH: Duration = Duration::from_secs(60);

/// So many of those who came are shown.
const SEEN: usize = 3;

/// The visitor whose screen the desk covers.
#[derive(Debug)]
pub(super) enum Visitor {
    Checking(Checking),
    Asked(Identity),
    Awaiting(Box<AwaitingDesk>),
    /// The outcome stood on the screen when the desk was opened.
    Shown(OutcomeScreen),
    /// The outcome was there at this time, and waits for the desk to close.
    Decided(Box<Outcome>, Instant),
}

/// Somebody who came while the desk covered the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Came {
    visit: Uuid,
    pub(super) at: Timestamp,
    decision: Decision,
}

/// A word that the visitor's screen did not show.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unshown {
    /// It was somebody else's by then.
    Recorded(Decision, Timestamp),
    /// Somebody had decided before: the log did not take it.
    Overtaken,
}

impl Visitor {
    /// Whether nobody stands there any more whose outcome it is.
    pub(super) fn is_gone(&self, now: Instant) -> bool {
        match self {
            Self::Checking(_) | Self::Asked(_) | Self::Awaiting(_) => false,
            Self::Shown(screen) => screen.is_over(now),
            Self::Decided(outcome, since) => {
                outcome.decision.admits() && now.saturating_duration_since(*since) >= FRESH
            }
        }
    }

    fn outcome(&self) -> Option<&Outcome> {
        match self {
            Self::Shown(screen) => Some(&screen.outcome),
            Self::Decided(outcome, _) => Some(outcome),
            Self::Checking(_) | Self::Asked(_) | Self::Awaiting(_) => None,
        }
    }

    /// The screen that the desk gives back.
    pub(super) fn screen(self, now: Instant, stands: impl Fn(Decision) -> Duration) -> Screen {
        match self {
            Self::Checking(checking) => Screen::Checking(checking),
            Self::Asked(identity) => Screen::Identity(identity.uncovered(now)),
            Self::Awaiting(awaiting) => Screen::AwaitingDesk(awaiting.hidden()),
            Self::Shown(screen) => Screen::Outcome(screen),
            Self::Decided(outcome, _) => {
                let stands = stands(outcome.decision);
                Screen::Outcome(OutcomeScreen::new(*outcome, now, stands).after_desk())
            }
        }
    }
}

impl Desk {
    /// The check that runs for a visitor.
    pub(in crate::kiosk) fn checking(&self) -> Option<&Checking> {
        match &self.visitor {
            Some(Visitor::Checking(checking)) => Some(checking),
            Some(Visitor::Asked(_) | Visitor::Awaiting(_) | Visitor::Shown(_) | Visitor::Decided(..))
            | None => None,
        }
    }

    /// A visitor's check runs behind the desk.
    pub(in crate::kiosk) fn check(&mut self, checking: Checking) {
        self.visitor = Some(Visitor::Checking(checking));
    }

    /// A visitor has to be asked, which waits until the desk is closed.
    pub(in crate::kiosk) fn note_question(&mut self, identity: Identity) {
        self.visitor = Some(Visitor::Asked(identity));
    }

    /// A visitor's check ended: it stands in the list at once.
    pub(in crate::kiosk) fn note_outcome(&mut self, outcome: Outcome, now: Instant) {
        self.note_change();
        if let Stage::Open(session) = &mut self.stage {
            session.add_outcome(&outcome, now);
        }
        self.came.push(Came { visit: outcome.visit, at: outcome.at, decision: outcome.decision });
        self.visitor = Some(Visitor::Decided(Box::new(outcome), now));
    }

    /// Whether it covers a visitor's screen.
    pub(in crate::kiosk) fn has_visitor(&self) -> bool {
        self.visitor.is_some()
    }

    /// Whether another visitor can be checked behind the desk.
    pub(in crate::kiosk) fn takes_readings(&self) -> bool {
        matches!(self.visitor, None | Some(Visitor::Shown(_) | Visitor::Decided(..)))
    }

    /// Takes note of what was read and cannot be checked now: whoever stands there then is told.
    pub(in crate::kiosk) fn note_reading(&mut self, reading: &Reading) {
        match &mut self.visitor {
            Some(Visitor::Asked(identity)) => identity.note_reading(reading),
            Some(Visitor::Awaiting(awaiting)) => awaiting.note_reading(reading),
            Some(Visitor::Checking(_) | Visitor::Shown(_) | Visitor::Decided(..)) | None => {}
        }
    }

    /// Forgets a visitor who has gone.
    pub(super) fn forget_gone(&mut self, now: Instant) {
        self.visitor.take_if(|visitor| visitor.is_gone(now));
    }

    /// Nothing of this code is shown any more. Whose the earlier visits were that are shown is not known here: none of them
    /// is, as the list has them all.
    pub(super) fn forget(&mut self, code: Code) {
        self.visitor.take_if(|visitor| visitor.outcome().is_some_and(|outcome| outcome.code == Some(code)));
        (self.came, self.unshown) = (Vec::new(), None);
    }
}

impl Kiosk {
    /// Somebody's word on a visit is on the disk. The visitor's screen shows it, unless somebody else is to see that: no
    /// green may stand there that is not theirs.
    pub(super) fn settled(&mut self, visit: Uuid, outcome: Outcome, now: Moment) -> Task<message::Message> {
        // An admission counts whether its visitor has left or not.
        if outcome.decision != Decision::CheckOut
            && let Some(session) = self.session()
        {
            session.note_word(visit);
        }
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        desk.forget_gone(now.instant);
        desk.visitor.take_if(|visitor| visitor.outcome().is_some_and(|outcome| outcome.visit == visit));
        desk.came.retain(|came| came.visit != visit);
        let is_gone = matches!(outcome.decision, Decision::Unverified(Cause::Left) | Decision::CheckOut);
        if desk.visitor.is_none() && !is_gone {
            self.close_desk(now);
            return self.show_outcome(outcome, now);
        }
        if !is_gone {
            desk.unshown = Some(Unshown::Recorded(outcome.decision, outcome.at));
        }
        self.end_deciding(visit)
    }

    /// Somebody decided on the visit before: this word was not taken, and no screen shows it. The list shows the one that
    /// counts.
    pub(super) fn overtaken(&mut self, visit: Uuid) -> Task<message::Message> {
        if let Some(session) = self.session() {
            session.note_word(visit);
        }
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        desk.unshown = Some(Unshown::Overtaken);
        self.end_deciding(visit)
    }

    /// Nobody decides on the visit any more, and what the log says of it is read.
    fn end_deciding(&mut self, visit: Uuid) -> Task<message::Message> {
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let since = desk.session().and_then(|session| {
            session.deciding.take_if(|deciding| deciding.unsettled.visit == visit);
            session.unread_since()
        });
        self.read_visits(since)
    }
}

/// Who came while the desk covered the screen, and what their screen does not show.
pub(super) fn view<'a>(kiosk: &Kiosk, desk: &Desk, design: Design) -> Option<Element<'a, message::Message>> {
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let words = |words: String| {
        widgets::label(words, design.text(18.0), Weight::Semibold, palette.ink).line_height(1.2)
    };
    let key = match &desk.visitor {
        Some(Visitor::Checking(_)) => Some("desk-behind-checking"),
        Some(Visitor::Asked(_)) => Some("desk-behind-asked"),
        // Whoever looks the code up sees that.
        Some(Visitor::Awaiting(_)) if desk.look_up().is_none() => Some("desk-behind-awaiting"),
        Some(Visitor::Decided(..)) => Some("desk-behind-decided"),
        Some(Visitor::Awaiting(_) | Visitor::Shown(_)) | None => None,
    };
    let unshown = desk.unshown.map(|unshown| match unshown {
        Unshown::Recorded(decision, at) => {
            let key = if decision.admits() { "desk-unshown-admitted" } else { "desk-unshown-refused" };
            words(texts.with(key, &[("time", Argument::Text(&widgets::clock_time(at)))]))
        }
        Unshown::Overtaken => words(texts.get("desk-overtaken")),
    });
    let behind =
        key.map(|key| {
            let seen =
                desk.came.iter().rev().take(SEEN).map(|came| {
                    badge(kiosk, true, came.decision, Some(widgets::clock_time(came.at)), design)
                });
            row(seen)
                .push(container(words(texts.get(key))).width(Fill))
                .spacing(design.length(12.0))
                .align_y(Center)
        });
    if behind.is_none() && unshown.is_none() {
        return None;
    }
    let lines = column![].push(behind).push(unshown).spacing(design.length(8.0));
    let edge = design.length(24.0);
    let padding = iced::Padding { top: 0.0, right: edge, bottom: edge, left: edge };
    Some(container(lines).width(Fill).padding(padding).into())
}
