//! What a person may ask for, and what ends anyway.

use std::fs;

use serde_json::{Value, json};

use super::backup::errors;
use super::home::Home;
use super::{check_in, log, text};

/// The last record, an act: what, who, and how many records it names.
fn last_act(home: &Home) -> [Value; 3] {
    let last = home.log_with_acts().pop().unwrap();
    ["act", "person", "records"].map(|member| last[member].clone())
}

#[test]
fn a_persons_visits_are_found_and_that_somebody_asked_is_recorded() {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671", "A1B2345670"]);
    let found = text(&log(&home, &["find", "-", "--json"], "a1b2-3456-70\n"));
    let sequences =
        found.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["sequence"].clone());
    assert_eq!(sequences.collect::<Vec<_>>(), [1, 3]);
    assert_eq!(last_act(&home), [json!("found"), json!("ayse"), json!(2)]);
}

#[test]
fn an_erased_persons_visits_are_gone_and_everyone_elses_stay() {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671", "A1B2345670"]);
    let erased = log(&home, &["erase", "-", "--reason", "KVKK 11/e"], "A1B2345670");
    assert_eq!(erased.status.code(), Some(0));
    assert_eq!(last_act(&home), [json!("erased"), json!("ayse"), json!(2)]);
    let left: Vec<Value> = home.log().iter().map(|visit| visit["sequence"].clone()).collect();
    assert_eq!(left, [2]);
    assert_eq!(log(&home, &["verify"], "").status.code(), Some(0));
}

#[test]
fn an_erased_visit_that_comes_back_from_a_copy_is_named() {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671"]);
    let copy = home.path().join("copy.db").display().to_string();
    let keep = |database: rusqlite::Connection| {
        database.execute_batch(&format!(
            "ATTACH '{copy}' AS copy KEY ''; CREATE TABLE copy.records AS SELECT * FROM records;"
        ))
    };
    keep(home.open_database()).unwrap();
    log(&home, &["erase", "A1B2345670", "--reason", "KVKK 11/e"], "");
    home.change(&format!(
        "ATTACH '{copy}' AS copy KEY ''; DELETE FROM records WHERE sequence = 1;
         INSERT INTO records SELECT * FROM copy.records WHERE sequence = 1;"
    ));
    let said: Value = serde_json::from_str(&text(&log(&home, &["verify", "--json"], ""))).unwrap();
    assert_eq!(
        (&said["faults"][0]["fault"], &said["faults"][0]["sequence"]),
        (&json!("returned"), &json!(1))
    );
}

#[test]
fn what_is_older_than_asked_is_purged_with_a_receipt() {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671"]);
    log(&home, &["purge", "--older-than", "1"], "");
    assert_eq!(home.log().len(), 2);
    log(&home, &["purge", "--older-than", "0"], "");
    assert_eq!(home.log().len(), 0);
    let receipt = home.log_with_acts().pop().unwrap();
    assert_eq!(
        ["act", "older_than_days", "records", "sequences"].map(|member| receipt[member].clone()),
        [json!("purged"), json!(0), json!(2), json!([[1, 2]])]
    );
    assert_eq!(log(&home, &["verify"], "").status.code(), Some(0));
}

#[test]
fn a_reason_that_is_none_or_names_somebody_is_refused() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    for reason in [
        "",
        "  ",
        "a1b2-3456-70",
        "two\nlines",
        "A1B2-3456-70 sahibi istedi",
        "kod: A1B2 3456 70.",
        "T.C. 10345670146 istedi",
        "kimlik no: 103 456 701 46",
        "kimlik no: 103/456/701/46",
        "A1B2_3456_70 silinsin",
        "kod C3D4.5678.71",
        "C3D4:5678:71",
        "c3d4/5678/71",
        "C 3 D 4 5 6 7 8 7 1",
        "W9KD/34T2/40",
        "W9KD.34T2.40 silinsin",
        "W9KD:34T2:40",
        "W9KD+34T2+40",
        "W9KD|34T2|40",
        "kod: W 9 K D 3 4 T 2 4 0",
        "１２３４５６７８９０１",
        "٣٤٥٦٧٨٩٠١٢٣",
        "123:456:789:01",
        "ali@example.org",
        "yumuşak\u{ad}tire",
        "sağdan sola \u{202e}istedi",
    ] {
        let refused = log(&home, &["erase", "-", "--reason", reason], "A1B2345670");
        assert_eq!(refused.status.code(), Some(2), "{reason}");
        assert!(!String::from_utf8_lossy(&refused.stderr).contains("3456"), "{reason}");
    }
    assert_eq!(home.log().len(), 1);
}

#[test]
fn nothing_that_is_not_seen_is_kept_of_the_name_of_whoever_asks() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let mut find = home.program();
    find.env("SUDO_USER", "ay\u{202e}\u{1b}se").args(["log", "find", "A1B2345670"]).output().unwrap();
    assert_eq!(home.log_with_acts().pop().unwrap()["person"], "ayse");
}

#[test]
fn a_reason_in_words_is_taken() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    for reason in [
        "KVKK 11/e, 9 Ağustos 2021",
        "09.08.2021 tarihli, 2021-1453 sayılı başvuru",
        "ticketless",
        "30.08.2021'de, no 12/2021",
    ] {
        assert_eq!(
            log(&home, &["erase", "-", "--reason", reason], "A1B2345670").status.code(),
            Some(0),
            "{reason}"
        );
    }
}

#[test]
fn whoever_reads_the_log_while_something_is_deleted_is_told_of() {
    for command in [["erase", "-", "--reason=KVKK 11/e"].as_slice(), &["purge", "--older-than=0"]] {
        let home = Home::new();
        check_in(&home, &["A1B2345670"]);
        let reader = home.open_database();
        reader.execute_batch("BEGIN; SELECT count(*) FROM records;").unwrap();
        let deleted = log(&home, command, "A1B2345670");
        assert_eq!(deleted.status.code(), Some(0), "{command:?}");
        assert!(text(&deleted).contains("hes-kiosk log purge"), "{command:?}: {}", text(&deleted));
    }
}

#[test]
fn of_several_lines_none_is_taken_for_the_code() {
    let home = Home::new();
    check_in(&home, &["A1B2345670", "A1B2345671"]);
    for input in ["A1B2345670\nA1B2345671\n", "A1B2345670\n\nistedi", &"A1B2345670 ".repeat(1_000)] {
        let refused = log(&home, &["erase", "-", "--reason", "KVKK 11/e"], input);
        assert_eq!(refused.status.code(), Some(2), "{}", text(&refused));
    }
    assert_eq!(home.log().len(), 2);
}

#[test]
fn one_line_that_is_no_code_by_far_is_said_to_be_too_long() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let refused = log(&home, &["find", "-"], &"A".repeat(5_000));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("too long") && !said.contains("more than one line"), "{said}");
}

#[test]
fn endless_input_is_refused_before_its_end() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let endless = fs::File::open("/dev/zero").unwrap();
    let refused = home.program().args(["log", "find", "-"]).stdin(endless).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn where_nothing_is_deleted_a_sentence_says_so() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let purged = text(&log(&home, &["purge", "--older-than", "3650"], ""));
    let erased = text(&log(&home, &["erase", "-", "--reason", "KVKK 11/e"], "A1B2345671"));
    let first = erased.lines().next().unwrap();
    assert_eq!(
        (purged.trim_end(), first),
        ("Süresi geçen kayıt yok.", "Bu koda ait kayıt bulunamadı; talebin tutanağı yazıldı.")
    );
}

#[test]
fn where_nothing_is_known_of_a_code_a_sentence_says_so() {
    let home = Home::new();
    check_in(&home, &["A1B2345670"]);
    let found = log(&home, &["find", "-"], "A1B2345671");
    assert_eq!((text(&found), errors(&found).trim_end()), (String::new(), "hes-kiosk: Böyle bir kayıt yok."));
}
