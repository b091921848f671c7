//! The settings file as it is written.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::ValueEnum;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{self, PemObject};
use secrecy::SecretString;
use serde::Deserialize;
use toml::Spanned;

use super::desk::DeskTable;
use super::privacy::PrivacyTable;
use super::values::{Degrees, FilePath, Languages, Text, UserName, Whole};
use super::{
    Folders, Hours, KEYS_CREDENTIAL, Log, PASSWORD_VARIABLE, Privacy, Screen, Settings, SettingsError, Volume,
};
use crate::bulk;
use crate::checkin;
use crate::entry::{Policy, ProtectedBy, Protection};
use crate::hes::{BaseUrl, Endpoint, MINISTRY_LIVE_URL, MINISTRY_TEST_URL, Method, Place, ProxyUrl, Query};
use crate::private;
use crate::scan::{self, Adjustment, CameraSource, Controls, FrameRate, PowerLineFrequency, SerialConfig};
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
    path: &'a Path,
    text: &'a str,
    file: File,
}

#[derive(Default, Deserialize)]
#[serde(
    deny_unknown_fields,
    default,
    expecting = "the sections site, service, policy, identity, privacy, camera, reader, visits, bulk, screen, sound, desk and log"
)]
struct File {
    site: Site,
    service: Service,
    policy: PolicyTable,
    identity: IdentityTable,
    privacy: PrivacyTable,
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
    name: Option<Text>,
    entrance: Option<Text>,
    city: Option<Text>,
    district: Option<Text>,
    address: Option<Text>,
    latitude: Option<Spanned<Degrees<90>>>,
    longitude: Option<Spanned<Degrees<180>>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [service]")]
struct Service {
    environment: Option<Spanned<Environment>>,
    method: Method,
    timeout_seconds: Option<Whole<1, 60>>,
    ca_file: Option<Spanned<FilePath>>,
    proxy: Option<ProxyUrl>,
    test: Address,
    live: Address,
    own: Address,
}

#[derive(Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section with url, username and password_file")]
struct Address {
    url: Option<BaseUrl>,
    username: Option<UserName>,
    password_file: Option<Spanned<FilePath>>,
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
struct IdentityTable {
    ask_last_digits: bool,
}

#[derive(Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Admit {
    #[default]
    Riskless,
    RisklessAndProtected,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a section [camera]")]
struct CameraTable {
    source: Option<CameraSource>,
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

pub(super) fn parse<'a>(path: &'a Path, text: &'a str) -> Result<Parsed<'a>, SettingsError> {
    match toml::from_str(text) {
        Ok(file) => Ok(Parsed { path, text, file }),
        Err(error) => Err(wrong(path, text, error.span(), error.message().to_owned())),
    }
}

fn wrong(path: &Path, text: &str, span: Option<Range<usize>>, problem: String) -> SettingsError {
    SettingsError::Wrong { file: path.to_owned(), line: line_of(text, span), problem }
}

fn line_of(text: &str, span: Option<Range<usize>>) -> usize {
    let before = span.and_then(|span| text.get(..span.start)).unwrap_or_default();
    1 + before.matches('\n').count()
}

impl Parsed<'_> {
    pub(super) fn into_settings(self, folders: &Folders) -> Result<Settings, SettingsError> {
        let environment = self.environment();
        let policy = self.policy()?;
        let method = if policy.needs_health_fields() { Method::Plus } else { self.file.service.method };
        let check_in = checkin::Config {
            environment,
            entrance: self.site_text(|site| &site.entrance, "Ana giriş"),
            endpoint: self.endpoint(environment)?,
            query: Query {
                method,
                place: self.place()?,
                timeout: seconds(self.file.service.timeout_seconds.as_ref(), 5),
            },
            policy,
            asks_identity: self.file.identity.ask_last_digits,
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
            camera: scan::Config {
                source: camera.source.unwrap_or(CameraSource::Auto),
                frame_rate: camera.fps.unwrap_or(FrameRate::DEFAULT),
                samples_without_camera: environment == Environment::Simulator,
                controls: Controls {
                    focus: camera.focus,
                    exposure: camera.exposure,
                    power_line_frequency: camera.power_line_frequency,
                },
                is_mirrored: camera.mirror.unwrap_or(true),
            },
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

    fn wrong(&self, span: Option<Range<usize>>, problem: impl Into<String>) -> SettingsError {
        wrong(self.path, self.text, span, problem.into())
    }

    /// Where the chosen environment stands in the file.
    fn environment_span(&self) -> Option<Range<usize>> {
        self.file.service.environment.as_ref().map(Spanned::span)
    }

    fn endpoint(&self, environment: Environment) -> Result<Option<Endpoint>, SettingsError> {
        let (address, default) = match environment {
            Environment::Simulator => return Ok(None),
            Environment::Test => (&self.file.service.test, Some(MINISTRY_TEST_URL)),
            Environment::Live => (&self.file.service.live, Some(MINISTRY_LIVE_URL)),
            Environment::Own => (&self.file.service.own, None),
        };
        let missing = |key| {
            let problem = format!("the environment {0:?} needs {key} in [service.{0}]", environment.name());
            self.wrong(self.environment_span(), problem)
        };
        Ok(Some(Endpoint {
            url: address
                .url
                .clone()
                .or_else(|| BaseUrl::try_from(default?.to_owned()).ok())
                .ok_or_else(|| missing("url"))?,
            username: address.username.clone().ok_or_else(|| missing("username"))?.0,
            password: self.password(address.password_file.as_ref())?,
            authorities: self.authorities()?,
            proxy: self.file.service.proxy.clone(),
        }))
    }

    fn password(&self, file: Option<&Spanned<FilePath>>) -> Result<SecretString, SettingsError> {
        let Some(named) = file else {
            let password = std::env::var(PASSWORD_VARIABLE).ok().filter(|password| !password.is_empty());
            return password.map(SecretString::from).ok_or_else(|| {
                let line = line_of(self.text, self.environment_span());
                SettingsError::PasswordMissing { file: self.path.to_owned(), line }
            });
        };
        let path = &named.get_ref().0;
        let (file, line) = (self.path.to_owned(), line_of(self.text, Some(named.span())));
        let unreadable =
            |_| SettingsError::PasswordUnreadable { file: file.clone(), line, password_file: path.clone() };
        if private::is_exposed(path).map_err(unreadable)? {
            return Err(SettingsError::PasswordExposed { file, line, password_file: path.clone() });
        }
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
        let password = text.strip_suffix('\n').unwrap_or(&text);
        Ok(SecretString::from(password.strip_suffix('\r').unwrap_or(password)))
    }

    /// The certificates of `ca_file`; none where the file does not name one.
    fn authorities(&self) -> Result<Vec<CertificateDer<'static>>, SettingsError> {
        let Some(named) = &self.file.service.ca_file else { return Ok(Vec::new()) };
        let path = &named.get_ref().0;
        let read = || CertificateDer::pem_file_iter(path)?.collect::<Result<Vec<_>, pem::Error>>();
        let problem = match read() {
            // The file is read whole here, so that whatever is wrong with it is told with its line.
            Ok(authorities) if authorities.iter().any(|authority| !is_certificate(authority)) => "is damaged",
            Ok(authorities) if !authorities.is_empty() => return Ok(authorities),
            Ok(_) => "holds no certificate in PEM form",
            Err(pem::Error::Io(_)) => "cannot be read",
            Err(_) => "is damaged",
        };
        Err(self.wrong(Some(named.span()), format!("the file {} {problem}", path.display())))
    }

    /// What the file says of the site; the demo has a site of its own.
    fn site_text(&self, of: impl Fn(&Site) -> &Option<Text>, demo: &str) -> String {
        match of(&self.file.site) {
            Some(text) => text.0.clone(),
            None if self.environment() == Environment::Simulator => demo.to_owned(),
            None => String::new(),
        }
    }

    fn environment(&self) -> Environment {
        self.file.service.environment.as_ref().map_or(Environment::Simulator, |spanned| *spanned.get_ref())
    }

    fn place(&self) -> Result<Place, SettingsError> {
        let site = &self.file.site;
        let location = match (&site.latitude, &site.longitude) {
            (Some(latitude), Some(longitude)) => Some((latitude.get_ref().0, longitude.get_ref().0)),
            (None, None) => None,
            (Some(alone), None) => return Err(self.wrong(Some(alone.span()), "latitude needs longitude")),
            (None, Some(alone)) => return Err(self.wrong(Some(alone.span()), "longitude needs latitude")),
        };
        Ok(Place {
            city: self.site_text(|site| &site.city, "Ankara"),
            district: self.site_text(|site| &site.district, "Çankaya"),
            address: self.site_text(|site| &site.address, "Atatürk Bulvarı 1"),
            location,
        })
    }

    fn policy(&self) -> Result<Policy, SettingsError> {
        let PolicyTable { admit, protected_by, negative_test_hours, .. } = &self.file.policy;
        let idle = |span, key| {
            self.wrong(Some(span), format!("{key} needs admit = \"riskless_and_protected\" in [policy]"))
        };
        match (admit, protected_by, negative_test_hours) {
            (Admit::Riskless, Some(by), _) => Err(idle(by.span(), "protected_by")),
            (Admit::Riskless, None, Some(hours)) => Err(idle(hours.span(), "negative_test_hours")),
            (Admit::Riskless, None, None) => Ok(Policy::Riskless),
            (Admit::RisklessAndProtected, Some(by), _) if by.get_ref().is_empty() => {
                let problem = "protected_by wants at least one of vaccinated, immune, negative_test";
                Err(self.wrong(Some(by.span()), problem))
            }
            (Admit::RisklessAndProtected, Some(by), Some(hours))
                if !by.get_ref().contains(&ProtectedBy::NegativeTest) =>
            {
                let problem = "negative_test_hours needs negative_test in protected_by";
                Err(self.wrong(Some(hours.span()), problem))
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
        let problem = format!(
            "the environment {:?} needs controller, contact, legal_basis and purpose in [privacy]",
            environment.name()
        );
        Err(self.wrong(self.environment_span(), problem))
    }

    /// The demo keeps a log and a key of its own.
    fn visits(&self, environment: Environment, folders: &Folders) -> visits::Config {
        let (folder, key) = match environment {
            Environment::Simulator => ("demo", "demo.key"),
            Environment::Test | Environment::Live | Environment::Own => ("visits", "visits.key"),
        };
        let table = &self.file.visits;
        let keys = match (&table.key_file, table.keyring, keys_credential()) {
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

    fn screen(&self) -> Screen {
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

fn is_certificate(authority: &CertificateDer<'_>) -> bool {
    RootCertStore::empty().add(authority.clone()).is_ok()
}

/// The keys that the service manager hands over, where it does.
fn keys_credential() -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os("CREDENTIALS_DIRECTORY")?).join(KEYS_CREDENTIAL);
    path.exists().then_some(path)
}

fn seconds<const LEAST: u32, const MOST: u32>(value: Option<&Whole<LEAST, MOST>>, default: u32) -> Duration {
    Duration::from_secs(u64::from(value.map_or(default, |seconds| seconds.0)))
}
