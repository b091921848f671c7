//! Who has a PIN.

use std::sync::Arc;

use iced::font::Weight;
use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, Task};

use super::{Answer, ask};
use crate::kiosk::message;
use crate::kiosk::start::Running;
use crate::kiosk::state::Kiosk;
use crate::kiosk::theme::Design;
use crate::kiosk::widgets;
use crate::visits::Person;

/// The page.
#[derive(Debug, Default)]
pub(super) struct Pins {
    /// Everybody who has a PIN, in the order of their names.
    pub(super) people: Vec<Person>,
}

/// Reads who has a PIN.
pub(super) fn read(running: Arc<Running>) -> Task<message::Message> {
    ask(async move { running.check_in.visits().people().await }, Answer::People)
}

impl Pins {
    pub(super) fn view<'a>(&self, kiosk: &Kiosk, design: Design) -> Element<'a, message::Message> {
        let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
        let line = |person: &Person| {
            let name = widgets::label(person.name.clone(), design.text(22.0), Weight::Bold, palette.ink);
            let role = texts.get(&format!("role-{}", person.role.name()));
            let role = widgets::label(role, design.text(20.0), Weight::Medium, palette.muted);
            row![container(name).width(Fill), role].align_y(Center).spacing(design.length(16.0)).into()
        };
        let people = column(self.people.iter().map(line)).spacing(design.length(16.0));
        container(people).padding(design.length(24.0)).width(Fill).into()
    }
}
