//! The pad on which a PIN is entered.

use std::sync::atomic::{AtomicU64, Ordering};

use iced::font::Weight;
use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill, Task, border};
use jiff::Timestamp;

use super::focus::button;
use super::{Answer, Desk, FIRST, Message, Row, Stage, Visitor, ask, read, touched};
use crate::checkin;
use crate::kiosk::icons::{Icon, icon};
use crate::kiosk::language::{Argument, start_of_day};
use crate::kiosk::message::{self, Moment};
use crate::kiosk::state::{Kiosk, Screen};
use crate::kiosk::theme::Design;
use crate::kiosk::widgets::{self, Look};
use crate::visits::{Pin, PinMemory, WrongPin};

/// How many pads there were.
static PADS: AtomicU64 = AtomicU64::new(0);

/// The pad, and what there is to say of the last PIN.
#[derive(Debug)]
pub(in crate::kiosk) struct PinPad {
    /// Tells it from each other pad: what is known of a PIN counts for the one on which it was entered.
    pub(super) number: u64,
    pub(super) remark: Option<Remark>,
    /// Whether one is being compared.
    pub(super) is_comparing: bool,
    /// Where PINs are hashed that are entered on it.
    pub(super) memory: PinMemory,
    /// Where the digits lie: in their order, or anew each time, so that nobody learns a PIN from a hand's way.
    digits: [char; 10],
}

/// What there is to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remark {
    NotAPin,
    /// It is nobody's; so many more may be wrong.
    Wrong(u32),
    /// None is taken before this time.
    Locked(Timestamp),
    /// Nobody has a PIN yet.
    Nobody,
    /// The second person has to be another one.
    SamePerson,
    /// It is somebody else's than of who opened the desk.
    NotYours,
    /// It is that of somebody who is no manager.
    NotAManager,
    /// Anybody would guess it.
    Obvious,
    /// Somebody else has it.
    Taken,
    /// The second time it was another one.
    Different,
    /// The system has no random numbers or no memory for it.
    NotHashed,
}

/// What can be focused of a pad that is left by `leave`: all but the keypad.
pub(super) fn targets(leave: Message) -> [Message; 2] {
    [Message::Confirm, leave]
}

impl PinPad {
    pub(super) fn new(is_shuffled: bool) -> Self {
        let mut digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
        let mut random = [0_u8; 9];
        // Without random numbers the digits lie in their order.
        if is_shuffled && getrandom::fill(&mut random).is_ok() {
            for (place, random) in (1..digits.len()).rev().zip(random) {
                digits.swap(place, usize::from(random) % (place + 1));
            }
        }
        Self {
            number: PADS.fetch_add(1, Ordering::Relaxed),
            remark: None,
            is_comparing: false,
            memory: PinMemory::of_asked_pin(),
            digits,
        }
    }

    /// Says why the PIN that was compared leads nowhere.
    pub(super) fn refuse(&mut self, remark: Remark) {
        (self.is_comparing, self.remark) = (false, Some(remark));
    }

    /// The pad under a title, and the button that leaves it.
    pub(super) fn view<'a>(
        &self,
        kiosk: &Kiosk,
        title: String,
        leave: Message,
        design: Design,
    ) -> Element<'a, message::Message> {
        let palette = design.palette;
        let texts = kiosk.texts_for_staff();
        let gap = design.length(10.0);
        let title = widgets::label(title, design.text(40.0), Weight::ExtraBold, palette.ink);
        let (said, color) = match self.remark {
            _ if self.is_comparing => (texts.get("desk-pin-comparing"), palette.muted),
            None => (texts.get("desk-pin-instruction"), palette.muted),
            Some(remark) => (remark.text(kiosk), palette.wrong),
        };
        let said = widgets::label(said, design.text(22.0), Weight::Semibold, color).centered();
        let digit = |digit: char| {
            widgets::word_button(digit.to_string(), 34.0, Look::Key, design, touched(Message::Digit(digit)))
        };
        let height = design.touch(76.0, 56.0);
        let rows = self.digits[..9]
            .chunks(3)
            .map(|digits| row(digits.iter().map(|of| digit(*of).into())).spacing(gap).height(height).into());
        let back = icon(Icon::TakeBack, palette.ink, design.length(32.0));
        let confirm = texts.get("desk-pin-confirm");
        let last = row![
            widgets::push_button(back, Look::Key, design, touched(Message::TakeBack)),
            digit(self.digits[9]),
            button(kiosk, confirm, 24.0, Look::Action, design, Message::Confirm),
        ]
        .spacing(gap)
        .height(height);
        let back = texts.get("desk-back");
        let leave = button(kiosk, back, 22.0, Look::Outline, design, leave);
        let pad = column(rows).push(last).spacing(gap);
        let width = design.touch(420.0, 300.0);
        let gap = design.length(18.0);
        let pad = container(pad).width(width);
        let leave = container(leave.height(design.touch(60.0, 48.0))).width(width);
        let head = column![title.centered(), said, dots(kiosk, design)].spacing(gap).align_x(Center);
        // In a low window they have no room below each other as soon as it is said there that a visitor came.
        let page: Element<'_, _> = if design.is_low() {
            let head = head.push(leave).width(width);
            row![head, pad].spacing(design.length(60.0)).align_y(Center).into()
        } else {
            head.push(pad).push(leave).into()
        };
        container(page).center(Fill).into()
    }
}

impl Remark {
    /// What there is to say of a PIN that is nobody's.
    pub(super) fn of(wrong: WrongPin) -> Self {
        wrong.locked_until.map_or(Self::Wrong(wrong.left), Self::Locked)
    }

    fn text(self, kiosk: &Kiosk) -> String {
        let texts = kiosk.texts_for_staff();
        match self {
            Self::NotAPin => texts.get("desk-pin-not-a-pin"),
            Self::Wrong(left) => texts.with("desk-pin-wrong", &[("left", Argument::Number(u64::from(left)))]),
            Self::Locked(until) => {
                let seconds = (until - kiosk.now.time).get_seconds().max(0);
                let minutes = seconds.unsigned_abs().div_ceil(60).max(1);
                texts.with("desk-pin-locked", &[("minutes", Argument::Number(minutes))])
            }
            Self::Nobody => texts.get("desk-pin-nobody"),
            Self::SamePerson => texts.get("desk-pin-same-person"),
            Self::NotYours => texts.get("erasure-not-yours"),
            Self::NotAManager => texts.get("desk-pin-not-a-manager"),
            Self::Obvious => texts.get("pins-obvious"),
            Self::Taken => texts.get("pins-taken"),
            Self::Different => texts.get("pins-different"),
            Self::NotHashed => texts.get("pins-not-hashed"),
        }
    }
}

/// A dot for each digit: what is typed is never shown.
fn dots<'a>(kiosk: &Kiosk, design: Design) -> Element<'a, message::Message> {
    let typed = kiosk.keyboard.digits().map_or(0, |digits| digits.len());
    let (ink, line) = (design.palette.ink, design.palette.line);
    let diameter = design.length(22.0);
    let dots = (0..typed.max(6)).map(|place| {
        let color = if place < typed { ink } else { line };
        container(space())
            .width(diameter)
            .height(diameter)
            .style(move |_| container::background(color).border(border::rounded(diameter / 2.0)))
            .into()
    });
    row(dots).spacing(design.length(14.0)).into()
}

impl Desk {
    /// Where a PIN is entered now.
    pub(super) fn pin_pad(&mut self) -> Option<&mut PinPad> {
        match (&mut self.stage, &mut self.visitor) {
            (Stage::Locked(pad), _) => Some(pad),
            (Stage::Open(session), visitor) => match (&mut session.deciding, visitor) {
                (Some(deciding), _) => deciding.pin_pad(),
                (None, Some(Visitor::Awaiting(awaiting))) if !session.page.asks_pin() => {
                    awaiting.answering.pin_pad_mut()
                }
                (None, _) => session.page.pin_pad(),
            },
        }
    }
}

impl Kiosk {
    /// Compares what was entered as a PIN, or gives it to somebody where that was asked for.
    pub(super) fn enter_pin(&mut self, text: &str, now: Moment) -> Task<message::Message> {
        let pin = Pin::parse(text.trim());
        let (Screen::Desk(desk), Some(running)) = (&mut self.screen, self.running.clone()) else {
            return Task::none();
        };
        desk.last_touch = now.instant;
        let is_new = desk.session().is_some_and(|session| session.page.takes_new_pin());
        let Some(pad) = desk.pin_pad() else { return Task::none() };
        match pin {
            _ if pad.is_comparing => Task::none(),
            Err(_) => {
                pad.remark = Some(Remark::NotAPin);
                Task::none()
            }
            Ok(pin) if is_new => self.new_pin(pin),
            Ok(pin) => {
                (pad.is_comparing, pad.remark) = (true, None);
                let (number, memory) = (pad.number, pad.memory.clone());
                // Whoever opens the desk sees the newest visits as soon as the PIN is known to be theirs.
                let (of, today) = (running.clone(), start_of_day(self.now.time));
                let newest =
                    read(move || checkin::newest_visits(&of.settings.check_in.visits, today, FIRST, Row::of));
                let compared = async move {
                    let (answer, newest) = tokio::join!(running.check_in.enter_pin(pin, memory), newest);
                    Ok((answer?, newest?))
                };
                ask(compared, move |compared| Answer::Pin(number, compared))
            }
        }
    }
}
