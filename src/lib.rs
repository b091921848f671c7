//! A visitor check-in kiosk for HES health codes.
//!
//! Everything is laid out along one path, and data flows along it in one direction:
//!
//! ```text
//! frame ─▶ reading ─▶ code ─▶ answer ─▶ decision ─▶ record ─▶ screen
//! scan/    code.rs            hes/      entry/      visits/   kiosk/
//! ```
//!
//! | module | what it is |
//! | --- | --- |
//! | [`code`] | what a visitor shows: the code, and the parsing of typed, scanned and mangled text |
//! | [`scan`] | the camera and the decoders, in child processes, and the readers that type or send |
//! | [`hes`] | the status service: client and simulator |
//! | [`entry`] | the answer becomes a decision; pure |
//! | [`visits`] | the visit log: encrypted, append-only, on disk before the screen turns |
//! | [`checkin`] | the one use case: a code becomes a recorded decision |
//! | [`bulk`] | the other one: everyone in a table is asked about, and the table gets the decisions |
//! | [`export`] | records are taken out of the log into a file |
//! | [`kiosk`] | the window: state, screens, theme, language |
//! | [`settings`] | `kiosk.toml` becomes each module's configuration |
//! | [`private`] | files and folders that their owner alone may read |
//! | [`draft`] | files that appear whole or not at all |
//! | [`disk`] | how much room a disk has |
//! | [`local_time`] | the entrance's clock |
//! | [`keyring`] | the desktop's keyring |
//! | [`command`] | one file for each command of the program |
//!
//! `code` knows nobody and all may know it; `scan` and `hes` know `code`; `entry` knows `hes`; `visits`
//! knows `entry`; `checkin`, `bulk` and `export` know those; `kiosk` and `command` know all of them and are known by none.

pub mod bulk;
pub mod checkin;
pub mod code;
pub mod command;
pub mod disk;
pub mod draft;
pub mod entry;
pub mod export;
pub mod hes;
pub mod keyring;
pub mod kiosk;
pub mod local_time;
pub mod private;
pub mod scan;
pub mod settings;
pub mod visits;
