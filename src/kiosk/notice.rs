//! The notice on what becomes of visitors' data: to read here, and as a QR code to take along.

use std::time::{Duration, Instant};

use iced::font::Weight;
use iced::widget::scrollable::{self, Scrollbar};
use iced::widget::{Scrollable, column, container, space};
use iced::{Element, Fill, border};

use super::focus::Target;
use super::language::Texts;
use super::language::notice::{Notice, Part, Section, demo, short};
use super::message::{self, Moment};
use super::qr_code::QrCode;
use super::state::{Kiosk, Screen};
use super::theme::Design;
use super::welcome::Welcome;
use super::widgets::{self, Look};
use crate::settings::Settings;

/// After this time without a touch or a key nobody reads any more.
const ABANDONED: Duration = Duration::from_secs(60);

/// The size of the text, and its least one in pixels: whole paragraphs are read here.
const TEXT: (f32, f32) = (20.0, 16.0);

/// What was touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// The text was moved.
    Scrolled,
    /// The button that closes the notice.
    Close,
}

/// The buttons of the screen.
pub(super) const TARGETS: [Message; 1] = [Message::Close];

/// The notice in the visitor's language, and what to take along of it.
#[derive(Debug)]
pub(super) struct NoticeScreen {
    title: String,
    /// In which language it is binding, or that it is nobody's.
    introduction: String,
    sections: Vec<Section>,
    code: Option<QrCode>,
}

impl NoticeScreen {
    fn new(settings: &Settings, texts: &Texts) -> Self {
        let Some(privacy) = &settings.privacy else {
            let introduction = demo(settings, texts);
            let code = QrCode::of(&introduction);
            return Self { title: texts.get("notice-title"), introduction, sections: Vec::new(), code };
        };
        let Notice { title, binding, sections, .. } = Notice::new(settings, privacy, texts);
        let code = match &privacy.notice_url {
            Some(url) => QrCode::of(url.as_str()),
            None => QrCode::of(&short(settings, privacy, texts)),
        };
        Self { title, introduction: binding, sections, code }
    }
}

impl Kiosk {
    pub(super) fn open_notice(&mut self) {
        let Some(running) = &self.running else { return };
        self.screen = Screen::Notice(NoticeScreen::new(&running.settings, self.texts));
    }

    /// The visitor has read it and goes on, with what helps to see.
    pub(super) fn close_notice(&mut self) {
        self.show_welcome(Welcome::default());
    }

    pub(super) fn notice_touched(&mut self, message: Message, now: Moment) {
        self.last_touch = now.instant;
        if message == Message::Close && self.shows_notice() {
            self.close_notice();
        }
    }

    pub(super) fn shows_notice(&self) -> bool {
        matches!(self.screen, Screen::Notice(_))
    }

    /// Whether nobody reads the notice any more.
    pub(super) fn is_notice_abandoned(&self, now: Instant) -> bool {
        self.shows_notice() && now.saturating_duration_since(self.last_touch) >= ABANDONED
    }
}

pub(super) fn view<'a>(
    kiosk: &'a Kiosk,
    notice: &'a NoticeScreen,
    design: Design,
) -> Element<'a, message::Message> {
    let palette = design.palette;
    let gap = design.length(24.0);
    let window = design.window;
    let text = text(notice, design);
    let close = close(kiosk, design);
    let side = if design.is_portrait() {
        (window.width * 0.66).min(window.height * 0.4).floor()
    } else {
        (window.width * 0.38).min(window.height * 0.6).floor()
    };
    let code: Option<Element<'_, message::Message>> = notice.code.as_ref().map(|code| code.view(side));
    let scan = scan(kiosk, notice, design);
    let body = if design.is_portrait() {
        let beside = column![scan, space().height(Fill), close].into();
        let line = design.line(code.into_iter().chain([beside])).spacing(gap).height(side);
        Element::from(column![text, line].spacing(gap))
    } else {
        let beside = column![code, scan, space().height(Fill), close];
        let beside = beside.spacing(design.length(12.0)).align_x(design.start()).width(side);
        design.line([text, beside.into()]).spacing(gap).into()
    };
    let margin = if window.width < 600.0 { 6.0 } else { design.length(32.0) };
    column![
        widgets::header(kiosk, design, palette.ink, palette.muted, None),
        container(body).height(Fill).padding(iced::Padding {
            top: design.length(8.0),
            bottom: design.length(20.0),
            left: margin,
            right: margin,
        }),
    ]
    .into()
}

fn close<'a>(kiosk: &Kiosk, design: Design) -> Element<'a, message::Message> {
    let touched = || message::Message::Notice(Message::Close, Moment::now());
    let button = widgets::word_button(kiosk.texts.get("notice-close"), 26.0, Look::Outline, design, touched);
    let is_focused = kiosk.focus.is_on(Target::Notice(Message::Close));
    container(widgets::ringed(button, is_focused, design)).height(design.touch(80.0, 60.0)).into()
}

/// What the code is for, where there is one.
fn scan<'a>(kiosk: &Kiosk, notice: &NoticeScreen, design: Design) -> Element<'a, message::Message> {
    if notice.code.is_none() {
        return space().into();
    }
    let words = kiosk.texts.get("notice-scan");
    let words = widgets::label(words, design.text(20.0), Weight::Semibold, design.palette.ink);
    container(words).width(Fill).align_x(design.start()).into()
}

/// The whole text, as far as it is scrolled.
fn text<'a>(notice: &NoticeScreen, design: Design) -> Element<'a, message::Message> {
    let palette = design.palette;
    let text_size = design.text(TEXT.0).max(TEXT.1);
    let words = |words: &str, share: f32, weight, color| {
        let words = widgets::label(words.to_owned(), share * text_size, weight, color).line_height(1.35);
        Element::from(container(words).width(Fill).align_x(design.start()))
    };
    let body = |text: &str| words(text, 1.0, Weight::Medium, palette.ink);
    let item = |text: &str| {
        let mark = widgets::label("•".to_owned(), text_size, Weight::Medium, palette.ink);
        let mark = container(mark.line_height(1.35)).padding([0.0, design.length(8.0)]);
        Element::from(design.line([mark.into(), body(text)]))
    };
    let mut pieces = vec![
        words(&notice.title, 1.5, Weight::Bold, palette.ink),
        words(&notice.introduction, 1.0, Weight::Medium, palette.muted),
    ];
    for section in &notice.sections {
        pieces.push(space().height(design.length(8.0)).into());
        pieces.push(words(&section.title, 1.15, Weight::Bold, palette.ink));
        for part in &section.parts {
            match part {
                Part::Paragraph(text) => pieces.push(body(text)),
                Part::List(items) => pieces.extend(items.iter().map(|text| item(text))),
                Part::Rights(items) => pieces.extend(items.iter().map(|text| body(text))),
            }
        }
    }
    let bar = design.touch(20.0, 16.0);
    let scrolled = Scrollable::new(column(pieces).spacing(design.length(10.0)))
        .direction(scrollable::Direction::Vertical(
            Scrollbar::new().width(bar).scroller_width(bar).spacing(design.length(16.0)),
        ))
        .width(Fill)
        .height(Fill)
        .on_scroll(|_| message::Message::Notice(Message::Scrolled, Moment::now()))
        .style(move |theme, status| {
            let rail = scrollable::Rail {
                background: Some(palette.line.into()),
                border: border::rounded(bar / 2.0),
                scroller: scrollable::Scroller {
                    background: palette.muted.into(),
                    border: border::rounded(bar / 2.0),
                },
            };
            scrollable::Style { vertical_rail: rail, ..scrollable::default(theme, status) }
        });
    let radius = design.length(16.0);
    container(scrolled)
        .width(Fill)
        .height(Fill)
        .padding([design.length(20.0), design.length(24.0)])
        .style(move |_| {
            container::background(palette.field)
                .border(border::rounded(radius).width(2.0).color(palette.line))
        })
        .into()
}
