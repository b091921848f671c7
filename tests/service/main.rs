//! The client against servers that misbehave: never a false green, and always an end in time.

// Clippy takes only functions marked as tests for tests, and not what they share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod broken;
mod clock;
mod connection;
mod health;
mod odd;
mod oracle;
mod server;
mod tls;

use std::io;
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use hes_kiosk::code::Code;
use hes_kiosk::hes::{
    Answer, Credentials, Endpoint, HealthFields, HealthStatus, Heard, MaskedHolder, Method, Place, Query,
    QueryError, Service, Status,
};
use server::{Connection, Server};

const TIMEOUT: Duration = Duration::from_millis(700);
const RISKLESS: &str = r#"{"current_health_status": "RISKLESS", "expiration_date": "2070-12-30T13"}"#;
const RISKY: &str = r#"{"current_health_status": "RISKY", "expiration_date": "2070-12-30T13"}"#;

type Asked = Result<Answer, QueryError>;

const UNREACHABLE: Asked = Err(QueryError::Unreachable);
const TIMED_OUT: Asked = Err(QueryError::TimedOut);
const UNEXPECTED: Asked = Err(QueryError::UnexpectedAnswer);

fn status(health: HealthStatus) -> Asked {
    let valid_until = "2070-12-30T13:00:00Z".parse().unwrap();
    Ok(Answer::Status(Status {
        health,
        valid_until,
        holder: MaskedHolder::default(),
        fields: HealthFields::default(),
    }))
}

/// A whole response of HTTP/1.1, with `more` header lines, that leaves the connection open.
fn response(http_status: &str, more: &str, body: &str) -> String {
    format!("HTTP/1.1 {http_status}\r\nContent-Length: {}\r\n{more}\r\n{body}", body.len())
}

fn json(body: &str) -> String {
    response("200 OK", "Content-Type: application/json\r\n", body)
}

/// What the service says to a question about nobody.
fn refusal() -> String {
    let body = r#"{"status": 400, "errorKey": "validation", "title": "Bad Request"}"#;
    response("400 Bad Request", "Content-Type: application/json\r\n", body)
}

fn endpoint(url: &str) -> Endpoint {
    Endpoint {
        url: url.to_owned().try_into().unwrap(),
        credentials: Credentials { username: "İŞ".to_owned(), password: "parola".to_owned().into() },
        authorities: Vec::new(),
        proxy: None,
    }
}

/// A client and the runtime that it runs on.
struct Desk {
    timeout: Duration,
    runtime: tokio::runtime::Runtime,
    service: Service,
}

impl Desk {
    fn new(url: &str) -> Self {
        Self::with_timeout(url, TIMEOUT)
    }

    fn with_timeout(url: &str, timeout: Duration) -> Self {
        Self::to(endpoint(url), timeout)
    }

    fn to(endpoint: Endpoint, timeout: Duration) -> Self {
        let query = Query {
            method: Method::Visitor,
            place: Place {
                city: "Ankara".to_owned(),
                district: "Çankaya".to_owned(),
                address: "Kapı 1".to_owned(),
                location: None,
            },
            timeout,
        };
        Self {
            timeout,
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
            service: Service::new(endpoint, query).unwrap(),
        }
    }

    fn ask(&self) -> Asked {
        self.hear().answer
    }

    fn hear(&self) -> Heard<Answer> {
        self.within(self.service.ask(&Code::parse("A1B2-3456-78").unwrap()))
    }

    fn check_health(&self) -> Result<(), QueryError> {
        self.within(self.service.check_health()).answer
    }

    fn within<T>(&self, exchange: impl Future<Output = T>) -> T {
        let started = Instant::now();
        let done = self.runtime.block_on(exchange);
        assert!(started.elapsed() < self.timeout + Duration::from_secs(1), "took {:?}", started.elapsed());
        done
    }
}

/// What the client makes of a server that runs `script`.
fn asked_of(script: impl Fn(&mut Connection) -> io::Result<()> + Send + Sync + 'static) -> Asked {
    let server = Server::start(script);
    Desk::new(&server.url()).ask()
}

#[test]
fn a_question_is_one_whole_request_of_the_contract() {
    let (sender, questions) = mpsc::channel();
    let server = Server::start(move |connection| {
        sender.send(connection.read_question()?).unwrap();
        connection.say(json(RISKLESS).as_bytes())
    });
    assert_eq!(Desk::new(&server.url()).ask(), status(HealthStatus::Riskless));
    let question = questions.recv().unwrap();
    let (head, body) = question.split_once("\r\n\r\n").unwrap();
    let mut lines: Vec<&str> = head.lines().collect();
    lines[1..].sort_unstable();
    let host = server.url().replace("http://", "host: ").replace("/hes", "");
    assert_eq!(
        lines,
        [
            "POST /hes/check-visitor-hes-code HTTP/1.1",
            "accept: application/json",
            // "İŞ:parola" in UTF-8.
            "authorization: Basic xLDFnjpwYXJvbGE=",
            "connection: close",
            &format!("content-length: {}", body.len()),
            "content-type: application/json",
            &host,
        ]
    );
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({
            "hes_code": "A1B2345678", "city": "Ankara", "district": "Çankaya", "explicit_address": "Kapı 1"
        })
    );
}

#[test]
fn a_refused_connection_is_unreachable() {
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(Desk::new(&format!("http://{unused}/")).ask(), UNREACHABLE);
}

#[test]
fn a_server_that_speaks_no_tls_is_unreachable() {
    let server = Server::start(|connection| connection.say(json(RISKLESS).as_bytes()));
    assert_eq!(Desk::new(&server.url().replace("http:", "https:")).ask(), UNREACHABLE);
}

#[test]
fn a_connection_that_is_closed_at_once_is_unreachable() {
    assert_eq!(asked_of(|_| Ok(())), UNREACHABLE);
}

#[test]
fn a_connection_that_is_reset_is_unreachable() {
    let asked = asked_of(|connection| {
        connection.leave_question()?;
        connection.reset()
    });
    assert_eq!(asked, UNREACHABLE);
}

#[test]
fn a_connection_that_is_closed_without_an_answer_is_tried_twice_and_no_more() {
    let server = Server::that_says("");
    assert_eq!(Desk::new(&server.url()).ask(), UNREACHABLE);
    assert_eq!(server.questions(), 2);
}

#[test]
fn an_answer_that_is_malformed_or_a_fault_is_not_asked_for_again() {
    for says in ["garbage\r\n\r\n".to_owned(), response("503 Service Unavailable", "", ""), json("{")] {
        let server = Server::that_says(says);
        assert!(Desk::new(&server.url()).ask().is_err());
        assert_eq!(server.questions(), 1);
    }
}

#[test]
fn a_server_that_never_answers_is_asked_once_within_the_limit() {
    let server = Server::start(|connection| {
        connection.read_question()?;
        connection.stay()
    });
    assert_eq!(Desk::new(&server.url()).ask(), TIMED_OUT);
    assert_eq!(server.questions(), 1);
}

#[test]
fn the_second_try_has_what_is_left_of_the_limit() {
    let asked = asked_of(|connection| {
        connection.read_question()?;
        if connection.number == 0 { Ok(()) } else { connection.stay() }
    });
    assert_eq!(asked, TIMED_OUT);
}

#[test]
fn a_body_that_breaks_with_a_reset_is_unexpected() {
    let asked = asked_of(|connection| {
        connection.leave_question()?;
        connection.say(&json(RISKLESS).as_bytes()[..100])?;
        connection.reset()
    });
    assert_eq!(asked, UNEXPECTED);
}

#[test]
fn a_head_or_body_that_does_not_come_to_an_end_is_timed_out() {
    for (start, more) in [
        ("", "HTTP/1.1 200 OK"),
        ("HTTP/1.1 200 OK\r\n", "X: y\r\n"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 80\r\n\r\n", " "),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"),
        ("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n"),
    ] {
        let asked = asked_of(move |connection| {
            connection.read_question()?;
            connection.say(start.as_bytes())?;
            connection.drip(more.as_bytes())
        });
        assert_eq!(asked, TIMED_OUT, "{start:?}, then {more:?}");
    }
}

#[test]
fn a_promise_to_continue_and_then_nothing_is_timed_out() {
    let asked = asked_of(|connection| {
        connection.read_question()?;
        connection.say(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        connection.stay()
    });
    assert_eq!(asked, TIMED_OUT);
}

#[test]
fn a_body_without_end_is_given_up_at_the_limit_of_its_size() {
    for head in ["Connection: close", "Transfer-Encoding: chunked", "Content-Length: 1073741824"] {
        let asked = asked_of(move |connection| {
            connection.read_question()?;
            connection.say(format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes())?;
            let blanks = " ".repeat(4096);
            connection.flood(format!("1000\r\n{blanks}\r\n").as_bytes())
        });
        assert_eq!(asked, UNEXPECTED, "{head}");
    }
}

#[test]
fn a_head_without_end_is_given_up() {
    for flood in ["HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\nX: y\r\n"] {
        let asked = asked_of(move |connection| {
            connection.read_question()?;
            connection.flood(flood.as_bytes())
        });
        assert_eq!(asked, UNEXPECTED, "{flood:?}");
    }
}

#[test]
fn blank_lines_without_end_are_given_up() {
    let asked = asked_of(|connection| {
        connection.read_question()?;
        connection.flood("\r\n".repeat(1_000).as_bytes())
    });
    // Which of the two limits is met first depends on how fast the lines come.
    assert!(matches!(asked, UNEXPECTED | TIMED_OUT), "{asked:?}");
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Server::that_says(json(RISKLESS));
    for http_status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let location = format!("Location: {}\r\n", elsewhere.url());
        let server = Server::that_says(response(http_status, &location, RISKLESS));
        assert_eq!(Desk::new(&server.url()).ask(), UNEXPECTED, "{http_status}");
    }
    assert_eq!(elsewhere.questions(), 0);
}

#[test]
fn an_endless_row_of_preliminary_answers_does_not_stop_the_clock() {
    let server = Server::start(|connection| {
        connection.read_question()?;
        connection.flood("HTTP/1.1 100 Continue\r\n\r\n".repeat(1000).as_bytes())
    });
    assert_eq!(Desk::new(&server.url()).ask(), TIMED_OUT);
}
