//! Pictures in place of a camera: files, or the samples of the demo.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::{CameraError, Captured, PreviewPace};
use crate::scan::clock;
use crate::scan::frame::{Frame, PictureError, is_picture};

/// As many pictures are kept decoded; a longer sequence is decoded as it is shown.
const MAX_KEPT: usize = 16;

/// The demo: for how many seconds each sample is shown.
const SAMPLES: [(Sample, u32); 6] = [
    (Sample::Lobby, 30),
    (Sample::Admit, 6),
    (Sample::Lobby, 20),
    (Sample::Refuse, 6),
    (Sample::Lobby, 30),
    (Sample::Unverified, 6),
];

/// A picture of the demo, part of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Sample {
    /// Nobody shows a code.
    Lobby,
    /// A code that the simulator answers with riskless.
    Admit,
    /// A code that the simulator answers with risky.
    Refuse,
    /// A code that the simulator fails at.
    Unverified,
}

impl Sample {
    fn file(self) -> &'static [u8] {
        match self {
            Self::Lobby => include_bytes!("../../../assets/samples/lobby.jpg"),
            Self::Admit => include_bytes!("../../../assets/samples/admit.jpg"),
            Self::Refuse => include_bytes!("../../../assets/samples/refuse.jpg"),
            Self::Unverified => include_bytes!("../../../assets/samples/unverified.jpg"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Picture {
    File(PathBuf),
    Sample(Sample),
}

impl Picture {
    /// What changes when the picture does.
    fn version(&self) -> Option<(SystemTime, u64)> {
        match self {
            Self::File(path) => {
                let metadata = fs::metadata(path).ok()?;
                Some((metadata.modified().ok()?, metadata.len()))
            }
            Self::Sample(_) => Some((SystemTime::UNIX_EPOCH, 0)),
        }
    }

    fn load(&self) -> Result<Frame, PictureError> {
        match self {
            Self::File(path) => Frame::load(path),
            Self::Sample(sample) => Frame::from_memory(sample.file()),
        }
    }
}

/// A sequence of pictures, shown again and again at a steady pace.
///
/// A folder is listed anew each time, and a file that changed is read anew: what lies there is seen, as by
/// a camera.
pub struct Replay {
    /// The file or folder, unless samples are shown.
    path: Option<PathBuf>,
    /// Each picture, and for how many frames it is shown.
    pictures: Vec<(Picture, u32)>,
    /// The place in `pictures`, and how many of its frames were shown.
    place: (usize, u32),
    kept: HashMap<Picture, ((SystemTime, u64), Frame)>,
    interval: Duration,
    due: Instant,
    preview: PreviewPace,
}

impl Replay {
    /// A replay of the picture at `path`, or of the folder's pictures in the order of their names, one each
    /// `interval`.
    ///
    /// # Errors
    /// [`CameraError::Missing`] where there is nothing.
    pub fn open(path: PathBuf, interval: Duration) -> Result<Self, CameraError> {
        let pictures = list(&path)?;
        Ok(Self::new(Some(path), pictures, interval))
    }

    /// The demo's samples.
    pub fn samples(interval: Duration) -> Self {
        let frames = |seconds: u32| (f64::from(seconds) / interval.as_secs_f64()).round() as u32;
        let pictures = SAMPLES.map(|(sample, seconds)| (Picture::Sample(sample), frames(seconds)));
        Self::new(None, pictures.into(), interval)
    }

    fn new(path: Option<PathBuf>, pictures: Vec<(Picture, u32)>, interval: Duration) -> Self {
        Self {
            path,
            pictures,
            place: (0, 0),
            kept: HashMap::new(),
            interval,
            due: Instant::now(),
            preview: PreviewPace::new(),
        }
    }

    /// The next picture, at its time; `None` where that is later than after `patience`. A picture that
    /// can't be read is damage.
    ///
    /// # Errors
    /// [`CameraError`] where the pictures are gone.
    pub fn next(&mut self, patience: Duration) -> Result<Option<Captured>, CameraError> {
        let wait = self.due.saturating_duration_since(Instant::now());
        thread::sleep(wait.min(patience));
        if wait > patience {
            return Ok(None);
        }
        self.due = (self.due + self.interval).max(Instant::now());
        let Some((picture, frames)) = self.pictures.get(self.place.0).cloned() else {
            return Err(CameraError::Missing);
        };
        let frame = self.frame(&picture).ok();
        self.advance(frames)?;
        let is_due = self.preview.is_due();
        let shown = frame.map(|frame| Frame {
            preview: frame.preview.filter(|_| is_due),
            captured: clock::monotonic(),
            ..frame
        });
        Ok(Some(shown.into()))
    }

    fn advance(&mut self, frames: u32) -> Result<(), CameraError> {
        let (picture, shown) = self.place;
        self.place = if shown + 1 < frames { (picture, shown + 1) } else { (picture + 1, 0) };
        if self.place.0 >= self.pictures.len() {
            self.place = (0, 0);
            if let Some(path) = &self.path {
                self.pictures = list(path)?;
            }
        }
        Ok(())
    }

    fn frame(&mut self, picture: &Picture) -> Result<Frame, PictureError> {
        let version = picture.version();
        if let Some((kept, frame)) = self.kept.get(picture)
            && Some(*kept) == version
        {
            return Ok(frame.clone());
        }
        let frame = picture.load()?;
        if self.kept.len() >= MAX_KEPT {
            self.kept.clear();
        }
        if let Some(version) = version {
            self.kept.insert(picture.clone(), (version, frame.clone()));
        }
        Ok(frame)
    }
}

/// The picture files at `path`, one frame each.
fn list(path: &Path) -> Result<Vec<(Picture, u32)>, CameraError> {
    Ok(pictures(path)?.into_iter().map(|path| (Picture::File(path), 1)).collect())
}

/// The picture at `path`, or those of the folder in the order of their names; links are followed.
///
/// # Errors
/// [`CameraError`] where there is none.
pub fn pictures(path: &Path) -> Result<Vec<PathBuf>, CameraError> {
    let error = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::PermissionDenied => CameraError::NoPermission,
        _ => CameraError::Missing,
    };
    if !fs::metadata(path).map_err(error)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut paths: Vec<PathBuf> =
        fs::read_dir(path).map_err(error)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| is_picture(path) && path.is_file());
    paths.sort();
    if paths.is_empty() {
        return Err(CameraError::Missing);
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma};

    use super::*;

    const FAST: Duration = Duration::from_millis(1);

    fn write(path: &Path, shade: u8) {
        GrayImage::from_pixel(2, 2, Luma([shade])).save(path).unwrap();
    }

    fn shades(replay: &mut Replay, count: usize) -> Vec<u8> {
        let mut shades = Vec::new();
        while shades.len() < count {
            if let Some(Captured::Frame(frame)) = replay.next(Duration::from_secs(1)).unwrap() {
                shades.push(frame.luma.pixels()[0]);
            }
        }
        shades
    }

    #[test]
    fn a_folder_is_shown_in_the_order_of_names_again_and_again() {
        let folder = tempfile::tempdir().unwrap();
        for (name, shade) in [("b.png", 2), ("a.png", 1), ("c.png", 3)] {
            write(&folder.path().join(name), shade);
        }
        fs::write(folder.path().join("aa.txt"), "no picture").unwrap();
        let mut replay = Replay::open(folder.path().to_owned(), FAST).unwrap();
        assert_eq!(shades(&mut replay, 7), [1, 2, 3, 1, 2, 3, 1]);
    }

    #[test]
    fn a_longer_sequence_than_is_kept_is_shown_whole() {
        let folder = tempfile::tempdir().unwrap();
        for shade in 0..20 {
            write(&folder.path().join(format!("{shade:02}.png")), shade);
        }
        let mut replay = Replay::open(folder.path().to_owned(), FAST).unwrap();
        assert_eq!(shades(&mut replay, 40), (0..20).chain(0..20).collect::<Vec<u8>>());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed() {
        let elsewhere = tempfile::tempdir().unwrap();
        let folder = tempfile::tempdir().unwrap();
        write(&elsewhere.path().join("picture.png"), 5);
        let link = folder.path().join("link.png");
        std::os::unix::fs::symlink(elsewhere.path().join("picture.png"), link).unwrap();
        let mut replay = Replay::open(folder.path().to_owned(), FAST).unwrap();
        assert_eq!(shades(&mut replay, 1), [5]);
    }

    #[test]
    fn a_picture_that_comes_later_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("a.png"), 1);
        let mut replay = Replay::open(folder.path().to_owned(), FAST).unwrap();
        assert_eq!(shades(&mut replay, 1), [1]);
        write(&folder.path().join("b.png"), 2);
        assert!(shades(&mut replay, 4).contains(&2));
    }

    #[test]
    fn an_unreadable_picture_is_damage_between_good_ones() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("a.png"), 1);
        fs::write(folder.path().join("b.png"), "no picture").unwrap();
        let mut replay = Replay::open(folder.path().to_owned(), FAST).unwrap();
        let damaged: Vec<bool> =
            (0..4).map(|_| matches!(replay.next(FAST * 1000).unwrap(), Some(Captured::Damaged))).collect();
        assert_eq!(damaged, [false, true, false, true]);
    }

    #[test]
    fn where_there_is_nothing_the_camera_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        for path in [folder.path().to_owned(), folder.path().join("nothing.png")] {
            assert!(matches!(Replay::open(path, FAST), Err(CameraError::Missing)));
        }
    }

    #[test]
    fn a_slow_replay_does_not_wait_longer_than_asked() {
        let mut replay = Replay::samples(Duration::from_secs(3600));
        assert!(replay.next(FAST).unwrap().is_some());
        assert!(replay.next(FAST).unwrap().is_none());
    }

    #[test]
    fn samples_are_shown_for_their_seconds_at_each_rate() {
        for rate in [1, 30, 120] {
            let replay = Replay::samples(Duration::from_secs(1) / rate);
            let frames: Vec<u32> = replay.pictures.iter().map(|(_, frames)| *frames).collect();
            assert_eq!(frames, [30, 6, 20, 6, 30, 6].map(|seconds| seconds * rate));
        }
    }
}
