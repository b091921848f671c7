//! `hes-kiosk camera`: what an installer is told of a camera. Folders of pictures stand in for one.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use image::imageops::{self, FilterType};
use image::{GrayImage, Luma};
use serde_json::Value;
use tempfile::TempDir;

/// A camera before which something is held: a folder with one picture, and a home without settings.
struct Camera {
    folder: TempDir,
}

impl Camera {
    /// A camera that sees `picture`.
    fn seeing(picture: &GrayImage) -> Self {
        let camera = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(camera.pictures()).unwrap();
        picture.save(camera.pictures().join("frame.png")).unwrap();
        camera
    }

    fn pictures(&self) -> std::path::PathBuf {
        self.folder.path().join("pictures")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hes-kiosk"));
        command.env_clear().env("HOME", self.folder.path()).arg("camera").args(arguments);
        command.output().unwrap()
    }

    /// What `camera test --json` says of it.
    fn test(&self) -> Value {
        let source = format!("replay:{}", self.pictures().display());
        let output = self.run(&["test", "--seconds", "1", "--json", "--camera", &source]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("one JSON object")
    }

    /// What `camera test` says of it to people whose settings are `settings`.
    fn words(&self, settings: &str) -> String {
        let file = self.folder.path().join("kiosk.toml");
        let source = format!("replay:{}", self.pictures().display());
        fs::write(&file, format!("[camera]\nsource = {source:?}\n{settings}")).unwrap();
        let output = self.run(&["test", "--seconds", "1", "--config", file.to_str().unwrap()]);
        String::from_utf8(output.stdout).unwrap()
    }
}

/// The fixture's code with modules so many pixels wide in the middle of an evenly grey wall.
fn code(module_pixels: u32, shade: u8) -> GrayImage {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/code.png");
    let fixture = image::open(fixture).unwrap().into_luma8();
    // The fixture has modules of six pixels.
    let side = fixture.width() / 6 * module_pixels;
    let code = imageops::resize(&fixture, side, side, FilterType::Nearest);
    let mut wall = wall(shade);
    imageops::overlay(&mut wall, &code, i64::from(640 - side) / 2, i64::from(480 - side) / 2);
    wall
}

fn wall(shade: u8) -> GrayImage {
    GrayImage::from_pixel(640, 480, Luma([shade]))
}

fn advice(told: &Value) -> Vec<&str> {
    told["advice"].as_array().unwrap().iter().map(|advice| advice.as_str().unwrap()).collect()
}

#[test]
fn a_code_that_is_large_and_sharp_is_measured_and_gets_no_advice() {
    let told = Camera::seeing(&code(6, 120)).test();
    assert_eq!((told["width"].as_u64(), told["height"].as_u64()), (Some(640), Some(480)));
    assert_eq!(told["code"], "read");
    let module = told["module_pixels"].as_f64().unwrap();
    assert!((5.5..6.5).contains(&module), "{told}");
    assert!(told["sharpness"].as_f64().unwrap() > 0.9, "{told}");
    let brightness = told["brightness"].as_f64().unwrap();
    assert!((115.0..150.0).contains(&brightness), "{told}");
    assert!(told["fps"].as_f64().unwrap() > 10.0, "{told}");
    assert!(advice(&told).is_empty(), "{told}");
}

#[test]
fn a_small_code_asks_for_a_closer_camera() {
    let told = Camera::seeing(&code(2, 120)).test();
    assert_eq!(advice(&told), ["move_closer"], "{told}");
}

#[test]
fn a_blurred_picture_asks_for_focus() {
    let told = Camera::seeing(&imageops::blur(&code(6, 120), 3.0)).test();
    assert!(advice(&told).contains(&"focus"), "{told}");
}

#[test]
fn a_dim_picture_asks_for_light() {
    let mut dim = code(6, 90);
    dim.pixels_mut().for_each(|pixel| pixel.0[0] /= 3);
    let told = Camera::seeing(&dim).test();
    assert!(advice(&told).contains(&"more_light"), "{told}");
}

#[test]
fn a_black_picture_is_a_covered_lens() {
    let told = Camera::seeing(&wall(5)).test();
    assert_eq!(advice(&told), ["uncover"], "{told}");
}

#[test]
fn without_a_code_in_view_one_is_asked_for() {
    let told = Camera::seeing(&wall(120)).test();
    assert_eq!(told["code"], "none");
    assert!(told["module_pixels"].is_null());
    assert_eq!(advice(&told), ["show_a_code"], "{told}");
}

#[test]
fn pictures_that_come_damaged_are_told_and_the_cable_is_to_be_checked() {
    let camera = Camera::seeing(&code(6, 120));
    fs::write(camera.pictures().join("broken.png"), "no picture").unwrap();
    let told = camera.test();
    assert!(told["damaged"].as_u64().unwrap() > 0);
    assert!(advice(&told).contains(&"check_cable"), "{told}");
}

#[test]
fn advice_is_in_the_first_language_of_the_settings() {
    let camera = Camera::seeing(&code(2, 120));
    let turkish = camera.words("");
    assert!(turkish.contains("Karekod küçük görünüyor: kamerayı yaklaştırın."), "{turkish}");
    let english = camera.words("[screen]\nlanguages = [\"en\"]\n");
    assert!(english.contains("move the camera closer"), "{english}");
}

#[test]
fn the_words_tell_what_was_measured_and_never_the_codes_text() {
    let words = Camera::seeing(&code(6, 120)).words("[screen]\nlanguages = [\"en\"]\n");
    for part in [
        "640x480",
        "frames a second",
        "of 255",
        "of 100",
        "QR code: read",
        "Module width: 6.0",
        "All is well",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(!words.contains("A1B2345678"), "{words}");
}

#[test]
fn a_camera_that_is_not_there_is_told_on_standard_error() {
    let camera = Camera::seeing(&wall(120));
    for source in ["device:987", "device:name=no such camera", "replay:/nonexistent"] {
        let output = camera.run(&["test", "--camera", source]);
        assert_eq!(output.status.code(), Some(2), "{source}");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.contains(source) && errors.contains("böyle bir kamera yok"), "{errors}");
    }
}

#[test]
fn what_is_no_camera_is_refused_with_what_is_accepted() {
    let output = Camera::seeing(&wall(120)).run(&["test", "--camera", "device:C270"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("device:name=NAME"));
}

/// This machine's cameras are nobody's to count on: what is listed has to agree with itself.
#[test]
fn each_camera_in_the_list_would_be_opened_or_has_a_problem() {
    let output = Camera::seeing(&wall(120)).run(&["list", "--json"]);
    assert_eq!(output.status.code(), Some(0));
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let camera: Value = serde_json::from_str(line).unwrap();
        assert!(camera["number"].is_u64() && camera["formats"].is_array(), "{line}");
        assert_ne!(camera["opens"].is_null(), camera["problem"].is_null(), "{line}");
    }
}
