//! How somebody's word on a visit is asked for.

use iced::font::Weight;
use iced::widget::button::{Status, Style};
use iced::widget::{Button, Column, Row, column, container, row, space};
use iced::{Color, Element, Fill, border};

use super::deciding::{self, Deciding};
use super::focus::{button, ringed};
use super::view::{origin, took, who, why};
use super::{Message, pages, touched};
use crate::checkin::Verdict;
use crate::kiosk::message;
use crate::kiosk::palette;
use crate::kiosk::state::Kiosk;
use crate::kiosk::theme::Design;
use crate::kiosk::widgets::{self, Look};

type Piece<'a> = Element<'a, message::Message>;

/// What can be decided, with the keys of the words.
const VERDICTS: [(Verdict, &str, Color); 2] =
    [(Verdict::Admit, "desk-admit", palette::ADMIT), (Verdict::Refuse, "desk-refuse", palette::REFUSE)];

/// What else can be done, with the keys of the words.
const OTHERS: [(Message, &str); 2] = [(Message::Left, "desk-left"), (Message::Cancel, "desk-cancel")];

/// The reasons that are offered.
fn reasons(kiosk: &Kiosk) -> Vec<String> {
    let texts = kiosk.texts_for_staff();
    kiosk.running.as_ref().map_or_else(Vec::new, |running| deciding::reasons(&running.settings.desk, texts))
}

/// The reason in words of one's own, as far as it is typed.
fn own(kiosk: &Kiosk, deciding: &Deciding) -> String {
    deciding.own.words(&kiosk.keyboard, kiosk.now.instant)
}

/// Whether there is a reason.
fn has_reason(kiosk: &Kiosk, deciding: &Deciding) -> bool {
    let (own, texts) = (own(kiosk, deciding), kiosk.texts_for_staff());
    let running = kiosk.running.as_ref();
    running.is_some_and(|running| deciding.because(&own, &running.settings.desk, texts).is_some())
}

/// What can be focused, in the order in which it is read.
pub(super) fn targets(kiosk: &Kiosk, deciding: &Deciding) -> Vec<Message> {
    let reasons = (0..reasons(kiosk).len()).map(Message::Because);
    let verdicts = VERDICTS.map(|(verdict, ..)| Message::Verdict(verdict));
    let verdicts = verdicts.into_iter().filter(|_| has_reason(kiosk, deciding));
    let others = OTHERS.map(|(message, _)| message);
    let others = others.into_iter().filter(|_| !deciding.is_recording());
    reasons.chain(verdicts).chain(others).collect()
}

pub(super) fn view<'a>(kiosk: &'a Kiosk, deciding: &Deciding, design: Design) -> Piece<'a> {
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let visit = &deciding.row;
    let title = format!("{} · {}", visit.exact_time(), why(texts, visit.decision));
    let title = widgets::label(title, design.text(32.0), Weight::ExtraBold, palette.ink);
    let about = [Some(visit.date()), who(visit), Some(origin(texts, visit)), visit.service_ms.map(took)];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let about = widgets::label(about, design.text(20.0), Weight::Semibold, palette.ink);
    let instruction = texts.get(deciding.instruction());
    let instruction = widgets::label(instruction, design.text(22.0), Weight::Medium, palette.muted);
    let gap = design.length(16.0);
    let (own, has_reason) = (own(kiosk, deciding), has_reason(kiosk, deciding));
    let is_own = !own.trim().is_empty();
    let chosen = deciding.chosen.filter(|_| !is_own);
    // Their place stays free once there is nothing to take back.
    let others: Piece<'a> = if deciding.is_recording() {
        space().height(design.touch(60.0, 48.0)).into()
    } else {
        let other = |(message, key)| {
            let button = button(kiosk, texts.get(key), 20.0, Look::Outline, design, message);
            button.height(design.touch(60.0, 48.0)).into()
        };
        row(OTHERS.map(other)).spacing(gap).into()
    };
    let what_for = texts.get("desk-reason-own");
    let field = deciding.own.view(&kiosk.keyboard, kiosk.now.instant, what_for, design);
    let remark = (is_own && !has_reason).then(|| {
        widgets::label(texts.get("desk-reason-refused"), design.text(18.0), Weight::Medium, palette.muted)
    });
    let own = column![field].push(remark).spacing(design.length(8.0));
    let verdicts = verdicts(kiosk, has_reason, design);
    let offered = offered(kiosk, chosen, design);
    let page = column![title, about, instruction, offered, own, verdicts, others].spacing(gap);
    let page = container(page.max_width(design.length(960.0))).center_x(Fill).padding(design.length(24.0));
    // A site may have many reasons, and a low window no room for a few.
    pages::scrolling(page, design).into()
}

/// The reasons; the one that is chosen stands out.
fn offered<'a>(kiosk: &Kiosk, chosen: Option<usize>, design: Design) -> Piece<'a> {
    let gap = design.length(16.0);
    let reason = |(place, reason)| {
        let look = if chosen == Some(place) { Look::Chosen } else { Look::Key };
        let button = button(kiosk, reason, 20.0, look, design, Message::Because(place));
        button.height(design.touch(68.0, 52.0)).into()
    };
    let columns = if design.is_portrait() { 1 } else { 2 };
    let mut offered = reasons(kiosk).into_iter().enumerate().map(reason).peekable();
    let mut rows = Column::new().spacing(gap);
    while offered.peek().is_some() {
        rows = rows.push(Row::with_children(offered.by_ref().take(columns)).spacing(gap));
    }
    rows.into()
}

/// What can be decided, once there is a reason.
fn verdicts<'a>(kiosk: &Kiosk, has_reason: bool, design: Design) -> Piece<'a> {
    let verdict = |(verdict, key, ground): (Verdict, &str, Color)| {
        let words = kiosk.texts_for_staff().get(key);
        let words = widgets::label(words, design.text(26.0), Weight::Bold, palette::WHITE).centered();
        let ground = if has_reason { ground } else { design.palette.muted };
        let radius = design.length(12.0);
        let message = Message::Verdict(verdict);
        let button = Button::new(container(words).center(Fill))
            .width(Fill)
            .height(design.touch(84.0, 60.0))
            .on_press_maybe(has_reason.then(touched(message)))
            .style(move |_, status| {
                let is_pressed = matches!(status, Status::Pressed);
                let ground = if is_pressed { palette::pressed(ground, palette::WHITE) } else { ground };
                Style { background: Some(ground.into()), border: border::rounded(radius), ..Style::default() }
            });
        ringed(kiosk, button, message, design).into()
    };
    row(VERDICTS.map(verdict)).spacing(design.length(16.0)).into()
}
