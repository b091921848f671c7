//! Coming up and going down.

use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use iced::Size;
use iced::futures::{Stream, stream};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use tokio::sync::Notify;

use crate::checkin::{CheckIn, CheckInError};
use crate::scan::{CameraSource, FrameRate};
use crate::settings::{Language, Settings, SettingsError};
use crate::visits::{Use, VisitsError};

/// What the command line says of the window and the camera.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The settings file.
    pub config: Option<PathBuf>,
    /// The camera, instead of the settings' one.
    pub camera: Option<CameraSource>,
    /// The replay's rate, instead of the settings' one.
    pub frame_rate: Option<FrameRate>,
    /// A window of this size, instead of the whole screen.
    pub windowed: Option<Size>,
}

/// A kiosk that has all it needs to check visitors in.
#[derive(Debug)]
pub struct Running {
    /// The settings in force.
    pub settings: Settings,
    /// Asks, decides and records.
    pub check_in: CheckIn,
}

/// Why the kiosk cannot check visitors in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The visit log or the client cannot be used.
    #[error(transparent)]
    CheckIn(#[from] CheckInError),
}

/// A kiosk that cannot check visitors in, and whom to call then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotStarted {
    /// Why it cannot.
    pub error: StartError,
    /// Whom to call, where the settings say it.
    pub contact: Option<String>,
    /// What staff read, as far as the settings say it.
    pub language: Language,
}

impl NotStarted {
    /// Whether another kiosk already serves this visit log, so that this one must not.
    pub fn is_already_running(&self) -> bool {
        self.error == StartError::CheckIn(CheckInError::Visits(VisitsError::AlreadyRunning))
    }
}

impl From<CheckInError> for NotStarted {
    fn from(error: CheckInError) -> Self {
        Self { error: error.into(), contact: None, language: Language::Turkish }
    }
}

impl Running {
    /// Reads the settings, opens the visit log and sets up the client. Blocks on the disk.
    ///
    /// # Errors
    /// Why the kiosk cannot check visitors in, and whom to call.
    pub fn start(options: &Options) -> Result<Self, NotStarted> {
        let mut settings = Settings::load(options.config.as_deref()).map_err(|error| NotStarted {
            error: error.into(),
            contact: Settings::contact_of(options.config.as_deref()),
            language: Settings::language_of(options.config.as_deref()).unwrap_or(Language::Turkish),
        })?;
        settings.camera = settings.camera_or(options.camera.clone());
        if let (Some(camera), Some(frame_rate)) = (&mut settings.camera, options.frame_rate) {
            camera.frame_rate = frame_rate;
        }
        match CheckIn::start(settings.check_in.clone(), Use::Kiosk) {
            Ok(check_in) => Ok(Self { settings, check_in }),
            Err(error) => {
                let contact = settings.privacy.map(|privacy| privacy.contact);
                let language = settings.screen.first_language;
                Err(NotStarted { error: error.into(), contact, language })
            }
        }
    }

    /// Whom to call when something is wrong.
    pub(super) fn contact(&self) -> Option<String> {
        self.settings.privacy.as_ref().map(|privacy| privacy.contact.clone())
    }
}

/// What remains to a kiosk that was told to end but does not: its children end with it.
const LAST_MOMENT: Duration = Duration::from_secs(1);

/// Whether the program is to start anew once it has ended.
static RESTART: AtomicBool = AtomicBool::new(false);

/// Lets the program start anew once it has ended, with whatever the settings are then.
pub(super) fn want_restart() {
    RESTART.store(true, Ordering::Relaxed);
}

/// Whether the program is to start anew now that it has ended.
pub fn is_restart_wanted() -> bool {
    RESTART.load(Ordering::Relaxed)
}

static TERMINATION: LazyLock<Notify> = LazyLock::new(Notify::new);

/// Listens to the signals that end the program, from before the window opens.
///
/// # Errors
/// Those of the system.
pub fn listen_for_termination() -> std::io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP])?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        if signals.forever().next().is_some() {
            TERMINATION.notify_one();
            std::thread::sleep(LAST_MOMENT);
            std::process::exit(0);
        }
    })?;
    Ok(())
}

pub(super) fn terminations() -> impl Stream<Item = ()> {
    stream::once(async { TERMINATION.notified().await })
}
