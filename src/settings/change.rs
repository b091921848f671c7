//! The settings file is written: comments, order, permissions and owner stay.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use toml_edit::{Document, DocumentMut, Item, TableLike, Value};

use super::{SettingsError, SettingsFile, file, list, source};
use crate::draft::Draft;
use crate::private;

/// Why the settings file is not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// The file, or its folder, cannot be written.
    #[error("{}: the settings file cannot be written", .0.display())]
    Unwritable(PathBuf),
    /// The file is not as it was when it was read.
    #[error("{}: the settings file was changed meanwhile", .0.display())]
    Changed(PathBuf),
}

impl SettingsFile {
    /// The same settings with another value of `key` in `section`, such as `["service"]`. On the disk nothing changes,
    /// and nothing says that the value is accepted: [`SettingsFile::settings`] does.
    ///
    /// # Errors
    /// The file is no TOML.
    pub fn with(&self, section: &[&str], key: &str, value: impl Into<Value>) -> Result<Self, SettingsError> {
        // What the loader refuses is told in its words.
        file::parse(&self.path, &self.text)?;
        let unreadable = || SettingsError::Unreadable(self.path.clone());
        // A comment that shows the setting becomes it, with what it says behind.
        let shown = if self.has(section, key) { None } else { uncommented(&self.text, section, key) };
        let document = shown.and_then(|text| text.parse().ok());
        let mut document: DocumentMut =
            document.map_or_else(|| self.text.parse(), Ok).map_err(|_| unreadable())?;
        let mut table: &mut dyn TableLike = document.as_table_mut();
        for name in section {
            let below = table.entry(name).or_insert_with(toml_edit::table);
            table = below.as_table_like_mut().ok_or_else(unreadable)?;
        }
        let value = value.into();
        match (table.get_mut(key).and_then(Item::as_table_like_mut), value.as_inline_table()) {
            (Some(parts), Some(wanted)) => {
                wanted.iter().for_each(|(key, value)| set(parts, key, value.clone()));
            }
            _ => set(table, key, value),
        }
        Ok(Self { text: document.to_string(), ..self.clone() })
    }

    /// The same settings with what a service needs as comments: where the desk looks codes up nothing of it may be said.
    /// What has no line of its own stays. `None` where nothing of it is said.
    pub fn without_service(&self) -> Option<Self> {
        let mut text = self.text.clone();
        while let Some(less) = useless(&text).iter().find_map(|(section, key)| {
            let section: Vec<&str> = section.iter().map(String::as_str).collect();
            commented(&text, &section, key)
        }) {
            text = less;
        }
        (text != self.text).then(|| Self { text, ..self.clone() })
    }

    /// Puts these settings on the disk in the place of `read`, which they were made of: wholly or not at all. Where the
    /// file is a link, what it leads to is written.
    ///
    /// # Errors
    /// Why the file is as it was.
    pub fn replace(&self, read: &Self) -> Result<(), ChangeError> {
        let unwritable = |_| ChangeError::Unwritable(self.path.clone());
        // The demo has no file yet.
        if read.text.is_empty() && fs::symlink_metadata(&self.path).is_err() {
            return self.create().map_err(unwritable);
        }
        let path = fs::canonicalize(&self.path).map_err(unwritable)?;
        let (draft, mut file) = Draft::begin(&path).map_err(unwritable)?;
        file.write_all(self.text.as_bytes()).and_then(|()| keep_rights(&path, &file)).map_err(unwritable)?;
        if source::read(&path).ok().as_ref() != Some(&read.text) {
            return Err(ChangeError::Changed(self.path.clone()));
        }
        draft.publish(&path).map_err(unwritable)
    }

    fn create(&self) -> io::Result<()> {
        private::create_folder(self.path.parent().unwrap_or(Path::new(".")))?;
        let (draft, mut file) = Draft::begin(&self.path)?;
        file.write_all(self.text.as_bytes())?;
        draft.publish(&self.path)
    }
}

/// Sets a value in a section, and keeps the comments about it.
fn set(table: &mut dyn TableLike, key: &str, mut value: Value) {
    // A comment behind a value is part of it.
    if let Some(earlier) = table.get(key).and_then(Item::as_value) {
        if let (Some(earlier), Some(wanted)) = (earlier.as_array(), value.as_array()) {
            value = list::changed(earlier, wanted).into();
        }
        *value.decor_mut() = earlier.decor().clone();
    }
    match table.get_mut(key) {
        // To insert it anew would drop the comments above it.
        Some(item) => *item = Item::Value(value),
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// What a settings file begins as: every setting in a comment, so that it is the demo's.
const TEMPLATE: &str = include_str!("../../assets/kiosk.example.toml");

/// Writes a settings file with every setting in a comment, for its owner alone, where there is none.
///
/// # Errors
/// [`ChangeError::Unwritable`]
pub fn write_template(path: &Path) -> Result<(), ChangeError> {
    if path.symlink_metadata().is_ok() {
        return Ok(());
    }
    let written = private::create_folder(path.parent().unwrap_or(Path::new(".")))
        .and_then(|()| Draft::begin(path))
        .and_then(|(draft, mut file)| {
            file.write_all(TEMPLATE.as_bytes())?;
            draft.publish(path)
        });
    written.map_err(|_| ChangeError::Unwritable(path.to_owned()))
}

/// The text with the comment `# key = …` of this section as a setting, where there is such a comment.
fn uncommented(text: &str, section: &[&str], key: &str) -> Option<String> {
    let header = format!("[{}]", section.join("."));
    let mut is_inside = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with('[') {
            is_inside = line.trim_end() == header;
        }
        let shown = line.strip_prefix("# ").filter(|_| is_inside).and_then(|shown| shown.strip_prefix(key));
        if shown.is_some_and(|rest| rest.trim_start().starts_with('=')) {
            return Some(format!("{}{}", text.get(..at)?, text.get(at + 2..)?));
        }
        at += line.len();
    }
    None
}

/// The sections and keys that mean nothing where no service is asked.
fn useless(text: &str) -> Vec<(Vec<String>, String)> {
    let Ok(document) = Document::parse(text) else { return Vec::new() };
    let mut found = Vec::new();
    for (key, item) in document.get("service").and_then(Item::as_table).into_iter().flatten() {
        match item.as_table() {
            Some(below) => {
                let section = vec!["service".to_owned(), key.to_owned()];
                found.extend(below.iter().map(|(key, _)| (section.clone(), key.to_owned())));
            }
            None if key != "environment" => found.push((vec!["service".to_owned()], key.to_owned())),
            None => {}
        }
    }
    let (section, key) = ("identity", "ask_last_digits");
    let digits = document.get(section).and_then(|identity| identity.get(key));
    if digits.and_then(Item::as_bool) == Some(true) {
        found.push((vec![section.to_owned()], key.to_owned()));
    }
    found
}

/// The text with a setting as a comment, which shows it: what stands about it stays. `None` where it has no line of its own.
pub(super) fn commented(text: &str, section: &[&str], key: &str) -> Option<String> {
    let document = Document::parse(text).ok()?;
    let mut table = document.as_table();
    for name in section {
        table = table.get(name)?.as_table()?;
    }
    let (key, item) = table.get_key_value(key)?;
    let (name, value) = (key.span()?, item.as_value()?.span()?);
    let first = text.get(..name.start)?.rfind('\n').map_or(0, |end| end + 1);
    let last = text.get(value.end..)?.find('\n').map_or(text.len(), |end| value.end + end);
    let lines = text.get(first..last)?.lines().map(|line| format!("# {line}"));
    let lines = lines.collect::<Vec<_>>().join("\n");
    Some(format!("{}{lines}{}", text.get(..first)?, text.get(last..)?))
}

/// Gives a file the permissions and the owner of another one.
fn keep_rights(earlier: &Path, file: &fs::File) -> io::Result<()> {
    let metadata = fs::metadata(earlier)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let made = file.metadata()?;
        if (made.uid(), made.gid()) != (metadata.uid(), metadata.gid()) {
            fchown(file, Some(metadata.uid()), Some(metadata.gid()))?;
        }
    }
    file.set_permissions(metadata.permissions())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    const TEXT: &str = "# The door.\n[service]\n# Which one.\nenvironment = \"test\"   # until May\n\n[site]\nname = 'Kapı'\n";

    /// A folder with these settings in `kiosk.toml`.
    fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kiosk.toml");
        fs::write(&path, text).unwrap();
        (folder, path)
    }

    fn change(path: &Path) -> Result<(), ChangeError> {
        let read = SettingsFile::read(Some(path)).unwrap();
        read.with(&["service"], "environment", "live").unwrap().replace(&read)
    }

    #[test]
    fn one_value_changes_and_every_other_byte_stays() {
        let (_folder, path) = written(TEXT);
        change(&path).unwrap();
        assert_eq!(fs::read_to_string(path).unwrap(), TEXT.replace("\"test\"", "\"live\""));
    }

    #[test]
    fn a_comment_that_shows_a_setting_becomes_it_and_no_other() {
        let (_folder, path) =
            written("[site]\n# name = \"A\"   # shown\n# entrance = \"B\"\n[camera]\n# name = 1\n");
        let read = SettingsFile::read(Some(&path)).unwrap();
        read.with(&["site"], "name", "Kapı").unwrap().replace(&read).unwrap();
        let changed = fs::read_to_string(path).unwrap();
        assert_eq!(changed, "[site]\nname = \"Kapı\"   # shown\n# entrance = \"B\"\n[camera]\n# name = 1\n");
    }

    #[test]
    fn each_setting_of_the_template_can_be_set_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hes-kiosk/kiosk.toml");
        write_template(&path).unwrap();
        let read = SettingsFile::read(Some(&path)).unwrap();
        let changed = read.with(&["service", "live"], "username", "kurum").unwrap();
        assert_eq!(changed.text.lines().count(), TEMPLATE.lines().count());
        assert_eq!(changed.text_of(&["service", "live"], "username"), Some("kurum".to_owned()));
    }

    #[test]
    fn without_its_service_a_file_keeps_every_other_byte() {
        let text = "# Kapı\n[service]\nenvironment = \"test\"  # one\ntimeout_seconds = 3\nlive.url = \"https://a/\"\n\
                    [identity]\nask_last_digits = true # two\n[service.test]\n# three\nusername = \"u\"\n";
        let (_folder, path) = written(text);
        let changed = SettingsFile::read(Some(&path)).unwrap().without_service().unwrap();
        let lines = ["timeout", "live.url", "ask_last_digits", "username"];
        let wanted = lines
            .iter()
            .fold(text.to_owned(), |text, line| text.replace(&format!("\n{line}"), &format!("\n# {line}")));
        assert_eq!(changed.text, wanted);
        assert!(changed.with(&["service"], "environment", "manual").is_ok());
    }

    #[test]
    fn a_section_that_is_not_there_is_added() {
        let (_folder, path) = written(TEXT);
        let read = SettingsFile::read(Some(&path)).unwrap();
        read.with(&["service", "test"], "username", "kurum").unwrap().replace(&read).unwrap();
        let changed = fs::read_to_string(path).unwrap();
        assert_eq!(changed, TEXT.replace("\n\n[site]", "\n\n[service.test]\nusername = \"kurum\"\n\n[site]"));
    }

    #[test]
    fn a_file_that_was_changed_meanwhile_stays_as_it_is() {
        let (_folder, path) = written(TEXT);
        let read = SettingsFile::read(Some(&path)).unwrap();
        let changed = read.with(&["service"], "environment", "live").unwrap();
        fs::write(&path, "# mine\n").unwrap();
        assert_eq!(changed.replace(&read), Err(ChangeError::Changed(path.clone())));
        assert_eq!(fs::read_to_string(path).unwrap(), "# mine\n");
    }

    #[test]
    fn what_a_link_leads_to_is_written_with_the_permissions_that_it_had() {
        let (folder, path) = written(TEXT);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let link = folder.path().join("link.toml");
        symlink("kiosk.toml", &link).unwrap();
        change(&link).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
