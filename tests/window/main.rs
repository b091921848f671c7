//! The kiosk in a real window, driven by real keys and seen by its colours.
#![cfg(target_os = "linux")]
// Clippy takes only functions marked as tests for tests, and not what they share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod display;
#[expect(dead_code, reason = "other tests use more of it")]
#[path = "../torture/faults.rs"]
mod failing_disk;
#[expect(dead_code, reason = "other tests use more of it")]
#[path = "../home/mod.rs"]
mod home;
mod kiosk;
mod picture;
#[path = "../processes/mod.rs"]
mod processes;
#[path = "../doors/service.rs"]
mod service;

mod check_out;
mod codes;
mod desk;
mod ending;
mod faults;
mod kills;
mod languages;
mod manager;
mod manual;
mod notice;
mod out_of_service;
mod pages;
mod policies;
mod readers;
mod replay;
mod secrets;
mod size;
mod sound;
mod way_out;
