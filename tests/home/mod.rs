//! A home folder of a test's own, with all that the program keeps there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_hes-kiosk");

/// A home folder. Without settings in it the program is the demo.
pub struct Home(TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A home in memory, where no test of what is written waits for a disk.
    pub fn in_memory() -> Self {
        Self(tempfile::tempdir_in("/dev/shm").unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The program, with this home and nothing else in its environment.
    pub fn program(&self) -> Command {
        let mut command = Command::new(PROGRAM);
        command.env_clear().env("HOME", self.path());
        command
    }

    /// The records as `log list` tells them, oldest first.
    pub fn log(&self) -> Vec<Value> {
        let output = self.program().args(["log", "list", "--json"]).output().unwrap();
        let (text, errors) =
            (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "the log cannot be listed: {errors}");
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The demo's database file.
    pub fn database(&self) -> PathBuf {
        self.path().join(".local/state/hes-kiosk/demo/visits.db")
    }

    /// All records with what was done besides visits, oldest first.
    pub fn log_with_acts(&self) -> Vec<Value> {
        let output = self.program().args(["log", "list", "--acts", "--json"]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The demo's keys.
    pub fn keys(&self) -> toml::Table {
        let keys = fs::read_to_string(self.path().join(".local/share/hes-kiosk/keys/demo.key")).unwrap();
        toml::from_str(&keys).unwrap()
    }

    /// The demo's database as somebody with its key opens it.
    pub fn open_database(&self) -> Connection {
        static OPENING: Mutex<()> = Mutex::new(());
        let keys = self.keys();
        // The first of all readies SQLCipher, and SQLite does not let the others wait for that.
        let _alone = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
        let database = Connection::open(self.database()).unwrap();
        let key = keys["database"].as_str().unwrap();
        database.execute_batch(&format!("PRAGMA key = \"x'{key}'\"")).unwrap();
        database
    }

    /// Does these statements to the demo's database, without what keeps honest programs from changing it.
    pub fn change(&self, statements: &str) {
        change(&self.open_database(), statements);
    }

    /// What SQLite says of the demo's database: `ok`, or what is wrong.
    pub fn integrity(&self) -> String {
        self.open_database().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap()
    }
}

/// Does these statements to an open log, without what keeps honest programs from changing it.
pub fn change(database: &Connection, statements: &str) {
    let triggers: Vec<(String, String)> = database
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (name, _) in &triggers {
        database.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    database.execute_batch(statements).unwrap();
    for (_, sql) in &triggers {
        database.execute_batch(sql).unwrap();
    }
}

/// Fails where a record's number is not that of the one before it and one.
pub fn assert_gapless(log: &[Value]) {
    let numbers: Vec<u64> = log.iter().map(|record| record["sequence"].as_u64().unwrap()).collect();
    let gapless: Vec<u64> = (1..=numbers.len() as u64).collect();
    assert_eq!(numbers, gapless);
}

/// Numbers that look random and are the same on each run (SplitMix64).
pub struct Random(pub u64);

impl Random {
    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (number ^ (number >> 31)) % limit
    }
}
