//! One colour fills the window.

use std::time::{Duration, Instant};

use iced::font::Weight;
use iced::widget::{column, container, mouse_area, row, space};
use iced::{Center, Color, Element, Fill, Length, border};

use super::icons::{Icon, icon};
use super::language::Argument;
use super::message::Message;
use super::state::Kiosk;
use super::theme::{self, Metrics};
use super::widgets;
use crate::checkin::Outcome;
use crate::entry::{Cause, Decision};
use crate::hes::MaskedHolder;

/// An outcome and how long it stands. What it shows is on the disk.
#[derive(Debug)]
pub(super) struct OutcomeScreen {
    outcome: Outcome,
    shown_at: Instant,
    stands: Duration,
}

impl OutcomeScreen {
    pub(super) fn new(outcome: Outcome, shown_at: Instant, stands: Duration) -> Self {
        Self { outcome, shown_at, stands }
    }

    pub(super) fn is_over(&self, now: Instant) -> bool {
        self.left(now).is_zero()
    }

    fn left(&self, now: Instant) -> Duration {
        self.stands.saturating_sub(now.saturating_duration_since(self.shown_at))
    }

    #[cfg(test)]
    pub(super) fn decision(&self) -> Decision {
        self.outcome.decision
    }
}

/// The colours of a decision: ground and text.
fn colors(decision: Decision) -> (Color, Color) {
    match decision {
        Decision::Admit => (theme::ADMIT, theme::WHITE),
        Decision::Refuse(_) => (theme::REFUSE, theme::WHITE),
        Decision::Unverified(_) => (theme::UNVERIFIED, theme::ON_UNVERIFIED),
    }
}

/// The title and what to do. Each refusal of a site has the same, whatever its reason.
fn text_keys(kiosk: &Kiosk, decision: Decision) -> (&'static str, &'static str) {
    let wants_protection =
        kiosk.running.as_ref().is_some_and(|running| running.settings.check_in.policy.needs_health_fields());
    match decision {
        Decision::Admit => ("admit-title", "admit-advice"),
        Decision::Refuse(_) if wants_protection => ("refuse-title", "refuse-advice-protected"),
        Decision::Refuse(_) => ("refuse-title", "refuse-advice"),
        Decision::Unverified(Cause::IdentityNotGiven) => ("unverified-title", "identity-advice"),
        Decision::Unverified(Cause::NoCode) => ("no-code-title", "no-code-advice"),
        Decision::Unverified(_) => ("unverified-title", "unverified-advice"),
    }
}

pub(super) fn view<'a>(kiosk: &'a Kiosk, screen: &OutcomeScreen, metrics: Metrics) -> Element<'a, Message> {
    let (ground, ink) = colors(screen.outcome.decision);
    let margin = metrics.length(96.0);
    let page = column![
        repeat_band(kiosk, &screen.outcome, metrics),
        widgets::header(kiosk, metrics, ink, ink, None),
        container(message(kiosk, &screen.outcome, metrics)).center_y(Fill).width(Fill).padding([0.0, margin]),
        container(countdown(kiosk, screen, metrics, ink)).padding(iced::Padding {
            top: metrics.length(16.0),
            bottom: metrics.length(48.0),
            left: margin,
            right: margin,
        }),
    ];
    let page = container(page).width(Fill).height(Fill).style(move |_| container::background(ground));
    mouse_area(page).on_press(Message::OutcomeTouched).into()
}

/// The icon stands left of the words, right of them or above them: the place tells the decision too.
fn message<'a>(kiosk: &Kiosk, outcome: &Outcome, metrics: Metrics) -> Element<'a, Message> {
    let (ground, ink) = colors(outcome.decision);
    let (title, advice) = text_keys(kiosk, outcome.decision);
    let texts = kiosk.texts;
    let title_size = metrics.text(104.0);
    let advice_size = metrics.text(40.0);
    let gap = metrics.length(64.0);
    match outcome.decision {
        Decision::Admit => {
            let words = column![
                widgets::label(texts.get(title), title_size, Weight::ExtraBold, ink).line_height(1.1),
                widgets::label(texts.get(advice), advice_size, Weight::Medium, ink),
                holder(kiosk, outcome.holder.as_ref(), metrics, ink),
            ]
            .spacing(metrics.length(24.0));
            let mark = icon(Icon::Admit, ink, metrics.length(296.0));
            if metrics.is_portrait() {
                column![mark, words].spacing(gap).into()
            } else {
                row![mark, words].spacing(gap).align_y(Center).into()
            }
        }
        Decision::Refuse(_) => {
            let words = column![
                widgets::label(texts.get(title), title_size, Weight::ExtraBold, ink).line_height(1.05),
                widgets::label(texts.get(advice), advice_size, Weight::Medium, ink),
            ]
            .spacing(metrics.length(32.0))
            .width(Fill);
            let mark = icon(Icon::Refuse { ground }, ink, metrics.length(272.0));
            if metrics.is_portrait() {
                column![words, container(mark).align_right(Fill)].spacing(gap).into()
            } else {
                row![words, mark].spacing(gap * 2.0).align_y(Center).into()
            }
        }
        Decision::Unverified(_) => column![
            icon(Icon::Unverified { ground }, ink, metrics.length(240.0)),
            widgets::centered(texts.get(title), title_size, Weight::ExtraBold, ink).line_height(1.1),
            widgets::centered(texts.get(advice), advice_size, Weight::Medium, ink),
        ]
        .spacing(metrics.length(24.0))
        .align_x(Center)
        .width(Fill)
        .into(),
    }
}

/// What the guard compares with an identity card.
fn holder<'a>(
    kiosk: &Kiosk,
    holder: Option<&MaskedHolder>,
    metrics: Metrics,
    ink: Color,
) -> Element<'a, Message> {
    let Some(holder) = holder else { return space().into() };
    let names: Vec<&str> =
        [&holder.first_name, &holder.last_name].into_iter().flatten().map(String::as_str).collect();
    let name = (!names.is_empty()).then(|| names.join(" "));
    let card = |key: &str, value: String| {
        let content = column![
            widgets::label(kiosk.texts.get(key), metrics.text(20.0), Weight::Medium, ink),
            widgets::label(value, metrics.text(32.0), Weight::Semibold, ink),
        ]
        .spacing(metrics.length(4.0));
        let radius = metrics.length(16.0);
        container(content).padding([metrics.length(16.0), metrics.length(28.0)]).style(move |_| {
            container::background(Color { a: 0.17, ..theme::WHITE }).border(border::rounded(radius))
        })
    };
    let cards = [("holder-name", name), ("holder-identity-number", holder.identity_number.clone())]
        .into_iter()
        .filter_map(|(key, value)| Some(card(key, value?).into()));
    container(row(cards).spacing(metrics.length(24.0)).wrap())
        .padding(iced::Padding::default().top(metrics.length(24.0)))
        .into()
}

/// The same code shortly after: somebody may have passed on a picture of it.
fn repeat_band<'a>(kiosk: &Kiosk, outcome: &Outcome, metrics: Metrics) -> Element<'a, Message> {
    let Some(before) = outcome.shown_before else { return space().height(Length::Shrink).into() };
    let time = widgets::clock_time(before);
    let text = kiosk.texts.with("shown-before", &[("time", Argument::Text(&time))]);
    let label = widgets::label(text, metrics.text(28.0), Weight::Semibold, theme::BANNER);
    container(label)
        .width(Fill)
        .padding([metrics.length(14.0), metrics.length(96.0)])
        .style(|_| container::background(theme::INK))
        .into()
}

/// A bar that drains, and the seconds beside it.
fn countdown<'a>(
    kiosk: &Kiosk,
    screen: &OutcomeScreen,
    metrics: Metrics,
    ink: Color,
) -> Element<'a, Message> {
    let left = screen.left(kiosk.now.instant);
    let seconds = left.as_secs_f32().ceil() as u64;
    let text = kiosk.texts.with("seconds-left", &[("seconds", Argument::Number(seconds))]);
    let share = left.as_secs_f32() / screen.stands.as_secs_f32();
    let full = (share.clamp(0.0, 1.0) * 1000.0).round() as u16;
    let height = metrics.length(12.0);
    let bar = |portion: u16, color: Color| {
        container(space())
            .width(Length::FillPortion(portion))
            .height(height)
            .style(move |_| container::background(color).border(border::rounded(height / 2.0)))
    };
    let drained = Color { a: 0.25, ..ink };
    let bars = row![]
        .push((full > 0).then(|| bar(full, ink)))
        .push((full < 1000).then(|| bar(1000 - full, drained)));
    row![
        bars.width(Fill),
        container(widgets::label(text, metrics.text(24.0), Weight::Medium, ink))
            .align_right(metrics.length(72.0)),
    ]
    .spacing(metrics.length(16.0))
    .align_y(Center)
    .into()
}
