//! A text that a hand types with the keyboard.

use std::fmt;
use std::time::{Duration, Instant};

use iced::font::Weight;
use iced::widget::container;
use iced::{Center, Element, Fill, border};

use crate::code::{Code, Source};
use crate::kiosk::message;
use crate::kiosk::theme::Design;
use crate::kiosk::widgets;
use crate::scan::{Field, Keyboard};

/// After so long a pause what was typed before is a hand's for good, and the keyboard has its whole room again.
pub(super) const PAUSE: Duration = Duration::from_secs(1);

/// The longest text; all that is typed beyond it is left out.
const LONGEST: usize = 1000;

/// A text that a hand types at its end. What a reader types never comes into it.
#[derive(Default)]
pub(super) struct Entry {
    /// All but what the keyboard still holds.
    text: String,
}

impl Entry {
    /// With a text that is there already.
    pub(super) fn with(text: String) -> Self {
        Self { text }
    }

    /// Takes over what the keyboard holds, if a hand typed it.
    pub(super) fn take(&mut self, keyboard: &mut Keyboard, now: Instant) {
        if let Some(reading) = keyboard.submit(now)
            && reading.source == Source::Typed
        {
            self.add(&reading.text);
        }
    }

    /// Adds what a hand typed.
    pub(super) fn add(&mut self, words: &str) {
        self.text.extend(words.chars().take(LONGEST.saturating_sub(self.text.chars().count())));
    }

    /// As [`Entry::take`], once the hand that typed paused.
    pub(super) fn take_after_pause(&mut self, keyboard: &mut Keyboard, now: Instant) {
        let is_blank = keyboard.words(now).is_none_or(|words| words.trim().is_empty());
        let typed = keyboard.typing_hand(now);
        if !is_blank && typed.is_some_and(|last| now.saturating_duration_since(last) >= PAUSE) {
            self.take(keyboard, now);
        }
    }

    /// Takes back the last letter.
    pub(super) fn take_back(&mut self, keyboard: &mut Keyboard) {
        if keyboard.last_key().is_some() {
            keyboard.take_back();
        } else {
            self.text.pop();
        }
    }

    /// What was taken over.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// All that a hand typed so far.
    pub(super) fn words(&self, keyboard: &Keyboard, now: Instant) -> String {
        format!("{}{}", self.text, keyboard.words(now).unwrap_or_default())
    }

    /// The field with the text, or with what it is for.
    pub(super) fn view<'a>(
        &self,
        keyboard: &Keyboard,
        now: Instant,
        what_for: String,
        design: Design,
    ) -> Element<'a, message::Message> {
        let palette = design.palette;
        let typed = keyboard.words(now).unwrap_or_else(|| "•••".to_owned());
        let (words, color) = if self.text.is_empty() && typed.is_empty() {
            (what_for, palette.muted)
        } else {
            // The line shows where the next letter comes.
            (format!("{}{typed}|", self.text), palette.ink)
        };
        let words = widgets::label(words, design.text(20.0), Weight::Medium, color);
        let radius = design.length(12.0);
        container(words)
            .width(Fill)
            .height(design.touch(60.0, 48.0))
            .align_y(Center)
            .padding([0.0, design.length(20.0)])
            .clip(true)
            .style(move |_| {
                container::background(palette.field)
                    .border(border::rounded(radius).width(2.0).color(palette.ink))
            })
            .into()
    }
}

/// What is typed of a code, as it may be seen.
pub(super) fn code_words(keyboard: &Keyboard) -> String {
    match keyboard.field() {
        Field::Typed(typed) => typed,
        Field::Hidden => "••••••••••".to_owned(),
    }
}

/// Whether a hand has typed a whole code, and no name as long.
pub(super) fn is_code(keyboard: &Keyboard, now: Instant) -> bool {
    let is_code =
        |words: String| words.bytes().any(|byte| byte.is_ascii_digit()) && Code::parse(&words).is_ok();
    keyboard.words(now).is_some_and(is_code)
}

/// It may be anybody's name.
impl fmt::Debug for Entry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Entry(…)")
    }
}
