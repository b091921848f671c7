//! `hes-kiosk decode`: the codes of picture files, for the person who installs a kiosk.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::Exit;
use super::output::end_of_output;
use crate::code::Code;
use crate::scan::{self, Decoded, PictureReader, PictureReading, ReadError, WorkerError};

/// Arguments of `decode`.
#[derive(Debug, Args)]
pub struct DecodeArguments {
    /// The pictures: PNG, JPEG, WebP, BMP or PNM.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Print one JSON object a picture: file, text, decoder, ms; text and decoder are null where no code
    /// was found.
    #[arg(long)]
    json: bool,
}

/// One line of output.
#[derive(Serialize)]
struct Line<'picture> {
    file: &'picture str,
    text: Option<&'picture str>,
    decoder: Option<&'static str>,
    /// How long the decoders looked, in milliseconds.
    ms: f64,
}

/// Prints the text of each picture's code, one line each, in the order of the files.
///
/// A picture at which the decoder hangs or crashes counts as one without a code, which standard error
/// says. The exit status is 2 where a file is unreadable; the others are still read.
pub fn run(arguments: &DecodeArguments) -> Exit {
    let mut reader = PictureReader::new(scan::program());
    let mut exit = Exit::Success;
    for file in &arguments.files {
        let reading = match reader.read(file) {
            Ok(reading) => reading,
            Err(error) => {
                complain(file, &error);
                if is_fault_of_input(&error) {
                    exit = Exit::Usage;
                    continue;
                }
                PictureReading::default()
            }
        };
        for (decoder, error) in &reading.failed {
            complain(file, &format!("{error}: {} is left out", decoder.name()));
        }
        if let Err(error) = print(file, &reading, arguments.json) {
            // Where nobody reads on there is nothing left to do.
            if exit == Exit::Success {
                exit = end_of_output(&error);
            }
            break;
        }
    }
    exit
}

/// Whether there is no line for the picture, since nobody could look at it.
fn is_fault_of_input(error: &ReadError) -> bool {
    matches!(error, ReadError::Picture(_) | ReadError::Decoder(WorkerError::NotStarted(_)))
}

fn complain(file: &Path, error: &impl std::fmt::Display) {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "hes-kiosk: {}: {error}", file.display());
}

fn print(file: &Path, reading: &PictureReading, json: bool) -> io::Result<()> {
    let best = best(&reading.found);
    let file = file.to_string_lossy();
    // To the microsecond; more digits are noise.
    let ms = (reading.duration.as_secs_f64() * 1e6).round() / 1e3;
    let mut stdout = io::stdout().lock();
    if json {
        let line = Line {
            file: &file,
            text: best.map(|decoded| decoded.text.as_str()),
            decoder: best.map(|decoded| decoded.decoder.name()),
            ms,
        };
        serde_json::to_writer(&mut stdout, &line)?;
        writeln!(stdout)
    } else {
        // One line a picture, whatever stands in its code: a terminal obeys control characters.
        let text = best.map_or("-", |decoded| decoded.text.as_str()).replace(char::is_control, "\u{FFFD}");
        writeln!(stdout, "{text}  {ms:.3} ms  {file}")
    }
}

/// Of several codes the one that is a HES code, else the first.
fn best(found: &[Decoded]) -> Option<&Decoded> {
    found.iter().find(|decoded| Code::parse(&decoded.text).is_ok()).or(found.first())
}
