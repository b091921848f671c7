//! The kiosk's state and what changes it.

use std::sync::Arc;
use std::time::Instant;

use iced::{Color, Element, Size, Task, window};

use super::attempts::Attempts;
use super::awaiting_desk::AwaitingDesk;
use super::camera::Camera;
use super::checking::Checking;
use super::control::Control;
use super::desk::{Desk, Exports, WayOut};
use super::focus::Focus;
use super::health::Health;
use super::identity::Identity;
use super::in_view::InView;
use super::language::{Texts, local};
use super::message::{Message, Moment};
use super::notice::NoticeScreen;
use super::out_of_service::OutOfService;
use super::outcome::OutcomeScreen;
use super::palette::{self, Palette};
use super::reader::Reader;
use super::sound::Speaker;
use super::start::{NotStarted, Options, Running};
use super::theme::{self, Design};
use super::welcome::Welcome;
use super::{awaiting_desk, checking, desk, identity, notice, out_of_service, outcome, welcome, widgets};
use crate::checkin::{Checked, Pending};
use crate::code::{Reading, Source};
use crate::entry::LastDigits;
use crate::scan::{Keyboard, ScannerEvent, SerialEvent};
use crate::settings::{self, Language};
use crate::visits::Unrecorded;

/// What fills the window.
#[derive(Debug)]
pub(super) enum Screen {
    Welcome(Welcome),
    Notice(NoticeScreen),
    Checking(Checking),
    Identity(Identity),
    AwaitingDesk(AwaitingDesk),
    Outcome(OutcomeScreen),
    Desk(Desk),
    OutOfService(OutOfService),
}

/// A difference of colours that no display shows, as a share of full light.
const SHADE: f32 = 0.0002;

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
    pub(super) exports: Exports,
    pub(super) unrecorded_pins: Arc<Unrecorded>,
    /// The open desk that comes back behind what somebody there answered, when that has stood for its time or a code is
    /// held to the camera or a reader. A hand at the visitor's screen brings back none: the welcome forgets it.
    pub(super) desk_aside: Option<Desk>,
    /// Since when the corner is held that opens the desk.
    pub(super) corner_held: Option<Instant>,
    /// Touches that wait for the end of a reader's text, in their order.
    pub(super) waiting_touches: Vec<Message>,
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
            exports: Exports::default(),
            unrecorded_pins: Arc::default(),
            desk_aside: None,
            corner_held: None,
            waiting_touches: Vec::new(),
            last_touch: now.instant,
            last_try: now.instant,
            last_purge: now.instant,
        };
        let task = kiosk.update(Message::Started(first_start, now));
        (kiosk, task)
    }

    /// Takes note of what happened.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        let page = self.page();
        let task =
            if self.is_amid_reading(&message) { self.touch_later(message) } else { self.happened(message) };
        if self.page() != page {
            self.focus = Focus::default();
        }
        // A picture that nobody sees would hold up what they do see.
        if matches!(self.screen, Screen::Welcome(_)) {
            self.camera.show_newest();
        }
        task
    }

    pub(super) fn happened(&mut self, message: Message) -> Task<Message> {
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
            Message::TouchesWaited(last) => self.touches_waited(last),
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
            Message::WayOutAnswered(answer, now) => self.way_out_answered(answer, now),
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

    pub(super) fn submit(&mut self, now: Moment) -> Task<Message> {
        if matches!(self.screen, Screen::Desk(_)) {
            return self.desk_submit(now);
        }
        if self.asks_for_way_out() {
            return self.way_out_submit();
        }
        let Some(reading) = self.keyboard.submit(now.instant) else { return Task::none() };
        if reading.source == Source::Typed {
            self.last_touch = now.instant;
        }
        let is_control = Control::parse(&reading.text).is_some();
        if is_control || !matches!(self.screen, Screen::Identity(_)) {
            return self.read(reading, now);
        }
        self.answer(&reading, now)
    }

    /// Takes digits of the identity number, or what a reader read in their place.
    fn answer(&mut self, reading: &Reading, now: Moment) -> Task<Message> {
        let Screen::Identity(identity) = &mut self.screen else { return Task::none() };
        if reading.source == Source::Typed && identity.is_over(Some(now.instant), now.instant) {
            return self.end_identity(now);
        }
        let (given, pending) = (identity.given(reading, now.instant), identity.pending());
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
    pub(super) fn conclude(
        &mut self,
        pending: Pending,
        digits: Option<LastDigits>,
        now: Moment,
    ) -> Task<Message> {
        // What is typed at an open desk is nothing to a question behind it.
        if !matches!(self.screen, Screen::Desk(_)) {
            self.keyboard.clear();
        }
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

    /// Somebody who cannot touch gives digits by printed codes: as a hand gives them.
    pub(super) fn identity_read(&mut self, message: identity::Message, now: Moment) -> Task<Message> {
        let Screen::Identity(identity) = &mut self.screen else { return Task::none() };
        match identity.read(message, now.instant) {
            Some(reading) => self.answer(&reading, now),
            None if message == identity::Message::GiveUp => self.end_identity(now),
            None => Task::none(),
        }
    }

    pub(super) fn welcome_touched(&mut self, message: welcome::Message, now: Moment) -> Task<Message> {
        self.last_touch = now.instant;
        if !matches!(self.screen, Screen::Welcome(_)) {
            return Task::none();
        }
        self.show_welcome(Welcome::default());
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
            ScannerEvent::Preview(newest) => self.camera.note_preview(newest, now.instant),
            ScannerEvent::Camera(state) => self.camera.note(state),
            ScannerEvent::FrameRate(rate) => self.camera.note_rate(rate),
            ScannerEvent::SeveralCodes => {
                self.in_view.note_several(now.instant);
                if let Screen::Welcome(welcome) = &mut self.screen {
                    welcome.note_several_codes(now.instant);
                }
            }
        }
        Task::none()
    }

    /// What staff read.
    pub(super) fn texts_for_staff(&self) -> &'static Texts {
        let language = match (&self.running, &self.screen) {
            (Some(running), _) => running.settings.screen.first_language,
            (None, Screen::OutOfService(out)) => out.cause.language,
            (None, _) => Language::Turkish,
        };
        Texts::for_staff(language)
    }

    pub(super) fn asks_for_way_out(&self) -> bool {
        matches!(&self.screen, Screen::OutOfService(out) if out.way_out.is_some())
    }

    /// A kiosk that fills the screen is not closed by whoever stands before it.
    fn fills_screen(&self) -> bool {
        let running = self.running.as_ref();
        self.options.windowed.is_none() && running.is_none_or(|running| running.settings.screen.fullscreen)
    }

    /// Goes on in a language.
    pub(super) fn speak(&mut self, language: Language) {
        if language == Language::Arabic {
            theme::load_arabic_fonts();
        }
        self.texts = Texts::of(language);
    }

    /// The visit is over: the next one finds the kiosk as it is for everybody.
    pub(super) fn welcome_next(&mut self) {
        self.aids = Aids::default();
        self.show_welcome(Welcome::default());
    }

    /// Forgets what a hand typed. What a reader types is the next visitor's, and may have come in half.
    pub(super) fn forget_hand(&mut self, now: Instant) {
        if !self.keyboard.holds_reading(now) {
            self.keyboard.clear();
        }
    }

    /// Shows the welcome. No desk comes back behind it.
    pub(super) fn show_welcome(&mut self, welcome: Welcome) {
        self.desk_aside = None;
        self.screen = Screen::Welcome(welcome);
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

    /// The colour below all that is drawn. No screen fills the window itself: whatever part of it the renderer repaints,
    /// it would fill the whole window for that. Where one screen follows another the colour differs, if only by less than
    /// a display shows, so that the window is repainted as a whole and not piece by piece; so it does where another
    /// language follows, as Arabic letters reach out of their lines, and where most of the desk's list changes, as each
    /// piece is repainted with all that lies below it.
    pub(super) fn ground(&self) -> Color {
        let ground = self.palette().ground;
        let (ground, shades) = match &self.screen {
            Screen::Welcome(_) => (ground, 0.0),
            Screen::Checking(checking) if checking.is_unnoticed(self.now.instant) => (ground, 0.0),
            Screen::Checking(_) => (ground, 1.0),
            Screen::Notice(_) => (ground, 2.0),
            Screen::Identity(_) => (ground, 3.0),
            Screen::Desk(_) => (ground, 4.0),
            Screen::OutOfService(out) if out.way_out.as_ref().is_some_and(WayOut::fills_screen) => {
                (ground, 7.0)
            }
            Screen::OutOfService(_) => (palette::INK, 5.0),
            Screen::AwaitingDesk(_) => (ground, 6.0),
            Screen::Outcome(screen) => (outcome::ground(screen.outcome.decision), 0.0),
        };
        let changes = match &self.screen {
            Screen::Desk(desk) => f32::from(desk.changes()),
            _ => 0.0,
        };
        let language = f32::from(self.texts.language() as u8);
        let (r, g, b) = (ground.r + shades * SHADE, ground.g + changes * SHADE, ground.b + language * SHADE);
        Color { r, g, b, ..ground }
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
                Screen::Checking(checking) if checking.is_unnoticed(self.now.instant) => {
                    welcome::view(self, &Welcome::default(), design)
                }
                Screen::Checking(checking) => checking::view(self, checking, design),
                Screen::Identity(identity) => identity::view(self, identity, design),
                Screen::AwaitingDesk(awaiting) => awaiting_desk::view(self, awaiting, design),
                Screen::Outcome(outcome) => outcome::view(self, outcome, design),
                Screen::Desk(desk) => desk::view(self, desk, design),
                Screen::OutOfService(cause) => out_of_service::view(self, cause, design),
            };
            widgets::with_banner(self, screen, design)
        })
        .into()
    }
}
