//! Decisions are told apart by eyes that see fewer colours, or none: measured on what is drawn.

use image::RgbImage;

use super::check_out::goodbye;
use super::door::Door;
use super::picture::picture;
use super::{FAILING, GREEN, RISKY, USUAL};

/// How an eye sees: what of linear red, green and blue comes to its red, green and blue. The matrices for missing cones
/// are those of Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
/// Deficiency", 2009, severity 1.0; the last one is the luminance of sRGB.
const EYES: [(&str, [[f64; 3]; 3]); 5] = [
    ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    (
        "tritanopia",
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ),
    ("greyscale", [[0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722]]),
];

/// A colour in CIE L*a*b*, in whose space 2.3 is a difference that is just noticed.
type Lab = [f64; 3];

/// What an eye sees of a colour of the screen.
fn seen(color: [u8; 3], eye: &[[f64; 3]; 3]) -> Lab {
    let linear = color.map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let product = |rows: &[[f64; 3]; 3], by: [f64; 3]| {
        rows.map(|row| row.iter().zip(by).map(|(one, other)| one * other).sum::<f64>())
    };
    let rgb = product(eye, linear).map(|value| value.clamp(0.0, 1.0));
    let to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]];
    let [x, y, z] = product(&to_xyz, rgb);
    let root = |value: f64| if value > 0.008856 { value.cbrt() } else { 7.787 * value + 16.0 / 116.0 };
    let (x, y, z) = (root(x / 0.9505), root(y), root(z / 1.089));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn distance(one: Lab, other: Lab) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
}

/// The screens of the decisions, as they are drawn.
fn decisions() -> [(&'static str, RgbImage); 4] {
    let visit = |code: &str| {
        let mut door = Door::open();
        door.type_code(code);
        door
    };
    [
        ("admit", visit(GREEN)),
        ("refuse", visit(RISKY)),
        ("unverified", visit(FAILING)),
        ("check-out", goodbye("")),
    ]
    .map(|(name, door)| (name, picture(&door, USUAL)))
}

/// The colour that fills the screen.
fn ground(screen: &RgbImage) -> [u8; 3] {
    screen.get_pixel(screen.width() / 2, screen.height() - 30).0
}

/// Each pair of two decisions' screens, with their names.
fn pairs() -> Vec<([&'static str; 2], [RgbImage; 2])> {
    let decisions = decisions();
    let pairs = (0..decisions.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    pairs
        .map(|(one, other)| {
            let [(one, first), (other, second)] = [&decisions[one], &decisions[other]];
            ([*one, *other], [first.clone(), second.clone()])
        })
        .collect()
}

#[test]
fn decisions_fill_the_screen_with_colours_that_every_eye_tells_apart() {
    let mut close = Vec::new();
    for (names, [one, other]) in pairs() {
        for (eye, matrix) in &EYES {
            let apart = distance(seen(ground(&one), matrix), seen(ground(&other), matrix));
            if apart < 8.0 {
                close.push(format!("{names:?} {eye}: {apart:.1}"));
            }
        }
    }
    assert!(close.is_empty(), "{close:?}");
}

#[test]
fn decisions_differ_in_shapes_and_places_where_no_colour_is_seen() {
    // What stands out of the ground, in a raster coarse enough for eyes three metres away.
    let shapes = |screen: &RgbImage| -> Vec<bool> {
        let ground = seen(ground(screen), &EYES[4].1);
        let small = image::imageops::resize(screen, 80, 50, image::imageops::FilterType::Triangle);
        small.pixels().map(|pixel| distance(seen(pixel.0, &EYES[4].1), ground) > 20.0).collect()
    };
    for (names, [one, other]) in pairs() {
        let (one, other) = (shapes(&one), shapes(&other));
        let both = one.iter().zip(&other).filter(|(one, other)| **one && **other).count() as f64;
        let any = one.iter().zip(&other).filter(|(one, other)| **one || **other).count() as f64;
        assert!(both / any < 0.5, "{names:?}: {}", both / any);
    }
}
