//! `hes-kiosk scan`: what the door's scanner makes of each frame, for whoever installs a kiosk.

use std::io::{self, Write};
use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::Exit;
use super::output::end_of_output;
use crate::kiosk::language::Texts;
use crate::scan::{CameraSource, Failure, FrameLook, look_through};
use crate::settings::Settings;

/// What is scanned, and how much of it.
#[derive(Debug, Args)]
pub(super) struct ScanArguments {
    /// The camera: auto, device:N, device:/dev/videoN, device:name=NAME or replay:PATH [default: that of the
    /// settings]; a replay ends with its folder.
    #[arg(long, value_name = "SOURCE")]
    camera: Option<CameraSource>,
    /// End after so many frames.
    #[arg(long, value_name = "NUMBER")]
    frames: Option<u64>,
    /// Print one JSON object a frame: frame, file, texts, decoder, cpu_ms; texts is empty and decoder null
    /// where nothing was read.
    #[arg(long)]
    json: bool,
}

/// One line of output.
#[derive(Serialize)]
struct Line<'frame> {
    frame: u64,
    file: Option<String>,
    texts: Vec<&'frame str>,
    decoder: Option<&'static str>,
    /// What the process and its worker spent on the frame, in milliseconds.
    cpu_ms: f64,
}

pub(super) fn run(config: Option<&Path>, arguments: &ScanArguments) -> Exit {
    let settings = match Settings::load_without_service(config) {
        Ok(settings) => settings,
        Err(error) => return super::refuse(&error),
    };
    let Some(mut config) = settings.camera_or(arguments.camera.clone()) else {
        let texts = Texts::for_staff(settings.screen.first_language);
        return super::refuse(&texts.get("camera-none-to-test"));
    };
    // Who looks through a camera wants no stand-in for it.
    config.samples_without_camera = false;
    let mut exit = Exit::Success;
    let mut number = 0;
    if arguments.frames == Some(0) {
        return exit;
    }
    let ended = look_through(&config, &mut |look| {
        number += 1;
        let printed = match &look {
            Ok(look) => {
                if let Some(failure) = look.failure {
                    super::complain(&format!("frame {number}: {}", consequence(failure)));
                }
                print(number, look, arguments.json)
            }
            Err((file, error)) => {
                super::complain(&format!("{}: {error}", file.display()));
                exit = Exit::Usage;
                let nothing = FrameLook { file: Some(file.clone()), ..FrameLook::default() };
                print(number, &nothing, arguments.json)
            }
        };
        if let Err(error) = printed {
            // Where nobody reads on there is nothing left to do.
            if exit == Exit::Success {
                exit = end_of_output(&error);
            }
            return false;
        }
        arguments.frames != Some(number)
    });
    match ended {
        Ok(()) => exit,
        Err(error) => super::refuse(&error),
    }
}

fn consequence(failure: Failure) -> String {
    let seconds = failure.pause.as_secs_f32();
    match failure.decoder {
        Some(decoder) => format!("{}: {} is left out for {seconds} s", failure.error, decoder.name()),
        None => format!("{}: another is started after {seconds} s", failure.error),
    }
}

fn print(number: u64, look: &FrameLook, json: bool) -> io::Result<()> {
    let name = |file: &std::path::PathBuf| {
        let name = file.file_name().map_or(file.as_path(), Path::new);
        name.to_string_lossy().into_owned()
    };
    let line = Line {
        frame: number,
        file: look.file.as_ref().map(name),
        texts: look.found.iter().map(|decoded| decoded.text.as_str()).collect(),
        decoder: look.found.first().map(|decoded| decoded.decoder.name()),
        // To the microsecond; more digits are noise.
        cpu_ms: (look.cpu.as_secs_f64() * 1e6).round() / 1e3,
    };
    let mut stdout = io::stdout().lock();
    if json {
        serde_json::to_writer(&mut stdout, &line)?;
        return writeln!(stdout);
    }
    // One line a frame, whatever stands in a code: a terminal obeys control characters.
    let texts = if line.texts.is_empty() { "-".to_owned() } else { line.texts.join("  ") };
    let texts = texts.replace(char::is_control, "\u{FFFD}");
    writeln!(stdout, "{number}  {texts}  {:.3} ms  {}", line.cpu_ms, line.file.unwrap_or_default())
}
