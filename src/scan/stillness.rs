//! What stands still before the camera need not be drawn thirty times a second: nobody is there.

use std::time::{Duration, Instant};

use super::frame::Preview;

/// So often a picture is shown in which nothing moves.
const STILL_INTERVAL: Duration = Duration::from_secs(5);

/// Of so many pixels one is compared; as a prime number it falls on other columns in each row.
const EACH: usize = 61;

/// By how much of 255 a pixel changes that nothing moved over: that is a sensor's noise.
const NOISE: u8 = 24;

/// Where something moves at least one in so many pixels changes by more: it is as large as a hand at the other end of a
/// room.
const MOVING: usize = 500;

/// The picture that was shown last, and when.
#[derive(Default)]
pub struct Stillness {
    shown: Option<(Vec<[u8; 3]>, Instant)>,
}

impl Stillness {
    /// Whether a picture is to be shown `now`: something moved since the last one that was, or that is some time ago.
    pub fn ends_with(&mut self, preview: &Preview, now: Instant) -> bool {
        let (pixels, _) = preview.rgba().as_chunks::<4>();
        let sample: Vec<[u8; 3]> =
            pixels.iter().step_by(EACH).map(|&[red, green, blue, _]| [red, green, blue]).collect();
        let is_still = self.shown.as_ref().is_some_and(|(shown, at)| {
            now.saturating_duration_since(*at) < STILL_INTERVAL && !has_moved(shown, &sample)
        });
        if !is_still {
            self.shown = Some((sample, now));
        }
        !is_still
    }
}

fn has_moved(one: &[[u8; 3]], other: &[[u8; 3]]) -> bool {
    let differs = |(one, other): &(&[u8; 3], &[u8; 3])| {
        one.iter().zip(*other).any(|(one, other)| one.abs_diff(*other) > NOISE)
    };
    let changed = one.iter().zip(other).filter(differs).count();
    one.len() != other.len() || changed * MOVING > one.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wall of this brightness, with a dark square of so many pixels before it.
    fn wall(brightness: u8, square: usize) -> Preview {
        let rgb = |x, y| if x < square && y < square { [0; 3] } else { [brightness; 3] };
        Preview::sample(640, 480, rgb).unwrap()
    }

    /// Which of these pictures are shown that come ten times a second.
    fn shown(pictures: impl IntoIterator<Item = Preview>) -> Vec<usize> {
        let (start, mut stillness) = (Instant::now(), Stillness::default());
        let mut shown = Vec::new();
        for (place, picture) in pictures.into_iter().enumerate() {
            if stillness.ends_with(&picture, start + Duration::from_millis(100) * place as u32) {
                shown.push(place);
            }
        }
        shown
    }

    #[test]
    fn a_wall_before_which_nobody_stands_is_shown_every_five_seconds() {
        assert_eq!(shown((0..120).map(|_| wall(200, 0))), [0, 50, 100]);
    }

    #[test]
    fn noise_moves_nothing() {
        assert_eq!(shown((0..10).map(|place| wall(200 + 20 * (place % 2), 0))), [0]);
    }

    #[test]
    fn whoever_moves_is_shown_at_once() {
        let pictures = [0, 0, 40, 40, 50].map(|square| wall(200, square));
        assert_eq!(shown(pictures), [0, 2, 4]);
    }

    #[test]
    fn what_changes_slowly_is_shown_when_it_can_be_seen() {
        assert_eq!(shown((0..10).map(|place| wall(100 + 10 * place, 0))), [0, 3, 6, 9]);
    }
}
