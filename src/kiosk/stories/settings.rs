//! The page of the settings, in the manager's words.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use iced::keyboard::key::Named;

use super::desk::{GUARD, MANAGER, acts, is_open, open, press, with_settings};
use super::door::Door;
use crate::kiosk::desk::{self, SettingsMessage, Tab};
use crate::kiosk::language::Texts;
use crate::kiosk::message::Message;
use crate::settings::{Kind, Language, SETTINGS};
use crate::visits::Deed;

const SETTINGS_TEXT: &str = "# Short, as the entrance is busy.\n[screen]\nadmit_seconds = 6 # not 4\n";

const NIGHT_REFUSED: &str = "Saatleri 20:00-07:00 gibi yazın; başı ile sonu aynı olamaz.";

const LEAVING: &str = "1 değişiklik kaydedilmedi. Kaydedin; kaydetmeden çıkmak için bir kez daha dokunun.";

/// A door whose manager looks at the settings.
fn door() -> Door {
    let mut door = with_settings(SETTINGS_TEXT);
    open(&mut door, MANAGER);
    door.touch("Ayarlar");
    door
}

fn touch(door: &mut Door, message: SettingsMessage) {
    door.tell(Message::Desk(desk::Message::Settings(message), door.now));
}

pub(super) fn place(name: &str) -> usize {
    SETTINGS.iter().position(|setting| setting.name() == name).unwrap()
}

fn path(door: &Door) -> PathBuf {
    door.folder.path().join("kiosk.toml")
}

fn file(door: &Door) -> String {
    fs::read_to_string(path(door)).unwrap()
}

/// Types a setting's value in the place of the earlier one.
fn write(door: &mut Door, name: &str, text: &str) {
    touch(door, SettingsMessage::Type(place(name)));
    touch(door, SettingsMessage::Clear);
    door.type_code(text);
}

/// The page as staff see it, in this language.
pub(super) fn each_screen(language: &str) -> Vec<(&'static str, Door)> {
    let door = || {
        let mut door = with_settings(&format!("[screen]\nlanguages = [\"{language}\"]\n"));
        open(&mut door, MANAGER);
        door.tell(Message::Desk(desk::Message::Open(Tab::Settings), door.now));
        door
    };
    let mut wrong = door();
    write(&mut wrong, "sound.quiet", "20:00");
    touch(&mut wrong, SettingsMessage::Save);
    let mut leaving = door();
    touch(&mut leaving, SettingsMessage::Switch(place("camera.mirror")));
    leaving.tell(Message::Desk(desk::Message::Open(Tab::Visits), leaving.now));
    vec![("desk-settings", door()), ("desk-settings-wrong", wrong), ("desk-settings-leaving", leaving)]
}

#[test]
fn a_change_is_saved_with_the_files_comments_and_recorded_by_its_key() {
    let mut door = door();
    let before = file(&door);
    touch(&mut door, SettingsMessage::More(place("screen.admit_seconds")));
    assert_eq!(file(&door), before, "nothing is written before it is saved");
    door.touch("Kaydet");
    assert!(door.shows("Kaydedildi. Kiosk yeniden başlayınca geçerli olur."));
    assert_eq!(file(&door), before.replace("= 6 # not 4", "= 7 # not 4"));
    let changed = Deed::SettingsChanged { keys: vec!["screen.admit_seconds".to_owned()] };
    assert_eq!(acts(&door).pop(), Some((Some("Ayşe".to_owned()), changed)));
}

#[test]
fn the_languages_tell_which_of_them_comes_first() {
    let mut door = door();
    touch(&mut door, SettingsMessage::Section("screen"));
    let turkish = place("screen.languages");
    for _ in 0..2 {
        touch(&mut door, SettingsMessage::Choose(turkish, 0));
    }
    assert!(door.shows("1. İngilizce") && door.shows("5. Türkçe"));
}

#[test]
fn a_wrong_value_is_never_saved_and_said_beside_it() {
    let mut door = door();
    let before = file(&door);
    write(&mut door, "site.latitude", "91");
    door.touch("Kaydet");
    assert!(door.shows("Kaydedilmedi: “Enlem (boylamla birlikte)” kabul edilmedi. Nedeni yanında yazıyor."));
    assert!(door.shows("-90 ile 90 arasında bir derece yazın, örneğin 39,92."));
    assert_eq!(file(&door), before);
}

#[test]
fn what_the_loader_refuses_as_a_whole_is_not_saved_either() {
    let mut door = door();
    let before = file(&door);
    write(&mut door, "site.latitude", "39,9");
    door.touch("Kaydet");
    assert!(door.shows("Enlem ile boylam birlikte belirtilir: ikisini de yazın ya da ikisini de boşaltın."));
    assert_eq!(file(&door), before);
}

#[test]
fn each_refusal_is_told_in_the_managers_language() {
    for (name, text, said) in [
        ("screen.admit_seconds", "5,5", "1 ile 120 arasında bir tam sayı yazın."),
        ("screen.night", "20-7", NIGHT_REFUSED),
        ("sound.quiet", "20:00", "Saatleri ve 0 ile 100 arasında bir ses yazın: 20:00-08:00 20."),
        ("camera.exposure", "loş", "auto ya da 0 ile 65535 arasında bir tam sayı yazın."),
        ("reader.serial", "~/okuyucu", "Bağlantının yolunu yazın, örneğin /dev/ttyACM0."),
        (
            "policy.negative_test_hours",
            "24",
            "“Kim girebilir?” ayarında “Riskli olmayan ve korunan” seçili değilken bu belirtilemez.",
        ),
    ] {
        let mut door = door();
        write(&mut door, name, text);
        door.touch("Kaydet");
        assert!(door.shows(said), "{name} = {text}");
    }
}

#[test]
fn what_two_settings_refuse_is_told_where_neither_was_wrong_by_itself() {
    let mut door = with_settings("[site]\nlatitude = 39.9\nlongitude = 32.8\n");
    open(&mut door, MANAGER);
    door.touch("Ayarlar");
    write(&mut door, "site.longitude", "");
    door.touch("Kaydet");
    let why = "Enlem ile boylam birlikte belirtilir: ikisini de yazın ya da ikisini de boşaltın.";
    assert!(door.shows(&format!("Kaydedilmedi. {why}")));
}

#[test]
fn a_file_that_changed_meanwhile_is_not_written_over() {
    let mut door = door();
    let elsewhere = file(&door).replace("= 6", "= 9");
    touch(&mut door, SettingsMessage::Switch(place("camera.mirror")));
    fs::write(path(&door), &elsewhere).unwrap();
    door.touch("Kaydet");
    assert_eq!(file(&door), elsewhere);
    door.touch("Kaydet");
    assert!(file(&door).contains("admit_seconds = 9 # not 4") && file(&door).contains("mirror = false"));
}

#[test]
fn what_a_reader_types_lands_in_no_setting() {
    let mut door = door();
    let before = file(&door);
    touch(&mut door, SettingsMessage::Type(place("site.name")));
    door.type_text("A1B2345670", Duration::from_millis(5));
    press(&mut door, Named::Enter);
    touch(&mut door, SettingsMessage::Save);
    assert_eq!(file(&door), before);
}

#[test]
fn changes_that_are_forgotten_are_not_saved() {
    let mut door = door();
    let before = file(&door);
    touch(&mut door, SettingsMessage::Switch(place("camera.mirror")));
    door.touch("Değişiklikleri bırak");
    touch(&mut door, SettingsMessage::Save);
    assert_eq!(file(&door), before);
}

#[test]
fn a_manager_who_asks_for_no_protection_any_more_need_not_empty_what_was_said_of_it() {
    let protected = "[policy]\nadmit = \"riskless_and_protected\"\nprotected_by = [\"negative_test\"]\n\
                     negative_test_hours = 24\n";
    let mut door = with_settings(protected);
    open(&mut door, MANAGER);
    door.touch("Ayarlar");
    touch(&mut door, SettingsMessage::Choose(place("policy.admit"), 0));
    door.touch("Kaydet");
    assert!(door.shows("Kaydedildi. Kiosk yeniden başlayınca geçerli olur."));
}

#[test]
fn after_changes_are_forgotten_nothing_is_said_of_them() {
    let mut door = door();
    write(&mut door, "screen.night", "20-7");
    door.touch("Kaydet");
    assert!(door.shows(NIGHT_REFUSED));
    door.touch("Değişiklikleri bırak");
    assert!(door.shows(&Texts::for_staff(Language::Turkish).get("settings-instruction")));
    assert!(!door.shows(NIGHT_REFUSED));
}

#[test]
fn whoever_leaves_the_page_is_told_first_that_changes_are_not_saved() {
    let mut door = door();
    let before = file(&door);
    touch(&mut door, SettingsMessage::Switch(place("camera.mirror")));
    door.touch("Ziyaretler");
    assert!(door.shows(LEAVING));
    door.now.instant += Duration::from_secs(1);
    door.touch("Ziyaretler");
    assert!(is_open(&door) && !door.shows("Kurum"));
    assert_eq!(file(&door), before);
}

#[test]
fn a_touch_that_bounces_and_one_on_the_page_itself_lose_no_change() {
    for [first, second] in [["Ziyaretler"; 2], ["Ayarlar"; 2]] {
        let mut door = door();
        touch(&mut door, SettingsMessage::Switch(place("camera.mirror")));
        door.touch(first);
        door.touch(second);
        assert!(door.shows("Kaydet"), "{first}");
    }
}

#[test]
fn a_wrong_part_of_a_setting_is_told_beside_it() {
    let mut door = with_settings("[sound.quiet]\nhours = \"20:00-07:00\"\nvolume = 20\n");
    open(&mut door, MANAGER);
    door.touch("Ayarlar");
    write(&mut door, "sound.quiet", "20:00 20");
    door.touch("Kaydet");
    assert!(door.shows("Saatleri ve 0 ile 100 arasında bir ses yazın: 20:00-08:00 20."));
}

#[test]
fn what_is_typed_is_a_change_that_leaving_would_lose() {
    let mut door = door();
    touch(&mut door, SettingsMessage::Type(place("site.name")));
    door.type_text("Okul", Duration::from_millis(120));
    door.touch("PIN'ler");
    assert!(door.shows(LEAVING) && door.shows("Okul"));
}

#[test]
fn escape_leaves_a_text_as_it_was_and_then_says_what_leaving_would_lose() {
    let mut door = door();
    touch(&mut door, SettingsMessage::Switch(place("camera.mirror")));
    touch(&mut door, SettingsMessage::Type(place("site.name")));
    door.type_text("Okul", Duration::from_millis(120));
    press(&mut door, Named::Escape);
    assert!(door.shows("1 değişiklik henüz kaydedilmedi."));
    press(&mut door, Named::Escape);
    assert!(door.shows(LEAVING));
    door.now.instant += Duration::from_secs(1);
    press(&mut door, Named::Escape);
    assert!(is_open(&door) && !door.shows("Kurum"));
}

#[test]
fn a_desk_that_locks_itself_waits_for_no_changes() {
    let mut door = door();
    let before = file(&door);
    touch(&mut door, SettingsMessage::Switch(place("camera.mirror")));
    door.touch("Ziyaretler");
    door.wait(Duration::from_secs(70));
    assert!(door.is_welcoming());
    assert_eq!(file(&door), before);
}

#[test]
fn a_guard_changes_no_setting() {
    let mut door = with_settings(SETTINGS_TEXT);
    let before = file(&door);
    open(&mut door, GUARD);
    door.tell(Message::Desk(desk::Message::Open(Tab::Settings), door.now));
    touch(&mut door, SettingsMessage::Switch(place("camera.mirror")));
    touch(&mut door, SettingsMessage::Save);
    assert!(is_open(&door));
    assert_eq!(file(&door), before);
}

#[test]
fn each_setting_and_each_choice_has_its_words() {
    let texts = Texts::for_staff(Language::Turkish);
    for setting in SETTINGS {
        let mut keys = vec![format!("settings-{}", setting.section)];
        keys.push(format!("settings-{}-{}", setting.section, setting.key));
        if let Kind::Choice(names) | Kind::Several(names) = setting.kind {
            keys.extend(names.iter().map(|name| format!("settings-value-{name}")));
        }
        if let Kind::Text(what) = setting.kind {
            keys.push(format!("settings-accepts-{what}"));
        }
        for key in keys {
            assert_ne!(texts.get(&key), "", "{key}");
        }
    }
}
