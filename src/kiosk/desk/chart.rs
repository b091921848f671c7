//! The day by hour and decision, as bars.

use iced::widget::canvas::{self, Frame};
use iced::{Color, Element, Fill, Point, Size};

use super::visits::Row;
use crate::entry::Decision;
use crate::kiosk::kept::{Paint, drawing};
use crate::kiosk::message::Message;
use crate::kiosk::palette;
use crate::kiosk::theme::{self, Design};

/// At least so many hours are shown.
const HOURS: usize = 8;

/// The hour with which a day begins that has no visits yet.
const MORNING: usize = 7;

/// How many were admitted, refused and not verified.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) admitted: u32,
    pub(super) refused: u32,
    pub(super) unverified: u32,
}

impl Counts {
    fn note(&mut self, decision: Decision) {
        match decision {
            Decision::Admit | Decision::AdmitByDesk => self.admitted += 1,
            Decision::Refuse(_) => self.refused += 1,
            Decision::Unverified(_) => self.unverified += 1,
            Decision::CheckOut => {}
        }
    }

    fn all(self) -> u32 {
        self.admitted + self.refused + self.unverified
    }
}

/// The whole day, and each of its hours.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) all: Counts,
    pub(super) hours: [Counts; 24],
}

/// Counts visits.
pub(super) fn count<'a>(rows: impl Iterator<Item = &'a Row>) -> Day {
    let mut day = Day::default();
    for row in rows {
        day.all.note(row.decision);
        if let Some(hour) = day.hours.get_mut(row.hour()) {
            hour.note(row.decision);
        }
    }
    day
}

/// The bars of the hours in which somebody came.
pub(super) fn chart<'a>(hours: [Counts; 24], design: Design) -> Element<'a, Message> {
    let came = |hour: &usize| hours[*hour].all() > 0;
    let first = (0..24).find(came).unwrap_or(MORNING).min(24 - HOURS);
    let last = (0..24).rev().find(came).unwrap_or(first).max(first + HOURS - 1);
    drawing(Bars { hours: hours[first..=last].to_vec(), first, design }).width(Fill).height(Fill).into()
}

#[derive(Clone, PartialEq)]
struct Bars {
    hours: Vec<Counts>,
    first: usize,
    design: Design,
}

impl Paint for Bars {
    fn paint(&self, frame: &mut Frame) {
        frame.fill_rectangle(Point::ORIGIN, frame.size(), Color::TRANSPARENT);
        let text = self.design.text(16.0);
        let height = (frame.height() - 2.0 * text).max(1.0);
        let most = self.hours.iter().map(|hour| hour.all()).max().unwrap_or(0).max(1);
        let step = frame.width() / self.hours.len() as f32;
        // Where hours have no room beside each other, each second or third is named.
        let named = ((1.5 * text / step).ceil() as usize).max(1);
        for (place, hour) in self.hours.iter().enumerate() {
            let left = place as f32 * step;
            let mut top = height;
            for (count, color) in [
                (hour.admitted, palette::ADMIT),
                (hour.refused, palette::REFUSE),
                (hour.unverified, palette::UNVERIFIED),
            ] {
                let part = height * count as f32 / most as f32;
                top -= part;
                frame.fill_rectangle(
                    Point::new(left + 0.12 * step, top),
                    Size::new(0.76 * step, part),
                    color,
                );
            }
            if place % named > 0 {
                continue;
            }
            frame.fill_text(canvas::Text {
                content: format!("{:02}", self.first + place),
                position: Point::new(left + step / 2.0, height + 0.5 * text),
                color: self.design.palette.muted,
                size: text.into(),
                font: theme::font(iced::font::Weight::Medium),
                align_x: iced::widget::text::Alignment::Center,
                ..canvas::Text::default()
            });
        }
    }
}
