//! The texts that people see, by language.

pub mod notice;

use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::langid;

use super::theme::Direction;
pub use crate::local_time::{local, start_of_day};
use crate::settings::Language;

/// What stands on the kiosk's window, in every language.
const WINDOW: [(Language, &str); 5] = [
    (Language::Turkish, include_str!("../../assets/translations/tr/window.ftl")),
    (Language::English, include_str!("../../assets/translations/en/window.ftl")),
    (Language::Arabic, include_str!("../../assets/translations/ar/window.ftl")),
    (Language::German, include_str!("../../assets/translations/de/window.ftl")),
    (Language::Russian, include_str!("../../assets/translations/ru/window.ftl")),
];

/// What commands say to staff, in the languages of staff.
const COMMANDS: [(Language, &str); 2] = [
    (
        Language::Turkish,
        concat!(
            include_str!("../../assets/translations/tr/commands.ftl"),
            include_str!("../../assets/translations/tr/onboarding.ftl"),
            include_str!("../../assets/translations/tr/inside.ftl"),
            include_str!("../../assets/translations/tr/doctor.ftl"),
            include_str!("../../assets/translations/tr/setup.ftl"),
            include_str!("../../assets/translations/tr/look_up.ftl")
        ),
    ),
    (
        Language::English,
        concat!(
            include_str!("../../assets/translations/en/commands.ftl"),
            include_str!("../../assets/translations/en/onboarding.ftl"),
            include_str!("../../assets/translations/en/inside.ftl"),
            include_str!("../../assets/translations/en/doctor.ftl"),
            include_str!("../../assets/translations/en/setup.ftl"),
            include_str!("../../assets/translations/en/look_up.ftl")
        ),
    ),
];

/// What the manager's pages say, in the languages of staff.
const MANAGER: [(Language, &str); 2] = [
    (Language::Turkish, include_str!("../../assets/translations/tr/manager.ftl")),
    (Language::English, include_str!("../../assets/translations/en/manager.ftl")),
];

/// What staff read: all of it.
const ALL: [&[(Language, &str)]; 3] = [&WINDOW, &COMMANDS, &MANAGER];

/// The texts of one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    /// What visitors see on the kiosk's window in `language`.
    pub fn of(language: Language) -> &'static Self {
        static TURKISH: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::Turkish, &[&WINDOW]));
        static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::English, &[&WINDOW]));
        static ARABIC: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::Arabic, &[&WINDOW]));
        static GERMAN: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::German, &[&WINDOW]));
        static RUSSIAN: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::Russian, &[&WINDOW]));
        match language {
            Language::Turkish => &TURKISH,
            Language::English => &ENGLISH,
            Language::Arabic => &ARABIC,
            Language::German => &GERMAN,
            Language::Russian => &RUSSIAN,
        }
    }

    /// What the desk and commands say to staff, and what stands on the window: in `language` if that is one of staff's,
    /// else in Turkish.
    pub fn for_staff(language: Language) -> &'static Self {
        static TURKISH: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::Turkish, &ALL));
        static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::English, &ALL));
        match language {
            Language::English => &ENGLISH,
            Language::Turkish | Language::Arabic | Language::German | Language::Russian => &TURKISH,
        }
    }

    fn read(language: Language, files: &[&[(Language, &str)]]) -> Self {
        let identifier = match language {
            Language::Turkish => langid!("tr-TR"),
            Language::English => langid!("en-GB"),
            Language::Arabic => langid!("ar"),
            Language::German => langid!("de-DE"),
            Language::Russian => langid!("ru-RU"),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // The marks that isolate arguments keep Latin names, times and paths whole in Arabic; elsewhere nobody needs
        // them.
        bundle.set_use_isolating(language == Language::Arabic);
        bundle.set_formatter(Some(match language {
            Language::Turkish | Language::German => |value, _| grouped(value, '.'),
            // Arabic has Western digits too: codes and identity numbers are written with them.
            Language::English | Language::Arabic => |value, _| grouped(value, ','),
            Language::Russian => |value, _| grouped(value, '\u{a0}'),
        }));
        for (_, source) in files.iter().copied().flatten().filter(|(theirs, _)| *theirs == language) {
            // A file with errors still yields its good messages; a test refuses such files.
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// Which language they are of.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The way in which they are read.
    pub(super) fn direction(&self) -> Direction {
        match self.language {
            Language::Turkish | Language::English | Language::German | Language::Russian => {
                Direction::LeftToRight
            }
            Language::Arabic => Direction::RightToLeft,
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

/// How a language calls itself.
pub(super) fn own_name(language: Language) -> &'static str {
    first_text("language-name", language)
}

/// The letters by which a language is known.
pub(super) fn own_letters(language: Language) -> &'static str {
    first_text("language-code", language)
}

/// A text of one line that stands at the beginning of a language's file: the welcome shows it of every language, and
/// to read all texts of all of them takes a megabyte.
fn first_text(key: &str, language: Language) -> &'static str {
    let file = WINDOW.iter().find(|(theirs, _)| *theirs == language);
    let mut lines = file.into_iter().flat_map(|(_, source)| source.lines());
    lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(" = ")).unwrap_or_default()
}

/// A whole number in groups of three digits; `None` of what is no number.
fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = number.as_string();
    let mut grouped = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    Some(grouped)
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
    use std::collections::{BTreeMap, BTreeSet};

    use clap::ValueEnum;
    use ttf_parser::Face;

    use super::*;
    use crate::kiosk::theme::{ARABIC_FONTS, FONTS};

    /// Each message's name and the arguments that it mentions.
    fn messages(source: &str) -> BTreeMap<&str, BTreeSet<&str>> {
        let resource = FluentResource::try_new(source.to_owned()).expect("the file has no errors");
        assert!(resource.entries().count() > 0);
        let mut found = BTreeMap::new();
        let mut name = "";
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            // A message begins at the margin; the forms of its numbers follow further in.
            if let Some((begun, _)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
                name = begun;
                assert_eq!(found.insert(name, BTreeSet::new()), None, "{name} stands twice");
            }
            let is_of_name = |c: char| c.is_alphanumeric() || c == '_';
            let arguments = line.split('$').skip(1).filter_map(|rest| rest.split(|c| !is_of_name(c)).next());
            found.entry(name).or_default().extend(arguments);
        }
        found
    }

    #[test]
    fn each_language_has_the_same_texts_with_the_same_arguments() {
        for files in [&WINDOW[..], &COMMANDS[..], &MANAGER[..]] {
            for (language, source) in files {
                assert_eq!(messages(source), messages(files[0].1), "{language:?}");
            }
        }
    }

    #[test]
    fn each_character_is_in_the_typefaces_at_each_weight() {
        let fonts = FONTS.into_iter().chain(ARABIC_FONTS);
        let faces: Vec<Face<'_>> = fonts.map(|font| Face::parse(font, 0).unwrap()).collect();
        let weights: BTreeSet<u16> = faces.iter().map(|face| face.weight().to_number()).collect();
        let mut missing = BTreeSet::new();
        for (language, source) in WINDOW.iter().chain(&COMMANDS).chain(&MANAGER) {
            let texts = source.lines().filter(|line| !line.starts_with('#'));
            let printed: BTreeSet<char> = texts.flat_map(str::chars).chain(['\u{a0}']).collect();
            for &weight in &weights {
                let is_in = |face: &Face<'_>, character| {
                    face.weight().to_number() == weight && face.glyph_index(character).is_some()
                };
                let lacks = |character: &char| !faces.iter().any(|face| is_in(face, *character));
                missing.extend(
                    printed.iter().copied().filter(lacks).map(|c| (format!("{language:?}"), weight, c)),
                );
            }
        }
        assert_eq!(missing, BTreeSet::new());
    }

    #[test]
    fn each_typeface_has_the_weights_that_the_renderer_asks_for() {
        let face = |font| Face::parse(font, 0).unwrap().weight().to_number();
        assert_eq!(FONTS.map(face), [500, 600, 700, 800, 600]);
        assert_eq!(ARABIC_FONTS.map(face), [500, 700, 800]);
    }

    #[test]
    fn numbers_have_the_forms_of_their_language() {
        for (language, days, words) in [
            (Language::Turkish, 1, " 1 gün"),
            (Language::Turkish, 3650, "3.650 gün"),
            (Language::English, 1, "once one day has"),
            (Language::English, 3650, "3,650 days have"),
            (Language::German, 1, "ein Tag vergangen ist"),
            (Language::German, 3650, "3.650 Tage vergangen sind"),
            (Language::Russian, 1, "через 1 день"),
            (Language::Russian, 22, "через 22 дня"),
            (Language::Russian, 12, "через 12 дней"),
            (Language::Russian, 3650, "через 3\u{a0}650 дней"),
            (Language::Arabic, 1, "يوم واحد"),
            (Language::Arabic, 2, "يومين"),
            (Language::Arabic, 3, "3 أيام"),
            (Language::Arabic, 30, "30 يومًا"),
            (Language::Arabic, 365, "365 يومًا"),
            (Language::Arabic, 3650, "3,650 يومًا"),
        ] {
            let said = Texts::of(language).with("notice-retention", &[("days", Argument::Number(days))]);
            let said = said.replace(['\u{2068}', '\u{2069}'], "");
            let follows = said.split_once(words).map(|(_, follows)| follows.chars().next());
            assert_eq!(follows.map(|next| next.is_some_and(char::is_alphabetic)), Some(false), "{said}");
        }
    }

    #[test]
    fn staff_are_told_in_turkish_where_commands_do_not_speak_the_language() {
        for &language in Language::value_variants() {
            let intact = Texts::for_staff(language).with(
                "log-intact",
                &[("records", Argument::Number(12_345)), ("purged", Argument::Number(0))],
            );
            let begin = if language == Language::English {
                "The log is intact: 12,345"
            } else {
                "Ziyaret defteri sağlam: 12.345"
            };
            assert!(intact.starts_with(begin), "{language:?}: {intact}");
        }
    }

    #[test]
    fn each_decision_source_and_state_of_the_camera_has_its_words() {
        let texts = Texts::for_staff(Language::Turkish);
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
    fn arguments_are_isolated_in_arabic_alone() {
        for (language, seconds) in [(Language::Turkish, "3 sn"), (Language::Arabic, "\u{2068}3\u{2069} ث")] {
            let texts = Texts::of(language);
            assert_eq!(texts.with("seconds-left", &[("seconds", Argument::Number(3))]), seconds);
        }
    }
}
