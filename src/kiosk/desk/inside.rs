//! Those who are inside: let out by a guard's word, and listed for an evacuation, in a file and on paper.
//!
//! Whoever opened the desk may do both: an evacuation does not wait for a manager.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use iced::font::Weight;
use iced::widget::{column, container};
use iced::{Element, Task};
use jiff::Timestamp;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::deciding::settle;
use super::evacuation::{self, List};
use super::session::Session;
use super::{Answer, Desk, Stage, ask, ask_as};
use crate::checkin::{self, Verdict};
use crate::draft::Draft;
use crate::kiosk::language::{Argument, Texts, local, start_of_day};
use crate::kiosk::message::{self, Moment};
use crate::kiosk::start::Running;
use crate::kiosk::state::{Kiosk, Screen};
use crate::kiosk::theme::Design;
use crate::kiosk::widgets;
use crate::private;
use crate::settings::PrintCommand;
use crate::visits::{Deed, Said, VisitsError};

/// How long the command that prints may take.
const PRINT_LIMIT: Duration = Duration::from_secs(20);

/// What was touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// The visitor whose admission this is left without showing the code.
    CheckOut(Uuid),
    /// The list for an evacuation is wanted.
    List,
}

/// The list as it was when somebody asked for it.
#[derive(Clone, PartialEq, Eq)]
pub struct Listed {
    people: u64,
    text: Arc<str>,
    /// Where it is; `None` where it could not be written.
    file: Option<PathBuf>,
    /// Whether the log knows that somebody took it.
    recorded: Result<(), VisitsError>,
}

#[cfg(test)]
impl Listed {
    /// The same where the log could not take it.
    pub(in crate::kiosk) fn unrecorded(self) -> Self {
        Self { recorded: Err(VisitsError::DiskFull), ..self }
    }
}

/// It names people.
impl fmt::Debug for Listed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Listed({} people)", self.people)
    }
}

/// What became of the list, for whoever asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Notice {
    listed: Listed,
    paper: Paper,
}

/// What became of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paper {
    /// Nothing is set that prints.
    NotAsked,
    Asked,
    Printed,
    Failed,
}

impl Notice {
    fn words(&self, texts: &Texts) -> String {
        let file = self.listed.file.as_ref();
        let key = match (file, self.paper) {
            (Some(_), Paper::NotAsked) => "evacuation-written",
            (Some(_), Paper::Asked) => "evacuation-printing",
            (Some(_), Paper::Printed) => "evacuation-printed",
            (Some(_), Paper::Failed) => "evacuation-not-printed",
            (None, Paper::NotAsked) => "evacuation-not-written",
            (None, Paper::Asked) => "evacuation-only-printing",
            (None, Paper::Printed) => "evacuation-only-printed",
            (None, Paper::Failed) => "evacuation-failed",
        };
        let file = file.and_then(|file| file.file_name()).unwrap_or_default().to_string_lossy();
        let people = Argument::Number(self.listed.people);
        texts.with(key, &[("people", people), ("file", Argument::Text(&file))])
    }

    /// What became of the list, to be read in a hurry.
    pub(super) fn view<'a>(&self, texts: &Texts, design: Design) -> Element<'a, message::Message> {
        let is_wrong = self.listed.file.is_none() || self.paper == Paper::Failed;
        let color = if is_wrong { design.palette.wrong } else { design.palette.ink };
        let words = |words, color| widgets::label(words, design.text(24.0), Weight::Bold, color);
        let unrecorded = self.listed.recorded.as_ref().err();
        let unrecorded =
            unrecorded.map(|_| words(texts.get("evacuation-not-recorded"), design.palette.wrong));
        let lines = column![words(self.words(texts), color)].push(unrecorded);
        container(lines.spacing(design.length(8.0))).padding(design.length(20.0)).into()
    }
}

impl Desk {
    /// Whether somebody reads what became of the list for an evacuation, or waits for it.
    pub(in crate::kiosk) fn has_list(&self) -> bool {
        matches!(&self.stage, Stage::Open(session) if session.is_listing || session.notice.is_some())
    }
}

impl Kiosk {
    /// Something was touched that has to do with those who are inside.
    pub(super) fn inside_touched(&mut self, message: Message, now: Moment) -> Task<message::Message> {
        let texts = self.texts_for_staff();
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let (Some(session), Some(running)) = (desk.session(), self.running.clone()) else {
            return Task::none();
        };
        if !running.settings.check_in.check_out {
            return Task::none();
        }
        let person = session.person.clone();
        match message {
            Message::CheckOut(visit) => {
                let Some(admission) = session.let_out(visit, now.instant) else { return Task::none() };
                let said = Said { because: texts.get("desk-left"), second_person: None };
                settle(&running, person, admission, Verdict::CheckOut, said)
            }
            Message::List if session.has_just_listed(now.instant) => Task::none(),
            Message::List => {
                session.is_listing = true;
                let listed = list(Arc::clone(&running), person.name.clone(), texts, now.time);
                ask_as(&running, person, listed, Answer::Listed)
            }
        }
    }

    /// The list is there, and goes on to the printer, where there is one: paper needs no disk. Where the log could not take
    /// it, that is said, and the list stays on the screen, whatever is known of the log by then: only the next visit or
    /// word that cannot be recorded puts the kiosk out of service.
    pub(super) fn listed(
        &mut self,
        listed: Result<Listed, VisitsError>,
        now: Moment,
    ) -> Task<message::Message> {
        let listed = match listed {
            Ok(listed) => listed,
            Err(error) => return self.fail_to_record(error, now),
        };
        let print = self.running.as_ref().and_then(|running| running.settings.desk.print.clone());
        let paper = if print.is_some() { Paper::Asked } else { Paper::NotAsked };
        self.notice(Notice { listed: listed.clone(), paper }, now);
        print.map_or_else(Task::none, |command| {
            let printed = print_text(command, Arc::clone(&listed.text));
            ask(printed, move |is_printed| Answer::Printed(listed.clone(), is_printed))
        })
    }

    /// The command that prints has ended.
    pub(super) fn printed(&mut self, listed: Listed, is_printed: bool, now: Moment) {
        let paper = if is_printed { Paper::Printed } else { Paper::Failed };
        self.notice(Notice { listed, paper }, now);
    }

    fn notice(&mut self, notice: Notice, now: Moment) {
        if let Some(session) = self.session() {
            session.is_listing = notice.paper == Paper::Asked;
            session.listed_at = Some(now.instant);
            session.notice = Some(notice);
        }
    }
}

/// Writes the list of those who are inside, from the log as it is now: somebody may have come by another door.
async fn list(
    running: Arc<Running>,
    person: String,
    texts: &'static Texts,
    now: Timestamp,
) -> Result<Listed, VisitsError> {
    let of = Arc::clone(&running);
    let read = move || checkin::present(&of.settings.check_in, start_of_day(now));
    let present = tokio::task::spawn_blocking(read).await.map_err(|_| VisitsError::Disk)??;
    let people = present.len() as u64;
    // The log knows of it first. Where it cannot, nobody stays inside for that.
    let deed = Deed::InsideListed { records: people };
    let recorded = running.check_in.note_by(Some(person.clone()), deed).await;
    let list = List { present: &present, site: &running.settings.site_name, person: &person, at: now };
    let text: Arc<str> = evacuation::text(&list, texts).into();
    let written = Arc::clone(&text);
    let write = move || write(&running.settings.check_in.visits.exports, now, &written);
    let file = match tokio::task::spawn_blocking(write).await {
        Ok(Ok(file)) => Some(file),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the list of those inside cannot be written");
            None
        }
        Err(_) => None,
    };
    Ok(Listed { people, text, file, recorded })
}

/// Writes the list into the folder of exports, where it lives as long as the log.
fn write(exports: &Path, at: Timestamp, text: &str) -> io::Result<PathBuf> {
    private::create_folder(exports)?;
    let path = exports.join(local(at).strftime("evacuation-%Y-%m-%d-%H%M%S.txt").to_string());
    let (draft, mut file) = Draft::begin(&path)?;
    file.write_all(text.as_bytes())?;
    draft.publish(&path)?;
    Ok(path)
}

/// Gives a text to the command that prints, in a thread of its own: a printer that hangs holds nobody up.
async fn print_text(command: PrintCommand, text: Arc<str>) -> bool {
    let (done, is_printed) = oneshot::channel();
    let print = move || {
        let ended = print(&command, text, PRINT_LIMIT);
        if let Err(error) = &ended {
            tracing::warn!(%error, "the list of those inside cannot be printed");
        }
        // Whoever asked may have gone.
        let _ = done.send(ended.unwrap_or(false));
    };
    let thread = thread::Builder::new().name("print".to_owned()).spawn(print);
    thread.is_ok() && is_printed.await.unwrap_or(false)
}

/// Runs the command, with nothing of this program's environment, until it ends or its time is over. Tells whether it
/// was well.
fn print(command: &PrintCommand, text: Arc<str>, limit: Duration) -> io::Result<bool> {
    let mut child = Command::new(&command.program)
        .args(&command.arguments)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        // What the list is written in.
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let Some(mut input) = child.stdin.take() else { return Ok(false) };
    // A command that reads nothing is given up all the same; what it does not want is none of its failures.
    thread::Builder::new().name("paper".to_owned()).spawn(move || input.write_all(text.as_bytes()))?;
    let ends = Instant::now() + limit;
    loop {
        match child.try_wait()? {
            Some(status) => return Ok(status.success()),
            None if Instant::now() < ends => thread::sleep(Duration::from_millis(50)),
            None => {
                child.kill()?;
                child.wait()?;
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
    }
}

/// For how long somebody has been inside. A clock that was set back makes it no time.
pub(super) fn duration(since: Timestamp, now: Timestamp, texts: &Texts) -> String {
    let minutes = now.duration_since(since).as_mins().max(0).unsigned_abs();
    let number = |name, number| (name, Argument::Number(number));
    texts.with("desk-inside-for", &[number("hours", minutes / 60), number("minutes", minutes % 60)])
}

impl Session {
    /// The key and the number of those who are inside, for the name of their list.
    pub(super) fn inside_name(&self, texts: &Texts) -> String {
        if !self.is_complete() {
            return texts.get("desk-reading");
        }
        texts.with("desk-show-inside", &[("people", Argument::Number(self.inside() as u64))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printer_that_hangs_is_given_up() {
        let command = PrintCommand { program: "sleep".to_owned(), arguments: vec!["1000".to_owned()] };
        let ended = print(&command, "list".into(), Duration::from_millis(200));
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}
