//! The thin adapter between the scanner's supervisor and the window.

use std::time::{Duration, Instant};

use iced::futures::{Stream, stream};
use iced::widget::canvas::Frame;
use iced::widget::image;
use iced::{Rectangle, Size, Subscription, Vector};

use super::cover::cover;
use super::kept::Paint;
use super::message::{Message, Moment};
use super::state::Kiosk;
use crate::scan::{self, CameraState, NewestPreview, Preview, Supervisor};

/// How long the aiming frame breathes in and out.
const BREATH: Duration = Duration::from_secs(3);

/// Pictures that come faster show somebody who moves.
const FLOWS: Duration = Duration::from_millis(400);

/// What the welcome screen shows of the camera.
#[derive(Debug, Default)]
pub(super) struct Camera {
    state: Option<CameraState>,
    /// How many frames a second come from it.
    rate: Option<u8>,
    /// Where there is a newer picture, and since when.
    newest: Option<(NewestPreview, Instant)>,
    preview: Option<Picture>,
    /// How large the preview's place on the screen is, once that is known.
    place: Option<Size<u32>>,
    shown: Option<Instant>,
    /// How often the aiming frame has breathed in and out.
    breaths: f32,
}

/// A picture that covers its place. The image widget would have the renderer keep two of them: it asks for the size of
/// what it does not draw any more.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Picture {
    handle: image::Handle,
    size: Size,
}

impl Picture {
    /// A picture of `size` with four bytes a pixel.
    fn new(size: Size<u32>, pixels: Vec<u8>) -> Self {
        let handle = image::Handle::from_rgba(size.width, size.height, pixels);
        Self { handle, size: Size::new(size.width as f32, size.height as f32) }
    }

    /// How large it was made.
    #[cfg(test)]
    pub(super) fn size(&self) -> Size {
        self.size
    }
}

impl Paint for Picture {
    fn paint(&self, frame: &mut Frame) {
        let scale = (frame.width() / self.size.width).max(frame.height() / self.size.height);
        let size = self.size * scale;
        // The renderer cuts off fractions of a pixel, and may be given a hair less than a whole one.
        let corner = frame.center() - Vector::new(size.width, size.height) * 0.5 + Vector::new(0.01, 0.01);
        frame.draw_image(Rectangle::new(corner, size), &self.handle);
    }
}

impl Camera {
    /// Takes note that there is a picture.
    pub(super) fn note_preview(&mut self, newest: NewestPreview, now: Instant) {
        self.newest = Some((newest, now));
    }

    /// Shows the newest picture, if there is one that was not shown.
    pub(super) fn show_newest(&mut self) {
        if let Some((newest, came)) = self.newest.take()
            && let Some(preview) = newest.take()
        {
            self.show(preview, came);
        }
    }

    /// Shows a picture. The aiming frame breathes while one follows the other, which they do while somebody moves.
    ///
    /// Where its place is known the picture is made to measure: the software renderer would take several times as long,
    /// and would repaint what lies beside the place with it.
    fn show(&mut self, preview: Preview, now: Instant) {
        let since = self.shown.map_or(Duration::MAX, |shown| now.saturating_duration_since(shown));
        if since < FLOWS {
            self.breaths = (self.breaths + since.as_secs_f32() / BREATH.as_secs_f32()).fract();
        }
        self.shown = Some(now);
        let size = Size::new(preview.width(), preview.height());
        self.preview = Some(match self.place {
            Some(place) => Picture::new(place, cover(preview.rgba(), size, place)),
            None => Picture::new(size, preview.into_rgba()),
        });
    }

    /// Takes note of how large the preview's place on the screen is.
    pub(super) fn measure(&mut self, place: Size) {
        let place = Size::new(place.width.round() as u32, place.height.round() as u32);
        self.place = Some(place).filter(|place| place.width > 0 && place.height > 0);
    }

    pub(super) fn note(&mut self, state: CameraState) {
        self.state = Some(state);
        if !state.sees() {
            self.preview = None;
        }
    }

    /// Takes note of how many frames a second come from it.
    pub(super) fn note_rate(&mut self, rate: u8) {
        self.rate = Some(rate);
    }

    /// How many frames a second come from it, once that is known.
    pub(super) fn rate(&self) -> Option<u8> {
        self.rate
    }

    /// Its state, once that is known.
    pub(super) fn state(&self) -> Option<CameraState> {
        self.state
    }

    /// Whether it shows what stands before it, so that a code can be held there.
    pub(super) fn sees(&self) -> bool {
        self.state.is_some_and(CameraState::sees)
    }

    /// How far the aiming frame has breathed in, from 0 to 1.
    pub(super) fn breath(&self) -> f32 {
        (1.0 - (self.breaths * std::f32::consts::TAU).cos()) / 2.0
    }

    /// The name of the text that tells visitors what to do.
    pub(super) fn instruction(&self) -> String {
        match self.state {
            None => "camera-starting".to_owned(),
            Some(state) => format!("camera-{}", state.name()),
        }
    }

    pub(super) fn preview(&self) -> Option<&Picture> {
        self.preview.as_ref().filter(|_| self.sees())
    }
}

/// Whether the site wants no camera: visitors type, or hold their codes under a reader.
pub(super) fn is_unwanted(kiosk: &Kiosk) -> bool {
    kiosk.running.as_ref().is_some_and(|running| running.settings.camera.is_none())
}

/// The scanner of a kiosk that has settings and a camera.
pub(super) fn subscription(kiosk: &Kiosk) -> Subscription<Message> {
    match kiosk.running.as_ref().and_then(|running| running.settings.camera.clone()) {
        Some(camera) => Subscription::run_with(camera, events),
        None => Subscription::none(),
    }
}

fn events(config: &scan::Config) -> impl Stream<Item = Message> + use<> {
    let started = Supervisor::start(scan::program(), config.clone());
    if started.is_err() {
        tracing::error!("the scanner's supervisor could not be started");
    }
    stream::unfold(started.ok(), |supervisor| async move {
        let supervisor = supervisor?;
        let event = supervisor.next().await;
        Some((Message::ScannerReported(event, Moment::now()), Some(supervisor)))
    })
}
