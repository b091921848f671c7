//! The desk is opened over the visitor's screen, and the window given back.

use std::time::{Duration, Instant};

use iced::Task;

use super::pin_pad::PinPad;
use super::{Answering, Desk, Stage, Visitor, entry};
use crate::kiosk::language::start_of_day;
use crate::kiosk::message::{self, Moment};
use crate::kiosk::state::{Kiosk, Screen};
use crate::kiosk::welcome::Welcome;

/// How long a corner is held to open the desk.
const HOLD: Duration = Duration::from_secs(2);

/// How often visits are looked for that others recorded.
const REFRESH: Duration = Duration::from_secs(5);

impl Desk {
    /// It comes back with a visitor's code.
    pub(in crate::kiosk) fn back(self, now: Instant) -> Self {
        Self { back: Some(now), ..self }
    }
}

impl Kiosk {
    /// Asks for a PIN over whatever a visitor sees. While a visitor is asked something it stays away, and out of service
    /// there is the way out alone.
    pub(in crate::kiosk) fn open_desk(&mut self, now: Moment) -> Task<message::Message> {
        self.corner_held = None;
        if matches!(self.screen, Screen::OutOfService(_)) {
            return self.open_way_out(now);
        }
        if self.running.is_none() || matches!(self.screen, Screen::Identity(_)) {
            return Task::none();
        }
        let visitor = match std::mem::replace(&mut self.screen, Screen::Welcome(Welcome::default())) {
            Screen::Checking(checking) => Some(Visitor::Checking(checking)),
            Screen::AwaitingDesk(awaiting) => Some(Visitor::Awaiting(Box::new(awaiting))),
            Screen::Outcome(outcome) => Some(Visitor::Shown(outcome)),
            Screen::Desk(desk) => {
                self.screen = Screen::Desk(desk);
                return Task::none();
            }
            Screen::Welcome(_) | Screen::Notice(_) | Screen::Identity(_) | Screen::OutOfService(_) => None,
        };
        self.keyboard.clear();
        self.desk_aside = None;
        let stage = Stage::Locked(PinPad::new(self.shuffles_pin_pad()));
        let last_touch = now.instant;
        self.screen = Screen::Desk(Desk {
            stage,
            visitor,
            came: Vec::new(),
            unshown: None,
            last_touch,
            back: None,
            changes: 0,
        });
        Task::none()
    }

    pub(super) fn shuffles_pin_pad(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.settings.desk.shuffle_keypad)
    }

    /// Gives the window back to the visitor.
    pub(super) fn close_desk(&mut self, now: Moment) {
        self.keyboard.clear();
        self.exports.forget();
        let screen = std::mem::replace(&mut self.screen, Screen::Welcome(Welcome::default()));
        let Screen::Desk(Desk { visitor: Some(visitor), .. }) = screen else { return self.welcome_next() };
        if visitor.is_gone(now.instant) {
            return self.welcome_next();
        }
        self.last_touch = now.instant;
        self.screen = visitor.screen(now.instant, |decision| self.stands(decision));
    }

    /// Locks the desk of somebody who has no such PIN any more. A visitor's screen stays, and a code of which nothing was
    /// recorded waits for the next answer.
    pub(super) fn dismiss(&mut self, now: Moment) {
        self.desk_aside = None;
        match &mut self.screen {
            Screen::AwaitingDesk(awaiting) => awaiting.answering = Answering::default(),
            Screen::Desk(desk) => {
                if let Some(Visitor::Awaiting(awaiting)) = &mut desk.visitor {
                    awaiting.answering = Answering::default();
                }
                self.close_desk(now);
            }
            Screen::Welcome(_)
            | Screen::Notice(_)
            | Screen::Checking(_)
            | Screen::Identity(_)
            | Screen::Outcome(_)
            | Screen::OutOfService(_) => {}
        }
    }

    /// Gives the window to a visitor whose code was looked up. The desk comes back behind the answer, or with the next
    /// visitor's code, unless a hand typed that, for as long as it would have been open: nobody gives a PIN for each visitor.
    pub(super) fn put_desk_aside(&mut self, now: Moment) {
        if !matches!(self.screen, Screen::Desk(_)) {
            return;
        }
        self.keyboard.clear();
        self.exports.forget();
        self.last_touch = now.instant;
        let screen = std::mem::replace(&mut self.screen, Screen::Welcome(Welcome::default()));
        if let Screen::Desk(desk @ Desk { stage: Stage::Open(_), .. }) = screen {
            self.desk_aside = Some(Desk { visitor: None, ..desk });
        }
    }

    /// The desk that was put aside, unless it is locked by now.
    pub(in crate::kiosk) fn take_desk_aside(&mut self, now: Instant) -> Option<Desk> {
        self.desk_aside.take().filter(|desk| !desk.left(now).is_zero())
    }

    /// Shows the desk again that was put aside, with what was recorded meanwhile.
    pub(in crate::kiosk) fn bring_desk_back(
        &mut self,
        mut desk: Desk,
        now: Instant,
    ) -> Task<message::Message> {
        // What a visitor typed over the answer is nothing to the desk.
        self.forget_hand(now);
        let since = desk.session().and_then(|session| session.unread_since());
        self.screen = Screen::Desk(desk);
        self.read_visits(since)
    }

    /// The corner was held long enough, nobody is there any more, or it is time to look for more visits.
    pub(in crate::kiosk) fn tick_desk(&mut self, now: Moment) -> Task<message::Message> {
        if self.corner_held.is_some_and(|since| now.instant.saturating_duration_since(since) >= HOLD) {
            return self.open_desk(now);
        }
        let typed = self
            .keyboard
            .typing_hand(now.instant)
            .filter(|typed| now.instant.saturating_duration_since(*typed) >= entry::PAUSE);
        self.desk_aside.take_if(|desk| desk.left(now.instant).is_zero());
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        desk.last_touch = typed.map_or(desk.last_touch, |typed| typed.max(desk.last_touch));
        desk.forget_gone(now.instant);
        if desk.left(now.instant).is_zero() {
            self.close_desk(now);
            return Task::none();
        }
        // Nobody can answer a question that is covered: it waits for the desk to close, for as long as it may be asked.
        if let Some(Visitor::Asked(identity)) = &desk.visitor
            && identity.is_too_late(now.instant)
        {
            let (pending, digits) = (identity.pending(), identity.wrong_digits());
            return self.conclude(pending, digits, now);
        }
        let Some(session) = desk.session() else { return Task::none() };
        session.note_day(start_of_day(now.time));
        if !session.is_due(now.instant, REFRESH) {
            return Task::none();
        }
        let since = session.unread_since();
        self.read_visits(since)
    }
}
