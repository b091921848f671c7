//! A clock that is set back by a day: visits go on to be recorded in their order, and nobody is admitted in doubt.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Output;

use jiff::{Timestamp, ToSpan};
use serde_json::Value;

use super::faults;
use super::machine::{Machine, errors};
use super::server::Server;

const DAY: i64 = 24 * 60 * 60;

/// A machine that asks a service whose answers do not tell the time. Its codes were valid until twelve hours ago.
fn machine() -> (Machine, Server) {
    let expiry = (Timestamp::now() - 12.hours()).strftime("%Y-%m-%dT%H");
    let body = format!(r#"{{"current_health_status": "RISKLESS", "expiration_date": "{expiry}"}}"#);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
    let server = Server::that_says(format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
    let machine = Machine::new();
    let home = machine.home.path();
    let write = |name: &str, text: &str| {
        fs::create_dir_all(home.join(".config/hes-kiosk")).unwrap();
        fs::write(home.join(".config/hes-kiosk").join(name), text).unwrap();
    };
    write("password", "parola");
    let password = home.join(".config/hes-kiosk/password");
    fs::set_permissions(&password, Permissions::from_mode(0o600)).unwrap();
    let settings = format!(
        "[service]\nenvironment = \"own\"\nmethod = \"general\"\n\
         [service.own]\nurl = \"{}\"\nusername = \"u\"\npassword_file = \"{}\"\n\
         [privacy]\ncontroller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n",
        server.url(),
        password.display()
    );
    write("kiosk.toml", &settings);
    (machine, server)
}

/// Checks a code in while the clock is ahead by so many seconds.
fn check(machine: &Machine, ahead: i64) -> Output {
    machine.program().envs(faults::clock(ahead)).args(["check", "A1B2345670", "--json"]).output().unwrap()
}

fn decided(output: &Output) -> [Value; 2] {
    let line: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", errors(output)));
    ["decision", "reason"].map(|member| line[member].clone())
}

#[test]
fn whose_code_ended_is_not_admitted_by_a_clock_that_was_set_back_and_the_log_goes_on() {
    let (machine, _server) = machine();
    let decisions = [0, -DAY, 0].map(|ahead| decided(&check(&machine, ahead)));
    let names = |decision: &str, reason: &str| [Value::from(decision), Value::from(reason)];
    let expired = names("refuse", "code_expired");
    assert_eq!(decisions, [expired.clone(), names("unverified", "clock_doubt"), expired]);
    assert_eq!(machine.assert_nothing_lost(&[]), 3);
}

#[test]
fn a_service_that_tells_the_time_is_believed_more_than_the_last_record() {
    let machine = Machine::new();
    for ahead in [0, -DAY, 0, -DAY] {
        // The simulator has the program's own clock.
        assert_eq!(check(&machine, ahead).status.code(), Some(0));
    }
    assert_eq!(machine.assert_nothing_lost(&[]), 4);
}
