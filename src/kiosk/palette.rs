//! The colours: one palette by day, one by night, one for eyes that need more contrast, and the outcomes' own.

use iced::{Color, color};

/// Green: enter.
pub const ADMIT: Color = color!(0x00663C);
/// Red: no entry.
pub const REFUSE: Color = color!(0x8E0915);
/// Amber: could not be verified.
pub const UNVERIFIED: Color = color!(0xFFB31A);
/// Blue: goodbye.
pub const CHECK_OUT: Color = color!(0x74A6E0);
/// Text on amber.
pub const ON_UNVERIFIED: Color = color!(0x1C1200);
/// Text on blue.
pub const ON_CHECK_OUT: Color = color!(0x04121F);
/// Text on green, on red and on the dark ground of what lies over pictures.
pub const WHITE: Color = Color::WHITE;
/// The dark ground of what lies over pictures and of a kiosk out of service.
pub const INK: Color = color!(0x10212B);
/// Ground of cards on the outcomes' colours, through which the colour is seen.
pub const CARD: Color = Color { a: 0.15, ..Color::BLACK };
/// Ground of cards on ink, through which it is seen.
pub const CARD_ON_INK: Color = Color { a: 0.13, ..WHITE };
/// Second text on ink.
pub const MUTED_ON_INK: Color = color!(0xD3DADD);
/// Ground of banners: darker than the window by night.
pub const BANNER_GROUND: Color = color!(0x0A161D);
/// Text of banners.
pub const BANNER: Color = color!(0xFFE08A);

/// The colours of everything but the outcomes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Ground of the window.
    pub ground: Color,
    /// Ground of fields, keys and cards.
    pub field: Color,
    /// Text.
    pub ink: Color,
    /// Second text.
    pub muted: Color,
    /// Borders of cards, keys and fields.
    pub line: Color,
    /// Places of a code that are still empty.
    pub placeholder: Color,
    /// The one action of a screen.
    pub accent: Color,
    /// Text on it.
    pub on_accent: Color,
    /// What went wrong with what was shown or typed.
    pub wrong: Color,
    /// What is as it should be.
    pub well: Color,
}

/// By day.
pub const DAY: Palette = Palette {
    ground: color!(0xF4F6F3),
    field: WHITE,
    ink: INK,
    muted: color!(0x43545E),
    line: color!(0xCBD3D2),
    placeholder: color!(0x859298),
    accent: color!(0x0B5D7A),
    on_accent: WHITE,
    wrong: REFUSE,
    well: ADMIT,
};

/// By night, when a bright window dazzles.
pub const NIGHT: Palette = Palette {
    ground: INK,
    field: color!(0x1A303C),
    ink: color!(0xF4F6F3),
    muted: color!(0xC6D0D4),
    line: color!(0x4C616C),
    placeholder: color!(0x7F929B),
    accent: color!(0x8FD0EA),
    on_accent: INK,
    wrong: color!(0xFFC2BD),
    well: color!(0x7FDDAE),
};

/// For visitors who ask for it.
pub const HIGH_CONTRAST: Palette = Palette {
    ground: Color::BLACK,
    field: Color::BLACK,
    ink: WHITE,
    muted: WHITE,
    line: WHITE,
    placeholder: color!(0xB5B5B5),
    accent: color!(0xFFE600),
    on_accent: Color::BLACK,
    wrong: color!(0xFFE600),
    well: WHITE,
};

/// The ground of what is pressed: away from its text's colour, which stands out no less.
pub fn pressed(ground: Color, ink: Color) -> Color {
    let is_light = |color: Color| color.r + color.g + color.b > 1.5;
    let away = if is_light(ink) { Color::BLACK } else { WHITE };
    over(Color { a: 0.15, ..away }, ground)
}

/// What is seen of a ground that lies over another one.
fn over(ground: Color, below: Color) -> Color {
    let seen = |above: f32, below: f32| below + (above - below) * ground.a;
    Color::from_rgb(seen(ground.r, below.r), seen(ground.g, below.g), seen(ground.b, below.b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{Cause, Decision, Reason};
    use crate::kiosk::outcome::colors;

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
        let decisions = [
            Decision::Admit,
            Decision::Refuse(Reason::Risky),
            Decision::Unverified(Cause::NoCode),
            Decision::CheckOut,
        ];
        let of_decision = |decision| {
            let (ground, text) = colors(decision);
            (text, ground)
        };
        let mut pairs: Vec<(Color, Color)> = decisions.map(of_decision).to_vec();
        pairs.push((WHITE, INK));
        pairs.extend([(BANNER, BANNER_GROUND), (MUTED_ON_INK, INK), (WHITE, over(CARD_ON_INK, INK))]);
        pairs.extend([ADMIT, REFUSE].map(|ground| (WHITE, over(CARD, ground))));
        pairs.push((ON_UNVERIFIED, over(CARD, UNVERIFIED)));
        for palette in [DAY, NIGHT, HIGH_CONTRAST] {
            pairs.extend([
                (palette.ink, palette.ground),
                (palette.ink, palette.field),
                (palette.muted, palette.ground),
                (palette.muted, palette.field),
                (palette.on_accent, palette.accent),
                (palette.wrong, palette.ground),
                (palette.field, palette.ink),
                (palette.on_accent, pressed(palette.accent, palette.on_accent)),
                (palette.ink, pressed(palette.field, palette.ink)),
                (palette.muted, pressed(palette.field, palette.ink)),
                (palette.field, pressed(palette.ink, palette.field)),
            ]);
        }
        for (text, ground) in pairs {
            assert!(contrast(text, ground) >= 7.0, "{text:?} on {ground:?}: {}", contrast(text, ground));
        }
    }
}
