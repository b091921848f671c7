//! The window: what visitors see, from the welcome to the colour that fills the screen.
//!
//! ```text
//! Welcome ─▶ Checking ─▶ Outcome ─▶ Welcome        OutOfService ─▶ Welcome
//!    │              ╰─▶ AwaitingDesk ─▶╯
//!    ╰─▶ Notice ─▶╯                              Desk: over any of them
//! ```
//!
//! Messages are facts in the past tense that carry their time, so that nothing here asks a clock; what
//! can block runs in tasks.

mod amid_reading;
mod attempts;
mod awaiting_desk;
mod camera;
mod checking;
pub mod control;
mod cover;
mod desk;
mod display;
mod focus;
mod health;
mod icons;
mod identity;
mod in_view;
mod kept;
mod keys;
mod label;
pub mod language;
mod memory;
mod message;
mod notice;
mod out_of_service;
mod outcome;
mod palette;
pub mod qr_code;
mod reader;
mod scrolling;
mod sound;
mod start;
mod state;
#[cfg(test)]
mod stories;
mod theme;
mod upkeep;
mod visit;
mod welcome;
mod widgets;

use std::sync::Arc;
use std::time::Duration;

use iced::{Element, Event, Size, Subscription, Task, event, mouse, touch, window};
use state::Screen;

pub use display::has_display;
pub use message::{Message, Moment};
pub use sound::{Speaker, find_speaker};
pub use start::{NotStarted, Options, Running, StartError, is_restart_wanted, listen_for_termination};
pub use state::Kiosk;

/// Opens the window and runs the kiosk until it is told to end.
///
/// # Errors
/// Those of the window system.
pub fn run(options: Options, first_start: Result<Arc<Running>, NotStarted>) -> iced::Result {
    memory::give_pictures_back();
    theme::load_fonts();
    let settings = iced::Settings {
        id: Some("hes-kiosk".to_owned()),
        default_font: theme::font(iced::font::Weight::Medium),
        ..iced::Settings::default()
    };
    iced::daemon(move || boot(&options, &first_start), Kiosk::update, view)
        .settings(settings)
        .title(|_: &Kiosk, _| "hes-kiosk".to_owned())
        .theme(|_: &Kiosk, _| iced::Theme::Light)
        .style(|kiosk, _| iced::theme::Style {
            background_color: kiosk.ground(),
            text_color: kiosk.palette().ink,
        })
        .subscription(subscription)
        .run()
}

fn boot(options: &Options, first_start: &Result<Arc<Running>, NotStarted>) -> (Kiosk, Task<Message>) {
    let fills_screen = options.windowed.is_none()
        && first_start.as_ref().map_or(true, |running| running.settings.screen.fullscreen);
    let (_, opened) = window::open(window::Settings {
        size: options.windowed.unwrap_or(Size::new(1280.0, 800.0)),
        fullscreen: fills_screen,
        decorations: !fills_screen,
        exit_on_close_request: false,
        #[cfg(target_os = "linux")]
        platform_specific: window::settings::PlatformSpecific {
            application_id: "hes-kiosk".to_owned(),
            ..Default::default()
        },
        ..window::Settings::default()
    });
    let (kiosk, started) = Kiosk::new(options.clone(), Speaker::start(), first_start.clone(), Moment::now());
    let opened = opened.then(move |id| {
        let opened = Task::done(Message::WindowOpened(id));
        // Without a window manager nothing makes the window as large as the screen.
        let measured = window::monitor_size(id).map(move |size| Message::MonitorMeasured(id, size));
        if fills_screen { opened.chain(measured) } else { opened }
    });
    (kiosk, Task::batch([opened, started]))
}

fn view(kiosk: &Kiosk, _window: window::Id) -> Element<'_, Message> {
    kiosk.view()
}

fn subscription(kiosk: &Kiosk) -> Subscription<Message> {
    Subscription::batch([
        keys::subscription(),
        hands(kiosk),
        clock(kiosk),
        camera::subscription(kiosk),
        reader::subscription(kiosk),
        window::close_requests().map(Message::CloseRequested),
        Subscription::run(start::terminations).map(|()| Message::Terminated),
    ])
}

/// The hands that touch an open desk, wherever that is: they keep it open.
fn hands(kiosk: &Kiosk) -> Subscription<Message> {
    if !matches!(kiosk.screen, Screen::Desk(_)) {
        return Subscription::none();
    }
    event::listen_with(|event, _, _| match event {
        Event::Mouse(mouse::Event::ButtonPressed(_) | mouse::Event::WheelScrolled { .. })
        | Event::Touch(touch::Event::FingerPressed { .. }) => {
            Some(Message::Desk(desk::Message::Touched, Moment::now()))
        }
        _ => None,
    })
}

/// The clock, as fast as what is on the screen needs it.
fn clock(kiosk: &Kiosk) -> Subscription<Message> {
    let period = match kiosk.screen {
        Screen::Checking(_) => Duration::from_millis(40),
        Screen::Outcome(_) => Duration::from_millis(100),
        _ if kiosk.corner_held.is_some() => Duration::from_millis(100),
        _ if kiosk.keyboard.last_key().is_some() || kiosk.focus.is_pressing() => Duration::from_millis(50),
        Screen::Welcome(_)
        | Screen::Notice(_)
        | Screen::Identity(_)
        | Screen::AwaitingDesk(_)
        | Screen::Desk(_)
        | Screen::OutOfService(_) => Duration::from_secs(1),
    };
    iced::time::every(period).map(|_| Message::Ticked(Moment::now()))
}

/// The typeface that the tests draw with.
#[cfg(test)]
fn test_settings() -> iced::Settings {
    iced::Settings {
        fonts: theme::FONTS.map(Into::into).to_vec(),
        default_font: iced::Font::with_name("Inter"),
        ..iced::Settings::default()
    }
}
