//! The settings that can be changed in the window, as people read and write them.

use std::collections::BTreeMap;
use std::fmt;

use toml_edit::{Array, Document, DocumentMut, InlineTable, Item, TableLike, Value};

use super::change::commented;
use super::wrong::line_of;
use super::{SettingsError, SettingsFile};

/// A setting of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The section in which it stands.
    pub section: &'static str,
    /// Its name there.
    pub key: &'static str,
    /// What it may be.
    pub kind: Kind,
}

/// What a setting may be. What it is exactly is the loader's to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// On or off; so where the file is silent.
    Switch(bool),
    /// One of these; the first one where the file is silent.
    Choice(&'static [&'static str]),
    /// Some of these in any order; all of them where the file is silent.
    Several(&'static [&'static str]),
    /// A whole number: the least, the most, what holds where the file is silent, and the step of a touch.
    Number(i64, i64, i64, i64),
    /// A text that is what the name says, or a number where that may be one.
    Text(&'static str),
    /// Texts with semicolons between them.
    Texts,
    /// Hours and the volume in them: 20:00-08:00 20.
    Quiet,
}

const fn setting(section: &'static str, key: &'static str, kind: Kind) -> Setting {
    Setting { section, key, kind }
}

/// The settings, in the order of the file. Where the service is and who asks it, and where the log and its keys lie, is
/// set by commands and in the file alone: a wrong touch must not lead an entrance to another log or service.
pub static SETTINGS: [Setting; 47] = [
    setting("site", "name", Kind::Text("text")),
    setting("site", "entrance", Kind::Text("text")),
    setting("site", "city", Kind::Text("text")),
    setting("site", "district", Kind::Text("text")),
    setting("site", "address", Kind::Text("text")),
    setting("site", "latitude", Kind::Text("latitude")),
    setting("site", "longitude", Kind::Text("longitude")),
    setting("service", "method", Kind::Choice(&["visitor", "employee", "general", "plus"])),
    setting("service", "timeout_seconds", Kind::Number(1, 60, 5, 1)),
    setting("policy", "admit", Kind::Choice(&["riskless", "riskless_and_protected"])),
    setting("policy", "protected_by", Kind::Several(&["vaccinated", "immune", "negative_test"])),
    setting("policy", "negative_test_hours", Kind::Number(1, 72, 48, 12)),
    setting("policy", "two_guards", Kind::Switch(false)),
    setting("identity", "ask_last_digits", Kind::Switch(false)),
    setting("privacy", "controller", Kind::Text("text")),
    setting("privacy", "contact", Kind::Text("text")),
    setting("privacy", "legal_basis", Kind::Text("text")),
    setting("privacy", "purpose", Kind::Text("text")),
    setting("privacy", "recipients", Kind::Text("text")),
    setting("privacy", "notice_url", Kind::Text("notice_url")),
    setting("camera", "source", Kind::Text("camera")),
    setting("camera", "fps", Kind::Number(1, 120, 30, 5)),
    setting("camera", "focus", Kind::Text("adjustment")),
    setting("camera", "exposure", Kind::Text("adjustment")),
    setting("camera", "power_line_frequency", Kind::Choice(&["50", "60", "auto", "off"])),
    setting("camera", "mirror", Kind::Switch(true)),
    setting("reader", "serial", Kind::Text("port")),
    setting("reader", "baud_rate", Kind::Number(300, 921_600, 9600, 300)),
    setting("visits", "keep_holder", Kind::Switch(false)),
    setting("visits", "repeat_minutes", Kind::Number(0, 1440, 30, 5)),
    setting("visits", "check_out", Kind::Switch(false)),
    setting("visits", "retention_days", Kind::Number(1, 3650, 30, 1)),
    setting("bulk", "parallel", Kind::Number(1, 16, 4, 1)),
    setting("bulk", "timeout_seconds", Kind::Number(1, 300, 30, 5)),
    setting("screen", "languages", Kind::Several(&["tr", "en", "ar", "de", "ru"])),
    setting("screen", "fullscreen", Kind::Switch(true)),
    setting("screen", "night", Kind::Text("hours")),
    setting("screen", "return_seconds", Kind::Number(5, 600, 60, 5)),
    setting("screen", "reduce_motion", Kind::Switch(false)),
    setting("screen", "admit_seconds", Kind::Number(1, 120, 4, 1)),
    setting("screen", "refuse_seconds", Kind::Number(1, 120, 15, 1)),
    setting("screen", "unverified_seconds", Kind::Number(1, 120, 15, 1)),
    setting("sound", "volume", Kind::Number(0, 100, 60, 5)),
    setting("sound", "quiet", Kind::Quiet),
    setting("desk", "shuffle_keypad", Kind::Switch(false)),
    setting("desk", "reasons", Kind::Texts),
    setting("log", "level", Kind::Choice(&["info", "error", "warn", "debug", "trace"])),
];

/// What settings are to be, by their places in [`SETTINGS`]; `None` where the file is to be silent.
pub type Changes = BTreeMap<usize, Option<String>>;

/// Changes that the loader refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongChange {
    /// The changed setting that stands in the line of the error.
    pub setting: Option<usize>,
    /// What the loader says.
    pub error: SettingsError,
}

impl Setting {
    /// Section and key, as in the file.
    pub fn name(&self) -> String {
        format!("{}.{}", self.section, self.key)
    }

    /// The value as people read it.
    fn text(&self, value: &Value) -> String {
        let list = |between: &str| {
            let texts = value.as_array().into_iter().flatten().map(plain);
            texts.collect::<Vec<_>>().join(between)
        };
        match self.kind {
            Kind::Several(_) => list(", "),
            Kind::Texts => list("; "),
            Kind::Quiet => {
                let table = value.as_inline_table();
                let part = |key| table.and_then(|table| table.get(key)).map(plain).unwrap_or_default();
                format!("{} {}", part("hours"), part("volume"))
            }
            Kind::Switch(_) | Kind::Choice(_) | Kind::Number(..) | Kind::Text(_) => plain(value),
        }
    }

    /// The value that a text means, where these are in the list so far. What is none of its kind becomes one that the
    /// loader refuses.
    fn value(&self, text: &str, earlier: &[&str]) -> Value {
        let list = |between: char| Value::from(split(text, between, earlier).into_iter().collect::<Array>());
        match self.kind {
            Kind::Switch(_) => Value::from(text == "true"),
            Kind::Several(_) => list(','),
            Kind::Texts => list(';'),
            Kind::Quiet => {
                let (hours, volume) = text.trim().rsplit_once(' ').unwrap_or((text, ""));
                Value::from(InlineTable::from_iter([
                    ("hours", Value::from(hours)),
                    ("volume", number_or_text(volume)),
                ]))
            }
            Kind::Choice(_) => number_or_text(text),
            Kind::Number(..) | Kind::Text("adjustment") => whole_or_text(text),
            // A hand writes 39,92 for what the file has as 39.92.
            Kind::Text("latitude" | "longitude") => number_or_text(&text.replace(',', ".")),
            // A name may be all digits.
            Kind::Text(_) => Value::from(text),
        }
    }
}

/// The texts with `between` between them. One of `earlier` that has it within stays one.
fn split<'a>(text: &'a str, between: char, earlier: &[&str]) -> Vec<&'a str> {
    let mut texts = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let ends = |end: usize| rest[end..].trim_start().chars().next().is_none_or(|next| next == between);
        let known = earlier.iter().filter(|known| rest.starts_with(**known)).map(|known| known.len());
        let known = known.filter(|end| ends(*end)).max();
        let end = known.or_else(|| rest.find(between)).unwrap_or(rest.len());
        let (one, more) = rest.split_at(end);
        texts.push(one.trim());
        rest = more.trim_start().strip_prefix(between).unwrap_or_default().trim_start();
    }
    texts.retain(|text| !text.is_empty());
    texts
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.value().clone(),
        // It may be written in another base, or with lines between the digits.
        Value::Integer(number) => number.value().to_string(),
        Value::Float(_) => value.clone().decorated("", "").to_string().replace('_', ""),
        other => other.clone().decorated("", "").to_string(),
    }
}

fn number_or_text(text: &str) -> Value {
    let text = text.trim();
    text.parse::<i64>()
        .map(Value::from)
        .or_else(|_| text.parse::<f64>().map(Value::from))
        .unwrap_or_else(|_| text.into())
}

/// A whole number, also with marks or blanks between thousands as people write it: 115.200.
fn whole_or_text(text: &str) -> Value {
    let is_mark = |c: char| matches!(c, '.' | ',') || c.is_whitespace();
    let mut groups = text.trim().split(is_mark);
    let is_begun =
        groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'));
    let are_thousands =
        groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    if is_begun && are_thousands { number_or_text(&text.replace(is_mark, "")) } else { number_or_text(text) }
}

impl SettingsFile {
    /// What the file says of each of [`SETTINGS`]; `None` where it is silent.
    ///
    /// # Errors
    /// The file is no TOML.
    pub fn values(&self) -> Result<Vec<Option<String>>, SettingsError> {
        let document = self.document()?;
        let value = |setting: &Setting| {
            let section = document.get(setting.section)?.as_table_like()?;
            Some(setting.text(&as_value(section.get(setting.key)?)?))
        };
        Ok(SETTINGS.iter().map(value).collect())
    }

    /// The same settings with these changes, as the loader accepts them.
    ///
    /// # Errors
    /// What the loader says, and of which of the changes.
    pub fn changed(&self, changes: &Changes) -> Result<Self, WrongChange> {
        let mut changed = self.clone();
        for (setting, text) in changes.iter().filter_map(|(place, text)| Some((SETTINGS.get(*place)?, text)))
        {
            let document = changed.document().ok();
            let list = document.as_ref().and_then(|document| document.get(setting.section)?.get(setting.key));
            let list = list.and_then(Item::as_array).into_iter().flatten();
            let earlier: Vec<&str> = list.filter_map(Value::as_str).collect();
            let next = match text {
                Some(text) => changed.with(&[setting.section], setting.key, setting.value(text, &earlier)),
                None => changed.unset(setting),
            };
            changed =
                next.map_err(|error| WrongChange { setting: changed.place_of(&error, changes), error })?;
        }
        match changed.settings() {
            Ok(_) => Ok(changed),
            Err(error) => Err(WrongChange { setting: changed.place_of(&error, changes), error }),
        }
    }

    fn document(&self) -> Result<DocumentMut, SettingsError> {
        self.text.parse().map_err(|_| SettingsError::Unreadable(self.path.clone()))
    }

    fn unset(&self, setting: &Setting) -> Result<Self, SettingsError> {
        if let Some(text) = commented(&self.text, &[setting.section], setting.key) {
            return Ok(Self { text, ..self.clone() });
        }
        let mut document = self.document()?;
        if let Some(section) = document.get_mut(setting.section).and_then(Item::as_table_like_mut) {
            section.remove(setting.key);
        }
        Ok(Self { text: document.to_string(), ..self.clone() })
    }

    /// Which of the changes stands in the line of an error.
    fn place_of(&self, error: &SettingsError, changes: &Changes) -> Option<usize> {
        let SettingsError::Wrong { line, .. } = error else { return None };
        let document = Document::parse(self.text.as_str()).ok()?;
        let stands_there =
            |item: &Item| item.span().is_some_and(|span| line_of(&self.text, Some(span)) == *line);
        let is_wrong = |place: &usize| {
            let setting = SETTINGS.get(*place)?;
            let item = document.get(setting.section)?.as_table_like()?.get(setting.key)?;
            // A value of several parts may stand in as many lines.
            let mut parts = item.as_table_like().into_iter().flat_map(TableLike::iter);
            Some(stands_there(item) || parts.any(|(_, part)| stands_there(part)))
        };
        changes.keys().copied().find(|place| is_wrong(place) == Some(true))
    }
}

/// A value, or a section that stands in the place of one.
fn as_value(item: &Item) -> Option<Value> {
    match item {
        Item::Value(value) => Some(value.clone()),
        Item::Table(table) => Some(Value::from(table.clone().into_inline_table())),
        Item::None | Item::ArrayOfTables(_) => None,
    }
}

/// It holds names and contacts of people.
impl fmt::Debug for SettingsFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SettingsFile({})", self.path.display())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, SettingsFile) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kiosk.toml");
        std::fs::write(&path, text).unwrap();
        let file = SettingsFile::read(Some(&path)).unwrap();
        (folder, file)
    }

    fn place(name: &str) -> usize {
        SETTINGS.iter().position(|setting| setting.name() == name).unwrap()
    }

    fn change(text: &str, name: &str, to: Option<&str>) -> Result<String, WrongChange> {
        let changes = Changes::from([(place(name), to.map(str::to_owned))]);
        file(text).1.changed(&changes).map(|changed| changed.text)
    }

    #[test]
    fn each_setting_can_be_read_changed_and_read_again() {
        for (name, to) in [
            ("site.name", "1923"),
            ("screen.night", "20:00-07:00"),
            ("screen.languages", "en, tr"),
            ("sound.quiet", "20:00-08:00 20"),
            ("desk.reasons", "Bir; İki"),
            ("camera.focus", "120"),
            ("camera.power_line_frequency", "60"),
            ("visits.retention_days", "7"),
            ("policy.two_guards", "true"),
        ] {
            let (_folder, before) = file("[site]\nname = \"Kapı\"\n");
            let changed = before.changed(&Changes::from([(place(name), Some(to.to_owned()))])).unwrap();
            assert_eq!(changed.values().unwrap()[place(name)].as_deref(), Some(to), "{name}");
        }
    }

    #[test]
    fn comments_and_order_stay_and_what_is_unset_goes() {
        let text = "# The door.\n[screen]\nadmit_seconds = 4 # short\nnight = \"20:00-07:00\"\n";
        let changed = change(text, "screen.admit_seconds", Some("6")).unwrap();
        assert_eq!(changed, text.replace("= 4", "= 6"));
        assert_eq!(change(text, "screen.night", None).unwrap(), text.replace("night", "# night"));
    }

    #[test]
    fn a_setting_that_is_emptied_is_a_comment_until_it_is_set_again_and_what_stands_about_it_stays() {
        let text = "[screen]\n# Since June.\nnight = \"20:00-07:00\" # the caretaker\nfullscreen = true\n";
        let emptied = change(text, "screen.night", None).unwrap();
        assert_eq!(emptied, text.replace("night =", "# night ="));
        assert_eq!(change(&emptied, "screen.night", Some("20:00-07:00")).unwrap(), text);
    }

    #[test]
    fn quiet_hours_keep_the_comments_among_them() {
        for text in [
            "[sound]\nquiet = {\n  # The ward sleeps.\n  hours = \"20:00-08:00\", # until the bell\n  volume = 20, # heard\n}\n",
            "[sound.quiet]\n# The ward sleeps.\nhours = \"20:00-08:00\" # until the bell\nvolume = 20\n",
        ] {
            let changed = change(text, "sound.quiet", Some("21:00-07:00 10")).unwrap();
            assert_eq!(changed, text.replace("20:00-08:00", "21:00-07:00").replace("= 20", "= 10"));
        }
    }

    #[test]
    fn a_list_is_changed_in_its_lines_and_keeps_its_comments() {
        let text = "[screen]\nlanguages = [ # read from the left\n  \"tr\", # ours\n  # Guests.\n  \"en\",\n  \"de\", # Bonn\n  # The end.\n]\n";
        let added = change(text, "screen.languages", Some("tr, en, de, ar")).unwrap();
        assert_eq!(added, text.replace("# Bonn\n", "# Bonn\n  \"ar\",\n"));
        let less = change(text, "screen.languages", Some("tr, de")).unwrap();
        assert_eq!(less, text.replace("\"en\",", "# \"en\","));
        let other = change(text, "screen.languages", Some("en, tr, de")).unwrap();
        let moved = "[ # read from the left\n  # Guests.\n  \"en\",\n  \"tr\", # ours\n  \"de\", # Bonn\n  # The end.\n]";
        assert_eq!(other, format!("[screen]\nlanguages = {moved}\n"));
        assert_eq!(change(text, "screen.languages", Some("tr, en, de")).unwrap(), text);
    }

    #[test]
    fn a_reason_with_a_semicolon_within_stays_one() {
        let text = "[desk]\nreasons = [\"Form seen; signed\", \"By phone\"]\n";
        let changed = change(text, "desk.reasons", Some("Form seen; signed; By phone; By mail")).unwrap();
        assert_eq!(changed, "[desk]\nreasons = [\"Form seen; signed\", \"By phone\", \"By mail\"]\n");
    }

    #[test]
    fn a_number_is_read_however_it_is_written() {
        let read = file("[screen]\nadmit_seconds = 1_0\nrefuse_seconds = 0xf\n").1.values().unwrap();
        let read = ["screen.admit_seconds", "screen.refuse_seconds"].map(|name| read[place(name)].clone());
        assert_eq!(read, [Some("10".to_owned()), Some("15".to_owned())]);
    }

    #[test]
    fn numbers_are_understood_as_a_hand_writes_them() {
        let (_folder, before) = file("");
        let written = [
            ("site.latitude", " 39,92 ", "39.92"),
            ("site.longitude", "-32,85", "-32.85"),
            ("reader.baud_rate", "115.200", "115200"),
            ("visits.repeat_minutes", "1 440", "1440"),
            ("camera.focus", "1,200", "1200"),
        ];
        let changes = written.map(|(name, text, _)| (place(name), Some(text.to_owned())));
        let after = before.changed(&Changes::from(changes)).unwrap().values().unwrap();
        assert_eq!(
            written.map(|(name, ..)| after[place(name)].clone()),
            written.map(|(_, _, number)| Some(number.to_owned()))
        );
    }

    #[test]
    fn what_the_loader_refuses_is_refused_with_the_setting_that_is_wrong() {
        for (name, to) in [
            ("screen.admit_seconds", "0"),
            ("screen.admit_seconds", "long"),
            ("screen.night", "20-7"),
            ("site.latitude", "91"),
            ("policy.negative_test_hours", "24"),
            ("privacy.notice_url", "http://example.org/"),
            ("sound.quiet", "20:00-08:00"),
            ("visits.repeat_minutes", "5,5"),
            ("reader.baud_rate", "115.20"),
        ] {
            let wrong = change("[site]\nname = \"Kapı\"\n", name, Some(to)).unwrap_err();
            assert_eq!(wrong.setting, Some(place(name)), "{name} = {to}: {}", wrong.error);
        }
    }
}
