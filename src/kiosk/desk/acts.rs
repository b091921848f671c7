//! What whoever opened the desk does with the visits.

use std::sync::Arc;

use iced::Task;

use super::{Answer, Message, ask_as, view};
use crate::kiosk::message::{self, Moment};
use crate::kiosk::state::{Kiosk, Screen};
use crate::visits::{Deed, Person, Role};

impl Kiosk {
    /// Something was touched that only whoever opened the desk sees.
    pub(super) fn session_touched(&mut self, message: Message, now: Moment) -> Task<message::Message> {
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let (Some(session), Some(running)) = (desk.session(), self.running.clone()) else {
            return Task::none();
        };
        match message {
            Message::Show(show) => {
                self.keyboard.clear();
                session.show(show);
                return view::to_top();
            }
            Message::AwaitCode => {
                self.keyboard.clear();
                session.seek("");
                session.awaits_code = !session.awaits_code;
            }
            Message::Decide(visit) => {
                self.keyboard.clear();
                session.decide(visit);
                desk.unshown = None;
            }
            Message::Cancel => {
                self.keyboard.clear();
                session.cancel();
            }
            Message::Because(reason) => {
                self.keyboard.clear();
                if let Some(deciding) = &mut session.deciding {
                    deciding.choose(reason);
                }
            }
            Message::Verdict(verdict) => return self.judge(verdict, &running.settings.desk, now),
            Message::Left => return self.leave_unsettled(),
            Message::Leave if session.person.role == Role::Manager => {
                let person = session.person.clone();
                return self.stop_by(person, false);
            }
            _ => {}
        }
        Task::none()
    }

    /// Ends the kiosk, and records who ended it. With `restarts` it comes back at once.
    pub(super) fn stop_by(&self, person: Person, restarts: bool) -> Task<message::Message> {
        let Some(running) = self.running.clone() else { return Task::none() };
        let (name, asking) = (person.name.clone(), Arc::clone(&running));
        let noted = async move { asking.check_in.note_by(Some(name), Deed::Stopped).await };
        ask_as(&running, person, noted, move |_| Answer::Left { restarts })
    }
}
