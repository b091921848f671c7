//! The processor time of the live preview, beside ffplay that shows the same pictures.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use hes_kiosk_bench::Failure;
use hes_kiosk_bench::lobby::Frame;

use crate::door::{self, Home, Window};
use crate::process::load;
use crate::{Bench, SIZE, tell};

/// Over this time the processor time is taken.
const TIME: Duration = Duration::from_secs(20);

/// Before that, what a start takes is over.
const SETTLED: Duration = Duration::from_secs(5);

/// Frames a second.
const RATE: usize = 30;

/// The width and height of the preview in the kiosk's window.
const PREVIEW: (u16, u16) = (652, 592);

/// Where nobody is there, nothing more is measurable than this, in percent of a core.
const NOTHING: f64 = 1.0;

pub fn measure(bench: &Bench) -> Result<(), Failure> {
    let film = bench.folder.join("film.mjpeg");
    write(&film, &bench.lobby.passers_by)?;
    let ffplay = play(&film, SIZE)?;
    let small = play(&film, PREVIEW)?;
    let ours = show(bench, "passers-by", &bench.lobby.passers_by)?;
    tell(
        "live preview, of one core",
        &format!("{ours:.1} %, ffplay in a window of the same size {ffplay:.1} %, {:.2}", ours / ffplay),
        ours <= ffplay,
    );
    println!("  (ffplay in a window of the preview's size {small:.1} %, {:.2})", ours / small);
    let nobody = show(bench, "nobody", &bench.lobby.empty)?;
    tell("nobody there, of one core", &format!("{nobody:.1} %, limit {NOTHING} %"), nobody <= NOTHING);
    Ok(())
}

/// What the kiosk's window takes while these frames stand before its camera, again and again.
fn show(bench: &Bench, name: &str, frames: &[Frame]) -> Result<f64, Failure> {
    let display = door::display();
    let home = Home::new(bench, name)?;
    home.show_all(frames)?;
    let kiosk = home.open(bench, &display)?;
    thread::sleep(SETTLED);
    load(kiosk.process(), TIME)
}

/// What ffplay takes for a film in a window of this size.
fn play(film: &Path, (width, height): (u16, u16)) -> Result<f64, Failure> {
    let display = door::display();
    let mut ffplay = Command::new("ffplay");
    ffplay.args(["-loglevel", "quiet", "-noborder", "-left", "0", "-top", "0"]);
    ffplay.args(["-x", &width.to_string(), "-y", &height.to_string()]);
    ffplay.args(["-f", "mjpeg", "-framerate", &RATE.to_string()]).arg(film);
    // SDL draws as the kiosk does, without a graphics card, also where one could be had.
    ffplay.env("SDL_VIDEODRIVER", "x11").env("SDL_RENDER_DRIVER", "software").env("SDL_AUDIODRIVER", "dummy");
    let window = Window::open(&display, &mut ffplay)?;
    thread::sleep(SETTLED);
    load(window.process(), TIME)
}

/// Writes a film that is long enough.
fn write(film: &Path, frames: &[Frame]) -> Result<(), Failure> {
    let mut file = File::create(film)?;
    let seconds = (SETTLED + TIME).as_secs() as usize + 5;
    for frame in frames.iter().cycle().take(seconds * RATE) {
        file.write_all(&frame.jpeg)?;
    }
    Ok(())
}
