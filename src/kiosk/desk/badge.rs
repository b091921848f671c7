//! A decision in the desk's lists, in the colours of the visitor's screen.

use iced::font::Weight;
use iced::widget::{container, row, space};
use iced::{Center, Color, Element, border};

use crate::entry::Decision;
use crate::kiosk::icons::{Icon, icon};
use crate::kiosk::message;
use crate::kiosk::outcome;
use crate::kiosk::state::Kiosk;
use crate::kiosk::theme::{self, Design};
use crate::kiosk::widgets;

/// A decision by its colour, its shape and its word, or with a time in the word's place.
pub(super) fn badge<'a>(
    kiosk: &Kiosk,
    waits: bool,
    decision: Decision,
    time: Option<String>,
    design: Design,
) -> Element<'a, message::Message> {
    let (ground, ink) = outcome::colors(decision);
    let key = match decision {
        Decision::Admit | Decision::AdmitByDesk => "desk-admitted",
        Decision::Refuse(_) => "desk-refused",
        Decision::Unverified(_) if waits => "desk-waits",
        Decision::Unverified(_) => "desk-settled",
        Decision::CheckOut => "desk-checked-out",
    };
    let size = design.length(18.0);
    let mark = match decision {
        Decision::Admit | Decision::AdmitByDesk => square(ink, size * 0.65, size),
        Decision::Refuse(_) => square(ink, size * 0.6, 0.0),
        Decision::Unverified(_) => icon(Icon::Unverified { ground }, ink, size),
        Decision::CheckOut => icon(Icon::CheckOut { direction: theme::Direction::LeftToRight }, ink, size),
    };
    let words = time.unwrap_or_else(|| kiosk.texts_for_staff().get(key));
    let words = widgets::label(words, design.text(17.0), Weight::Bold, ink).on_one_line();
    let radius = design.length(8.0);
    container(row![mark, words].spacing(design.length(8.0)).align_y(Center))
        .padding([design.length(6.0), design.length(12.0)])
        .style(move |_| container::background(ground).border(border::rounded(radius)))
        .into()
}

/// A square whose corners may be so round that it is a circle. The software renderer takes longer for a drawing, and the
/// list has one in nearly each line.
fn square<'a>(color: Color, size: f32, radius: f32) -> Element<'a, message::Message> {
    let style = move |_: &_| container::background(color).border(border::rounded(radius));
    container(space()).width(size).height(size).style(style).into()
}
