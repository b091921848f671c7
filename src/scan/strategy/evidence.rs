//! What is known of the code in view, frame after frame: where it was, and the sum of what its modules
//! looked like. The modules are the same in each frame, however the phone moves, so no picture has to be laid
//! over another.

use super::codewords::{self, VERSIONS};
use super::equaliser::{Shades, shades};
use super::finder::Guess;
use super::grid::{Homography, Pattern};
use crate::scan::decode::{Corners, Point, side};
use crate::scan::frame::Luma;

/// How well a pattern has to be seen to count: a tenth of that is what noise comes to.
const SEEN: f32 = 0.4;

/// What a guess has to come to before it is looked at closely: noise seldom does.
const LIKELY: f32 = 0.15;

/// Of all guesses so many of the likeliest are looked at closely, which costs a hundred times as much.
const MOST_FITTED: usize = 4;

/// How corners are moved in search of the pattern, in modules.
const STEPS: [f32; 6] = [1.0, 0.5, 0.5, 0.25, 0.25, 0.12];

/// How far a code is looked for around its last place, in modules.
const DRIFT: i16 = 4;

/// What agrees less than this with the frames before is another code.
const AGREEMENT: f32 = 0.25;

/// How much of what was seen still counts a frame later, so that a hand that steadies is not held up.
const MEMORY: f32 = 0.9;

/// A code that was not seen for so many frames is gone.
const PATIENCE: u32 = 15;

/// A code's place, version and modules over several frames.
struct Track {
    corners: Corners,
    version: usize,
    sum: Vec<f32>,
    unseen: u32,
}

/// The evidence of the code in view.
#[derive(Default)]
pub struct Evidence {
    patterns: Vec<Pattern>,
    track: Option<Track>,
}

/// Where a code was seen, and its text where that could be read.
pub struct Seen {
    /// The code's corners.
    pub corners: Corners,
    /// A HES payload.
    pub text: Option<String>,
    /// Pixels a module.
    pub module_pixels: f32,
}

impl Evidence {
    /// The patterns of all versions that matter.
    pub fn new() -> Self {
        Self { patterns: VERSIONS.map(Pattern::new).collect(), track: None }
    }

    /// Another frame begins.
    pub fn next_frame(&mut self) {
        if let Some(track) = &mut self.track {
            track.unseen += 1;
            if track.unseen > PATIENCE {
                self.track = None;
            }
        }
    }

    /// Where the code of the last frames may be now.
    pub fn expected(&self, luma: &Luma) -> Option<Guess> {
        let track = self.track.as_ref()?;
        let pattern = self.pattern(track.version)?;
        let step = side(&track.corners) / pattern.side as f32;
        let moved = |right: i16, down: i16| {
            track.corners.map(|corner| Point {
                x: corner.x + step * f32::from(right),
                y: corner.y + step * f32::from(down),
            })
        };
        let places = (-DRIFT..=DRIFT).flat_map(|down| (-DRIFT..=DRIFT).map(move |right| moved(right, down)));
        let score = |corners: &Corners| {
            let map = Homography::new(corners, pattern.side as f32);
            map.map_or(0.0, |map| pattern.correlation(luma, &map).abs())
        };
        let scored = places.map(|corners| (score(&corners), corners));
        let (_, corners) = scored.max_by(|one, other| one.0.total_cmp(&other.0))?;
        Some(Guess { corners, version: track.version })
    }

    /// Whether this frame showed the code within half a code's side of `corners`.
    pub fn is_at(&self, corners: &Corners) -> bool {
        self.track.as_ref().is_some_and(|track| {
            let (here, there) = (centre(&track.corners), centre(corners));
            track.unseen == 0 && (here.x - there.x).hypot(here.y - there.y) < side(&track.corners) / 2.0
        })
    }

    /// Looks at the best of `guesses`, adds what it shows to what the frames before showed, and reads both.
    pub fn look(&mut self, luma: &Luma, guesses: impl Iterator<Item = Guess>) -> Option<Seen> {
        let mut likely: Vec<(f32, Guess)> = guesses
            .filter_map(|guess| {
                let pattern = self.pattern(guess.version)?;
                let map = Homography::new(&guess.corners, pattern.side as f32)?;
                Some((pattern.correlation(luma, &map).abs(), guess))
            })
            .filter(|(score, _)| *score > LIKELY)
            .collect();
        likely.sort_by(|one, other| other.0.total_cmp(&one.0));
        likely.truncate(MOST_FITTED);
        let fitted = likely.into_iter().filter_map(|(_, guess)| {
            let pattern = self.pattern(guess.version)?;
            let (corners, score) = pattern.fit(luma, &guess.corners, &STEPS)?;
            Some((score.abs(), Guess { corners, ..guess }))
        });
        let (score, best) = fitted.max_by(|one, other| one.0.total_cmp(&other.0))?;
        if score < SEEN {
            return None;
        }
        let pattern = self.pattern(best.version)?;
        let map = Homography::new(&best.corners, pattern.side as f32)?;
        let shades = shades(luma, &map, pattern)?;
        let module_pixels = side(&best.corners) / pattern.side as f32;
        let alone = codewords::read(pattern, &shades.values);
        let mut sum = self.added(&best, &shades);
        let mut text = alone.map(|reading| reading.text);
        if text.is_none()
            && let Some(reading) = codewords::read(pattern, &sum)
        {
            if reading.is_proven_by(&shades.values) {
                text = Some(reading.text);
            } else {
                // What was read was there before; this may be another code, or hardly to be seen.
                sum = weighted(&shades);
            }
        }
        self.track = Some(Track { corners: best.corners, version: best.version, sum, unseen: 0 });
        Some(Seen { corners: best.corners, text, module_pixels })
    }

    /// What was seen of this code so far, with what this frame shows of it.
    fn added(&self, guess: &Guess, shades: &Shades) -> Vec<f32> {
        let new = weighted(shades);
        match &self.track {
            Some(track) if track.version == guess.version && agreement(&track.sum, &new) > AGREEMENT => {
                track.sum.iter().zip(&new).map(|(sum, new)| MEMORY * sum + new).collect()
            }
            _ => new,
        }
    }

    fn pattern(&self, version: usize) -> Option<&Pattern> {
        self.patterns.iter().find(|pattern| pattern.version == version)
    }
}

/// What a frame shows of each module, which says no more than that it is certainly dark or light.
fn weighted(shades: &Shades) -> Vec<f32> {
    shades.values.iter().map(|value| shades.quality * value.clamp(-1.5, 1.5)).collect()
}

fn centre(corners: &Corners) -> Point {
    let mean = |place: fn(&Point) -> f32| corners.iter().map(place).sum::<f32>() / 4.0;
    Point { x: mean(|corner| corner.x), y: mean(|corner| corner.y) }
}

/// The cosine between two codes' modules: 1 the same, 0 nothing in common.
fn agreement(one: &[f32], other: &[f32]) -> f32 {
    let product = |one: &[f32], other: &[f32]| -> f32 { one.iter().zip(other).map(|(a, b)| a * b).sum() };
    product(one, other) / (product(one, one) * product(other, other)).sqrt().max(f32::MIN_POSITIVE)
}
