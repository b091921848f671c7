//! How loud decisions are heard, by the time of day.

use jiff::civil::Time;
use serde::Deserialize;

use super::Hours;
use super::values::Whole;

type Percent = Whole<0, 100>;

/// How loud decisions are heard.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [sound]")]
pub struct Volume {
    volume: Percent,
    quiet: Option<Quiet>,
}

/// Hours that have a volume of their own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { hours = \"20:00-08:00\", volume = 20 }")]
struct Quiet {
    hours: Hours,
    volume: Percent,
}

impl Default for Volume {
    fn default() -> Self {
        Self { volume: Whole(60), quiet: None }
    }
}

impl Volume {
    /// The volume at a time of the entrance's clock, from 0 (nothing is heard) to 100.
    pub fn at(&self, time: Time) -> u32 {
        let quiet = self.quiet.as_ref().filter(|quiet| quiet.hours.contain(time));
        quiet.map_or(self.volume, |quiet| quiet.volume).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_have_a_volume_of_their_own_over_midnight_too() {
        let volume = |quiet: &str| toml::from_str::<Volume>(&format!("volume = 70\n{quiet}")).unwrap();
        let night = volume("quiet = { hours = \"20:00-08:00\", volume = 20 }");
        let noon = volume("quiet = { hours = \"12:30-13:00\", volume = 0 }");
        for (time, always, at_night, at_noon) in [
            ("00:00:00", 70, 20, 70),
            ("07:59:59", 70, 20, 70),
            ("08:00:00", 70, 70, 70),
            ("12:30:00", 70, 70, 0),
            ("13:00:00", 70, 70, 70),
            ("20:00:00", 70, 20, 70),
        ] {
            let time: Time = time.parse().unwrap();
            let told = (volume("").at(time), night.at(time), noon.at(time));
            assert_eq!(told, (always, at_night, at_noon), "{time}");
        }
    }
}
