//! Hours of the day.

use std::fmt;

use jiff::civil::Time;
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// Hours of each day at the entrance, as `20:00-07:00`. They may last over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    from: Time,
    to: Time,
}

impl Hours {
    /// Whether `time` lies within these hours; the first minute does, the last one no more.
    pub fn contain(&self, time: Time) -> bool {
        if self.from < self.to {
            (self.from..self.to).contains(&time)
        } else {
            time >= self.from || time < self.to
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        let time = |text: &str| Time::strptime("%H:%M", text.trim()).ok();
        let (from, to) = (time(from)?, time(to)?);
        (from != to).then_some(Self { from, to })
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;
        impl Visitor<'_> for Expected {
            type Value = Hours;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("hours of the day, as \"20:00-07:00\"")
            }
            fn visit_str<E: Error>(self, value: &str) -> Result<Hours, E> {
                Hours::parse(value).ok_or_else(|| E::invalid_value(Unexpected::Str(value), &self))
            }
        }
        deserializer.deserialize_str(Expected)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    #[test]
    fn hours_contain_their_first_minute_and_not_their_last_over_midnight_too() {
        for (hours, hour, minute, expected) in [
            ("20:00-07:00", 19, 59, false),
            ("20:00-07:00", 20, 0, true),
            ("20:00-07:00", 0, 0, true),
            ("20:00-07:00", 6, 59, true),
            ("20:00-07:00", 7, 0, false),
            ("08:30-17:00", 8, 29, false),
            ("08:30-17:00", 12, 0, true),
            ("08:30-17:00", 17, 0, false),
        ] {
            let contain = Hours::parse(hours).unwrap().contain(time(hour, minute, 0, 0));
            assert_eq!(contain, expected, "{hour}:{minute} in {hours}");
        }
    }

    #[test]
    fn what_names_no_hours_is_refused() {
        for text in ["", "20:00", "20:00-20:00", "24:00-07:00", "20-7", "20:00-07:60", "evening"] {
            assert_eq!(Hours::parse(text), None, "{text}");
        }
    }
}
