//! Pieces that several screens are made of.

use iced::font::Weight;
use iced::widget::text::Wrapping;
use iced::widget::{Text, button, column, container, row, text};
use iced::{Center, Color, Element, Fill, Length, border};
use jiff::Timestamp;

use super::icons::{Icon, icon};
use super::language::local;
use super::message::Message;
use super::state::Kiosk;
use super::theme::{self, Metrics};

/// A text.
pub(super) fn label<'a>(content: String, size: f32, weight: Weight, color: Color) -> Text<'a> {
    text(content).size(size).font(theme::font(weight)).color(color)
}

/// A text whose lines are centred.
pub(super) fn centered<'a>(content: String, size: f32, weight: Weight, color: Color) -> Text<'a> {
    label(content, size, weight, color).align_x(Center)
}

/// Hours and minutes at the entrance.
pub(super) fn clock_time(time: Timestamp) -> String {
    local(time).strftime("%H:%M").to_string()
}

/// The site, and what stands at the other end of the line: a note and the clock.
pub(super) fn header<'a>(
    kiosk: &Kiosk,
    metrics: Metrics,
    ink: Color,
    muted: Color,
    note: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    let (site, entrance) = kiosk.running.as_ref().map_or_else(Default::default, |running| {
        (running.settings.site_name.clone(), running.settings.check_in.entrance.clone())
    });
    let names = row![
        label(site, metrics.text(20.0), Weight::Semibold, ink).wrapping(Wrapping::None),
        label(entrance, metrics.text(20.0), Weight::Medium, muted).wrapping(Wrapping::None),
    ]
    .spacing(metrics.length(24.0));
    // Long names are cut off; the clock keeps its place.
    row![container(names).width(Fill).clip(true)]
        .push(note)
        .push(label(clock_time(kiosk.now.time), metrics.text(30.0), Weight::Semibold, ink))
        .spacing(metrics.length(24.0))
        .align_y(Center)
        .height(metrics.length(64.0))
        .padding([0.0, metrics.length(32.0)])
        .into()
}

/// A dot or a triangle and a few words beside it.
pub(super) fn state_note<'a>(is_good: bool, words: String, metrics: Metrics) -> Element<'a, Message> {
    let mark = if is_good {
        icon(Icon::Dot, theme::ADMIT, metrics.length(12.0))
    } else {
        icon(Icon::Unverified { ground: theme::PAPER }, theme::INK, metrics.length(22.0))
    };
    row![mark, label(words, metrics.text(20.0), Weight::Medium, theme::MUTED)]
        .spacing(metrics.length(10.0))
        .align_y(Center)
        .into()
}

/// The screen under a banner that says, where it is so, that decisions are not real.
pub(super) fn with_banner<'a>(
    kiosk: &Kiosk,
    screen: Element<'a, Message>,
    metrics: Metrics,
) -> Element<'a, Message> {
    let is_real =
        kiosk.running.as_ref().is_some_and(|running| running.settings.check_in.environment.is_real());
    let banner = (!is_real && kiosk.running.is_some()).then(|| {
        let words =
            label(kiosk.texts.get("banner-not-real"), metrics.text(18.0), Weight::Semibold, theme::BANNER);
        container(words)
            .center_x(Fill)
            .center_y(metrics.length(36.0))
            .style(|_| container::background(theme::INK))
    });
    column![].push(banner).push(container(screen).width(Fill).height(Fill)).into()
}

/// How a button stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// A key or a choice.
    Key,
    /// The choice that is in force.
    Chosen,
    /// The one action of a screen.
    Action,
    /// Another way out.
    Outline,
}

/// A button in the design's look, with its content in the middle.
pub(super) fn push_button<'a>(
    content: impl Into<Element<'a, Message>>,
    look: Look,
    metrics: Metrics,
    pressed: impl Fn() -> Message + 'a,
) -> button::Button<'a, Message> {
    let radius = metrics.length(12.0);
    button(container(content).center(Fill))
        .padding(0)
        .width(Fill)
        .height(Length::Fill)
        .on_press_with(pressed)
        .style(move |_, status| {
            let (ground, ink, line) = match look {
                Look::Key => (theme::WHITE, theme::INK, theme::LINE),
                Look::Chosen => (theme::INK, theme::WHITE, theme::INK),
                Look::Action => (theme::ACCENT, theme::WHITE, theme::ACCENT),
                Look::Outline => (theme::WHITE, theme::INK, theme::INK),
            };
            let is_pressed = matches!(status, button::Status::Pressed);
            let ground = if is_pressed { mix(ground, theme::INK, 0.15) } else { ground };
            button::Style {
                background: Some(ground.into()),
                text_color: ink,
                border: border::rounded(radius).width(2.0).color(line),
                ..button::Style::default()
            }
        })
}

fn mix(one: Color, other: Color, share: f32) -> Color {
    let between = |one: f32, other: f32| one + (other - one) * share;
    Color::from_rgb(between(one.r, other.r), between(one.g, other.g), between(one.b, other.b))
}
