//! A camera looked through for some seconds, for whoever installs a kiosk: what comes, how good it is, and
//! what the door's own [`Watcher`] makes of it.

use std::sync::Arc;
use std::sync::mpsc::{self, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

use super::camera::{
    Brightness, Camera, CameraError, Captured, CodeInView, Control, Format, Seen, sharpness,
};
use super::child;
use super::frame::Luma;
use super::watcher::Watcher;

/// How long a camera may be silent before it is asked whether it still works.
const PATIENCE: Duration = Duration::from_millis(250);

/// What was found out about a camera.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspection {
    /// What a camera was told to send; `None` of pictures that stand in for one.
    pub format: Option<Format>,
    /// What was to be set on the camera and could not be.
    pub unmet: Vec<Control>,
    /// What was seen.
    pub seen: Seen,
}

/// Looks through the source of `config` for so long.
///
/// # Errors
/// Why there are no frames, or no more.
pub fn inspect(config: &super::Config, duration: Duration) -> Result<Inspection, CameraError> {
    let mut camera = Camera::open(config, &mut || {})?;
    let (format, unmet) = (camera.format(), camera.unmet().to_vec());
    // Frames are counted on a thread of their own, so that decoding makes no camera look slow.
    let (frames, newest) = mpsc::sync_channel(1);
    let (counted, looked) = thread::scope(|scope| {
        let counting = scope.spawn(move || count(&mut camera, duration, &frames));
        let mut looked = Looked::default();
        let mut tell = |_| {};
        let mut watcher = Watcher::new(child::program(), &mut tell);
        for luma in newest {
            looked.note(&luma, &mut watcher);
        }
        (counting.join(), looked)
    });
    // A driver's crate that panics has failed.
    let counted = counted.unwrap_or(Err(CameraError::Failed))?;
    Ok(Inspection { format, unmet, seen: seen(&counted, looked) })
}

/// What comes from a camera, without a look at what it shows.
#[derive(Default)]
struct Counted {
    frames: u32,
    damaged: u32,
    size: Option<(u32, u32)>,
    brightness: Vec<Brightness>,
    /// From the first frame to the last.
    span: Duration,
}

/// Counts what comes, and passes on what there is time to look at.
fn count(
    camera: &mut Camera,
    duration: Duration,
    newest: &SyncSender<Arc<Luma>>,
) -> Result<Counted, CameraError> {
    let mut counted = Counted::default();
    let start = Instant::now();
    let mut first = None;
    while start.elapsed() < duration {
        let Some(captured) = camera.next(PATIENCE)? else { continue };
        counted.frames += 1;
        counted.span = first.get_or_insert_with(Instant::now).elapsed();
        match captured {
            Captured::Damaged => counted.damaged += 1,
            Captured::Frame(frame) => {
                counted.size = Some((frame.luma.width(), frame.luma.height()));
                counted.brightness.push(Brightness::of(&frame.luma));
                // While another is looked at this one is passed over.
                let _ = newest.try_send(frame.luma);
            }
        }
    }
    Ok(counted)
}

/// What was seen in the frames that there was time to look at.
#[derive(Default)]
struct Looked {
    sharpness: Vec<f32>,
    module_pixels: Vec<f32>,
    is_read: bool,
    is_promising: bool,
}

impl Looked {
    fn note(&mut self, luma: &Arc<Luma>, watcher: &mut Watcher<'_>) {
        self.sharpness.extend(sharpness(luma));
        let look = watcher.look(luma);
        self.is_promising |= look.is_promising;
        self.is_read |= !look.found.is_empty();
        self.module_pixels.extend(look.found.iter().filter_map(|decoded| decoded.module_pixels));
    }
}

fn seen(counted: &Counted, looked: Looked) -> Seen {
    let mean = |of: fn(&Brightness) -> f32| {
        counted.brightness.iter().map(of).sum::<f32>() / counted.brightness.len() as f32
    };
    let brightness = Brightness { mean: mean(|known| known.mean), spread: mean(|known| known.spread) };
    Seen {
        frames: counted.frames,
        damaged: counted.damaged,
        size: counted.size,
        frame_rate: (counted.frames > 1 && !counted.span.is_zero())
            .then(|| (counted.frames - 1) as f32 / counted.span.as_secs_f32()),
        brightness: (!counted.brightness.is_empty()).then_some(brightness),
        sharpness: median(looked.sharpness),
        code: match (looked.is_read, looked.is_promising) {
            (true, _) => CodeInView::Read { module_pixels: median(looked.module_pixels) },
            (false, true) => CodeInView::Unread,
            (false, false) => CodeInView::None,
        },
    }
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}
