//! A bare iced window, the peer of the kiosk's: the same backend and size, one colour, nothing else.

use iced::widget::{container, space};
use iced::{Color, Element, Fill, Size, color, window};

/// The green of an admission, by which it is found on the screen.
const GREEN: Color = color!(0x00663C);

fn main() -> iced::Result {
    let settings =
        window::Settings { size: Size::new(1280.0, 800.0), decorations: false, ..Default::default() };
    iced::application(|| (), |_: &mut (), ()| (), view).window(settings).run()
}

fn view((): &()) -> Element<'_, ()> {
    container(space()).width(Fill).height(Fill).style(|_| container::background(GREEN)).into()
}
