//! What shows afterwards that a record was changed, removed, inserted or moved.
//!
//! Each record has a digest: a keyed hash over its number, its salt and its content. The seals are a chain of keyed
//! hashes over the digests, each over the one before. Where a record's content is deleted its salt goes, too, so that
//! nobody can guess at the content by the digest that stays.

use std::fmt;
use std::str::FromStr;

use hmac::Mac;
use rusqlite::types::ValueRef;

use super::keys::{SealKey, from_hex, to_hex};

/// So many random bytes go into a record's digest.
pub(super) const SALT_LENGTH: usize = 16;

/// The chain's state at a record. Whoever noted one elsewhere can tell later whether the log still goes on from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal {
    /// The record's number; 0 before the first one.
    pub sequence: u64,
    pub(super) hash: [u8; 32],
}

impl Seal {
    /// The seal of a log without records.
    pub(super) const OF_NOTHING: Self = Self { sequence: 0, hash: [0; 32] };

    /// The seal of the record that has this digest and follows this one.
    pub(super) fn next(&self, key: &SealKey, digest: &[u8; 32]) -> Self {
        let mac = key.mac().chain_update(self.hash).chain_update(digest);
        Self { sequence: self.sequence + 1, hash: mac.finalize().into_bytes().into() }
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.sequence, to_hex(&self.hash))
    }
}

/// This is no seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a seal such as `log seal` prints it is wanted: a number, a hyphen, and 64 hexadecimal digits")]
pub struct NotASeal;

impl FromStr for Seal {
    type Err = NotASeal;

    fn from_str(text: &str) -> Result<Self, NotASeal> {
        let (sequence, hash) = text.trim().split_once('-').ok_or(NotASeal)?;
        Ok(Self { sequence: sequence.parse().map_err(|_| NotASeal)?, hash: from_hex(hash).ok_or(NotASeal)? })
    }
}

/// What a digest is made over, the record's number apart: the salt, and each column that holds something, by its
/// name. A column that a later version adds changes nothing of the digests before it.
#[derive(Debug, Clone)]
pub(super) struct Sealed(Vec<u8>);

impl Sealed {
    pub(super) fn new<'a>(
        salt: &[u8],
        content: impl IntoIterator<Item = (&'static str, ValueRef<'a>)>,
    ) -> Self {
        let mut sealed = Self(Vec::with_capacity(512));
        sealed.push(b'S', salt);
        for (column, value) in content {
            let (kind, bytes): (u8, &[u8]) = match value {
                ValueRef::Null => continue,
                ValueRef::Integer(number) => (b'I', &number.to_be_bytes()),
                ValueRef::Real(number) => (b'R', &number.to_be_bytes()),
                ValueRef::Text(text) => (b'T', text),
                ValueRef::Blob(blob) => (b'B', blob),
            };
            sealed.push(b'N', column.as_bytes());
            sealed.push(kind, bytes);
        }
        sealed
    }

    /// Every part has its kind and its length before it, so that no two contents are the same bytes.
    fn push(&mut self, kind: u8, bytes: &[u8]) {
        self.0.push(kind);
        self.0.extend((bytes.len() as u64).to_be_bytes());
        self.0.extend(bytes);
    }

    /// The digest as the record of this number.
    pub(super) fn digest(&self, key: &SealKey, sequence: u64) -> [u8; 32] {
        let mac = key.mac().chain_update(sequence.to_be_bytes()).chain_update(&self.0);
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_that_was_noted_is_read_again() {
        let seal = Seal { sequence: 4712, hash: [0xa5; 32] };
        assert_eq!(seal.to_string().parse(), Ok(seal));
    }

    #[test]
    fn what_is_no_seal_is_refused() {
        for text in ["", "12", "12-", "12-abc", "-1-00", &format!("x-{}", "0".repeat(64)), &"0".repeat(66)] {
            assert_eq!(text.parse::<Seal>(), Err(NotASeal), "{text}");
        }
    }

    #[test]
    fn contents_that_differ_only_in_where_a_value_ends_have_different_digests() {
        let digest = |first: &'static str, second: &'static str| {
            let content = [("a", ValueRef::Text(first.as_bytes())), ("b", ValueRef::Text(second.as_bytes()))];
            Sealed::new(&[1; SALT_LENGTH], content).digest(&SealKey::of_tests(), 1)
        };
        assert_ne!(digest("ab", "c"), digest("a", "bc"));
    }
}
