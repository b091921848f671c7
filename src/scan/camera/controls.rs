//! What can be set on a camera, where the camera has it.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

/// How a camera is set up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Controls {
    /// The distance of what is sharp. A camera's own numbers: often 0 for far and 255 for near.
    pub focus: Adjustment,
    /// How long a frame is exposed, in units of 0.1 ms.
    pub exposure: Adjustment,
    /// The frequency at which lamps flicker.
    pub power_line_frequency: PowerLineFrequency,
}

/// What the camera finds by itself, or what it is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "Written")]
pub enum Adjustment {
    /// `auto`.
    #[default]
    Auto,
    /// A number in the camera's unit.
    Fixed(u16),
}

/// The frequency of the mains, which lamps flicker with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "Written")]
pub enum PowerLineFrequency {
    /// `off`: daylight, or lamps that do not flicker.
    Off,
    /// `50` Hz, as in Turkey and in Europe.
    #[default]
    Hertz50,
    /// `60` Hz.
    Hertz60,
    /// `auto`: as the camera finds it.
    Auto,
}

/// The value is no adjustment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("\"auto\" or a whole number from 0 to 65535 is wanted")]
pub struct NotAnAdjustment;

/// The value is no frequency of a power line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("50, 60, \"auto\" or \"off\" is wanted")]
pub struct NotAPowerLineFrequency;

impl FromStr for Adjustment {
    type Err = NotAnAdjustment;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "auto" => Ok(Self::Auto),
            number => number.parse().map(Self::Fixed).map_err(|_| NotAnAdjustment),
        }
    }
}

impl fmt::Display for Adjustment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => formatter.write_str("auto"),
            Self::Fixed(number) => number.fmt(formatter),
        }
    }
}

impl FromStr for PowerLineFrequency {
    type Err = NotAPowerLineFrequency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "off" => Ok(Self::Off),
            "50" => Ok(Self::Hertz50),
            "60" => Ok(Self::Hertz60),
            "auto" => Ok(Self::Auto),
            _ => Err(NotAPowerLineFrequency),
        }
    }
}

impl fmt::Display for PowerLineFrequency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Off => "off",
            Self::Hertz50 => "50",
            Self::Hertz60 => "60",
            Self::Auto => "auto",
        })
    }
}

/// A value as it stands in settings.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a whole number or a word such as \"auto\" is wanted")]
enum Written {
    Number(i64),
    Word(String),
}

impl Written {
    fn parse<T: FromStr>(self) -> Result<T, T::Err> {
        match self {
            Self::Number(number) => number.to_string().parse(),
            Self::Word(word) => word.parse(),
        }
    }
}

impl TryFrom<Written> for Adjustment {
    type Error = NotAnAdjustment;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        written.parse()
    }
}

impl TryFrom<Written> for PowerLineFrequency {
    type Error = NotAPowerLineFrequency;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        written.parse()
    }
}

/// One of the things that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// See [`Controls::focus`].
    Focus,
    /// See [`Controls::exposure`].
    Exposure,
    /// See [`Controls::power_line_frequency`].
    PowerLineFrequency,
}

impl Control {
    /// Each control.
    pub const ALL: [Self; 3] = [Self::Focus, Self::Exposure, Self::PowerLineFrequency];

    /// Its name in the settings, in JSON and in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Focus => "focus",
            Self::Exposure => "exposure",
            Self::PowerLineFrequency => "power_line_frequency",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_the_same_as_numbers_and_as_words() {
        for (written, expected) in
            [("\"auto\"", Adjustment::Auto), ("0", Adjustment::Fixed(0)), ("\"7\"", Adjustment::Fixed(7))]
        {
            assert_eq!(serde_json::from_str::<Adjustment>(written).unwrap(), expected, "{written}");
        }
        let frequency: PowerLineFrequency = serde_json::from_str("60").unwrap();
        assert_eq!(frequency, PowerLineFrequency::Hertz60);
    }

    #[test]
    fn what_is_no_value_is_refused_with_what_is_accepted() {
        for written in ["\"Auto\"", "-1", "65536", "1.5", "true"] {
            let error = serde_json::from_str::<Adjustment>(written).unwrap_err().to_string();
            assert!(error.contains("\"auto\"") && error.contains("whole number"), "{written}: {error}");
        }
        let error = serde_json::from_str::<PowerLineFrequency>("55").unwrap_err().to_string();
        assert!(error.contains("50, 60, \"auto\" or \"off\""), "{error}");
    }

    #[test]
    fn a_value_written_out_is_understood_again() {
        for value in [Adjustment::Auto, Adjustment::Fixed(120)] {
            assert_eq!(value.to_string().parse(), Ok(value));
        }
        for text in ["off", "50", "60", "auto"] {
            assert_eq!(text.parse::<PowerLineFrequency>().unwrap().to_string(), text);
        }
    }
}
