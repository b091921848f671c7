//! A touch that meets a reader's text halfway waits for its end: the rest would be taken for a hand's. Those that follow
//! wait behind it.

use std::time::{Duration, Instant};

use iced::Task;

use super::desk;
use super::message::Message;
use super::state::Kiosk;

/// After so long nothing more of a reader's text has come.
const WAITS: Duration = Duration::from_millis(100);

impl Kiosk {
    /// Whether a reader is typing while a hand touches something, or an earlier touch waits. The corner and the list are
    /// nothing to it.
    pub(super) fn is_amid_reading(&self, touch: &Message) -> bool {
        use desk::Message::{CornerHeld, CornerLeft, Scrolled};
        match touch {
            Message::Desk(CornerHeld | CornerLeft | Scrolled(_), _) => false,
            Message::Welcome(_, now)
            | Message::Notice(_, now)
            | Message::Identity(_, now)
            | Message::Desk(_, now) => {
                !self.waiting_touches.is_empty() || self.keyboard.is_being_read(now.instant)
            }
            _ => false,
        }
    }

    /// Tells of a touch again when the reader may have ended.
    pub(super) fn touch_later(&mut self, touch: Message) -> Task<Message> {
        self.waiting_touches.push(touch);
        if self.waiting_touches.len() == 1 { self.await_end_of_reading() } else { Task::none() }
    }

    fn await_end_of_reading(&self) -> Task<Message> {
        let last = self.keyboard.last_key();
        Task::future(async move {
            tokio::time::sleep(WAITS).await;
            Message::TouchesWaited(last)
        })
    }

    /// Touches have waited since the reader's key of this time.
    pub(super) fn touches_waited(&mut self, last: Option<Instant>) -> Task<Message> {
        let newer = self.keyboard.last_key().filter(|key| Some(*key) != last);
        if newer.is_some_and(|key| self.keyboard.is_being_read(key)) {
            return self.await_end_of_reading();
        }
        let touches = std::mem::take(&mut self.waiting_touches);
        Task::batch(touches.into_iter().map(|touch| self.happened(touch)).collect::<Vec<_>>())
    }
}
