//! The pages of an open desk, and who may open them.

use iced::widget::{column, container, row};
use iced::{Element, Fill, Task};

use super::pins::{self, Pins};
use super::session::Session;
use super::view::overview;
use super::{Message, touched};
use crate::kiosk::message;
use crate::kiosk::state::{Kiosk, Screen};
use crate::kiosk::theme::Design;
use crate::kiosk::widgets::{self, Look};
use crate::visits::Role;

/// The name of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Today's visits and those who wait.
    Visits,
    /// Who has a PIN.
    Pins,
}

impl Tab {
    /// The pages that somebody of this role may open.
    fn of(role: Role) -> &'static [Self] {
        match role {
            Role::Guard => &[Self::Visits],
            Role::Manager => &[Self::Visits, Self::Pins],
        }
    }

    /// The key of its name.
    fn key(self) -> &'static str {
        match self {
            Self::Visits => "desk-tab-visits",
            Self::Pins => "desk-tab-pins",
        }
    }
}

/// The page that is open, with what it holds: leaving it forgets that.
#[derive(Debug)]
pub(super) enum Page {
    Visits,
    Pins(Pins),
}

impl Page {
    fn tab(&self) -> Tab {
        match self {
            Self::Visits => Tab::Visits,
            Self::Pins(_) => Tab::Pins,
        }
    }
}

impl Kiosk {
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
        match tab {
            Tab::Visits => {
                session.page = Page::Visits;
                Task::none()
            }
            Tab::Pins => {
                session.page = Page::Pins(Pins::default());
                pins::read(running)
            }
        }
    }
}

/// The page that is open, below the names of all that this person may open.
pub(super) fn view<'a>(
    kiosk: &'a Kiosk,
    session: &'a Session,
    design: Design,
) -> Element<'a, message::Message> {
    let tabs = Tab::of(session.person.role);
    let tab = |tab: &Tab| {
        let look = if *tab == session.page.tab() { Look::Chosen } else { Look::Key };
        let name = kiosk.texts_for_staff().get(tab.key());
        let open = touched(Message::Open(*tab));
        widgets::word_button(name, 18.0, look, design, open).height(design.touch(52.0, 44.0)).into()
    };
    let edge = design.length(24.0);
    let tabs = (tabs.len() > 1).then(|| {
        let tabs = row(tabs.iter().map(tab)).spacing(design.length(10.0));
        container(tabs).padding(iced::Padding { top: 0.0, right: edge, bottom: edge / 2.0, left: edge })
    });
    let page = match &session.page {
        Page::Visits => overview(kiosk, session, design),
        Page::Pins(pins) => pins.view(kiosk, design),
    };
    let page = container(page).width(Fill).height(Fill);
    column![].push(tabs).push(page).into()
}
