//! Where visits cannot be recorded no colour is shown, and the kiosk comes back by itself.

use std::fs;
use std::time::Duration;

use crate::failing_disk::Fault;
use crate::kiosk::{Kiosk, PATIENCE, Setup};
use crate::picture::Look;

/// The kiosk is back so soon after the cause is gone.
const RECOVERY: Duration = Duration::from_secs(10);

#[test]
fn wrong_settings_take_the_kiosk_out_of_service_until_they_are_right() {
    let settings = "[screen]\nadmit_seconds = \"four\"\n".to_owned();
    let kiosk = Setup { settings, ..Setup::default() }.start();
    kiosk.shows_without_a_decision(PATIENCE, Look::OutOfService);
    kiosk.write_settings("[screen]\nadmit_seconds = 4\n");
    kiosk.shows_without_a_decision(RECOVERY, Look::Welcome);
}

#[test]
fn a_log_that_has_no_place_takes_the_kiosk_out_of_service_until_it_has_one() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("visits");
    fs::write(&folder, "no folder").unwrap();
    let settings = format!("[visits]\npath = \"{}/visits.db\"\n", folder.display());
    let kiosk = Setup { settings, ..Setup::default() }.start();
    kiosk.shows_without_a_decision(PATIENCE, Look::OutOfService);
    fs::remove_file(&folder).unwrap();
    kiosk.shows_without_a_decision(RECOVERY, Look::Welcome);
}

#[test]
fn a_code_that_cannot_be_recorded_gets_no_colour() {
    let kiosk = Kiosk::start();
    let folder = kiosk.home.database().parent().unwrap().to_owned();
    let aside = folder.with_extension("aside");
    fs::rename(&folder, &aside).unwrap();
    fs::write(&folder, "no folder").unwrap();
    kiosk.type_code("A1B2345670");
    kiosk.shows_without_a_decision(PATIENCE, Look::OutOfService);
    fs::remove_file(&folder).unwrap();
    fs::rename(&aside, &folder).unwrap();
    kiosk.shows_without_a_decision(RECOVERY, Look::Welcome);
    assert_eq!(kiosk.home.log().len(), 0);
}

#[test]
fn a_disk_that_refuses_a_record_takes_the_kiosk_out_of_service_until_it_takes_one() {
    let kiosk = Kiosk::start();
    let log = kiosk.home.database().with_extension("db-wal");
    kiosk.limit_files(Some(fs::metadata(log).unwrap().len()));
    kiosk.type_code("A1B2345670");
    kiosk.shows_without_a_decision(PATIENCE, Look::OutOfService);
    kiosk.limit_files(None);
    kiosk.shows_without_a_decision(RECOVERY, Look::Welcome);
    kiosk.type_code("A1B2345670");
    kiosk.shows(Look::Admit);
    kiosk.visits(1);
}

#[test]
fn a_disk_that_fails_takes_the_kiosk_out_of_service_until_it_works_again() {
    let kiosk = Setup { has_failing_disk: true, ..Setup::default() }.start();
    let disk = kiosk.disk.as_ref().unwrap();
    for calls in ["write", "sync"] {
        disk.fail(Fault { calls, how: libc::EIO }, 1);
        kiosk.type_code("A1B2345670");
        kiosk.shows_without_a_decision(PATIENCE, Look::OutOfService);
        disk.mend();
        kiosk.shows_without_a_decision(RECOVERY, Look::Welcome);
    }
    kiosk.type_code("A1B2345670");
    kiosk.shows(Look::Admit);
    let verified = kiosk.home.program().args(["log", "verify"]).output().unwrap();
    assert_eq!(verified.status.code(), Some(0));
}
