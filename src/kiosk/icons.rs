//! The shapes that tell decisions apart without colour, drawn so that they are sharp at every size.

use iced::widget::canvas::{self, Frame, LineCap, LineJoin, Path, Stroke};
use iced::widget::{Canvas, canvas as canvas_widget};
use iced::{Color, Element, Length, Point, Radians, Rectangle, Renderer, Size, Theme, mouse};

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
}

/// The icon in a square of `size` pixels.
pub fn icon<'a, Message: 'a>(icon: Icon, color: Color, size: f32) -> Element<'a, Message> {
    let drawing: Canvas<Drawing, Message> =
        canvas_widget(Drawing { icon, color }).width(Length::Fixed(size)).height(Length::Fixed(size));
    drawing.into()
}

struct Drawing {
    icon: Icon,
    color: Color,
}

impl<Message> canvas::Program<Message> for Drawing {
    type State = ();

    fn draw(
        &self,
        (): &(),
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry> {
        let mut frame = Frame::new(renderer, bounds.size());
        // Each icon is drawn in a square of 100 by 100.
        frame.scale(bounds.width.min(bounds.height) / 100.0);
        match self.icon {
            Icon::Admit => self.admit(&mut frame),
            Icon::Refuse { ground } => self.refuse(&mut frame, ground),
            Icon::Unverified { ground } => self.unverified(&mut frame, ground),
            Icon::OutOfService => self.out_of_service(&mut frame),
            Icon::TakeBack => self.take_back(&mut frame),
            Icon::AimingFrame => self.aiming_frame(&mut frame),
            Icon::Progress { track, turns } => self.progress(&mut frame, track, turns),
            Icon::Dot => frame.fill(&Path::circle(Point::new(50.0, 50.0), 50.0), self.color),
        }
        vec![frame.into_geometry()]
    }
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

fn pen<'a>(color: Color, width: f32) -> Stroke<'a> {
    Stroke::default()
        .with_color(color)
        .with_width(width)
        .with_line_cap(LineCap::Round)
        .with_line_join(LineJoin::Round)
}

impl Drawing {
    fn admit(&self, frame: &mut Frame) {
        frame.stroke(&Path::circle(Point::new(50.0, 50.0), 45.5), pen(self.color, 8.5));
        frame.stroke(&line(&[(28.5, 51.0), (43.5, 66.0), (72.5, 35.0)], false), pen(self.color, 10.5));
    }

    fn refuse(&self, frame: &mut Frame, ground: Color) {
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
        frame.fill(&line(&octagon, true), self.color);
        for cross in [[(32.0, 32.0), (68.0, 68.0)], [(68.0, 32.0), (32.0, 68.0)]] {
            frame.stroke(&line(&cross, false), pen(ground, 12.5));
        }
    }

    fn unverified(&self, frame: &mut Frame, ground: Color) {
        let triangle = line(&[(50.0, 8.0), (96.0, 90.0), (4.0, 90.0)], true);
        frame.fill(&triangle, self.color);
        frame.stroke(&triangle, pen(self.color, 8.0));
        frame.stroke(&line(&[(50.0, 37.0), (50.0, 61.0)], false), pen(ground, 9.5));
        frame.fill(&Path::circle(Point::new(50.0, 77.0), 5.5), ground);
    }

    fn out_of_service(&self, frame: &mut Frame) {
        let square =
            Path::rounded_rectangle(Point::new(4.5, 4.5), Size::new(91.0, 91.0), iced::border::radius(20.0));
        frame.stroke(&square, pen(self.color, 9.0));
        frame.stroke(&line(&[(28.0, 50.0), (72.0, 50.0)], false), pen(self.color, 12.0));
    }

    fn take_back(&self, frame: &mut Frame) {
        let outline = line(&[(6.0, 50.0), (32.0, 20.0), (94.0, 20.0), (94.0, 80.0), (32.0, 80.0)], true);
        frame.stroke(&outline, pen(self.color, 9.0));
        for cross in [[(50.0, 38.0), (74.0, 62.0)], [(74.0, 38.0), (50.0, 62.0)]] {
            frame.stroke(&line(&cross, false), pen(self.color, 9.0));
        }
    }

    fn aiming_frame(&self, frame: &mut Frame) {
        for (x, y) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)] {
            let edge = |side: f32, inset: f32| if side == 0.0 { 1.5 + inset } else { 98.5 - inset };
            let corner = Path::new(|builder| {
                builder.move_to(Point::new(edge(x, 20.0), edge(y, 0.0)));
                builder.line_to(Point::new(edge(x, 7.0), edge(y, 0.0)));
                builder.quadratic_curve_to(
                    Point::new(edge(x, 0.0), edge(y, 0.0)),
                    Point::new(edge(x, 0.0), edge(y, 7.0)),
                );
                builder.line_to(Point::new(edge(x, 0.0), edge(y, 20.0)));
            });
            frame.stroke(&corner, Stroke::default().with_color(self.color).with_width(2.4));
        }
    }

    fn progress(&self, frame: &mut Frame, track: Color, turns: f32) {
        let center = Point::new(50.0, 50.0);
        let radius = 44.5;
        frame.stroke(&Path::circle(center, radius), pen(track, 11.0));
        let start = Radians(turns.fract() * std::f32::consts::TAU - std::f32::consts::FRAC_PI_2);
        let quarter = Path::new(|builder| {
            builder.arc(canvas::path::Arc {
                center,
                radius,
                start_angle: start,
                end_angle: start + Radians(std::f32::consts::FRAC_PI_2),
            });
        });
        frame.stroke(&quarter, Stroke::default().with_color(self.color).with_width(11.0));
    }
}
