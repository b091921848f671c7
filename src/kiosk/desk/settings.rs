//! The settings: seen, and changed with the validation that a start has.

use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::Task;

use super::entry::Entry;
use super::focus::setting_line;
use super::pages::Page;
use super::{Answer, ask, ask_as};
use crate::kiosk::message::{self, Moment};
use crate::kiosk::scrolling::reveal;
use crate::kiosk::start::{Options, Running};
use crate::kiosk::state::{Kiosk, Screen};
use crate::settings::{ChangeError, Changes, Kind, SETTINGS, SettingsError, SettingsFile, WrongChange};
use crate::visits::{Deed, VisitsError};

/// For so long somebody reads what is said: a touch within this time is the first one's bouncing.
const READING: Duration = Duration::from_secs(1);

/// The page.
#[derive(Debug)]
pub(super) struct SettingsPage {
    /// The section that is seen: a page with all of them takes long to draw.
    pub(super) section: &'static str,
    /// The file as it was read, and what it says of each setting.
    pub(super) read: Option<(SettingsFile, Vec<Option<String>>)>,
    /// What is to be changed.
    pub(super) changes: Changes,
    /// The setting whose text is typed.
    pub(super) typing: Option<(usize, Entry)>,
    pub(super) said: Said,
}

impl Default for SettingsPage {
    fn default() -> Self {
        let section = SETTINGS[0].section;
        Self { section, read: None, changes: Changes::new(), typing: None, said: Said::Nothing }
    }
}

/// What there is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    /// It is being written.
    Writing,
    /// The file has it.
    Saved,
    /// The file cannot be read.
    Unreadable,
    /// The loader refuses a change.
    Wrong(WrongChange),
    /// The file is as it was.
    NotWritten(ChangeError),
    /// To leave the page would lose the changes: said since then.
    Leaving(Instant),
}

/// Why changes were not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSaved {
    /// The loader refuses one.
    Wrong(WrongChange),
    /// The file is as it was.
    NotWritten(ChangeError),
    /// The file has them, and the log does not know who changed them.
    NotRecorded(VisitsError),
}

/// What was touched; settings go by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// The section of this name.
    Section(&'static str),
    /// On becomes off, and off becomes on.
    Switch(usize),
    /// The choice at this place.
    Choose(usize, usize),
    /// The number goes down.
    Less(usize),
    /// The number goes up.
    More(usize),
    /// The text is typed.
    Type(usize),
    /// All of the text that is typed is taken back.
    Clear,
    /// The text is as it shall be.
    Done,
    /// Nothing is to be changed after all.
    Forget,
    /// The file gets the changes.
    Save,
    /// The kiosk starts anew.
    Restart,
}

impl Message {
    /// The place of the setting that it changes.
    pub(super) fn setting(self) -> Option<usize> {
        match self {
            Self::Switch(place)
            | Self::Choose(place, _)
            | Self::Less(place)
            | Self::More(place)
            | Self::Type(place) => Some(place),
            Self::Section(_) | Self::Clear | Self::Done | Self::Forget | Self::Save | Self::Restart => None,
        }
    }
}

/// What was read of the file.
pub(super) type Read = Result<(SettingsFile, Vec<Option<String>>), SettingsError>;

/// Reads the file in a thread of its own.
pub(super) fn read(options: &Options) -> Task<message::Message> {
    let config = options.config.clone();
    let read = tokio::task::spawn_blocking(move || {
        let file = SettingsFile::read(config.as_deref())?;
        let values = file.values()?;
        Ok((file, values))
    });
    ask(async { read.await.unwrap_or(Err(SettingsError::NoHome)) }, Answer::SettingsRead)
}

impl SettingsPage {
    /// The text that is typed now.
    pub(super) fn entry(&mut self) -> Option<&mut Entry> {
        self.typing.as_mut().map(|(_, entry)| entry)
    }

    /// Leaves the text as it was, or holds back whoever would lose changes. Tells whether it did.
    pub(super) fn go_back(&mut self, now: Instant) -> bool {
        self.typing.take().is_some() || self.holds_back(now)
    }

    /// Whether somebody who leaves the page is held back: once, to be told what is not saved, and as long as it is written.
    pub(super) fn holds_back(&mut self, now: Instant) -> bool {
        if self.said == Said::Writing {
            return true;
        }
        self.end_typing();
        match self.said {
            _ if self.changes.is_empty() => false,
            Said::Leaving(since) => now.saturating_duration_since(since) < READING,
            _ => {
                self.said = Said::Leaving(now);
                true
            }
        }
    }

    pub(super) fn note_read(&mut self, read: Read) {
        match read {
            Ok(read) => self.read = Some(read),
            Err(_) => self.said = Said::Unreadable,
        }
    }

    /// What a setting is to be; `None` where the file is silent.
    pub(super) fn text(&self, place: usize) -> Option<&str> {
        let before = || self.read.as_ref()?.1.get(place)?.as_deref();
        self.changes.get(&place).map_or_else(before, |changed| changed.as_deref())
    }

    fn change(&mut self, place: usize, text: Option<String>) {
        self.changes.insert(place, text);
        if let Some((_, before)) = &self.read
            && before.get(place) == self.changes.get(&place)
        {
            self.changes.remove(&place);
        }
    }

    /// Whether a switch is on.
    pub(super) fn is_on(&self, place: usize, default: bool) -> bool {
        self.text(place).map_or(default, |text| text == "true")
    }

    /// The chosen names of a list, in their order.
    pub(super) fn chosen(&self, place: usize, names: &'static [&'static str]) -> Vec<&str> {
        match self.text(place) {
            Some(text) => text.split(',').map(str::trim).filter(|name| !name.is_empty()).collect(),
            None => names.to_vec(),
        }
    }

    fn choose(&mut self, place: usize, choice: usize) {
        match SETTINGS.get(place).map(|setting| setting.kind) {
            Some(Kind::Choice(names)) => {
                if let Some(name) = names.get(choice) {
                    self.change(place, Some((*name).to_owned()));
                    self.follow_admission(name);
                }
            }
            Some(Kind::Several(names)) => {
                let Some(name) = names.get(choice) else { return };
                let mut chosen = self.chosen(place, names);
                match chosen.iter().position(|other| other == name) {
                    Some(there) => drop(chosen.remove(there)),
                    None => chosen.push(name),
                }
                let chosen = chosen.join(", ");
                self.change(place, Some(chosen));
            }
            _ => {}
        }
    }

    /// What is said of a protection goes with it, as the loader refuses it then, and comes back with it.
    fn follow_admission(&mut self, admit: &str) {
        let mut follow = |key: &str| {
            let Some(place) = SETTINGS.iter().position(|setting| setting.key == key) else { return };
            match admit {
                "riskless" => self.change(place, None),
                "riskless_and_protected" if self.changes.get(&place) == Some(&None) => {
                    self.changes.remove(&place);
                }
                _ => {}
            }
        };
        follow("protected_by");
        follow("negative_test_hours");
    }

    fn step(&mut self, place: usize, is_up: bool) {
        let Some(Kind::Number(least, most, default, step)) = SETTINGS.get(place).map(|setting| setting.kind)
        else {
            return;
        };
        let number = self.text(place).and_then(|text| text.parse().ok()).unwrap_or(default);
        let number: i64 = if is_up { number.saturating_add(step) } else { number.saturating_sub(step) };
        self.change(place, Some(number.clamp(least, most).to_string()));
    }

    /// The text that is typed is what the setting is to be; an empty one makes the file silent.
    fn end_typing(&mut self) {
        if let Some((place, entry)) = self.typing.take() {
            let text = entry.text().trim().to_owned();
            self.change(place, (!text.is_empty()).then_some(text));
        }
    }

    fn touched(&mut self, message: Message) {
        if matches!(self.said, Said::Writing) {
            return;
        }
        self.said = Said::Nothing;
        match message {
            Message::Section(section) => {
                self.end_typing();
                self.section = section;
            }
            Message::Switch(place) => {
                if let Some(Kind::Switch(default)) = SETTINGS.get(place).map(|setting| setting.kind) {
                    let is_on = self.is_on(place, default);
                    self.change(place, Some((!is_on).to_string()));
                }
            }
            Message::Choose(place, choice) => self.choose(place, choice),
            Message::Less(place) => self.step(place, false),
            Message::More(place) => self.step(place, true),
            Message::Type(place) => {
                self.end_typing();
                let text = self.text(place).unwrap_or_default().to_owned();
                self.typing = Some((place, Entry::with(text)));
            }
            Message::Clear => {
                if let Some(entry) = self.entry() {
                    *entry = Entry::default();
                }
            }
            Message::Done => self.end_typing(),
            Message::Forget => {
                self.typing = None;
                self.changes.clear();
            }
            Message::Save | Message::Restart => {}
        }
    }
}

impl Kiosk {
    pub(super) fn settings_page(&mut self) -> Option<&mut SettingsPage> {
        let Screen::Desk(desk) = &mut self.screen else { return None };
        match &mut desk.session()?.page {
            Page::Settings(settings) => Some(settings),
            _ => None,
        }
    }

    /// Something of the page was touched.
    pub(super) fn settings_touched(&mut self, message: Message) -> Task<message::Message> {
        self.keyboard.clear();
        let (by, running) = (self.opener(), self.running.clone());
        let (Some(page), Some(running), Some(by)) = (self.settings_page(), running, by) else {
            return Task::none();
        };
        match message {
            Message::Restart if page.said == Said::Saved => return self.stop_by(by, true),
            Message::Save => {
                page.end_typing();
                if let Some((file, _)) = &page.read
                    && !page.changes.is_empty()
                    && page.said != Said::Writing
                {
                    let name = Some(by.name.clone());
                    let saved = save(Arc::clone(&running), file.clone(), page.changes.clone(), name);
                    page.said = Said::Writing;
                    return ask_as(&running, by, saved, Answer::SettingsSaved);
                }
            }
            _ => page.touched(message),
        }
        Task::none()
    }

    /// The changes are in the file, or not.
    pub(super) fn settings_saved(
        &mut self,
        saved: Result<(), NotSaved>,
        now: Moment,
    ) -> Task<message::Message> {
        let read = read(&self.options);
        if let Err(NotSaved::NotRecorded(error)) = saved {
            return self.fail_to_record(error, now);
        }
        let Some(page) = self.settings_page() else { return Task::none() };
        match saved {
            Ok(()) => {
                (page.said, page.changes) = (Said::Saved, Changes::new());
                read
            }
            Err(NotSaved::Wrong(wrong)) => {
                if let Some(setting) = wrong.setting.and_then(|place| SETTINGS.get(place)) {
                    page.section = setting.section;
                }
                let line = wrong.setting.and_then(setting_line);
                page.said = Said::Wrong(wrong);
                line.map_or_else(Task::none, reveal)
            }
            // What is in the file now is shown; the changes are there to be looked at again.
            Err(NotSaved::NotWritten(error)) => {
                page.said = Said::NotWritten(error);
                read
            }
            Err(NotSaved::NotRecorded(_)) => Task::none(),
        }
    }
}

/// Writes what the loader accepts, and then records who changed which settings.
async fn save(
    running: Arc<Running>,
    file: SettingsFile,
    changes: Changes,
    by: Option<String>,
) -> Result<(), NotSaved> {
    let keys =
        changes.keys().filter_map(|place| SETTINGS.get(*place)).map(|setting| setting.name()).collect();
    let written = tokio::task::spawn_blocking(move || {
        let changed = file.changed(&changes).map_err(NotSaved::Wrong)?;
        changed.replace(&file).map_err(NotSaved::NotWritten)
    });
    written.await.unwrap_or(Err(NotSaved::NotRecorded(VisitsError::Disk)))?;
    let deed = Deed::SettingsChanged { keys };
    running.check_in.note_by(by, deed).await.map_err(NotSaved::NotRecorded)
}
