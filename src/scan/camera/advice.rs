//! What whoever installs a camera can do better: all the limits, and what is made of them. Pure.

use super::health::is_black;
use super::measure::Brightness;

/// The mean shade of grey of a picture that is bright enough, and of one that is not too bright.
const BRIGHT_ENOUGH: f32 = 60.0;
const NOT_TOO_BRIGHT: f32 = 210.0;

/// The sharpness of a picture that is in focus; a blur of about one and a half pixels.
const SHARP_ENOUGH: f32 = 0.25;

/// So many pixels wide is a module that is read in ordinary light.
const LEAST_MODULE: f32 = 3.0;

/// So many frames a second let a visitor find the place for a code.
const LEAST_RATE: f32 = 10.0;

/// At most so many hundredths of the frames may be damaged.
const MOST_DAMAGED: u32 = 10;

/// What is known of codes in view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CodeInView {
    /// Nothing that looks like a code.
    None,
    /// Something that looks like a code and can't be read.
    Unread,
    /// A code that was read, and how many pixels wide its modules are, where that is known.
    Read {
        /// The median of the frames in which it was read.
        module_pixels: Option<f32>,
    },
}

/// What was seen of a camera in some seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The frames that came, damaged ones included.
    pub frames: u32,
    /// Those that could not be decoded.
    pub damaged: u32,
    /// The width and height of the last frame in pixels.
    pub size: Option<(u32, u32)>,
    /// Frames a second, where there were two at least.
    pub frame_rate: Option<f32>,
    /// The mean of the frames' brightness.
    pub brightness: Option<Brightness>,
    /// The median of the sharpness of those frames that have edges.
    pub sharpness: Option<f32>,
    /// What the decoders saw.
    pub code: CodeInView,
}

/// Something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// The cable, the hub or the camera is broken.
    CheckCable,
    /// Take the cap or the hand from the lens, or switch the light on.
    Uncover,
    /// It is too dark.
    MoreLight,
    /// It is too bright, or the camera looks into a lamp.
    LessLight,
    /// Fewer frames come than a visitor needs.
    FasterFrames,
    /// The picture is blurred.
    Focus,
    /// The code in view is too small to be read reliably.
    MoveCloser,
    /// There is a code that can't be read.
    HoldStill,
    /// There is no code to judge by.
    ShowACode,
}

impl Advice {
    /// Each advice.
    pub const ALL: [Self; 9] = [
        Self::CheckCable,
        Self::Uncover,
        Self::MoreLight,
        Self::LessLight,
        Self::FasterFrames,
        Self::Focus,
        Self::MoveCloser,
        Self::HoldStill,
        Self::ShowACode,
    ];

    /// Its name in JSON and in the name of its text.
    pub fn name(self) -> &'static str {
        match self {
            Self::CheckCable => "check_cable",
            Self::Uncover => "uncover",
            Self::MoreLight => "more_light",
            Self::LessLight => "less_light",
            Self::FasterFrames => "faster_frames",
            Self::Focus => "focus",
            Self::MoveCloser => "move_closer",
            Self::HoldStill => "hold_still",
            Self::ShowACode => "show_a_code",
        }
    }
}

impl Seen {
    /// What to do, the most urgent first; nothing where all is well.
    pub fn advice(&self) -> Vec<Advice> {
        let is_covered = self.brightness.is_some_and(is_black);
        let is_lit = |limit: &dyn Fn(f32) -> bool| {
            !is_covered && self.brightness.is_some_and(|brightness| limit(brightness.mean))
        };
        Advice::ALL
            .into_iter()
            .filter(|advice| match advice {
                Advice::CheckCable => 100 * self.damaged > MOST_DAMAGED * self.frames,
                Advice::Uncover => is_covered,
                Advice::MoreLight => is_lit(&|mean| mean < BRIGHT_ENOUGH),
                Advice::LessLight => is_lit(&|mean| mean > NOT_TOO_BRIGHT),
                Advice::FasterFrames => self.frame_rate.is_some_and(|rate| rate < LEAST_RATE),
                Advice::Focus => self.sharpness.is_some_and(|sharpness| sharpness < SHARP_ENOUGH),
                Advice::MoveCloser => {
                    matches!(self.code, CodeInView::Read { module_pixels: Some(pixels) } if pixels < LEAST_MODULE)
                }
                Advice::HoldStill => self.code == CodeInView::Unread,
                Advice::ShowACode => !is_covered && self.size.is_some() && self.code == CodeInView::None,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A camera about which there is nothing to say.
    fn good() -> Seen {
        Seen {
            frames: 150,
            damaged: 0,
            size: Some((1280, 720)),
            frame_rate: Some(30.0),
            brightness: Some(Brightness { mean: 120.0, spread: 50.0 }),
            sharpness: Some(0.5),
            code: CodeInView::Read { module_pixels: Some(4.0) },
        }
    }

    fn lit(mean: f32, spread: f32) -> Seen {
        Seen { brightness: Some(Brightness { mean, spread }), ..good() }
    }

    #[test]
    fn a_good_camera_gets_no_advice() {
        assert_eq!(good().advice(), []);
        let unknown_size = Seen { code: CodeInView::Read { module_pixels: None }, ..good() };
        assert_eq!(unknown_size.advice(), []);
    }

    #[test]
    fn each_thing_that_is_wrong_gets_its_advice() {
        let small = CodeInView::Read { module_pixels: Some(2.2) };
        for (seen, advice) in [
            (Seen { damaged: 20, ..good() }, Advice::CheckCable),
            (lit(45.0, 30.0), Advice::MoreLight),
            (lit(20.0, 30.0), Advice::MoreLight),
            (lit(230.0, 30.0), Advice::LessLight),
            (Seen { frame_rate: Some(7.5), ..good() }, Advice::FasterFrames),
            (Seen { sharpness: Some(0.15), ..good() }, Advice::Focus),
            (Seen { code: small, ..good() }, Advice::MoveCloser),
            (Seen { code: CodeInView::Unread, ..good() }, Advice::HoldStill),
            (Seen { code: CodeInView::None, ..good() }, Advice::ShowACode),
        ] {
            assert_eq!(seen.advice(), [advice], "{seen:?}");
        }
    }

    #[test]
    fn of_a_covered_lens_nothing_else_is_said() {
        let covered = Seen { code: CodeInView::None, sharpness: None, ..lit(10.0, 1.0) };
        assert_eq!(covered.advice(), [Advice::Uncover]);
    }

    #[test]
    fn where_every_frame_is_damaged_only_that_is_said() {
        let damaged = Seen {
            damaged: 150,
            size: None,
            brightness: None,
            sharpness: None,
            code: CodeInView::None,
            ..good()
        };
        assert_eq!(damaged.advice(), [Advice::CheckCable]);
    }

    #[test]
    fn several_things_that_are_wrong_are_all_said() {
        let seen = Seen { sharpness: Some(0.1), code: CodeInView::None, ..lit(40.0, 20.0) };
        assert_eq!(seen.advice(), [Advice::MoreLight, Advice::Focus, Advice::ShowACode]);
    }
}
