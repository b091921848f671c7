//! What stands below both ways of showing a code: languages, aids to see, the notice, and the way without a code.

use iced::font::Weight;
use iced::widget::{container, space};
use iced::{Center, Element, Fill};

use super::super::icons::{Icon, icon};
use super::super::language::{own_letters, own_name};
use super::super::message;
use super::super::state::Kiosk;
use super::super::theme::Design;
use super::super::widgets::{self, Look};
use super::{LEAST_KEY, Message, is_narrow, margin, ringed, touched};

/// The least width in pixels of a button with a language's name.
const LEAST_LANGUAGE: f32 = 60.0;

pub(super) fn view<'a>(kiosk: &Kiosk, design: Design) -> Element<'a, message::Message> {
    let texts = kiosk.texts;
    let height = design.touch(64.0, LEAST_KEY.1);
    let Some(running) = &kiosk.running else { return space().into() };
    let (name, width): (fn(_) -> _, _) = if is_narrow(design) {
        (own_letters, LEAST_KEY.0)
    } else {
        (own_name, design.touch(92.0, LEAST_LANGUAGE))
    };
    let languages = running.settings.screen.languages.iter().map(|&language| {
        let look = if language == texts.language() { Look::Chosen } else { Look::Key };
        let message = Message::Language(language);
        let button = widgets::word_button(name(language).to_owned(), 18.0, look, design, touched(message));
        ringed(kiosk, button.width(width), message, design)
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
    let notice = container(notice(kiosk, design)).height(height).into();
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

/// The way to the notice.
fn notice<'a>(kiosk: &Kiosk, design: Design) -> Element<'a, message::Message> {
    let ink = design.palette.ink;
    let title = widgets::label(kiosk.texts.get("notice-open"), design.text(20.0), Weight::Semibold, ink);
    let title = container(title).width(Fill).align_x(design.start());
    let gap = design.length(14.0);
    let mark = icon(Icon::Information, ink, design.touch(30.0, 20.0));
    let content = design.line([mark, title.into()]).spacing(gap).align_y(Center);
    let content = container(content).padding([0.0, gap]);
    let button = widgets::push_button(content, Look::Key, design, touched(Message::Notice));
    ringed(kiosk, button, Message::Notice, design)
}
