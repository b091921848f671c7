//! Seeing: a camera's frames become readings, in processes that may fail without the screen noticing.
//!
//! ```text
//! kiosk                     scanner (child)                        decode worker (its child)
//! supervisor ◀── pipe ───── camera ─▶ newest frame ─▶ worker ◀──▶  decode
//!   previews, readings,       └─▶ preview
//!   state of the camera
//! ```
//!
//! A call into a camera driver or a decoder can block for ever or panic, and no thread can be cancelled.
//! So both live in child processes of the same program: the **scanner** owns the camera, and its **decode
//! worker** can be killed at a deadline without the camera being opened again. The [`Supervisor`] on the
//! kiosk's side restarts the scanner when it ends, falls silent or writes nonsense; nobody waits for
//! either. Both children die with their parent, however it dies, start with an empty environment, and give
//! up what they do not need (see [`sandbox`]).
//!
//! Readers need no decoder: one that is a [`Keyboard`] types, and one at a serial port is listened to by a
//! thread of its own.
//!
//! The commands that read single pictures use the same decode worker, through a [`PictureReader`].

mod backoff;
mod camera;
mod child;
mod clock;
mod decode;
mod frame;
#[doc(hidden)]
pub mod fuzz;
mod inspection;
mod keyboard;
mod layout;
mod picture;
mod prepare;
mod protocol;
mod readings;
mod sandbox;
mod scanner;
mod sequence;
mod serial;
mod stillness;
mod strategy;
mod supervisor;
mod watcher;
mod worker;

pub use camera::{
    Adjustment, Advice, CameraError, CameraSource, CodeInView, Control, Controls, Format as CameraFormat,
    FrameRate, Listed as ListedCamera, NotACameraSource, NotAFrameRate, PowerLineFrequency, list as cameras,
};
pub use child::{die_with_parent, program};
pub use clock::monotonic;
pub use decode::{Decoded, Decoder};
#[cfg(test)]
pub(crate) use decode::{Symbols, rqrr, zxing};
pub use frame::{Luma, PictureError, Preview};
pub use inspection::{Inspection, inspect};
pub use keyboard::{Field, Keyboard, Pressed};
pub use layout::{Layout, Level, Position, Stroke};
pub use picture::{PictureReader, PictureReading, ReadError};
pub use protocol::CameraState;
pub use scanner::run as run_scanner;
pub use sequence::{FrameLook, look_through};
pub use serial::{SerialConfig, SerialEvent, listen as listen_to_serial_reader};
pub use supervisor::{NewestPreview, ScannerEvent, Supervisor};
pub use watcher::Failure;
pub use worker::{WorkerError, serve as run_worker};

/// What the scanner is to look at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Config {
    /// Where frames come from.
    pub source: CameraSource,
    /// How fast pictures are replayed; a camera keeps its own pace.
    pub frame_rate: FrameRate,
    /// Whether the demo's sample pictures stand in where `auto` finds no camera.
    pub samples_without_camera: bool,
    /// How a camera is set up.
    pub controls: Controls,
    /// Whether the preview is a mirror, in which a visitor moves as expected.
    pub is_mirrored: bool,
}

impl Config {
    /// Looks at `source`, with everything else as it is where nobody says otherwise.
    pub fn of(source: CameraSource) -> Self {
        Self {
            source,
            frame_rate: FrameRate::DEFAULT,
            samples_without_camera: false,
            controls: Controls::default(),
            is_mirrored: true,
        }
    }
}
