//! Printed codes that do what a touch does, for visitors who have a reader alone.

use clap::ValueEnum;
use iced::Task;

use super::keys::Step;
use super::language::{Texts, own_name};
use super::message::{self, Moment};
use super::state::{Kiosk, Screen};
use super::{identity, scrolling, welcome};
use crate::code::code_character;
use crate::settings::Language;

/// What a printed code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// It chooses a language.
    Language(Language),
    /// Larger type, or the usual one again.
    LargerText,
    /// More contrast, or the usual one again.
    HighContrast,
    /// The privacy notice, then its next page.
    Notice,
    /// The visitor has no code.
    NoCode,
    /// Where the last digits of the identity number are asked for, what its keypad does.
    Identity(identity::Message),
}

/// What the digits of an identity number are given with.
const IDENTITY: [identity::Message; 13] = [
    identity::Message::Key('0'),
    identity::Message::Key('1'),
    identity::Message::Key('2'),
    identity::Message::Key('3'),
    identity::Message::Key('4'),
    identity::Message::Key('5'),
    identity::Message::Key('6'),
    identity::Message::Key('7'),
    identity::Message::Key('8'),
    identity::Message::Key('9'),
    identity::Message::TakeBack,
    identity::Message::Confirm,
    identity::Message::GiveUp,
];

impl Control {
    /// Those of a kiosk that has these languages, and asks for digits of the identity number or does not.
    pub fn each(languages: &[Language], asks_identity: bool) -> impl Iterator<Item = Self> {
        let languages = languages.iter().map(|&language| Self::Language(language));
        let identity = IDENTITY.iter().copied().filter(move |_| asks_identity).map(Self::Identity);
        languages.chain([Self::LargerText, Self::HighContrast, Self::Notice, Self::NoCode]).chain(identity)
    }

    /// What its code says. Every reader brings letters and hyphens; there are never the ten of a HES code.
    pub fn text(self) -> String {
        let name = match self {
            Self::Language(language) => {
                return format!("HES-KIOSK-LANGUAGE-{}", language.name().to_uppercase());
            }
            Self::LargerText => "LARGER-TEXT",
            Self::HighContrast => "HIGH-CONTRAST",
            Self::Notice => "NOTICE",
            Self::NoCode => "NO-CODE",
            Self::Identity(identity::Message::Key(digit)) => return format!("HES-KIOSK-DIGIT-{digit}"),
            Self::Identity(identity::Message::TakeBack) => "TAKE-BACK",
            Self::Identity(identity::Message::Confirm) => "CONFIRM",
            Self::Identity(identity::Message::GiveUp) => "GIVE-UP",
        };
        format!("HES-KIOSK-{name}")
    }

    /// What a text is for that was read; `None` where it is no such code's.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let letters = |text: &str| text.chars().filter_map(code_character).collect::<Vec<u8>>();
        let read = letters(text);
        Self::each(Language::value_variants(), true).find(|control| letters(&control.text()) == read)
    }

    /// What it does, in words; a language says that in itself alone.
    pub fn words(self, texts: &Texts) -> String {
        match self {
            Self::Language(language) => own_name(language).to_owned(),
            Self::LargerText => texts.get("larger-text"),
            Self::HighContrast => texts.get("high-contrast"),
            Self::Notice => texts.get("notice-open"),
            Self::NoCode => texts.get("welcome-no-code"),
            Self::Identity(identity::Message::Key(digit)) => digit.to_string(),
            Self::Identity(identity::Message::TakeBack) => texts.get("identity-take-back"),
            Self::Identity(identity::Message::Confirm) => texts.get("identity-confirm"),
            Self::Identity(identity::Message::GiveUp) => texts.get("identity-give-up"),
        }
    }
}

impl Kiosk {
    /// Does what a printed code is for. What helps to read comes into force on every screen; nothing ends a check.
    pub(super) fn control(&mut self, control: Control, now: Moment) -> Task<message::Message> {
        self.last_touch = now.instant;
        let touched = match control {
            Control::Language(language) => {
                self.speak(language);
                if self.shows_notice() {
                    self.open_notice();
                }
                return Task::none();
            }
            Control::LargerText => {
                self.aids.larger_text = !self.aids.larger_text;
                return Task::none();
            }
            Control::HighContrast => {
                self.aids.high_contrast = !self.aids.high_contrast;
                return Task::none();
            }
            Control::Notice if self.shows_notice() => return scrolling::scroll(Step::Next, true),
            Control::Notice => welcome::Message::Notice,
            Control::NoCode => welcome::Message::NoCode,
            Control::Identity(message) => return self.identity_read(message, now),
        };
        match self.screen {
            Screen::Welcome(_) => {}
            Screen::Notice(_) => self.close_notice(),
            Screen::Outcome(_) => self.welcome_next(),
            Screen::Checking(_)
            | Screen::Identity(_)
            | Screen::AwaitingDesk(_)
            | Screen::Desk(_)
            | Screen::OutOfService(_) => return Task::none(),
        }
        self.welcome_touched(touched, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Code;

    #[test]
    fn each_control_is_read_as_what_it_is_and_never_as_a_hes_code() {
        for control in Control::each(Language::value_variants(), true) {
            let text = control.text();
            assert_eq!(Control::parse(&text), Some(control));
            assert!(Code::parse(&text).is_err(), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_a_control() {
        for text in ["", "A1B2345670", "HES-KIOSK-", "HES-KIOSK-LANGUAGE-FR", "HES-KIOSK-NOTICE-2"] {
            assert_eq!(Control::parse(text), None, "{text}");
        }
    }
}
