//! What is typed: the remark on it, its field, the keypad, and below it the short notice or the demo's codes to try.

use iced::font::Weight;
use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, Length, border};

use super::super::camera;
use super::super::icons::{Icon, icon};
use super::super::language::{Argument, Texts};
use super::super::message;
use super::super::state::Kiosk;
use super::super::theme::Design;
use super::super::widgets::{self, Look};
use super::{LEAST_KEY, Message, Welcome, Wrong, is_narrow, ringed, touched};
use crate::code::{Code, NotACode, Source};
use crate::scan::Field;
use crate::settings::{Privacy, Settings};
use crate::visits::Environment;

/// The keypad, row by row; the last key of the third row takes back, the fourth ends with the action.
const KEYS: [&str; 4] = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];

/// The typeface's own height of a line: in a lower one letters would stand out of what is repainted.
const TITLE_LINE: f32 = 1.22;

/// The width of the keypad in a landscape window.
pub(super) fn width(design: Design) -> f32 {
    10.0 * key_width(design) + 9.0 * key_gap(design)
}

fn key_gap(design: Design) -> f32 {
    if is_narrow(design) { 2.0 } else { design.length(8.0) }
}

fn key_width(design: Design) -> f32 {
    design.touch(45.6, LEAST_KEY.0)
}

fn key_height(design: Design) -> f32 {
    design.touch(64.0, LEAST_KEY.1)
}

pub(super) fn view<'a>(kiosk: &'a Kiosk, welcome: &Welcome, design: Design) -> Element<'a, message::Message> {
    let texts = kiosk.texts;
    let gap = design.length(12.0);
    let palette = design.palette;
    let title = (!design.is_low() && !is_narrow(design)).then(|| {
        widgets::label(texts.get("welcome-title"), design.text(54.0), Weight::ExtraBold, palette.ink)
            .on_one_line()
            .line_height(TITLE_LINE)
            .into()
    });
    let (words, weight, color) = match remark(kiosk, welcome) {
        Some(remark) => (remark, Weight::Bold, palette.wrong),
        // What stands in the camera's place says it all.
        None if camera::is_unwanted(kiosk) => (String::new(), Weight::Medium, palette.muted),
        None => (texts.get("welcome-instruction"), Weight::Medium, palette.muted),
    };
    let instruction =
        container(widgets::label(words, design.text(21.0), weight, color).line_height(TITLE_LINE))
            .height(design.length(if design.is_low() { 40.0 } else { 52.0 }))
            .align_y(Center)
            .into();
    let below = kiosk.running.as_ref().filter(|_| !design.is_low()).and_then(|running| {
        if running.settings.check_in.environment == Environment::Simulator {
            return Some(demo_codes(texts, design.usual()));
        }
        let privacy = running.settings.privacy.as_ref().filter(|_| !is_narrow(design))?;
        let notice = short_notice(&running.settings, privacy, texts);
        let notice = widgets::label(notice, design.text(14.0), Weight::Medium, palette.muted);
        Some(notice.line_height(1.25).into())
    });
    let pieces = [title, Some(instruction), Some(field(kiosk, design)), Some(keypad(kiosk, design)), below];
    design.stack(pieces.into_iter().flatten()).spacing(gap).into()
}

/// Who controls the data, why, for how long, and whom to ask.
fn short_notice(settings: &Settings, privacy: &Privacy, texts: &Texts) -> String {
    let arguments = [
        ("days", Argument::Number(settings.check_in.visits.retention_days.into())),
        ("controller", Argument::Text(&privacy.controller)),
        ("purpose", Argument::Text(&privacy.purpose)),
        ("legal_basis", Argument::Text(&privacy.legal_basis)),
        ("contact", Argument::Text(&privacy.contact)),
    ];
    texts.with("notice", &arguments)
}

/// What stands in place of the instruction when something went wrong with the last code.
fn remark(kiosk: &Kiosk, welcome: &Welcome) -> Option<String> {
    let wrong = welcome.problem.map(|problem| problem.wrong);
    if let Some(left) = kiosk.attempts.pause_left(kiosk.now.instant)
        && wrong != Some(Wrong::HalfRead)
    {
        let seconds = left.as_secs_f32().ceil() as u64;
        return Some(kiosk.texts.with("too-many-attempts", &[("seconds", Argument::Number(seconds))]));
    }
    let key = match wrong? {
        Wrong::HalfRead => "problem-half-read",
        Wrong::NoCode(_, Source::Reader) => "problem-reading",
        Wrong::NoCode(_, Source::Camera | Source::Image)
        | Wrong::NoCode(NotACode::Payload, Source::Typed) => "problem-payload",
        Wrong::NoCode(NotACode::Alphabet, Source::Typed) => "problem-alphabet",
        Wrong::NoCode(NotACode::Length(_) | NotACode::Empty, Source::Typed) => "problem-length",
    };
    Some(kiosk.texts.get(key))
}

/// The code so far in its groups, with places for what is missing.
fn field<'a>(kiosk: &Kiosk, design: Design) -> Element<'a, message::Message> {
    let palette = design.palette;
    let size = design.length(43.0);
    let content: Element<'_, _> = match kiosk.keyboard.field() {
        Field::Hidden => {
            let words = kiosk.texts.get("welcome-reading");
            widgets::label(words, design.text(32.0), Weight::Semibold, palette.ink).on_one_line().into()
        }
        Field::Typed(typed) => row(code_places(&typed).into_iter().map(|(place, is_typed)| {
            let color = if is_typed { palette.ink } else { palette.placeholder };
            // The widest letters have their room, too: a smaller one would stand out as if it were another.
            let width = if place == '-' { 22.0 } else { 44.0 };
            container(widgets::label(place.to_string(), size, Weight::Semibold, color).line_height(1.0))
                .center_x(design.length(width))
                .into()
        }))
        .into(),
    };
    let radius = design.length(16.0);
    let height = if design.is_low() { 64.0 } else { 84.0 };
    container(content)
        .width(Fill)
        .height(design.length(height))
        .padding([0.0, design.length(20.0)])
        .align_y(Center)
        .style(move |_| {
            container::background(palette.field).border(border::rounded(radius).width(3.0).color(palette.ink))
        })
        .into()
}

/// Each place of the field and whether it is typed: `A1B2-34••-••`.
fn code_places(typed: &str) -> Vec<(char, bool)> {
    let mut typed = typed.chars();
    "••••-••••-••"
        .chars()
        .map(|place| {
            let character = if place == '-' { None } else { typed.next() };
            (character.unwrap_or(place), character.is_some() || place == '-' && !typed.as_str().is_empty())
        })
        .collect()
}

fn keypad<'a>(kiosk: &Kiosk, design: Design) -> Element<'a, message::Message> {
    let gap = key_gap(design);
    let height = key_height(design);
    let last = KEYS.len() - 1;
    column(KEYS.iter().enumerate().map(|(index, keys)| {
        let keys = keys.chars().map(|key| {
            let touch = touched(Message::Key(key));
            widgets::word_button(key.to_string(), 26.0, Look::Key, design, touch).into()
        });
        let mut keys = row(keys).spacing(gap).height(height);
        if index == last - 1 {
            let mark = icon(Icon::TakeBack, design.palette.ink, design.length(28.0));
            keys = keys.push(widgets::push_button(mark, Look::Key, design, touched(Message::TakeBack)));
        }
        if index == last {
            let words = kiosk.texts.get("welcome-check");
            let check = widgets::word_button(words, 26.0, Look::Action, design, touched(Message::Check));
            let width = 3.0 * key_width(design) + 2.0 * gap;
            let width = if design.is_portrait() { Length::FillPortion(3) } else { Length::Fixed(width) };
            keys = keys.push(ringed(kiosk, check.width(width), Message::Check, design));
        }
        keys.into()
    }))
    .spacing(gap)
    .into()
}

/// The demo's codes, each with the mark of what it comes to.
fn demo_codes<'a>(texts: &Texts, design: Design) -> Element<'a, message::Message> {
    let palette = design.palette;
    let marks = [
        ("A1B2345670", Icon::Admit, palette.well, "demo-admit"),
        ("A1B2345671", Icon::Refuse { ground: palette.field }, palette.wrong, "demo-refuse"),
        ("A1B2345676", Icon::Unverified { ground: palette.field }, palette.ink, "demo-unverified"),
    ];
    let codes = marks.into_iter().filter_map(|(code, mark, color, words)| {
        let touch = touched(Message::DemoCode(Code::parse(code).ok()?));
        let words = design.stack([
            widgets::label(code.to_owned(), design.text(18.0), Weight::Semibold, palette.ink).into(),
            widgets::label(texts.get(words), design.text(15.0), Weight::Medium, palette.muted).into(),
        ]);
        let content = design
            .line([icon(mark, color, design.length(26.0)), words.into()])
            .spacing(design.length(8.0))
            .align_y(Center);
        Some(widgets::push_button(content, Look::Key, design, touch).into())
    });
    design.line(codes).spacing(key_gap(design)).height(design.touch(60.0, LEAST_KEY.1)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_groups_the_code_and_keeps_places_for_the_rest() {
        let shown = |typed: &str| code_places(typed).into_iter().map(|(place, _)| place).collect::<String>();
        assert_eq!(shown(""), "••••-••••-••");
        assert_eq!(shown("A1B234"), "A1B2-34••-••");
        assert_eq!(shown("A1B2345678"), "A1B2-3456-78");
    }
}
