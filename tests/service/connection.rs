//! No two questions share a connection: an answer says nothing of the code that it is about, so the
//! connection alone ties it to its question. A health check may have gone before, which is about nobody.

use std::sync::{Mutex, mpsc};
#[cfg(target_os = "linux")]
use std::time::Duration;

use hes_kiosk::hes::HealthStatus;

use super::server::{Connection, Server};
use super::{Desk, RISKLESS, RISKY, TIMED_OUT, UNEXPECTED, UNREACHABLE, json, refusal, status};

#[test]
fn an_answer_that_follows_the_next_question_on_the_old_connection_is_not_taken() {
    let server = Server::start(|connection| {
        // A server that repeats itself: whatever it is asked next here gets the first answer again.
        loop {
            connection.read_question()?;
            connection.say(json(if connection.number == 0 { RISKLESS } else { RISKY }).as_bytes())?;
        }
    });
    let desk = Desk::new(&server.url());
    assert_eq!(desk.ask(), status(HealthStatus::Riskless));
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
}

#[test]
fn what_is_said_before_the_question_is_no_answer_to_it() {
    let server = Server::start(|connection| {
        connection.say(json(RISKLESS).as_bytes())?;
        connection.stay()
    });
    assert_eq!(Desk::new(&server.url()).ask(), UNEXPECTED);
}

#[test]
fn a_connection_that_closes_under_a_question_is_replaced_once() {
    let server = Server::start(|connection| {
        connection.read_question()?;
        if connection.number == 0 { Ok(()) } else { connection.say(json(RISKLESS).as_bytes()) }
    });
    assert_eq!(Desk::new(&server.url()).ask(), status(HealthStatus::Riskless));
    assert_eq!(server.questions(), 2);
}

#[test]
fn a_second_answer_to_an_earlier_question_is_not_taken_for_the_next() {
    let server = Server::start(|connection| {
        connection.read_question()?;
        let says = if connection.number == 0 { json(RISKY) + &json(RISKLESS) } else { json(RISKY) };
        connection.say(says.as_bytes())?;
        connection.stay()
    });
    let desk = Desk::new(&server.url());
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
}

#[test]
fn a_second_answer_that_comes_later_is_not_taken_for_the_next() {
    let (answered, first_is_answered) = mpsc::channel();
    let first_is_answered = Mutex::new(first_is_answered);
    let (said_more, more_is_said) = mpsc::channel();
    let server = Server::start(move |connection| {
        connection.read_question()?;
        connection.say(json(RISKY).as_bytes())?;
        if connection.number == 0 {
            first_is_answered.lock().unwrap().recv().unwrap();
            connection.say(json(RISKLESS).as_bytes())?;
            said_more.send(()).unwrap();
        }
        connection.stay()
    });
    let desk = Desk::new(&server.url());
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
    answered.send(()).unwrap();
    more_is_said.recv().unwrap();
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
}

#[test]
fn an_answer_that_comes_after_the_limit_is_not_taken_for_the_next() {
    let (gave_up, giving_up) = mpsc::channel();
    let giving_up = Mutex::new(giving_up);
    let server = Server::start(move |connection| {
        connection.read_question()?;
        if connection.number == 0 {
            giving_up.lock().unwrap().recv().unwrap();
            connection.say(json(RISKLESS).as_bytes())?;
            return connection.stay();
        }
        connection.say(json(RISKY).as_bytes())
    });
    let desk = Desk::new(&server.url());
    assert_eq!(desk.ask(), TIMED_OUT);
    gave_up.send(()).unwrap();
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
}

#[test]
fn a_question_takes_the_warm_connection_of_the_last_health_check_and_no_other_takes_it_after() {
    let server = Server::start(|connection| {
        let number = connection.number;
        loop {
            let says = match connection.read_question()? {
                question if question.ends_with("{}") => refusal(),
                _ => json(if number == 0 { RISKLESS } else { RISKY }),
            };
            connection.say(says.as_bytes())?;
        }
    });
    let desk = Desk::new(&server.url());
    for _ in 0..3 {
        assert_eq!(desk.check_health(), Ok(()));
    }
    assert_eq!(desk.ask(), status(HealthStatus::Riskless), "on the first connection");
    assert_eq!(desk.ask(), status(HealthStatus::Risky), "on the second");
}

#[test]
fn what_a_server_says_after_a_health_check_is_not_taken_for_the_next_answer() {
    let server = Server::start(|connection| {
        let question = connection.read_question()?;
        let is_about_nobody = question.ends_with("{}");
        let says = if is_about_nobody { refusal() + &json(RISKLESS) } else { json(RISKY) };
        connection.say(says.as_bytes())?;
        connection.stay()
    });
    let desk = Desk::new(&server.url());
    assert_eq!(desk.check_health(), Ok(()));
    assert_eq!(desk.ask(), status(HealthStatus::Risky));
}

#[test]
fn a_server_that_is_one_answer_behind_proves_nothing() {
    let server = Server::start(|connection| {
        let mut behind = String::new();
        loop {
            let says = match connection.read_question()? {
                question if question.ends_with("{}") => refusal(),
                _ => json(RISKLESS),
            };
            if behind.is_empty() {
                behind.clone_from(&says);
            }
            connection.say(std::mem::replace(&mut behind, says).as_bytes())?;
        }
    });
    let desk = Desk::new(&server.url());
    assert_eq!(desk.check_health(), Ok(()));
    assert_eq!(desk.ask(), UNEXPECTED);
}

#[test]
fn a_warm_connection_that_closes_under_a_question_is_replaced() {
    let server = Server::start(|connection| {
        connection.read_question()?;
        if connection.number > 0 {
            return connection.say(json(RISKLESS).as_bytes());
        }
        connection.say(refusal().as_bytes())?;
        connection.read_question().map(|_| ())
    });
    let desk = Desk::new(&server.url());
    assert_eq!(desk.check_health(), Ok(()));
    assert_eq!(desk.ask(), status(HealthStatus::Riskless));
}

/// Answers what is about nobody.
fn answer_health_check(connection: &mut Connection) -> std::io::Result<()> {
    connection.read_question()?;
    connection.say(refusal().as_bytes())
}

#[test]
fn after_a_warm_connection_on_which_nothing_is_answered_the_next_question_is_answered() {
    let server = Server::start(|connection| {
        if connection.number == 0 {
            answer_health_check(connection)?;
            return connection.stay();
        }
        connection.read_question()?;
        connection.say(json(RISKLESS).as_bytes())
    });
    let desk = Desk::new(&server.url());
    assert_eq!(desk.check_health(), Ok(()));
    assert_eq!(desk.ask(), TIMED_OUT);
    assert_eq!(desk.ask(), status(HealthStatus::Riskless));
}

#[cfg(target_os = "linux")]
#[test]
fn a_question_whose_warm_connection_leads_nowhere_since_the_network_changed_is_answered_on_another() {
    let (lost, connection_is_lost) = mpsc::channel();
    let server = Server::start(move |connection| {
        if connection.number == 0 {
            answer_health_check(connection)?;
            connection.lose_what_comes();
            lost.send(()).unwrap();
            return connection.stay();
        }
        connection.read_question()?;
        connection.say(json(RISKLESS).as_bytes())
    });
    let desk = Desk::with_timeout(&server.url(), Duration::from_secs(5));
    assert_eq!(desk.check_health(), Ok(()));
    connection_is_lost.recv().unwrap();
    assert_eq!(desk.ask(), status(HealthStatus::Riskless));
    assert_eq!(server.questions(), 2, "the health check, and the question on the second connection");
}

#[test]
fn a_service_that_went_away_and_came_back_is_found_again() {
    let serve = |connection: &mut Connection| loop {
        let says = match connection.read_question()? {
            question if question.ends_with("{}") => refusal(),
            _ => json(RISKLESS),
        };
        connection.say(says.as_bytes())?;
    };
    let server = Server::start(serve);
    let (address, desk) = (server.address(), Desk::new(&server.url()));
    assert_eq!(desk.check_health(), Ok(()));
    drop(server);
    assert_eq!(desk.ask(), UNREACHABLE);
    let _server = Server::at(address, serve);
    assert_eq!(desk.ask(), status(HealthStatus::Riskless));
}
