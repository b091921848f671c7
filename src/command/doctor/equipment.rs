//! What the kiosk sees, shows and sounds with.

use std::time::Duration;

use jiff::Timestamp;

use super::{Finding, Verdict, user};
use crate::kiosk::language::local;
use crate::kiosk::{find_speaker, has_display};
use crate::private::{self, Want};
use crate::scan::{self, Advice, CameraError, CameraSource, Inspection};
use crate::settings::Settings;
use crate::visits::Environment;

/// So long a camera is looked through.
const LOOK: Duration = Duration::from_secs(2);

/// What a camera sees, or why it sees nothing.
pub(super) fn camera(settings: &Settings) -> Vec<Finding> {
    let Some(camera) = &settings.camera else { return vec![Finding::passed("camera", "camera-none")] };
    // Who asks for a camera wants no stand-in for it.
    let config = scan::Config { samples_without_camera: false, ..camera.clone() };
    // A reader at a serial port, or the demo's pictures, are there instead.
    let is_needed =
        settings.serial_reader.is_none() && settings.check_in.environment != Environment::Simulator;
    let worst = if is_needed { Verdict::Failed } else { Verdict::Warned };
    let finding = match scan::inspect(&config, LOOK) {
        Ok(inspection) if inspection.seen.frames == 0 => Finding::new(worst, "camera", "camera-stalled"),
        Ok(inspection) => seen(&config.source, &inspection),
        Err(error) => {
            let name = match error {
                CameraError::Missing => "camera-missing",
                CameraError::Unsupported => "camera-unsupported",
                CameraError::Failed => "camera-failed",
                CameraError::NoPermission => "camera-forbidden",
                CameraError::Busy => "camera-busy",
                CameraError::Stalled => "camera-stalled",
            };
            // A kiosk that is running has it.
            let verdict = if error == CameraError::Busy { Verdict::Warned } else { worst };
            Finding::new(verdict, "camera", name).with("user", user())
        }
    };
    vec![finding.with("source", &config.source)]
}

fn seen(source: &CameraSource, inspection: &Inspection) -> Finding {
    // Nobody stands there with a code.
    let is_about_code =
        |advice: &Advice| matches!(advice, Advice::MoveCloser | Advice::HoldStill | Advice::ShowACode);
    let advice = inspection.seen.advice().into_iter().find(|advice| !is_about_code(advice));
    let finding = match (source, advice) {
        (CameraSource::Replay(_) | CameraSource::Samples, _) => Finding::warned("camera", "camera-replay"),
        (CameraSource::Auto | CameraSource::Device(_), None) => Finding::passed("camera", "camera-sees"),
        (CameraSource::Auto | CameraSource::Device(_), Some(advice)) => {
            let advice = format!("advice-{}", advice.name());
            Finding::warned("camera", "camera-advice").with_text("advice", advice)
        }
    };
    let (width, height) = inspection.seen.size.unwrap_or_default();
    finding
        .with("size", format!("{width}x{height}"))
        .with("rate", format!("{:.0}", inspection.seen.frame_rate.unwrap_or_default()))
}

/// The reader at a serial port, where there is to be one. Nothing is read from it: the kiosk may be reading.
pub(super) fn serial_reader(settings: &Settings) -> Vec<Finding> {
    let Some(reader) = &settings.serial_reader else { return Vec::new() };
    let finding = match private::denial(&reader.port, Want::Write) {
        Ok(None) => Finding::passed("reader", "reader-there"),
        Ok(Some(_)) => Finding::failed("reader", "reader-forbidden"),
        Err(_) => Finding::failed("reader", "reader-missing"),
    };
    let group = private::group_of(&reader.port).unwrap_or_else(|| "dialout".to_owned());
    vec![finding.with_path(&reader.port).with("group", group).with("user", user())]
}

/// The display on which the window opens.
pub(super) fn display() -> Vec<Finding> {
    vec![if has_display() {
        Finding::passed("display", "display-there")
    } else {
        Finding::failed("display", "display-missing")
    }]
}

/// Whether decisions are heard. Nothing waits for sounds, so that their want is no failure.
pub(super) fn sound(settings: &Settings) -> Vec<Finding> {
    if settings.volume.at(local(Timestamp::now()).time()) == 0 {
        return vec![Finding::passed("sound", "sound-muted")];
    }
    vec![match find_speaker() {
        Ok(()) => Finding::passed("sound", "sound-heard"),
        Err(error) => Finding::warned("sound", "sound-missing").with("cause", error),
    }]
}
