//! The installer's commands.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::PROGRAM;
use crate::pictures::{self, Picture, TEXT};

/// So many frames show the good code. One is enough, but on a machine with other work a decoder may be late,
/// and is left out then for two seconds.
const GOOD_FRAMES: usize = 400;

/// What is wrong about `texts`, which stand in a hostile picture or, at last, in the good one after it.
fn faults(picture: &Picture, texts: &[String]) -> Vec<String> {
    let Some((last, before)) = texts.split_last() else { return vec![format!("{}: no text", picture.name)] };
    let wrong = before.iter().filter(|text| !picture.may_show(text));
    let unread = Some(last).filter(|last| *last != TEXT);
    wrong.chain(unread).map(|text| format!("{}: {text:?}", picture.name)).collect()
}

fn parse(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

#[test]
fn decode_reads_the_picture_after_each_of_them() {
    let mut all_faults = Vec::new();
    for picture in pictures::all() {
        let folder = tempfile::tempdir().unwrap();
        picture.save(&folder.path().join("1.png"));
        pictures::save_good(&folder.path().join("2.png"));
        let mut decode = Command::new(PROGRAM);
        decode.args(["decode", "--json", "1.png", "2.png"]).current_dir(folder.path());
        let output = decode.output().unwrap();
        assert!(output.status.success(), "{}: {}", picture.name, output.status);
        let lines = str::from_utf8(&output.stdout).unwrap().lines().map(parse);
        let texts: Vec<String> = lines.filter_map(|line| line["text"].as_str().map(str::to_owned)).collect();
        all_faults.extend(faults(&picture, &texts));
    }
    assert!(all_faults.is_empty(), "{all_faults:#?}");
}

#[test]
fn scan_reads_the_frames_after_each_of_them() {
    let mut all_faults = Vec::new();
    for picture in pictures::all() {
        let folder = tempfile::tempdir().unwrap();
        picture.save(&folder.path().join("1.png"));
        let good = folder.path().join("2-000.png");
        pictures::save_good(&good);
        for number in 1..GOOD_FRAMES {
            let link = folder.path().join(format!("2-{number:03}.png"));
            std::os::unix::fs::symlink(&good, link).unwrap();
        }
        let mut scan = Command::new(PROGRAM)
            .args(["scan", "--json", "--camera", &format!("replay:{}", folder.path().display())])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut texts = Vec::new();
        // It ends when nobody reads on.
        for line in BufReader::new(scan.stdout.take().unwrap()).lines() {
            let line = parse(&line.unwrap());
            texts.extend(serde_json::from_value::<Vec<String>>(line["texts"].clone()).unwrap());
            if line["file"] != "1.png" && texts.last().is_some_and(|text| text == TEXT) {
                break;
            }
        }
        assert!(scan.wait().unwrap().success(), "{}", picture.name);
        all_faults.extend(faults(&picture, &texts));
    }
    assert!(all_faults.is_empty(), "{all_faults:#?}");
}
