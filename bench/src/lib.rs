//! What the scanner of hes-kiosk reads beside its peers, on frames of its own making.

pub mod lobby;
