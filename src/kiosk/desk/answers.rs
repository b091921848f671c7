//! What the desk asked for is there.

use std::sync::Arc;
use std::time::Duration;

use iced::Task;

use super::pages::Page;
use super::pin_pad::Remark;
use super::session::Session;
use super::{Answer, Stage, Visits, view};
use crate::checkin::PinAnswer;
use crate::kiosk::language::start_of_day;
use crate::kiosk::message::{self, Moment};
use crate::kiosk::start;
use crate::kiosk::state::{Kiosk, Screen};
use crate::visits::{Person, Role, VisitsError};

/// For so long the newest visits are painted: whoever reads a long day meanwhile slows that down.
const PAINTING: Duration = Duration::from_millis(50);

impl Kiosk {
    /// What the desk asked for is there.
    pub(in crate::kiosk) fn desk_answered(&mut self, answer: Answer, now: Moment) -> Task<message::Message> {
        if let Screen::Desk(desk) = &mut self.screen {
            desk.note_change();
        }
        match answer {
            Answer::Pin(pad, Ok((answer, newest))) => self.pin_compared(pad, answer, newest, now),
            Answer::Day(Ok(visits)) => {
                if let Some(session) = self.session() {
                    session.complete(Arc::unwrap_or_clone(visits), now.instant);
                }
                Task::none()
            }
            Answer::Visits(Ok(visits)) => {
                if let Some(session) = self.session() {
                    session.add(Arc::unwrap_or_clone(visits), now.instant);
                }
                Task::none()
            }
            Answer::Found(Ok(visits)) => {
                self.keyboard.clear();
                if let Screen::Desk(desk) = &mut self.screen
                    && let Some(session) = desk.session()
                {
                    session.show_found(Arc::unwrap_or_clone(visits));
                }
                view::to_top()
            }
            Answer::LookedUp(visit, Ok(outcome)) => self.looked_up(visit, Some(outcome), now),
            Answer::LookedUp(visit, Err(VisitsError::Settled)) => {
                let read = self.overtaken(visit);
                Task::batch([read, self.looked_up(visit, None, now)])
            }
            Answer::Settled(visit, Ok(outcome)) => self.settled(visit, outcome, now),
            Answer::Settled(visit, Err(VisitsError::Settled)) => self.overtaken(visit),
            Answer::Listed(listed) => self.listed(listed, now),
            Answer::Printed(listed, is_printed) => {
                self.printed(listed, is_printed, now);
                Task::none()
            }
            Answer::People(Ok(people)) => {
                if let Screen::Desk(desk) = &mut self.screen
                    && let Some(session) = desk.session()
                    && let Page::Pins(pins) = &mut session.page
                {
                    pins.people = people;
                }
                Task::none()
            }
            Answer::SettingsRead(read) => {
                if let Some(page) = self.settings_page() {
                    page.note_read(read);
                }
                Task::none()
            }
            Answer::SettingsSaved(saved) => self.settings_saved(saved, now),
            Answer::Exported(written) => {
                self.exports.end(written);
                Task::none()
            }
            Answer::Counted(Ok(records)) => {
                self.erasure_counted(records);
                Task::none()
            }
            Answer::Erased(code, erased) => self.erased(code, erased, now),
            Answer::PinChanged(changed) => self.pin_changed(changed, now),
            Answer::Left { restarts } => {
                if restarts {
                    start::want_restart();
                }
                iced::exit()
            }
            Answer::Dismissed(Ok(())) => {
                self.dismiss(now);
                Task::none()
            }
            Answer::Pin(_, Err(error))
            | Answer::Day(Err(error))
            | Answer::Visits(Err(error))
            | Answer::Found(Err(error))
            | Answer::LookedUp(_, Err(error))
            | Answer::Settled(_, Err(error))
            | Answer::Counted(Err(error))
            | Answer::People(Err(error))
            | Answer::Dismissed(Err(error)) => self.fail_to_record(error, now),
        }
    }

    /// The open desk, if only put aside.
    pub(super) fn session(&mut self) -> Option<&mut Session> {
        match &mut self.screen {
            Screen::Desk(desk) => desk.session(),
            _ => self.desk_aside.as_mut()?.session(),
        }
    }

    /// A PIN was compared. Whoever typed it may have gone meanwhile: it is nothing to another pad.
    fn pin_compared(
        &mut self,
        pad: u64,
        answer: PinAnswer,
        newest: Visits,
        now: Moment,
    ) -> Task<message::Message> {
        // A guard's leaves the wrong ones of which the log knows nothing: it was no try there.
        if let PinAnswer::Of(person) = &answer
            && person.role == Role::Manager
        {
            self.unrecorded_pins.end_pin_try(Some(person));
        }
        let checks_out = self.running.as_ref().is_some_and(|running| running.settings.check_in.check_out);
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        if desk.pin_pad().is_none_or(|asking| asking.number != pad) {
            return Task::none();
        }
        desk.last_touch = now.instant;
        let opener = desk.session().map(|session| session.person.clone());
        let confirms_erasure = desk.session().is_some_and(|session| session.page.confirms_erasure());
        let Some(pad) = desk.pin_pad() else { return Task::none() };
        pad.is_comparing = false;
        match (answer, opener) {
            (PinAnswer::Of(person), None) => {
                let mut session = Session::new(person, checks_out, start_of_day(self.now.time));
                session.add(Arc::unwrap_or_clone(newest), now.instant);
                desk.stage = Stage::Open(Box::new(session));
                let painted = Task::future(tokio::time::sleep(PAINTING)).discard();
                painted.chain(Task::batch([self.read_visits(None), self.read_evening()]))
            }
            (PinAnswer::Of(person), Some(_)) if confirms_erasure => self.confirm_erasure(&person),
            (PinAnswer::Of(person), Some(opener)) if person.name == opener.name => {
                pad.remark = Some(Remark::SamePerson);
                Task::none()
            }
            (PinAnswer::Of(person), Some(_)) => self.agree(person),
            (PinAnswer::Wrong(wrong), _) => {
                pad.remark = Some(Remark::of(wrong));
                Task::none()
            }
            (PinAnswer::Locked(until), _) => {
                pad.remark = Some(Remark::Locked(until));
                Task::none()
            }
            (PinAnswer::NobodyHasOne, _) => {
                pad.remark = Some(Remark::Nobody);
                Task::none()
            }
        }
    }

    /// A second person agrees to what the first one decided.
    fn agree(&mut self, person: Person) -> Task<message::Message> {
        match self.agree_to_verdict(person.name.clone()) {
            Some(settled) => settled,
            None => self.agree_to_look_up(person.name),
        }
    }
}
