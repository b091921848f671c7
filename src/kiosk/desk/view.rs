//! How the desk looks.

use iced::font::Weight;
use iced::widget::operation::{AbsoluteOffset, scroll_to};
use iced::widget::{Column, Id, Row, column, container, mouse_area, responsive, row, space};
use iced::{Center, Element, Fill, Length, Task, border};
use uuid::Uuid;

use super::badge::badge;
use super::entry::{code_words, is_code};
use super::focus::{button, ringed};
use super::session::Session;
use super::visits::{self, Show};
use super::{Desk, Message, Stage, behind, chart, deciding_view, inside, look_up, pages, touched};
use crate::entry::{Cause, Decision};
use crate::kiosk::label::Label;
use crate::kiosk::language::{Argument, Texts};
use crate::kiosk::message;
use crate::kiosk::state::Kiosk;
use crate::kiosk::theme::Design;
use crate::kiosk::widgets::{self, Look};
use crate::settings::Language;
use crate::visits::{Role, source_name};

/// So many of those who wait are shown: each one is built for each picture. The list has the others.
pub(super) const WAITING: usize = 50;

/// The list of visits.
pub(super) const LIST: Id = Id::new("visits");

/// The list of those who wait.
pub(super) const WAITING_LIST: Id = Id::new("waiting");

type Piece<'a> = Element<'a, message::Message>;

pub(in crate::kiosk) fn view<'a>(kiosk: &'a Kiosk, desk: &'a Desk, design: Design) -> Piece<'a> {
    let design = design.usual();
    let texts = kiosk.texts_for_staff();
    let body = match &desk.stage {
        Stage::Locked(pad) => pad.view(kiosk, texts.get("desk-pin-title"), Message::Lock, design),
        Stage::Open(session) => match &session.deciding {
            Some(deciding) => match deciding.second_pad() {
                Some(pad) => pad.view(kiosk, texts.get("desk-second-title"), Message::Lock, design),
                None => deciding_view::view(kiosk, deciding, design),
            },
            None => match desk.look_up() {
                Some(awaiting) => look_up::view(kiosk, awaiting, design),
                None => pages::view(kiosk, session, design),
            },
        },
    };
    let notes = notes(kiosk, desk, design);
    let (beside, below) = if has_room(&notes, design) { (notes, Vec::new()) } else { (Vec::new(), notes) };
    let edge = design.length(24.0);
    let below = (!below.is_empty()).then(|| {
        let padding = iced::Padding { top: 0.0, right: edge, bottom: edge, left: edge };
        container(Row::with_children(below).spacing(edge).wrap()).padding(padding)
    });
    // Who comes meanwhile is told below: nothing moves away under a finger that is on its way.
    column![header(kiosk, desk, beside, design), container(body).width(Fill).height(Fill)]
        .push(below)
        .push(behind::view(kiosk, desk, design))
        .into()
}

fn header<'a>(kiosk: &Kiosk, desk: &Desk, notes: Vec<Piece<'a>>, design: Design) -> Piece<'a> {
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let title = texts.get("desk-title");
    let title = widgets::label(title, design.text(22.0), Weight::Bold, palette.ink).on_one_line();
    let place = kiosk.running.as_ref().map_or_else(String::new, |running| {
        let names = [running.settings.site_name.as_str(), &running.settings.check_in.entrance];
        names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" · ")
    });
    let place = widgets::label(place, design.text(20.0), Weight::Medium, palette.muted).on_one_line();
    let names = row![title, place].spacing(design.length(24.0)).align_y(Center);
    let left = desk.left(kiosk.now.instant).as_secs();
    let lock = match &desk.stage {
        Stage::Locked(_) => None,
        Stage::Open(_) => {
            let left = format!("{}:{:02}", left / 60, left % 60);
            let words = texts.with("desk-lock", &[("left", Argument::Text(&left))]);
            let button = button(kiosk, words, 18.0, Look::Outline, design, Message::Lock);
            Some(button.width(design.touch(150.0, 120.0)).height(design.touch(52.0, 44.0)))
        }
    };
    let time = widgets::clock_time(kiosk.now.time);
    let time = widgets::label(time, design.text(30.0), Weight::Semibold, palette.ink).on_one_line();
    row![container(names).width(Fill).clip(true)]
        .extend(notes)
        .push(lock)
        .push(time)
        .spacing(design.length(24.0))
        .align_y(Center)
        .height(design.touch(72.0, 54.0))
        .padding([0.0, design.length(24.0)])
        .into()
}

/// Whether these have their place between the kiosk's name and the button that locks the desk.
fn has_room(notes: &[Piece<'_>], design: Design) -> bool {
    notes.len() <= if design.is_portrait() { 1 } else { 2 }
}

/// What is known of service, camera, clock and disk; in a narrow window only what is wrong.
fn notes<'a>(kiosk: &Kiosk, desk: &Desk, design: Design) -> Vec<Piece<'a>> {
    let texts = kiosk.texts_for_staff();
    let (latency, rate) = match &desk.stage {
        Stage::Open(session) => (session.latency(), kiosk.camera.rate()),
        Stage::Locked(_) => (None, None),
    };
    let service = kiosk.health.is_well().map(|is_well| {
        let words = match latency.filter(|_| is_well) {
            Some(latency) => texts.with("desk-service-took", &[("took", Argument::Text(&took(latency)))]),
            None => texts.get(if is_well { "desk-service-well" } else { "desk-service-failing" }),
        };
        (is_well, words)
    });
    let camera = kiosk.camera.state().map(|state| {
        let words = match rate.filter(|_| state.sees()) {
            Some(rate) => texts.with("desk-camera-rate", &[("frames", Argument::Number(rate.into()))]),
            None => texts.get(if state.sees() { "desk-camera-well" } else { "desk-camera-failing" }),
        };
        (state.sees(), words)
    });
    let clock = kiosk.health.is_clock_in_doubt().then(|| (false, texts.get("clock-doubt")));
    let disk = kiosk.health.is_disk_low().then(|| (false, texts.get("desk-disk-low")));
    let notes = [service, camera, clock, disk].into_iter().flatten();
    notes
        .filter(|(is_well, _)| !is_well || !design.is_portrait())
        .map(|(is_well, words)| widgets::state_note(is_well, words, 18.0, design))
        .collect()
}

/// What can be focused of the list, of who waits, and of the day.
pub(super) fn targets(session: &Session) -> Vec<Message> {
    let shows = Show::of(session.checks_out).iter().map(|&show| Message::Show(show));
    let listed = if session.is_listed() { session.length() } else { 0 };
    let offer = |visit: &visits::Row| session.offer(visit).filter(|_| !stands_waiting(session, visit.id));
    let offers = session.listed(0..listed).filter_map(offer);
    let waiting = session.waiting().take(WAITING).map(|visit| Message::Decide(visit.id));
    let ends = ends(session).into_iter().map(|(message, _)| message);
    std::iter::once(Message::AwaitCode).chain(shows).chain(offers).chain(waiting).chain(ends).collect()
}

/// Whether a visit of the list is seen among those who wait, too: there it is focused.
fn stands_waiting(session: &Session, visit: Uuid) -> bool {
    session.waiting().take(WAITING).any(|waiting| waiting.id == visit)
}

/// The buttons below all else, with the keys of their names.
fn ends(session: &Session) -> Vec<(Message, &'static str)> {
    let evacuate = session.checks_out.then_some((Message::Inside(inside::Message::List), "evacuation"));
    let leave = (session.person.role == Role::Manager).then_some((Message::Leave, "desk-leave"));
    evacuate.into_iter().chain(leave).collect()
}

/// The list, who waits, and the day.
pub(super) fn overview<'a>(kiosk: &'a Kiosk, session: &'a Session, design: Design) -> Piece<'a> {
    let gap = design.length(24.0);
    let notice = session.notice.as_ref().map(|notice| notice.view(kiosk.texts_for_staff(), design));
    let list = column![tools(kiosk, session, design)].push(notice).push(list(kiosk, session, design));
    let list = card(list.into(), design);
    let is_narrow = is_narrow(design);
    // In a small window who waits has the room before the day's bars.
    let day = if design.is_low() {
        numbers(kiosk, session, design).into()
    } else {
        card(day(kiosk, session, design), design)
    };
    let waiting = container(card(waiting(kiosk, session, design), design));
    let waiting = waiting.height(Length::FillPortion(if is_narrow { 2 } else { 1 }));
    let side = column![waiting, day].spacing(gap);
    let texts = kiosk.texts_for_staff();
    let ends = ends(session).into_iter().map(|(message, key)| {
        let button = button(kiosk, texts.get(key), 18.0, Look::Outline, design, message);
        button.height(design.touch(52.0, 44.0)).into()
    });
    let ends: Vec<Piece<'a>> = ends.collect();
    let pieces: Piece<'a> = if design.is_portrait() {
        let buttons = (!ends.is_empty()).then(|| Row::with_children(ends).spacing(gap));
        let portion = if is_narrow { 2 } else { 3 };
        column![
            container(list).height(Length::FillPortion(portion)),
            side.push(buttons).height(Length::FillPortion(2))
        ]
        .spacing(gap)
        .into()
    } else {
        let side = side.extend(ends).width(Length::FillPortion(1)).height(Fill);
        row![container(list).width(Length::FillPortion(2)), side].spacing(gap).into()
    };
    let edge = design.length(24.0);
    container(pieces)
        .padding(iced::Padding { top: 0.0, right: edge, bottom: edge, left: edge })
        .width(Fill)
        .height(Fill)
        .into()
}

/// Whether the window is too narrow for the list, who waits and the day to have all their room below each other.
fn is_narrow(design: Design) -> bool {
    design.is_portrait() && design.window.width < 640.0
}

pub(super) fn card(content: Piece<'_>, design: Design) -> Piece<'_> {
    let palette = design.palette;
    let radius = design.length(16.0);
    container(content)
        .width(Fill)
        .height(Fill)
        .padding(design.length(2.0))
        .style(move |_| {
            container::background(palette.field)
                .border(border::rounded(radius).width(2.0).color(palette.line))
        })
        .into()
}

/// What is searched, and which visits are listed.
fn tools<'a>(kiosk: &Kiosk, session: &Session, design: Design) -> Piece<'a> {
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let name = kiosk.keyboard.words(kiosk.now.instant).filter(|words| !words.contains(char::is_numeric));
    let typed = name.unwrap_or_else(|| code_words(&kiosk.keyboard));
    let (words, color) = match session.found() {
        _ if !typed.is_empty() => (typed, palette.ink),
        _ if session.awaits_code => (texts.get("desk-search-awaits"), palette.accent),
        Some(visits) => {
            (texts.with("desk-found", &[("visits", Argument::Number(visits as u64))]), palette.ink)
        }
        None => (texts.get("desk-search"), palette.muted),
    };
    let words = widgets::label(words, design.text(20.0), Weight::Medium, color);
    let radius = design.length(12.0);
    let edge = if session.awaits_code { palette.accent } else { palette.ink };
    let field =
        container(words).width(Fill).height(Fill).align_y(Center).padding([0.0, design.length(20.0)]).style(
            move |_| {
                container::background(palette.field).border(border::rounded(radius).width(2.0).color(edge))
            },
        );
    let field = mouse_area(field).on_press(touched(Message::AwaitCode)());
    let field = ringed(kiosk, field, Message::AwaitCode, design);
    let shows = Show::of(session.checks_out).iter().map(|&show| {
        let name = match show {
            Show::Inside => session.inside_name(texts),
            Show::All | Show::Refused | Show::Unverified => texts.get(show.key()),
        };
        let look = if session.shows(show) { Look::Chosen } else { Look::Key };
        let button = button(kiosk, name, 16.0, look, design, Message::Show(show));
        // The longest word is read in the size of the others.
        let (large, small) = if show == Show::Unverified { (136.0, 100.0) } else { (96.0, 72.0) };
        let width = if design.is_portrait() { Fill } else { design.touch(large, small).into() };
        button.width(width).into()
    });
    let (gap, height) = (design.length(10.0), design.touch(56.0, 48.0));
    // In a narrow window the field says nothing beside all of them.
    let tools: Piece<'_> = if design.is_portrait() {
        column![container(field).height(height), row(shows).spacing(gap).height(height)].spacing(gap).into()
    } else {
        row![field].extend(shows).spacing(gap).height(height).into()
    };
    container(tools).padding(design.length(16.0)).into()
}

/// Moves the list of visits to its newest.
pub(super) fn to_top() -> Task<message::Message> {
    scroll_to(LIST, AbsoluteOffset { x: 0.0, y: 0.0 })
}

/// The visits, newest first, or why there are none.
fn list<'a>(kiosk: &'a Kiosk, session: &'a Session, design: Design) -> Piece<'a> {
    let words = match session.length() {
        _ if !session.is_listed() => "desk-reading",
        0 if is_code(&kiosk.keyboard, kiosk.now.instant) => "desk-press-enter",
        0 => "desk-no-visits",
        _ => return responsive(move |room| lines(kiosk, session, room.height, design)).into(),
    };
    let words = kiosk.texts_for_staff().get(words);
    let words = widgets::label(words, design.text(20.0), Weight::Medium, design.palette.muted);
    container(words).center(Fill).into()
}

/// The visits in room of this height. Only those are built that are seen: a day may have a hundred thousand.
fn lines<'a>(kiosk: &'a Kiosk, session: &'a Session, room: f32, design: Design) -> Piece<'a> {
    let height = design.touch(60.0, 44.0);
    let all = session.length();
    // Of two of them a part is seen, above and below.
    let seen = (room / height) as usize + 2;
    // A shorter list than the one that was moved is shown to its end.
    let first = ((session.offset / height) as usize).min(all.saturating_sub(seen));
    let last = (first + seen).min(all);
    let rows = session.listed(first..last).map(|visit| line(kiosk, session, visit, height, design));
    let rows = column![space().height(first as f32 * height)]
        .extend(rows)
        .push(space().height((all - last) as f32 * height))
        .width(Fill);
    pages::scrolling(rows, design)
        .id(LIST)
        .on_scroll(|viewport| touched(Message::Scrolled(viewport.absolute_offset().y))())
        .into()
}

/// A visit in a line.
fn line<'a>(kiosk: &Kiosk, session: &Session, visit: &visits::Row, height: f32, design: Design) -> Piece<'a> {
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let text =
        |words: String, size: f32, weight, color| widgets::label(words, design.text(size), weight, color);
    let time = text(visit.clock_time(), 20.0, Weight::Bold, palette.ink).on_one_line();
    // What is known of a code may be weeks old.
    let date = session.found().map(|_| text(visit.date(), 12.0, Weight::Medium, palette.muted).on_one_line());
    let time = column![].push(date).push(time);
    let about = match (who(visit), visit.decision) {
        (Some(who), _) => who,
        // The word on it tells what came of it.
        (None, Decision::Unverified(Cause::NotLookedUp)) if !session.waits(visit) => String::new(),
        (None, Decision::Unverified(_)) => why(texts, visit.decision),
        // Visitors may see the desk's screen: why somebody was refused is told behind a touch.
        (None, Decision::Admit | Decision::AdmitByDesk | Decision::Refuse(_) | Decision::CheckOut) => {
            String::new()
        }
    };
    let source = if session.shows(Show::Inside) {
        inside::duration(visit.at, kiosk.now.time, texts)
    } else {
        origin(texts, visit)
    };
    let took = visit.service_ms.map_or_else(|| "—".to_owned(), took);
    let fixed = |piece: Piece<'a>, width: f32| container(piece).width(design.length(width)).clip(true);
    let mut pieces = row![
        fixed(time.into(), 76.0),
        fixed(badge(kiosk, session.waits(visit), visit.decision, None, design), 190.0),
        container(text(about, 18.0, Weight::Medium, palette.ink)).width(Fill),
        fixed(text(source, 18.0, Weight::Medium, palette.muted).on_one_line().into(), 110.0),
    ];
    // What can be done has a button where others have the service's time.
    pieces = pieces.push(match session.offer(visit) {
        Some(offer) => {
            let (key, look) = match offer {
                Message::Decide(_) if session.waits(visit) => ("desk-decide", Look::Action),
                Message::Decide(_) => ("desk-details", Look::Key),
                _ => ("desk-check-out", Look::Key),
            };
            let words = texts.get(key);
            let button = if stands_waiting(session, visit.id) {
                container(widgets::word_button(words, 16.0, look, design, touched(offer)))
            } else {
                button(kiosk, words, 16.0, look, design, offer)
            };
            button.height(height - design.length(12.0)).width(design.length(118.0))
        }
        None => fixed(text(took, 18.0, Weight::Medium, palette.muted).on_one_line().into(), 118.0),
    });
    let pieces = pieces
        .spacing(design.length(10.0))
        .align_y(Center)
        .height(height - 1.0)
        .padding([0.0, design.length(20.0)]);
    // Its own ground makes the software renderer repaint the whole line where another one was.
    let pieces = container(pieces).style(move |_| container::background(palette.field));
    let rule = container(space()).width(Fill).height(1.0).style(move |_| container::background(palette.line));
    column![pieces, rule].into()
}

/// Whose word it is, or the masked holder.
pub(super) fn who(visit: &visits::Row) -> Option<String> {
    let holder = || {
        let holder = visit.holder.as_ref()?;
        let names = [&holder.first_name, &holder.last_name].into_iter().flatten().cloned();
        Some(names.collect::<Vec<_>>().join(" "))
    };
    visit.person.as_ref().map(ToString::to_string).or_else(holder)
}

/// How the code was shown.
pub(super) fn origin(texts: &Texts, visit: &visits::Row) -> String {
    let source = source_name(visit.source, visit.person.is_some());
    sentence(texts, &format!("source-{source}"))
}

/// How long the service took.
pub(super) fn took(milliseconds: u32) -> String {
    format!("{milliseconds} ms")
}

/// What a decision rests on.
pub(super) fn why(texts: &Texts, decision: Decision) -> String {
    sentence(texts, &format!("reason-{}", decision.reason_name()))
}

/// A text that stands elsewhere within a line, as one of its own.
fn sentence(texts: &Texts, key: &str) -> String {
    let text = texts.get(key);
    let mut characters = text.chars();
    match characters.next() {
        Some('i') if texts.language() == Language::Turkish => format!("İ{}", characters.as_str()),
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => text,
    }
}

/// Those who wait for somebody's word: first whoever waits longest.
fn waiting<'a>(kiosk: &Kiosk, session: &Session, design: Design) -> Piece<'a> {
    let (texts, palette) = (kiosk.texts_for_staff(), design.palette);
    let number = session.waiting().len();
    let title = if session.is_complete() {
        texts.with("desk-waiting", &[("visits", Argument::Number(number as u64))])
    } else {
        texts.get("desk-reading")
    };
    let title = widgets::label(title, design.text(20.0), Weight::Bold, palette.ink);
    // In a small window the second line alone tells the time.
    let has_room = design.is_portrait() || design.window.width >= 1000.0;
    let lines = session.waiting().take(WAITING).map(|visit| {
        let why = widgets::label(why(texts, visit.decision), design.text(18.0), Weight::Medium, palette.ink);
        let about = format!("{} · {}", visit.exact_time(), origin(texts, visit));
        let about = widgets::label(about, design.text(16.0), Weight::Medium, palette.muted);
        let decide = texts.get("desk-decide");
        let button = button(kiosk, decide, 18.0, Look::Action, design, Message::Decide(visit.id));
        let badge = || badge(kiosk, true, visit.decision, Some(visit.clock_time()), design);
        row![
            has_room.then(badge),
            column![why, about].width(Fill),
            button.width(design.touch(120.0, 96.0)).height(design.touch(52.0, 44.0)),
        ]
        .spacing(design.length(12.0))
        .align_y(Center)
        .into()
    });
    // The bar has its place beside the buttons.
    let more = number.checked_sub(WAITING).filter(|more| *more > 0).map(|more| {
        let more = texts.with("desk-waiting-more", &[("visits", Argument::Number(more as u64))]);
        widgets::label(more, design.text(18.0), Weight::Medium, palette.ink)
    });
    let lines = Column::with_children(lines).push(more).spacing(design.length(16.0));
    let lines = container(lines).padding(iced::Padding::ZERO.right(20.0));
    let lines = pages::scrolling(lines, design).id(WAITING_LIST);
    let pieces = column![title, lines].spacing(design.length(16.0));
    let edge = design.length(20.0);
    container(pieces).padding(iced::Padding::new(edge).right(edge / 2.0)).width(Fill).height(Fill).into()
}

/// The day in numbers and bars.
fn day<'a>(kiosk: &Kiosk, session: &Session, design: Design) -> Piece<'a> {
    let numbers = numbers(kiosk, session, design);
    let (chart, gap) = (chart::chart(session.day.hours, design), design.length(16.0));
    let pieces: Piece<'a> = if is_narrow(design) {
        row![container(numbers).width(Fill), chart].spacing(gap).into()
    } else {
        column![numbers, chart].spacing(gap).into()
    };
    container(pieces).padding(design.length(20.0)).width(Fill).height(Fill).into()
}

/// The day in numbers.
fn numbers(kiosk: &Kiosk, session: &Session, design: Design) -> Label {
    let texts = kiosk.texts_for_staff();
    let counts = session.day.all;
    let number = |number: u32| Argument::Number(u64::from(number));
    let words = if session.is_complete() {
        texts.with(
            "desk-day",
            &[
                ("admitted", number(counts.admitted)),
                ("refused", number(counts.refused)),
                ("unverified", number(counts.unverified)),
            ],
        )
    } else {
        texts.get("desk-reading")
    };
    widgets::label(words, design.text(20.0), Weight::Bold, design.palette.ink).line_height(1.2)
}
