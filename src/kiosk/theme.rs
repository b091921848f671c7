//! Colours, type and measures: the tokens of the design.

use iced::font::Weight;
use iced::{Color, Font, Size, color};

/// The typeface's files, for the renderer.
pub const FONTS: [&[u8]; 4] = [
    include_bytes!("../../assets/fonts/Inter-Medium.otf"),
    include_bytes!("../../assets/fonts/Inter-SemiBold.otf"),
    include_bytes!("../../assets/fonts/Inter-Bold.otf"),
    include_bytes!("../../assets/fonts/Inter-ExtraBold.otf"),
];

/// Text and, by night, ground.
pub const INK: Color = color!(0x10212B);
/// Ground and, by night, text.
pub const PAPER: Color = color!(0xF4F6F3);
/// Second text on paper.
pub const MUTED: Color = color!(0x43545E);
/// Second text on ink.
pub const MUTED_ON_INK: Color = color!(0xD3DADD);
/// The one action of a screen.
pub const ACCENT: Color = color!(0x0B5D7A);
/// Borders of cards, keys and fields.
pub const LINE: Color = color!(0xCBD3D2);
/// Places of a code that are still empty.
pub const PLACEHOLDER: Color = color!(0x8D9AA0);
/// Ground of fields and keys.
pub const WHITE: Color = Color::WHITE;
/// Green: enter.
pub const ADMIT: Color = color!(0x00663C);
/// Red: no entry.
pub const REFUSE: Color = color!(0x8E0915);
/// Amber: could not be verified.
pub const UNVERIFIED: Color = color!(0xFFB31A);
/// Text on amber.
pub const ON_UNVERIFIED: Color = color!(0x1C1200);
/// Text of banners, on ink.
pub const BANNER: Color = color!(0xFFE08A);

/// The typeface at a weight.
pub const fn font(weight: Weight) -> Font {
    Font { weight, ..Font::with_name("Inter") }
}

/// The size at which the design is drawn.
const DRAWN: Size = Size::new(1280.0, 800.0);

/// How the design is measured out for a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    /// The window.
    pub window: Size,
    scale: f32,
}

impl Metrics {
    /// The measures for a window; portrait windows are drawn on a portrait sheet.
    pub fn new(window: Size) -> Self {
        let drawn = if window.width < window.height { Size::new(DRAWN.height, DRAWN.width) } else { DRAWN };
        let scale = (window.width / drawn.width).min(window.height / drawn.height);
        Self { window, scale: scale.clamp(0.4, 6.0) }
    }

    /// A length of the drawing, in this window.
    pub fn length(&self, drawn: f32) -> f32 {
        (drawn * self.scale).round()
    }

    /// A size of type, never too small to read at arm's length.
    pub fn text(&self, drawn: f32) -> f32 {
        (drawn * self.scale).max(12.0)
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
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast ratio of WCAG 2.1.
    fn contrast(one: Color, other: Color) -> f32 {
        let luminance = |color: Color| {
            let [red, green, blue, _] = color.into_linear();
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn all_text_stands_out_by_seven_to_one() {
        for (text, ground) in [
            (INK, PAPER),
            (INK, WHITE),
            (MUTED, PAPER),
            (MUTED_ON_INK, INK),
            (WHITE, INK),
            (WHITE, ACCENT),
            (WHITE, ADMIT),
            (WHITE, REFUSE),
            (ON_UNVERIFIED, UNVERIFIED),
            (BANNER, INK),
        ] {
            assert!(contrast(text, ground) >= 7.0, "{text:?} on {ground:?}: {}", contrast(text, ground));
        }
    }

    #[test]
    fn the_drawing_is_its_own_measure() {
        assert_eq!(Metrics::new(Size::new(1280.0, 800.0)).length(104.0), 104.0);
        assert_eq!(Metrics::new(Size::new(800.0, 1280.0)).length(104.0), 104.0);
        assert_eq!(Metrics::new(Size::new(3840.0, 2160.0)).length(100.0), 270.0);
    }
}
