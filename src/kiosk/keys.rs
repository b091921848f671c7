//! The keys that are pressed, wherever the window has its focus.

use iced::keyboard::key::{Code, Named, Physical};
use iced::keyboard::{Event, Key as IcedKey, Location, Modifiers};
use iced::{Subscription, Task, event};

use super::focus::Focus;
use super::message::{Message, Moment};
use super::scrolling;
use super::state::{Kiosk, Screen};
use super::theme::Direction;
use crate::scan::{Level, Position, Pressed, Stroke};

/// Every key, wherever it is typed.
pub(super) fn subscription() -> Subscription<Message> {
    event::listen_with(|event, _, _| match event {
        iced::Event::Keyboard(event @ Event::KeyPressed { .. }) => {
            Some(Message::KeyPressed(event, Moment::now()))
        }
        _ => None,
    })
}

/// To which button the focus moves, in the order of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Next,
    Previous,
}

/// What a key is for.
#[derive(PartialEq, Eq)]
pub(super) enum Key {
    /// It ends a text, or presses what is focused.
    End,
    /// It moves the focus, or ends a reader's text.
    Tab(Step),
    /// It moves the focus.
    Arrow(Step),
    /// It scrolls by a page.
    Page(Step),
    /// It takes back the last key.
    TakeBack,
    /// It takes back all keys.
    Clear,
    /// It opens the desk, or leaves it.
    Desk,
    /// It belongs to a text.
    Typed(Vec<Pressed>),
    /// It is for nothing here.
    Other,
}

impl Direction {
    /// Where an arrow to the right leads that leads to `step` where lines begin on the left.
    fn step(self, step: Step) -> Step {
        match (self, step) {
            (Self::LeftToRight, step) => step,
            (Self::RightToLeft, Step::Next) => Step::Previous,
            (Self::RightToLeft, Step::Previous) => Step::Next,
        }
    }
}

impl Kiosk {
    /// A key was pressed: a hand's, or one of a reader, which is a keyboard too.
    pub(super) fn key_pressed(&mut self, event: &Event, now: Moment) -> Task<Message> {
        let Some(key) = key(event, self.texts.direction()) else { return Task::none() };
        if matches!(self.screen, Screen::Desk(_)) {
            return self.desk_key(key, now);
        }
        if self.asks_for_way_out() {
            return self.way_out_key(key, now);
        }
        if !matches!(key, Key::Typed(_) | Key::End) {
            // Those may be a reader's, which is known when its text has ended.
            self.last_touch = now.instant;
        }
        self.focus.note_key(&key, now.instant);
        // Whether it was a reader that typed or ended a text tells the pace of the whole text.
        let is_hands = matches!(key, Key::TakeBack | Key::Clear | Key::Arrow(_));
        match key {
            Key::Tab(_) if self.tab_ends(now.instant) => return self.submit(now),
            Key::Arrow(step) if self.shows_notice() => return scrolling::scroll(step, false),
            Key::Page(step) if self.shows_notice() => return scrolling::scroll(step, true),
            _ if self.focus_key(&key, now.instant) => {}
            Key::End => return self.submit(now),
            Key::TakeBack => self.keyboard.take_back(),
            Key::Clear if matches!(self.screen, Screen::Outcome(_)) => self.welcome_next(),
            Key::Clear if self.shows_notice() => self.close_notice(),
            Key::Clear => {
                self.keyboard.clear();
                self.focus = Focus::default();
            }
            Key::Typed(typed) => {
                for pressed in typed {
                    self.keyboard.press(pressed, now.instant);
                }
            }
            Key::Desk => return self.open_desk(now),
            Key::Tab(_) | Key::Arrow(_) | Key::Page(_) | Key::Other => {}
        }
        match &mut self.screen {
            Screen::Welcome(welcome) => welcome.problem = None,
            Screen::Identity(identity) if is_hands => identity.note_touch(now.instant),
            Screen::Identity(identity) => identity.forget_remark(),
            Screen::Notice(_)
            | Screen::Checking(_)
            | Screen::AwaitingDesk(_)
            | Screen::Outcome(_)
            | Screen::Desk(_)
            | Screen::OutOfService(_) => {}
        }
        Task::none()
    }
}

/// The key that an event is of. `None` where no key was pressed anew.
fn key(event: &Event, direction: Direction) -> Option<Key> {
    let Event::KeyPressed { key, physical_key, location, modifiers, text, repeat: false, .. } = event else {
        return None;
    };
    Some(match key {
        IcedKey::Named(Named::Enter) => Key::End,
        IcedKey::Named(Named::F12) => Key::Desk,
        IcedKey::Named(Named::Tab) if modifiers.shift() => Key::Tab(Step::Previous),
        IcedKey::Named(Named::Tab) => Key::Tab(Step::Next),
        IcedKey::Named(Named::ArrowDown) => Key::Arrow(Step::Next),
        IcedKey::Named(Named::ArrowUp) => Key::Arrow(Step::Previous),
        IcedKey::Named(Named::ArrowRight) => Key::Arrow(direction.step(Step::Next)),
        IcedKey::Named(Named::ArrowLeft) => Key::Arrow(direction.step(Step::Previous)),
        IcedKey::Named(Named::PageDown) => Key::Page(Step::Next),
        IcedKey::Named(Named::PageUp) => Key::Page(Step::Previous),
        IcedKey::Named(Named::Backspace) => Key::TakeBack,
        IcedKey::Named(Named::Escape) => Key::Clear,
        // AltGr arrives as Alt where the layout has none, and as both where the system is Windows.
        _ if modifiers.logo() || modifiers.control() && !modifiers.alt() => Key::Other,
        _ => {
            let stroke = stroke(*physical_key, *location, *modifiers);
            let text = text.as_deref().filter(|_| !modifiers.alt() || modifiers.control());
            let characters = text.unwrap_or_default().chars().filter(|character| !character.is_control());
            let mut typed: Vec<Pressed> =
                characters.map(|character| Pressed { character: Some(character), stroke: None }).collect();
            match (typed.first_mut(), stroke) {
                (Some(first), stroke) => first.stroke = stroke,
                (None, Some(_)) => typed.push(Pressed { character: None, stroke }),
                (None, None) => return Some(Key::Other),
            }
            Key::Typed(typed)
        }
    })
}

/// Which key it is on the keyboard, and what is held with it.
fn stroke(physical: Physical, location: Location, modifiers: Modifiers) -> Option<Stroke> {
    let Physical::Code(code) = physical else { return None };
    let position = match code {
        Code::IntlBackslash => Position::INTERNATIONAL,
        code => {
            let (_, character) = US_KEYS.into_iter().find(|(other, _)| *other == code)?;
            Position::of_us_key(character)?
        }
    };
    let level = match () {
        () if location == Location::Numpad => Level::Plain,
        () if modifiers.alt() => Level::Third,
        () if modifiers.shift() => Level::Shifted,
        () => Level::Plain,
    };
    Some(Stroke { position, level })
}

/// The keys of a US keyboard by their characters, and those of its number pad, on which readers may type
/// digits.
const US_KEYS: [(Code, char); 59] = [
    (Code::Backquote, '`'),
    (Code::Digit1, '1'),
    (Code::Digit2, '2'),
    (Code::Digit3, '3'),
    (Code::Digit4, '4'),
    (Code::Digit5, '5'),
    (Code::Digit6, '6'),
    (Code::Digit7, '7'),
    (Code::Digit8, '8'),
    (Code::Digit9, '9'),
    (Code::Digit0, '0'),
    (Code::Minus, '-'),
    (Code::Equal, '='),
    (Code::KeyQ, 'q'),
    (Code::KeyW, 'w'),
    (Code::KeyE, 'e'),
    (Code::KeyR, 'r'),
    (Code::KeyT, 't'),
    (Code::KeyY, 'y'),
    (Code::KeyU, 'u'),
    (Code::KeyI, 'i'),
    (Code::KeyO, 'o'),
    (Code::KeyP, 'p'),
    (Code::BracketLeft, '['),
    (Code::BracketRight, ']'),
    (Code::KeyA, 'a'),
    (Code::KeyS, 's'),
    (Code::KeyD, 'd'),
    (Code::KeyF, 'f'),
    (Code::KeyG, 'g'),
    (Code::KeyH, 'h'),
    (Code::KeyJ, 'j'),
    (Code::KeyK, 'k'),
    (Code::KeyL, 'l'),
    (Code::Semicolon, ';'),
    (Code::Quote, '\''),
    (Code::Backslash, '\\'),
    (Code::KeyZ, 'z'),
    (Code::KeyX, 'x'),
    (Code::KeyC, 'c'),
    (Code::KeyV, 'v'),
    (Code::KeyB, 'b'),
    (Code::KeyN, 'n'),
    (Code::KeyM, 'm'),
    (Code::Comma, ','),
    (Code::Period, '.'),
    (Code::Slash, '/'),
    (Code::Space, ' '),
    (Code::NumpadSubtract, '-'),
    (Code::Numpad0, '0'),
    (Code::Numpad1, '1'),
    (Code::Numpad2, '2'),
    (Code::Numpad3, '3'),
    (Code::Numpad4, '4'),
    (Code::Numpad5, '5'),
    (Code::Numpad6, '6'),
    (Code::Numpad7, '7'),
    (Code::Numpad8, '8'),
    (Code::Numpad9, '9'),
];

/// The key of a US keyboard that has this character without Shift.
#[cfg(test)]
pub(super) fn us_key(character: char) -> Option<Code> {
    US_KEYS.into_iter().find(|(_, other)| *other == character).map(|(code, _)| code)
}
