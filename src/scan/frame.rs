//! Pictures: what is decoded, what is shown, and how both come out of files and of cameras.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Cursor, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgba, RgbaImage};

use super::clock;

/// The most pixels that a picture may have.
pub const MAX_PIXELS: u64 = 100_000_000;

/// The most bytes that a picture may take in its file and, again, in memory.
const MAX_BYTES: u64 = 512 << 20;

/// The greatest width of a preview in pixels.
pub const MAX_PREVIEW_WIDTH: u32 = 640;

/// The greatest height of a preview in pixels.
pub const MAX_PREVIEW_HEIGHT: u32 = 480;

/// Why a picture file gave no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The system refused to open or read the file.
    #[error("it can't be opened: {0}")]
    Unopened(String),
    /// A folder, a pipe, a device: reading it could last for ever.
    #[error("it is not a file")]
    NotAFile,
    /// More than 100 megapixels, or more than 512 MiB.
    #[error("it is larger than 100 megapixels or 512 MiB")]
    TooLarge,
    /// Not a picture, of an unknown format, or damaged.
    #[error("it is not a readable picture: {0}")]
    Unreadable(String),
}

/// A picture's brightness, one byte a pixel, row by row: what decoders look at.
#[derive(Clone, PartialEq, Eq)]
pub struct Luma {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Luma {
    /// A picture of `width` x `height`; `None` where `pixels` has another length, or none, or where there
    /// are more than [`MAX_PIXELS`].
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let expected = u64::from(width) * u64::from(height);
        let fits = (1..=MAX_PIXELS).contains(&expected) && pixels.len() as u64 == expected;
        fits.then_some(Self { width, height, pixels })
    }

    /// Reads a picture file: PNG, JPEG, WebP, BMP or PNM. What is transparent becomes white. Orientation
    /// marks are ignored: codes are read in each orientation.
    ///
    /// # Errors
    /// [`PictureError`] says why there is no picture.
    pub fn load(path: &Path) -> Result<Self, PictureError> {
        Self::from_image(open(path)?)
    }

    fn from_image(image: DynamicImage) -> Result<Self, PictureError> {
        let image = image.into_luma8();
        let (width, height) = image.dimensions();
        Self::new(width, height, image.into_raw()).ok_or(PictureError::TooLarge)
    }

    /// The width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// The height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The brightness of each pixel, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The same picture with black and white exchanged.
    pub fn inverted(&self) -> Self {
        let pixels = self.pixels.iter().map(|pixel| !pixel).collect();
        Self { width: self.width, height: self.height, pixels }
    }

    /// The same picture made smaller, so that neither side is longer than `side`.
    pub fn scaled_down(&self, side: u32) -> Option<Self> {
        let image = GrayImage::from_raw(self.width, self.height, self.pixels.clone())?;
        Self::from_image(DynamicImage::ImageLuma8(image).thumbnail(side, side)).ok()
    }
}

/// A small mirrored picture for the screen, four bytes a pixel: red, green, blue, opaque.
#[derive(Clone, PartialEq, Eq)]
pub struct Preview {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
}

impl Preview {
    /// A preview of `width` x `height`; `None` where `rgba` has another length than four bytes a pixel, or
    /// where it is larger than [`MAX_PREVIEW_WIDTH`] x [`MAX_PREVIEW_HEIGHT`].
    pub fn new(width: u32, height: u32, rgba: Vec<u8>) -> Option<Self> {
        let fits = (1..=MAX_PREVIEW_WIDTH).contains(&width)
            && (1..=MAX_PREVIEW_HEIGHT).contains(&height)
            && rgba.len() as u64 == 4 * u64::from(width) * u64::from(height);
        fits.then_some(Self { width, height, rgba })
    }

    /// The mirrored preview of a frame of `width` x `height`, whose pixel at column x and row y is
    /// `rgb(x, y)`; one pixel of the frame for each of the preview.
    pub fn sample(width: u32, height: u32, rgb: impl Fn(usize, usize) -> [u8; 3]) -> Option<Self> {
        let (preview_width, preview_height) = fit(width, height);
        let centre = |place: u32, from: u32, to: u32| {
            (u64::from(2 * place + 1) * u64::from(from) / u64::from(2 * to)) as usize
        };
        let columns: Vec<usize> =
            (0..preview_width).rev().map(|column| centre(column, width, preview_width)).collect();
        let mut rgba = Vec::with_capacity(4 * preview_width as usize * preview_height as usize);
        for row in 0..preview_height {
            let row = centre(row, height, preview_height);
            for &column in &columns {
                let [red, green, blue] = rgb(column, row);
                rgba.extend_from_slice(&[red, green, blue, u8::MAX]);
            }
        }
        Self::new(preview_width, preview_height, rgba)
    }

    fn from_image(image: &DynamicImage) -> Option<Self> {
        let (width, height) = fit(image.width(), image.height());
        let small = image.thumbnail_exact(width, height).fliph().into_rgba8();
        Self::new(width, height, small.into_raw())
    }

    /// The width in pixels, at most [`MAX_PREVIEW_WIDTH`].
    pub fn width(&self) -> u32 {
        self.width
    }

    /// The height in pixels, at most [`MAX_PREVIEW_HEIGHT`].
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Red, green, blue and opacity (always 255) of each pixel, row by row.
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }

    /// The same picture with left and right exchanged: as the camera sees it.
    pub fn mirrored(mut self) -> Self {
        let (pixels, _) = self.rgba.as_chunks_mut::<4>();
        pixels.chunks_exact_mut(self.width as usize).for_each(<[_]>::reverse);
        self
    }

    /// The bytes of [`Preview::rgba`], given away.
    pub fn into_rgba(self) -> Vec<u8> {
        self.rgba
    }
}

impl std::fmt::Debug for Preview {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Preview({}x{})", self.width, self.height)
    }
}

/// The largest size of a preview that keeps the aspect ratio of `width` x `height`, never enlarged.
fn fit(width: u32, height: u32) -> (u32, u32) {
    let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let (max_width, max_height) = (u64::from(MAX_PREVIEW_WIDTH), u64::from(MAX_PREVIEW_HEIGHT));
    let (fit_width, fit_height) = if width <= max_width && height <= max_height {
        (width, height)
    } else if width * max_height >= height * max_width {
        (max_width, (height * max_width / width).max(1))
    } else {
        ((width * max_height / height).max(1), max_height)
    };
    (fit_width as u32, fit_height as u32)
}

/// One picture of a camera: all of it to decode and, now and then, a small one to show.
#[derive(Clone)]
pub struct Frame {
    /// What is decoded, never mirrored.
    pub luma: Arc<Luma>,
    /// What is shown, where one is due.
    pub preview: Option<Preview>,
    /// When the frame was read from its source, by [`clock::monotonic`]; the driver may have had it before.
    pub captured: Duration,
}

impl Frame {
    /// A frame that came just now.
    pub fn new(luma: Luma, preview: Option<Preview>) -> Self {
        Self { luma: Arc::new(luma), preview, captured: clock::monotonic() }
    }

    /// Reads a picture file as [`Luma::load`] does.
    ///
    /// # Errors
    /// [`PictureError`] says why there is no picture.
    pub fn load(path: &Path) -> Result<Self, PictureError> {
        Self::from_image(open(path)?)
    }

    /// Reads a picture that is in memory as a whole file.
    ///
    /// # Errors
    /// [`PictureError`] says why there is no picture.
    pub fn from_memory(file: &[u8]) -> Result<Self, PictureError> {
        Self::from_image(read(Cursor::new(file))?)
    }

    fn from_image(image: DynamicImage) -> Result<Self, PictureError> {
        let preview = Preview::from_image(&image);
        Ok(Self::new(Luma::from_image(image)?, preview))
    }
}

/// Whether the name of a file says that it is a picture that can be read.
pub fn is_picture(path: &Path) -> bool {
    ImageFormat::from_path(path).is_ok_and(|format| format.reading_enabled())
}

/// Opens a picture file; what is transparent is white in the result.
fn open(path: &Path) -> Result<DynamicImage, PictureError> {
    let unopened = |error: std::io::Error| PictureError::Unopened(error.to_string());
    let metadata = fs::metadata(path).map_err(unopened)?;
    if !metadata.is_file() {
        return Err(PictureError::NotAFile);
    }
    if metadata.len() > MAX_BYTES {
        return Err(PictureError::TooLarge);
    }
    read(BufReader::new(File::open(path).map_err(unopened)?))
}

fn read(file: impl BufRead + Seek) -> Result<DynamicImage, PictureError> {
    let unreadable = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => PictureError::TooLarge,
        other => PictureError::Unreadable(other.to_string()),
    };
    let mut reader = ImageReader::new(file)
        .with_guessed_format()
        .map_err(|error| PictureError::Unopened(error.to_string()))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_BYTES {
        return Err(PictureError::TooLarge);
    }
    // The JPEG decoder panics at some damaged files, and touches its own data alone.
    let image = catch_unwind(AssertUnwindSafe(|| DynamicImage::from_decoder(decoder)))
        .map_err(|_| PictureError::Unreadable("its decoder failed".to_owned()))?
        .map_err(unreadable)?;
    Ok(if image.color().has_alpha() { on_white(image.into_rgba8()) } else { image })
}

fn on_white(mut image: RgbaImage) -> DynamicImage {
    for Rgba([red, green, blue, opacity]) in image.pixels_mut() {
        let alpha = u16::from(*opacity);
        for channel in [red, green, blue] {
            let blended = (u16::from(*channel) * alpha + 255 * (255 - alpha)) / 255;
            *channel = u8::try_from(blended).unwrap_or(u8::MAX);
        }
        *opacity = u8::MAX;
    }
    DynamicImage::ImageRgba8(image)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
    }

    #[test]
    fn a_picture_has_as_many_pixels_as_its_size_says() {
        assert!(Luma::new(2, 2, vec![0; 4]).is_some());
        assert!(Luma::new(2, 2, vec![0; 5]).is_none());
        assert!(Luma::new(0, 2, Vec::new()).is_none());
        assert!(Luma::new(u32::MAX, u32::MAX, Vec::new()).is_none());
    }

    #[test]
    fn a_preview_keeps_the_aspect_ratio_and_is_never_enlarged() {
        for (size, fitted) in [
            ((1280, 720), (640, 360)),
            ((640, 480), (640, 480)),
            ((320, 240), (320, 240)),
            ((480, 640), (360, 480)),
            ((4000, 3000), (640, 480)),
            ((100_000, 1), (640, 1)),
            ((1, 100_000), (1, 480)),
        ] {
            assert_eq!(fit(size.0, size.1), fitted, "{size:?}");
        }
    }

    #[test]
    fn a_preview_is_mirrored() {
        let preview = Preview::sample(2, 1, |column, _| [column as u8, 7, 9]).unwrap();
        assert_eq!(preview.rgba(), [1, 7, 9, 255, 0, 7, 9, 255]);
    }

    #[test]
    fn a_preview_mirrored_again_is_what_the_camera_sees() {
        let preview = Preview::sample(3, 2, |column, row| [column as u8, row as u8, 9]).unwrap().mirrored();
        let columns: Vec<u8> = preview.rgba().chunks(4).map(|pixel| pixel[0]).collect();
        assert_eq!(columns, [0, 1, 2, 0, 1, 2]);
    }

    #[test]
    fn each_pixel_of_a_preview_comes_from_inside_the_frame() {
        for (width, height) in [(1, 1), (639, 481), (1281, 723), (5000, 3)] {
            let preview = Preview::sample(width, height, |column, row| {
                assert!(column < width as usize && row < height as usize);
                [0; 3]
            });
            assert!(preview.is_some(), "{width}x{height}");
        }
    }

    #[test]
    fn a_replayed_picture_is_mirrored_for_the_screen_alone() {
        let image = image::RgbImage::from_fn(2, 1, |column, _| image::Rgb([255 * column as u8; 3]));
        let frame = Frame::from_image(DynamicImage::ImageRgb8(image)).unwrap();
        assert_eq!(frame.luma.pixels(), [0, 255]);
        assert_eq!(frame.preview.unwrap().rgba(), [255, 255, 255, 255, 0, 0, 0, 255]);
    }

    #[test]
    fn what_is_transparent_becomes_white() {
        let luma = Luma::load(&fixture("transparent.png")).unwrap();
        assert!(luma == Luma::load(&fixture("code.png")).unwrap());
    }

    #[test]
    fn a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() {
        let mut header = b"P5\n20000 20000\n255\n".to_vec();
        header.extend([0; 64]);
        assert_eq!(Frame::from_memory(&header).err(), Some(PictureError::TooLarge));
    }

    #[test]
    fn what_is_no_file_is_not_waited_for() {
        assert_eq!(Luma::load(Path::new("/dev/zero")).err(), Some(PictureError::NotAFile));
        assert_eq!(Luma::load(&fixture("")).err(), Some(PictureError::NotAFile));
    }

    #[test]
    fn what_is_no_picture_is_unreadable() {
        let unreadable = Frame::from_memory(b"certainly no picture");
        assert!(matches!(unreadable.err(), Some(PictureError::Unreadable(_))));
    }

    #[test]
    fn a_picture_made_smaller_keeps_its_aspect_ratio() {
        let luma = Luma::new(400, 100, vec![9; 40_000]).unwrap().scaled_down(200).unwrap();
        assert_eq!((luma.width(), luma.height()), (200, 50));
    }
}
