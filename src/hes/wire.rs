//! What goes over the wire: the bodies of questions, and the strict reading of answers. No I/O.
//!
//! Whatever is not exactly of the contract is [`QueryError::UnexpectedAnswer`]: a lenient reader would
//! be a way to a false green.

pub(super) mod batch;

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Value, json};

use super::{Answer, HealthFields, HealthStatus, MaskedHolder, Method, Place, QueryError, Status};
use crate::code::Code;

impl Method {
    /// The method's path below the base address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Visitor => "check-visitor-hes-code",
            Self::Employee => "check-employee-hes-code",
            Self::General => "check-hes-code",
            Self::Plus => "check-hes-code-plus",
        }
    }

    /// The JSON body that asks about `code`; only the visitor method sends the place.
    pub(super) fn body(self, code: &Code, place: &Place) -> String {
        let mut body = json!({ "hes_code": code.reveal() });
        if let (Self::Visitor, Value::Object(fields)) = (self, &mut body) {
            fields.insert("city".to_owned(), json!(place.city));
            fields.insert("district".to_owned(), json!(place.district));
            fields.insert("explicit_address".to_owned(), json!(place.address));
            if let Some((latitude, longitude)) = place.location {
                let location = json!({ "latitude": latitude, "longitude": longitude });
                fields.insert("location".to_owned(), location);
            }
        }
        body.to_string()
    }
}

/// What an answer's body holds, as its HTTP status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyKind {
    /// A holder's status.
    Status,
    /// The reason why there is none.
    Refusal,
}

/// What kind of body comes with an HTTP status.
///
/// # Errors
/// What the HTTP status says by itself, whatever the body is.
pub(super) fn body_kind(http_status: u16) -> Result<BodyKind, QueryError> {
    match http_status {
        200 => Ok(BodyKind::Status),
        400 => Ok(BodyKind::Refusal),
        401 | 403 => Err(QueryError::CredentialsRejected),
        429 => Err(QueryError::RateLimited),
        500..=599 => Err(QueryError::ServiceFailed),
        _ => Err(QueryError::UnexpectedAnswer),
    }
}

/// Reads a whole answer to a question about `asked`.
///
/// # Errors
/// Why it is no answer of the contract.
pub(super) fn answer(
    asked: &Code,
    http_status: u16,
    content_type: Option<&str>,
    body: &[u8],
) -> Result<Answer, QueryError> {
    let kind = body_kind(http_status)?;
    if !content_type.is_none_or(is_json) {
        return Err(QueryError::UnexpectedAnswer);
    }
    let answer = match kind {
        BodyKind::Status => object::<RawStatus>(body).and_then(|status| status.into_answer(asked)),
        BodyKind::Refusal => object::<RawRefusal>(body).and_then(RawRefusal::into_answer),
    };
    answer.ok_or(QueryError::UnexpectedAnswer)
}

/// What the head of an answer to a question about nobody says of the service. Which refusal it is does not
/// matter, but a gateway's page under the same HTTP status is not the service.
///
/// # Errors
/// Why the service cannot be asked.
pub(super) fn health(http_status: u16, content_type: Option<&str>) -> Result<(), QueryError> {
    match body_kind(http_status) {
        Ok(BodyKind::Status | BodyKind::Refusal) => {}
        Err(_) if http_status == 422 => {}
        Err(error) => return Err(error),
    }
    if content_type.is_none_or(is_json) { Ok(()) } else { Err(QueryError::UnexpectedAnswer) }
}

/// Whether a `Content-Type` names JSON: `application/json` or a type of RFC 6839's `+json`. JSON that is
/// exchanged is UTF-8 (RFC 8259).
fn is_json(content_type: &str) -> bool {
    let content_type = content_type.to_ascii_lowercase();
    let mut charsets = content_type.split(';').filter_map(|part| part.trim().strip_prefix("charset="));
    if !charsets.all(|charset| charset.trim_matches('"') == "utf-8") {
        return false;
    }
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    match media_type.split_once('/') {
        Some(("application", "json")) => true,
        Some((kind, format)) => !kind.is_empty() && format.ends_with("+json"),
        None => false,
    }
}

/// Reads `body` as one JSON object and nothing else.
fn object<'body, T: Deserialize<'body>>(body: &'body [u8]) -> Option<T> {
    // serde_json checks the encoding only of those strings that it keeps.
    let text = std::str::from_utf8(body).ok()?;
    // A derived `Deserialize` takes an array of the fields' values as well.
    if !text.trim_ascii_start().starts_with('{') {
        return None;
    }
    let Keys(keys) = serde_json::from_str(text).ok()?;
    let is_clear = keys.iter().enumerate().all(|(index, key)| {
        let is_same = |other: &str| key.eq_ignore_ascii_case(other);
        !keys[..index].iter().any(|other| is_same(other))
            && !FIELDS.iter().any(|field| is_same(field) && key != field)
    });
    if is_clear { serde_json::from_str(text).ok() } else { None }
}

/// The fields that have a meaning here. The same name in other letters has none, and contradicts them.
const FIELDS: [&str; 8] = [
    "current_health_status",
    "expiration_date",
    "masked_identity_number",
    "masked_firstname",
    "masked_lastname",
    "errorKey",
    "status",
    "hes_code",
];

/// The keys of an object, each as often as it stands there.
struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Vec<String>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Vec<String>, M::Error> {
                let mut keys = Vec::new();
                while let Some((key, IgnoredAny)) = map.next_entry()? {
                    keys.push(key);
                }
                Ok(keys)
            }
        }
        deserializer.deserialize_map(Object).map(Self)
    }
}

#[derive(serde::Deserialize)]
struct RawStatus {
    current_health_status: String,
    expiration_date: String,
    masked_identity_number: Option<String>,
    masked_firstname: Option<String>,
    masked_lastname: Option<String>,
    is_vaccinated: Option<Value>,
    is_immune: Option<Value>,
    is_test_data_shared: Option<Value>,
    last_negative_test_date: Option<Value>,
    /// A refusal's field: an answer that holds both contradicts itself.
    #[serde(default, rename = "errorKey", deserialize_with = "present")]
    has_error_key: bool,
    /// Not of the contract; a number other than 200 contradicts the answer.
    status: Option<Value>,
    /// Not of the contract; another code than the asked one contradicts the answer.
    hes_code: Option<Value>,
}

impl RawStatus {
    fn into_answer(self, asked: &Code) -> Option<Answer> {
        let is_other_status = self.status.is_some_and(|status| status.is_number() && status != 200);
        let is_other_code = self
            .hes_code
            .is_some_and(|code| code.as_str().and_then(|text| Code::parse(text).ok()) != Some(*asked));
        if self.has_error_key || is_other_status || is_other_code {
            return None;
        }
        let health = match self.current_health_status.as_str() {
            "RISKLESS" => HealthStatus::Riskless,
            "RISKY" => HealthStatus::Risky,
            _ => return None,
        };
        let valid_until = timestamp(&self.expiration_date)?;
        let holder = MaskedHolder {
            first_name: shown(self.masked_firstname, masked_name)?,
            last_name: shown(self.masked_lastname, masked_name)?,
            identity_number: shown(self.masked_identity_number, masked_number)?,
        };
        let fields = HealthFields {
            is_vaccinated: flag(self.is_vaccinated.as_ref()),
            is_immune: flag(self.is_immune.as_ref()),
            is_test_data_shared: flag(self.is_test_data_shared.as_ref()),
            last_negative_test: self
                .last_negative_test_date
                .as_ref()
                .and_then(Value::as_str)
                .and_then(timestamp),
        };
        Some(Answer::Status(Status { health, valid_until, holder, fields }))
    }
}

/// A health field as the service was seen to write it.
fn flag(value: Option<&Value>) -> Option<bool> {
    match value? {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) if text == "true" => Some(true),
        Value::String(text) if text == "false" => Some(false),
        _ => None,
    }
}

#[derive(serde::Deserialize)]
struct RawRefusal {
    #[serde(rename = "errorKey")]
    error_key: String,
    #[serde(default = "bad_request", rename = "status")]
    http_status: u16,
    /// A status's field: an answer that holds both contradicts itself.
    #[serde(default, rename = "current_health_status", deserialize_with = "present")]
    has_health_status: bool,
}

impl RawRefusal {
    fn into_answer(self) -> Option<Answer> {
        if self.has_health_status || self.http_status != bad_request() {
            return None;
        }
        match self.error_key.as_str() {
            "hescodenotfound" => Some(Answer::NotFound),
            "hescodehasbeenexpired" => Some(Answer::Expired),
            _ => None,
        }
    }
}

fn bad_request() -> u16 {
    400
}

/// Deserializes any value of a field to the fact that the field is there.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

/// The longest part of a name that is shown; control characters would write elsewhere than in their place.
const LONGEST_MASKED: usize = 64;

/// The value without stray blanks and masked, where something is left of it; `None` where no service writes such
/// a one.
fn shown(value: Option<String>, masked: fn(&str) -> String) -> Option<Option<String>> {
    let text = value.unwrap_or_default().trim().to_owned();
    if text.chars().any(char::is_control) || text.chars().count() > LONGEST_MASKED {
        return None;
    }
    Some(Some(masked(&text)).filter(|text| !text.is_empty()))
}

/// A name of which each word shows two letters, also where the service masks it less.
fn masked_name(name: &str) -> String {
    let masked_word = |word: &str| {
        word.chars().enumerate().map(|(place, letter)| if place < 2 { letter } else { '*' }).collect()
    };
    name.split_whitespace().map(masked_word).collect::<Vec<String>>().join(" ")
}

/// A number of which the last three characters are as the service wrote them, also where it masks it less: they are
/// no less the holder's then, and are compared as ever.
fn masked_number(number: &str) -> String {
    let hidden = number.chars().count().saturating_sub(3);
    number.chars().enumerate().map(|(place, digit)| if place < hidden { '*' } else { digit }).collect()
}

/// Reads a date in the shapes that the service was seen to send, and in no other:
/// `YYYY-MM-DDTHH[:MM[:SS[.fraction]]][Z|±HH:MM]`. No zone means UTC.
fn timestamp(text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_once('T')?;
    let (time, offset) = match time.find(['Z', '+', '-']) {
        None => (time, Offset::UTC),
        Some(at) => {
            let (time, zone) = time.split_at_checked(at)?;
            (time, if zone == "Z" { Offset::UTC } else { zone_offset(zone)? })
        }
    };
    let time = DateTime::from_parts(calendar_date(date)?, time_of_day(time)?);
    // The last day of the year 9999, a common way to write "for ever", is beyond what has a timestamp.
    offset.to_timestamp(time).ok().or_else(|| (time.year() == 9999).then_some(Timestamp::MAX))
}

/// Reads `YYYY-MM-DD`. The year 0000 is no year of a code.
fn calendar_date(text: &str) -> Option<Date> {
    let mut fields = text.splitn(3, '-');
    let year = digits(fields.next()?, 4).filter(|&year| year > 0)?;
    let month = two_digits(fields.next()?)?;
    let day = two_digits(fields.next()?)?;
    Date::new(year, month, day).ok()
}

/// Reads `HH`, `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fraction` with one to nine digits.
fn time_of_day(text: &str) -> Option<Time> {
    let mut fields = text.splitn(3, ':');
    let hour = two_digits(fields.next()?)?;
    let minute = fields.next().map_or(Some(0), two_digits)?;
    let (second, nanosecond) = match fields.next() {
        None => (0, 0),
        Some(seconds) => match seconds.split_once('.') {
            None => (two_digits(seconds)?, 0),
            Some((second, fraction)) => (two_digits(second)?, nanoseconds(fraction)?),
        },
    };
    Time::new(hour, minute, second, nanosecond).ok()
}

/// Reads `+HH:MM` or `-HH:MM`.
fn zone_offset(text: &str) -> Option<Offset> {
    let (sign, clock) = match text.split_at_checked(1)? {
        ("+", clock) => (1, clock),
        ("-", clock) => (-1, clock),
        _ => return None,
    };
    let (hour, minute) = clock.split_once(':')?;
    let clock = Time::new(two_digits(hour)?, two_digits(minute)?, 0, 0).ok()?;
    let seconds = i32::from(clock.hour()) * 3600 + i32::from(clock.minute()) * 60;
    Offset::from_seconds(sign * seconds).ok()
}

fn nanoseconds(fraction: &str) -> Option<i32> {
    if fraction.is_empty() || fraction.len() > 9 {
        return None;
    }
    digits(&format!("{fraction:0<9}"), 9)
}

fn two_digits(text: &str) -> Option<i8> {
    digits(text, 2)
}

/// Reads exactly `length` ASCII digits.
fn digits<T: std::str::FromStr>(text: &str, length: usize) -> Option<T> {
    let is_number = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests;
