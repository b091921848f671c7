//! Why somebody did something, in their own words: what is kept with a deed or a decision and names no visitor.

use crate::code::Code;

/// The number of digits of a Turkish identity number.
const IDENTITY_NUMBER_LENGTH: usize = 11;

/// Why: 3 to 200 characters without a code, an identity number or hidden characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because(String);

/// A text that says nobody why, or whom it was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reason of 3 to 200 characters without a code, an identity number or line breaks is wanted")]
pub struct NotAReason;

impl Because {
    /// Reads what somebody wrote.
    ///
    /// # Errors
    /// It is too short or too long, or holds what may not be kept.
    pub fn parse(text: &str) -> Result<Self, NotAReason> {
        let text = text.trim();
        match text.chars().count() {
            3..=200 if !names_somebody(text) && !text.contains(is_hidden) => Ok(Self(text.to_owned())),
            _ => Err(NotAReason),
        }
    }

    /// The words, as they are recorded.
    pub(crate) fn into_words(self) -> String {
        self.0
    }
}

/// Whether a code or an identity number stands in a text, which a receipt would keep. A word of ten letters is no code.
fn names_somebody(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '_')
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    let is_code = |words: &[&str]| {
        let text = words.concat();
        text.chars().filter(char::is_ascii_digit).count() >= 4 && Code::parse(&text).is_ok()
    };
    (1..=4).any(|length| words.windows(length).any(is_code)) || holds_identity_number(text)
}

/// Whether a text holds as many digits as an identity number has, in one or grouped as people write it.
fn holds_identity_number(text: &str) -> bool {
    let is_number =
        |digits: &str| digits.chars().filter(char::is_ascii_digit).count() == IDENTITY_NUMBER_LENGTH;
    let is_grouped = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '/' | '_');
    text.split(|c: char| !c.is_ascii_digit()).any(is_number) || text.split(|c| !is_grouped(c)).any(is_number)
}

/// Whether a character is not seen where it stands, or moves others: none belongs into what is read later.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}
