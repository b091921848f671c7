//! The scanner: the process that owns the camera.
//!
//! Four threads. *Capture* reads the camera and reports progress; *decode* gives the newest frame to the
//! decode worker and restarts that when it fails; *output* writes messages; the main thread waits for the
//! end of standard input, which is the end of the kiosk. A panic in any of them ends the process, and so
//! does a camera that stopped sending: the supervisor starts a new one.

use std::collections::VecDeque;
use std::io;
use std::process;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Config;
use super::camera::{Camera, CameraError, Captured, Health, Quality};
use super::child;
use super::frame::{Frame, Preview};
use super::protocol::{Message, Process, write_message};
use super::readings::Readings;
use super::sandbox;
use super::stillness::Stillness;
use super::watcher::{Notice, Pace, Watcher};
use super::worker::Look;

/// The time between two heartbeats.
const HEARTBEAT_INTERVAL: Duration = Duration::from_millis(250);

/// The time between two attempts to open a camera.
const CAMERA_RETRY_INTERVAL: Duration = Duration::from_secs(2);

/// The exit status of a scanner that gave up; its supervisor starts another whatever it is.
const GAVE_UP: i32 = 1;

/// Confines this process and runs the scanner until standard input ends.
///
/// # Errors
/// The system refuses a thread.
pub fn run(config: Config) -> io::Result<()> {
    // Nobody reads a message.
    std::panic::set_hook(Box::new(|_| {}));
    let output = Arc::new(Output::default());
    output.send(Message::Confined(Process::Scanner, sandbox::confine_scanner(&config.source)));
    let frames = Arc::new(Newest::default());
    let (to_write, readings) = (Arc::clone(&output), Arc::clone(&output));
    let seen = Arc::clone(&frames);
    spawn("output", move || to_write.write())?;
    spawn("decode", move || decode(&seen, &readings))?;
    spawn("capture", move || capture(&config, &frames, &output))?;
    io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    Ok(())
}

/// Starts a thread without which the process is of no use.
fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn(move || {
        let _end = EndOnPanic;
        work();
    })?;
    Ok(())
}

/// Ends the process when a panic drops it.
struct EndOnPanic;

impl Drop for EndOnPanic {
    fn drop(&mut self) {
        if thread::panicking() {
            process::exit(GAVE_UP);
        }
    }
}

/// A place for one thing, where a newer one takes the place of the one that nobody took.
struct Newest<T> {
    place: Mutex<Option<T>>,
    filled: Condvar,
}

impl<T> Default for Newest<T> {
    fn default() -> Self {
        Self { place: Mutex::new(None), filled: Condvar::new() }
    }
}

impl<T> Newest<T> {
    fn put(&self, thing: T) {
        *lock(&self.place) = Some(thing);
        self.filled.notify_one();
    }

    /// Waits until there is something.
    fn take(&self) -> T {
        let mut place = lock(&self.place);
        loop {
            if let Some(thing) = place.take() {
                return thing;
            }
            place = self.filled.wait(place).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A lock that a panic can't have poisoned: each panic ends the process.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads the camera and opens it again whenever it fails. Each heartbeat stands for progress here: where a
/// call into the camera's driver blocks, there are none.
fn capture(config: &Config, frames: &Newest<Frame>, output: &Output) {
    let mut heartbeat = Heartbeat::new(output);
    let mut config = config.clone();
    let mut has_worked = false;
    loop {
        let error = match Camera::open(&config, &mut || heartbeat.beat()) {
            Ok(mut camera) => {
                has_worked |= camera.is_meant();
                // Where a camera was nothing stands in for it: it is missed.
                config.samples_without_camera &= !has_worked;
                output.send(Message::Unmet(camera.unmet().to_vec()));
                watch(&mut camera, config.is_mirrored, frames, output, &mut heartbeat)
            }
            Err(error) => error,
        };
        output.send(Message::Camera(error.state(has_worked)));
        if error == CameraError::Stalled {
            output.end();
            return;
        }
        let retry = Instant::now() + CAMERA_RETRY_INTERVAL;
        while Instant::now() < retry {
            heartbeat.beat();
            thread::sleep(HEARTBEAT_INTERVAL);
        }
    }
}

/// Passes the camera's frames on until it fails.
fn watch(
    camera: &mut Camera,
    is_mirrored: bool,
    frames: &Newest<Frame>,
    output: &Output,
    heartbeat: &mut Heartbeat<'_>,
) -> CameraError {
    let mut health = Health::new(Instant::now());
    let (mut state, mut rate) = (None, None);
    let mut stillness = Stillness::default();
    loop {
        let captured = match camera.next(HEARTBEAT_INTERVAL) {
            Ok(captured) => captured,
            Err(error) => return error,
        };
        let now = Instant::now();
        if let Some(captured) = &captured {
            health.note(Quality::of(captured), now);
        }
        if let Some(now_known) = health.state(now)
            && state.replace(now_known) != Some(now_known)
        {
            output.send(Message::Camera(now_known));
        }
        if let Some(now_known) = health.rate(now)
            && rate.replace(now_known) != Some(now_known)
        {
            output.send(Message::FrameRate(now_known));
        }
        if let Some(Captured::Frame(mut frame)) = captured {
            if let Some(preview) = frame.preview.take()
                && stillness.ends_with(&preview, now)
            {
                output.show(if is_mirrored { preview } else { preview.mirrored() });
            }
            frames.put(frame);
        }
        heartbeat.beat();
    }
}

/// Sends a heartbeat where one is due.
struct Heartbeat<'output> {
    output: &'output Output,
    next: Instant,
}

impl<'output> Heartbeat<'output> {
    fn new(output: &'output Output) -> Self {
        Self { output, next: Instant::now() }
    }

    fn beat(&mut self) {
        let now = Instant::now();
        if now >= self.next {
            self.output.send(Message::Heartbeat);
            self.next = now + HEARTBEAT_INTERVAL;
        }
    }
}

/// Has each newest frame decoded and sends what is read.
fn decode(frames: &Newest<Frame>, output: &Output) {
    let mut tell = |notice| {
        output.send(match notice {
            Notice::Started(gaps) => Message::Confined(Process::DecodeWorker, gaps),
            Notice::Failed(failure) => Message::Failure(failure),
        });
    };
    let mut watcher = Watcher::new(child::program(), &mut tell);
    let mut attention = Attention::new(Instant::now());
    loop {
        let Frame { luma, captured, .. } = frames.take();
        if let Some(message) = attention.frame(captured, Instant::now(), || watcher.look(&luma)) {
            output.send(message);
        }
    }
}

/// Which frames are looked at, and what is said of them.
struct Attention {
    pace: Pace,
    readings: Readings,
}

impl Attention {
    fn new(now: Instant) -> Self {
        Self { pace: Pace::new(now), readings: Readings::default() }
    }

    /// What is to be said of a frame that comes `now`, after a `look` at it where one is due.
    fn frame(&mut self, captured: Duration, now: Instant, look: impl FnOnce() -> Look) -> Option<Message> {
        if !self.pace.is_due(now) {
            return None;
        }
        let look = look();
        self.pace.seen(look.is_promising, now);
        self.readings.note(&look.found, captured, now)
    }
}

/// What waits to be written. Where the supervisor reads slowly, previews are dropped, readings never.
#[derive(Default)]
struct Output {
    waiting: Mutex<Waiting>,
    filled: Condvar,
}

#[derive(Default)]
struct Waiting {
    messages: VecDeque<Message>,
    preview: Option<Preview>,
    has_ended: bool,
}

impl Output {
    fn send(&self, message: Message) {
        let mut waiting = lock(&self.waiting);
        // What nobody has read yet need not be said twice.
        let is_known = waiting.messages.back().is_some_and(|last| *last == message);
        if !is_known {
            waiting.messages.push_back(message);
        }
        self.filled.notify_one();
    }

    fn show(&self, preview: Preview) {
        lock(&self.waiting).preview = Some(preview);
        self.filled.notify_one();
    }

    /// Ends the process when all messages are written.
    fn end(&self) {
        lock(&self.waiting).has_ended = true;
        self.filled.notify_one();
    }

    /// Writes messages to standard output for as long as somebody reads them.
    fn write(&self) {
        let mut stdout = io::stdout().lock();
        while let Some(message) = self.next() {
            if write_message(&mut stdout, &message).is_err() {
                break;
            }
        }
        process::exit(GAVE_UP);
    }

    /// The next message, as soon as there is one; `None` at the end.
    fn next(&self) -> Option<Message> {
        let mut waiting = lock(&self.waiting);
        loop {
            if let Some(message) = waiting.messages.pop_front() {
                return Some(message);
            }
            if waiting.has_ended {
                return None;
            }
            if let Some(preview) = waiting.preview.take() {
                return Some(Message::Preview(preview));
            }
            waiting = self.filled.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::scan::frame::Luma;
    use crate::scan::strategy::Strategy;

    /// The real strategy, which sees 30 frames a second that come when the story says.
    struct Eyes {
        attention: Attention,
        strategy: Strategy,
        now: Instant,
        looks: usize,
    }

    impl Eyes {
        fn new() -> Self {
            let now = Instant::now();
            Self { attention: Attention::new(now), strategy: Strategy::default(), now, looks: 0 }
        }

        /// Shows `frame` once and tells whether a code was read in it.
        fn see(&mut self, frame: &Luma) -> bool {
            self.now += Duration::from_secs(1) / 30;
            let look = || {
                self.looks += 1;
                self.strategy.look(frame, &mut |_| true)
            };
            let message = self.attention.frame(Duration::ZERO, self.now, look);
            matches!(message, Some(Message::Reading { .. }))
        }

        /// How many frames of a second are looked at, in which somebody walks through the lobby.
        fn looks_in_a_second_of_walking(&mut self) -> usize {
            let before = self.looks;
            for frame in 0..30 {
                let walker = lobby_with_walker(frame);
                assert!(!self.see(&walker));
            }
            self.looks - before
        }
    }

    fn picture(name: &str) -> Luma {
        Luma::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
    }

    /// The demo's lobby, and in it a dark figure with a head and a striped coat, further right in each frame.
    fn lobby_with_walker(frame: u32) -> Luma {
        let lobby = picture("assets/samples/lobby.jpg");
        let (width, height) = (lobby.width(), lobby.height());
        let (middle, reach) = (width * frame / 30, width / 12);
        let shade = |(place, &pixel): (u32, &u8)| {
            let (across, down) = ((place % width).abs_diff(middle), place / width);
            let is_head = across.pow(2) + down.abs_diff(height / 4).pow(2) < (reach / 2).pow(2);
            let is_coat = across < reach && down > height / 3;
            match (is_head, is_coat) {
                (true, _) => 150,
                (_, true) => 40 + 50 * (across / 8 % 2) as u8,
                _ => pixel,
            }
        };
        Luma::new(width, height, (0..).zip(lobby.pixels()).map(shade).collect()).unwrap()
    }

    #[test]
    fn people_who_walk_by_slow_the_scanner_down_and_the_first_code_brings_it_back() {
        let mut eyes = Eyes::new();
        assert_eq!(eyes.looks_in_a_second_of_walking(), 30);
        eyes.now += Duration::from_secs(60);
        assert_eq!(eyes.looks_in_a_second_of_walking(), 5, "after a minute");
        let code = picture("tests/fixtures/code.png");
        // The sixth frame at the latest is looked at.
        assert!((0..6).any(|_| eyes.see(&code)));
        assert_eq!(eyes.looks_in_a_second_of_walking(), 30, "after a code");
    }

    fn preview(shade: u8) -> Preview {
        Preview::new(1, 1, vec![shade, shade, shade, 255]).unwrap()
    }

    fn reading(text: &str) -> Message {
        Message::Reading { text: text.to_owned(), captured: Duration::ZERO }
    }

    #[test]
    fn the_newest_takes_the_place_of_what_nobody_took() {
        let newest = Newest::default();
        newest.put(1);
        newest.put(2);
        assert_eq!(newest.take(), 2);
    }

    #[test]
    fn all_readings_are_written_before_the_newest_preview_alone() {
        let output = Output::default();
        output.show(preview(1));
        output.send(reading("first"));
        output.show(preview(2));
        output.send(reading("second"));
        output.end();
        let texts: Vec<Option<String>> = std::iter::from_fn(|| output.next())
            .map(|message| if let Message::Reading { text, .. } = message { Some(text) } else { None })
            .collect();
        assert_eq!(texts, [Some("first".to_owned()), Some("second".to_owned())]);
    }

    #[test]
    fn only_the_newest_preview_waits() {
        let output = Output::default();
        output.show(preview(1));
        output.show(preview(2));
        assert!(output.next() == Some(Message::Preview(preview(2))));
    }

    #[test]
    fn heartbeats_that_nobody_reads_do_not_pile_up() {
        let output = Output::default();
        for _ in 0..1000 {
            output.send(Message::Heartbeat);
        }
        assert_eq!(lock(&output.waiting).messages.len(), 1);
    }
}
