//! Why somebody did something, in their own words: what is kept with a deed or a decision and names no visitor.

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::code::Code;

/// The number of digits of a Turkish identity number.
const IDENTITY_NUMBER_LENGTH: usize = 11;

/// The number of a code's characters.
const CODE_LENGTH: usize = 10;

/// So often letters and digits change in a code of the usual pattern.
const FEWEST_CHANGES: usize = 3;

/// Why: 3 to 200 characters, not digits alone, without a code, an identity number, an address or hidden characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because(String);

/// A text that says nobody why, or whom it was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a reason in words, of 3 to 200 characters, without a code, an identity number, an e-mail address or line breaks is wanted"
)]
pub struct NotAReason;

impl Because {
    /// Reads what somebody wrote.
    ///
    /// # Errors
    /// It is too short or too long, or holds what may not be kept.
    pub fn parse(text: &str) -> Result<Self, NotAReason> {
        let text = text.trim();
        match text.chars().count() {
            3..=200 if has_letters(text) && !names_somebody(text) && !text.contains(is_hidden) => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(NotAReason),
        }
    }

    /// The words, as they are recorded.
    pub(crate) fn into_words(self) -> String {
        self.0
    }
}

/// Whether there are words in a text. Digits alone may be a PIN that was typed into another field.
pub(super) fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphabetic)
}

/// Whether a code, an identity number or an address stands in a text, which a record would keep, however it is written:
/// in full-width characters, and with anything between its own. A word of ten letters is no code.
pub(super) fn names_somebody(text: &str) -> bool {
    let text = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    // Other digits say what ours do, and an address says who.
    let is_odd = |c: char| c == '@' || c.is_numeric() && !c.is_ascii_digit();
    text.contains(is_odd) || holds_code(&text) || holds_usual_code(&text) || holds_identity_number(&text)
}

/// Whether some words of a text are a code of any pattern.
fn holds_code(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '_')
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    let is_code = |words: &[&str]| {
        let text = words.concat();
        text.chars().filter(char::is_ascii_digit).count() >= 4 && Code::parse(&text).is_ok()
    };
    (1..=4).any(|length| words.windows(length).any(is_code)) || holds_spelled_code(text)
}

/// Whether some pieces of a text, whatever is between them, are a code in which letters and digits change often enough
/// that they are no date beside a word.
fn holds_spelled_code(text: &str) -> bool {
    let pieces: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()).collect();
    (0..pieces.len()).any(|first| {
        let mut code = String::new();
        pieces.iter().skip(first).any(|piece| {
            code.push_str(piece);
            let kinds: Vec<bool> = code.chars().map(|c| c.is_ascii_digit()).collect();
            let changes = kinds.windows(2).filter(|pair| pair.first() != pair.last()).count();
            changes >= FEWEST_CHANGES && Code::parse(&code).is_ok()
        })
    })
}

/// Whether a code of the usual pattern stands in a text, whatever is between its characters: letter, digit, letter, and
/// seven digits.
fn holds_usual_code(text: &str) -> bool {
    let characters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_code = |code: &[char]| {
        code.iter()
            .enumerate()
            .all(|(place, c)| if matches!(place, 0 | 2) { c.is_alphabetic() } else { c.is_ascii_digit() })
    };
    characters.windows(CODE_LENGTH).any(is_code)
}

/// Whether a text holds as many digits as an identity number has, in one or with anything but letters between them.
fn holds_identity_number(text: &str) -> bool {
    let is_number =
        |digits: &str| digits.chars().filter(char::is_ascii_digit).count() == IDENTITY_NUMBER_LENGTH;
    text.split(|c: char| !c.is_ascii_digit()).any(is_number) || text.split(char::is_alphabetic).any(is_number)
}

/// Whether a character is not seen where it stands, or moves others: none belongs into what is read later.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{E0000}'..='\u{E007F}')
}
