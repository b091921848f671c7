//! How a visitor holds the code before the camera, and what makes it hard to read.

use std::f32::consts::{PI, TAU};

use rand::{Rng, RngExt};

use super::canvas::Place;
use super::optics::{Glare, Lighting, Pose, light_of};

/// Something that makes a code hard to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    Size,
    Rotation,
    Tilt,
    Defocus,
    Motion,
    Contrast,
    Glare,
    Light,
    Noise,
    Artefacts,
    Occlusion,
    Inversion,
    Exposure,
}

impl Trouble {
    const ALL: [Self; 13] = [
        Self::Size,
        Self::Rotation,
        Self::Tilt,
        Self::Defocus,
        Self::Motion,
        Self::Contrast,
        Self::Glare,
        Self::Light,
        Self::Noise,
        Self::Artefacts,
        Self::Occlusion,
        Self::Inversion,
        Self::Exposure,
    ];
}

/// Something before the code.
#[derive(Debug, Clone, Copy)]
pub enum Occlusion {
    /// A finger that reaches so many modules into the code.
    Finger(f32),
    /// A crack, so many modules thick.
    Crack(f32),
}

/// What goes from one value to another as the hand steadies.
#[derive(Debug, Clone, Copy)]
struct Course {
    start: f32,
    end: f32,
}

impl Course {
    fn steady(value: f32) -> Self {
        Self { start: value, end: value }
    }
}

/// One swing of a hand: its size, its turns a frame and where it begins.
#[derive(Debug, Clone, Copy)]
struct Swing {
    size: f32,
    rate: f32,
    phase: f32,
}

impl Swing {
    fn random(size: f32, rng: &mut impl Rng) -> Self {
        // A hand trembles four to ten times a second.
        Self { size, rate: rng.random_range(0.13..0.33), phase: rng.random_range(0.0..TAU) }
    }

    fn at(&self, time: f32) -> f32 {
        self.size * (TAU * self.rate * time + self.phase).sin()
    }
}

/// All that is random about a visitor, but for what is seen behind.
#[derive(Debug, Clone)]
pub struct Scene {
    pub is_paper: bool,
    pub is_inverted: bool,
    pub occlusions: Vec<Occlusion>,
    /// Grey levels.
    pub noise: f32,
    /// The JPEG's, from 1 to 100.
    pub quality: u8,
    /// In how many frames two thirds of the way to rest are gone.
    settling: f32,
    x: Course,
    y: Course,
    /// The hand's trembling, and how much of it is left at rest.
    swings: [Swing; 2],
    rest: f32,
    /// Pixels a module.
    scale: Course,
    /// Radians.
    roll: Course,
    yaw: Course,
    pitch: Course,
    /// The part of a frame's time in which the shutter is open.
    shutter: f32,
    /// Pixels.
    defocus: Course,
    /// Grey levels of black and white.
    levels: (f32, f32),
    /// How much brighter than white the white is.
    exposure: f32,
    slope: Place,
    shadow: Option<(f32, f32, f32, f32)>,
    glares: Vec<(Glare, Place)>,
}

impl Scene {
    /// A large, sharp, steady code.
    pub fn easy() -> Self {
        let still = Swing { size: 0.0, rate: 0.2, phase: 0.0 };
        Self {
            is_paper: false,
            is_inverted: false,
            occlusions: Vec::new(),
            noise: 2.0,
            quality: 85,
            settling: 3.0,
            x: Course::steady(640.0),
            y: Course::steady(330.0),
            swings: [still, still],
            rest: 1.0,
            scale: Course::steady(5.0),
            roll: Course::steady(0.05),
            yaw: Course::steady(0.0),
            pitch: Course::steady(0.0),
            shutter: 0.3,
            defocus: Course::steady(0.6),
            levels: (30.0, 225.0),
            exposure: 1.0,
            slope: (0.0, 0.0),
            shadow: None,
            glares: Vec::new(),
        }
    }

    /// A visitor, and the troubles that were chosen for the code: none, one or some together.
    pub fn random(rng: &mut impl Rng) -> (Vec<Trouble>, Self) {
        let mut scene = Self::ordinary(rng);
        let count = [0, 0, 1, 1, 1, 1, 2, 2, 3, 3][rng.random_range(0..10)];
        let mut troubles = Vec::new();
        while troubles.len() < count {
            let trouble = Trouble::ALL[rng.random_range(0..Trouble::ALL.len())];
            if !troubles.contains(&trouble) {
                troubles.push(trouble);
            }
        }
        // Together each of them is a little less.
        let most = 1.0 - 0.15 * count.saturating_sub(1) as f32;
        for trouble in &troubles {
            let strength = most * rng.random_range(0.0..1.0);
            scene.suffer(*trouble, strength, rng);
        }
        (troubles, scene)
    }

    /// What each visitor has to do with: a hand comes to rest before an ordinary camera.
    fn ordinary(rng: &mut impl Rng) -> Self {
        let scale = (3.1f32.ln() + rng.random_range(0.0f32..1.0) * (6.0f32 / 3.1).ln()).exp();
        let direction = rng.random_range(0.15 * PI..0.85 * PI);
        let way = rng.random_range(3.0..36.0);
        let (x, y) = (rng.random_range(320.0..960.0), rng.random_range(200.0..460.0));
        let tremble = rng.random_range(0.2..1.2);
        let angle = |most: f32, rng: &mut _| {
            let end = RngExt::random_range(rng, -most..most);
            Course { start: end + RngExt::random_range(rng, -0.15..0.15), end }
        };
        let focus = rng.random_range(0.1..0.46) * scale;
        Self {
            is_paper: rng.random_bool(0.15),
            noise: rng.random_range(2.0..6.0),
            quality: rng.random_range(60..=85),
            settling: rng.random_range(1.0..9.0),
            x: Course { start: x + way * direction.cos(), end: x },
            y: Course { start: y + way * direction.sin(), end: y },
            swings: [Swing::random(tremble, rng), Swing::random(tremble, rng)],
            rest: rng.random_range(0.2..0.7),
            scale: Course { start: scale * rng.random_range(0.75..1.0), end: scale },
            roll: angle(0.2, rng),
            yaw: angle(0.3, rng),
            pitch: angle(0.3, rng),
            shutter: rng.random_range(0.25..0.7),
            defocus: Course { start: focus * rng.random_range(1.0..1.4), end: focus },
            levels: (rng.random_range(15.0..60.0), rng.random_range(170.0..250.0)),
            slope: (rng.random_range(-0.2..0.2), rng.random_range(-0.2..0.2)),
            ..Self::easy()
        }
    }

    /// Adds a trouble, from hardly any (0) to as much as nobody can read (1).
    fn suffer(&mut self, trouble: Trouble, strength: f32, rng: &mut impl Rng) {
        let sign = |rng: &mut _| if RngExt::random_bool(rng, 0.5) { 1.0 } else { -1.0 };
        match trouble {
            Trouble::Size => {
                let scale = 3.2 - 1.1 * strength;
                let shrink = scale / self.scale.end;
                self.scale = Course { start: scale * rng.random_range(0.8..1.0), end: scale };
                self.defocus = Course { start: self.defocus.start * shrink, end: self.defocus.end * shrink };
                // A lens is never sharper than this.
                self.defocus.end = self.defocus.end.max(0.5);
                self.defocus.start = self.defocus.start.max(0.5);
            }
            Trouble::Rotation => {
                let end = rng.random_range(-PI..PI);
                self.roll = Course { start: end + 0.4 * strength * sign(rng), end };
            }
            Trouble::Tilt => {
                let tilt = 0.3 + 0.85 * strength;
                let direction = rng.random_range(0.0..TAU);
                let (yaw, pitch) = (tilt * direction.cos(), tilt * direction.sin());
                let more = rng.random_range(0.9..1.3);
                self.yaw = Course { start: yaw * more, end: yaw };
                self.pitch = Course { start: pitch * more, end: pitch };
            }
            Trouble::Defocus => {
                let end = (0.3 + 0.38 * strength) * self.scale.end;
                self.defocus = Course { start: end * rng.random_range(1.0..1.4), end };
            }
            Trouble::Motion => {
                let way = 60.0 + 160.0 * strength;
                let direction = rng.random_range(0.0..TAU);
                self.x.start = self.x.end + way * direction.cos();
                self.y.start = self.y.end + way * direction.sin();
                self.settling = rng.random_range(3.0..7.0);
                let tremble = 1.5 + 6.0 * strength;
                self.swings = [Swing::random(tremble, rng), Swing::random(tremble, rng)];
                self.rest = rng.random_range(0.3..0.9);
                self.shutter = rng.random_range(0.4..0.9);
            }
            Trouble::Contrast => {
                let difference = 95.0 - 80.0 * strength;
                let black = rng.random_range(20.0..230.0 - difference);
                self.levels = (black, black + difference);
            }
            Trouble::Glare => {
                for _ in 0..rng.random_range(1..4) {
                    let glare = Glare {
                        place: (rng.random_range(-20.0..20.0), rng.random_range(-20.0..20.0)),
                        size: (
                            rng.random_range(3.0..8.0 + 8.0 * strength),
                            rng.random_range(3.0..8.0 + 8.0 * strength),
                        ),
                        light: 0.15 + 2.5 * strength * rng.random_range(0.4..1.0),
                    };
                    self.glares.push((glare, (rng.random_range(-14.0..14.0), rng.random_range(-14.0..14.0))));
                }
            }
            Trouble::Light => {
                let direction = rng.random_range(0.0..TAU);
                if rng.random_bool(0.5) {
                    let slope = 0.5 + 1.2 * strength;
                    self.slope = (slope * direction.cos(), slope * direction.sin());
                } else {
                    let softness = rng.random_range(0.5..8.0);
                    let left = 0.35 - 0.32 * strength;
                    self.shadow = Some((direction, rng.random_range(-9.0..9.0), softness, left));
                }
            }
            Trouble::Noise => self.noise = 6.0 + 24.0 * strength,
            Trouble::Artefacts => {
                self.quality = 50;
                self.noise += 3.0 * strength;
                self.levels.1 -= 60.0 * strength;
            }
            Trouble::Occlusion => {
                if rng.random_bool(0.4) {
                    self.occlusions.push(Occlusion::Finger(1.0 + 10.0 * strength));
                } else {
                    let cracks = 1 + (5.0 * strength) as usize;
                    let crack = |_| Occlusion::Crack(0.4 + strength * rng.random_range(0.2..1.2));
                    self.occlusions.extend((0..cracks).map(crack));
                }
            }
            Trouble::Inversion => {
                self.is_paper = false;
                self.is_inverted = true;
            }
            Trouble::Exposure => {
                self.exposure = 1.5 + 7.0 * strength;
                self.levels.0 += 50.0 * strength;
            }
        }
    }

    /// The way that is left to rest at `time`, from 1 to 0.
    fn way(&self, time: f32) -> f32 {
        (-time / self.settling).exp()
    }

    fn along(&self, course: Course, time: f32) -> f32 {
        course.end + (course.start - course.end) * self.way(time)
    }

    fn place(&self, time: f32) -> Place {
        let tremble = self.rest + (1.0 - self.rest) * self.way(time);
        let [across, down] = self.swings.map(|swing| tremble * swing.at(time));
        (self.along(self.x, time) + across, self.along(self.y, time) + down)
    }

    pub fn pose(&self, time: f32) -> Pose {
        Pose {
            place: self.place(time),
            scale: self.along(self.scale, time),
            roll: self.along(self.roll, time),
            yaw: self.along(self.yaw, time),
            pitch: self.along(self.pitch, time),
        }
    }

    /// The way of the code while the shutter is open at `time`, in pixels.
    pub fn motion(&self, time: f32) -> Place {
        let half = self.shutter / 2.0;
        let (from, to) = (self.place(time - half), self.place(time + half));
        (to.0 - from.0, to.1 - from.1)
    }

    /// The blur of the lens at `time` as the standard deviation of a Gaussian, in pixels.
    pub fn defocus(&self, time: f32) -> f32 {
        self.along(self.defocus, time)
    }

    pub fn lighting(&self, time: f32) -> Lighting {
        let (black, white) = self.levels;
        // A reflection wanders as the phone turns.
        let way = 0.3 * (1.0 - self.way(time)) + 0.7 * time / 12.0;
        let wandered = |(glare, step): &(Glare, Place)| Glare {
            place: (glare.place.0 + way * step.0, glare.place.1 + way * step.1),
            ..*glare
        };
        Lighting {
            black: light_of(black),
            white: light_of(white) * self.exposure,
            slope: self.slope,
            shadow: self.shadow,
            glares: self.glares.iter().map(wandered).collect(),
        }
    }
}
