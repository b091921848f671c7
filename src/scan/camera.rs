//! Where frames come from: a camera, or pictures that stand in for one.

mod advice;
mod controls;
mod device;
mod format;
mod health;
mod measure;
pub mod pixels;
mod replay;
mod source;

use std::time::{Duration, Instant};

use super::frame::Frame;
use super::protocol::CameraState;
pub use advice::{Advice, CodeInView, Seen};
pub use controls::{Adjustment, Control, Controls, PowerLineFrequency};
use device::Device;
pub use device::{Listed, list};
pub use format::Format;
pub use health::{Health, Quality};
pub use measure::{Brightness, sharpness};
use replay::Replay;
pub use replay::pictures;
use source::DeviceId;
pub use source::{CameraSource, FrameRate, NotACameraSource, NotAFrameRate};

/// How often the demo looks whether there is a camera by now.
const DEVICE_CHECK_INTERVAL: Duration = Duration::from_secs(1);

/// The time between two previews: about 20 a second look fluent and leave the pipe mostly empty.
const PREVIEW_INTERVAL: Duration = Duration::from_millis(50);

/// Why there are no frames. In the order of what helps most to know where several cameras fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum CameraError {
    /// There is no such camera, picture or folder, or none at all.
    #[error("there is no such camera, file or picture in a folder")]
    Missing,
    /// It offers no format that the scanner reads.
    #[error("the camera offers no usable format")]
    Unsupported,
    /// The driver failed.
    #[error("the camera failed")]
    Failed,
    /// The system refuses access.
    #[error("access to the camera is refused")]
    NoPermission,
    /// Another program uses it.
    #[error("another program uses the camera")]
    Busy,
    /// It sends nothing. A call into its driver may be blocked for ever, so this process has to end.
    #[error("the camera sends nothing")]
    Stalled,
}

impl CameraError {
    /// Each error.
    pub const ALL: [Self; 6] =
        [Self::Missing, Self::Unsupported, Self::Failed, Self::NoPermission, Self::Busy, Self::Stalled];

    /// Its name in JSON and in the name of its text.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unsupported => "unsupported",
            Self::Failed => "failed",
            Self::NoPermission => "no_permission",
            Self::Busy => "busy",
            Self::Stalled => "stalled",
        }
    }

    /// What the kiosk is told, where the camera `has_worked` before.
    pub fn state(self, has_worked: bool) -> CameraState {
        match self {
            Self::Missing if has_worked => CameraState::Unplugged,
            Self::Missing => CameraState::Missing,
            Self::Unsupported => CameraState::Unsupported,
            Self::Failed => CameraState::Failed,
            Self::NoPermission => CameraState::NoPermission,
            Self::Busy => CameraState::Busy,
            Self::Stalled => CameraState::Stalled,
        }
    }
}

/// What came from a camera.
pub enum Captured {
    /// A frame.
    Frame(Frame),
    /// A frame that cannot be decoded.
    Damaged,
}

impl From<Option<Frame>> for Captured {
    fn from(frame: Option<Frame>) -> Self {
        frame.map_or(Self::Damaged, Self::Frame)
    }
}

/// An open source of frames.
pub enum Camera {
    /// A camera.
    Device(Device),
    /// Pictures that stand in for one.
    Replay(Replay),
    /// The demo's pictures, until there is a camera.
    StandIn(Replay, DeviceWatch),
}

/// Says when a device came or went.
pub struct DeviceWatch {
    known: Vec<u32>,
    next: Instant,
}

impl DeviceWatch {
    fn new() -> Self {
        Self { known: device::numbers(), next: Instant::now() + DEVICE_CHECK_INTERVAL }
    }

    fn has_changed(&mut self) -> bool {
        let now = Instant::now();
        if now < self.next {
            return false;
        }
        self.next = now + DEVICE_CHECK_INTERVAL;
        device::numbers() != self.known
    }
}

impl Camera {
    /// Opens the source that `config` names. While a camera takes its time, `progress` is called.
    ///
    /// # Errors
    /// [`CameraError`] says why there are no frames.
    pub fn open(config: &super::Config, progress: &mut dyn FnMut()) -> Result<Self, CameraError> {
        let interval = config.frame_rate.interval();
        match &config.source {
            CameraSource::Auto => match Self::open_first(config.controls, progress) {
                Err(CameraError::Missing) if config.samples_without_camera => {
                    Ok(Self::StandIn(Replay::samples(interval), DeviceWatch::new()))
                }
                opened => opened,
            },
            CameraSource::Device(id) => Device::open(id, config.controls, progress).map(Self::Device),
            CameraSource::Replay(path) => Replay::open(path.clone(), interval).map(Self::Replay),
            CameraSource::Samples => Ok(Self::Replay(Replay::samples(interval))),
        }
    }

    fn open_first(controls: Controls, progress: &mut dyn FnMut()) -> Result<Self, CameraError> {
        let mut error = CameraError::Missing;
        for number in device::numbers() {
            match Device::open(&DeviceId::Number(number), controls, progress) {
                Ok(device) => return Ok(Self::Device(device)),
                Err(this) => error = error.max(this),
            }
        }
        Err(error)
    }

    /// What comes next; `None` where there is nothing yet after `patience`.
    ///
    /// # Errors
    /// [`CameraError`]: drop the camera and open it again.
    pub fn next(&mut self, patience: Duration) -> Result<Option<Captured>, CameraError> {
        match self {
            Self::Device(device) => device.next(patience),
            Self::Replay(replay) => replay.next(patience),
            Self::StandIn(replay, devices) => {
                if devices.has_changed() {
                    Err(CameraError::Missing)
                } else {
                    replay.next(patience)
                }
            }
        }
    }

    /// Whether it is what the settings name, and not what stands in for it.
    pub fn is_meant(&self) -> bool {
        !matches!(self, Self::StandIn(..))
    }

    /// What the camera was told to send.
    pub fn format(&self) -> Option<Format> {
        match self {
            Self::Device(device) => device.format(),
            Self::Replay(_) | Self::StandIn(..) => None,
        }
    }

    /// What was to be set on the camera and could not be.
    pub fn unmet(&self) -> &[Control] {
        match self {
            Self::Device(device) => device.unmet(),
            Self::Replay(_) | Self::StandIn(..) => &[],
        }
    }
}

/// Says which frames are to carry a preview.
struct PreviewPace {
    next: Instant,
}

impl PreviewPace {
    fn new() -> Self {
        Self { next: Instant::now() }
    }

    fn is_due(&mut self) -> bool {
        let now = Instant::now();
        let due = now >= self.next;
        if due {
            // Counted from the time that was due, so that the pace does not depend on the camera's.
            self.next = (self.next + PREVIEW_INTERVAL).max(now);
        }
        due
    }
}
