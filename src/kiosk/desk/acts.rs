//! What whoever opened the desk does with the visits.

use iced::Task;

use super::Message;
use crate::kiosk::message;
use crate::kiosk::state::{Kiosk, Screen};
use crate::visits::Role;

impl Kiosk {
    /// Something was touched that only whoever opened the desk sees.
    pub(super) fn session_touched(&mut self, message: Message) -> Task<message::Message> {
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let (Some(session), Some(running)) = (desk.session(), self.running.clone()) else {
            return Task::none();
        };
        match message {
            Message::Show(show) => {
                self.keyboard.clear();
                session.show(show);
            }
            Message::Scrolled(offset) => session.offset = offset,
            Message::Decide(visit) => {
                self.keyboard.clear();
                session.decide(visit);
                desk.unshown = None;
            }
            Message::Cancel => session.deciding = None,
            Message::Because(reason) => {
                self.keyboard.clear();
                session.give_reason(reason);
            }
            Message::Verdict(verdict) => return self.judge(verdict, &running.settings.desk),
            Message::Left => return self.leave_unsettled(),
            Message::Leave if session.person.role == Role::Manager => {
                let person = session.person.clone();
                return self.stop_by(person);
            }
            _ => {}
        }
        Task::none()
    }
}
