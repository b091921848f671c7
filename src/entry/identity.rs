//! Against borrowed codes: the last digits of the visitor's identity number, compared with the masked one.

use std::fmt;

use super::{Cause, Decision, Reason};

/// How many digits of an identity number the service shows.
const VISIBLE: usize = 3;

/// The last three digits of an identity number, as a visitor gives them. Never kept, hence no text of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LastDigits([u8; VISIBLE]);

/// What a visitor said of the holder's identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// Nobody asks.
    NotAsked,
    /// These were given, the last ones of several tries.
    Given(LastDigits),
    /// None were given, or there was no use in asking.
    NotGiven,
}

/// What becomes of `decision` where the digits are asked for; `visible` are those that the service shows.
pub fn decide_identity(decision: Decision, identity: Identity, visible: Option<LastDigits>) -> Decision {
    match (decision, identity, visible) {
        (Decision::Admit, Identity::NotAsked, _) => Decision::Admit,
        (Decision::Admit, Identity::Given(digits), Some(visible)) if digits == visible => Decision::Admit,
        (Decision::Admit, Identity::Given(_), Some(_)) => Decision::Refuse(Reason::IdentityMismatch),
        (Decision::Admit, Identity::Given(_), None) | (Decision::Admit, Identity::NotGiven, _) => {
            Decision::Unverified(Cause::IdentityNotGiven)
        }
        (
            Decision::AdmitByDesk | Decision::Refuse(_) | Decision::Unverified(_) | Decision::CheckOut,
            _,
            _,
        ) => decision,
    }
}

/// The text is not three digits. Carries nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the last three digits of the identity number are three digits")]
pub struct NotLastDigits;

impl LastDigits {
    /// Reads three digits, blanks around them apart.
    ///
    /// # Errors
    /// [`NotLastDigits`]
    pub fn parse(text: &str) -> Result<Self, NotLastDigits> {
        let digits: [u8; VISIBLE] = text.trim().as_bytes().try_into().map_err(|_| NotLastDigits)?;
        if digits.iter().all(u8::is_ascii_digit) { Ok(Self(digits)) } else { Err(NotLastDigits) }
    }

    /// Those that a masked identity number shows, such as `********792`; `None` where it shows no three.
    pub fn visible_in(masked: &str) -> Option<Self> {
        let start = masked.len().checked_sub(VISIBLE)?;
        Self::parse(masked.get(start..)?).ok()
    }
}

impl fmt::Debug for LastDigits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LastDigits(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_shows_its_last_three_digits() {
        assert_eq!(LastDigits::visible_in("********792"), LastDigits::parse("792").ok());
    }

    #[test]
    fn a_mask_without_three_digits_at_its_end_shows_none() {
        for masked in ["", "92", "********79*", "***********", "*******792*", "********7 2", "****ş92"] {
            assert_eq!(LastDigits::visible_in(masked), None, "{masked}");
        }
    }

    #[test]
    fn what_is_not_three_digits_is_refused() {
        for text in ["", "79", "7922", "79a", "٧٩٢", "-79"] {
            assert_eq!(LastDigits::parse(text), Err(NotLastDigits), "{text}");
        }
    }

    #[test]
    fn the_digits_are_in_no_debug_text() {
        assert!(!format!("{:?}", LastDigits::parse("792")).contains("792"));
    }
}
