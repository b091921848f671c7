//! What is kept, held and deleted.

use std::io::{Seek, SeekFrom, Write};
use std::sync::PoisonError;

use jiff::ToSpan;
use uuid::Uuid;

use super::*;
use crate::entry::{Cause, Decision};
use crate::visits::{Filter, Gone, OPENING, Page, Reader, verify};

fn visit(at: Timestamp) -> Visit {
    Visit {
        id: Uuid::now_v7(),
        at,
        environment: Environment::Test,
        entrance: "Ana giriş".to_owned(),
        source: None,
        decided_by: None,
        answers: None,
        code: None,
        decision: Decision::Unverified(Cause::NoCode),
        valid_until: None,
        service_ms: None,
        holder: None,
        word: None,
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// The sequence numbers of what is left of visits that are so many hours old.
fn left_of(ages_in_hours: &[i64]) -> Vec<u64> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(Config::of_tests(folder.path()), Use::Kiosk).unwrap();
    runtime().block_on(async {
        let now = Timestamp::from_millisecond(Timestamp::now().as_millisecond()).unwrap();
        for &age in ages_in_hours {
            store.append_visit(visit(now - age.hours())).await.unwrap();
        }
        store.purge().await.unwrap();
    });
    let mut left = Vec::new();
    let take = |recorded: Result<Recorded, UnreadableRecord>| {
        left.push(recorded.unwrap().sequence);
        Ok::<(), VisitsError>(())
    };
    Reader::open(&Config::of_tests(folder.path()))
        .unwrap()
        .each(&Filter::default(), Page::default(), take)
        .unwrap();
    left
}

#[test]
fn what_has_reached_its_retention_is_deleted_and_the_sequence_goes_on() {
    assert_eq!(left_of(&[31 * 24, 30 * 24 + 1, 30 * 24 - 1, 1]), [3, 4]);
}

#[test]
fn what_two_receipts_say_is_gone_is_gone_with_one() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::of_tests(folder.path());
    let store = Store::open(config.clone(), Use::Kiosk).unwrap();
    runtime().block_on(async {
        for _ in 0..3 {
            store.append_visit(visit(Timestamp::now() - (31 * 24).hours())).await.unwrap();
        }
        store.purge().await.unwrap();
        let mut again = Gone::default();
        again.note(2, None);
        store.append_act(Act::now(None, Deed::Purged { older_than_days: 30, gone: again })).await.unwrap();
    });
    assert_eq!(verify(&config, None).unwrap().faults, []);
}

#[test]
fn what_is_held_is_held_until_its_time_and_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(Config::of_tests(folder.path()), Use::Kiosk).unwrap();
    runtime().block_on(async {
        let hash = store.hash(Code::parse("A1B2345671").unwrap()).await.unwrap();
        let now = Timestamp::now();
        store.hold(Environment::Live, vec![(hash, Some(now + 1.hour()))]).await.unwrap();
        assert!(store.is_held(Environment::Live, hash).await.unwrap());
        store.hold(Environment::Live, vec![(hash, Some(now - 1.second()))]).await.unwrap();
        assert!(!store.is_held(Environment::Live, hash).await.unwrap());
    });
}

#[test]
fn reports_in_the_folder_of_exports_live_as_long_as_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let exports = folder.path().join("exports");
    std::fs::create_dir(&exports).unwrap();
    for (name, days) in [("old.csv", 31), ("ended.csv.journal", 31), ("ended.csv.part", 31), ("new.csv", 29)]
    {
        let written = std::time::SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
        File::create(exports.join(name)).unwrap().set_modified(written).unwrap();
    }
    let store = Store::open(Config::of_tests(folder.path()), Use::Command).unwrap();
    runtime().block_on(store.purge()).unwrap();
    let left = std::fs::read_dir(&exports).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(left.collect::<Vec<_>>(), ["new.csv"]);
}

#[test]
fn a_code_that_was_shown_before_the_keys_changed_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { repeat: Duration::from_secs(60 * 60), ..Config::of_tests(folder.path()) };
    let shown = |minutes: i64| {
        let store = Store::open(config.clone(), Use::Kiosk).unwrap();
        runtime().block_on(async {
            let code = store.hash(Code::parse("A1B2345671").unwrap()).await.unwrap();
            let now = Timestamp::from_millisecond(Timestamp::now().as_millisecond()).unwrap();
            let visit = Visit { code: Some(code), ..visit(now - minutes.minutes()) };
            (visit.at, store.append_visit(visit).await.unwrap())
        })
    };
    let (first, _) = shown(30);
    crate::visits::rotate(&config, None, None).unwrap();
    let (second, before_second) = shown(20);
    crate::visits::rotate(&config, None, None).unwrap();
    assert_eq!((before_second, shown(10).1), (Some(first), Some(second)));
}

#[test]
fn what_was_held_is_held_no_longer_after_the_keys_changed() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::of_tests(folder.path());
    let held = |until: Option<Timestamp>| {
        let store = Store::open(config.clone(), Use::Kiosk).unwrap();
        runtime().block_on(async {
            let code = store.hash(Code::parse("A1B2345671").unwrap()).await.unwrap();
            if until.is_some() {
                store.hold(Environment::Live, vec![(code, until)]).await.unwrap();
            }
            (code, store.is_held(Environment::Live, code).await.unwrap())
        })
    };
    let (earlier, is_held) = held(Some(Timestamp::now() + 1.hour()));
    assert!(is_held);
    crate::visits::rotate(&config, None, None).unwrap();
    let (code, is_held) = held(None);
    assert!(!is_held && code != earlier);
    let store = Store::open(config, Use::Kiosk).unwrap();
    assert_eq!(runtime().block_on(store.is_held(Environment::Live, earlier)), Ok(false));
}

#[test]
fn a_running_kiosk_deletes_nothing_from_a_log_that_was_altered_since_it_began() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::of_tests(folder.path());
    let store = Store::open(config.clone(), Use::Kiosk).unwrap();
    let (_, connection, _used) = Database::open(&config).unwrap().into_parts();
    connection.execute_batch("CREATE TABLE copies (code)").unwrap();
    let purged = runtime().block_on(store.purge());
    assert_eq!(purged, Err(VisitsError::Altered));
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn because() -> Because {
    Because::parse("KVKK 11/e").unwrap()
}

/// Opens a log and records a visit of each code.
fn log_of(config: &Config, codes: &[Code]) -> Database {
    let mut database = Database::open(config).unwrap();
    record(&mut database, codes);
    database
}

fn record(database: &mut Database, codes: &[Code]) {
    for code in codes {
        let visit = Visit { code: Some(database.hash(code)), ..visit(Timestamp::now()) };
        database.append_visit(visit, Timestamp::MAX).unwrap();
    }
}

/// How many visits of each code are found.
fn found(database: &mut Database, codes: [Code; 2]) -> [usize; 2] {
    codes.map(|code| database.find(&code, None, true).unwrap().len())
}

#[test]
fn no_record_waits_until_all_others_are_looked_through_for_an_erasure() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(Config::of_tests(folder.path()), Use::Kiosk).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // Nobody can look through the records as long as no connection can be opened.
    let _held = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
    runtime.block_on(async {
        let mut erasing = std::pin::pin!(store.erase(code("A1B2345671"), None, because()));
        let first = tokio::select! {
            biased;
            _ = &mut erasing => "erased",
            _ = store.append_visit(visit(Timestamp::now())) => "recorded",
        };
        assert_eq!(first, "recorded");
    });
}

#[test]
fn a_visit_that_is_recorded_while_others_are_looked_through_is_erased_too() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::of_tests(folder.path());
    let [one, other] = ["A1B2345671", "A1B2345672"].map(code);
    let mut database = log_of(&config, &[one, other]);
    let search = Search::through(&config, one).unwrap();
    record(&mut database, &[other, one]);
    database.erase(search, None, because().into_words()).unwrap();
    assert_eq!(found(&mut database, [one, other]), [0, 2]);
}

#[test]
fn what_was_found_in_a_log_erases_nobody_else_in_another_that_took_its_place() {
    let [one, other] = ["A1B2345671", "A1B2345672"].map(code);
    let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let [first, second] = folders.each_ref().map(|folder| Config::of_tests(folder.path()));
    log_of(&first, &[one, one, other, one]);
    let mut database = log_of(&second, &[other, other, one]);
    database.erase(Search::through(&first, one).unwrap(), None, because().into_words()).unwrap();
    assert_eq!(found(&mut database, [one, other]), [0, 2]);
}

#[test]
fn a_log_that_is_damaged_where_an_erasure_looks_is_under_suspicion() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::of_tests(folder.path());
    let database = log_of(&config, &[code("A1B2345671"); 100]);
    let first =
        "SELECT pageno FROM dbstat WHERE name = 'records' AND pagetype = 'leaf' ORDER BY path LIMIT 1";
    let page: u32 = database.parts().0.query_row(first, [], |row| row.get(0)).unwrap();
    drop(database);
    let store = Store::open(config.clone(), Use::Kiosk).unwrap();
    let mut file = File::options().write(true).open(&config.path).unwrap();
    file.seek(SeekFrom::Start(4096 * u64::from(page - 1))).unwrap();
    file.write_all(&[7; 4096]).unwrap();
    let erased = runtime().block_on(store.erase(code("A1B2345672"), None, because()));
    assert_eq!((erased, set_aside::is_suspect(&config.path)), (Err(VisitsError::Unreadable), true));
}
