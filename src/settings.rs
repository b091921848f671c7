//! `kiosk.toml` becomes each module's configuration. The only reader of the process's environment.
//!
//! What is wrong is refused with file, line and the accepted values; nothing has to be checked later.

mod catalogue;
mod change;
mod damaged;
mod desk;
mod file;
mod hours;
mod list;
mod password;
mod privacy;
mod service;
mod source;
mod values;
mod volume;
mod wrong;

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::bulk;
use crate::checkin;
use crate::scan::{self, CameraSource};
use crate::visits::Environment;
use etcetera::BaseStrategy;

pub use catalogue::{Changes, Kind, SETTINGS, Setting, WrongChange};
pub use change::{ChangeError, write_template};
pub use desk::{Desk, PrintCommand};
pub use file::{Language, LogLevel};
pub use hours::Hours;
pub use password::{CREDENTIAL_STORE, PasswordError, PasswordPlace, doctor_with_credential};
pub use privacy::{NotANoticeUrl, NoticeUrl, Privacy};
pub use source::SettingsFile;
pub use volume::Volume;
pub use wrong::Problem;

/// The environment variable that may hold the service's password.
pub(crate) const PASSWORD_VARIABLE: &str = "HES_KIOSK_PASSWORD";

/// The name of the credential in which a service manager may hand over the visit log's keys.
const KEYS_CREDENTIAL: &str = "hes-kiosk.keys";

/// The file of this name that the service manager hands over, where it does.
fn credential(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os("CREDENTIALS_DIRECTORY")?).join(name);
    path.exists().then_some(path)
}

/// Who runs the command, as the session says it: a claim for the visit log, no proof.
pub fn operator() -> Option<String> {
    let named = ["SUDO_USER", "LOGNAME", "USER"].into_iter().filter_map(|name| std::env::var(name).ok());
    let name = named.map(|name| name.replace(crate::visits::is_hidden, "")).find(|name| !name.is_empty())?;
    Some(name.chars().take(64).collect())
}

impl Language {
    /// The language of the session, where staff's texts have it; else the first one.
    pub fn of_session() -> Self {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
        let locale = named.into_iter().find(|locale| !locale.is_empty()).unwrap_or_default();
        if locale.starts_with("en") { Self::English } else { Self::Turkish }
    }
}

/// The socket of the Wayland display that the session names; where it names none, X11's is used.
#[cfg(target_os = "linux")]
pub fn wayland_socket() -> Option<PathBuf> {
    let named = std::env::var_os("WAYLAND_DISPLAY").filter(|name| !name.is_empty())?;
    // An absolute name stays as it is.
    Some(PathBuf::from(std::env::var_os("XDG_RUNTIME_DIR").unwrap_or_default()).join(named))
}

/// Everything that the settings file says, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What tells them from others: eight bytes of the file's SHA-256, in hexadecimal digits.
    pub digest: String,
    /// The site's name.
    pub site_name: String,
    /// What the notice to visitors says; `None` in the simulator and test environments where the file
    /// does not say it.
    pub privacy: Option<Privacy>,
    /// Asking, deciding and recording.
    pub check_in: checkin::Config,
    /// Asking about everyone in a table.
    pub bulk: bulk::Config,
    /// The camera; `None` where there is none, and nobody is told to show a code to one.
    pub camera: Option<scan::Config>,
    /// The reader at a serial port, if there is one.
    pub serial_reader: Option<scan::SerialConfig>,
    /// The screen.
    pub screen: Screen,
    /// How loud decisions are heard.
    pub volume: Volume,
    /// How the desk works.
    pub desk: Desk,
    /// The program's own log.
    pub log: Log,
}

/// What the screen shows, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// The language that the kiosk falls back to.
    pub first_language: Language,
    /// The languages that are offered, the first one among them.
    pub languages: Vec<Language>,
    /// Whether the window fills the screen.
    pub fullscreen: bool,
    /// The hours in which the window is dark; `None` where it never is.
    pub night: Option<Hours>,
    /// Whether nothing moves that could stand.
    pub reduce_motion: bool,
    /// After this time without a touch or a key the first language and the usual look return.
    pub returns: Duration,
    /// How long each outcome stands.
    pub admit: Duration,
    /// See `admit`.
    pub refuse: Duration,
    /// See `admit`.
    pub unverified: Duration,
}

/// The program's own log: no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// From which level on.
    pub level: LogLevel,
    /// The file.
    pub path: PathBuf,
}

impl Log {
    /// The log of a program whose settings do not say where it is to be, or cannot be read.
    ///
    /// # Errors
    /// There is no home folder.
    pub fn standard() -> Result<Self, SettingsError> {
        Ok(Self::in_folders(&Folders::find()?))
    }

    fn in_folders(folders: &Folders) -> Self {
        Self { level: LogLevel::default(), path: folders.state.join("log").join("kiosk.log") }
    }
}

/// Why the settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("{}: the settings file cannot be read", .0.display())]
    Unreadable(PathBuf),
    /// Something in the file is wrong.
    #[error("{}:{line}: {problem}", file.display())]
    Wrong {
        /// The settings file.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
        /// The section or the key of that line; `None` where the file is no TOML.
        setting: Option<String>,
        /// What is wrong there and what is accepted.
        problem: Problem,
    },
    /// The section of the chosen environment lacks a key.
    #[error("{}:{line}: the environment {environment:?} needs {key} in [service.{environment}]", file.display())]
    ServiceKeyMissing {
        /// The settings file.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
        /// The environment's name.
        environment: &'static str,
        /// The key.
        key: &'static str,
    },
    /// The password can be neither read nor stored.
    #[error("{}:{line}: {problem}", file.display())]
    Password {
        /// The settings file.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
        /// Why.
        problem: PasswordError,
    },
    /// There is no password.
    #[error(
        "{}:{line}: the service has no password: `hes-kiosk credentials set {}`, or the variable {PASSWORD_VARIABLE}; \
         one that systemd keeps for the kiosk's unit is seen there alone: `{}`",
        file.display(), environment.name(), doctor_with_credential(*environment)
    )]
    PasswordMissing {
        /// The settings file.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
        /// Whose service it is.
        environment: Environment,
    },
    /// Decisions are real, and visitors are not told who controls their data and why.
    #[error(
        "{}:{line}: the environment {environment:?} needs controller, contact, legal_basis and purpose in [privacy]",
        file.display()
    )]
    PrivacyMissing {
        /// The settings file.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
        /// The environment's name.
        environment: &'static str,
    },
    /// No home folder is known, so nothing has a place.
    #[error("there is no home folder: set HOME")]
    NoHome,
}

/// The folders in which the program keeps what it keeps.
#[derive(Clone)]
struct Folders {
    config: PathBuf,
    state: PathBuf,
    data: PathBuf,
}

impl Folders {
    fn find() -> Result<Self, SettingsError> {
        let base = etcetera::choose_base_strategy().map_err(|_| SettingsError::NoHome)?;
        let data = base.data_dir().join("hes-kiosk");
        Ok(Self {
            config: base.config_dir().join("hes-kiosk"),
            state: base.state_dir().map_or_else(|| data.clone(), |state| state.join("hes-kiosk")),
            data,
        })
    }
}

impl Settings {
    /// Reads the settings: those of `file`, else those of the config folder's `kiosk.toml`, else, where
    /// there is no such file, the demo's.
    ///
    /// # Errors
    /// What is wrong, where, and what is accepted.
    pub fn load(file: Option<&Path>) -> Result<Self, SettingsError> {
        SettingsFile::read(file)?.settings()
    }

    /// The same for what asks no service: its password and user name may be missing. With these settings nobody can be
    /// asked.
    ///
    /// # Errors
    /// What is wrong, where, and what is accepted.
    pub fn load_without_service(file: Option<&Path>) -> Result<Self, SettingsError> {
        SettingsFile::read(file)?.settings_without_service()
    }

    /// The camera, or the one that is named in its place.
    pub fn camera_or(&self, named: Option<CameraSource>) -> Option<scan::Config> {
        let Some(source) = named else { return self.camera.clone() };
        let config = self.camera.clone().unwrap_or_else(|| scan::Config::of(source.clone()));
        Some(scan::Config { source, ..config })
    }
}
