//! What the kiosk does unasked: it comes up, notices time passing, makes sure of the log and the service, and comes
//! back when it was out of service.

use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::Task;

use super::focus::Focus;
use super::in_view::InView;
use super::message::{Message, Moment};
use super::out_of_service::OutOfService;
use super::start::{NotStarted, Running};
use super::state::{Aids, Kiosk, Screen};
use super::welcome::Welcome;
use crate::checkin::CheckInError;
use crate::settings::Language;
use crate::visits::{Deed, VisitsError};

/// A half-typed code is forgotten after this time, so that the next visitor does not find it.
const TYPING_FORGOTTEN: Duration = Duration::from_secs(30);

/// Keys that waited for a drawing to end are taken within this time.
const WAITING_KEYS: Duration = Duration::from_millis(30);

/// How often a kiosk out of service tries to come back.
const RETRY: Duration = Duration::from_secs(3);

/// How often an idle kiosk makes sure that it can record.
const PROBE: Duration = Duration::from_secs(15);

/// How often what has reached its retention is deleted.
const PURGE: Duration = Duration::from_secs(24 * 60 * 60);

/// For so long the end of the kiosk waits for its record.
const STOP: Duration = Duration::from_millis(500);

impl Kiosk {
    pub(super) fn started(&mut self, running: Arc<Running>, now: Moment) -> Task<Message> {
        self.speak(first_language(&running));
        self.running = Some(Arc::clone(&running));
        self.last_purge = now.instant;
        let mut noted = self.note(Deed::Started { settings: running.settings.digest.clone() });
        if let Screen::OutOfService(out) = &self.screen {
            noted = noted.chain(self.note(out.deed()));
        }
        self.keyboard.clear();
        self.show_welcome(Welcome::default());
        tracing::info!(environment = running.settings.check_in.environment.name(), "in service");
        Task::batch([noted, purge(running), self.check_health(now)])
    }

    pub(super) fn fail(&mut self, failure: NotStarted, now: Moment) -> Task<Message> {
        self.last_try = now.instant;
        // Whoever still holds a code before the camera is read again when the kiosk is back.
        self.in_view = InView::default();
        self.desk_aside = None;
        let (since, way_out) = match &mut self.screen {
            Screen::OutOfService(old) if old.cause.error == failure.error => return Task::none(),
            Screen::OutOfService(old) => (old.since, old.way_out.take()),
            Screen::Welcome(_)
            | Screen::Notice(_)
            | Screen::Checking(_)
            | Screen::Identity(_)
            | Screen::AwaitingDesk(_)
            | Screen::Outcome(_)
            | Screen::Desk(_) => (now.time, None),
        };
        tracing::error!(error = %failure.error, "out of service");
        if self.running.is_none() {
            self.speak(failure.language);
        }
        self.screen = Screen::OutOfService(OutOfService { cause: failure, since, way_out });
        Task::none()
    }

    /// The visit log failed under a kiosk that was in service.
    pub(super) fn fail_to_record(&mut self, error: VisitsError, now: Moment) -> Task<Message> {
        let contact = self.running.as_ref().and_then(|running| running.contact());
        self.fail(NotStarted { contact, ..CheckInError::from(error).into() }, now)
    }

    pub(super) fn probed(&mut self, result: Result<(), VisitsError>, now: Moment) -> Task<Message> {
        match result {
            Ok(()) => {
                if let Screen::OutOfService(out) = &self.screen
                    && self.running.is_some()
                {
                    tracing::info!("in service again");
                    let noted = self.note(out.deed());
                    // Digits may be a PIN's, however fast they were typed.
                    if self.keyboard.digits().is_some() {
                        self.keyboard.clear();
                    }
                    self.forget_hand(now.instant);
                    self.show_welcome(Welcome::default());
                    return noted;
                }
                Task::none()
            }
            // What is on a visitor's screen was recorded and stays, also behind a desk; so does the list for an evacuation.
            Err(_) if self.is_kept() => Task::none(),
            Err(error) => self.fail_to_record(error, now),
        }
    }

    /// Whether the screen is a visitor's, if only behind a desk, or has what nobody may lose in an evacuation.
    fn is_kept(&self) -> bool {
        match &self.screen {
            Screen::Checking(_) | Screen::Identity(_) | Screen::AwaitingDesk(_) | Screen::Outcome(_) => true,
            Screen::Desk(desk) => desk.has_visitor() || desk.has_list(),
            Screen::Welcome(_) | Screen::Notice(_) | Screen::OutOfService(_) => false,
        }
    }

    pub(super) fn tick(&mut self, now: Moment) -> Task<Message> {
        self.now = now;
        // A PIN ends where whoever types it says so.
        if self.typed_pin().is_none()
            && let Some(last) = self.keyboard.silent_reader(now.instant)
        {
            // After a slow drawing the clock overtakes the keys that waited for its end: they get a moment.
            let moment = tokio::time::sleep(WAITING_KEYS);
            return Task::perform(moment, move |()| Message::ReaderFellSilent(last, Moment::now()));
        }
        if self.focus.is_pressing() {
            return self.press_focused(now);
        }
        let desk = self.tick_desk(now);
        if matches!(self.screen, Screen::Desk(_)) {
            return Task::batch([desk, self.upkeep(now)]);
        }
        self.tick_way_out(now);
        let since = |earlier: Instant| now.instant.saturating_duration_since(earlier);
        if self.keyboard.last_key().is_some_and(|last| since(last) >= TYPING_FORGOTTEN) {
            self.keyboard.clear();
        }
        if self.is_notice_abandoned(now.instant) {
            self.welcome_next();
        }
        if let Screen::Outcome(outcome) = &self.screen
            && outcome.is_over(now.instant)
        {
            let desk = self.take_desk_aside(now.instant);
            self.welcome_next();
            if let Some(desk) = desk {
                return self.bring_desk_back(desk, now.instant);
            }
        }
        if matches!(self.screen, Screen::AwaitingDesk(_)) {
            return self.tick_awaiting_desk(now);
        }
        if let Screen::Identity(identity) = &self.screen
            && identity.is_over(self.keyboard.typing_hand(now.instant), now.instant)
        {
            return self.end_identity(now);
        }
        if let Screen::Welcome(welcome) = &mut self.screen {
            welcome.forget_old_problem(now.instant);
        }
        if matches!(self.screen, Screen::Welcome(_) | Screen::OutOfService(_)) {
            let touch = self.keyboard.typing_hand(now.instant).max(Some(self.last_touch));
            if let Some(running) = &self.running
                && touch.is_none_or(|touch| since(touch) >= running.settings.screen.returns)
            {
                self.speak(first_language(running));
                self.aids = Aids::default();
                self.focus = Focus::default();
            }
        }
        Task::batch([desk, self.upkeep(now)])
    }

    /// Tries to come back when out of service, makes sure of log and service when idle or behind an open desk, deletes once
    /// a day.
    pub(super) fn upkeep(&mut self, now: Moment) -> Task<Message> {
        let since = |earlier: Instant| now.instant.saturating_duration_since(earlier);
        let every = match self.screen {
            Screen::OutOfService(_) => RETRY,
            Screen::Welcome(_) | Screen::Notice(_) | Screen::Desk(_) => PROBE,
            Screen::Checking(_) | Screen::Identity(_) | Screen::AwaitingDesk(_) | Screen::Outcome(_) => {
                return Task::none();
            }
        };
        if let Some(running) = &self.running
            && since(self.last_purge) >= PURGE
        {
            self.last_purge = now.instant;
            return purge(Arc::clone(running));
        }
        if since(self.last_try) < every {
            return match self.screen {
                Screen::OutOfService(_) => Task::none(),
                _ if self.health.is_due(now.instant) => self.check_health(now),
                _ => Task::none(),
            };
        }
        self.last_try = now.instant;
        match &self.running {
            Some(running) => {
                let running = Arc::clone(running);
                Task::perform(async move { running.check_in.probe().await }, |result| {
                    Message::Probed(result, Moment::now())
                })
            }
            None => {
                let options = self.options.clone();
                let start = tokio::task::spawn_blocking(move || Running::start(&options).map(Arc::new));
                Task::perform(start, |started| {
                    // A start that panicked is tried again like any other that failed.
                    let failed = || Err(NotStarted::from(CheckInError::from(VisitsError::Disk)));
                    Message::Started(started.unwrap_or_else(|_| failed()), Moment::now())
                })
            }
        }
    }

    /// Records what the kiosk did.
    fn note(&self, deed: Deed) -> Task<Message> {
        let Some(running) = self.running.clone() else { return Task::none() };
        let noted = async move { running.check_in.note(deed).await };
        Task::perform(noted, |result| Message::Noted(result, Moment::now()))
    }

    /// Ends the kiosk, and records that, unless the disk holds it up.
    pub(super) fn stop(&self) -> Task<Message> {
        let Some(running) = self.running.clone() else { return iced::exit() };
        let noted = async move {
            let noted = running.check_in.note(Deed::Stopped);
            if !matches!(tokio::time::timeout(STOP, noted).await, Ok(Ok(()))) {
                tracing::warn!("the end of the kiosk could not be recorded");
            }
        };
        Task::future(noted).then(|()| iced::exit())
    }

    pub(super) fn check_health(&mut self, now: Moment) -> Task<Message> {
        let Some(running) = self.running.clone() else { return Task::none() };
        self.health.note_start(now.instant);
        Task::perform(async move { running.check_in.check_health().await }, Message::HealthChecked)
    }
}

fn first_language(running: &Running) -> Language {
    running.settings.screen.first_language
}

fn purge(running: Arc<Running>) -> Task<Message> {
    Task::perform(async move { running.check_in.purge().await }, Message::Purged)
}
