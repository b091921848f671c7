//! `hes-kiosk run`, the same as `hes-kiosk` alone: the kiosk.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use clap::Args;
use file_rotate::compression::Compression;
use file_rotate::suffix::AppendCount;
use file_rotate::{ContentLimit, FileRotate};
use iced::Size;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::Exit;
use crate::kiosk::{self, Options, Running};
use crate::private;
use crate::scan::{self, CameraSource, FrameRate};
use crate::settings::{Log, LogLevel, Settings};

/// So large may the program's own log grow before it is put aside, and so many are kept aside.
pub(super) const LOG_BYTES: usize = 4 << 20;
pub(super) const LOG_FILES: usize = 3;

/// So many lines of it wait for a disk that hangs; those that follow are lost. Their places are there from the start.
const WAITING_LINES: usize = 4096;

/// The window and the camera.
#[derive(Debug, Default, PartialEq, Args)]
pub(super) struct RunArguments {
    /// The camera: auto, device:N, device:/dev/videoN, device:name=NAME, or replay:PATH, where PATH is a picture
    /// or a folder of pictures that are shown in the order of their names, again and again.
    #[arg(long, value_name = "SOURCE")]
    camera: Option<CameraSource>,
    /// The frames a second of a replay.
    #[arg(long, value_name = "NUMBER")]
    fps: Option<FrameRate>,
    /// Open a window of this size, such as 1280x800, instead of filling the screen.
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    windowed: Option<Size>,
}

fn size(text: &str) -> Result<Size, String> {
    let wanted = "a size such as 1280x800 is wanted, from 320x240 to 7680x7680";
    let (width, height) = text.split_once('x').ok_or(wanted)?;
    let side = |text: &str| text.parse::<u16>().ok().filter(|side| (240..=7680).contains(side));
    match (side(width), side(height)) {
        (Some(width), Some(height)) if width >= 320 => Ok(Size::new(width.into(), height.into())),
        _ => Err(wanted.to_owned()),
    }
}

pub(super) fn run(config: Option<&Path>, arguments: &RunArguments) -> Exit {
    if !kiosk::has_display() {
        return super::refuse(&"there is no display: set DISPLAY or WAYLAND_DISPLAY to one that is running");
    }
    if let Err(error) = kiosk::listen_for_termination() {
        return super::refuse(&error);
    }
    let options = Options {
        config: config.map(Path::to_owned),
        camera: arguments.camera.clone(),
        frame_rate: arguments.fps,
        windowed: arguments.windowed,
    };
    // Settings that are wrong are told on the screen, and in the log's usual place.
    let log =
        Settings::load_without_service(config).map(|settings| settings.log).or_else(|_| Log::standard());
    let writing = log.ok().and_then(|log| match open_log(&log) {
        Ok(writing) => Some(writing),
        Err(error) => {
            super::complain(&format!("{}: the log cannot be written: {error}", log.path.display()));
            None
        }
    });
    let started = Running::start(&options).map(Arc::new);
    if let Err(failure) = &started
        && failure.is_already_running()
    {
        return super::refuse(&failure.error);
    }
    let ended = kiosk::run(options, started);
    if kiosk::is_restart_wanted() {
        // The rest of the log is written before another program has the process.
        drop(writing);
        return start_anew();
    }
    match ended {
        Ok(()) => Exit::Success,
        Err(error) => super::refuse(&error),
    }
}

/// This program in the place of this process, with the same arguments.
fn start_anew() -> Exit {
    let mut program = Command::new(scan::program());
    #[cfg(unix)]
    let error = {
        use std::os::unix::process::CommandExt;
        // Whoever lists the processes finds it by the name that it had.
        program.args(std::env::args_os().skip(1)).arg0(std::env::args_os().next().unwrap_or_default()).exec()
    };
    #[cfg(not(unix))]
    let error = match program.args(std::env::args_os().skip(1)).spawn() {
        Ok(_) => return Exit::Success,
        Err(error) => error,
    };
    super::refuse(&error)
}

/// One JSON object a line; the file is put aside when it is full. A thread of its own writes, so that a disk
/// that hangs holds up nothing else; dropping the guard writes the rest.
fn open_log(log: &Log) -> std::io::Result<WorkerGuard> {
    private::create_folder(log.path.parent().unwrap_or(Path::new(".")))?;
    drop(private::open_file(&log.path)?);
    let limit = ContentLimit::BytesSurpassed(LOG_BYTES);
    // The files that follow the first one are the owner's alone, too.
    let options = Some(private::appending());
    let file = FileRotate::new(&log.path, AppendCount::new(LOG_FILES), limit, Compression::None, options);
    let level = match log.level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    // Other crates may print what passes through them; only ours is known to hold no personal data.
    let ours = Targets::new().with_target("hes_kiosk", level);
    let (file, writing) = NonBlockingBuilder::default().buffered_lines_limit(WAITING_LINES).finish(file);
    let lines = tracing_subscriber::fmt::layer().json().with_writer(file);
    tracing_subscriber::registry().with(lines).with(ours).try_init().map_err(std::io::Error::other)?;
    Ok(writing)
}
