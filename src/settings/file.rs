//! The settings file as it is written.

use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use clap::ValueEnum;
use serde::Deserialize;
use toml::Spanned;

use super::desk::DeskTable;
use super::privacy::PrivacyTable;
use super::service::ServiceTable;
use super::values::{Degrees, FilePath, Languages, Name, Whole};
use super::wrong::{Problem, line_of, without_value, wrong};
use super::{
    Folders, Hours, KEYS_CREDENTIAL, Log, Privacy, Screen, Settings, SettingsError, Volume, credential,
};
use crate::bulk;
use crate::checkin;
use crate::entry::{Policy, ProtectedBy, Protection};
use crate::hes::{Endpoint, Method, Place, Query};
use crate::scan::{
    self, Adjustment, CameraSource, Controls, FrameRate, NotACameraSource, PowerLineFrequency, SerialConfig,
};
use crate::visits::{self, Environment, KeySource};

/// A language of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, ValueEnum)]
pub enum Language {
    /// Turkish, the first language.
    #[serde(rename = "tr")]
    #[value(name = "tr")]
    Turkish,
    /// English.
    #[serde(rename = "en")]
    #[value(name = "en")]
    English,
    /// Arabic.
    #[serde(rename = "ar")]
    #[value(name = "ar")]
    Arabic,
    /// German.
    #[serde(rename = "de")]
    #[value(name = "de")]
    German,
    /// Russian.
    #[serde(rename = "ru")]
    #[value(name = "ru")]
    Russian,
}

impl Language {
    /// Its two letters, as the settings have them.
    pub fn name(self) -> &'static str {
        match self {
            Self::Turkish => "tr",
            Self::English => "en",
            Self::Arabic => "ar",
            Self::German => "de",
            Self::Russian => "ru",
        }
    }
}

/// From which level on the program's own log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Failures alone.
    Error,
    /// And what may become one.
    Warn,
    /// And what happened.
    #[default]
    Info,
    /// And how.
    Debug,
    /// Everything.
    Trace,
}

/// A parsed file, with what is needed to point into it.
pub(super) struct Parsed<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
    pub(super) file: File,
}

#[derive(Default, Deserialize)]
#[serde(
    deny_unknown_fields,
    default,
    expecting = "the sections site, service, policy, identity, privacy, camera, reader, visits, bulk, screen, sound, desk and log"
)]
pub(super) struct File {
    site: Site,
    pub(super) service: ServiceTable,
    policy: PolicyTable,
    pub(super) identity: IdentityTable,
    pub(super) privacy: PrivacyTable,
    camera: CameraTable,
    reader: ReaderTable,
    visits: Visits,
    bulk: BulkTable,
    screen: ScreenTable,
    sound: Volume,
    desk: DeskTable,
    log: LogTable,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [site]")]
struct Site {
    name: Option<Name>,
    entrance: Option<Name>,
    city: Option<Name>,
    district: Option<Name>,
    address: Option<Name>,
    latitude: Option<Spanned<Degrees<90>>>,
    longitude: Option<Spanned<Degrees<180>>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [policy]")]
struct PolicyTable {
    admit: Admit,
    protected_by: Option<Spanned<Vec<ProtectedBy>>>,
    negative_test_hours: Option<Spanned<Whole<1, 72>>>,
    two_guards: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [identity]")]
pub(super) struct IdentityTable {
    pub(super) ask_last_digits: bool,
}

#[derive(Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Admit {
    #[default]
    Riskless,
    RisklessAndProtected,
}

/// Where frames come from.
#[derive(Deserialize)]
#[serde(try_from = "String")]
enum Source {
    Camera(CameraSource),
    /// `none`: there is no camera.
    None,
}

impl Default for Source {
    fn default() -> Self {
        Self::Camera(CameraSource::Auto)
    }
}

impl TryFrom<String> for Source {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text == "none" {
            return Ok(Self::None);
        }
        let camera: Result<_, NotACameraSource> = text.parse();
        camera.map(Self::Camera).map_err(|error| format!("{error}; none, where there is no camera"))
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [camera]")]
struct CameraTable {
    source: Source,
    fps: Option<FrameRate>,
    focus: Adjustment,
    exposure: Adjustment,
    power_line_frequency: PowerLineFrequency,
    mirror: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [reader]")]
struct ReaderTable {
    serial: Option<FilePath>,
    baud_rate: Option<Whole<300, 921_600>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [visits]")]
struct Visits {
    path: Option<FilePath>,
    key_file: Option<FilePath>,
    /// Whether the desktop's keyring holds the keys, unless `key_file` names a file.
    keyring: bool,
    keep_holder: bool,
    repeat_minutes: Option<Whole<0, 1440>>,
    check_out: Option<Spanned<bool>>,
    retention_days: Option<Whole<1, 3650>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [bulk]")]
struct BulkTable {
    parallel: Option<Whole<1, 16>>,
    timeout_seconds: Option<Whole<1, 300>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [screen]")]
struct ScreenTable {
    languages: Option<Languages>,
    fullscreen: Option<bool>,
    night: Option<Hours>,
    reduce_motion: bool,
    return_seconds: Option<Whole<5, 600>>,
    admit_seconds: Option<Whole<1, 120>>,
    refuse_seconds: Option<Whole<1, 120>>,
    unverified_seconds: Option<Whole<1, 120>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [log]")]
struct LogTable {
    level: LogLevel,
    path: Option<FilePath>,
}

impl CameraTable {
    fn config(self, environment: Environment) -> Option<scan::Config> {
        let Source::Camera(source) = self.source else { return None };
        Some(scan::Config {
            source,
            frame_rate: self.fps.unwrap_or(FrameRate::DEFAULT),
            samples_without_camera: environment == Environment::Simulator,
            controls: Controls {
                focus: self.focus,
                exposure: self.exposure,
                power_line_frequency: self.power_line_frequency,
            },
            is_mirrored: self.mirror.unwrap_or(true),
        })
    }
}

pub(super) fn parse<'a>(path: &'a Path, text: &'a str) -> Result<Parsed<'a>, SettingsError> {
    match toml::from_str(text) {
        Ok(file) => Ok(Parsed { path, text, file }),
        Err(error) => Err(wrong(path, text, error.span(), without_value(error.message()).into())),
    }
}

impl Parsed<'_> {
    /// The settings, with the service at `endpoint`.
    pub(super) fn into_settings(
        self,
        folders: &Folders,
        endpoint: Option<Endpoint>,
    ) -> Result<Settings, SettingsError> {
        let environment = self.environment();
        if environment == Environment::Manual {
            self.refuse_what_a_service_needs()?;
        }
        let check_in = checkin::Config {
            environment,
            entrance: self.site_text(|site| &site.entrance, "Ana giriş"),
            service_url: self.service_url(environment),
            endpoint,
            query: self.query()?,
            policy: self.policy()?,
            asks_identity: self.file.identity.ask_last_digits,
            check_out: self.check_out()?,
            visits: self.visits(environment, folders),
        };
        let privacy = self.privacy(environment)?;
        let screen = self.screen();
        let site_name = self.site_text(|site| &site.name, "Merkez Bina");
        let desk = self.file.desk.settings(self.file.policy.two_guards);
        let File { camera, reader, bulk, sound, log, .. } = self.file;
        Ok(Settings {
            digest: String::new(),
            site_name,
            privacy,
            check_in,
            bulk: bulk::Config {
                parallel: bulk.parallel.map_or(4, |parallel| parallel.0),
                timeout: seconds(bulk.timeout_seconds.as_ref(), 30),
            },
            camera: camera.config(environment),
            serial_reader: reader.serial.map(|port| SerialConfig {
                port: port.0,
                baud_rate: reader.baud_rate.map_or(SerialConfig::BAUD_RATE, |rate| rate.0),
            }),
            screen,
            volume: sound,
            desk,
            log: Log {
                level: log.level,
                path: log.path.map_or_else(|| Log::in_folders(folders).path, |path| path.0),
            },
        })
    }

    pub(super) fn wrong(&self, span: Option<Range<usize>>, problem: impl Into<Problem>) -> SettingsError {
        wrong(self.path, self.text, span, problem.into())
    }

    /// Where the chosen environment stands in the file.
    pub(super) fn environment_span(&self) -> Option<Range<usize>> {
        self.file.service.environment.as_ref().map(Spanned::span)
    }

    /// What the file says of the site; the demo has a site of its own.
    fn site_text(&self, of: impl Fn(&Site) -> &Option<Name>, demo: &str) -> String {
        match of(&self.file.site) {
            Some(text) => text.0.clone(),
            None if self.environment() == Environment::Simulator => demo.to_owned(),
            None => String::new(),
        }
    }

    pub(super) fn environment(&self) -> Environment {
        self.file.service.environment.as_ref().map_or(Environment::Simulator, |spanned| *spanned.get_ref())
    }

    fn place(&self) -> Result<Place, SettingsError> {
        let site = &self.file.site;
        let location = match (&site.latitude, &site.longitude) {
            (Some(latitude), Some(longitude)) => Some((latitude.get_ref().0, longitude.get_ref().0)),
            (None, None) => None,
            (Some(alone), None) => {
                return Err(self.wrong(Some(alone.span()), Problem::LatitudeAlone));
            }
            (None, Some(alone)) => {
                return Err(self.wrong(Some(alone.span()), Problem::LongitudeAlone));
            }
        };
        Ok(Place {
            city: self.site_text(|site| &site.city, "Ankara"),
            district: self.site_text(|site| &site.district, "Çankaya"),
            address: self.site_text(|site| &site.address, "Atatürk Bulvarı 1"),
            location,
        })
    }

    /// What is missing on the way to the live service.
    pub(super) fn lacks(&self, folders: &Folders) -> Result<Vec<String>, SettingsError> {
        let site = &self.file.site;
        let mut lacks = Vec::new();
        if self.query()?.method == Method::Visitor {
            let keys = [("city", &site.city), ("district", &site.district), ("address", &site.address)];
            let missing = keys.into_iter().filter(|(_, value)| value.is_none());
            lacks.extend(missing.map(|(key, _)| format!("[site] {key}")));
        }
        lacks.extend(self.lacks_of(Environment::Test, folders));
        lacks.extend(self.lacks_of(Environment::Live, folders));
        lacks.extend(self.file.privacy.lacks().into_iter().map(|key| format!("[privacy] {key}")));
        Ok(lacks)
    }

    /// How the service is asked.
    pub(super) fn query(&self) -> Result<Query, SettingsError> {
        let needs_health_fields = self.policy()?.needs_health_fields();
        Ok(Query {
            method: if needs_health_fields { Method::Plus } else { self.file.service.method },
            place: self.place()?,
            timeout: seconds(self.file.service.timeout_seconds.as_ref(), 5),
        })
    }

    fn policy(&self) -> Result<Policy, SettingsError> {
        let PolicyTable { admit, protected_by, negative_test_hours, .. } = &self.file.policy;
        let idle = |span, key| self.wrong(Some(span), Problem::NoProtection(key));
        match (admit, protected_by, negative_test_hours) {
            (Admit::Riskless, Some(by), _) => Err(idle(by.span(), "protected_by")),
            (Admit::Riskless, None, Some(hours)) => Err(idle(hours.span(), "negative_test_hours")),
            (Admit::Riskless, None, None) => Ok(Policy::Riskless),
            (Admit::RisklessAndProtected, Some(by), _) if by.get_ref().is_empty() => {
                let problem = "protected_by wants at least one of vaccinated, immune, negative_test";
                Err(self.wrong(Some(by.span()), problem.to_owned()))
            }
            (Admit::RisklessAndProtected, Some(by), Some(hours))
                if !by.get_ref().contains(&ProtectedBy::NegativeTest) =>
            {
                Err(self.wrong(Some(hours.span()), Problem::NoNegativeTest))
            }
            (Admit::RisklessAndProtected, by, hours) => Ok(Policy::RisklessAndProtected(Protection {
                by: by.as_ref().map_or_else(
                    || vec![ProtectedBy::Vaccinated, ProtectedBy::Immune, ProtectedBy::NegativeTest],
                    |by| by.get_ref().clone(),
                ),
                negative_test_hours: hours.as_ref().map_or(48, |hours| hours.get_ref().0),
            })),
        }
    }

    /// Where decisions are real the notice has no default: only the institution knows what is true.
    fn privacy(&self, environment: Environment) -> Result<Option<Privacy>, SettingsError> {
        let privacy = self.file.privacy.privacy();
        if privacy.is_some() || !environment.is_real() {
            return Ok(privacy);
        }
        Err(SettingsError::PrivacyMissing {
            file: self.path.to_owned(),
            line: line_of(self.text, self.environment_span()),
            environment: environment.name(),
        })
    }

    fn check_out(&self) -> Result<bool, SettingsError> {
        let Visits { check_out, repeat_minutes, .. } = &self.file.visits;
        let Some(check_out) = check_out else { return Ok(false) };
        if *check_out.get_ref() && repeat_minutes.as_ref().is_some_and(|minutes| minutes.0 == 0) {
            return Err(self.wrong(Some(check_out.span()), Problem::NoRepeat));
        }
        Ok(*check_out.get_ref())
    }

    /// The demo keeps a log and a key of its own.
    pub(super) fn visits(&self, environment: Environment, folders: &Folders) -> visits::Config {
        let (folder, key) = match environment {
            Environment::Simulator => ("demo", "demo.key"),
            Environment::Test | Environment::Live | Environment::Own | Environment::Manual => {
                ("visits", "visits.key")
            }
        };
        let table = &self.file.visits;
        let keys = match (&table.key_file, table.keyring, credential(KEYS_CREDENTIAL)) {
            (Some(path), ..) => KeySource::File(path.0.clone()),
            (None, true, _) => KeySource::Keyring(folder.to_owned()),
            (None, false, Some(path)) => KeySource::Credential(path),
            (None, false, None) => KeySource::File(folders.data.join("keys").join(key)),
        };
        visits::Config {
            path: table
                .path
                .clone()
                .map_or_else(|| folders.state.join(folder).join("visits.db"), |path| path.0),
            keys,
            keep_holder: table.keep_holder,
            repeat: Duration::from_secs(60) * table.repeat_minutes.as_ref().map_or(30, |minutes| minutes.0),
            retention_days: table.retention_days.as_ref().map_or(30, |days| days.0),
            exports: folders.state.join("exports"),
        }
    }

    pub(super) fn screen(&self) -> Screen {
        let table = &self.file.screen;
        let languages = table.languages.clone().unwrap_or_else(|| Languages {
            first: Language::Turkish,
            all: Language::value_variants().to_vec(),
        });
        Screen {
            first_language: languages.first,
            languages: languages.all,
            fullscreen: table.fullscreen.unwrap_or(true),
            night: table.night,
            reduce_motion: table.reduce_motion,
            returns: seconds(table.return_seconds.as_ref(), 60),
            admit: seconds(table.admit_seconds.as_ref(), 4),
            refuse: seconds(table.refuse_seconds.as_ref(), 15),
            unverified: seconds(table.unverified_seconds.as_ref(), 15),
        }
    }
}

fn seconds<const LEAST: u32, const MOST: u32>(value: Option<&Whole<LEAST, MOST>>, default: u32) -> Duration {
    Duration::from_secs(u64::from(value.map_or(default, |seconds| seconds.0)))
}
