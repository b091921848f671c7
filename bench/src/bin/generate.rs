//! `generate FROM COUNT DIR [--passers-by]`: frames for `hes-kiosk scan --camera replay:DIR/visitor-0001`.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use hes_kiosk_bench::lobby::{self, Frame};
use rayon::prelude::*;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let numbers = |from: &str, count: &str| Some((from.parse::<u64>().ok()?, count.parse::<u64>().ok()?));
    let (positional, flags): (Vec<&str>, Vec<&str>) =
        arguments.iter().map(String::as_str).partition(|argument| !argument.starts_with("--"));
    let is_passers_by = flags == ["--passers-by"];
    if let [from, count, folder] = positional[..]
        && let Some((from, count)) = numbers(from, count)
        && (flags.is_empty() || is_passers_by)
    {
        return match generate(from, count, Path::new(folder), is_passers_by) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::FAILURE
            }
        };
    }
    eprintln!(
        "usage: generate FROM COUNT DIR [--passers-by]

Writes the frames of COUNT visitors, from seed FROM on, to DIR/visitor-SEED/frame-01.jpg to frame-12.jpg, and
what they show to DIR/truth.tsv: folder, text, troubles. With --passers-by nobody has a code, and the
folders are DIR/passers-by-SEED. Seeds for tuning: {:?}; for figures: {:?}.",
        lobby::TUNING,
        lobby::FIGURES
    );
    ExitCode::from(2)
}

fn generate(from: u64, count: u64, folder: &Path, is_passers_by: bool) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let lines: Result<Vec<String>, std::io::Error> = (from..from + count)
        .into_par_iter()
        .map(|seed| {
            if is_passers_by {
                let name = format!("passers-by-{seed:04}");
                write(&folder.join(&name), &lobby::passers_by(seed))?;
                return Ok(format!("{name}\t\t\n"));
            }
            let name = format!("visitor-{seed:04}");
            let visitor = lobby::visitor(seed);
            write(&folder.join(&name), &visitor.frames)?;
            let troubles: Vec<String> =
                visitor.troubles.iter().map(|trouble| format!("{trouble:?}").to_lowercase()).collect();
            Ok(format!("{name}\t{}\t{}\n", visitor.text, troubles.join(",")))
        })
        .collect();
    fs::write(folder.join("truth.tsv"), lines?.concat())?;
    Ok(())
}

fn write(folder: &Path, frames: &[Frame]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    for (number, frame) in frames.iter().enumerate() {
        fs::write(folder.join(format!("frame-{:02}.jpg", number + 1)), &frame.jpeg)?;
    }
    Ok(())
}
