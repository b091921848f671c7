//! Drawings that are kept until they are of something else: the software renderer repaints all that is drawn anew.

use std::cell::RefCell;

use iced::widget::canvas::{Cache, Frame, Geometry};
use iced::{Renderer, Size};

/// A drawing, and what it is of.
pub struct Kept<Subject> {
    drawing: Cache,
    subject: RefCell<Option<Subject>>,
}

impl<Subject> Default for Kept<Subject> {
    fn default() -> Self {
        Self { drawing: Cache::new(), subject: RefCell::new(None) }
    }
}

impl<Subject: Clone + PartialEq> Kept<Subject> {
    /// The drawing of `subject` in this size, drawn where it is of something else or of another size so far.
    pub(super) fn of(
        &self,
        subject: &Subject,
        renderer: &Renderer,
        size: Size,
        draw: impl FnOnce(&mut Frame),
    ) -> Geometry {
        let mut kept = self.subject.borrow_mut();
        if kept.as_ref() != Some(subject) {
            self.drawing.clear();
            *kept = Some(subject.clone());
        }
        self.drawing.draw(renderer, size, draw)
    }
}
