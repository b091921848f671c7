//! What was deleted is gone: it stands in no page of the database, in use or free, nor in the write-ahead log.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::thread;

use rusqlite::Connection;

use super::home::Home;
use super::{check_in, log, pages};

/// A piece of an id, hash or salt that no page holds by chance.
const PIECE: usize = 8;

/// The number of visits, so many that their indexes have several pages and are balanced anew.
const VISITS: usize = 300;
/// So many visitors are checked in at the same time.
const DOORS: usize = 10;

type Pieces = HashSet<Vec<u8>>;

/// A log of visits with holders at an entrance that no page names by chance; the first is that of `code(0)`. While
/// the database is open its write-ahead log stays.
fn home() -> (Home, Connection) {
    let home = Home::in_memory();
    let folder = home.path().join(".config/hes-kiosk");
    fs::create_dir_all(&folder).unwrap();
    let settings = "[site]\nentrance = \"Kuzey kapısı 4711\"\n[visits]\nkeep_holder = true\n";
    fs::write(folder.join("kiosk.toml"), settings).unwrap();
    let codes: Vec<String> = (0..VISITS).map(code).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let (first, others) = codes.split_at(1);
    check_in(&home, first);
    let open = home.open_database();
    open.execute_batch("SELECT * FROM records").unwrap();
    thread::scope(|scope| {
        for some in others.chunks(VISITS / DOORS) {
            scope.spawn(|| check_in(&home, some));
        }
    });
    (home, open)
}

/// The code of a visit: each visitor comes three times, and every other one is admitted.
fn code(visit: usize) -> String {
    let visitor = visit % (VISITS / 3);
    format!("A1B2{:05}{}", visitor, visitor % 2)
}

/// What identifies the visits that a condition selects: their ids, hashes and salts.
fn identifying(database: &Connection, condition: &str) -> Pieces {
    let select = format!("SELECT id, code_hash, salt FROM records WHERE kind = 'visit' AND {condition}");
    let mut statement = database.prepare(&select).unwrap();
    let mut pieces = Pieces::new();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let [id, hash, salt] = [0, 1, 2].map(|column| row.get::<_, Vec<u8>>(column).unwrap());
        // An id begins with the time.
        let values = [&id[PIECE..], &hash, &salt];
        pieces.extend(values.iter().flat_map(|value| value.chunks(PIECE)).map(<[u8]>::to_vec));
    }
    pieces
}

/// What is said of the visits: where they were, and of whom.
fn told(database: &Connection) -> Pieces {
    let columns = ["entrance", "holder_first_name", "holder_last_name", "holder_identity_number"];
    let values = columns.iter().flat_map(|column| {
        let select = format!("SELECT DISTINCT {column} FROM records WHERE {column} IS NOT NULL");
        let mut statement = database.prepare(&select).unwrap();
        let values = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        values.map(|value| value.unwrap().into_bytes()).collect::<Vec<_>>()
    });
    values.collect()
}

/// How many of these pieces stand in the database's file or in its write-ahead log.
fn found(home: &Home, pieces: &Pieces) -> usize {
    let plain = pages::plain(home);
    // Most places hold no piece, which their first two bytes tell soonest.
    let mut begins = vec![false; 1 << 16];
    let place = |piece: &[u8]| usize::from(u16::from_be_bytes([piece[0], piece[1]]));
    for piece in pieces {
        begins[place(piece)] = true;
    }
    let lengths: BTreeSet<usize> = pieces.iter().map(Vec::len).collect();
    let windows = lengths.into_iter().flat_map(|length| plain.windows(length));
    let found = windows.filter(|window| begins[place(window)] && pieces.contains(*window));
    found.collect::<HashSet<_>>().len()
}

#[test]
fn nothing_of_a_purged_visit_remains_in_any_page() {
    let (home, open) = home();
    let mut pieces = identifying(&open, "true");
    pieces.extend(told(&open));
    assert!(pieces.len() > 3 * VISITS, "{}", pieces.len());
    assert_eq!(found(&home, &pieces), pieces.len(), "the search does not find what is there");
    log(&home, &["purge", "--older-than", "0"], "");
    assert_eq!(found(&home, &pieces), 0);
    drop(open);
    assert_eq!(found(&home, &pieces), 0);
}

#[test]
fn nothing_of_an_erased_visitor_remains_among_the_others() {
    let (home, open) = home();
    let hash = "(SELECT code_hash FROM records WHERE sequence = 1)";
    let of_visitor = identifying(&open, &format!("code_hash = {hash}"));
    let of_others = identifying(&open, &format!("code_hash <> {hash}"));
    assert_eq!(found(&home, &of_visitor), of_visitor.len());
    log(&home, &["erase", "-", "--reason", "KVKK 11/e"], &code(0));
    assert_eq!(found(&home, &of_visitor), 0);
    assert_eq!(found(&home, &of_others), of_others.len());
}

#[test]
fn what_a_reader_holds_back_is_gone_after_the_next_purge() {
    let (home, reader) = home();
    let pieces = identifying(&reader, "true");
    // What it needs of the log as it is now cannot be taken out of the write-ahead log.
    reader.execute_batch("BEGIN; SELECT * FROM records LIMIT 1;").unwrap();
    log(&home, &["purge", "--older-than", "0"], "");
    assert!(found(&home, &pieces) > 0, "the reader holds nothing back");
    reader.execute_batch("ROLLBACK").unwrap();
    log(&home, &["purge", "--older-than", "30"], "");
    assert_eq!(found(&home, &pieces), 0);
}
