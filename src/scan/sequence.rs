//! A camera looked through frame by frame, for whoever installs a kiosk: the door's own [`Watcher`], without
//! a screen to feed and without a frame dropped.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::camera::{Camera, CameraError, CameraSource, Captured, pictures};
use super::child;
use super::clock::cpu_time;
use super::decode::Decoded;
use super::frame::{Luma, PictureError};
use super::watcher::{Failure, Notice, Watcher};

/// How long a camera may be silent before it is asked whether it still works.
const PATIENCE: Duration = Duration::from_millis(250);

/// What the door made of one frame.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrameLook {
    /// The picture's file, where pictures are replayed.
    pub file: Option<PathBuf>,
    /// Each code that was read.
    pub found: Vec<Decoded>,
    /// What this process and its worker spent on it, picture files' own decoding apart.
    pub cpu: Duration,
    /// Where the decoders failed at it: why, and what follows.
    pub failure: Option<Failure>,
}

/// Looks at each frame of `config`'s source and tells `each` what it shows, until that says `false`. A
/// replay ends with its folder; a picture that can't be read is told instead of what it shows.
///
/// # Errors
/// Why there are no more frames.
pub fn look_through(
    config: &super::Config,
    each: &mut dyn FnMut(Result<FrameLook, (PathBuf, PictureError)>) -> bool,
) -> Result<(), CameraError> {
    let failure = Cell::new(None);
    let mut tell = |notice| {
        if let Notice::Failed(failed) = notice {
            failure.set(Some(failed));
        }
    };
    let mut watcher = Watcher::new(child::program(), &mut tell);
    let mut look = |file: Option<PathBuf>, luma: Arc<Luma>| {
        let start = cpu_time();
        let look = watcher.look(&luma);
        let cpu = cpu_time().saturating_sub(start) + look.cpu;
        FrameLook { file, found: look.found, cpu, failure: failure.take() }
    };
    if let CameraSource::Replay(path) = &config.source {
        for file in pictures(path)? {
            let told = match Luma::load(&file) {
                Ok(luma) => Ok(look(Some(file), Arc::new(luma))),
                Err(error) => Err((file, error)),
            };
            if !each(told) {
                break;
            }
        }
        return Ok(());
    }
    let mut camera = Camera::open(config, &mut || {})?;
    loop {
        if let Some(Captured::Frame(frame)) = camera.next(PATIENCE)?
            && !each(Ok(look(None, frame.luma)))
        {
            return Ok(());
        }
    }
}
