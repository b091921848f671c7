//! The shapes that tell decisions apart without colour, drawn so that they are sharp at every size.

use iced::widget::canvas::{self, Frame, LineCap, LineJoin, Path, Stroke};
use iced::{Color, Element, Length, Point, Radians, Size};

use super::kept::{Paint, drawing};
use super::palette;
use super::theme::Direction;

/// A shape in one or two colours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Icon {
    /// A circle with a tick.
    Admit,
    /// An octagon with a cross, the cross in the colour of the ground.
    Refuse {
        /// The colour of the ground.
        ground: Color,
    },
    /// A triangle with an exclamation mark in the colour of the ground.
    Unverified {
        /// The colour of the ground.
        ground: Color,
    },
    /// A door that stands open, and an arrow that leads out of it where lines end.
    CheckOut {
        /// The way in which the language is read.
        direction: Direction,
    },
    /// A rounded square with a bar.
    OutOfService,
    /// The key that takes back.
    TakeBack,
    /// Corners around the place to aim at.
    AimingFrame,
    /// A ring of which a quarter runs around.
    Progress {
        /// The colour of the rest of the ring.
        track: Color,
        /// Turns since the beginning.
        turns: f32,
    },
    /// A full circle.
    Dot,
    /// A circle, half of it filled: more contrast.
    Contrast,
    /// A small letter and a large one: larger type.
    LargerText,
    /// A circle with the letter i: more to read.
    Information,
}

/// The icon in a square of `size` pixels.
pub fn icon<'a, Message: 'a>(icon: Icon, color: Color, size: f32) -> Element<'a, Message> {
    drawing(Shape { icon, color }).width(Length::Fixed(size)).height(Length::Fixed(size)).into()
}

/// Corners in the colour of the ground, which round off what lies below: the software renderer does not
/// round pictures off itself.
pub fn corners<'a, Message: 'a>(ground: Color, radius: f32) -> Element<'a, Message> {
    drawing(Corners { ground, radius }).width(Length::Fill).height(Length::Fill).into()
}

#[derive(Clone, PartialEq)]
struct Corners {
    ground: Color,
    radius: f32,
}

impl Paint for Corners {
    fn paint(&self, frame: &mut Frame) {
        let (width, height, radius) = (frame.width(), frame.height(), self.radius);
        for (x, y, right, down) in [
            (0.0, 0.0, 1.0, 1.0),
            (width, 0.0, -1.0, 1.0),
            (width, height, -1.0, -1.0),
            (0.0, height, 1.0, -1.0),
        ] {
            let corner = Path::new(|builder| {
                builder.move_to(Point::new(x, y));
                builder.line_to(Point::new(x + right * radius, y));
                builder.arc_to(Point::new(x, y), Point::new(x, y + down * radius), radius);
                builder.line_to(Point::new(x, y + down * radius));
                builder.close();
            });
            frame.fill(&corner, self.ground);
        }
    }
}

#[derive(Clone, PartialEq)]
struct Shape {
    icon: Icon,
    color: Color,
}

fn line(points: &[(f32, f32)], closed: bool) -> Path {
    Path::new(|builder| {
        for (index, &(x, y)) in points.iter().enumerate() {
            if index == 0 {
                builder.move_to(Point::new(x, y));
            } else {
                builder.line_to(Point::new(x, y));
            }
        }
        if closed {
            builder.close();
        }
    })
}

/// A square of 100 by 100, scaled to the icon's size.
struct Sheet<'frame> {
    frame: &'frame mut Frame,
    scale: f32,
}

impl Sheet<'_> {
    fn fill(&mut self, path: &Path, color: Color) {
        self.frame.fill(path, color);
    }

    /// Draws along `path` with a pen of `width` hundredths of the icon.
    fn stroke(&mut self, path: &Path, color: Color, width: f32, cap: LineCap) {
        // The renderer scales paths, but not the pen.
        let pen = Stroke::default()
            .with_color(color)
            .with_width(width * self.scale)
            .with_line_cap(cap)
            .with_line_join(LineJoin::Round);
        self.frame.stroke(path, pen);
    }
}

impl Paint for Shape {
    fn paint(&self, frame: &mut Frame) {
        // The software renderer repaints what lies within the paths and forgets the pen's width: an
        // invisible square makes it repaint the whole icon.
        frame.fill_rectangle(Point::ORIGIN, frame.size(), Color::TRANSPARENT);
        let scale = frame.width().min(frame.height()) / 100.0;
        frame.scale(scale);
        let mut sheet = Sheet { frame, scale };
        match self.icon {
            Icon::Admit => self.admit(&mut sheet),
            Icon::Refuse { ground } => self.refuse(&mut sheet, ground),
            Icon::Unverified { ground } => self.unverified(&mut sheet, ground),
            Icon::CheckOut { direction } => self.check_out(&mut sheet, direction),
            Icon::OutOfService => self.out_of_service(&mut sheet),
            Icon::TakeBack => self.take_back(&mut sheet),
            Icon::AimingFrame => self.aiming_frame(&mut sheet),
            Icon::Progress { track, turns } => self.progress(&mut sheet, track, turns),
            Icon::Contrast => self.contrast(&mut sheet),
            Icon::LargerText => self.larger_text(&mut sheet),
            Icon::Information => self.information(&mut sheet),
            Icon::Dot => sheet.fill(&Path::circle(Point::new(50.0, 50.0), 46.0), self.color),
        }
    }
}

impl Shape {
    fn admit(&self, sheet: &mut Sheet<'_>) {
        sheet.stroke(&Path::circle(Point::new(50.0, 50.0), 45.5), self.color, 8.5, LineCap::Round);
        sheet.stroke(
            &line(&[(28.5, 51.0), (43.5, 66.0), (72.5, 35.0)], false),
            self.color,
            10.5,
            LineCap::Round,
        );
    }

    fn refuse(&self, sheet: &mut Sheet<'_>, ground: Color) {
        let corner = 29.3;
        let far = 100.0 - corner;
        let octagon = [
            (corner, 0.0),
            (far, 0.0),
            (100.0, corner),
            (100.0, far),
            (far, 100.0),
            (corner, 100.0),
            (0.0, far),
            (0.0, corner),
        ];
        sheet.fill(&line(&octagon, true), self.color);
        for cross in [[(32.0, 32.0), (68.0, 68.0)], [(68.0, 32.0), (32.0, 68.0)]] {
            sheet.stroke(&line(&cross, false), ground, 12.5, LineCap::Round);
        }
    }

    fn unverified(&self, sheet: &mut Sheet<'_>, ground: Color) {
        let triangle = line(&[(50.0, 8.0), (96.0, 90.0), (4.0, 90.0)], true);
        sheet.fill(&triangle, self.color);
        sheet.stroke(&triangle, self.color, 8.0, LineCap::Round);
        sheet.stroke(&line(&[(50.0, 37.0), (50.0, 61.0)], false), ground, 9.5, LineCap::Round);
        sheet.fill(&Path::circle(Point::new(50.0, 77.0), 5.5), ground);
    }

    fn check_out(&self, sheet: &mut Sheet<'_>, direction: Direction) {
        let place = |points: &[(f32, f32)]| match direction {
            Direction::LeftToRight => points.to_vec(),
            Direction::RightToLeft => points.iter().map(|&(x, y)| (100.0 - x, y)).collect(),
        };
        for points in [
            place(&[(48.0, 8.0), (10.0, 8.0), (10.0, 92.0), (48.0, 92.0)]),
            place(&[(40.0, 50.0), (92.0, 50.0)]),
            place(&[(70.0, 27.0), (93.0, 50.0), (70.0, 73.0)]),
        ] {
            sheet.stroke(&line(&points, false), self.color, 9.0, LineCap::Round);
        }
    }

    fn out_of_service(&self, sheet: &mut Sheet<'_>) {
        let square =
            Path::rounded_rectangle(Point::new(4.5, 4.5), Size::new(91.0, 91.0), iced::border::radius(20.0));
        sheet.stroke(&square, self.color, 9.0, LineCap::Round);
        sheet.stroke(&line(&[(28.0, 50.0), (72.0, 50.0)], false), self.color, 12.0, LineCap::Round);
    }

    fn take_back(&self, sheet: &mut Sheet<'_>) {
        let outline = line(&[(6.0, 50.0), (32.0, 20.0), (94.0, 20.0), (94.0, 80.0), (32.0, 80.0)], true);
        sheet.stroke(&outline, self.color, 9.0, LineCap::Round);
        for cross in [[(50.0, 38.0), (74.0, 62.0)], [(74.0, 38.0), (50.0, 62.0)]] {
            sheet.stroke(&line(&cross, false), self.color, 9.0, LineCap::Round);
        }
    }

    fn aiming_frame(&self, sheet: &mut Sheet<'_>) {
        for (x, y) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)] {
            let edge = |side: f32, inset: f32| if side == 0.0 { 2.5 + inset } else { 97.5 - inset };
            let corner = Path::new(|builder| {
                builder.move_to(Point::new(edge(x, 20.0), edge(y, 0.0)));
                builder.line_to(Point::new(edge(x, 7.0), edge(y, 0.0)));
                builder.quadratic_curve_to(
                    Point::new(edge(x, 0.0), edge(y, 0.0)),
                    Point::new(edge(x, 0.0), edge(y, 7.0)),
                );
                builder.line_to(Point::new(edge(x, 0.0), edge(y, 20.0)));
            });
            // Whatever the camera sees, one of the two stands out of it.
            sheet.stroke(&corner, Color { a: 0.7, ..palette::INK }, 4.6, LineCap::Round);
            sheet.stroke(&corner, self.color, 2.4, LineCap::Round);
        }
    }

    fn contrast(&self, sheet: &mut Sheet<'_>) {
        let (center, radius) = (Point::new(50.0, 50.0), 40.0);
        sheet.stroke(&Path::circle(center, radius), self.color, 9.0, LineCap::Round);
        let half = Path::new(|builder| {
            builder.arc(canvas::path::Arc {
                center,
                radius,
                start_angle: Radians(-std::f32::consts::FRAC_PI_2),
                end_angle: Radians(std::f32::consts::FRAC_PI_2),
            });
            builder.close();
        });
        sheet.fill(&half, self.color);
    }

    fn larger_text(&self, sheet: &mut Sheet<'_>) {
        for (left, right, top) in [(2.0, 34.0, 50.0), (38.0, 98.0, 12.0)] {
            let (middle, bar) = ((left + right) / 2.0, 90.0 - (90.0 - top) * 0.36);
            let inset = (right - left) * 0.18;
            for points in [
                [(left, 90.0), (middle, top)],
                [(middle, top), (right, 90.0)],
                [(left + inset, bar), (right - inset, bar)],
            ] {
                sheet.stroke(&line(&points, false), self.color, 9.0, LineCap::Round);
            }
        }
    }

    fn information(&self, sheet: &mut Sheet<'_>) {
        sheet.stroke(&Path::circle(Point::new(50.0, 50.0), 44.0), self.color, 8.0, LineCap::Round);
        sheet.fill(&Path::circle(Point::new(50.0, 29.0), 6.5), self.color);
        sheet.stroke(&line(&[(50.0, 47.0), (50.0, 73.0)], false), self.color, 10.0, LineCap::Round);
    }

    fn progress(&self, sheet: &mut Sheet<'_>, track: Color, turns: f32) {
        let center = Point::new(50.0, 50.0);
        let radius = 44.5;
        sheet.stroke(&Path::circle(center, radius), track, 11.0, LineCap::Round);
        let start = Radians(turns.fract() * std::f32::consts::TAU - std::f32::consts::FRAC_PI_2);
        let quarter = Path::new(|builder| {
            builder.arc(canvas::path::Arc {
                center,
                radius,
                start_angle: start,
                end_angle: start + Radians(std::f32::consts::FRAC_PI_2),
            });
        });
        sheet.stroke(&quarter, self.color, 11.0, LineCap::Butt);
    }
}
