//! The decode worker: a child process in which decoders may hang or panic.
//!
//! It gets one picture after another, looks at each as its [`Strategy`] says, and says beforehand which
//! decoder it calls, so that its parent knows which one hung. The worker ends when its standard input does.

pub mod wire;

use std::io::{self, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::child;
use super::clock::cpu_time;
use super::decode::{Decoded, Decoder};
use super::frame::Luma;
use super::sandbox::{self, Gaps};
use super::strategy::{Strategy, decode_picture};
use wire::{
    Request, Said, read_ready, read_request, read_said, write_answer, write_note, write_ready, write_request,
};

pub use wire::MAX_TEXT_BYTES;

/// How long a worker may take to start.
const START_LIMIT: Duration = Duration::from_secs(5);

/// How hard the decoders try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// A frame of a sequence: what the strategy has for it, as many more frames follow.
    Frame,
    /// A single picture: everything, as there is no other.
    Picture,
}

/// A set of decoders that are not to be called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut(u8);

impl LeftOut {
    fn bit(decoder: Decoder) -> u8 {
        match decoder {
            Decoder::Rqrr => 1,
            Decoder::Zxing => 2,
            Decoder::Modules => 4,
        }
    }

    /// Leaves `decoder` out as well.
    pub fn insert(&mut self, decoder: Decoder) {
        self.0 |= Self::bit(decoder);
    }

    /// Whether `decoder` is not to be called.
    pub fn contains(self, decoder: Decoder) -> bool {
        self.0 & Self::bit(decoder) != 0
    }

    fn bits(self) -> u8 {
        self.0
    }

    fn from_bits(bits: u8) -> Option<Self> {
        let all = Decoder::ALL.map(Self::bit).into_iter().sum::<u8>();
        (bits & !all == 0).then_some(Self(bits))
    }
}

/// What the decoders made of one picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look {
    /// Each code that was read.
    pub found: Vec<Decoded>,
    /// Whether something looks like a code, read or not.
    pub is_promising: bool,
    /// What the worker spent on it, of all its threads, the picture's transfer included.
    pub cpu: Duration,
}

/// Why a worker gave no answer. It has been killed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WorkerError {
    /// The process can't be started: the system's error by its number.
    #[error("the decoder can't be started: {}", io::Error::from_raw_os_error(*.0))]
    NotStarted(i32),
    /// There was no answer within the deadline.
    #[error("the decoder took too long")]
    TimedOut,
    /// The process ended: it was killed, or a decoder panicked or wanted too much memory.
    #[error("the decoder ended")]
    Ended,
    /// The process wrote what is no answer.
    #[error("the decoder answered nonsense")]
    Nonsense,
}

struct Job {
    luma: Arc<Luma>,
    effort: Effort,
    left_out: LeftOut,
}

type Answer = Result<Look, WorkerError>;

fn not_started(error: &io::Error) -> WorkerError {
    WorkerError::NotStarted(error.raw_os_error().unwrap_or_default())
}

/// The decoder that a worker is calling, if any: its place in [`Decoder::ALL`] and one.
#[derive(Default)]
struct Calling(AtomicU8);

impl Calling {
    fn set(&self, decoder: Option<Decoder>) {
        let place = Decoder::ALL.into_iter().zip(1..).find(|(known, _)| Some(*known) == decoder);
        self.0.store(place.map_or(0, |(_, place)| place), Ordering::Relaxed);
    }

    fn get(&self) -> Option<Decoder> {
        let place = self.0.load(Ordering::Relaxed);
        Decoder::ALL.into_iter().zip(1..).find(|(_, known)| *known == place).map(|(decoder, _)| decoder)
    }
}

/// A running decode worker, seen from its parent. Dropping it kills the process.
pub struct Worker {
    child: Child,
    jobs: Option<Sender<Job>>,
    answers: Receiver<Answer>,
    calling: Arc<Calling>,
    gaps: Gaps,
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
        let (ready, readiness) = mpsc::channel();
        let calling = Arc::new(Calling::default());
        let program = program.to_owned();
        // One thread owns the pipes, since both directions can block, and spawns the process, which dies
        // with the thread that spawned it.
        let thread = thread::Builder::new()
            .name("decode worker".to_owned())
            .spawn({
                let calling = Arc::clone(&calling);
                move || {
                    let Some((mut stdin, mut stdout)) = begin(&program, &started, &ready) else { return };
                    converse(&mut stdin, &mut stdout, &waiting_jobs, &answer, &calling);
                }
            })
            .map_err(|error| not_started(&error))?;
        let child = start.recv().map_err(|_| WorkerError::Ended)?.map_err(|error| not_started(&error))?;
        let gaps = Gaps::default();
        let mut worker = Self { child, jobs: Some(jobs), answers, calling, gaps, thread: Some(thread) };
        worker.gaps = receive(&readiness, START_LIMIT)?;
        Ok(worker)
    }

    /// What should confine the process and does not.
    pub fn gaps(&self) -> Gaps {
        self.gaps
    }

    /// What the decoders make of `luma`, those of `left_out` not being called.
    ///
    /// # Errors
    /// [`WorkerError`] where there is no valid answer within `deadline`. The process is killed then, and
    /// each further call fails: start another.
    pub fn decode(
        &mut self,
        luma: &Arc<Luma>,
        effort: Effort,
        left_out: LeftOut,
        deadline: Duration,
    ) -> Answer {
        let job = Job { luma: Arc::clone(luma), effort, left_out };
        let sent = self.jobs.as_ref().is_some_and(|jobs| jobs.send(job).is_ok());
        let answer = if sent { receive(&self.answers, deadline) } else { Err(WorkerError::Ended) };
        if answer.is_err() {
            self.end();
        }
        answer
    }

    /// The decoder that was being called when the last answer failed to come.
    pub fn calling(&self) -> Option<Decoder> {
        self.calling.get()
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

fn receive<T>(from: &Receiver<Result<T, WorkerError>>, deadline: Duration) -> Result<T, WorkerError> {
    match from.recv_timeout(deadline) {
        Ok(received) => received,
        Err(RecvTimeoutError::Timeout) => Err(WorkerError::TimedOut),
        Err(RecvTimeoutError::Disconnected) => Err(WorkerError::Ended),
    }
}

/// Starts the process and waits until it is ready; `None` where it never is.
fn begin(
    program: &Path,
    started: &Sender<io::Result<Child>>,
    ready: &Sender<Result<Gaps, WorkerError>>,
) -> Option<(ChildStdin, ChildStdout)> {
    let mut child = match child::command(program, "decode-worker").spawn() {
        Ok(child) => child,
        Err(error) => {
            let _ = started.send(Err(error));
            return None;
        }
    };
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    started.send(Ok(child)).ok()?;
    let (stdin, mut stdout) = (stdin?, stdout?);
    let gaps = read_ready(&mut stdout);
    let is_ready = gaps.is_ok();
    ready.send(gaps).ok()?;
    is_ready.then_some((stdin, stdout))
}

/// Passes jobs to the process and answers back, until either side ends.
fn converse(
    stdin: &mut ChildStdin,
    stdout: &mut ChildStdout,
    jobs: &Receiver<Job>,
    answers: &Sender<Answer>,
    calling: &Calling,
) {
    while let Ok(job) = jobs.recv() {
        let answer = ask(stdin, stdout, &job, calling);
        let failed = answer.is_err();
        if answers.send(answer).is_err() || failed {
            return;
        }
    }
}

fn ask(stdin: &mut ChildStdin, stdout: &mut ChildStdout, job: &Job, calling: &Calling) -> Answer {
    write_request(stdin, &job.luma, job.effort, job.left_out).map_err(|_| WorkerError::Ended)?;
    read_answer(stdout, calling)
}

/// Takes note of what the worker calls, until it answers.
fn read_answer(stdout: &mut ChildStdout, calling: &Calling) -> Answer {
    loop {
        match read_said(stdout)? {
            Said::Note(decoder) => calling.set(Some(decoder)),
            Said::Answer(look) => {
                calling.set(None);
                return Ok(look);
            }
        }
    }
}

/// The worker's side: confines itself, and looks at what it is asked on standard input until that ends.
///
/// # Errors
/// What is no request, and pipes that break.
pub fn serve() -> io::Result<()> {
    let gaps = sandbox::confine_worker();
    let mut stdin = io::stdin().lock();
    let mut stdout = io::stdout().lock();
    let mut strategy = Strategy::default();
    write_ready(&mut stdout, gaps)?;
    let mut spent = cpu_time();
    while let Some(request) = read_request(&mut stdin)? {
        let mut look = look(&request, &mut strategy, &mut stdout);
        let now = cpu_time();
        look.cpu = now.saturating_sub(spent);
        spent = now;
        write_answer(&mut stdout, &look)?;
    }
    Ok(())
}

fn look(request: &Request, strategy: &mut Strategy, stdout: &mut impl Write) -> Look {
    let mut may_call = |decoder| {
        // Where the parent is gone the answer will tell.
        !request.left_out.contains(decoder) && write_note(stdout, decoder).is_ok()
    };
    match request.effort {
        Effort::Frame => strategy.look(&request.luma, &mut may_call),
        Effort::Picture => decode_picture(&request.luma, &mut may_call),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let answer = worker.decode(&large(), Effort::Frame, LeftOut::default(), Duration::from_millis(100));
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
            let mut ask =
                || worker.decode(&small, Effort::Frame, LeftOut::default(), Duration::from_secs(10));
            assert_eq!((ask(), ask()), (Err(error), Err(WorkerError::Ended)), "{name}");
        }
    }
}
