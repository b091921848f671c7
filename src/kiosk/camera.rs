//! The thin adapter between the scanner's supervisor and the window.

use std::time::{Duration, Instant};

use iced::futures::{Stream, stream};
use iced::widget::image;
use iced::{Size, Subscription};

use super::cover::cover;
use super::message::{Message, Moment};
use super::state::Kiosk;
use crate::scan::{self, CameraState, Preview, Supervisor};

/// How long the aiming frame breathes in and out.
const BREATH: Duration = Duration::from_secs(3);

/// Pictures that come faster show somebody who moves.
const FLOWS: Duration = Duration::from_millis(400);

/// What the welcome screen shows of the camera.
#[derive(Debug, Default)]
pub(super) struct Camera {
    state: Option<CameraState>,
    preview: Option<image::Handle>,
    /// How large the preview's place on the screen is, once that is known.
    place: Option<Size<u32>>,
    shown: Option<Instant>,
    /// How often the aiming frame has breathed in and out.
    breaths: f32,
}

impl Camera {
    /// Shows a picture. The aiming frame breathes while one follows the other, which they do while somebody moves.
    ///
    /// Where its place is known the picture is made to measure: the software renderer would take several times as long,
    /// and would repaint what lies beside the place with it.
    pub(super) fn show(&mut self, preview: Preview, now: Instant) {
        let since = self.shown.map_or(Duration::MAX, |shown| now.saturating_duration_since(shown));
        if since < FLOWS {
            self.breaths = (self.breaths + since.as_secs_f32() / BREATH.as_secs_f32()).fract();
        }
        self.shown = Some(now);
        let size = Size::new(preview.width(), preview.height());
        self.preview = Some(match self.place {
            Some(place) => {
                let pixels = cover(preview.rgba(), size, place);
                image::Handle::from_rgba(place.width, place.height, pixels)
            }
            None => image::Handle::from_rgba(size.width, size.height, preview.into_rgba()),
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

    pub(super) fn preview(&self) -> Option<&image::Handle> {
        self.preview.as_ref().filter(|_| self.sees())
    }
}

/// The scanner of a kiosk that has settings.
pub(super) fn subscription(kiosk: &Kiosk) -> Subscription<Message> {
    match &kiosk.running {
        Some(running) => Subscription::run_with(running.settings.camera.clone(), events),
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
