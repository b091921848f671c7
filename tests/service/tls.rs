//! The service behind TLS: whom the client trusts, which versions, the way through a proxy.

use std::fs;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::sync::{Arc, Mutex};

use hes_kiosk::hes::HealthStatus;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::version::{TLS12, TLS13};
use rustls::{HandshakeKind, ServerConfig, ServerConnection, SupportedProtocolVersion};
use serde_json::Value;

use super::server::{Connection, Server};
use super::{Desk, RISKLESS, TIMEOUT, UNREACHABLE, endpoint, json, refusal, status};

/// A certificate authority of an institution, and the certificates that it gives.
struct Authority {
    pem: String,
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let (pem, certificate) = (certificate.pem(), certificate.der().clone());
        Self { pem, certificate, issuer: Issuer::new(params, key) }
    }

    /// What a server needs that is known by `name`.
    fn server(&self, name: &str, version: &'static SupportedProtocolVersion) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap().der().clone();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config =
            ServerConfig::builder_with_provider(provider).with_protocol_versions(&[version]).unwrap();
        Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap())
    }
}

/// A service behind TLS that answers every question.
struct SecureServer {
    server: Server,
    /// How the client and it came to know each other, connection by connection.
    handshakes: Arc<Mutex<Vec<HandshakeKind>>>,
}

impl SecureServer {
    fn start(config: Arc<ServerConfig>) -> Self {
        let handshakes = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&handshakes);
        let server = Server::start(move |connection| {
            let mut tls = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = connection.stream();
            while tls.is_handshaking() {
                tls.complete_io(&mut stream)?;
            }
            seen.lock().unwrap().push(tls.handshake_kind().unwrap());
            answer_all(&mut rustls::Stream::new(&mut tls, &mut stream))
        });
        Self { server, handshakes }
    }

    fn url(&self) -> String {
        self.server.url().replace("http:", "https:")
    }

    fn handshakes(&self) -> Vec<HandshakeKind> {
        self.handshakes.lock().unwrap().clone()
    }
}

/// Answers one question after the other until the client closes.
fn answer_all(stream: &mut (impl Read + Write)) -> io::Result<()> {
    loop {
        let question = read_question(stream)?;
        let says = if question.ends_with("{}") { refusal() } else { json(RISKLESS) };
        stream.write_all(says.as_bytes())?;
    }
}

/// Reads until the end of the JSON object that is a question's body.
fn read_question(stream: &mut impl Read) -> io::Result<String> {
    let mut question = Vec::new();
    let mut byte = [0];
    while !question.ends_with(b"}") {
        stream.read_exact(&mut byte)?;
        question.push(byte[0]);
    }
    Ok(String::from_utf8(question).unwrap())
}

fn desk(server: &SecureServer, trusted: &Authority) -> Desk {
    let mut endpoint = endpoint(&server.url());
    endpoint.authorities = vec![trusted.certificate.clone()];
    Desk::to(endpoint, TIMEOUT)
}

#[test]
fn a_certificate_of_the_named_authority_is_trusted_under_tls_1_2_and_1_3() {
    let authority = Authority::new();
    for version in [&TLS12, &TLS13] {
        let server = SecureServer::start(authority.server("127.0.0.1", version));
        assert_eq!(desk(&server, &authority).ask(), status(HealthStatus::Riskless), "{version:?}");
    }
}

#[test]
fn a_certificate_of_another_authority_is_not_trusted() {
    let server = SecureServer::start(Authority::new().server("127.0.0.1", &TLS13));
    assert_eq!(desk(&server, &Authority::new()).ask(), UNREACHABLE);
}

#[test]
fn a_certificate_for_another_name_is_not_trusted() {
    let authority = Authority::new();
    let server = SecureServer::start(authority.server("127.0.0.2", &TLS13));
    assert_eq!(desk(&server, &authority).ask(), UNREACHABLE);
}

#[test]
fn without_a_named_authority_the_systems_are_asked_and_do_not_know_a_private_one() {
    let server = SecureServer::start(Authority::new().server("127.0.0.1", &TLS13));
    assert_eq!(Desk::new(&server.url()).ask(), UNREACHABLE);
}

/// The reason that the program gives when it asks `server`, on a system that trusts `systems`.
fn reason(server: &SecureServer, systems: &Authority, named: Option<&Authority>) -> Value {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        fs::write(home.path().join(name), text).unwrap();
        home.path().join(name)
    };
    let systems = write("systems.pem", &systems.pem);
    let named = named.map(|named| format!("ca_file = {:?}\n", write("named.pem", &named.pem)));
    let settings = format!(
        "[service]\nenvironment = \"own\"\nmethod = \"general\"\n{}\
         [service.own]\nurl = \"{}\"\nusername = \"u\"\n\
         [privacy]\ncontroller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n",
        named.unwrap_or_default(),
        server.url()
    );
    let output = Command::new(env!("CARGO_BIN_EXE_hes-kiosk"))
        .env_clear()
        .envs([("HOME", home.path()), ("SSL_CERT_FILE", &systems)])
        .env("HES_KIOSK_PASSWORD", "parola")
        .arg("--config")
        .arg(write("kiosk.toml", &settings))
        .args(["check", "--json", "A1B2345678"])
        .output()
        .unwrap();
    let line: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    line["reason"].clone()
}

#[test]
fn the_systems_authorities_are_trusted_where_none_is_named() {
    let systems = Authority::new();
    let server = SecureServer::start(systems.server("127.0.0.1", &TLS13));
    assert_eq!(reason(&server, &systems, None), "riskless");
}

#[test]
fn the_systems_authorities_are_not_trusted_beside_a_named_one() {
    let systems = Authority::new();
    let server = SecureServer::start(systems.server("127.0.0.1", &TLS13));
    assert_eq!(reason(&server, &systems, Some(&Authority::new())), "unreachable");
}

#[test]
fn after_a_health_check_a_visitor_waits_for_no_handshake() {
    let authority = Authority::new();
    let server = SecureServer::start(authority.server("127.0.0.1", &TLS13));
    let desk = desk(&server, &authority);
    assert_eq!(desk.check_health(), Ok(()));
    assert_eq!(desk.ask(), status(HealthStatus::Riskless));
    assert_eq!(server.handshakes(), [HandshakeKind::Full]);
}

#[test]
fn visitors_after_the_first_resume_what_was_agreed_on() {
    let authority = Authority::new();
    for version in [&TLS12, &TLS13] {
        let server = SecureServer::start(authority.server("127.0.0.1", version));
        let desk = desk(&server, &authority);
        for _ in 0..3 {
            assert_eq!(desk.ask(), status(HealthStatus::Riskless));
        }
        let expected = [HandshakeKind::Full, HandshakeKind::Resumed, HandshakeKind::Resumed];
        assert_eq!(server.handshakes(), expected, "{version:?}");
    }
}

/// Passes on what comes in until it ends.
fn pass_on(mut from: &TcpStream, mut to: &TcpStream) {
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(std::net::Shutdown::Write);
}

/// A proxy that writes down where it was told to connect to.
fn proxy(targets: &Arc<Mutex<Vec<String>>>) -> Server {
    let targets = Arc::clone(targets);
    Server::start(move |connection: &mut Connection| {
        let head = connection.read_head()?;
        let target = head.strip_prefix("CONNECT ").and_then(|head| head.split(' ').next());
        let target = target.unwrap_or_default().to_owned();
        targets.lock().unwrap().push(target.clone());
        let service = TcpStream::connect(target)?;
        connection.say(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
        std::thread::scope(|scope| {
            scope.spawn(|| pass_on(&service, connection.stream()));
            pass_on(connection.stream(), &service);
        });
        Ok(())
    })
}

#[test]
fn an_encrypted_service_is_reached_through_the_proxy_that_is_set() {
    let authority = Authority::new();
    let server = SecureServer::start(authority.server("127.0.0.1", &TLS13));
    let targets = Arc::default();
    let proxy = proxy(&targets);
    let mut endpoint = endpoint(&server.url());
    endpoint.authorities = vec![authority.certificate.clone()];
    endpoint.proxy = Some(format!("http://{}", proxy.address()).try_into().unwrap());
    let desk = Desk::to(endpoint, TIMEOUT);
    assert_eq!(desk.ask(), status(HealthStatus::Riskless));
    assert_eq!(*targets.lock().unwrap(), [server.server.address().to_string()]);
}

#[test]
fn a_proxy_that_refuses_leaves_the_service_unreachable() {
    let authority = Authority::new();
    let server = SecureServer::start(authority.server("127.0.0.1", &TLS13));
    let refusing = Server::start(|connection| {
        connection.read_head()?;
        connection.say(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    });
    let mut endpoint = endpoint(&server.url());
    endpoint.authorities = vec![authority.certificate.clone()];
    endpoint.proxy = Some(format!("http://{}", refusing.address()).try_into().unwrap());
    assert_eq!(Desk::to(endpoint, TIMEOUT).ask(), UNREACHABLE);
    assert!(server.handshakes().is_empty(), "nothing goes past the proxy");
}

#[test]
fn what_is_not_encrypted_goes_to_this_machine_without_the_proxy() {
    let server = Server::that_says(json(RISKLESS));
    let targets = Arc::default();
    let proxy = proxy(&targets);
    let mut endpoint = endpoint(&server.url());
    endpoint.proxy = Some(format!("http://{}", proxy.address()).try_into().unwrap());
    assert_eq!(Desk::to(endpoint, TIMEOUT).ask(), status(HealthStatus::Riskless));
    assert!(targets.lock().unwrap().is_empty());
}

#[test]
fn a_check_says_why_there_was_no_connection() {
    let home = tempfile::tempdir().unwrap();
    let settings = home.path().join("kiosk.toml");
    let privacy = "controller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"";
    let own = "url = \"http://127.0.0.1:9/\"\nusername = \"u\"";
    let text = format!("[service]\nenvironment = \"own\"\n[service.own]\n{own}\n[privacy]\n{privacy}\n");
    std::fs::write(&settings, text).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hes-kiosk"));
    command
        .env_clear()
        .env("HOME", home.path())
        .env("HES_KIOSK_PASSWORD", "p")
        .arg("--config")
        .arg(&settings);
    let output = command.args(["check", "A1B2345670"]).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("gave no answer") && errors.contains("Connection refused"), "{errors}");
}
