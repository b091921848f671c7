//! The kiosk at a door: a display, a home, and a folder of pictures in place of a camera.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use hes_kiosk_bench::Failure;
use hes_kiosk_bench::lobby::Frame;

use crate::display::{Area, Display};
use crate::picture::{Look, Picture};
use crate::{Bench, SIZE};

/// So long is waited for what has no limit of its own.
const PATIENCE: Duration = Duration::from_secs(20);

/// A spot on the button that checks a typed code, beside its words. An outcome's colour covers it.
const SPOT: Area = Area { left: 1106, top: 590, width: 4, height: 4 };

/// The time between two looks at the screen.
const BETWEEN_LOOKS: Duration = Duration::from_micros(500);

/// A program with a window, which ends with this.
pub struct Window(Child);

impl Window {
    /// Starts a program on a display.
    pub fn open(display: &Display, command: &mut Command) -> Result<Self, Failure> {
        Ok(Self(command.env("DISPLAY", display.name()).stdin(Stdio::null()).stderr(Stdio::null()).spawn()?))
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What is needed to open the kiosk, again and again with the same home.
pub struct Home {
    pub path: PathBuf,
    /// The folder that the camera sees.
    pub pictures: PathBuf,
    /// The folder of time zones, where it is not the system's.
    pub zones: Option<PathBuf>,
}

impl Home {
    /// A new home, where the camera sees nothing yet.
    pub fn new(bench: &Bench, name: &str) -> Result<Self, Failure> {
        let path = bench.folder.join(name);
        let pictures = path.join("pictures");
        fs::create_dir_all(&pictures)?;
        Ok(Self { path, pictures, zones: None })
    }

    /// Has the camera see these frames, again and again.
    pub fn show_all(&self, frames: &[Frame]) -> Result<(), Failure> {
        for (number, frame) in frames.iter().enumerate() {
            put(&self.pictures, &format!("frame-{number:02}.jpg"), &frame.jpeg)?;
        }
        Ok(())
    }

    /// How the program is started.
    pub fn program(&self, bench: &Bench) -> Command {
        let mut command = Command::new(&bench.kiosk);
        command.env_clear().env("HOME", &self.path);
        command.envs(self.zones.iter().map(|zones| ("TZDIR", zones)));
        command
    }

    /// How the kiosk is started.
    pub fn kiosk(&self, bench: &Bench) -> Command {
        let camera = format!("replay:{}", self.pictures.display());
        let mut command = self.program(bench);
        command.args(["run", "--fps", "30", "--camera", &camera]);
        command
    }

    /// Opens the kiosk and waits for its welcome.
    pub fn open(&self, bench: &Bench, display: &Display) -> Result<Window, Failure> {
        let kiosk = Window::open(display, &mut self.kiosk(bench))?;
        shows(display, &[Look::Welcome])?;
        let window = display.window().ok_or("the kiosk's window is gone")?;
        display.focus(window);
        Ok(kiosk)
    }
}

/// How the bare window is started.
pub fn bare(bench: &Bench) -> Command {
    let mut command = Command::new(&bench.bare);
    command.env_clear().env("HOME", &bench.folder);
    command
}

/// A display of its own.
pub fn display() -> Display {
    Display::start(SIZE.0, SIZE.1)
}

/// When one of these screens is shown, waiting for it.
pub fn shows(display: &Display, looks: &[Look]) -> Result<Instant, Failure> {
    until(&format!("the screen shows none of {looks:?}"), || looks.contains(&display.picture_of(SPOT).look()))
}

/// When an area of the screen looks otherwise than now, waiting for it.
pub fn changes(display: &Display, area: Area) -> Result<Instant, Failure> {
    changes_from(display, area, &display.picture_of(area))
}

/// When an area of the screen looks otherwise than `before`, waiting for it.
pub fn changes_from(display: &Display, area: Area, before: &Picture) -> Result<Instant, Failure> {
    until("the screen does not change", || display.picture_of(area) != *before)
}

/// When an area of the screen has a colour, waiting for it.
pub fn has(display: &Display, area: Area, color: [u8; 3]) -> Result<Instant, Failure> {
    until("the screen does not have the colour", || display.picture_of(area).has(color))
}

/// When a condition came true.
fn until(failure: &str, condition: impl Fn() -> bool) -> Result<Instant, Failure> {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        if Instant::now() >= deadline {
            return Err(format!("{failure} within {PATIENCE:?}").into());
        }
        thread::sleep(BETWEEN_LOOKS);
    }
    Ok(Instant::now())
}

/// Puts a file into a folder in one step, in the place of one of the same name.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let draft = folder.join("draft");
    fs::write(&draft, bytes)?;
    Ok(fs::rename(draft, folder.join(name))?)
}
