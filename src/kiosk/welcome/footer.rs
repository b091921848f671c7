//! What stands below both ways of showing a code: languages, aids to see, the notice, and the way without a code.

use iced::font::Weight;
use iced::widget::{container, space};
use iced::{Center, Element, Fill};

use super::super::icons::{Icon, icon};
use super::super::language::{Argument, Texts};
use super::super::message;
use super::super::start::Running;
use super::super::state::Kiosk;
use super::super::theme::Design;
use super::super::widgets::{self, Look};
use super::{LEAST_KEY, Message, margin, ringed, touched};
use crate::settings::{Privacy, Settings};
use crate::visits::Environment;

/// The size of the short notice.
const SHORT_NOTICE: f32 = 14.0;

/// Where the short notice would be smaller, it stands on the notice's own screen alone.
const LEAST_SHORT_NOTICE: f32 = 13.0;

pub(super) fn view<'a>(kiosk: &Kiosk, design: Design) -> Element<'a, message::Message> {
    let texts = kiosk.texts;
    let height = design.touch(64.0, LEAST_KEY.1);
    let Some(running) = &kiosk.running else { return space().into() };
    let languages = running.settings.screen.languages.iter().map(|&language| {
        let look = if language == texts.language() { Look::Chosen } else { Look::Key };
        let code = Texts::of(language).get("language-code");
        let message = Message::Language(language);
        let button = widgets::word_button(code, 20.0, look, design, touched(message));
        ringed(kiosk, button.width(design.touch(64.0, LEAST_KEY.0)), message, design)
    });
    let aids = [
        (Icon::LargerText, kiosk.aids.larger_text, Message::LargerText),
        (Icon::Contrast, kiosk.aids.high_contrast, Message::HighContrast),
    ];
    let aids = aids.into_iter().map(|(mark, is_chosen, message)| {
        let look = if is_chosen { Look::Chosen } else { Look::Key };
        let (_, ink, _) = look.colors(design);
        let mark = icon(mark, ink, design.length(30.0));
        let button = widgets::push_button(mark, look, design, touched(message));
        ringed(kiosk, button.width(design.touch(64.0, LEAST_KEY.0)), message, design)
    });
    let no_code = texts.get("welcome-no-code");
    let no_code = widgets::word_button(no_code, 22.0, Look::Outline, design, touched(Message::NoCode));
    let no_code = ringed(kiosk, no_code.width(design.touch(225.0, 160.0)), Message::NoCode, design);
    let no_code = container(no_code).height(height).into();
    let gap = design.length(24.0);
    let [languages, aids] = [languages.collect::<Vec<_>>(), aids.collect()]
        .map(|choices| design.line(choices).spacing(design.length(8.0)).height(height).into());
    let notice = notice(kiosk, running, design);
    let footer = if design.is_portrait() {
        let choices = design.line([languages, space().width(Fill).into(), aids]);
        let others = design.line([notice, no_code]).spacing(gap).align_y(Center);
        Element::from(design.stack([choices.into(), others.into()]).spacing(design.length(8.0)))
    } else {
        design.line([languages, aids, notice, no_code]).spacing(gap).align_y(Center).into()
    };
    container(footer)
        .padding(iced::Padding {
            top: design.length(8.0),
            bottom: design.length(20.0),
            left: margin(design),
            right: margin(design),
        })
        .into()
}

/// The way to the notice, with its short form where there is room: the demo's codes take that.
fn notice<'a>(kiosk: &Kiosk, running: &Running, design: Design) -> Element<'a, message::Message> {
    let palette = design.palette;
    let title = kiosk.texts.get("notice-open");
    let title = widgets::label(title, design.text(20.0), Weight::Semibold, palette.ink).into();
    let has_room = running.settings.check_in.environment != Environment::Simulator
        && design.length(SHORT_NOTICE) >= LEAST_SHORT_NOTICE;
    let short = running.settings.privacy.as_ref().filter(|_| has_room).map(|privacy| {
        let short = short_notice(&running.settings, privacy, kiosk.texts);
        widgets::label(short, design.text(SHORT_NOTICE), Weight::Medium, palette.muted)
            .line_height(1.25)
            .into()
    });
    let height = if short.is_some() { 108.0 } else { 64.0 };
    let words = design.stack([Some(title), short].into_iter().flatten());
    let words = container(words).width(Fill).align_x(design.start());
    let mark = icon(Icon::Information, palette.ink, design.touch(30.0, 20.0));
    let gap = design.length(14.0);
    let content = design.line([mark, words.into()]).spacing(gap).align_y(Center);
    let content = container(content).padding([0.0, gap]);
    let button = widgets::push_button(content, Look::Key, design, touched(Message::Notice));
    container(ringed(kiosk, button, Message::Notice, design)).height(design.touch(height, LEAST_KEY.1)).into()
}

/// Who controls the data, why, for how long, and whom to ask.
fn short_notice(settings: &Settings, privacy: &Privacy, texts: &Texts) -> String {
    let arguments = [
        ("days", Argument::Number(settings.check_in.visits.retention_days.into())),
        ("controller", Argument::Text(&privacy.controller)),
        ("purpose", Argument::Text(&privacy.purpose)),
        ("legal_basis", Argument::Text(&privacy.legal_basis)),
        ("contact", Argument::Text(&privacy.contact)),
    ];
    texts.with("notice", &arguments)
}
