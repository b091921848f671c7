//! What the door's scanner and its peers read of the same visitors, and what it costs them, as the README's
//! tables. See there for the variables that choose less than everything.

use std::env;
use std::error::Error;
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::Mutex;
use std::thread;

use hes_kiosk_bench::Failure;
use hes_kiosk_bench::latency::{self, Latencies};
use hes_kiosk_bench::lobby::{self, FIGURES, Frame, TUNING};
use hes_kiosk_bench::ours::Kiosk;
use hes_kiosk_bench::peers::{Outcome, Peer, PeerProcess, serve};
use hes_kiosk_bench::photographs::{self, Count};
use hes_kiosk_bench::tally::Tally;

/// For so many visitors, frames of passers-by are looked at once.
const VISITORS_PER_PASSERS_BY: u64 = 4;

/// From so many visitors the time to a reading is taken.
const LATENCY_VISITORS: usize = 100;

/// What is measured; from environment variables.
struct Plan {
    /// This program, which runs the peers.
    program: PathBuf,
    kiosk: Kiosk,
    readers: Vec<Reader>,
    seeds: Range<u64>,
    jobs: usize,
    photographs: Option<PathBuf>,
}

/// Who reads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Ours,
    Peer(Peer),
}

impl Reader {
    fn all() -> Vec<Self> {
        [Self::Ours].into_iter().chain(Peer::ALL.map(Self::Peer)).collect()
    }

    fn from_name(name: &str) -> Result<Self, Failure> {
        if name == "ours" {
            return Ok(Self::Ours);
        }
        Peer::from_name(name).map(Self::Peer).ok_or_else(|| format!("there is no reader {name}").into())
    }

    fn title(self) -> &'static str {
        match self {
            Self::Ours => "**hes-kiosk**",
            Self::Peer(peer) => peer.title(),
        }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let ended = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Plan::from_environment().and_then(|plan| plan.run()),
        ["--peer", name] => match Peer::from_name(name) {
            Some(peer) => serve(peer).map_err(Failure::from),
            None => Err(format!("there is no peer {name}").into()),
        },
        _ => Err("it takes no arguments".into()),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The value of an environment variable, where it is set to anything.
fn variable<Value: FromStr<Err: Error + Send + Sync + 'static>>(
    name: &str,
) -> Result<Option<Value>, Failure> {
    match env::var(name) {
        Ok(value) if !value.is_empty() => {
            value.parse().map(Some).map_err(|error: Value::Err| format!("{name}: {error}").into())
        }
        _ => Ok(None),
    }
}

impl Plan {
    fn from_environment() -> Result<Self, Failure> {
        let program = env::current_exe()?;
        let readers = match variable::<String>("PEERS")? {
            Some(names) => names.split(',').map(Reader::from_name).collect::<Result<_, _>>()?,
            None => Reader::all(),
        };
        let seeds = match variable::<String>("SEEDS")?.as_deref() {
            None | Some("figures") => FIGURES,
            Some("tuning") => TUNING,
            Some(other) => return Err(format!("SEEDS: figures or tuning, not {other}").into()),
        };
        let visitors = variable("VISITORS")?.unwrap_or(seeds.end - seeds.start);
        let jobs = match variable("JOBS")? {
            Some(jobs) => jobs,
            None => thread::available_parallelism()?.get(),
        };
        Ok(Self {
            kiosk: Kiosk::new(program.with_file_name("hes-kiosk"))?,
            program,
            readers,
            seeds: seeds.start..seeds.end.min(seeds.start + visitors),
            jobs,
            photographs: variable("PHOTOGRAPHS")?,
        })
    }

    fn run(&self) -> Result<(), Failure> {
        let tallies = self.count()?;
        println!("{} visitors (seeds {:?})\n", self.seeds.end - self.seeds.start, self.seeds);
        print_table(&self.readers, &tallies);
        if self.readers.contains(&Reader::Ours) {
            let seeds = self.seeds.clone().take(LATENCY_VISITORS);
            print_latencies(&latency::first_readings(self.kiosk.program(), seeds)?);
        }
        match &self.photographs {
            Some(folder) => {
                print_photographs(photographs::count(folder, &self.program, &self.kiosk)?);
            }
            None => println!("\nNo photographs: PHOTOGRAPHS names no folder."),
        }
        Ok(())
    }

    /// What each reader made of the visitors.
    fn count(&self) -> Result<Vec<Tally>, Failure> {
        let seeds = Mutex::new(self.seeds.clone());
        let totals = Mutex::new(vec![Tally::default(); self.readers.len()]);
        let take = || seeds.lock().map_err(|_| "a thread panicked").map(|mut seeds| seeds.next());
        let job = || -> Result<(), Failure> {
            let mut bench = Bench::new(self);
            while let Some(seed) = take()? {
                bench.visitor(seed)?;
                let count = seed - self.seeds.start;
                if count.is_multiple_of(VISITORS_PER_PASSERS_BY) {
                    bench.passers_by(seed)?;
                }
                if count.is_multiple_of(20) {
                    eprintln!("visitor {count}");
                }
            }
            let mut totals = totals.lock().map_err(|_| "a thread panicked")?;
            totals.iter_mut().zip(&bench.tallies).for_each(|(total, tally)| total.merge(tally));
            Ok(())
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..self.jobs.max(1)).map(|_| scope.spawn(job)).collect();
            threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread panicked")?)
        })?;
        Ok(totals.into_inner().map_err(|_| "a thread panicked")?)
    }
}

/// One thread's readers and what they read.
struct Bench<'plan> {
    plan: &'plan Plan,
    peers: Vec<Option<PeerProcess>>,
    tallies: Vec<Tally>,
}

impl<'plan> Bench<'plan> {
    fn new(plan: &'plan Plan) -> Self {
        let peer = |reader: &Reader| match reader {
            Reader::Ours => None,
            Reader::Peer(peer) => Some(PeerProcess::new(&plan.program, *peer)),
        };
        let peers = plan.readers.iter().map(peer).collect();
        Self { plan, peers, tallies: vec![Tally::default(); plan.readers.len()] }
    }

    fn visitor(&mut self, seed: u64) -> Result<(), Failure> {
        let visitor = lobby::visitor(seed);
        let looks = self.look(&visitor.frames)?;
        self.name_wrong_texts(&format!("visitor {seed}"), Some(&visitor.text), &looks);
        for (tally, looks) in self.tallies.iter_mut().zip(looks) {
            tally.visitor(&visitor.text, &looks);
        }
        Ok(())
    }

    fn passers_by(&mut self, seed: u64) -> Result<(), Failure> {
        let looks = self.look(&lobby::passers_by(seed))?;
        self.name_wrong_texts(&format!("passers-by {seed}"), None, &looks);
        for (tally, looks) in self.tallies.iter_mut().zip(looks) {
            tally.passers_by(&looks);
        }
        Ok(())
    }

    /// Says where to look for what must not be.
    fn name_wrong_texts(&self, who: &str, expected: Option<&String>, looks: &[Vec<Outcome>]) {
        for (reader, looks) in self.plan.readers.iter().zip(looks) {
            for (number, look) in (1..).zip(looks) {
                for text in look.texts.iter().filter(|text| Some(*text) != expected) {
                    eprintln!("{who}, frame {number}: {} read {text:?}", reader.title());
                }
            }
        }
    }

    /// What each reader makes of the same frames.
    fn look(&mut self, frames: &[Frame]) -> Result<Vec<Vec<Outcome>>, Failure> {
        let pictures: Vec<_> = frames.iter().map(Frame::grey).collect();
        self.peers
            .iter_mut()
            .map(|peer| match peer {
                None => self.plan.kiosk.scan(frames),
                Some(peer) => {
                    Ok(pictures.iter().map(|picture| peer.look(picture)).collect::<Result<_, _>>()?)
                }
            })
            .collect()
    }
}

fn print_table(readers: &[Reader], tallies: &[Tally]) {
    println!(
        "| every frame | read within 1 / 3 / 6 / 12 frames, % | beyond zxing-cpp's defaults | CPU ms a frame with / without a code | worst frame, ms | wrong texts |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    let defaults = readers.iter().position(|reader| *reader == Reader::Peer(Peer::Zxing));
    for (reader, tally) in readers.iter().zip(tallies) {
        let within = tally.within();
        let points = defaults.map_or("–".to_owned(), |place| {
            let defaults = tallies[place].within();
            let points = within.iter().zip(defaults).map(|(ours, theirs)| format!("{:+.0}", ours - theirs));
            points.collect::<Vec<_>>().join(" / ")
        });
        println!(
            "| {} | {} | {points} | {:.1} / {:.1} | {:.0} | {} |",
            reader.title(),
            within.map(|part| format!("{part:.0}")).join(" / "),
            tally.with_code.mean(),
            tally.without_code.mean(),
            tally.worst(),
            tally.wrong,
        );
    }
}

fn print_latencies(times: &Latencies) {
    let [median, most_of, most] = [0.5, 0.95, 1.0].map(|part| times.quantile(part));
    println!(
        "\nFrom a frame's capture to a visitor's first reading in the kiosk ({} visitors): median {median:.0} ms, \
         95 % within {most_of:.0} ms, most {most:.0} ms.",
        times.count()
    );
}

fn print_photographs(count: Count) {
    println!("\n| photographs, of {} | read right |", count.photographs);
    println!("| --- | --- |");
    println!("| **hes-kiosk decode** ({} another text) | {} |", count.ours_other, count.ours);
    println!("| zxing-cpp, defaults | {} |", count.zxing);
    println!("| zxing-cpp, plain, sharpened, inverted, half or twice as large | {} |", count.zxing_best);
    println!("| rqrr, `prepare` | {} |", count.rqrr);
    println!("| one of the last two | {} |", count.any);
}
