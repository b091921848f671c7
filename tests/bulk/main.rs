//! `hes-kiosk bulk`: everyone in a table, whatever befalls the run.
#![cfg(unix)]
// Clippy takes only functions marked as tests for tests, and not what they share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hold;
#[expect(dead_code, reason = "other tests use more of it")]
#[path = "../home/mod.rs"]
mod home;
mod institution;
mod interrupted;
mod results;
#[expect(dead_code, reason = "other tests use more of it")]
#[path = "../service/server.rs"]
mod server;
mod service;
mod tables;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use home::Home;
use serde_json::Value;

/// A home, a table in it, and the report that is made of it.
struct Desk {
    home: Home,
    input: PathBuf,
    report: PathBuf,
}

impl Desk {
    /// A desk of the demo, whose simulator answers.
    fn of_demo(name: &str, table: impl AsRef<[u8]>) -> Self {
        let home = Home::new();
        let input = home.path().join(name);
        fs::write(&input, table).unwrap();
        let report = home.path().join("reports").join(name);
        Self { home, input, report }
    }

    /// A desk whose institution has a service of its own at `url`; `more` follows in its settings.
    fn at(url: &str, table: impl AsRef<[u8]>, more: &str) -> Self {
        let desk = Self::of_demo("people.csv", table);
        desk.set(url, more);
        desk
    }

    fn set(&self, url: &str, more: &str) {
        self.write_settings(&format!(
            "[service]\nenvironment = \"own\"\nmethod = \"general\"\ntimeout_seconds = 1\n\
             [service.own]\nurl = \"{url}\"\nusername = \"u\"\n\
             [privacy]\ncontroller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n{more}"
        ));
    }

    fn write_settings(&self, settings: &str) {
        let path = self.home.path().join(".config/hes-kiosk/kiosk.toml");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, settings).unwrap();
    }

    fn command(&self, more: &[&str]) -> Command {
        let mut command = self.home.program();
        command.env("HES_KIOSK_PASSWORD", "p").arg("bulk").arg(&self.input).arg("--out").arg(&self.report);
        command.args(more);
        command
    }

    fn run(&self, more: &[&str]) -> Output {
        self.command(more).output().unwrap()
    }

    /// Runs to the end and gives the summary.
    fn summary(&self) -> Value {
        let output = self.run(&["--json"]);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", errors(&output)))
    }

    fn reported(&self) -> String {
        fs::read_to_string(&self.report).unwrap()
    }

    /// The report's rows without the times, of a table with the code alone: decision and reason.
    fn decisions(&self) -> Vec<String> {
        let report = self.reported();
        let rows = report.lines().skip(1).map(|row| row.split(',').skip(1).take(2).collect::<Vec<_>>());
        rows.map(|row| row.join(" ")).collect()
    }

    fn journal(&self) -> PathBuf {
        beside(&self.report, ".journal")
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn table(codes: impl IntoIterator<Item = String>) -> String {
    codes.into_iter().fold("HES Kodu\n".to_owned(), |table, code| table + &code + "\n")
}

/// A code with a number of up to seven digits in it, whose last digit says what is answered.
fn code(number: usize) -> String {
    format!("A1B{number:07}")
}

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}
