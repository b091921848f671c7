//! The settings file as it stands on the disk.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::password::PasswordPlace;
use super::{Folders, Language, Settings, SettingsError, file};
use crate::hes::{Endpoint, Query};
use crate::visits::Environment;

/// A larger file is no settings file.
const MOST_BYTES: u64 = 1 << 20;

/// A settings file as it was read, for what works on it as well as by it.
#[derive(Clone)]
pub struct SettingsFile {
    pub(super) path: PathBuf,
    pub(super) text: String,
    pub(super) folders: Folders,
}

impl SettingsFile {
    /// Reads `file`, else the config folder's `kiosk.toml`. Where there is no such file its text is empty, which is
    /// the demo.
    ///
    /// # Errors
    /// The file cannot be read, or there is no home folder.
    pub fn read(file: Option<&Path>) -> Result<Self, SettingsError> {
        let folders = Folders::find()?;
        let (path, text) = match file {
            Some(path) => (path.to_owned(), read(path)?),
            None => {
                let path = folders.config.join("kiosk.toml");
                // Only where nothing has that name is it the demo: settings that are there and cannot be
                // read must never turn a real entrance into one.
                let is_missing =
                    std::fs::symlink_metadata(&path).is_err_and(|error| error.kind() == ErrorKind::NotFound);
                let text = if is_missing { String::new() } else { read(&path)? };
                (path, text)
            }
        };
        Ok(Self { path, text, folders })
    }

    /// Where `file` is, else the config folder's `kiosk.toml`, whether it is there or not.
    ///
    /// # Errors
    /// There is no home folder.
    pub fn place(file: Option<&Path>) -> Result<PathBuf, SettingsError> {
        match file {
            Some(path) => Ok(path.to_owned()),
            None => Ok(Folders::find()?.config.join("kiosk.toml")),
        }
    }

    /// Whether there is a value for `key` in `section`, such as `["service", "test"]`.
    pub fn has(&self, section: &[&str], key: &str) -> bool {
        self.value(section, key).is_some()
    }

    /// The text that stands for `key` in `section`.
    pub fn text_of(&self, section: &[&str], key: &str) -> Option<String> {
        Some(self.value(section, key)?.as_str()?.to_owned())
    }

    fn value(&self, section: &[&str], key: &str) -> Option<toml::Value> {
        let mut table: toml::Table = toml::from_str(&self.text).ok()?;
        for name in section {
            let toml::Value::Table(below) = table.remove(*name)? else { return None };
            table = below;
        }
        table.remove(key)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder in which the program keeps what it is about.
    pub fn state_folder(&self) -> &Path {
        &self.folders.state
    }

    /// What tells these settings from others that ask the test service otherwise; all but what going live needs goes
    /// into it. `None` where they are no TOML.
    pub fn tested_digest(&self) -> Option<String> {
        let mut table: toml::Table = toml::from_str(&self.text).ok()?;
        table.remove("privacy");
        if let Some(service) = table.get_mut("service").and_then(toml::Value::as_table_mut) {
            service.remove("environment");
            service.remove("live");
        }
        toml::to_string(&table).ok().map(|text| digest(&text))
    }

    /// What is missing on the way to the live service, as it stands in the settings, or the command that sets it.
    ///
    /// # Errors
    /// What is wrong, where, and what is accepted.
    pub fn lacks(&self) -> Result<Vec<String>, SettingsError> {
        file::parse(&self.path, &self.text)?.lacks(&self.folders)
    }

    /// Who controls the visitors' data, where the file says it.
    ///
    /// # Errors
    /// What is wrong, where, and what is accepted.
    pub fn controller(&self) -> Result<Option<String>, SettingsError> {
        Ok(file::parse(&self.path, &self.text)?.file.privacy.controller())
    }

    /// What it says.
    ///
    /// # Errors
    /// What is wrong, where, and what is accepted.
    pub fn settings(&self) -> Result<Settings, SettingsError> {
        let parsed = file::parse(&self.path, &self.text)?;
        let endpoint = parsed.endpoint(parsed.environment(), &self.folders)?;
        let settings = parsed.into_settings(&self.folders, endpoint)?;
        Ok(Settings { digest: digest(&self.text), ..settings })
    }

    /// What it says of all but the service, whose password may be missing: with these settings nobody is asked.
    ///
    /// # Errors
    /// What is wrong, where, and what is accepted.
    pub fn settings_without_service(&self) -> Result<Settings, SettingsError> {
        file::parse(&self.path, &self.text)?.into_settings(&self.folders, None)
    }

    /// The environment that it chooses.
    ///
    /// # Errors
    /// What is wrong, where, and what is accepted.
    pub fn environment(&self) -> Result<Environment, SettingsError> {
        Ok(file::parse(&self.path, &self.text)?.environment())
    }

    /// The language that the kiosk falls back to.
    ///
    /// # Errors
    /// What is wrong, where, and what is accepted.
    pub fn first_language(&self) -> Result<Language, SettingsError> {
        Ok(file::parse(&self.path, &self.text)?.screen().first_language)
    }

    /// The languages that are offered, in their order.
    ///
    /// # Errors
    /// What is wrong, where, and what is accepted.
    pub fn languages(&self) -> Result<Vec<Language>, SettingsError> {
        Ok(file::parse(&self.path, &self.text)?.screen().languages)
    }

    /// The settings where there is no file.
    ///
    /// # Errors
    /// There is no home folder.
    pub fn standard() -> Result<Self, SettingsError> {
        let folders = Folders::find()?;
        Ok(Self { path: folders.config.join("kiosk.toml"), text: String::new(), folders })
    }

    /// The service of an environment and how it is asked; `None` for one without a service outside the program.
    ///
    /// # Errors
    /// What is wrong, where, and what is accepted.
    pub fn service(&self, environment: Environment) -> Result<Option<(Endpoint, Query)>, SettingsError> {
        let parsed = file::parse(&self.path, &self.text)?;
        let Some(endpoint) = parsed.endpoint(environment, &self.folders)? else { return Ok(None) };
        Ok(Some((endpoint, parsed.query()?)))
    }

    /// Where the password of an environment is kept; `None` for one that has none of its own.
    ///
    /// # Errors
    /// What is wrong, where, and what is accepted.
    pub fn password_place(&self, environment: Environment) -> Result<Option<PasswordPlace>, SettingsError> {
        let parsed = file::parse(&self.path, &self.text)?;
        Ok(parsed.file.service.password_place(environment, &self.folders))
    }
}

/// What tells these settings from others, in hexadecimal digits. No password stands in the file.
fn digest(text: &str) -> String {
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn read(path: &Path) -> Result<String, SettingsError> {
    let is_plain = std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= MOST_BYTES);
    let text = if is_plain { std::fs::read_to_string(path).ok() } else { None };
    text.ok_or_else(|| SettingsError::Unreadable(path.to_owned()))
}
