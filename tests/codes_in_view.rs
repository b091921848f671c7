//! What the scanner makes of pictures with more than one code, and of printed barcodes.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::process::Command;
use std::time::{Duration, Instant};

use hes_kiosk::scan::{CameraSource, Config, ScannerEvent, Supervisor};
use image::{GrayImage, Luma};
use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};
use serde_json::Value;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_hes-kiosk");
const CODE: &str = "0123456789abcdef0123456789abcdef|A1B2345670";
const OTHER_CODE: &str = "fedcba9876543210fedcba9876543210|A1B2345671";
const FOREIGN: &str = "https://example.org/menu";
const BARE: &str = "A1B2345670";

/// How long a scanner may take to start and to see.
const PATIENCE: Duration = Duration::from_secs(20);

/// An empty frame of a camera.
fn frame() -> GrayImage {
    GrayImage::from_pixel(1280, 720, Luma([200]))
}

/// Draws a QR code at `left`, whose modules are `size` pixels wide. Its text is written byte by byte, as HES
/// codes' are, so that all of the strategy's decoders have a part in it.
fn draw(frame: &mut GrayImage, text: &str, left: u32, size: u32) {
    let mut bits = Bits::new(Version::Normal(4));
    bits.push_byte_data(text.as_bytes()).unwrap();
    bits.push_terminator(EcLevel::M).unwrap();
    let code = QrCode::with_bits(bits, EcLevel::M).unwrap();
    let side = code.width() as u32;
    for (place, color) in (0..).zip(code.to_colors()) {
        if color == Color::Dark {
            fill(frame, (left + place % side * size, 150 + place / side * size), (size, size));
        }
    }
}

fn fill(frame: &mut GrayImage, (left, top): (u32, u32), (width, height): (u32, u32)) {
    for (row, column) in
        (top..top + height).flat_map(|row| (left..left + width).map(move |column| (row, column)))
    {
        frame.put_pixel(column, row, Luma([30]));
    }
}

/// A frame with `text`, of the characters that are needed here, in Code 39 (ISO/IEC 16388), `w` a wide one; `*` is the start and the stop.
fn code_39(text: &str) -> GrayImage {
    let mut frame = frame();
    let mut left = 100;
    for character in format!("*{text}*").chars() {
        let elements = match character {
            '0' => "nnnwwnwnn",
            '1' => "wnnwnnnnw",
            '2' => "nnwwnnnnw",
            '3' => "wnwwnnnnn",
            '4' => "nnnwwnnnw",
            '5' => "wnnwwnnnn",
            '6' => "nnwwwnnnn",
            '7' => "nnnwnnwnw",
            '-' => "nwnnnnwnw",
            'A' => "wnnnnwnnw",
            'B' => "nnwnnwnnw",
            '*' => "nwnnwnwnn",
            other => panic!("{other} is not needed"),
        };
        for (number, element) in elements.chars().enumerate() {
            let width = if element == 'w' { 9 } else { 3 };
            if number % 2 == 0 {
                fill(&mut frame, (left, 300), (width, 120));
            }
            left += width;
        }
        left += 3;
    }
    frame
}

/// A folder in which `frames` follow each other.
fn folder(frames: &[&GrayImage]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (number, frame) in frames.iter().enumerate() {
        frame.save(folder.path().join(format!("{number:02}.png"))).unwrap();
    }
    folder
}

/// The texts of each frame, in no order, as `hes-kiosk scan` prints them.
fn scan(folder: &TempDir) -> Vec<Vec<String>> {
    let camera = format!("replay:{}", folder.path().display());
    let output = Command::new(PROGRAM).args(["scan", "--json", "--camera", &camera]).output().unwrap();
    let lines = str::from_utf8(&output.stdout).unwrap().lines();
    lines
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            let texts = line["texts"].as_array().unwrap().iter();
            let mut texts: Vec<String> = texts.map(|text| text.as_str().unwrap().to_owned()).collect();
            texts.sort();
            texts
        })
        .collect()
}

/// The first `count` events that tell of codes: a reading's text, or `None` for several codes.
async fn told(folder: &TempDir, count: usize) -> Vec<Option<String>> {
    let source: CameraSource = format!("replay:{}", folder.path().display()).parse().unwrap();
    let supervisor = Supervisor::start(PROGRAM.into(), Config::of(source)).unwrap();
    let deadline = Instant::now() + PATIENCE;
    let mut told = Vec::new();
    while told.len() < count {
        let left = deadline.saturating_duration_since(Instant::now());
        let event = tokio::time::timeout(left, supervisor.next()).await.expect("nothing is told");
        match event {
            ScannerEvent::Reading { reading, .. } => told.push(Some(reading.text)),
            ScannerEvent::SeveralCodes => told.push(None),
            _ => {}
        }
    }
    told
}

fn two_codes() -> GrayImage {
    let mut both = frame();
    draw(&mut both, CODE, 150, 8);
    draw(&mut both, OTHER_CODE, 750, 8);
    both
}

/// Whether no frame shows one code alone, and one shows both. A frame at which a decoder was late shows none.
fn always_shows_both(looks: &[Vec<String>]) -> bool {
    looks.iter().all(|texts| texts.len() != 1)
        && looks.contains(&vec![CODE.to_owned(), OTHER_CODE.to_owned()])
}

#[test]
fn no_frame_shows_one_of_two_codes_alone_from_whichever_frame_on_they_stand_in_view() {
    let (empty, both) = (frame(), two_codes());
    for before in 0..4 {
        let frames = [vec![&empty; before], vec![&both; 8]].concat();
        assert!(always_shows_both(&scan(&folder(&frames))), "{before} frames before");
    }
}

#[tokio::test]
async fn of_two_codes_that_stand_in_view_from_the_start_none_is_ever_a_reading() {
    assert_eq!(told(&folder(&[&two_codes()]), 20).await, vec![None; 20]);
}

#[tokio::test]
async fn codes_that_are_seen_in_turn_are_several_from_the_second_one_on() {
    let (mut one, mut other) = (frame(), frame());
    draw(&mut one, CODE, 150, 8);
    draw(&mut other, OTHER_CODE, 750, 8);
    // Before the second one is seen, the first is alone.
    let turns = [[&one; 5], [&other; 5]].concat();
    let told = told(&folder(&turns), 12).await;
    assert_eq!(told.last(), Some(&None));
    assert!(told.iter().flatten().all(|text| text == CODE || text == OTHER_CODE));
    assert!(told.iter().skip_while(|told| told.is_some()).all(Option::is_none), "one of two was taken");
}

#[tokio::test]
async fn the_same_code_on_a_phone_and_on_paper_is_one_reading() {
    let mut both = frame();
    draw(&mut both, CODE, 150, 8);
    draw(&mut both, BARE, 750, 8);
    let told = told(&folder(&[&both]), 10).await;
    assert!(told.iter().all(|told| matches!(told.as_deref(), Some(CODE | BARE))), "several codes");
}

#[tokio::test]
async fn another_qr_code_beside_a_hes_code_is_ignored() {
    let mut both = frame();
    draw(&mut both, FOREIGN, 150, 8);
    draw(&mut both, CODE, 750, 8);
    assert_eq!(told(&folder(&[&both]), 10).await, vec![Some(CODE.to_owned()); 10]);
}

#[test]
fn a_bare_code_in_code_39_is_read_within_six_frames() {
    let printed = code_39(BARE);
    assert!(scan(&folder(&[&printed; 6])).contains(&vec![BARE.to_owned()]));
}

#[tokio::test]
async fn a_bare_code_in_code_39_is_a_reading() {
    assert_eq!(told(&folder(&[&code_39(BARE)]), 1).await, [Some(BARE.to_owned())]);
}

#[test]
fn a_code_in_code_39_is_read_in_the_first_frame_with_and_without_its_hyphens() {
    for text in [BARE, "A1B2-3456-70"] {
        assert_eq!(scan(&folder(&[&code_39(text)])), [[text]]);
    }
}

#[test]
fn a_barcode_beside_a_qr_code_is_seen_in_the_frame_that_shows_them_first() {
    let mut both = code_39("A1B2345661");
    draw(&mut both, CODE, 900, 8);
    let looks = scan(&folder(&[&frame(), &both, &both]));
    assert_eq!(looks[1], [CODE.to_owned(), "A1B2345661".to_owned()]);
}
