//! The notice for visitors, printed: as plain text and as a page.

use quick_xml::escape::escape;

use super::super::output::html_language;
use super::site;
use crate::kiosk::language::Texts;
use crate::kiosk::language::notice::{Notice, Part};
use crate::settings::{Language, Settings};

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

/// The notices as plain text.
pub(super) fn text(settings: &Settings, notices: &[Notice]) -> String {
    let notices: Vec<String> = notices.iter().map(|notice| notice_text(settings, notice)).collect();
    notices.join(&format!("\n\n{}\n\n", "-".repeat(72)))
}

/// The notices as one page of their own.
pub(super) fn html(settings: &Settings, notices: &[Notice]) -> String {
    let (language, title) = notices
        .first()
        .map_or((Language::Turkish, String::new()), |first| (first.language, first.title.clone()));
    let articles: String = notices.iter().map(|notice| article(settings, notice)).collect();
    format!(
        "<!DOCTYPE html>\n<html {}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n{articles}</body>\n</html>\n",
        html_language(language),
        escape(&title),
    )
}

/// That it is no notice of anybody, where decisions are not real.
fn trial(settings: &Settings, notice: &Notice) -> Option<String> {
    let is_real = settings.check_in.environment.is_real();
    (!is_real).then(|| Texts::of(notice.language).get("banner-not-real"))
}

fn notice_text(settings: &Settings, notice: &Notice) -> String {
    let mut lines = vec![notice.title.clone()];
    lines.extend(Some(site(settings)).filter(|site| !site.is_empty()));
    lines.extend(trial(settings, notice));
    lines.push(notice.binding.clone());
    for section in &notice.sections {
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

fn article(settings: &Settings, notice: &Notice) -> String {
    let mut html = format!("<article {}>\n", html_language(notice.language));
    html += &element("h1", &notice.title);
    let site = site(settings);
    if !site.is_empty() {
        html += &element("p", &site);
    }
    if let Some(trial) = trial(settings, notice) {
        html += &format!("<p class=\"trial\">{}</p>\n", escape(&trial));
    }
    html += &element("p", &notice.binding);
    for section in &notice.sections {
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

fn list(items: &[String]) -> String {
    items.iter().map(|item| element("li", item)).collect()
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", escape(text))
}
