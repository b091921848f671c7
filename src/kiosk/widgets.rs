//! Pieces that several screens are made of.

use std::time::Duration;

use iced::font::Weight;
use iced::widget::{button, column, container, mouse_area, space, stack};
use iced::{Center, Color, Element, Fill, Length, border};
use jiff::Timestamp;

use super::icons::{Icon, icon};
use super::label::Label;
use super::language::{Argument, Texts, local};
use super::message::{Message, Moment};
use super::state::{Kiosk, Screen};
use super::theme::{self, Design};
use super::{desk, palette};
use crate::visits::Environment;

/// A text.
pub(super) fn label(content: String, size: f32, weight: Weight, color: Color) -> Label {
    Label::new(content, size, theme::font(weight), color)
}

/// Hours and minutes at the entrance.
pub(super) fn clock_time(time: Timestamp) -> String {
    local(time).strftime("%H:%M").to_string()
}

/// Names of a site and an entrance with more letters than these stand below each other.
const LONG_NAMES: usize = 72;

/// The site, and what stands at the other end of the line: a note and the clock.
pub(super) fn header<'a>(
    kiosk: &Kiosk,
    design: Design,
    ink: Color,
    muted: Color,
    note: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    let design = design.usual();
    let (site, entrance) = kiosk.running.as_ref().map_or_else(Default::default, |running| {
        (running.settings.site_name.clone(), running.settings.check_in.entrance.clone())
    });
    let are_long = site.chars().count() + entrance.chars().count() > LONG_NAMES;
    let site = label(site, design.text(20.0), Weight::Semibold, ink);
    let entrance = label(entrance, design.text(20.0), Weight::Medium, muted).on_one_line().into();
    let height = if design.is_portrait() { design.touch(104.0, 72.0) } else { design.touch(64.0, 54.0) };
    let names = if design.is_portrait() || are_long {
        Element::from(design.stack([site.line_height(1.15).into(), entrance]))
    } else {
        let names = design.line([site.on_one_line().into(), entrance]).spacing(design.length(24.0));
        names.into()
    };
    // Long names are cut off; the clock keeps its place.
    let names = container(names).width(Fill).align_x(design.start()).clip(true);
    let clock = label(clock_time(kiosk.now.time), design.text(30.0), Weight::Semibold, ink).on_one_line();
    design
        .line([Some(names.into()), note, Some(clock.into())].into_iter().flatten())
        .spacing(design.length(24.0))
        .align_y(Center)
        .height(height)
        .padding([0.0, design.length(32.0)])
        .into()
}

/// A dot or a triangle and a few words beside it.
pub(super) fn state_note<'a>(
    is_good: bool,
    words: String,
    size: f32,
    design: Design,
) -> Element<'a, Message> {
    let palette = design.palette;
    let mark = if is_good {
        icon(Icon::Dot, palette.well, design.length(size * 0.6))
    } else {
        icon(Icon::Unverified { ground: palette.ground }, palette.ink, design.length(size * 1.1))
    };
    let words = label(words, design.text(size), Weight::Medium, palette.muted).line_height(1.2).on_one_line();
    design.line([mark, words.into()]).spacing(design.length(10.0)).align_y(Center).into()
}

/// The screen under a banner that says, where it is so, that decisions are not real.
pub(super) fn with_banner<'a>(
    kiosk: &Kiosk,
    screen: Element<'a, Message>,
    design: Design,
) -> Element<'a, Message> {
    let environment = kiosk.running.as_ref().map(|running| running.settings.check_in.environment);
    let banner = environment.is_some_and(|environment| !environment.is_real()).then(|| {
        let words =
            |key| label(kiosk.texts.get(key), design.text(18.0), Weight::Semibold, palette::BANNER).into();
        let is_demo = environment == Some(Environment::Simulator);
        // Whoever tries the demo is told on its first screen how to go on.
        let setup = (is_demo && matches!(kiosk.screen, Screen::Welcome(_))).then(|| words("banner-setup"));
        let lines: Vec<_> = [words("banner-not-real")].into_iter().chain(setup).collect();
        let height = if design.is_portrait() { 26.0 * lines.len() as f32 + 10.0 } else { 36.0 };
        let words = if design.is_portrait() {
            Element::from(column(lines).align_x(Center))
        } else {
            design.line(lines).spacing(design.length(32.0)).into()
        };
        container(words)
            .center_x(Fill)
            .center_y(design.length(height))
            .style(|_| container::background(palette::BANNER_GROUND))
    });
    // The corner is the window's, and also where the site's name begins.
    let banner = banner.map(|banner| with_corner(banner.into(), design));
    column![].push(banner).push(container(with_corner(screen, design)).width(Fill).height(Fill)).into()
}

/// What is shown, with the corner that opens the desk when it is held: where reading begins.
fn with_corner(screen: Element<'_, Message>, design: Design) -> Element<'_, Message> {
    let side = design.touch(72.0, 56.0);
    let touched = |message| Message::Desk(message, Moment::now());
    let corner = mouse_area(space().width(side).height(side))
        .on_press(touched(desk::Message::CornerHeld))
        .on_release(touched(desk::Message::CornerLeft))
        .on_exit(touched(desk::Message::CornerLeft));
    stack![screen, container(corner).width(Fill).align_x(design.start())].into()
}

/// A bar that drains, and the seconds beside it.
pub(super) fn countdown<'a>(
    texts: &Texts,
    left: Duration,
    whole: Duration,
    design: Design,
    ink: Color,
) -> Element<'a, Message> {
    let left = left.as_secs_f32();
    let seconds = left.ceil();
    let text = texts.with("seconds-left", &[("seconds", Argument::Number(seconds as u64))]);
    // Where nothing may move, the bar is shorter by a second at a time.
    let share = if design.is_still { seconds } else { left } / whole.as_secs_f32();
    let full = (share.clamp(0.0, 1.0) * 1000.0).round() as u16;
    let height = design.length(12.0);
    let bar = |portion: u16, color: Color| {
        container(space())
            .width(Length::FillPortion(portion))
            .height(height)
            .style(move |_| container::background(color).border(border::rounded(height / 2.0)))
            .into()
    };
    let drained = Color { a: 0.25, ..ink };
    let bars = [(full, ink), (1000 - full, drained)];
    let bars = design.line(
        bars.into_iter().filter(|(portion, _)| *portion > 0).map(|(portion, color)| bar(portion, color)),
    );
    let seconds = label(text, design.text(24.0), Weight::Medium, ink).on_one_line();
    let seconds = container(seconds).width(design.length(72.0)).align_x(design.end());
    design.line([bars.width(Fill).into(), seconds.into()]).spacing(design.length(16.0)).align_y(Center).into()
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

impl Look {
    /// Ground, text and border.
    pub(super) fn colors(self, design: Design) -> (Color, Color, Color) {
        let palette = design.palette;
        match self {
            Self::Key => (palette.field, palette.ink, palette.line),
            Self::Chosen => (palette.ink, palette.field, palette.ink),
            Self::Action => (palette.accent, palette.on_accent, palette.accent),
            Self::Outline => (palette.field, palette.ink, palette.ink),
        }
    }
}

/// A button with a few words in the middle.
pub(super) fn word_button<'a>(
    words: String,
    size: f32,
    look: Look,
    design: Design,
    pressed: impl Fn() -> Message + 'a,
) -> button::Button<'a, Message> {
    let (_, ink, _) = look.colors(design);
    let words = label(words, design.text(size), Weight::Semibold, ink).line_height(1.2).centered();
    let words = container(words).padding([0.0, design.length(4.0)]);
    push_button(words, look, design, pressed)
}

/// A button in the design's look, with its content in the middle.
pub(super) fn push_button<'a>(
    content: impl Into<Element<'a, Message>>,
    look: Look,
    design: Design,
    pressed: impl Fn() -> Message + 'a,
) -> button::Button<'a, Message> {
    let radius = design.length(12.0);
    let (ground, ink, line) = look.colors(design);
    button(container(content).center(Fill))
        .padding(2.0)
        .width(Fill)
        .height(Length::Fill)
        .on_press_with(pressed)
        .style(move |_, status| {
            let is_pressed = matches!(status, button::Status::Pressed);
            let (ground, line, width) =
                if is_pressed { (palette::pressed(ground, ink), ink, 4.0) } else { (ground, line, 2.0) };
            button::Style {
                background: Some(ground.into()),
                text_color: ink,
                border: border::rounded(radius).width(width).color(line),
                ..button::Style::default()
            }
        })
}

/// What can be touched, with a ring where it has the keyboard's focus: dark, bright and coloured, to stand out of every
/// look.
pub(super) fn ringed<'a>(
    touched: impl Into<Element<'a, Message>>,
    is_focused: bool,
    design: Design,
) -> Element<'a, Message> {
    let width = design.touch(3.0, 3.0);
    let ring = |color: Color, content: Element<'a, Message>, depth: f32| {
        let radius = (design.length(12.0) - depth * width).max(2.0);
        container(content)
            .width(Fill)
            .height(Fill)
            .padding(width)
            .style(move |_| {
                container::Style::default().border(border::rounded(radius).width(width).color(color))
            })
            .into()
    };
    let palette = design.palette;
    let rings = is_focused.then(|| {
        let inner = ring(palette.accent, space().into(), 2.0);
        ring(palette.ink, ring(palette.field, inner, 1.0), 0.0)
    });
    stack![touched.into()].push(rings).into()
}
