//! `hes-kiosk control-codes`: what visitors read with a reader where they cannot touch.

use std::path::Path;

use quick_xml::escape::escape;

use super::Exit;
use super::output::{html_language, print_line};
use crate::kiosk::control::Control;
use crate::kiosk::language::Texts;
use crate::kiosk::qr_code::QrCode;
use crate::settings::{Language, Settings};

/// The page's own style: nothing is fetched, and no code is cut in two. A reader that is held before one code must not
/// see the next one.
const STYLE: &str = "\
@page { size: A4; margin: 15mm; }
body { font: 12pt/1.3 sans-serif; color: #000; background: #fff; margin: 0; }
main { display: grid; grid-template-columns: repeat(3, 1fr); gap: 12mm 10mm; }
figure { margin: 0; break-inside: avoid; text-align: center; }
svg { width: 32mm; height: 32mm; }
figcaption p { margin: 0; }
figcaption p:first-child { font-weight: bold; }
";

pub(super) fn run(config: Option<&Path>) -> Exit {
    let settings = match Settings::load_without_service(config) {
        Ok(settings) => settings,
        Err(error) => return super::refuse(&error),
    };
    let languages = &settings.screen.languages;
    let controls = Control::each(languages, settings.check_in.asks_identity);
    let figures: String = controls.map(|control| figure(control, languages)).collect();
    let page = format!(
        "<!DOCTYPE html>\n<html {}>\n<head>\n<meta charset=\"utf-8\">\n<title>hes-kiosk</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{figures}</main>\n</body>\n</html>",
        html_language(settings.screen.first_language),
    );
    print_line(&page).unwrap_or(Exit::Success)
}

/// A code, and what it does in each language; what chooses a language says so in that one.
fn figure(control: Control, languages: &[Language]) -> String {
    let languages = match &control {
        Control::Language(language) => std::slice::from_ref(language),
        _ => languages,
    };
    let words = |&language: &Language| {
        let words = control.words(Texts::of(language));
        format!("<p {}>{}</p>", html_language(language), escape(&words))
    };
    let words: String = languages.iter().map(words).collect();
    let code = QrCode::of(&control.text()).map_or_else(String::new, |code| code.svg());
    format!("<figure>{code}<figcaption>{words}</figcaption></figure>\n")
}
