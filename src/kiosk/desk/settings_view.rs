//! How the page of the settings looks.

use iced::font::Weight;
use iced::widget::{Column, Row, column, container, row, space};
use iced::{Center, Element, Fill, Length};

use super::Message as Touch;
use super::pages::{button, lines};
use super::settings::{Message, Said, SettingsPage};
use crate::kiosk::language::{Argument, Texts};
use crate::kiosk::message;
use crate::kiosk::state::Kiosk;
use crate::kiosk::theme::Design;
use crate::kiosk::widgets::{self, Look};
use crate::settings::{ChangeError, Kind, Problem, SETTINGS, Setting, SettingsError};

type Piece<'a> = Element<'a, message::Message>;

pub(super) fn view<'a>(kiosk: &Kiosk, page: &SettingsPage, design: Design) -> Piece<'a> {
    let head = column![head(kiosk, page, design), sections(kiosk, page, design)];
    let seen = seen(page).map(|(place, setting)| line(kiosk, page, place, setting, design));
    lines(head.spacing(design.length(12.0)).into(), seen, design)
}

/// The names of the sections.
fn names() -> Vec<&'static str> {
    SETTINGS.chunk_by(|one, other| one.section == other.section).map(|section| section[0].section).collect()
}

/// The settings of the section that is seen, with their places.
fn seen(page: &SettingsPage) -> impl Iterator<Item = (usize, &'static Setting)> {
    let section = page.section;
    SETTINGS.iter().enumerate().filter(move |(_, setting)| setting.section == section)
}

/// The buttons of the whole page, with the keys of their names.
fn buttons(page: &SettingsPage) -> &'static [(Touch, &'static str, Look)] {
    match page.said {
        Said::Saved if page.changes.is_empty() => {
            &[(Touch::Settings(Message::Restart), "settings-restart", Look::Action)]
        }
        _ if page.changes.is_empty() => &[],
        _ => &[
            (Touch::Settings(Message::Forget), "settings-forget", Look::Outline),
            (Touch::Settings(Message::Save), "settings-save", Look::Action),
        ],
    }
}

/// What can be focused, in the order in which it is read.
pub(super) fn targets(page: &SettingsPage) -> Vec<Touch> {
    let buttons = buttons(page).iter().map(|(message, ..)| *message);
    let sections = names().into_iter().map(Message::Section);
    let settings = seen(page).flat_map(|(place, setting)| changes(page, place, setting));
    buttons.chain(sections.chain(settings).map(Touch::Settings)).collect()
}

/// What changes a setting, in the order in which it is read.
fn changes(page: &SettingsPage, place: usize, setting: &Setting) -> Vec<Message> {
    match setting.kind {
        _ if page.typing.as_ref().is_some_and(|(typing, _)| *typing == place) => {
            vec![Message::Clear, Message::Done]
        }
        Kind::Switch(_) => vec![Message::Switch(place)],
        Kind::Choice(names) | Kind::Several(names) => {
            (0..names.len()).map(|choice| Message::Choose(place, choice)).collect()
        }
        Kind::Number(..) => vec![Message::Less(place), Message::Type(place), Message::More(place)],
        Kind::Text(_) | Kind::Texts | Kind::Quiet => vec![Message::Type(place)],
    }
}

/// The names of the sections; the one that is seen stands out.
fn sections<'a>(kiosk: &Kiosk, page: &SettingsPage, design: Design) -> Piece<'a> {
    let gap = design.length(10.0);
    let all = names();
    let section = |section: &&'static str| {
        let section = *section;
        let look = if section == page.section { Look::Chosen } else { Look::Key };
        let name = kiosk.texts_for_staff().get(&format!("settings-{section}"));
        button(kiosk, name, look, design, Touch::Settings(Message::Section(section))).into()
    };
    let columns = if design.is_portrait() { 4 } else { 7 };
    let rows = all.chunks(columns).map(|sections| {
        let missing = (sections.len()..columns).map(|_| space().width(Fill).into());
        Row::with_children(sections.iter().map(section).chain(missing)).spacing(gap).into()
    });
    Column::with_children(rows).spacing(gap).into()
}

/// What there is to say, and the buttons of the whole page.
fn head<'a>(kiosk: &Kiosk, page: &SettingsPage, design: Design) -> Piece<'a> {
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let changes = page.changes.len();
    let (said, color) = match &page.said {
        Said::Nothing if changes == 0 => (texts.get("settings-instruction"), palette.muted),
        Said::Nothing => {
            (texts.with("settings-changes", &[("changes", Argument::Number(changes as u64))]), palette.ink)
        }
        Said::Leaving(_) => {
            (texts.with("settings-leaving", &[("changes", Argument::Number(changes as u64))]), palette.wrong)
        }
        Said::Writing => (texts.get("settings-writing"), palette.muted),
        Said::Saved => (texts.get("settings-saved"), palette.ink),
        Said::Unreadable => (texts.get("settings-unreadable"), palette.wrong),
        Said::Wrong(wrong) => match wrong.setting.and_then(|place| SETTINGS.get(place)) {
            Some(setting) => {
                let name = name(texts, setting);
                (texts.with("settings-wrong", &[("setting", Argument::Text(&name))]), palette.wrong)
            }
            None => {
                let why = refused(texts, None, &wrong.error);
                (texts.with("settings-refused", &[("why", Argument::Text(&why))]), palette.wrong)
            }
        },
        Said::NotWritten(ChangeError::Changed(_)) => (texts.get("settings-meanwhile"), palette.wrong),
        Said::NotWritten(ChangeError::Unwritable(path)) => {
            let path = path.display().to_string();
            (texts.with("settings-unwritable", &[("file", Argument::Text(&path))]), palette.wrong)
        }
    };
    let said = widgets::label(said, design.text(18.0), Weight::Medium, color);
    let buttons = buttons(page).iter().map(|(message, key, look)| {
        let button = button(kiosk, texts.get(key), *look, design, *message);
        button.width(design.touch(190.0, 110.0)).into()
    });
    let buttons: Vec<_> = buttons.collect();
    let buttons = (!buttons.is_empty()).then(|| Row::with_children(buttons).spacing(design.length(12.0)));
    // What is below keeps its place whatever is said.
    row![container(said).width(Fill)]
        .push(buttons)
        .spacing(design.length(16.0))
        .align_y(Center)
        .height(design.touch(52.0, 48.0))
        .into()
}

/// A setting's name for people.
fn name(texts: &Texts, setting: &Setting) -> String {
    texts.get(&format!("settings-{}-{}", setting.section, setting.key))
}

/// Why the loader refuses a change: of this setting, where it is known.
fn refused(texts: &Texts, setting: Option<&Setting>, error: &SettingsError) -> String {
    let key = match error {
        SettingsError::Wrong { problem: Problem::Alone(_), .. } => match setting {
            Some(setting) => return accepted(texts, setting.kind),
            None => "settings-wrong-elsewhere",
        },
        SettingsError::Wrong { problem: Problem::LatitudeAlone | Problem::LongitudeAlone, .. } => {
            "settings-needs-both"
        }
        SettingsError::Wrong { problem: Problem::NoProtection(_), .. } => "settings-needs-protection",
        SettingsError::Wrong { problem: Problem::NoNegativeTest, .. } => "settings-needs-negative-test",
        SettingsError::Wrong { problem: Problem::NoRepeat, .. } => "settings-needs-repeat",
        SettingsError::Wrong { problem: Problem::NoService(_), .. } => "settings-needs-service",
        SettingsError::PrivacyMissing { .. } => "settings-needs-privacy",
        // No page changes what these are about.
        SettingsError::Unreadable(_)
        | SettingsError::ServiceKeyMissing { .. }
        | SettingsError::Password { .. }
        | SettingsError::PasswordMissing { .. }
        | SettingsError::NoHome => "settings-wrong-elsewhere",
    };
    texts.get(key)
}

fn line<'a>(
    kiosk: &Kiosk,
    page: &SettingsPage,
    place: usize,
    setting: &Setting,
    design: Design,
) -> Piece<'a> {
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let is_changed = page.changes.contains_key(&place);
    let (weight, color) =
        if is_changed { (Weight::Bold, palette.accent) } else { (Weight::Medium, palette.ink) };
    let name = widgets::label(name(texts, setting), design.text(18.0), weight, color);
    let wrong = match &page.said {
        Said::Wrong(wrong) if wrong.setting == Some(place) => {
            let why = refused(texts, Some(setting), &wrong.error);
            Some(widgets::label(why, design.text(16.0), Weight::Semibold, palette.wrong))
        }
        _ => None,
    };
    let name = column![name].push(wrong).spacing(design.length(4.0));
    let control = control(kiosk, page, place, setting, design);
    if design.is_portrait() {
        column![name, control].spacing(design.length(8.0)).into()
    } else {
        row![container(name).width(Length::FillPortion(2)), container(control).width(Length::FillPortion(3)),]
            .spacing(design.length(16.0))
            .align_y(Center)
            .into()
    }
}

/// What is accepted.
fn accepted(texts: &Texts, kind: Kind) -> String {
    match kind {
        Kind::Number(least, most, ..) => texts.with(
            "settings-accepts-number",
            &[
                ("least", Argument::Number(least.unsigned_abs())),
                ("most", Argument::Number(most.unsigned_abs())),
            ],
        ),
        Kind::Several(_) => texts.get("settings-accepts-several"),
        Kind::Switch(_) | Kind::Choice(_) => texts.get("settings-accepts-one"),
        Kind::Text(what) => texts.get(&format!("settings-accepts-{what}")),
        Kind::Texts => texts.get("settings-accepts-reasons"),
        Kind::Quiet => texts.get("settings-accepts-quiet"),
    }
}

/// What changes a setting.
fn control<'a>(
    kiosk: &Kiosk,
    page: &SettingsPage,
    place: usize,
    setting: &Setting,
    design: Design,
) -> Piece<'a> {
    let texts = kiosk.texts_for_staff();
    let gap = design.length(8.0);
    if let Some((_, entry)) = page.typing.as_ref().filter(|(typing, _)| *typing == place) {
        let width = design.touch(110.0, 64.0);
        let touch = |key: &str, look, message| {
            button(kiosk, texts.get(key), look, design, Touch::Settings(message)).width(width)
        };
        return row![
            entry.view(&kiosk.keyboard, kiosk.now.instant, texts.get("settings-empty"), design),
            touch("settings-clear", Look::Key, Message::Clear),
            touch("settings-done", Look::Action, Message::Done),
        ]
        .spacing(gap)
        .align_y(Center)
        .into();
    }
    let touch = |words: String, is_chosen: bool, message| {
        let look = if is_chosen { Look::Chosen } else { Look::Key };
        button(kiosk, words, look, design, Touch::Settings(message))
    };
    let name = |name: &str| texts.get(&format!("settings-value-{name}"));
    match setting.kind {
        Kind::Switch(default) => {
            let is_on = page.is_on(place, default);
            let words = texts.get(if is_on { "settings-on" } else { "settings-off" });
            touch(words, is_on, Message::Switch(place)).into()
        }
        Kind::Choice(names) => {
            let chosen = page.text(place).unwrap_or(names[0]);
            let choices = names
                .iter()
                .enumerate()
                .map(|(choice, of)| touch(name(of), *of == chosen, Message::Choose(place, choice)).into());
            Row::with_children(choices).spacing(gap).into()
        }
        Kind::Several(names) => {
            let chosen = page.chosen(place, names);
            let choices = names.iter().enumerate().map(|(choice, of)| {
                let rank = chosen.iter().position(|name| name == of);
                let words = match rank {
                    // Visitors are greeted in the first one.
                    Some(rank) if setting.key == "languages" => format!("{}. {}", rank + 1, name(of)),
                    Some(_) | None => name(of),
                };
                touch(words, rank.is_some(), Message::Choose(place, choice)).into()
            });
            Row::with_children(choices).spacing(gap).into()
        }
        Kind::Number(_, _, default, _) => {
            let number = page.text(place).map_or_else(|| default.to_string(), str::to_owned);
            let step = design.touch(72.0, 52.0);
            row![
                touch("−".to_owned(), false, Message::Less(place)).width(step),
                touch(number, false, Message::Type(place)),
                touch("+".to_owned(), false, Message::More(place)).width(step),
            ]
            .spacing(gap)
            .into()
        }
        Kind::Text(_) | Kind::Texts | Kind::Quiet => {
            let text = page.text(place).map_or_else(|| texts.get("settings-silent"), str::to_owned);
            touch(text, false, Message::Type(place)).into()
        }
    }
}
