//! Refused codes that are held at the door.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Map, Value, json};

use super::institution::{Institution, response};
use super::{Desk, code, errors, table};

/// A service that can be sent away; single questions are answered with `RISKLESS`.
fn institution(is_away: &Arc<AtomicBool>) -> Institution {
    forgiving(is_away, &Arc::default())
}

/// Such a service that can be made to answer with `RISKLESS` in bulk, too.
fn forgiving(is_away: &Arc<AtomicBool>, forgives: &Arc<AtomicBool>) -> Institution {
    let (is_away, forgives) = (Arc::clone(is_away), Arc::clone(forgives));
    Institution::start(move |_, codes| {
        let status = json!({"current_health_status": "RISKLESS", "expiration_date": "2070-12-30T13"});
        match (is_away.load(Ordering::SeqCst), codes.is_empty()) {
            (true, _) => Some(response("503 Service Unavailable", "", "")),
            (false, true) => Some(response("200 OK", "", &status.to_string())),
            (false, false) if forgives.load(Ordering::SeqCst) => {
                let known: Map<String, Value> =
                    codes.iter().map(|code| (code.clone(), status.clone())).collect();
                Some(response("200 OK", "", &json!({ "success_map": known }).to_string()))
            }
            (false, false) => None,
        }
    })
}

/// What the door says of a code: decision, reason, and who decided.
fn door(desk: &Desk, code: &str) -> [String; 3] {
    let output =
        desk.home.program().env("HES_KIOSK_PASSWORD", "p").args(["check", code, "--json"]).output().unwrap();
    let line: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", errors(&output)));
    let log = desk.home.program().env("HES_KIOSK_PASSWORD", "p").args(["log", "list", "--json"]).output();
    let log = String::from_utf8(log.unwrap().stdout).unwrap();
    let record: Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
    [&line["decision"], &line["reason"], &record["decided_by"]]
        .map(|word| word.as_str().unwrap_or("nobody").to_owned())
}

#[test]
fn a_code_that_was_refused_is_refused_at_the_door_only_while_the_service_is_away() {
    let is_away = Arc::new(AtomicBool::new(false));
    let institution = institution(&is_away);
    let desk = Desk::at(&institution.url(), table((0..4).map(code)), "");
    desk.run(&["--hold"]);
    assert_eq!(door(&desk, &code(1)), ["admit", "riskless", "service"]);
    is_away.store(true, Ordering::SeqCst);
    for refused in [1, 2, 3] {
        assert_eq!(door(&desk, &code(refused)), ["refuse", "held", "bulk"]);
    }
    assert_eq!(door(&desk, &code(0)), ["unverified", "service_failed", "nobody"]);
}

#[test]
fn nobody_is_held_without_the_option_or_once_another_run_with_it_learned_better() {
    let (is_away, forgives) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let institution = forgiving(&is_away, &forgives);
    let desk = Desk::at(&institution.url(), table([code(1)]), "");
    desk.run(&[]);
    is_away.store(true, Ordering::SeqCst);
    assert_eq!(door(&desk, &code(1)), ["unverified", "service_failed", "nobody"]);
    is_away.store(false, Ordering::SeqCst);
    fs::write(&desk.input, table([code(1), code(2)])).unwrap();
    desk.run(&["--hold"]);
    forgives.store(true, Ordering::SeqCst);
    fs::write(&desk.input, table([code(1)])).unwrap();
    desk.run(&["--hold"]);
    is_away.store(true, Ordering::SeqCst);
    assert_eq!(door(&desk, &code(1)), ["unverified", "service_failed", "nobody"]);
    // Nobody was asked about this one again.
    assert_eq!(door(&desk, &code(2)), ["refuse", "held", "bulk"]);
}

#[test]
fn a_run_that_learns_nothing_lets_nobody_off_who_is_held() {
    let is_away = Arc::new(AtomicBool::new(false));
    let institution = institution(&is_away);
    let desk = Desk::at(&institution.url(), table([code(1)]), "");
    desk.run(&["--hold"]);
    is_away.store(true, Ordering::SeqCst);
    assert_eq!(desk.run(&["--hold"]).status.code(), Some(3));
    assert_eq!(door(&desk, &code(1)), ["refuse", "held", "bulk"]);
}

#[test]
fn what_a_test_service_refused_is_not_held_at_a_real_door() {
    let is_away = Arc::new(AtomicBool::new(false));
    let institution = institution(&is_away);
    let desk = Desk::at(&institution.url(), table([code(1)]), "");
    let settings = desk.home.path().join(".config/hes-kiosk/kiosk.toml");
    let real = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, real.replace("\"own\"", "\"test\"").replace("[service.own]", "[service.test]"))
        .unwrap();
    assert_eq!(desk.run(&["--hold"]).status.code(), Some(1));
    is_away.store(true, Ordering::SeqCst);
    assert_eq!(door(&desk, &code(1)), ["refuse", "held", "bulk"]);
    fs::write(&settings, real).unwrap();
    assert_eq!(door(&desk, &code(1)), ["unverified", "service_failed", "nobody"]);
}
