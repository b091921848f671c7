//! The entrance's clock.

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Where the entrances are; the service's own times are UTC.
const TIME_ZONE: &str = "Europe/Istanbul";

static ZONE: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get(TIME_ZONE).unwrap_or(TimeZone::UTC));

/// The time on the entrance's clock.
pub fn local(time: Timestamp) -> Zoned {
    time.to_zoned(ZONE.clone())
}

/// When the day of this time began on the entrance's clock.
pub fn start_of_day(time: Timestamp) -> Timestamp {
    local(time).start_of_day().map_or(time, |start| start.timestamp())
}
