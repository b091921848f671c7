//! What the keyboard's focus reaches at the desk, and how it is seen.

use std::mem::{Discriminant, discriminant};

use iced::widget::Container;
use iced::{Element, Task};
use uuid::Uuid;

use super::erasure::Erasure;
use super::pages::{LINES, Page, Tab};
use super::session::Session;
use super::view::{LIST, WAITING, WAITING_LIST};
use super::{Desk, Message, Stage, WayOut, deciding_view, inside, look_up, pages, pin_pad, pins, touched};
use crate::kiosk::focus::Target;
use crate::kiosk::message;
use crate::kiosk::scrolling::{self, Line};
use crate::kiosk::state::{Kiosk, Screen};
use crate::kiosk::theme::Design;
use crate::kiosk::widgets::{self, Look};
use crate::settings::SETTINGS;

/// The page of the desk that is seen, to be told from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::kiosk) struct Seen(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pad,
    Deciding(Uuid),
    LookUp(Uuid),
    Pins(Discriminant<pins::Step>),
    Erasure(Discriminant<Erasure>),
    Page(Tab),
    WayOut,
}

impl Desk {
    /// The page that is seen.
    pub(in crate::kiosk) fn seen(&self) -> Seen {
        let session = match &self.stage {
            Stage::Open(session) if !self.asks_pin() => session,
            Stage::Open(_) | Stage::Locked(_) => return Seen(Kind::Pad),
        };
        Seen(match (&session.deciding, self.look_up(), &session.page) {
            (Some(deciding), _, _) => Kind::Deciding(deciding.unsettled.visit),
            (None, Some(awaiting), _) => Kind::LookUp(awaiting.look_up.visit()),
            (None, None, Page::Pins(pins)) => Kind::Pins(discriminant(&pins.step)),
            (None, None, Page::Erasure(erasure)) => Kind::Erasure(discriminant(erasure)),
            (None, None, page) => Kind::Page(page.tab()),
        })
    }
}

impl WayOut {
    /// The page that is seen.
    pub(in crate::kiosk) fn seen(&self) -> Seen {
        Seen(if self.asks_pin() { Kind::Pad } else { Kind::WayOut })
    }
}

/// What can be focused, in the order in which it is read.
pub(in crate::kiosk) fn targets(kiosk: &Kiosk, desk: &Desk) -> Vec<Message> {
    let Stage::Open(session) = &desk.stage else { return pin_pad::targets(Message::Lock).to_vec() };
    let page = match (&session.deciding, desk.look_up()) {
        (Some(_), _) | (None, Some(_)) if desk.asks_pin() => pin_pad::targets(Message::Lock).to_vec(),
        (Some(deciding), _) => deciding_view::targets(kiosk, deciding),
        (None, Some(awaiting)) => look_up::targets(kiosk, awaiting),
        (None, None) => pages::targets(session),
    };
    // A pad has the button that locks the desk, too.
    let page = page.into_iter().filter(|message| *message != Message::Lock);
    std::iter::once(Message::Lock).chain(page).collect()
}

impl Kiosk {
    /// Scrolls to what has the focus.
    pub(super) fn reveal_focused(&self) -> Task<message::Message> {
        let (Screen::Desk(Desk { stage: Stage::Open(session), .. }), Some(Target::Desk(message))) =
            (&self.screen, self.focus.target())
        else {
            return Task::none();
        };
        // Of a list those lines alone are built that are seen.
        line(session, message).map_or_else(scrolling::reveal_focused, scrolling::reveal)
    }
}

/// The line of a list in which something can be touched.
fn line(session: &Session, message: Message) -> Option<Line> {
    match message {
        Message::Decide(visit) | Message::Inside(inside::Message::CheckOut(visit)) => {
            let waiting = session.waiting().take(WAITING);
            let (all, mut waiting) = (waiting.len(), waiting);
            match waiting.position(|row| row.id == visit) {
                Some(place) => Some(Line { list: WAITING_LIST, place, all }),
                None => {
                    let all = session.length();
                    let place = session.listed(0..all).position(|row| row.id == visit)?;
                    Some(Line { list: LIST, place, all })
                }
            }
        }
        Message::Settings(message) => setting_line(message.setting()?),
        Message::Pins(pins::Message::Change(place) | pins::Message::Remove(place)) => match &session.page {
            Page::Pins(pins) => Some(Line { list: LINES, place, all: pins.people.len() }),
            _ => None,
        },
        _ => None,
    }
}

/// The line of a setting, where its section is seen.
pub(super) fn setting_line(place: usize) -> Option<Line> {
    let setting = SETTINGS.get(place)?;
    let mut section = SETTINGS.iter().filter(|other| other.section == setting.section);
    let all = section.clone().count();
    let place = section.position(|other| other.key == setting.key)?;
    Some(Line { list: LINES, place, all })
}

/// What can be touched, with a ring where it has the focus.
pub(super) fn ringed<'a>(
    kiosk: &Kiosk,
    touched: impl Into<Element<'a, message::Message>>,
    message: Message,
    design: Design,
) -> Container<'a, message::Message> {
    let is_focused = kiosk.focus.is_on(Target::Desk(message));
    let container = Container::new(widgets::ringed(touched, is_focused, design));
    if is_focused { container.id(scrolling::FOCUSED) } else { container }
}

/// A button with a few words.
pub(super) fn button<'a>(
    kiosk: &Kiosk,
    words: String,
    size: f32,
    look: Look,
    design: Design,
    message: Message,
) -> Container<'a, message::Message> {
    ringed(kiosk, widgets::word_button(words, size, look, design, touched(message)), message, design)
}
