//! The scanner as the kiosk runs it.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use hes_kiosk::scan::{CameraState, Config, ScannerEvent, Supervisor, monotonic};
use image::{GrayImage, Luma};
use rustix::process::{Resource, Rlimit, Signal, prlimit};
use tempfile::TempDir;

use crate::PROGRAM;
use crate::pictures::{self, TEXT};
use crate::processes::{children, pid, send};

/// How long a test waits for what has no limit of its own, on a machine that has other work.
const PATIENCE: Duration = Duration::from_secs(20);

/// A hostile picture is shown for so many frames, then the visitor's for so many: longer than the second in
/// which another code, as some of the pictures hold, still counts as in view.
const HOSTILE_FRAMES: usize = 8;
const GOOD_FRAMES: usize = 60;

/// A scanner that looks at a folder.
pub struct Door {
    pub supervisor: Supervisor,
    pub folder: TempDir,
}

impl Door {
    pub fn new(folder: TempDir) -> Self {
        let source = format!("replay:{}", folder.path().display()).parse().unwrap();
        let supervisor = Supervisor::start(PROGRAM.into(), Config::of(source)).unwrap();
        Self { supervisor, folder }
    }

    /// A scanner that sees a visitor's code.
    pub async fn with_good_code() -> Self {
        let folder = tempfile::tempdir().unwrap();
        pictures::save_good(&folder.path().join("good.png"));
        let door = Self::new(folder);
        door.seen().await;
        door
    }

    async fn next(&self) -> ScannerEvent {
        tokio::time::timeout(PATIENCE, self.supervisor.next()).await.expect("nothing came in time")
    }

    /// The texts that are read until that of a frame captured after now is the visitor's, and the camera's
    /// states on the way.
    pub async fn seen(&self) -> (Vec<String>, Vec<CameraState>) {
        let start = monotonic();
        let (mut texts, mut states) = (Vec::new(), Vec::new());
        loop {
            assert!(monotonic() - start < 3 * PATIENCE, "the visitor's code was not read");
            match self.next().await {
                ScannerEvent::Reading { reading, captured } if reading.text == TEXT && captured >= start => {
                    return (texts, states);
                }
                ScannerEvent::Reading { reading, .. } => texts.push(reading.text),
                ScannerEvent::Camera(state) => states.push(state),
                _ => {}
            }
        }
    }

    /// The scanner's process, found by the folder that it looks at.
    pub fn scanner(&self) -> u32 {
        let folder = self.folder.path().to_str().unwrap();
        let is_ours = |pid: &u32| {
            fs::read_to_string(format!("/proc/{pid}/cmdline")).is_ok_and(|line| line.contains(folder))
        };
        children(std::process::id()).into_iter().find(is_ours).expect("there is no scanner")
    }

    /// The process of the scanner's decode worker, once it is there: on a machine with other work it may be
    /// late and be replaced.
    pub fn worker(&self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let [worker] = children(self.scanner())[..] {
                return worker;
            }
            assert!(Instant::now() < deadline, "there is no worker");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn link(from: &Path, folder: &TempDir, name: &str, frames: usize) {
    for number in 0..frames {
        std::os::unix::fs::symlink(from, folder.path().join(format!("{name}-{number:02}.png"))).unwrap();
    }
}

#[tokio::test]
async fn after_each_of_them_a_visitors_code_is_read_and_the_camera_is_not_opened_again() {
    let store = tempfile::tempdir().unwrap();
    let good = store.path().join("good.png");
    pictures::save_good(&good);
    let mut faults = Vec::new();
    for picture in pictures::all() {
        let hostile = store.path().join("hostile.png");
        picture.save(&hostile);
        let folder = tempfile::tempdir().unwrap();
        link(&hostile, &folder, "1-hostile", HOSTILE_FRAMES);
        link(&good, &folder, "2-good", GOOD_FRAMES);
        let (texts, states) = Door::new(folder).seen().await;
        let wrong: Vec<String> = texts.into_iter().filter(|text| !picture.may_show(text)).collect();
        if !wrong.is_empty() || states != [CameraState::Working] {
            faults.push(format!("{}: {wrong:?}, {states:?}", picture.name));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn a_decoder_that_hangs_is_killed_and_the_frames_after_it_are_read_by_another() {
    let door = Door::with_good_code().await;
    let (scanner, worker) = (door.scanner(), door.worker());
    send(worker, Signal::STOP);
    let (_, states) = door.seen().await;
    assert_eq!((states, door.scanner()), (Vec::new(), scanner));
    assert_ne!(door.worker(), worker);
}

#[tokio::test]
async fn a_decoder_without_memory_ends_and_the_frames_after_it_are_read_by_another() {
    let door = Door::with_good_code().await;
    let (scanner, worker) = (door.scanner(), door.worker());
    let nothing_more = Rlimit { current: Some(1), maximum: Some(1) };
    prlimit(Some(pid(worker)), Resource::As, nothing_more).unwrap();
    // More than the worker can have kept from the frames before.
    let large = GrayImage::from_pixel(4000, 4000, Luma([128]));
    let draft = door.folder.path().join("draft");
    large.save_with_format(&draft, image::ImageFormat::Png).unwrap();
    fs::rename(draft, door.folder.path().join("large.png")).unwrap();
    while children(scanner).contains(&worker) {
        door.seen().await;
    }
    let (_, states) = door.seen().await;
    assert_eq!((states, door.scanner()), (Vec::new(), scanner));
}
