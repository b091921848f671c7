//! Servers that read the question, say some bytes and close.

use hes_kiosk::hes::{Answer, HealthFields, HealthStatus, MaskedHolder, QueryError, Status};

use super::server::Server;
use super::{Asked, Desk, RISKLESS, UNEXPECTED, UNREACHABLE, json, response, status};

const HTML: &str = "<!DOCTYPE html><p>RISKLESS";
const NOT_FOUND: &str = r#"{"status": 400, "errorKey": "hescodenotfound", "title": "Bad Request"}"#;

fn expect(cases: impl IntoIterator<Item = (&'static str, String, Asked)>) {
    for (name, says, expected) in cases {
        let server = Server::that_says(says);
        assert_eq!(Desk::new(&server.url()).ask(), expected, "{name}");
    }
}

#[test]
fn http_that_is_malformed_or_broken_proves_nothing() {
    let huge_header = format!("X-More: {}\r\n", "a".repeat(1_000_000));
    let many_headers = "X-More: a\r\n".repeat(1_000);
    let padded = |length: usize| format!("{RISKLESS}{}", " ".repeat(length - RISKLESS.len()));
    let chunked = |chunks: &str| format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
    expect([
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
        ("a length that is too short", json(RISKLESS).replace("Length: 7", "Length: 1"), UNEXPECTED),
        ("a body of 64 KiB", json(&padded(64 * 1024)), status(HealthStatus::Riskless)),
        ("a body over 64 KiB", json(&padded(64 * 1024 + 1)), UNEXPECTED),
        (
            "two headers that say where it ends",
            format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {0}\r\nTransfer-Encoding: chunked\r\n\r\n{0:x}\r\n{RISKLESS}\r\n0\r\n\r\n",
                RISKLESS.len()
            ),
            UNEXPECTED,
        ),
        (
            "a transfer that is not known",
            format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n{RISKLESS}"),
            UNEXPECTED,
        ),
        ("a broken chunk", chunked("zz\r\n{}\r\n0\r\n\r\n"), UNEXPECTED),
        ("a chunk cut short", chunked(&format!("ff\r\n{RISKLESS}")), UNEXPECTED),
        ("no last chunk", chunked(&format!("{:x}\r\n{RISKLESS}\r\n", RISKLESS.len())), UNEXPECTED),
        (
            "whole chunks",
            chunked(&format!("{:x}\r\n{RISKLESS}\r\n0\r\n\r\n", RISKLESS.len())),
            status(HealthStatus::Riskless),
        ),
    ]);
}

#[test]
fn a_head_that_is_not_of_the_contract_proves_nothing() {
    let credentials = Err(QueryError::CredentialsRejected);
    let failed = Err(QueryError::ServiceFailed);
    let ok_html = response("200 OK", "Content-Type: text/html\r\n", HTML);
    let gzip = "Content-Type: application/json\r\nContent-Encoding: gzip\r\n";
    let two_types = "Content-Type: application/json\r\nContent-Type: text/html\r\n";
    expect([
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
        ("HTML that says it is JSON", json(HTML), UNEXPECTED),
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
        ("403", response("403 Forbidden", "", HTML), credentials),
        ("404 with a refusal", response("404 Not Found", "", NOT_FOUND), UNEXPECTED),
        ("407", response("407 Proxy Authentication Required", "", ""), UNEXPECTED),
        ("429", response("429 Too Many Requests", "Retry-After: 3600\r\n", ""), Err(QueryError::RateLimited)),
        ("500 with a status", response("500 Internal Server Error", "", RISKLESS), failed.clone()),
        ("502 with HTML", response("502 Bad Gateway", "Content-Type: text/html\r\n", HTML), failed.clone()),
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
    ]);
}

#[test]
fn a_body_that_is_not_of_the_contract_proves_nothing() {
    let duplicate = |second: &str| {
        format!(r#"{{"current_health_status": "{second}", {}"#, RISKLESS.trim_start_matches('{'))
    };
    expect([
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
    ]);
}

#[test]
fn an_expiry_in_the_past_is_handed_on_as_it_is() {
    let server = Server::that_says(json(&RISKLESS.replace("2070-12-30T13", "2021-12-31T20:59:59.000Z")));
    let expected = Status {
        health: HealthStatus::Riskless,
        valid_until: "2021-12-31T20:59:59Z".parse().unwrap(),
        holder: MaskedHolder::default(),
        fields: HealthFields::default(),
    };
    assert_eq!(Desk::new(&server.url()).ask(), Ok(Answer::Status(expected)));
}
