//! Finder patterns: the three marks at a code's corners, found in a bitmap by their runs of 1 1 3 1 1 modules.

use super::grid::side_of;
use crate::scan::decode::{Corners, Point};
use crate::scan::frame::Luma;

/// A mark that looks like a finder pattern.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finder {
    /// Its centre.
    pub at: Point,
    /// Pixels a module.
    pub module: f32,
    /// Light on dark.
    pub inverted: bool,
    /// How many rows saw it.
    pub rows: u32,
}

/// So far, in modules, may a run be off.
const TOLERANCE: f32 = 0.7;

fn is_finder(runs: &[u32; 5]) -> Option<f32> {
    let total: u32 = runs.iter().sum();
    if total < 7 {
        return None;
    }
    let module = total as f32 / 7.0;
    let fits = |run: u32, modules: f32| {
        (run as f32 - modules * module).abs() < TOLERANCE * module * modules.max(1.0).sqrt()
    };
    (fits(runs[0], 1.0)
        && fits(runs[1], 1.0)
        && fits(runs[2], 3.0)
        && fits(runs[3], 1.0)
        && fits(runs[4], 1.0))
    .then_some(module)
}

/// The runs of alternating shade through (`column`, `row`), along a column or a row, with the middle's centre.
fn cross(bitmap: &Luma, column: usize, row: usize, down: bool, longest: u32) -> Option<(f32, f32)> {
    let (width, height) = (bitmap.width() as usize, bitmap.height() as usize);
    let pixels = bitmap.pixels();
    let (start, step, before, after) = if down {
        (row * width + column, width, row, height - 1 - row)
    } else {
        (row * width + column, 1, column, width - 1 - column)
    };
    let middle = pixels[start];
    let walk = |limit: usize, forward: bool| -> Option<[u32; 3]> {
        let mut runs = [0u32; 3];
        let mut shade = middle;
        let mut part = 0;
        for distance in 1..=limit {
            let place = if forward { start + distance * step } else { start - distance * step };
            if pixels[place] != shade {
                part += 1;
                if part == 3 {
                    return Some(runs);
                }
                shade = pixels[place];
            }
            runs[part] += 1;
            if runs[part] > longest {
                return None;
            }
        }
        (part == 2).then_some(runs)
    };
    let back = walk(before, false)?;
    let forth = walk(after, true)?;
    let runs = [back[2], back[1], back[0] + 1 + forth[0], forth[1], forth[2]];
    let module = is_finder(&runs)?;
    let centre = if down { row } else { column } as f32 + (forth[0] as f32 - back[0] as f32) / 2.0 + 0.5;
    Some((centre, module))
}

/// The finder patterns in `bitmap`, most often seen first.
pub fn finders(bitmap: &Luma) -> Vec<Finder> {
    let (width, height) = (bitmap.width() as usize, bitmap.height() as usize);
    let pixels = bitmap.pixels();
    let mut found: Vec<Finder> = Vec::new();
    for row in 0..height {
        let line = &pixels[row * width..(row + 1) * width];
        let mut runs = [0u32; 5];
        let mut start = 0;
        let mut seen = 0;
        for column in 1..=width {
            if column < width && line[column] == line[column - 1] {
                continue;
            }
            runs.rotate_left(1);
            runs[4] = (column - start) as u32;
            seen += 1;
            let end = start;
            start = column;
            if seen < 5 {
                continue;
            }
            let Some(module) = is_finder(&runs) else { continue };
            // The middle of the middle run.
            let middle = end - runs[3] as usize - runs[2] as usize / 2 - 1;
            let longest = (4.0 * module) as u32 + 3;
            let Some((y, tall)) = cross(bitmap, middle, row, true, longest) else { continue };
            if !(0.5..2.0).contains(&(tall / module)) {
                continue;
            }
            let Some((x, wide)) = cross(bitmap, middle, (y as usize).min(height - 1), false, longest) else {
                continue;
            };
            let module = (wide + tall) / 2.0;
            let inverted = line[middle] != 0;
            add(&mut found, Finder { at: Point { x, y }, module, inverted, rows: 1 });
            if found.len() > 200 {
                return found;
            }
        }
    }
    found.sort_by_key(|finder| std::cmp::Reverse(finder.rows));
    found
}

fn add(found: &mut Vec<Finder>, new: Finder) {
    for known in found.iter_mut() {
        let near = (known.at.x - new.at.x).abs() < 2.0 * known.module
            && (known.at.y - new.at.y).abs() < 2.0 * known.module;
        if near && known.inverted == new.inverted {
            let n = known.rows as f32;
            known.at.x = (known.at.x * n + new.at.x) / (n + 1.0);
            known.at.y = (known.at.y * n + new.at.y) / (n + 1.0);
            known.module = (known.module * n + new.module) / (n + 1.0);
            known.rows += 1;
            return;
        }
    }
    found.push(new);
}

/// Where a code may lie.
#[derive(Debug, Clone, Copy)]
pub struct Guess {
    /// Its outer corners.
    pub corners: Corners,
    /// Its version.
    pub version: usize,
}

/// As many of the marks seen most often are combined, and as many of the likeliest triples are kept.
const MOST_MARKS: usize = 24;
const MOST_TRIPLES: usize = 6;

/// Three marks that lie like those of a code: top left, top right and bottom left.
struct Triple {
    marks: [Point; 3],
    /// The length of a side, in modules.
    modules: f32,
    /// How far from a square seen straight.
    oddness: f32,
}

impl Triple {
    fn new(a: &Finder, b: &Finder, c: &Finder) -> Option<Self> {
        let alike =
            |one: &Finder| one.inverted == a.inverted && (0.6..1.67).contains(&(one.module / a.module));
        if !alike(b) || !alike(c) {
            return None;
        }
        let (right_x, right_y) = (b.at.x - a.at.x, b.at.y - a.at.y);
        let (down_x, down_y) = (c.at.x - a.at.x, c.at.y - a.at.y);
        let (right, down) = (right_x.hypot(right_y), down_x.hypot(down_y));
        let is_clockwise = right_x * down_y - right_y * down_x > 0.0;
        let cosine = ((right_x * down_x + right_y * down_y) / (right * down)).abs();
        let module = (a.module + b.module + c.module) / 3.0;
        let modules = (right + down) / 2.0 / module + 7.0;
        let fits = is_clockwise
            && cosine < 0.5
            && (0.6..1.67).contains(&(right / down))
            && (22.0..54.0).contains(&modules);
        let odd = |ratio: f32| ratio.ln().abs();
        let oddness = cosine + odd(right / down) + odd(b.module / a.module) + odd(c.module / a.module);
        fits.then_some(Self { marks: [a.at, b.at, c.at], modules, oddness })
    }

    /// The corners of a code of `side` modules, in a picture `scale` times as large.
    fn corners(&self, side: f32, scale: f32) -> Corners {
        let [a, b, c] = self.marks;
        // A mark's centre lies three and a half modules inside.
        let at = |u: f32, v: f32| {
            let (s, t) = ((u - 3.5) / (side - 7.0), (v - 3.5) / (side - 7.0));
            Point {
                x: scale * (a.x + s * (b.x - a.x) + t * (c.x - a.x)),
                y: scale * (a.y + s * (b.y - a.y) + t * (c.y - a.y)),
            }
        };
        [at(0.0, 0.0), at(side, 0.0), at(side, side), at(0.0, side)]
    }
}

/// Where codes of `versions` may lie that have three of the marks `found`, in a picture `scale` times as
/// large as the one in which these were found.
pub fn guesses(found: &[Finder], scale: f32, versions: impl Iterator<Item = usize> + Clone) -> Vec<Guess> {
    let found = &found[..found.len().min(MOST_MARKS)];
    let mut triples = Vec::new();
    for a in found {
        for b in found.iter().filter(|b| b.at != a.at) {
            triples.extend(
                found.iter().filter(|c| c.at != a.at && c.at != b.at).filter_map(|c| Triple::new(a, b, c)),
            );
        }
    }
    triples.sort_by(|one, other| one.oddness.total_cmp(&other.oddness));
    triples.truncate(MOST_TRIPLES);
    let of_triple = |triple: &Triple| {
        let near = |version: &usize| (side_of(*version) as f32 / triple.modules - 1.0).abs() < 0.22;
        let guess = |version| Guess { corners: triple.corners(side_of(version) as f32, scale), version };
        versions.clone().filter(near).map(guess).collect::<Vec<_>>()
    };
    triples.iter().flat_map(of_triple).collect()
}
