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
        let bottom = top + height - bounds.height;
        let y = if top < 0.0 { top } else { bottom.max(0.0) };
        state.scroll_by(AbsoluteOffset { x: 0.0, y }, bounds, content_bounds);
    }
}

/// What has the focus.
pub(super) const FOCUSED: Id = Id::new("focused");

/// Scrolls no further than it takes to see what has the focus.
pub(super) fn reveal_focused() -> Task<Message> {
    operate(Find(None))
}

/// Looks for what has the focus.
struct Find(Option<Rectangle>);

impl<T> Operation<T> for Find {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        if id == Some(&FOCUSED) {
            self.0 = Some(bounds);
        }
    }

    fn finish(&self) -> Outcome<T> {
        self.0.map_or(Outcome::None, |found| Outcome::Chain(Box::new(See(found))))
    }
}

/// Scrolls to what has these bounds.
struct See(Rectangle);

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
        if !content_bounds.contains(self.0.center()) {
            return;
        }
        let top = self.0.y - bounds.y - translation.y;
        let bottom = top + self.0.height - bounds.height;
        let y = if top < 0.0 { top } else { bottom.max(0.0) };
        state.scroll_by(AbsoluteOffset { x: 0.0, y }, bounds, content_bounds);
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
    #[test]
    fn a_page_is_scrolled_no_further_than_it_takes_to_see_what_has_the_focus() {
        let mut renderer = renderer();
        let focused = container(space().width(50.0).height(20.0)).id(FOCUSED);
        let page = Scrollable::<()>::new(column![space().height(300.0), focused, space().height(200.0)]);
        let page = column![space().height(50.0), page.height(100.0)];
        let mut screen: UserInterface<'_, (), iced::Theme, Renderer> =
            UserInterface::build(page, Size::new(100.0, 150.0), Cache::default(), &mut renderer);
        let mut find = Find(None);
        screen.operate(&renderer, &mut find);
        let Outcome::Chain(mut see) = Operation::<()>::finish(&find) else { unreachable!("it is there") };
        let mut told = Tell(0.0);
        screen.operate(&renderer, &mut see);
        screen.operate(&renderer, &mut told);
        assert_eq!(told.0, 220.0);
    }
}
