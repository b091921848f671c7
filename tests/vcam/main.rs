//! The scanner and a webcam, in a VM: whatever the camera does, its state is told and it is seen again
//! afterwards, by the same kiosk. `make test-camera` runs it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod camera;
mod descriptors;
mod usb;

use std::fs::{self, File, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use camera::{Camera, View};
use descriptors::{AUTO_EXPOSURE, AUTO_FOCUS, EXPOSURE, Encoding, FOCUS, Offer, POWER_LINE_FREQUENCY};
use hes_kiosk::scan::{Adjustment, CameraState, Config, Controls, ScannerEvent, Supervisor};
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_hes-kiosk");

/// The code in the picture that the camera shows.
const CODE: &str = "A1B2345670";

/// How long anything may take on a machine without acceleration for VMs that does other things besides.
const PATIENCE: Duration = Duration::from_secs(90);

const NAME: &str = "Lobby Camera";

/// What common webcams offer.
const COMMON: [Offer; 3] = [
    Offer { encoding: Encoding::Yuyv, width: 640, height: 480, frame_rates: &[30, 15] },
    Offer { encoding: Encoding::Yuyv, width: 1280, height: 720, frame_rates: &[10, 5] },
    Offer { encoding: Encoding::Mjpeg, width: 1280, height: 720, frame_rates: &[30, 15, 5] },
];

const SMALL: Offer = Offer { encoding: Encoding::Mjpeg, width: 640, height: 480, frame_rates: &[15] };

/// A camera that leaves the processor time for everything else.
fn webcam() -> Camera {
    Camera::plug(NAME, &[SMALL])
}

/// A kiosk's eyes.
struct Kiosk {
    supervisor: Supervisor,
}

impl Kiosk {
    fn looking_at(source: &str) -> Self {
        Self::of_program(PROGRAM.into(), Config::of(source.parse().unwrap()))
    }

    fn of_program(program: PathBuf, config: Config) -> Self {
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
                ScannerEvent::Reading { reading, .. } => {
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
        let is_it = |event: &ScannerEvent| matches!(event, ScannerEvent::Reading { reading, .. } if reading.text.ends_with(CODE));
        self.waits_for("a reading", is_it).await;
    }

    /// Tells `trouble`, and after `remedy` reads again.
    async fn recovers(&self, trouble: CameraState, remedy: impl FnOnce()) {
        self.tells(trouble).await;
        remedy();
        // Where the machine is busy a camera that works is slow.
        let sees = |event: &ScannerEvent| matches!(event, ScannerEvent::Camera(state) if state.sees());
        self.waits_for("the camera to see", sees).await;
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
        child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
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

/// The lines of JSON that the program prints, where it ends well.
fn output(arguments: &[&str]) -> Vec<Value> {
    let Output { status, stdout, stderr } = Command::new(PROGRAM).args(arguments).output().unwrap();
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    println!("{stdout}{stderr}");
    assert!(status.success(), "{status}");
    stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What the program would write to its log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_code_is_read_through_motion_jpeg() {
    let camera = Camera::plug(NAME, &COMMON);
    Kiosk::looking_at(&camera.source()).reads().await;
    let (offer, frame_rate) = camera.agreed().unwrap();
    assert_eq!((offer.encoding, offer.width, frame_rate), (Encoding::Mjpeg, 1280, 30));
}

#[tokio::test]
async fn a_code_is_read_through_yuyv() {
    let _camera = Camera::plug(NAME, &[Offer { encoding: Encoding::Yuyv, ..SMALL }]);
    Kiosk::looking_at("auto").reads().await;
}

#[tokio::test]
async fn a_camera_that_is_set_to_a_format_of_no_use_is_set_to_another() {
    let _camera = Camera::plug(NAME, &[Offer { encoding: Encoding::Uyvy, ..SMALL }, SMALL]);
    Kiosk::looking_at("auto").reads().await;
}

#[tokio::test]
async fn a_camera_that_is_unplugged_is_seen_again_when_it_is_back() {
    let camera = webcam();
    let source = camera.source();
    let kiosk = Kiosk::looking_at(&source);
    kiosk.reads().await;
    drop(camera);
    let mut again = None;
    kiosk.recovers(CameraState::Unplugged, || again = Some(webcam())).await;
    assert_eq!(again.unwrap().source(), source);
}

#[tokio::test]
async fn a_camera_that_is_back_under_another_number_is_found() {
    let camera = webcam();
    let kiosk = Kiosk::looking_at("auto");
    kiosk.reads().await;
    // A device that is open keeps its number.
    let (source, _open) = (camera.source(), File::open(camera.device()).unwrap());
    drop(camera);
    let mut again = None;
    kiosk.recovers(CameraState::Unplugged, || again = Some(webcam())).await;
    assert_ne!(again.unwrap().source(), source);
}

fn demo() -> Config {
    Config { samples_without_camera: true, ..Config::of("auto".parse().unwrap()) }
}

#[tokio::test]
async fn the_demo_sees_a_camera_that_is_plugged_in_while_it_shows_pictures() {
    let kiosk = Kiosk::of_program(PROGRAM.into(), demo());
    kiosk.tells(CameraState::Working).await;
    let camera = webcam();
    kiosk.recovers(CameraState::Missing, || ()).await;
    assert!(camera.agreed().is_some());
}

#[tokio::test]
async fn the_demo_misses_a_camera_that_is_unplugged_and_sees_it_again() {
    let camera = webcam();
    let kiosk = Kiosk::of_program(PROGRAM.into(), demo());
    kiosk.reads().await;
    drop(camera);
    let mut again = None;
    kiosk.recovers(CameraState::Unplugged, || again = Some(webcam())).await;
    assert!(again.unwrap().agreed().is_some());
}

#[tokio::test]
async fn a_camera_is_found_by_its_name_where_another_took_its_number() {
    let camera = webcam();
    let source = camera.source();
    let kiosk = Kiosk::looking_at(&format!("device:name={NAME}"));
    kiosk.reads().await;
    drop(camera);
    let mut cameras = None;
    kiosk
        .recovers(CameraState::Unplugged, || {
            let other = Camera::plug("Lamp with a Lens", &[SMALL]);
            other.show(View::Black);
            cameras = Some((other, webcam()));
        })
        .await;
    assert_eq!(cameras.unwrap().0.source(), source);
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
async fn a_camera_that_may_not_be_read_is_told_until_it_may() {
    let camera = webcam();
    set_mode(&camera.device(), 0);
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("hes-kiosk");
    let caps = "-dac_override,-dac_read_search";
    fs::write(&program, format!("#!/bin/sh\nexec setpriv --bounding-set {caps} {PROGRAM:?} \"$@\"\n"))
        .unwrap();
    set_mode(&program, 0o755);
    let kiosk = Kiosk::of_program(program, Config::of("auto".parse().unwrap()));
    kiosk.recovers(CameraState::NoPermission, || set_mode(&camera.device(), 0o600)).await;
}

#[tokio::test]
async fn a_lens_that_is_covered_is_told_until_it_is_not() {
    let camera = webcam();
    camera.show(View::Black);
    let kiosk = Kiosk::looking_at("auto");
    kiosk.recovers(CameraState::Covered, || camera.show(View::Code)).await;
}

#[tokio::test]
async fn damaged_frames_are_told_until_they_are_whole() {
    let camera = webcam();
    camera.show(View::Damaged);
    let kiosk = Kiosk::looking_at("auto");
    kiosk.recovers(CameraState::Damaged, || camera.show(View::Code)).await;
}

#[tokio::test]
async fn a_camera_without_a_usable_format_is_told_until_another_takes_its_place() {
    let mut camera = Camera::plug(NAME, &[Offer { encoding: Encoding::Uyvy, ..SMALL }]);
    let kiosk = Kiosk::looking_at("auto");
    kiosk.recovers(CameraState::Unsupported, || camera = webcam()).await;
}

#[tokio::test]
async fn a_camera_that_sends_fewer_frames_than_agreed_is_slow_until_it_sends_more() {
    let camera = webcam();
    // What is quickly decoded even where the machine is busy.
    camera.show(View::Wall);
    camera.slow_down(2);
    let kiosk = Kiosk::looking_at("auto");
    kiosk.tells(CameraState::Slow).await;
    camera.speed_up();
    kiosk.tells(CameraState::Working).await;
}

#[tokio::test]
async fn scanner_and_decode_worker_read_although_they_are_confined() {
    // Of the whole process, as threads of the supervisor write it.
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).init();
    let _camera = webcam();
    Kiosk::looking_at("auto").reads().await;
    let log = log.text();
    println!("{log}");
    assert!(!log.contains("not confined"));
    for process in ["Scanner", "DecodeWorker"] {
        assert!(log.contains(&format!("confined process={process}")), "{process}");
    }
}

#[tokio::test]
async fn lamps_that_flicker_with_50_hertz_are_reckoned_with() {
    let camera = webcam();
    Kiosk::looking_at("auto").reads().await;
    assert_eq!(camera.value(POWER_LINE_FREQUENCY), 1);
}

#[tokio::test]
async fn focus_and_exposure_are_set() {
    let camera = webcam();
    let (focus, exposure) = (Adjustment::Fixed(30), Adjustment::Fixed(100));
    let controls = Controls { focus, exposure, ..Controls::default() };
    let config = Config { controls, ..Config::of("auto".parse().unwrap()) };
    Kiosk::of_program(PROGRAM.into(), config).reads().await;
    let values = [AUTO_FOCUS, FOCUS, AUTO_EXPOSURE, EXPOSURE].map(|control| camera.value(control));
    assert_eq!(values, [0, 30, 1, 100]);
}

#[test]
fn frame_by_frame_the_camera_is_scanned_as_at_the_door() {
    let camera = webcam();
    let lines = output(&["scan", "--camera", &camera.source(), "--frames", "30", "--json"]);
    assert_eq!(lines.len(), 30);
    assert!(lines.iter().any(|line| line["texts"][0].as_str().is_some_and(|text| text.ends_with(CODE))));
}

#[test]
fn a_camera_is_listed_with_the_format_that_would_be_opened() {
    let camera = Camera::plug(NAME, &COMMON);
    let lines = output(&["camera", "list", "--json"]);
    let line = lines.iter().find(|line| line["number"] == camera.number().unwrap()).unwrap();
    assert!(line["name"].as_str().unwrap().contains(NAME));
    let format = json!({"width": 1280, "height": 720, "encoding": "MJPEG", "fps": 30});
    assert_eq!(line["opens"], format);
}

#[test]
fn the_code_before_a_camera_under_test_is_seen_and_nothing_is_unmet() {
    let camera = webcam();
    let lines = output(&["camera", "test", "--camera", &camera.source(), "--seconds", "20", "--json"]);
    assert_eq!((&lines[0]["code"], &lines[0]["unmet"]), (&json!("read"), &json!([])));
}
