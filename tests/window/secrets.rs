//! Known secrets go through a kiosk, and are looked for in all that it leaves behind or shows to others.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rusqlite::Connection;
use rustix::process::Signal;

use crate::desk::{SEARCH_WITHOUT_BANNER, look_up, open};
use crate::display::{Area, Key, READER};
use crate::home::{Home, PROGRAM};
use crate::kiosk::{Kiosk, PATIENCE, Setup};
use crate::picture::{INK, Look};

const USER: &str = "simülatör";
const PASSWORD: &str = "Gizli-Parola-9317";
/// A code that the simulator knows as riskless, as a hand types it and as the app shows it.
const CODE: &str = "QZX741KVP0";
const GROUPED: &str = "QZX7-41KV-P0";
/// What is before the code in its QR code: it follows from the identity number.
const PREFIX: &str = "5d41402abc4b2a76b9719d911017c592";
/// The last digits of its holder's identity number.
const DIGITS: &str = "792";
const IDENTITY_NUMBER: &str = "10000000146";
const PIN: &str = "730162845";
/// A place on the screen of a decision.
const MIDDLE: (i16, i16) = (640, 400);
/// Where the last digits are asked for, and the welcome has the camera's picture.
const QUESTION: Area = Area { left: 64, top: 276, width: 500, height: 44 };

/// The simulator as an institution's own service, which ends with the test.
struct Service {
    child: Child,
    url: String,
}

impl Service {
    fn start(folder: &Path) -> Self {
        let password = folder.join("password");
        fs::write(&password, PASSWORD).unwrap();
        let mut child = Command::new(PROGRAM)
            .args(["simulate", "--listen", "127.0.0.1:0", "--password-file"])
            .arg(password)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.split_whitespace().last().unwrap().to_owned();
        Self { child, url }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What is looked for.
fn secrets() -> [String; 7] {
    let basic = STANDARD.encode(format!("{USER}:{PASSWORD}"));
    let plain = [PASSWORD, CODE, GROUPED, PREFIX, IDENTITY_NUMBER, PIN].map(str::to_owned);
    let [password, code, grouped, prefix, number, pin] = plain;
    [password, basic, code, grouped, prefix, number, pin]
}

/// Which of these stand in what something at a place holds.
fn found(texts: &[String], place: impl ToString, bytes: &[u8]) -> Vec<(String, String)> {
    let is_there =
        |text: &&String| bytes.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text.as_bytes()));
    texts.iter().filter(is_there).map(|text| (text.clone(), place.to_string())).collect()
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    // What is no file, such as a socket, holds nothing.
    entries.flat_map(below).filter(|path| path.is_file()).collect()
}

fn found_below(folder: &Path, texts: &[String]) -> Vec<(String, String)> {
    let found_in = |path: PathBuf| found(texts, path.display(), &fs::read(&path).unwrap());
    files(folder).into_iter().flat_map(found_in).collect()
}

/// Lays the log open, beside itself.
fn decrypt_log(home: &Home) {
    let keys = fs::read_to_string(home.path().join(".local/share/hes-kiosk/keys/visits.key")).unwrap();
    let keys: toml::Table = toml::from_str(&keys).unwrap();
    let log = Connection::open(home.path().join(".local/state/hes-kiosk/visits/visits.db")).unwrap();
    let (key, open) = (keys["database"].as_str().unwrap(), home.path().join("open.db"));
    log.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; ATTACH '{}' AS open KEY ''", open.display()))
        .unwrap();
    log.query_row("SELECT sqlcipher_export('open')", [], |_| Ok(())).unwrap();
}

/// A command of the kiosk's user, who types this.
fn run(home: &Home, arguments: &[&str], typed: &str) -> Output {
    let mut command = home.program();
    command.args(arguments).env("HES_KIOSK_PASSWORD", PASSWORD).env("TMPDIR", home.path());
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// A visitor's code and last digits.
fn visit(kiosk: &Kiosk, show: impl Fn()) {
    show();
    kiosk.until("no question", PATIENCE, || kiosk.display.picture_of(QUESTION).has(INK));
    kiosk.type_code(DIGITS);
    kiosk.shows(Look::Admit);
    kiosk.display.click(MIDDLE);
    kiosk.shows(Look::Welcome);
}

#[test]
fn no_secret_lies_anywhere_but_where_it_belongs_after_visits_a_look_up_a_bulk_run_and_a_letter() {
    let elsewhere = tempfile::tempdir().unwrap();
    let service = Service::start(elsewhere.path());
    let settings = format!(
        "[service]\nenvironment = \"own\"\nmethod = \"general\"\n\
         [service.own]\nurl = {:?}\nusername = {USER:?}\n[identity]\nask_last_digits = true\n\
         [privacy]\ncontroller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n\
         [visits]\nkeep_holder = true\n[log]\nlevel = \"trace\"\n",
        service.url
    );
    let variables = vec![("HES_KIOSK_PASSWORD", PASSWORD)];
    let mut kiosk = Setup { settings, variables, is_alone: true, ..Setup::default() }.start();
    let pin = run(&kiosk.home, &["pin", "set", "Mehmet", "--role", "guard", "--pin-stdin"], PIN);
    visit(&kiosk, || kiosk.type_code(CODE));
    visit(&kiosk, || {
        kiosk.display.type_text(&format!("{PREFIX}|{CODE}"), READER);
        kiosk.display.press(Key::Enter);
    });
    open(&kiosk, PIN, 1);
    look_up(&kiosk, SEARCH_WITHOUT_BANNER, CODE);
    let [table, report, letter] = ["people.csv", "report.csv", "letter.txt"]
        .map(|name| elsewhere.path().join(name).display().to_string());
    fs::write(&table, format!("HES Kodu\n{GROUPED}\nA1B2345671\n")).unwrap();
    let bulk = run(&kiosk.home, &["bulk", &table, "--out", &report, "--hold"], "");
    let typed = format!("Ayşe\nYılmaz\n{IDENTITY_NUMBER}\n1250\n");
    let letter = run(&kiosk.home, &["onboarding", "letter", "--out", &letter], &typed);

    let secrets = secrets();
    let mut all = Vec::new();
    for (command, output) in [("pin set", &pin), ("bulk", &bulk), ("letter", &letter)] {
        all.extend(found(&secrets, command, &[&output.stdout[..], &output.stderr].concat()));
    }
    for pid in [kiosk.scanner(), kiosk.worker()] {
        for file in ["cmdline", "environ"].map(|name| format!("/proc/{pid}/{name}")) {
            all.extend(found(&secrets, &file, &fs::read(&file).unwrap()));
        }
    }
    all.extend(found_below(kiosk.home.path(), &secrets));
    kiosk.kill();
    decrypt_log(&kiosk.home);
    all.extend(found_below(kiosk.home.path(), &secrets));

    let statuses = [pin, bulk, letter].map(|output| output.status.code().unwrap());
    assert_eq!((statuses, all), ([0, 1, 0], Vec::new()));
    // What is there is found: who entered the PIN, in the log alone.
    let guard = found_below(kiosk.home.path(), &["Mehmet".to_owned()]);
    assert_eq!(guard, [("Mehmet".to_owned(), kiosk.home.path().join("open.db").display().to_string())]);
}

#[test]
fn a_kiosk_that_is_aborted_leaves_no_core() {
    let folder = tempfile::tempdir().unwrap();
    let other = Command::new("sh")
        .args(["-c", "ulimit -c unlimited; kill -ABRT $$"])
        .current_dir(folder.path())
        .status()
        .unwrap();
    if !other.core_dumped() {
        println!("left out: no program leaves a core here");
        return;
    }
    let mut kiosk = Kiosk::start();
    kiosk.send(Signal::ABORT);
    let status = kiosk.ends_within(PATIENCE);
    assert_eq!((status.signal(), status.core_dumped()), (Some(Signal::ABORT.as_raw()), false));
}
