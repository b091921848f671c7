//! How the page of the PINs looks.

use iced::font::Weight;
use iced::widget::{column, container, row};
use iced::{Center, Element, Fill};

use super::Message as Touch;
use super::pages::{button, form, lines};
use super::pin_pad;
use super::pins::{Done, Message, Name, Pins, Step, WrongName, touch};
use crate::kiosk::language::{Argument, Texts};
use crate::kiosk::message;
use crate::kiosk::state::Kiosk;
use crate::kiosk::theme::Design;
use crate::kiosk::widgets::{self, Look};
use crate::visits::{Person, Role};

type Piece<'a> = Element<'a, message::Message>;

/// What can be focused, in the order in which it is read.
pub(super) fn targets(pins: &Pins) -> Vec<Touch> {
    match &pins.step {
        Step::List | Step::Writing => {
            let people =
                (0..pins.people.len()).flat_map(|place| [Message::Change(place), Message::Remove(place)]);
            [Message::New].into_iter().chain(people).map(touch).collect()
        }
        Step::Who { .. } => {
            let roles = [Role::Guard, Role::Manager].map(|role| touch(Message::Role(role)));
            roles.into_iter().chain([Touch::Back, touch(Message::Continue)]).collect()
        }
        Step::Pin { .. } => pin_pad::targets(Touch::Back).to_vec(),
        Step::Removing(_) => vec![Touch::Back, touch(Message::Removed)],
    }
}

pub(super) fn view<'a>(kiosk: &Kiosk, pins: &Pins, design: Design) -> Piece<'a> {
    let texts = kiosk.texts_for_staff();
    match &pins.step {
        Step::List | Step::Writing => list(kiosk, pins, design),
        Step::Who { name, role, wrong } => who(kiosk, pins, (name, *role, wrong.as_ref()), design),
        Step::Pin { person, pad, first } => {
            let key = if first.is_some() { "pins-again" } else { "pins-new-pin" };
            let title = texts.with(key, &[("name", Argument::Text(&person.name))]);
            pad.view(kiosk, title, Touch::Back, design)
        }
        Step::Removing(person) => removing(kiosk, pins, person, design),
    }
}

fn role_name(texts: &Texts, role: Role) -> String {
    texts.get(&format!("role-{}", role.name()))
}

fn list<'a>(kiosk: &Kiosk, pins: &Pins, design: Design) -> Piece<'a> {
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let line = |(place, person): (usize, &Person)| {
        let name = widgets::label(person.name.clone(), design.text(22.0), Weight::Bold, palette.ink);
        let role =
            widgets::label(role_name(texts, person.role), design.text(18.0), Weight::Medium, palette.muted);
        let width = design.touch(170.0, 96.0);
        let touch = |key: &str, message| {
            button(kiosk, texts.get(key), Look::Key, design, touch(message)).width(width)
        };
        row![
            container(column![name, role].spacing(design.length(2.0))).width(Fill).clip(true),
            touch("pins-change", Message::Change(place)),
            touch("pins-remove", Message::Remove(place)),
        ]
        .spacing(design.length(12.0))
        .align_y(Center)
        .into()
    };
    let done = pins.done.as_ref().map(|done| match done {
        Done::Set(person) => texts.with(
            "pin-set",
            &[
                ("name", Argument::Text(&person.name)),
                ("role", Argument::Text(&role_name(texts, person.role))),
            ],
        ),
        Done::Removed(person) => texts.with("pin-removed", &[("name", Argument::Text(&person.name))]),
    });
    let head = done.unwrap_or_else(|| texts.get("pins-instruction"));
    let head = widgets::label(head, design.text(20.0), Weight::Medium, palette.muted);
    let new = button(kiosk, texts.get("pins-new"), Look::Action, design, touch(Message::New));
    let head = row![container(head).width(Fill), new.width(design.touch(200.0, 120.0))]
        .spacing(design.length(16.0))
        .align_y(Center);
    lines(head.into(), pins.people.iter().enumerate().map(line), design)
}

fn who<'a>(
    kiosk: &Kiosk,
    pins: &Pins,
    (name, role, wrong): (&Name, Role, Option<&WrongName>),
    design: Design,
) -> Piece<'a> {
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let title = match name {
        Name::New(_) => texts.get("pins-new"),
        Name::Known(name) => name.clone(),
    };
    let field = match name {
        Name::New(entry) => {
            Some(entry.view(&kiosk.keyboard, kiosk.now.instant, texts.get("pins-name"), design))
        }
        Name::Known(_) => None,
    };
    let choice = |of: Role| {
        let look = if of == role { Look::Chosen } else { Look::Key };
        button(kiosk, role_name(texts, of), look, design, touch(Message::Role(of)))
    };
    let wrong = match (wrong, name) {
        (Some(WrongName::NoName), _) => Some(texts.get("pins-no-name")),
        (Some(WrongName::Taken(other)), _) => {
            Some(texts.with("pins-name-taken", &[("name", Argument::Text(other))]))
        }
        (None, Name::Known(name)) if role == Role::Guard && pins.is_last_manager(name) => {
            Some(texts.get("pins-last-manager"))
        }
        (None, _) => None,
    };
    let wrong = wrong.map(|words| widgets::label(words, design.text(20.0), Weight::Semibold, palette.wrong));
    let may = texts.get(match role {
        Role::Guard => "pins-guard-may",
        Role::Manager => "pins-manager-may",
    });
    let may = widgets::label(may, design.text(20.0), Weight::Medium, palette.muted);
    let roles = row![choice(Role::Guard), choice(Role::Manager)].spacing(design.length(12.0));
    let buttons = row![
        button(kiosk, texts.get("desk-back"), Look::Outline, design, Touch::Back),
        button(kiosk, texts.get("pins-continue"), Look::Action, design, touch(Message::Continue)),
    ]
    .spacing(design.length(12.0));
    let pieces = column![].push(field).push(roles).push(may).push(wrong).push(buttons);
    form(title, pieces, design)
}

fn removing<'a>(kiosk: &Kiosk, pins: &Pins, person: &Person, design: Design) -> Piece<'a> {
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let title = texts.with("pins-removing", &[("name", Argument::Text(&person.name))]);
    let last = pins.is_last_manager(&person.name).then(|| {
        widgets::label(texts.get("pins-last-manager"), design.text(20.0), Weight::Semibold, palette.wrong)
    });
    let buttons = row![
        button(kiosk, texts.get("desk-back"), Look::Outline, design, Touch::Back),
        button(kiosk, texts.get("pins-remove"), Look::Action, design, touch(Message::Removed)),
    ]
    .spacing(design.length(12.0));
    form(title, column![].push(last).push(buttons), design)
}
