//! The welcome: preview and keypad side by side, so that both ways of showing a code are open at once.

mod footer;
mod typing;

use std::time::{Duration, Instant};

use iced::font::Weight;
use iced::widget::{Button, column, container, responsive, sensor, space, stack};
use iced::{Color, Element, Fill};

use super::camera;
use super::focus::Target;
use super::icons::{Icon, corners, icon};
use super::kept::drawing;
use super::message::{self, Moment};
use super::palette;
use super::reader::Reader;
use super::state::Kiosk;
use super::theme::Design;
use super::widgets;
use crate::code::{Code, NotACode, Reading, Source, may_be_pieces};
use crate::settings::Language;

/// The least size of a key in pixels.
const LEAST_KEY: (f32, f32) = (44.0, 60.0);

/// The share of the preview that the frame to aim at takes, and by what share of itself it is smaller when it has
/// breathed in.
const AIM: f32 = 0.72;
const BREATH: f32 = 0.06;

/// What stands where the camera's picture is missing.
const CAMERA_GROUND: Color = iced::color!(0x43545E);

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// The privacy notice.
    Notice,
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

fn ringed<'a>(
    kiosk: &Kiosk,
    button: Button<'a, message::Message>,
    message: Message,
    design: Design,
) -> Element<'a, message::Message> {
    widgets::ringed(button, kiosk.focus.is_on(Target::Welcome(message)), design)
}

/// What can be focused, in the order in which it is read.
pub(super) fn targets(kiosk: &Kiosk) -> Vec<Message> {
    let Some(running) = &kiosk.running else { return Vec::new() };
    let languages = running.settings.screen.languages.iter().map(|&language| Message::Language(language));
    let footer = [Message::LargerText, Message::HighContrast, Message::Notice, Message::NoCode];
    [Message::Check].into_iter().chain(languages).chain(footer).collect()
}

pub(super) fn view<'a>(kiosk: &'a Kiosk, welcome: &Welcome, design: Design) -> Element<'a, message::Message> {
    let margin = margin(design);
    let (preview, typing) = (preview(kiosk, welcome, design), typing::view(kiosk, welcome, design));
    let sides = if design.is_portrait() {
        Element::from(column![preview, typing].spacing(design.length(24.0)))
    } else {
        let keypad_width = typing::width(design);
        design.line([preview, container(typing).width(keypad_width).into()]).spacing(margin).into()
    };
    let palette = design.palette;
    column![
        widgets::header(kiosk, design, palette.ink, palette.muted, Some(state_notes(kiosk, design))),
        container(sides).height(Fill).padding([design.length(8.0), margin]),
        footer::view(kiosk, design),
    ]
    .into()
}

/// What staff has to look after, and whether checks are possible.
fn state_notes(kiosk: &Kiosk, design: Design) -> Element<'_, message::Message> {
    let service = match kiosk.health.is_well() {
        Some(true) => Some((true, "service-ready")),
        Some(false) => Some((false, "service-failing")),
        None => None,
    };
    let clock = kiosk.health.is_clock_in_doubt().then_some((false, "clock-doubt"));
    let reader = (kiosk.reader == Reader::Missing).then_some((false, "reader-missing"));
    let notes: Vec<_> = [service, clock, reader].into_iter().flatten().collect();
    let size = if notes.len() > 1 { 16.0 } else { 20.0 };
    let notes = notes
        .into_iter()
        .map(|(is_good, key)| widgets::state_note(is_good, kiosk.texts.get(key), size, design.usual()));
    column(notes).align_x(design.start()).into()
}

/// Whether ten keys in a row leave no room for anything beside them.
fn is_narrow(design: Design) -> bool {
    design.window.width < 600.0
}

fn margin(design: Design) -> f32 {
    if is_narrow(design) { 6.0 } else { design.length(32.0) }
}

/// What the camera sees, mirrored as in a mirror, with a frame to aim at; where there is none, the other ways.
fn preview<'a>(kiosk: &'a Kiosk, welcome: &Welcome, design: Design) -> Element<'a, message::Message> {
    let radius = design.length(24.0);
    if camera::is_unwanted(kiosk) {
        let size = design.text(40.0);
        let ways = widgets::label(kiosk.texts.get("camera-none"), size, Weight::Semibold, palette::WHITE);
        let ways = container(ways.centered()).center(Fill).padding(design.length(32.0));
        let ways = ways.style(|_| container::background(CAMERA_GROUND));
        return stack![ways, corners(design.palette.ground, radius)].clip(true).into();
    }
    let sees = kiosk.camera.sees();
    let (instruction, color, ground) = if welcome.several_codes.is_some() {
        ("camera-several-codes".to_owned(), palette::ON_UNVERIFIED, palette::UNVERIFIED)
    } else {
        (kiosk.camera.instruction(), palette::WHITE, Color { a: 0.9, ..palette::INK })
    };
    let picture = kiosk.camera.preview().map(|picture| drawing(picture.clone()).width(Fill).height(Fill));
    let instruction = kiosk.texts.get(&instruction);
    let strip = container(widgets::label(instruction, design.text(32.0), Weight::Semibold, color).centered())
        .center_x(Fill)
        .padding([design.length(20.0), design.length(16.0)])
        .style(move |_| container::background(ground));
    let breath = if design.is_still { 0.0 } else { BREATH * kiosk.camera.breath() };
    let aim = responsive(move |size| {
        let aim: Element<'_, _> = if sees {
            let share = AIM * (1.0 - breath);
            // An even number of pixels, so that its centre stays where it is.
            let side = (size.width.min(size.height) * share / 2.0).floor() * 2.0;
            icon(Icon::AimingFrame, palette::WHITE, side)
        } else {
            space().into()
        };
        container(aim).center(Fill).into()
    });
    let ground = container(space()).width(Fill).height(Fill).style(|_| container::background(CAMERA_GROUND));
    let ground = sensor(ground)
        .on_show(message::Message::PreviewMeasured)
        .on_resize(message::Message::PreviewMeasured);
    stack![ground]
        .push(picture)
        .push(column![container(aim).height(Fill), strip])
        .push(corners(design.palette.ground, radius))
        .clip(true)
        .into()
}
