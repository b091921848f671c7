//! What happens to the kiosk, and when.

use std::sync::Arc;
use std::time::Instant;

use iced::{Size, keyboard, window};
use jiff::Timestamp;

use super::start::{NotStarted, Running};
use super::{desk, identity, notice, welcome};
use crate::checkin::{self, Checked};
use crate::scan::{ScannerEvent, SerialEvent};
use crate::visits::VisitsError;

/// A time, for measuring and for showing.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// For measuring.
    pub instant: Instant,
    /// For showing.
    pub time: Timestamp,
}

impl Moment {
    /// Now.
    pub fn now() -> Self {
        Self { instant: Instant::now(), time: Timestamp::now() }
    }
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The window is open.
    WindowOpened(window::Id),
    /// The screen was measured for the window.
    MonitorMeasured(window::Id, Option<Size>),
    /// The place of the camera's picture was laid out.
    PreviewMeasured(Size),
    /// Somebody asked the window to close.
    CloseRequested(window::Id),
    /// The program was told to end.
    Terminated,
    /// The clock went on.
    Ticked(Moment),
    /// The settings were read and the visit log opened, or not.
    Started(Result<Arc<Running>, NotStarted>, Moment),
    /// The visit log was tried.
    Probed(Result<(), VisitsError>, Moment),
    /// Service and clock were tried, without a question about anybody.
    HealthChecked(checkin::Health),
    /// What the kiosk did was recorded, or could not be.
    Noted(Result<(), VisitsError>, Moment),
    /// What reached its retention was deleted, or not.
    Purged(Result<(), VisitsError>),
    /// A key was pressed.
    KeyPressed(keyboard::Event, Moment),
    /// No key followed the one that a reader pressed at this time.
    ReaderFellSilent(Instant, Moment),
    /// Touches have waited for the end of a reader's text, whose last key had come at this time.
    TouchesWaited(Option<Instant>),
    /// The scanner saw something.
    ScannerReported(ScannerEvent, Moment),
    /// The reader at the serial port sent something.
    SerialReaderReported(SerialEvent, Moment),
    /// The welcome screen was touched.
    Welcome(welcome::Message, Moment),
    /// The privacy notice was touched.
    Notice(notice::Message, Moment),
    /// The screen that asks for the identity number was touched.
    Identity(identity::Message, Moment),
    /// The desk was touched, or the corner that opens it.
    Desk(desk::Message, Moment),
    /// What the desk asked for is there.
    DeskAnswered(desk::Answer, Moment),
    /// What the way out asked for is there.
    WayOutAnswered(desk::way_out::Answer, Moment),
    /// The check of a visit ended, or waits for the visitor.
    Checked(VisitNumber, Result<Checked, VisitsError>, Moment),
    /// The outcome was touched.
    OutcomeTouched,
}

/// Numbers the visits of this run, so that an answer to an earlier one is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitNumber(pub(super) u64);
