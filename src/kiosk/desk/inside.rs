//! Those who are inside: let out by a guard's word, and listed for an evacuation, in a file and on paper.
//!
//! Whoever opened the desk may do both: an evacuation does not wait for a manager.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use iced::{Element, Task};
use jiff::Timestamp;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::deciding::settle;
use super::evacuation::{self, List};
use super::session::Session;
use super::{Answer, ask, ask_as, touched};
use crate::checkin::{self, Verdict};
use crate::draft::Draft;
use crate::kiosk::language::{Argument, Texts, local, start_of_day};
use crate::kiosk::message::{self, Moment};
use crate::kiosk::start::Running;
use crate::kiosk::state::{Kiosk, Screen};
use crate::kiosk::theme::Design;
use crate::kiosk::widgets::{self, Look};
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

/// A list that is in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    people: u64,
    path: PathBuf,
}

/// Why there is no list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// The log cannot be read, or not take down that somebody asked.
    #[error(transparent)]
    Visits(#[from] VisitsError),
    /// The file cannot be written.
    #[error("the list cannot be written")]
    NotWritten,
}

/// What became of the list, for whoever asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Notice {
    NotWritten,
    Written(Written, Paper),
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
    pub(super) fn words(&self, texts: &Texts) -> String {
        let Self::Written(written, paper) = self else { return texts.get("evacuation-not-written") };
        let key = match paper {
            Paper::NotAsked => "evacuation-written",
            Paper::Asked => "evacuation-printing",
            Paper::Printed => "evacuation-printed",
            Paper::Failed => "evacuation-not-printed",
        };
        let file = written.path.file_name().unwrap_or_default().to_string_lossy();
        let people = Argument::Number(written.people);
        texts.with(key, &[("people", people), ("file", Argument::Text(&file))])
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
            Message::List => {
                let listed = list(Arc::clone(&running), person.name.clone(), texts, now.time);
                ask_as(&running, person, listed, Answer::Listed)
            }
        }
    }

    /// The list is in its file, and goes on to the printer, where there is one.
    pub(super) fn listed(
        &mut self,
        listed: Result<Written, ListError>,
        now: Moment,
    ) -> Task<message::Message> {
        let print = self.running.as_ref().and_then(|running| running.settings.desk.print.clone());
        let paper = if print.is_some() { Paper::Asked } else { Paper::NotAsked };
        match listed {
            Err(ListError::Visits(error)) => self.fail_to_record(error, now),
            Err(ListError::NotWritten) => {
                self.notice(Notice::NotWritten);
                Task::none()
            }
            Ok(written) => {
                self.notice(Notice::Written(written.clone(), paper));
                let Some(command) = print else { return Task::none() };
                let path = written.path.clone();
                ask(print_file(command, path), move |is_printed| Answer::Printed(written.clone(), is_printed))
            }
        }
    }

    /// The command that prints has ended.
    pub(super) fn printed(&mut self, written: Written, is_printed: bool) {
        self.notice(Notice::Written(written, if is_printed { Paper::Printed } else { Paper::Failed }));
    }

    fn notice(&mut self, notice: Notice) {
        if let Screen::Desk(desk) = &mut self.screen
            && let Some(session) = desk.session()
        {
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
) -> Result<Written, ListError> {
    let of = Arc::clone(&running);
    let read = move || checkin::present(&of.settings.check_in, start_of_day(now));
    let present = tokio::task::spawn_blocking(read).await.map_err(|_| VisitsError::Disk)??;
    let people = present.len() as u64;
    // Nobody has the list before the log knows of it.
    running.check_in.note_by(Some(person.clone()), Deed::InsideListed { records: people }).await?;
    let write = move || {
        let list = List { present: &present, site: &running.settings.site_name, person: &person, at: now };
        let path = write(&running.settings.check_in.visits.exports, &list, texts)?;
        Ok(Written { people, path })
    };
    let written: io::Result<Written> =
        tokio::task::spawn_blocking(write).await.map_err(|_| ListError::NotWritten)?;
    written.map_err(|error| {
        tracing::warn!(%error, "the list of those inside cannot be written");
        ListError::NotWritten
    })
}

/// Writes the list into the folder of exports, where it lives as long as the log.
fn write(exports: &Path, list: &List<'_>, texts: &Texts) -> io::Result<PathBuf> {
    private::create_folder(exports)?;
    let path = exports.join(local(list.at).strftime("evacuation-%Y-%m-%d-%H%M%S.txt").to_string());
    let (draft, mut file) = Draft::begin(&path)?;
    file.write_all(evacuation::text(list, texts).as_bytes())?;
    draft.publish(&path)?;
    Ok(path)
}

/// Gives a file to the command that prints, in a thread of its own: a printer that hangs holds nobody up.
async fn print_file(command: PrintCommand, file: PathBuf) -> bool {
    let (done, is_printed) = oneshot::channel();
    let print = move || {
        let ended = print(&command, &file, PRINT_LIMIT);
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
fn print(command: &PrintCommand, file: &Path, limit: Duration) -> io::Result<bool> {
    let mut child = Command::new(&command.program)
        .args(&command.arguments)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        // What the list is written in.
        .env("LANG", "C.UTF-8")
        .stdin(File::open(file)?)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
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

/// The button that makes the list.
pub(super) fn button<'a>(kiosk: &Kiosk, design: Design) -> Element<'a, message::Message> {
    let words = kiosk.texts_for_staff().get("evacuation");
    let list = touched(super::Message::Inside(Message::List));
    widgets::word_button(words, 18.0, Look::Outline, design, list).height(design.touch(52.0, 44.0)).into()
}

/// The button that lets a visitor out.
pub(super) fn way_out<'a>(
    kiosk: &Kiosk,
    visit: Uuid,
    design: Design,
) -> iced::widget::Button<'a, message::Message> {
    let words = kiosk.texts_for_staff().get("desk-check-out");
    widgets::word_button(
        words,
        16.0,
        Look::Key,
        design,
        touched(super::Message::Inside(Message::CheckOut(visit))),
    )
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
        let file = tempfile::NamedTempFile::new().unwrap();
        let command = PrintCommand { program: "sleep".to_owned(), arguments: vec!["1000".to_owned()] };
        let ended = print(&command, file.path(), Duration::from_millis(200));
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}
