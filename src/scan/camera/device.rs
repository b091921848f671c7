//! Cameras: which one, in which format, with which settings, and how long it may be silent. How the system
//! is asked for it stands in a file of its own for each: Video4Linux by the crate v4l, the others by nokhwa.
//!
//! After any error the camera is dropped and opened again: an unplugged device fails each further read.
//!
//! A call into a driver may block for ever and can't be called off. So a thread of its own makes them, and
//! [`Device`] waits for it no longer than the camera may be silent.

#[cfg(not(target_os = "linux"))]
mod nokhwa;
#[cfg(target_os = "linux")]
mod video4linux;

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

#[cfg(not(target_os = "linux"))]
use nokhwa as system;
#[cfg(target_os = "linux")]
use video4linux as system;

use super::format::{Encoding, usable};
use super::source::DeviceId;
use super::{CameraError, Captured, Control, Controls, PreviewPace, pixels};
use crate::scan::clock;
use crate::scan::frame::Frame;
pub use system::numbers;
use system::{Opened, Stream};

/// How long a camera may take from opening to its first frame.
const START_LIMIT: Duration = Duration::from_secs(5);

/// How long a camera may then send nothing.
const SILENCE_LIMIT: Duration = Duration::from_secs(2);

/// How often progress is reported while a camera starts.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(200);

/// What the thread that holds the camera sends.
enum Event {
    /// The camera was opened, and this could not be set.
    Opened(Vec<Control>),
    Captured(Captured),
    /// The camera failed and is closed.
    Failed(CameraError),
}

/// A camera that sent something.
pub struct Device {
    events: Receiver<Event>,
    unmet: Vec<Control>,
    last: Instant,
}

impl Device {
    /// Opens the camera `id` with these settings and waits for the first that it sends, calling `progress`
    /// all the while.
    ///
    /// # Errors
    /// [`CameraError`] says why there is nothing.
    pub fn open(id: &DeviceId, controls: Controls, progress: &mut dyn FnMut()) -> Result<Self, CameraError> {
        let (sender, events) = mpsc::sync_channel(1);
        let id = id.clone();
        thread::Builder::new()
            .name("camera".to_owned())
            .spawn(move || {
                // The camera is closed when the error arrives, so that it can be opened again.
                if let Err(error) = stream(&id, controls, &sender) {
                    let _ = sender.send(Event::Failed(error));
                }
            })
            .map_err(|_| CameraError::Failed)?;
        let start = Instant::now();
        let mut device = Self { events, unmet: Vec::new(), last: start };
        while start.elapsed() < START_LIMIT {
            progress();
            if device.wait(PROGRESS_INTERVAL)?.is_some() {
                return Ok(device);
            }
        }
        Err(CameraError::Stalled)
    }

    /// What comes next; `None` where there is nothing yet after `patience`.
    ///
    /// # Errors
    /// [`CameraError::Stalled`] where the camera is silent for too long, or why reading failed.
    pub fn next(&mut self, patience: Duration) -> Result<Option<Captured>, CameraError> {
        let captured = self.wait(patience)?;
        if captured.is_none() && self.last.elapsed() > SILENCE_LIMIT {
            return Err(CameraError::Stalled);
        }
        Ok(captured)
    }

    /// What was to be set and could not be.
    pub fn unmet(&self) -> &[Control] {
        &self.unmet
    }

    fn wait(&mut self, patience: Duration) -> Result<Option<Captured>, CameraError> {
        match self.events.recv_timeout(patience) {
            Ok(Event::Captured(captured)) => {
                self.last = Instant::now();
                Ok(Some(captured))
            }
            Ok(Event::Opened(unmet)) => {
                self.unmet = unmet;
                Ok(None)
            }
            Ok(Event::Failed(error)) => Err(error),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(CameraError::Failed),
        }
    }
}

/// Reads frames and sends them until the receiver is gone or the camera fails.
fn stream(id: &DeviceId, controls: Controls, sender: &SyncSender<Event>) -> Result<(), CameraError> {
    let camera = find(id)?;
    let mut event = Event::Opened(camera.apply(controls));
    let mut stream = start(camera)?;
    let mut preview = PreviewPace::new();
    // Where the receiver is gone nobody wants to know any more.
    while sender.send(event).is_ok() {
        let format = stream.format();
        let bytes = stream.next()?;
        let captured = clock::monotonic();
        let frame = bytes.and_then(|bytes| match format.encoding {
            Encoding::Yuyv => pixels::yuyv(format.width, format.height, &bytes, preview.is_due()),
            Encoding::Mjpeg | Encoding::Other(_) => pixels::mjpeg(&bytes, preview.is_due()),
        });
        event = Event::Captured(frame.map(|frame| Frame { captured, ..frame }).into());
    }
    Ok(())
}

fn find(id: &DeviceId) -> Result<Opened, CameraError> {
    match id {
        DeviceId::Number(number) => Opened::open(*number),
        DeviceId::Name(name) => {
            let mut error = CameraError::Missing;
            for number in numbers() {
                match Opened::open(number) {
                    Ok(camera) if name.is_of(&camera.name()) => return Ok(camera),
                    Ok(_) => {}
                    // It may have been the one.
                    Err(this) => error = error.max(this),
                }
            }
            Err(error)
        }
    }
}

/// Starts the best of the camera's formats that it accepts.
fn start(mut camera: Opened) -> Result<Stream, CameraError> {
    let mut error = CameraError::Unsupported;
    for format in usable(&camera.formats()?) {
        (camera, error) = match camera.start(format) {
            Ok(stream) => return Ok(stream),
            Err((camera, CameraError::Failed)) => (camera, CameraError::Failed),
            // The next format will not help.
            Err((_, other)) => return Err(other),
        };
    }
    Err(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::CameraSource;

    #[test]
    fn a_camera_that_does_not_exist_is_missing() {
        for source in ["device:987", "device:name=no camera has this name"] {
            let Ok(CameraSource::Device(id)) = source.parse() else { panic!("no device") };
            let opened = Device::open(&id, Controls::default(), &mut || {});
            assert!(matches!(opened, Err(CameraError::Missing)), "{source}");
        }
    }
}
