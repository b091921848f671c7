//! The kiosk's window beside its peers, in the same run, on a display of its own without a graphics card: how soon it
//! is there, what it takes, and how soon a colour answers a key and a frame.
//!
//! `ONLY` chooses some of `start`, `memory`, `processor`, `keys`, `frames`, `desk`; `PROGRAM` is another hes-kiosk than the one
//! beside this program. ffplay has to be installed.

mod desk;
#[path = "../../../../tests/window/display.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod display;
mod door;
mod frames;
mod keys;
mod lobby;
#[path = "../../../../tests/window/picture.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod picture;
mod process;
mod processor;
mod start;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use hes_kiosk_bench::Failure;

use crate::lobby::Lobby;

/// The size of the display, and so of each window.
const SIZE: (u16, u16) = (1280, 800);

fn main() -> ExitCode {
    hes_kiosk_bench::end(run())
}

fn run() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let bench = Bench::new(folder.path())?;
    let only = env::var("ONLY").unwrap_or_default();
    let is_chosen = |name: &str| only.is_empty() || only.split(',').any(|chosen| chosen == name);
    if is_chosen("start") {
        start::measure(&bench)?;
    }
    if is_chosen("memory") {
        process::measure_memory(&bench)?;
    }
    if is_chosen("processor") {
        processor::measure(&bench)?;
    }
    if is_chosen("keys") {
        keys::measure(&bench)?;
    }
    if is_chosen("frames") {
        frames::measure(&bench)?;
    }
    if is_chosen("desk") {
        desk::measure(&bench)?;
    }
    Ok(())
}

/// What all measures need.
struct Bench {
    folder: PathBuf,
    kiosk: PathBuf,
    bare: PathBuf,
    lobby: Lobby,
}

impl Bench {
    fn new(folder: &Path) -> Result<Self, Failure> {
        let here = env::current_exe()?;
        let kiosk = env::var_os("PROGRAM").map_or_else(|| here.with_file_name("hes-kiosk"), PathBuf::from);
        let bare = here.with_file_name("bare-window");
        for program in [&kiosk, &bare] {
            if !program.is_file() {
                return Err(format!("there is no {}; make bench-window makes it", program.display()).into());
            }
        }
        Ok(Self { folder: folder.to_owned(), kiosk, bare, lobby: Lobby::new() })
    }
}

/// Prints a measure, what it is held against, and whether it keeps to that.
fn tell(measure: &str, figures: &str, is_kept: bool) {
    println!("{measure}: {figures}: {}", if is_kept { "kept" } else { "MISSED" });
}

fn milliseconds(time: Duration) -> f64 {
    1e3 * time.as_secs_f64()
}

/// The time that `part` of all, from 0 to 1, do not exceed.
fn quantile(times: &mut [Duration], part: f64) -> Duration {
    times.sort_unstable();
    let place = (part * times.len() as f64).ceil() as usize;
    times.get(place.saturating_sub(1)).copied().unwrap_or_default()
}
