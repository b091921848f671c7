//! `hes-kiosk scanner`: the process that owns the camera.

use clap::{ArgAction, Args};

use super::Exit;
use crate::scan::{self, Adjustment, CameraSource, Config, Controls, FrameRate, PowerLineFrequency};

/// Arguments of the hidden command `scanner`.
#[derive(Debug, Args)]
pub struct ScannerArguments {
    /// Where frames come from.
    #[arg(long)]
    source: CameraSource,
    /// How many pictures a second a replay offers.
    #[arg(long)]
    fps: FrameRate,
    /// Show the demo's sample pictures where `auto` finds no camera.
    #[arg(long)]
    samples_without_camera: bool,
    /// How a camera is set up.
    #[arg(long, default_value_t)]
    focus: Adjustment,
    /// See `focus`.
    #[arg(long, default_value_t)]
    exposure: Adjustment,
    /// See `focus`.
    #[arg(long, default_value_t)]
    power_line_frequency: PowerLineFrequency,
    /// Whether the preview is a mirror.
    #[arg(long, default_value_t = true, action = ArgAction::Set)]
    mirror: bool,
    /// The process that starts this one.
    #[arg(long)]
    parent: u32,
}

/// Runs the scanner until its parent ends.
pub fn run(arguments: &ScannerArguments) -> Exit {
    if scan::die_with_parent(arguments.parent).is_err() {
        return Exit::Usage;
    }
    let config = Config {
        source: arguments.source.clone(),
        frame_rate: arguments.fps,
        samples_without_camera: arguments.samples_without_camera,
        controls: Controls {
            focus: arguments.focus,
            exposure: arguments.exposure,
            power_line_frequency: arguments.power_line_frequency,
        },
        is_mirrored: arguments.mirror,
    };
    match scan::run_scanner(config) {
        Ok(()) => Exit::Success,
        Err(_) => Exit::Usage,
    }
}
