//! From a reader's last key to the outcome's colour.

use std::thread;
use std::time::{Duration, Instant};

use hes_kiosk::visits::{Act, Config, Deed, KeySource, Store, Use};
use hes_kiosk_bench::Failure;

use crate::display::{Key, READER};
use crate::door::{self, Home};
use crate::picture::Look;
use crate::{Bench, milliseconds, quantile, tell};

/// So many visitors come.
const VISITS: usize = 120;

/// So many records are written to tell how long one takes.
const RECORDS: usize = 300;

/// The limit beside the record's commit.
const LIMIT: Duration = Duration::from_millis(33);

/// The screens that say what was decided.
pub const OUTCOMES: [Look; 3] = [Look::Admit, Look::Refuse, Look::Unverified];

pub fn measure(bench: &Bench) -> Result<(), Failure> {
    let display = door::display();
    let home = Home::new(bench, "keys")?;
    home.show_all(&bench.lobby.passers_by)?;
    let _kiosk = home.open(bench, &display)?;
    let mut times = Vec::new();
    for number in 0..VISITS {
        // Riskless and risky by turns.
        display.type_text(&format!("A1B{number:06}{}", number % 2), READER);
        let pressed = Instant::now();
        display.press(Key::Enter);
        times.push(door::shows(&display, &OUTCOMES)? - pressed);
        display.press(Key::Escape);
        door::shows(&display, &[Look::Welcome])?;
    }
    tell_beside_commit("a reader's last key to the outcome's colour", &mut times, LIMIT, commit(bench)?);
    Ok(())
}

/// Prints what 95 of 100 took, beside a limit and the commit.
pub fn tell_beside_commit(measure: &str, times: &mut [Duration], limit: Duration, commit: Duration) {
    let count = times.len();
    let (median, p95, longest) = (quantile(times, 0.5), quantile(times, 0.95), quantile(times, 1.0));
    let [median, p95, longest, limit, commit] = [median, p95, longest, limit, commit].map(milliseconds);
    let figures = format!(
        "p95 {p95:.1} ms of {count} (median {median:.1}, longest {longest:.1}), limit {limit:.0} ms and a commit of \
         {commit:.1} ms"
    );
    tell(measure, &figures, p95 <= limit + commit);
}

/// How long it takes as a rule until a record of a log on the same disk is on it.
pub fn commit(bench: &Bench) -> Result<Duration, Failure> {
    let folder = bench.folder.join("commit");
    let store = Store::open(
        Config {
            path: folder.join("visits.db"),
            keys: KeySource::File(bench.folder.join("commit.key")),
            keep_holder: false,
            repeat: Duration::from_secs(30 * 60),
            retention_days: 30,
            exports: folder.join("exports"),
        },
        Use::Command,
    )?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let mut times = Vec::new();
    for _ in 0..RECORDS {
        let started = Instant::now();
        runtime.block_on(store.append_act(Act::now(None, Deed::Stopped)))?;
        times.push(started.elapsed());
        thread::sleep(Duration::from_millis(5));
    }
    Ok(quantile(&mut times, 0.5))
}
