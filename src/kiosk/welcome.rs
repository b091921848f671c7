//! The welcome: preview and keypad side by side, so that both ways of showing a code are open at once.

use std::time::{Duration, Instant};

use iced::font::Weight;
use iced::widget::{column, container, image, responsive, row, space, stack};
use iced::{Center, Color, ContentFit, Element, Fill, Length, border};

use super::icons::{Icon, corners, icon};
use super::language::{Argument, Texts};
use super::message::{self, Moment};
use super::palette;
use super::reader::Reader;
use super::state::Kiosk;
use super::theme::Design;
use super::widgets::{self, Look};
use crate::code::{Code, NotACode, Reading, Source, may_be_pieces};
use crate::scan::Field;
use crate::settings::Language;
use crate::visits::Environment;

/// The keypad, row by row; the last key of the third row takes back, the fourth ends with the action.
const KEYS: [&str; 4] = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];

/// The least size of a key in pixels.
const LEAST_KEY: (f32, f32) = (44.0, 60.0);

/// The typeface's own height of a line: in a lower one letters would stand out of what is repainted.
const TITLE_LINE: f32 = 1.22;

/// What stands where the camera's picture is missing.
const CAMERA_GROUND: Color = iced::color!(0x43545E);

/// A notice with more characters than this does not fit in four lines of the usual size.
const LONG_NOTICE: usize = 220;

/// How long the remark on what is no code stands.
const PROBLEM_STANDS: Duration = Duration::from_secs(8);

/// How long the remark on several codes stands after they were seen last.
const SEVERAL_CODES_STAND: Duration = Duration::from_secs(2);

/// The welcome, with a remark on what was shown last if that was no code.
#[derive(Debug, Default)]
pub(super) struct Welcome {
    pub(super) problem: Option<Problem>,
    /// When different codes stood before the camera last.
    several_codes: Option<Instant>,
}

/// Why what was shown last was not taken, and since when that is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Problem {
    wrong: Wrong,
    at: Instant,
}

/// What is wrong with what was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It is no code.
    NoCode(NotACode, Source),
    /// A reader read a part of a code, or two codes that ran together.
    HalfRead,
}

/// What was touched.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// A key of the keypad.
    Key(char),
    /// The key that takes back.
    TakeBack,
    /// The button that checks the typed code.
    Check,
    /// The button for visitors without a code.
    NoCode,
    /// A language.
    Language(Language),
    /// Larger type, or the usual one again.
    LargerText,
    /// More contrast, or the usual one again.
    HighContrast,
    /// One of the demo's codes.
    DemoCode(Code),
}

impl Wrong {
    /// What is wrong with a reading that is no code.
    pub(super) fn of(wrong: NotACode, reading: &Reading) -> Self {
        let is_half = reading.source == Source::Reader && may_be_pieces(&reading.text);
        if is_half { Self::HalfRead } else { Self::NoCode(wrong, reading.source) }
    }
}

impl Problem {
    pub(super) fn new(wrong: Wrong, at: Instant) -> Self {
        Self { wrong, at }
    }

    fn is_over(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.at) >= PROBLEM_STANDS
    }

    fn is_of_camera(&self) -> bool {
        matches!(self.wrong, Wrong::NoCode(_, Source::Camera))
    }
}

impl Welcome {
    /// The welcome that says what is wrong.
    pub(super) fn of(problem: Problem) -> Self {
        Self { problem: Some(problem), several_codes: None }
    }

    pub(super) fn forget_old_problem(&mut self, now: Instant) {
        self.problem = self.problem.filter(|problem| !problem.is_over(now));
        let is_recent = |at: &Instant| now.saturating_duration_since(*at) < SEVERAL_CODES_STAND;
        self.several_codes = self.several_codes.filter(is_recent);
    }

    /// Says what is wrong with what was shown. What stands in view all day, as on a poster, does not take the
    /// place of a remark on what somebody typed or read.
    pub(super) fn remark(&mut self, problem: Problem) {
        if !problem.is_of_camera() || self.problem.is_none_or(|known| known.is_of_camera()) {
            self.problem = Some(problem);
        }
    }

    /// Different codes are before the camera.
    pub(super) fn note_several_codes(&mut self, now: Instant) {
        self.several_codes = Some(now);
    }

    /// One code alone is before the camera.
    pub(super) fn forget_several_codes(&mut self) {
        self.several_codes = None;
    }
}

fn touched(message: Message) -> impl Fn() -> message::Message {
    move || message::Message::Welcome(message, Moment::now())
}

pub(super) fn view<'a>(kiosk: &'a Kiosk, welcome: &Welcome, design: Design) -> Element<'a, message::Message> {
    let margin = margin(design);
    let (preview, typing) = (preview(kiosk, welcome, design), typing(kiosk, welcome, design));
    let sides = if design.is_portrait() {
        Element::from(column![preview, typing].spacing(design.length(24.0)))
    } else {
        let keypad_width = 10.0 * key_width(design) + 9.0 * key_gap(design);
        design.line([preview, container(typing).width(keypad_width).into()]).spacing(margin).into()
    };
    let palette = design.palette;
    let page = column![
        widgets::header(kiosk, design, palette.ink, palette.muted, Some(state_notes(kiosk, design))),
        container(sides).height(Fill).padding([design.length(8.0), margin]),
        footer(kiosk, design),
    ];
    // The screens that follow have another ground or none, so that the whole window is repainted then.
    container(page).width(Fill).height(Fill).style(move |_| container::background(palette.ground)).into()
}

/// What staff has to look after, and whether checks are possible.
fn state_notes(kiosk: &Kiosk, design: Design) -> Element<'_, message::Message> {
    let note = |is_good, key| widgets::state_note(is_good, kiosk.texts.get(key), design);
    let service = kiosk
        .health
        .is_well()
        .map(|is_well| note(is_well, if is_well { "service-ready" } else { "service-failing" }));
    let for_staff = [
        kiosk.health.is_clock_in_doubt().then(|| note(false, "clock-doubt")),
        (kiosk.reader == Reader::Missing).then(|| note(false, "reader-missing")),
    ];
    let notes = for_staff.into_iter().chain([service]).flatten();
    if design.is_portrait() {
        column(notes).align_x(design.end()).into()
    } else {
        design.line(notes).spacing(design.length(24.0)).into()
    }
}

/// Whether ten keys in a row leave no room for anything beside them.
fn is_narrow(design: Design) -> bool {
    design.window.width < 600.0
}

fn margin(design: Design) -> f32 {
    if is_narrow(design) { 6.0 } else { design.length(32.0) }
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

/// What the camera sees, mirrored as in a mirror, with a frame to aim at.
fn preview<'a>(kiosk: &'a Kiosk, welcome: &Welcome, design: Design) -> Element<'a, message::Message> {
    let sees = kiosk.camera.sees();
    let (instruction, color, ground) = if welcome.several_codes.is_some() {
        ("camera-several-codes".to_owned(), palette::ON_UNVERIFIED, palette::UNVERIFIED)
    } else {
        (kiosk.camera.instruction(), palette::WHITE, Color { a: 0.9, ..palette::INK })
    };
    let radius = design.length(24.0);
    let picture = kiosk
        .camera
        .preview()
        .map(|preview| image(preview.clone()).width(Fill).height(Fill).content_fit(ContentFit::Cover));
    let instruction = kiosk.texts.get(&instruction);
    let strip = container(widgets::label(instruction, design.text(32.0), Weight::Semibold, color).centered())
        .center_x(Fill)
        .padding([design.length(20.0), design.length(16.0)])
        .style(move |_| container::background(ground));
    let aim = responsive(move |size| {
        let aim: Element<'_, _> = if sees {
            icon(Icon::AimingFrame, palette::WHITE, (size.width.min(size.height) * 0.72).floor())
        } else {
            space().into()
        };
        container(aim).center(Fill).into()
    });
    let ground = container(space()).width(Fill).height(Fill).style(|_| container::background(CAMERA_GROUND));
    stack![ground]
        .push(picture)
        .push(column![container(aim).height(Fill), strip])
        .push(corners(design.palette.ground, radius))
        .clip(true)
        .into()
}

fn typing<'a>(kiosk: &'a Kiosk, welcome: &Welcome, design: Design) -> Element<'a, message::Message> {
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
        None => (texts.get("welcome-instruction"), Weight::Medium, palette.muted),
    };
    let instruction =
        container(widgets::label(words, design.text(21.0), weight, color).line_height(TITLE_LINE))
            .height(design.length(if design.is_low() { 40.0 } else { 52.0 }))
            .align_y(Center)
            .into();
    let demo = kiosk
        .running
        .as_ref()
        .filter(|running| running.settings.check_in.environment == Environment::Simulator)
        .filter(|_| !design.is_low())
        .map(|_| demo_codes(texts, design));
    let pieces = [title, Some(instruction), Some(field(kiosk, design)), Some(keypad(texts, design)), demo];
    design.stack(pieces.into_iter().flatten()).spacing(gap).into()
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
    let size = design.length(44.0);
    let content: Element<'_, _> = match kiosk.keyboard.field() {
        Field::Hidden => {
            let words = kiosk.texts.get("welcome-reading");
            widgets::label(words, design.text(32.0), Weight::Semibold, palette.ink).on_one_line().into()
        }
        Field::Typed(typed) => row(code_places(&typed).into_iter().map(|(place, is_typed)| {
            let color = if is_typed { palette.ink } else { palette.placeholder };
            let width = if place == '-' { 22.0 } else { 33.0 };
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

fn keypad<'a>(texts: &Texts, design: Design) -> Element<'a, message::Message> {
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
            let words = texts.get("welcome-check");
            let check = widgets::word_button(words, 26.0, Look::Action, design, touched(Message::Check));
            let width = 3.0 * key_width(design) + 2.0 * gap;
            let width = if design.is_portrait() { Length::FillPortion(3) } else { Length::Fixed(width) };
            keys = keys.push(check.width(width));
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

fn footer<'a>(kiosk: &Kiosk, design: Design) -> Element<'a, message::Message> {
    let texts = kiosk.texts;
    let height = design.touch(64.0, LEAST_KEY.1);
    let Some(running) = &kiosk.running else { return space().into() };
    let languages = running.settings.screen.languages.iter().map(|&language| {
        let look = if language == texts.language() { Look::Chosen } else { Look::Key };
        let code = Texts::of(language).get("language-code");
        let touch = touched(Message::Language(language));
        let width = design.touch(64.0, LEAST_KEY.0);
        widgets::word_button(code, 20.0, look, design, touch).width(width).into()
    });
    let aids = [
        (Icon::LargerText, kiosk.aids.larger_text, Message::LargerText),
        (Icon::Contrast, kiosk.aids.high_contrast, Message::HighContrast),
    ];
    let aids = aids.into_iter().map(|(mark, is_chosen, message)| {
        let look = if is_chosen { Look::Chosen } else { Look::Key };
        let (_, ink, _) = look.colors(design);
        let mark = icon(mark, ink, design.length(30.0));
        let width = design.touch(64.0, LEAST_KEY.0);
        widgets::push_button(mark, look, design, touched(message)).width(width).into()
    });
    let no_code = texts.get("welcome-no-code");
    let no_code = widgets::word_button(no_code, 22.0, Look::Outline, design, touched(Message::NoCode));
    let notice = notice(kiosk);
    // A long notice is set smaller, so that all of it is there to read.
    let size = if notice.chars().count() > LONG_NOTICE { 14.0 } else { 17.0 };
    let notice =
        widgets::label(notice, design.text(size), Weight::Medium, design.palette.muted).line_height(1.25);
    let gap = design.length(24.0);
    let choices = [languages.collect::<Vec<_>>(), aids.collect()]
        .map(|choices| design.line(choices).spacing(design.length(8.0)).height(height).into());
    let choices = design.line(choices).spacing(gap).into();
    let no_code = container(no_code.width(design.touch(225.0, 160.0))).height(height).into();
    let notice = container(notice)
        .width(Fill)
        .align_x(design.start())
        .max_height(design.length(110.0).max(76.0))
        .clip(true);
    let footer = if design.is_portrait() {
        let buttons = design.line([choices, space().width(Fill).into(), no_code]).align_y(Center);
        Element::from(column![notice, buttons].spacing(design.length(8.0)))
    } else {
        design.line([choices, notice.into(), no_code]).spacing(gap).align_y(Center).into()
    };
    container(footer)
        .padding(iced::Padding {
            top: design.length(8.0),
            bottom: design.length(20.0),
            left: margin(design),
            right: margin(design),
        })
        .into()
}

/// Who controls the data, why, for how long, and whom to ask.
fn notice(kiosk: &Kiosk) -> String {
    let Some(running) = &kiosk.running else { return String::new() };
    let days = ("days", Argument::Number(u64::from(running.settings.check_in.visits.retention_days)));
    match &running.settings.privacy {
        None => kiosk.texts.with("notice-demo", &[days]),
        Some(privacy) => kiosk.texts.with(
            "notice",
            &[
                days,
                ("controller", Argument::Text(&privacy.controller)),
                ("purpose", Argument::Text(&privacy.purpose)),
                ("legal_basis", Argument::Text(&privacy.legal_basis)),
                ("contact", Argument::Text(&privacy.contact)),
            ],
        ),
    }
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
