//! From a carrier in space to light on the sensor, and from that light to grey pixels.

use rand::{Rng, RngExt};

use super::canvas::{Canvas, Place, Tap, convolved, gaussian};
use super::carrier::{Carrier, TEXELS};
use super::{HEIGHT, WIDTH};

/// The camera's focal length in pixels: about 60 degrees across.
const FOCAL: f32 = 1100.0;

/// Pixels around a carrier that its blur may reach.
const MARGIN: f32 = 24.0;

/// A screen's or a camera's light for its signal: signal^2.2.
const GAMMA: f32 = 2.2;

/// The light of a grey level from 0 to 255.
pub fn light_of(grey: f32) -> f32 {
    (grey / 255.0).powf(GAMMA)
}

/// Where the code's middle is, how large it is and how it is turned.
#[derive(Clone, Copy)]
pub struct Pose {
    pub place: Place,
    /// Pixels a module.
    pub scale: f32,
    /// In the picture's plane, about the upright axis and about the level one; in radians.
    pub roll: f32,
    pub yaw: f32,
    pub pitch: f32,
}

impl Pose {
    /// The two axes of the carrier in space, in pixels a module.
    fn axes(&self) -> ([f32; 3], [f32; 3]) {
        let (roll, yaw, pitch) = (self.roll.sin_cos(), self.yaw.sin_cos(), self.pitch.sin_cos());
        let turned = |x: f32, y: f32| {
            let (x, y) = (x * roll.1 - y * roll.0, x * roll.0 + y * roll.1);
            // About the level axis, then about the upright one.
            let (y, z) = (y * pitch.1, y * pitch.0);
            [x * yaw.1 + z * yaw.0, y, z * yaw.1 - x * yaw.0].map(|part| part * self.scale)
        };
        (turned(1.0, 0.0), turned(0.0, 1.0))
    }

    /// The pixel at which a place of the carrier is seen, in modules from the code's middle.
    fn pixel(&self, (right, down): Place) -> Place {
        let (across, along) = self.axes();
        let part = |number: usize| right * across[number] + down * along[number];
        let depth = 1.0 + part(2) / FOCAL;
        (self.place.0 + part(0) / depth, self.place.1 + part(1) / depth)
    }

    /// The function from pixels to places of the carrier.
    fn inverse(&self) -> impl Fn(f32, f32) -> Place + use<> {
        let (across, along) = self.axes();
        let place = self.place;
        move |x, y| {
            let (x, y) = (x - place.0, y - place.1);
            // x (1 + z / f) = right * across[0] + down * along[0], and the same for y.
            let (a, b) = (across[0] - x * across[2] / FOCAL, along[0] - x * along[2] / FOCAL);
            let (c, d) = (across[1] - y * across[2] / FOCAL, along[1] - y * along[2] / FOCAL);
            let scale = 1.0 / (a * d - b * c);
            ((x * d - y * b) * scale, (y * a - x * c) * scale)
        }
    }
}

/// A part of the frame with a carrier in it. Light is multiplied by cover.
pub struct Layer {
    left: usize,
    top: usize,
    width: usize,
    light: Vec<f32>,
    cover: Vec<f32>,
}

/// A carrier as it is seen; `None` where all of it is out of sight.
pub fn project(carrier: &Carrier, pose: &Pose) -> Option<Layer> {
    let (wide, high) = (carrier.light.width as f32 / TEXELS, carrier.light.height as f32 / TEXELS);
    let (x, y) = carrier.centre;
    let corners = [(-x, -y), (wide - x, -y), (wide - x, high - y), (-x, high - y)].map(|at| pose.pixel(at));
    let reach = |places: [f32; 4], limit: usize| {
        let (low, high) =
            places.iter().fold((f32::MAX, f32::MIN), |(low, high), &place| (low.min(place), high.max(place)));
        ((low - MARGIN).max(0.0) as usize, ((high + MARGIN).max(0.0) as usize).min(limit))
    };
    let (left, right) = reach(corners.map(|corner| corner.0), WIDTH);
    let (top, bottom) = reach(corners.map(|corner| corner.1), HEIGHT);
    if left >= right || top >= bottom {
        return None;
    }
    let place = pose.inverse();
    let pixels = (right - left) * (bottom - top);
    let (mut light, mut cover) = (Vec::with_capacity(pixels), Vec::with_capacity(pixels));
    for row in top..bottom {
        for column in left..right {
            let (mut lights, mut covers) = (0.0, 0.0);
            for (right, down) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let (u, v) = place(column as f32 + right, row as f32 + down);
                let (light, cover) = texel(carrier, (u + x) * TEXELS - 0.5, (v + y) * TEXELS - 0.5);
                lights += light;
                covers += cover;
            }
            light.push(lights / 4.0);
            cover.push(covers / 4.0);
        }
    }
    Some(Layer { left, top, width: right - left, light, cover })
}

/// The carrier's light and cover between the four nearest texels; nothing beside it.
fn texel(carrier: &Carrier, x: f32, y: f32) -> (f32, f32) {
    let (width, height) = (carrier.light.width, carrier.light.height);
    if !(x >= 0.0 && y >= 0.0 && x < (width - 1) as f32 && y < (height - 1) as f32) {
        return (0.0, 0.0);
    }
    let (column, row) = (x as usize, y as usize);
    let (right, down) = (x - column as f32, y - row as f32);
    let first = row * width + column;
    let mixed = |pixels: &[f32]| {
        let (upper, lower) = (&pixels[first..first + 2], &pixels[first + width..first + width + 2]);
        let upper = upper[0] + (upper[1] - upper[0]) * right;
        let lower = lower[0] + (lower[1] - lower[0]) * right;
        upper + (lower - upper) * down
    };
    let cover = mixed(&carrier.cover.pixels);
    if cover == 0.0 { (0.0, 0.0) } else { (mixed(&carrier.light.pixels) * cover, cover) }
}

/// How light falls on a carrier and comes from it.
#[derive(Clone)]
pub struct Lighting {
    /// The light of black and of white; white may be brighter than the camera can show.
    pub black: f32,
    pub white: f32,
    /// By how much the light changes over 20 modules to the right and down, as a part of it.
    pub slope: Place,
    /// A shadow: the direction to it, its distance from the code's middle in modules, how soft its edge is, and
    /// which part of the light is left in it.
    pub shadow: Option<(f32, f32, f32, f32)>,
    pub glares: Vec<Glare>,
}

/// A lamp's reflection.
#[derive(Debug, Clone, Copy)]
pub struct Glare {
    /// Where it is, in modules from the code's middle, and how wide and high it is.
    pub place: Place,
    pub size: Place,
    pub light: f32,
}

impl Lighting {
    fn factor(&self, (u, v): Place) -> f32 {
        let slope = (1.0 + (self.slope.0 * u + self.slope.1 * v) / 20.0).clamp(0.06, 1.9);
        let Some((direction, distance, softness, left)) = self.shadow else { return slope };
        let depth = direction.cos() * u + direction.sin() * v - distance;
        let part = (depth / softness + 0.5).clamp(0.0, 1.0);
        slope * (1.0 + (left - 1.0) * part)
    }

    fn glare(&self, (u, v): Place) -> f32 {
        let glare = |glare: &Glare| {
            let square =
                ((u - glare.place.0) / glare.size.0).powi(2) + ((v - glare.place.1) / glare.size.1).powi(2);
            if square > 9.0 { 0.0 } else { glare.light * (-square).exp() }
        };
        self.glares.iter().map(glare).sum()
    }
}

impl Layer {
    /// Blurs the layer: by motion along a way, in pixels, and by a lens out of focus.
    pub fn blur(&mut self, motion: Place, sigma: f32) {
        let taps = taps_along(motion);
        for pixels in [&mut self.light, &mut self.cover] {
            if taps.len() > 1 {
                *pixels = convolved(pixels, self.width, &taps);
            }
            gaussian(pixels, self.width, sigma);
        }
    }

    pub fn put_on(&self, light: &mut Canvas, lighting: &Lighting, pose: &Pose) {
        let place = pose.inverse();
        let rows = self.light.chunks_exact(self.width).zip(self.cover.chunks_exact(self.width));
        for (row, (lights, covers)) in rows.enumerate() {
            let row = self.top + row;
            for (column, (signal, cover)) in lights.iter().zip(covers).enumerate() {
                if *cover < 1e-3 {
                    continue;
                }
                let column = self.left + column;
                let at = place(column as f32 + 0.5, row as f32 + 0.5);
                let own = lighting.black * cover + signal * (lighting.white - lighting.black);
                let pixel = &mut light.pixels[row * WIDTH + column];
                *pixel =
                    *pixel * (1.0 - cover).max(0.0) + own * lighting.factor(at) + lighting.glare(at) * cover;
            }
        }
    }
}

/// The pixels that a moving one passes, and for which part of the time.
fn taps_along((right, down): Place) -> Vec<Tap> {
    let steps = (right.hypot(down) * 4.0).ceil().max(1.0) as usize;
    let mut taps: Vec<Tap> = Vec::new();
    let mut add = |place: (isize, isize), weight: f32| match taps.iter_mut().find(|tap| tap.0 == place) {
        Some(tap) => tap.1 += weight,
        None => taps.push((place, weight)),
    };
    for step in 0..steps {
        let part = (step as f32 + 0.5) / steps as f32 - 0.5;
        let (x, y) = (part * right, part * down);
        let (column, row) = (x.floor(), y.floor());
        let (u, v) = (x - column, y - row);
        for (beside, below, weight) in
            [(0, 0, (1.0 - u) * (1.0 - v)), (1, 0, u * (1.0 - v)), (0, 1, (1.0 - u) * v), (1, 1, u * v)]
        {
            if weight > 1e-4 {
                add((column as isize + beside, row as isize + below), weight / steps as f32);
            }
        }
    }
    taps
}

/// The camera's chip.
pub struct Sensor {
    /// Grey levels of noise, to be taken from any place on.
    noise: Vec<f32>,
    /// The grey level for light from 0 to 1, in equal steps.
    grey: Vec<f32>,
}

impl Sensor {
    /// A chip with noise of so many grey levels (one standard deviation).
    pub fn new(noise: f32, rng: &mut impl Rng) -> Self {
        let normal = |rng: &mut _| -> f32 {
            (0..4).map(|_| RngExt::random_range(rng, -1.0..1.0f32)).sum::<f32>() * 0.866
        };
        let white: Vec<f32> = (0..1 << 16).map(|_| normal(rng)).collect();
        // Neighbours have some of it in common, as after a camera's own interpolation.
        let noise = white.windows(2).map(|pair| noise * (0.86 * pair[0] + 0.5 * pair[1])).collect();
        let grey = (0..=4096).map(|step| 255.0 * (step as f32 / 4096.0).powf(1.0 / GAMMA)).collect();
        Self { noise, grey }
    }

    /// The grey picture of this light.
    pub fn expose(&mut self, light: &Canvas, rng: &mut impl Rng) -> Vec<u8> {
        let mut pixels = Vec::with_capacity(light.pixels.len());
        for row in light.pixels.chunks_exact(WIDTH) {
            let from = rng.random_range(0..self.noise.len() - WIDTH);
            for (light, noise) in row.iter().zip(&self.noise[from..]) {
                // `as` takes a float to the nearest end of the range.
                let grey = self.grey[(light.clamp(0.0, 1.0) * 4096.0) as usize];
                pixels.push((grey + noise + 0.5) as u8);
            }
        }
        pixels
    }
}
