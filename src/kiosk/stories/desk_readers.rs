//! Readers and hands at an open desk: what is read is a visitor's, unless somebody asked for a code.

use std::time::Duration;

use iced::keyboard::key::Named;
use jiff::{SignedDuration, ToSpan};

use super::desk::{GUARD, MANAGER, acts, door, is_open, open, press, visits};
use super::door::Door;
use super::{FAILING, GREEN, PAYLOAD, RISKY};
use crate::code::{Reading, Source};
use crate::entry::{Decision, Reason};
use crate::kiosk::desk;
use crate::kiosk::language::local;
use crate::kiosk::message::Message;
use crate::scan::SerialEvent;
use crate::visits::Deed;

pub(super) const FAST: Duration = Duration::from_millis(5);
pub(super) const HAND: Duration = Duration::from_millis(120);

/// A reader that is a keyboard reads.
fn type_as_reader(door: &mut Door, text: &str) {
    door.type_text(text, FAST);
    press(door, Named::Enter);
}

/// A reader at a serial port reads.
fn send_as_reader(door: &mut Door, text: &str) {
    let reading = Reading { text: text.to_owned(), source: Source::Reader };
    door.tell(Message::SerialReaderReported(SerialEvent::Reading(reading), door.now));
}

/// Both kinds of reader.
const READERS: [fn(&mut Door, &str); 2] = [type_as_reader, send_as_reader];

/// The search, which also asks for a code.
pub(super) const SEARCH: &str = "Ara ya da okut";

fn records_found(door: &Door) -> usize {
    acts(door).iter().filter(|(_, deed)| matches!(deed, Deed::Found { .. })).count()
}

#[test]
fn what_is_read_at_an_open_desk_is_a_visitors_on_each_page() {
    for read in READERS {
        for page in ["", "Ayarlar", "Dışa aktar", "PIN'ler"] {
            let mut door = door();
            open(&mut door, MANAGER);
            if !page.is_empty() {
                door.touch(page);
            }
            if page == "PIN'ler" {
                door.touch("Yeni kişi");
            }
            read(&mut door, RISKY);
            assert_eq!(visits(&door).len(), 1, "{page}");
            press(&mut door, Named::F12);
            assert_eq!(door.decision(), Some(Decision::Refuse(Reason::Risky)), "{page}");
        }
    }
}

#[test]
fn what_is_read_while_a_pin_is_asked_for_is_a_visitors_and_no_try() {
    for read in READERS {
        let mut door = door();
        press(&mut door, Named::F12);
        read(&mut door, RISKY);
        assert_eq!((visits(&door).len(), acts(&door)), (1, vec![]));
    }
}

#[test]
fn a_touch_amid_a_readers_text_waits_for_its_end_and_cuts_nothing() {
    let mut door = door();
    open(&mut door, GUARD);
    door.type_text(&RISKY[..6], FAST);
    let touch = Message::Desk(desk::Message::Show(desk::Show::Unverified), door.now);
    let waiting = door.begin(touch);
    type_as_reader(&mut door, &RISKY[6..]);
    assert_eq!((visits(&door).len(), door.shows("Gösterilecek ziyaret yok")), (1, false));
    door.run(waiting);
    assert_eq!(
        (visits(&door)[0].source, door.shows("Gösterilecek ziyaret yok")),
        (Some(Source::Reader), true)
    );
}

#[test]
fn no_touch_overtakes_one_that_waits_for_the_end_of_a_readers_text() {
    let mut door = door();
    press(&mut door, Named::F12);
    door.type_text(&RISKY[..6], FAST);
    let mut waiting = Vec::new();
    for digit in GUARD.chars() {
        door.now.instant += Duration::from_millis(60);
        waiting.push(door.begin(Message::Desk(desk::Message::Digit(digit), door.now)));
    }
    waiting.push(door.begin(Message::Desk(desk::Message::Confirm, door.now)));
    for touch in waiting {
        door.run(touch);
    }
    assert!(is_open(&door));
}

#[test]
fn a_code_that_was_asked_for_is_looked_up_and_the_next_one_is_a_visitors() {
    for read in READERS {
        let mut door = door();
        open(&mut door, GUARD);
        door.touch(SEARCH);
        assert!(door.shows("Kodu okuyucuya gösterin"));
        read(&mut door, GREEN);
        assert!(door.shows("Bu kodla 0 ziyaret bulundu"));
        assert_eq!((visits(&door).len(), records_found(&door)), (0, 1));
        read(&mut door, GREEN);
        assert_eq!((visits(&door).len(), records_found(&door)), (1, 1));
    }
}

#[test]
fn escape_ends_what_was_looked_up() {
    let mut door = door();
    open(&mut door, GUARD);
    door.touch(SEARCH);
    type_as_reader(&mut door, GREEN);
    press(&mut door, Named::Escape);
    assert!(is_open(&door) && !door.shows("Bu kodla 0 ziyaret bulundu"));
}

#[test]
fn a_code_that_was_asked_for_and_then_not_is_a_visitors() {
    let mut door = door();
    open(&mut door, GUARD);
    door.touch(SEARCH);
    press(&mut door, Named::Escape);
    send_as_reader(&mut door, GREEN);
    assert_eq!((visits(&door).len(), records_found(&door)), (1, 0));
}

#[test]
fn a_code_that_is_read_where_visits_are_erased_is_no_visitors() {
    for read in READERS {
        let mut door = door();
        open(&mut door, MANAGER);
        door.touch("Silme");
        read(&mut door, GREEN);
        assert!(door.shows("****-****-70 koduna ait kayıt yok. Yine de talebin tutanağını yazabilirsiniz."));
        assert!(visits(&door).is_empty());
    }
}

#[test]
fn a_reading_leaves_the_whole_list_on_the_screen() {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    type_as_reader(&mut door, RISKY);
    assert!(door.shows("Karar ver") && door.shows("Ayrıntı"));
}

#[test]
fn what_is_read_and_what_moves_the_list_keeps_no_desk_open() {
    let scroll = |door: &mut Door, _: &str| door.tell(Message::Desk(desk::Message::Scrolled(9.0), door.now));
    let scan = |door: &mut Door, text: &str| door.scan(text);
    for happens in [scroll, scan, type_as_reader, send_as_reader] {
        let mut door = door();
        open(&mut door, GUARD);
        for _ in 0..10 {
            door.wait(Duration::from_secs(7));
            happens(&mut door, FAILING);
        }
        assert!(!is_open(&door));
    }
}

#[test]
fn a_hand_that_types_or_touches_keeps_the_desk_open() {
    let type_one = |door: &mut Door| door.type_text("9", HAND);
    let touch = |door: &mut Door| door.tell(Message::Desk(desk::Message::Touched, door.now));
    for act in [type_one, touch] {
        let mut door = door();
        open(&mut door, GUARD);
        for _ in 0..3 {
            door.wait(Duration::from_secs(30));
            act(&mut door);
        }
        assert!(is_open(&door));
    }
}

#[test]
fn a_pin_opens_the_desk_however_fast_it_is_typed() {
    for gap in [60, 5] {
        let mut door = door();
        press(&mut door, Named::F12);
        door.type_text(GUARD, Duration::from_millis(gap));
        press(&mut door, Named::Enter);
        assert!(is_open(&door), "{gap} ms");
    }
}

#[test]
fn digits_that_were_typed_fast_are_no_try_before_their_end() {
    let mut door = door();
    press(&mut door, Named::F12);
    door.type_text(&GUARD[..5], FAST);
    door.wait(Duration::from_secs(5));
    assert_eq!(acts(&door), []);
    door.type_text(&GUARD[5..], FAST);
    press(&mut door, Named::Enter);
    assert!(is_open(&door));
}

/// Somebody decides on a visitor, and gives a reason in words of one's own.
fn giving_a_reason() -> Door {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door.touch("Karar ver");
    door.type_text("Belgesini getir", HAND);
    door
}

/// The reason of the last word.
fn because(door: &Door) -> String {
    visits(door).pop().unwrap().word.unwrap().said.because
}

#[test]
fn nothing_of_a_code_that_is_read_comes_into_a_reason() {
    let mut door = giving_a_reason();
    door.wait(Duration::from_secs(2));
    type_as_reader(&mut door, RISKY);
    assert!(door.shows("Belgesini getir|"));
    door.touch("Girebilir");
    assert_eq!(because(&door), "Belgesini getir");
}

#[test]
fn a_reason_stays_when_a_code_is_read_amid_it() {
    let end_by_enter = |door: &mut Door| press(door, Named::Enter);
    let fall_silent = |door: &mut Door| door.wait(Duration::from_millis(500));
    for end in [end_by_enter, fall_silent] {
        for code in [RISKY, PAYLOAD] {
            let mut door = giving_a_reason();
            door.now.instant += Duration::from_millis(400);
            door.type_text(code, FAST);
            end(&mut door);
            door.type_text("di", HAND);
            door.touch("Girebilir");
            assert_eq!((visits(&door).len(), because(&door).as_str()), (3, "Belgesini getirdi"), "{code}");
        }
    }
}

#[test]
fn a_name_stays_when_a_code_is_read_amid_it() {
    let mut door = door();
    open(&mut door, MANAGER);
    door.touch("PIN'ler");
    door.touch("Yeni kişi");
    door.type_text("Zehra", HAND);
    door.now.instant += Duration::from_millis(400);
    type_as_reader(&mut door, RISKY);
    assert!(door.shows("Zehra|"));
}

#[test]
fn a_code_that_is_read_leaves_the_reason_that_was_chosen() {
    let mut door = door();
    door.type_code(FAILING);
    open(&mut door, GUARD);
    door.touch("Karar ver");
    door.touch("Yazılı belge gösterildi");
    type_as_reader(&mut door, RISKY);
    door.touch("Girebilir");
    assert_eq!(because(&door), "Yazılı belge gösterildi");
}

#[test]
fn a_reason_has_all_letters_that_a_hand_rolled_over() {
    let mut door = giving_a_reason();
    door.type_text("di.", FAST);
    door.wait(Duration::from_millis(500));
    assert!(door.shows("Belgesini getirdi.|"));
    door.touch("Girebilir");
    assert_eq!(because(&door), "Belgesini getirdi.");
}

#[test]
fn who_was_sent_to_the_desk_in_the_evening_waits_over_midnight() {
    let mut door = door();
    let midnight = local(door.now.time).start_of_day().unwrap().checked_add(1.day()).unwrap().timestamp();
    let until_midnight = midnight.duration_since(door.now.time);
    for before in [SignedDuration::from_mins(15), SignedDuration::from_hours(13)] {
        door.record_in(until_midnight - before);
    }
    door.now.time = midnight + SignedDuration::from_mins(10);
    door.wait(Duration::from_secs(1));
    open(&mut door, GUARD);
    assert!(door.shows("Bekleyenler · 1") && door.shows("Gösterilecek ziyaret yok"));
    super::desk::decide(&mut door, "Yazılı belge gösterildi", "Girebilir");
    assert_eq!(door.decision(), Some(Decision::AdmitByDesk));
}

#[test]
fn who_waits_since_the_evening_is_in_the_list_of_those_of_whom_nothing_is_known() {
    let mut door = door();
    let midnight = local(door.now.time).start_of_day().unwrap().checked_add(1.day()).unwrap().timestamp();
    door.record_in(midnight.duration_since(door.now.time) - SignedDuration::from_mins(15));
    door.now.time = midnight + SignedDuration::from_mins(10);
    door.wait(Duration::from_secs(1));
    open(&mut door, GUARD);
    door.touch("Doğrulanamadı");
    assert!(!door.shows("Gösterilecek ziyaret yok"));
}

#[test]
fn a_touch_on_a_page_loses_no_code_that_was_just_read() {
    let mut door = door();
    open(&mut door, MANAGER);
    door.touch("Ayarlar");
    door.type_text("A1B2345671", FAST);
    door.tell(Message::Desk(desk::Message::Back, door.now));
    assert_eq!(visits(&door).len(), 1);
}
