//! The bodies of questions about many codes, and the strict reading of their answers.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{BodyKind, RawStatus, body_kind, is_json, object};
use crate::code::Code;
use crate::hes::{Answer, Method, QueryError};

impl Method {
    /// The path, below the base address, of the method that asks about many codes the same.
    pub fn batch_path(self) -> &'static str {
        match self {
            // Employees and visitors have no bulk methods of their own.
            Self::Visitor | Self::Employee | Self::General => "check-hes-codes",
            Self::Plus => "check-hes-codes-plus",
        }
    }
}

/// The JSON body that asks about `codes`.
pub(in crate::hes) fn body(codes: &[Code]) -> String {
    codes.iter().map(|code| json!({ "hes_code": code.reveal() })).collect::<Value>().to_string()
}

/// Reads a whole answer to a question about `asked`, and gives what it says of each, in their order.
///
/// # Errors
/// Why it is no answer of the contract.
pub(in crate::hes) fn answers(
    asked: &[Code],
    http_status: u16,
    content_type: Option<&str>,
    body: &[u8],
) -> Result<Vec<Result<Answer, QueryError>>, QueryError> {
    let maps = match body_kind(http_status)? {
        BodyKind::Status if content_type.is_none_or(is_json) => Maps::read(body),
        BodyKind::Status | BodyKind::Refusal => None,
    };
    let Maps { success, refused } = maps.ok_or(QueryError::UnexpectedAnswer)?;
    let mut said = Said::default();
    for (key, status) in &success.0 {
        said.note(key, |code| object::<RawStatus>(status.get().as_bytes())?.into_answer(code));
    }
    for (key, error_key) in &refused.0 {
        said.note(key, |_| match serde_json::from_str::<String>(error_key.get()).ok()?.as_str() {
            "hescodenotfound" => Some(Answer::NotFound),
            "hescodehasbeenexpired" => Some(Answer::Expired),
            _ => None,
        });
    }
    Ok(asked.iter().map(|code| said.of(code)).collect())
}

/// What the maps say of each code; `None` where it is not of the contract.
#[derive(Default)]
struct Said(HashMap<Code, Option<Answer>>);

impl Said {
    /// Notes what a map says under `key`. A code that stands twice, in whatever form, contradicts itself.
    fn note(&mut self, key: &str, read: impl FnOnce(&Code) -> Option<Answer>) {
        let Ok(code) = Code::parse(key) else { return };
        match self.0.entry(code) {
            Entry::Occupied(mut noted) => {
                noted.insert(None);
            }
            Entry::Vacant(new) => {
                let answer = if key == code.reveal() { read(&code) } else { None };
                new.insert(answer);
            }
        }
    }

    fn of(&self, code: &Code) -> Result<Answer, QueryError> {
        self.0.get(code).cloned().flatten().ok_or(QueryError::UnexpectedAnswer)
    }
}

/// Both maps of an answer.
struct Maps<'a> {
    success: Entries<'a>,
    refused: Entries<'a>,
}

impl<'a> Maps<'a> {
    /// `None` where `body` is not one object, or holds what contradicts an answer about many codes.
    fn read(body: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?;
        let fields: Entries<'a> = serde_json::from_str(text).ok()?;
        if fields.has("errorKey") || fields.has("current_health_status") {
            return None;
        }
        if let Some(status) = fields.only("status")? {
            let status: Value = serde_json::from_str(status).ok()?;
            if status.is_number() && status != 200 {
                return None;
            }
        }
        let map = |name| match fields.only(name)? {
            None | Some("null") => Some(Entries(Vec::new())),
            Some(map) => serde_json::from_str(map).ok(),
        };
        Some(Self { success: map("success_map")?, refused: map("unsuccess_map")? })
    }
}

/// The members of an object, each as often as it stands there.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Entries<'a> {
    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key.eq_ignore_ascii_case(name))
    }

    /// The text of a member that may be missing; `None` where it stands twice or in other letters.
    fn only(&self, name: &str) -> Option<Option<&'a str>> {
        let mut members = self.0.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
        match (members.next(), members.next()) {
            (None, _) => Some(None),
            (Some((key, value)), None) if key == name => Some(Some(value.get())),
            (Some(_), _) => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Vec<(String, &'de RawValue)>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_map(Object).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RISKLESS: &str = r#"{"current_health_status": "RISKLESS", "expiration_date": "2070-12-30T13"}"#;
    const RISKY: &str = r#"{"current_health_status": "RISKY", "expiration_date": "2070-12-30T13"}"#;

    /// What an answer says of `A1B2345670` and `A1B2345671`, in a word each; `None` where it is no answer.
    fn read(body: &str) -> Option<[&'static str; 2]> {
        let asked = ["A1B2345670", "A1B2345671"].map(|code| Code::parse(code).unwrap());
        let answers = answers(&asked, 200, Some("application/json"), body.as_bytes()).ok()?;
        let words = answers.iter().map(|answer| match answer {
            Ok(Answer::Status(_)) => "status",
            Ok(Answer::NotFound) => "not found",
            Ok(Answer::Expired) => "expired",
            Err(_) => "nothing",
        });
        Some(words.collect::<Vec<_>>().try_into().unwrap())
    }

    #[test]
    fn each_code_has_what_the_maps_say_of_it() {
        let both = format!(
            r#"{{"success_map": {{"A1B2345670": {RISKLESS}}}, "unsuccess_map": {{"A1B2345671": "hescodenotfound"}}}}"#
        );
        assert_eq!(read(&both), Some(["status", "not found"]));
        let expired = r#"{"success_map": null, "unsuccess_map": {"A1B2345671": "hescodehasbeenexpired"}}"#;
        assert_eq!(read(expired), Some(["nothing", "expired"]));
    }

    #[test]
    fn a_code_of_which_the_maps_do_not_say_one_thing_is_unknown() {
        for maps in [
            "{}".to_owned(),
            r#"{"success_map": null, "unsuccess_map": null}"#.to_owned(),
            r#"{"unsuccess_map": {"A1B2345670": "validation"}}"#.to_owned(),
            r#"{"unsuccess_map": {"A1B2345670": null}}"#.to_owned(),
            r#"{"unsuccess_map": {"A1B2345670": {"errorKey": "hescodenotfound"}}}"#.to_owned(),
            format!(r#"{{"success_map": {{"A1B2345670": {RISKLESS}, "A1B2345670": {RISKY}}}}}"#),
            format!(r#"{{"success_map": {{"A1B2345670": {RISKLESS}, "A1B2345670": {RISKLESS}}}}}"#),
            format!(r#"{{"success_map": {{"A1B2345670": {RISKLESS}, "a1b2-3456-70": {RISKY}}}}}"#),
            format!(r#"{{"success_map": {{"a1b2345670": {RISKLESS}}}}}"#),
            format!(r#"{{"success_map": {{"A1B2345670 ": {RISKLESS}}}}}"#),
            format!(r#"{{"success_map": {{"A1B2345679": {RISKLESS}}}}}"#),
            format!(r#"{{"success_map": {{"A1B2345670": [{RISKLESS}]}}}}"#),
            format!(
                r#"{{"success_map": {{"A1B2345670": {RISKLESS}}},
                    "unsuccess_map": {{"A1B2345670": "hescodenotfound"}}}}"#
            ),
            r#"{"success_map": {"A1B2345670": {"current_health_status": "RISKLESS"}}}"#.to_owned(),
            r#"{"success_map": {"A1B2345670": {"current_health_status": "RISKLESS", "hes_code": "A1B2345671",
                "expiration_date": "2070-12-30T13"}}}"#
                .to_owned(),
        ] {
            assert_eq!(read(&maps), Some(["nothing", "nothing"]), "{maps}");
        }
    }

    #[test]
    fn what_is_no_object_with_two_maps_is_no_answer() {
        for body in [
            String::new(),
            "null".to_owned(),
            "[]".to_owned(),
            r#"{"success_map": [], "unsuccess_map": {}}"#.to_owned(),
            r#"{"success_map": {}, "success_map": {}}"#.to_owned(),
            r#"{"Success_Map": {}}"#.to_owned(),
            r#"{"success_map": {}} {}"#.to_owned(),
            r#"{"success_map": {}, "status": 500}"#.to_owned(),
            r#"{"success_map": {}, "errorKey": "validation"}"#.to_owned(),
            format!(r#"{{"success_map": {{"A1B2345670": {RISKLESS}}}"#),
            RISKLESS.to_owned(),
            "<!DOCTYPE html>".to_owned(),
        ] {
            assert_eq!(read(&body), None, "{body}");
        }
    }

    #[test]
    fn a_question_is_a_list_of_codes() {
        let codes = ["A1B2-3456-70", "A1B2-3456-71"].map(|code| Code::parse(code).unwrap());
        assert_eq!(body(&codes), r#"[{"hes_code":"A1B2345670"},{"hes_code":"A1B2345671"}]"#);
    }
}
