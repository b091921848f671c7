//! How the page of the erasures looks.

use iced::font::Weight;
use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, border};

use super::Message as Touch;
use super::entry::code_words;
use super::erasure::{Erased, Erasure, Message};
use super::pages::{button, form, lines};
use super::pin_pad;
use crate::kiosk::language::{Argument, local};
use crate::kiosk::message;
use crate::kiosk::state::Kiosk;
use crate::kiosk::theme::Design;
use crate::kiosk::widgets::{self, Look};

type Piece<'a> = Element<'a, message::Message>;

/// What can be focused, in the order in which it is read.
pub(super) fn targets(erasure: &Erasure) -> Vec<Touch> {
    match erasure {
        Erasure::Code { .. } | Erasure::Looking(_) | Erasure::Erasing(_) => Vec::new(),
        Erasure::Why { .. } => {
            vec![Touch::Erasure(Message::Asked), Touch::Back, Touch::Erasure(Message::Continue)]
        }
        Erasure::Pin { .. } => pin_pad::targets(Touch::Back).to_vec(),
        Erasure::Done(_) => vec![Touch::Erasure(Message::Next)],
    }
}

pub(super) fn view<'a>(kiosk: &Kiosk, erasure: &Erasure, design: Design) -> Piece<'a> {
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let words = |words: String, color| widgets::label(words, design.text(20.0), Weight::Medium, color);
    let title = texts.get("erasure-title");
    match erasure {
        Erasure::Code { is_wrong } => {
            let wrong = is_wrong.then(|| words(texts.get("erasure-no-code"), palette.wrong));
            let pieces = column![words(texts.get("erasure-instruction"), palette.muted), code(kiosk, design)];
            form(title, pieces.push(wrong), design)
        }
        Erasure::Looking(_) | Erasure::Erasing(_) => {
            form(title, column![words(texts.get("desk-pin-comparing"), palette.muted)], design)
        }
        Erasure::Why { code, records, why, is_wrong } => {
            let (code, records) = (code.to_string(), Argument::Number(*records as u64));
            let found = texts.with("erasure-found", &[("code", Argument::Text(&code)), ("records", records)]);
            let wrong = is_wrong.then(|| words(texts.get("erasure-no-reason"), palette.wrong));
            let touch = |key: &str, look, message| button(kiosk, texts.get(key), look, design, message);
            let buttons = row![
                touch("desk-back", Look::Outline, Touch::Back),
                touch("pins-continue", Look::Action, Touch::Erasure(Message::Continue)),
            ];
            let pieces = column![
                words(found, palette.ink),
                touch("erasure-asked", Look::Key, Touch::Erasure(Message::Asked)),
                why.view(&kiosk.keyboard, kiosk.now.instant, texts.get("erasure-why"), design),
            ];
            form(title, pieces.push(wrong).push(buttons.spacing(design.length(12.0))), design)
        }
        Erasure::Pin { pad, .. } => pad.view(kiosk, texts.get("erasure-pin"), Touch::Back, design),
        Erasure::Done(erased) => done(kiosk, erased, design),
    }
}

/// The code that is typed.
fn code<'a>(kiosk: &Kiosk, design: Design) -> Piece<'a> {
    let palette = design.palette;
    let (typed, color) = match code_words(&kiosk.keyboard) {
        typed if typed.is_empty() => (kiosk.texts_for_staff().get("erasure-code"), palette.muted),
        typed => (typed, palette.ink),
    };
    let radius = design.length(12.0);
    container(widgets::label(typed, design.text(20.0), Weight::Medium, color))
        .width(Fill)
        .height(design.touch(60.0, 48.0))
        .align_y(Center)
        .padding([0.0, design.length(20.0)])
        .style(move |_| {
            container::background(palette.field).border(border::rounded(radius).width(2.0).color(palette.ink))
        })
        .into()
}

/// The receipt, and which files may still hold visits of the person.
fn done<'a>(kiosk: &Kiosk, erased: &Erased, design: Design) -> Piece<'a> {
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let words = |words: String, color| widgets::label(words, design.text(18.0), Weight::Medium, color);
    let receipt = texts.with("log-erased", &[("records", Argument::Number(erased.deleted.records))]);
    let receipt = widgets::label(receipt, design.text(22.0), Weight::Bold, palette.ink);
    let held_back = (!erased.deleted.is_out).then(|| words(texts.get("log-held-back"), palette.ink));
    let remains = match &erased.kept {
        None => Some("erasure-files-unread"),
        Some(files) if files.is_empty() => None,
        Some(_) => Some("log-may-remain"),
    };
    let remains = remains.map(|key| words(texts.get(key), palette.ink));
    let elsewhere = words(texts.get("log-remains-elsewhere"), palette.muted);
    let next = texts.get("erasure-next");
    let next = button(kiosk, next, Look::Action, design, Touch::Erasure(Message::Next));
    let top = row![container(receipt).width(Fill), next.width(design.touch(200.0, 120.0))];
    let head = column![top.spacing(design.length(16.0)).align_y(Center)]
        .push(held_back)
        .push(remains)
        .push(elsewhere)
        .spacing(design.length(12.0));
    let files = erased.kept.iter().flatten().map(|file| {
        let until = local(file.until).strftime("%Y-%m-%d").to_string();
        let path = words(file.path.display().to_string(), palette.ink);
        row![words(until, palette.muted), path].spacing(design.length(16.0)).into()
    });
    lines(head.into(), files, design)
}
