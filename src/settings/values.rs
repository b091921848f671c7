//! Values that say what they accept when they are given something else.

use std::fmt;
use std::path::PathBuf;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Unexpected, Visitor};

use super::Language;
use crate::visits::is_hidden;

/// A whole number from `LEAST` to `MOST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Whole<const LEAST: u32, const MOST: u32>(pub(super) u32);

impl<'de, const LEAST: u32, const MOST: u32> Deserialize<'de> for Whole<LEAST, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected<const LEAST: u32, const MOST: u32>;
        impl<const LEAST: u32, const MOST: u32> Visitor<'_> for Expected<LEAST, MOST> {
            type Value = u32;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "a whole number from {LEAST} to {MOST}")
            }
            fn visit_i64<E: Error>(self, value: i64) -> Result<u32, E> {
                u32::try_from(value)
                    .ok()
                    .filter(|number| (LEAST..=MOST).contains(number))
                    .ok_or_else(|| E::invalid_value(Unexpected::Signed(value), &self))
            }
        }
        deserializer.deserialize_i64(Expected::<LEAST, MOST>).map(Self)
    }
}

/// Degrees from `-MOST` to `MOST`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Degrees<const MOST: u32>(pub(super) f64);

impl<'de, const MOST: u32> Deserialize<'de> for Degrees<MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected<const MOST: u32>;
        impl<const MOST: u32> Visitor<'_> for Expected<MOST> {
            type Value = f64;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "degrees from -{MOST} to {MOST}")
            }
            fn visit_f64<E: Error>(self, value: f64) -> Result<f64, E> {
                // A comparison with NaN is false, so NaN is refused too.
                let accepted = value.abs() <= f64::from(MOST);
                if accepted { Ok(value) } else { Err(E::invalid_value(Unexpected::Float(value), &self)) }
            }
            fn visit_i64<E: Error>(self, value: i64) -> Result<f64, E> {
                i32::try_from(value)
                    .map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
                    .and_then(|degrees| self.visit_f64(f64::from(degrees)))
            }
        }
        deserializer.deserialize_f64(Expected::<MOST>).map(Self)
    }
}

/// Text that holds more than blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text(pub(super) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;
        impl Visitor<'_> for Expected {
            type Value = String;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text that is not empty")
            }
            fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
                let text = value.trim();
                if text.is_empty() {
                    return Err(E::invalid_value(Unexpected::Str(value), &self));
                }
                Ok(text.to_owned())
            }
        }
        deserializer.deserialize_str(Expected).map(Self)
    }
}

/// A name that is read in one line, as on the screen and in each record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name(pub(super) String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Text(name) = Text::deserialize(deserializer)?;
        // What is said would have them, too.
        if name.contains(is_hidden) {
            return Err(D::Error::custom(
                "a text of one line is wanted, without control characters and those that are not seen",
            ));
        }
        Ok(Self(name))
    }
}

/// The path of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FilePath(pub(super) PathBuf);

impl<'de> Deserialize<'de> for FilePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;
        impl Visitor<'_> for Expected {
            type Value = PathBuf;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("the path of a file, without ~")
            }
            fn visit_str<E: Error>(self, value: &str) -> Result<PathBuf, E> {
                if value.trim().is_empty() || value.ends_with('/') || value.starts_with('~') {
                    return Err(E::invalid_value(Unexpected::Str(value), &self));
                }
                Ok(PathBuf::from(value))
            }
        }
        deserializer.deserialize_str(Expected).map(Self)
    }
}

/// A user name of Basic authentication, in which a colon ends it (RFC 7617).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UserName(pub(super) String);

impl<'de> Deserialize<'de> for UserName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;
        impl Visitor<'_> for Expected {
            type Value = String;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a user name without colons and control characters")
            }
            fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
                let is_name = !value.is_empty() && !value.contains(|c: char| c == ':' || c.is_control());
                if is_name {
                    Ok(value.to_owned())
                } else {
                    Err(E::invalid_value(Unexpected::Str(value), &self))
                }
            }
        }
        deserializer.deserialize_str(Expected).map(Self)
    }
}

/// The languages that are offered: the first one, and all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Languages {
    pub(super) first: Language,
    pub(super) all: Vec<Language>,
}

impl<'de> Deserialize<'de> for Languages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;
        impl<'de> Visitor<'de> for Expected {
            type Value = Languages;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter
                    .write_str("a list of at least one of \"tr\", \"en\", \"ar\", \"de\", \"ru\", each once")
            }
            fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Languages, S::Error> {
                let mut all = Vec::new();
                while let Some(language) = list.next_element()? {
                    if all.contains(&language) {
                        return Err(S::Error::invalid_value(Unexpected::Seq, &self));
                    }
                    all.push(language);
                }
                let first = all.first().copied();
                let first = first.ok_or_else(|| S::Error::invalid_value(Unexpected::Seq, &self))?;
                Ok(Languages { first, all })
            }
        }
        deserializer.deserialize_seq(Expected)
    }
}
