//! From a frame's capture to the outcome's colour.

use std::mem::MaybeUninit;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use hes_kiosk_bench::Failure;
use rustix::fs::inotify;

use crate::Bench;
use crate::display::Key;
use crate::door::{self, Home};
use crate::keys::{OUTCOMES, commit, tell_beside_commit};
use crate::picture::Look;

/// So many visitors come.
const VISITS: usize = 64;

/// The limit beside the record's commit.
const LIMIT: Duration = Duration::from_millis(66);

/// Between two visitors nobody is there for so long, or their codes would count as several in view at once.
const PAUSE: Duration = Duration::from_millis(1300);

/// The file that the camera sees.
const PICTURE: &str = "picture.jpg";

pub fn measure(bench: &Bench) -> Result<(), Failure> {
    let display = door::display();
    let home = Home::new(bench, "frames")?;
    let nobody = bench.lobby.passers_by.first().ok_or("the lobby has no frames")?;
    door::put(&home.pictures, PICTURE, &nobody.jpeg)?;
    let _kiosk = home.open(bench, &display)?;
    let captures = captures(&home.pictures)?;
    let mut times = Vec::new();
    for visitor in bench.lobby.visitors.iter().cycle().take(VISITS) {
        thread::sleep(PAUSE);
        captures.try_iter().for_each(drop);
        let frame = visitor.frames.last().ok_or("the visitor has no frames")?;
        door::put(&home.pictures, PICTURE, &frame.jpeg)?;
        let shown = door::shows(&display, &OUTCOMES)?;
        // A replay that sees a new file opens it at the frame's time, and only then.
        times.push(shown - captures.try_recv()?);
        door::put(&home.pictures, PICTURE, &nobody.jpeg)?;
        display.press(Key::Escape);
        door::shows(&display, &[Look::Welcome])?;
    }
    tell_beside_commit("a frame's capture to the outcome's colour", &mut times, LIMIT, commit(bench)?);
    Ok(())
}

/// The times at which the picture is opened.
fn captures(folder: &Path) -> Result<Receiver<Instant>, Failure> {
    let watch = inotify::init(inotify::CreateFlags::CLOEXEC)?;
    inotify::add_watch(&watch, folder, inotify::WatchFlags::OPEN)?;
    let (sender, times) = mpsc::channel();
    // It ends with the program, or where nobody listens any more.
    thread::spawn(move || {
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut events = inotify::Reader::new(watch, &mut buffer);
        while let Ok(event) = events.next() {
            let opened = Instant::now();
            let is_picture = event.file_name().is_some_and(|name| name.to_bytes() == PICTURE.as_bytes());
            if is_picture && sender.send(opened).is_err() {
                return;
            }
        }
    });
    Ok(times)
}
