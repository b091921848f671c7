//! What is typed: by a hand, key by key, or by a USB reader, which is a keyboard that types fast.

use std::time::{Duration, Instant};

use crate::code::{CODE_LENGTH, Code, Reading, Source, code_character};

/// Keys that follow each other within this time were not typed by a hand.
const READER_GAP: Duration = Duration::from_millis(50);

/// So many keys at a reader's speed are a reader's text.
const READER_KEYS: usize = 8;

/// A reader without a terminator has ended after this silence.
const SILENCE: Duration = Duration::from_millis(150);

/// Longer than the longest payload; what goes on beyond it is no code.
const LONGEST_TEXT: usize = 512;

/// Collects keys until they are a reading.
#[derive(Default)]
pub struct Keyboard {
    keys: Vec<Key>,
}

#[derive(Clone, Copy)]
struct Key {
    character: char,
    at: Instant,
    follows_fast: bool,
}

/// What the code field shows of the keys so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// A hand is typing: the code's characters so far, at most ten.
    Typed(String),
    /// A reader is typing, or the text is too long for a code. It may be a QR payload, whose first half
    /// nobody may see.
    Hidden,
}

impl Keyboard {
    /// Takes a key that produced `character`.
    pub fn press(&mut self, character: char, at: Instant) {
        let gap = self.keys.last().map(|last| at.saturating_duration_since(last.at));
        self.push(Key { character, at, follows_fast: gap.is_some_and(|gap| gap <= READER_GAP) });
    }

    /// Takes a touch of the on-screen keypad: a hand's, however fast.
    pub fn touch(&mut self, character: char, at: Instant) {
        self.push(Key { character, at, follows_fast: false });
    }

    fn push(&mut self, key: Key) {
        if self.keys.len() < LONGEST_TEXT {
            self.keys.push(key);
        }
    }

    /// Takes back the last key.
    pub fn take_back(&mut self) {
        self.keys.pop();
    }

    /// Forgets all keys.
    pub fn clear(&mut self) {
        self.keys.clear();
    }

    /// Ends the text: Enter, Tab, or the button. `None` where there is no text.
    pub fn submit(&mut self) -> Option<Reading> {
        let keys = std::mem::take(&mut self.keys);
        let text = |keys: &[Key]| keys.iter().map(|key| key.character).collect::<String>();
        let whole = text(&keys);
        if whole.trim().is_empty() {
            return None;
        }
        let source = if is_reader(&keys) { Source::Reader } else { Source::Typed };
        // A reader's text stands alone, whatever a hand left in the field before it.
        let reader_text = text(&keys[reader_start(&keys)..]);
        let alone = source == Source::Reader && Code::parse(&whole).is_err();
        Some(Reading { text: if alone { reader_text } else { whole }, source })
    }

    /// When the last key was taken of a reader that has fallen silent without a terminator. What is shorter
    /// than a code may still be a hand's, whose keys came together after a slow drawing.
    pub fn silent_reader(&self, now: Instant) -> Option<Instant> {
        let last = self.last_key()?;
        let is_over = now.saturating_duration_since(last) >= SILENCE;
        let length = self.keys.iter().filter(|key| code_character(key.character).is_some()).count();
        (is_over && length >= CODE_LENGTH && is_reader(&self.keys)).then_some(last)
    }

    /// When the last key was taken; `None` where there is none.
    pub fn last_key(&self) -> Option<Instant> {
        self.keys.last().map(|key| key.at)
    }

    /// What the code field shows.
    pub fn field(&self) -> Field {
        let typed: String =
            self.keys.iter().filter_map(|key| code_character(key.character)).map(char::from).collect();
        let is_fast = self.keys.len() > 2 && self.keys.iter().rev().take(2).all(|key| key.follows_fast);
        let is_hidden = is_fast || is_reader(&self.keys) || typed.len() > CODE_LENGTH;
        if is_hidden { Field::Hidden } else { Field::Typed(typed) }
    }
}

fn is_reader(keys: &[Key]) -> bool {
    keys.iter().filter(|key| key.follows_fast).count() + 1 >= READER_KEYS
}

/// Where the last run of fast keys begins.
fn reader_start(keys: &[Key]) -> usize {
    keys.iter().rposition(|key| !key.follows_fast).unwrap_or(0)
}

impl std::fmt::Debug for Keyboard {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Keyboard({} keys)", self.keys.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAYLOAD: &str = "0123456789abcdef0123456789abcdef|A1B2345678";

    /// Types `text` with `gap` milliseconds between its keys and gives the time of the last one.
    fn type_text(keyboard: &mut Keyboard, text: &str, gap: u64, start: Instant) -> Instant {
        let mut at = start;
        for character in text.chars() {
            at += Duration::from_millis(gap);
            keyboard.press(character, at);
        }
        at
    }

    #[test]
    fn a_hand_and_a_reader_are_told_apart_by_their_speed() {
        for (gap, source) in [(5, Source::Reader), (30, Source::Reader), (90, Source::Typed)] {
            let mut keyboard = Keyboard::default();
            type_text(&mut keyboard, "A1B2345678", gap, Instant::now());
            assert_eq!(keyboard.submit(), Some(Reading { text: "A1B2345678".to_owned(), source }), "{gap}");
        }
    }

    #[test]
    fn a_reader_without_a_terminator_has_ended_after_a_silence() {
        let mut keyboard = Keyboard::default();
        let last = type_text(&mut keyboard, PAYLOAD, 5, Instant::now());
        assert_eq!(keyboard.silent_reader(last + Duration::from_millis(149)), None);
        assert_eq!(keyboard.silent_reader(last + Duration::from_millis(150)), Some(last));
    }

    #[test]
    fn what_is_shorter_than_a_code_is_not_ended_by_a_silence() {
        let mut keyboard = Keyboard::default();
        let last = type_text(&mut keyboard, "A1B234567", 5, Instant::now());
        assert_eq!(keyboard.silent_reader(last + Duration::from_secs(1)), None);
    }

    #[test]
    fn a_hand_is_never_cut_short_by_a_silence() {
        let mut keyboard = Keyboard::default();
        let last = type_text(&mut keyboard, "A1B2345678", 120, Instant::now());
        assert_eq!(keyboard.silent_reader(last + Duration::from_secs(60)), None);
    }

    #[test]
    fn a_readers_text_stands_alone_behind_what_a_hand_left() {
        let mut keyboard = Keyboard::default();
        let last = type_text(&mut keyboard, "QW", 200, Instant::now());
        type_text(&mut keyboard, PAYLOAD, 5, last + Duration::from_secs(3));
        assert_eq!(keyboard.submit().map(|reading| reading.text).as_deref(), Some(PAYLOAD));
    }

    #[test]
    fn a_pause_within_a_readers_text_does_not_cut_it() {
        let mut keyboard = Keyboard::default();
        let (head, tail) = PAYLOAD.split_at(20);
        let last = type_text(&mut keyboard, head, 5, Instant::now());
        type_text(&mut keyboard, tail, 5, last + Duration::from_millis(100));
        assert_eq!(keyboard.submit().map(|reading| reading.text).as_deref(), Some(PAYLOAD));
    }

    #[test]
    fn a_lone_enter_is_no_reading() {
        assert_eq!(Keyboard::default().submit(), None);
    }

    #[test]
    fn the_field_shows_a_hands_code_and_hides_a_readers_payload() {
        let mut keyboard = Keyboard::default();
        let last = type_text(&mut keyboard, "a1b2-34", 120, Instant::now());
        assert_eq!(keyboard.field(), Field::Typed("A1B234".to_owned()));
        type_text(&mut keyboard, "56", 5, last);
        assert_eq!(keyboard.field(), Field::Hidden);
    }

    #[test]
    fn a_slow_readers_payload_is_hidden_once_it_is_longer_than_a_code() {
        let mut keyboard = Keyboard::default();
        type_text(&mut keyboard, &PAYLOAD[..11], 80, Instant::now());
        assert_eq!(keyboard.field(), Field::Hidden);
    }
}
