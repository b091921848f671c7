//! Whether a camera that sends frames sees anything: all the limits, and what is made of them. Pure.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::Captured;
use super::measure::Brightness;
use crate::scan::protocol::CameraState;

/// A frame is black where its brightness and what that differs by stay below these, in shades of grey: the
/// inside of a lens cap, or a hand on the lens. A lit screen anywhere in a dark room spreads further.
const BLACK_MEAN: f32 = 30.0;
const BLACK_SPREAD: f32 = 8.0;

/// For so long nothing but black frames come from a lens that is covered.
const COVERED_AFTER: Duration = Duration::from_secs(10);

/// The frames of the last so long are counted.
const WINDOW: Duration = Duration::from_secs(5);

/// Before so long too few frames came to say how many do in a second.
const RATE_AFTER: Duration = Duration::from_secs(1);

/// So far the rate is from a whole number before another one is said, so that the screen does not flicker.
const RATE_SLACK: f32 = 0.75;

/// With fewer frames a second than this, over the whole window, a visitor waits noticeably.
const SLOW_RATE: usize = 8;

/// Of the frames in the window so many hundredths are damaged before it is said, and at most so many are
/// when it is over; in between what was said stands, so that the screen does not flicker.
const DAMAGED_PERCENT: usize = 50;
const UNDAMAGED_PERCENT: usize = 20;

/// The damage of fewer frames is chance.
const LEAST_JUDGED: usize = 5;

/// Whether a frame of this brightness shows nothing at all.
pub fn is_black(brightness: Brightness) -> bool {
    brightness.mean < BLACK_MEAN && brightness.spread < BLACK_SPREAD
}

/// What a frame is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quality {
    /// It shows something.
    Good,
    /// It is black.
    Black,
    /// It cannot be decoded.
    Damaged,
}

impl Quality {
    /// What `captured` is good for.
    pub fn of(captured: &Captured) -> Self {
        match captured {
            Captured::Damaged => Self::Damaged,
            Captured::Frame(frame) if is_black(Brightness::of(&frame.luma)) => Self::Black,
            Captured::Frame(_) => Self::Good,
        }
    }
}

/// What is known of a camera by the frames that it sent.
pub struct Health {
    opened: Instant,
    /// When each frame of the window came, and whether it was damaged.
    recent: VecDeque<(Instant, bool)>,
    /// Since when nothing but black frames came.
    black_since: Option<Instant>,
    has_seen: bool,
    is_damaged: bool,
    /// The frames a second that were said last.
    rate: Option<u8>,
}

impl Health {
    /// Of a camera that was opened `now`.
    pub fn new(now: Instant) -> Self {
        Self {
            opened: now,
            recent: VecDeque::new(),
            black_since: None,
            has_seen: false,
            is_damaged: false,
            rate: None,
        }
    }

    /// Takes note of a frame that came `now`.
    pub fn note(&mut self, quality: Quality, now: Instant) {
        self.recent.push_back((now, quality == Quality::Damaged));
        self.forget(now);
        match quality {
            Quality::Damaged => {}
            Quality::Good => (self.has_seen, self.black_since) = (true, None),
            Quality::Black => {
                self.has_seen = true;
                self.black_since.get_or_insert(now);
            }
        }
        let damaged = self.recent.iter().filter(|(_, is_damaged)| *is_damaged).count();
        if self.recent.len() >= LEAST_JUDGED {
            let limit = if self.is_damaged { UNDAMAGED_PERCENT } else { DAMAGED_PERCENT };
            self.is_damaged = 100 * damaged > limit * self.recent.len();
        }
    }

    fn forget(&mut self, now: Instant) {
        while self.recent.front().is_some_and(|(came, _)| now.saturating_duration_since(*came) > WINDOW) {
            self.recent.pop_front();
        }
    }

    /// What the kiosk is told `now`; `None` where it is too early to say anything.
    pub fn state(&mut self, now: Instant) -> Option<CameraState> {
        self.forget(now);
        if self.is_damaged {
            return Some(CameraState::Damaged);
        }
        if !self.has_seen {
            return None;
        }
        let since = |earlier: Instant| now.saturating_duration_since(earlier);
        let is_covered = self.black_since.is_some_and(|black| since(black) >= COVERED_AFTER);
        let is_slow =
            since(self.opened) > WINDOW && self.recent.len() < SLOW_RATE * WINDOW.as_secs() as usize;
        Some(match (is_covered, is_slow) {
            (true, _) => CameraState::Covered,
            (false, true) => CameraState::Slow,
            (false, false) => CameraState::Working,
        })
    }

    /// How many frames a second came lately, as it is known `now`; `None` where it is too early to say.
    pub fn rate(&mut self, now: Instant) -> Option<u8> {
        self.forget(now);
        let time = now.saturating_duration_since(self.opened).min(WINDOW);
        if time >= RATE_AFTER {
            let rate = self.recent.len() as f32 / time.as_secs_f32();
            if self.rate.is_none_or(|known| (rate - f32::from(known)).abs() > RATE_SLACK) {
                self.rate = Some(rate.round() as u8);
            }
        }
        self.rate
    }
}

#[cfg(test)]
mod tests {
    use super::Quality::{Black, Damaged, Good};
    use super::*;

    /// A camera's frames at times of the story's own.
    struct Story {
        health: Health,
        now: Instant,
    }

    impl Story {
        fn new() -> Self {
            let now = Instant::now();
            Self { health: Health::new(now), now }
        }

        /// Lets `seconds` pass with `rate` frames a second, which repeat `qualities`, and gives the state.
        fn frames(&mut self, seconds: u32, rate: u32, qualities: &[Quality]) -> Option<CameraState> {
            for frame in 0..seconds * rate {
                self.now += Duration::from_secs(1) / rate;
                self.health.note(qualities[frame as usize % qualities.len()], self.now);
            }
            self.health.state(self.now)
        }
    }

    #[test]
    fn good_frames_at_any_common_rate_are_a_camera_that_works() {
        for rate in [10, 30, 60] {
            assert_eq!(Story::new().frames(60, rate, &[Good]), Some(CameraState::Working), "{rate}");
        }
    }

    #[test]
    fn before_the_first_frame_nothing_is_said() {
        let mut story = Story::new();
        assert_eq!(story.health.state(story.now + Duration::from_secs(60)), None);
    }

    #[test]
    fn a_first_good_frame_is_enough_to_work() {
        assert_eq!(Story::new().frames(1, 1, &[Good]), Some(CameraState::Working));
    }

    #[test]
    fn a_lens_is_covered_after_ten_seconds_of_black_and_not_before() {
        let mut story = Story::new();
        assert_eq!(story.frames(10, 30, &[Black]), Some(CameraState::Working));
        assert_eq!(story.frames(1, 30, &[Black]), Some(CameraState::Covered));
    }

    #[test]
    fn the_first_frame_that_shows_something_uncovers_the_lens() {
        let mut story = Story::new();
        story.frames(60, 30, &[Black]);
        story.now += Duration::from_millis(33);
        story.health.note(Good, story.now);
        assert_eq!(story.health.state(story.now), Some(CameraState::Working));
        assert_eq!(story.frames(9, 30, &[Black]), Some(CameraState::Working), "ten seconds begin anew");
    }

    #[test]
    fn damage_of_most_frames_is_said_even_where_none_was_good() {
        assert_eq!(Story::new().frames(2, 30, &[Damaged]), Some(CameraState::Damaged));
        assert_eq!(Story::new().frames(2, 30, &[Damaged, Damaged, Good]), Some(CameraState::Damaged));
    }

    #[test]
    fn a_frame_damaged_now_and_then_is_no_matter() {
        assert_eq!(Story::new().frames(60, 30, &[Good, Damaged, Good]), Some(CameraState::Working));
        assert_eq!(Story::new().frames(1, 4, &[Damaged]), None, "four frames are too few to judge");
    }

    #[test]
    fn damage_is_over_within_the_window_of_good_frames() {
        let mut story = Story::new();
        story.frames(60, 30, &[Damaged]);
        assert_eq!(story.frames(5, 30, &[Good]), Some(CameraState::Working));
    }

    #[test]
    fn damage_of_a_third_of_the_frames_keeps_what_was_said() {
        let mut story = Story::new();
        story.frames(60, 30, &[Damaged]);
        assert_eq!(story.frames(60, 30, &[Damaged, Good, Good]), Some(CameraState::Damaged));
    }

    #[test]
    fn fewer_than_five_frames_a_second_are_slow_after_five_seconds() {
        let mut story = Story::new();
        assert_eq!(story.frames(5, 2, &[Good]), Some(CameraState::Working));
        assert_eq!(story.frames(1, 2, &[Good]), Some(CameraState::Slow));
        assert_eq!(story.frames(6, 15, &[Good]), Some(CameraState::Working));
    }

    #[test]
    fn the_rate_is_that_of_the_last_seconds() {
        let mut story = Story::new();
        for rate in [30, 15, 60] {
            story.frames(6, rate, &[Good]);
            assert_eq!(story.health.rate(story.now), Some(rate as u8));
        }
    }

    #[test]
    fn before_a_second_has_passed_no_rate_is_said() {
        let mut story = Story::new();
        story.now += Duration::from_millis(900);
        story.health.note(Good, story.now);
        assert_eq!(story.health.rate(story.now), None);
    }

    #[test]
    fn a_rate_that_wavers_between_two_whole_numbers_stays_as_it_was_said() {
        let mut story = Story::new();
        for _ in 0..600 {
            story.now += Duration::from_micros(33_900);
            story.health.note(Good, story.now);
            assert!(matches!(story.health.rate(story.now), None | Some(29)));
        }
    }

    #[test]
    fn black_is_dark_and_even() {
        for (mean, spread, black) in
            [(0.0, 0.0, true), (16.0, 2.0, true), (29.0, 7.0, true), (16.0, 20.0, false), (90.0, 1.0, false)]
        {
            assert_eq!(is_black(Brightness { mean, spread }), black, "{mean} {spread}");
        }
    }
}
