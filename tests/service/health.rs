//! A service that fails: what is known of it before anybody is asked about, and how long visitors wait.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use hes_kiosk::hes::{HealthStatus, QueryError};

use super::server::{Connection, Server};
use super::{Asked, Desk, RISKLESS, TIMED_OUT, json, refusal, response, status};

/// The whole limit of a question here, long beside the second that visitors wait for a failing service.
const LIMIT: Duration = Duration::from_secs(20);

const FAILED: Asked = Err(QueryError::ServiceFailed);

/// Takes longer than visitors wait for a failing service, and much less than the whole limit.
fn answer_late(connection: &mut Connection) -> std::io::Result<()> {
    std::thread::sleep(Duration::from_millis(1500));
    connection.say(json(RISKLESS).as_bytes())
}

#[test]
fn a_health_check_is_about_nobody() {
    let (sender, questions) = mpsc::channel();
    let server = Server::start(move |connection| {
        sender.send(connection.read_question()?).unwrap();
        connection.say(refusal().as_bytes())
    });
    assert_eq!(Desk::new(&server.url()).check_health(), Ok(()));
    let question = questions.recv().unwrap();
    assert!(question.starts_with("POST /hes/check-visitor-hes-code HTTP/1.1\r\n"), "{question}");
    assert!(question.ends_with("\r\n\r\n{}"), "{question}");
}

#[test]
fn a_health_check_tells_why_the_service_cannot_be_asked() {
    let html = "Content-Type: text/html\r\n";
    for (says, expected) in [
        (refusal(), Ok(())),
        (response("400 Bad Request", "", ""), Ok(())),
        (response("422 Unprocessable Entity", "Content-Type: application/json\r\n", "{}"), Ok(())),
        (json("{}"), Ok(())),
        (response("400 Bad Request", html, ""), Err(QueryError::UnexpectedAnswer)),
        (response("200 OK", html, ""), Err(QueryError::UnexpectedAnswer)),
        (response("404 Not Found", "", ""), Err(QueryError::UnexpectedAnswer)),
        (response("401 Unauthorized", "", ""), Err(QueryError::CredentialsRejected)),
        (response("403 Forbidden", html, ""), Err(QueryError::CredentialsRejected)),
        (response("429 Too Many Requests", "", ""), Err(QueryError::RateLimited)),
        (response("503 Service Unavailable", html, ""), Err(QueryError::ServiceFailed)),
        (String::new(), Err(QueryError::Unreachable)),
    ] {
        let server = Server::that_says(says.clone());
        assert_eq!(Desk::new(&server.url()).check_health(), expected, "{says}");
    }
}

#[test]
fn a_health_check_ends_within_the_limit() {
    let server = Server::start(Connection::stay);
    assert_eq!(Desk::new(&server.url()).check_health(), Err(QueryError::TimedOut));
}

#[test]
fn after_three_failures_a_visitor_waits_a_second_at_the_most() {
    let server = Server::start(|connection| {
        connection.read_question()?;
        if connection.number < 3 {
            return connection.say(response("503 Service Unavailable", "", "").as_bytes());
        }
        connection.stay()
    });
    let desk = Desk::with_timeout(&server.url(), LIMIT);
    assert_eq!([desk.ask(), desk.ask(), desk.ask()], [FAILED; 3]);
    let started = Instant::now();
    assert_eq!(desk.ask(), TIMED_OUT);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn health_checks_that_fail_are_failures_like_others() {
    let server = Server::start(|connection| {
        connection.read_question()?;
        match connection.number {
            0..3 => connection.say(response("401 Unauthorized", "", "").as_bytes()),
            _ => answer_late(connection),
        }
    });
    let desk = Desk::with_timeout(&server.url(), LIMIT);
    for _ in 0..3 {
        assert_eq!(desk.check_health(), Err(QueryError::CredentialsRejected));
    }
    assert_eq!(desk.ask(), TIMED_OUT);
}

#[test]
fn an_answer_gives_the_next_visitors_the_whole_limit_again() {
    let server = Server::start(|connection| {
        connection.read_question()?;
        match connection.number {
            0..3 => connection.say(response("503 Service Unavailable", "", "").as_bytes()),
            3 => connection.say(json(RISKLESS).as_bytes()),
            _ => answer_late(connection),
        }
    });
    let desk = Desk::with_timeout(&server.url(), LIMIT);
    assert_eq!([desk.ask(), desk.ask(), desk.ask()], [FAILED; 3]);
    assert_eq!(desk.ask(), status(HealthStatus::Riskless));
    assert_eq!(desk.ask(), status(HealthStatus::Riskless));
}

#[test]
fn good_health_gives_one_question_the_whole_limit_to_prove_it() {
    let server = Server::start(|connection| {
        let question = connection.read_question()?;
        match connection.number {
            _ if question.ends_with("{}") => connection.say(refusal().as_bytes()),
            0..4 => connection.say(response("503 Service Unavailable", "", "").as_bytes()),
            _ => answer_late(connection),
        }
    });
    let desk = Desk::with_timeout(&server.url(), LIMIT);
    assert_eq!([desk.ask(), desk.ask(), desk.ask()], [FAILED; 3]);
    assert_eq!(desk.check_health(), Ok(()));
    assert_eq!(desk.ask(), status(HealthStatus::Riskless), "the service is slow, but it answers");
}

#[test]
fn good_health_without_answers_does_not_make_visitors_wait() {
    let server = Server::start(|connection| {
        let question = connection.read_question()?;
        match connection.number {
            _ if question.ends_with("{}") => connection.say(refusal().as_bytes()),
            0..5 => connection.say(response("503 Service Unavailable", "", "").as_bytes()),
            _ => answer_late(connection),
        }
    });
    let desk = Desk::with_timeout(&server.url(), LIMIT);
    assert_eq!([desk.ask(), desk.ask(), desk.ask()], [FAILED; 3]);
    assert_eq!(desk.check_health(), Ok(()));
    assert_eq!(desk.ask(), FAILED);
    assert_eq!(desk.ask(), TIMED_OUT, "one failure is enough after three");
}
