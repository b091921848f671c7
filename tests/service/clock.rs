//! What answers tell of the time.

use jiff::{SignedDuration, Timestamp};

use super::server::Server;
use super::{Desk, RISKLESS, refusal, response};

/// The clock as the service writes it in an answer, `ahead` of this one.
fn date(ahead: SignedDuration) -> String {
    let time = Timestamp::now() + ahead;
    format!("Date: {}\r\n", time.strftime("%a, %d %b %Y %H:%M:%S GMT"))
}

/// By how many minutes the client takes the service to be ahead, after an answer with these headers.
fn minutes_ahead(headers: &str) -> Option<i64> {
    let server = Server::that_says(response("200 OK", headers, RISKLESS));
    let desk = Desk::new(&server.url());
    desk.ask().unwrap();
    // Whole seconds are written, so that a part of one is missing.
    desk.service.clock_ahead().map(|ahead| (ahead.as_secs() + 30).div_euclid(60))
}

#[test]
fn the_date_of_an_answer_tells_how_far_the_service_is_ahead() {
    for minutes in [-3, 0, 7] {
        assert_eq!(minutes_ahead(&date(SignedDuration::from_mins(minutes))), Some(minutes));
    }
}

#[test]
fn an_answer_without_one_date_tells_nothing() {
    let twice = date(SignedDuration::ZERO).repeat(2);
    for headers in ["", "Date: today\r\n", "Date: \r\n", "Date: 2021-08-09T11:51:30Z\r\n", twice.as_str()] {
        assert_eq!(minutes_ahead(headers), None, "{headers}");
    }
}

#[test]
fn a_health_check_tells_the_time_too() {
    let date = date(SignedDuration::from_mins(5));
    let says = refusal().replacen("\r\n", &format!("\r\n{date}"), 1);
    let server = Server::that_says(says);
    let desk = Desk::new(&server.url());
    desk.check_health().unwrap();
    assert!(desk.service.clock_ahead().unwrap() > SignedDuration::from_mins(4));
}
