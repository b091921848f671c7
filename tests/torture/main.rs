//! Nothing is lost, whatever becomes of the program, its disk and its clock: some rounds in `make test`, many in
//! `make torture`.
//!
//! Real processes of the program check visitors in. After each fault every decision that was printed is in the log,
//! the log verifies or names what the fault destroyed, and the program works again, or says why it cannot and does
//! once the cause is gone.
#![cfg(target_os = "linux")]
// Clippy takes only functions marked as tests for tests, and not what they share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod aside;
mod clock;
mod damage;
mod disk;
mod faults;
#[expect(dead_code, reason = "other tests use more of it")]
#[path = "../home/mod.rs"]
mod home;
mod kills;
mod machine;
#[path = "../pages/mod.rs"]
mod pages;
#[expect(dead_code, reason = "other tests use more of it")]
#[path = "../processes/mod.rs"]
mod processes;
#[expect(dead_code, reason = "other tests use more of it")]
#[path = "../service/server.rs"]
mod server;
mod stream;

use std::env;
use std::time::Duration;

use home::Random;

/// How long a test waits for what has no limit of its own, on a machine that has other work.
const PATIENCE: Duration = Duration::from_secs(30);

/// So many of the program's processes are killed, one by one, where `ROUNDS` says nothing else.
const KILLS: u64 = 60;

/// How often a test does what it does, where that is `usual` with the usual number of kills.
fn rounds(usual: u64) -> u64 {
    (number("ROUNDS", KILLS) * usual).div_ceil(KILLS)
}

/// The numbers of a test; `SEED` gives others.
fn random(test: u64) -> Random {
    let seed = number("SEED", 1);
    println!("SEED={seed}");
    Random(seed << 8 | test)
}

fn number(variable: &str, usual: u64) -> u64 {
    env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}

/// A moment between zero and `limit`.
fn moment(random: &mut Random, limit: Duration) -> Duration {
    Duration::from_micros(random.below(limit.as_micros() as u64))
}
