//! The decode worker: a child process in which decoders may hang or panic.
//!
//! Its protocol, all numbers little-endian:
//!
//! ```text
//! request   "HKDQ"  effort u8  width u32  height u32  width * height bytes of brightness
//! answer    "HKDA"  count u16  count times: decoder u8, length u32, length bytes of UTF-8
//! ```
//!
//! The worker sends one empty answer when it is ready, then one for each request, and ends when its
//! standard input does.

use std::fmt;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::child;
use super::decode::{Decoded, Decoder, decode};
use super::frame::Luma;

const REQUEST_MAGIC: [u8; 4] = *b"HKDQ";
const ANSWER_MAGIC: [u8; 4] = *b"HKDA";

/// The most texts in one answer; a picture with more codes than that shows nobody's.
const MAX_TEXTS: usize = 64;

/// The most bytes of one text. A QR code holds at most 7089 characters (ISO/IEC 18004), in UTF-8 at most
/// four bytes each.
pub const MAX_TEXT_BYTES: usize = 4 * 7089;

/// How long a worker may take to start.
const START_LIMIT: Duration = Duration::from_secs(5);

/// How hard the decoders try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// One look, as many more frames follow.
    Frame,
    /// One look at the frame with black and white exchanged.
    InvertedFrame,
    /// Both polarities, and a large picture made smaller too: there is no other.
    Picture,
}

/// Why a worker gave no answer. It has been killed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkerError {
    /// The process can't be started.
    #[error("the decoder can't be started: {0}")]
    NotStarted(String),
    /// There was no answer within the deadline.
    #[error("the decoder took too long")]
    TimedOut,
    /// The process ended: it was killed, or a decoder panicked.
    #[error("the decoder ended")]
    Ended,
    /// The process wrote what is no answer.
    #[error("the decoder answered nonsense")]
    Nonsense,
}

struct Job {
    luma: Arc<Luma>,
    effort: Effort,
}

type Answer = Result<Vec<Decoded>, WorkerError>;

/// A running decode worker, seen from its parent. Dropping it kills the process.
pub struct Worker {
    child: Child,
    jobs: Option<Sender<Job>>,
    answers: Receiver<Answer>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts `program` as a decode worker and waits until it is ready.
    ///
    /// # Errors
    /// [`WorkerError`] where it can't be started or isn't ready within five seconds.
    pub fn start(program: &Path) -> Result<Self, WorkerError> {
        let (jobs, waiting_jobs) = mpsc::channel();
        let (answer, answers) = mpsc::channel();
        let (started, start) = mpsc::channel();
        let program = program.to_owned();
        let not_started = |error: &dyn fmt::Display| WorkerError::NotStarted(error.to_string());
        // One thread owns the pipes, since both directions can block, and spawns the process, which dies
        // with the thread that spawned it.
        let thread = thread::Builder::new()
            .name("decode worker".to_owned())
            .spawn(move || converse(&program, &started, &waiting_jobs, &answer))
            .map_err(|error| not_started(&error))?;
        let child =
            start.recv().map_err(|error| not_started(&error))?.map_err(|error| not_started(&error))?;
        let worker = Self { child, jobs: Some(jobs), answers, thread: Some(thread) };
        worker.answer(START_LIMIT)?;
        Ok(worker)
    }

    /// The codes in `luma`.
    ///
    /// # Errors
    /// [`WorkerError`] where there is no valid answer within `deadline`. The process is killed then, and
    /// each further call fails: start another.
    pub fn decode(&mut self, luma: &Arc<Luma>, effort: Effort, deadline: Duration) -> Answer {
        let job = Job { luma: Arc::clone(luma), effort };
        let sent = self.jobs.as_ref().is_some_and(|jobs| jobs.send(job).is_ok());
        let answer = if sent { self.answer(deadline) } else { Err(WorkerError::Ended) };
        if answer.is_err() {
            self.end();
        }
        answer
    }

    fn answer(&self, deadline: Duration) -> Answer {
        match self.answers.recv_timeout(deadline) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => Err(WorkerError::TimedOut),
            Err(RecvTimeoutError::Disconnected) => Err(WorkerError::Ended),
        }
    }

    fn end(&mut self) {
        self.jobs = None;
        child::kill(&mut self.child);
        if let Some(thread) = self.thread.take() {
            // The pipes of a dead process block no one.
            let _ = thread.join();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.end();
    }
}

/// Starts the process, then passes jobs to it and answers back, until either side ends.
fn converse(
    program: &Path,
    started: &Sender<io::Result<Child>>,
    jobs: &Receiver<Job>,
    answers: &Sender<Answer>,
) {
    let mut child = match child::command(program, "decode-worker").spawn() {
        Ok(child) => child,
        Err(error) => {
            let _ = started.send(Err(error));
            return;
        }
    };
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    if started.send(Ok(child)).is_err() {
        return;
    }
    let (Some(mut stdin), Some(mut stdout)) = (stdin, stdout) else { return };
    let mut answer = read_answer(&mut stdout);
    loop {
        let failed = answer.is_err();
        if answers.send(answer).is_err() || failed {
            return;
        }
        let Ok(job) = jobs.recv() else { return };
        answer = ask(&mut stdin, &mut stdout, &job);
    }
}

fn ask(stdin: &mut ChildStdin, stdout: &mut ChildStdout, job: &Job) -> Answer {
    write_request(stdin, &job.luma, job.effort).map_err(|_| WorkerError::Ended)?;
    read_answer(stdout)
}

/// The worker's side: decodes what it is asked on standard input until that ends.
///
/// # Errors
/// What is no request, and pipes that break.
pub fn serve() -> io::Result<()> {
    let mut stdin = io::stdin().lock();
    let mut stdout = io::stdout().lock();
    write_answer(&mut stdout, &[])?;
    while let Some((luma, effort)) = read_request(&mut stdin)? {
        write_answer(&mut stdout, &decode(&luma, effort))?;
    }
    Ok(())
}

fn write_request(writer: &mut impl Write, luma: &Luma, effort: Effort) -> io::Result<()> {
    let effort = match effort {
        Effort::Frame => 0,
        Effort::InvertedFrame => 1,
        Effort::Picture => 2,
    };
    let mut header = REQUEST_MAGIC.to_vec();
    header.push(effort);
    header.extend(luma.width().to_le_bytes());
    header.extend(luma.height().to_le_bytes());
    writer.write_all(&header)?;
    writer.write_all(luma.pixels())?;
    writer.flush()
}

/// The next request; `None` where there are no more.
fn read_request(reader: &mut impl Read) -> io::Result<Option<(Luma, Effort)>> {
    let invalid = || io::Error::from(io::ErrorKind::InvalidData);
    let mut magic = [0; 4];
    match reader.read_exact(&mut magic) {
        Ok(()) if magic == REQUEST_MAGIC => {}
        Ok(()) => return Err(invalid()),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let [effort] = read_array(reader)?;
    let effort = match effort {
        0 => Effort::Frame,
        1 => Effort::InvertedFrame,
        2 => Effort::Picture,
        _ => return Err(invalid()),
    };
    let width = u32::from_le_bytes(read_array(reader)?);
    let height = u32::from_le_bytes(read_array(reader)?);
    let size = u64::from(width) * u64::from(height);
    if size > super::frame::MAX_PIXELS {
        return Err(invalid());
    }
    let mut pixels = vec![0; usize::try_from(size).map_err(|_| invalid())?];
    reader.read_exact(&mut pixels)?;
    let luma = Luma::new(width, height, pixels).ok_or_else(invalid)?;
    Ok(Some((luma, effort)))
}

fn write_answer(writer: &mut impl Write, found: &[Decoded]) -> io::Result<()> {
    let found: Vec<&Decoded> =
        found.iter().filter(|decoded| decoded.text.len() <= MAX_TEXT_BYTES).take(MAX_TEXTS).collect();
    let mut answer = ANSWER_MAGIC.to_vec();
    // At most `MAX_TEXTS` texts of at most `MAX_TEXT_BYTES`: no number is cut.
    answer.extend((found.len() as u16).to_le_bytes());
    for decoded in found {
        answer.push(match decoded.decoder {
            Decoder::Rqrr => 0,
        });
        answer.extend((decoded.text.len() as u32).to_le_bytes());
        answer.extend(decoded.text.as_bytes());
    }
    writer.write_all(&answer)?;
    writer.flush()
}

fn read_answer(reader: &mut impl Read) -> Answer {
    let ended = |_| WorkerError::Ended;
    if read_array(reader).map_err(ended)? != ANSWER_MAGIC {
        return Err(WorkerError::Nonsense);
    }
    let count = usize::from(u16::from_le_bytes(read_array(reader).map_err(ended)?));
    if count > MAX_TEXTS {
        return Err(WorkerError::Nonsense);
    }
    let mut found = Vec::with_capacity(count);
    for _ in 0..count {
        let decoder = match read_array(reader).map_err(ended)? {
            [0] => Decoder::Rqrr,
            _ => return Err(WorkerError::Nonsense),
        };
        let length = u32::from_le_bytes(read_array(reader).map_err(ended)?) as usize;
        if length > MAX_TEXT_BYTES {
            return Err(WorkerError::Nonsense);
        }
        let mut text = vec![0; length];
        reader.read_exact(&mut text).map_err(ended)?;
        let text = String::from_utf8(text).map_err(|_| WorkerError::Nonsense)?;
        found.push(Decoded { text, decoder });
    }
    Ok(found)
}

fn read_array<const N: usize>(reader: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(effort: Effort) -> Vec<u8> {
        let luma = Luma::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap();
        let mut bytes = Vec::new();
        write_request(&mut bytes, &luma, effort).unwrap();
        bytes
    }

    #[test]
    fn a_request_arrives_as_it_was_sent() {
        for effort in [Effort::Frame, Effort::InvertedFrame, Effort::Picture] {
            let (luma, asked) = read_request(&mut request(effort).as_slice()).unwrap().unwrap();
            assert_eq!((luma.width(), luma.height(), asked), (3, 2, effort));
            assert_eq!(luma.pixels(), [1, 2, 3, 4, 5, 6]);
        }
    }

    #[test]
    fn the_end_of_requests_is_no_error() {
        assert!(matches!(read_request(&mut io::empty()), Ok(None)));
    }

    #[test]
    fn a_request_with_any_part_out_of_bounds_is_an_error() {
        let valid = request(Effort::Frame);
        for (place, value) in [(0, b'X'), (4, 3), (5, 0), (8, 255), (12, 255)] {
            let mut bytes = valid.clone();
            bytes[place] = value;
            assert!(read_request(&mut bytes.as_slice()).is_err(), "byte {place}");
        }
        assert!(read_request(&mut &valid[..valid.len() - 1]).is_err());
    }

    #[test]
    fn an_answer_arrives_as_it_was_sent() {
        let found: Vec<Decoded> =
            ["", "İ|ı"].map(|text| Decoded { text: text.to_owned(), decoder: Decoder::Rqrr }).into();
        let mut bytes = Vec::new();
        write_answer(&mut bytes, &found).unwrap();
        assert_eq!(read_answer(&mut bytes.as_slice()), Ok(found));
    }

    #[test]
    fn nonsense_for_an_answer_is_an_error() {
        for (bytes, error) in [
            (&b""[..], WorkerError::Ended),
            (b"HKD", WorkerError::Ended),
            (b"HKDA\x01\x00\x00\x05\x00\x00\x00abc", WorkerError::Ended),
            (b"hello, world", WorkerError::Nonsense),
            (b"HKDA\xff\xff", WorkerError::Nonsense),
            (b"HKDA\x01\x00\x07\x00\x00\x00\x00", WorkerError::Nonsense),
            (b"HKDA\x01\x00\x00\xff\xff\xff\xff", WorkerError::Nonsense),
            (b"HKDA\x01\x00\x00\x01\x00\x00\x00\xff", WorkerError::Nonsense),
        ] {
            assert_eq!(read_answer(&mut &bytes[..]), Err(error), "{bytes:?}");
        }
    }

    #[test]
    fn a_program_that_is_no_worker_is_an_error_and_not_a_wait() {
        for program in ["/bin/true", "/bin/echo", "/nonexistent/program"] {
            assert!(Worker::start(Path::new(program)).is_err(), "{program}");
        }
    }

    /// A shell script in place of a worker.
    fn fake(name: &str) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/workers").join(name)
    }

    /// A picture that is larger than a pipe.
    fn large() -> Arc<Luma> {
        Arc::new(Luma::new(2000, 1000, vec![0; 2_000_000]).unwrap())
    }

    #[cfg(unix)]
    #[test]
    fn a_worker_that_reads_nothing_blocks_nobody_past_the_deadline() {
        let mut worker = Worker::start(&fake("deaf")).unwrap();
        let start = std::time::Instant::now();
        let answer = worker.decode(&large(), Effort::Frame, Duration::from_millis(100));
        assert_eq!(answer, Err(WorkerError::TimedOut));
        assert!(start.elapsed() < Duration::from_secs(2));
    }

    #[cfg(unix)]
    #[test]
    fn a_worker_that_failed_is_not_asked_again() {
        // It fits into the pipe.
        let small = Arc::new(Luma::new(2, 2, vec![0; 4]).unwrap());
        for (name, error) in [("garbled", WorkerError::Nonsense), ("crashing", WorkerError::Ended)] {
            let mut worker = Worker::start(&fake(name)).unwrap();
            let mut ask = || worker.decode(&small, Effort::Frame, Duration::from_secs(10));
            assert_eq!((ask(), ask()), (Err(error), Err(WorkerError::Ended)), "{name}");
        }
    }
}
