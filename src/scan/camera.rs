//! Where frames come from: a camera, or pictures that stand in for one.

mod device;
mod pixels;
mod replay;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::frame::Frame;
use super::protocol::CameraState;
use device::Device;
use replay::Replay;
pub use replay::pictures;

/// The time between two previews: about 20 a second look fluent and leave the pipe mostly empty.
const PREVIEW_INTERVAL: Duration = Duration::from_millis(50);

/// Where the scanner looks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum CameraSource {
    /// `auto`: the first camera, in the order of their numbers, that can be opened and sends frames.
    Auto,
    /// `device:N`, or `device:/dev/videoN` on Linux: this camera alone.
    Device(u32),
    /// `replay:PATH`: a picture, or the pictures of a folder in the order of their names, again and again.
    Replay(PathBuf),
    /// `samples`: the demo's pictures, a lobby into which visitors come, one after the other.
    Samples,
}

/// The text names no source of frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a camera: use auto, device:N, device:/dev/videoN (N a number), or replay:PATH (a picture or a folder of pictures)"
)]
pub struct NotACameraSource;

impl FromStr for CameraSource {
    type Err = NotACameraSource;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            None if text == "auto" => Ok(Self::Auto),
            None if text == "samples" => Ok(Self::Samples),
            Some(("device", name)) => {
                let number = name.strip_prefix("/dev/video").unwrap_or(name);
                let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
                let number = if is_number { number.parse().ok() } else { None };
                number.map(Self::Device).ok_or(NotACameraSource)
            }
            Some(("replay", path)) if !path.is_empty() => Ok(Self::Replay(path.into())),
            _ => Err(NotACameraSource),
        }
    }
}

impl TryFrom<String> for CameraSource {
    type Error = NotACameraSource;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for CameraSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => formatter.write_str("auto"),
            Self::Device(number) => write!(formatter, "device:{number}"),
            Self::Replay(path) => write!(formatter, "replay:{}", path.display()),
            Self::Samples => formatter.write_str("samples"),
        }
    }
}

/// How many pictures a second a replay offers, from 1 to 120.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "i64")]
pub struct FrameRate(u32);

/// The number is no frame rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a frame rate: use a whole number from 1 to 120")]
pub struct NotAFrameRate;

impl FrameRate {
    /// The frame rate of common cameras.
    pub const DEFAULT: Self = Self(30);

    fn interval(self) -> Duration {
        Duration::from_secs(1) / self.0
    }
}

impl TryFrom<u32> for FrameRate {
    type Error = NotAFrameRate;

    fn try_from(rate: u32) -> Result<Self, Self::Error> {
        if (1..=120).contains(&rate) { Ok(Self(rate)) } else { Err(NotAFrameRate) }
    }
}

impl TryFrom<i64> for FrameRate {
    type Error = NotAFrameRate;

    fn try_from(rate: i64) -> Result<Self, Self::Error> {
        u32::try_from(rate).map_err(|_| NotAFrameRate)?.try_into()
    }
}

impl FromStr for FrameRate {
    type Err = NotAFrameRate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<u32>().map_err(|_| NotAFrameRate)?.try_into()
    }
}

impl fmt::Display for FrameRate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Why there are no frames. In the order of what helps most to know where several cameras fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum CameraError {
    /// There is no such camera, picture or folder, or none at all.
    #[error("there is no camera")]
    Missing,
    /// There is no usable format or no readable picture, or the driver failed.
    #[error("the camera failed")]
    Failed,
    /// The system refuses access.
    #[error("access to the camera is refused")]
    NoPermission,
    /// Another program uses it.
    #[error("another program uses the camera")]
    Busy,
    /// It sends nothing. A call into its driver is blocked for ever, so this process has to end.
    #[error("the camera sends nothing")]
    Stalled,
}

impl CameraError {
    /// What the kiosk is told.
    pub fn state(self) -> CameraState {
        match self {
            Self::Missing => CameraState::Missing,
            Self::Failed => CameraState::Failed,
            Self::NoPermission => CameraState::NoPermission,
            Self::Busy => CameraState::Busy,
            Self::Stalled => CameraState::Stalled,
        }
    }
}

/// An open source of frames.
pub enum Camera {
    /// A camera.
    Device(Device),
    /// Pictures that stand in for one.
    Replay(Replay),
}

impl Camera {
    /// Opens the source that `config` names. While a camera takes its time, `progress` is called.
    ///
    /// # Errors
    /// [`CameraError`] says why there are no frames.
    pub fn open(config: &super::Config, progress: &mut dyn FnMut()) -> Result<Self, CameraError> {
        let interval = config.frame_rate.interval();
        match &config.source {
            CameraSource::Auto => match Self::open_first(progress) {
                Err(_) if config.samples_without_camera => Ok(Self::Replay(Replay::samples(interval))),
                opened => opened,
            },
            CameraSource::Device(number) => Device::open(*number, progress).map(Self::Device),
            CameraSource::Replay(path) => Replay::open(path.clone(), interval).map(Self::Replay),
            CameraSource::Samples => Ok(Self::Replay(Replay::samples(interval))),
        }
    }

    fn open_first(progress: &mut dyn FnMut()) -> Result<Self, CameraError> {
        let mut error = CameraError::Missing;
        for number in device::numbers() {
            match Device::open(number, progress) {
                Ok(device) => return Ok(Self::Device(device)),
                Err(this) => error = error.max(this),
            }
        }
        Err(error)
    }

    /// The next frame; `None` where there is none yet after `patience`, or where one was damaged.
    ///
    /// # Errors
    /// [`CameraError`]: drop the camera and open it again.
    pub fn next_frame(&mut self, patience: Duration) -> Result<Option<Frame>, CameraError> {
        match self {
            Self::Device(device) => device.next_frame(patience),
            Self::Replay(replay) => replay.next_frame(patience),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_a_source_is_understood() {
        for (text, source) in [
            ("auto", CameraSource::Auto),
            ("device:0", CameraSource::Device(0)),
            ("device:/dev/video12", CameraSource::Device(12)),
            ("replay:a.png", CameraSource::Replay("a.png".into())),
            ("replay:/tmp/a:b c", CameraSource::Replay("/tmp/a:b c".into())),
            ("samples", CameraSource::Samples),
        ] {
            assert_eq!(text.parse(), Ok(source), "{text}");
        }
    }

    #[test]
    fn what_is_no_source_is_refused_with_the_accepted_values() {
        for text in [
            "",
            "Auto",
            "device",
            "device:",
            "device:-1",
            "device:+1",
            "device:/dev/video",
            "device:/dev/vídeo0",
            "device:99999999999",
            "replay:",
            "webcam:0",
        ] {
            let error = text.parse::<CameraSource>().unwrap_err().to_string();
            for accepted in ["auto", "device:N", "device:/dev/videoN", "replay:PATH"] {
                assert!(error.contains(accepted), "{text}");
            }
        }
    }

    #[test]
    fn a_source_written_out_is_understood_again() {
        for text in ["auto", "device:3", "replay:/some/folder", "samples"] {
            assert_eq!(text.parse::<CameraSource>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_source_in_settings_is_parsed_the_same_way() {
        let source: CameraSource = serde_json::from_str("\"device:2\"").unwrap();
        assert_eq!(source, CameraSource::Device(2));
        let error = serde_json::from_str::<CameraSource>("\"webcam\"").unwrap_err().to_string();
        assert!(error.contains("device:N"), "{error}");
    }

    #[test]
    fn a_frame_rate_lies_between_1_and_120() {
        for (text, valid) in
            [("1", true), ("120", true), ("0", false), ("121", false), ("-1", false), ("x", false)]
        {
            assert_eq!(text.parse::<FrameRate>().is_ok(), valid, "{text}");
        }
    }
}
