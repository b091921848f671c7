//! What holds over real connections: 2,000 answers, broken in framing and time.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hes_kiosk::hes::{Answer, HealthStatus, QueryError};

use super::answers::{self, ASKED, Draws, Response, Seed};
use super::server::{Connection, Server};
use super::{Desk, oracle};

const ANSWERS: u64 = 2_000;
const THREADS: u64 = 8;

/// Seeds that once showed a mistake, of whatever number of answers was tried then.
const KEPT: &[u64] = &[];

/// The limit of a question, and a pause that is longer.
const LIMIT: Duration = Duration::from_millis(400);
const LATE: Duration = Duration::from_millis(900);

/// What a server sends, and what is left of the answer for whoever reads it rightly: nothing where its
/// framing is broken.
struct Sent {
    pieces: Vec<Vec<u8>>,
    /// Before which piece the server waits for too long.
    late: Option<usize>,
    whole: Option<Response>,
}

fn sent(seed: u64) -> Sent {
    let mut draws = Draws::new(seed);
    let response = if draws.one_in(2) { answers::good(&mut draws) } else { answers::mutated(&mut draws) };
    let (framed, whole) = framed(response, &mut draws);
    let pieces = pieces(&framed, &mut draws);
    let late = draws.one_in(40).then(|| draws.below(pieces.len()));
    Sent { pieces, late, whole }
}

fn framed(response: Response, draws: &mut Draws) -> (Vec<u8>, Option<Response>) {
    let mut head = format!("HTTP/1.1 {} Text\r\n", response.http_status).into_bytes();
    for (name, value) in &response.headers {
        head.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    let length = response.body.len();
    let with_length =
        |told: usize| [&head, format!("Content-Length: {told}\r\n\r\n").as_bytes(), &response.body].concat();
    let chunks = chunked(&response.body, draws);
    let with_chunks = |chunks: &[u8]| [&head, &b"Transfer-Encoding: chunked\r\n\r\n"[..], chunks].concat();
    match draws.below(14) {
        0 => (with_length(length + 1 + draws.below(9)), None),
        1 => {
            let told = draws.below(length + 1);
            let body = response.body[..told].to_vec();
            (with_length(told), Some(Response { body, ..response.clone() }))
        }
        2 => {
            let cut = with_length(length);
            (cut[..cut.len() - 1 - draws.below(length.min(cut.len() - 1))].to_vec(), None)
        }
        3 => (with_chunks(&chunks[..draws.below(chunks.len())]), None),
        4 => (with_chunks(&[&b"zz\r\n"[..], &chunks].concat()), None),
        5 => (with_chunks(&String::from_utf8_lossy(&chunks).replace("\r\n", "\n\n").into_bytes()), None),
        6 => ([&b"garbage\r\n"[..], &with_length(length)].concat(), None),
        7 => (with_length(length)[..draws.below(head.len())].to_vec(), None),
        8 => ([&head, &b"\r\n"[..], &response.body].concat(), Some(response.clone())),
        9 => ([&b"HTTP/1.1 100 Continue\r\n\r\n"[..], &with_length(length)].concat(), Some(response.clone())),
        10 => (with_chunks(&chunks), Some(response.clone())),
        11 => {
            // Two lengths that contradict each other.
            let two = [&head, format!("Content-Length: {}\r\n", length + 1).as_bytes()].concat();
            let rest = with_length(length)[head.len()..].to_vec();
            ([two, rest].concat(), None)
        }
        _ => (with_length(length), Some(response.clone())),
    }
}

fn chunked(body: &[u8], draws: &mut Draws) -> Vec<u8> {
    let mut chunks = Vec::new();
    let size = 1 + draws.below(body.len().max(1));
    for chunk in body.chunks(size) {
        chunks.extend([format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat());
    }
    chunks.extend(b"0\r\n\r\n");
    chunks
}

/// `bytes` cut in up to four places.
fn pieces(bytes: &[u8], draws: &mut Draws) -> Vec<Vec<u8>> {
    let mut cuts: Vec<usize> = (0..draws.below(5)).map(|_| draws.below(bytes.len() + 1)).collect();
    cuts.extend([0, bytes.len()]);
    cuts.sort_unstable();
    cuts.windows(2).map(|cut| bytes[cut[0]..cut[1]].to_vec()).collect()
}

fn say(connection: &mut Connection, sent: &Sent) -> io::Result<()> {
    connection.read_question()?;
    for (number, piece) in sent.pieces.iter().enumerate() {
        if sent.late == Some(number) {
            std::thread::sleep(LATE);
        }
        connection.say(piece)?;
    }
    Ok(())
}

/// Asks for each answer of `seeds` and gives how many were read as riskless.
fn asked_for(seeds: impl Iterator<Item = u64>) -> u32 {
    let seed = Arc::new(AtomicU64::new(0));
    let current = Arc::clone(&seed);
    let server = Server::start(move |connection| say(connection, &sent(current.load(Ordering::SeqCst))));
    let desk = Desk::with_timeout(&server.url(), LIMIT);
    let mut riskless = 0;
    for number in seeds {
        let _tried = Seed(number);
        seed.store(number, Ordering::SeqCst);
        let Sent { whole, late, .. } = sent(number);
        let started = Instant::now();
        let asked = desk.ask();
        assert!(asked.is_err() || started.elapsed() < LATE, "{:?}", started.elapsed());
        if let Ok(Answer::Status(status)) = &asked
            && status.health == HealthStatus::Riskless
        {
            let proven = whole.as_ref().and_then(|whole| oracle::riskless_until(whole, ASKED));
            assert_eq!(Some(status.valid_until), proven, "{whole:?}");
            riskless += 1;
        }
        if let Ok(Answer::NotFound | Answer::Expired) = asked {
            assert!(whole.as_ref().and_then(oracle::refusal).is_some(), "{whole:?}");
        }
        if late == Some(0) {
            assert_eq!(asked, Err(QueryError::TimedOut));
        }
    }
    riskless
}

/// Counts the panics of the client's own threads, which it survives: they would be missed otherwise.
fn count_panics() -> Arc<AtomicU64> {
    let panics = Arc::new(AtomicU64::new(0));
    let (counted, before) = (Arc::clone(&panics), std::panic::take_hook());
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() == Some("service") {
            counted.fetch_add(1, Ordering::SeqCst);
        }
        before(panic);
    }));
    panics
}

#[test]
fn no_broken_answer_proves_too_much_comes_too_late_or_makes_the_client_panic() {
    let panics = count_panics();
    asked_for(KEPT.iter().copied());
    let riskless: u32 = std::thread::scope(|scope| {
        let share = |thread| (0..ANSWERS).skip(thread as usize).step_by(THREADS as usize);
        let asking: Vec<_> =
            (0..THREADS).map(|thread| scope.spawn(move || asked_for(share(thread)))).collect();
        asking.into_iter().map(|asking| asking.join().unwrap()).sum()
    });
    assert_eq!(panics.load(Ordering::SeqCst), 0);
    assert!(riskless > 200, "answers that are all broken would prove nothing: {riskless} riskless");
}
