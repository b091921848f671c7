//! What a process takes: memory and processor time.

use std::fs;
use std::thread;
use std::time::Duration;

use hes_kiosk_bench::Failure;

use crate::door::{self, Home, Window};
use crate::picture::Look;
use crate::{Bench, tell};

/// After this time a window has settled.
const SETTLED: Duration = Duration::from_secs(10);

/// How often the memory is looked at, a tenth of a second apart; the median counts, as pictures come and go.
const LOOKS: usize = 41;

/// The kiosk's window may take so many times the memory of the bare one.
const TIMES: f64 = 2.0;

/// The ticks of the clock in which Linux tells processor times.
const TICKS_PER_SECOND: f64 = 100.0;

/// Memory in MiB.
pub struct Memory {
    /// All that the process has in memory.
    pub resident: f64,
    /// What it shares with others counted in parts.
    proportional: f64,
}

pub fn measure_memory(bench: &Bench) -> Result<(), Failure> {
    let display = door::display();
    let bare = {
        let window = Window::open(&display, &mut door::bare(bench))?;
        door::shows(&display, &[Look::Admit])?;
        settled(window.process())?
    };
    let home = Home::new(bench, "memory")?;
    home.show_all(&bench.lobby.passers_by)?;
    let kiosk = home.open(bench, &display)?;
    let ours = settled(kiosk.process())?;
    for (name, ours, bare) in [
        ("resident", ours.resident, bare.resident),
        ("proportional share", ours.proportional, bare.proportional),
    ] {
        let ratio = ours / bare;
        let figures = format!("{ours:.1} MiB, bare window {bare:.1} MiB, {ratio:.2}");
        tell(&format!("memory of the window's process, {name}"), &figures, ratio <= TIMES);
    }
    Ok(())
}

/// What a process has in memory once its window has settled.
fn settled(process: u32) -> Result<Memory, Failure> {
    thread::sleep(SETTLED);
    let (mut resident, mut proportional) = (Vec::new(), Vec::new());
    for _ in 0..LOOKS {
        let now = memory(process)?;
        resident.push(now.resident);
        proportional.push(now.proportional);
        thread::sleep(Duration::from_millis(100));
    }
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[LOOKS / 2]
    };
    Ok(Memory { resident: median(resident), proportional: median(proportional) })
}

/// What a process has in memory now.
pub fn memory(process: u32) -> Result<Memory, Failure> {
    let text = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let value = |key: &str| -> Result<f64, Failure> {
        let line = text.lines().find_map(|line| line.strip_prefix(key)).ok_or("no such memory")?;
        let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kibibytes / 1024.0)
    };
    Ok(Memory { resident: value("Rss:")?, proportional: value("Pss:")? })
}

/// How much of one core a process takes, in percent, over a time.
pub fn load(process: u32, time: Duration) -> Result<f64, Failure> {
    let before = processor_time(process)?;
    thread::sleep(time);
    Ok(100.0 * (processor_time(process)? - before) / time.as_secs_f64())
}

/// The seconds that all threads of a process ran, in the kernel too.
fn processor_time(process: u32) -> Result<f64, Failure> {
    let text = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name in parentheses may hold anything.
    let (_, fields) = text.rsplit_once(')').ok_or("no process")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<f64>).sum::<Result<f64, _>>()?;
    Ok(ticks / TICKS_PER_SECOND)
}
