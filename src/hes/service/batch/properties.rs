//! What holds for whatever a service says of many codes: 50,000 answers, read as they come from the network.

use super::super::properties::answers::{self, Draws, Seed, VALUES, member, object};
use super::super::properties::oracle::{self, Json};
use super::super::properties::{now, received, runtime};
use super::*;
use crate::hes::HealthStatus;

const ANSWERS: u64 = 50_000;

/// Seeds that once showed a mistake, of whatever number of answers was tried then.
const KEPT: &[u64] = &[];

/// The codes that are asked about. Statuses name the first and the second of them as their own, and it may not be.
const CODES: [&str; 4] = ["A1B2345678", "C3D4567890", "A1B2345679", "E5F6789012"];

/// What stands in the maps where a code should: other forms of those that are asked, others, and none.
const OTHER_KEYS: [&str; 8] = [
    "a1b2345678",
    "C3D4-5678-90",
    "A1B2345679 ",
    r"\u00451B2345678",
    r"\u0041\u0031B2345678",
    "G7H8901234",
    "A1B234567",
    "",
];

const MAPS: [&str; 6] =
    ["success_map", "unsuccess_map", "Success_Map", "UNSUCCESS_MAP", r"success\u005fmap", "success_map "];

const NOT_MAPS: [&str; 6] = ["null", "[]", "{}", "true", r#""{}""#, r#"[{"A1B2345678":"hescodenotfound"}]"#];

const REFUSALS: [&str; 3] = [r#""hescodenotfound""#, r#""hescodehasbeenexpired""#, r#""validation""#];

/// A status as it should be.
fn good_status(draws: &mut Draws) -> String {
    String::from_utf8(answers::good(draws).body).unwrap()
}

/// What stands under a code of a map, mostly what the map is for.
fn said(map: &str, draws: &mut Draws) -> String {
    let is_for_refusals = (map == MAPS[1]) != draws.one_in(8);
    match draws.below(8) {
        0 => draws.of(VALUES).to_owned(),
        _ if is_for_refusals => draws.of(&REFUSALS).to_owned(),
        1 | 2 => String::from_utf8(answers::other_object(draws)).unwrap(),
        _ => good_status(draws),
    }
}

/// An answer of the contract: each code is in one of the maps, or in neither.
fn good(draws: &mut Draws) -> answers::Response {
    let (mut success, mut refused) = (Vec::new(), Vec::new());
    for code in CODES {
        match draws.below(6) {
            0 => {}
            1 => refused.push(member(code, draws.of(&REFUSALS))),
            _ => success.push(member(code, &good_status(draws))),
        }
    }
    let maps = [("success_map", success), ("unsuccess_map", refused)];
    let maps = maps.map(|(name, entries)| member(name, &text_of(&entries, draws)));
    answers::Response { body: object(&maps, draws), ..answers::good(draws) }
}

fn text_of(entries: &[String], draws: &mut Draws) -> String {
    String::from_utf8(object(entries, draws)).unwrap()
}

/// Maps whose members may be absent, twice, in the wrong one or something else, as the maps themselves may.
fn other_maps(draws: &mut Draws) -> Vec<u8> {
    let mut members = Vec::new();
    for name in MAPS.into_iter().take(2) {
        let mut entries = Vec::new();
        for code in CODES {
            let is_there = if name == MAPS[0] { !draws.one_in(4) } else { draws.one_in(4) };
            if is_there {
                let key = if draws.one_in(8) { draws.of(&OTHER_KEYS) } else { code };
                entries.push(member(key, &said(name, draws)));
            }
            if draws.one_in(12) {
                entries.push(member(code, &said(name, draws)));
            }
        }
        let map = if draws.one_in(24) { draws.of(&NOT_MAPS).to_owned() } else { text_of(&entries, draws) };
        let name = if draws.one_in(24) { draws.of(&MAPS) } else { name };
        members.push(member(name, &map));
    }
    if draws.one_in(6) {
        let key =
            draws.of(&["status", "errorKey", "current_health_status", "Status", "success_map", "title"]);
        members.push(member(key, draws.of(VALUES)));
    }
    let last = members.len() - 1;
    members.swap(draws.below(last), last);
    object(&members, draws)
}

fn mutated(draws: &mut Draws) -> answers::Response {
    let response = good(draws);
    answers::changed(response, other_maps, draws)
}

/// What stands under `code` and nothing else in both maps together, with the name of its map.
fn the_entry(response: &answers::Response, code: &str) -> Option<(String, Json)> {
    let members = oracle::members(response).filter(|_| response.http_status == 200)?;
    let is_refused = members.iter().any(|(name, value)| {
        let name = name.to_ascii_lowercase();
        name == "errorkey"
            || name == "current_health_status"
            || matches!(value, Json::Number(number) if name == "status" && *number != 200.0)
    });
    let mut found = Vec::new();
    for map in &MAPS[..2] {
        let mut named = members.iter().filter(|(name, _)| name.eq_ignore_ascii_case(map));
        match (named.next(), named.next()) {
            (Some((name, Json::Object(entries))), None) if name == map => {
                found.extend(entries.iter().map(|(key, value)| (*map, key, value)));
            }
            (None, _) | (Some((_, Json::Other)), None) => {}
            _ => return None,
        }
    }
    let letters = |key: &str| key.replace(['-', ' '], "").to_ascii_uppercase();
    found.retain(|(_, key, _)| letters(key) == code);
    match found.as_slice() {
        [(map, key, value)] if *key == code && !is_refused => Some(((*map).to_owned(), (*value).clone())),
        _ => None,
    }
}

/// Until when the answer proves the holder of `code` to be riskless, where it does.
fn riskless_until(response: &answers::Response, code: &str) -> Option<Timestamp> {
    match the_entry(response, code)? {
        (map, Json::Object(status)) if map == "success_map" => oracle::riskless(&status, code),
        _ => None,
    }
}

/// The refusal's key, where the answer has one for `code`.
fn refusal(response: &answers::Response, code: &str) -> Option<String> {
    match the_entry(response, code)? {
        (map, Json::Text(key)) if map == "unsuccess_map" => Some(key),
        _ => None,
    }
}

#[test]
fn no_code_of_a_batch_is_taken_for_more_than_its_own_entry_proves() {
    let runtime = runtime();
    let asked = CODES.map(|code| Code::parse(code).unwrap());
    let (mut admitted, mut refused, mut unknown, mut unread) = (0, 0, 0, 0);
    for seed in KEPT.iter().copied().chain(0..ANSWERS) {
        let _tried = Seed(seed);
        let answer = mutated(&mut Draws::new(seed));
        let Ok(read) = runtime.block_on(read(&asked, received(&answer))) else {
            unread += 1;
            continue;
        };
        assert_eq!(read.len(), CODES.len());
        for (code, said) in CODES.into_iter().zip(read) {
            let proven = riskless_until(&answer, code);
            match said {
                Ok(Answer::Status(status)) if status.health == HealthStatus::Riskless => {
                    assert_eq!(Some(status.valid_until), proven, "{code}: {answer:?}");
                    admitted += u32::from(status.valid_until > now());
                }
                Ok(Answer::Status(_)) => assert_eq!(proven, None, "{code}: {answer:?}"),
                Ok(said @ (Answer::NotFound | Answer::Expired)) => {
                    let key =
                        if said == Answer::NotFound { "hescodenotfound" } else { "hescodehasbeenexpired" };
                    assert_eq!(refusal(&answer, code).as_deref(), Some(key), "{code}: {answer:?}");
                    refused += 1;
                }
                Err(_) => unknown += 1,
            }
        }
    }
    // Answers that are all wrong, or all good, would prove nothing.
    let counts = [admitted, refused, unknown, unread];
    assert!(counts.into_iter().all(|count| count > 1_000), "admitted, refused, unknown, unread: {counts:?}");
}

#[test]
fn each_code_of_a_good_batch_is_read_as_its_own_entry_says() {
    let runtime = runtime();
    let asked = CODES.map(|code| Code::parse(code).unwrap());
    for seed in 0..2_000 {
        let _tried = Seed(seed);
        let answer = good(&mut Draws::new(seed));
        let read = runtime.block_on(read(&asked, received(&answer))).unwrap();
        for (code, said) in CODES.into_iter().zip(read) {
            let until = match said {
                Ok(Answer::Status(status)) => Some(status.valid_until),
                _ => None,
            };
            assert_eq!(until, riskless_until(&answer, code), "{code}: {answer:?}");
        }
    }
}
