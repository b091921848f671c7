//! Cameras: which one, in which format, with which settings, and how long it may be silent. nokhwa reads
//! their frames; what they offer, what is set and what failed is on Linux asked of Video4Linux itself.
//!
//! After any error the camera is dropped and opened again: an unplugged device fails each further read.
//!
//! A call into a driver may block for ever and can't be called off. So a thread of its own makes them, and
//! [`Device`] waits for it no longer than the camera may be silent.

mod nokhwa;
#[cfg(target_os = "linux")]
mod video4linux;

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

use nokhwa::Stream;
#[cfg(not(target_os = "linux"))]
use nokhwa::system;
#[cfg(target_os = "linux")]
use video4linux as system;

use super::format::{Encoding, Format, usable};
use super::source::DeviceId;
use super::{CameraError, Captured, Control, Controls, PreviewPace, pixels};
use crate::scan::clock;
use crate::scan::frame::Frame;
use system::Opened;
pub use system::numbers;

/// How long a camera may take from opening to its first frame.
const START_LIMIT: Duration = Duration::from_secs(5);

/// How long a camera may then send nothing.
const SILENCE_LIMIT: Duration = Duration::from_secs(2);

/// How often progress is reported while a camera starts.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(200);

/// What the thread that holds the camera sends.
enum Event {
    /// The camera was opened in this format, and that could not be set.
    Opened(Format, Vec<Control>),
    Captured(Captured),
    /// The camera failed and is closed.
    Failed(CameraError),
}

/// A camera that sent something.
pub struct Device {
    events: Receiver<Event>,
    format: Option<Format>,
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
        let mut device = Self { events, format: None, unmet: Vec::new(), last: start };
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

    /// What it sends.
    pub fn format(&self) -> Option<Format> {
        self.format
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
            Ok(Event::Opened(format, unmet)) => {
                (self.format, self.unmet) = (Some(format), unmet);
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
    let unmet = camera.apply(controls);
    let mut stream = start(camera)?;
    let format = stream.format();
    let mut preview = PreviewPace::new();
    let mut event = Event::Opened(format, unmet);
    // Where the receiver is gone nobody wants to know any more.
    while sender.send(event).is_ok() {
        let bytes = stream.next()?;
        // nokhwa does not give the driver's own time.
        let captured = clock::monotonic();
        let frame = match format.encoding {
            Encoding::Yuyv => pixels::yuyv(format.width, format.height, &bytes, preview.is_due()),
            Encoding::Mjpeg | Encoding::Other(_) => pixels::mjpeg(&bytes, preview.is_due()),
        };
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
    let (number, formats) = (camera.number(), camera.formats()?);
    // Who holds a camera may keep others from it.
    drop(camera);
    let mut error = CameraError::Unsupported;
    for format in usable(&formats) {
        error = match Stream::open(number, format) {
            Err(CameraError::Failed) => CameraError::Failed,
            // The next format will not help.
            opened_or_hopeless => return opened_or_hopeless,
        };
    }
    Err(error)
}

/// What an error of the system means, by its number where it has one: those of POSIX's errno.h, on which
/// Linux and its relatives agree.
fn meaning(number: Option<i32>) -> CameraError {
    match number {
        // ENOENT, ENXIO, ENODEV
        Some(2 | 6 | 19) => CameraError::Missing,
        // EPERM, EACCES
        Some(1 | 13) => CameraError::NoPermission,
        // EBUSY
        Some(16) => CameraError::Busy,
        _ => CameraError::Failed,
    }
}

/// A camera of this system.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its number in `device:N`.
    pub number: u32,
    /// What it calls itself, where it can be asked.
    pub name: Option<String>,
    /// What it offers.
    pub formats: Vec<Format>,
    /// The format in which the scanner would open it now, or why it can't.
    pub opens: Result<Format, CameraError>,
}

impl Listed {
    fn fails(number: u32, error: CameraError) -> Self {
        Self { number, name: None, formats: Vec::new(), opens: Err(error) }
    }
}

/// The cameras of this system, each opened for a moment.
pub fn list() -> Vec<Listed> {
    let cameras = numbers().into_iter().map(|number| {
        let (sender, described) = mpsc::sync_channel(1);
        let thread = thread::Builder::new().name("camera".to_owned());
        // Where the thread is refused the sender is gone.
        let _ = thread.spawn(move || sender.send(describe(number)));
        match described.recv_timeout(START_LIMIT) {
            Ok(listed) => listed,
            Err(RecvTimeoutError::Timeout) => Listed::fails(number, CameraError::Stalled),
            Err(RecvTimeoutError::Disconnected) => Listed::fails(number, CameraError::Failed),
        }
    });
    // What captures nothing is no camera.
    cameras.filter(|camera| camera.opens != Err(CameraError::Missing)).collect()
}

fn describe(number: u32) -> Listed {
    let mut camera = match Opened::open(number) {
        Ok(camera) => camera,
        Err(error) => return Listed::fails(number, error),
    };
    let name = Some(camera.name());
    let formats = camera.formats().unwrap_or_default();
    let opens = start(camera).map(|stream| stream.format());
    Listed { number, name, formats, opens }
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
