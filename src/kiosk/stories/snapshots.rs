//! Every screen in every language as it was when somebody last looked at it: tests/snapshots.
//!
//! What looks otherwise now is drawn into target/snapshots. `make snapshots` takes that over, to be looked at before it
//! is committed.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use iced::Size;
use image::RgbImage;
use jiff::{SignedDuration, Timestamp};

use super::door::Door;
use super::inside;
use super::picture::picture;
use super::screens::each_screen;
use super::{desk, manager, manual, way_out};
use crate::kiosk::start::StartError;
use crate::kiosk::state::{Aids, Screen};
use crate::settings::{Language, SettingsError};

/// The usual panel, and a small one that stands upright.
const SIZES: [Size; 2] = [Size::new(1280.0, 800.0), Size::new(480.0, 800.0)];

/// The screens that are looked at by night too, with more contrast and with larger type.
const AIDED: [&str; 3] = ["camera", "identity", "notice"];

/// By how much of 255 a colour may differ: processors round the edges of letters differently.
const TOLERANCE: u8 = 16;

/// By how much of 255 a shade may differ from the colour that is kept for it; what remains of the tolerance is for
/// the processors.
const SHADE: u8 = 8;

/// Makes all that shows a time or a place of this machine show the same ones everywhere.
fn settle(door: &mut Door, time: Timestamp) {
    door.kiosk.now.time = time;
    match &mut door.kiosk.screen {
        Screen::Welcome(_) | Screen::Notice(_) | Screen::Identity(_) | Screen::AwaitingDesk(_) => {
            door.kiosk.now.instant = door.now.instant;
        }
        Screen::Checking(_) => {}
        Screen::Desk(desk) => {
            door.kiosk.now.instant = door.now.instant;
            desk.settle(time, door.now.instant);
        }
        Screen::Outcome(screen) => {
            // How much of its time has passed is of no interest.
            door.kiosk.now.instant = screen.shown_at;
            screen.outcome.at = time;
            let before = &mut screen.outcome.shown_before;
            *before = before.map(|_| time - SignedDuration::from_mins(5));
        }
        Screen::OutOfService(screen) => {
            screen.since = time;
            if let StartError::Settings(SettingsError::Wrong { file, .. }) = &mut screen.cause.error {
                *file = PathBuf::from("/etc/hes-kiosk/kiosk.toml");
            }
        }
    }
}

/// The screens by the names of their files.
fn snapshots() -> Vec<(String, RgbImage)> {
    let mut snapshots = Vec::new();
    for (name, mut door) in each_screen() {
        let day: Timestamp = "2026-11-28T06:41:00Z".parse().unwrap();
        let night = day + SignedDuration::from_hours(12);
        let mut take = |door: &Door, size: Size, name: &str| {
            let language = door.kiosk.texts.language().name();
            let file = format!("{}/{}x{}/{name}.png", language, size.width, size.height);
            snapshots.push((file, picture(door, size)));
        };
        settle(&mut door, day);
        for &language in Language::value_variants() {
            door.speak(language);
            for size in SIZES {
                take(&door, size, name);
            }
        }
        if AIDED.contains(&name) {
            door.speak(Language::Turkish);
            for (aid, aids) in [
                ("larger-text", Aids { larger_text: true, ..Aids::default() }),
                ("high-contrast", Aids { high_contrast: true, ..Aids::default() }),
            ] {
                door.kiosk.aids = aids;
                take(&door, SIZES[0], &format!("{name}-{aid}"));
            }
            door.kiosk.aids = Aids::default();
            settle(&mut door, night);
            take(&door, SIZES[0], &format!("{name}-night"));
        }
    }
    // The desk speaks the staff's languages, whatever a visitor chose.
    for language in ["tr", "en"] {
        for (name, mut door) in desk::each_screen(language)
            .into_iter()
            .chain(manager::each_screen(language))
            .chain(inside::each_screen(language))
            .chain(manual::each_desk_screen(language))
            .chain(way_out::each_screen(language))
        {
            settle(&mut door, "2026-11-28T06:41:00Z".parse().unwrap());
            for size in SIZES {
                let file = format!("{language}/{}x{}/{name}.png", size.width, size.height);
                snapshots.push((file, picture(&door, size)));
            }
        }
    }
    snapshots
}

fn is_same(one: &RgbImage, other: &RgbImage) -> bool {
    let is_near = |(one, other): (&u8, &u8)| one.abs_diff(*other) <= TOLERANCE;
    one.dimensions() == other.dimensions() && one.iter().zip(other.iter()).all(is_near)
}

/// The colours of a picture in a palette, which a file of half the size holds: the frequent ones as they are, shades at
/// the edges of letters as a frequent one that nobody tells from them.
fn palette(picture: &RgbImage) -> (Vec<[u8; 3]>, HashMap<[u8; 3], u8>) {
    let mut frequencies: HashMap<[u8; 3], usize> = HashMap::new();
    for pixel in picture.pixels() {
        *frequencies.entry(pixel.0).or_default() += 1;
    }
    let mut colors: Vec<_> = frequencies.into_iter().collect();
    colors.sort_by_key(|&(color, count)| (Reverse(count), color));
    let mut palette: Vec<[u8; 3]> = Vec::new();
    let mut places = HashMap::new();
    for (color, _) in colors {
        let is_near =
            |other: &[u8; 3]| color.iter().zip(other).all(|(one, other)| one.abs_diff(*other) <= SHADE);
        let place = palette.iter().position(is_near).unwrap_or_else(|| {
            palette.push(color);
            palette.len() - 1
        });
        places.insert(color, u8::try_from(place).unwrap());
    }
    (palette, places)
}

fn write(picture: &RgbImage, file: &Path) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let (palette, places) = palette(picture);
    let mut encoder = png::Encoder::new(File::create(file).unwrap(), picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let pixels: Vec<u8> = picture.pixels().map(|pixel| places[&pixel.0]).collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
}

/// The files below a folder, by their names from there.
fn files_below(folder: &Path) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    files
}

#[test]
fn every_screen_looks_in_every_language_as_it_did_when_it_was_last_looked_at() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (known, drawn) = (root.join("tests/snapshots"), root.join("target/snapshots"));
    let mut wrong = Vec::new();
    let mut left_over = files_below(&known);
    for (name, picture) in snapshots() {
        left_over.remove(&name);
        let before = image::open(known.join(&name)).ok().map(image::DynamicImage::into_rgb8);
        if !before.is_some_and(|before| is_same(&picture, &before)) {
            write(&picture, &drawn.join(&name));
            wrong.push(format!("look at target/snapshots/{name}"));
        }
    }
    wrong.extend(left_over.iter().map(|name| format!("no screen any more: tests/snapshots/{name}")));
    assert!(wrong.is_empty(), "make snapshots takes these over:\n{}", wrong.join("\n"));
}
