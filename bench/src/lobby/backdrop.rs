//! What the camera sees behind a visitor: a hall with doors, signs and lamps, and people in it.

use rand::{Rng, RngExt};

use super::canvas::{Canvas, Place, gaussian};
use super::{HEIGHT, WIDTH};

/// The hall, which stands still, and the people in it.
pub struct Backdrop {
    hall: Canvas,
    people: Vec<Person>,
}

/// Somebody in the hall.
struct Person {
    /// Where the head is at first, and how far it moves a frame.
    head: Place,
    speed: Place,
    /// Half the head's height in pixels.
    size: f32,
    skin: f32,
    hair: f32,
    clothes: f32,
    /// Whether the clothes have stripes.
    is_striped: bool,
}

impl Backdrop {
    /// A hall: a quiet one behind a visitor, or a busy one.
    pub fn random(rng: &mut impl Rng, is_busy: bool) -> Self {
        let mut hall = walls(rng);
        for _ in 0..rng.random_range(3..9) {
            furniture(&mut hall, rng);
        }
        for _ in 0..rng.random_range(if is_busy { 2..6 } else { 0..3 }) {
            poster(&mut hall, rng);
        }
        for _ in 0..rng.random_range(0..4) {
            let place = (rng.random_range(0.0..WIDTH as f32), rng.random_range(0.0..200.0));
            let size = rng.random_range(8.0..40.0);
            hall.ellipse(place, (size * rng.random_range(1.0..3.0), size), 6.0, 1.2);
        }
        gaussian(&mut hall.pixels, WIDTH, rng.random_range(0.7..1.6));
        let count = rng.random_range(if is_busy { 1..5 } else { 0..3 });
        let people = (0..count).map(|_| Person::random(rng, is_busy)).collect();
        Self { hall, people }
    }

    /// The hall's light at `time`, in frames.
    pub fn at(&self, time: f32) -> Canvas {
        let mut canvas = self.hall.clone();
        for person in &self.people {
            person.draw(&mut canvas, time);
        }
        canvas
    }
}

/// A wall and a floor, brighter on one side.
fn walls(rng: &mut impl Rng) -> Canvas {
    let mut hall = Canvas::new(WIDTH, HEIGHT, 0.0);
    let (left, right) = (rng.random_range(0.04..0.45), rng.random_range(0.04..0.45));
    let (floor, horizon) = (rng.random_range(0.4..1.1), rng.random_range(380.0..640.0));
    for (row, pixels) in hall.pixels.chunks_exact_mut(WIDTH).enumerate() {
        let shade = if row as f32 > horizon { floor } else { 1.0 - row as f32 / 2000.0 };
        for (column, pixel) in pixels.iter_mut().enumerate() {
            *pixel = shade * (left + (right - left) * column as f32 / WIDTH as f32);
        }
    }
    hall
}

/// A door, a window or a row of tiles.
fn furniture(hall: &mut Canvas, rng: &mut impl Rng) {
    let place = (rng.random_range(-80.0..WIDTH as f32), rng.random_range(-60.0..500.0));
    let size = (rng.random_range(30.0..330.0), rng.random_range(60.0..520.0));
    let light = rng.random_range(0.01f32..0.9).powf(1.7);
    let frame = rng.random_range(3.0..14.0);
    match rng.random_range(0..3) {
        0 => {
            hall.rectangle(place, size, light * 0.3);
            hall.rectangle(
                (place.0 + frame, place.1 + frame),
                (size.0 - 2.0 * frame, size.1 - 2.0 * frame),
                light,
            );
        }
        1 => {
            hall.rectangle(place, size, light);
            for part in 1..rng.random_range(2..5) {
                let x = place.0 + size.0 * part as f32 / 4.0;
                hall.line((x, place.1), (x, place.1 + size.1), frame / 2.0, light * 0.2);
            }
        }
        _ => {
            let tile = rng.random_range(14.0..50.0);
            for number in 0..(size.0 * size.1 / (tile * tile)) as usize {
                let columns = (size.0 / tile).max(1.0) as usize;
                let (column, row) = (number % columns, number / columns);
                let corner = (place.0 + tile * column as f32, place.1 + tile * row as f32);
                hall.rectangle(corner, (tile - 2.0, tile - 2.0), light * rng.random_range(0.75..1.0));
            }
        }
    }
}

/// Paper on the wall: writing, bars, squares.
fn poster(hall: &mut Canvas, rng: &mut impl Rng) {
    let (left, top) = (rng.random_range(0.0..1100.0), rng.random_range(0.0..500.0));
    let (width, height) = (rng.random_range(60.0..260.0), rng.random_range(80.0..300.0));
    let (paper, ink) = (rng.random_range(0.3..0.9), rng.random_range(0.01..0.1));
    hall.rectangle((left, top), (width, height), paper);
    let size = rng.random_range(6.0..22.0);
    let mut y = top + size;
    while y + 2.0 * size < top + height * 0.6 {
        hall.writing((left + size, y), width - 2.0 * size, size, ink, rng);
        y += 1.8 * size;
    }
    match rng.random_range(0..3) {
        0 => {
            let mut x = left + 10.0;
            while x < left + width - 20.0 {
                let bar = rng.random_range(1..4) as f32 * 1.5;
                hall.rectangle((x, y), (bar, height * 0.25), ink);
                x += bar + rng.random_range(1..4) as f32 * 1.5;
            }
        }
        1 => {
            let side = rng.random_range(3.0..9.0);
            for number in 0..100 {
                if rng.random_bool(0.5) {
                    let (column, row) = (number % 10, number / 10);
                    let corner = (left + 10.0 + side * column as f32, y + side * row as f32);
                    hall.rectangle(corner, (side, side), ink);
                }
            }
        }
        _ => {
            let middle = (left + width / 2.0, y + height * 0.15);
            for (part, light) in [(1.0, ink), (0.7, paper), (0.4, ink)] {
                hall.ellipse(middle, (height * 0.15 * part, height * 0.15 * part), 1.0, light);
            }
        }
    }
}

impl Person {
    fn random(rng: &mut impl Rng, is_walking: bool) -> Self {
        let speed = if is_walking { 9.0 } else { 1.0 };
        Self {
            head: (rng.random_range(100.0..1180.0), rng.random_range(90.0..360.0)),
            speed: (rng.random_range(-speed..speed), rng.random_range(-0.5..0.5)),
            size: rng.random_range(30.0..120.0),
            skin: rng.random_range(0.1..0.45),
            hair: rng.random_range(0.01..0.12),
            clothes: rng.random_range(0.01..0.4),
            is_striped: rng.random_bool(0.3),
        }
    }

    fn draw(&self, canvas: &mut Canvas, time: f32) {
        let (x, y) = (self.head.0 + self.speed.0 * time, self.head.1 + self.speed.1 * time);
        let size = self.size;
        let at = |right: f32, down: f32| (x + right * size, y + down * size);
        let edge = 2.5;
        canvas.ellipse(at(0.0, 4.0), (2.1 * size, 3.1 * size), edge, self.clothes);
        if self.is_striped {
            for stripe in 0..8 {
                let down = 1.8 + 0.5 * stripe as f32;
                canvas.line(at(-1.3, down), at(1.3, down), 0.18 * size, 1.6 * self.clothes);
            }
        }
        canvas.ellipse(at(0.0, 0.9), (0.4 * size, 0.6 * size), edge, 0.8 * self.skin);
        canvas.ellipse(at(0.0, -0.15), (0.82 * size, 1.05 * size), edge, self.hair);
        canvas.ellipse(at(0.0, 0.1), (0.68 * size, 0.9 * size), edge, self.skin);
        for side in [-1.0, 1.0] {
            canvas.ellipse(at(0.28 * side, -0.05), (0.14 * size, 0.08 * size), edge, 0.5 * self.skin);
            canvas.ellipse(at(0.28 * side, -0.05), (0.06 * size, 0.06 * size), edge, 0.01);
        }
        canvas.line(at(-0.25, 0.5), at(0.25, 0.5), 0.09 * size, 0.4 * self.skin);
    }
}
