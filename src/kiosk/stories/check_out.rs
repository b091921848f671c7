//! Checking out, in the visitor's and the guard's words.

use jiff::SignedDuration;

use super::door::Door;
use super::{FAILING, GREEN, take_the_log_away};
use crate::checkin::Health;
use crate::code::Code;
use crate::entry::Decision;
use crate::hes::QueryError;
use crate::kiosk::message::Message;
use crate::visits::{Record, Store, Use, Visit};

/// A site where codes that are shown again after a minute check out.
pub(super) const CHECKS_OUT: &str = "check_out = true\nrepeat_minutes = 1\n";

/// By how much longer than the repeat window ago a visitor came.
pub(super) const AGO: SignedDuration = SignedDuration::from_secs(61);

/// A door at which the code was admitted a little longer ago than the repeat window is.
fn door_with_somebody_inside(settings: &str) -> Door {
    let door = Door::with_settings(settings);
    admit(&door, GREEN, AGO);
    door
}

/// The code was admitted so long ago.
pub(super) fn admit(door: &Door, code: &str, ago: SignedDuration) {
    let config = door.kiosk.running.as_ref().unwrap().settings.check_in.clone();
    let store = Store::open(config.visits, Use::Command).unwrap();
    door.runtime.block_on(async {
        let visit = Visit {
            id: uuid::Uuid::now_v7(),
            at: door.now.time - ago,
            environment: config.environment,
            entrance: config.entrance,
            source: None,
            decided_by: None,
            answers: None,
            code: Some(store.hash(Code::parse(code).unwrap()).await.unwrap()),
            decision: Decision::Admit,
            valid_until: None,
            service_ms: None,
            holder: None,
            word: None,
        };
        store.append_visit(visit).await.unwrap();
    });
}

/// A visitor who says goodbye.
pub(super) fn goodbye(settings: &str) -> Door {
    let mut door = door_with_somebody_inside(&format!("{CHECKS_OUT}{settings}"));
    door.type_code(GREEN);
    door
}

/// The last visit of the log.
fn last_visit(door: &Door) -> Visit {
    let mut visits = door.records().into_iter().filter_map(|record| match record {
        Record::Visit(visit) => Some(visit),
        Record::Act(_) => None,
    });
    visits.next_back().unwrap()
}

#[test]
fn who_shows_the_code_again_later_is_told_goodbye_and_nothing_is_heard() {
    let mut door = goodbye("");
    assert!(door.shows("Güle güle") && !door.shows("Girebilirsiniz"));
    assert_eq!((door.decision(), door.sound()), (Some(Decision::CheckOut), None));
}

#[test]
fn a_goodbye_stands_in_the_log_without_a_question_to_the_service() {
    let out = last_visit(&goodbye(""));
    assert_eq!((out.decision, out.service_ms, out.decided_by), (Decision::CheckOut, None, None));
}

#[test]
fn unless_the_site_says_so_nobody_is_checked_out() {
    let mut door = door_with_somebody_inside("repeat_minutes = 1");
    door.type_code(GREEN);
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn who_shows_the_code_again_at_once_is_asked_about_as_ever() {
    let mut door = Door::with_settings(CHECKS_OUT);
    door.type_code(GREEN);
    door.touch("Girebilirsiniz");
    door.type_code(GREEN);
    assert_eq!(
        door.log().into_iter().map(|(_, decision)| decision).collect::<Vec<_>>(),
        [Decision::Admit; 2]
    );
}

#[test]
fn who_comes_back_after_a_goodbye_is_asked_about_anew() {
    let mut door = goodbye("");
    door.touch("Güle güle");
    door.type_code(GREEN);
    assert_eq!(door.decision(), Some(Decision::Admit));
    assert!(last_visit(&door).service_ms.is_some());
}

#[test]
fn who_leaves_does_so_without_the_service_and_without_the_last_digits() {
    for settings in [
        // Nobody answers there.
        "[service]\nenvironment = \"own\"\n[service.own]\nurl = \"http://127.0.0.1:9/\"\nusername = \"kiosk\"\n\
         password_file = \"PASSWORD\"\n[privacy]\ncontroller = \"Deneme A.Ş.\"\ncontact = \"kvkk@example.org\"\n\
         legal_basis = \"m. 6/3-c\"\npurpose = \"giriş denetimi\"\n",
        "[identity]\nask_last_digits = true\n",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let password = folder.path().join("password");
        crate::private::open_file(&password).unwrap();
        let settings = settings.replace("PASSWORD", password.to_str().unwrap());
        super::write_settings(folder.path(), &format!("{CHECKS_OUT}{settings}"));
        let mut door = Door::at(folder);
        admit(&door, GREEN, AGO);
        door.type_code(GREEN);
        assert_eq!(door.decision(), Some(Decision::CheckOut), "{settings}");
    }
}

#[test]
fn a_goodbye_says_nothing_of_the_service() {
    let mut door = goodbye("");
    let failing = Health {
        service: Some(Err(QueryError::TimedOut)),
        clock_doubt: SignedDuration::ZERO,
        is_disk_low: false,
    };
    door.tell(Message::HealthChecked(failing));
    let before = door.kiosk.health.is_well();
    door.touch("Güle güle");
    admit(&door, FAILING, AGO);
    door.type_code(FAILING);
    assert_eq!((door.decision(), door.kiosk.health.is_well()), (Some(Decision::CheckOut), before));
}

#[test]
fn a_check_out_that_cannot_be_recorded_says_no_goodbye() {
    let mut door = door_with_somebody_inside(CHECKS_OUT);
    take_the_log_away(&door);
    door.type_code(GREEN);
    assert!(door.is_out_of_service());
}

#[test]
fn typed_goodbyes_are_no_attempts_at_guessing() {
    let mut door = Door::with_settings(CHECKS_OUT);
    for digit in 0..6 {
        let code = format!("B1B234567{digit}");
        admit(&door, &code, AGO);
        door.type_code(&code);
        door.touch("Güle güle");
    }
    assert_eq!(last_visit(&door).decision, Decision::CheckOut);
    door.type_code(GREEN);
    assert_eq!(door.decision(), Some(Decision::Admit));
}

#[test]
fn a_repeat_window_of_nothing_would_check_out_who_is_read_twice() {
    let door = Door::with_settings("check_out = true\nrepeat_minutes = 0");
    assert!(door.is_out_of_service());
}
