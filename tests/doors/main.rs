//! A service of somebody else's making is asked through every door, under both policies: nobody is admitted whom its
//! data do not prove.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod service;

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use hes_kiosk::code::{Reading, Source};
use hes_kiosk::kiosk::{Kiosk, Message, Moment, Options, Running, Speaker};
use hes_kiosk::scan::SerialEvent;
use iced::Task;
use iced::futures::StreamExt;
use iced_test::runtime::{Action, task};
use serde_json::Value;
use service::Person;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How many people come to a door.
const PEOPLE: usize = 220;

/// An institution with a service, and a kiosk's settings for it.
struct Institution {
    folder: TempDir,
    runtime: Runtime,
    people: Vec<Person>,
    wants_protection: bool,
}

impl Institution {
    fn open(wants_protection: bool) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let people: Vec<Person> = (0..PEOPLE).map(Person::of).collect();
        let address = runtime.block_on(service::start(people.clone()));
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().display();
        fs::write(folder.path().join("password"), "parola").unwrap();
        fs::set_permissions(folder.path().join("password"), Permissions::from_mode(0o600)).unwrap();
        let policy = if wants_protection { "riskless_and_protected" } else { "riskless" };
        let settings = format!(
            "[service]\nenvironment = \"own\"\nmethod = \"general\"\n\
             [service.own]\nurl = \"http://{address}/\"\nusername = \"u\"\npassword_file = \"{place}/password\"\n\
             [policy]\nadmit = \"{policy}\"\n\
             [privacy]\ncontroller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n\
             [visits]\npath = \"{place}/log/visits.db\"\nkey_file = \"{place}/visits.key\"\n\
             [log]\npath = \"{place}/kiosk.log\"\n"
        );
        fs::write(folder.path().join("kiosk.toml"), settings).unwrap();
        Self { folder, runtime, people, wants_protection }
    }

    fn settings(&self) -> PathBuf {
        self.folder.path().join("kiosk.toml")
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hes-kiosk"));
        command.arg("--config").arg(self.settings()).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// The decisions on all people, in their order, by `check`.
    fn check(&self) -> Vec<String> {
        let mut child = self.program(&["check", "-", "--json"]).spawn().unwrap();
        let codes: String = self.people.iter().map(|person| format!("{}\n", person.code)).collect();
        let mut stdin = child.stdin.take().unwrap();
        // More than a pipe holds would wait for what is not read yet.
        let writing = std::thread::spawn(move || stdin.write_all(codes.as_bytes()).unwrap());
        let output = child.wait_with_output().unwrap();
        writing.join().unwrap();
        decisions(&output.stdout)
    }

    /// The same by a kiosk to which a reader reads one code after the other, from its visit log.
    fn window(&self) -> Vec<String> {
        let options = Options { config: Some(self.settings()), ..Options::default() };
        let started = Running::start(&options).map(Arc::new);
        let (mut kiosk, task) = Kiosk::new(options, Speaker::new().0, started, Moment::now());
        self.carry_out(&mut kiosk, task);
        for person in &self.people {
            let reading = Reading { text: person.code.clone(), source: Source::Reader };
            let read = Message::SerialReaderReported(SerialEvent::Reading(reading), Moment::now());
            let task = self.tell(&mut kiosk, read);
            self.carry_out(&mut kiosk, task);
        }
        drop(kiosk);
        let output = self.program(&["log", "list", "--json", "--limit", "1000"]).output().unwrap();
        decisions(&output.stdout)
    }

    fn tell(&self, kiosk: &mut Kiosk, message: Message) -> Task<Message> {
        let _guard = self.runtime.enter();
        kiosk.update(message)
    }

    fn carry_out(&self, kiosk: &mut Kiosk, task: Task<Message>) {
        let Some(mut actions) = task::into_stream(task) else { return };
        while let Some(action) = self.runtime.block_on(actions.next()) {
            if let Action::Output(message) = action {
                let more = self.tell(kiosk, message);
                self.carry_out(kiosk, more);
            }
        }
    }

    /// The same by `bulk`.
    fn bulk(&self) -> Vec<String> {
        let (table, report) = (self.folder.path().join("people.csv"), self.folder.path().join("report.csv"));
        let rows: String = self.people.iter().map(|person| format!("{}\n", person.code)).collect();
        fs::write(&table, format!("HES Kodu\n{rows}")).unwrap();
        let output = self.program(&["bulk"]).arg(table).arg("--out").arg(&report).output().unwrap();
        let report = fs::read_to_string(report)
            .unwrap_or_else(|_| panic!("there is no report: {}", String::from_utf8_lossy(&output.stderr)));
        report.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().to_owned()).collect()
    }

    /// Nobody is admitted without proof; of those with one at least nine of ten are, as some questions fail.
    fn expect_proof(&self, decisions: &[String]) {
        assert_eq!(decisions.len(), self.people.len());
        let proven = |person: &Person| person.is_proven(self.wants_protection);
        let all = self.people.iter().zip(decisions);
        let false_greens: Vec<&Person> = all
            .clone()
            .filter(|(person, decision)| *decision == "admit" && !proven(person))
            .map(|(person, _)| person)
            .collect();
        assert_eq!(false_greens, Vec::<&Person>::new());
        let admitted = all.filter(|(person, decision)| *decision == "admit" && proven(person)).count();
        let expected = self.people.iter().filter(|person| proven(person)).count();
        assert!(admitted * 10 >= expected * 9, "{admitted} of {expected} are admitted");
    }
}

/// The decisions in JSON, one object a line.
fn decisions(lines: &[u8]) -> Vec<String> {
    let lines = str::from_utf8(lines).unwrap().lines();
    let decision =
        |line: &str| serde_json::from_str::<Value>(line).unwrap()["decision"].as_str().unwrap().to_owned();
    lines.map(decision).collect()
}

#[test]
fn nobody_is_admitted_by_check_without_proof() {
    for wants_protection in [false, true] {
        let institution = Institution::open(wants_protection);
        institution.expect_proof(&institution.check());
    }
}

#[test]
fn nobody_is_admitted_by_the_kiosk_without_proof() {
    for wants_protection in [false, true] {
        let institution = Institution::open(wants_protection);
        institution.expect_proof(&institution.window());
    }
}

#[test]
fn nobody_is_admitted_by_bulk_without_proof() {
    for wants_protection in [false, true] {
        let institution = Institution::open(wants_protection);
        institution.expect_proof(&institution.bulk());
    }
}
