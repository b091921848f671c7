//! The simulator, by the client and by plain HTTP.

// Clippy takes only functions marked as tests for tests, and not what they share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use hes_kiosk::code::Code;
use hes_kiosk::hes::simulator::{PASSWORD, Simulator, USER_NAME};
use hes_kiosk::hes::{
    Answer, Credentials, Endpoint, HealthStatus, MaskedHolder, Method, Place, Query, QueryError, Service,
    Status,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

const MAPS: &str = include_str!("fixtures/hes/maps.json");
const STATUS: &str = include_str!("fixtures/hes/status.json");
/// `simülatör:hes-kiosk`, encoded by another program.
const CREDENTIALS: &str = "Basic c2ltw7xsYXTDtnI6aGVzLWtpb3Nr";

fn simulator() -> Simulator {
    Simulator::start("127.0.0.1:0".parse().unwrap(), Duration::ZERO).unwrap()
}

fn asked(simulator: &Simulator, method: Method, password: &str, code: &str) -> Result<Answer, QueryError> {
    let endpoint = Endpoint {
        url: simulator.base_url().try_into().unwrap(),
        credentials: Credentials { username: USER_NAME.to_owned(), password: password.to_owned().into() },
        authorities: Vec::new(),
        proxy: None,
    };
    let query = Query {
        method,
        place: Place {
            city: "Ankara".to_owned(),
            district: "Çankaya".to_owned(),
            address: "Kapı 1".to_owned(),
            location: Some((39.9, 32.8)),
        },
        timeout: Duration::from_millis(700),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let service = Service::new(endpoint, query).unwrap();
    runtime.block_on(service.ask(&Code::parse(code).unwrap())).answer
}

/// The head and the body of the answer to a request as it is written here.
fn said(simulator: &Simulator, method: &str, path: &str, headers: &str, body: &str) -> (String, String) {
    let base = simulator.base_url();
    let address = base.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let head = format!("{method} /{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}");
    stream.write_all(format!("{head}Content-Length: {length}\r\n\r\n{body}").as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    (format!("{head}\r\n"), body.to_owned())
}

/// The HTTP status and the JSON body, where it is JSON, of the answer to a request.
fn requested(simulator: &Simulator, method: &str, path: &str, headers: &str, body: &str) -> (u16, Value) {
    let (head, body) = said(simulator, method, path, headers, body);
    let http_status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (http_status, serde_json::from_str(&body).unwrap_or_default())
}

fn posted(simulator: &Simulator, path: &str, body: &Value) -> (u16, Value) {
    let headers = format!("Authorization: {CREDENTIALS}\r\nContent-Type: application/json\r\n");
    requested(simulator, "POST", path, &headers, &body.to_string())
}

/// The error key of a refusal, or nothing.
fn error_key((http_status, body): (u16, Value)) -> Option<String> {
    (http_status == 400 && body["status"] == 400).then(|| body["errorKey"].as_str().unwrap().to_owned())
}

#[test]
fn the_last_character_decides_on_the_answer_of_each_method() {
    let simulator = simulator();
    let health = |answer: Answer| match answer {
        Answer::Status(status) => Some(status.health),
        Answer::NotFound | Answer::Expired => None,
    };
    for method in [Method::Visitor, Method::Employee, Method::General, Method::Plus] {
        for last in ["0", "4", "5"] {
            let answer = asked(&simulator, method, PASSWORD, &format!("A1B234567{last}"));
            assert_eq!(answer.map(health), Ok(Some(HealthStatus::Riskless)), "{method:?} {last}");
        }
        let risky = asked(&simulator, method, PASSWORD, "A1B2345671");
        assert_eq!(risky.map(health), Ok(Some(HealthStatus::Risky)), "{method:?}");
        for (last, said) in [
            ("2", Ok(Answer::NotFound)),
            ("3", Ok(Answer::Expired)),
            ("6", Err(QueryError::ServiceFailed)),
            ("7", Err(QueryError::TimedOut)),
            ("8", Err(QueryError::UnexpectedAnswer)),
            ("9", Err(QueryError::CredentialsRejected)),
            ("A", Ok(Answer::NotFound)),
            ("Z", Ok(Answer::NotFound)),
        ] {
            let answer = asked(&simulator, method, PASSWORD, &format!("A1B234567{last}"));
            assert_eq!(answer, said, "{method:?} {last}");
        }
    }
}

#[test]
fn a_riskless_code_is_valid_for_a_week_and_shows_its_masked_holder() {
    let answer = asked(&simulator(), Method::Visitor, PASSWORD, "A1B2345670");
    let Ok(Answer::Status(Status { valid_until, holder, .. })) = answer else { panic!("{answer:?}") };
    let week = SignedDuration::from_hours(7 * 24);
    let off = (Timestamp::now() + week).duration_since(valid_until).abs();
    assert!(off < SignedDuration::from_mins(1), "{valid_until}");
    let expected = MaskedHolder {
        first_name: Some("DE****".to_owned()),
        last_name: Some("YI****".to_owned()),
        identity_number: Some("********792".to_owned()),
    };
    assert!(holder == expected);
}

#[test]
fn wrong_credentials_are_rejected() {
    let answer = asked(&simulator(), Method::Visitor, "another", "A1B2345670");
    assert_eq!(answer, Err(QueryError::CredentialsRejected));
}

#[test]
fn absent_credentials_are_rejected_by_all_six_methods() {
    let simulator = simulator();
    for path in [
        "check-visitor-hes-code",
        "check-employee-hes-code",
        "check-hes-code",
        "check-hes-code-plus",
        "check-hes-codes",
        "check-hes-codes-plus",
    ] {
        let headers = "Content-Type: application/json\r\n";
        assert_eq!(requested(&simulator, "POST", path, headers, "{}").0, 401, "{path}");
    }
}

#[test]
fn the_contract_is_served_to_whoever_asks() {
    let (head, text) = said(&simulator(), "GET", "openapi.yaml", "", "");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(text.starts_with("openapi: 3.1.0\n"), "{text}");
}

#[test]
fn only_post_is_a_question() {
    let headers = format!("Authorization: {CREDENTIALS}\r\nContent-Type: application/json\r\n");
    assert_eq!(requested(&simulator(), "GET", "check-hes-code", &headers, "").0, 405);
}

#[test]
fn a_question_that_does_not_say_that_it_is_json_is_refused() {
    let headers = format!("Authorization: {CREDENTIALS}\r\nContent-Type: text/plain\r\n");
    let body = r#"{"hes_code": "A1B2345670"}"#;
    let answer = requested(&simulator(), "POST", "check-hes-code", &headers, body);
    assert_eq!(error_key(answer).as_deref(), Some("validation"));
}

#[test]
fn a_body_that_is_no_question_is_refused() {
    let simulator = simulator();
    let whole = json!({"hes_code": "A1B2345670", "city": "a", "district": "b", "explicit_address": "c"});
    let with = |name: &str, value: Value| {
        let mut question = whole.clone();
        question[name] = value;
        question
    };
    assert_eq!(posted(&simulator, "check-visitor-hes-code", &whole).0, 200);
    for question in [
        json!({"hes_code": "A1B2345670"}),
        with("city", Value::Null),
        with("district", json!(" ")),
        with("explicit_address", json!(1)),
        with("location", json!({"latitude": 39.9})),
        with("location", json!({"latitude": "39.9", "longitude": "32.8"})),
        with("hes_code", json!("A1B2-3456-70")),
        with("hes_code", json!("a1b2345670")),
        with("hes_code", json!("A1B234567")),
        with("hes_code", Value::Null),
        json!([whole]),
    ] {
        let answer = posted(&simulator, "check-visitor-hes-code", &question);
        assert_eq!(error_key(answer).as_deref(), Some("validation"), "{question}");
    }
}

#[test]
fn a_status_has_the_fields_of_the_contract() {
    let (_, status) = posted(&simulator(), "check-hes-code", &json!({"hes_code": "A1B2345670"}));
    let fixture: Value = serde_json::from_str(STATUS).unwrap();
    let but_the_date = |mut status: Value| {
        let date = status.as_object_mut().unwrap().remove("expiration_date").unwrap();
        (status, date.as_str().unwrap().len())
    };
    assert_eq!(but_the_date(status), but_the_date(fixture));
}

#[test]
fn the_plus_method_adds_the_health_fields() {
    let simulator = simulator();
    let plus = |code: &str| posted(&simulator, "check-hes-code-plus", &json!({"hes_code": code})).1;
    let vaccinated = |code: &str| plus(code)["is_vaccinated"].clone();
    assert_eq!(
        [vaccinated("A1B2345670"), vaccinated("A1B2345674"), vaccinated("A1B2345675")],
        [json!(true), json!(false), json!(false)]
    );
    assert_eq!(plus("A1B2345674")["last_negative_test_date"], Value::Null);
    let tested: Timestamp = plus("A1B2345675")["last_negative_test_date"].as_str().unwrap().parse().unwrap();
    let hours = Timestamp::now().duration_since(tested).as_hours();
    assert_eq!(hours, 24);
}

#[test]
fn an_expired_code_says_when_it_expired() {
    let (http_status, refusal) = posted(&simulator(), "check-hes-code", &json!({"hes_code": "A1B2345673"}));
    let expired: Timestamp = refusal["expiration_date"].as_str().unwrap().parse().unwrap();
    assert!(http_status == 400 && expired < Timestamp::now());
}

#[test]
fn in_bulk_each_code_is_in_the_map_of_its_last_character_or_in_none() {
    let simulator = simulator();
    let codes = || "0123456789A".chars().map(|last| format!("A1B234567{last}"));
    let question: Value = codes().map(|code| json!({"hes_code": code})).collect();
    let (http_status, maps) = posted(&simulator, "check-hes-codes-plus", &question);
    assert_eq!(http_status, 200);
    let kind = |code: String| match (&maps["success_map"][&code], &maps["unsuccess_map"][&code]) {
        (Value::Null, Value::Null) => "none".to_owned(),
        (Value::Null, key) => key.as_str().unwrap().to_owned(),
        (status, _) => format!("{} {}", status["current_health_status"], status["is_vaccinated"]),
    };
    assert_eq!(
        codes().map(kind).collect::<Vec<_>>(),
        [
            "\"RISKLESS\" true",
            "\"RISKY\" false",
            "hescodenotfound",
            "hescodehasbeenexpired",
            "\"RISKLESS\" false",
            "\"RISKLESS\" false",
            "none",
            "\"RISKLESS\" false",
            "none",
            "none",
            "hescodenotfound",
        ]
    );
}

#[test]
fn the_maps_are_named_as_in_the_contract() {
    let fixture: Value = serde_json::from_str(&MAPS.replace("{ …status… }", STATUS)).unwrap();
    let question = json!([{"hes_code": "A1B2345670"}, {"hes_code": "C3D4567892"}]);
    let (_, maps) = posted(&simulator(), "check-hes-codes", &question);
    let names = |maps: &Value| maps.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&maps), names(&fixture));
    assert_eq!(names(&maps["success_map"]["A1B2345670"]), names(&fixture["success_map"]["A1B2345678"]));
}

#[test]
fn five_hundred_codes_are_the_most_of_a_bulk_question() {
    let simulator = simulator();
    let question = |number: usize| -> Value {
        (0..number).map(|code| json!({"hes_code": format!("A1B{code:06}0")})).collect()
    };
    let (_, maps) = posted(&simulator, "check-hes-codes", &question(500));
    assert_eq!(maps["success_map"].as_object().unwrap().len(), 500);
    let answer = posted(&simulator, "check-hes-codes", &question(501));
    assert_eq!(error_key(answer).as_deref(), Some("validation"));
}

#[test]
fn an_answer_takes_at_least_the_latency() {
    let latency = Duration::from_millis(200);
    let simulator = Simulator::start("127.0.0.1:0".parse().unwrap(), latency).unwrap();
    let started = Instant::now();
    assert!(asked(&simulator, Method::General, PASSWORD, "A1B2345670").is_ok());
    assert!(started.elapsed() >= latency);
}

#[test]
fn dropping_it_frees_its_port_at_once_even_while_an_answer_is_due() {
    let simulator = Simulator::start("127.0.0.1:0".parse().unwrap(), Duration::from_secs(60)).unwrap();
    let base = simulator.base_url();
    let address = base.trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
    let mut waiting = TcpStream::connect(address).unwrap();
    waiting.write_all(b"POST /check-hes-code HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").unwrap();
    let started = Instant::now();
    drop(simulator);
    assert!(started.elapsed() < Duration::from_secs(1));
    Simulator::start(address, Duration::ZERO).unwrap();
}
