//! The thin adapter between a reader at a serial port and the window.

use iced::Subscription;
use iced::futures::{Stream, stream};

use super::message::{Message, Moment};
use super::state::Kiosk;
use crate::scan::{self, SerialConfig};

/// Whether staff has to look after the reader at the serial port.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// It is there, or none is expected, or it is not known yet.
    #[default]
    Connected,
    /// It is expected and not there.
    Missing,
}

/// The reader that the settings name.
pub(super) fn subscription(kiosk: &Kiosk) -> Subscription<Message> {
    let config = kiosk.running.as_ref().and_then(|running| running.settings.serial_reader.clone());
    config.map_or_else(Subscription::none, |config| Subscription::run_with(config, events))
}

fn events(config: &SerialConfig) -> impl Stream<Item = Message> + use<> {
    let events = scan::listen_to_serial_reader(config.clone());
    if events.is_err() {
        tracing::error!("the thread that listens to the serial reader could not be started");
    }
    stream::unfold(events.ok(), |events| async move {
        let mut events = events?;
        let event = events.recv().await?;
        Some((Message::SerialReaderReported(event, Moment::now()), Some(events)))
    })
}
