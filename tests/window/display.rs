//! A screen of a test's own, with its keyboard and its pointer.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ClientMessageEvent, ConnectionExt, EventMask,
    ImageFormat, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MOTION_NOTIFY_EVENT, MapState, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::picture::Picture;

/// The time between two keys of a hand.
pub const HAND: Duration = Duration::from_millis(90);

/// The time between the keys of a hand that moves the focus.
const FOCUS: Duration = Duration::from_millis(200);

/// The time between two combinations of keys: iced drops events of which more than a hundred wait for a drawing.
const COMBINATION: Duration = Duration::from_millis(20);

/// The time between two keys of a reader.
pub const READER: Duration = Duration::from_millis(5);

/// A key that stands for no character.
#[derive(Debug, Clone, Copy)]
pub enum Key {
    Enter = 0xff0d,
    Tab = 0xff09,
    Shift = 0xffe1,
    CapsLock = 0xffe5,
    Escape = 0xff1b,
    Up = 0xff52,
    Down = 0xff54,
    PageUp = 0xff55,
    PageDown = 0xff56,
    F12 = 0xffc9,
}

/// A place on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub left: i16,
    pub top: i16,
    pub width: u16,
    pub height: u16,
}

/// A running X server without a window manager. It ends with this.
pub struct Display {
    server: Child,
    name: String,
    connection: RustConnection,
    root: Window,
    screen: Area,
    /// The key of each keysym, and whether Shift goes with it.
    keys: HashMap<u32, (u8, bool)>,
}

impl Display {
    pub fn start(width: u16, height: u16) -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is needed");
        let mut number = String::new();
        BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut number).unwrap();
        let name = format!(":{}", number.trim());
        let (connection, _) = x11rb::connect(Some(&name)).unwrap();
        let root = connection.setup().roots[0].root;
        let keys = keys(&connection);
        let screen = Area { left: 0, top: 0, width, height };
        Self { server, name, connection, root, screen, keys }
    }

    /// What `DISPLAY` is for programs that draw here.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The program's window, once it is mapped.
    pub fn window(&self) -> Option<Window> {
        let windows = self.connection.query_tree(self.root).unwrap().reply().unwrap().children;
        windows.into_iter().find(|&window| self.is_kiosk(window).unwrap_or(false))
    }

    /// Whether a window that may vanish any time is the program's and mapped.
    fn is_kiosk(&self, window: Window) -> Option<bool> {
        let class =
            self.connection.get_property(false, window, AtomEnum::WM_CLASS, AtomEnum::STRING, 0, 64).ok()?;
        let class = class.reply().ok()?.value;
        let attributes = self.connection.get_window_attributes(window).ok()?.reply().ok()?;
        Some(class.starts_with(b"hes-kiosk") && attributes.map_state == MapState::VIEWABLE)
    }

    /// Where a window is on the screen.
    pub fn area(&self, window: Window) -> Area {
        let size = self.connection.get_geometry(window).unwrap().reply().unwrap();
        let place = self.connection.translate_coordinates(window, self.root, 0, 0).unwrap().reply().unwrap();
        Area { left: place.dst_x, top: place.dst_y, width: size.width, height: size.height }
    }

    /// Sends keys to a window, as a window manager would.
    pub fn focus(&self, window: Window) {
        self.connection.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME).unwrap();
        self.sync();
    }

    /// What the whole screen shows.
    pub fn picture(&self) -> Picture {
        self.picture_of(self.screen)
    }

    /// What a part of the screen shows.
    pub fn picture_of(&self, area: Area) -> Picture {
        let Area { left, top, width, height } = area;
        let image = self
            .connection
            .get_image(ImageFormat::Z_PIXMAP, self.root, left, top, width, height, u32::MAX)
            .unwrap()
            .reply()
            .unwrap();
        Picture::new(width, image.data)
    }

    /// Types a text with `gap` between its keys. The server keeps the pace, whatever holds up the test.
    pub fn type_text(&self, text: &str, gap: Duration) {
        for character in text.chars() {
            // The keysyms of Latin-1 are its characters.
            self.press_keysym(character.into(), gap);
        }
        self.sync();
    }

    pub fn press(&self, key: Key) {
        self.press_keysym(key as u32, Duration::ZERO);
        self.sync();
    }

    /// Presses a key as a hand does that moves the focus: slower than any reader.
    pub fn press_by_hand(&self, key: Key) {
        self.press_keysym(key as u32, FOCUS);
        self.sync();
    }

    /// Presses a key after a pause while these modifiers are held, all by their keysyms.
    pub fn press_with(&self, modifiers: &[u32], keysym: u32) {
        let code = |keysym: &u32| self.keys[keysym].0;
        let keys: Vec<u8> = modifiers.iter().chain([&keysym]).map(code).collect();
        let mut pause = COMBINATION.as_millis() as u32;
        for key in &keys {
            self.send(KEY_PRESS_EVENT, *key, std::mem::take(&mut pause));
        }
        for key in keys.iter().rev() {
            self.send(KEY_RELEASE_EVENT, *key, 0);
        }
        self.sync();
    }

    /// Asks a window to close, as a window manager does.
    pub fn ask_to_close(&self, window: Window) {
        let atom = |name: &[u8]| self.connection.intern_atom(false, name).unwrap().reply().unwrap().atom;
        let data = [atom(b"WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0];
        let event = ClientMessageEvent::new(32, window, atom(b"WM_PROTOCOLS"), data);
        self.connection.send_event(false, window, EventMask::NO_EVENT, event).unwrap();
        self.sync();
    }

    /// Clicks with one of the pointer's buttons.
    pub fn click_with(&self, button: u8, (x, y): (i16, i16)) {
        self.connection.xtest_fake_input(MOTION_NOTIFY_EVENT, 0, 0, self.root, x, y, 0).unwrap();
        self.send(BUTTON_PRESS_EVENT, button, 0);
        self.send(BUTTON_RELEASE_EVENT, button, 0);
        self.sync();
    }

    /// Holds the pointer's first button for so long.
    pub fn hold(&self, (x, y): (i16, i16), time: Duration) {
        self.connection.xtest_fake_input(MOTION_NOTIFY_EVENT, 0, 0, self.root, x, y, 0).unwrap();
        self.send(BUTTON_PRESS_EVENT, 1, 0);
        self.send(BUTTON_RELEASE_EVENT, 1, time.as_millis() as u32);
        self.sync();
    }

    /// Gives the keyboard another layout. Keys go on to be pressed as on the US keyboard that it had first, as
    /// a reader does.
    pub fn set_layout(&self, layout: &str, variant: &str) {
        let set = Command::new("setxkbmap")
            .args(["-display", &self.name, "-layout", layout, "-variant", variant])
            .status()
            .expect("setxkbmap is needed, which comes with Xvfb");
        assert!(set.success());
    }

    /// Presses and releases a key after a pause.
    fn press_keysym(&self, keysym: u32, pause: Duration) {
        let (key, is_shifted) = self.keys[&keysym];
        let (shift, _) = self.keys[&(Key::Shift as u32)];
        let shift = is_shifted.then_some(shift);
        let pressed = shift.into_iter().chain([key]).map(|key| (KEY_PRESS_EVENT, key));
        let released = [key].into_iter().chain(shift).map(|key| (KEY_RELEASE_EVENT, key));
        let mut pause = pause.as_millis() as u32;
        for (kind, key) in pressed.chain(released) {
            self.send(kind, key, std::mem::take(&mut pause));
        }
    }

    /// Clicks with the pointer's first button.
    pub fn click(&self, place: (i16, i16)) {
        self.click_with(1, place);
    }

    /// Turns the wheel down by a notch, with the pointer at a place.
    pub fn turn_wheel(&self, place: (i16, i16)) {
        self.click_with(5, place);
    }

    /// Drags what is at one place to another.
    pub fn drag(&self, from: (i16, i16), to: (i16, i16)) {
        let move_to = |(x, y)| {
            self.connection.xtest_fake_input(MOTION_NOTIFY_EVENT, 0, 0, self.root, x, y, 0).unwrap();
        };
        move_to(from);
        self.send(BUTTON_PRESS_EVENT, 1, 0);
        move_to(to);
        self.send(BUTTON_RELEASE_EVENT, 1, 0);
        self.sync();
    }

    /// Sends a key or button after a pause in milliseconds.
    fn send(&self, kind: u8, detail: u8, pause: u32) {
        self.connection.xtest_fake_input(kind, detail, pause, self.root, 0, 0, 0).unwrap();
    }

    /// Waits until the server has done all that was asked of it.
    fn sync(&self) {
        self.connection.get_input_focus().unwrap().reply().unwrap();
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The keys of the server's keyboard, by the keysyms of their first two levels.
fn keys(connection: &RustConnection) -> HashMap<u32, (u8, bool)> {
    let (first, last) = (connection.setup().min_keycode, connection.setup().max_keycode);
    let mapping = connection.get_keyboard_mapping(first, last - first + 1).unwrap().reply().unwrap();
    let levels = usize::from(mapping.keysyms_per_keycode);
    let mut keys = HashMap::new();
    for (code, keysyms) in (first..=last).zip(mapping.keysyms.chunks(levels)) {
        for (&keysym, is_shifted) in keysyms.iter().zip([false, true]) {
            keys.entry(keysym).or_insert((code, is_shifted));
        }
    }
    keys
}
