//! Exports: how far back, how they are written, and one touch.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Weak};

use iced::font::Weight;
use iced::widget::{column, row};
use iced::{Element, Task};
use jiff::{Timestamp, ToSpan};
use tokio::runtime::Handle;

use super::pages::{Page, button, form};
use super::{Answer, Message as Touch, ask_as};
use crate::export::{ExportError, Exported, Format, Wanted, export};
use crate::kiosk::language::{Argument, local};
use crate::kiosk::message;
use crate::kiosk::start::Running;
use crate::kiosk::state::{Kiosk, Screen};
use crate::kiosk::theme::Design;
use crate::kiosk::widgets::{self, Look};
use crate::visits::{Act, Filter};

/// The page. It outlives a visit of it: while an export is made there is no other one.
#[derive(Debug)]
pub(in crate::kiosk) struct Exports {
    span: Span,
    format: Format,
    state: State,
}

impl Default for Exports {
    fn default() -> Self {
        Self { span: Span::Today, format: Format::Csv, state: State::Ready }
    }
}

#[derive(Debug)]
enum State {
    Ready,
    /// It is made as long as what makes it lives.
    Running(Weak<()>),
    Done(Written),
    Failed,
}

/// A file with an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    file: PathBuf,
    exported: Exported,
}

/// How far back the visits go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Since the day began.
    Today,
    /// So many days, today among them.
    Days(u8),
    /// As far as there are any.
    All,
}

/// What was touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// How far back.
    Span(Span),
    /// How it is written.
    Format(Format),
    /// The export is made.
    Begin,
}

impl Span {
    const ALL: [Self; 4] = [Self::Today, Self::Days(7), Self::Days(30), Self::All];

    /// From when on.
    fn since(self, now: Timestamp) -> Option<Timestamp> {
        let days = match self {
            Self::Today => 1,
            Self::Days(days) => i64::from(days),
            Self::All => return None,
        };
        let day = local(now).start_of_day().and_then(|today| today.checked_sub((days - 1).days()));
        Some(day.map_or(now, |day| day.timestamp()))
    }
}

/// How an export can be written.
const FORMATS: [Format; 3] = [Format::Csv, Format::Xlsx, Format::Jsonl];

/// What can be focused, in the order in which it is read.
pub(super) fn targets() -> Vec<Touch> {
    let (spans, formats) = (Span::ALL.map(Message::Span), FORMATS.map(Message::Format));
    spans.into_iter().chain(formats).chain([Message::Begin]).map(Touch::Exports).collect()
}

impl Exports {
    fn touched(&mut self, message: Message) {
        match message {
            Message::Span(span) => self.span = span,
            Message::Format(format) => self.format = format,
            Message::Begin => {}
        }
        self.forget();
    }

    /// What came of the last export is told no more.
    pub(super) fn forget(&mut self) {
        if !self.is_running() {
            self.state = State::Ready;
        }
    }

    fn is_running(&self) -> bool {
        matches!(&self.state, State::Running(maker) if maker.strong_count() > 0)
    }

    /// What is to be written, once, until that is done, and what is to live as long.
    fn begin(&mut self, running: &Running, now: Timestamp) -> Option<(Wanted, Arc<()>)> {
        if self.is_running() {
            return None;
        }
        let maker = Arc::new(());
        self.state = State::Running(Arc::downgrade(&maker));
        let name = format!("visits-{}.{}", local(now).strftime("%Y%m%d-%H%M%S"), self.format.name());
        let out = running.settings.check_in.visits.exports.join(name);
        let filter = Filter { since: self.span.since(now), ..Filter::default() };
        Some((Wanted { filter, format: self.format, out }, maker))
    }

    pub(super) fn end(&mut self, written: Result<Written, ExportError>) {
        self.state = match written {
            Ok(written) => State::Done(written),
            Err(error) => {
                tracing::warn!(%error, "the desk's export could not be made");
                State::Failed
            }
        };
    }

    pub(super) fn view<'a>(&self, kiosk: &Kiosk, design: Design) -> Element<'a, message::Message> {
        let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
        let gap = design.length(12.0);
        let choice = |words: String, is_chosen: bool, message| {
            let look = if is_chosen { Look::Chosen } else { Look::Key };
            button(kiosk, words, look, design, Touch::Exports(message)).into()
        };
        let spans = Span::ALL.map(|span| {
            let words = match span {
                Span::Today => texts.get("exports-today"),
                Span::Days(days) => texts.with("exports-days", &[("days", Argument::Number(days.into()))]),
                Span::All => texts.get("exports-all"),
            };
            choice(words, span == self.span, Message::Span(span))
        });
        let formats = FORMATS.map(|format| {
            let words = texts.get(&format!("exports-{}", format.name()));
            choice(words, format == self.format, Message::Format(format))
        });
        let (said, color) = match &self.state {
            State::Running(_) if self.is_running() => (texts.get("exports-running"), palette.muted),
            State::Ready | State::Running(_) => (texts.get("exports-instruction"), palette.muted),
            State::Done(Written { file, exported }) => {
                let counts = [
                    ("records", Argument::Number(exported.records)),
                    ("file", Argument::Text(&file.display().to_string())),
                ];
                let done = texts.with("log-exported", &counts);
                let left = [("records", Argument::Number(exported.unreadable))];
                let left_out = (exported.unreadable > 0).then(|| texts.with("log-left-out", &left));
                (left_out.into_iter().fold(done, |done, left_out| done + " " + &left_out), palette.ink)
            }
            State::Failed => (texts.get("exports-failed"), palette.wrong),
        };
        let said = widgets::label(said, design.text(20.0), Weight::Medium, color);
        let label =
            |key: &str| widgets::label(texts.get(key), design.text(20.0), Weight::Semibold, palette.ink);
        let begin = texts.get("exports-begin");
        let begin = button(kiosk, begin, Look::Action, design, Touch::Exports(Message::Begin));
        let pieces = column![
            label("exports-span"),
            row(spans).spacing(gap),
            label("exports-format"),
            row(formats).spacing(gap),
            begin,
            said,
        ];
        form(texts.get("exports-title"), pieces, design)
    }
}

impl Kiosk {
    /// Something of the page was touched.
    pub(super) fn exports_touched(&mut self, message: Message) -> Task<message::Message> {
        let Screen::Desk(desk) = &mut self.screen else { return Task::none() };
        let (Some(session), Some(running)) = (desk.session(), self.running.clone()) else {
            return Task::none();
        };
        if !matches!(session.page, Page::Exports) {
            return Task::none();
        }
        let by = session.person.clone();
        self.exports.touched(message);
        if message != Message::Begin {
            return Task::none();
        }
        let Some((wanted, maker)) = self.exports.begin(&running, self.now.time) else { return Task::none() };
        let written = write(Arc::clone(&running), wanted, maker, Some(by.name.clone()));
        ask_as(&running, by, written, Answer::Exported)
    }
}

/// Makes an export in a thread of its own: visitors are checked in meanwhile.
async fn write(
    running: Arc<Running>,
    wanted: Wanted,
    maker: Arc<()>,
    by: Option<String>,
) -> Result<Written, ExportError> {
    let runtime = Handle::current();
    let written = tokio::task::spawn_blocking(move || {
        let _maker = maker;
        let store = running.check_in.visits();
        let note = |deed| runtime.block_on(store.append_act(Act::now(by.clone(), deed)));
        let visits = &running.settings.check_in.visits;
        // Whoever ends the kiosk ends this thread; what it left is removed by the next export.
        let exported = export(visits, &wanted, note, &AtomicBool::new(false))?;
        Ok(Written { file: wanted.out, exported })
    });
    written.await.unwrap_or(Err(ExportError::Ended))
}
