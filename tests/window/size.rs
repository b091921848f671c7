//! The window's size where no window manager runs.

use crate::display::Area;
use crate::kiosk::{PATIENCE, Setup};

#[test]
fn the_kiosk_fills_a_screen_without_a_window_manager() {
    let kiosk = Setup { screen: (1024, 768), ..Setup::default() }.start();
    let screen = Area { left: 0, top: 0, width: 1024, height: 768 };
    kiosk.until("the window does not fill the screen", PATIENCE, || kiosk.area() == screen);
}

#[test]
fn a_window_of_a_given_size_has_exactly_this_size() {
    let arguments = vec!["--windowed", "1280x800"];
    let kiosk = Setup { screen: (1600, 1000), arguments, ..Setup::default() }.start();
    assert_eq!((kiosk.area().width, kiosk.area().height), (1280, 800));
}
