//! Codes that stay before the camera are read once.

use std::time::{Duration, Instant};

use super::control::Control;
use crate::code::Code;

/// A code must be out of view for so long before it counts as shown again.
const GONE_AFTER: Duration = Duration::from_secs(2);

/// What a code that the camera saw is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// It is a visitor's.
    Code(Code),
    /// It does what a touch does.
    Control(Control),
}

/// The codes that the camera saw lately, each with when it last did.
#[derive(Debug, Default)]
pub struct InView(Vec<(Shown, Instant)>);

impl InView {
    /// Notes that a code that was taken is seen still, and tells whether it was taken.
    pub fn is_still(&mut self, code: &Shown, at: Instant) -> bool {
        self.0.retain(|(_, seen)| at.saturating_duration_since(*seen) < GONE_AFTER);
        let taken = self.0.iter_mut().find(|(other, _)| other == code);
        if let Some((_, seen)) = taken {
            *seen = at;
            return true;
        }
        false
    }

    /// Notes that several codes are seen. Which ones is not known: those that were taken may be among them,
    /// and are not to be taken again when one of them remains.
    pub fn note_several(&mut self, at: Instant) {
        self.0.retain(|(_, seen)| at.saturating_duration_since(*seen) < GONE_AFTER);
        for (_, seen) in &mut self.0 {
            *seen = at;
        }
    }

    /// Notes that a code is taken.
    pub fn take(&mut self, code: Shown, at: Instant) {
        if !self.is_still(&code, at) {
            self.0.push((code, at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_must_be_gone_for_two_seconds_to_count_again() {
        let code = Shown::Code(Code::parse("A1B2345670").unwrap());
        let start = Instant::now();
        let after = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut in_view = InView::default();
        in_view.take(code, start);
        let still: Vec<bool> =
            [1500, 3000, 4999, 6999].map(|time| in_view.is_still(&code, after(time))).to_vec();
        assert_eq!(still, [true, true, true, false]);
    }

    #[test]
    fn a_code_that_was_taken_stays_in_view_among_several() {
        let code = Shown::Code(Code::parse("A1B2345670").unwrap());
        let start = Instant::now();
        let after = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut in_view = InView::default();
        in_view.take(code, start);
        for time in [1500, 3000, 4500] {
            in_view.note_several(after(time));
        }
        assert!(in_view.is_still(&code, after(6000)));
    }

    #[test]
    fn two_codes_in_view_are_each_taken_once() {
        let codes = ["A1B2345670", "A1B2345671"].map(|text| Shown::Code(Code::parse(text).unwrap()));
        let start = Instant::now();
        let mut in_view = InView::default();
        let mut taken = 0;
        for step in 0..20 {
            let at = start + Duration::from_millis(step * 300);
            let code = codes[usize::from(step % 2 == 1)];
            if !in_view.is_still(&code, at) {
                in_view.take(code, at);
                taken += 1;
            }
        }
        assert_eq!(taken, 2);
    }
}
