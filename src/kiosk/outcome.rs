//! One colour fills the window.

use std::time::{Duration, Instant};

use iced::font::Weight;
use iced::widget::{column, container, mouse_area, space};
use iced::{Center, Color, Element, Fill, border};

use super::icons::{Icon, icon};
use super::language::Argument;
use super::message::Message;
use super::state::Kiosk;
use super::theme::Design;
use super::{palette, widgets};
use crate::checkin::Outcome;
use crate::entry::{Cause, Decision};
use crate::hes::MaskedHolder;

/// An outcome and how long it stands. What it shows is on the disk.
#[derive(Debug)]
pub(super) struct OutcomeScreen {
    pub(super) outcome: Outcome,
    pub(super) shown_at: Instant,
    stands: Duration,
    /// Whether the desk covered the screen when the outcome was there: its visitor may not be the one who stands there.
    is_after_desk: bool,
}

impl OutcomeScreen {
    pub(super) fn new(outcome: Outcome, shown_at: Instant, stands: Duration) -> Self {
        Self { outcome, shown_at, stands, is_after_desk: false }
    }

    /// It waited for the desk to close, and says whose it is.
    pub(super) fn after_desk(self) -> Self {
        Self { is_after_desk: true, ..self }
    }

    pub(super) fn is_over(&self, now: Instant) -> bool {
        self.left(now).is_zero()
    }

    fn left(&self, now: Instant) -> Duration {
        self.stands.saturating_sub(now.saturating_duration_since(self.shown_at))
    }
}

/// The colours of a decision: ground and text.
pub(super) fn colors(decision: Decision) -> (Color, Color) {
    match decision {
        Decision::Admit | Decision::AdmitByDesk => (palette::ADMIT, palette::WHITE),
        Decision::Refuse(_) => (palette::REFUSE, palette::WHITE),
        Decision::Unverified(_) => (palette::UNVERIFIED, palette::ON_UNVERIFIED),
        Decision::CheckOut => (palette::CHECK_OUT, palette::ON_CHECK_OUT),
    }
}

/// The colour that fills the window.
pub(super) fn ground(decision: Decision) -> Color {
    colors(decision).0
}

/// The title and what to do. Each refusal of a site has the same, whatever its reason.
fn text_keys(kiosk: &Kiosk, decision: Decision) -> (&'static str, &'static str) {
    let wants_protection =
        kiosk.running.as_ref().is_some_and(|running| running.settings.check_in.policy.needs_health_fields());
    match decision {
        Decision::Admit | Decision::AdmitByDesk => ("admit-title", "admit-advice"),
        Decision::Refuse(_) if wants_protection => ("refuse-title", "refuse-advice-protected"),
        Decision::Refuse(_) => ("refuse-title", "refuse-advice"),
        Decision::Unverified(Cause::IdentityNotGiven) => ("unverified-title", "identity-advice"),
        Decision::Unverified(Cause::NoCode) => ("no-code-title", "no-code-advice"),
        Decision::Unverified(_) => ("unverified-title", "unverified-advice"),
        Decision::CheckOut => ("check-out-title", "check-out-advice"),
    }
}

pub(super) fn view<'a>(kiosk: &'a Kiosk, screen: &OutcomeScreen, design: Design) -> Element<'a, Message> {
    let (_, ink) = colors(screen.outcome.decision);
    let margin = margin(design);
    let left = screen.left(kiosk.now.instant);
    let countdown = widgets::countdown(kiosk.texts, left, screen.stands, design, ink);
    let page = column![]
        .push(whose_band(kiosk, screen, design.usual()))
        .push(repeat_band(kiosk, &screen.outcome, design.usual()))
        .push(widgets::header(kiosk, design, ink, ink, None))
        .push(container(message(kiosk, screen, design)).center_y(Fill).width(Fill).padding([0.0, margin]))
        .push(container(countdown).padding(iced::Padding {
            top: design.length(16.0),
            bottom: design.length(48.0),
            left: margin,
            right: margin,
        }));
    mouse_area(page).on_press(Message::OutcomeTouched).into()
}

/// The title needs the width: what is left of it beside the drawing's proportions is narrower.
fn margin(design: Design) -> f32 {
    design.length(if design.window.width < 1.5 * design.window.height { 40.0 } else { 96.0 })
}

/// The icon stands where reading begins, where it ends, above the words or below them: the place tells the decision too.
fn message<'a>(kiosk: &Kiosk, screen: &OutcomeScreen, design: Design) -> Element<'a, Message> {
    let outcome = &screen.outcome;
    let (ground, ink) = colors(outcome.decision);
    let (title, advice) = text_keys(kiosk, outcome.decision);
    let is_narrow = design.window.width < 1.5 * design.window.height;
    let gap = design.length(if is_narrow { 40.0 } else { 64.0 });
    let mark =
        |mark: Icon, size: f32| icon(mark, ink, design.length(if is_narrow { size * 0.75 } else { size }));
    let title =
        widgets::label(kiosk.texts.get(title), design.title(), Weight::ExtraBold, ink).line_height(1.1);
    let advice = widgets::label(kiosk.texts.get(advice), design.text(40.0), Weight::Medium, ink);
    let words = match outcome.decision {
        Decision::Admit | Decision::AdmitByDesk => {
            vec![title.into(), advice.into(), holder(kiosk, outcome.holder.as_ref(), design.usual(), ink)]
        }
        Decision::Refuse(_) => vec![title.into(), advice.into()],
        Decision::Unverified(_) => {
            // Under a band the mark gives way: words of half the size are read by nobody three metres away.
            let has_band = screen.is_after_desk || outcome.shown_before.is_some();
            let size = if has_band && !design.is_portrait() { 128.0 } else { 240.0 };
            let mark = mark(Icon::Unverified { ground }, size);
            return centered([mark, title.centered().into(), advice.centered().into()], design);
        }
        Decision::CheckOut => {
            let mark = mark(Icon::CheckOut { direction: design.direction }, 200.0);
            return centered([title.centered().into(), advice.centered().into(), mark], design);
        }
    };
    let words =
        container(design.stack(words).spacing(design.length(if design.is_low() { 14.0 } else { 28.0 })))
            .width(Fill)
            .align_x(design.start());
    let is_admitted = outcome.decision.admits();
    let mark = if is_admitted { mark(Icon::Admit, 296.0) } else { mark(Icon::Refuse { ground }, 272.0) };
    if design.is_portrait() {
        let side = if is_admitted { design.start() } else { design.end() };
        let mark = container(mark).width(Fill).align_x(side);
        let pieces = if is_admitted { column![mark, words] } else { column![words, mark] };
        return pieces.spacing(gap).into();
    }
    let pieces: [Element<'_, _>; 2] = if is_admitted { [mark, words.into()] } else { [words.into(), mark] };
    design.line(pieces).spacing(gap).align_y(Center).into()
}

fn centered(pieces: [Element<'_, Message>; 3], design: Design) -> Element<'_, Message> {
    column(pieces).spacing(design.length(24.0)).align_x(Center).width(Fill).into()
}

/// What the guard compares with an identity card.
fn holder<'a>(
    kiosk: &Kiosk,
    holder: Option<&MaskedHolder>,
    design: Design,
    ink: Color,
) -> Element<'a, Message> {
    let Some(holder) = holder else { return space().into() };
    let names: Vec<&str> =
        [&holder.first_name, &holder.last_name].into_iter().flatten().map(String::as_str).collect();
    let name = (!names.is_empty()).then(|| names.join(" "));
    let card = |key: &str, value: String| {
        let content = design
            .stack([
                widgets::label(kiosk.texts.get(key), design.text(20.0), Weight::Medium, ink).into(),
                widgets::label(value, design.text(32.0), Weight::Semibold, ink).into(),
            ])
            .spacing(design.length(4.0));
        let radius = design.length(16.0);
        container(content)
            .padding([design.length(16.0), design.length(28.0)])
            .style(move |_| container::background(palette::CARD).border(border::rounded(radius)))
    };
    // A long name is set smaller or on two lines, and leaves the number its place.
    let room = design.window.width - 2.0 * margin(design);
    let (name_room, number_room) =
        if design.is_portrait() { (room, room) } else { (0.4 * room, 0.25 * room) };
    let cards = [
        ("holder-name", name, name_room),
        ("holder-identity-number", holder.identity_number.clone(), number_room),
    ]
    .into_iter()
    .filter_map(|(key, value, room)| Some(card(key, value?).max_width(room).into()));
    let spacing = design.length(if design.is_portrait() { 16.0 } else { 24.0 });
    let cards: Element<'_, Message> = if design.is_portrait() {
        design.stack(cards).spacing(spacing).into()
    } else {
        design.line(cards).spacing(spacing).into()
    };
    let above = design.length(if design.is_low() { 4.0 } else { 16.0 });
    container(cards).padding(iced::Padding::default().top(above)).into()
}

/// Whose the outcome is, where others may stand there by now.
fn whose_band<'a>(kiosk: &Kiosk, screen: &OutcomeScreen, design: Design) -> Option<Element<'a, Message>> {
    let code = screen.outcome.code.filter(|_| screen.is_after_desk)?;
    let time = widgets::clock_time(screen.outcome.at);
    let (time, end) = (("time", Argument::Text(&time)), ("end", Argument::Text(code.end())));
    Some(band(kiosk.texts.with("after-desk", &[time, end]), design))
}

/// The same code shortly after: somebody may have passed on a picture of it.
fn repeat_band<'a>(kiosk: &Kiosk, outcome: &Outcome, design: Design) -> Option<Element<'a, Message>> {
    let time = widgets::clock_time(outcome.shown_before?);
    Some(band(kiosk.texts.with("shown-before", &[("time", Argument::Text(&time))]), design))
}

fn band<'a>(text: String, design: Design) -> Element<'a, Message> {
    let label = widgets::label(text, design.text(28.0), Weight::Semibold, palette::BANNER);
    container(label)
        .width(Fill)
        .align_x(design.start())
        .padding([design.length(14.0), margin(design)])
        .style(|_| container::background(palette::INK))
        .into()
}
