//! The desk's side of the window: behind a PIN, what came today, who waits, and a named person's word for them.
//!
//! It covers the visitor's screen and stops no visitor: what the camera reads meanwhile is asked, recorded and listed,
//! and stands on the visitor's screen as soon as that returns.

mod acts;
mod answers;
mod badge;
mod behind;
mod chart;
mod deciding;
mod deciding_view;
mod entry;
mod erasure;
mod erasure_view;
mod evacuation;
mod exports;
mod focus;
mod inside;
mod keys;
pub(super) mod look_up;
mod opening;
mod pages;
mod pin_pad;
mod pins;
mod pins_view;
mod session;
mod settings;
mod settings_view;
mod view;
mod visits;
pub(super) mod way_out;

use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::Task;
use jiff::SignedDuration;

use super::awaiting_desk::PATIENCE;
use super::focus::Focus;
use super::language::start_of_day;
use super::message::{self, Moment};
use super::start::Running;
use super::state::{Kiosk, Screen};
use crate::checkin::{self, Outcome, PinAnswer, Unsettled, Verdict};
use crate::code::{Code, Reading, Source};
use crate::export::ExportError;
use crate::visits::{LONGEST_PIN, Person, SetPinError, VisitsError};

use behind::{Came, Unshown, Visitor};
use deciding::Deciding;
use entry::Entry;
pub(super) use exports::Exports;
pub(super) use focus::{Seen, targets};
pub(super) use look_up::Answering;
pub use pages::Tab;
use pin_pad::PinPad;
use session::Session;
use visits::Row;
pub use visits::Show;
#[cfg(test)]
pub(super) use {
    exports::Message as ExportsMessage, inside::Message as InsideMessage, pins::Message as PinsMessage,
    settings::Message as SettingsMessage,
};

pub(super) use view::view;
pub(super) use way_out::WayOut;

/// Without a touch or a key for so long the desk is locked.
const LOCKS: Duration = Duration::from_secs(60);

/// Whoever was sent to the desk within this time may wait over midnight: no shift at a desk is longer.
const EVENING: SignedDuration = SignedDuration::from_hours(12);

/// So many visits are read first, more than the highest window shows: those of a whole day take longer.
const FIRST: u32 = 100;

/// The desk's side, over the visitor's.
#[derive(Debug)]
pub(super) struct Desk {
    stage: Stage,
    /// The visitor whose screen the desk covers.
    visitor: Option<Visitor>,
    /// Those who came meanwhile, oldest first.
    came: Vec<Came>,
    unshown: Option<Unshown>,
    last_touch: Instant,
    /// When it came back with a visitor's code: until the next touch nobody is known to be there.
    back: Option<Instant>,
    /// Counts what may have changed the screen.
    changes: u8,
}

#[derive(Debug)]
enum Stage {
    /// Nobody said yet who it is.
    Locked(PinPad),
    Open(Box<Session>),
}

/// What was touched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Message {
    /// A finger or a pointer went down in the corner that opens the desk.
    CornerHeld,
    /// It went up, or away.
    CornerLeft,
    /// A digit.
    Digit(char),
    /// The key that takes back.
    TakeBack,
    /// The button that ends the PIN or what is searched.
    Confirm,
    /// The button that locks the desk, or leaves the PIN.
    Lock,
    /// The name of a page.
    Open(Tab),
    /// A step back on a page.
    Back,
    /// The page of the settings.
    Settings(settings::Message),
    /// The page of the exports.
    Exports(exports::Message),
    /// The page of the PINs.
    Pins(pins::Message),
    /// The page of the erasures.
    Erasure(erasure::Message),
    /// Those who are inside.
    Inside(inside::Message),
    /// Which visits are listed.
    Show(Show),
    /// The list was moved so far, in pixels, by a hand or by what was added to it.
    Scrolled(f32),
    /// The next code that a reader reads shall be looked up, or shall not.
    AwaitCode,
    /// A hand is at the window, wherever it touched.
    Touched,
    /// The code of the visitor who waits is looked up.
    LookUp(look_up::Message),
    /// Somebody decides on the visit of this name.
    Decide(uuid::Uuid),
    /// Nobody decides on it after all.
    Cancel,
    /// Why.
    Because(usize),
    /// What is decided.
    Verdict(Verdict),
    /// The visitor left without a decision.
    Left,
    /// The way out to the desktop.
    Leave,
}

/// What the log gave of visits. The rows are made where they are read: a day may have a hundred thousand.
pub(super) type Visits = Arc<Vec<Row>>;

/// What became of what the desk asked for.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The PIN that was entered on the pad of this number was compared, and today's newest visits read beside that.
    Pin(u64, Result<(PinAnswer, Visits), VisitsError>),
    /// All of today's visits.
    Day(Result<Visits, VisitsError>),
    /// Those from some time on.
    Visits(Result<Visits, VisitsError>),
    /// Everything that is known of a code.
    Found(Result<Visits, VisitsError>),
    /// What somebody saw who looked up the code of this visit is recorded.
    LookedUp(uuid::Uuid, Result<Outcome, VisitsError>),
    /// The visit of this name was settled.
    Settled(uuid::Uuid, Result<Outcome, VisitsError>),
    /// The list for an evacuation was asked for.
    Listed(Result<inside::Listed, VisitsError>),
    /// It went to the printer, and whether that was well.
    Printed(inside::Listed, bool),
    /// Everybody who has a PIN.
    People(Result<Vec<Person>, VisitsError>),
    /// Somebody's PIN was given or taken away.
    PinChanged(Result<pins::Done, SetPinError>),
    /// The settings file was read, or not.
    SettingsRead(settings::Read),
    /// Changes of settings were saved, or not.
    SettingsSaved(Result<(), settings::NotSaved>),
    /// An export was made, or not.
    Exported(Result<exports::Written, ExportError>),
    /// So many records have a code that is to be erased.
    Counted(Result<usize, VisitsError>),
    /// The records of this code were erased.
    Erased(Code, Result<erasure::Erased, VisitsError>),
    /// The log knows who ends the kiosk, as far as it could take that down.
    Left { restarts: bool },
    /// Whoever opened the desk has no such PIN any more, or nobody can tell.
    Dismissed(Result<(), VisitsError>),
}

fn touched(message: Message) -> impl Fn() -> message::Message {
    move || message::Message::Desk(message, Moment::now())
}

/// Asks for something, and tells the answer.
fn ask<T: Send + 'static>(
    asked: impl Future<Output = T> + Send + 'static,
    answer: impl Fn(T) -> Answer + Send + 'static,
) -> Task<message::Message> {
    Task::perform(asked, move |given| message::Message::DeskAnswered(answer(given), Moment::now()))
}

/// Asks for something in the name of this person. Somebody may have taken the PIN or the role away since the desk was
/// opened: then nothing is done.
fn ask_as<T: Send + 'static>(
    running: &Arc<Running>,
    person: Person,
    asked: impl Future<Output = T> + Send + 'static,
    answer: impl Fn(T) -> Answer + Send + 'static,
) -> Task<message::Message> {
    let running = Arc::clone(running);
    let asked = async move {
        match running.check_in.visits().people().await {
            Ok(people) if people.contains(&person) => {
                let given = asked.await;
                answer(given)
            }
            Ok(_) => Answer::Dismissed(Ok(())),
            Err(error) => Answer::Dismissed(Err(error)),
        }
    };
    ask(asked, |answer| answer)
}

impl Desk {
    /// Whether a key of the keyboard is part of a PIN now.
    pub(super) fn asks_pin(&self) -> bool {
        match &self.stage {
            Stage::Locked(_) => true,
            Stage::Open(session) => {
                session.deciding.as_ref().is_some_and(Deciding::asks_pin)
                    || session.page.asks_pin()
                    || self.look_up_asks_pin()
            }
        }
    }

    /// Takes note that the screen may look otherwise now.
    fn note_change(&mut self) {
        self.changes = self.changes.wrapping_add(1);
    }

    /// A number that is another one after each of a few changes: the list answers a key by moving, as well.
    pub(super) fn changes(&self) -> u8 {
        self.changes % 8
    }

    /// For how long the desk stays open.
    fn left(&self, now: Instant) -> Duration {
        // Whoever looks a code up has to do so somewhere else.
        let is_touched = self.back.is_none_or(|back| self.last_touch > back);
        let locks = if is_touched && self.look_up().is_some() { PATIENCE } else { LOCKS };
        locks.saturating_sub(now.saturating_duration_since(self.last_touch))
    }

    /// Gives all visits the times and durations that a picture can be compared with.
    #[cfg(test)]
    pub(super) fn settle(&mut self, time: jiff::Timestamp, now: Instant) {
        self.last_touch = now;
        for came in &mut self.came {
            came.at = time;
        }
        if let Some(session) = self.session() {
            session.settle(time);
        }
    }

    fn session(&mut self) -> Option<&mut Session> {
        match &mut self.stage {
            Stage::Open(session) => Some(session),
            Stage::Locked(_) => None,
        }
    }
}

impl Kiosk {
    /// Ends what is typed while the desk has the window: it is a PIN, a hand's, or what a reader read.
    pub(super) fn desk_submit(&mut self, now: Moment) -> Task<message::Message> {
        if let Some(digits) = self.typed_pin() {
            self.keyboard.clear();
            return self.enter_pin(&digits, now);
        }
        let before = self.keyboard.words_before_code();
        let Some(reading) = self.keyboard.submit(now.instant) else { return Task::none() };
        if reading.source == Source::Typed {
            return self.desk_typed(&reading, now);
        }
        if let (Some(before), Some(entry)) = (before, self.desk_entry()) {
            entry.add(&before);
        }
        // Its first keys were sought like a hand's.
        let sought = self.seek(now);
        Task::batch([sought, self.read(reading, now)])
    }

    /// The text that a hand types at the desk, unless a visitor's code covers it.
    fn desk_entry(&mut self) -> Option<&mut Entry> {
        let Screen::Desk(desk) = &mut self.screen else { return None };
        if desk.look_up().is_some() {
            return None;
        }
        desk.session()?.entry()
    }

    /// What was typed of a PIN where one is asked for, however fast: codes that readers read have letters.
    pub(super) fn typed_pin(&self) -> Option<String> {
        let asks_pin = match &self.screen {
            Screen::Desk(desk) => desk.asks_pin(),
            Screen::OutOfService(out) => out.way_out.as_ref().is_some_and(WayOut::asks_pin),
            _ => false,
        };
        self.keyboard.digits().filter(|digits| asks_pin && digits.len() <= LONGEST_PIN)
    }

    /// What a hand typed while the desk has the window: a PIN, or a code that is looked up.
    fn desk_typed(&mut self, reading: &Reading, now: Moment) -> Task<message::Message> {
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        if desk.asks_pin() {
            return self.enter_pin(&reading.text, now);
        }
        desk.last_touch = now.instant;
        if desk.look_up().is_some() {
            return Task::none();
        }
        self.desk_takes_code(reading)
    }

    /// Whether whoever opened the desk asked for a code that a reader reads. Any other is a visitor's.
    pub(super) fn desk_awaits_code(&mut self) -> bool {
        let Screen::Desk(desk) = &mut self.screen else { return false };
        desk.session().is_some_and(|session| session.awaits_code || session.page.awaits_code())
    }

    /// Looks a code up, or takes it as that of an erasure.
    pub(super) fn desk_takes_code(&mut self, reading: &Reading) -> Task<message::Message> {
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        if desk.session().is_some_and(|session| !session.is_at_visits()) {
            return self.erasure_reading(reading);
        }
        let (Ok(code), Some(session), Some(running)) =
            (Code::parse(&reading.text), desk.session(), self.running.clone())
        else {
            return Task::none();
        };
        session.awaits_code = false;
        let (person, asking) = (session.person.clone(), Arc::clone(&running));
        let name = person.name.clone();
        let found = async move {
            let visits = asking.check_in.look_up(code, name).await?;
            Ok(Arc::new(visits.iter().map(Row::of).collect()))
        };
        ask_as(&running, person, found, Answer::Found)
    }

    /// Something was touched.
    pub(super) fn desk_touched(&mut self, message: Message, now: Moment) -> Task<message::Message> {
        // The list moves by itself when visitors are added.
        if let (Message::Scrolled(offset), Screen::Desk(desk)) = (message, &mut self.screen) {
            if let Some(session) = desk.session() {
                session.offset = offset;
            }
            desk.note_change();
            return Task::none();
        }
        self.last_touch = now.instant;
        match message {
            Message::CornerHeld => {
                self.corner_held = Some(now.instant);
                return Task::none();
            }
            Message::CornerLeft => {
                self.corner_held = None;
                return Task::none();
            }
            _ => {}
        }
        if !matches!(self.screen, Screen::Desk(_)) {
            return self.way_out_touched(message, now);
        }
        // What a reader typed before is a visitor's: the touch takes nothing of it.
        let is_reading = self.typed_pin().is_none() && self.keyboard.holds_reading(now.instant);
        let read = if is_reading { self.submit(now) } else { Task::none() };
        Task::batch([read, self.hand_touched(message, now)])
    }

    /// A hand touched something of the desk.
    fn hand_touched(&mut self, message: Message, now: Moment) -> Task<message::Message> {
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        desk.last_touch = now.instant;
        desk.note_change();
        match message {
            Message::Digit(digit) => self.keyboard.touch(digit, now.instant),
            Message::TakeBack => self.keyboard.take_back(),
            Message::Confirm => return self.submit(now),
            Message::Lock => self.close_desk(now),
            // Whoever has a pointer needs no focus.
            Message::Touched => self.focus = Focus::default(),
            Message::CornerHeld | Message::CornerLeft => {}
            Message::Open(_)
            | Message::Back
            | Message::Settings(_)
            | Message::Exports(_)
            | Message::Pins(_)
            | Message::Erasure(_) => return self.page_touched(message, now),
            Message::Inside(message) => return self.inside_touched(message, now),
            Message::LookUp(message) => return self.look_up_touched(message, now),
            _ => return self.session_touched(message, now),
        }
        Task::none()
    }

    /// Reads today's visits, or those from a time on.
    fn read_visits(&self, since: Option<jiff::Timestamp>) -> Task<message::Message> {
        let (Some(running), Some(person)) = (self.running.clone(), self.opener()) else {
            return Task::none();
        };
        let (of, from) = (Arc::clone(&running), since.unwrap_or_else(|| start_of_day(self.now.time)));
        let visits = read(move || checkin::visits_since(&of.settings.check_in.visits, from, Row::of));
        ask_as(&running, person, visits, if since.is_some() { Answer::Visits } else { Answer::Day })
    }

    /// Reads those of the evening before who wait still.
    pub(super) fn read_evening(&self) -> Task<message::Message> {
        let (Some(running), Some(person)) = (self.running.clone(), self.opener()) else {
            return Task::none();
        };
        let evening = self.now.time - EVENING..start_of_day(self.now.time);
        if evening.is_empty() {
            return Task::none();
        }
        let of = Arc::clone(&running);
        let visits = read(move || checkin::unsettled_visits(&of.settings.check_in.visits, evening, Row::of));
        ask_as(&running, person, visits, Answer::Visits)
    }
}

/// Reads visits in a thread of its own.
async fn read(
    visits: impl FnOnce() -> Result<Vec<Row>, VisitsError> + Send + 'static,
) -> Result<Visits, VisitsError> {
    tokio::task::spawn_blocking(visits).await.map_err(|_| VisitsError::Disk)?.map(Arc::new)
}

/// A visit that somebody decides on.
fn unsettled(visit: &Row) -> Unsettled {
    Unsettled { visit: visit.id, code: visit.code }
}
