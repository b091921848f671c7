//! A kiosk at a door, for the stories.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use iced::Task;
use iced::futures::StreamExt;
use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Event, Key, Location, Modifiers};
use iced_test::Simulator;
use iced_test::runtime::{Action, task};
use iced_test::simulator::press_key;
use jiff::SignedDuration;

use super::USUAL;
use crate::code::{Reading, Source};
use crate::entry::{Cause, Decision};
use crate::kiosk::keys::us_key;
use crate::kiosk::language::start_of_day;
use crate::kiosk::message::{Message, Moment};
use crate::kiosk::sound::{Request, Sound, Speaker};
use crate::kiosk::start::{Options, Running};
use crate::kiosk::state::{Kiosk, Screen};
use crate::kiosk::test_settings;
use crate::scan::{Layout, Level, ScannerEvent, Stroke};
use crate::settings::Language;
use crate::visits::{
    Filter, Page, Person, Pin, PinChange, Reader, Record, Recorded, Role, Store, UnreadableRecord, Use,
    Visit, VisitsError,
};

/// A kiosk at a door, whose clock goes on as the story says.
pub struct Door {
    pub kiosk: Kiosk,
    pub runtime: tokio::runtime::Runtime,
    pub now: Moment,
    pub folder: tempfile::TempDir,
    requests: Receiver<Request>,
}

impl Door {
    pub fn open() -> Self {
        let door = Self::with_settings("");
        if let Screen::OutOfService(screen) = &door.kiosk.screen {
            panic!("the kiosk does not start: {:?}", screen.cause);
        }
        door
    }

    /// A door whose settings are the demo's and `more`.
    pub fn with_settings(more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_settings(folder.path(), more);
        Self::at(folder)
    }

    pub fn at(folder: tempfile::TempDir) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let options = Options { config: Some(folder.path().join("kiosk.toml")), ..Options::default() };
        let started = Running::start(&options).map(|mut running| {
            // What a story takes out of the log stays among what is its own.
            running.settings.check_in.visits.exports = folder.path().join("exports");
            Arc::new(running)
        });
        let now = off_midnight(Moment::now());
        let (speaker, requests) = Speaker::new();
        let (kiosk, task) = Kiosk::new(options, speaker, started, now);
        let mut door = Self { kiosk, runtime, now, folder, requests };
        door.run(task);
        door
    }

    pub fn run(&mut self, task: Task<Message>) {
        let Some(mut actions) = task::into_stream(task) else { return };
        while let Some(action) = self.runtime.block_on(actions.next()) {
            if let Action::Output(message) = action {
                self.tell(at(message, self.now));
            }
        }
    }

    pub fn tell(&mut self, message: Message) {
        let task = self.begin(message);
        self.run(task);
    }

    /// Tells something, and leaves what is to be done then to the story.
    pub fn begin(&mut self, message: Message) -> Task<Message> {
        let _guard = self.runtime.enter();
        self.kiosk.update(message)
    }

    /// The first message of what is to be done.
    pub fn first_of(&self, task: Task<Message>) -> Message {
        let mut actions = task::into_stream(task).expect("something is to be done");
        loop {
            match self.runtime.block_on(actions.next()) {
                Some(Action::Output(message)) => return at(message, self.now),
                Some(_) => {}
                None => panic!("nobody is told"),
            }
        }
    }

    /// The sound that the kiosk asked for last, and its volume; it is told once.
    pub fn sound(&mut self) -> Option<(Sound, u32)> {
        self.requests.try_iter().last().map(|request| (request.sound, request.volume))
    }

    /// Lets time pass, with the clock's ticks.
    pub fn wait(&mut self, time: Duration) {
        let ticks = (time.as_millis() / 500).max(1) as u32;
        for _ in 0..ticks {
            self.now.instant += time / ticks;
            self.now.time += SignedDuration::try_from(time / ticks).unwrap();
            self.tell(Message::Ticked(self.now));
        }
    }

    pub fn press(&mut self, key: Key, text: Option<&str>) {
        let event = press_key(key, text.map(Into::into));
        let iced::Event::Keyboard(event @ Event::KeyPressed { .. }) = event else { unreachable!() };
        self.tell(Message::KeyPressed(event, self.now));
    }

    pub fn type_text(&mut self, text: &str, gap: Duration) {
        for character in text.chars() {
            self.now.instant += gap;
            let text = character.to_string();
            self.press(Key::Character(text.as_str().into()), Some(&text));
        }
    }

    /// Reads with a reader that is set to a US keyboard, where the system has another layout.
    pub fn read_under(&mut self, text: &str, layout: Layout, caps_lock: bool) {
        for character in text.chars() {
            self.now.instant += Duration::from_millis(5);
            let stroke = Layout::Us.stroke(character, false).unwrap();
            let plain = Layout::Us.character(Stroke { level: Level::Plain, ..stroke }, false).unwrap();
            let typed = layout.character(stroke, caps_lock).unwrap().to_string();
            let key = Key::Character(typed.as_str().into());
            let is_shifted = stroke.level == Level::Shifted;
            let event = Event::KeyPressed {
                key: key.clone(),
                modified_key: key,
                physical_key: Physical::Code(us_key(plain).unwrap()),
                location: Location::Standard,
                modifiers: if is_shifted { Modifiers::SHIFT } else { Modifiers::empty() },
                text: Some(typed.into()),
                repeat: false,
            };
            self.tell(Message::KeyPressed(event, self.now));
        }
    }

    /// Types by hand and presses Enter.
    pub fn type_code(&mut self, text: &str) {
        self.type_text(text, Duration::from_millis(120));
        self.press(Key::Named(Named::Enter), None);
    }

    pub fn scan(&mut self, text: &str) {
        let scanned = self.begin_scan(text);
        self.run(scanned);
    }

    /// Scans a code, and leaves what is to be done then to the story.
    pub fn begin_scan(&mut self, text: &str) -> Task<Message> {
        let reading = Reading { text: text.to_owned(), source: Source::Camera };
        let event = ScannerEvent::Reading { reading, captured: Duration::ZERO };
        self.begin(Message::ScannerReported(event, self.now))
    }

    pub fn see_several_codes(&mut self) {
        self.tell(Message::ScannerReported(ScannerEvent::SeveralCodes, self.now));
    }

    pub fn screen(&self) -> Simulator<'_, Message> {
        Simulator::with_size(test_settings(), USUAL, self.kiosk.view())
    }

    pub fn shows(&self, text: &str) -> bool {
        self.screen().find(text).is_ok()
    }

    pub fn touch(&mut self, text: &str) {
        let mut screen = self.screen();
        screen.click(text).expect("the text stands on the screen");
        for message in screen.into_messages().collect::<Vec<_>>() {
            self.tell(at(message, self.now));
        }
    }

    /// The decision on the screen, if there is one.
    pub fn decision(&self) -> Option<Decision> {
        match &self.kiosk.screen {
            Screen::Outcome(outcome) => Some(outcome.outcome.decision),
            Screen::Welcome(_)
            | Screen::Notice(_)
            | Screen::Checking(_)
            | Screen::Identity(_)
            | Screen::AwaitingDesk(_)
            | Screen::Desk(_)
            | Screen::OutOfService(_) => None,
        }
    }

    /// Whether the privacy notice fills the window.
    pub fn shows_notice(&self) -> bool {
        matches!(self.kiosk.screen, Screen::Notice(_))
    }

    /// Says all that is on the screen in another language, as if it had been chosen before.
    pub fn speak(&mut self, language: Language) {
        self.kiosk.speak(language);
        if self.shows_notice() {
            self.kiosk.open_notice();
        }
    }

    pub fn is_welcoming(&self) -> bool {
        matches!(self.kiosk.screen, Screen::Welcome(_))
    }

    pub fn is_out_of_service(&self) -> bool {
        matches!(self.kiosk.screen, Screen::OutOfService(_))
    }

    /// Gives somebody a PIN, as `hes-kiosk pin set` does.
    pub fn give_pin(&self, name: &str, role: Role, pin: &str) {
        let running = self.kiosk.running.as_ref().unwrap();
        let store = Store::open(running.settings.check_in.visits.clone(), Use::Command).unwrap();
        let person = Person { name: name.to_owned(), role };
        self.runtime.block_on(async {
            let credentials = store.credentials().await.unwrap();
            let credential = credentials.of(person, &Pin::parse(pin).unwrap()).unwrap();
            store.change_people(PinChange::Set(credential), None).await.unwrap();
        });
    }

    /// Takes a PIN away, as `hes-kiosk pin remove` does.
    pub fn take_pin(&self, name: &str) {
        let running = self.kiosk.running.as_ref().unwrap();
        let store = Store::open(running.settings.check_in.visits.clone(), Use::Command).unwrap();
        self.runtime.block_on(store.remove_pin(name, None)).unwrap().expect("somebody has the name");
    }

    /// The whole visit log, oldest first.
    pub fn records(&self) -> Vec<Record> {
        let running = self.kiosk.running.as_ref().unwrap();
        let filter = Filter { with_acts: true, ..Filter::default() };
        let mut records = Vec::new();
        let take = |recorded: Result<Recorded, UnreadableRecord>| {
            records.push(recorded.unwrap().record);
            Ok::<(), VisitsError>(())
        };
        Reader::open(&running.settings.check_in.visits)
            .unwrap()
            .each(&filter, Page::default(), take)
            .unwrap();
        records
    }

    /// Deletes what has reached its retention, as the kiosk does each day.
    pub fn purge(&self) {
        let running = self.kiosk.running.as_ref().unwrap();
        self.runtime.block_on(running.check_in.purge()).unwrap();
    }

    /// Records a visit at a time from the story's, as if the clock had been other then.
    pub fn record_in(&self, time: SignedDuration) {
        let running = self.kiosk.running.as_ref().unwrap();
        let store = Store::open(running.settings.check_in.visits.clone(), Use::Command).unwrap();
        let visit = Visit {
            id: uuid::Uuid::now_v7(),
            at: self.now.time + time,
            environment: running.settings.check_in.environment,
            entrance: String::new(),
            source: None,
            decided_by: None,
            answers: None,
            code: None,
            decision: Decision::Unverified(Cause::NoCode),
            valid_until: None,
            service_ms: None,
            holder: None,
            word: None,
        };
        self.runtime.block_on(store.append_visit(visit)).unwrap();
    }

    /// The decisions in the visit log, oldest first.
    pub fn log(&self) -> Vec<(Option<Source>, Decision)> {
        let running = self.kiosk.running.as_ref().unwrap();
        let mut visits = Vec::new();
        let take = |recorded: Result<Recorded, UnreadableRecord>| {
            match recorded.unwrap().record {
                Record::Visit(visit) => visits.push((visit.source, visit.decision)),
                Record::Act(act) => panic!("{act:?}"),
            }
            Ok::<(), VisitsError>(())
        };
        let mut reader = Reader::open(&running.settings.check_in.visits).unwrap();
        reader.each(&Filter::default(), Page::default(), take).unwrap();
        visits
    }
}

/// The clock of a story is never near midnight: what came a moment before is of the same day, and what comes soon.
fn off_midnight(now: Moment) -> Moment {
    let near = SignedDuration::from_mins(15);
    let is_near = start_of_day(now.time + near) != start_of_day(now.time - near);
    Moment { time: if is_near { now.time - near * 2 } else { now.time }, ..now }
}

/// What the program tells by the system's clock, told by the story's.
fn at(message: Message, now: Moment) -> Message {
    match message {
        Message::Started(started, _) => Message::Started(started, now),
        Message::Probed(result, _) => Message::Probed(result, now),
        Message::Noted(result, _) => Message::Noted(result, now),
        Message::Welcome(touched, _) => Message::Welcome(touched, now),
        Message::Notice(touched, _) => Message::Notice(touched, now),
        Message::Identity(touched, _) => Message::Identity(touched, now),
        Message::Desk(touched, _) => Message::Desk(touched, now),
        Message::DeskAnswered(answer, _) => Message::DeskAnswered(answer, now),
        Message::WayOutAnswered(answer, _) => Message::WayOutAnswered(answer, now),
        Message::Checked(visit, checked, _) => Message::Checked(visit, checked, now),
        other => other,
    }
}

/// The settings of a door; `more` may begin with more of the visits'.
pub fn write_settings(folder: &Path, more: &str) {
    let folder_name = folder.display();
    let text = format!(
        "[log]\npath = \"{folder_name}/kiosk.log\"\n\
         [visits]\npath = \"{folder_name}/log/visits.db\"\nkey_file = \"{folder_name}/visits.key\"\n{more}\n"
    );
    fs::write(folder.join("kiosk.toml"), text).unwrap();
}
