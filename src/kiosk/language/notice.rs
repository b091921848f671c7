//! What visitors are told of their data, from the settings: all that article 10 of the law wants, and in short.

use super::{Argument, Texts};
use crate::hes::Method;
use crate::settings::{Language, Privacy, Settings};
use crate::visits::Environment;

/// The rights of article 11, by the law's own letters.
const RIGHTS: [&str; 9] = ["a", "b", "c", "c-cedilla", "d", "e", "f", "g", "g-breve"];

/// The most bytes of the short notice: a QR code of them can be read from the screen at arm's length.
pub const SHORT_BYTES: usize = 858;

/// The notice in one language.
#[derive(Debug)]
pub struct Notice {
    /// The language.
    pub language: Language,
    /// The title.
    pub title: String,
    /// In which language it is binding.
    pub binding: String,
    /// What it says, in the order of article 10.
    pub sections: Vec<Section>,
}

/// A part of the notice under a title of its own.
#[derive(Debug)]
pub struct Section {
    /// The title, with its number.
    pub title: String,
    /// What stands below it.
    pub parts: Vec<Part>,
}

/// A piece of a section.
#[derive(Debug)]
pub enum Part {
    /// A paragraph.
    Paragraph(String),
    /// A list.
    List(Vec<String>),
    /// A list whose items bring their own letters.
    Rights(Vec<String>),
}

impl Notice {
    /// The notice that the settings make.
    pub fn new(settings: &Settings, privacy: &Privacy, texts: &Texts) -> Self {
        let get = |key: &str| Part::Paragraph(texts.get(key));
        let with =
            |key: &str, name, text: &str| Part::Paragraph(texts.with(key, &[(name, Argument::Text(text))]));
        let rights = RIGHTS.map(|letter| texts.get(&format!("notice-right-{letter}"))).into();
        let section =
            |name: &str, parts| Section { title: texts.get(&format!("notice-{name}-title")), parts };
        let is_manual = settings.check_in.environment == Environment::Manual;
        let method = if is_manual { "notice-method-manual" } else { "notice-method" };
        let sections = vec![
            section("controller", vec![with("notice-controller", "controller", &privacy.controller)]),
            section("data", vec![Part::List(data(settings, texts))]),
            section("purpose", vec![with("notice-purpose", "purpose", &privacy.purpose)]),
            section("recipients", recipients(settings, privacy, texts)),
            section(
                "method",
                vec![get(method), with("notice-legal-basis", "legal_basis", &privacy.legal_basis)],
            ),
            section(
                "retention",
                vec![Part::Paragraph(texts.with("notice-retention", &[("days", days(settings))]))],
            ),
            section("rights", vec![get("notice-rights"), Part::Rights(rights), get("notice-rights-end")]),
            section(
                "application",
                vec![
                    with("notice-application", "contact", &privacy.contact),
                    get("notice-application-code"),
                    get("notice-application-answer"),
                    get("notice-complaint"),
                ],
            ),
        ];
        let (title, binding) = (texts.get("notice-title"), texts.get("notice-binding"));
        Self { language: texts.language(), title, binding, sections }
    }
}

fn days(settings: &Settings) -> Argument<'static> {
    Argument::Number(settings.check_in.visits.retention_days.into())
}

/// What a kiosk says that is nobody's: that it is a demo.
pub fn demo(settings: &Settings, texts: &Texts) -> String {
    texts.with("notice-demo", &[("days", days(settings))])
}

/// The notice in a few lines, in at most [`SHORT_BYTES`]: what the settings say at length ends in an ellipsis.
pub fn short(settings: &Settings, privacy: &Privacy, texts: &Texts) -> String {
    let said = |words: [&str; 3]| {
        let [controller, purpose, contact] = words.map(Argument::Text);
        let arguments = [
            ("controller", controller),
            ("purpose", purpose),
            ("contact", contact),
            ("days", days(settings)),
        ];
        texts.with("notice-short", &arguments)
    };
    let words = [&privacy.controller, &privacy.purpose, &privacy.contact].map(String::as_str);
    let whole = said(words);
    if whole.len() <= SHORT_BYTES {
        return whole;
    }
    let each = SHORT_BYTES.saturating_sub(said(["", "", ""]).len()) / words.len();
    let beginnings = words.map(|words| beginning(words, each));
    said(beginnings.each_ref().map(String::as_str))
}

/// The beginning of `words`, in at most so many bytes.
fn beginning(words: &str, bytes: usize) -> String {
    if words.len() <= bytes {
        return words.to_owned();
    }
    let room = bytes.saturating_sub('…'.len_utf8());
    let kept = words.char_indices().take_while(|(at, character)| at + character.len_utf8() <= room);
    let kept: String = kept.map(|(_, character)| character).collect();
    format!("{}…", kept.trim_end())
}

/// What is processed, and what becomes of it.
fn data(settings: &Settings, texts: &Texts) -> Vec<String> {
    let check_in = &settings.check_in;
    // Where no service is asked nothing comes back: staff see what they look up.
    let is_manual = check_in.environment == Environment::Manual;
    let [health, fields] = if is_manual {
        ["notice-data-health-manual", "notice-data-health-fields-manual"]
    } else {
        ["notice-data-health", "notice-data-health-fields"]
    };
    let mut keys = vec!["notice-data-code", health];
    if check_in.query.method == Method::Plus {
        keys.push(fields);
    }
    if !is_manual {
        keys.push(if check_in.visits.keep_holder { "notice-data-holder-kept" } else { "notice-data-holder" });
    }
    if check_in.asks_identity {
        keys.push("notice-data-digits");
    }
    keys.push("notice-data-visit");
    if settings.camera.is_some() {
        keys.push("notice-data-camera");
    }
    keys.into_iter().map(|key| texts.get(key)).collect()
}

/// To whom what is sent, and why.
fn recipients(settings: &Settings, privacy: &Privacy, texts: &Texts) -> Vec<Part> {
    let check_in = &settings.check_in;
    let url = check_in.service_url.as_ref().map_or_else(String::new, ToString::to_string);
    let service = format!("notice-recipients-{}", check_in.environment.name());
    let mut texts_of_all = vec![texts.with(&service, &[("url", Argument::Text(&url))])];
    if let Some(place) = check_in.sent_place() {
        let place = place.words();
        texts_of_all.push(texts.with("notice-recipients-place", &[("place", Argument::Text(&place))]));
    }
    texts_of_all.push(match &privacy.recipients {
        Some(others) => texts.with("notice-recipients-others", &[("recipients", Argument::Text(others))]),
        None => texts.get("notice-recipients-none"),
    });
    texts_of_all.into_iter().map(Part::Paragraph).collect()
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    fn short_notice(words: &str, language: Language) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kiosk.toml");
        let privacy = format!(
            "[privacy]\ncontroller = \"{words}\"\ncontact = \"{words}\"\nlegal_basis = \"{words}\"\npurpose = \"{words}\""
        );
        std::fs::write(&file, format!("{privacy}\n[visits]\nretention_days = 3650")).unwrap();
        let settings = Settings::load(Some(&file)).unwrap();
        short(&settings, settings.privacy.as_ref().unwrap(), Texts::of(language))
    }

    #[test]
    fn the_short_notice_says_all_that_institutions_usually_say() {
        let words = "Yıldız Teknoloji Geliştirme Bölgesi A.Ş.";
        for &language in Language::value_variants() {
            let notice = short_notice(words, language);
            assert!(notice.len() <= SHORT_BYTES && notice.matches(words).count() == 3, "{notice}");
        }
    }

    #[test]
    fn the_short_notice_stays_short_whatever_the_settings_say() {
        for &language in Language::value_variants() {
            let notice = short_notice(&"şğ ".repeat(300), language);
            assert!(notice.len() <= SHORT_BYTES && notice.matches('…').count() == 3, "{notice}");
        }
    }
}
