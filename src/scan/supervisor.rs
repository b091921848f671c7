//! The kiosk's side of seeing: it keeps a scanner running and never makes anyone wait for it.
//!
//! One permanent thread starts the scanner, which dies with the thread that started it, and watches over
//! it; another reads what it writes. Whoever asks for the next event waits on channels alone.

use std::path::PathBuf;
use std::process::{Child, ChildStdout};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::Config;
use super::backoff::Backoff;
use super::camera::Control;
use super::child;
use super::frame::Preview;
use super::protocol::{CameraState, Message, Process, ProtocolError, read_message};
use super::sandbox::Gaps;
use super::watcher::Failure;
use crate::code::{Reading, Source};

/// A scanner that wrote nothing for so long hangs. Its heartbeats come four times a second.
const SILENCE_LIMIT: Duration = Duration::from_secs(3);

/// The wait after the scanner's first failure.
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// A scanner that ran for so long was a good one: the next failure is a first one again.
const GOOD_RUN: Duration = Duration::from_secs(10);

/// What the scanner saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScannerEvent {
    /// There is a picture for the screen. It comes once until that, or a newer one in its place, is taken.
    Preview(NewestPreview),
    /// A code is in view. It comes again and again while it stays there.
    Reading {
        /// What was read.
        reading: Reading,
        /// When the frame that showed it came from the camera, by [`super::monotonic`].
        captured: Duration,
    },
    /// The camera's state has changed.
    Camera(CameraState),
    /// The number of frames a second has changed that come from the camera.
    FrameRate(u8),
    /// Different HES codes are in view at once. It comes again and again while they stay there, without a
    /// reading of any of them.
    SeveralCodes,
}

/// A scanner that is kept running. Dropping this ends it.
pub struct Supervisor {
    /// What readers and the permanent thread have to say; the receiver is that thread.
    notices: SyncSender<Notice>,
    events: tokio::sync::Mutex<UnboundedReceiver<ScannerEvent>>,
    preview: NewestPreview,
    thread: Option<JoinHandle<()>>,
}

impl Supervisor {
    /// Keeps `program` running as a scanner that looks at what `config` says. It is started in the
    /// background, and failures to start it are events like others.
    ///
    /// # Errors
    /// The system refuses a thread.
    pub fn start(program: PathBuf, config: Config) -> std::io::Result<Self> {
        let (notices, received) = mpsc::sync_channel(8);
        let (sender, events) = unbounded_channel();
        let preview = NewestPreview::default();
        let watch = Watch {
            program,
            config,
            notice: notices.clone(),
            notices: received,
            published: Published {
                sender,
                preview: preview.clone(),
                camera: None,
                unmet: Vec::new(),
                confined: Vec::new(),
            },
        };
        let thread = thread::Builder::new().name("scanner".to_owned()).spawn(move || watch.run())?;
        Ok(Self { notices, events: tokio::sync::Mutex::new(events), preview, thread: Some(thread) })
    }

    /// Waits for the next event: readings and states in their order, and before the newest preview.
    ///
    /// It may be dropped at any time without losing an event.
    pub async fn next(&self) -> ScannerEvent {
        let mut events = self.events.lock().await;
        tokio::select! {
            biased;
            Some(event) = events.recv() => event,
            () = self.preview.filled() => ScannerEvent::Preview(self.preview.clone()),
        }
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        // Fails only where the thread has ended already.
        let _ = self.notices.send(Notice::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The newest picture, until it is taken: a window that is slower than the camera does not have its pictures pile up.
#[derive(Clone, Default)]
pub struct NewestPreview(Arc<PreviewSlot>);

#[derive(Default)]
struct PreviewSlot {
    preview: Mutex<Option<Preview>>,
    filled: Notify,
}

impl NewestPreview {
    /// The picture; `None` where it was taken already or is out of date.
    pub fn take(&self) -> Option<Preview> {
        self.put(None)
    }

    fn set(&self, preview: Option<Preview>) {
        let is_there = preview.is_some();
        if self.put(preview).is_none() && is_there {
            self.0.filled.notify_one();
        }
    }

    /// Puts a picture in the place of the one that waits.
    fn put(&self, preview: Option<Preview>) -> Option<Preview> {
        std::mem::replace(&mut *self.0.preview.lock().unwrap_or_else(PoisonError::into_inner), preview)
    }

    /// Waits until there is a picture where there was none.
    async fn filled(&self) {
        self.0.filled.notified().await;
    }
}

#[cfg(test)]
impl From<Preview> for NewestPreview {
    fn from(preview: Preview) -> Self {
        let newest = Self::default();
        newest.set(Some(preview));
        newest
    }
}

impl PartialEq for NewestPreview {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for NewestPreview {}

impl std::fmt::Debug for NewestPreview {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("NewestPreview")
    }
}

/// What the permanent thread is told. Each scanner has a number, so that one that was killed is not heard.
enum Notice {
    Message(u64, Message),
    Broken(u64, ProtocolError),
    Stop,
}

/// Why a scanner is not running any more.
#[derive(Debug, thiserror::Error)]
enum Ending {
    #[error("it can't be started: {0}")]
    NotStarted(#[from] std::io::Error),
    #[error(transparent)]
    Broken(#[from] ProtocolError),
    #[error("it hangs")]
    Silent,
    #[error("the kiosk ends")]
    Stopped,
}

/// The permanent thread's belongings.
struct Watch {
    program: PathBuf,
    config: Config,
    notice: SyncSender<Notice>,
    notices: Receiver<Notice>,
    published: Published,
}

impl Watch {
    fn run(mut self) {
        let mut backoff = Backoff::new(FIRST_WAIT);
        for number in 0.. {
            let start = Instant::now();
            let ending = self.run_scanner(number);
            if matches!(ending, Ending::Stopped) {
                return;
            }
            self.published.camera(CameraState::Restarting);
            if start.elapsed() >= GOOD_RUN {
                backoff.succeeded();
            }
            let wait = backoff.failed();
            tracing::warn!(reason = %ending, wait_ms = wait.as_millis() as u64, "the scanner is started again");
            if self.is_stopped_within(wait) {
                return;
            }
        }
    }

    /// Runs one scanner until it fails, and leaves nothing of it behind.
    fn run_scanner(&mut self, number: u64) -> Ending {
        let mut child = match self.spawn() {
            Ok(child) => child,
            Err(error) => return error.into(),
        };
        let ending = match child.stdout.take() {
            Some(stdout) => self.listen(number, stdout),
            None => ProtocolError::Ended.into(),
        };
        child::kill(&mut child);
        ending
    }

    fn spawn(&self) -> std::io::Result<Child> {
        let mut command = child::command(&self.program, "scanner");
        command.arg("--source").arg(self.config.source.to_string());
        command.arg("--fps").arg(self.config.frame_rate.to_string());
        if self.config.samples_without_camera {
            command.arg("--samples-without-camera");
        }
        let controls = &self.config.controls;
        command.arg("--focus").arg(controls.focus.to_string());
        command.arg("--exposure").arg(controls.exposure.to_string());
        command.arg("--power-line-frequency").arg(controls.power_line_frequency.to_string());
        command.arg("--mirror").arg(self.config.is_mirrored.to_string());
        command.spawn()
    }

    /// Publishes what scanner `number` writes, until it is not to be trusted any more.
    fn listen(&mut self, number: u64, stdout: ChildStdout) -> Ending {
        let notice = self.notice.clone();
        // It ends with the pipe, or when this thread has ended.
        let reader = thread::Builder::new().name("scanner output".to_owned());
        if let Err(error) = reader.spawn(move || read(number, stdout, &notice)) {
            return error.into();
        }
        let mut silent_since = Instant::now();
        loop {
            let patience = SILENCE_LIMIT.saturating_sub(silent_since.elapsed());
            match self.notices.recv_timeout(patience) {
                Ok(Notice::Message(from, message)) if from == number => {
                    silent_since = Instant::now();
                    self.published.message(message);
                }
                Ok(Notice::Broken(from, error)) if from == number => return error.into(),
                Ok(Notice::Message(..) | Notice::Broken(..)) => {}
                Ok(Notice::Stop) | Err(RecvTimeoutError::Disconnected) => return Ending::Stopped,
                Err(RecvTimeoutError::Timeout) => return Ending::Silent,
            }
        }
    }

    fn is_stopped_within(&self, wait: Duration) -> bool {
        let end = Instant::now() + wait;
        loop {
            match self.notices.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(Notice::Stop) | Err(RecvTimeoutError::Disconnected) => return true,
                // A scanner that was killed may have had something left to say.
                Ok(Notice::Message(..) | Notice::Broken(..)) => {}
                Err(RecvTimeoutError::Timeout) => return false,
            }
        }
    }
}

/// Reads messages until one is broken or nobody listens.
fn read(number: u64, mut stdout: ChildStdout, notice: &SyncSender<Notice>) {
    loop {
        let (said, is_last) = match read_message(&mut stdout) {
            Ok(message) => (Notice::Message(number, message), false),
            Err(error) => (Notice::Broken(number, error), true),
        };
        if notice.send(said).is_err() || is_last {
            return;
        }
    }
}

/// Where events go.
struct Published {
    sender: UnboundedSender<ScannerEvent>,
    preview: NewestPreview,
    camera: Option<CameraState>,
    unmet: Vec<Control>,
    /// What is known of the scanner's and the worker's confinement.
    confined: Vec<(Process, Gaps)>,
}

impl Published {
    fn message(&mut self, message: Message) {
        match message {
            Message::Preview(preview) => self.preview.set(Some(preview)),
            Message::Reading { text, captured } => {
                let reading = Reading { text, source: Source::Camera };
                self.send(ScannerEvent::Reading { reading, captured });
            }
            Message::Heartbeat => {}
            Message::Camera(state) => self.camera(state),
            Message::SeveralCodes => self.send(ScannerEvent::SeveralCodes),
            Message::FrameRate(rate) => self.send(ScannerEvent::FrameRate(rate)),
            Message::Unmet(controls) => self.unmet(controls),
            Message::Failure(failure) => log_failure(&failure),
            Message::Confined(process, gaps) => self.confined(process, gaps),
        }
    }

    fn unmet(&mut self, controls: Vec<Control>) {
        // A camera that fails is opened every other second.
        if self.unmet != controls {
            let settings: Vec<&str> = controls.iter().map(|control| control.name()).collect();
            tracing::warn!(settings = settings.join(", "), "the camera does not have these settings");
            self.unmet = controls;
        }
    }

    fn camera(&mut self, state: CameraState) {
        // A scanner ends because of a camera that stalls: what is wrong is known.
        if state == CameraState::Restarting && self.camera == Some(CameraState::Stalled) {
            return;
        }
        if !state.sees() {
            // What the camera saw before is not to be taken for what it sees.
            self.preview.set(None);
        }
        if self.camera.replace(state) != Some(state) {
            tracing::info!(state = state.name(), "camera");
            self.send(ScannerEvent::Camera(state));
        }
    }

    /// Says once for each process what holds it back: all that are started later are like it.
    fn confined(&mut self, process: Process, gaps: Gaps) {
        if self.confined.contains(&(process, gaps)) {
            return;
        }
        self.confined.retain(|(known, _)| *known != process);
        self.confined.push((process, gaps));
        if gaps == Gaps::default() {
            tracing::info!(?process, "confined");
        } else {
            tracing::warn!(?process, missing = %gaps, "not confined: the system lacks the means");
        }
    }

    fn send(&self, event: ScannerEvent) {
        // Fails only where nobody can ask any more.
        let _ = self.sender.send(event);
    }
}

fn log_failure(failure: &Failure) {
    let pause_ms = failure.pause.as_millis() as u64;
    match failure.decoder {
        Some(decoder) => {
            tracing::warn!(decoder = decoder.name(), reason = %failure.error, pause_ms, "a decoder is left out");
        }
        None => tracing::warn!(reason = %failure.error, pause_ms, "the decode worker is started again"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preview(shade: u8) -> Preview {
        Preview::new(1, 1, vec![shade, shade, shade, 255]).unwrap()
    }

    /// Whether the window is told of a picture now.
    async fn is_told(newest: &NewestPreview) -> bool {
        tokio::time::timeout(Duration::ZERO, newest.filled()).await.is_ok()
    }

    #[tokio::test]
    async fn a_window_that_is_slow_is_told_once_and_gets_the_newest_picture() {
        let newest = NewestPreview::default();
        let mut told = 0;
        for shade in 0..100 {
            newest.set(Some(preview(shade)));
            told += usize::from(is_told(&newest).await);
        }
        assert_eq!((told, newest.take()), (1, Some(preview(99))));
    }

    #[tokio::test]
    async fn a_window_that_took_a_picture_is_told_of_the_next() {
        let newest = NewestPreview::from(preview(1));
        assert!(is_told(&newest).await && newest.take().is_some());
        newest.set(Some(preview(2)));
        assert!(is_told(&newest).await);
    }
}
