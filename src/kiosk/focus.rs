//! The keyboard's focus: which button a visitor without a pointer has reached, and what presses it.
//!
//! A reader is a keyboard too, ends its text with Enter or Tab, and types those of a visitor's picture as well. What it
//! types takes the focus away, and a key presses what is focused only when no other one came before it or follows at a
//! reader's pace: no reader ever presses a button.

use std::mem::{Discriminant, discriminant};
use std::time::{Duration, Instant};

use iced::Task;

use super::desk::WayOut;
use super::keys::{Key, Step};
use super::message::{Message, Moment};
use super::state::{Kiosk, Screen};
use super::{desk, identity, notice, welcome};
use crate::code::Code;
use crate::scan::{Field, Pressed};

/// For so long a key that presses waits for another one, as a reader's follow it. As long it has to come after another
/// one: a drawing may hold it up.
const PRESS_WAITS: Duration = Duration::from_millis(120);

/// No hand moves the focus so soon after another key.
const READER_GAP: Duration = Duration::from_millis(50);

/// What can be focused: all that is touched, but for the keypads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Target {
    Welcome(welcome::Message),
    Notice(notice::Message),
    Identity(identity::Message),
    Desk(desk::Message),
}

/// Where the focus is, and whether a key waits to press it.
#[derive(Debug, Default)]
pub(super) struct Focus {
    target: Option<Target>,
    press: Option<Instant>,
    /// When the last key was pressed, and how long after the one before.
    last_key: Option<Instant>,
    gap: Option<Duration>,
}

impl Focus {
    /// Whether the focus is on `target`.
    pub(super) fn is_on(&self, target: Target) -> bool {
        self.target == Some(target)
    }

    /// A key was pressed: one that waited to press was a reader's, and so was one that moved the focus just before.
    pub(super) fn note_key(&mut self, key: &Key, now: Instant) {
        self.press = None;
        // A hand holds Shift just before Tab.
        if *key == Key::Other {
            return;
        }
        self.gap = self.last_key.map(|last| now.saturating_duration_since(last));
        self.last_key = Some(now);
        if self.is_readers() {
            self.target = None;
        }
    }

    /// Whether the last key followed another one as no hand moves the focus.
    fn is_readers(&self) -> bool {
        self.gap.is_some_and(|gap| gap < READER_GAP)
    }

    /// What has the focus.
    pub(super) fn target(&self) -> Option<Target> {
        self.target
    }

    /// Whether a key waits to press.
    pub(super) fn is_pressing(&self) -> bool {
        self.press.is_some()
    }
}

impl Kiosk {
    /// What can be focused, in the order in which it is read.
    pub(super) fn targets(&self) -> Vec<Target> {
        match &self.screen {
            Screen::Welcome(_) => welcome::targets(self).into_iter().map(Target::Welcome).collect(),
            Screen::Notice(_) => notice::TARGETS.map(Target::Notice).to_vec(),
            Screen::Identity(_) => identity::TARGETS.map(Target::Identity).to_vec(),
            Screen::Desk(desk) => desk::targets(self, desk).into_iter().map(Target::Desk).collect(),
            Screen::OutOfService(out) => {
                let way_out = out.way_out.as_ref().map_or_else(Vec::new, WayOut::targets);
                way_out.into_iter().map(Target::Desk).collect()
            }
            Screen::Checking(_) | Screen::AwaitingDesk(_) | Screen::Outcome(_) => Vec::new(),
        }
    }

    /// The page that is seen, to be told from others: the focus ends with it.
    pub(super) fn page(&self) -> (Discriminant<Screen>, Option<desk::Seen>) {
        let seen = match &self.screen {
            Screen::Desk(desk) => Some(desk.seen()),
            Screen::OutOfService(out) => out.way_out.as_ref().map(WayOut::seen),
            _ => None,
        };
        (discriminant(&self.screen), seen)
    }

    /// Takes a key that moves the focus, or presses what has it. Tells whether it did.
    pub(super) fn focus_key(&mut self, key: &Key, now: Instant) -> bool {
        match key {
            Key::Tab(step) | Key::Arrow(step) => self.move_focus(*step),
            Key::End => return self.press_soon(now),
            Key::Typed(typed) if is_blank(typed) && self.press_soon(now) => {}
            Key::Typed(_) => {
                self.focus = Focus::default();
                return false;
            }
            _ => return false,
        }
        true
    }

    /// Moves the focus to the next button or the one before, if a hand does.
    fn move_focus(&mut self, step: Step) {
        if self.focus.is_readers() {
            return;
        }
        let targets = self.targets();
        let here = self.focus.target.and_then(|here| targets.iter().position(|target| *target == here));
        let last = targets.len().saturating_sub(1);
        let there = match (here, step) {
            (None, Step::Next) => 0,
            (None, Step::Previous) => last,
            (Some(here), Step::Next) => {
                if here == last {
                    0
                } else {
                    here + 1
                }
            }
            (Some(here), Step::Previous) => here.checked_sub(1).unwrap_or(last),
        };
        self.focus.target = targets.get(there).copied();
    }

    /// Tab ends a reader's text and a whole code; a hand's unfinished one it leaves for the next button.
    pub(super) fn tab_ends(&self, now: Instant) -> bool {
        match self.keyboard.field() {
            Field::Hidden => true,
            Field::Typed(typed) if self.keyboard.typing_hand(now).is_some() => Code::parse(&typed).is_ok(),
            Field::Typed(_) => self.keyboard.last_key().is_some(),
        }
    }

    /// A key that presses was pressed. Says whether there is something to press.
    fn press_soon(&mut self, now: Instant) -> bool {
        let is_hands = self.focus.gap.is_none_or(|gap| gap >= PRESS_WAITS);
        self.focus.press = is_hands.then_some(now).filter(|_| self.focus.target.is_some());
        self.focus.target.is_some()
    }

    /// Presses what is focused once no reader's key can follow any more.
    pub(super) fn press_focused(&mut self, now: Moment) -> Task<Message> {
        let waited = |since: Instant| now.instant.saturating_duration_since(since) >= PRESS_WAITS;
        if !self.focus.press.is_some_and(waited) {
            return Task::none();
        }
        self.focus.press = None;
        match self.focus.target.filter(|target| self.targets().contains(target)) {
            Some(Target::Welcome(message)) => self.welcome_touched(message, now),
            Some(Target::Notice(message)) => {
                self.notice_touched(message, now);
                Task::none()
            }
            Some(Target::Identity(message)) => self.identity_touched(message, now),
            Some(Target::Desk(message)) => self.desk_touched(message, now),
            None => Task::none(),
        }
    }
}

/// Whether what was typed is the space bar alone.
fn is_blank(typed: &[Pressed]) -> bool {
    typed.iter().all(|pressed| pressed.character == Some(' '))
}
