//! A touch that meets a reader's text halfway waits for its end: the rest would be taken for a hand's.

use std::time::{Duration, Instant};

use iced::Task;

use super::desk;
use super::message::Message;
use super::state::Kiosk;

/// After so long nothing more of a reader's text has come.
const WAITS: Duration = Duration::from_millis(100);

impl Kiosk {
    /// Whether a reader is typing while a hand touches something. The corner and the list are nothing to it.
    pub(super) fn is_amid_reading(&self, touch: &Message) -> bool {
        use desk::Message::{CornerHeld, CornerLeft, Scrolled};
        match touch {
            Message::Desk(CornerHeld | CornerLeft | Scrolled(_), _) => false,
            Message::Welcome(_, now)
            | Message::Notice(_, now)
            | Message::Identity(_, now)
            | Message::Desk(_, now) => self.keyboard.is_being_read(now.instant),
            _ => false,
        }
    }

    /// Tells of a touch again when the reader may have ended.
    pub(super) fn touch_later(&mut self, touch: Message) -> Task<Message> {
        let Some(last) = self.keyboard.last_key() else { return self.happened(touch) };
        Task::future(async move {
            tokio::time::sleep(WAITS).await;
            Message::TouchedAmidReading(Box::new(touch), last)
        })
    }

    /// A touch has waited since the reader's key of this time.
    pub(super) fn touched_amid_reading(&mut self, touch: Message, last: Instant) -> Task<Message> {
        let newer = self.keyboard.last_key().filter(|key| *key != last);
        if newer.is_some_and(|key| self.keyboard.is_being_read(key)) {
            return self.touch_later(touch);
        }
        self.happened(touch)
    }
}
