//! What is heard when a decision is shown. Nothing waits for it, and nothing depends on it.

#[cfg(target_os = "linux")]
mod linux;

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use crate::entry::Decision;
#[cfg(target_os = "linux")]
use linux::{find, play};

/// A sound that has not begun so long after its decision is dropped: it would belong to the next visitor.
const LATEST: Duration = Duration::from_millis(500);

/// The frames a second of the sounds, which have one channel.
const RATE: u32 = 48_000;

/// What stands before the samples in a sound's file.
const HEADER_BYTES: usize = 44;

/// A decision's sound, told from the others by its rhythm and its tune.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// Two notes that rise.
    Admit,
    /// Two low notes of one height.
    Refuse,
    /// Three light taps.
    Unverified,
}

impl Sound {
    /// The sound of `decision`; each refusal has the same. Whoever leaves is not called after.
    pub fn of(decision: Decision) -> Option<Self> {
        match decision {
            Decision::Admit | Decision::AdmitByDesk => Some(Self::Admit),
            Decision::Refuse(_) => Some(Self::Refuse),
            Decision::Unverified(_) => Some(Self::Unverified),
            Decision::CheckOut => None,
        }
    }

    fn file(self) -> &'static [u8] {
        match self {
            Self::Admit => include_bytes!("../../assets/sounds/admit.wav"),
            Self::Refuse => include_bytes!("../../assets/sounds/refuse.wav"),
            Self::Unverified => include_bytes!("../../assets/sounds/unverified.wav"),
        }
    }

    /// The samples at a volume from 0 to 100. Its square comes near to how loud they are to an ear.
    fn samples(self, volume: u32) -> Vec<i16> {
        let gain = (f64::from(volume) / 100.0).powi(2);
        let samples = self.file().get(HEADER_BYTES..).unwrap_or_default().as_chunks::<2>().0;
        samples.iter().map(|sample| (f64::from(i16::from_le_bytes(*sample)) * gain).round() as i16).collect()
    }
}

/// A sound that is to be heard.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    pub(super) sound: Sound,
    pub(super) volume: u32,
    asked: Instant,
}

/// Why a sound was not heard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SoundError {
    /// There is no device, it is busy, or it went away; in ALSA's words.
    #[error("{0}")]
    Device(String),
    /// It is too slow.
    #[error("the device does not answer in time")]
    Slow,
}

/// Whether there is a device by which decisions can be heard. Plays nothing; may block.
///
/// # Errors
/// Why none of them would be heard now.
pub fn find_speaker() -> Result<(), SoundError> {
    find()
}

/// Plays sounds on a thread of its own.
#[derive(Debug)]
pub struct Speaker(SyncSender<Request>);

impl Speaker {
    /// A speaker whose device is opened for each sound anew, as it may come and go.
    pub fn start() -> Self {
        let (speaker, requests) = Self::new();
        let play = move || play_all(&requests);
        if let Err(error) = std::thread::Builder::new().name("speaker".to_owned()).spawn(play) {
            tracing::warn!(%error, "there will be no sound");
        }
        speaker
    }

    /// A speaker, and what is asked of it. One sound waits at most.
    pub fn new() -> (Self, Receiver<Request>) {
        let (sender, requests) = sync_channel(1);
        (Self(sender), requests)
    }

    /// Has a sound heard at a volume from 0 (not at all) to 100, or drops it where the device cannot keep up.
    pub(super) fn play(&self, sound: Sound, volume: u32, now: Instant) {
        if volume > 0 {
            // A full queue is that of a device that hangs.
            let _ = self.0.try_send(Request { sound, volume, asked: now });
        }
    }
}

/// Plays what is asked for until nobody can ask any more. What fails is told once, until it changes.
fn play_all(requests: &Receiver<Request>) {
    let mut failure = None;
    for Request { sound, volume, asked } in requests {
        let latest = asked + LATEST;
        if Instant::now() >= latest {
            continue;
        }
        let failed = play(&sound.samples(volume), latest).err();
        if failed != failure {
            match &failed {
                Some(cause) => tracing::warn!(%cause, "decisions are not heard"),
                None => tracing::info!("decisions are heard again"),
            }
            failure = failed;
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn find() -> Result<(), SoundError> {
    Err(SoundError::Device("sounds are played on Linux alone".to_owned()))
}

#[cfg(not(target_os = "linux"))]
fn play(_samples: &[i16], _latest: Instant) -> Result<(), SoundError> {
    find()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Sound; 3] = [Sound::Admit, Sound::Refuse, Sound::Unverified];

    /// The length of a window in which [`notes`] looks for sound: 10 ms.
    const WINDOW: usize = RATE as usize / 100;

    /// Where notes begin, in windows, and the frequency of each in Hz, as its zero crossings tell.
    fn notes(sound: Sound) -> Vec<(usize, f64)> {
        let samples = sound.samples(100);
        let loudness = |window: usize| {
            let samples = samples.get(window * WINDOW..(window + 1) * WINDOW).unwrap_or_default();
            samples.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>()
        };
        let begins = |window: &usize| {
            let before = window.checked_sub(1).map_or(0.0, loudness);
            loudness(*window) > 1e9 && loudness(*window) > 2.0 * before
        };
        let mut begun: Vec<usize> = (0..samples.len() / WINDOW).filter(begins).collect();
        begun.dedup_by(|later, earlier| *later - *earlier < 5);
        let frequency = |window: usize| {
            let note = &samples[(window + 2) * WINDOW..(window + 8) * WINDOW];
            let rises = note.windows(2).filter(|pair| pair[0] < 0 && pair[1] >= 0).count();
            rises as f64 / 0.06
        };
        begun.into_iter().map(|window| (window, frequency(window))).collect()
    }

    #[test]
    fn each_file_says_what_the_samples_are() {
        for sound in ALL {
            let file = sound.file();
            let number = |at: usize| {
                u32::from(u16::from_le_bytes([file[at], file[at + 1]])) | u32::from(file[at + 2]) << 16
            };
            assert_eq!(
                (&file[..4], &file[8..16], &file[36..40]),
                (&b"RIFF"[..], &b"WAVEfmt "[..], &b"data"[..])
            );
            assert_eq!((number(22) & 0xffff, number(24), number(34) & 0xffff), (1, RATE, 16));
            assert_eq!(number(40) as usize, file.len() - HEADER_BYTES);
        }
    }

    #[test]
    fn each_sound_is_short_and_neither_faint_nor_distorted() {
        for sound in ALL {
            let samples = sound.samples(100);
            let seconds = samples.len() as f64 / f64::from(RATE);
            let peak = samples.iter().map(|sample| sample.unsigned_abs()).max();
            assert!((0.3..=0.8).contains(&seconds), "{sound:?} takes {seconds} s");
            assert_eq!(peak, Some(16_422), "{sound:?}: -6 dB of full scale");
        }
    }

    #[test]
    fn no_sound_clicks_at_its_ends() {
        for sound in ALL {
            let samples = sound.samples(100);
            let mut ends = samples.iter().take(10).chain(samples.iter().rev().take(10));
            assert!(ends.all(|sample| sample.abs() < 200), "{sound:?}");
        }
    }

    #[test]
    fn sounds_are_told_apart_by_their_rhythm_and_their_tune() {
        let [admit, refuse, unverified] = ALL.map(notes);
        let pitches = |notes: &[(usize, f64)]| notes.iter().map(|note| note.1).collect::<Vec<_>>();
        assert_eq!((admit.len(), refuse.len(), unverified.len()), (2, 2, 3));
        assert!(admit[1].1 > 1.3 * admit[0].1, "{admit:?} rises");
        assert!(pitches(&refuse).iter().all(|pitch| (200.0..240.0).contains(pitch)), "{refuse:?} is low");
        assert!(
            pitches(&unverified).iter().all(|pitch| (420.0..460.0).contains(pitch)),
            "{unverified:?} is level"
        );
        assert!(refuse[1].0 > admit[1].0 + 10, "{refuse:?} is slower than {admit:?}");
    }

    #[test]
    fn a_volume_makes_every_sample_smaller_by_its_square() {
        let peak = |volume| Sound::Admit.samples(volume).into_iter().max().unwrap();
        let full = f64::from(peak(100));
        for (volume, share) in [(0, 0.0), (10, 0.01), (50, 0.25), (100, 1.0)] {
            assert_eq!(f64::from(peak(volume)), (full * share).round(), "{volume}");
        }
    }

    #[test]
    fn a_speaker_that_hangs_holds_nobody_up_and_collects_nothing() {
        let (speaker, requests) = Speaker::new();
        for _ in 0..1000 {
            speaker.play(Sound::Admit, 100, Instant::now());
        }
        assert_eq!(requests.try_iter().count(), 1);
    }
}
