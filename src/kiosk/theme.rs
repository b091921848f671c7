//! Type and measures: how the design is measured out for a window, a language and a visitor.

use std::sync::{Arc, Once};

use iced::advanced::graphics;
use iced::advanced::graphics::text::cosmic_text::fontdb::Source;
use iced::alignment::Horizontal;
use iced::font::Weight;
use iced::widget::{Column, Row};
use iced::{Element, Font, Size};

use super::palette::Palette;

/// The typefaces' files, for the renderer: Inter, and the Arabic of the button that chooses the language.
pub const FONTS: [&[u8]; 5] = [
    include_bytes!("../../assets/fonts/Inter-Medium.otf"),
    include_bytes!("../../assets/fonts/Inter-SemiBold.otf"),
    include_bytes!("../../assets/fonts/Inter-Bold.otf"),
    include_bytes!("../../assets/fonts/Inter-ExtraBold.otf"),
    include_bytes!("../../assets/fonts/NotoSansArabic-SemiBold.ttf"),
];

/// The other weights of Arabic, which no other language needs.
pub const ARABIC_FONTS: [&[u8]; 3] = [
    include_bytes!("../../assets/fonts/NotoSansArabic-Medium.ttf"),
    include_bytes!("../../assets/fonts/NotoSansArabic-Bold.ttf"),
    include_bytes!("../../assets/fonts/NotoSansArabic-ExtraBold.ttf"),
];

/// Makes known what each language needs.
pub fn load_fonts() {
    load(&FONTS);
}

/// Makes known what Arabic needs besides. It stays in memory, so that nobody loads it who reads no Arabic.
pub fn load_arabic_fonts() {
    static LOADED: Once = Once::new();
    LOADED.call_once(|| load(&ARABIC_FONTS));
}

/// Makes typefaces known where they lie in the program. The window's settings would have them copied.
fn load(files: &[&'static [u8]]) {
    let Ok(mut fonts) = graphics::text::font_system().write() else { return };
    for &file in files {
        fonts.raw().db_mut().load_font_source(Source::Binary(Arc::new(file)));
    }
}

/// The typeface at a weight.
pub const fn font(weight: Weight) -> Font {
    Font { weight, ..Font::with_name("Inter") }
}

/// The size at which the design is drawn.
const DRAWN: Size = Size::new(1280.0, 800.0);

/// The least size of type in pixels.
const LEAST_TYPE: f32 = 12.0;

/// An outcome's title is at least this share of the window's height, to be read from three metres; of its width, where
/// that is less: no word would fit in otherwise.
const TITLE_SHARE: f32 = 1.0 / 9.0;

/// How much larger type is for visitors who ask for it.
const LARGER: f32 = 1.25;

/// Type of this size of the drawing is large enough for everybody.
const LARGE: f32 = 40.0;

/// The way in which a language is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// As Turkish.
    LeftToRight,
    /// As Arabic: the whole layout is mirrored.
    RightToLeft,
}

/// The design, measured out for a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Design {
    /// The window.
    pub window: Size,
    /// The colours.
    pub palette: Palette,
    /// The way in which the language is read.
    pub direction: Direction,
    /// Whether nothing moves that could stand.
    pub is_still: bool,
    scale: f32,
    has_larger_type: bool,
}

impl Design {
    /// The design for a window; portrait windows are drawn on a portrait sheet.
    pub fn new(window: Size, palette: Palette, direction: Direction) -> Self {
        let drawn = if window.width < window.height { Size::new(DRAWN.height, DRAWN.width) } else { DRAWN };
        let scale = (window.width / drawn.width).min(window.height / drawn.height).clamp(0.4, 6.0);
        Self { window, palette, direction, is_still: false, scale, has_larger_type: false }
    }

    /// With larger type.
    pub fn larger(self) -> Self {
        Self { has_larger_type: true, ..self }
    }

    /// With type of the usual size: for what nobody has to read to be checked in.
    pub fn usual(self) -> Self {
        Self { has_larger_type: false, ..self }
    }

    /// With nothing that moves where it could stand.
    pub fn still(self) -> Self {
        Self { is_still: true, ..self }
    }

    /// A length of the drawing, in this window.
    pub fn length(&self, drawn: f32) -> f32 {
        (drawn * self.scale).round()
    }

    /// A size of type, never too small to read at arm's length.
    pub fn text(&self, drawn: f32) -> f32 {
        let drawn = if self.has_larger_type { drawn.max((drawn * LARGER).min(LARGE)) } else { drawn };
        (drawn * self.scale).max(LEAST_TYPE)
    }

    /// The size of an outcome's title, where its words have the room.
    pub fn title(&self) -> f32 {
        self.text(104.0).max(self.least_title())
    }

    /// The least size of an outcome's title.
    pub fn least_title(&self) -> f32 {
        (self.window.height.min(self.window.width) * TITLE_SHARE).ceil()
    }

    /// A length of something that is touched: never below `least` pixels.
    pub fn touch(&self, drawn: f32, least: f32) -> f32 {
        self.length(drawn).max(least)
    }

    /// Whether the window is higher than wide.
    pub fn is_portrait(&self) -> bool {
        self.window.width < self.window.height
    }

    /// Whether a landscape window is too low for everything that the drawing has beside the keypad.
    pub fn is_low(&self) -> bool {
        !self.is_portrait() && self.window.height < 640.0
    }

    /// The side on which a line begins.
    pub fn start(&self) -> Horizontal {
        match self.direction {
            Direction::LeftToRight => Horizontal::Left,
            Direction::RightToLeft => Horizontal::Right,
        }
    }

    /// The side on which a line ends.
    pub fn end(&self) -> Horizontal {
        match self.direction {
            Direction::LeftToRight => Horizontal::Right,
            Direction::RightToLeft => Horizontal::Left,
        }
    }

    /// Pieces beside each other in the order of reading.
    pub fn line<'a, Message: 'a>(
        &self,
        pieces: impl IntoIterator<Item = Element<'a, Message>>,
    ) -> Row<'a, Message> {
        let mut pieces: Vec<_> = pieces.into_iter().collect();
        if self.direction == Direction::RightToLeft {
            pieces.reverse();
        }
        Row::with_children(pieces)
    }

    /// Pieces below each other, which begin where lines begin.
    pub fn stack<'a, Message: 'a>(
        &self,
        pieces: impl IntoIterator<Item = Element<'a, Message>>,
    ) -> Column<'a, Message> {
        Column::with_children(pieces).align_x(self.start())
    }
}

#[cfg(test)]
mod tests {
    use super::super::palette::DAY;
    use super::*;

    fn design(width: f32, height: f32) -> Design {
        Design::new(Size::new(width, height), DAY, Direction::LeftToRight)
    }

    #[test]
    fn the_drawing_is_its_own_measure() {
        assert_eq!(design(1280.0, 800.0).length(104.0), 104.0);
        assert_eq!(design(800.0, 1280.0).length(104.0), 104.0);
        assert_eq!(design(3840.0, 2160.0).length(100.0), 270.0);
    }
}
