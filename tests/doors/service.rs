//! A service of somebody else's making: all six methods, its own data, its quirks, and now and then a failure.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::post;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

/// So many questions are answered before one fails: three in a hundred.
const FAILS_EACH: usize = 33;

/// The most codes in one question.
const MOST: usize = 500;

/// What the service knows of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    Holder(Holder),
    NotFound,
    Expired,
    /// Nothing: HTTP 500, and in bulk neither map.
    Nothing,
    /// An error that the contract does not have.
    OtherError,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    is_risky: bool,
    is_expired: bool,
    vaccinated: Value,
    immune: Value,
    /// How many hours ago a negative test was made; below 0 in the future.
    test_hours: Option<i64>,
}

/// Somebody with a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub code: String,
    pub known: Known,
}

impl Person {
    /// The person of a number: every mix of what there is comes up.
    pub fn of(number: usize) -> Self {
        let flags =
            [json!(true), json!(false), json!(null), json!("true"), json!("false"), json!("null"), json!(1)];
        let flag = |of: usize| flags[of % flags.len()].clone();
        let known = match number % 11 {
            0 => Known::NotFound,
            1 => Known::Expired,
            2 => Known::Nothing,
            3 => Known::OtherError,
            kind => Known::Holder(Holder {
                is_risky: kind == 4,
                is_expired: kind == 5,
                vaccinated: flag(number / 11),
                immune: flag(number / 11 + number % 3 + 1),
                test_hours: [None, Some(1), Some(47), Some(49), Some(-5)][number % 5],
            }),
        };
        Self { code: format!("K{}L{}{number:06}", number % 10, number % 7), known }
    }

    /// Whether the data prove that this person may enter; with `wants_protection` by vaccination, immunity or a
    /// test of the last 48 hours.
    pub fn is_proven(&self, wants_protection: bool) -> bool {
        let Known::Holder(holder) = &self.known else { return false };
        let says = |value: &Value| *value == json!(true) || *value == json!("true");
        let is_protected = says(&holder.vaccinated)
            || says(&holder.immune)
            || holder.test_hours.is_some_and(|hours| (0..48).contains(&hours));
        !holder.is_risky && !holder.is_expired && (is_protected || !wants_protection)
    }

    fn status(&self, is_plus: bool) -> Result<Value, &'static str> {
        let holder = match &self.known {
            Known::Holder(holder) => holder,
            Known::NotFound => return Err("hescodenotfound"),
            Known::Expired => return Err("hescodehasbeenexpired"),
            Known::Nothing | Known::OtherError => return Err("internalerror"),
        };
        let expiry = if holder.is_expired { "2021-12-31T20:59:59" } else { "2070-12-30T13" };
        let mut status = json!({
            "current_health_status": if holder.is_risky { "RISKY" } else { "RISKLESS" },
            "expiration_date": expiry,
            "masked_identity_number": "********792",
            "masked_firstname": "DE****",
            "masked_lastname": " YI**** ",
            "more": {"current_health_status": "RISKLESS"},
        });
        if is_plus {
            let test = holder
                .test_hours
                .map(|hours| (Timestamp::now() - SignedDuration::from_hours(hours)).to_string());
            status["is_vaccinated"] = holder.vaccinated.clone();
            status["is_immune"] = holder.immune.clone();
            status["is_test_data_shared"] = json!("null");
            status["last_negative_test_date"] = test.map_or(json!("null"), Value::from);
        }
        Ok(status)
    }
}

struct Desk {
    people: Vec<Person>,
    questions: AtomicUsize,
}

/// Starts the service of these people on the runtime and gives its address.
pub async fn start(people: Vec<Person>) -> SocketAddr {
    let desk = Arc::new(Desk { people, questions: AtomicUsize::new(0) });
    let router = Router::new().route("/{method}", post(answer)).with_state(desk);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn answer(State(desk): State<Arc<Desk>>, Path(method): Path<String>, body: Bytes) -> Response {
    let question = desk.questions.fetch_add(1, Ordering::Relaxed);
    let question: Value = match question % FAILS_EACH {
        7 => {
            return [
                StatusCode::BAD_GATEWAY.into_response(),
                Html("<html>Hizmet verilemiyor</html>").into_response(),
                json(StatusCode::OK, &json!({"current_health_status": "RISKLESS"})),
            ]
            .into_iter()
            .nth(question / FAILS_EACH % 3)
            .unwrap();
        }
        _ => serde_json::from_slice(&body).unwrap(),
    };
    let is_plus = method.ends_with("-plus");
    if let Value::Array(codes) = question {
        return batch(&desk, &codes, is_plus);
    }
    let Some(person) = desk.person(&question) else {
        return json(StatusCode::BAD_REQUEST, &json!({"status": 400, "errorKey": "validation"}));
    };
    match person.status(is_plus) {
        Ok(status) => json(StatusCode::OK, &status),
        Err(_) if person.known == Known::Nothing => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Err(key) => {
            json(StatusCode::BAD_REQUEST, &json!({"status": 400, "errorKey": key, "title": "Bad Request"}))
        }
    }
}

fn batch(desk: &Desk, codes: &[Value], is_plus: bool) -> Response {
    if codes.len() > MOST {
        return json(StatusCode::BAD_REQUEST, &json!({"status": 400, "errorKey": "toomanycodes"}));
    }
    let (mut success, mut failure) = (Map::new(), Map::new());
    for person in codes.iter().filter_map(|code| desk.person(code)) {
        match person.status(is_plus) {
            _ if person.known == Known::Nothing => None,
            Ok(status) => success.insert(person.code.clone(), status),
            Err(key) => failure.insert(person.code.clone(), json!(key)),
        };
    }
    let failure = if failure.is_empty() { Value::Null } else { failure.into() };
    json(StatusCode::OK, &json!({"success_map": success, "unsuccess_map": failure}))
}

impl Desk {
    fn person(&self, question: &Value) -> Option<&Person> {
        let code = question["hes_code"].as_str()?;
        self.people.iter().find(|person| person.code == code)
    }
}

fn json(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json;charset=UTF-8")], body.to_string()).into_response()
}
