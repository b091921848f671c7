//! The texts that people see, by language.

use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use unic_langid::langid;

use super::theme::Direction;
use crate::settings::Language;

/// Where the entrances are; the service's own times are UTC.
const TIME_ZONE: &str = "Europe/Istanbul";

static ZONE: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get(TIME_ZONE).unwrap_or(TimeZone::UTC));

/// The time on the entrance's clock.
pub fn local(time: Timestamp) -> Zoned {
    time.to_zoned(ZONE.clone())
}

const TURKISH: &str = include_str!("../../assets/translations/tr.ftl");
const ENGLISH: &str = include_str!("../../assets/translations/en.ftl");

/// The texts of one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

static TURKISH_TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::Turkish));
static ENGLISH_TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::English));

impl Texts {
    /// The texts of `language`.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Turkish => &TURKISH_TEXTS,
            Language::English => &ENGLISH_TEXTS,
        }
    }

    fn read(language: Language) -> Self {
        let (identifier, source) = match language {
            Language::Turkish => (langid!("tr-TR"), TURKISH),
            Language::English => (langid!("en-GB"), ENGLISH),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // The marks that isolate arguments are for mixed directions; here they would only be drawn.
        bundle.set_use_isolating(false);
        // A file with errors still yields its good messages; a test refuses such files.
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    /// Which language they are of.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The way in which they are read.
    pub(super) fn direction(&self) -> Direction {
        match self.language {
            Language::Turkish | Language::English => Direction::LeftToRight,
        }
    }

    /// The text of `key`.
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of `key` with its arguments.
    pub fn with(&self, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, "a text is missing");
            return String::new();
        };
        let mut values = FluentArgs::new();
        for (name, argument) in arguments {
            match argument {
                Argument::Text(text) => values.set(*name, FluentValue::from(*text)),
                Argument::Number(number) => values.set(*name, FluentValue::from(*number)),
            }
        }
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned()
    }
}

/// What stands in a text's place for it.
#[derive(Debug, Clone, Copy)]
pub enum Argument<'a> {
    /// A text.
    Text(&'a str),
    /// A number, written as the language writes it.
    Number(u64),
}

impl fmt::Debug for Texts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Texts({:?})", self.language)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use fluent_bundle::FluentResource;

    use super::*;

    /// Each message's name and the arguments that it mentions.
    fn messages(source: &str) -> BTreeMap<String, Vec<String>> {
        let resource = FluentResource::try_new(source.to_owned()).expect("the file has no errors");
        assert!(resource.entries().count() > 0);
        let mut found = BTreeMap::new();
        for line in source.lines().filter(|line| !line.starts_with('#') && line.contains(" = ")) {
            let (name, text) = line.split_once(" = ").unwrap();
            let mut arguments: Vec<String> =
                text.split("{ $").skip(1).map(|rest| rest.split(' ').next().unwrap().to_owned()).collect();
            arguments.sort();
            assert_eq!(found.insert(name.to_owned(), arguments), None, "{name} stands twice");
        }
        found
    }

    #[test]
    fn each_language_has_the_same_texts_with_the_same_arguments() {
        assert_eq!(messages(TURKISH), messages(ENGLISH));
    }

    #[test]
    fn each_decision_source_and_state_of_the_camera_has_its_words() {
        let texts = Texts::of(Language::Turkish);
        let reasons =
            crate::entry::Decision::ALL.map(|decision| format!("reason-{}", decision.reason_name()));
        let sources = crate::code::Source::ALL.map(|source| format!("source-{}", source.name()));
        let states = crate::scan::CameraState::ALL.map(|state| format!("camera-{}", state.name()));
        let advice = crate::scan::Advice::ALL.map(|advice| format!("advice-{}", advice.name()));
        let problems = crate::scan::CameraError::ALL.map(|error| format!("camera-problem-{}", error.name()));
        for key in reasons.iter().chain(&sources).chain(&states).chain(&advice).chain(&problems) {
            assert_ne!(texts.get(key), "", "{key}");
        }
    }

    #[test]
    fn arguments_stand_in_the_text_without_marks_around_them() {
        let texts = Texts::of(Language::Turkish);
        assert_eq!(texts.with("seconds-left", &[("seconds", Argument::Number(3))]), "3 sn");
    }
}
