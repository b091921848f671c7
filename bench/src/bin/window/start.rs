//! From the start of the program to its first picture, and from there to the camera's.

use std::time::{Duration, Instant};

use hes_kiosk_bench::Failure;

use crate::display::{Area, Display};
use crate::door::{self, Home, Window};
use crate::picture::Look;
use crate::{Bench, milliseconds, quantile, tell};

/// How often each is started.
const STARTS: usize = 15;

/// The longest that the kiosk's first picture may come after the bare window's, or it takes so many times as long.
const LATER: Duration = Duration::from_millis(50);
const TIMES: f64 = 1.5;

/// The camera's picture is there so soon after the first one.
const PREVIEW: Duration = Duration::from_millis(300);

/// A part of the preview beside the aiming frame.
const IN_PREVIEW: Area = Area { left: 44, top: 300, width: 24, height: 24 };

pub fn measure(bench: &Bench) -> Result<(), Failure> {
    let display = door::display();
    let home = Home::new(bench, "start")?;
    home.show_all(&bench.lobby.passers_by)?;
    // The first start of all makes the log and its keys, and reads the programs from the disk.
    start_both(bench, &display, &home)?;
    let (mut bare, mut ours, mut previews) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let times = start_both(bench, &display, &home)?;
        bare.push(times.bare);
        ours.push(times.ours);
        previews.push(times.preview);
    }
    let (bare, ours) = (quantile(&mut bare, 0.5), quantile(&mut ours, 0.5));
    let ratio = ours.as_secs_f64() / bare.as_secs_f64();
    tell(
        &format!("start to the first picture, median of {STARTS}"),
        &format!("{:.0} ms, bare window {:.0} ms, {ratio:.2}", milliseconds(ours), milliseconds(bare)),
        ratio <= TIMES || ours <= bare + LATER,
    );
    let (median, longest) = (quantile(&mut previews, 0.5), quantile(&mut previews, 1.0));
    tell(
        "from there to the camera's picture",
        &format!("{:.0} ms, at most {:.0} ms, limit 300 ms", milliseconds(median), milliseconds(longest)),
        longest <= PREVIEW,
    );
    Ok(())
}

struct Times {
    bare: Duration,
    ours: Duration,
    /// After the first picture.
    preview: Duration,
}

fn start_both(bench: &Bench, display: &Display, home: &Home) -> Result<Times, Failure> {
    let started = Instant::now();
    let window = Window::open(display, &mut door::bare(bench))?;
    let bare = door::shows(display, &[Look::Admit])? - started;
    close(display, window)?;
    let started = Instant::now();
    let window = Window::open(display, &mut home.kiosk(bench))?;
    let first = door::shows(display, &[Look::Welcome])?;
    // Each frame of the lobby has noise of its own.
    let preview = door::changes(display, IN_PREVIEW)? - first;
    close(display, window)?;
    Ok(Times { bare, ours: first - started, preview })
}

/// Closes a window and waits until nothing of it is on the screen.
fn close(display: &Display, window: Window) -> Result<(), Failure> {
    drop(window);
    door::shows(display, &[Look::Other])?;
    Ok(())
}
