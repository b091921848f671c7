//! The kiosk itself: the door's own scanner and strategy, through its commands.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Failure;
use crate::lobby::Frame;
use crate::peers::Outcome;

/// The program `hes-kiosk`.
#[derive(Debug, Clone)]
pub struct Kiosk {
    program: PathBuf,
}

/// A line of `hes-kiosk scan --json`.
#[derive(Deserialize)]
struct Look {
    texts: Vec<String>,
    cpu_ms: f64,
}

/// A line of `hes-kiosk decode --json`.
#[derive(Deserialize)]
struct Reading {
    file: PathBuf,
    text: Option<String>,
}

impl Kiosk {
    /// # Errors
    /// There is no program at this path.
    pub fn new(program: PathBuf) -> Result<Self, Failure> {
        if program.is_file() {
            Ok(Self { program })
        } else {
            Err(format!("there is no {}; cargo build --release makes it", program.display()).into())
        }
    }

    /// Where the program is.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// What the scanner makes of frames, one after the other.
    ///
    /// # Errors
    /// It fails, or does not look at each of them.
    pub fn scan(&self, frames: &[Frame]) -> Result<Vec<Outcome>, Failure> {
        let folder = tempfile::tempdir()?;
        for (number, frame) in frames.iter().enumerate() {
            std::fs::write(folder.path().join(format!("frame-{number:02}.jpg")), &frame.jpeg)?;
        }
        let camera = format!("replay:{}", folder.path().display());
        let looks: Vec<Look> = self.lines(["scan", "--json", "--camera", &camera])?;
        if looks.len() != frames.len() {
            return Err(format!("hes-kiosk looked at {} of {} frames", looks.len(), frames.len()).into());
        }
        let outcome =
            |look: Look| Outcome { texts: look.texts, cpu: Duration::from_secs_f64(look.cpu_ms / 1e3) };
        Ok(looks.into_iter().map(outcome).collect())
    }

    /// The text of each of these pictures in which one was found.
    ///
    /// # Errors
    /// It fails.
    pub fn decode(&self, pictures: &[PathBuf]) -> Result<HashMap<PathBuf, String>, Failure> {
        let arguments = ["decode", "--json", "--"].map(Path::new).into_iter();
        let lines: Vec<Reading> = self.lines(arguments.chain(pictures.iter().map(PathBuf::as_path)))?;
        Ok(lines.into_iter().filter_map(|line| Some((line.file, line.text?))).collect())
    }

    fn lines<Line: DeserializeOwned>(
        &self,
        arguments: impl IntoIterator<Item = impl AsRef<std::ffi::OsStr>>,
    ) -> Result<Vec<Line>, Failure> {
        let output = Command::new(&self.program).args(arguments).stderr(Stdio::inherit()).output()?;
        let lines = output.stdout.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
        Ok(lines.map(serde_json::from_slice).collect::<Result<_, _>>()?)
    }
}
