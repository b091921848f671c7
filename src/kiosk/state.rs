//! The kiosk's state and what changes it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::{Element, Task, keyboard, window};

use super::attempts::Attempts;
use super::camera::Camera;
use super::checking::Checking;
use super::health::Health;
use super::identity::Identity;
use super::in_view::InView;
use super::keys::{self, Key};
use super::language::Texts;
use super::message::{Message, Moment, VisitNumber};
use super::out_of_service::OutOfService;
use super::outcome::OutcomeScreen;
use super::reader::Reader;
use super::start::{NotStarted, Options, Running};
use super::theme::Metrics;
use super::welcome::{Problem, Welcome, Wrong};
use super::{checking, identity, out_of_service, outcome, welcome, widgets};
use crate::checkin::{CheckInError, Checked, Pending};
use crate::code::{Code, Reading, Source};
use crate::entry::{Decision, LastDigits};
use crate::scan::{Keyboard, ScannerEvent, SerialEvent};
use crate::settings::Language;
use crate::visits::VisitsError;

/// After this time without a touch or a key the first language returns.
const LANGUAGE_RETURNS: Duration = Duration::from_secs(60);

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

/// What fills the window.
#[derive(Debug)]
pub(super) enum Screen {
    Welcome(Welcome),
    Checking(Checking),
    Identity(Identity),
    Outcome(OutcomeScreen),
    OutOfService(OutOfService),
}

/// The kiosk.
#[derive(Debug)]
pub struct Kiosk {
    options: Options,
    pub(super) running: Option<Arc<Running>>,
    pub(super) screen: Screen,
    pub(super) texts: &'static Texts,
    pub(super) now: Moment,
    pub(super) keyboard: Keyboard,
    pub(super) camera: Camera,
    pub(super) reader: Reader,
    pub(super) health: Health,
    in_view: InView,
    visits: u64,
    pub(super) attempts: Attempts,
    last_touch: Instant,
    last_try: Instant,
    last_purge: Instant,
}

impl Kiosk {
    /// A kiosk whose first attempt to start ended as `first_start` says.
    pub fn new(
        options: Options,
        first_start: Result<Arc<Running>, NotStarted>,
        now: Moment,
    ) -> (Self, Task<Message>) {
        let mut kiosk = Self {
            options,
            running: None,
            screen: Screen::Welcome(Welcome::default()),
            texts: Texts::of(Language::Turkish),
            now,
            keyboard: Keyboard::default(),
            camera: Camera::default(),
            reader: Reader::default(),
            health: Health::new(now.instant),
            in_view: InView::default(),
            visits: 0,
            attempts: Attempts::default(),
            last_touch: now.instant,
            last_try: now.instant,
            last_purge: now.instant,
        };
        let task = kiosk.update(Message::Started(first_start, now));
        (kiosk, task)
    }

    /// Takes note of what happened.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::WindowOpened(id) => window::gain_focus(id),
            Message::MonitorMeasured(id, Some(size)) => window::resize(id, size),
            Message::MonitorMeasured(_, None) => Task::none(),
            Message::CloseRequested(_) if !self.fills_screen() => iced::exit(),
            Message::CloseRequested(_) => Task::none(),
            Message::Terminated => iced::exit(),
            Message::Ticked(now) => self.tick(now),
            Message::Started(Ok(running), now) => self.started(running, now),
            Message::Started(Err(failure), now) => self.fail(failure, now),
            Message::Probed(result, now) => self.probed(result, now),
            Message::HealthChecked(checked) => {
                self.health.note(checked);
                Task::none()
            }
            Message::Purged(result) => {
                if let Err(error) = result {
                    tracing::warn!(%error, "records past their retention could not be deleted");
                }
                Task::none()
            }
            Message::KeyPressed(event, now) => self.key_pressed(&event, now),
            Message::ReaderFellSilent(last, now) if self.keyboard.last_key() == Some(last) => {
                self.submit(now)
            }
            Message::ReaderFellSilent(..) => Task::none(),
            Message::ScannerReported(event, now) => self.scanner_reported(event, now),
            Message::SerialReaderReported(SerialEvent::Reading(reading), now) => self.read(reading, now),
            Message::SerialReaderReported(SerialEvent::Connected, _) => self.note_reader(Reader::Connected),
            Message::SerialReaderReported(SerialEvent::Lost, _) => self.note_reader(Reader::Missing),
            Message::Welcome(message, now) => self.welcome_touched(message, now),
            Message::Identity(message, now) => self.identity_touched(message, now),
            Message::Checked(visit, result, now) => self.checked(visit, result, now),
            Message::OutcomeTouched => {
                if matches!(self.screen, Screen::Outcome(_)) {
                    self.screen = Screen::Welcome(Welcome::default());
                }
                Task::none()
            }
        }
    }

    fn started(&mut self, running: Arc<Running>, now: Moment) -> Task<Message> {
        self.texts = Texts::of(first_language(&running));
        self.running = Some(Arc::clone(&running));
        self.last_purge = now.instant;
        self.screen = Screen::Welcome(Welcome::default());
        tracing::info!(environment = running.settings.check_in.environment.name(), "in service");
        Task::batch([purge(running), self.check_health(now)])
    }

    fn fail(&mut self, failure: NotStarted, now: Moment) -> Task<Message> {
        self.last_try = now.instant;
        // Whoever still holds a code before the camera is read again when the kiosk is back.
        self.in_view = InView::default();
        let is_known = matches!(&self.screen, Screen::OutOfService(old) if old.cause.error == failure.error);
        if !is_known {
            tracing::error!(error = %failure.error, "out of service");
            self.screen = Screen::OutOfService(OutOfService { cause: failure, since: now.time });
        }
        Task::none()
    }

    /// The visit log failed under a kiosk that was in service.
    fn fail_to_record(&mut self, error: VisitsError, now: Moment) -> Task<Message> {
        let contact = self.running.as_ref().and_then(|running| running.contact());
        self.fail(NotStarted { error: CheckInError::from(error).into(), contact }, now)
    }

    fn probed(&mut self, result: Result<(), VisitsError>, now: Moment) -> Task<Message> {
        match result {
            Ok(()) => {
                if matches!(self.screen, Screen::OutOfService(_)) && self.running.is_some() {
                    tracing::info!("in service again");
                    self.screen = Screen::Welcome(Welcome::default());
                }
                Task::none()
            }
            // What is on the screen was recorded and stays.
            Err(_) if !matches!(self.screen, Screen::Welcome(_) | Screen::OutOfService(_)) => Task::none(),
            Err(error) => self.fail_to_record(error, now),
        }
    }

    fn tick(&mut self, now: Moment) -> Task<Message> {
        self.now = now;
        if let Some(last) = self.keyboard.silent_reader(now.instant) {
            // After a slow drawing the clock overtakes the keys that waited for its end: they get a moment.
            let moment = tokio::time::sleep(WAITING_KEYS);
            return Task::perform(moment, move |()| Message::ReaderFellSilent(last, Moment::now()));
        }
        let since = |earlier: Instant| now.instant.saturating_duration_since(earlier);
        if self.keyboard.last_key().is_some_and(|last| since(last) >= TYPING_FORGOTTEN) {
            self.keyboard.clear();
        }
        if let Screen::Outcome(outcome) = &self.screen
            && outcome.is_over(now.instant)
        {
            self.screen = Screen::Welcome(Welcome::default());
        }
        if let Screen::Identity(identity) = &self.screen
            && identity.is_abandoned(now.instant)
        {
            let pending = identity.pending();
            return self.conclude(pending, None, now);
        }
        if let Screen::Welcome(welcome) = &mut self.screen {
            welcome.forget_old_problem(now.instant);
            if since(self.last_touch) >= LANGUAGE_RETURNS
                && let Some(running) = &self.running
                && self.texts.language() != first_language(running)
            {
                self.texts = Texts::of(first_language(running));
            }
        }
        self.upkeep(now)
    }

    /// Tries to come back when out of service, makes sure of the log when idle, deletes once a day.
    fn upkeep(&mut self, now: Moment) -> Task<Message> {
        let since = |earlier: Instant| now.instant.saturating_duration_since(earlier);
        let every = match self.screen {
            Screen::OutOfService(_) => RETRY,
            Screen::Welcome(_) => PROBE,
            Screen::Checking(_) | Screen::Identity(_) | Screen::Outcome(_) => return Task::none(),
        };
        if let Some(running) = &self.running
            && since(self.last_purge) >= PURGE
        {
            self.last_purge = now.instant;
            return purge(Arc::clone(running));
        }
        if since(self.last_try) < every {
            return match self.screen {
                Screen::Welcome(_) if self.health.is_due(now.instant) => self.check_health(now),
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

    fn check_health(&mut self, now: Moment) -> Task<Message> {
        let Some(running) = self.running.clone() else { return Task::none() };
        self.health.note_start(now.instant);
        Task::perform(async move { running.check_in.check_health().await }, Message::HealthChecked)
    }

    fn key_pressed(&mut self, event: &keyboard::Event, now: Moment) -> Task<Message> {
        let Some(key) = keys::key(event) else { return Task::none() };
        self.last_touch = now.instant;
        match key {
            Key::End => return self.submit(now),
            Key::TakeBack => self.keyboard.take_back(),
            Key::Clear => self.keyboard.clear(),
            Key::Typed(typed) => {
                for pressed in typed {
                    self.keyboard.press(pressed, now.instant);
                }
            }
            Key::Other => {}
        }
        match &mut self.screen {
            Screen::Welcome(welcome) => welcome.problem = None,
            Screen::Identity(identity) => identity.note_touch(now.instant),
            Screen::Checking(_) | Screen::Outcome(_) | Screen::OutOfService(_) => {}
        }
        Task::none()
    }

    fn submit(&mut self, now: Moment) -> Task<Message> {
        let Some(reading) = self.keyboard.submit(now.instant) else { return Task::none() };
        let Screen::Identity(identity) = &mut self.screen else { return self.read(reading, now) };
        let (given, pending) = (identity.given(&reading), identity.pending());
        match given {
            Some(digits) => self.conclude(pending, Some(digits), now),
            None => Task::none(),
        }
    }

    /// Decides on a visitor who gave these digits, or none.
    fn conclude(&mut self, pending: Pending, digits: Option<LastDigits>, now: Moment) -> Task<Message> {
        self.keyboard.clear();
        let Some(running) = self.running.clone() else { return Task::none() };
        self.check(
            now,
            async move { running.check_in.conclude(pending, digits).await.map(Checked::Recorded) },
        )
    }

    fn identity_touched(&mut self, message: identity::Message, now: Moment) -> Task<Message> {
        self.last_touch = now.instant;
        let Screen::Identity(identity) = &mut self.screen else { return Task::none() };
        identity.note_touch(now.instant);
        match message {
            identity::Message::Key(digit) => self.keyboard.touch(digit, now.instant),
            identity::Message::TakeBack => self.keyboard.take_back(),
            identity::Message::Confirm => return self.submit(now),
            identity::Message::GiveUp => {
                let pending = identity.pending();
                return self.conclude(pending, None, now);
            }
        }
        Task::none()
    }

    fn welcome_touched(&mut self, message: welcome::Message, now: Moment) -> Task<Message> {
        self.last_touch = now.instant;
        if !matches!(self.screen, Screen::Welcome(_)) {
            return Task::none();
        }
        self.screen = Screen::Welcome(Welcome::default());
        match message {
            welcome::Message::Key(character) => self.keyboard.touch(character, now.instant),
            welcome::Message::TakeBack => self.keyboard.take_back(),
            welcome::Message::Check => return self.submit(now),
            welcome::Message::Language(language) => self.texts = Texts::of(language),
            welcome::Message::DemoCode(code) => {
                return self.read(Reading { text: code.reveal().to_owned(), source: Source::Typed }, now);
            }
            welcome::Message::NoCode => {
                if let Some(running) = self.running.clone() {
                    let visit = async move { running.check_in.without_code().await };
                    return self.check(now, async move { visit.await.map(Checked::Recorded) });
                }
            }
        }
        Task::none()
    }

    fn note_reader(&mut self, reader: Reader) -> Task<Message> {
        self.reader = reader;
        Task::none()
    }

    fn scanner_reported(&mut self, event: ScannerEvent, now: Moment) -> Task<Message> {
        match event {
            ScannerEvent::Reading { reading, .. } => return self.read(reading, now),
            ScannerEvent::Preview(preview) => self.camera.show(preview),
            ScannerEvent::Camera(state) => self.camera.note(state),
            ScannerEvent::SeveralCodes => {
                self.in_view.note_several(now.instant);
                if let Screen::Welcome(welcome) = &mut self.screen {
                    welcome.note_several_codes(now.instant);
                }
            }
        }
        Task::none()
    }

    /// Takes what a visitor showed. While a check runs, or none can be made, it is dropped.
    fn read(&mut self, reading: Reading, now: Moment) -> Task<Message> {
        let source = reading.source;
        match Code::parse(&reading.text) {
            Ok(code) if source == Source::Camera && self.in_view.is_still(&code, now.instant) => {
                if let Screen::Welcome(welcome) = &mut self.screen {
                    welcome.forget_several_codes();
                }
                Task::none()
            }
            _ if !matches!(self.screen, Screen::Welcome(_) | Screen::Outcome(_)) => Task::none(),
            _ if source == Source::Typed && self.attempts.pause_left(now.instant).is_some() => {
                self.screen = Screen::Welcome(Welcome::default());
                Task::none()
            }
            Ok(code) => {
                if source == Source::Camera {
                    self.in_view.take(code, now.instant);
                }
                let Some(running) = self.running.clone() else { return Task::none() };
                let asks_identity = running.settings.check_in.asks_identity;
                self.check(now, async move { running.check_in.check(code, source, asks_identity).await })
            }
            // A picture in the background must not close what the last visitor still reads, nor must digits that
            // come after the time to give them.
            Err(_)
                if matches!(source, Source::Camera | Source::Typed)
                    && matches!(self.screen, Screen::Outcome(_)) =>
            {
                Task::none()
            }
            Err(wrong) => {
                if source == Source::Typed {
                    self.attempts.note_failure(now.instant);
                }
                let problem = Problem::new(Wrong::of(wrong, &reading), now.instant);
                match &mut self.screen {
                    Screen::Welcome(welcome) => welcome.remark(problem),
                    _ => self.screen = Screen::Welcome(Welcome::of(problem)),
                }
                Task::none()
            }
        }
    }

    fn check(
        &mut self,
        now: Moment,
        check: impl Future<Output = Result<Checked, VisitsError>> + Send + 'static,
    ) -> Task<Message> {
        self.visits += 1;
        let visit = VisitNumber(self.visits);
        let (task, handle) =
            Task::perform(check, move |result| Message::Checked(visit, result, Moment::now())).abortable();
        self.now = now;
        self.screen = Screen::Checking(Checking::new(visit, now.instant, handle.abort_on_drop()));
        task
    }

    fn checked(
        &mut self,
        visit: VisitNumber,
        result: Result<Checked, VisitsError>,
        now: Moment,
    ) -> Task<Message> {
        let (Screen::Checking(checking), Some(running)) = (&self.screen, self.running.clone()) else {
            return Task::none();
        };
        if checking.visit != visit {
            return Task::none();
        }
        match result {
            Ok(Checked::NeedsIdentity(pending)) => {
                self.keyboard.clear();
                self.now = now;
                self.last_touch = now.instant;
                self.screen = Screen::Identity(Identity::new(pending, now.instant));
                Task::none()
            }
            Ok(Checked::Recorded(outcome)) => {
                self.health.note_decision(outcome.decision);
                if outcome.source == Some(Source::Typed) && outcome.decision != Decision::Admit {
                    self.attempts.note_failure(now.instant);
                }
                let screen = &running.settings.screen;
                let stands = match outcome.decision {
                    Decision::Admit => screen.admit,
                    Decision::Refuse(_) => screen.refuse,
                    Decision::Unverified(_) => screen.unverified,
                };
                self.now = now;
                self.last_touch = now.instant;
                self.screen = Screen::Outcome(OutcomeScreen::new(outcome, now.instant, stands));
                Task::none()
            }
            Err(error) => self.fail_to_record(error, now),
        }
    }

    /// A kiosk that fills the screen is not closed by whoever stands before it.
    fn fills_screen(&self) -> bool {
        let running = self.running.as_ref();
        self.options.windowed.is_none() && running.is_none_or(|running| running.settings.screen.fullscreen)
    }

    /// Draws the screen for whatever size the window has.
    pub fn view(&self) -> Element<'_, Message> {
        iced::widget::responsive(|size| {
            let metrics = Metrics::new(size);
            let screen = match &self.screen {
                Screen::Welcome(welcome) => welcome::view(self, welcome, metrics),
                Screen::Checking(checking) => checking::view(self, checking, metrics),
                Screen::Identity(identity) => identity::view(self, identity, metrics),
                Screen::Outcome(outcome) => outcome::view(self, outcome, metrics),
                Screen::OutOfService(cause) => out_of_service::view(self, cause, metrics),
            };
            widgets::with_banner(self, screen, metrics)
        })
        .into()
    }
}

fn first_language(running: &Running) -> Language {
    running.settings.screen.first_language
}

fn purge(running: Arc<Running>) -> Task<Message> {
    Task::perform(async move { running.check_in.purge().await }, Message::Purged)
}
