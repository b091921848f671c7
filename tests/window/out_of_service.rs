//! Where visits cannot be recorded no colour is shown, and the kiosk comes back by itself.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::Duration;

use crate::failing_disk::Fault;
use crate::kiosk::{Kiosk, PATIENCE, Setup};
use crate::picture::Look;

/// SQLCipher's pages.
const PAGE: u64 = 4096;

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
    assert_is_accounted_for(&kiosk, 1);
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
    assert_is_accounted_for(&kiosk, 2);
    let verified = kiosk.home.program().args(["log", "verify"]).output().unwrap();
    assert_eq!(verified.status.code(), Some(0));
}

#[test]
fn a_damaged_log_is_set_aside_by_the_kiosk_that_finds_it() {
    let mut kiosk = Kiosk::start();
    kiosk.type_code("A1B2345670");
    kiosk.shows(Look::Admit);
    kiosk.kill();
    kiosk.home.open_database().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    damage(&kiosk.home.database());
    kiosk.start_again();
    kiosk.shows_without_a_decision(RECOVERY, Look::Welcome);
    kiosk.type_code("A1B2345670");
    kiosk.shows(Look::Admit);
    kiosk.visits(1);
    assert_eq!(kiosk.home.log_with_acts()[0]["act"], "set_aside");
}

/// Turns over a byte of each page but the first, without which the log cannot be opened at all.
fn damage(database: &Path) {
    let file = OpenOptions::new().read(true).write(true).open(database).unwrap();
    for page in 1..file.metadata().unwrap().len() / PAGE {
        let mut byte = [0];
        file.read_exact_at(&mut byte, page * PAGE + 1000).unwrap();
        file.write_all_at(&[!byte[0]], page * PAGE + 1000).unwrap();
    }
}

/// Waits until the log says so many times that the kiosk was out of service, and that the disk was the cause.
fn assert_is_accounted_for(kiosk: &Kiosk, times: usize) {
    let causes = || {
        let acts = kiosk.home.log_with_acts().into_iter();
        acts.filter(|act| act["act"] == "out_of_service").map(|act| act["cause"].clone()).collect::<Vec<_>>()
    };
    kiosk.until("the log says otherwise", PATIENCE, || causes().len() == times);
    assert!(causes().iter().all(|cause| cause.as_str().unwrap().starts_with("the disk of the visit log ")));
}
