//! What answers tell of the time.

use jiff::{SignedDuration, Timestamp};

use super::server::Server;
use super::{Desk, RISKLESS, UNEXPECTED, refusal, response};

/// The clock as the service writes it in an answer, `ahead` of this one.
fn date(ahead: SignedDuration) -> String {
    let time = Timestamp::now() + ahead;
    format!("Date: {}\r\n", time.strftime("%a, %d %b %Y %H:%M:%S GMT"))
}

/// By how many minutes the client takes the service to be ahead, after an answer with these headers.
fn minutes_ahead(headers: &str) -> Option<i64> {
    let server = Server::that_says(response("200 OK", headers, RISKLESS));
    let desk = Desk::new(&server.url());
    // Whole seconds are written, so that a part of one is missing.
    desk.hear().clock_ahead.map(|ahead| (ahead.as_secs() + 30).div_euclid(60))
}

#[test]
fn the_date_of_an_answer_tells_how_far_the_service_is_ahead() {
    for minutes in [-3, 0, 7] {
        assert_eq!(minutes_ahead(&date(SignedDuration::from_mins(minutes))), Some(minutes));
    }
}

#[test]
fn each_form_of_a_date_is_understood() {
    let time = Timestamp::now() + SignedDuration::from_mins(3);
    for form in ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"] {
        assert_eq!(minutes_ahead(&format!("Date: {}\r\n", time.strftime(form))), Some(3), "{form}");
    }
}

#[test]
fn an_answer_without_a_date_tells_nothing() {
    assert_eq!(minutes_ahead(""), None);
}

#[test]
fn an_answer_whose_date_nobody_can_read_is_none() {
    let twice = date(SignedDuration::ZERO).repeat(2);
    for headers in ["Date: today\r\n", "Date: \r\n", "Date: 2021-08-09T11:51:30Z\r\n", twice.as_str()] {
        let server = Server::that_says(response("200 OK", headers, RISKLESS));
        assert_eq!(Desk::new(&server.url()).ask(), UNEXPECTED, "{headers}");
    }
}

#[test]
fn what_the_last_date_told_holds_until_the_next_one() {
    let server = Server::start(|connection| {
        connection.read_question()?;
        let says = match connection.number {
            0 => response("200 OK", &date(SignedDuration::from_mins(9)), RISKLESS),
            1 => response("503 Service Unavailable", "", ""),
            _ => response("200 OK", "", RISKLESS),
        };
        connection.say(says.as_bytes())
    });
    let desk = Desk::new(&server.url());
    for _ in 0..3 {
        assert!(desk.hear().clock_ahead.unwrap() > SignedDuration::from_mins(8));
    }
}

#[test]
fn an_answer_that_says_nothing_of_the_code_tells_the_time_as_well() {
    for http_status in ["401 Unauthorized", "429 Too Many Requests", "500 Internal Server Error", "200 OK"] {
        let html = "Content-Type: text/html\r\n";
        let headers = format!("{}{html}", date(SignedDuration::from_mins(7)));
        let server = Server::that_says(response(http_status, &headers, "<html>"));
        let heard = Desk::new(&server.url()).hear();
        let is_told = heard.clock_ahead.is_some_and(|ahead| ahead > SignedDuration::from_mins(6));
        assert!(heard.answer.is_err() && is_told, "{http_status}: {heard:?}");
    }
}

#[test]
fn a_health_check_tells_the_time_too() {
    let date = date(SignedDuration::from_mins(5));
    let says = refusal().replacen("\r\n", &format!("\r\n{date}"), 1);
    let server = Server::that_says(says);
    let desk = Desk::new(&server.url());
    let heard = desk.runtime.block_on(desk.service.check_health());
    assert!(heard.clock_ahead.unwrap() > SignedDuration::from_mins(4));
}
