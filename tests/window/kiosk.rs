//! The kiosk in a real window, and the hands before it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::thread;
use std::time::{Duration, Instant};

use image::{GrayImage, Luma};
use rustix::process::{Resource, Rlimit, Signal, prlimit};
use serde_json::Value;
use x11rb::protocol::xproto::Window;

use crate::display::{Area, Display, HAND, Key};
use crate::failing_disk::Disk;
use crate::home::{Home, PROGRAM};
use crate::picture::Look;
use crate::processes::{children, pid, send};
use crate::sound;

/// How long a test waits for what has no limit of its own, on a machine that has other work.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The size at which the screens are drawn. What follows is where things are on a welcome of this size.
pub const SIZE: (u16, u16) = (1280, 800);
/// Where the sentence of instruction stands, or what is wrong with a code.
pub const INSTRUCTION: Area = Area { left: 716, top: 184, width: 532, height: 44 };
/// Where the typed code stands.
const FIELD: Area = Area { left: 730, top: 256, width: 500, height: 64 };
/// The button that checks the typed code.
pub const CHECK: (i16, i16) = (1171, 588);
/// The button for visitors without a code.
pub const NO_CODE: (i16, i16) = (1135, 748);
/// The keypad, row by row, the middle of its first key, and from there to the next key and row.
const KEYPAD: [&str; 4] = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];
const FIRST_KEY: (i16, i16) = (739, 372);
const NEXT_KEY: (i16, i16) = (54, 72);

/// How a kiosk is to be started.
pub struct Setup {
    pub screen: (u16, u16),
    pub settings: String,
    pub arguments: Vec<&'static str>,
    /// What stands in its environment besides.
    pub variables: Vec<(&'static str, &'static str)>,
    /// The picture before the camera: a fixture, else a blank one.
    pub in_view: Option<&'static str>,
    /// Whether no other window runs meanwhile, so that times can be measured.
    pub is_alone: bool,
    /// Whether the disk of the log fails when it is told to.
    pub has_failing_disk: bool,
}

/// Held by each kiosk: together with others, or alone.
static TURN: RwLock<()> = RwLock::new(());

enum Turn {
    Shared { _guard: RwLockReadGuard<'static, ()> },
    Alone { _guard: RwLockWriteGuard<'static, ()> },
}

impl Turn {
    /// Waits for a turn. A test that failed in its turn has ended it too.
    fn take(is_alone: bool) -> Self {
        if is_alone {
            Self::Alone { _guard: TURN.write().unwrap_or_else(PoisonError::into_inner) }
        } else {
            Self::Shared { _guard: TURN.read().unwrap_or_else(PoisonError::into_inner) }
        }
    }
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            screen: SIZE,
            settings: String::new(),
            arguments: Vec::new(),
            variables: Vec::new(),
            in_view: None,
            is_alone: false,
            has_failing_disk: false,
        }
    }
}

impl Setup {
    /// Starts the kiosk and waits for its window.
    pub fn start(self) -> Kiosk {
        let mut kiosk = self.start_unseen();
        kiosk.wait_for_window();
        kiosk
    }

    /// Starts the kiosk without a look at its window.
    pub fn start_unseen(self) -> Kiosk {
        let turn = Turn::take(self.is_alone);
        let home = Home::new();
        fs::create_dir(pictures(&home)).unwrap();
        let (width, height) = self.screen;
        let display = Display::start(width, height);
        write_settings(&home, &self.settings);
        hold_up(&home, self.in_view);
        // Whoever runs the tests hears none of them.
        sound::lead_into_file(&home);
        let disk = self.has_failing_disk.then(|| {
            let folder = home.database().parent().unwrap().to_owned();
            Disk::new(&folder, home.path().join("faults"))
        });
        let Self { arguments, variables, .. } = self;
        let process = spawn(&home, &display, disk.as_ref(), &arguments, &variables);
        Kiosk { process, display, home, disk, arguments, variables, window: 0, _turn: turn }
    }
}

/// A running kiosk. It ends with this.
pub struct Kiosk {
    process: Child,
    pub display: Display,
    pub home: Home,
    pub disk: Option<Disk>,
    arguments: Vec<&'static str>,
    variables: Vec<(&'static str, &'static str)>,
    window: Window,
    _turn: Turn,
}

impl Kiosk {
    /// A kiosk of the demo that looks at a blank picture.
    pub fn start() -> Self {
        Setup::default().start()
    }

    /// Waits until the window is drawn, and gives it the keyboard.
    pub fn wait_for_window(&mut self) {
        self.until("no window", PATIENCE, || self.display.window().is_some());
        self.window = self.display.window().unwrap();
        self.display.focus(self.window);
        self.until("the window is not drawn", PATIENCE, || self.look() != Look::Other);
    }

    pub fn area(&self) -> Area {
        self.display.area(self.window)
    }

    /// Asks the window to close, as a window manager does.
    pub fn ask_to_close(&self) {
        self.display.ask_to_close(self.window);
    }

    /// Whether the program still runs.
    pub fn runs(&mut self) -> bool {
        self.process.try_wait().unwrap().is_none()
    }

    /// Which screen is shown now.
    pub fn look(&self) -> Look {
        self.display.picture().look()
    }

    /// Waits for a screen.
    pub fn shows(&self, look: Look) {
        self.shows_within(PATIENCE, look);
    }

    pub fn shows_within(&self, limit: Duration, look: Look) {
        self.until(&format!("the screen is not {look:?}"), limit, || self.look() == look);
    }

    /// Waits for a screen, and fails where a decision is shown before it.
    pub fn shows_without_a_decision(&self, limit: Duration, look: Look) {
        self.until(&format!("the screen is not {look:?}"), limit, || {
            let picture = self.display.picture();
            for decision in [Look::Admit, Look::Refuse, Look::Unverified] {
                let share = picture.share_of(decision);
                if share >= 0.05 {
                    self.fail(&format!("{decision:?} is shown on {share} of the window"));
                }
            }
            picture.look() == look
        });
    }

    /// Types a code with the speed of a hand, and Enter.
    pub fn type_code(&self, code: &str) {
        self.display.type_text(code, HAND);
        self.display.press(Key::Enter);
    }

    /// Touches a code on the keypad with the speed of a hand.
    pub fn touch_code(&self, code: &str) {
        for key in code.chars() {
            let time = self.time_of_answer_to(|| self.display.click(key_place(key)));
            thread::sleep(HAND.saturating_sub(time));
        }
    }

    /// Presses a key and gives the time until the code field shows it.
    pub fn time_of_answer(&self) -> Duration {
        self.time_of_answer_to(|| self.display.type_text("A", Duration::ZERO))
    }

    fn time_of_answer_to(&self, act: impl Fn()) -> Duration {
        let before = self.display.picture_of(FIELD);
        let start = Instant::now();
        act();
        self.until("no answer to a key", PATIENCE, || self.display.picture_of(FIELD) != before);
        start.elapsed()
    }

    /// Waits until the log holds so many visits, and gives them.
    pub fn visits(&self, count: usize) -> Vec<Value> {
        self.until(&format!("there are not {count} visits"), PATIENCE, || self.home.log().len() == count);
        self.home.log()
    }

    /// Puts a fixture before the camera in place of what was there.
    pub fn hold_up(&self, fixture: &'static str) {
        hold_up(&self.home, Some(fixture));
    }

    pub fn write_settings(&self, settings: &str) {
        write_settings(&self.home, settings);
    }

    /// The process that owns the camera, once it is there.
    pub fn scanner(&self) -> u32 {
        self.the_child_of(self.process.id())
    }

    /// The process that decodes, once it is there.
    pub fn worker(&self) -> u32 {
        self.the_child_of(self.scanner())
    }

    fn the_child_of(&self, parent: u32) -> u32 {
        self.until("there is not one child", PATIENCE, || children(parent).len() == 1);
        children(parent)[0]
    }

    pub fn send(&self, signal: Signal) {
        send(self.process.id(), signal);
    }

    /// Lets the kiosk write no file beyond this size.
    pub fn limit_files(&self, bytes: Option<u64>) {
        prlimit(Some(pid(self.process.id())), Resource::Fsize, Rlimit { current: bytes, maximum: None })
            .unwrap();
    }

    /// Waits for the end of the kiosk.
    pub fn ends_within(&mut self, limit: Duration) -> ExitStatus {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "the kiosk has not ended");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Kills the kiosk, as nothing else ends it.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Starts the kiosk again on the same screen and with the same home.
    pub fn start_again(&mut self) {
        self.until("the old window remains", PATIENCE, || self.display.window().is_none());
        let disk = self.disk.as_ref();
        self.process = spawn(&self.home, &self.display, disk, &self.arguments, &self.variables);
        self.wait_for_window();
    }

    /// Waits for a condition. Where it does not come true, a screenshot is kept.
    pub fn until(&self, failure: &str, limit: Duration, condition: impl Fn() -> bool) {
        let deadline = Instant::now() + limit;
        while !condition() {
            if Instant::now() >= deadline {
                self.fail(&format!("{failure} within {limit:?}"));
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Fails and keeps a screenshot.
    fn fail(&self, failure: &str) -> ! {
        let name = thread::current().name().unwrap_or("window").replace("::", "-");
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
        self.display.picture().save(&file);
        let output = fs::read_to_string(self.home.path().join(OUTPUT)).unwrap_or_default();
        panic!("{failure}: {}\n{output}", file.display());
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What the kiosk printed, in its home.
const OUTPUT: &str = "output";

/// Starts the kiosk by way of a shell that has it see a file that may not grow as an error, not a signal, and lets it
/// leave a core. Whatever it leaves is in its home.
fn spawn(
    home: &Home,
    display: &Display,
    disk: Option<&Disk>,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> Child {
    let output = File::options().create(true).append(true).open(home.path().join(OUTPUT)).unwrap();
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "trap '' XFSZ; ulimit -c unlimited; exec env \"$@\"", "sh"]);
    // The shell has no failing disk, which would take it from the kiosk.
    for (variable, value) in disk.iter().flat_map(|disk| disk.variables()) {
        command.arg(format!("{variable}={}", value.display()));
    }
    command
        .args([PROGRAM, "run"])
        .env_clear()
        .env("HOME", home.path())
        .args(["--fps", "10", "--camera"])
        .arg(format!("replay:{}", pictures(home).display()))
        .args(arguments)
        .env("DISPLAY", display.name())
        .env("TMPDIR", home.path())
        .envs(variables.iter().copied())
        .current_dir(home.path())
        .stdin(Stdio::null())
        .stdout(output.try_clone().unwrap())
        .stderr(output)
        .spawn()
        .unwrap()
}

fn write_settings(home: &Home, settings: &str) {
    let folder = home.path().join(".config/hes-kiosk");
    fs::create_dir_all(&folder).unwrap();
    // The kiosk never finds half a file.
    let draft = folder.join("draft");
    fs::write(&draft, settings).unwrap();
    fs::rename(draft, folder.join("kiosk.toml")).unwrap();
}

/// Where a key of the keypad is.
fn key_place(key: char) -> (i16, i16) {
    let rows = KEYPAD.iter().zip(0..);
    let (row, column) = rows.filter_map(|(keys, row)| Some((row, keys.find(key)? as i16))).next().unwrap();
    (FIRST_KEY.0 + column * NEXT_KEY.0, FIRST_KEY.1 + row * NEXT_KEY.1)
}

/// The folder at which the camera looks.
fn pictures(home: &Home) -> PathBuf {
    home.path().join("pictures")
}

fn hold_up(home: &Home, fixture: Option<&str>) {
    let folder = pictures(home);
    let draft = folder.join("draft");
    match fixture {
        Some(fixture) => {
            fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(fixture), &draft)
                .unwrap();
        }
        None => GrayImage::from_pixel(640, 480, Luma([144]))
            .save_with_format(&draft, image::ImageFormat::Png)
            .unwrap(),
    }
    fs::rename(draft, folder.join("picture.png")).unwrap();
}
