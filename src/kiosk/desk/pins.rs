//! Who has a PIN: giving one, and taking it away.

use std::sync::Arc;

use iced::Task;

use super::entry::Entry;
use super::pages::Page;
use super::pin_pad::{PinPad, Remark};
use super::{Answer, Message as Touch, ask, ask_as};
use crate::kiosk::message::{self, Moment};
use crate::kiosk::start::Running;
use crate::kiosk::state::{Kiosk, Screen};
use crate::visits::{Person, Pin, PinChange, Role, SetPinError, person_name};

/// The page.
#[derive(Debug, Default)]
pub(super) struct Pins {
    /// Everybody who has a PIN, in the order of their names.
    pub(super) people: Vec<Person>,
    pub(super) step: Step,
    /// What became of the last change.
    pub(super) done: Option<Done>,
}

/// How far a change is.
#[derive(Debug, Default)]
pub(super) enum Step {
    /// Nobody's PIN is changed.
    #[default]
    List,
    /// Who gets a PIN, and for what.
    Who { name: Name, role: Role, wrong: Option<WrongName> },
    /// The PIN, twice.
    Pin { person: Person, pad: PinPad, first: Option<Pin> },
    /// Whether it shall be taken away.
    Removing(Person),
    /// It is written.
    Writing,
}

/// Whose PIN it will be.
#[derive(Debug)]
pub(super) enum Name {
    New(Entry),
    Known(String),
}

/// What is wrong with a new name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum WrongName {
    /// It is none.
    NoName,
    /// Somebody has one that is taken for it.
    Taken(String),
}

/// What was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// This person has a new PIN.
    Set(Person),
    /// This one has none any more.
    Removed(Person),
}

/// What was touched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Message {
    /// Somebody new gets a PIN.
    New,
    /// The person at this place gets another one.
    Change(usize),
    /// The person at this place shall have none.
    Remove(usize),
    /// What the person may do.
    Role(Role),
    /// The name and the role are right.
    Continue,
    /// The PIN is taken away.
    Removed,
}

/// Reads who has a PIN.
pub(super) fn read(running: Arc<Running>) -> Task<message::Message> {
    ask(async move { running.check_in.visits().people().await }, Answer::People)
}

impl Pins {
    /// The text that is typed now.
    pub(super) fn entry(&mut self) -> Option<&mut Entry> {
        match &mut self.step {
            Step::Who { name: Name::New(entry), .. } => Some(entry),
            _ => None,
        }
    }

    /// Where a PIN is entered now.
    pub(super) fn pin_pad(&mut self) -> Option<&mut PinPad> {
        match &mut self.step {
            Step::Pin { pad, .. } => Some(pad),
            _ => None,
        }
    }

    pub(super) fn asks_pin(&self) -> bool {
        matches!(self.step, Step::Pin { .. })
    }

    /// Goes back to the list. Tells whether it was elsewhere.
    pub(super) fn go_back(&mut self) -> bool {
        !matches!(std::mem::take(&mut self.step), Step::List)
    }

    /// Whether nobody could open these pages any more without this manager.
    pub(super) fn is_last_manager(&self, name: &str) -> bool {
        let mut managers = self.people.iter().filter(|person| person.role == Role::Manager);
        managers.next().is_some_and(|person| person.name == name) && managers.next().is_none()
    }

    /// The name of somebody who has no PIN yet: whoever has one gets another by name and not by chance.
    fn new_name(&self, text: &str) -> Result<String, WrongName> {
        let name = person_name(text).map_err(|_| WrongName::NoName)?;
        let is_known = self.people.iter().any(|person| person.name == name);
        if is_known { Err(WrongName::Taken(name)) } else { Ok(name) }
    }

    fn touched(&mut self, message: Message, is_shuffled: bool) {
        let person = |place: usize| self.people.get(place).cloned();
        self.step = match (message, std::mem::take(&mut self.step)) {
            (Message::New, _) => {
                Step::Who { name: Name::New(Entry::default()), role: Role::Guard, wrong: None }
            }
            (Message::Change(place), _) => person(place).map_or(Step::List, |person| Step::Who {
                name: Name::Known(person.name),
                role: person.role,
                wrong: None,
            }),
            (Message::Remove(place), _) => person(place).map_or(Step::List, Step::Removing),
            (Message::Role(role), Step::Who { name, wrong, .. }) => Step::Who { name, role, wrong },
            (Message::Continue, Step::Who { name, role, .. }) => {
                let named = match &name {
                    Name::New(entry) => self.new_name(entry.text()),
                    Name::Known(name) => Ok(name.clone()),
                };
                match named {
                    Ok(name) => {
                        let pad = PinPad::new(is_shuffled);
                        Step::Pin { person: Person { name, role }, pad, first: None }
                    }
                    Err(wrong) => Step::Who { name, role, wrong: Some(wrong) },
                }
            }
            (_, step) => step,
        };
        self.done = None;
    }

    /// Takes a PIN that was entered; gives whose it will be, once it was entered twice.
    fn enter(&mut self, pin: Pin) -> Option<(Person, Pin)> {
        let Step::Pin { person, pad, first } = &mut self.step else { return None };
        match first.take() {
            None if pin.is_obvious() => pad.remark = Some(Remark::Obvious),
            None => (*first, pad.remark) = (Some(pin), None),
            Some(before) if before.is_same(&pin) => {
                let person = person.clone();
                pad.is_comparing = true;
                return Some((person, pin));
            }
            Some(_) => pad.remark = Some(Remark::Different),
        }
        None
    }

    /// Whether this is the change that was being written.
    fn is_written(&self, done: &Done) -> bool {
        match (&self.step, done) {
            (Step::Pin { person, pad, .. }, Done::Set(set)) => pad.is_comparing && person == set,
            (Step::Writing, Done::Removed(_)) => true,
            _ => false,
        }
    }

    /// A PIN was not given.
    fn refuse(&mut self, error: SetPinError) {
        let Step::Pin { person, pad, first } = &mut self.step else { return };
        if !pad.is_comparing {
            return;
        }
        (*first, pad.is_comparing) = (None, false);
        match error {
            SetPinError::Obvious => pad.remark = Some(Remark::Obvious),
            SetPinError::PinTaken => pad.remark = Some(Remark::Taken),
            SetPinError::NotHashed => pad.remark = Some(Remark::NotHashed),
            SetPinError::NameTaken(other) => {
                let name = Name::New(Entry::with(person.name.clone()));
                self.step = Step::Who { name, role: person.role, wrong: Some(WrongName::Taken(other)) };
            }
            // It put the kiosk out of service.
            SetPinError::Visits(_) => {}
        }
    }
}

impl Kiosk {
    fn pins(&mut self) -> Option<&mut Pins> {
        let Screen::Desk(desk) = &mut self.screen else { return None };
        match &mut desk.session()?.page {
            Page::Pins(pins) => Some(pins),
            _ => None,
        }
    }

    /// Something of the page was touched.
    pub(super) fn pins_touched(&mut self, message: Message) -> Task<message::Message> {
        self.keyboard.clear();
        let is_shuffled = self.shuffles_pin_pad();
        let (by, running) = (self.opener(), self.running.clone());
        let (Some(pins), Some(running), Some(by)) = (self.pins(), running, by) else { return Task::none() };
        match (message, &pins.step) {
            (Message::Removed, Step::Removing(person)) => {
                let person = person.clone();
                pins.step = Step::Writing;
                let (name, asking) = (Some(by.name.clone()), Arc::clone(&running));
                let removed = async move {
                    let change = PinChange::Removed(person.name.clone());
                    asking.check_in.visits().change_people(change, name).await?;
                    Ok(Done::Removed(person))
                };
                ask_as(&running, by, removed, Answer::PinChanged)
            }
            (Message::New | Message::Change(_) | Message::Remove(_), _) => {
                pins.touched(message, is_shuffled);
                // What is warned of is so now: a command may have changed who has a PIN.
                read(running)
            }
            _ => {
                pins.touched(message, is_shuffled);
                Task::none()
            }
        }
    }

    /// A PIN was entered that somebody is to have.
    pub(super) fn new_pin(&mut self, pin: Pin) -> Task<message::Message> {
        let (by, running) = (self.opener(), self.running.clone());
        let (Some(pins), Some(running), Some(by)) = (self.pins(), running, by) else { return Task::none() };
        let Some((person, pin)) = pins.enter(pin) else { return Task::none() };
        let (name, asking) = (Some(by.name.clone()), Arc::clone(&running));
        let set = async move {
            asking.check_in.visits().set_pin(person.clone(), pin, name).await?;
            Ok(Done::Set(person))
        };
        ask_as(&running, by, set, Answer::PinChanged)
    }

    /// A PIN was given or taken away, or not. Whoever has no manager's PIN any more sees no manager's pages.
    pub(super) fn pin_changed(
        &mut self,
        changed: Result<Done, SetPinError>,
        now: Moment,
    ) -> Task<message::Message> {
        let opener = self.opener();
        let done = match changed {
            Ok(done) => done,
            Err(SetPinError::Visits(error)) => return self.fail_to_record(error, now),
            Err(error) => {
                if let Some(pins) = self.pins() {
                    pins.refuse(error);
                }
                return Task::none();
            }
        };
        let is_own = |person: &Person| opener.as_ref().is_some_and(|own| own.name == person.name);
        let has_lost = match &done {
            Done::Set(person) => is_own(person) && person.role != Role::Manager,
            Done::Removed(person) => is_own(person),
        };
        if has_lost {
            self.close_desk(now);
            return Task::none();
        }
        // The manager may have opened another page meanwhile, or have begun with somebody else.
        let running = self.running.clone();
        let (Some(pins), Some(running)) = (self.pins(), running) else { return Task::none() };
        if pins.is_written(&done) {
            pins.step = Step::List;
        }
        pins.done = Some(done);
        read(running)
    }
}

/// A touch of this page.
pub(super) fn touch(message: Message) -> Touch {
    Touch::Pins(message)
}
