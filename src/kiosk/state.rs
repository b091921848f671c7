//! The kiosk's state and what changes it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::{Element, Size, Task, keyboard, window};

use super::attempts::Attempts;
use super::camera::Camera;
use super::checking::Checking;
use super::control::Control;
use super::desk::Desk;
use super::focus::Focus;
use super::health::Health;
use super::identity::Identity;
use super::in_view::{InView, Shown};
use super::keys::{self, Key};
use super::language::{Texts, local};
use super::message::{Message, Moment, VisitNumber};
use super::notice::NoticeScreen;
use super::out_of_service::OutOfService;
use super::outcome::OutcomeScreen;
use super::palette::{self, Palette};
use super::reader::Reader;
use super::sound::{Sound, Speaker};
use super::start::{NotStarted, Options, Running};
use super::theme::Design;
use super::welcome::{Problem, Welcome, Wrong};
use super::{checking, desk, identity, notice, out_of_service, outcome, welcome, widgets};
use crate::checkin::{Checked, Outcome, Pending};
use crate::code::{Code, Reading, Source};
use crate::entry::{Decision, LastDigits};
use crate::scan::{Keyboard, Pressed, ScannerEvent, SerialEvent};
use crate::settings::{self, Language};
use crate::visits::VisitsError;

/// What fills the window.
#[derive(Debug)]
pub(super) enum Screen {
    Welcome(Welcome),
    Notice(NoticeScreen),
    Checking(Checking),
    Identity(Identity),
    Outcome(OutcomeScreen),
    Desk(Desk),
    OutOfService(OutOfService),
}

/// What one visitor asked for to see better.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Aids {
    pub(super) larger_text: bool,
    pub(super) high_contrast: bool,
}

/// The kiosk.
#[derive(Debug)]
pub struct Kiosk {
    pub(super) options: Options,
    pub(super) running: Option<Arc<Running>>,
    pub(super) screen: Screen,
    pub(super) texts: &'static Texts,
    pub(super) now: Moment,
    pub(super) keyboard: Keyboard,
    pub(super) camera: Camera,
    pub(super) reader: Reader,
    pub(super) speaker: Speaker,
    pub(super) health: Health,
    pub(super) in_view: InView,
    pub(super) visits: u64,
    pub(super) attempts: Attempts,
    pub(super) aids: Aids,
    pub(super) focus: Focus,
    /// Since when the corner is held that opens the desk.
    pub(super) corner_held: Option<Instant>,
    pub(super) last_touch: Instant,
    pub(super) last_try: Instant,
    pub(super) last_purge: Instant,
}

impl Kiosk {
    /// A kiosk whose first attempt to start ended as `first_start` says.
    pub fn new(
        options: Options,
        speaker: Speaker,
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
            speaker,
            health: Health::new(now.instant),
            in_view: InView::default(),
            visits: 0,
            attempts: Attempts::default(),
            aids: Aids::default(),
            focus: Focus::default(),
            corner_held: None,
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
            Message::PreviewMeasured(size) => {
                self.camera.measure(size);
                Task::none()
            }
            Message::CloseRequested(_) if !self.fills_screen() => self.stop(),
            Message::CloseRequested(_) => Task::none(),
            Message::Terminated => self.stop(),
            Message::Ticked(now) => self.tick(now),
            Message::Started(Ok(running), now) => self.started(running, now),
            Message::Started(Err(failure), now) => self.fail(failure, now),
            Message::Probed(result, now) => self.probed(result, now),
            Message::HealthChecked(checked) => {
                self.health.note(checked);
                Task::none()
            }
            Message::Noted(Ok(()), _) => Task::none(),
            Message::Noted(Err(error), now) => self.fail_to_record(error, now),
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
            Message::Notice(message, now) => {
                self.notice_touched(message, now);
                Task::none()
            }
            Message::Desk(message, now) => self.desk_touched(message, now),
            Message::DeskAnswered(answer, now) => self.desk_answered(answer, now),
            Message::Identity(message, now) => self.identity_touched(message, now),
            Message::Checked(visit, result, now) => self.checked(visit, result, now),
            Message::OutcomeTouched => {
                if matches!(self.screen, Screen::Outcome(_)) {
                    self.welcome_next();
                }
                Task::none()
            }
        }
    }

    fn key_pressed(&mut self, event: &keyboard::Event, now: Moment) -> Task<Message> {
        let Some(key) = keys::key(event, self.texts.direction()) else { return Task::none() };
        self.last_touch = now.instant;
        if matches!(self.screen, Screen::Desk(_)) {
            return self.desk_key(key, now);
        }
        self.focus.take_back_press();
        // Whether it was a reader that typed or ended a text tells the pace of the whole text.
        let is_hands = matches!(key, Key::TakeBack | Key::Clear | Key::Arrow(_));
        match key {
            Key::End if self.press_soon(now.instant) => {}
            Key::End => return self.submit(now),
            Key::Tab(_) if self.tab_ends(now.instant) => return self.submit(now),
            Key::Arrow(step) if self.shows_notice() => return notice::scroll(step, false),
            Key::Page(step) if self.shows_notice() => return notice::scroll(step, true),
            Key::Tab(step) | Key::Arrow(step) => self.move_focus(step),
            Key::TakeBack => self.keyboard.take_back(),
            Key::Clear if matches!(self.screen, Screen::Outcome(_)) => self.welcome_next(),
            Key::Clear if self.shows_notice() => self.close_notice(),
            Key::Clear => {
                self.keyboard.clear();
                self.focus = Focus::default();
            }
            Key::Typed(typed) if is_blank(&typed) && self.press_soon(now.instant) => {}
            Key::Typed(typed) => {
                self.focus = Focus::default();
                for pressed in typed {
                    self.keyboard.press(pressed, now.instant);
                }
            }
            Key::Desk => self.open_desk(now),
            Key::Page(_) | Key::Other => {}
        }
        match &mut self.screen {
            Screen::Welcome(welcome) => welcome.problem = None,
            Screen::Identity(identity) if is_hands => identity.note_touch(now.instant),
            Screen::Identity(identity) => identity.forget_remark(),
            Screen::Notice(_)
            | Screen::Checking(_)
            | Screen::Outcome(_)
            | Screen::Desk(_)
            | Screen::OutOfService(_) => {}
        }
        Task::none()
    }

    pub(super) fn submit(&mut self, now: Moment) -> Task<Message> {
        let Some(reading) = self.keyboard.submit(now.instant) else { return Task::none() };
        if matches!(self.screen, Screen::Desk(_)) {
            return self.desk_reading(reading, now);
        }
        let is_control = Control::parse(&reading.text).is_some();
        let Screen::Identity(identity) = &mut self.screen else { return self.read(reading, now) };
        if is_control {
            return self.read(reading, now);
        }
        if reading.source == Source::Typed && identity.is_over(Some(now.instant), now.instant) {
            return self.end_identity(now);
        }
        let (given, pending) = (identity.given(&reading, now.instant), identity.pending());
        match given {
            Some(digits) => self.conclude(pending, Some(digits), now),
            None => Task::none(),
        }
    }

    /// Ends the question without an answer. After a wrong one that is a mismatch, or whoever guesses would have
    /// fresh tries by giving up in between.
    pub(super) fn end_identity(&mut self, now: Moment) -> Task<Message> {
        let Screen::Identity(identity) = &self.screen else { return Task::none() };
        let (pending, digits) = (identity.pending(), identity.wrong_digits());
        self.conclude(pending, digits, now)
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

    pub(super) fn identity_touched(&mut self, message: identity::Message, now: Moment) -> Task<Message> {
        self.last_touch = now.instant;
        let Screen::Identity(identity) = &mut self.screen else { return Task::none() };
        identity.note_touch(now.instant);
        match message {
            identity::Message::Key(digit) => self.keyboard.touch(digit, now.instant),
            identity::Message::TakeBack => self.keyboard.take_back(),
            identity::Message::Confirm => return self.submit(now),
            identity::Message::GiveUp => return self.end_identity(now),
        }
        Task::none()
    }

    pub(super) fn welcome_touched(&mut self, message: welcome::Message, now: Moment) -> Task<Message> {
        self.last_touch = now.instant;
        if !matches!(self.screen, Screen::Welcome(_)) {
            return Task::none();
        }
        self.screen = Screen::Welcome(Welcome::default());
        match message {
            welcome::Message::Key(character) => self.keyboard.touch(character, now.instant),
            welcome::Message::TakeBack => self.keyboard.take_back(),
            welcome::Message::Check => return self.submit(now),
            welcome::Message::Language(language) => return self.control(Control::Language(language), now),
            welcome::Message::LargerText => return self.control(Control::LargerText, now),
            welcome::Message::HighContrast => return self.control(Control::HighContrast, now),
            welcome::Message::DemoCode(code) => {
                return self.read(Reading { text: code.reveal().to_owned(), source: Source::Typed }, now);
            }
            welcome::Message::Notice => self.open_notice(),
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
            ScannerEvent::Preview(preview) => self.camera.show(preview, now.instant),
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
        if let Some(control) = Control::parse(&reading.text) {
            let shown = Shown::Control(control);
            if source == Source::Camera && self.in_view.is_still(&shown, now.instant) {
                return Task::none();
            }
            if source == Source::Camera {
                self.in_view.take(shown, now.instant);
            }
            return self.control(control, now);
        }
        match Code::parse(&reading.text) {
            Ok(code)
                if source == Source::Camera && self.in_view.is_still(&Shown::Code(code), now.instant) =>
            {
                if let Screen::Welcome(welcome) = &mut self.screen {
                    welcome.forget_several_codes();
                }
                Task::none()
            }
            _ if !self.takes_readings() => {
                if let Screen::Identity(identity) = &mut self.screen {
                    identity.note_reading(&reading);
                }
                Task::none()
            }
            _ if source == Source::Typed && self.attempts.pause_left(now.instant).is_some() => {
                self.screen = Screen::Welcome(Welcome::default());
                Task::none()
            }
            Ok(code) => {
                if source == Source::Camera {
                    self.in_view.take(Shown::Code(code), now.instant);
                }
                let Some(running) = self.running.clone() else { return Task::none() };
                let asks_identity = running.settings.check_in.asks_identity;
                self.check(now, async move { running.check_in.check(code, source, asks_identity).await })
            }
            // A picture in the background must not close what a visitor still reads, nor must digits that come after
            // the time to give them.
            Err(_)
                if matches!(self.screen, Screen::Desk(_))
                    || matches!(source, Source::Camera | Source::Typed)
                        && matches!(self.screen, Screen::Notice(_) | Screen::Outcome(_)) =>
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
        self.focus = Focus::default();
        let checking = Checking::new(visit, now.instant, handle.abort_on_drop());
        match &mut self.screen {
            Screen::Desk(desk) => desk.check(checking),
            _ => self.screen = Screen::Checking(checking),
        }
        task
    }

    fn checked(
        &mut self,
        visit: VisitNumber,
        result: Result<Checked, VisitsError>,
        now: Moment,
    ) -> Task<Message> {
        let checking = match &self.screen {
            Screen::Checking(checking) => Some(checking),
            Screen::Desk(desk) => desk.checking(),
            Screen::Welcome(_)
            | Screen::Notice(_)
            | Screen::Identity(_)
            | Screen::Outcome(_)
            | Screen::OutOfService(_) => None,
        };
        if checking.is_none_or(|checking| checking.visit != visit) {
            return Task::none();
        }
        match result {
            Ok(Checked::NeedsIdentity(pending)) => {
                let identity = Identity::new(pending, now.instant);
                if let Screen::Desk(desk) = &mut self.screen {
                    desk.note_question(identity);
                    return Task::none();
                }
                self.keyboard.clear();
                self.now = now;
                self.last_touch = now.instant;
                self.screen = Screen::Identity(identity);
                Task::none()
            }
            Ok(Checked::Recorded(outcome)) => {
                self.health.note_decision(outcome.decision);
                if outcome.source == Some(Source::Typed) && outcome.decision != Decision::Admit {
                    self.attempts.note_failure(now.instant);
                }
                self.show_outcome(outcome, now)
            }
            Err(error) => self.fail_to_record(error, now),
        }
    }

    /// Shows what is on the disk, behind the desk once that is closed.
    pub(super) fn show_outcome(&mut self, outcome: Outcome, now: Moment) -> Task<Message> {
        self.now = now;
        let sound = Sound::of(outcome.decision);
        let stands = self.stands(outcome.decision);
        match &mut self.screen {
            Screen::Desk(desk) => desk.note_outcome(outcome),
            _ => {
                self.last_touch = now.instant;
                self.screen = Screen::Outcome(OutcomeScreen::new(outcome, now.instant, stands));
            }
        }
        if let Some(running) = &self.running {
            let volume = running.settings.volume.at(local(now.time).time());
            self.speaker.play(sound, volume, now.instant);
        }
        Task::none()
    }

    /// How long an outcome stands.
    pub(super) fn stands(&self, decision: Decision) -> Duration {
        let Some(running) = &self.running else { return Duration::ZERO };
        let screen = &running.settings.screen;
        match decision {
            Decision::Admit | Decision::AdmitByDesk => screen.admit,
            Decision::Refuse(_) => screen.refuse,
            Decision::Unverified(_) => screen.unverified,
        }
    }

    /// Whether what is shown now is checked: behind the desk one visitor at a time.
    fn takes_readings(&self) -> bool {
        match &self.screen {
            Screen::Welcome(_) | Screen::Notice(_) | Screen::Outcome(_) => true,
            Screen::Desk(desk) => desk.takes_readings(),
            Screen::Checking(_) | Screen::Identity(_) | Screen::OutOfService(_) => false,
        }
    }

    /// What staff read.
    pub(super) fn texts_for_staff(&self) -> &'static Texts {
        let first = self.running.as_ref().map(|running| running.settings.screen.first_language);
        Texts::for_staff(first.unwrap_or(Language::Turkish))
    }

    /// A kiosk that fills the screen is not closed by whoever stands before it.
    fn fills_screen(&self) -> bool {
        let running = self.running.as_ref();
        self.options.windowed.is_none() && running.is_none_or(|running| running.settings.screen.fullscreen)
    }

    /// The visit is over: the next one finds the kiosk as it is for everybody.
    pub(super) fn welcome_next(&mut self) {
        self.aids = Aids::default();
        self.focus = Focus::default();
        self.screen = Screen::Welcome(Welcome::default());
    }

    /// The colours in force.
    pub(super) fn palette(&self) -> Palette {
        let screen = self.running.as_ref().map(|running| &running.settings.screen);
        let is_night = |screen: &settings::Screen| {
            screen.night.is_some_and(|hours| hours.contain(local(self.now.time).time()))
        };
        match () {
            () if self.aids.high_contrast => palette::HIGH_CONTRAST,
            () if screen.is_some_and(is_night) => palette::NIGHT,
            () => palette::DAY,
        }
    }

    /// The design for a window of this size.
    pub(super) fn design(&self, window: Size) -> Design {
        let design = Design::new(window, self.palette(), self.texts.direction());
        let design = if self.aids.larger_text { design.larger() } else { design };
        let is_still = self.running.as_ref().is_some_and(|running| running.settings.screen.reduce_motion);
        if is_still { design.still() } else { design }
    }

    /// Draws the screen for whatever size the window has.
    pub fn view(&self) -> Element<'_, Message> {
        iced::widget::responsive(|size| {
            let design = self.design(size);
            let screen = match &self.screen {
                Screen::Welcome(welcome) => welcome::view(self, welcome, design),
                Screen::Notice(notice) => notice::view(self, notice, design),
                Screen::Checking(checking) => checking::view(self, checking, design),
                Screen::Identity(identity) => identity::view(self, identity, design),
                Screen::Outcome(outcome) => outcome::view(self, outcome, design),
                Screen::Desk(desk) => desk::view(self, desk, design),
                Screen::OutOfService(cause) => out_of_service::view(self, cause, design),
            };
            widgets::with_corner(widgets::with_banner(self, screen, design), design)
        })
        .into()
    }
}

/// Whether what was typed is the space bar alone.
fn is_blank(typed: &[Pressed]) -> bool {
    typed.iter().all(|pressed| pressed.character == Some(' '))
}
