//! The way out of a kiosk that is out of service. Whoever has a PIN stands in the visit log: where that can be read, a
//! manager's PIN leads to the desktop, also where the log can take nothing down; where it cannot be read, nothing does.

use std::sync::Arc;
use std::time::Instant;

use iced::widget::{column, container};
use iced::{Element, Fill, Task};

use super::pages::{button, form};
use super::pin_pad::{self, PinPad, Remark};
use super::{LOCKS, Message};
use crate::checkin::{PinAnswer, Staff};
use crate::kiosk::keys::Key;
use crate::kiosk::message::{self, Moment};
use crate::kiosk::out_of_service::OutOfService;
use crate::kiosk::state::{Kiosk, Screen};
use crate::kiosk::theme::Design;
use crate::kiosk::widgets::{self, Look};
use crate::settings::Settings;
use crate::visits::{Person, Pin, Role, VisitsError};

/// Where somebody who asked for the way out stands.
#[derive(Debug)]
pub(in crate::kiosk) struct WayOut {
    stage: Stage,
    last_touch: Instant,
}

#[derive(Debug)]
enum Stage {
    /// The log is being opened.
    Opening,
    /// It cannot be, so nobody can tell whose a PIN is.
    NoLog,
    Locked(PinPad, Arc<Staff>),
    Open(Person, Arc<Staff>),
}

/// What became of what the way out asked for.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The log that has the PINs was opened, or cannot be.
    Opened(Option<Arc<Staff>>),
    /// A PIN was compared.
    Compared(Result<PinAnswer, VisitsError>),
    /// Whoever asked to leave has no such PIN any more, or nobody can tell.
    Dismissed,
    /// The log knows who ends the kiosk, as far as it could take that down.
    Left,
}

/// What can be done behind the pad, with the keys of the words.
const OPEN: [(Message, &str, Look); 2] =
    [(Message::Leave, "desk-leave", Look::Action), (Message::Lock, "desk-back", Look::Outline)];

impl WayOut {
    /// What can be focused, in the order in which it is read.
    pub(in crate::kiosk) fn targets(&self) -> Vec<Message> {
        match self.stage {
            Stage::Opening | Stage::NoLog => Vec::new(),
            Stage::Locked(..) => pin_pad::targets(Message::Lock).to_vec(),
            Stage::Open(..) => OPEN.map(|(message, ..)| message).to_vec(),
        }
    }

    /// Whether a key of the keyboard is part of a PIN now.
    pub(in crate::kiosk) fn asks_pin(&self) -> bool {
        matches!(self.stage, Stage::Locked(..))
    }

    /// Whether it has the screen to itself.
    pub(in crate::kiosk) fn fills_screen(&self) -> bool {
        matches!(self.stage, Stage::Locked(..) | Stage::Open(..))
    }

    /// Whether it was asked for in vain.
    pub(in crate::kiosk) fn is_closed(&self) -> bool {
        matches!(self.stage, Stage::NoLog)
    }
}

fn ask(answer: impl Future<Output = Answer> + Send + 'static) -> Task<message::Message> {
    Task::perform(answer, |answer| message::Message::WayOutAnswered(answer, Moment::now()))
}

impl Kiosk {
    fn way_out(&mut self) -> Option<&mut WayOut> {
        match &mut self.screen {
            Screen::OutOfService(out) => out.way_out.as_mut(),
            _ => None,
        }
    }

    /// Asks for a manager's PIN at a kiosk that is out of service, if the log can be read that has it.
    pub(super) fn open_way_out(&mut self, now: Moment) -> Task<message::Message> {
        let Screen::OutOfService(out) = &mut self.screen else { return Task::none() };
        if out.way_out.is_some() {
            return Task::none();
        }
        self.keyboard.clear();
        out.way_out = Some(WayOut { stage: Stage::Opening, last_touch: now.instant });
        let config = self.running.as_ref().map(|running| running.settings.check_in.visits.clone());
        let (options, unrecorded) = (self.options.clone(), Arc::clone(&self.unrecorded_pins));
        ask(async move {
            let opened = tokio::task::spawn_blocking(move || {
                let config = config.or_else(|| Settings::visits_of(options.config.as_deref()))?;
                Staff::open(config, unrecorded).ok().map(Arc::new)
            });
            Answer::Opened(opened.await.ok().flatten())
        })
    }

    fn close_way_out(&mut self) {
        self.keyboard.clear();
        if let Screen::OutOfService(out) = &mut self.screen {
            out.way_out = None;
        }
    }

    /// Nobody is there any more.
    pub(in crate::kiosk) fn tick_way_out(&mut self, now: Moment) {
        let is_over = |way: &mut WayOut| now.instant.saturating_duration_since(way.last_touch) >= LOCKS;
        if self.way_out().is_some_and(is_over) {
            self.close_way_out();
        }
    }

    /// A key that was pressed while the way out is asked for.
    pub(in crate::kiosk) fn way_out_key(&mut self, key: Key, now: Moment) -> Task<message::Message> {
        let Some(way) = self.way_out() else { return Task::none() };
        way.last_touch = now.instant;
        let asks_pin = way.asks_pin();
        self.focus.note_key(&key, now.instant);
        // Tab may end a reader's text, of which nothing is kept here.
        if !matches!(key, Key::Tab(_)) && self.focus_key(&key, now.instant) {
            return Task::none();
        }
        match key {
            Key::Desk | Key::Clear => self.close_way_out(),
            Key::End => return self.submit(now),
            Key::TakeBack => self.keyboard.take_back(),
            Key::Typed(typed) if asks_pin => {
                for pressed in typed {
                    self.keyboard.press(pressed, now.instant);
                }
            }
            Key::Typed(_) | Key::Tab(_) | Key::Arrow(_) | Key::Page(_) | Key::Other => {}
        }
        Task::none()
    }

    /// Something was touched while the way out is asked for.
    pub(super) fn way_out_touched(&mut self, message: Message, now: Moment) -> Task<message::Message> {
        let Some(way) = self.way_out() else { return Task::none() };
        way.last_touch = now.instant;
        match (message, &way.stage) {
            (Message::Lock, _) => self.close_way_out(),
            (Message::Digit(digit), Stage::Locked(..)) => self.keyboard.touch(digit, now.instant),
            (Message::TakeBack, Stage::Locked(..)) => self.keyboard.take_back(),
            (Message::Confirm, Stage::Locked(..)) => return self.submit(now),
            (Message::Leave, Stage::Open(person, staff)) => {
                return leave(person.clone(), Arc::clone(staff));
            }
            _ => {}
        }
        Task::none()
    }

    /// Ends what is typed while the way out is asked for: it is a PIN, or nothing.
    pub(in crate::kiosk) fn way_out_submit(&mut self) -> Task<message::Message> {
        let typed = self.typed_pin();
        self.keyboard.clear();
        let Some(Stage::Locked(pad, staff)) = self.way_out().map(|way| &mut way.stage) else {
            return Task::none();
        };
        match typed.as_deref().map(Pin::parse) {
            _ if pad.is_comparing => Task::none(),
            Some(Ok(pin)) => {
                (pad.is_comparing, pad.remark) = (true, None);
                let (staff, memory) = (Arc::clone(staff), pad.memory.clone());
                ask(async move { Answer::Compared(staff.compare_pin(pin, memory).await) })
            }
            Some(Err(_)) | None => {
                pad.remark = Some(Remark::NotAPin);
                Task::none()
            }
        }
    }

    /// What the way out asked for is there.
    pub(in crate::kiosk) fn way_out_answered(
        &mut self,
        answer: Answer,
        now: Moment,
    ) -> Task<message::Message> {
        let Some(way) = self.way_out() else { return Task::none() };
        match (answer, &mut way.stage) {
            (Answer::Opened(Some(staff)), Stage::Opening) => {
                // What the settings say of the keypad may not be known: its digits tell nobody a hand's way.
                way.stage = Stage::Locked(PinPad::new(true), staff);
            }
            (Answer::Opened(None), Stage::Opening) | (Answer::Compared(Err(_)), _) => {
                way.stage = Stage::NoLog
            }
            (Answer::Compared(Ok(answer)), Stage::Locked(pad, staff)) if pad.is_comparing => {
                way.last_touch = now.instant;
                match answer {
                    PinAnswer::Of(person) if person.role == Role::Manager => {
                        way.stage = Stage::Open(person, Arc::clone(staff));
                    }
                    PinAnswer::Of(_) => pad.refuse(Remark::NotAManager),
                    PinAnswer::Wrong(wrong) => pad.refuse(Remark::of(wrong)),
                    PinAnswer::Locked(until) => pad.refuse(Remark::Locked(until)),
                    PinAnswer::NobodyHasOne => pad.refuse(Remark::Nobody),
                }
            }
            (Answer::Dismissed, _) => self.close_way_out(),
            (Answer::Left, Stage::Open(..)) => return iced::exit(),
            (Answer::Opened(_) | Answer::Compared(Ok(_)) | Answer::Left, _) => {}
        }
        Task::none()
    }
}

/// Records who ends the kiosk, as far as the log can take that. Somebody may have taken the PIN or the role away
/// meanwhile: then nothing is done.
fn leave(person: Person, staff: Arc<Staff>) -> Task<message::Message> {
    ask(async move {
        if !staff.has(&person).await {
            return Answer::Dismissed;
        }
        if let Err(error) = staff.note_stop(person).await {
            tracing::warn!(%error, "a manager ended the kiosk, and the visit log could not take that down");
        }
        Answer::Left
    })
}

/// The pad, or behind it what is wrong and the way out; `None` where the visitors' screen stays.
pub(in crate::kiosk) fn view<'a>(
    kiosk: &'a Kiosk,
    out: &OutOfService,
    cause: &str,
    design: Design,
) -> Option<Element<'a, message::Message>> {
    let design = design.usual();
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let body = match &out.way_out.as_ref()?.stage {
        Stage::Opening | Stage::NoLog => return None,
        Stage::Locked(pad, _) => pad.view(kiosk, texts.get("desk-pin-title"), Message::Lock, design),
        Stage::Open(..) => {
            let cause =
                widgets::label(cause.to_owned(), design.text(24.0), iced::font::Weight::Medium, palette.ink);
            let buttons = OPEN.map(|(message, key, look)| {
                Element::from(button(kiosk, texts.get(key), look, design, message))
            });
            form(texts.get("out-of-service-title"), column![cause].extend(buttons), design)
        }
    };
    let header = widgets::header(kiosk, design, palette.ink, palette.muted, None);
    Some(column![header, container(body).width(Fill).height(Fill)].into())
}
