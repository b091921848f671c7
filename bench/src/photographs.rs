//! Photographs of codes, each with its text in a file beside it.

use std::fs;
use std::path::{Path, PathBuf};

use image::imageops::{FilterType, invert, resize};
use image::{GrayImage, ImageFormat};

use crate::Failure;
use crate::ours::Kiosk;
use crate::peers::{Peer, PeerProcess, sharpened};

/// How many photographs each reader read right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub photographs: u32,
    /// `hes-kiosk decode`.
    pub ours: u32,
    /// Texts of ours that are not the file's; where a photograph has several codes they may be another's.
    pub ours_other: u32,
    /// zxing-cpp's defaults.
    pub zxing: u32,
    /// zxing-cpp on the photograph as it is, sharpened, inverted, or half or twice as large.
    pub zxing_best: u32,
    pub rqrr: u32,
    /// zxing-cpp's best or rqrr.
    pub any: u32,
}

/// Reads the pictures in the tree at `folder` beside which a `.txt` file has their text.
///
/// # Errors
/// The folder, a picture or the kiosk fails.
pub fn count(folder: &Path, program: &Path, kiosk: &Kiosk) -> Result<Count, Failure> {
    let mut pictures = Vec::new();
    find(folder, &mut pictures)?;
    pictures.sort();
    let texts = kiosk.decode(&pictures)?;
    let (mut zxing, mut rqrr) =
        (PeerProcess::new(program, Peer::Zxing), PeerProcess::new(program, Peer::Rqrr));
    let mut count = Count::default();
    for path in &pictures {
        let expected = fs::read_to_string(path.with_extension("txt"))?;
        let is_right = |text: &String| text.trim_end_matches('\n') == expected.trim_end_matches('\n');
        let picture = image::open(path)?.into_luma8();
        count.photographs += 1;
        if let Some(text) = texts.get(path) {
            *(if is_right(text) { &mut count.ours } else { &mut count.ours_other }) += 1;
            if !is_right(text) {
                eprintln!("{}: another text", path.display());
            }
        }
        let mut is_read = Vec::new();
        for picture in variants(picture.clone()) {
            is_read.push(zxing.look(&picture)?.texts.iter().any(is_right));
        }
        let is_read_by_rqrr = rqrr.look(&picture)?.texts.iter().any(is_right);
        let is_read_by_zxing = is_read.contains(&true);
        count.zxing += u32::from(is_read[0]);
        count.zxing_best += u32::from(is_read_by_zxing);
        count.rqrr += u32::from(is_read_by_rqrr);
        count.any += u32::from(is_read_by_zxing || is_read_by_rqrr);
    }
    Ok(count)
}

/// The picture as it is, and what else is tried with it.
fn variants(picture: GrayImage) -> [GrayImage; 5] {
    let sharp = sharpened(&picture);
    let mut negative = picture.clone();
    invert(&mut negative);
    let (width, height) = picture.dimensions();
    let half = resize(&picture, (width / 2).max(1), (height / 2).max(1), FilterType::Triangle);
    let double = resize(&picture, 2 * width, 2 * height, FilterType::Triangle);
    [picture, sharp, negative, half, double]
}

fn find(folder: &Path, pictures: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, pictures)?;
        } else if ImageFormat::from_path(&path).is_ok() && path.with_extension("txt").is_file() {
            pictures.push(path);
        }
    }
    Ok(())
}
