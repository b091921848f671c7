//! The notice for visitors: what article 10 of the law wants them to be told, from the settings.

use quick_xml::escape::escape;

use super::{place_words, sent_place, site};
use crate::hes::Method;
use crate::kiosk::language::{Argument, Texts};
use crate::settings::{Language, Privacy, Settings};

/// The rights of article 11, by the law's own letters.
const RIGHTS: [&str; 9] = ["a", "b", "c", "c-cedilla", "d", "e", "f", "g", "g-breve"];

/// The page's own style: nothing is fetched, and each language begins a sheet.
const STYLE: &str = "\
@page { size: A4; margin: 18mm 20mm; }
body { font: 11pt/1.4 sans-serif; color: #000; background: #fff; max-width: 170mm; margin: 0 auto; }
article + article { break-before: page; }
h1 { font-size: 16pt; line-height: 1.2; margin: 0 0 2mm; }
h2 { font-size: 12pt; margin: 4mm 0 1mm; break-after: avoid; }
p { margin: 0 0 1.5mm; white-space: pre-line; }
ul { margin: 0 0 1.5mm; padding-inline-start: 6mm; }
li { break-inside: avoid; }
.rights { list-style: none; }
.trial { border: 1pt solid #000; padding: 2mm; font-weight: bold; }
@media screen { body { padding: 8mm; } article + article { margin-top: 20mm; } }
";

/// The notice in one language.
pub(super) struct Notice {
    language: Language,
    title: String,
    /// In which language it is binding.
    binding: String,
    site: String,
    /// That it is none, where decisions are not real.
    trial: Option<String>,
    sections: Vec<Section>,
}

struct Section {
    title: String,
    parts: Vec<Part>,
}

enum Part {
    Paragraph(String),
    List(Vec<String>),
    /// A list whose items bring their own letters.
    Rights(Vec<String>),
}

/// The notice that the settings make.
pub(super) fn notice(settings: &Settings, privacy: &Privacy, language: Language) -> Notice {
    let texts = Texts::of(language);
    let get = |key: &str| Part::Paragraph(texts.get(key));
    let with =
        |key: &str, name, text: &str| Part::Paragraph(texts.with(key, &[(name, Argument::Text(text))]));
    let days = Argument::Number(settings.check_in.visits.retention_days.into());
    let rights = RIGHTS.map(|letter| texts.get(&format!("notice-right-{letter}"))).into();
    let section = |name: &str, parts| Section { title: texts.get(&format!("notice-{name}-title")), parts };
    let sections = vec![
        section("controller", vec![with("notice-controller", "controller", &privacy.controller)]),
        section("data", vec![Part::List(data(settings, texts))]),
        section("purpose", vec![with("notice-purpose", "purpose", &privacy.purpose)]),
        section("recipients", recipients(settings, privacy, texts)),
        section(
            "method",
            vec![get("notice-method"), with("notice-legal-basis", "legal_basis", &privacy.legal_basis)],
        ),
        section("retention", vec![Part::Paragraph(texts.with("notice-retention", &[("days", days)]))]),
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
    let trial = (!settings.check_in.environment.is_real()).then(|| texts.get("banner-not-real"));
    let (title, binding) = (texts.get("notice-title"), texts.get("notice-binding"));
    Notice { language, title, binding, site: site(settings), trial, sections }
}

/// What is processed, and what becomes of it.
fn data(settings: &Settings, texts: &Texts) -> Vec<String> {
    let check_in = &settings.check_in;
    let mut keys = vec!["notice-data-code", "notice-data-health"];
    if check_in.query.method == Method::Plus {
        keys.push("notice-data-health-fields");
    }
    keys.push(if check_in.visits.keep_holder { "notice-data-holder-kept" } else { "notice-data-holder" });
    if check_in.asks_identity {
        keys.push("notice-data-digits");
    }
    keys.extend(["notice-data-visit", "notice-data-camera"]);
    keys.into_iter().map(|key| texts.get(key)).collect()
}

/// To whom what is sent, and why.
fn recipients(settings: &Settings, privacy: &Privacy, texts: &Texts) -> Vec<Part> {
    let check_in = &settings.check_in;
    let url = check_in.endpoint.as_ref().map_or_else(String::new, |endpoint| endpoint.url.to_string());
    let service = format!("notice-recipients-{}", check_in.environment.name());
    let mut texts_of_all = vec![texts.with(&service, &[("url", Argument::Text(&url))])];
    if let Some(place) = sent_place(settings) {
        let place = place_words(place);
        texts_of_all.push(texts.with("notice-recipients-place", &[("place", Argument::Text(&place))]));
    }
    texts_of_all.push(match &privacy.recipients {
        Some(others) => texts.with("notice-recipients-others", &[("recipients", Argument::Text(others))]),
        None => texts.get("notice-recipients-none"),
    });
    texts_of_all.into_iter().map(Part::Paragraph).collect()
}

/// The notices as plain text.
pub(super) fn text(notices: &[Notice]) -> String {
    let notices: Vec<String> = notices.iter().map(Notice::text).collect();
    notices.join(&format!("\n\n{}\n\n", "-".repeat(72)))
}

/// The notices as one page of their own.
pub(super) fn html(notices: &[Notice]) -> String {
    let (language, title) = notices
        .first()
        .map_or((Language::Turkish, String::new()), |first| (first.language, first.title.clone()));
    let articles: String = notices.iter().map(Notice::html).collect();
    format!(
        "<!DOCTYPE html>\n<html {}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n{articles}</body>\n</html>\n",
        attributes(language),
        escape(title),
    )
}

/// The language in HTML, and the way in which it is read.
fn attributes(language: Language) -> &'static str {
    match language {
        Language::Turkish => "lang=\"tr\"",
        Language::English => "lang=\"en\"",
        Language::Arabic => "lang=\"ar\" dir=\"rtl\"",
        Language::German => "lang=\"de\"",
        Language::Russian => "lang=\"ru\"",
    }
}

impl Notice {
    fn text(&self) -> String {
        let mut lines = vec![self.title.clone()];
        lines.extend(Some(self.site.clone()).filter(|site| !site.is_empty()));
        lines.extend(self.trial.clone());
        lines.push(self.binding.clone());
        for section in &self.sections {
            lines.extend([String::new(), section.title.clone()]);
            for part in &section.parts {
                match part {
                    Part::Paragraph(text) => lines.push(text.clone()),
                    Part::List(items) => lines.extend(items.iter().map(|item| format!("  - {item}"))),
                    Part::Rights(items) => lines.extend(items.iter().map(|item| format!("  {item}"))),
                }
            }
        }
        lines.join("\n")
    }

    fn html(&self) -> String {
        let mut html = format!("<article {}>\n", attributes(self.language));
        html += &element("h1", &self.title);
        if !self.site.is_empty() {
            html += &element("p", &self.site);
        }
        if let Some(trial) = &self.trial {
            html += &format!("<p class=\"trial\">{}</p>\n", escape(trial));
        }
        html += &element("p", &self.binding);
        for section in &self.sections {
            html += &element("h2", &section.title);
            for part in &section.parts {
                html += &match part {
                    Part::Paragraph(text) => element("p", text),
                    Part::List(items) => format!("<ul>\n{}</ul>\n", list(items)),
                    Part::Rights(items) => format!("<ul class=\"rights\">\n{}</ul>\n", list(items)),
                };
            }
        }
        html + "</article>\n"
    }
}

fn list(items: &[String]) -> String {
    items.iter().map(|item| element("li", item)).collect()
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", escape(text))
}
