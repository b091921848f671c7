//! Those who are inside, and an evacuation, in the guard's words.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use iced::keyboard::key::Named;
use jiff::{SignedDuration, ToSpan};

use super::check_out::{AGO, CHECKS_OUT, admit};
use super::desk::{GUARD, acts, is_open, open, press, visits, with_settings};
use super::door::Door;
use super::{FAILING, GREEN, RISKY};
use crate::entry::Decision;
use crate::kiosk::desk::{self, Answer, InsideMessage};
use crate::kiosk::language::local;
use crate::kiosk::message::{Message, Moment};
use crate::visits::{DecidedBy, Deed, VisitsError};

const UNRECORDED: &str = "Listenin alındığı ziyaret kaydına yazılamadı.";

/// A desk that a guard opened, where somebody is inside.
fn desk(settings: &str) -> Door {
    let mut door = with_settings(&format!("{CHECKS_OUT}{settings}"));
    admit(&door, GREEN, AGO);
    open(&mut door, GUARD);
    door
}

/// The files in the folder of exports.
fn lists(door: &Door) -> Vec<PathBuf> {
    let entries = fs::read_dir(door.folder.path().join("exports")).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// The desk's list of those inside as staff see it, in this language.
pub(super) fn each_screen(language: &str) -> Vec<(&'static str, Door)> {
    let mut door = with_settings(&format!("{CHECKS_OUT}[screen]\nlanguages = [\"{language}\"]\n"));
    for code in [GREEN, RISKY, "A1B2345675", FAILING, "A1B2345674"] {
        door.wait(Duration::from_secs(20));
        door.type_code(code);
    }
    open(&mut door, GUARD);
    door.tell(Message::Desk(desk::Message::Show(desk::Show::Inside), door.now));
    vec![("desk-inside", door)]
}

#[test]
fn the_desk_counts_and_lists_those_who_are_inside() {
    let mut door = with_settings(CHECKS_OUT);
    admit(&door, GREEN, AGO);
    for code in [RISKY, FAILING, "A1B2345675"] {
        door.type_code(code);
    }
    open(&mut door, GUARD);
    door.touch("İçeride · 2");
    assert!(door.shows("1 dk") && door.shows("Çıktı") && !door.shows("Reddedildi"));
}

#[test]
fn who_was_let_in_by_a_guards_word_is_inside() {
    let mut door = with_settings(CHECKS_OUT);
    door.type_code(FAILING);
    open(&mut door, GUARD);
    for words in ["Karar ver", "Yazılı belge gösterildi", "Girebilir", "Girebilirsiniz"] {
        door.touch(words);
    }
    open(&mut door, GUARD);
    assert!(door.shows("İçeride · 1"));
}

#[test]
fn who_checks_out_while_the_desk_is_open_is_inside_no_more() {
    let mut door = desk("");
    assert!(door.shows("İçeride · 1"));
    door.scan(GREEN);
    assert!(door.shows("İçeride · 0") && door.shows("Çıktı"));
}

#[test]
fn a_check_out_waits_for_nobodys_word_and_leaves_the_day_as_it_is() {
    let mut door = desk("");
    door.scan(GREEN);
    door.wait(Duration::from_secs(6));
    assert!(door.shows("Bekleyenler · 0") && door.shows("Bugün · 1 giriş, 0 ret, 0 doğrulanamayan"));
    assert!(!door.shows("Karar ver") && !door.shows("Ayrıntı"));
}

#[test]
fn a_guard_lets_out_who_left_without_the_code_and_that_is_recorded_with_the_name() {
    let mut door = desk("");
    door.touch("İçeride · 1");
    door.touch("Çıktı");
    assert!(door.shows("İçeride · 0") && door.shows("Gösterilecek ziyaret yok"));
    let [admission, out] = visits(&door).try_into().unwrap();
    assert_eq!((out.decision, out.decided_by), (Decision::CheckOut, Some(DecidedBy::Desk)));
    assert_eq!((out.answers, out.code), (Some(admission.id), admission.code));
    assert_eq!(out.word.unwrap().person, "Mehmet");
}

#[test]
fn who_is_let_out_by_a_touch_entered_all_the_same() {
    let mut door = desk("");
    door.touch("İçeride · 1");
    door.touch("Çıktı");
    assert!(door.shows("Bugün · 1 giriş, 0 ret, 0 doğrulanamayan"));
}

#[test]
fn a_second_touch_on_a_line_that_moved_lets_nobody_else_out() {
    let mut door = desk("");
    admit(&door, "A1B2345675", AGO);
    door.wait(Duration::from_secs(6));
    assert!(door.shows("İçeride · 2"));
    let [first, second] = <[_; 2]>::try_from(visits(&door)).unwrap().map(|visit| visit.id);
    let now = door.now;
    let mut let_out = |visit, now| {
        door.tell(Message::Desk(desk::Message::Inside(InsideMessage::CheckOut(visit)), now));
        visits(&door).len()
    };
    let later = |seconds| Moment { instant: now.instant + Duration::from_secs(seconds), ..now };
    assert_eq!(let_out(second, later(60)), 3);
    assert_eq!(let_out(first, now), 3, "the line has just moved");
    assert_eq!(let_out(first, later(120)), 4);
}

#[test]
fn a_visitor_who_is_let_out_twice_left_once() {
    let mut door = desk("");
    let visit = visits(&door)[0].id;
    let touch = Message::Desk(desk::Message::Inside(InsideMessage::CheckOut(visit)), door.now);
    let entered = door.runtime.enter();
    let touches = [door.kiosk.update(touch.clone()), door.kiosk.update(touch)];
    drop(entered);
    for touch in touches {
        door.run(touch);
    }
    assert_eq!(visits(&door).len(), 2);
}

#[test]
fn one_touch_writes_the_list_of_those_inside_and_that_is_recorded_with_the_guards_name() {
    let mut door = with_settings(CHECKS_OUT);
    admit(&door, "A1B2345675", SignedDuration::from_hours(25));
    admit(&door, GREEN, AGO);
    open(&mut door, GUARD);
    door.touch("Tahliye listesi");
    let [file] = lists(&door).try_into().unwrap();
    assert!(door.shows(&format!("İçeride 1 kişi · liste: {}", file.file_name().unwrap().to_string_lossy())));
    assert_eq!(acts(&door).pop(), Some((Some("Mehmet".to_owned()), Deed::InsideListed { records: 1 })));
    let text = fs::read_to_string(file).unwrap();
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
    let came = crate::kiosk::language::local(visits(&door)[1].at).strftime("%H:%M").to_string();
    // A box for the warden's tick, number, time, minutes inside, entrance, number in the log, and who.
    let row = lines.iter().find(|line| line.first() == Some(&"[")).unwrap();
    assert_eq!(row[..], ["[", "]", "1", &came, "1", "dk", "Ana", "giriş", row[8], "—"]);
    assert_eq!(lines.last().unwrap().join(" "), "Liste sonu · 1 kişi");
}

#[test]
fn five_fast_touches_make_one_list_and_a_later_one_makes_another() {
    let paper = tempfile::tempdir().unwrap().path().join("paper");
    for settings in [String::new(), format!("[desk]\nprint = [\"tee\", \"{}\"]\n", paper.display())] {
        let mut door = desk(&settings);
        let touch = Message::Desk(desk::Message::Inside(InsideMessage::List), door.now);
        let touches: Vec<_> = (0..5).map(|_| door.begin(touch.clone())).collect();
        for listing in touches {
            door.run(listing);
        }
        let taken = |door: &Door| acts(door).len() - 1;
        assert_eq!((taken(&door), lists(&door).len()), (1, 1), "{settings}");
        door.wait(Duration::from_secs(1));
        door.touch("Tahliye listesi");
        assert_eq!((taken(&door), lists(&door).len()), (2, 2), "{settings}");
    }
}

#[test]
fn while_the_list_is_printed_a_touch_makes_no_other() {
    let mut door = desk("[desk]\nprint = [\"true\"]\n");
    let touch = Message::Desk(desk::Message::Inside(InsideMessage::List), door.now);
    let listing = door.begin(touch.clone());
    let listed = door.first_of(listing);
    let printing = door.begin(listed);
    door.tell(touch);
    assert_eq!(acts(&door).len(), 2);
    door.run(printing);
    door.wait(Duration::from_secs(1));
    door.touch("Tahliye listesi");
    assert_eq!(acts(&door).len(), 3);
}

#[test]
fn five_touches_within_a_second_make_one_list_however_soon_it_is_there() {
    for settings in ["", "[desk]\nprint = [\"true\"]\n"] {
        let mut door = desk(settings);
        for _ in 0..5 {
            door.touch("Tahliye listesi");
            door.now.instant += Duration::from_millis(200);
        }
        assert_eq!((acts(&door).len(), lists(&door).len()), (2, 1), "{settings}");
    }
}

#[test]
fn the_list_goes_to_the_printer_on_its_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let paper = folder.path().join("paper");
    let mut door = desk(&format!("[desk]\nprint = [\"tee\", \"{}\"]\n", paper.display()));
    door.touch("Tahliye listesi");
    let [file] = lists(&door).try_into().unwrap();
    assert_eq!(fs::read(paper).unwrap(), fs::read(&file).unwrap());
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    assert!(door.shows(&format!("İçeride 1 kişi · yazıcıya gönderildi: {name}")));
}

#[test]
fn a_printer_that_fails_is_said_and_the_file_is_there() {
    for print in ["[\"false\"]", "[\"/no/such/printer\"]"] {
        let mut door = desk(&format!("[desk]\nprint = {print}\n"));
        door.touch("Tahliye listesi");
        let [file] = lists(&door).try_into().unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        assert!(door.shows(&format!("Liste yazdırılamadı, dosyada duruyor: {name}")), "{print}");
    }
}

#[test]
fn a_list_that_cannot_be_written_leaves_the_one_on_the_screen() {
    let mut door = desk("");
    fs::write(door.folder.path().join("exports"), "").unwrap();
    door.touch("Tahliye listesi");
    assert!(door.shows("Liste dosyaya yazılamadı. Ekrandaki listeyi kullanın."));
    door.touch("İçeride · 1");
    assert!(door.shows("Çıktı"));
}

#[test]
fn a_list_that_cannot_be_written_is_printed_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let paper = folder.path().join("paper");
    let mut door = desk(&format!("[desk]\nprint = [\"tee\", \"{}\"]\n", paper.display()));
    fs::write(door.folder.path().join("exports"), "").unwrap();
    door.touch("Tahliye listesi");
    assert!(fs::read_to_string(paper).unwrap().contains("Liste sonu · 1 kişi"));
    assert!(door.shows("İçeride 1 kişi · yazıcıya gönderildi; dosyaya yazılamadı"));
}

/// A desk whose list for an evacuation the log could not take down.
fn unrecorded_list() -> Door {
    let mut door = desk("");
    let listing = door.begin(Message::Desk(desk::Message::Inside(InsideMessage::List), door.now));
    let Message::DeskAnswered(Answer::Listed(Ok(listed)), now) = door.first_of(listing) else {
        panic!("nothing is listed")
    };
    door.tell(Message::DeskAnswered(Answer::Listed(Ok(listed.unrecorded())), now));
    door
}

#[test]
fn a_list_that_the_log_knows_nothing_of_stays_on_the_screen_and_says_so() {
    let door = unrecorded_list();
    assert!(door.shows(UNRECORDED) && door.shows("İçeride · 1"));
}

#[test]
fn a_list_that_the_log_knows_nothing_of_outlives_the_next_look_at_the_log() {
    let mut door = unrecorded_list();
    door.wait(Duration::from_secs(16));
    door.tell(Message::Probed(Err(VisitsError::DiskFull), door.now));
    assert!(door.shows(UNRECORDED));
}

#[test]
fn while_the_list_is_made_no_log_that_fails_takes_the_desk_away() {
    let mut door = desk("");
    let listing = door.begin(Message::Desk(desk::Message::Inside(InsideMessage::List), door.now));
    door.tell(Message::Probed(Err(VisitsError::DiskFull), door.now));
    door.run(listing);
    let file = lists(&door).pop().unwrap();
    assert!(door.shows(&format!("İçeride 1 kişi · liste: {}", file.file_name().unwrap().to_string_lossy())));
}

#[test]
fn once_nobody_reads_the_list_any_more_a_log_that_fails_closes_the_desk() {
    let mut door = desk("");
    door.touch("Tahliye listesi");
    door.touch("Bugün");
    door.tell(Message::Probed(Err(VisitsError::DiskFull), door.now));
    assert!(door.is_out_of_service());
}

/// The time from now to the next midnight.
fn until_midnight(door: &Door) -> SignedDuration {
    let midnight = local(door.now.time).start_of_day().unwrap().checked_add(1.day()).unwrap();
    midnight.timestamp().duration_since(door.now.time)
}

#[test]
fn who_came_after_the_last_one_that_waits_since_yesterday_is_not_inside_today() {
    let mut door = with_settings(CHECKS_OUT);
    let until_midnight = until_midnight(&door);
    door.record_in(until_midnight - SignedDuration::from_mins(10));
    admit(&door, GREEN, SignedDuration::from_mins(5) - until_midnight);
    door.now.time += until_midnight + SignedDuration::from_mins(10);
    door.wait(Duration::from_secs(1));
    open(&mut door, GUARD);
    door.wait(Duration::from_secs(6));
    assert!(door.shows("İçeride · 0") && door.shows("Bekleyenler · 1"));
}

#[test]
fn a_desk_that_is_open_at_midnight_begins_a_new_day() {
    let mut door = with_settings(CHECKS_OUT);
    let until_midnight = until_midnight(&door);
    admit(&door, GREEN, SignedDuration::from_mins(5) - until_midnight);
    door.now.time += until_midnight - SignedDuration::from_secs(20);
    door.wait(Duration::from_secs(1));
    open(&mut door, GUARD);
    assert!(door.shows("İçeride · 1"));
    door.wait(Duration::from_secs(30));
    assert!(door.shows("İçeride · 0") && door.shows("Bugün · 0 giriş, 0 ret, 0 doğrulanamayan"));
}

#[test]
fn unless_visitors_check_out_the_desk_knows_nothing_of_those_inside() {
    let mut door = with_settings("");
    admit(&door, GREEN, AGO);
    open(&mut door, GUARD);
    assert!(is_open(&door) && !door.shows("İçeride · 1") && !door.shows("Tahliye listesi"));
    door.tell(Message::Desk(desk::Message::Inside(InsideMessage::List), door.now));
    assert!(lists(&door).is_empty());
}

#[test]
fn nobody_is_listed_or_let_out_before_a_pin() {
    let mut door = with_settings(CHECKS_OUT);
    admit(&door, GREEN, AGO);
    let visit = visits(&door)[0].id;
    press(&mut door, Named::F12);
    for message in [InsideMessage::List, InsideMessage::CheckOut(visit)] {
        door.tell(Message::Desk(desk::Message::Inside(message), door.now));
    }
    assert_eq!((visits(&door).len(), lists(&door).len(), acts(&door)), (1, 0, vec![]));
}
