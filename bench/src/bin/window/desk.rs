//! The desk with a hundred thousand visits of today: how soon it opens, finds and scrolls, and what it takes.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use hes_kiosk::code::Code;
use hes_kiosk::visits::{Config, KeySource, Pin, PinMemory, PinTry, Store, Use};
use hes_kiosk_bench::Failure;
use hes_kiosk_bench::log::Bare;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use tokio::runtime::Runtime;

use crate::display::{Area, Display, HAND, Key};
use crate::door::{self, Home, Window};
use crate::picture::Look;
use crate::{Bench, milliseconds, process, quantile, tell};

/// So many visits came today.
const VISITS: u64 = 100_000;

/// A frame at 30 a second.
const FRAME: Duration = Duration::from_millis(33);

/// How often the desk is opened, and each thing is done there.
const TIMES: usize = 20;

/// More than the list shows.
const PAGE: u32 = 100;

const PIN: &str = "730162";

/// A part of the keypad where nothing moves on the welcome screen. Small areas leave the processor to the window.
const PAD: Area = Area { left: 720, top: 400, width: 100, height: 160 };

/// The last column of the list, how long the service took: hardly two lines below each other have the same. A notch of
/// the wheel moves the list by a line.
const LIST: Area = Area { left: 686, top: 200, width: 90, height: 360 };

/// A place in the list.
const IN_LIST: (i16, i16) = (400, 400);

/// Where lines have the badge of who was admitted, and its colour.
const BADGES: Area = Area { left: 132, top: 200, width: 60, height: 360 };
const ADMIT: [u8; 3] = [0x00, 0x66, 0x3C];

/// What the kiosk's clock says in each run, whatever the hour is: earlier all of the day's times begin with the same
/// digit, so that a key finds no fewer visits.
const HOUR: i8 = 12;

/// The list is read to its end, or the memory has settled.
const SETTLED: Duration = Duration::from_secs(3);

pub fn measure(bench: &Bench) -> Result<(), Failure> {
    let mut home = Home::new(bench, "desk")?;
    let zone = zone();
    home.zones = Some(put_zone(&home, zone)?);
    home.show_all(&bench.lobby.empty)?;
    let log = Log::new(&home, zone)?;
    log.fill()?;
    give_pin(bench, &home)?;
    let bare = log.bare()?;
    let pin = log.pin()?;
    let display = door::display();
    let kiosk = home.open(bench, &display)?;
    let query = median(|| bare.page(VISITS + 1, None, PAGE))?;
    let search = median(|| bare.seek(log.morning.as_millisecond(), zone.seconds(), "0", PAGE))?;
    open_often(&display, &kiosk, pin, query)?;
    open(&display)?;
    thread::sleep(SETTLED);
    seek(&display, search)?;
    scroll(&display)
}

/// The zone in which it is [`HOUR`] o'clock.
fn zone() -> Offset {
    let hour = Timestamp::now().to_zoned(TimeZone::UTC).hour();
    Offset::constant(HOUR - hour)
}

/// Puts it into a folder of zones as the entrance's own. Names of zones count to the west.
fn put_zone(home: &Home, zone: Offset) -> Result<PathBuf, Failure> {
    let zones = home.path.join("zones");
    fs::create_dir_all(zones.join("Europe"))?;
    let hours = zone.seconds() / 3600;
    fs::copy(format!("/usr/share/zoneinfo/Etc/GMT{:+}", -hours), zones.join("Europe/Istanbul"))?;
    Ok(zones)
}

/// A log with a day's visits.
struct Log {
    config: Config,
    keys: PathBuf,
    /// When the day began.
    morning: Timestamp,
    runtime: Runtime,
}

impl Log {
    fn new(home: &Home, zone: Offset) -> Result<Self, Failure> {
        let keys = home.path.join(".local/share/hes-kiosk/keys/demo.key");
        let config = Config {
            path: home.path.join(".local/state/hes-kiosk/demo/visits.db"),
            keys: KeySource::File(keys.clone()),
            keep_holder: false,
            repeat: Duration::from_secs(30 * 60),
            retention_days: 30,
            exports: home.path.join(".local/state/hes-kiosk/exports"),
        };
        let morning = Timestamp::now().to_zoned(TimeZone::fixed(zone)).start_of_day()?.timestamp();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        Ok(Self { config, keys, morning, runtime })
    }

    fn fill(&self) -> Result<(), Failure> {
        let store = Store::open(self.config.clone(), Use::Command)?;
        let hash = self.runtime.block_on(store.hash(Code::parse("A1B2345670")?))?;
        drop(store);
        let first = self.morning.as_millisecond();
        self.bare()?.fill(VISITS, first, Timestamp::now().as_millisecond() - first, &hash.to_hex())?;
        // Whoever opens it first makes the write-ahead log again.
        drop(Store::open(self.config.clone(), Use::Command)?);
        Ok(())
    }

    /// A connection without our code.
    fn bare(&self) -> Result<Bare, Failure> {
        Bare::open(&self.config.path, &self.keys)
    }

    /// How long it takes to compare a PIN and record the try, without a window.
    fn pin(&self) -> Result<Duration, Failure> {
        let store = Store::open(self.config.clone(), Use::Command)?;
        let pin = Pin::parse(PIN)?;
        median(|| {
            let PinTry::Begun(credentials) = self.runtime.block_on(store.begin_pin_try())? else {
                return Err("no PIN is taken".into());
            };
            let person = credentials.person_of(&pin, &PinMemory::default()).cloned();
            self.runtime.block_on(store.end_pin_try(person))?;
            Ok(())
        })
    }
}

fn give_pin(bench: &Bench, home: &Home) -> Result<(), Failure> {
    let mut command = home.program(bench);
    command.args(["pin", "set", "Mehmet", "--role", "guard", "--pin-stdin"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    child.stdin.take().ok_or("no standard input")?.write_all(PIN.as_bytes())?;
    if child.wait()?.success() { Ok(()) } else { Err("the PIN was not taken".into()) }
}

/// Opens the desk from the visitor's screen, and tells how long its keypad and its list took.
fn open(display: &Display) -> Result<(Duration, Duration), Failure> {
    let before = display.picture_of(PAD);
    let asked = Instant::now();
    display.press(Key::F12);
    let pad = door::changes_from(display, PAD, &before)? - asked;
    display.type_text(PIN, HAND);
    thread::sleep(HAND);
    let entered = Instant::now();
    display.press(Key::Enter);
    let list = door::has(display, BADGES, ADMIT)? - entered;
    Ok((pad, list))
}

fn open_often(display: &Display, kiosk: &Window, pin: Duration, query: Duration) -> Result<(), Failure> {
    let (mut pads, mut lists, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let (pad, list) = open(display)?;
        pads.push(pad);
        lists.push(list);
        thread::sleep(SETTLED);
        memory.push(process::memory(kiosk.process())?.resident);
        display.press(Key::F12);
        door::shows(display, &[Look::Welcome])?;
    }
    report("F12 to the keypad", &mut pads, Duration::ZERO, "nothing is read");
    let beside = format!(
        "comparing the PIN and recording it take {:.1} ms, the bare query of {PAGE} visits {:.1} ms",
        milliseconds(pin),
        milliseconds(query)
    );
    report("the PIN's Enter to the newest visits", &mut lists, pin + query, &beside);
    let (second, last) = (memory.get(1).copied().unwrap_or(0.0), memory.last().copied().unwrap_or(0.0));
    let figures = format!("{second:.1} MiB when it was opened twice, {last:.1} MiB after {TIMES} times");
    tell("memory with the desk open", &figures, last <= second + 2.0);
    Ok(())
}

fn seek(display: &Display, query: Duration) -> Result<(), Failure> {
    let mut times = Vec::new();
    for _ in 0..TIMES {
        for digit in ["0", "0", "1"] {
            let before = display.picture_of(LIST);
            let pressed = Instant::now();
            display.type_text(digit, Duration::ZERO);
            times.push(door::changes_from(display, LIST, &before)? - pressed);
            thread::sleep(HAND);
        }
        let before = display.picture_of(LIST);
        display.press(Key::Escape);
        door::changes_from(display, LIST, &before)?;
        thread::sleep(HAND);
    }
    let beside = format!("the bare query takes {:.1} ms", milliseconds(query));
    report("a key of a search to its visits", &mut times, Duration::ZERO, &beside);
    Ok(())
}

fn scroll(display: &Display) -> Result<(), Failure> {
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let before = display.picture_of(LIST);
        let turned = Instant::now();
        display.turn_wheel(IN_LIST);
        times.push(door::changes_from(display, LIST, &before)? - turned);
        thread::sleep(HAND);
    }
    report("a notch of the wheel to the list", &mut times, Duration::ZERO, "nothing is read");
    Ok(())
}

/// Prints what 95 of 100 took beside a frame and what is allowed for besides.
fn report(measure: &str, times: &mut [Duration], allowed: Duration, beside: &str) {
    let (median, p95) = (quantile(times, 0.5), quantile(times, 0.95));
    let figures = format!(
        "p95 {:.1} ms of {} (median {:.1}), a frame is {:.0} ms; {beside}",
        milliseconds(p95),
        times.len(),
        milliseconds(median),
        milliseconds(FRAME)
    );
    tell(measure, &figures, p95 <= FRAME + allowed);
}

fn median(mut ask: impl FnMut() -> Result<(), Failure>) -> Result<Duration, Failure> {
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let started = Instant::now();
        ask()?;
        times.push(started.elapsed());
    }
    Ok(quantile(&mut times, 0.5))
}
