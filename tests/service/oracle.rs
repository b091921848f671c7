//! What an answer proves, told without a line of the client's: its own reading of JSON, plain and slow.

use jiff::Timestamp;

use super::answers::Response;

/// What was read of a JSON text.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    Text(String),
    Number(f64),
    Object(Vec<(String, Json)>),
    Other,
}

/// Until when the answer proves the holder of `code` to be riskless, where it does.
pub fn riskless_until(response: &Response, code: &str) -> Option<Timestamp> {
    if response.http_status != 200 {
        return None;
    }
    riskless(&members(response)?, code)
}

/// Until when the members of one status prove it.
pub fn riskless(members: &[(String, Json)], code: &str) -> Option<Timestamp> {
    let has = |key: &str| members.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key)).count();
    let is_about_another = members.iter().any(|(name, value)| match (name.as_str(), value) {
        ("hes_code", Json::Text(other)) => other.replace('-', "").to_ascii_uppercase() != code,
        ("status", Json::Number(number)) => *number != 200.0,
        _ => false,
    });
    if has("errorKey") > 0 || is_about_another {
        return None;
    }
    if has("current_health_status") != 1 || has("expiration_date") != 1 {
        return None;
    }
    match (text(members, "current_health_status")?, text(members, "expiration_date")?) {
        ("RISKLESS", date) => time(date),
        _ => None,
    }
}

/// The refusal's key, where the answer is one.
pub fn refusal(response: &Response) -> Option<String> {
    if response.http_status != 400 {
        return None;
    }
    text(&members(response)?, "errorKey").map(str::to_owned)
}

fn text<'a>(members: &'a [(String, Json)], key: &str) -> Option<&'a str> {
    members.iter().find_map(|(name, value)| match value {
        Json::Text(text) if name == key => Some(text.as_str()),
        _ => None,
    })
}

/// The members of the object that is the whole body of an answer in JSON.
pub fn members(response: &Response) -> Option<Vec<(String, Json)>> {
    let values = |key: &str| {
        let named = response.headers.iter().filter(|(name, _)| *name == key);
        named.map(|(_, value)| String::from_utf8(value.clone()).ok()).collect::<Vec<_>>()
    };
    let says_json = match values("Content-Type").as_slice() {
        [] => true,
        [Some(value)] => {
            let mut parts = value.split(';').map(|part| part.trim().to_ascii_lowercase());
            let kind = parts.next()?;
            let is_json = kind == "application/json" || (kind.contains('/') && kind.ends_with("+json"));
            is_json && parts.all(|part| matches!(part.as_str(), "charset=utf-8" | "charset=\"utf-8\""))
        }
        _ => false,
    };
    let is_plain = match values("Content-Encoding").as_slice() {
        [] => true,
        [Some(value)] => value == "identity",
        _ => false,
    };
    let body = std::str::from_utf8(&response.body).ok().filter(|body| body.len() <= 64 * 1024)?;
    let mut rest = body.chars().collect::<Vec<_>>();
    rest.reverse();
    let Some(Json::Object(members)) = value(&mut rest) else { return None };
    blanks(&mut rest);
    (says_json && is_plain && rest.is_empty()).then_some(members)
}

fn blanks(rest: &mut Vec<char>) {
    while rest.last().is_some_and(|next| matches!(next, ' ' | '\t' | '\r' | '\n')) {
        rest.pop();
    }
}

fn takes(rest: &mut Vec<char>, wanted: char) -> bool {
    blanks(rest);
    let is_next = rest.last() == Some(&wanted);
    if is_next {
        rest.pop();
    }
    is_next
}

/// Takes one value from the end of `rest`, which holds the text backwards.
fn value(rest: &mut Vec<char>) -> Option<Json> {
    blanks(rest);
    match rest.last()? {
        '"' => string(rest).map(Json::Text),
        '{' => {
            rest.pop();
            let mut members = Vec::new();
            if takes(rest, '}') {
                return Some(Json::Object(members));
            }
            loop {
                blanks(rest);
                let key = string(rest)?;
                if !takes(rest, ':') {
                    return None;
                }
                members.push((key, value(rest)?));
                if takes(rest, '}') {
                    return Some(Json::Object(members));
                }
                if !takes(rest, ',') {
                    return None;
                }
            }
        }
        '[' => {
            rest.pop();
            if takes(rest, ']') {
                return Some(Json::Other);
            }
            loop {
                value(rest)?;
                if takes(rest, ']') {
                    return Some(Json::Other);
                }
                if !takes(rest, ',') {
                    return None;
                }
            }
        }
        _ => bare(rest),
    }
}

/// A number, `true`, `false` or `null`.
fn bare(rest: &mut Vec<char>) -> Option<Json> {
    let mut word = String::new();
    while rest.last().is_some_and(|next| next.is_ascii_alphanumeric() || "+-.".contains(*next)) {
        word.extend(rest.pop());
    }
    match word.as_str() {
        "true" | "false" | "null" => Some(Json::Other),
        // Rust takes words such as "inf" for numbers too, which begin with a letter.
        _ if word.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
            word.parse().ok().map(Json::Number)
        }
        _ => None,
    }
}

fn string(rest: &mut Vec<char>) -> Option<String> {
    if rest.pop() != Some('"') {
        return None;
    }
    let mut text = String::new();
    loop {
        match rest.pop()? {
            '"' => return Some(text),
            '\\' => match rest.pop()? {
                'u' => {
                    let digits: String = (0..4).filter_map(|_| rest.pop()).collect();
                    // No word that matters has a character that is written as a pair.
                    let number = u32::from_str_radix(&digits, 16).ok()?;
                    text.push(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                escaped if "\"\\/bfnrt".contains(escaped) => text.push(escaped),
                _ => return None,
            },
            control if control < ' ' => return None,
            plain => text.push(plain),
        }
    }
}

/// The time of a date as the service writes it.
fn time(date: &str) -> Option<Timestamp> {
    let (_, clock) = date.split_once('T')?;
    let has_zone = clock.contains(['Z', '+', '-']);
    let minutes = if clock.len() == 2 { ":00" } else { "" };
    let zone = if has_zone { "" } else { "Z" };
    // Later than any time that can be told: for ever.
    let is_for_ever = date.starts_with("9999-12-31");
    format!("{date}{minutes}{zone}").parse().ok().or(is_for_ever.then_some(Timestamp::MAX))
}
