//! `hes-kiosk camera`: cameras, for whoever installs a kiosk.

use std::path::Path;
use std::time::Duration;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::Exit;
use super::output::{print_found, print_line};
use crate::kiosk::language::{Argument, Texts};
use crate::scan::{self, Advice, CameraFormat, CameraSource, CodeInView, Control, Inspection, ListedCamera};
use crate::settings::Settings;

/// What is done with cameras.
#[derive(Debug, Subcommand)]
pub(super) enum CameraCommand {
    /// List the cameras: number, name, formats, and which format would be opened or why none can be.
    List(ListArguments),
    /// Look through a camera for some seconds, and say what is seen and what to do better.
    ///
    /// Hold a code where visitors will hold theirs. Its text is neither printed nor kept.
    Test(TestArguments),
}

/// How cameras are listed.
#[derive(Debug, Default, Args)]
pub(super) struct ListArguments {
    /// Print one JSON object a camera.
    #[arg(long)]
    json: bool,
}

/// Which camera is looked through, and for how long.
#[derive(Debug, Args)]
pub(super) struct TestArguments {
    /// The camera: auto, device:N, device:/dev/videoN, device:name=NAME or replay:PATH [default: that of the
    /// settings]
    #[arg(long, value_name = "SOURCE")]
    pub(super) camera: Option<CameraSource>,
    /// For how long, 1 to 3600.
    #[arg(long, value_name = "NUMBER", default_value = "5", value_parser = clap::value_parser!(u16).range(1..=3600))]
    pub(super) seconds: u16,
    /// Print one JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(config: Option<&Path>, command: &CameraCommand) -> Exit {
    let settings = match Settings::load_without_service(config) {
        Ok(settings) => settings,
        Err(error) => return super::refuse(&error),
    };
    let texts = Texts::for_staff(settings.screen.first_language);
    match command {
        CameraCommand::List(arguments) => list(arguments, texts),
        CameraCommand::Test(arguments) => match settings.camera_or(arguments.camera.clone()) {
            Some(camera) => test(arguments, camera, texts),
            None => super::refuse(&texts.get("camera-none-to-test")),
        },
    }
}

/// A format as JSON.
#[derive(Serialize)]
struct FormatJson {
    width: u32,
    height: u32,
    encoding: String,
    fps: u32,
}

impl From<CameraFormat> for FormatJson {
    fn from(format: CameraFormat) -> Self {
        let CameraFormat { encoding, width, height, frame_rate } = format;
        Self { width, height, encoding: encoding.to_string(), fps: frame_rate }
    }
}

/// A camera as `list --json` prints it.
#[derive(Serialize)]
struct CameraJson<'a> {
    number: u32,
    name: Option<&'a str>,
    formats: Vec<FormatJson>,
    /// The format that would be opened.
    opens: Option<FormatJson>,
    /// Why none can be.
    problem: Option<&'static str>,
}

pub(super) fn list(arguments: &ListArguments, texts: &Texts) -> Exit {
    let cameras = scan::cameras();
    if cameras.is_empty() && !arguments.json {
        return print_found(&texts.get("camera-list-none"), Exit::Success);
    }
    for camera in &cameras {
        let text = if arguments.json { listed_json(camera) } else { listed_words(camera, texts) };
        if let Some(exit) = print_line(&text) {
            return exit;
        }
    }
    Exit::Success
}

fn listed_json(camera: &ListedCamera) -> String {
    let line = CameraJson {
        number: camera.number,
        name: camera.name.as_deref(),
        formats: camera.formats.iter().copied().map(FormatJson::from).collect(),
        opens: camera.opens.ok().map(FormatJson::from),
        problem: camera.opens.err().map(scan::CameraError::name),
    };
    serde_json::to_string(&line).unwrap_or_default()
}

fn listed_words(camera: &ListedCamera, texts: &Texts) -> String {
    // A terminal obeys control characters.
    let name = camera.name.as_deref().unwrap_or_default().replace(char::is_control, "\u{FFFD}");
    let opens = match camera.opens {
        Ok(format) => texts.with("camera-list-opens", &[("format", Argument::Text(&format.to_string()))]),
        Err(error) => {
            let reason = texts.get(&format!("camera-problem-{}", error.name()));
            texts.with("camera-list-fails", &[("reason", Argument::Text(&reason))])
        }
    };
    let mut words = format!("device:{}  {name}\n    {opens}", camera.number);
    for sizes in camera.formats.chunk_by(|one, other| one.with_rate_of(other) == *other) {
        let rates: Vec<String> = sizes.iter().map(|format| format.frame_rate.to_string()).collect();
        if let Some(CameraFormat { encoding, width, height, .. }) = sizes.first() {
            words += &format!("\n    {width}x{height} {encoding} {} fps", rates.join(", "));
        }
    }
    words
}

/// What was seen, as `test --json` prints it.
#[derive(Serialize)]
struct TestJson {
    camera: String,
    format: Option<FormatJson>,
    width: Option<u32>,
    height: Option<u32>,
    frames: u32,
    damaged: u32,
    fps: Option<f64>,
    /// From 0 to 255.
    brightness: Option<f64>,
    /// From 0 to 1.
    sharpness: Option<f64>,
    code: &'static str,
    module_pixels: Option<f64>,
    unmet: Vec<&'static str>,
    advice: Vec<&'static str>,
}

pub(super) fn test(arguments: &TestArguments, mut config: scan::Config, texts: &Texts) -> Exit {
    // Who tests a camera wants no stand-in for it.
    config.samples_without_camera = false;
    let inspection = match scan::inspect(&config, Duration::from_secs(arguments.seconds.into())) {
        Ok(inspection) => inspection,
        Err(error) => {
            let source = config.source.to_string();
            let reason = texts.get(&format!("camera-problem-{}", error.name()));
            let said = [("source", Argument::Text(&source)), ("reason", Argument::Text(&reason))];
            return super::refuse(&texts.with("camera-not-seen", &said));
        }
    };
    let source = config.source.to_string();
    let text =
        if arguments.json { seen_json(source, &inspection) } else { seen_words(&source, &inspection, texts) };
    print_found(&text, Exit::Success)
}

/// To a hundredth; more digits are noise.
fn rounded(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0
}

fn module_pixels(code: CodeInView) -> Option<f32> {
    match code {
        CodeInView::Read { module_pixels } => module_pixels,
        CodeInView::None | CodeInView::Unread => None,
    }
}

fn code_name(code: CodeInView) -> &'static str {
    match code {
        CodeInView::None => "none",
        CodeInView::Unread => "unread",
        CodeInView::Read { .. } => "read",
    }
}

fn seen_json(camera: String, inspection: &Inspection) -> String {
    let seen = &inspection.seen;
    let line = TestJson {
        camera,
        format: inspection.format.map(FormatJson::from),
        width: seen.size.map(|(width, _)| width),
        height: seen.size.map(|(_, height)| height),
        frames: seen.frames,
        damaged: seen.damaged,
        fps: seen.frame_rate.map(rounded),
        brightness: seen.brightness.map(|brightness| rounded(brightness.mean)),
        sharpness: seen.sharpness.map(rounded),
        code: code_name(seen.code),
        module_pixels: module_pixels(seen.code).map(rounded),
        unmet: inspection.unmet.iter().map(|control| control.name()).collect(),
        advice: seen.advice().into_iter().map(Advice::name).collect(),
    };
    serde_json::to_string(&line).unwrap_or_default()
}

fn seen_words(camera: &str, inspection: &Inspection, texts: &Texts) -> String {
    let seen = &inspection.seen;
    let mut lines = vec![match inspection.format {
        Some(format) => format!("{camera}  {format}"),
        None => camera.to_owned(),
    }];
    let number = |key: &str, value: Option<f32>, digits: usize| {
        let text = value.map(|value| format!("{value:.digits$}"))?;
        Some(texts.with(key, &[("value", Argument::Text(&text))]))
    };
    let (width, height) = seen.size.unwrap_or_default();
    lines.push(texts.with(
        "camera-test-frames",
        &[
            ("size", Argument::Text(&format!("{width}x{height}"))),
            ("frames", Argument::Number(seen.frames.into())),
            ("damaged", Argument::Number(seen.damaged.into())),
        ],
    ));
    lines.extend(number("camera-test-rate", seen.frame_rate, 1));
    lines.extend(number("camera-test-brightness", seen.brightness.map(|brightness| brightness.mean), 0));
    lines.extend(number("camera-test-sharpness", seen.sharpness.map(|sharpness| 100.0 * sharpness), 0));
    lines.push(texts.get(&format!("camera-test-code-{}", code_name(seen.code))));
    lines.extend(number("camera-test-module", module_pixels(seen.code), 1));
    if !inspection.unmet.is_empty() {
        let names: Vec<&str> = inspection.unmet.iter().copied().map(Control::name).collect();
        lines.push(texts.with("camera-test-unmet", &[("settings", Argument::Text(&names.join(", ")))]));
    }
    let advice = seen.advice();
    if advice.is_empty() {
        lines.push(texts.get("advice-none"));
    }
    lines.extend(advice.iter().map(|advice| texts.get(&format!("advice-{}", advice.name()))));
    lines.join("\n")
}
