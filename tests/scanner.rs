//! The processes that see: whatever happens to them, readings come back, and nothing of them remains.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod processes;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use hes_kiosk::scan::{CameraState, Config, ScannerEvent, Supervisor};
use processes::{children, is_gone, send, status};
use rustix::process::Signal;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_hes-kiosk");
const TEXT: &str = "0123456789abcdef0123456789abcdef|A1B2345678";

/// The promise of the kiosk: whatever happens, it sees again within this time.
const RECOVERY: Duration = Duration::from_secs(10);

/// A supervised scanner that looks at a folder of its own with one code in it.
struct Kiosk {
    supervisor: Supervisor,
    folder: TempDir,
}

impl Kiosk {
    fn start() -> Self {
        Self::start_program(PathBuf::from(PROGRAM))
    }

    fn start_program(program: PathBuf) -> Self {
        let folder = folder_with_a_code();
        let supervisor = Supervisor::start(program, config(&replay(&folder))).unwrap();
        Self { supervisor, folder }
    }

    /// Waits for a reading that is not older than this call.
    async fn sees(&self) {
        while within(Duration::ZERO, &self.supervisor).await.is_some() {}
        let reading = wait_for(&self.supervisor, |event| matches!(event, ScannerEvent::Reading { .. })).await;
        let ScannerEvent::Reading { reading, .. } = reading else { unreachable!() };
        assert_eq!(reading.text, TEXT);
    }

    /// The scanner, found by the folder that it looks at.
    fn scanner(&self) -> u32 {
        let folder = self.folder.path().to_str().unwrap();
        let children = children(std::process::id());
        children
            .into_iter()
            .find(|pid| {
                fs::read_to_string(format!("/proc/{pid}/cmdline")).is_ok_and(|line| line.contains(folder))
            })
            .expect("there is no scanner")
    }

    fn worker(&self) -> u32 {
        let [worker] = children(self.scanner())[..] else { panic!("not one worker") };
        worker
    }
}

fn folder_with_a_code() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/code.png");
    std::os::unix::fs::symlink(picture, folder.path().join("code.png")).unwrap();
    folder
}

fn replay(folder: &TempDir) -> String {
    format!("replay:{}", folder.path().display())
}

fn config(source: &str) -> Config {
    Config::of(source.parse().unwrap())
}

async fn within(limit: Duration, supervisor: &Supervisor) -> Option<ScannerEvent> {
    tokio::time::timeout(limit, supervisor.next()).await.ok()
}

async fn wait_for(supervisor: &Supervisor, wanted: impl Fn(&ScannerEvent) -> bool) -> ScannerEvent {
    let deadline = Instant::now() + RECOVERY;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let event = within(left, supervisor).await.expect("the event did not come in time");
        if wanted(&event) {
            return event;
        }
    }
}

fn poll(what: &str, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + RECOVERY;
    while !condition() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A scanner that is nobody's but the test's.
fn lone_scanner(folder: &TempDir, parent: u32) -> Child {
    Command::new(PROGRAM)
        .args(["scanner", "--fps", "30", "--source", &replay(folder), "--parent", &parent.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A program in place of the scanner: a shell script that notes each of its starts in the file `starts`.
fn fake_scanner(folder: &Path, what_it_does: &str) -> PathBuf {
    let path = folder.join("fake");
    let starts = folder.join("starts");
    fs::write(&path, format!("#!/bin/sh\necho start >> {}\n{what_it_does}\n", starts.display())).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn starts(folder: &Path) -> usize {
    fs::read_to_string(folder.join("starts")).map_or(0, |starts| starts.lines().count())
}

#[tokio::test]
async fn a_code_in_view_is_read() {
    Kiosk::start().sees().await;
}

#[tokio::test]
async fn the_screen_gets_small_mirrored_pictures() {
    let kiosk = Kiosk::start();
    let event = wait_for(&kiosk.supervisor, |event| matches!(event, ScannerEvent::Preview(_))).await;
    let ScannerEvent::Preview(newest) = event else { unreachable!() };
    let preview = newest.take().unwrap();
    assert_eq!((preview.width(), preview.height()), (222, 222));
    // The finder pattern that a QR code lacks is at the bottom right, in a mirror at the bottom left.
    let dark = |column: usize, row: usize| preview.rgba()[4 * (row * 222 + column)] < 128;
    assert!(dark(27, 27) && dark(222 - 27, 27) && dark(222 - 27, 222 - 27) && !dark(27, 222 - 27));
}

#[tokio::test]
async fn a_preview_that_is_no_mirror_shows_what_the_camera_sees() {
    let folder = folder_with_a_code();
    let config = Config { is_mirrored: false, ..config(&replay(&folder)) };
    let supervisor = Supervisor::start(PROGRAM.into(), config).unwrap();
    let event = wait_for(&supervisor, |event| matches!(event, ScannerEvent::Preview(_))).await;
    let ScannerEvent::Preview(newest) = event else { unreachable!() };
    let preview = newest.take().unwrap();
    let dark = |column: usize, row: usize| preview.rgba()[4 * (row * 222 + column)] < 128;
    assert!(dark(27, 222 - 27) && !dark(222 - 27, 222 - 27));
}

#[tokio::test]
async fn a_camera_that_sends_frames_is_said_to_work() {
    let kiosk = Kiosk::start();
    wait_for(&kiosk.supervisor, |event| *event == ScannerEvent::Camera(CameraState::Working)).await;
}

#[tokio::test]
async fn a_killed_scanner_comes_back() {
    let kiosk = Kiosk::start();
    kiosk.sees().await;
    let scanner = kiosk.scanner();
    send(scanner, Signal::KILL);
    wait_for(&kiosk.supervisor, |event| *event == ScannerEvent::Camera(CameraState::Restarting)).await;
    kiosk.sees().await;
    assert_ne!(kiosk.scanner(), scanner);
}

#[tokio::test]
async fn a_stopped_scanner_is_replaced_within_ten_seconds() {
    let kiosk = Kiosk::start();
    kiosk.sees().await;
    let (scanner, worker) = (kiosk.scanner(), kiosk.worker());
    let start = Instant::now();
    send(scanner, Signal::STOP);
    wait_for(&kiosk.supervisor, |event| *event == ScannerEvent::Camera(CameraState::Restarting)).await;
    kiosk.sees().await;
    assert!(start.elapsed() < RECOVERY);
    poll("the stopped scanner and its worker remain", || is_gone(scanner) && is_gone(worker));
}

#[tokio::test]
async fn a_killed_worker_is_replaced_under_the_same_scanner() {
    worker_is_replaced_after(Signal::KILL).await;
}

#[tokio::test]
async fn a_stopped_worker_is_replaced_under_the_same_scanner() {
    worker_is_replaced_after(Signal::STOP).await;
}

async fn worker_is_replaced_after(signal: Signal) {
    let kiosk = Kiosk::start();
    kiosk.sees().await;
    let (scanner, worker) = (kiosk.scanner(), kiosk.worker());
    let start = Instant::now();
    send(worker, signal);
    poll("the worker remains", || is_gone(worker));
    kiosk.sees().await;
    assert!(start.elapsed() < RECOVERY);
    assert_eq!(kiosk.scanner(), scanner);
    assert_ne!(kiosk.worker(), worker);
}

#[tokio::test]
async fn nothing_remains_of_a_supervisor_that_was_dropped() {
    let kiosk = Kiosk::start();
    kiosk.sees().await;
    let (scanner, worker) = (kiosk.scanner(), kiosk.worker());
    drop(kiosk);
    assert!(status(scanner).is_none(), "the scanner was not reaped");
    poll("the worker remains", || is_gone(worker));
}

#[tokio::test]
async fn children_start_with_an_empty_environment() {
    let kiosk = Kiosk::start();
    kiosk.sees().await;
    for pid in [kiosk.scanner(), kiosk.worker()] {
        assert_eq!(fs::read(format!("/proc/{pid}/environ")).unwrap(), b"", "{pid}");
    }
}

#[tokio::test]
async fn a_program_that_was_replaced_while_it_runs_still_finds_its_worker() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("hes-kiosk");
    fs::copy(PROGRAM, &program).unwrap();
    let kiosk = Kiosk::start_program(program.clone());
    kiosk.sees().await;
    fs::remove_file(program).unwrap();
    let worker = kiosk.worker();
    send(worker, Signal::KILL);
    poll("the worker remains", || is_gone(worker));
    kiosk.sees().await;
}

#[tokio::test]
async fn without_a_camera_the_scanner_says_so_and_keeps_running() {
    let supervisor = Supervisor::start(PROGRAM.into(), config("device:987")).unwrap();
    wait_for(&supervisor, |event| *event == ScannerEvent::Camera(CameraState::Missing)).await;
    // Longer than a scanner may be silent.
    assert_eq!(within(Duration::from_secs(4), &supervisor).await, None);
}

#[tokio::test]
async fn a_picture_that_appears_where_there_was_none_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let supervisor = Supervisor::start(PROGRAM.into(), config(&replay(&folder))).unwrap();
    wait_for(&supervisor, |event| *event == ScannerEvent::Camera(CameraState::Missing)).await;
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/code.png");
    std::os::unix::fs::symlink(picture, folder.path().join("code.png")).unwrap();
    wait_for(&supervisor, |event| matches!(event, ScannerEvent::Reading { .. })).await;
}

#[tokio::test]
async fn a_camera_that_is_unplugged_is_said_to_be_and_works_again_when_it_is_back() {
    let kiosk = Kiosk::start();
    kiosk.sees().await;
    let scanner = kiosk.scanner();
    let (picture, away) = (kiosk.folder.path().join("code.png"), kiosk.folder.path().join("away"));
    fs::rename(&picture, &away).unwrap();
    wait_for(&kiosk.supervisor, |event| *event == ScannerEvent::Camera(CameraState::Unplugged)).await;
    fs::rename(&away, &picture).unwrap();
    wait_for(&kiosk.supervisor, |event| *event == ScannerEvent::Camera(CameraState::Working)).await;
    kiosk.sees().await;
    assert_eq!(kiosk.scanner(), scanner, "the scanner goes on");
}

#[tokio::test]
async fn a_camera_that_sends_broken_pictures_is_said_to_and_works_again_when_they_are_whole() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("code.jpg");
    fs::write(&picture, "no JPEG").unwrap();
    let supervisor = Supervisor::start(PROGRAM.into(), config(&replay(&folder))).unwrap();
    wait_for(&supervisor, |event| *event == ScannerEvent::Camera(CameraState::Damaged)).await;
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/code.png"), &picture).unwrap();
    wait_for(&supervisor, |event| *event == ScannerEvent::Camera(CameraState::Working)).await;
}

#[tokio::test]
async fn a_camera_that_sends_two_frames_a_second_is_said_to_be_slow() {
    let folder = folder_with_a_code();
    let config = Config { frame_rate: "2".parse().unwrap(), ..config(&replay(&folder)) };
    let supervisor = Supervisor::start(PROGRAM.into(), config).unwrap();
    wait_for(&supervisor, |event| *event == ScannerEvent::Camera(CameraState::Slow)).await;
}

#[tokio::test]
async fn a_scanner_tells_how_many_frames_a_second_come_from_its_camera() {
    let folder = folder_with_a_code();
    let config = Config { frame_rate: "2".parse().unwrap(), ..config(&replay(&folder)) };
    let supervisor = Supervisor::start(PROGRAM.into(), config).unwrap();
    wait_for(&supervisor, |event| *event == ScannerEvent::FrameRate(2)).await;
}

#[tokio::test]
async fn where_there_is_no_camera_the_demo_shows_samples() {
    let config = Config { samples_without_camera: true, ..config("auto") };
    let supervisor = Supervisor::start(PROGRAM.into(), config).unwrap();
    wait_for(&supervisor, |event| matches!(event, ScannerEvent::Preview(_))).await;
}

#[tokio::test]
async fn a_scanner_that_writes_nonsense_is_killed_and_started_again_ever_more_slowly() {
    let folder = tempfile::tempdir().unwrap();
    let program = fake_scanner(folder.path(), "while :; do echo nonsense; done");
    let start = Instant::now();
    let supervisor = Supervisor::start(program, config("auto")).unwrap();
    wait_for(&supervisor, |event| *event == ScannerEvent::Camera(CameraState::Restarting)).await;
    poll("it is not started four times", || starts(folder.path()) >= 4);
    // 200, 400 and 800 ms lie between four starts.
    assert!(start.elapsed() >= Duration::from_millis(1400));
    drop(supervisor);
    assert_eq!(children_that_run(folder.path()), 0);
}

#[tokio::test]
async fn a_scanner_that_says_nothing_is_killed_and_started_again() {
    let folder = tempfile::tempdir().unwrap();
    let program = fake_scanner(folder.path(), "exec /bin/sleep 1000");
    let supervisor = Supervisor::start(program, config("auto")).unwrap();
    wait_for(&supervisor, |event| *event == ScannerEvent::Camera(CameraState::Restarting)).await;
    poll("it is not started twice", || starts(folder.path()) >= 2);
}

#[tokio::test]
async fn a_program_that_can_not_be_started_is_a_camera_that_is_restarting() {
    let supervisor = Supervisor::start("/nonexistent/program".into(), config("auto")).unwrap();
    wait_for(&supervisor, |event| *event == ScannerEvent::Camera(CameraState::Restarting)).await;
}

fn children_that_run(folder: &Path) -> usize {
    let folder = folder.to_str().unwrap();
    let lines = children(std::process::id())
        .into_iter()
        .map(|pid| fs::read_to_string(format!("/proc/{pid}/cmdline")));
    lines.filter(|line| line.as_ref().is_ok_and(|line| line.contains(folder))).count()
}

#[test]
fn the_worker_dies_with_a_scanner_that_was_killed() {
    let folder = folder_with_a_code();
    let mut scanner = lone_scanner(&folder, std::process::id());
    poll("there is no worker", || !children(scanner.id()).is_empty());
    let worker = children(scanner.id())[0];
    scanner.kill().unwrap();
    scanner.wait().unwrap();
    poll("the worker remains", || is_gone(worker));
}

#[test]
fn a_stopped_worker_dies_with_a_scanner_that_was_killed() {
    let folder = folder_with_a_code();
    let mut scanner = lone_scanner(&folder, std::process::id());
    poll("there is no worker", || !children(scanner.id()).is_empty());
    let worker = children(scanner.id())[0];
    // It has asked to die with its parent before it gives up memory, which its parent has not given up.
    let limits = format!("/proc/{worker}/limits");
    let memory = (512 << 20).to_string();
    let is_confined = || fs::read_to_string(&limits).is_ok_and(|limits| limits.contains(&memory));
    poll("the worker is not confined", is_confined);
    send(worker, Signal::STOP);
    scanner.kill().unwrap();
    scanner.wait().unwrap();
    poll("the worker remains", || is_gone(worker));
}

#[test]
fn a_scanner_ends_when_its_standard_input_does() {
    let folder = folder_with_a_code();
    let mut scanner = lone_scanner(&folder, std::process::id());
    drop(scanner.stdin.take());
    scanner.wait().unwrap();
}

#[test]
fn a_scanner_whose_parent_is_another_ends_at_once() {
    let folder = folder_with_a_code();
    let mut scanner = lone_scanner(&folder, 1);
    assert_eq!(scanner.wait().unwrap().code(), Some(2));
}
