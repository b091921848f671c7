//! Stories of a service that goes away and comes back while nobody is at the door.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use super::door::{Door, write_settings};
use super::own_service_at;
use crate::entry::Decision;
use crate::hes::simulator::Simulator;

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
fn watching_the_service_makes_no_visit() {
    let address = free_address();
    let _simulator = Simulator::start(address, Duration::ZERO).unwrap();
    let mut door = door_to(address);
    door.wait(Duration::from_secs(120));
    assert!(door.log().is_empty());
}
