//! A visit: what is shown is checked, and what is on the disk is shown.

use std::time::Duration;

use iced::Task;
use jiff::Timestamp;

use super::checking::Checking;
use super::control::Control;
use super::identity::Identity;
use super::in_view::Shown;
use super::language::{local, start_of_day};
use super::message::{Message, Moment, VisitNumber};
use super::outcome::OutcomeScreen;
use super::sound::Sound;
use super::start::Running;
use super::state::{Aids, Kiosk, Screen};
use super::welcome::{Problem, Welcome, Wrong};
use crate::checkin::{Checked, Outcome};
use crate::code::{Code, Reading, Source};
use crate::entry::Decision;
use crate::visits::VisitsError;

impl Kiosk {
    /// Takes what a visitor showed. While a check runs, or none can be made, it is dropped.
    pub(super) fn read(&mut self, reading: Reading, now: Moment) -> Task<Message> {
        let source = reading.source;
        if source == Source::Reader && self.desk_awaits_code() {
            return self.desk_takes_code(&reading);
        }
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
                match &mut self.screen {
                    Screen::Identity(identity) => identity.note_reading(&reading),
                    Screen::AwaitingDesk(awaiting) => awaiting.note_reading(&reading),
                    Screen::Desk(desk) => desk.note_reading(&reading),
                    _ => {}
                }
                Task::none()
            }
            _ if source == Source::Typed && self.attempts.pause_left(now.instant).is_some() => {
                self.show_welcome(Welcome::default());
                Task::none()
            }
            Ok(code) => {
                if source == Source::Camera {
                    self.in_view.take(Shown::Code(code), now.instant);
                }
                let Some(running) = self.running.clone() else { return Task::none() };
                let day = start_of_day(now.time);
                self.check(now, async move { check(&running, code, source, day).await })
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
                self.leave_outcome();
                match &mut self.screen {
                    Screen::Welcome(welcome) => welcome.remark(problem),
                    _ => self.show_welcome(Welcome::of(problem)),
                }
                Task::none()
            }
        }
    }

    pub(super) fn check(
        &mut self,
        now: Moment,
        check: impl Future<Output = Result<Checked, VisitsError>> + Send + 'static,
    ) -> Task<Message> {
        self.visits += 1;
        let visit = VisitNumber(self.visits);
        let (task, handle) =
            Task::perform(check, move |result| Message::Checked(visit, result, Moment::now())).abortable();
        self.now = now;
        self.leave_outcome();
        let began_at_welcome = matches!(self.screen, Screen::Welcome(_));
        let checking = Checking::new(visit, now.instant, began_at_welcome, handle.abort_on_drop());
        match &mut self.screen {
            Screen::Desk(desk) => desk.check(checking),
            _ => self.screen = Screen::Checking(checking),
        }
        task
    }

    pub(super) fn checked(
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
            | Screen::AwaitingDesk(_)
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
            Ok(Checked::NeedsLookUp(look_up)) => self.await_desk(look_up, now),
            Ok(Checked::Recorded(outcome)) => {
                self.health.note_decision(outcome.decision);
                let is_failure = !matches!(outcome.decision, Decision::Admit | Decision::CheckOut);
                if outcome.source == Some(Source::Typed) && is_failure {
                    self.attempts.note_failure(now.instant);
                }
                let connected =
                    if self.health.is_due(now.instant) { self.check_health(now) } else { Task::none() };
                self.show_outcome(outcome, now).chain(connected)
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
            Screen::Desk(desk) => desk.note_outcome(outcome, now.instant),
            _ => self.screen = Screen::Outcome(OutcomeScreen::new(outcome, now.instant, stands)),
        }
        if let (Some(running), Some(sound)) = (&self.running, sound) {
            let volume = running.settings.volume.at(local(now.time).time());
            self.speaker.play(sound, volume, now.instant);
        }
        Task::none()
    }

    /// Whoever comes while the last visitor's outcome stands finds the kiosk as it is for everybody.
    fn leave_outcome(&mut self) {
        if matches!(self.screen, Screen::Outcome(_)) {
            self.aids = Aids::default();
        }
    }

    /// How long an outcome stands.
    pub(super) fn stands(&self, decision: Decision) -> Duration {
        let Some(running) = &self.running else { return Duration::ZERO };
        let screen = &running.settings.screen;
        match decision {
            Decision::Admit | Decision::AdmitByDesk | Decision::CheckOut => screen.admit,
            Decision::Refuse(_) => screen.refuse,
            Decision::Unverified(_) => screen.unverified,
        }
    }

    /// Whether what is shown now is checked: behind the desk one visitor at a time.
    pub(super) fn takes_readings(&self) -> bool {
        match &self.screen {
            Screen::Welcome(_) | Screen::Notice(_) | Screen::Outcome(_) => true,
            Screen::Desk(desk) => desk.takes_readings(),
            Screen::Checking(_) | Screen::Identity(_) | Screen::AwaitingDesk(_) | Screen::OutOfService(_) => {
                false
            }
        }
    }
}

/// The whole check of a code: where the site checks out, that comes before the question. `day` is when the day began.
async fn check(
    running: &Running,
    code: Code,
    source: Source,
    day: Timestamp,
) -> Result<Checked, VisitsError> {
    let settings = &running.settings.check_in;
    if settings.check_out
        && let Some(outcome) = running.check_in.check_out(code, source, day).await?
    {
        return Ok(Checked::Recorded(outcome));
    }
    running.check_in.check(code, source, settings.asks_identity).await
}
