//! The kiosk cannot record visits or has no settings: what is wrong, and whom to call.

use iced::font::Weight;
use iced::widget::{column, container, space};
use iced::{Element, Fill, border};
use jiff::Timestamp;

use super::desk::{WayOut, way_out};
use super::icons::{Icon, icon};
use super::language::{Argument, Texts};
use super::message::Message;
use super::start::{NotStarted, StartError};
use super::state::Kiosk;
use super::theme::Design;
use super::{palette, widgets};
use crate::checkin::CheckInError;
use crate::settings::{PasswordError, SettingsError};
use crate::visits::{Deed, KeyError, VisitsError};

/// Why the kiosk is out of service, and since when.
#[derive(Debug)]
pub(super) struct OutOfService {
    pub(super) cause: NotStarted,
    pub(super) since: Timestamp,
    /// Somebody asked for the way out.
    pub(super) way_out: Option<WayOut>,
}

impl OutOfService {
    /// What the log says of it once it is over.
    pub(super) fn deed(&self) -> Deed {
        Deed::OutOfService { since: self.since, cause: self.cause.error.to_string() }
    }
}

pub(super) fn view<'a>(kiosk: &'a Kiosk, screen: &OutOfService, design: Design) -> Element<'a, Message> {
    let (texts, staff_texts) = (kiosk.texts, kiosk.texts_for_staff());
    let log = kiosk.running.as_ref().map(|running| running.settings.check_in.visits.path.as_path());
    let cause = cause_text(staff_texts, &screen.cause.error, log);
    let time = widgets::clock_time(screen.since);
    let staff = staff_texts
        .with("out-of-service-staff", &[("cause", Argument::Text(&cause)), ("time", Argument::Text(&time))]);
    if let Some(way_out) = way_out::view(kiosk, screen, &staff, design) {
        return way_out;
    }
    let call = match &screen.cause.contact {
        Some(contact) => staff_texts.with("out-of-service-call", &[("contact", Argument::Text(contact))]),
        None => staff_texts.get("out-of-service-call-unknown"),
    };
    let closed = screen.way_out.as_ref().is_some_and(WayOut::is_closed).then(|| {
        let closed = staff_texts.get("desk-no-way-out");
        widgets::label(closed, design.text(24.0), Weight::Semibold, palette::WHITE)
    });
    let visitor = match &screen.cause.error {
        StartError::Settings(_) => "out-of-service-settings",
        StartError::CheckIn(CheckInError::Visits(_)) => "out-of-service-visits",
        StartError::CheckIn(CheckInError::Service(_) | CheckInError::Simulator | CheckInError::NoService) => {
            "out-of-service-service"
        }
    };
    // Staff's languages are read from left to right, whatever the visitor's is.
    let staff = column![
        widgets::label(staff, design.text(24.0), Weight::Medium, palette::WHITE),
        widgets::label(call, design.text(24.0), Weight::Semibold, palette::WHITE),
    ]
    .push(closed)
    .spacing(design.length(8.0));
    let radius = design.length(16.0);
    let staff = container(staff)
        .padding([design.length(16.0), design.length(22.0)])
        .style(move |_| container::background(palette::CARD_ON_INK).border(border::rounded(radius)));
    let title = widgets::label(
        texts.get("out-of-service-title"),
        design.text(80.0),
        Weight::ExtraBold,
        palette::WHITE,
    );
    let content = design
        .stack([
            icon(Icon::OutOfService, palette::WHITE, design.length(148.0)),
            space().height(design.length(16.0)).into(),
            title.line_height(1.1).into(),
            widgets::label(texts.get(visitor), design.text(36.0), Weight::Medium, palette::MUTED_ON_INK)
                .into(),
            space().height(design.length(8.0)).into(),
            staff.into(),
        ])
        .spacing(design.length(24.0));
    let margin = design.length(if design.is_portrait() { 64.0 } else { 96.0 });
    let content =
        container(content).align_x(design.start()).center_y(Fill).width(Fill).padding([0.0, margin]);
    column![widgets::header(kiosk, design, palette::WHITE, palette::MUTED_ON_INK, None), content].into()
}

/// What is wrong, for the person who can mend it: chosen by the error's variant.
fn cause_text(texts: &Texts, error: &StartError, log: Option<&std::path::Path>) -> String {
    let name = |path: &std::path::Path| path.display().to_string();
    let log = log.map_or_else(|| "visits.db".to_owned(), name);
    let (key, file, line) = match error {
        StartError::Settings(error) => match error {
            SettingsError::Unreadable(file) => ("cause-settings-unreadable", name(file), 0),
            SettingsError::Wrong { file, line, .. }
            | SettingsError::PrivacyMissing { file, line, .. }
            | SettingsError::ServiceKeyMissing { file, line, .. } => {
                ("cause-settings-wrong", name(file), *line)
            }
            SettingsError::Password { problem, .. } => match problem {
                PasswordError::Unusable(file) | PasswordError::Provided(file) => {
                    ("cause-password-unreadable", name(file), 0)
                }
                PasswordError::Exposed(file) => ("cause-password-exposed", name(file), 0),
                PasswordError::Keyring => ("cause-keyring-unusable", String::new(), 0),
            },
            SettingsError::PasswordMissing { file, line, .. } => {
                ("cause-password-missing", name(file), *line)
            }
            SettingsError::NoHome => ("cause-no-home", String::new(), 0),
        },
        StartError::CheckIn(CheckInError::Visits(error)) => match error {
            VisitsError::DiskFull => ("cause-disk-full", log, 0),
            VisitsError::NotWritable => ("cause-not-writable", log, 0),
            VisitsError::Forbidden(file) => ("cause-not-writable", name(file), 0),
            VisitsError::Disk => ("cause-disk", log, 0),
            VisitsError::Unreadable => ("cause-unreadable", log, 0),
            VisitsError::Gone => ("cause-gone", log, 0),
            VisitsError::Busy => ("cause-busy", log, 0),
            VisitsError::AlreadyRunning => ("cause-already-running", log, 0),
            VisitsError::Linked => ("cause-linked", log, 0),
            VisitsError::Newer => ("cause-newer", log, 0),
            VisitsError::Altered => ("cause-altered", log, 0),
            VisitsError::TimedOut => ("cause-timed-out", log, 0),
            VisitsError::Settled => ("desk-overtaken", log, 0),
            VisitsError::Keys(KeyError::Missing(file)) => ("cause-key-missing", name(file), 0),
            VisitsError::Keys(KeyError::Unusable(file)) => ("cause-key-unusable", name(file), 0),
            VisitsError::Keys(KeyError::Malformed(file)) => ("cause-key-malformed", name(file), 0),
            VisitsError::Keys(KeyError::Exposed(file)) => ("cause-key-exposed", name(file), 0),
            VisitsError::Keys(KeyError::KeyringUnusable) => ("cause-keyring-unusable", String::new(), 0),
            VisitsError::Keys(KeyError::KeyringEmpty) => ("cause-keyring-empty", String::new(), 0),
            VisitsError::Keys(KeyError::KeyringMalformed) => ("cause-keyring-malformed", String::new(), 0),
            VisitsError::Keys(KeyError::Changed) => ("cause-key-changed", log, 0),
            VisitsError::Keys(KeyError::BesideDatabase(file)) => ("cause-key-beside", name(file), 0),
        },
        StartError::CheckIn(CheckInError::Service(_) | CheckInError::NoService) => {
            ("cause-client", String::new(), 0)
        }
        StartError::CheckIn(CheckInError::Simulator) => ("cause-simulator", String::new(), 0),
    };
    // A line is no quantity: it is written without separators.
    let line = line.to_string();
    texts.with(key, &[("file", Argument::Text(&file)), ("line", Argument::Text(&line))])
}
