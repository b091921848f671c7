//! Erasure: what is known of a code is deleted, for the person whose code it is.

use std::sync::Arc;

use iced::Task;

use super::entry::Entry;
use super::pages::Page;
use super::pin_pad::{PinPad, Remark};
use super::{Answer, ask_as};
use crate::code::{Code, Reading};
use crate::kiosk::message::{self, Moment};
use crate::kiosk::state::{Kiosk, Screen};
use crate::visits::{Because, Deleted, KeptFile, Person, VisitsError, kept_files};

/// The page, as far as an erasure is.
#[derive(Debug)]
pub(super) enum Erasure {
    /// Whose visits: a code is read or typed.
    Code { is_wrong: bool },
    /// They are looked for.
    Looking(Code),
    /// So many records would be erased; why?
    Why { code: Code, records: usize, why: Entry, is_wrong: bool },
    /// The manager's PIN once more, as nothing brings them back.
    Pin { code: Code, because: Because, pad: PinPad },
    /// They are erased.
    Erasing(Code),
    /// They are gone.
    Done(Erased),
}

impl Default for Erasure {
    fn default() -> Self {
        Self::Code { is_wrong: false }
    }
}

/// What was erased, and what may still hold visits of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    pub(super) deleted: Deleted,
    /// `None` where the folders could not be looked through.
    pub(super) kept: Option<Vec<KeptFile>>,
}

/// What was touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// The person asked for it: the usual reason.
    Asked,
    /// The reason is written.
    Continue,
    /// The next code.
    Next,
}

impl Erasure {
    /// The text that is typed now.
    pub(super) fn entry(&mut self) -> Option<&mut Entry> {
        match self {
            Self::Why { why, .. } => Some(why),
            _ => None,
        }
    }

    /// Where the PIN is entered.
    pub(super) fn pin_pad(&mut self) -> Option<&mut PinPad> {
        match self {
            Self::Pin { pad, .. } => Some(pad),
            _ => None,
        }
    }

    /// Whether it waits for a code.
    pub(super) fn awaits_code(&self) -> bool {
        matches!(self, Self::Code { .. })
    }

    pub(super) fn asks_pin(&self) -> bool {
        matches!(self, Self::Pin { .. })
    }

    /// Begins anew. Tells whether it had begun. What is being erased is not called back.
    pub(super) fn go_back(&mut self) -> bool {
        if matches!(self, Self::Erasing(_)) {
            return true;
        }
        !matches!(std::mem::take(self), Self::Code { .. })
    }

    /// Takes the reason, and asks for the PIN where it is one.
    fn give_reason(&mut self, is_shuffled: bool) {
        *self = match std::mem::take(self) {
            Self::Why { code, records, why, .. } => match Because::parse(why.text()) {
                Ok(because) => Self::Pin { code, because, pad: PinPad::new(is_shuffled) },
                Err(_) => Self::Why { code, records, why, is_wrong: true },
            },
            other => other,
        };
    }
}

impl Kiosk {
    pub(super) fn erasure(&mut self) -> Option<&mut Erasure> {
        let Screen::Desk(desk) = &mut self.screen else { return None };
        match &mut desk.session()?.page {
            Page::Erasure(erasure) => Some(erasure),
            _ => None,
        }
    }

    /// A code was read or typed.
    pub(super) fn erasure_reading(&mut self, reading: &Reading) -> Task<message::Message> {
        let (by, running) = (self.opener(), self.running.clone());
        let (Some(erasure), Some(by), Some(running)) = (self.erasure(), by, running) else {
            return Task::none();
        };
        if !erasure.awaits_code() {
            return Task::none();
        }
        let Ok(code) = Code::parse(&reading.text) else {
            *erasure = Erasure::Code { is_wrong: true };
            return Task::none();
        };
        *erasure = Erasure::Looking(code);
        let (name, asking) = (by.name.clone(), Arc::clone(&running));
        let found = async move { Ok(asking.check_in.look_up(code, name).await?.len()) };
        ask_as(&running, by, found, Answer::Counted)
    }

    /// So many records have the code.
    pub(super) fn erasure_counted(&mut self, records: usize) {
        if let Some(erasure) = self.erasure()
            && let Erasure::Looking(code) = *erasure
        {
            *erasure = Erasure::Why { code, records, why: Entry::default(), is_wrong: false };
        }
    }

    /// Something of the page was touched.
    pub(super) fn erasure_touched(&mut self, message: Message) -> Task<message::Message> {
        let is_shuffled = self.shuffles_pin_pad();
        let asked = self.texts_for_staff().get("erasure-asked");
        let Some(erasure) = self.erasure() else { return Task::none() };
        match message {
            Message::Asked => {
                if let Some(why) = erasure.entry() {
                    *why = Entry::with(asked);
                }
                erasure.give_reason(is_shuffled);
            }
            Message::Continue => erasure.give_reason(is_shuffled),
            Message::Next => {
                erasure.go_back();
            }
        }
        self.keyboard.clear();
        Task::none()
    }

    /// The PIN of this person was entered before an erasure: that of the manager who opened the desk erases.
    pub(super) fn confirm_erasure(&mut self, person: &Person) -> Task<message::Message> {
        let (by, running) = (self.opener(), self.running.clone());
        let (Some(erasure), Some(running), Some(by)) = (self.erasure(), running, by) else {
            return Task::none();
        };
        match std::mem::take(erasure) {
            Erasure::Pin { code, because, .. } if by.name == person.name => {
                *erasure = Erasure::Erasing(code);
                let (name, asking) = (Some(by.name.clone()), Arc::clone(&running));
                let erased = async move {
                    let deleted = asking.check_in.visits().erase(code, name, because).await?;
                    let kept = move || kept_files(&asking.settings.check_in.visits).ok();
                    let kept = tokio::task::spawn_blocking(kept).await.ok().flatten();
                    Ok(Erased { deleted, kept })
                };
                ask_as(&running, by, erased, move |erased| Answer::Erased(code, erased))
            }
            Erasure::Pin { code, because, mut pad } => {
                pad.remark = Some(Remark::NotYours);
                *erasure = Erasure::Pin { code, because, pad };
                Task::none()
            }
            other => {
                *erasure = other;
                Task::none()
            }
        }
    }

    /// The visits of a code are gone: neither the list nor the visitor's screen shows them any more.
    pub(super) fn erased(
        &mut self,
        code: Code,
        erased: Result<Erased, VisitsError>,
        now: Moment,
    ) -> Task<message::Message> {
        let erased = match erased {
            Ok(erased) => erased,
            Err(error) => return self.fail_to_record(error, now),
        };
        // The manager may have opened another page meanwhile.
        if let Some(erasure) = self.erasure()
            && matches!(erasure, Erasure::Erasing(of) if *of == code)
        {
            *erasure = Erasure::Done(erased);
        }
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        desk.forget(code);
        if let Some(session) = desk.session() {
            session.forget_visits();
        }
        Task::batch([self.read_visits(None), self.read_evening()])
    }
}
