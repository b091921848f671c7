//! What is taken out of the log.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use calamine::{Data, Reader, Xlsx, open_workbook};
use rustix::process::Signal;
use serde_json::{Value, json};

use super::home::Home;
use super::processes::send;
use super::{check_in, log, text};

/// A log with three visits.
fn home() -> Home {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671", "A1B2345676"]);
    home
}

/// Exports into a file of this name, and gives its path.
fn exported(home: &Home, name: &str, arguments: &[&str]) -> PathBuf {
    let path = home.path().join(name);
    let output = log(home, &[&["export", "--out", path.to_str().unwrap()], arguments].concat(), "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    path
}

/// The rows of a CSV file.
fn rows(path: &PathBuf) -> Vec<Vec<String>> {
    let content = fs::read(path).unwrap();
    let content = content.strip_prefix(b"\xEF\xBB\xBF").expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(content);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_table_has_what_the_list_has_in_the_entrances_time() {
    let home = home();
    let rows = rows(&exported(&home, "log.csv", &[]));
    let visits = home.log();
    assert_eq!(rows.len(), 1 + visits.len());
    let column = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
    for (row, visit) in rows[1..].iter().zip(&visits) {
        for name in ["visit", "environment", "entrance", "source", "decision", "reason"] {
            assert_eq!(row[column(name)], visit[name].as_str().unwrap(), "{name}");
        }
        assert_eq!(row[column("sequence")], visit["sequence"].to_string());
        assert!(row[column("at")].ends_with("+03:00"), "{row:?}");
        let at: jiff::Timestamp = row[column("at")].parse().unwrap();
        assert_eq!(at, visit["at"].as_str().unwrap().parse().unwrap());
    }
}

#[test]
fn lines_are_those_of_the_list() {
    let home = home();
    let path = exported(&home, "log.jsonl", &["--decision", "refuse"]);
    let listed = text(&log(&home, &["list", "--json", "--decision", "refuse"], ""));
    assert_eq!(fs::read_to_string(path).unwrap(), listed);
    assert_eq!(listed.lines().count(), 1);
}

#[test]
fn a_workbook_has_what_the_table_has() {
    let home = home();
    let table = rows(&exported(&home, "log.csv", &["--acts"]));
    let path = exported(&home, "log.xlsx", &["--acts", "--decision", "admit"]);
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    let cells = |row: &[Data]| row.iter().map(Data::to_string).collect::<Vec<_>>();
    let found: Vec<Vec<String>> = sheet.rows().map(cells).collect();
    assert_eq!(found.len(), 2);
    // The columns of acts are empty, and so the sheet is narrower there.
    for (row, expected) in found.iter().zip(&table) {
        assert_eq!(&row[..15], &expected[..15]);
    }
}

#[test]
fn the_log_knows_of_an_export_and_stays_intact() {
    let home = home();
    exported(&home, "log.csv", &["--since", "2021-08-09T11:30:00Z", "--decision", "admit"]);
    let act = home.log_with_acts().pop().unwrap();
    let expected = json!({
        "sequence": 5, "id": act["id"], "at": act["at"], "person": "ayse", "act": "exported", "format": "csv",
        "records": 1, "since": "2021-08-09T11:30:00Z", "until": null, "decision": "admit", "entrance": null,
        "with_acts": false,
    });
    assert_eq!(act, expected);
    assert_eq!(log(&home, &["verify"], "").status.code(), Some(0));
}

#[test]
fn acts_stand_among_the_visits_where_they_are_asked_for() {
    let home = home();
    log(&home, &["find", "A1B2345670"], "");
    let rows = rows(&exported(&home, "log.csv", &["--acts"]));
    assert_eq!(rows[0][15..], ["person", "because", "second_person", "act", "details"]);
    assert_eq!((rows[4][15].as_str(), rows[4][18].as_str()), ("ayse", "found"));
    assert_eq!(serde_json::from_str::<Value>(&rows[4][19]).unwrap(), json!({"records": 1}));
}

#[test]
fn an_export_of_which_the_log_cannot_know_is_not_there() {
    let home = home();
    let path = exported(&home, "log.csv", &[]);
    let earlier = fs::read(&path).unwrap();
    // No record can follow this one.
    home.change(&format!("UPDATE records SET sequence = {} WHERE sequence = 1", i64::MAX));
    let output = log(&home, &["export", "--acts", "--out", path.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(fs::read(&path).unwrap(), earlier);
    assert!(!home.path().join("log.csv.part").exists());
}

#[test]
fn an_export_is_its_owners_alone() {
    let home = home();
    for name in ["log.csv", "log.jsonl", "log.xlsx"] {
        let path = exported(&home, name, &[]);
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
}

#[test]
fn what_a_spreadsheet_would_run_becomes_text() {
    let home = Home::new();
    let settings = home.path().join(".config/hes-kiosk");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("kiosk.toml"), "[site]\nname = \"N\"\nentrance = \"=1+1\"\n").unwrap();
    check_in(&home, &["A1B2345670"]);
    let rows = rows(&exported(&home, "log.csv", &[]));
    assert_eq!(rows[1][4], "'=1+1");
}

#[test]
fn a_place_or_a_name_that_cannot_be_is_refused_before_anything_is_written() {
    let home = home();
    fs::create_dir(home.path().join("folder.csv")).unwrap();
    let database = home.database();
    let key = home.path().join(".local/share/hes-kiosk/keys/demo.key");
    let before = [&database, &key].map(|path| fs::read(path).unwrap());
    let next = key.with_extension("key.next");
    for out in [&home.path().join("log.txt"), &home.path().join("folder.csv"), &database, &key, &next] {
        let more: &[&str] = if out.ends_with("log.txt") { &[] } else { &["--format", "csv"] };
        let output = log(&home, &[&["export", "--out", out.to_str().unwrap()], more].concat(), "");
        assert_eq!(output.status.code(), Some(2), "{}", out.display());
    }
    assert_eq!([&database, &key].map(|path| fs::read(path).unwrap()), before);
    assert_eq!(home.log_with_acts().len(), 3);
}

/// Adds so many visits, like the first one but for their numbers, and without seals.
pub fn multiply(home: &Home, visits: u32) {
    let columns = "kind, at, environment, entrance, source, decided_by, decision, reason";
    home.open_database()
        .execute_batch(&format!(
            "WITH RECURSIVE numbers (number) AS (
                SELECT max(sequence) + 1 FROM records UNION ALL SELECT number + 1 FROM numbers LIMIT {visits}
             )
             INSERT INTO records (sequence, id, {columns})
             SELECT number, randomblob(16), {columns} FROM numbers, records WHERE sequence = 1"
        ))
        .unwrap();
}

#[test]
fn an_export_that_is_told_to_end_leaves_no_file() {
    let home = home();
    multiply(&home, 300_000);
    for (signal, name) in [(Signal::TERM, "log.csv"), (Signal::INT, "log.xlsx"), (Signal::HUP, "log.jsonl")] {
        let path = home.path().join(name);
        let mut command = home.program();
        command.args(["log", "export", "--out", path.to_str().unwrap()]).stderr(Stdio::null());
        let mut export = command.spawn().unwrap();
        let part = home.path().join(format!("{name}.part"));
        let ends = Instant::now() + Duration::from_secs(20);
        while !part.exists() {
            assert!(Instant::now() < ends && export.try_wait().unwrap().is_none(), "no export was begun");
        }
        send(export.id(), signal);
        assert_eq!(export.wait().unwrap().code(), Some(130), "{name}");
        assert_eq!((path.exists(), part.exists()), (false, false), "{name}");
    }
    let records = "SELECT count(*) FROM records WHERE kind = 'visit'";
    assert_eq!(home.open_database().query_row(records, [], |row| row.get(0)), Ok(300_003));
}

#[test]
fn what_a_killed_export_left_behind_goes_with_the_next_one() {
    let home = home();
    let part = home.path().join("log.csv.part");
    fs::write(&part, "A half export").unwrap();
    let rows = rows(&exported(&home, "log.csv", &[]));
    assert_eq!((rows.len(), part.exists()), (4, false));
}
