//! The scanner and a webcam, in a VM: whatever the camera does, its state is told and it is seen again
//! afterwards, by the same kiosk. `make test-camera` runs it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod camera;
mod descriptors;
mod usb;

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use camera::{Camera, View};
use descriptors::{Encoding, Offer};
use hes_kiosk::scan::{CameraState, Config, FrameRate, ScannerEvent, Supervisor};

const PROGRAM: &str = env!("CARGO_BIN_EXE_hes-kiosk");

/// The code in the picture that the camera shows.
const CODE: &str = "A1B2345670";

/// How long anything may take on a machine without acceleration for VMs that does other things besides.
const PATIENCE: Duration = Duration::from_secs(90);

const NAME: &str = "Lobby Camera";

/// What common webcams offer.
const WEBCAM: [Offer; 3] = [
    Offer { encoding: Encoding::Yuyv, width: 640, height: 480, frame_rates: &[30, 15] },
    Offer { encoding: Encoding::Yuyv, width: 1280, height: 720, frame_rates: &[10, 5] },
    Offer { encoding: Encoding::Mjpeg, width: 1280, height: 720, frame_rates: &[30, 15, 5] },
];

fn webcam() -> Camera {
    Camera::plug(NAME, &WEBCAM)
}

/// A kiosk's eyes.
struct Kiosk {
    supervisor: Supervisor,
}

impl Kiosk {
    fn looking_at(source: &str) -> Self {
        Self::of_program(PROGRAM.into(), source)
    }

    fn of_program(program: PathBuf, source: &str) -> Self {
        let source = source.parse().unwrap();
        let config = Config { source, frame_rate: FrameRate::DEFAULT, samples_without_camera: false };
        Self { supervisor: Supervisor::start(program, config).unwrap() }
    }

    /// Waits for an event that has not been waited for yet; each one on the way is printed.
    async fn waits_for(&self, what: &str, is_it: impl Fn(&ScannerEvent) -> bool) {
        let start = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(start.elapsed());
            let event = tokio::time::timeout(left, self.supervisor.next()).await;
            let Ok(event) = event else { panic!("waited in vain for {what}") };
            match &event {
                ScannerEvent::Preview(_) => {}
                ScannerEvent::Reading(reading) => {
                    println!("{:>9.3?} reading {}", start.elapsed(), reading.text)
                }
                event => println!("{:>9.3?} {event:?}", start.elapsed()),
            }
            if is_it(&event) {
                return;
            }
        }
    }

    async fn tells(&self, state: CameraState) {
        self.waits_for(&format!("{state:?}"), |event| *event == ScannerEvent::Camera(state)).await;
    }

    async fn reads(&self) {
        let is_it = |event: &ScannerEvent| matches!(event, ScannerEvent::Reading(reading) if reading.text.ends_with(CODE));
        self.waits_for("a reading", is_it).await;
    }

    /// Tells `trouble`, and after `remedy` reads again.
    async fn recovers(&self, trouble: CameraState, remedy: impl FnOnce()) {
        self.tells(trouble).await;
        remedy();
        self.tells(CameraState::Working).await;
        self.reads().await;
    }
}

/// Another program that uses a camera.
struct OtherProgram(Child);

impl OtherProgram {
    fn using(camera: &Camera) -> Self {
        let arguments = ["scan", "--json", "--camera", &camera.source()];
        let mut child = Command::new(PROGRAM).args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        // Its first line says that the camera is open.
        let mut line = [0];
        std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut line).unwrap();
        Self(child)
    }
}

impl Drop for OtherProgram {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// The program's output on standard output, where it ends well.
fn output(arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = Command::new(PROGRAM).args(arguments).output().unwrap();
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    println!("{stdout}{stderr}");
    assert!(status.success(), "{status}");
    stdout
}

#[tokio::test]
async fn a_code_is_read_through_motion_jpeg() {
    let camera = webcam();
    Kiosk::looking_at(&camera.source()).reads().await;
    let (offer, frame_rate) = camera.agreed().unwrap();
    assert_eq!((offer.encoding, offer.width, frame_rate), (Encoding::Mjpeg, 1280, 30));
}

#[tokio::test]
async fn a_code_is_read_through_yuyv() {
    let offer = Offer { encoding: Encoding::Yuyv, width: 640, height: 480, frame_rates: &[15] };
    let _camera = Camera::plug(NAME, &[offer]);
    Kiosk::looking_at("auto").reads().await;
}

#[tokio::test]
async fn a_camera_that_is_unplugged_is_missing_until_it_is_back() {
    let camera = webcam();
    let kiosk = Kiosk::looking_at("auto");
    kiosk.reads().await;
    drop(camera);
    let mut again = None;
    kiosk.recovers(CameraState::Missing, || again = Some(webcam())).await;
}

#[tokio::test]
async fn a_camera_that_is_back_under_another_number_is_found() {
    let camera = webcam();
    let kiosk = Kiosk::looking_at("auto");
    kiosk.reads().await;
    // Whose device is still open keeps its number.
    let number = camera.number();
    let _open = File::open(camera.device()).unwrap();
    drop(camera);
    let mut again = None;
    kiosk.recovers(CameraState::Missing, || again = Some(webcam())).await;
    assert_ne!(again.unwrap().number(), number);
}

#[tokio::test]
async fn a_camera_that_sends_nothing_any_more_is_stalled_until_it_does() {
    let camera = webcam();
    let kiosk = Kiosk::looking_at("auto");
    kiosk.reads().await;
    camera.show(View::Nothing);
    kiosk.recovers(CameraState::Stalled, || camera.show(View::Code)).await;
}

#[tokio::test]
async fn a_camera_that_another_program_uses_is_busy_until_it_is_free() {
    let camera = webcam();
    let other = OtherProgram::using(&camera);
    let kiosk = Kiosk::looking_at("auto");
    kiosk.recovers(CameraState::Busy, || drop(other)).await;
}

#[tokio::test]
async fn without_a_camera_it_is_missing_until_one_is_plugged_in() {
    let kiosk = Kiosk::looking_at("auto");
    let mut camera = None;
    kiosk.recovers(CameraState::Missing, || camera = Some(webcam())).await;
}

#[tokio::test]
async fn a_camera_that_nobody_may_read_is_told_until_it_is_allowed() {
    let camera = webcam();
    set_mode(&camera.device(), 0);
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("hes-kiosk");
    let lines =
        format!("#!/bin/sh\nexec setpriv --bounding-set -dac_override,-dac_read_search {PROGRAM:?} \"$@\"\n");
    fs::write(&program, lines).unwrap();
    set_mode(&program, 0o755);
    let kiosk = Kiosk::of_program(program, "auto");
    kiosk.recovers(CameraState::NoPermission, || set_mode(&camera.device(), 0o600)).await;
}

#[tokio::test]
async fn a_camera_without_a_usable_format_has_failed() {
    let offer = Offer { encoding: Encoding::Nv12, width: 1280, height: 720, frame_rates: &[30] };
    let _camera = Camera::plug(NAME, &[offer]);
    Kiosk::looking_at("auto").tells(CameraState::Failed).await;
}

#[test]
fn frame_by_frame_the_camera_is_scanned_as_at_the_door() {
    let camera = webcam();
    let lines = output(&["scan", "--camera", &camera.source(), "--frames", "30", "--json"]);
    assert_eq!(lines.lines().count(), 30);
    assert!(lines.lines().last().unwrap().contains(CODE));
}
