//! What keys come to under a keyboard's layouts, and which keys a text was typed with.
//!
//! A USB reader is a keyboard. It names keys by their places on a US keyboard, and the system's layout and
//! Caps Lock make characters of them: under Turkish Q its `|` arrives as `;`, under Turkish F letters arrive
//! as other letters. The tables are those of xkeyboard-config's `us`, `tr` and `tr(f)`.

/// A keyboard's layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// United States.
    Us,
    /// Turkish Q.
    TurkishQ,
    /// Turkish F.
    TurkishF,
}

/// A key's place on the keyboard, whatever its character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position(usize);

/// Which of a key's characters is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The key alone.
    Plain,
    /// With Shift.
    Shifted,
    /// With AltGr.
    Third,
}

/// A key and what is held with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stroke {
    /// The key.
    pub position: Position,
    /// What is held.
    pub level: Level,
}

/// Stands for a key without a character of its own.
const NONE: char = '□';

/// The keys of each layout, row by row from the left: that of the digits, three of letters (the key left of
/// Enter ends the second), the space bar, and the key beside the left Shift that US keyboards lack.
const US: [&str; 3] = [
    "`1234567890-=qwertyuiop[]asdfghjkl;'\\zxcvbnm,./ □",
    "~!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:\"|ZXCVBNM<>?□□",
    "□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□□",
];
const TURKISH_Q: [&str; 3] = [
    "\"1234567890*-qwertyuıopğüasdfghjklşi,zxcvbnmöç. <",
    "é!'^+%&/()=?_QWERTYUIOPĞÜASDFGHJKLŞİ;ZXCVBNMÖÇ:□>",
    "<>£#$½¾{[]}\\|@□€¶₺←ûîô□□~âß□ª□□□□□´'`«»¢„“”µ×·□□|",
];
const TURKISH_F: [&str; 3] = [
    "+1234567890/-fgğıodrnhpqwuieaütkmlyşxjövcçzsb., <",
    "*!\"^$%&'()=?_FGĞIODRNHPQWUİEAÜTKMLYŞXJÖVCÇZSB:;□>",
    "¬¹²#¼½¾{[]}\\|@□□¶ô¥®□°£□~ûî€âû₺□µ□´#`«»“¢”□§×÷·□|",
];

impl Layout {
    /// The layouts that entrances in Turkey have.
    pub const ALL: [Self; 3] = [Self::Us, Self::TurkishQ, Self::TurkishF];

    fn rows(self) -> [&'static str; 3] {
        match self {
            Self::Us => US,
            Self::TurkishQ => TURKISH_Q,
            Self::TurkishF => TURKISH_F,
        }
    }

    /// The character that a key comes to. Caps Lock exchanges a letter's two cases.
    pub fn character(self, stroke: Stroke, caps_lock: bool) -> Option<char> {
        let level = self.exchange(stroke.level, stroke.position, caps_lock);
        self.rows()[level as usize].chars().nth(stroke.position.0).filter(|&character| character != NONE)
    }

    /// The key that a character was typed with.
    pub fn stroke(self, character: char, caps_lock: bool) -> Option<Stroke> {
        let levels = [Level::Plain, Level::Shifted, Level::Third].into_iter().filter(|_| character != NONE);
        let mut places = levels.zip(self.rows()).filter_map(|(level, row)| {
            let position = Position(row.chars().position(|other| other == character)?);
            Some(Stroke { position, level: self.exchange(level, position, caps_lock) })
        });
        places.next()
    }

    /// The level that Caps Lock makes of one.
    fn exchange(self, level: Level, position: Position, caps_lock: bool) -> Level {
        let is_letter = self.rows()[0].chars().nth(position.0).is_some_and(char::is_alphabetic);
        match level {
            Level::Plain if caps_lock && is_letter => Level::Shifted,
            Level::Shifted if caps_lock && is_letter => Level::Plain,
            level => level,
        }
    }

    /// The text as a US keyboard would have typed it with the keys that came to `text` under this layout.
    /// `None` where it has a character that this layout, or the same key of a US keyboard, has not.
    pub fn bring_back(self, text: &str, caps_lock: bool) -> Option<String> {
        let us = |character| Self::Us.character(self.stroke(character, caps_lock)?, false);
        text.chars().map(us).collect()
    }
}

impl Position {
    /// The key beside the left Shift that US keyboards lack.
    pub const INTERNATIONAL: Self = Self(48);

    /// The key that has this character on a US keyboard, without Shift.
    pub fn of_us_key(character: char) -> Option<Self> {
        US[0].chars().position(|other| other == character && other != NONE).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printable() -> impl Iterator<Item = char> {
        (' '..='~').inspect(|character| assert!(character.is_ascii()))
    }

    fn layouts_and_caps_lock() -> impl Iterator<Item = (Layout, bool)> {
        Layout::ALL.into_iter().flat_map(|layout| [(layout, false), (layout, true)])
    }

    /// What a US reader's text arrives as.
    fn arrives(text: &str, layout: Layout, caps_lock: bool) -> String {
        let character = |character| {
            let stroke = Layout::Us.stroke(character, false).expect("a US keyboard has it");
            layout.character(stroke, caps_lock).expect("each key of a US keyboard has a character")
        };
        text.chars().map(character).collect()
    }

    #[test]
    fn each_row_has_a_place_for_each_key() {
        for row in Layout::ALL.into_iter().flat_map(Layout::rows) {
            assert_eq!(row.chars().count(), Position::INTERNATIONAL.0 + 1, "{row}");
        }
    }

    #[test]
    fn each_printable_character_can_be_typed_under_each_layout_with_and_without_caps_lock() {
        for (layout, caps_lock) in layouts_and_caps_lock() {
            for character in printable() {
                let stroke = layout.stroke(character, caps_lock);
                let typed = stroke.and_then(|stroke| layout.character(stroke, caps_lock));
                assert_eq!(typed, Some(character), "{layout:?} {caps_lock}");
            }
        }
    }

    #[test]
    fn each_printable_character_of_a_us_reader_is_brought_back_from_each_layout() {
        let all: String = printable().collect();
        for (layout, caps_lock) in layouts_and_caps_lock() {
            let arrived = arrives(&all, layout, caps_lock);
            assert_eq!(layout.bring_back(&arrived, caps_lock).as_ref(), Some(&all), "{layout:?} {caps_lock}");
        }
    }

    #[test]
    fn a_us_readers_text_arrives_as_the_layout_makes_it() {
        const TEXT: &str = "aI|-b7;'\"";
        for (layout, caps_lock, arrived) in [
            (Layout::Us, false, "aI|-b7;'\""),
            (Layout::Us, true, "Ai|-B7;'\""),
            (Layout::TurkishQ, false, "aI;*b7şiİ"),
            (Layout::TurkishQ, true, "Aı;*B7Şİi"),
            (Layout::TurkishF, false, "uNX/ç7yşŞ"),
            (Layout::TurkishF, true, "Unx/Ç7YŞş"),
        ] {
            assert_eq!(arrives(TEXT, layout, caps_lock), arrived, "{layout:?} {caps_lock}");
        }
    }

    #[test]
    fn the_bar_of_a_turkish_keyboard_needs_altgr() {
        for layout in [Layout::TurkishQ, Layout::TurkishF] {
            let bar = Stroke { position: Position::of_us_key('=').unwrap(), level: Level::Third };
            assert_eq!(layout.stroke('|', false), Some(bar));
        }
    }

    #[test]
    fn a_character_that_the_layout_has_not_is_not_brought_back() {
        for (layout, text) in [
            (Layout::Us, "A1Ş"),
            (Layout::TurkishQ, "漢"),
            // The key for it is there, but a US keyboard has nothing with AltGr, and no key beside Shift.
            (Layout::TurkishQ, "A|B"),
            (Layout::TurkishF, "A<B"),
        ] {
            assert_eq!(layout.bring_back(text, false), None, "{text}");
        }
    }
}
