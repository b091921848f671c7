//! How long it takes from a frame's capture until the kiosk's supervisor hears what was read in it.

use std::path::Path;
use std::time::Duration;

use hes_kiosk::code::Reading;
use hes_kiosk::scan::{CameraSource, Config, ScannerEvent, Supervisor, monotonic};

use crate::Failure;
use crate::lobby::{self, Visitor};

/// How long a visitor stands before the camera: the lobby is empty for 12 frames, and another 12 show the code.
const STAY: Duration = Duration::from_millis(1500);

/// The times of many readings.
#[derive(Debug, Clone, Default)]
pub struct Latencies(Vec<Duration>);

impl Latencies {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that `part` of all readings, from 0 to 1, do not exceed, in milliseconds.
    pub fn quantile(&self, part: f64) -> f64 {
        let place = (part * self.0.len() as f64).ceil() as usize;
        self.0.get(place.saturating_sub(1)).map_or(f64::NAN, |time| 1e3 * time.as_secs_f64())
    }
}

/// The time of each visitor's first reading, at 30 frames a second. Those who are not read count for nothing.
///
/// # Errors
/// The kiosk can't be started.
pub fn first_readings(kiosk: &Path, seeds: impl Iterator<Item = u64>) -> Result<Latencies, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let mut times = Vec::new();
    for seed in seeds {
        let folder = tempfile::tempdir()?;
        let visitor = lobby::visitor(seed);
        let frames = lobby::passers_by(seed).into_iter().chain(visitor.frames.iter().cloned());
        for (number, frame) in frames.enumerate() {
            std::fs::write(folder.path().join(format!("frame-{number:02}.jpg")), &frame.jpeg)?;
        }
        let config = Config::of(CameraSource::Replay(folder.path().to_owned()));
        let supervisor = Supervisor::start(kiosk.to_owned(), config)?;
        // Without a reading in that time there is no time.
        let time = runtime
            .block_on(async { tokio::time::timeout(STAY, first_reading(&supervisor, &visitor)).await });
        times.extend(time);
    }
    times.sort();
    Ok(Latencies(times))
}

async fn first_reading(supervisor: &Supervisor, visitor: &Visitor) -> Duration {
    loop {
        if let ScannerEvent::Reading { reading: Reading { text, .. }, captured } = supervisor.next().await
            && text == visitor.text
        {
            return monotonic().saturating_sub(captured);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_time_that_so_many_do_not_exceed() {
        let times = Latencies((1..=20).map(Duration::from_millis).collect());
        assert_eq!([0.5, 0.95, 1.0].map(|part| times.quantile(part)), [10.0, 19.0, 20.0]);
    }
}
