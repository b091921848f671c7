//! A lobby as its camera sees it: visitors who hold a code before it, and people who walk by.
//!
//! Everything follows from a seed: the same one gives the same frames on the same kind of machine. A frame is
//! a JPEG, as a webcam sends them over its cable, so its artefacts are real ones.
//!
//! A visitor's phone comes nearer and steadies over [`FRAMES`] frames at 30 a second. Light is added up
//! linearly and becomes grey at the sensor: blur and over-exposure eat dark modules as they do in life.

mod backdrop;
mod canvas;
mod carrier;
mod optics;
mod scene;

use std::ops::Range;

use image::GrayImage;
use qrcode::types::Version;
use qrcode::{EcLevel, QrCode};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use backdrop::Backdrop;
use canvas::Canvas;
use carrier::Carrier;
use optics::Sensor;
use scene::Scene;

pub use scene::Trouble;

/// The width of a frame in pixels.
pub const WIDTH: usize = 1280;

/// The height of a frame in pixels.
pub const HEIGHT: usize = 720;

/// How many frames there are of each visitor.
pub const FRAMES: usize = 12;

/// The visitors that a scanner may be tuned on.
pub const TUNING: Range<u64> = 0..400;

/// The visitors that figures are taken from.
pub const FIGURES: Range<u64> = 1000..1400;

/// A frame as the camera sends it.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    /// The JPEG file.
    pub jpeg: Vec<u8>,
}

impl Frame {
    /// The pixels, as the kiosk decodes them.
    ///
    /// # Panics
    /// Where the JPEG is not one of this module's making.
    pub fn grey(&self) -> GrayImage {
        image::load_from_memory(&self.jpeg).expect("the lobby's frames are JPEG").into_luma8()
    }
}

/// Somebody who holds a code before the camera.
pub struct Visitor {
    /// The code's text: 32 hexadecimal digits, a bar and ten letters or digits.
    pub text: String,
    /// What makes the code hard to read; nothing where it is easy.
    pub troubles: Vec<Trouble>,
    /// What the camera sees.
    pub frames: Vec<Frame>,
}

/// The visitor with this number.
pub fn visitor(seed: u64) -> Visitor {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let text = text(&mut rng);
    let (troubles, scene) = Scene::random(&mut rng);
    show(text, troubles, &scene, &mut rng)
}

/// A visitor who makes it easy: each reader reads each frame.
pub fn easy_visitor(seed: u64) -> Visitor {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let text = text(&mut rng);
    show(text, Vec::new(), &Scene::easy(), &mut rng)
}

/// [`FRAMES`] frames of people who walk by without a code.
pub fn passers_by(seed: u64) -> Vec<Frame> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    // Other numbers than those of the visitor with the same seed.
    rng.set_stream(1);
    let backdrop = Backdrop::random(&mut rng, true);
    let noise = rng.random_range(2.0..9.0);
    let quality = rng.random_range(50..=85);
    let mut sensor = Sensor::new(noise, &mut rng);
    (0..FRAMES).map(|number| encode(&sensor.expose(&backdrop.at(number as f32), &mut rng), quality)).collect()
}

/// [`FRAMES`] frames of a hall without anybody: only the sensor's noise is another in each.
pub fn empty_hall(seed: u64) -> Vec<Frame> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(2);
    let light = Backdrop::random(&mut rng, false).at(0.0);
    let noise = rng.random_range(2.0..9.0);
    let quality = rng.random_range(50..=85);
    let mut sensor = Sensor::new(noise, &mut rng);
    (0..FRAMES).map(|_| encode(&sensor.expose(&light, &mut rng), quality)).collect()
}

fn text(rng: &mut impl Rng) -> String {
    const CHARACTERS: &[u8; 36] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let code: String = (0..10).map(|_| char::from(CHARACTERS[rng.random_range(0..36)])).collect();
    format!("{:032x}|{code}", rng.random::<u128>())
}

fn show(text: String, troubles: Vec<Trouble>, scene: &Scene, rng: &mut ChaCha8Rng) -> Visitor {
    let code =
        QrCode::with_version(&text, Version::Normal(4), EcLevel::M).expect("44 bytes fit into version 4");
    let backdrop = Backdrop::random(rng, false);
    let carrier = Carrier::new(&code, scene, rng);
    let mut sensor = Sensor::new(scene.noise, rng);
    let frames = (0..FRAMES)
        .map(|number| {
            let time = number as f32;
            let mut light = backdrop.at(time);
            hold(&carrier, scene, time, &mut light);
            encode(&sensor.expose(&light, rng), scene.quality)
        })
        .collect();
    Visitor { text, troubles, frames }
}

/// Puts `carrier` before what is in `light`, as it is held at `time`.
fn hold(carrier: &Carrier, scene: &Scene, time: f32, light: &mut Canvas) {
    let pose = scene.pose(time);
    let blur = scene.motion(time);
    let Some(mut layer) = optics::project(carrier, &pose) else { return };
    layer.blur(blur, scene.defocus(time));
    layer.put_on(light, &scene.lighting(time), &pose);
}

fn encode(grey: &[u8], quality: u8) -> Frame {
    let mut jpeg = Vec::new();
    jpeg_encoder::Encoder::new(&mut jpeg, quality)
        .encode(grey, WIDTH as u16, HEIGHT as u16, jpeg_encoder::ColorType::Luma)
        .expect("a vector takes all bytes");
    Frame { jpeg }
}
