//! Which records a command is about.

use std::path::Path;

use clap::Args;
use clap::builder::PossibleValuesParser;
use jiff::Timestamp;
use jiff::civil;

use crate::command::{Exit, refuse};
use crate::kiosk::language::{Texts, local};
use crate::settings::Settings;
use crate::visits::Filter;

/// The times, the decision and the entrance of visits.
#[derive(Debug, Args)]
pub(in crate::command) struct FilterArguments {
    /// From this time on: 2021-08-09, 2021-08-09T14:30 (the entrance's clock) or 2021-08-09T11:30:00Z.
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<Timestamp>,
    /// Before this time, written in the same ways.
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<Timestamp>,
    /// Only visits with this decision.
    #[arg(long, value_parser = PossibleValuesParser::new(["admit", "refuse", "unverified", "check_out"]))]
    decision: Option<String>,
    /// Only visits at the entrance of this name.
    #[arg(long, value_name = "NAME")]
    entrance: Option<String>,
}

impl FilterArguments {
    /// Refuses an end that is not after its start: nothing lies between them, and an empty list would say that nobody came.
    pub(super) fn check(&self, config: Option<&Path>) -> Result<(), Exit> {
        match (self.since, self.until) {
            (Some(since), Some(until)) if since >= until => {
                let settings = Settings::load_without_service(config).map_err(|error| refuse(&error))?;
                let texts = Texts::for_staff(settings.screen.first_language);
                Err(refuse(&texts.get("log-no-time-between")))
            }
            _ => Ok(()),
        }
    }

    /// The filter that they are.
    pub(super) fn filter(&self, with_acts: bool) -> Filter {
        Filter {
            since: self.since,
            until: self.until,
            decision: self.decision.clone(),
            entrance: self.entrance.clone(),
            with_acts,
        }
    }
}

/// A time with its zone or offset, or one on the entrance's clock.
fn time(text: &str) -> Result<Timestamp, String> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time);
    }
    let wanted = "a time such as 2021-08-09, 2021-08-09T14:30 or 2021-08-09T11:30:00Z is wanted";
    let civil = text
        .parse::<civil::DateTime>()
        .or_else(|_| text.parse::<civil::Date>().map(civil::DateTime::from))
        .map_err(|_| wanted.to_owned())?;
    let zone = local(Timestamp::UNIX_EPOCH).time_zone().clone();
    civil.to_zoned(zone).map(|zoned| zoned.timestamp()).map_err(|_| wanted.to_owned())
}
