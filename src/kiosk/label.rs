//! Text that keeps within its bounds: set smaller where it has no room, and put in place in both directions of
//! reading.

use iced::advanced::layout::{self, Layout};
use iced::advanced::text::{self, LineHeight, Shaping, Wrapping, paragraph};
use iced::advanced::widget::{Operation, Tree, Widget, text as text_widget, tree};
use iced::advanced::{mouse, renderer};
use iced::alignment::Vertical;
use iced::{Color, Element, Font, Length, Pixels, Rectangle, Renderer, Size, Theme};

/// The least size of type, as a share of the size that was asked for.
const LEAST_SHARE: f32 = 0.5;

/// By how much type is set smaller from one try to the next.
const STEP: f32 = 0.96;

/// Arabic letters reach higher and lower than Latin ones.
const ARABIC_LINE: f32 = 1.4;

/// A text in one size, weight and colour, as wide as its words.
#[derive(Debug, Clone)]
pub(super) struct Label {
    content: String,
    size: f32,
    font: Font,
    color: Color,
    line_height: f32,
    is_centered: bool,
    wrapping: Wrapping,
}

impl Label {
    pub(super) fn new(content: String, size: f32, font: Font, color: Color) -> Self {
        let line_height = if is_arabic(&content) { ARABIC_LINE } else { 1.3 };
        Self { content, size, font, color, line_height, is_centered: false, wrapping: Wrapping::Word }
    }

    /// With its lines centred.
    pub(super) fn centered(self) -> Self {
        Self { is_centered: true, ..self }
    }

    /// On one line.
    pub(super) fn on_one_line(self) -> Self {
        Self { wrapping: Wrapping::None, ..self }
    }

    /// With lines of this height, as a share of the size of type, where the letters allow it.
    pub(super) fn line_height(self, share: f32) -> Self {
        let least = if is_arabic(&self.content) { ARABIC_LINE } else { 0.0 };
        Self { line_height: share.max(least), ..self }
    }

    fn text(&self, size: f32, room: Size, align_x: text::Alignment) -> text::Text<&str> {
        text::Text {
            content: &self.content,
            // Lines below the room would be left out, and not be missed.
            bounds: Size::new(room.width, f32::INFINITY),
            size: Pixels(size),
            line_height: LineHeight::Relative(self.line_height),
            font: self.font,
            align_x,
            align_y: Vertical::Top,
            shaping: Shaping::Advanced,
            wrapping: self.wrapping,
        }
    }
}

fn is_arabic(content: &str) -> bool {
    content.chars().any(|character| matches!(character, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}'))
}

/// How a text was set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    /// The size of type that was asked for.
    pub(super) asked: f32,
    /// The size that it has.
    pub(super) size: f32,
    /// Whether it reaches beyond its bounds even so.
    pub(super) overflows: bool,
}

/// A set text, and for what room it was set.
#[derive(Default)]
struct Set {
    paragraph: paragraph::Plain<<Renderer as text::Renderer>::Paragraph>,
    room: Size,
    fit: Option<Fit>,
    look: Option<(Font, f32, bool)>,
}

impl Set {
    fn is_of(&self, label: &Label, room: Size) -> bool {
        self.room == room
            && self.fit.is_some_and(|fit| fit.asked == label.size)
            && self.look == Some((label.font, label.line_height, label.is_centered))
            && self.paragraph.content() == label.content
    }

    fn set(&mut self, label: &Label, room: Size) {
        let least = (label.size * LEAST_SHARE).min(label.size);
        let mut size = label.size;
        let overflows = loop {
            self.paragraph.update(label.text(size, room, text::Alignment::Default));
            let taken = self.paragraph.min_bounds();
            let overflows = taken.width > room.width + 0.5 || taken.height > room.height + 0.5;
            if !overflows || size <= least {
                break overflows;
            }
            size = (size * STEP).max(least);
        };
        // A single line is put in place by what contains it: iced draws one that reads from right to left outside its
        // bounds otherwise.
        let is_single_line = self.paragraph.min_bounds().height < 1.5 * size * label.line_height;
        if label.is_centered && !is_single_line {
            let balanced = Size { width: self.least_width(label, size, room), ..room };
            self.paragraph.update(label.text(size, balanced, text::Alignment::Center));
        }
        self.room = room;
        self.fit = Some(Fit { asked: label.size, size, overflows });
        self.look = Some((label.font, label.line_height, label.is_centered));
    }
}

impl Set {
    /// The least width at which the text takes no more lines: no word stands alone on the last one then.
    fn least_width(&mut self, label: &Label, size: f32, room: Size) -> f32 {
        let height = self.paragraph.min_bounds().height;
        let (mut least, mut most) = (room.width / 3.0, room.width);
        while most - least > 8.0 {
            let width = (least + most) / 2.0;
            self.paragraph.update(label.text(size, Size { width, ..room }, text::Alignment::Default));
            let taken = self.paragraph.min_bounds();
            let fits = taken.height <= height && taken.width <= width;
            (least, most) = if fits { (least, width) } else { (width, most) };
        }
        most
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Label {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Set>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Set::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let set = tree.state.downcast_mut::<Set>();
        let room = limits.max();
        if !set.is_of(self, room) {
            set.set(self, room);
        }
        layout::Node::new(limits.resolve(Length::Shrink, Length::Shrink, set.paragraph.min_bounds()))
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        defaults: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let set = tree.state.downcast_ref::<Set>();
        let style = text_widget::Style { color: Some(self.color) };
        text_widget::draw(renderer, defaults, layout.bounds(), set.paragraph.raw(), style, viewport);
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.text(None, layout.bounds(), &self.content);
        if let Some(fit) = &mut tree.state.downcast_mut::<Set>().fit {
            operation.custom(None, layout.bounds(), fit);
        }
    }
}

impl<'a, Message: 'a> From<Label> for Element<'a, Message> {
    fn from(label: Label) -> Self {
        Element::new(label)
    }
}

#[cfg(test)]
mod tests {
    use iced::widget::container;
    use iced_test::Simulator;
    use iced_test::selector::Candidate;

    use super::super::{test_settings, theme};
    use super::*;

    /// How words of 40 pixels are set in a box.
    fn set_in(width: f32, height: f32, words: &str) -> Fit {
        let font = theme::font(iced::font::Weight::Bold);
        let label = Label::new(words.to_owned(), 40.0, font, Color::BLACK).centered();
        let content = container(label).width(width).height(height);
        let mut screen: Simulator<'_, ()> =
            Simulator::with_size(test_settings(), Size::new(800.0, 600.0), content);
        screen
            .find(|candidate: Candidate<'_>| match candidate {
                Candidate::Custom { state, .. } => state.downcast_ref::<Fit>().copied(),
                _ => None,
            })
            .unwrap()
    }

    #[test]
    fn words_that_have_room_keep_their_size() {
        assert_eq!(set_in(500.0, 60.0, "Girebilirsiniz"), Fit { asked: 40.0, size: 40.0, overflows: false });
    }

    #[test]
    fn a_word_that_is_too_wide_is_set_smaller() {
        let fit = set_in(200.0, 60.0, "Girebilirsiniz");
        assert!(fit.size < 40.0 && !fit.overflows, "{fit:?}");
    }

    #[test]
    fn lines_that_are_too_many_are_set_smaller() {
        let fit = set_in(300.0, 100.0, "Lütfen danışmaya başvurun ve orada bekleyin");
        assert!(fit.size < 40.0 && !fit.overflows, "{fit:?}");
    }

    #[test]
    fn what_has_no_room_at_half_its_size_is_known_to_reach_out() {
        assert!(set_in(60.0, 20.0, "Girebilirsiniz").overflows);
        assert!(set_in(300.0, 20.0, "Lütfen danışmaya başvurun ve orada bekleyin").overflows);
    }
}
