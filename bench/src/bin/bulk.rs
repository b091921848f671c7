//! `hes-kiosk bulk` beside a bare loop that sends the same questions, as many at a time, and only reads what
//! comes back: how much longer the program takes for everything that it does besides.
//!
//! `CODES` (100000), `PARALLEL` (4) and `LATENCY_MS` (100), the time that the service takes for a question, choose
//! otherwise. `PROGRAM` is another hes-kiosk than the one beside this program.

use std::collections::HashMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use hes_kiosk_bench::Failure;

/// The most codes in a question.
const BATCH: usize = 500;

/// How often each of both is timed; the fastest counts.
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    hes_kiosk_bench::end(run())
}

fn run() -> Result<(), Failure> {
    let (codes, parallel) = (number("CODES", 100_000)?, number("PARALLEL", 4)?);
    let latency = Duration::from_millis(number("LATENCY_MS", 100)? as u64);
    let program = match env::var_os("PROGRAM") {
        Some(program) => PathBuf::from(program),
        None => env::current_exe()?.with_file_name("hes-kiosk"),
    };
    let address = serve(latency)?;
    let folder = env::temp_dir().join(format!("hes-kiosk-bench-{}", std::process::id()));
    let table = lay_out(&folder, address, codes, parallel)?;
    let (mut bare, mut ours) = (Duration::MAX, Duration::MAX);
    let mut memory = 0;
    for _ in 0..ROUNDS {
        bare = bare.min(loop_bare(address, codes, parallel)?);
        let (took, most) = bulk(&program, &folder, &table)?;
        ours = ours.min(took);
        memory = memory.max(most);
    }
    fs::remove_dir_all(&folder)?;
    println!("{codes} codes, {parallel} questions at a time, {latency:?} each:");
    println!("bare loop {:.2} s, hes-kiosk bulk {:.2} s", bare.as_secs_f64(), ours.as_secs_f64());
    println!("{:.2} times as long, {memory} MiB at most", ours.as_secs_f64() / bare.as_secs_f64());
    Ok(())
}

fn number(variable: &str, default: usize) -> Result<usize, Failure> {
    match env::var(variable) {
        Ok(text) if !text.is_empty() => Ok(text.parse().map_err(|error| format!("{variable}: {error}"))?),
        _ => Ok(default),
    }
}

fn code(number: usize) -> String {
    format!("A1B{number:07}")
}

/// A home with settings, and a table of as many people.
fn lay_out(folder: &Path, address: SocketAddr, codes: usize, parallel: usize) -> io::Result<PathBuf> {
    let settings = format!(
        "[service]\nenvironment = \"own\"\n[service.own]\nurl = \"http://{address}/\"\nusername = \"u\"\n\
         [privacy]\ncontroller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n\
         [bulk]\nparallel = {parallel}\n"
    );
    fs::create_dir_all(folder.join(".config/hes-kiosk"))?;
    fs::write(folder.join(".config/hes-kiosk/kiosk.toml"), settings)?;
    let rows = (0..codes).fold("Sicil;Ad;HES Kodu\n".to_owned(), |mut table, number| {
        // Writing to a String cannot fail.
        let _ = writeln!(table, "{number};Şule Yılmaz;{}", code(number));
        table
    });
    let table = folder.join("people.csv");
    fs::write(&table, rows)?;
    Ok(table)
}

/// How long the program takes, and the most memory that it had, in MiB.
fn bulk(program: &Path, folder: &Path, table: &Path) -> Result<(Duration, u64), Failure> {
    let started = Instant::now();
    let mut run = Command::new(program)
        .args([Path::new("bulk"), table, Path::new("--out"), &folder.join("report.csv")])
        .env_clear()
        .env("HOME", folder)
        .env("HES_KIOSK_PASSWORD", "p")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut memory = 0;
    let status = loop {
        if let Some(status) = run.try_wait()? {
            break status;
        }
        memory = memory.max(peak(run.id()).unwrap_or_default());
        thread::sleep(Duration::from_millis(5));
    };
    let took = started.elapsed();
    // 1: some are refused.
    if status.code() == Some(1) {
        Ok((took, memory))
    } else {
        Err(format!("bulk ended with {status}").into())
    }
}

/// The most memory that a process had so far, in MiB.
fn peak(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kibibytes| kibibytes / 1024)
}

/// How long it takes to send the questions and to read the answers, and nothing else.
fn loop_bare(address: SocketAddr, codes: usize, parallel: usize) -> Result<Duration, Failure> {
    let questions: Vec<String> = (0..codes)
        .step_by(BATCH)
        .map(|first| {
            let codes: Vec<String> = (first..codes.min(first + BATCH))
                .map(|number| format!("{{\"hes_code\":\"{}\"}}", code(number)))
                .collect();
            let body = format!("[{}]", codes.join(","));
            format!(
                "POST /check-hes-codes HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
                 Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )
        })
        .collect();
    let next = AtomicUsize::new(0);
    let ask = || -> io::Result<()> {
        while let Some(question) = questions.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut stream = TcpStream::connect(address)?;
            stream.write_all(question.as_bytes())?;
            io::copy(&mut stream, &mut io::sink())?;
        }
        Ok(())
    };
    let started = Instant::now();
    thread::scope(|scope| {
        let askers: Vec<_> = (0..parallel).map(|_| scope.spawn(ask)).collect();
        askers.into_iter().try_for_each(|asker| match asker.join() {
            Ok(asked) => asked.map_err(Failure::from),
            Err(_) => Err("a thread panicked".into()),
        })
    })?;
    Ok(started.elapsed())
}

/// A service that answers each question after `latency`, for as long as this program runs.
fn serve(latency: Duration) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Whoever hangs up is not waited for.
            thread::spawn(move || answer(&stream, latency));
        }
    });
    Ok(address)
}

fn answer(stream: &TcpStream, latency: Duration) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else {
            if line.trim().is_empty() {
                break;
            }
            continue;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or_default();
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8_lossy(&body);
    let (mut success, mut refused) = (String::new(), String::new());
    // Every fourth piece between quotes is a code: [{"hes_code":"…"},…]
    for code in body.split('"').skip(3).step_by(4) {
        if code.ends_with('2') {
            let _ = write!(refused, ",\"{code}\":\"hescodenotfound\"");
        } else {
            let _ = write!(
                success,
                ",\"{code}\":{{\"current_health_status\":\"RISKLESS\",\"expiration_date\":\
                 \"2070-12-30T13:00:00.000Z\",\"masked_identity_number\":\"********792\",\
                 \"masked_firstname\":\"DE****\",\"masked_lastname\":\"YI**** \"}}"
            );
        }
    }
    let maps = format!(
        "{{\"success_map\":{{{}}},\"unsuccess_map\":{{{}}}}}",
        success.get(1..).unwrap_or_default(),
        refused.get(1..).unwrap_or_default()
    );
    thread::sleep(latency);
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{maps}",
        maps.len()
    )
}
