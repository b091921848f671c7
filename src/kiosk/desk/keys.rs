//! The keys that are pressed at the desk: a hand's, and those of a reader, which is a keyboard too.

use iced::Task;

use super::view;
use crate::kiosk::keys::Key;
use crate::kiosk::message::{self, Moment};
use crate::kiosk::scrolling;
use crate::kiosk::state::{Kiosk, Screen};

impl Kiosk {
    /// A key that was pressed while the desk has the window.
    pub(in crate::kiosk) fn desk_key(&mut self, key: Key, now: Moment) -> Task<message::Message> {
        self.focus.note_key(&key, now.instant);
        // What ends a reader's text ends nothing else. No reader ends a PIN.
        let may_end = key == Key::End || matches!(key, Key::Tab(_)) && self.typed_pin().is_none();
        if may_end && self.keyboard.holds_reading(now.instant) {
            return self.submit(now);
        }
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        // A reader types, too, and holds Shift for that: typed keys are known as a hand's when time goes on.
        if matches!(key, Key::TakeBack | Key::Clear | Key::Desk | Key::Arrow(_) | Key::Page(_)) {
            desk.last_touch = now.instant;
        }
        desk.note_change();
        if self.focus_key(&key, now.instant) {
            return self.reveal_focused();
        }
        if let Some(task) = self.look_up_key(&key, now) {
            return task;
        }
        if let Some(task) = self.page_key(&key, now) {
            return task;
        }
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        match key {
            Key::End => return self.submit(now),
            Key::Desk => self.close_desk(now),
            Key::Clear => match desk.session() {
                Some(session) if session.deciding.is_some() => {
                    session.cancel();
                    self.keyboard.clear();
                }
                Some(session)
                    if session.is_seeking() || session.awaits_code || self.keyboard.last_key().is_some() =>
                {
                    session.stop_seeking();
                    self.keyboard.clear();
                    return view::to_top();
                }
                _ => self.close_desk(now),
            },
            Key::Page(step) => return scrolling::scroll(step, true),
            Key::TakeBack => self.keyboard.take_back(),
            Key::Typed(typed) => {
                for pressed in typed {
                    self.keyboard.press(pressed, now.instant);
                }
            }
            Key::Tab(_) | Key::Arrow(_) | Key::Other => {}
        }
        self.seek(now)
    }

    /// Lists what fits what is typed so far.
    pub(super) fn seek(&mut self, now: Moment) -> Task<message::Message> {
        let Some(typed) = self.keyboard.words(now.instant) else { return Task::none() };
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        if desk.asks_pin() {
            return Task::none();
        }
        if let Some(session) = desk.session()
            && session.is_at_visits()
            && session.deciding.is_none()
            && session.seek(typed.trim())
        {
            return view::to_top();
        }
        Task::none()
    }
}
