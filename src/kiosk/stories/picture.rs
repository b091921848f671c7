//! What visitors see, drawn in software: a pixel for each of the window's.

use iced::advanced::clipboard;
use iced::advanced::graphics::text::font_system;
use iced::advanced::renderer::{Headless, Style};
use iced::mouse::{self, Cursor};
use iced::{Event, Pixels, Point, Renderer, Size, Theme, window};
use iced_test::runtime::UserInterface;
use iced_test::runtime::user_interface::Cache;
use image::RgbImage;

use super::door::Door;
use crate::kiosk::message::Message;
use crate::kiosk::test_settings;

/// The screen of a kiosk in a window of this size.
pub(super) fn picture(door: &Door, size: Size) -> RgbImage {
    let (picture, _) = next_picture(door, size, Cache::default());
    picture
}

/// The screen of a kiosk that has come to know how large its parts are in a window of this size.
pub(super) fn settled_picture(door: &mut Door, size: Size) -> RgbImage {
    let mut messages = Vec::new();
    draw(door, size, Cache::default(), None, &mut messages);
    for message in messages {
        door.tell(message);
    }
    picture(door, size)
}

/// The screen in a window that has shown others, and what the window keeps for the next one.
pub(super) fn next_picture(door: &Door, size: Size, kept: Cache) -> (RgbImage, Cache) {
    draw(door, size, kept, None, &mut Vec::new())
}

/// The screen while a hand holds down what is at a place.
pub(super) fn held_picture(door: &Door, size: Size, hand: Point) -> RgbImage {
    let (picture, _) = draw(door, size, Cache::default(), Some(hand), &mut Vec::new());
    picture
}

/// The screen, what the window keeps for the next one, and what the screen says of itself.
fn draw(
    door: &Door,
    size: Size,
    kept: Cache,
    hand: Option<Point>,
    messages: &mut Vec<Message>,
) -> (RgbImage, Cache) {
    let settings = test_settings();
    for font in settings.fonts {
        font_system().write().unwrap().load_font(font);
    }
    let renderer = <Renderer as Headless>::new(settings.default_font, Pixels(16.0), None);
    let mut renderer = door.runtime.block_on(renderer).unwrap();
    let mut screen = UserInterface::build(door.kiosk.view(), size, kept, &mut renderer);
    let cursor = hand.map_or(Cursor::Unavailable, Cursor::Available);
    let press = hand.map(|_| Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)));
    let redraw = Event::Window(window::Event::RedrawRequested(door.now.instant));
    let events: Vec<Event> = press.into_iter().chain([redraw]).collect();
    let _ = screen.update(&events, cursor, &mut renderer, &mut clipboard::Null, messages);
    let palette = door.kiosk.palette();
    screen.draw(&mut renderer, &Theme::Light, &Style { text_color: palette.ink }, cursor);
    let (width, height) = (size.width as u32, size.height as u32);
    let rgba = renderer.screenshot(Size::new(width, height), 1.0, door.kiosk.ground());
    let rgb = rgba.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
    (RgbImage::from_raw(width, height, rgb).unwrap(), screen.into_cache())
}
