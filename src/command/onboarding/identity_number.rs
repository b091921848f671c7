//! The Turkish identity number.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// An identity number whose check digits are right. Never printed.
pub(super) struct IdentityNumber(SecretString);

impl fmt::Debug for IdentityNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("IdentityNumber(…)")
    }
}

impl IdentityNumber {
    /// Reads eleven digits of which the last two follow from the others; blanks between them do not matter.
    pub(super) fn parse(text: &SecretString) -> Option<Self> {
        let text: String = text.expose_secret().chars().filter(|c| !c.is_whitespace()).collect();
        let digits: Vec<u32> = text.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
        let [first, .., tenth, eleventh] = digits.as_slice() else { return None };
        if digits.len() != 11 || *first == 0 {
            return None;
        }
        let sum = |start: usize, end: usize, step: usize| -> u32 {
            digits.iter().take(end).skip(start).step_by(step).sum()
        };
        // Of the first nine digits; seven times the odd places less the even ones, which is never below -36.
        let is_tenth = (7 * sum(0, 9, 2) + 40 - sum(1, 9, 2)) % 10 == *tenth;
        let is_eleventh = sum(0, 10, 1) % 10 == *eleventh;
        (is_tenth && is_eleventh).then(|| Self(text.into()))
    }

    /// The eleven digits.
    pub(super) fn reveal(&self) -> &str {
        self.0.expose_secret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_number(text: &str) -> bool {
        IdentityNumber::parse(&text.to_owned().into()).is_some()
    }

    #[test]
    fn numbers_with_the_right_check_digits_are_accepted() {
        for text in ["10000000146", "19191919190", "100 000 001 46", "98765432150"] {
            assert!(is_number(text), "{text}");
        }
    }

    #[test]
    fn every_single_wrong_digit_is_found() {
        let number = "10000000146";
        for place in 0..number.len() {
            for digit in '0'..='9' {
                let wrong: String =
                    number.chars().enumerate().map(|(at, c)| if at == place { digit } else { c }).collect();
                assert_eq!(is_number(&wrong), wrong == number, "{wrong}");
            }
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "1000000014", "100000001460", "00000000000", "1000000014a", "１００００００１４６"]
        {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn a_number_is_not_printed() {
        let number = IdentityNumber::parse(&"10000000146".to_owned().into());
        assert_eq!(format!("{number:?}"), "Some(IdentityNumber(…))");
    }
}
