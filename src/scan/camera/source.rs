//! Where the scanner looks, as people write it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use serde::Deserialize;

/// Where the scanner looks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum CameraSource {
    /// `auto`: the first camera, in the order of their numbers, that can be opened and sends frames.
    Auto,
    /// `device:…`: this camera alone.
    Device(DeviceId),
    /// `replay:PATH`: a picture, or the pictures of a folder in the order of their names, again and again.
    Replay(PathBuf),
    /// `samples`: the demo's pictures, a lobby into which visitors come, one after the other.
    Samples,
}

/// Which camera. Numbers change when cameras are plugged in another order; names stay.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DeviceId {
    /// `device:N`, or `device:/dev/videoN` on Linux.
    Number(u32),
    /// `device:name=…`: the first camera with that name, looked up anew each time one is opened.
    Name(DeviceName),
}

/// A camera's name or a part of it, in upper or lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DeviceName(String);

impl DeviceName {
    /// Whether a camera that calls itself `name` is meant.
    pub fn is_of(&self, name: &str) -> bool {
        name.to_lowercase().contains(&self.0.to_lowercase())
    }
}

/// The text names no source of frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a camera: use auto, device:N, device:/dev/videoN (N a number), device:name=NAME (a camera's name or a \
     part of it), or replay:PATH (a picture or a folder of pictures)"
)]
pub struct NotACameraSource;

impl FromStr for CameraSource {
    type Err = NotACameraSource;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            None if text == "auto" => Ok(Self::Auto),
            None if text == "samples" => Ok(Self::Samples),
            Some(("device", device)) => device.parse().map(Self::Device),
            Some(("replay", path)) if !path.is_empty() => Ok(Self::Replay(path.into())),
            _ => Err(NotACameraSource),
        }
    }
}

impl FromStr for DeviceId {
    type Err = NotACameraSource;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(name) = text.strip_prefix("name=") {
            let name = name.trim();
            let is_name = !name.is_empty() && !name.contains(char::is_control);
            return if is_name { Ok(Self::Name(DeviceName(name.to_owned()))) } else { Err(NotACameraSource) };
        }
        let number = text.strip_prefix("/dev/video").unwrap_or(text);
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
        let number = if is_number { number.parse().ok() } else { None };
        number.map(Self::Number).ok_or(NotACameraSource)
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
            Self::Device(DeviceId::Number(number)) => write!(formatter, "device:{number}"),
            Self::Device(DeviceId::Name(name)) => write!(formatter, "device:name={}", name.0),
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

    /// The time between two frames.
    pub(super) fn interval(self) -> Duration {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> DeviceName {
        DeviceName(name.to_owned())
    }

    #[test]
    fn each_form_of_a_source_is_understood() {
        for (text, source) in [
            ("auto", CameraSource::Auto),
            ("device:0", CameraSource::Device(DeviceId::Number(0))),
            ("device:/dev/video12", CameraSource::Device(DeviceId::Number(12))),
            ("device:name=C270", CameraSource::Device(DeviceId::Name(named("C270")))),
            ("device:name= A: b=c ", CameraSource::Device(DeviceId::Name(named("A: b=c")))),
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
            "device:name",
            "device:name=",
            "device:name=  ",
            "device:name=a\nb",
            "device:C270",
            "replay:",
            "webcam:0",
        ] {
            let error = text.parse::<CameraSource>().unwrap_err().to_string();
            for accepted in ["auto", "device:N", "device:/dev/videoN", "device:name=NAME", "replay:PATH"] {
                assert!(error.contains(accepted), "{text}");
            }
        }
    }

    #[test]
    fn a_source_written_out_is_understood_again() {
        for text in ["auto", "device:3", "device:name=Logitech C270", "replay:/some/folder", "samples"] {
            assert_eq!(text.parse::<CameraSource>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_camera_is_found_by_a_part_of_its_name_in_any_case() {
        let name = named("logitech c270");
        assert!(name.is_of("HD Webcam: Logitech C270 (046d)"));
        assert!(!name.is_of("Logitech C920"));
    }

    #[test]
    fn a_source_in_settings_is_parsed_the_same_way() {
        let source: CameraSource = serde_json::from_str("\"device:2\"").unwrap();
        assert_eq!(source, CameraSource::Device(DeviceId::Number(2)));
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
