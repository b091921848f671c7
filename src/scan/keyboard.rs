//! What is typed: by a hand, key by key, or by a USB reader, which is a keyboard that types fast.

use std::time::{Duration, Instant};

use super::layout::{Layout, Stroke};
use crate::code::{CODE_LENGTH, Code, Reading, Source, code_character, may_be_pieces};

/// Keys that follow each other within this time on average were not typed by a hand. It is the average that
/// counts: a slow drawing makes keys wait for each other, but not a whole text shorter.
const READER_GAP: Duration = Duration::from_millis(50);

/// So many keys in a row at a reader's speed are a reader's text, whatever stands around them.
const READER_KEYS: usize = 8;

/// So few are one where nothing stands around them.
const LONE_READER_KEYS: usize = 5;

/// So soon after its last key more of a reader's text is to come at any moment.
const GOES_ON: Duration = Duration::from_millis(100);

/// A reader without a terminator has ended after this silence if its text is whole.
const SILENCE: Duration = Duration::from_millis(150);

/// A text that is not whole, or may go on, has ended after this silence.
const LONG_SILENCE: Duration = Duration::from_millis(1200);

/// After so long a pause nothing goes on that a hand began. Within a reader's text only a drawing takes as long.
const PAUSE: Duration = Duration::from_secs(1);

/// Longer than two payloads; what goes on beyond it is no code.
const LONGEST_TEXT: usize = 256;

/// Collects keys until they are a reading.
#[derive(Default)]
pub struct Keyboard {
    keys: Vec<Key>,
    /// When the last key was taken, also one that had no place any more.
    last: Option<Instant>,
}

/// A key that was pressed, as far as the system says what it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Pressed {
    /// What it comes to under the system's layout.
    pub character: Option<char>,
    /// Which key it is.
    pub stroke: Option<Stroke>,
}

#[derive(Clone, Copy)]
struct Key {
    pressed: Pressed,
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
    /// Takes a key.
    pub fn press(&mut self, pressed: Pressed, at: Instant) {
        self.push(Key { pressed, at, is_touched: false });
    }

    /// Takes a touch of the on-screen keypad: a hand's, however fast.
    pub fn touch(&mut self, character: char, at: Instant) {
        let pressed = Pressed { character: Some(character), stroke: None };
        self.push(Key { pressed, at, is_touched: true });
    }

    fn push(&mut self, key: Key) {
        self.last = Some(key.at);
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

    /// Ends the text at a time: Enter, Tab, the button, or a silence. `None` where there is no text.
    pub fn submit(&mut self, at: Instant) -> Option<Reading> {
        let keys = std::mem::take(&mut self.keys);
        let typed = typed_text(&keys);
        if typed.trim().is_empty() {
            return None;
        }
        if is_reader(&keys) || is_lone_reader(&keys) || is_fast_until(&keys, at) {
            return Some(Reading { text: reader_text(&keys), source: Source::Reader });
        }
        // A slow reader's payload is one under any layout; what a hand types is meant as it is seen.
        let payload = texts(&keys).find(|text| text.contains('|') && Code::parse(text).is_ok());
        Some(Reading { text: payload.unwrap_or(typed), source: Source::Typed })
    }

    /// When the last key was taken of a reader that has fallen silent without a terminator. What is shorter
    /// than a code may still be a hand's, whose keys came together after a slow drawing.
    pub fn silent_reader(&self, now: Instant) -> Option<Instant> {
        let last = self.last_key()?;
        let silence = now.saturating_duration_since(last);
        if silence < SILENCE || !(is_reader(&self.keys) || is_lone_reader(&self.keys)) {
            return None;
        }
        (silence >= silence_after(&reader_text(&self.keys))).then_some(last)
    }

    /// When the last key was taken; `None` where there is none.
    pub fn last_key(&self) -> Option<Instant> {
        self.last.filter(|_| !self.keys.is_empty())
    }

    /// When the last key was taken of a text that a hand is typing; `None` where it may be a reader's.
    pub fn typing_hand(&self, now: Instant) -> Option<Instant> {
        self.last_key().filter(|_| !self.holds_reading(now))
    }

    /// What the code field shows.
    pub fn field(&self) -> Field {
        let typed: String =
            typed_text(&self.keys).chars().filter_map(code_character).map(char::from).collect();
        let is_hidden = may_be_readers(&self.keys) || typed.len() > CODE_LENGTH;
        if is_hidden { Field::Hidden } else { Field::Typed(typed) }
    }

    /// What a hand is typing, as it stands; `None` while it may be a reader. Some keys that a hand rolled over are known
    /// as its own as soon as none follows.
    pub fn words(&self, now: Instant) -> Option<String> {
        let goes_on = self.last.is_some_and(|last| now.saturating_duration_since(last) < SILENCE);
        let may_be_readers = if goes_on { may_be_readers(&self.keys) } else { self.holds_reading(now) };
        (!may_be_readers).then(|| typed_text(&self.keys))
    }

    /// What a hand typed before the whole code that a reader read. Where keys came as fast before that, nobody knows whose
    /// they are.
    pub fn words_before_code(&self) -> Option<String> {
        let (start, _) = whole_code(&self.keys).filter(|_| self.keys.len() < LONGEST_TEXT)?;
        let before = &self.keys[..start];
        (!may_be_readers(before)).then(|| typed_text(before))
    }

    /// The digits so far, however fast they came, where there is nothing else.
    pub fn digits(&self) -> Option<String> {
        let typed = typed_text(&self.keys);
        (!typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit())).then_some(typed)
    }

    /// Whether what is typed so far would be a reader's, if it ended now.
    pub fn holds_reading(&self, now: Instant) -> bool {
        self.last_key().is_some()
            && (is_reader(&self.keys) || is_lone_reader(&self.keys) || is_fast_until(&self.keys, now))
    }

    /// Whether a reader is typing just now. A text that is too long for one holds nobody up.
    pub fn is_being_read(&self, now: Instant) -> bool {
        let goes_on = self.last_key().is_some_and(|last| now.saturating_duration_since(last) < GOES_ON);
        goes_on && self.keys.len() < LONGEST_TEXT && self.holds_reading(now)
    }
}

impl Key {
    /// What a hand means by the key: what stands on it under the system's layout, else under a US one.
    fn character(&self) -> Option<char> {
        let us = |stroke| Layout::Us.character(stroke, false);
        self.pressed.character.or_else(|| self.pressed.stroke.and_then(us))
    }
}

fn typed_text(keys: &[Key]) -> String {
    keys.iter().filter_map(Key::character).collect()
}

/// Each text that the keys may stand for, the likeliest first.
///
/// A reader sends the keys of a US keyboard, so they say what it read, whatever the system's layout. One that
/// is set to a Turkish keyboard is understood where the system's layout agrees with it, and otherwise by the
/// form of a payload alone: nothing else would tell its letters from others. Where the system does not say
/// which keys they were, the tables do.
fn texts(keys: &[Key]) -> impl Iterator<Item = String> {
    let typed = typed_text(keys);
    let strokes: Option<Vec<Stroke>> = keys.iter().map(|key| key.pressed.stroke).collect();
    let under = |strokes: &[Stroke], layout: Layout| {
        strokes.iter().map(|&stroke| layout.character(stroke, false)).collect::<Option<String>>()
    };
    let turkish = [Layout::TurkishQ, Layout::TurkishF];
    let texts: Vec<Option<String>> = match strokes {
        Some(strokes) => {
            let set_to_turkish = turkish.map(|layout| under(&strokes, layout));
            let payloads = set_to_turkish.map(|text| text.filter(|text| text.contains('|')));
            [under(&strokes, Layout::Us), Some(typed)].into_iter().chain(payloads).collect()
        }
        None => {
            let brought_back =
                turkish.map(|layout| [false, true].map(|caps_lock| layout.bring_back(&typed, caps_lock)));
            let brought_back = brought_back.into_iter().flatten();
            std::iter::once(Some(typed.clone())).chain(brought_back).collect()
        }
    };
    texts.into_iter().flatten()
}

/// What a reader read: the code or payload if the keys hold just one, else what comes nearest to it.
fn reader_text(keys: &[Key]) -> String {
    if keys.len() >= LONGEST_TEXT {
        return typed_text(keys);
    }
    if let Some((_, text)) = whole_code(keys) {
        return text;
    }
    let readers = &keys[after_hands(keys)..];
    texts(readers).find(|text| may_be_pieces(text)).unwrap_or_else(|| typed_text(readers))
}

/// The code or payload that some keys end with, and where it begins. Two readings that ran together stay together: nobody
/// knows whose the second one is.
fn whole_code(keys: &[Key]) -> Option<(usize, String)> {
    let first = after_hands(keys);
    let later = (first + 1..keys.len()).filter(|&start| {
        let pause = pause_before(keys, start);
        pause >= PAUSE || pause > READER_GAP && !is_reader(&keys[first..start])
    });
    let mut all = std::iter::once(first)
        .chain(later)
        .flat_map(|start| texts(&keys[start..]).map(move |text| (start, text)));
    all.find(|(_, text)| Code::parse(text).is_ok())
}

/// Where what a hand left has ended: before a pause.
fn after_hands(keys: &[Key]) -> usize {
    let is_hands = |keys: &[Key]| !is_reader(keys) && !is_fast(keys);
    let ends = |&start: &usize| pause_before(keys, start) >= PAUSE && is_hands(&keys[..start]);
    (1..keys.len()).rfind(ends).unwrap_or(0)
}

fn pause_before(keys: &[Key], place: usize) -> Duration {
    keys[place].at.saturating_duration_since(keys[place - 1].at)
}

/// The silence after which a reader's text without a terminator has ended. Ten hexadecimal digits may begin a
/// payload, unless they look as most codes do: letter, digit, letter, and digits.
pub(super) fn silence_after(text: &str) -> Duration {
    let may_go_on = |code: Code| {
        let code = code.reveal().as_bytes();
        let looks_like_most =
            code.iter().enumerate().all(|(place, byte)| byte.is_ascii_alphabetic() == matches!(place, 0 | 2));
        code.iter().all(u8::is_ascii_hexdigit) && !looks_like_most
    };
    let is_whole = Code::parse(text).is_ok_and(|code| text.contains(['|', ';']) || !may_go_on(code));
    if is_whole { SILENCE } else { LONG_SILENCE }
}

fn is_reader(keys: &[Key]) -> bool {
    keys.windows(READER_KEYS).any(is_fast)
}

/// Whether the last of some keys, or all of them, may be a reader's.
fn may_be_readers(keys: &[Key]) -> bool {
    keys.last_chunk::<3>().is_some_and(|keys| is_fast(keys)) || is_reader(keys)
}

fn is_lone_reader(keys: &[Key]) -> bool {
    keys.len() >= LONE_READER_KEYS && is_fast(keys)
}

/// Whether keys follow each other at a reader's speed.
fn is_fast(keys: &[Key]) -> bool {
    keys.split_last().is_some_and(|(last, keys)| is_fast_until(keys, last.at) && !last.is_touched)
}

/// Whether keys, and another at a time, follow each other at a reader's speed.
fn is_fast_until(keys: &[Key], at: Instant) -> bool {
    let (Some(first), Some(last)) = (keys.first(), keys.last()) else { return true };
    let gaps = u32::try_from(keys.len()).unwrap_or(u32::MAX);
    // A touch that is told late ends no text before its last key.
    let time = at.max(last.at).saturating_duration_since(first.at);
    time <= READER_GAP.saturating_mul(gaps) && !keys.iter().any(|key| key.is_touched)
}

impl std::fmt::Debug for Keyboard {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Keyboard({} keys)", self.keys.len())
    }
}

#[cfg(test)]
mod tests;
