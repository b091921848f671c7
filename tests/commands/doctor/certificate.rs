//! The time of the service's certificate.

use std::io::{Read, Write};
use std::sync::Arc;

use jiff::{ToSpan, Zoned};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, Stream};

use super::super::server::Server;
use super::super::{lines, status};
use super::{Machine, assert_names, failed, text};

const REFUSAL: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\n\
                         content-length: 2\r\nconnection: close\r\n\r\n{}";

/// A service whose certificate is valid until this year, month and day, and a machine that trusts it.
fn service_until((year, month, day): (i32, u8, u8)) -> (Server, Machine) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(year, month, day);
    let issuing = KeyPair::generate().unwrap();
    let mut authority = CertificateParams::new([]).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let pem = authority.self_signed(&issuing).unwrap().pem();
    let certificate = params.signed_by(&key, &Issuer::new(authority, issuing)).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
    let config = config.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key).unwrap();
    let config = Arc::new(config);
    let server = Server::start(move |connection| {
        let mut tls = ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut stream = connection.stream();
        while tls.is_handshaking() {
            tls.complete_io(&mut stream)?;
        }
        let mut stream = Stream::new(&mut tls, &mut stream);
        let mut question = Vec::new();
        let mut byte = [0];
        while !question.ends_with(b"{}") {
            stream.read_exact(&mut byte)?;
            question.push(byte[0]);
        }
        stream.write_all(REFUSAL)
    });

    let machine = Machine::new(&format!("https://localhost:{}/", server.address().port()), "");
    let ca_file = machine.home.write("ca.pem", &pem);
    let trusting = format!("timeout_seconds = 2\nca_file = {ca_file:?}");
    machine.set(&machine.settings().replace("timeout_seconds = 2", &trusting));
    (server, machine)
}

/// So many days from today.
fn in_days(days: i32) -> (i32, u8, u8) {
    let day = Zoned::now().checked_add(days.days()).unwrap();
    (day.year().into(), day.month().unsigned_abs(), day.day().unsigned_abs())
}

#[test]
fn an_expired_certificate_is_named() {
    let (_server, machine) = service_until((2021, 1, 1));
    let (turkish, english) = ("sertifikasının süresi dolmuş", "has expired");
    assert_names(&machine, || machine.doctor(), "service-certificate-expired", turkish, english);
}

#[test]
fn a_certificate_that_expires_within_two_weeks_is_a_warning_with_the_day() {
    let (_server, machine) = service_until(in_days(10));
    let output = machine.doctor();
    assert_eq!((failed(&output), status(&output)), (Vec::new(), 0));
    let (year, month, day) = in_days(10);
    let said = text(&output, "service-certificate-ends");
    assert!(said.contains(&format!("{year}-{month:02}-{day:02}")), "{said}");
}

#[test]
fn a_certificate_that_is_valid_for_longer_is_not_mentioned() {
    let (_server, machine) = service_until(in_days(20));
    let found = lines(&machine.doctor());
    assert!(found.iter().all(|line| line["finding"] != "service-certificate-ends"), "{found:?}");
    assert!(found.iter().any(|line| line["finding"] == "service-answers"), "{found:?}");
}
