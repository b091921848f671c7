//! The desk looks a visitor's code up, where no service is asked.

use std::time::{Duration, Instant};

use iced::font::Weight;
use iced::widget::{column, container, space};
use iced::{Center, Element, Fill, Task};

use super::desk::Answering;
use super::icons::{Icon, icon};
use super::message::{Message, Moment};
use super::state::{Kiosk, Screen};
use super::theme::Design;
use super::widgets;
use crate::checkin::{LookUp, Outcome};
use crate::code::{Code, Reading, Source};

/// So long somebody at the desk may take to come; then what is on the disk is shown, that nothing is known.
pub(super) const PATIENCE: Duration = Duration::from_secs(120);

/// A visitor whose code somebody has to look up. Dropping it forgets the code.
#[derive(Debug)]
pub(super) struct AwaitingDesk {
    pub(super) look_up: LookUp,
    /// How far somebody at the desk is with the answer.
    pub(super) answering: Answering,
    since: Instant,
    /// Whether somebody else showed a code meanwhile.
    is_other_code_shown: bool,
}

impl AwaitingDesk {
    fn new(look_up: LookUp, now: Instant) -> Self {
        Self { look_up, answering: Answering::default(), since: now, is_other_code_shown: false }
    }

    /// The desk is not open any more: whoever opens it next begins the answer anew.
    pub(super) fn hidden(self) -> Self {
        Self { answering: self.answering.hidden(), ..self }
    }

    /// Takes note of what was shown meanwhile: one visitor is looked up at a time.
    pub(super) fn note_reading(&mut self, reading: &Reading) {
        self.is_other_code_shown |= Code::parse(&reading.text).is_ok_and(|code| code != self.look_up.code());
    }

    fn left(&self, now: Instant) -> Duration {
        PATIENCE.saturating_sub(now.saturating_duration_since(self.since))
    }
}

impl Kiosk {
    /// A visitor waits for somebody at the desk.
    pub(super) fn await_desk(&mut self, look_up: LookUp, now: Moment) -> Task<Message> {
        let awaiting = AwaitingDesk::new(look_up, now.instant);
        self.forget_hand(now.instant);
        self.now = now;
        // A hand at the visitor's screen is not the guard's.
        let is_typed = awaiting.look_up.source() == Some(Source::Typed);
        let desk = self.take_desk_aside(now.instant).filter(|_| !is_typed);
        let read =
            desk.map_or_else(Task::none, |desk| self.bring_desk_back(desk.back(now.instant), now.instant));
        match &mut self.screen {
            Screen::Desk(desk) => desk.note_look_up(awaiting, now.instant),
            _ => {
                self.last_touch = now.instant;
                self.screen = Screen::AwaitingDesk(awaiting);
            }
        }
        read
    }

    /// Nobody came in time.
    pub(super) fn tick_awaiting_desk(&mut self, now: Moment) -> Task<Message> {
        let Screen::AwaitingDesk(awaiting) = &self.screen else { return Task::none() };
        if !awaiting.left(now.instant).is_zero() {
            return Task::none();
        }
        let (source, recorded) = (awaiting.look_up.source(), awaiting.look_up.recorded().clone());
        self.show_looked_up(source, recorded, now)
    }

    /// Shows what became of a look-up.
    pub(super) fn show_looked_up(
        &mut self,
        source: Option<Source>,
        outcome: Outcome,
        now: Moment,
    ) -> Task<Message> {
        if source == Some(Source::Typed) && !outcome.decision.admits() {
            self.attempts.note_failure(now.instant);
        }
        self.show_outcome(outcome, now)
    }
}

pub(super) fn view<'a>(kiosk: &'a Kiosk, awaiting: &AwaitingDesk, design: Design) -> Element<'a, Message> {
    let palette = design.palette;
    let text = |key: &str, size, weight, color| {
        widgets::label(kiosk.texts.get(key), design.text(size), weight, color).centered()
    };
    let left = awaiting.left(kiosk.now.instant);
    // A quarter each second: it goes on, and nobody is hurried.
    let turns = (PATIENCE - left).as_secs_f32().floor() / 4.0;
    let progress = Icon::Progress { track: palette.line, turns };
    let advice = if awaiting.is_other_code_shown { "awaiting-other-code" } else { "awaiting-advice" };
    let content = column![
        icon(progress, palette.accent, design.length(168.0)),
        space().height(design.length(32.0)),
        text("awaiting-title", 56.0, Weight::ExtraBold, palette.ink),
        space().height(design.length(24.0)),
        text(advice, 32.0, Weight::Medium, palette.muted),
    ]
    .align_x(Center);
    let margin = design.length(if design.is_portrait() { 40.0 } else { 96.0 });
    let countdown = widgets::countdown(kiosk.texts, left, PATIENCE, design, palette.ink);
    column![
        widgets::header(kiosk, design, palette.ink, palette.muted, None),
        container(content).center(Fill).padding(design.length(32.0)),
        container(countdown).padding(iced::Padding {
            top: design.length(16.0),
            bottom: design.length(48.0),
            left: margin,
            right: margin,
        }),
    ]
    .into()
}
