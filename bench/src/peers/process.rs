//! Each decoder runs in a process of its own: one that hangs or crashes has not read its frame, and is
//! started again for the next.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use image::GrayImage;

use super::{Outcome, Peer};

/// How long a decoder may look at a frame.
const LIMIT: Duration = Duration::from_secs(2);

/// A decoder's process.
pub struct PeerProcess {
    program: PathBuf,
    peer: Peer,
    running: Option<Running>,
}

struct Running {
    child: Child,
    input: ChildStdin,
    outcomes: Receiver<Outcome>,
}

impl PeerProcess {
    /// A decoder that `program` runs when it is started with `--peer` and the decoder's name.
    pub fn new(program: &Path, peer: Peer) -> Self {
        Self { program: program.to_owned(), peer, running: None }
    }

    /// What the decoder makes of a frame. Where it does not end within two seconds that is nothing, in as
    /// much time.
    ///
    /// # Errors
    /// The process can't be started.
    pub fn look(&mut self, frame: &GrayImage) -> io::Result<Outcome> {
        let mut running = match self.running.take() {
            Some(running) => running,
            None => Running::start(&self.program, self.peer)?,
        };
        let start = Instant::now();
        let sent = running.send(frame);
        match sent.ok().and_then(|()| running.outcomes.recv_timeout(LIMIT).ok()) {
            Some(outcome) => {
                self.running = Some(running);
                Ok(outcome)
            }
            None => Ok(Outcome { texts: Vec::new(), cpu: start.elapsed() }),
        }
    }
}

impl Running {
    fn start(program: &Path, peer: Peer) -> io::Result<Self> {
        let mut child = Command::new(program)
            .args(["--peer", peer.name()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (sender, outcomes) = channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let Ok(outcome) = serde_json::from_str(&line) else { return };
                if sender.send(outcome).is_err() {
                    return;
                }
            }
        });
        Ok(Self { child, input, outcomes })
    }

    fn send(&mut self, frame: &GrayImage) -> io::Result<()> {
        self.input.write_all(&frame.width().to_le_bytes())?;
        self.input.write_all(&frame.height().to_le_bytes())?;
        self.input.write_all(frame.as_raw())?;
        self.input.flush()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only where it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The process: frames come on standard input, and a line of JSON goes out for each.
///
/// # Errors
/// Standard input or output fails otherwise than by its end.
pub fn serve(peer: Peer) -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    loop {
        let mut size = [0; 8];
        match input.read_exact(&mut size) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            read => read?,
        }
        let [width, height] = [0, 4].map(|at| u32::from_le_bytes([0, 1, 2, 3].map(|byte| size[at + byte])));
        let mut pixels = vec![0; width as usize * height as usize];
        input.read_exact(&mut pixels)?;
        let Some(frame) = GrayImage::from_raw(width, height, pixels) else {
            return Err(io::ErrorKind::InvalidData.into());
        };
        // A frame at which a decoder panics is not read.
        let outcome = catch_unwind(|| peer.look(&frame)).unwrap_or_default();
        serde_json::to_writer(&mut output, &outcome)?;
        writeln!(output)?;
        output.flush()?;
    }
}
