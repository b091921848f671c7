//! What stands below both ways of showing a code: languages, aids to see, the notice, and the way without a code.

use iced::font::Weight;
use iced::widget::{container, space};
use iced::{Center, Element, Fill};

use super::super::icons::{Icon, icon};
use super::super::language::{Argument, Texts};
use super::super::message;
use super::super::state::Kiosk;
use super::super::theme::Design;
use super::super::widgets::{self, Look};
use super::{LEAST_KEY, Message, margin, ringed, touched};

/// A notice with more characters than this does not fit in four lines of the usual size.
const LONG_NOTICE: usize = 120;

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
    let notice = notice(kiosk);
    // A long notice is set smaller, so that all of it is there to read.
    let size = if notice.chars().count() > LONG_NOTICE { 14.0 } else { 17.0 };
    let notice =
        widgets::label(notice, design.text(size), Weight::Medium, design.palette.muted).line_height(1.25);
    let gap = design.length(24.0);
    let [languages, aids] = [languages.collect::<Vec<_>>(), aids.collect()]
        .map(|choices| design.line(choices).spacing(design.length(8.0)).height(height).into());
    let no_code = container(no_code).height(height).into();
    let notice = container(notice)
        .width(Fill)
        .align_x(design.start())
        .max_height(design.length(110.0).max(76.0))
        .clip(true);
    let footer = if design.is_portrait() {
        let buttons = design.line([aids, space().width(Fill).into(), no_code]);
        let footer = design.stack([notice.into(), languages, buttons.into()]);
        Element::from(footer.spacing(design.length(8.0)))
    } else {
        design.line([languages, aids, notice.into(), no_code]).spacing(gap).align_y(Center).into()
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

/// Who controls the data, why, for how long, and whom to ask.
fn notice(kiosk: &Kiosk) -> String {
    let Some(running) = &kiosk.running else { return String::new() };
    let days = ("days", Argument::Number(u64::from(running.settings.check_in.visits.retention_days)));
    match &running.settings.privacy {
        None => kiosk.texts.with("notice-demo", &[days]),
        Some(privacy) => kiosk.texts.with(
            "notice",
            &[
                days,
                ("controller", Argument::Text(&privacy.controller)),
                ("purpose", Argument::Text(&privacy.purpose)),
                ("legal_basis", Argument::Text(&privacy.legal_basis)),
                ("contact", Argument::Text(&privacy.contact)),
            ],
        ),
    }
}
