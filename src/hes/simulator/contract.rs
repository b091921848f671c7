//! The contract from the service's side.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

/// The user name that the simulator accepts: public, and with a letter outside ASCII, as real ones have.
pub const USER_NAME: &str = "simülatör";

/// The password that the simulator accepts where it is given none: public.
pub const PASSWORD: &str = "hes-kiosk";

/// The contract itself, for whoever writes a service of their own.
const CONTRACT: &str = include_str!("../../../assets/hes-service.openapi.yaml");

/// The most codes in one bulk question.
const LARGEST_BATCH: usize = 500;

/// How long a code ending in 7 waits for its answer.
const LONG_WAIT: Duration = Duration::from_secs(30);

/// Whether a method answers with the health fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fields {
    Plain,
    Plus,
}

/// All six methods, each answering after `latency` who has `password`, and the contract.
pub(super) fn router(latency: Duration, password: &str) -> Router {
    let authorization = format!("Basic {}", BASE64_STANDARD.encode(format!("{USER_NAME}:{password}")));
    Router::new()
        .route("/check-visitor-hes-code", post(visitor))
        .route("/check-employee-hes-code", post(|body: Bytes| single(body, Fields::Plain)))
        .route("/check-hes-code", post(|body: Bytes| single(body, Fields::Plain)))
        .route("/check-hes-code-plus", post(|body: Bytes| single(body, Fields::Plus)))
        .route("/check-hes-codes", post(async |body: Bytes| bulk(&body, Fields::Plain)))
        .route("/check-hes-codes-plus", post(async |body: Bytes| bulk(&body, Fields::Plus)))
        .layer(middleware::from_fn_with_state(Arc::<str>::from(authorization), admitted))
        .layer(middleware::from_fn_with_state(latency, delayed))
        .route("/openapi.yaml", get(async || ([(CONTENT_TYPE, "application/yaml")], CONTRACT)))
}

async fn delayed(State(latency): State<Duration>, request: Request, next: Next) -> Response {
    tokio::time::sleep(latency).await;
    next.run(request).await
}

/// Lets a request through that has the right credentials and says that it is JSON.
async fn admitted(
    State(authorization): State<Arc<str>>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    if headers.get(AUTHORIZATION).map(|value| value.as_bytes()) != Some(authorization.as_bytes()) {
        return unauthorized();
    }
    if headers.get(CONTENT_TYPE).is_none_or(|value| !value.as_bytes().starts_with(b"application/json")) {
        return refusal("validation", json!({}));
    }
    next.run(request).await
}

async fn visitor(body: Bytes) -> Response {
    let question: Value = serde_json::from_slice(&body).unwrap_or_default();
    let has_text =
        |name: &str| question.get(name).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty());
    let has_place = ["city", "district", "explicit_address"].into_iter().all(has_text);
    let is_location = |location: &Value| {
        ["latitude", "longitude"].into_iter().all(|axis| location.get(axis).is_some_and(Value::is_number))
    };
    if !has_place || !question.get("location").is_none_or(is_location) {
        return refusal("validation", json!({}));
    }
    single(body, Fields::Plain).await
}

async fn single(body: Bytes, fields: Fields) -> Response {
    let question: Value = serde_json::from_slice(&body).unwrap_or_default();
    let Some(last) = hes_code(&question).and_then(|code| code.chars().last()) else {
        return refusal("validation", json!({}));
    };
    let now = Timestamp::now();
    match last {
        '3' => refusal("hescodehasbeenexpired", json!({ "expiration_date": hours_from(now, -24) })),
        '6' => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        '7' => {
            tokio::time::sleep(LONG_WAIT).await;
            json_response(StatusCode::OK, &status(last, fields, Timestamp::now()))
        }
        '8' => Html("<!DOCTYPE html><title>Gateway</title><p>The service is being maintained.</p>")
            .into_response(),
        '9' => unauthorized(),
        '0' | '1' | '4' | '5' => json_response(StatusCode::OK, &status(last, fields, now)),
        _ => refusal("hescodenotfound", json!({})),
    }
}

fn bulk(body: &[u8], fields: Fields) -> Response {
    let question: Value = serde_json::from_slice(body).unwrap_or_default();
    let codes: Option<Vec<&str>> =
        question.as_array().and_then(|questions| questions.iter().map(hes_code).collect());
    let Some(codes) = codes.filter(|codes| codes.len() <= LARGEST_BATCH) else {
        return refusal("validation", json!({}));
    };
    let now = Timestamp::now();
    let (mut success, mut unsuccess) = (Map::new(), Map::new());
    for code in codes {
        match code.chars().last().unwrap_or_default() {
            '6' | '8' | '9' => {}
            '3' => {
                unsuccess.insert(code.to_owned(), json!("hescodehasbeenexpired"));
            }
            last @ ('0' | '1' | '4' | '5' | '7') => {
                success.insert(code.to_owned(), status(last, fields, now));
            }
            _ => {
                unsuccess.insert(code.to_owned(), json!("hescodenotfound"));
            }
        }
    }
    json_response(StatusCode::OK, &json!({ "success_map": success, "unsuccess_map": unsuccess }))
}

/// The code of `{"hes_code": …}`, where it has the form that the service wants on the wire.
fn hes_code(question: &Value) -> Option<&str> {
    let is_code = |code: &&str| {
        code.len() == 10 && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    question.get("hes_code").and_then(Value::as_str).filter(is_code)
}

/// The status of the holder of a code that ends in `last`.
fn status(last: char, fields: Fields, now: Timestamp) -> Value {
    let mut status = json!({
        "current_health_status": if last == '1' { "RISKY" } else { "RISKLESS" },
        "expiration_date": hours_from(now, 7 * 24),
        "masked_identity_number": "********792",
        "masked_firstname": "DE****",
        "masked_lastname": "YI**** ",
    });
    if fields == Fields::Plus {
        let tested = last == '5';
        status["is_vaccinated"] = json!(last == '0');
        status["is_immune"] = json!(false);
        status["is_test_data_shared"] = json!(tested);
        status["last_negative_test_date"] = if tested { hours_from(now, -24) } else { Value::Null };
    }
    status
}

/// `hours` after `now` as the service writes times: `2021-12-31T20:59:59.000Z`.
fn hours_from(now: Timestamp, hours: i64) -> Value {
    let time = now.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(now);
    json!(time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}

/// HTTP 400 as the service words it, with what `more` adds.
fn refusal(error_key: &str, more: Value) -> Response {
    let mut refusal = json!({ "status": 400, "errorKey": error_key, "title": "Bad Request" });
    if let (Value::Object(refusal), Value::Object(more)) = (&mut refusal, more) {
        refusal.extend(more);
    }
    json_response(StatusCode::BAD_REQUEST, &refusal)
}

fn unauthorized() -> Response {
    (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Basic realm=\"hes\", charset=\"UTF-8\"")]).into_response()
}

fn json_response(http_status: StatusCode, body: &Value) -> Response {
    (http_status, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
