//! Stories of a service that goes away and comes back while nobody is at the door.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::desk::{GUARD, open};
use super::door::{Door, write_settings};
use super::own_service_at;
use crate::entry::{Cause, Decision};
use crate::hes::simulator::Simulator;
use crate::visits::Role;

const READY: &str = "Sorgulama hazır";
const FAILING: &str = "Şu anda sorgulanamıyor";

/// An address at which nobody listens.
fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn door_to(address: SocketAddr) -> Door {
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path(), &own_service_at(folder.path(), &format!("http://{address}/")));
    Door::at(folder)
}

#[test]
fn the_first_visitor_sees_that_the_service_is_away() {
    let door = door_to(free_address());
    assert!(door.shows(FAILING) && !door.shows(READY));
}

#[test]
fn an_idle_kiosk_notices_that_the_service_is_back() {
    let address = free_address();
    let mut door = door_to(address);
    let _simulator = Simulator::start(address, Duration::ZERO).unwrap();
    door.wait(Duration::from_secs(11));
    assert!(door.shows(READY));
    door.type_code("A1B2345670");
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn an_idle_kiosk_notices_that_the_service_has_gone() {
    let address = free_address();
    let simulator = Simulator::start(address, Duration::ZERO).unwrap();
    let mut door = door_to(address);
    assert!(door.shows(READY));
    drop(simulator);
    door.wait(Duration::from_secs(31));
    assert!(door.shows(FAILING));
}

#[test]
fn behind_an_open_desk_the_service_is_watched_as_well() {
    let address = free_address();
    let simulator = Simulator::start(address, Duration::ZERO).unwrap();
    let mut door = door_to(address);
    door.give_pin("Mehmet", Role::Guard, GUARD);
    open(&mut door, GUARD);
    assert!(door.shows("Servis hazır"));
    drop(simulator);
    door.wait(Duration::from_secs(31));
    assert!(door.shows("Servis yanıt vermiyor"));
}

#[test]
fn watching_the_service_makes_no_visit() {
    let address = free_address();
    let _simulator = Simulator::start(address, Duration::ZERO).unwrap();
    let mut door = door_to(address);
    door.wait(Duration::from_secs(120));
    assert!(door.log().is_empty());
}

/// A question up to the end of its body.
fn read_question(mut stream: &TcpStream) -> Vec<u8> {
    let mut question = Vec::new();
    while !question.ends_with(b"}") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        question.extend(byte);
    }
    question
}

/// Serves answers about riskless holders of codes that are valid for some minutes, with a clock that is
/// some minutes ahead of this one, or that does not tell the time.
fn serve(valid_minutes: i64, minutes_ahead: Option<i64>) -> SocketAddr {
    serve_and_tell(valid_minutes, minutes_ahead).0
}

/// As [`serve`], and tells of each question whether it is about somebody.
fn serve_and_tell(valid_minutes: i64, minutes_ahead: Option<i64>) -> (SocketAddr, Receiver<bool>) {
    let (sender, questions) = mpsc::channel();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().map(Result::unwrap) {
            let question = read_question(&stream);
            // Most stories do not listen.
            let _ = sender.send(!question.ends_with(b"{}"));
            let now = Timestamp::now();
            let date = minutes_ahead.map_or_else(String::new, |minutes| {
                let time = now + SignedDuration::from_mins(minutes);
                format!("Date: {}\r\n", time.strftime("%a, %d %b %Y %H:%M:%S GMT"))
            });
            let expires = now + SignedDuration::from_mins(valid_minutes);
            let (status, body) = if question.ends_with(b"{}") {
                ("400 Bad Request", r#"{"errorKey": "validation"}"#.to_owned())
            } else {
                let word = r#""current_health_status": "RISKLESS""#;
                ("200 OK", format!(r#"{{{word}, "expiration_date": "{expires}"}}"#))
            };
            let length = body.len();
            let head =
                format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{date}");
            (&stream).write_all(format!("{head}\r\n{body}").as_bytes()).unwrap();
        }
    });
    (address, questions)
}

#[test]
fn a_connection_for_the_next_visitor_is_made_as_soon_as_one_is_decided() {
    let (address, questions) = serve_and_tell(60, None);
    let mut door = door_to(address);
    questions.try_iter().for_each(drop);
    door.type_code("A1B2345670");
    assert_eq!(questions.try_iter().collect::<Vec<_>>(), [true, false]);
}

const CLOCK: &str = "Saat yanlış görünüyor";
const IN_DOUBT: Option<Decision> = Some(Decision::Unverified(Cause::ClockDoubt));

#[test]
fn a_clock_that_is_right_is_not_mentioned() {
    let mut door = door_to(serve(3, Some(1)));
    assert!(!door.shows(CLOCK));
    door.type_code("A1B2345670");
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_clock_that_is_not_the_services_is_told_to_the_desk_and_leaves_an_expiry_in_doubt() {
    for ahead in [-5, 5] {
        let mut door = door_to(serve(3, Some(ahead)));
        assert!(door.shows(CLOCK));
        door.type_code("A1B2345670");
        assert_eq!(door.decision(), IN_DOUBT);
    }
}

#[test]
fn an_expiry_beyond_the_doubt_is_what_it_is() {
    let mut door = door_to(serve(10, Some(5)));
    door.type_code("A1B2345670");
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_clock_that_went_back_behind_the_log_is_told_and_leaves_an_expiry_in_doubt() {
    let mut door = door_to(serve(3, None));
    assert!(!door.shows(CLOCK));
    door.record_in(SignedDuration::from_mins(35));
    door.wait(Duration::from_secs(31));
    assert!(door.shows(CLOCK));
    door.type_code("A1B2345670");
    assert_eq!(door.decision(), IN_DOUBT);
}

#[test]
fn a_clock_that_went_back_behind_the_log_stays_in_doubt_whoever_comes_meanwhile() {
    let mut door = door_to(serve(3, None));
    door.record_in(SignedDuration::from_mins(35));
    for _ in 0..3 {
        door.type_code("A1B2345670");
        assert_eq!(door.decision(), IN_DOUBT);
        door.wait(Duration::from_secs(31));
    }
    assert!(door.shows(CLOCK));
}

#[test]
fn a_clock_that_the_service_contradicts_deletes_nothing() {
    for (minutes_ahead, left) in [(60, 1), (0, 0)] {
        let door = door_to(serve(3, Some(minutes_ahead)));
        door.record_in(SignedDuration::from_hours(-31 * 24));
        door.purge();
        assert_eq!(door.log().len(), left, "the service is {minutes_ahead} minutes ahead");
    }
}

#[test]
fn a_clock_that_nobody_confirms_deletes_nothing_long_after_the_last_visit() {
    for (days_since, left) in [(8, 2), (0, 1)] {
        let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let door = door_to(nobody);
        door.record_in(SignedDuration::from_hours(-31 * 24));
        door.record_in(SignedDuration::from_hours(-days_since * 24));
        door.purge();
        assert_eq!(door.log().len(), left, "the last visit was {days_since} days ago");
    }
}

#[test]
fn a_service_that_says_it_is_well_and_answers_nobody_is_not_called_ready() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut door = door_to(listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().map(Result::unwrap) {
            let question = read_question(&stream);
            let status =
                if question.ends_with(b"{}") { "400 Bad Request" } else { "503 Service Unavailable" };
            let head = "Connection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
            (&stream).write_all(format!("HTTP/1.1 {status}\r\n{head}").as_bytes()).unwrap();
        }
    });
    for shown in [READY, READY, FAILING] {
        door.type_code("A1B2345670");
        door.wait(Duration::from_secs(31));
        assert!(door.shows(shown), "{shown}");
    }
}
