//! The visit log's files.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rusqlite::Connection;

use super::{Home, errors, lines, status};

const DATABASE: &str = ".local/state/hes-kiosk/demo/visits.db";
const KEYS: &str = ".local/share/hes-kiosk/keys/demo.key";

/// The database as somebody with its key opens it.
fn open(home: &Home) -> Connection {
    let keys: toml::Table = fs::read_to_string(home.path(KEYS)).unwrap().parse().unwrap();
    let connection = Connection::open(home.path(DATABASE)).unwrap();
    connection.execute_batch(&format!("PRAGMA key = \"x'{}'\"", keys["database"].as_str().unwrap())).unwrap();
    connection
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn only_the_owner_can_read_the_log_its_companions_and_its_keys() {
    let home = Home::new();
    home.run(&["check", "A1B2345670"]);
    let _open = open(&home).query_row("SELECT count(*) FROM records", [], |row| row.get::<_, i64>(0));
    for file in [DATABASE, KEYS] {
        assert_eq!(mode(&home.path(file)), 0o600, "{file}");
    }
    for folder in [".local/state/hes-kiosk/demo", ".local/share/hes-kiosk/keys"] {
        assert_eq!(mode(&home.path(folder)), 0o700, "{folder}");
    }
}

#[test]
fn nothing_of_a_visit_can_be_read_without_the_key() {
    let home = Home::new();
    home.run(&["check", "A1B2345670"]);
    let bytes = fs::read(home.path(DATABASE)).unwrap();
    for known in ["SQLite format 3", "riskless", "simulator", "CREATE TABLE", "A1B2345670"] {
        let found = bytes.windows(known.len()).any(|window| window == known.as_bytes());
        assert!(!found, "{known}");
    }
}

#[test]
fn the_code_is_not_in_the_database_even_for_whoever_has_the_key() {
    let home = Home::new();
    home.run_with_input(&["check", "-"], "0123456789abcdef0123456789abcdef|A1B2345670\n");
    let connection = open(&home);
    let mut statement = connection.prepare("SELECT * FROM records").unwrap();
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    let row = rows.next().unwrap().unwrap();
    let text: String =
        (0..columns).map(|column| format!("{:?} ", row.get_ref(column).unwrap())).collect::<String>();
    assert!(text.contains("Blob") && !text.contains("A1B2") && !text.contains("0123456789abcdef"), "{text}");
}

#[test]
fn records_can_neither_be_changed_nor_deleted() {
    let home = Home::new();
    home.run(&["check", "A1B2345671"]);
    let connection = open(&home);
    for statement in ["DELETE FROM records", "UPDATE records SET decision = 'admit', reason = 'riskless'"] {
        let refused = connection.execute(statement, []).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{refused}");
    }
}

#[test]
fn visits_recorded_by_many_programs_at_once_have_one_gapless_sequence() {
    let home = Home::new();
    let input = "A1B2345670\n".repeat(10);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| assert_eq!(status(&home.run_with_input(&["check", "-"], &input)), 0));
        }
    });
    let sequence: Vec<u64> = home.log().iter().map(|line| line["sequence"].as_u64().unwrap()).collect();
    assert_eq!(sequence, (1..=60).collect::<Vec<u64>>());
}

#[test]
fn a_log_whose_key_is_gone_is_never_given_a_new_one() {
    let home = Home::new();
    home.run(&["check", "A1B2345670"]);
    fs::remove_file(home.path(KEYS)).unwrap();
    let output = home.run(&["check", "A1B2345670"]);
    assert_eq!(status(&output), 4);
    assert!(errors(&output).contains("is missing"), "{}", errors(&output));
    assert!(!home.path(KEYS).exists());
}

#[test]
fn a_key_that_others_can_read_is_refused() {
    let home = Home::new();
    home.run(&["check", "A1B2345670"]);
    fs::set_permissions(home.path(KEYS), fs::Permissions::from_mode(0o644)).unwrap();
    let output = home.run(&["check", "A1B2345670"]);
    assert_eq!(status(&output), 4);
    assert!(errors(&output).contains("can be read by others"));
}

#[test]
fn a_key_beside_the_log_is_refused() {
    let home = Home::new();
    let folder = home.folder.path().display();
    home.write(
        ".config/hes-kiosk/kiosk.toml",
        &format!("[visits]\npath = \"{folder}/log/visits.db\"\nkey_file = \"{folder}/log/keys/visits.key\""),
    );
    let output = home.run(&["check", "A1B2345670"]);
    assert_eq!(status(&output), 4);
    assert!(errors(&output).contains("must not lie in the visit log's folder"));
}

#[test]
fn a_service_managers_credential_holds_the_keys() {
    let home = Home::new();
    let keys = format!("database = \"{}\"\ncode_hash = \"{}\"\n", "ab".repeat(32), "cd".repeat(32));
    home.write("credentials/hes-kiosk.keys", &keys);
    let mut command = home.command(&["check", "A1B2345670"]);
    let output = command.env("CREDENTIALS_DIRECTORY", home.path("credentials")).output().unwrap();
    assert_eq!(status(&output), 0, "{}", errors(&output));
    assert!(!home.path(KEYS).exists());
}

#[test]
fn a_file_that_is_no_database_is_left_as_it_is() {
    let home = Home::new();
    home.run(&["check", "A1B2345670"]);
    fs::write(home.path(DATABASE), [7; 8192]).unwrap();
    let output = home.run(&["check", "A1B2345670", "--json"]);
    assert_eq!((status(&output), lines(&output).len()), (4, 0));
    assert_eq!(fs::read(home.path(DATABASE)).unwrap(), [7; 8192]);
}
