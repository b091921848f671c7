//! The manager's pages of the desk, in the manager's words.

use std::time::Duration;

use iced::keyboard::key::Named;

use super::desk::{GUARD, MANAGER, SECOND, acts, door, is_open, open, press, with_settings};
use super::door::Door;
use super::{GREEN, RISKY};
use crate::kiosk::desk::{self, Tab};
use crate::kiosk::message::Message;
use crate::visits::{Deed, Record, Role};

/// A PIN that nobody has yet.
const NEW: &str = "618340";

/// Somebody's hand.
const HAND: Duration = Duration::from_millis(120);

/// Tells the desk what a touch would, wherever it is.
fn tell(door: &mut Door, message: desk::Message) {
    door.tell(Message::Desk(message, door.now));
}

/// A door at which the manager opened a page.
fn at(tab: &str) -> Door {
    let mut door = door();
    open(&mut door, MANAGER);
    door.touch(tab);
    door
}

/// Begins to give somebody a PIN, and says who and for what.
fn begin_pin(door: &mut Door, name: &str, role: &str) {
    door.touch("Yeni kişi");
    door.touch(role);
    door.type_code(name);
}

/// The manager's pages as staff see them, in this language.
pub(super) fn each_screen(language: &str) -> Vec<(&'static str, Door)> {
    let at = |tab: Tab| {
        let mut door = with_settings(&format!("[screen]\nlanguages = [\"{language}\"]\n"));
        open(&mut door, MANAGER);
        tell(&mut door, desk::Message::Open(tab));
        door
    };
    let pins = |message: desk::PinsMessage| {
        let mut door = at(Tab::Pins);
        tell(&mut door, desk::Message::Pins(message));
        door
    };
    let mut naming = pins(desk::PinsMessage::New);
    naming.type_text("Elif", HAND);
    let mut erasing = at(Tab::Erasure);
    erasing.type_code(GREEN);
    let settings = super::settings::each_screen(language);
    let mut screens = vec![
        ("desk-exports", at(Tab::Exports)),
        ("desk-erasure", at(Tab::Erasure)),
        ("desk-erasure-why", erasing),
        ("desk-pins", at(Tab::Pins)),
        ("desk-pins-name", naming),
        ("desk-pins-remove", pins(desk::PinsMessage::Remove(0))),
    ];
    screens.extend(settings);
    screens
}

#[test]
fn the_managers_pages_are_the_managers_alone() {
    let mut door = door();
    open(&mut door, GUARD);
    assert!(!door.shows("PIN'ler"));
    tell(&mut door, desk::Message::Open(Tab::Pins));
    tell(&mut door, desk::Message::Pins(desk::PinsMessage::Remove(0)));
    tell(&mut door, desk::Message::Pins(desk::PinsMessage::Removed));
    assert!(is_open(&door) && !door.shows("Zeynep"));
    assert_eq!(acts(&door), [(Some("Mehmet".to_owned()), Deed::PinEntered)]);
}

#[test]
fn a_page_is_locked_after_a_minute_like_the_visits() {
    let mut door = at("PIN'ler");
    door.wait(Duration::from_secs(70));
    assert!(door.is_welcoming());
}

#[test]
fn a_manager_sees_who_has_a_pin() {
    let door = at("PIN'ler");
    assert!(door.shows("Mehmet") && door.shows("Zeynep") && door.shows("Ayşe"));
}

#[test]
fn who_is_given_a_pin_twice_opens_the_desk_with_it_and_that_is_recorded() {
    let mut door = at("PIN'ler");
    begin_pin(&mut door, "Elif", "görevli");
    door.type_code(NEW);
    assert!(door.shows("Aynı PIN bir kez daha"));
    door.type_code(NEW);
    assert!(door.shows("Elif için PIN belirlendi (görevli)."));
    let set = Deed::PinSet { name: "Elif".to_owned(), role: Role::Guard.name().to_owned() };
    assert_eq!(last_record(&door), (Some("Ayşe".to_owned()), set));
    press(&mut door, Named::F12);
    open(&mut door, NEW);
    assert_eq!(acts(&door).pop(), Some((Some("Elif".to_owned()), Deed::PinEntered)));
}

#[test]
fn what_is_no_good_as_a_pin_is_given_to_nobody() {
    for (first, again, said) in [
        ("123456", None, "Bu PIN kolay tahmin edilir; başka bir PIN seçin."),
        ("12345", None, "PIN en az altı, en çok on rakamdan oluşur."),
        (NEW, Some("618341"), "İki PIN aynı değil; baştan girin."),
        (SECOND, Some(SECOND), "Başka bir PIN seçin."),
    ] {
        let mut door = at("PIN'ler");
        begin_pin(&mut door, "Elif", "görevli");
        for pin in [first].into_iter().chain(again) {
            door.type_code(pin);
        }
        assert!(door.shows(said), "{said}");
        press(&mut door, Named::Escape);
        assert!(door.shows("Mehmet") && !door.shows("Elif"), "{said}");
    }
}

#[test]
fn a_name_that_is_none_or_taken_for_another_gets_no_pin() {
    let mut door = at("PIN'ler");
    begin_pin(&mut door, "", "görevli");
    assert!(door.shows("1 ile 40 karakter arasında bir ad yazın."));
    door.type_code("MEHMET");
    door.type_code(NEW);
    door.type_code(NEW);
    assert!(door.shows("Mehmet adı zaten var; karışmayacak bir ad yazın."));
}

#[test]
fn whoever_has_a_pin_loses_it_to_no_new_person() {
    let mut door = at("PIN'ler");
    begin_pin(&mut door, "Ayşe", "görevli");
    assert!(door.shows("Ayşe adı zaten var; karışmayacak bir ad yazın."));
}

#[test]
fn a_manager_who_is_a_guard_by_now_makes_no_export() {
    let mut door = at("Dışa aktar");
    door.give_pin("Ayşe", Role::Guard, MANAGER);
    door.touch("Dosyayı yaz");
    assert!(door.is_welcoming() && exported(&door).is_empty());
}

#[test]
fn what_a_reader_types_is_nobodys_name() {
    let mut door = at("PIN'ler");
    door.touch("Yeni kişi");
    door.type_text("A1B2345670", Duration::from_millis(5));
    press(&mut door, Named::Enter);
    door.type_code("Elif");
    assert!(door.shows("Elif için yeni PIN"));
}

#[test]
fn whose_pin_is_taken_away_opens_nothing_any_more() {
    let mut door = at("PIN'ler");
    tell(&mut door, desk::Message::Pins(desk::PinsMessage::Remove(1)));
    assert!(door.shows("Mehmet adlı kişinin PIN'i kaldırılsın mı?"));
    door.touch("Kaldır");
    assert!(door.shows("Mehmet adlı kişinin PIN'i kaldırıldı."));
    let removed = Deed::PinRemoved { name: "Mehmet".to_owned() };
    assert_eq!(acts(&door).pop(), Some((Some("Ayşe".to_owned()), removed)));
    press(&mut door, Named::F12);
    open(&mut door, GUARD);
    assert!(!is_open(&door));
}

#[test]
fn the_last_manager_goes_only_after_a_warning_and_out_of_these_pages() {
    let mut door = at("PIN'ler");
    tell(&mut door, desk::Message::Pins(desk::PinsMessage::Remove(0)));
    assert!(door.shows(
        "Başka yönetici yok: bundan sonra bu sayfaları kimse açamaz. Yeni yönetici “hes-kiosk pin set” ile belirlenir."
    ));
    door.touch("Kaldır");
    assert!(door.is_welcoming());
}

#[test]
fn one_touch_writes_todays_visits_into_a_file_and_says_where_it_is() {
    let mut door = door();
    door.type_code(GREEN);
    door.wait(Duration::from_secs(20));
    open(&mut door, MANAGER);
    door.touch("Dışa aktar");
    door.touch("Dosyayı yaz");
    let [file] = exported(&door).try_into().unwrap();
    assert!(door.shows(&format!("1 kayıt {} dosyasına yazıldı.", file.display())));
    assert!(std::fs::read_to_string(&file).unwrap().contains(",admit,riskless,"));
}

#[test]
fn an_export_is_recorded_with_the_name_and_what_was_asked_for() {
    let mut door = at("Dışa aktar");
    door.touch("Son 7 gün");
    door.touch("Excel");
    door.touch("Dosyayı yaz");
    let (person, deed) = last_record(&door);
    let Deed::Exported { export, .. } = deed else { panic!("{deed:?}") };
    let week = door.now.time - jiff::SignedDuration::from_hours(7 * 24);
    let since = export.since.unwrap();
    assert_eq!((person.as_deref(), export.format.as_str()), (Some("Ayşe"), "xlsx"));
    assert!(since > week && since < week + jiff::SignedDuration::from_hours(24), "{since}");
}

#[test]
fn visitors_are_checked_in_while_an_export_is_written() {
    let mut door = at("Dışa aktar");
    let begun = desk::Message::Exports(desk::ExportsMessage::Begin);
    let export = door.begin(Message::Desk(begun, door.now));
    assert!(door.shows("Yazılıyor… Ziyaretçiler beklemez."));
    door.scan(GREEN);
    assert_eq!(door.records().iter().filter(|record| matches!(record, Record::Visit(_))).count(), 1);
    door.run(export);
    assert_eq!(exported(&door).len(), 1);
}

#[test]
fn one_export_is_made_at_a_time_whatever_page_is_open_meanwhile() {
    let mut door = at("Dışa aktar");
    let begun = Message::Desk(desk::Message::Exports(desk::ExportsMessage::Begin), door.now);
    let export = door.begin(begun);
    door.touch("Ziyaretler");
    door.touch("Dışa aktar");
    door.touch("Dosyayı yaz");
    assert!(door.shows("Yazılıyor… Ziyaretçiler beklemez.") && exported(&door).is_empty());
    door.run(export);
    assert!(exported(&door).len() == 1 && !door.shows("Yazılıyor… Ziyaretçiler beklemez."));
}

#[test]
fn what_is_erased_while_the_manager_is_at_the_list_leaves_it() {
    let mut door = erasing();
    door.touch("İlgili kişi istedi");
    door.type_text(MANAGER, HAND);
    let compared = door.begin(Message::Desk(desk::Message::Confirm, door.now));
    let confirmed = door.first_of(compared);
    let erasure = door.begin(confirmed);
    door.touch("Ziyaretler");
    door.run(erasure);
    assert!(door.shows("Gösterilecek ziyaret yok"));
}

#[test]
fn what_is_erased_is_in_no_list_any_more_and_the_receipt_names_the_manager() {
    let mut door = erasing();
    door.touch("İlgili kişi istedi");
    door.type_code(MANAGER);
    assert!(door.shows("1 kaydın içeriği silindi; tutanak yazıldı."));
    let (person, deed) = last_record(&door);
    let Deed::Erased { reason, gone } = deed else { panic!("{deed:?}") };
    assert_eq!((person.as_deref(), reason.as_str(), gone.records), (Some("Ayşe"), "İlgili kişi istedi", 1));
    door.touch("Ziyaretler");
    assert!(door.shows("Gösterilecek ziyaret yok"));
}

#[test]
fn nothing_is_erased_without_the_managers_own_pin() {
    for pin in [GUARD, "111222"] {
        let mut door = erasing();
        door.touch("İlgili kişi istedi");
        door.type_code(pin);
        assert!(!door.records().iter().any(|record| matches!(
            record,
            Record::Act(act) if matches!(act.deed, Deed::Erased { .. })
        )));
        assert!(door.shows("Silmek için PIN'inizi bir kez daha girin"), "{pin}");
    }
}

#[test]
fn a_reason_that_names_somebody_erases_nothing() {
    let mut door = erasing();
    door.type_code("Kod A1B2345670 istedi");
    assert!(
        door.shows("Gerekçe 3 ile 200 karakter arasında olmalı; içinde kod ya da kimlik numarası bulunamaz.")
    );
}

#[test]
fn a_reason_of_ones_own_stands_on_the_receipt() {
    let mut door = erasing();
    door.type_code("Dilekçe 12");
    door.type_code(MANAGER);
    let (_, deed) = last_record(&door);
    assert!(matches!(&deed, Deed::Erased { reason, .. } if reason == "Dilekçe 12"), "{deed:?}");
}

#[test]
fn an_erasure_says_which_files_may_still_hold_visits_of_the_person() {
    let mut door = at("Dışa aktar");
    door.touch("Dosyayı yaz");
    let [file] = exported(&door).try_into().unwrap();
    door.touch("Silme");
    door.type_code(GREEN);
    door.touch("İlgili kişi istedi");
    door.type_code(MANAGER);
    assert!(door.shows(&file.display().to_string()));
}

/// A manager who is about to say why the visits of a code are erased.
fn erasing() -> Door {
    let mut door = door();
    door.type_code(GREEN);
    door.wait(Duration::from_secs(20));
    open(&mut door, MANAGER);
    door.touch("Silme");
    door.type_code(GREEN);
    door
}

/// The files in the folder of exports.
fn exported(door: &Door) -> Vec<std::path::PathBuf> {
    let folder = &door.kiosk.running.as_ref().unwrap().settings.check_in.visits.exports;
    let files = std::fs::read_dir(folder).into_iter().flatten();
    files.map(|file| file.unwrap().path()).collect()
}

/// What was done last, and by whom.
fn last_record(door: &Door) -> (Option<String>, Deed) {
    match door.records().pop() {
        Some(Record::Act(act)) => (act.person, act.deed),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_erased_is_not_among_those_who_came_either() {
    let mut door = door();
    open(&mut door, MANAGER);
    door.scan(GREEN);
    door.scan(RISKY);
    let erased = super::desk::visits(&door)[0].id.to_string();
    door.touch("Silme");
    door.type_code(GREEN);
    door.touch("İlgili kişi istedi");
    door.type_code(MANAGER);
    assert!(door.shows("1 kaydın içeriği silindi; tutanak yazıldı."));
    assert!(!format!("{:?}", door.kiosk).contains(&erased));
}

#[test]
fn who_takes_the_own_pin_away_leaves_no_open_desk_on_any_page() {
    let mut door = at("PIN'ler");
    tell(&mut door, desk::Message::Pins(desk::PinsMessage::Remove(0)));
    assert!(door.shows("Ayşe adlı kişinin PIN'i kaldırılsın mı?"));
    let removed = door.begin(Message::Desk(desk::Message::Pins(desk::PinsMessage::Removed), door.now));
    door.touch("Ziyaretler");
    door.run(removed);
    assert!(!is_open(&door));
}

#[test]
fn a_pin_that_is_taken_away_late_leaves_the_next_change_as_it_is() {
    let mut door = at("PIN'ler");
    tell(&mut door, desk::Message::Pins(desk::PinsMessage::Remove(1)));
    let removed = door.begin(Message::Desk(desk::Message::Pins(desk::PinsMessage::Removed), door.now));
    tell(&mut door, desk::Message::Pins(desk::PinsMessage::New));
    assert!(door.shows("Devam"));
    door.run(removed);
    assert!(door.shows("Devam"));
}
