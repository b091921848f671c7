//! What a visitor shows: a HES code, and how its text reached the kiosk.
//!
//! ```
//! use hes_kiosk::code::Code;
//!
//! let code = Code::parse("a1b2-3456-78")?;
//! assert_eq!(code.to_string(), "****-****-78");
//! assert_eq!(code.reveal(), "A1B2345678");
//! # Ok::<(), hes_kiosk::code::NotACode>(())
//! ```

use std::fmt;

/// The number of letters and digits in a HES code.
pub const CODE_LENGTH: usize = 10;

/// The number of hexadecimal digits before the code in a QR payload.
const PAYLOAD_PREFIX_LENGTH: usize = 32;

/// A HES code: ten letters and digits, upper case, as the service wants it on the wire.
///
/// `Debug` and `Display` show its last two digits alone; the whole code leaves by [`Code::reveal`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code([u8; CODE_LENGTH]);

/// Why a text is no HES code. Carries nothing of the text, which may hold personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotACode {
    /// There is nothing but blanks.
    #[error("the text is empty")]
    Empty,
    /// A character is neither a letter from A to Z nor a digit nor a separator.
    #[error("a HES code has only the letters A to Z and digits")]
    Alphabet,
    /// The number of letters and digits is not ten.
    #[error("a HES code has ten letters and digits, not {0}")]
    Length(usize),
    /// A QR payload does not begin with 32 hexadecimal digits.
    #[error("the QR payload is not that of a HES code")]
    Payload,
}

impl Code {
    /// Reads a code in each form in which visitors and readers bring it: bare, grouped by hyphens or
    /// blanks, in lower case with Turkish `i ı İ`, as a whole QR payload `<32 hex>|<code>`, and as a
    /// US-layout reader types it under Turkish Q, where `|` arrives as `;`, `-` as `*` and `i` as `ı`.
    ///
    /// The first half of a payload is derived from an identity number: it is checked for its shape and
    /// dropped here.
    ///
    /// # Errors
    /// [`NotACode`] names what is wrong, without the text.
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        let text = text.trim();
        match text.split_once(['|', ';']) {
            None => Self::parse_bare(text),
            Some((prefix, code)) => {
                let prefix = prefix.trim();
                let is_payload = prefix.len() == PAYLOAD_PREFIX_LENGTH
                    && prefix.bytes().all(|byte| byte.is_ascii_hexdigit());
                if is_payload { Self::parse_bare(code) } else { Err(NotACode::Payload) }
            }
        }
    }

    fn parse_bare(text: &str) -> Result<Self, NotACode> {
        let mut code = [0; CODE_LENGTH];
        let mut length = 0;
        for character in text.chars().filter(|&character| !is_separator(character)) {
            let byte = code_character(character).ok_or(NotACode::Alphabet)?;
            if let Some(place) = code.get_mut(length) {
                *place = byte;
            }
            length += 1;
        }
        match length {
            0 => Err(NotACode::Empty),
            CODE_LENGTH => Ok(Self(code)),
            other => Err(NotACode::Length(other)),
        }
    }

    /// The whole code. Only the query's body, the keyed hash and a person who asked for it may have it.
    pub fn reveal(&self) -> &str {
        // Only ASCII letters and digits are ever stored.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Its last two characters, by which whoever showed it knows it again; they say nothing of the others.
    pub fn end(&self) -> &str {
        self.reveal().get(CODE_LENGTH - 2..).unwrap_or_default()
    }

    /// The whole code in the groups in which the app shows it, for a person who types it somewhere else.
    pub fn reveal_grouped(&self) -> String {
        let code = self.reveal();
        [0..4, 4..8, 8..10].map(|group| code.get(group).unwrap_or_default()).join("-")
    }
}

/// The upper-case ASCII letter or digit that `character` stands for in a code, if it stands for one.
///
/// In Turkish `i` upper-cases to `İ` and `ı` to `I`, so a code's `I` arrives as any of the four.
pub fn code_character(character: char) -> Option<u8> {
    match character {
        'ı' | 'İ' => Some(b'I'),
        other if other.is_ascii_alphanumeric() => u8::try_from(other.to_ascii_uppercase()).ok(),
        _ => None,
    }
}

/// Whether a text that is no code may be a part of what visitors show, or several of them that ran together:
/// it has no character that codes and payloads have not.
pub fn may_be_pieces(text: &str) -> bool {
    let is_known = |character: char| {
        code_character(character).is_some() || is_separator(character) || matches!(character, '|' | ';')
    };
    text.chars().all(is_known)
}

/// Whether `character` may stand between a code's groups. `*` is a reader's `-` under Turkish Q;
/// U+0307 is what remains of a decomposed `İ`.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '*' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{0307}' | '\u{200B}' | '\u{FEFF}'
        )
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "****-****-{}", self.end())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Code({self})")
    }
}

/// How a code's text reached the kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// By hand: keyboard, on-screen keypad or a command's argument.
    Typed,
    /// From a picture file.
    Image,
    /// From the camera.
    Camera,
    /// From a USB or hand-held reader that types.
    Reader,
}

impl Source {
    /// Each source, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Typed, Self::Image, Self::Camera, Self::Reader];

    /// The word for the source in the log and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::Image => "image",
            Self::Camera => "camera",
            Self::Reader => "reader",
        }
    }

    /// The source with this [`Source::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.name() == name)
    }
}

/// Text that a visitor showed, not yet known to be a code, and how it came.
#[derive(Clone, PartialEq, Eq)]
pub struct Reading {
    /// The text as it came; it may hold a whole QR payload, hence no `Debug` of it.
    pub text: String,
    /// How it came.
    pub source: Source,
}

impl fmt::Debug for Reading {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Reading")
            .field("length", &self.text.len())
            .field("source", &self.source)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PREFIX: &str = "0123456789abcdef0123456789ABCDEF";

    fn revealed(text: &str) -> Result<String, NotACode> {
        Code::parse(text).map(|code| code.reveal().to_owned())
    }

    #[test]
    fn each_form_of_the_contract_is_the_same_code() {
        for text in [
            "A1B2345678",
            "A1B2-3456-78",
            "A1B2 3456 78",
            "a1b2-3456-78",
            "  A1B2-3456-78\r\n",
            "A1B2*3456*78",
            "A1B2–3456–78",
            "A1B2\u{a0}3456\u{a0}78",
        ] {
            assert_eq!(revealed(text).as_deref(), Ok("A1B2345678"), "{text:?}");
        }
    }

    #[test]
    fn any_of_the_four_turkish_letters_is_the_letter_i() {
        for text in ["I1İ2345678", "ı1i2345678", "i\u{307}1i2345678", "İ1I2345678"] {
            assert_eq!(revealed(text).as_deref(), Ok("I1I2345678"), "{text:?}");
        }
    }

    #[test]
    fn a_payload_gives_its_second_half_alone() {
        for separator in ["|", ";"] {
            let text = format!("{PREFIX}{separator}A1B2*3456*78");
            assert_eq!(revealed(&text).as_deref(), Ok("A1B2345678"));
        }
    }

    #[test]
    fn what_is_no_code_is_named() {
        let short_prefix = format!("{}|A1B2345678", &PREFIX[1..]);
        let odd_prefix = format!("g{}|A1B2345678", &PREFIX[1..]);
        let two_codes = format!("{PREFIX}|A1B2345678|A1B2345678");
        for (text, wrong) in [
            ("", NotACode::Empty),
            (" - ", NotACode::Empty),
            ("A1B234567", NotACode::Length(9)),
            ("A1B23456789", NotACode::Length(11)),
            ("A1B2_345678", NotACode::Alphabet),
            ("Ş1B2345678", NotACode::Alphabet),
            ("A1B234567٨", NotACode::Alphabet),
            ("https://hes.gov.tr", NotACode::Alphabet),
            ("|A1B2345678", NotACode::Payload),
            (&short_prefix, NotACode::Payload),
            (&odd_prefix, NotACode::Payload),
            (&two_codes, NotACode::Alphabet),
        ] {
            assert_eq!(revealed(text), Err(wrong), "{text:?}");
        }
    }

    #[test]
    fn pieces_of_codes_are_told_from_other_texts() {
        for text in ["A1B2-345", "A1B2345678A1B2345678", &PREFIX[..20], "|A1B2-3456-78", "ab|A1B2345678cd|A1"]
        {
            assert!(may_be_pieces(text), "{text}");
        }
        for text in ["https://example.org", "A1B2_345678", "Şube 12"] {
            assert!(!may_be_pieces(text), "{text}");
        }
    }

    #[test]
    fn neither_debug_nor_display_shows_more_than_two_digits() {
        let code = Code::parse("A1B2345678").unwrap();
        let reading = Reading { text: format!("{PREFIX}|A1B2345678"), source: Source::Camera };
        let shown = format!("{code} {code:?} {reading:?}");
        assert_eq!(shown, "****-****-78 Code(****-****-78) Reading { length: 43, source: Camera }");
    }
}
