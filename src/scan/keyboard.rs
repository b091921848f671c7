//! What is typed: by a hand, key by key, or by a USB reader, which is a keyboard that types fast.

use std::time::{Duration, Instant};

use crate::code::{CODE_LENGTH, Code, Reading, Source, code_character};

/// Keys that follow each other within this time on average were not typed by a hand. It is the average that
/// counts: a slow drawing makes keys wait for each other, but not a whole text shorter.
const READER_GAP: Duration = Duration::from_millis(50);

/// So many keys in a row at a reader's speed are a reader's text.
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
    is_touched: bool,
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
        self.push(Key { character, at, is_touched: false });
    }

    /// Takes a touch of the on-screen keypad: a hand's, however fast.
    pub fn touch(&mut self, character: char, at: Instant) {
        self.push(Key { character, at, is_touched: true });
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
        if source == Source::Typed || Code::parse(&whole).is_ok() {
            return Some(Reading { text: whole, source });
        }
        // A reader's text stands alone behind what a hand left in the field: it begins after a pause.
        let begins =
            |&start: &usize| keys[start].at.saturating_duration_since(keys[start - 1].at) > READER_GAP;
        let alone = (1..keys.len()).filter(begins).map(|start| text(&keys[start..]));
        let read = alone.into_iter().find(|text| Code::parse(text).is_ok());
        Some(Reading { text: read.unwrap_or(whole), source })
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
        let is_fast = self.keys.last_chunk::<3>().is_some_and(|keys| is_fast(keys));
        let is_hidden = is_fast || is_reader(&self.keys) || typed.len() > CODE_LENGTH;
        if is_hidden { Field::Hidden } else { Field::Typed(typed) }
    }
}

fn is_reader(keys: &[Key]) -> bool {
    keys.windows(READER_KEYS).any(is_fast)
}

/// Whether keys follow each other at a reader's speed.
fn is_fast(keys: &[Key]) -> bool {
    let (Some(first), Some(last)) = (keys.first(), keys.last()) else { return false };
    let gaps = u32::try_from(keys.len() - 1).unwrap_or(u32::MAX);
    let time = last.at.saturating_duration_since(first.at);
    time <= READER_GAP.saturating_mul(gaps) && !keys.iter().any(|key| key.is_touched)
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
    fn a_readers_text_with_a_pause_stands_alone_behind_what_a_hand_left() {
        let mut keyboard = Keyboard::default();
        let (head, tail) = PAYLOAD.split_at(20);
        let last = type_text(&mut keyboard, "A1B2", 120, Instant::now());
        let last = type_text(&mut keyboard, head, 5, last + Duration::from_secs(1));
        type_text(&mut keyboard, tail, 5, last + Duration::from_millis(80));
        assert_eq!(keyboard.submit().map(|reading| reading.text).as_deref(), Some(PAYLOAD));
    }

    #[test]
    fn a_hand_whose_keys_waited_for_slow_drawings_is_a_hand() {
        let mut keyboard = Keyboard::default();
        let start = Instant::now();
        for (index, character) in "A1B2345670".chars().enumerate() {
            // Typed every 110 ms; every second key waits for a drawing and comes with the next one.
            let at = 110 * (index as u64 | 1);
            keyboard.press(character, start + Duration::from_millis(at));
        }
        assert_eq!(keyboard.submit().map(|reading| reading.source), Some(Source::Typed));
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
