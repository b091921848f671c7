//! Frames of cameras, by nokhwa. Its own conversions of them are never used.

use std::borrow::Cow;

use ::nokhwa::utils::{
    CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType, Resolution,
};
use ::nokhwa::{Camera, NokhwaError};

use super::super::format::{Encoding, Format};
use super::{CameraError, meaning};

const ENCODINGS: [FrameFormat; 2] = [FrameFormat::YUYV, FrameFormat::MJPEG];

/// A camera that sends frames.
pub struct Stream {
    camera: Camera,
    format: Format,
}

impl Stream {
    /// Opens camera `number`, which nobody else in this process may hold, to send frames of this format.
    ///
    /// # Errors
    /// [`CameraError::Failed`] where the camera does not accept the format; on Linux also where its frame
    /// rate is no whole number, which nokhwa can't say. Elsewhere nokhwa doesn't tell why.
    pub fn open(number: u32, format: Format) -> Result<Self, CameraError> {
        // nokhwa opens no camera that is set to a format which it doesn't know.
        #[cfg(target_os = "linux")]
        let format = super::system::Opened::open(number)?.set_format(format)?;
        let encoding = match format.encoding {
            Encoding::Yuyv => FrameFormat::YUYV,
            Encoding::Mjpeg => FrameFormat::MJPEG,
            Encoding::Other(_) => return Err(CameraError::Failed),
        };
        let resolution = Resolution::new(format.width, format.height);
        let wanted = CameraFormat::new(resolution, encoding, format.frame_rate);
        let request = RequestedFormat::with_formats(RequestedFormatType::Exact(wanted), &ENCODINGS);
        let mut camera = Camera::new(CameraIndex::Index(number), request).map_err(classify)?;
        if camera.camera_format() != wanted {
            return Err(CameraError::Failed);
        }
        // Opened twice it fails each read.
        camera.open_stream().map_err(classify)?;
        Ok(Self { camera, format })
    }

    /// What it sends.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Waits for the next frame, for ever where the camera stops. On Linux it is the whole of the driver's
    /// buffer: behind a frame stands what was there before. What the driver says of the frame, such as its
    /// length and time, nokhwa keeps to itself.
    ///
    /// # Errors
    /// [`CameraError`]; each further call fails, too.
    pub fn next(&mut self) -> Result<Cow<'_, [u8]>, CameraError> {
        self.camera.frame_raw().map_err(classify)
    }
}

/// What an error of nokhwa means, whose text ends in that of the system's [`std::io::Error`], if there is one.
fn classify(error: NokhwaError) -> CameraError {
    let text = error.to_string();
    let number = text.rsplit_once("(os error ").and_then(|(_, rest)| rest.split_once(')'));
    meaning(number.and_then(|(number, _)| number.parse().ok()))
}

/// What is asked of Linux itself, elsewhere by nokhwa.
#[cfg(not(target_os = "linux"))]
pub mod system {
    use ::nokhwa::query;
    use ::nokhwa::utils::ApiBackend;

    use super::super::super::controls::{Control, Controls};
    use super::*;

    /// The numbers of the system's cameras, in their order.
    pub fn numbers() -> Vec<u32> {
        let cameras = query(ApiBackend::Auto).unwrap_or_default();
        let mut numbers: Vec<u32> =
            cameras.iter().filter_map(|camera| camera.index().as_index().ok()).collect();
        numbers.sort_unstable();
        numbers
    }

    /// An open camera.
    pub struct Opened {
        camera: Camera,
        number: u32,
    }

    impl Opened {
        /// Opens camera `number`.
        ///
        /// # Errors
        /// nokhwa doesn't tell why.
        pub fn open(number: u32) -> Result<Self, CameraError> {
            // Only an open camera tells its formats; this one is not read.
            let any = RequestedFormat::with_formats(RequestedFormatType::None, &ENCODINGS);
            let camera = Camera::new(CameraIndex::Index(number), any).map_err(classify)?;
            Ok(Self { camera, number })
        }

        /// Its number.
        pub fn number(&self) -> u32 {
            self.number
        }

        /// What the camera calls itself.
        pub fn name(&self) -> String {
            self.camera.info().human_name()
        }

        /// What the camera offers.
        ///
        /// # Errors
        /// The driver failed.
        pub fn formats(&mut self) -> Result<Vec<Format>, CameraError> {
            let offered = self.camera.compatible_camera_formats().map_err(classify)?;
            Ok(offered.iter().filter_map(known).collect())
        }

        /// Sets what can be set, and gives what can't: nothing is set here yet.
        pub fn apply(&self, _controls: Controls) -> Vec<Control> {
            Control::ALL.to_vec()
        }
    }

    fn known(format: &CameraFormat) -> Option<Format> {
        let encoding = match format.format() {
            FrameFormat::YUYV => Encoding::Yuyv,
            FrameFormat::MJPEG => Encoding::Mjpeg,
            _ => return None,
        };
        let (width, height, frame_rate) = (format.width(), format.height(), format.frame_rate());
        Some(Format { encoding, width, height, frame_rate })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_errors_are_told_apart() {
        for (number, expected) in [
            (2, CameraError::Missing),
            (19, CameraError::Missing),
            (13, CameraError::NoPermission),
            (16, CameraError::Busy),
            (5, CameraError::Failed),
            (22, CameraError::Failed),
        ] {
            let system = std::io::Error::from_raw_os_error(number);
            assert_eq!(classify(NokhwaError::OpenStreamError(system.to_string())), expected, "{system}");
        }
    }

    #[test]
    fn an_error_that_is_not_the_systems_is_a_failure() {
        assert_eq!(classify(NokhwaError::UnitializedError), CameraError::Failed);
    }
}
