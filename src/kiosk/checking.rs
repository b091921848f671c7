//! The service is being asked.

use std::time::{Duration, Instant};

use iced::font::Weight;
use iced::widget::{column, container, space};
use iced::{Element, Fill, task};

use super::icons::{Icon, icon};
use super::message::{Message, VisitNumber};
use super::state::Kiosk;
use super::theme::Design;
use super::widgets;

/// After this time the visitor is told that the service is slow.
const SLOW: Duration = Duration::from_millis(1500);

/// For so long a check that began at the welcome leaves it on the screen. Most checks are over by then: nobody could
/// have read that one runs, and drawing it would hold up the outcome.
const UNNOTICED: Duration = Duration::from_millis(100);

/// A check that runs. Dropping it ends the check.
#[derive(Debug)]
pub(super) struct Checking {
    pub(super) visit: VisitNumber,
    started: Instant,
    began_at_welcome: bool,
    _task: task::Handle,
}

impl Checking {
    pub(super) fn new(
        visit: VisitNumber,
        started: Instant,
        began_at_welcome: bool,
        task: task::Handle,
    ) -> Self {
        Self { visit, started, began_at_welcome, _task: task }
    }

    /// Whether the welcome is still shown. What another visitor left on the screen never is.
    pub(super) fn is_unnoticed(&self, now: Instant) -> bool {
        self.began_at_welcome && now.saturating_duration_since(self.started) < UNNOTICED
    }
}

pub(super) fn view<'a>(kiosk: &'a Kiosk, checking: &Checking, design: Design) -> Element<'a, Message> {
    let palette = design.palette;
    let elapsed = kiosk.now.instant.saturating_duration_since(checking.started);
    let text = |key: &str, size, weight, color| {
        widgets::label(kiosk.texts.get(key), design.text(size), weight, color).centered()
    };
    // Where nothing may move, the ring goes on by a quarter each second.
    let turns = if design.is_still { elapsed.as_secs_f32().floor() / 4.0 } else { elapsed.as_secs_f32() };
    let progress = Icon::Progress { track: palette.line, turns };
    // The second line keeps its place, so that nothing jumps when it appears.
    let slow = if elapsed >= SLOW { palette.muted } else { iced::Color::TRANSPARENT };
    let content = column![
        icon(progress, palette.accent, design.length(168.0)),
        space().height(design.length(32.0)),
        text("checking-title", 56.0, Weight::ExtraBold, palette.ink),
        space().height(design.length(24.0)),
        text("checking-slow", 32.0, Weight::Medium, slow),
    ]
    .align_x(iced::Center);
    column![
        widgets::header(kiosk, design, palette.ink, palette.muted, None),
        container(content).center(Fill).padding(design.length(32.0)),
    ]
    .into()
}
