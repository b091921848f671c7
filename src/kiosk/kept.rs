//! Drawings that are kept until they are of something else: the software renderer repaints all that is drawn anew.

use std::cell::RefCell;

use iced::widget::Canvas;
use iced::widget::canvas::{Cache, Frame, Geometry, Program};
use iced::{Rectangle, Renderer, Theme, mouse};

/// Something that is drawn.
pub trait Paint: Clone + PartialEq + 'static {
    /// Draws it into the whole frame.
    fn paint(&self, frame: &mut Frame);
}

/// The drawing of `subject`, made anew only where it is of something else or of another size.
pub fn drawing<Subject: Paint, Message>(subject: Subject) -> Canvas<Drawing<Subject>, Message> {
    Canvas::new(Drawing(subject))
}

/// A drawing of something.
pub struct Drawing<Subject>(Subject);

/// What was drawn last, and of what.
pub struct Kept<Subject> {
    drawing: Cache,
    subject: RefCell<Option<Subject>>,
}

impl<Subject> Default for Kept<Subject> {
    fn default() -> Self {
        Self { drawing: Cache::new(), subject: RefCell::new(None) }
    }
}

impl<Subject: Paint, Message> Program<Message> for Drawing<Subject> {
    type State = Kept<Subject>;

    fn draw(
        &self,
        kept: &Kept<Subject>,
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<Geometry> {
        let Self(subject) = self;
        let mut last = kept.subject.borrow_mut();
        if last.as_ref() != Some(subject) {
            kept.drawing.clear();
            *last = Some(subject.clone());
        }
        vec![kept.drawing.draw(renderer, bounds.size(), |frame| subject.paint(frame))]
    }
}
