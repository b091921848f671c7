//! Cameras of other systems, by nokhwa. Its own conversions of frames are never used.

use ::nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType, Resolution,
};
use ::nokhwa::{Camera, NokhwaError, query};

use super::super::controls::{Control, Controls};
use super::super::format::{Encoding, Format};
use super::{CameraError, Sent};
use crate::scan::clock;

const ENCODINGS: [FrameFormat; 2] = [FrameFormat::YUYV, FrameFormat::MJPEG];

/// The numbers of the system's cameras, in their order.
pub fn numbers() -> Vec<u32> {
    let cameras = query(ApiBackend::Auto).unwrap_or_default();
    let mut numbers: Vec<u32> = cameras.iter().filter_map(|camera| camera.index().as_index().ok()).collect();
    numbers.sort_unstable();
    numbers
}

/// An open camera.
pub struct Opened(Camera);

impl Opened {
    /// Opens camera `number`.
    ///
    /// # Errors
    /// nokhwa doesn't tell why.
    pub fn open(number: u32) -> Result<Self, CameraError> {
        // Only an open camera tells its formats; this one stays until another is chosen.
        let any = RequestedFormat::with_formats(RequestedFormatType::None, &ENCODINGS);
        Camera::new(CameraIndex::Index(number), any).map(Self).map_err(failed)
    }

    /// What the camera calls itself.
    pub fn name(&self) -> String {
        self.0.info().human_name()
    }

    /// What the camera offers.
    ///
    /// # Errors
    /// The driver failed.
    pub fn formats(&mut self) -> Result<Vec<Format>, CameraError> {
        let offered = self.0.compatible_camera_formats().map_err(failed)?;
        Ok(offered.iter().filter_map(known).collect())
    }

    /// Sets what can be set, and gives what can't: nothing is set here yet.
    pub fn apply(&self, _controls: Controls) -> Vec<Control> {
        Control::ALL.to_vec()
    }

    /// Prepares the camera to send frames of this format.
    ///
    /// # Errors
    /// [`CameraError::Failed`] where the camera does not accept the format; it comes back then.
    pub fn start(mut self, format: Format) -> Result<Stream, (Self, CameraError)> {
        let encoding = match format.encoding {
            Encoding::Yuyv => FrameFormat::YUYV,
            Encoding::Mjpeg => FrameFormat::MJPEG,
            Encoding::Other(_) => return Err((self, CameraError::Failed)),
        };
        let resolution = Resolution::new(format.width, format.height);
        let exact = RequestedFormatType::Exact(CameraFormat::new(resolution, encoding, format.frame_rate));
        let request = RequestedFormat::with_formats(exact, &ENCODINGS);
        match self.0.set_camera_requset(request).and_then(|_| self.0.open_stream()) {
            Ok(()) => Ok(Stream { camera: self.0, format }),
            Err(error) => Err((self, failed(error))),
        }
    }
}

fn failed(_: NokhwaError) -> CameraError {
    CameraError::Failed
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

/// A camera that sends frames.
pub struct Stream {
    camera: Camera,
    format: Format,
}

impl Stream {
    /// What it sends.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Waits for the next frame.
    ///
    /// # Errors
    /// [`CameraError`]; each further call fails, too.
    pub fn next(&mut self) -> Result<Option<Sent<'_>>, CameraError> {
        let bytes = self.camera.frame_raw().map_err(failed)?;
        Ok(Some(Sent { bytes, captured: clock::monotonic() }))
    }
}
