//! Services that stumble.

use std::time::{Duration, Instant};

use super::institution::{Institution, decision, response};
use super::{Desk, code, errors, table};

fn all_answered(_: usize, _: &[String]) -> Option<Vec<u8>> {
    None
}

#[test]
fn everyone_is_asked_about_once_500_at_a_time_and_as_many_questions_as_set() {
    let institution = Institution::start(|_, _| {
        std::thread::sleep(Duration::from_millis(20));
        None
    });
    let codes: Vec<String> = (0..3_200).map(code).collect();
    let twice = codes.iter().chain(&codes).cloned();
    let desk = Desk::at(&institution.url(), table(twice), "[bulk]\nparallel = 2\n");
    let output = desk.run(&[]);
    assert!(errors(&output).contains("3.200 kodun 3.200 tanesi"), "{}", errors(&output));
    let wanted: Vec<&str> = codes.iter().chain(&codes).map(|code| decision(code)).collect();
    assert!(desk.decisions() == wanted);
    assert!(institution.answered().values().all(|&times| times == 1));
    let mut sizes = institution.sizes();
    sizes.sort_unstable();
    assert_eq!(sizes, [200, 500, 500, 500, 500, 500, 500]);
    assert_eq!(institution.most_open(), 2);
}

#[test]
fn a_code_at_which_the_service_stumbles_takes_no_other_with_it() {
    for stumbles in [
        response("400 Bad Request", "", r#"{"status": 400, "errorKey": "validation", "title": "Bad"}"#),
        response("500 Internal Server Error", "", ""),
        response("200 OK", "", "<!DOCTYPE html>"),
        Vec::new(),
    ] {
        let poison = code(7);
        let institution =
            Institution::start(move |_, codes| codes.contains(&code(7)).then(|| stumbles.clone()));
        let desk = Desk::at(&institution.url(), table((0..12).map(code)), "");
        desk.run(&[]);
        for (number, decided) in desk.decisions().iter().enumerate() {
            let code = code(number);
            if code == poison {
                assert!(decided.starts_with("unverified "), "{decided}");
            } else {
                assert_eq!(decided, decision(&code), "{code}");
            }
        }
    }
}

#[test]
fn an_answer_that_is_too_long_or_too_late_is_asked_for_in_parts() {
    let institution = Institution::start(|_, codes| match codes.len() {
        0..=2 => None,
        3..=5 => {
            std::thread::sleep(Duration::from_millis(1_200));
            Some(Vec::new())
        }
        _ => Some(response("200 OK", "", &" ".repeat(4 * 1024 * 1024 + 1))),
    });
    let desk = Desk::at(&institution.url(), table((0..10).map(code)), "[bulk]\ntimeout_seconds = 1\n");
    desk.run(&[]);
    let wanted: Vec<String> = (0..10).map(|number| decision(&code(number)).to_owned()).collect();
    assert_eq!(desk.decisions(), wanted);
}

#[test]
fn the_service_is_given_the_time_that_it_asks_for() {
    for retry_after in [|| "Retry-After: 2\r\n".to_owned(), in_two_seconds] {
        let institution = Institution::start(move |number, _| {
            (number == 0).then(|| response("429 Too Many Requests", &retry_after(), ""))
        });
        let desk = Desk::at(&institution.url(), table([code(0)]), "");
        let started = Instant::now();
        desk.run(&[]);
        assert_eq!(desk.decisions(), ["admit riskless"]);
        assert!(started.elapsed() > Duration::from_millis(900), "{:?}", started.elapsed());
        assert_eq!(institution.sizes(), [1, 1]);
    }
}

/// A header's time in whole seconds, which is more than one second away.
fn in_two_seconds() -> String {
    let time = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(3);
    format!("Retry-After: {}\r\n", time.strftime("%a, %d %b %Y %H:%M:%S GMT"))
}

#[test]
fn adjacent_codes_at_which_the_service_stumbles_take_no_other_with_them() {
    let stumbles: Vec<String> = (0..20).map(code).collect();
    let poison = stumbles.clone();
    let institution = Institution::start(move |_, codes| {
        codes.iter().any(|code| poison.contains(code)).then(|| response("500 Internal Server Error", "", ""))
    });
    let codes: Vec<String> = (0..600).map(code).collect();
    let desk = Desk::at(&institution.url(), table(codes.clone()), "[bulk]\nparallel = 1\n");
    let started = Instant::now();
    desk.run(&[]);
    let wanted = |code: &String| match stumbles.contains(code) {
        true => "unverified service_failed",
        false => decision(code),
    };
    assert_eq!(desk.decisions(), codes.iter().map(wanted).collect::<Vec<_>>());
    // Pauses as for a service that is away would take minutes.
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

#[test]
fn credentials_that_are_rejected_once_are_tried_again() {
    let institution =
        Institution::start(|number, _| (number == 1).then(|| response("401 Unauthorized", "", "")));
    let desk = Desk::at(&institution.url(), table((0..1_500).map(code)), "[bulk]\nparallel = 1\n");
    desk.run(&[]);
    assert_eq!(desk.decisions(), (0..1_500).map(|number| decision(&code(number))).collect::<Vec<_>>());
    assert_eq!(institution.sizes().len(), 4);
}

#[test]
fn rejected_credentials_stop_everything() {
    let institution =
        Institution::start(|number, _| (number >= 1).then(|| response("401 Unauthorized", "", "")));
    let desk = Desk::at(&institution.url(), table((0..5_000).map(code)), "[bulk]\nparallel = 1\n");
    let output = desk.run(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("the service rejected the credentials"), "{}", errors(&output));
    assert!(!desk.report.exists() && desk.journal().exists());
    assert_eq!(institution.sizes().len(), 3);
}

#[test]
fn a_service_that_is_away_leaves_everyone_unverified() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let desk = Desk::at(&format!("http://{nobody}/"), table([code(0), "x".to_owned()]), "");
    assert_eq!(desk.run(&[]).status.code(), Some(3));
    assert_eq!(desk.decisions(), ["unverified unreachable", "unverified not_a_code"]);
}

#[test]
fn a_finished_run_asks_anew() {
    let institution = Institution::start(all_answered);
    let desk = Desk::at(&institution.url(), table((0..10).map(code)), "");
    desk.run(&[]);
    assert_eq!(desk.summary()["resumed"], 0);
    assert!(institution.answered().values().all(|&times| times == 2));
}
