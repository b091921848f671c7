//! Cameras, through nokhwa; on Linux through V4L2. The only file that imports nokhwa.
//!
//! Which format is used: the camera's formats are enumerated, and of those that it *offers* as YUYV or
//! MJPEG, with at least 640x480 pixels at 10 frames a second, the best is opened (see [`Format::rank`]).
//! nokhwa's own conversions are never used, and after any error the camera is dropped and opened again:
//! an unplugged device fails each further read.
//!
//! A read from a camera that stopped sending blocks for ever and can't be called off. So a thread of its
//! own reads, and [`Device::next_frame`] waits for it no longer than the camera may be silent.

use std::cmp::Reverse;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

use nokhwa::utils::{
    CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType, Resolution,
};
use nokhwa::{Camera, NokhwaError};

use super::{CameraError, PreviewPace, pixels};
use crate::scan::frame::Frame;

/// How long a camera may take from opening to its first frame.
const START_LIMIT: Duration = Duration::from_secs(5);

/// How long a camera may then send nothing.
const SILENCE_LIMIT: Duration = Duration::from_secs(2);

/// How often progress is reported while a camera starts.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(200);

/// What the reading thread sends: a frame, `None` for a damaged one, or why it ended.
type Event = Result<Option<Frame>, CameraError>;

/// A camera that sent its first frame.
pub struct Device {
    events: Receiver<Event>,
    last_frame: Instant,
}

impl Device {
    /// Opens camera `number` and waits for its first frame, calling `progress` all the while.
    ///
    /// # Errors
    /// [`CameraError`] says why there is none.
    pub fn open(number: u32, progress: &mut dyn FnMut()) -> Result<Self, CameraError> {
        let (sender, events) = mpsc::sync_channel(1);
        thread::Builder::new()
            .name(format!("camera {number}"))
            .spawn(move || {
                // The camera is closed when the error arrives, so that it can be opened again.
                let error = match stream(number, &sender) {
                    Ok(()) => return,
                    Err(error) => error,
                };
                let _ = sender.send(Err(error));
            })
            .map_err(|_| CameraError::Failed)?;
        let start = Instant::now();
        let mut device = Self { events, last_frame: start };
        while start.elapsed() < START_LIMIT {
            progress();
            if device.wait(PROGRESS_INTERVAL)?.is_some() {
                return Ok(device);
            }
        }
        Err(CameraError::Stalled)
    }

    /// The next frame; `None` where there is none yet after `patience`, or where one was damaged.
    ///
    /// # Errors
    /// [`CameraError::Stalled`] where the camera is silent for too long, or why reading failed.
    pub fn next_frame(&mut self, patience: Duration) -> Result<Option<Frame>, CameraError> {
        let frame = self.wait(patience)?;
        if frame.is_none() && self.last_frame.elapsed() > SILENCE_LIMIT {
            return Err(CameraError::Stalled);
        }
        Ok(frame)
    }

    fn wait(&mut self, patience: Duration) -> Result<Option<Frame>, CameraError> {
        let frame = match self.events.recv_timeout(patience) {
            Ok(event) => event?,
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return Err(CameraError::Failed),
        };
        if frame.is_some() {
            self.last_frame = Instant::now();
        }
        Ok(frame)
    }
}

/// The numbers of the system's cameras, in their order. nokhwa's own query isn't used on Linux: it panics
/// on names like `/dev/videocamera`.
#[cfg(target_os = "linux")]
pub fn numbers() -> Vec<u32> {
    let entries = std::fs::read_dir("/dev").into_iter().flatten();
    let mut numbers: Vec<u32> = entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_prefix("video")?.parse().ok())
        .collect();
    numbers.sort_unstable();
    numbers
}

/// The numbers of the system's cameras, in their order.
#[cfg(not(target_os = "linux"))]
pub fn numbers() -> Vec<u32> {
    let cameras = nokhwa::query(nokhwa::utils::ApiBackend::Auto).unwrap_or_default();
    let mut numbers: Vec<u32> = cameras.iter().filter_map(|camera| camera.index().as_index().ok()).collect();
    numbers.sort_unstable();
    numbers
}

/// Reads frames and sends them until the receiver is gone or the camera fails.
fn stream(number: u32, sender: &SyncSender<Event>) -> Result<(), CameraError> {
    let mut camera = open(number)?;
    let mut preview = PreviewPace::new();
    loop {
        let format = camera.camera_format();
        let bytes = camera.frame_raw().map_err(|error| classify(&error))?;
        let with_preview = preview.is_due();
        let frame = match format.format() {
            FrameFormat::YUYV => pixels::yuyv(format.width(), format.height(), &bytes, with_preview),
            _ => pixels::mjpeg(&bytes, with_preview),
        };
        if sender.send(Ok(frame)).is_err() {
            return Ok(());
        }
    }
}

/// Opens camera `number` in the best of its formats that it accepts.
fn open(number: u32) -> Result<Camera, CameraError> {
    let encodings = [FrameFormat::YUYV, FrameFormat::MJPEG];
    // Only an open camera tells its formats; this one stays until the next line chooses another.
    let any = RequestedFormat::with_formats(RequestedFormatType::None, &encodings);
    let mut camera = Camera::new(CameraIndex::Index(number), any).map_err(|error| classify(&error))?;
    let offered = camera.compatible_camera_formats().map_err(|error| classify(&error))?;
    let mut formats: Vec<Format> = offered.iter().filter_map(Format::new).collect();
    formats.sort_by_key(Format::rank);
    let mut error = CameraError::Failed;
    for format in formats {
        let exact = RequestedFormatType::Exact(format.into());
        let accepted = camera
            .set_camera_requset(RequestedFormat::with_formats(exact, &encodings))
            .and_then(|_| camera.open_stream());
        match accepted {
            Ok(()) => return Ok(camera),
            Err(refused) => error = classify(&refused),
        }
        if error != CameraError::Failed {
            break;
        }
    }
    Err(error)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// Two bytes a pixel; the decoders need only half of them, as they are.
    Yuyv,
    /// One JPEG file a frame.
    Mjpeg,
}

/// A usable format of a camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Format {
    encoding: Encoding,
    width: u32,
    height: u32,
    frame_rate: u32,
}

impl Format {
    fn new(format: &CameraFormat) -> Option<Self> {
        let encoding = match format.format() {
            FrameFormat::YUYV => Encoding::Yuyv,
            FrameFormat::MJPEG => Encoding::Mjpeg,
            _ => return None,
        };
        let (width, height, frame_rate) = (format.width(), format.height(), format.frame_rate());
        let usable = width >= 640 && height >= 480 && frame_rate >= 10;
        usable.then_some(Self { encoding, width, height, frame_rate })
    }

    /// The lower the better: fluent before jerky, then near to 1280x720, where codes are large enough and
    /// decoding fast, then near to 30 frames a second, then without JPEG.
    fn rank(&self) -> (Reverse<bool>, u32, u32, bool) {
        let pixels = self.width.saturating_mul(self.height);
        (
            Reverse(self.frame_rate >= 15),
            pixels.abs_diff(1280 * 720),
            self.frame_rate.abs_diff(30),
            self.encoding == Encoding::Mjpeg,
        )
    }
}

impl From<Format> for CameraFormat {
    fn from(format: Format) -> Self {
        let encoding = match format.encoding {
            Encoding::Yuyv => FrameFormat::YUYV,
            Encoding::Mjpeg => FrameFormat::MJPEG,
        };
        Self::new(Resolution::new(format.width, format.height), encoding, format.frame_rate)
    }
}

/// What an error of nokhwa means, whose text ends in that of a [`std::io::Error`] with the number of the
/// system's error. The numbers are Linux's (errno.h); elsewhere they don't occur.
fn classify(error: &NokhwaError) -> CameraError {
    let text = error.to_string();
    let number = text
        .rsplit_once("(os error ")
        .and_then(|(_, rest)| rest.split_once(')'))
        .and_then(|(number, _)| number.parse::<i32>().ok());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn format(width: u32, height: u32, frame_rate: u32, encoding: FrameFormat) -> CameraFormat {
        CameraFormat::new(Resolution::new(width, height), encoding, frame_rate)
    }

    fn best(offered: &[CameraFormat]) -> Option<CameraFormat> {
        let formats = offered.iter().filter_map(Format::new);
        formats.min_by_key(Format::rank).map(CameraFormat::from)
    }

    #[test]
    fn a_common_webcam_is_opened_with_720_lines_at_full_speed() {
        use FrameFormat::{MJPEG, YUYV};
        let offered = [
            format(320, 180, 1, YUYV),
            format(640, 480, 30, YUYV),
            format(1280, 720, 10, YUYV),
            format(1280, 720, 30, MJPEG),
            format(1920, 1080, 30, MJPEG),
            format(3840, 2160, 2, MJPEG),
        ];
        assert_eq!(best(&offered), Some(format(1280, 720, 30, MJPEG)));
    }

    #[test]
    fn of_equal_formats_the_one_without_jpeg_is_opened() {
        let yuyv = format(1280, 720, 30, FrameFormat::YUYV);
        assert_eq!(best(&[format(1280, 720, 30, FrameFormat::MJPEG), yuyv]), Some(yuyv));
    }

    #[test]
    fn a_slow_format_is_better_than_none() {
        let slow = format(1280, 720, 10, FrameFormat::YUYV);
        assert_eq!(best(&[slow, format(640, 480, 5, FrameFormat::YUYV)]), Some(slow));
    }

    #[test]
    fn what_is_too_small_too_slow_or_of_another_encoding_is_not_opened() {
        let offered = [
            format(320, 240, 30, FrameFormat::YUYV),
            format(1280, 720, 5, FrameFormat::MJPEG),
            format(1280, 720, 30, FrameFormat::NV12),
        ];
        assert_eq!(best(&offered), None);
    }

    #[test]
    fn the_systems_errors_are_told_apart() {
        for (number, expected) in [
            (2, CameraError::Missing),
            (19, CameraError::Missing),
            (13, CameraError::NoPermission),
            (16, CameraError::Busy),
            (5, CameraError::Failed),
        ] {
            let system = std::io::Error::from_raw_os_error(number);
            let error = NokhwaError::OpenDeviceError("0".to_owned(), format!("V4L2 Error: {system}"));
            assert_eq!(classify(&error), expected, "{system}");
        }
    }

    #[test]
    fn a_camera_that_does_not_exist_is_missing() {
        let opened = Device::open(987, &mut || {});
        assert!(matches!(opened, Err(CameraError::Missing)));
    }
}
