//! What a settings file still tells that is wrong somewhere.

use std::path::Path;

use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

use super::{Language, Settings, SettingsFile, file, source};
use crate::visits::{self, Environment};

/// What tells where the visit log and its keys are.
const LOG: [&str; 3] = ["path", "key_file", "keyring"];

impl Settings {
    /// Whom to call, as far as a settings file says it that may be wrong elsewhere.
    pub fn contact_of(file: Option<&Path>) -> Option<String> {
        let path = SettingsFile::place(file).ok()?;
        let table: Table = toml::from_str(&source::read(&path).ok()?).ok()?;
        Some(table.get("privacy")?.get("contact")?.as_str()?.to_owned())
    }

    /// The first of the screen's languages, as far as a settings file says it that may be wrong elsewhere.
    pub fn language_of(file: Option<&Path>) -> Option<Language> {
        let path = SettingsFile::place(file).ok()?;
        let table: Table = toml::from_str(&source::read(&path).ok()?).ok()?;
        let first = table.get("screen")?.get("languages")?.as_array()?.first()?.clone();
        first.try_into().ok()
    }

    /// The visit log that a settings file names which may be wrong elsewhere, if there is one in that place: none is
    /// begun. Where it is not told which service is asked it is that of a real entrance, never the demo's: who has a PIN
    /// there has none here.
    pub fn visits_of(file: Option<&Path>) -> Option<visits::Config> {
        let read = SettingsFile::read(file).ok()?;
        let (told, problems) = DeTable::parse_recoverable(&read.text);
        let told = told.get_ref();
        let section = |name: &str| match told.get(name).map(|section| section.get_ref()) {
            Some(DeValue::Table(section)) => Some(section),
            _ => None,
        };
        let environment = section("service").and_then(|service| service.get("environment"));
        let environment = match environment.map(|environment| environment.get_ref().as_str()) {
            None if problems.is_empty() => Environment::Simulator,
            named => named.flatten().and_then(Environment::from_name).unwrap_or(Environment::Live),
        };
        let mut log = Table::new();
        for (key, value) in section("visits").into_iter().flatten() {
            if LOG.contains(&key.get_ref().as_ref()) {
                log.insert(key.get_ref().to_string(), kept(value.get_ref())?);
            }
        }
        let text = Table::from_iter([("visits".to_owned(), Value::Table(log))]).to_string();
        let config = file::parse(&read.path, &text).ok()?.visits(environment, &read.folders);
        config.path.is_file().then_some(config)
    }
}

fn kept(value: &DeValue<'_>) -> Option<Value> {
    match value {
        DeValue::String(text) => Some(Value::String(text.to_string())),
        DeValue::Boolean(is_so) => Some(Value::Boolean(*is_so)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;

    /// The log that is found by these settings, in which FOLDER has a log.
    fn found(settings: &str) -> Option<PathBuf> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("visits.db"), "").unwrap();
        let place = folder.path().join("kiosk.toml");
        fs::write(&place, settings.replace("FOLDER", &folder.path().display().to_string())).unwrap();
        let config = Settings::visits_of(Some(&place))?;
        Some(config.path.strip_prefix(folder.path()).unwrap().to_owned())
    }

    #[test]
    fn the_log_is_found_by_settings_that_are_wrong_elsewhere() {
        for settings in [
            "[policy]\nadmit = 1\n[visits]\npath = \"FOLDER/visits.db\"\n",
            "[visits]\npath = \"FOLDER/visits.db\"\nretention_days = 0\n",
            "[visits]\npath = \"FOLDER/visits.db\"\n[policy]\nadmit = \"riskless\n",
            "[service]\nenvironment = \"lvie\"\n[visits]\npath = \"FOLDER/visits.db\"\n",
        ] {
            assert_eq!(found(settings), Some("visits.db".into()), "{settings}");
        }
    }

    #[test]
    fn no_other_log_is_taken_for_one_whose_place_is_not_told() {
        for place in ["FOLDER/visits.db\"", "12", "\"~/visits.db\"", "\"FOLDER/none.db\""] {
            assert_eq!(found(&format!("[visits]\npath = {place}\n")), None, "{place}");
        }
    }
}
