//! Codes in picture files, for the commands.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::decode::{Decoded, Decoder};
use super::frame::{Luma, PictureError};
use super::worker::{Effort, LeftOut, Worker, WorkerError};

/// How long the decoders may look at one picture.
const DEADLINE: Duration = Duration::from_secs(10);

/// Why a picture was not looked at to the end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file gave no picture.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The decoder failed at this picture; the next one gets a fresh one.
    #[error(transparent)]
    Decoder(#[from] WorkerError),
}

/// What the decoders found in one picture, and in what time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PictureReading {
    /// Each code's text, in no particular order; none where there is no code.
    pub found: Vec<Decoded>,
    /// How long the decoders looked, without the time to load the file.
    pub duration: Duration,
    /// Each decoder that failed at the picture, which then went without it, and why.
    pub failed: Vec<(Decoder, WorkerError)>,
}

/// Reads the codes of picture files with a decode worker, which it starts at the first picture and again
/// after each that a decoder hung or crashed at.
pub struct PictureReader {
    program: PathBuf,
    worker: Option<Worker>,
}

impl PictureReader {
    /// A reader whose worker is `program`: this program, see [`crate::scan::program`].
    pub fn new(program: PathBuf) -> Self {
        Self { program, worker: None }
    }

    /// The codes in the picture file at `path`, each decoder being given at most ten seconds.
    ///
    /// # Errors
    /// [`ReadError`] where the file is unreadable or the decoder failed.
    pub fn read(&mut self, path: &Path) -> Result<PictureReading, ReadError> {
        let luma = Arc::new(Luma::load(path)?);
        let mut left_out = LeftOut::default();
        let mut failed = Vec::new();
        let start = Instant::now();
        loop {
            let mut worker = match self.worker.take() {
                Some(worker) => worker,
                None => Worker::start(&self.program)?,
            };
            match worker.decode(&luma, Effort::Picture, left_out, DEADLINE) {
                Ok(look) => {
                    self.worker = Some(worker);
                    return Ok(PictureReading { found: look.found, duration: start.elapsed(), failed });
                }
                // The other decoders get their turn without the one that failed.
                Err(error) => match worker.calling().filter(|&decoder| !left_out.contains(decoder)) {
                    Some(decoder) => {
                        left_out.insert(decoder);
                        failed.push((decoder, error));
                    }
                    None => return Err(error.into()),
                },
            }
        }
    }
}
