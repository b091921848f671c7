//! What is longer than its place, moved by keys.

use iced::advanced::widget::operation::Outcome;
use iced::advanced::widget::{Id, Operation, operate, operation};
use iced::widget::scrollable::AbsoluteOffset;
use iced::{Rectangle, Task, Vector};

use super::keys::Step;
use super::message::Message;

/// By which share of what is seen at once an arrow key scrolls: a few lines.
const FEW_LINES: f32 = 0.15;

/// By which share of what is seen at once a page key scrolls: the last lines stay as the first ones.
const PAGE: f32 = 0.85;

/// Scrolls by a few lines, or by a page.
pub(super) fn scroll(step: Step, is_by_page: bool) -> Task<Message> {
    let share = if is_by_page { PAGE } else { FEW_LINES };
    operate(ScrollByShare(match step {
        Step::Next => share,
        Step::Previous => -share,
    }))
}

/// Scrolls what can be scrolled by a share of what is seen of it at once.
struct ScrollByShare(f32);

impl<T> Operation<T> for ScrollByShare {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content_bounds: Rectangle,
        _translation: Vector,
        state: &mut dyn operation::Scrollable,
    ) {
        state.scroll_by(AbsoluteOffset { x: 0.0, y: self.0 * bounds.height }, bounds, content_bounds);
    }
}

/// A line of a list whose lines are equally high.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) list: Id,
    pub(super) place: usize,
    /// How many lines the list has.
    pub(super) all: usize,
}

/// Scrolls a list no further than it takes to see one of its lines.
pub(super) fn reveal(line: Line) -> Task<Message> {
    operate(Reveal(line))
}

struct Reveal(Line);

impl<T> Operation<T> for Reveal {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        content_bounds: Rectangle,
        translation: Vector,
        state: &mut dyn operation::Scrollable,
    ) {
        let Line { list, place, all } = &self.0;
        if id != Some(list) {
            return;
        }
        let height = content_bounds.height / *all as f32;
        let top = height * *place as f32 - translation.y;
        state.scroll_by(least(top, height, bounds), bounds, content_bounds);
    }
}

/// How far is scrolled at least to see all of what begins so far below the top of what is seen, and is so high.
fn least(top: f32, height: f32, seen: Rectangle) -> AbsoluteOffset {
    let bottom = top + height - seen.height;
    AbsoluteOffset { x: 0.0, y: if top < 0.0 { top } else { bottom.max(0.0) } }
}

/// What has the focus.
pub(super) const FOCUSED: Id = Id::new("focused");

/// Scrolls no further than it takes to see what has the focus.
pub(super) fn reveal_focused() -> Task<Message> {
    operate(Find::default())
}

/// Looks for what has the focus within something that can be scrolled.
#[derive(Default)]
struct Find {
    /// What can be scrolled and whose content is looked at next.
    next: Option<Rectangle>,
    /// What can be scrolled and whose content is looked at.
    within: Option<Rectangle>,
    found: Option<See>,
}

impl<T> Operation<T> for Find {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        let outer = self.within;
        self.within = self.next.take().or(outer);
        operate(self);
        self.within = outer;
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        _content_bounds: Rectangle,
        _translation: Vector,
        _state: &mut dyn operation::Scrollable,
    ) {
        self.next = Some(bounds);
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        if id == Some(&FOCUSED)
            && let Some(within) = self.within
        {
            self.found = Some(See { focused: bounds, within });
        }
    }

    fn finish(&self) -> Outcome<T> {
        self.found.map_or(Outcome::None, |see| Outcome::Chain(Box::new(see)))
    }
}

/// Scrolls to what has the focus.
#[derive(Clone, Copy)]
struct See {
    focused: Rectangle,
    /// What is scrolled.
    within: Rectangle,
}

impl<T> Operation<T> for See {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content_bounds: Rectangle,
        translation: Vector,
        state: &mut dyn operation::Scrollable,
    ) {
        if bounds != self.within {
            return;
        }
        let top = self.focused.y - bounds.y - translation.y;
        state.scroll_by(least(top, self.focused.height, bounds), bounds, content_bounds);
    }
}

#[cfg(test)]
mod tests {
    use iced::advanced::renderer::Headless;
    use iced::widget::{Scrollable, column, container, space};
    use iced::{Pixels, Renderer, Size};
    use iced_test::runtime::UserInterface;
    use iced_test::runtime::user_interface::Cache;

    use super::super::test_settings;
    use super::*;

    /// Tells how far a list is scrolled.
    struct Tell(f32);

    impl Operation<()> for Tell {
        fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
            operate(self);
        }

        fn scrollable(
            &mut self,
            _id: Option<&Id>,
            _bounds: Rectangle,
            _content_bounds: Rectangle,
            translation: Vector,
            _state: &mut dyn operation::Scrollable,
        ) {
            self.0 = translation.y;
        }
    }

    fn renderer() -> Renderer {
        let settings = test_settings();
        let renderer = <Renderer as Headless>::new(settings.default_font, Pixels(16.0), None);
        tokio::runtime::Runtime::new().unwrap().block_on(renderer).unwrap()
    }

    /// How far a list of 100 lines of 20 pixels, of which five are seen, is scrolled for each of these lines in turn.
    fn scrolled(places: &[usize]) -> Vec<f32> {
        const LIST: Id = Id::new("list");
        let mut renderer = renderer();
        let lines = column((0..100).map(|_| space().height(20.0).into()));
        let list = Scrollable::<()>::new(lines).id(LIST).height(100.0);
        let mut screen: UserInterface<'_, (), iced::Theme, Renderer> =
            UserInterface::build(list, Size::new(100.0, 100.0), Cache::default(), &mut renderer);
        let mut reveal = |&place: &usize| {
            let mut told = Tell(0.0);
            screen.operate(&renderer, &mut Reveal(Line { list: LIST, place, all: 100 }));
            screen.operate(&renderer, &mut told);
            told.0
        };
        places.iter().map(&mut reveal).collect()
    }

    #[test]
    fn a_list_is_scrolled_no_further_than_it_takes_to_see_a_line() {
        assert_eq!(scrolled(&[4, 5, 99, 96, 94, 0]), [0.0, 20.0, 1900.0, 1900.0, 1880.0, 0.0]);
    }

    /// How far a page is scrolled, of which 100 pixels are seen, for what has the focus in this place of a screen.
    fn scrolled_to(focus: impl FnOnce(Piece, Piece) -> Piece) -> f32 {
        let mut renderer = renderer();
        let focused = container(space().width(50.0).height(20.0)).id(FOCUSED);
        let screen = focus(space().height(500.0).into(), focused.into());
        let mut screen: UserInterface<'_, (), iced::Theme, Renderer> =
            UserInterface::build(screen, Size::new(100.0, 200.0), Cache::default(), &mut renderer);
        let mut find = Find::default();
        screen.operate(&renderer, &mut find);
        if let Outcome::Chain(mut see) = Operation::<()>::finish(&find) {
            screen.operate(&renderer, &mut see);
        }
        let mut told = Tell(0.0);
        screen.operate(&renderer, &mut told);
        told.0
    }

    type Piece = iced::Element<'static, ()>;

    fn page(content: impl Into<Piece>) -> Piece {
        column![space().height(50.0), Scrollable::new(content).height(100.0)].into()
    }

    #[test]
    fn a_page_is_scrolled_no_further_than_it_takes_to_see_what_has_the_focus() {
        let below = |content, focused| page(column![content, focused, space().height(200.0)]);
        assert_eq!(scrolled_to(below), 420.0);
    }

    #[test]
    fn what_has_the_focus_below_a_page_scrolls_nothing() {
        assert_eq!(scrolled_to(|content, focused| column![page(content), focused].into()), 0.0);
    }
}
