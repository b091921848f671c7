//! The last digits of the identity number are asked for, against borrowed codes.

use std::time::{Duration, Instant};

use iced::font::Weight;
use iced::widget::{Button, column, container, row, space};
use iced::{Center, Element, Fill, border};

use super::focus::Target;
use super::icons::{Icon, icon};
use super::message::{self, Moment};
use super::state::Kiosk;
use super::theme::Design;
use super::widgets::{self, Look};
use crate::checkin::Pending;
use crate::code::{Code, Reading, Source};
use crate::entry::LastDigits;
use crate::scan::Field;

/// So often the digits may be given; then the visitor goes to the desk.
const TRIES: u8 = 3;

/// Whoever touches nothing for so long has gone.
const ABANDONED: Duration = Duration::from_secs(30);

/// The question ends so long after the service's answer, which would be too old for a green screen then.
const LONGEST: Duration = Duration::from_secs(60);

/// The places for the digits.
const PLACES: usize = 3;

/// The keypad, row by row; the last row has the key that takes back, the zero and the action.
const KEYS: [&str; 3] = ["123", "456", "789"];

/// A visitor whose code would be admitted, and who has to know its holder's identity number.
#[derive(Debug)]
pub(super) struct Identity {
    pending: Pending,
    tries: u8,
    /// The last digits that were not the holder's: whoever ends the question after them is no stranger to it.
    wrong: Option<LastDigits>,
    remark: Option<Remark>,
    /// The digits that were given by printed codes.
    read: String,
    asked: Instant,
    last_touch: Instant,
}

/// What there is to say of what was given or shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remark {
    /// It was not three digits. That is no try.
    NotThree,
    /// It was not the holder's; which digit differs is never said.
    Mismatch,
    /// A reader typed. It knows what lies under it, not what the visitor knows.
    NotByHand,
    /// It was another code, which has to wait.
    OtherCode,
}

/// What can be focused.
pub(super) const TARGETS: [Message; 2] = [Message::Confirm, Message::GiveUp];

/// What was touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// A digit.
    Key(char),
    /// The key that takes back.
    TakeBack,
    /// The button that ends the digits.
    Confirm,
    /// The button for whoever does not want to.
    GiveUp,
}

impl Identity {
    pub(super) fn new(pending: Pending, now: Instant) -> Self {
        Self {
            pending,
            tries: 0,
            wrong: None,
            remark: None,
            read: String::new(),
            asked: now,
            last_touch: now,
        }
    }

    /// Only a hand touches: what others hold under the reader keeps nobody's question open.
    pub(super) fn note_touch(&mut self, now: Instant) {
        self.last_touch = now;
        self.forget_remark();
    }

    pub(super) fn forget_remark(&mut self) {
        self.remark = None;
    }

    /// Takes what a printed code says. The digits so far where it ends them.
    pub(super) fn read(&mut self, message: Message, now: Instant) -> Option<Reading> {
        self.note_touch(now);
        match message {
            Message::Key(digit) if self.read.len() < PLACES => self.read.push(digit),
            Message::TakeBack => drop(self.read.pop()),
            // Codes that were chosen one by one are a hand's.
            Message::Confirm => {
                return Some(Reading { text: std::mem::take(&mut self.read), source: Source::Typed });
            }
            Message::Key(_) | Message::GiveUp => {}
        }
        None
    }

    /// Takes note of what a reader or the camera read, which answers nothing.
    pub(super) fn note_reading(&mut self, reading: &Reading) {
        let remark = match Code::parse(&reading.text) {
            Ok(code) if self.pending.is_about(&code) => return,
            Ok(_) => Remark::OtherCode,
            Err(_) if reading.source == Source::Camera => return,
            Err(_) => Remark::NotByHand,
        };
        // A code that stays before the camera must not hide what the visitor has to know.
        self.remark.get_or_insert(remark);
    }

    /// Whether nobody is there any more, or the answer is too old. `typing` is when a hand's last key was typed
    /// that still waits for its end.
    pub(super) fn is_over(&self, typing: Option<Instant>, now: Instant) -> bool {
        let last_touch = typing.map_or(self.last_touch, |typing| typing.max(self.last_touch));
        now.saturating_duration_since(last_touch) >= ABANDONED || self.is_too_late(now)
    }

    /// Whether the service's answer is too old for a question.
    pub(super) fn is_too_late(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.asked) >= LONGEST
    }

    /// Nobody could answer before now, as the desk covered the question.
    pub(super) fn uncovered(self, now: Instant) -> Self {
        Self { last_touch: now, ..self }
    }

    pub(super) fn pending(&self) -> Pending {
        self.pending.clone()
    }

    /// The digits to conclude with where the question ends without an answer.
    pub(super) fn wrong_digits(&self) -> Option<LastDigits> {
        self.wrong
    }

    /// The digits to conclude with: those that match, or the last ones that may be tried.
    pub(super) fn given(&mut self, reading: &Reading, now: Instant) -> Option<LastDigits> {
        if reading.source != Source::Typed {
            self.note_reading(reading);
            return None;
        }
        self.last_touch = now;
        self.read.clear();
        let Ok(digits) = LastDigits::parse(&reading.text) else {
            self.remark = Some(Remark::NotThree);
            return None;
        };
        self.tries += 1;
        if self.pending.is_of(digits) || self.tries >= TRIES {
            return Some(digits);
        }
        (self.wrong, self.remark) = (Some(digits), Some(Remark::Mismatch));
        None
    }
}

fn touched(message: Message) -> impl Fn() -> message::Message {
    move || message::Message::Identity(message, Moment::now())
}

fn ringed<'a>(
    kiosk: &Kiosk,
    button: Button<'a, message::Message>,
    message: Message,
    design: Design,
) -> Element<'a, message::Message> {
    widgets::ringed(button, kiosk.focus.is_on(Target::Identity(message)), design)
}

pub(super) fn view<'a>(
    kiosk: &'a Kiosk,
    identity: &Identity,
    design: Design,
) -> Element<'a, message::Message> {
    let palette = design.palette;
    let margin = design.length(32.0);
    let asked = asked(kiosk, identity, design);
    let width = design.touch(if design.is_portrait() { 640.0 } else { 420.0 }, 300.0);
    let keypad = container(keypad(kiosk, design)).max_width(width);
    let sides = if design.is_portrait() {
        Element::from(column![container(asked).max_width(width), keypad].spacing(margin).align_x(Center))
    } else {
        design.line([asked, keypad.into()]).spacing(2.0 * margin).align_y(Center).into()
    };
    column![
        widgets::header(kiosk, design, palette.ink, palette.muted, None),
        container(sides).center(Fill).padding([design.length(8.0), 2.0 * margin]),
    ]
    .into()
}

/// The question, what was wrong, the digits so far, and the way out.
fn asked<'a>(kiosk: &Kiosk, identity: &Identity, design: Design) -> Element<'a, message::Message> {
    let (texts, palette) = (kiosk.texts, design.palette);
    let (remark, color) = match identity.remark {
        None => ("identity-instruction", palette.muted),
        Some(Remark::NotThree) => ("identity-not-three", palette.wrong),
        Some(Remark::Mismatch) => ("identity-mismatch", palette.wrong),
        Some(Remark::NotByHand) => ("identity-not-by-hand", palette.wrong),
        Some(Remark::OtherCode) => ("identity-other-code", palette.wrong),
    };
    let title = if design.is_low() { 36.0 } else { 48.0 };
    let title =
        widgets::label(texts.get("identity-title"), design.text(title), Weight::ExtraBold, palette.ink);
    let give_up = texts.get("identity-give-up");
    let give_up = widgets::word_button(give_up, 22.0, Look::Outline, design, touched(Message::GiveUp));
    let give_up = ringed(kiosk, give_up.width(design.touch(225.0, 160.0)), Message::GiveUp, design);
    let asked = design
        .stack([
            title.line_height(1.15).into(),
            widgets::label(texts.get(remark), design.text(24.0), Weight::Semibold, color).into(),
            places(kiosk, identity, design),
            space().height(design.length(8.0)).into(),
            container(give_up).height(design.touch(64.0, 60.0)).into(),
        ])
        .spacing(design.length(20.0));
    container(asked).width(Fill).align_x(design.start()).into()
}

/// A box for each digit, with a dot where it was typed: bystanders see the screen, too.
fn places<'a>(kiosk: &Kiosk, identity: &Identity, design: Design) -> Element<'a, message::Message> {
    let typed = match kiosk.keyboard.field() {
        Field::Typed(typed) if !typed.is_empty() => typed,
        Field::Typed(_) | Field::Hidden => identity.read.clone(),
    };
    let palette = design.palette;
    let radius = design.length(16.0);
    let boxes = (0..PLACES).map(|place| {
        let is_typed = place < typed.chars().count();
        let diameter = design.length(if is_typed { 26.0 } else { 0.0 });
        let dot = container(space())
            .width(diameter)
            .height(diameter)
            .style(move |_| container::background(palette.ink).border(border::rounded(diameter / 2.0)));
        container(dot)
            .center(design.length(84.0))
            .style(move |_| {
                container::background(palette.field)
                    .border(border::rounded(radius).width(3.0).color(palette.ink))
            })
            .into()
    });
    row(boxes).spacing(design.length(16.0)).into()
}

fn keypad<'a>(kiosk: &Kiosk, design: Design) -> Element<'a, message::Message> {
    let gap = design.length(10.0);
    let height = design.touch(84.0, 60.0);
    let digit = |digit: char| {
        widgets::word_button(digit.to_string(), 34.0, Look::Key, design, touched(Message::Key(digit)))
    };
    let rows =
        KEYS.map(|keys| row(keys.chars().map(|key| digit(key).into())).spacing(gap).height(height).into());
    let back = icon(Icon::TakeBack, design.palette.ink, design.length(32.0));
    let confirm = kiosk.texts.get("identity-confirm");
    let confirm = widgets::word_button(confirm, 24.0, Look::Action, design, touched(Message::Confirm));
    let last = row![
        widgets::push_button(back, Look::Key, design, touched(Message::TakeBack)),
        digit('0'),
        ringed(kiosk, confirm, Message::Confirm, design),
    ]
    .spacing(gap)
    .height(height);
    column(rows).push(last).spacing(gap).into()
}
