//! The pages of an open desk, and who may open them.

use std::time::Instant;

use iced::font::Weight;
use iced::widget::scrollable::{self, Direction, Scrollbar};
use iced::widget::{Column, Container, Id, Scrollable, column, container, row, space};
use iced::{Element, Fill, Task, border};

use super::entry::Entry;
use super::erasure::Erasure;
use super::pin_pad::PinPad;
use super::pins::{self, Pins};
use super::session::Session;
use super::settings::{self, SettingsPage};
use super::view::{self, card, overview};
use super::{Desk, Message, Stage, erasure, erasure_view, exports, focus, pins_view, settings_view};
use crate::kiosk::keys::Key;
use crate::kiosk::message::{self, Moment};
use crate::kiosk::state::{Kiosk, Screen};
use crate::kiosk::theme::Design;
use crate::kiosk::widgets::{self, Look};
use crate::visits::{Person, Role};

/// The lines of a page.
pub(super) const LINES: Id = Id::new("lines");

/// The name of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Today's visits and those who wait.
    Visits,
    /// The settings.
    Settings,
    /// Exports.
    Exports,
    /// Who has a PIN.
    Pins,
    /// Erasure.
    Erasure,
}

impl Tab {
    /// The pages that somebody of this role may open.
    fn of(role: Role) -> &'static [Self] {
        match role {
            Role::Guard => &[Self::Visits],
            Role::Manager => &[Self::Visits, Self::Settings, Self::Exports, Self::Pins, Self::Erasure],
        }
    }

    /// The key of its name.
    fn key(self) -> &'static str {
        match self {
            Self::Visits => "desk-tab-visits",
            Self::Settings => "desk-tab-settings",
            Self::Exports => "desk-tab-exports",
            Self::Pins => "desk-tab-pins",
            Self::Erasure => "desk-tab-erasure",
        }
    }
}

/// The page that is open, with what it holds: leaving it forgets that.
#[derive(Debug)]
pub(super) enum Page {
    Visits,
    Settings(SettingsPage),
    Exports,
    Pins(Pins),
    Erasure(Erasure),
}

impl Page {
    pub(super) fn tab(&self) -> Tab {
        match self {
            Self::Visits => Tab::Visits,
            Self::Settings(_) => Tab::Settings,
            Self::Exports => Tab::Exports,
            Self::Pins(_) => Tab::Pins,
            Self::Erasure(_) => Tab::Erasure,
        }
    }

    /// The text that is typed now.
    pub(super) fn entry(&mut self) -> Option<&mut Entry> {
        match self {
            Self::Settings(settings) => settings.entry(),
            Self::Pins(pins) => pins.entry(),
            Self::Erasure(erasure) => erasure.entry(),
            Self::Visits | Self::Exports => None,
        }
    }

    /// Whether a PIN is entered now.
    pub(super) fn asks_pin(&self) -> bool {
        match self {
            Self::Pins(pins) => pins.asks_pin(),
            Self::Erasure(erasure) => erasure.asks_pin(),
            Self::Visits | Self::Settings(_) | Self::Exports => false,
        }
    }

    /// Whether the PIN that is entered is one that somebody gets.
    pub(super) fn takes_new_pin(&self) -> bool {
        matches!(self, Self::Pins(_)) && self.asks_pin()
    }

    /// Whether the PIN that is entered erases.
    pub(super) fn confirms_erasure(&self) -> bool {
        matches!(self, Self::Erasure(_)) && self.asks_pin()
    }

    /// Whether it waits for a code.
    pub(super) fn awaits_code(&self) -> bool {
        matches!(self, Self::Erasure(erasure) if erasure.awaits_code())
    }

    /// Where a PIN is entered now.
    pub(super) fn pin_pad(&mut self) -> Option<&mut PinPad> {
        match self {
            Self::Pins(pins) => pins.pin_pad(),
            Self::Erasure(erasure) => erasure.pin_pad(),
            Self::Visits | Self::Settings(_) | Self::Exports => None,
        }
    }

    /// Whether it would lose what was done there, and says so instead.
    fn holds_back(&mut self, now: Instant) -> bool {
        match self {
            Self::Settings(settings) => settings.holds_back(now),
            Self::Visits | Self::Exports | Self::Pins(_) | Self::Erasure(_) => false,
        }
    }

    /// Goes back a step. Tells whether there was one.
    fn go_back(&mut self, now: Instant) -> bool {
        match self {
            Self::Settings(settings) => settings.go_back(now),
            Self::Pins(pins) => pins.go_back(),
            Self::Erasure(erasure) => erasure.go_back(),
            Self::Visits | Self::Exports => false,
        }
    }
}

impl Kiosk {
    /// The person who opened the desk.
    pub(super) fn opener(&self) -> Option<Person> {
        match &self.screen {
            Screen::Desk(Desk { stage: Stage::Open(session), .. }) => Some(session.person.clone()),
            _ => None,
        }
    }

    /// A key that only what is open understands: a page, or a text that is typed.
    pub(super) fn page_key(&mut self, key: &Key, now: Moment) -> Option<Task<message::Message>> {
        let Screen::Desk(desk) = &mut self.screen else { return None };
        let session = desk.session()?;
        if matches!(key, Key::Clear) && !session.is_at_visits() {
            return Some(self.page_touched(Message::Back, now));
        }
        let entry = session.entry()?;
        match key {
            Key::End => {
                entry.take(&mut self.keyboard, now.instant);
                let message = match session.page {
                    // The reason stays as it is until a verdict is touched.
                    _ if session.deciding.is_some() => return Some(Task::none()),
                    Page::Settings(_) => Message::Settings(settings::Message::Done),
                    Page::Pins(_) => Message::Pins(pins::Message::Continue),
                    Page::Erasure(_) => Message::Erasure(erasure::Message::Continue),
                    Page::Visits | Page::Exports => return None,
                };
                Some(self.page_touched(message, now))
            }
            Key::TakeBack => {
                entry.take_back(&mut self.keyboard);
                Some(Task::none())
            }
            Key::Typed(_) => {
                entry.take_after_pause(&mut self.keyboard, now.instant);
                None
            }
            _ => None,
        }
    }

    /// Something of a page was touched: nothing is where the page is not open.
    pub(super) fn page_touched(&mut self, message: Message, now: Moment) -> Task<message::Message> {
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let Some(session) = desk.session() else { return Task::none() };
        if let Some(entry) = session.page.entry() {
            entry.take(&mut self.keyboard, now.instant);
        }
        match message {
            Message::Open(Tab::Settings) if session.page.tab() == Tab::Settings => Task::none(),
            Message::Open(_) if session.page.holds_back(now.instant) => Task::none(),
            Message::Open(tab) => self.open_page(tab),
            Message::Back => {
                self.keyboard.clear();
                if session.page.go_back(now.instant) { Task::none() } else { self.open_page(Tab::Visits) }
            }
            Message::Settings(message) => self.settings_touched(message),
            Message::Exports(message) => self.exports_touched(message),
            Message::Pins(message) => self.pins_touched(message),
            Message::Erasure(message) => self.erasure_touched(message),
            _ => Task::none(),
        }
    }

    /// Opens a page, if the one who opened the desk may.
    pub(super) fn open_page(&mut self, tab: Tab) -> Task<message::Message> {
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let (Some(session), Some(running)) = (desk.session(), self.running.clone()) else {
            return Task::none();
        };
        if !Tab::of(session.person.role).contains(&tab) {
            return Task::none();
        }
        self.keyboard.clear();
        session.awaits_code = false;
        match tab {
            Tab::Visits => {
                session.page = Page::Visits;
                Task::none()
            }
            Tab::Settings => {
                session.page = Page::Settings(SettingsPage::default());
                settings::read(&self.options)
            }
            Tab::Exports => {
                session.page = Page::Exports;
                Task::none()
            }
            Tab::Erasure => {
                session.page = Page::Erasure(Erasure::default());
                Task::none()
            }
            Tab::Pins => {
                session.page = Page::Pins(Pins::default());
                pins::read(running)
            }
        }
    }
}

/// The names of pages that are shown. The pad needs the whole room.
fn tabs(session: &Session) -> &'static [Tab] {
    let tabs = Tab::of(session.person.role);
    if tabs.len() > 1 && !session.page.asks_pin() { tabs } else { &[] }
}

/// What can be focused of the page that is open, in the order in which it is read.
pub(super) fn targets(session: &Session) -> Vec<Message> {
    let page = match &session.page {
        Page::Visits => view::targets(session),
        Page::Settings(settings) => settings_view::targets(settings),
        Page::Exports => exports::targets(),
        Page::Pins(pins) => pins_view::targets(pins),
        Page::Erasure(erasure) => erasure_view::targets(erasure),
    };
    tabs(session).iter().map(|tab| Message::Open(*tab)).chain(page).collect()
}

/// The page that is open, below the names of all that this person may open.
pub(super) fn view<'a>(
    kiosk: &'a Kiosk,
    session: &'a Session,
    design: Design,
) -> Element<'a, message::Message> {
    let tabs = tabs(session);
    let tab = |tab: &Tab| {
        let look = if *tab == session.page.tab() { Look::Chosen } else { Look::Key };
        let name = kiosk.texts_for_staff().get(tab.key());
        button(kiosk, name, look, design, Message::Open(*tab)).into()
    };
    let edge = design.length(24.0);
    let tabs = (!tabs.is_empty()).then(|| {
        let tabs = row(tabs.iter().map(tab)).spacing(design.length(10.0));
        container(tabs).padding(iced::Padding { top: 0.0, right: edge, bottom: edge / 2.0, left: edge })
    });
    let page = match &session.page {
        Page::Visits => overview(kiosk, session, design),
        Page::Settings(settings) => settings_view::view(kiosk, settings, design),
        Page::Exports => kiosk.exports.view(kiosk, design),
        Page::Pins(pins) => pins_view::view(kiosk, pins, design),
        Page::Erasure(erasure) => erasure_view::view(kiosk, erasure, design),
    };
    let page = container(page).width(Fill).height(Fill);
    column![].push(tabs).push(page).into()
}

/// A button of a page.
pub(super) fn button<'a>(
    kiosk: &Kiosk,
    words: String,
    look: Look,
    design: Design,
    message: Message,
) -> Container<'a, message::Message> {
    focus::button(kiosk, words, 18.0, look, design, message).height(design.touch(52.0, 44.0))
}

/// Lines below a head, as many as there are.
pub(super) fn lines<'a>(
    head: Element<'a, message::Message>,
    lines: impl Iterator<Item = Element<'a, message::Message>>,
    design: Design,
) -> Element<'a, message::Message> {
    let palette = design.palette;
    let mut all = Column::new().spacing(design.length(10.0)).padding([0.0, design.length(20.0)]);
    for line in lines {
        let rule = container(space()).width(Fill).height(1.0);
        all = all.push(rule.style(move |_| container::background(palette.line))).push(line);
    }
    let page = column![container(head).padding(design.length(20.0)), scrolling(all, design).id(LINES)];
    in_card(page.into(), design)
}

/// What is asked for before something is done.
pub(super) fn form<'a>(
    title: String,
    pieces: Column<'a, message::Message>,
    design: Design,
) -> Element<'a, message::Message> {
    let title = widgets::label(title, design.text(30.0), Weight::ExtraBold, design.palette.ink);
    let pieces = column![title, pieces.spacing(design.length(18.0))].spacing(design.length(24.0));
    let pieces = container(pieces).max_width(design.length(760.0)).padding(design.length(24.0));
    in_card(container(pieces).center(Fill).into(), design)
}

fn in_card<'a>(page: Element<'a, message::Message>, design: Design) -> Element<'a, message::Message> {
    let edge = design.length(24.0);
    container(card(page, design))
        .padding(iced::Padding { top: 0.0, right: edge, bottom: edge, left: edge })
        .width(Fill)
        .height(Fill)
        .into()
}

/// What may be longer than the window is high.
pub(super) fn scrolling<'a>(
    content: impl Into<Element<'a, message::Message>>,
    design: Design,
) -> Scrollable<'a, message::Message> {
    let palette = design.palette;
    let bar = design.touch(14.0, 12.0);
    Scrollable::new(content)
        .direction(Direction::Vertical(Scrollbar::new().width(bar).scroller_width(bar)))
        .width(Fill)
        .height(Fill)
        .style(move |theme, status| {
            let rail = scrollable::Rail {
                background: None,
                border: border::rounded(bar / 2.0),
                scroller: scrollable::Scroller {
                    background: palette.line.into(),
                    border: border::rounded(bar / 2.0),
                },
            };
            scrollable::Style { vertical_rail: rail, ..scrollable::default(theme, status) }
        })
}
