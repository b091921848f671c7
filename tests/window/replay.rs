//! A code before the camera.

use std::time::{Duration, Instant};

use crate::kiosk::Setup;
use crate::picture::Look;

/// A kiosk that has a riskless code before its camera from the start, and shows green for a second.
fn with_a_code() -> Setup {
    let settings = "[screen]\nadmit_seconds = 1\n".to_owned();
    Setup { settings, in_view: Some("admit.png"), ..Setup::default() }
}

#[test]
fn a_code_is_green_within_two_seconds_of_the_start_of_the_process_that_replays_it() {
    let kiosk = Setup { is_alone: true, ..with_a_code() }.start_unseen();
    kiosk.scanner();
    let start = Instant::now();
    kiosk.shows(Look::Admit);
    let time = start.elapsed();
    assert!(time < Duration::from_secs(2), "green after {time:?}");
}

#[test]
fn a_code_that_stays_in_view_is_one_visit() {
    let kiosk = with_a_code().start_unseen();
    kiosk.shows(Look::Admit);
    kiosk.shows(Look::Welcome);
    let end = Instant::now() + Duration::from_secs(3);
    while Instant::now() < end {
        assert_eq!(kiosk.look(), Look::Welcome);
        assert_eq!(kiosk.home.log().len(), 1);
    }
}
