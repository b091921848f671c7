//! The kiosk killed while it checks and while it shows green: each green that was seen is in the log.

use std::env;
use std::thread;
use std::time::{Duration, Instant};

use crate::display::{Key, READER};
use crate::home::{Random, assert_gapless};
use crate::kiosk::{Kiosk, PATIENCE};
use crate::picture::Look;

/// How often the kiosk is killed: at any time after the code's last key, and in every other round soon after green.
/// `make torture` kills it more often.
fn kills() -> usize {
    env::var("ROUNDS").map_or(24, |rounds| rounds.parse::<usize>().expect("a number") / 5)
}

/// Shows a code to a kiosk that is killed then, and gives whether green was seen before.
fn kill_after(kiosk: &mut Kiosk, delay: Duration, waits_for_green: bool) -> bool {
    kiosk.display.type_text("A1B2345670", READER);
    kiosk.display.press(Key::Enter);
    if waits_for_green {
        kiosk.shows(Look::Admit);
    }
    let end = Instant::now() + delay;
    let mut is_seen = waits_for_green;
    while Instant::now() < end {
        is_seen |= kiosk.look() == Look::Admit;
        thread::sleep(Duration::from_millis(5));
    }
    kiosk.kill();
    is_seen
}

#[test]
fn no_green_that_was_seen_is_lost_by_a_kill() {
    let mut random = Random(2);
    let mut kiosk = Kiosk::start();
    let mut recorded = 0;
    let kills = kills();
    for round in 0..kills {
        let waits_for_green = round % 2 == 0;
        let delay = Duration::from_millis(random.below(if waits_for_green { 100 } else { 400 }));
        let is_seen = kill_after(&mut kiosk, delay, waits_for_green);
        let log = kiosk.home.log();
        assert_gapless(&kiosk.home.log_with_acts());
        let new = log.len() - recorded;
        assert!(new == 1 || new == 0 && !is_seen, "{new} visits of round {round}, green seen: {is_seen}");
        recorded = log.len();
        kiosk.start_again();
    }
    assert!(recorded >= kills / 2);
    assert_eq!(kiosk.home.integrity(), "ok");
    kiosk.until("the kiosk is not back", PATIENCE, || kiosk.look() == Look::Welcome);
}
