//! The visit log beside SQLCipher without our code, in the same run: records on the disk a second, what is found and
//! listed, statistics, an export, and whether it keeps check-ins waiting.
//!
//! `ROWS` (3000000) chooses other than so many visits, spread evenly over thirty days; `PROGRAM` is another hes-kiosk
//! than the one beside this program.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use hes_kiosk::code::{Code, Source};
use hes_kiosk::entry::Decision;
use hes_kiosk::visits::{
    Because, Config, DecidedBy, Environment, Filter, KeySource, Page, Reader, Store, Use, Visit, VisitsError,
};
use hes_kiosk_bench::Failure;
use hes_kiosk_bench::log::{Bare, DAY, Random};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use uuid::Uuid;

/// How many records are written for each rate and each waiting time.
const RECORDS: usize = 6000;

/// How often a question is asked; the median counts.
const ASKED: usize = 41;

/// The records of a page.
const PAGE: u32 = 50;

/// Whose records are found: ten of them.
const FOUND: &str = "A1B2345670";

fn main() -> ExitCode {
    hes_kiosk_bench::end(run())
}

fn run() -> Result<(), Failure> {
    let rows = match env::var("ROWS") {
        Ok(rows) if !rows.is_empty() => rows.parse()?,
        _ => 3_000_000,
    };
    let folder = tempfile::tempdir()?;
    let bench = Bench::new(folder.path(), rows)?;
    println!("{rows} visits in thirty days; ours, bare, and what ours is of bare:");
    bench.record()?;
    bench.fill()?;
    bench.find()?;
    bench.list()?;
    bench.statistics()?;
    bench.export()?;
    bench.wait()
}

struct Bench {
    folder: PathBuf,
    rows: u64,
    program: PathBuf,
    runtime: Runtime,
    first: Timestamp,
}

impl Bench {
    fn new(folder: &Path, rows: u64) -> Result<Self, Failure> {
        let program = match env::var_os("PROGRAM") {
            Some(program) => PathBuf::from(program),
            None => env::current_exe()?.with_file_name("hes-kiosk"),
        };
        let first = Timestamp::from_millisecond(Timestamp::now().as_millisecond() - 30 * DAY)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        let bench = Self { folder: folder.to_owned(), rows, program, runtime, first };
        let config = bench.config("log");
        let key = config.keys.path().ok_or("the keys lie in no file")?;
        let settings =
            format!("[visits]\npath = \"{}\"\nkey_file = \"{}\"\n", config.path.display(), key.display());
        fs::write(folder.join("kiosk.toml"), settings)?;
        Ok(bench)
    }

    fn config(&self, name: &str) -> Config {
        Config {
            path: self.folder.join(name).join("visits.db"),
            keys: KeySource::File(self.folder.join(format!("{name}.key"))),
            keep_holder: false,
            repeat: Duration::from_secs(30 * 60),
            retention_days: 3650,
            exports: self.folder.join("exports"),
        }
    }

    /// A connection to the filled log without our code.
    fn bare(&self) -> Result<Bare, Failure> {
        let config = self.config("log");
        let key = config.keys.path().ok_or("the keys lie in no file")?;
        Bare::open(&config.path, key)
    }

    /// Records a second, each on the disk before the next: ours beside bare inserts of the same visits into the same
    /// columns, seals apart, with the same indexes, and beside those asked of a thread, as who may not wait for a disk
    /// asks. All logs are new; they take turns.
    fn record(&self) -> Result<(), Failure> {
        let store = Store::open(self.config("new"), Use::Command)?;
        let bare = Bare::create(&self.folder.join("bare.db"))?;
        let thread = Thread::start(Bare::create(&self.folder.join("thread.db"))?);
        let mut random = Random(7);
        let [mut alone, mut together, mut theirs, mut asked] = [Duration::ZERO; 4];
        for turn in 0..10 {
            let started = Instant::now();
            for visit in self.visits(&store, &mut random)? {
                self.runtime.block_on(store.append_visit(visit))?;
            }
            alone += started.elapsed();
            // Four who wait each for its own record, as programs beside each other do.
            let mut visits = self.visits(&store, &mut random)?;
            let quarter = visits.len() / 4;
            let parts = [(); 4].map(|()| visits.split_off(visits.len() - quarter));
            let [one, two, three, four] = parts.map(|part| append_all(&store, part));
            let started = Instant::now();
            self.runtime.block_on(async { tokio::try_join!(one, two, three, four) })?;
            together += started.elapsed();
            let started = Instant::now();
            let numbers = (1 + turn * (RECORDS / 10)..).take(RECORDS / 10).map(|number| number as u64);
            for number in numbers.clone() {
                bare.insert(number, now(), &mut random)?;
            }
            theirs += started.elapsed();
            let started = Instant::now();
            for number in numbers {
                self.runtime.block_on(thread.insert(number))?;
            }
            asked += started.elapsed();
        }
        let rate = |took: Duration| RECORDS as f64 / took.as_secs_f64();
        for (how, took) in [("one at a time", alone), ("four at a time", together)] {
            let (ours, theirs) = (rate(took), rate(theirs));
            println!("records a second, {how}: {ours:.0}, {theirs:.0}, {:.2}", ours / theirs);
        }
        let (ours, asked) = (rate(alone), rate(asked));
        println!(
            "      (one at a time beside bare inserts that are asked of a thread: {asked:.0}, {:.2})",
            ours / asked
        );
        Ok(())
    }

    /// Visits whose codes are hashed, which is done before the service is asked.
    fn visits(&self, store: &Store, random: &mut Random) -> Result<Vec<Visit>, Failure> {
        let visits = (0..RECORDS / 10).map(|_| {
            let code = code(random)?;
            Ok(visit(self.runtime.block_on(store.hash(code))?))
        });
        visits.collect()
    }

    fn fill(&self) -> Result<(), Failure> {
        let store = Store::open(self.config("log"), Use::Command)?;
        let found = self.runtime.block_on(store.hash(Code::parse(FOUND)?))?;
        drop(store);
        let started = Instant::now();
        let mut bare = self.bare()?;
        bare.fill(self.rows, self.first.as_millisecond(), 30 * DAY, &found.to_hex())?;
        drop(bare);
        // Whoever opens it first makes the write-ahead log again.
        drop(Store::open(self.config("log"), Use::Command)?);
        let megabytes = fs::metadata(self.config("log").path)?.len() >> 20;
        println!("(filled in {:.0} s, {megabytes} MiB)", started.elapsed().as_secs_f64());
        Ok(())
    }

    /// Ours records that somebody asked, and the bare one inserts the same columns.
    fn find(&self) -> Result<(), Failure> {
        let store = Store::open(self.config("log"), Use::Command)?;
        let code = Code::parse(FOUND)?;
        let hash = self.runtime.block_on(store.hash(code))?.to_hex();
        let bare = self.bare()?;
        let ours = median(|_| Ok(self.runtime.block_on(store.find(code, None)).map(|_| ())?))?;
        let theirs = median(|_| bare.find(&hash))?;
        let mut random = Random(9);
        let with_act = median(|_| bare.find(&hash).and_then(|()| bare.act(now(), &mut random)))?;
        println!(
            "find: {ours:.2?}, {with_act:.2?} with a record that somebody asked, {:.2}",
            ratio(ours, with_act)
        );
        println!("      ({theirs:.2?} the query alone)");
        Ok(())
    }

    fn list(&self) -> Result<(), Failure> {
        let mut reader = Reader::open(&self.config("log"))?;
        let bare = self.bare()?;
        for decision in [None, Some("admit"), Some("refuse")] {
            let filter = Filter { decision: decision.map(str::to_owned), ..Filter::default() };
            for (name, before) in
                [("first", 60 * u64::from(PAGE)), ("middle", self.rows / 2), ("last", self.rows)]
            {
                // Not the same page each time, which would be in memory.
                let before = |time: usize| before - 20 * time as u64;
                let ours = median(|time| {
                    let page = Page { before: Some(before(time)), limit: Some(PAGE) };
                    Ok(reader.each(&filter, page, |_| Ok::<(), VisitsError>(()))?)
                })?;
                let theirs = median(|time| bare.page(before(time), decision, PAGE))?;
                let of = decision.unwrap_or("all");
                println!("{name} page of {of}: {ours:.2?}, {theirs:.2?}, {:.2}", ratio(ours, theirs));
            }
        }
        Ok(())
    }

    fn statistics(&self) -> Result<(), Failure> {
        let zone = TimeZone::get("Europe/Istanbul")?;
        let mut reader = Reader::open(&self.config("log"))?;
        let mut visits = 0;
        let took = median(|time| {
            let since = self.first.as_millisecond() + (time as i64 % 29) * DAY;
            let filter = Filter {
                since: Some(Timestamp::from_millisecond(since)?),
                until: Some(Timestamp::from_millisecond(since + DAY)?),
                ..Filter::default()
            };
            visits = reader.statistics(&filter, &zone)?.all.visits;
            Ok(())
        })?;
        println!("statistics of a day of {visits} visits: {took:.1?}");
        Ok(())
    }

    /// Starts the program, which writes an export.
    fn exporting(&self, out: &Path) -> Result<Child, Failure> {
        Ok(Command::new(&self.program)
            .arg("--config")
            .arg(self.folder.join("kiosk.toml"))
            .args(["log", "export", "--out"])
            .arg(out)
            .env_clear()
            .env("HOME", &self.folder)
            .stdout(Stdio::null())
            .spawn()?)
    }

    /// The whole log as a file, beside the SQLCipher shell where there is one, else beside a loop over the same rows
    /// that the csv crate writes.
    fn export(&self) -> Result<(), Failure> {
        let bare = self.bare()?;
        let started = Instant::now();
        let shell = bare.shell(&self.folder.join("shell.csv"))?;
        if !shell {
            bare.csv(File::create(self.folder.join("bare.csv"))?)?;
        }
        let theirs = started.elapsed();
        let name = if shell { "sqlcipher's .mode csv" } else { "a bare loop with the csv crate" };
        for ending in ["csv", "jsonl", "xlsx"] {
            let started = Instant::now();
            let mut export = self.exporting(&self.folder.join(format!("ours.{ending}")))?;
            let mut memory = 0;
            let status = loop {
                if let Some(status) = export.try_wait()? {
                    break status;
                }
                memory = memory.max(peak(export.id()).unwrap_or_default());
                thread::sleep(Duration::from_millis(5));
            };
            if !status.success() {
                return Err(format!("export ended with {status}").into());
            }
            let (ours, beside) = (started.elapsed(), ratio(theirs, started.elapsed()));
            println!(
                "export to {ending}: {ours:.1?}, {theirs:.1?} by {name}; {beside:.2} times as fast, {memory} MiB at most"
            );
        }
        Ok(())
    }

    /// How long a record takes to the disk while nobody else works, and while an export runs.
    fn wait(&self) -> Result<(), Failure> {
        let store = Store::open(self.config("log"), Use::Command)?;
        let mut random = Random(11);
        let mut record = || -> Result<Duration, Failure> {
            let hash = self.runtime.block_on(store.hash(code(&mut random)?))?;
            let started = Instant::now();
            self.runtime.block_on(store.append_visit(visit(hash)))?;
            let took = started.elapsed();
            thread::sleep(Duration::from_millis(5));
            Ok(took)
        };
        let alone = (0..RECORDS).map(|_| record()).collect::<Result<Vec<_>, _>>()?;
        let mut export = self.exporting(&self.folder.join("beside.csv"))?;
        let mut beside = Vec::new();
        while export.try_wait()?.is_none() {
            beside.push(record()?);
        }
        let (alone, beside) = (p95(alone), p95(beside));
        println!(
            "95 of 100 records take: {beside:.2?} beside an export, {alone:.2?} alone, {:.2}",
            ratio(beside, alone)
        );
        let (erasing, longest) = self.erase(&store, &mut record)?;
        println!("the longest record beside an erasure, which takes {erasing:.1?}: {longest:.2?}");
        Ok(())
    }

    /// How long an erasure takes that looks through the whole log, and the longest record meanwhile.
    fn erase(
        &self,
        store: &Store,
        record: &mut impl FnMut() -> Result<Duration, Failure>,
    ) -> Result<(Duration, Duration), Failure> {
        let (code, because) = (Code::parse(FOUND)?, Because::parse("KVKK 11/e")?);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        thread::scope(|scope| {
            let started = Instant::now();
            let erasing = scope.spawn(|| runtime.block_on(store.erase(code, None, because)));
            let mut longest = Duration::ZERO;
            while !erasing.is_finished() {
                longest = longest.max(record()?);
            }
            let took = started.elapsed();
            erasing.join().map_err(|_| "the erasure did not end")??;
            Ok((took, longest))
        })
    }
}

/// A thread that inserts what it is asked to.
struct Thread(mpsc::Sender<(u64, oneshot::Sender<Result<(), Failure>>)>);

impl Thread {
    fn start(bare: Bare) -> Self {
        let (requests, received) = mpsc::channel::<(u64, oneshot::Sender<_>)>();
        thread::spawn(move || {
            let mut random = Random(8);
            for (number, reply) in received {
                let _ = reply.send(bare.insert(number, now(), &mut random));
            }
        });
        Self(requests)
    }

    async fn insert(&self, number: u64) -> Result<(), Failure> {
        let (reply, answer) = oneshot::channel();
        self.0.send((number, reply))?;
        answer.await?
    }
}

fn code(random: &mut Random) -> Result<Code, Failure> {
    Ok(Code::parse(&format!("A1B{:07}", random.below(10_000_000)))?)
}

fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

fn visit(code: hes_kiosk::visits::CodeHash) -> Visit {
    Visit {
        id: Uuid::now_v7(),
        at: Timestamp::from_millisecond(now()).unwrap_or_default(),
        environment: Environment::Live,
        entrance: "Ana giriş".to_owned(),
        source: Some(Source::Camera),
        decided_by: Some(DecidedBy::Service),
        answers: None,
        code: Some(code),
        decision: Decision::Admit,
        valid_until: Some(Timestamp::now()),
        service_ms: Some(120),
        holder: None,
        word: None,
    }
}

fn median(mut ask: impl FnMut(usize) -> Result<(), Failure>) -> Result<Duration, Failure> {
    let mut times = Vec::new();
    for time in 0..ASKED {
        let started = Instant::now();
        ask(time)?;
        times.push(started.elapsed());
    }
    times.sort();
    Ok(times[ASKED / 2])
}

fn p95(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() * 95 / 100).copied().unwrap_or_default()
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

/// The most memory that a process had so far, in MiB.
fn peak(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kibibytes| kibibytes / 1024)
}

async fn append_all(store: &Store, visits: Vec<Visit>) -> Result<(), VisitsError> {
    for visit in visits {
        store.append_visit(visit).await?;
    }
    Ok(())
}
