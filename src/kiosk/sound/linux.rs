//! Sounds by way of ALSA, which every Linux has; where a sound server runs, its default device leads there.

use std::thread;
use std::time::{Duration, Instant};

use alsa::pcm::{Access, Format, HwParams, PCM, State};
use alsa::{Direction, Output, ValueOr};
use rustix::io::Errno;

use super::{RATE, SoundError};

/// A device that takes or plays nothing for so long stands still.
const STANDSTILL: Duration = Duration::from_secs(2);

/// How often it is looked whether a sound has ended.
const PERIOD: Duration = Duration::from_millis(10);

impl From<alsa::Error> for SoundError {
    fn from(error: alsa::Error) -> Self {
        Self::Device(error.to_string())
    }
}

/// Plays samples to their end, unless they cannot begin by `latest`. Blocks.
///
/// # Errors
/// There is no device, it is busy, it went away, or it is too slow.
pub(super) fn play(samples: &[i16], latest: Instant) -> Result<(), SoundError> {
    // ALSA would tell the terminal about a missing device, each time.
    let _silence = Output::local_error_handler()?;
    let device = open()?;
    if Instant::now() >= latest {
        return Err(SoundError::Slow);
    }
    write(&device, samples)?;
    finish(&device)
}

/// Opens the default device and closes it again. Blocks.
///
/// # Errors
/// There is no device, or it is busy.
pub(super) fn find() -> Result<(), SoundError> {
    let _silence = Output::local_error_handler()?;
    open().map(drop)
}

/// Opens the default device for sounds. Blocks.
fn open() -> Result<PCM, SoundError> {
    // A card that was plugged in since is known only to a configuration that is read anew.
    alsa::config::update_free_global()?;
    // Else a device that another program holds would be waited for.
    let does_not_wait = true;
    let device = PCM::new("default", Direction::Playback, does_not_wait)?;
    let wanted = HwParams::any(&device)?;
    wanted.set_access(Access::RWInterleaved)?;
    wanted.set_format(Format::s16())?;
    wanted.set_channels(1)?;
    wanted.set_rate(RATE, ValueOr::Nearest)?;
    device.hw_params(&wanted)?;
    drop(wanted);
    Ok(device)
}

fn write(device: &PCM, mut samples: &[i16]) -> Result<(), SoundError> {
    let output = device.io_i16()?;
    while !samples.is_empty() {
        match output.writei(samples) {
            Ok(written) => samples = samples.get(written..).unwrap_or_default(),
            Err(error) if is_full(error) => {
                if !device.wait(Some(STANDSTILL.as_millis() as u32))? {
                    return Err(SoundError::Slow);
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Waits until all has been heard, which closing the device would cut off.
fn finish(device: &PCM) -> Result<(), SoundError> {
    let deadline = Instant::now() + STANDSTILL;
    while let Err(error) = device.drain() {
        if !is_full(error) {
            return Err(error.into());
        }
        // A device that does not wait says so even when it has ended.
        if device.state() != State::Draining {
            break;
        }
        if Instant::now() >= deadline {
            return Err(SoundError::Slow);
        }
        thread::sleep(PERIOD);
    }
    Ok(())
}

/// Whether the device cannot take more now.
fn is_full(error: alsa::Error) -> bool {
    error.errno() == Errno::AGAIN.raw_os_error()
}
