//! The client against servers that misbehave: never a false green, and always an end in time.

mod server;

use std::io;
use std::net::TcpListener;
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use hes_kiosk::code::Code;
use hes_kiosk::hes::{
    Answer, Config, HealthStatus, MaskedHolder, Method, Place, QueryError, Service, Status,
};
use server::{Connection, Server};

const TIMEOUT: Duration = Duration::from_millis(700);
const RISKLESS: &str = r#"{"current_health_status": "RISKLESS", "expiration_date": "2070-12-30T13"}"#;
const RISKY: &str = r#"{"current_health_status": "RISKY", "expiration_date": "2070-12-30T13"}"#;
const NOT_FOUND: &str = r#"{"status": 400, "errorKey": "hescodenotfound", "title": "Bad Request"}"#;

type Asked = Result<Answer, QueryError>;

const UNREACHABLE: Asked = Err(QueryError::Unreachable);
const TIMED_OUT: Asked = Err(QueryError::TimedOut);
const UNEXPECTED: Asked = Err(QueryError::UnexpectedAnswer);

fn status(health: HealthStatus) -> Asked {
    let valid_until = "2070-12-30T13:00:00Z".parse().unwrap();
    Ok(Answer::Status(Status { health, valid_until, holder: MaskedHolder::default() }))
}

/// A whole response of HTTP/1.1, with `more` header lines, that leaves the connection open.
fn response(http_status: &str, more: &str, body: &str) -> String {
    format!("HTTP/1.1 {http_status}\r\nContent-Length: {}\r\n{more}\r\n{body}", body.len())
}

fn json(body: &str) -> String {
    response("200 OK", "Content-Type: application/json\r\n", body)
}

/// A client and the runtime that it runs on.
struct Desk {
    runtime: tokio::runtime::Runtime,
    service: Service,
}

impl Desk {
    fn new(url: &str) -> Self {
        let config = Config {
            url: url.to_owned().try_into().unwrap(),
            username: "İŞ".to_owned(),
            password: "parola".to_owned().into(),
            method: Method::Visitor,
            place: Place {
                city: "Ankara".to_owned(),
                district: "Çankaya".to_owned(),
                address: "Kapı 1".to_owned(),
                location: None,
            },
            timeout: TIMEOUT,
        };
        Self {
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
            service: Service::new(config).unwrap(),
        }
    }

    fn ask(&self) -> Asked {
        let started = Instant::now();
        let asked = self.runtime.block_on(self.service.ask(&Code::parse("A1B2-3456-78").unwrap()));
        assert!(started.elapsed() < TIMEOUT + Duration::from_secs(1), "took {:?}", started.elapsed());
        asked
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

/// Servers that read the question, say some bytes and close.
#[test]
fn a_server_that_says_something_odd_proves_nothing() {
    let credentials = Err(QueryError::CredentialsRejected);
    let failed = Err(QueryError::ServiceFailed);
    let html = "<!DOCTYPE html><p>RISKLESS";
    let ok_html = response("200 OK", "Content-Type: text/html\r\n", html);
    let gzip = "Content-Type: application/json\r\nContent-Encoding: gzip\r\n";
    let two_types = "Content-Type: application/json\r\nContent-Type: text/html\r\n";
    let huge_header = format!("X-More: {}\r\n", "a".repeat(1_000_000));
    let many_headers = "X-More: a\r\n".repeat(1_000);
    let long_body = format!("{RISKLESS}{}", " ".repeat(64 * 1024));
    let chunked = |chunks: &str| format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
    let expired = RISKLESS.replace("2070-12-30T13", "2021-12-31T20:59:59.000Z");
    let duplicate = |second: &str| {
        format!(r#"{{"current_health_status": "{second}", {}"#, RISKLESS.trim_start_matches('{'))
    };
    for (name, says, expected) in [
        ("nothing", String::new(), UNREACHABLE),
        ("half a status line", "HTTP/1.1 2".to_owned(), UNREACHABLE),
        ("half a head", "HTTP/1.1 200 OK\r\nContent-Type: app".to_owned(), UNREACHABLE),
        ("garbage", "\0\u{1}\u{2}garbage\r\n\r\n".to_owned(), UNEXPECTED),
        ("HTTP/0.9", RISKLESS.to_owned(), UNEXPECTED),
        ("HTTP/2.0", json(RISKLESS).replace("HTTP/1.1", "HTTP/2.0"), UNEXPECTED),
        (
            "HTTP/1.0 until it closes",
            format!("HTTP/1.0 200 OK\r\n\r\n{RISKLESS}"),
            status(HealthStatus::Riskless),
        ),
        ("a status of two digits", json(RISKLESS).replace("200", "20"), UNEXPECTED),
        ("a header without a colon", response("200 OK", "nonsense\r\n", RISKLESS), UNEXPECTED),
        ("a huge header", response("200 OK", &huge_header, RISKLESS), UNEXPECTED),
        ("a thousand headers", response("200 OK", &many_headers, RISKLESS), UNEXPECTED),
        ("two lengths", response("200 OK", "Content-Length: 5\r\n", RISKLESS), UNEXPECTED),
        (
            "a length of 1 GiB",
            format!("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n{RISKLESS}"),
            UNEXPECTED,
        ),
        ("a negative length", format!("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{RISKLESS}"), UNEXPECTED),
        ("a body cut short", json(RISKLESS)[..120].to_owned(), UNEXPECTED),
        ("a body longer than its length", json(RISKLESS).replace("Length: 7", "Length: 1"), UNEXPECTED),
        ("a body over the limit", json(&long_body), UNEXPECTED),
        ("a broken chunk", chunked("zz\r\n{}\r\n0\r\n\r\n"), UNEXPECTED),
        ("a chunk cut short", chunked(&format!("ff\r\n{RISKLESS}")), UNEXPECTED),
        ("no last chunk", chunked(&format!("{:x}\r\n{RISKLESS}\r\n", RISKLESS.len())), UNEXPECTED),
        (
            "whole chunks",
            chunked(&format!("{:x}\r\n{RISKLESS}\r\n0\r\n\r\n", RISKLESS.len())),
            status(HealthStatus::Riskless),
        ),
        (
            "101",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n".to_owned(),
            UNEXPECTED,
        ),
        ("201", json(RISKLESS).replace("200 OK", "201 Created"), UNEXPECTED),
        ("204", "HTTP/1.1 204 No Content\r\n\r\n".to_owned(), UNEXPECTED),
        ("206", json(RISKLESS).replace("200 OK", "206 Partial Content"), UNEXPECTED),
        ("304", "HTTP/1.1 304 Not Modified\r\n\r\n".to_owned(), UNEXPECTED),
        ("200 and nothing", json(""), UNEXPECTED),
        ("HTML under 200", ok_html, UNEXPECTED),
        ("HTML that says it is JSON", json(html), UNEXPECTED),
        (
            "JSON that says it is HTML",
            response("200 OK", "Content-Type: text/html\r\n", RISKLESS),
            UNEXPECTED,
        ),
        ("two content types", response("200 OK", two_types, RISKLESS), UNEXPECTED),
        ("no content type", response("200 OK", "", RISKLESS), status(HealthStatus::Riskless)),
        ("a content encoding", response("200 OK", gzip, RISKLESS), UNEXPECTED),
        (
            "the identity encoding",
            response("200 OK", "Content-Encoding: identity\r\n", RISKLESS),
            status(HealthStatus::Riskless),
        ),
        ("401", response("401 Unauthorized", "", RISKLESS), credentials.clone()),
        ("403", response("403 Forbidden", "", html), credentials),
        ("404 with a refusal", response("404 Not Found", "", NOT_FOUND), UNEXPECTED),
        ("407", response("407 Proxy Authentication Required", "", ""), UNEXPECTED),
        ("429", response("429 Too Many Requests", "Retry-After: 3600\r\n", ""), Err(QueryError::RateLimited)),
        ("500 with a status", response("500 Internal Server Error", "", RISKLESS), failed.clone()),
        ("502 with HTML", response("502 Bad Gateway", "Content-Type: text/html\r\n", html), failed.clone()),
        ("503 cut short", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 9\r\n\r\n".to_owned(), failed),
        ("600", json(RISKLESS).replace("200", "600"), UNEXPECTED),
        ("a refusal under 200", json(NOT_FOUND), UNEXPECTED),
        ("a refusal", response("400 Bad Request", "", NOT_FOUND), Ok(Answer::NotFound)),
        (
            "another refusal",
            response("400 Bad Request", "", &NOT_FOUND.replace("hescodenotfound", "validation")),
            UNEXPECTED,
        ),
        ("a status under 400", response("400 Bad Request", "", RISKLESS), UNEXPECTED),
        ("lower case", json(&RISKLESS.replace("RISKLESS", "riskless")), UNEXPECTED),
        ("a trailing blank", json(&RISKLESS.replace("RISKLESS", "RISKLESS ")), UNEXPECTED),
        ("RISKLESS twice", json(&duplicate("RISKLESS")), UNEXPECTED),
        ("RISKY, then RISKLESS", json(&duplicate("RISKY")), UNEXPECTED),
        ("an array of the values", json(r#"["RISKLESS", "2070-12-30T13", null, null, null]"#), UNEXPECTED),
        ("a status in an array", json(&format!("[{RISKLESS}]")), UNEXPECTED),
        (
            "an object for the word",
            json(&RISKLESS.replace(r#""RISKLESS""#, r#"{"RISKLESS": null}"#)),
            UNEXPECTED,
        ),
        ("no expiry", json(r#"{"current_health_status": "RISKLESS"}"#), UNEXPECTED),
        ("a null expiry", json(&RISKLESS.replace(r#""2070-12-30T13""#, "null")), UNEXPECTED),
        ("text after the status", json(&format!("{RISKLESS}x")), UNEXPECTED),
        ("two statuses", json(&format!("{RISKLESS}{RISKLESS}")), UNEXPECTED),
        ("deep nesting", json(&format!(r#"{{"more": {}"#, "[".repeat(60_000))), UNEXPECTED),
        ("a byte order mark", json(&format!("\u{feff}{RISKLESS}")), UNEXPECTED),
        ("JSON in UTF-16", json("\0{\0}"), UNEXPECTED),
        ("a reflected status, expired", json(&expired), expired_status()),
    ] {
        let server = Server::that_says(says);
        assert_eq!(Desk::new(&server.url()).ask(), expected, "{name}");
    }
}

/// The client hands a past expiry on: the policy refuses it.
fn expired_status() -> Asked {
    status(HealthStatus::Riskless).map(|answer| match answer {
        Answer::Status(status) => {
            Answer::Status(Status { valid_until: "2021-12-31T20:59:59Z".parse().unwrap(), ..status })
        }
        other => other,
    })
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
fn one_connection_serves_one_question_after_the_other() {
    let server = Server::start(|connection| {
        if connection.number > 0 {
            return Ok(());
        }
        loop {
            connection.read_question()?;
            connection.say(json(RISKLESS).as_bytes())?;
        }
    });
    let desk = Desk::new(&server.url());
    for _ in 0..3 {
        assert_eq!(desk.ask(), status(HealthStatus::Riskless));
    }
}

#[test]
fn a_kept_connection_that_closes_under_a_question_is_replaced() {
    let server = Server::start(|connection| {
        connection.read_question()?;
        connection.say(json(if connection.number == 0 { RISKY } else { RISKLESS }).as_bytes())?;
        connection.read_question().map(|_| ())
    });
    let desk = Desk::new(&server.url());
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
    assert_eq!(desk.ask(), status(HealthStatus::Riskless));
    assert_eq!(server.questions(), 3, "the second question is asked exactly twice");
}

#[test]
fn a_kept_connection_that_was_closed_meanwhile_is_replaced() {
    let server = Server::start(|connection| {
        connection.read_question()?;
        connection.say(json(if connection.number == 0 { RISKY } else { RISKLESS }).as_bytes())
    });
    let desk = Desk::new(&server.url());
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
    assert_eq!(desk.ask(), status(HealthStatus::Riskless));
}

#[test]
fn a_second_answer_to_an_earlier_question_is_not_taken_for_the_next() {
    let server = Server::start(|connection| {
        connection.read_question()?;
        let says = if connection.number == 0 { json(RISKY) + &json(RISKLESS) } else { json(RISKY) };
        connection.say(says.as_bytes())?;
        connection.stay()
    });
    let desk = Desk::new(&server.url());
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
}

#[test]
fn a_second_answer_that_comes_later_is_not_taken_for_the_next() {
    let (answered, first_is_answered) = mpsc::channel();
    let first_is_answered = Mutex::new(first_is_answered);
    let (said_more, more_is_said) = mpsc::channel();
    let server = Server::start(move |connection| {
        connection.read_question()?;
        connection.say(json(RISKY).as_bytes())?;
        if connection.number == 0 {
            first_is_answered.lock().unwrap().recv().unwrap();
            connection.say(json(RISKLESS).as_bytes())?;
            said_more.send(()).unwrap();
        }
        connection.stay()
    });
    let desk = Desk::new(&server.url());
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
    answered.send(()).unwrap();
    more_is_said.recv().unwrap();
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
}

#[test]
fn an_answer_that_comes_after_the_limit_is_not_taken_for_the_next() {
    let (gave_up, giving_up) = mpsc::channel();
    let giving_up = Mutex::new(giving_up);
    let server = Server::start(move |connection| {
        connection.read_question()?;
        if connection.number == 0 {
            giving_up.lock().unwrap().recv().unwrap();
            connection.say(json(RISKLESS).as_bytes())?;
            return connection.stay();
        }
        connection.say(json(RISKY).as_bytes())
    });
    let desk = Desk::new(&server.url());
    assert_eq!(desk.ask(), TIMED_OUT);
    gave_up.send(()).unwrap();
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
}
