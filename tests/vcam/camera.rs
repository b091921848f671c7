//! A webcam made of software, plugged into the kernel's virtual USB controller: the driver of real webcams
//! (`uvcvideo`) finds it, and a program can't tell it from one of them.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, Rgb, RgbImage};

use crate::PATIENCE;
use crate::descriptors::{self, AUTO_EXPOSURE, CONTROLS, Control, Encoding, Offer};
use crate::usb::{self, Request, Setup};

/// A payload of the class: two bytes of header and what remains of the host's room (USB Video Class 1.0,
/// 2.4.3).
const PAYLOAD_BYTES: u32 = 16384;
const HEADER_BYTES: usize = 2;
const END_OF_HEADER: u8 = 0x80;
const END_OF_FRAME: u8 = 0x02;

/// The length of what host and camera agree on: format, size, interval.
const PROBE_BYTES: usize = 26;

/// Requests of the class (USB Video Class 1.0, A.8).
const SET_CURRENT: u8 = 0x01;
const GET_CURRENT: u8 = 0x81;
const GET_MINIMUM: u8 = 0x82;
const GET_MAXIMUM: u8 = 0x83;
const GET_RESOLUTION: u8 = 0x84;
const GET_LENGTH: u8 = 0x85;
const GET_INFORMATION: u8 = 0x86;
const GET_DEFAULT: u8 = 0x87;

/// What the camera sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// A phone with a code.
    Code,
    /// Nothing but a grey wall.
    Wall,
    /// The inside of a lens cap.
    Black,
    /// Frames that no decoder can make anything of.
    Damaged,
    /// Nothing at all.
    Nothing,
}

/// A camera that is plugged in. Dropping it unplugs it.
pub struct Camera {
    name: String,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

impl Camera {
    /// Plugs a camera in and waits until the system knows it.
    pub fn plug(name: &str, offers: &[Offer]) -> Self {
        let stream = usb::attach().expect("no virtual USB controller: run `make test-camera`");
        let mut requests = stream.try_clone().unwrap();
        let state = State::new(name, offers, stream);
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() });
        let (asked, streamed) = (Arc::clone(&shared), Arc::clone(&shared));
        let threads = vec![
            thread::spawn(move || while asked.serve(&mut requests).is_ok() {}),
            thread::spawn(move || streamed.stream()),
        ];
        let camera = Self { name: name.to_owned(), shared, threads };
        poll("the camera to be known", || camera.number().is_some());
        camera
    }

    /// The number in the name of the camera's device, `/dev/videoN`.
    pub fn number(&self) -> Option<u32> {
        number(&self.name)
    }

    /// The camera as the kiosk's settings name it.
    pub fn source(&self) -> String {
        format!("device:{}", self.device().display())
    }

    /// The camera's device.
    pub fn device(&self) -> PathBuf {
        format!("/dev/video{}", self.number().expect("the camera is unknown")).into()
    }

    /// Sends something else from the next frame on.
    pub fn show(&self, view: View) {
        self.shared.change(|state| state.view = view);
    }

    /// Sends so many frames a second, whatever was agreed on.
    pub fn slow_down(&self, frame_rate: u32) {
        self.shared.change(|state| state.pause = Some(Duration::from_secs(1) / frame_rate));
    }

    /// Sends as many frames as was agreed on.
    pub fn speed_up(&self) {
        self.shared.change(|state| state.pause = None);
    }

    /// What the host agreed on last: the offer and its frame rate.
    pub fn agreed(&self) -> Option<(Offer, u32)> {
        let state = self.shared.lock();
        let (offer, interval) = state.agreed?;
        Some((offer, 10_000_000 / interval))
    }

    /// The value that a control has now.
    pub fn value(&self, control: Control) -> u32 {
        let place = CONTROLS.iter().position(|known| *known == control).expect("there is no such control");
        self.shared.lock().controls[place]
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.shared.change(|state| {
            state.is_unplugged = true;
            let _ = state.stream.shutdown(Shutdown::Both);
        });
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
        let start = Instant::now();
        while self.number().is_some() && start.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Waits until `condition` holds.
pub fn poll(what: &str, condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// The number of the video device of the camera `name`; a camera has another one for metadata.
fn number(name: &str) -> Option<u32> {
    let folder = PathBuf::from("/sys/class/video4linux");
    let entries = fs::read_dir(&folder).ok()?;
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).find_map(|device| {
        let file = |file: &str| fs::read_to_string(folder.join(&device).join(file)).ok();
        let is_it = file("name")?.starts_with(name) && file("index")?.trim() == "0";
        if is_it { device.strip_prefix("video")?.parse().ok() } else { None }
    })
}

/// What the threads of a camera share.
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    name: String,
    offers: Vec<Offer>,
    stream: UnixStream,
    /// The host's requests for pictures: their numbers and their room.
    waiting: VecDeque<(u32, usize)>,
    probe: [u8; PROBE_BYTES],
    /// The offer and the interval in 0.1 µs.
    agreed: Option<(Offer, u32)>,
    /// How often the host and the camera have agreed on something: each time a frame starts anew.
    agreements: u32,
    controls: [u32; CONTROLS.len()],
    view: View,
    /// The time between two frames, where that is not what was agreed on.
    pause: Option<Duration>,
    is_unplugged: bool,
}

impl State {
    fn new(name: &str, offers: &[Offer], stream: UnixStream) -> Self {
        let mut state = Self {
            name: name.to_owned(),
            offers: offers.to_owned(),
            stream,
            waiting: VecDeque::new(),
            probe: [0; PROBE_BYTES],
            agreed: None,
            agreements: 0,
            controls: CONTROLS.map(|control| control.default),
            view: View::Code,
            pause: None,
            is_unplugged: false,
        };
        state.probe(&[0; PROBE_BYTES]);
        state
    }

    /// Takes what the host asks for as far as it is offered, and the default otherwise: the offer and the
    /// interval.
    fn probe(&mut self, wanted: &[u8]) -> (Offer, u32) {
        let formats = descriptors::formats(&self.offers);
        let number = |wanted: u8, count: usize| usize::from(wanted).clamp(1, count);
        let format = number(wanted[2], formats.len());
        let (_, offers) = &formats[format - 1];
        let size = number(wanted[3], offers.len());
        let offer = offers[size - 1];
        let interval = u32::from_le_bytes([4, 5, 6, 7].map(|place| wanted[place]));
        let is_offered = offer.frame_rates.iter().any(|rate| descriptors::interval(*rate) == interval);
        let interval = if is_offered { interval } else { descriptors::interval(offer.frame_rates[0]) };
        self.probe = [0; PROBE_BYTES];
        self.probe[2] = format as u8;
        self.probe[3] = size as u8;
        self.probe[4..8].copy_from_slice(&interval.to_le_bytes());
        self.probe[18..22].copy_from_slice(&offer.frame_bytes().to_le_bytes());
        self.probe[22..26].copy_from_slice(&PAYLOAD_BYTES.to_le_bytes());
        (offer, interval)
    }

    /// The answer to a control request; `None` refuses it.
    fn control(&mut self, setup: Setup, data: &[u8]) -> Option<Vec<u8>> {
        let [low, high] = setup.value.to_le_bytes();
        let [interface, entity] = setup.index.to_le_bytes();
        let mut answer = match (setup.kind, setup.request) {
            (0x80, 6) => match high {
                1 => descriptors::DEVICE.to_vec(),
                2 => descriptors::configuration(&self.offers),
                3 => descriptors::string(low, &self.name),
                _ => return None,
            },
            (0x80..=0x82, 0) => vec![0, 0],
            (0x81, 10) => vec![0],
            // Setting the configuration, an interface or a feature, or clearing one.
            (0..=2, _) => Vec::new(),
            (0x21 | 0xa1, _) if interface == 1 => self.stream_control(setup.request, high, data)?,
            (0x21 | 0xa1, _) => self.entity_control(entity, high, setup.request, data)?,
            _ => return None,
        };
        answer.truncate(setup.length.into());
        Some(answer)
    }

    fn stream_control(&mut self, request: u8, selector: u8, data: &[u8]) -> Option<Vec<u8>> {
        const COMMIT: u8 = 2;
        match request {
            SET_CURRENT if data.len() == PROBE_BYTES => {
                let probed = self.probe(data);
                if selector == COMMIT {
                    self.agreed = Some(probed);
                    self.agreements += 1;
                }
                Some(Vec::new())
            }
            GET_CURRENT | GET_MINIMUM | GET_MAXIMUM | GET_DEFAULT => Some(self.probe.to_vec()),
            GET_LENGTH => Some(vec![PROBE_BYTES as u8, 0]),
            GET_INFORMATION => Some(vec![3]),
            _ => None,
        }
    }

    fn entity_control(&mut self, entity: u8, selector: u8, request: u8, data: &[u8]) -> Option<Vec<u8>> {
        let is_it = |control: &Control| (control.entity, control.selector) == (entity, selector);
        let place = CONTROLS.iter().position(is_it)?;
        let control = &CONTROLS[place];
        let number = match request {
            SET_CURRENT => {
                let mut bytes = [0; 4];
                bytes[..data.len()].copy_from_slice(data);
                self.controls[place] = u32::from_le_bytes(bytes);
                return Some(Vec::new());
            }
            GET_CURRENT => self.controls[place],
            GET_MINIMUM => control.range[0],
            GET_MAXIMUM => control.range[1],
            GET_RESOLUTION if *control == AUTO_EXPOSURE => 9,
            GET_RESOLUTION => 1,
            GET_DEFAULT => control.default,
            GET_LENGTH => return Some(control.bytes.to_le_bytes().to_vec()),
            GET_INFORMATION => return Some(vec![3]),
            _ => return None,
        };
        Some(number.to_le_bytes()[..control.bytes.into()].to_vec())
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// Answers the next request of the host.
    fn serve(&self, requests: &mut UnixStream) -> io::Result<()> {
        let request = usb::read(requests)?;
        let mut state = self.lock();
        let state = &mut *state;
        match request {
            Request::Control { sequence, setup, data } => match state.control(setup, &data) {
                None => usb::refuse(&mut state.stream, sequence),
                Some(answer) if setup.is_in() => usb::answer(&mut state.stream, sequence, &answer),
                Some(_) => usb::accept(&mut state.stream, sequence, setup.length),
            },
            Request::Bulk { sequence, length } => {
                state.waiting.push_back((sequence, length));
                self.changed.notify_all();
                Ok(())
            }
            Request::Unlink { sequence, of } => {
                let known = state.waiting.iter().position(|(waiting, _)| *waiting == of);
                let was_waiting = known.is_some_and(|place| state.waiting.remove(place).is_some());
                usb::confirm_unlink(&mut state.stream, sequence, was_waiting)
            }
        }
    }

    /// Sends one frame after the other, each at its time, for as long as the camera is plugged in.
    fn stream(&self) {
        let mut made: Option<(Encoding, u16, View, Vec<u8>)> = None;
        let mut next = Instant::now();
        let mut toggle = 0;
        loop {
            let state = self.lock();
            let idle = |state: &mut State| {
                !state.is_unplugged && (state.waiting.is_empty() || state.view == View::Nothing)
            };
            let state = self.changed.wait_while(state, idle).unwrap();
            if state.is_unplugged {
                return;
            }
            let Some((offer, interval)) = state.agreed else { continue };
            let (view, agreement) = (state.view, state.agreements);
            let pause = state.pause.unwrap_or(Duration::from_nanos(100 * u64::from(interval)));
            drop(state);
            let is_made = |(encoding, width, known, _): &(Encoding, u16, View, Vec<u8>)| {
                (*encoding, *width, *known) == (offer.encoding, offer.width, view)
            };
            if !made.as_ref().is_some_and(is_made) {
                made = Some((offer.encoding, offer.width, view, frame(&offer, view)));
            }
            thread::sleep(next.saturating_duration_since(Instant::now()));
            next = (next + pause).max(Instant::now());
            if let Some((.., bytes)) = &made {
                toggle ^= 1;
                self.send(bytes, toggle, agreement);
            }
        }
    }

    /// Sends a frame's bytes into the rooms that the host has ready.
    fn send(&self, mut bytes: &[u8], toggle: u8, agreement: u32) {
        while !bytes.is_empty() {
            let is_wanted = |state: &State| {
                !state.is_unplugged && state.view != View::Nothing && state.agreements == agreement
            };
            let waits = |state: &mut State| is_wanted(state) && state.waiting.is_empty();
            let mut state = self.changed.wait_while(self.lock(), waits).unwrap();
            let room = if is_wanted(&state) { state.waiting.pop_front() } else { None };
            let Some((sequence, length)) = room else { return };
            let (part, rest) = bytes.split_at(bytes.len().min(length - HEADER_BYTES));
            bytes = rest;
            let end = if rest.is_empty() { END_OF_FRAME } else { 0 };
            let payload = [&[HEADER_BYTES as u8, END_OF_HEADER | end | toggle], part].concat();
            // Fails only where the camera is being unplugged.
            let _ = usb::answer(&mut state.stream, sequence, &payload);
        }
    }
}

/// What `view` looks like in the size and the encoding of `offer`.
fn frame(offer: &Offer, view: View) -> Vec<u8> {
    let (width, height) = (offer.width.into(), offer.height.into());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples/admit.jpg");
    let picture = match view {
        View::Code => {
            image::open(path).unwrap().resize_to_fill(width, height, FilterType::Triangle).to_rgb8()
        }
        View::Wall => RgbImage::from_pixel(width, height, Rgb([120; 3])),
        View::Black => RgbImage::new(width, height),
        View::Damaged | View::Nothing => return vec![0x55; 20_000],
    };
    match offer.encoding {
        Encoding::Mjpeg => {
            let mut file = Vec::new();
            JpegEncoder::new_with_quality(&mut file, 85).encode_image(&picture).unwrap();
            file
        }
        // Without colours.
        Encoding::Yuyv => {
            let luma = DynamicImage::from(picture).into_luma8().into_raw();
            // Black is 16 and white 235 (ITU-R BT.601).
            luma.into_iter().flat_map(|luma| [(16 + u32::from(luma) * 219 / 255) as u8, 128]).collect()
        }
        Encoding::Uyvy => vec![128; offer.frame_bytes() as usize],
    }
}
