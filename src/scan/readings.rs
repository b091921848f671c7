//! What was read in one look after the other becomes what the kiosk is told: the one code in view, or that
//! there are several.

use std::time::{Duration, Instant};

use super::decode::Decoded;
use super::protocol::Message;
use crate::code::Code;

/// A code that was read stays in view for so long: of two codes a decoder may read one a frame.
const IN_VIEW: Duration = Duration::from_secs(1);

/// The time between two messages that say the same.
const SAME_INTERVAL: Duration = Duration::from_millis(100);

/// The HES codes in view, and what was said last.
#[derive(Default)]
pub struct Readings {
    in_view: Vec<(Code, Instant)>,
    /// A reading's text, or `None` for several codes.
    said: Option<(Option<String>, Instant)>,
}

impl Readings {
    /// What is to be said of what a look `now` found in a frame that came at `captured`, if anything.
    ///
    /// Only HES codes count. One of them is a reading, in however many forms it is shown; several are
    /// nobody's. Another text is a reading only where no HES code is in view, so that its visitor learns that
    /// it is none.
    pub fn note(&mut self, found: &[Decoded], captured: Duration, now: Instant) -> Option<Message> {
        self.in_view.retain(|(_, seen)| now.saturating_duration_since(*seen) < IN_VIEW);
        let mut code_text = None;
        for decoded in found {
            if let Ok(code) = Code::parse(&decoded.text) {
                self.in_view.retain(|(known, _)| *known != code);
                self.in_view.push((code, now));
                code_text = Some(&decoded.text);
            }
        }
        let text = match (code_text, self.in_view.len()) {
            (Some(_), 2..) => None,
            (Some(text), _) => Some(text),
            (None, 0) => Some(&found.first()?.text),
            (None, _) => return None,
        };
        let is_known = self.said.as_ref().is_some_and(|(said, at)| {
            said.as_ref() == text && now.saturating_duration_since(*at) < SAME_INTERVAL
        });
        if is_known {
            return None;
        }
        self.said = Some((text.cloned(), now));
        Some(text.map_or(Message::SeveralCodes, |text| Message::Reading { text: text.clone(), captured }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::decode::Decoder;

    const PAYLOAD: &str = "0123456789abcdef0123456789abcdef|A1B2345670";
    const SAME_CODE: &str = "A1B2-3456-70";
    const OTHER_CODE: &str = "A1B2345671";
    const FOREIGN: &str = "https://example.org/";

    /// What is said of looks that are a fifth of a second apart: a reading's text, `several`, or nothing.
    fn said(looks: &[&[&str]]) -> Vec<Option<String>> {
        let mut readings = Readings::default();
        let start = Instant::now();
        let looks = looks.iter().zip(0..).map(|(texts, number)| {
            let found: Vec<Decoded> = texts
                .iter()
                .map(|&text| Decoded { text: text.to_owned(), decoder: Decoder::Zxing, module_pixels: None })
                .collect();
            let message =
                readings.note(&found, Duration::ZERO, start + number * Duration::from_millis(200))?;
            Some(if let Message::Reading { text, .. } = message { text } else { "several".to_owned() })
        });
        looks.collect()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn of_two_codes_in_a_look_none_is_a_reading() {
        assert_eq!(
            said(&[&[PAYLOAD, OTHER_CODE], &[OTHER_CODE, PAYLOAD]]),
            [some("several"), some("several")]
        );
    }

    #[test]
    fn the_same_code_twice_is_one() {
        assert_eq!(said(&[&[SAME_CODE, PAYLOAD]]), [some(PAYLOAD)]);
    }

    #[test]
    fn two_codes_that_are_read_in_turn_are_several() {
        let turns = said(&[&[PAYLOAD], &[OTHER_CODE], &[PAYLOAD], &[OTHER_CODE]]);
        assert_eq!(turns[1..], [some("several"), some("several"), some("several")]);
    }

    #[test]
    fn a_code_that_was_among_several_is_a_reading_when_it_was_alone_for_a_second() {
        let looks =
            said(&[&[PAYLOAD, OTHER_CODE], &[PAYLOAD], &[PAYLOAD], &[PAYLOAD], &[PAYLOAD], &[PAYLOAD]]);
        assert_eq!(looks[4..], [some("several"), some(PAYLOAD)]);
    }

    #[test]
    fn another_text_beside_a_code_is_ignored() {
        assert_eq!(said(&[&[FOREIGN, PAYLOAD], &[FOREIGN]]), [some(PAYLOAD), None]);
    }

    #[test]
    fn another_text_alone_is_a_reading() {
        assert_eq!(said(&[&[], &[FOREIGN]]), [None, some(FOREIGN)]);
    }

    #[test]
    fn the_same_is_not_said_again_within_a_tenth_of_a_second() {
        let mut readings = Readings::default();
        let start = Instant::now();
        let found = [Decoded { text: PAYLOAD.to_owned(), decoder: Decoder::Rqrr, module_pixels: None }];
        let said: Vec<bool> = [0, 33, 66, 100]
            .map(|time| readings.note(&found, Duration::ZERO, start + Duration::from_millis(time)).is_some())
            .to_vec();
        assert_eq!(said, [true, false, false, true]);
    }
}
