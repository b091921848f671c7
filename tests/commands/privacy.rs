//! `hes-kiosk privacy` and the notice for visitors.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Home, errors, lines, status};

/// Settings of which each value can be told from all others. Nobody answers at that address.
const SETTINGS: &str = r#"
[site]
name = "Sitenin Adı"
entrance = "Arka Kapı"
city = "Eskişehir"
district = "Tepebaşı"
address = "Ihlamur Sokağı 7"
latitude = 39.75
longitude = 30.5
[service]
environment = "own"
[service.own]
url = "http://127.0.0.1:9/durum/"
username = "kurum"
password_file = "PASSWORD"
[privacy]
controller = "Sorumlu Kurum"
contact = "basvuru@kurum.example"
legal_basis = "Dayanak Maddesi"
purpose = "Belirlenen Amaç"
[visits]
retention_days = 17
"#;

const SENTENCES: [&str; 2] = [
    "Bir kodun anahtarlı özeti tek başına anonim değildir",
    "The keyed hash of a code is not anonymous by itself",
];

/// A home with those settings and `more`, which stands in their last section or begins others.
fn home(more: &str) -> Home {
    let home = Home::new();
    let password = home.write("password", "gizli-7Qx2");
    let settings = SETTINGS.replace("PASSWORD", &password.display().to_string());
    home.write(".config/hes-kiosk/kiosk.toml", &format!("{settings}{more}"));
    home
}

fn said(home: &Home, arguments: &[&str]) -> String {
    let output = home.run(arguments);
    assert_eq!(status(&output), 0, "{}", errors(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn inventory(home: &Home) -> Value {
    let mut objects = lines(&home.run(&["privacy", "--json"]));
    assert_eq!(objects.len(), 1);
    objects.remove(0)
}

/// What is said of one of the things that are stored.
fn stored(inventory: &Value, name: &str) -> Value {
    let things = inventory["stored"].as_array().unwrap();
    things.iter().find(|thing| thing["name"] == name).unwrap().clone()
}

/// The notice in one language.
fn notice(home: &Home, language: &str) -> String {
    said(home, &["privacy", "notice", "--language", language])
}

#[test]
fn the_places_and_times_are_those_of_the_settings_in_force() {
    let home = home(
        "path = \"/srv/kayit/visits.db\"\nkey_file = \"/srv/anahtar/visits.key\"\n[log]\npath = \"/srv/kiosk.log\"",
    );
    let inventory = inventory(&home);
    let exports = home.path(".local/state/hes-kiosk/exports");
    for (name, path, hours, encrypted) in [
        ("visits", json!("/srv/kayit/visits.db"), json!(17 * 24), true),
        ("acts", json!("/srv/kayit/visits.db"), json!(17 * 24), true),
        ("receipts", json!("/srv/kayit/visits.db"), Value::Null, true),
        ("held", json!("/srv/kayit/visits.db"), json!(24), true),
        ("keys", json!("/srv/anahtar/visits.key"), Value::Null, false),
        ("exports", json!(exports), json!(17 * 24), false),
        ("journals", Value::Null, Value::Null, false),
        ("log", json!("/srv/kiosk.log"), Value::Null, false),
    ] {
        let thing = stored(&inventory, name);
        assert_eq!(
            (&thing["path"], &thing["hours"], &thing["encrypted"]),
            (&path, &hours, &json!(encrypted)),
            "{name}"
        );
    }
    assert_eq!(stored(&inventory, "log")["most_bytes"], 4 * 4 * 1024 * 1024);
}

#[test]
fn who_is_told_what_and_who_answers_for_it_is_in_the_json() {
    let inventory = inventory(&home(""));
    let place = json!({"city": "Eskişehir", "district": "Tepebaşı", "address": "Ihlamur Sokağı 7",
        "latitude": 39.75, "longitude": 30.5});
    assert_eq!(inventory["sent"], json!({"url": "http://127.0.0.1:9/durum/", "place": place}));
    assert_eq!(
        inventory["privacy"],
        json!({"controller": "Sorumlu Kurum", "contact": "basvuru@kurum.example",
            "legal_basis": "Dayanak Maddesi", "purpose": "Belirlenen Amaç", "recipients": null,
            "notice_url": null})
    );
    assert_eq!(
        inventory["never_stored"],
        json!(["code", "qr_payload_first_half", "pictures", "identity_digits"])
    );
    assert_eq!(inventory["environment"], "own");
}

#[test]
fn a_method_that_does_not_ask_for_the_place_is_not_said_to_get_it() {
    let home = home("");
    let settings = home.path(".config/hes-kiosk/kiosk.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("[service]\n", "[service]\nmethod = \"general\"\n")).unwrap();
    assert_eq!(inventory(&home)["sent"]["place"], Value::Null);
    for language in ["tr", "en"] {
        assert!(!notice(&home, language).contains("Ihlamur"));
    }
}

#[test]
fn what_is_said_to_be_in_a_visit_is_what_the_log_has() {
    for (keep_holder, setting) in [(false, ""), (true, "[visits]\nkeep_holder = true")] {
        let home = Home::with_settings(setting);
        home.run(&["check", "A1B2345670"]);
        let mut contents = home.log()[0].as_object().unwrap().clone();
        if contents["holder"].is_null() {
            contents.remove("holder");
        }
        contents.insert("code_hash".to_owned(), Value::Null);
        contents.insert("seal".to_owned(), Value::Null);
        let inventory = inventory(&home);
        let mut said: Vec<Value> = stored(&inventory, "visits")["contents"].as_array().unwrap().clone();
        let mut kept: Vec<Value> = contents.keys().map(|name| json!(name)).collect();
        for names in [&mut said, &mut kept] {
            names.sort_by_key(Value::to_string);
        }
        assert_eq!((said, &inventory["holder_is_kept"]), (kept, &json!(keep_holder)));
    }
}

#[test]
fn what_is_said_to_be_in_acts_and_receipts_is_what_the_log_has() {
    let home = Home::new();
    home.run_with_input(&["check", "-"], "A1B2345670\nA1B2345671\n");
    home.run(&["log", "find", "A1B2345670"]);
    home.run(&["log", "erase", "A1B2345670", "--reason", "talep"]);
    let [export, backup] = ["log.csv", "backup.db"].map(|name| home.path(name).display().to_string());
    home.run(&["log", "export", "--out", &export]);
    for command in ["backup", "restore"] {
        home.run_with_input(
            &["log", command, &backup, "--pass-phrase-stdin"],
            "kırk katır mı, kırk satır mı\n",
        );
    }
    let written = std::time::SystemTime::UNIX_EPOCH;
    let old = home.write(".local/state/hes-kiosk/exports/old.csv", "");
    fs::File::options().write(true).open(old).unwrap().set_modified(written).unwrap();
    home.run(&["log", "purge", "--older-than", "3650"]);
    home.run(&["log", "rotate-keys"]);
    let mut records = lines(&home.run(&["log", "list", "--acts", "--json"]));
    // The record of the search goes with the visits.
    home.run(&["log", "purge", "--older-than", "0"]);
    records.extend(lines(&home.run(&["log", "list", "--acts", "--json"])));
    let inventory = inventory(&home);
    for (act, name) in [
        ("found", "acts"),
        ("export_begun", "acts"),
        ("exported", "acts"),
        ("files_deleted", "acts"),
        ("erased", "receipts"),
        ("purged", "receipts"),
        ("restored", "receipts"),
        ("keys_rotated", "receipts"),
    ] {
        let record = records.iter().find(|record| record["act"] == act).expect(act);
        let thing = stored(&inventory, name);
        let contents = thing["contents"].as_array().unwrap();
        for member in record.as_object().unwrap().keys() {
            assert!(contents.contains(&json!(member)), "{member} of {record}");
        }
    }
}

#[test]
fn a_command_that_gets_the_evacuation_lists_is_named() {
    let home = home("[desk]\nprint = [\"lp\", \"-d\", \"Danışma\"]");
    assert_eq!(inventory(&home)["printed_by"], "lp -d Danışma");
    assert!(said(&home, &["privacy"]).contains("lp -d Danışma"));
}

#[test]
fn the_files_are_where_it_says_and_their_owners_alone() {
    let home = home("");
    home.run(&["check", "A1B2345670"]);
    let inventory = inventory(&home);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for name in ["visits", "keys"] {
        let path = PathBuf::from(stored(&inventory, name)["path"].as_str().unwrap());
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700), "{name}");
    }
}

#[test]
fn keys_that_the_service_manager_hands_over_are_named_as_such() {
    let home = home("");
    let credential = home.write("credentials/hes-kiosk.keys", "");
    let mut command = home.command(&["privacy", "--json"]);
    command.env("CREDENTIALS_DIRECTORY", credential.parent().unwrap());
    let inventory = lines(&command.output().unwrap()).remove(0);
    let keys = stored(&inventory, "keys");
    assert_eq!((&keys["path"], &keys["seen_by"]), (&json!(credential), &json!("service_manager")));
}

#[test]
fn it_says_in_the_screens_first_language_or_in_turkish_that_a_hash_is_not_anonymous() {
    for (languages, sentence) in
        [(r#"["tr", "en"]"#, SENTENCES[0]), (r#"["en", "tr"]"#, SENTENCES[1]), (r#"["ar"]"#, SENTENCES[0])]
    {
        let home = home(&format!("[screen]\nlanguages = {languages}"));
        let text = said(&home, &["privacy"]);
        let why = text.lines().find(|line| line.contains(sentence)).expect("the sentence is there");
        assert!(why.contains("7·10¹⁰"), "{why}");
        let inventory = inventory(&home);
        assert_eq!(
            inventory["code_hash"],
            json!({"is_anonymous": false, "usual_codes": 67_600_000_000_u64, "why": why})
        );
    }
}

#[test]
fn it_says_in_both_languages_and_as_json_that_root_can_read_the_memory() {
    for (language, words) in
        [("tr", "yöneticisi (root) belleği okuyabilir"), ("en", "administrator (root) can read it")]
    {
        let home = home(&format!("[screen]\nlanguages = [{language:?}]\n"));
        let json = inventory(&home)["memory"].as_str().unwrap().to_owned();
        assert!(said(&home, &["privacy"]).contains(words) && json.contains(words), "{json}");
    }
}

#[test]
fn each_thing_has_all_its_words_in_both_languages() {
    for languages in [r#"["tr"]"#, r#"["en"]"#] {
        let home = home(&format!("[screen]\nlanguages = {languages}"));
        let text = said(&home, &["privacy"]);
        for thing in inventory(&home)["stored"].as_array().unwrap() {
            if let Some(path) = thing["path"].as_str() {
                assert!(text.contains(path), "{text}");
            }
        }
        for line in text.lines().filter(|line| !line.is_empty()) {
            assert!(!line.trim().is_empty() && !line.trim_end().ends_with(':'), "{line:?} in {text}");
        }
        for value in ["17", "16 MiB", "24", "http://127.0.0.1:9/durum/", "Ihlamur Sokağı 7", "Arka Kapı"] {
            assert!(text.contains(value), "{value} in {text}");
        }
    }
}

#[test]
fn looking_makes_nothing_and_prints_no_secret() {
    let home = home("");
    said(&home, &["privacy"]);
    assert!(!home.path(".local").exists(), "looking makes no log");
    home.run(&["check", "A1B2345670"]);
    let keys = fs::read_to_string(home.path(".local/share/hes-kiosk/keys/visits.key")).unwrap();
    let mut secrets: Vec<&str> = keys.split('"').filter(|part| part.len() == 64).collect();
    assert_eq!(secrets.len(), 2);
    secrets.push("gizli-7Qx2");
    for arguments in [&["privacy"] as &[&str], &["privacy", "--json"], &["privacy", "notice"]] {
        let text = said(&home, arguments);
        assert!(secrets.iter().all(|secret| !text.contains(secret)), "{arguments:?}");
    }
}

#[test]
fn the_notice_has_each_element_of_article_10_in_both_languages() {
    let home = home("");
    for (language, headings, article) in [
        (
            "tr",
            ["Veri sorumlusu", "İşleme amacı", "aktarılabileceği", "hukuki sebep", "Haklarınız"],
            "11. maddesi",
        ),
        ("en", ["Data controller", "Purpose", "transferred", "legal basis", "Your rights"], "Article 11"),
    ] {
        let notice = notice(&home, language);
        for element in [
            "Sitenin Adı",
            "Arka Kapı",
            "Sorumlu Kurum",
            "Belirlenen Amaç",
            "http://127.0.0.1:9/durum/",
            "Eskişehir, Tepebaşı, Ihlamur Sokağı 7",
            "Dayanak Maddesi",
            "basvuru@kurum.example",
            " 17 ",
            article,
        ] {
            assert!(notice.contains(element), "{element} in {notice}");
        }
        for heading in headings {
            let is_heading = |line: &str| line.starts_with(char::is_numeric) && line.contains(heading);
            assert!(notice.lines().any(is_heading), "{heading} in {notice}");
        }
    }
}

#[test]
fn the_notice_lists_the_nine_rights_by_the_laws_letters() {
    let home = home("");
    for language in ["tr", "en", "de", "ru"] {
        let notice = notice(&home, language);
        let letters: Vec<&str> = notice
            .lines()
            .filter_map(|line| line.strip_prefix("  ")?.split_once(") "))
            .map(|(letter, _)| letter)
            .collect();
        assert_eq!(letters, ["a", "b", "c", "ç", "d", "e", "f", "g", "ğ"], "{notice}");
    }
}

#[test]
fn without_a_language_the_notice_is_in_those_of_the_screen_turkish_first() {
    let home = home("[screen]\nlanguages = [\"ar\", \"tr\", \"de\"]");
    let all = said(&home, &["privacy", "notice"]);
    let each = ["tr", "ar", "de"].map(|language| notice(&home, language).trim_end().to_owned());
    assert_eq!(all.trim_end().split(&format!("\n\n{}\n\n", "-".repeat(72))).collect::<Vec<_>>(), each);
}

#[test]
fn the_notice_is_turkish_too_where_the_screen_is_not() {
    let home = home("[screen]\nlanguages = [\"en\"]");
    assert!(said(&home, &["privacy", "notice"]).starts_with(notice(&home, "tr").trim_end()));
}

#[test]
fn each_translation_of_the_notice_names_the_law_and_says_that_the_turkish_text_is_binding() {
    let home = home("");
    for (language, law, binding) in [
        ("tr", "6698 sayılı", "bağlayıcı olanı Türkçesidir"),
        ("en", "Law No. 6698", "The Turkish text of this notice is the binding one"),
        ("ar", "رقم 6698", "النص التركي لهذا الإشعار هو النص المُلزم"),
        ("de", "Gesetz Nr. 6698", "Verbindlich ist der türkische Text"),
        ("ru", "Законом № 6698", "Обязательную силу имеет турецкий текст"),
    ] {
        let notice = notice(&home, language);
        assert!(notice.contains(law) && notice.contains(binding), "{notice}");
    }
}

#[test]
fn further_recipients_are_named_where_there_are_any() {
    let without = home("");
    let with = home("");
    let settings = with.path(".config/hes-kiosk/kiosk.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("purpose =", "recipients = \"Güvenlik Şirketi\"\npurpose =")).unwrap();
    for (language, nobody) in [("tr", "üçüncü kişilere aktarılmaz"), ("en", "to no third party")] {
        let (without, with) = (notice(&without, language), notice(&with, language));
        assert!(without.contains(nobody) && !without.contains("Güvenlik"), "{without}");
        assert!(with.contains("Güvenlik Şirketi") && !with.contains(nobody), "{with}");
    }
}

#[test]
fn the_notice_says_what_becomes_of_identity_and_health_fields() {
    let usual = home("");
    let kept = home(
        "keep_holder = true\n[identity]\nask_last_digits = true\n[policy]\nadmit = \"riskless_and_protected\"",
    );
    for (language, not_kept, fields, digits) in [
        ("tr", "ekranda gösterilir; saklanmaz", "Aşı, bağışıklık", "yazdığınız son üç hanesi"),
        ("en", "they are not kept.", "vaccination, immunity", "as you type them"),
    ] {
        let (usual, kept) = (notice(&usual, language), notice(&kept, language));
        assert!(usual.contains(not_kept) && !kept.contains(not_kept), "{kept}");
        for words in [fields, digits] {
            assert!(!usual.contains(words) && kept.contains(words), "{words} in {kept}");
        }
    }
}

#[test]
fn where_staff_look_codes_up_the_notice_says_nothing_of_a_service() {
    let home = home("[policy]\nadmit = \"riskless_and_protected\"");
    let settings = home.path(".config/hes-kiosk/kiosk.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let (before, service) = text.split_once("environment = \"own\"").unwrap();
    let privacy = &service[service.find("[privacy]").unwrap()..];
    fs::write(&settings, format!("{before}environment = \"manual\"\n{privacy}")).unwrap();
    for (language, service) in
        [("tr", "Servis"), ("en", "service"), ("ar", "الخدمة"), ("de", "Dienst "), ("ru", "служба")]
    {
        let notice = notice(&home, language);
        assert!(!notice.contains(service), "{service} in {notice}");
    }
}

#[test]
fn the_page_is_of_its_own_and_escapes_what_the_settings_say() {
    let home = home("");
    let settings = home.path(".config/hes-kiosk/kiosk.toml");
    let hostile = r#"</p><script src='https://evil.example/x.js'>&"#;
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("Sitenin Adı", hostile).replace("Sorumlu Kurum", hostile)).unwrap();
    let page = said(&home, &["privacy", "notice", "--format", "html"]);
    let escaped = "&lt;/p&gt;&lt;script src=&apos;https://evil.example/x.js&apos;&gt;&amp;";
    assert_eq!(page.matches(escaped).count(), 10, "the site and the controller, in five languages: {page}");
    for foreign in ["<script", "<link", "<img", " src=\"", " href=", "url(", "@import"] {
        assert!(!page.contains(foreign), "{foreign} in {page}");
    }
    for own in [
        "<!DOCTYPE html>",
        "<article lang=\"tr\">",
        "<article lang=\"ar\" dir=\"rtl\">",
        "@page { size: A4;",
        "</html>",
    ] {
        assert!(page.contains(own), "{own} in {page}");
    }
}

#[test]
fn the_page_says_what_the_text_says() {
    let home = home("");
    let page = said(&home, &["privacy", "notice", "--format", "html"]);
    for line in said(&home, &["privacy", "notice"]).lines().filter(|line| !line.starts_with("---")) {
        let line = line.trim_start().trim_start_matches("- ").replace('\'', "&apos;");
        assert!(page.contains(&line), "{line} in {page}");
    }
}

#[test]
fn options_stand_before_or_behind_the_notice_but_json_is_no_form_of_it() {
    let home = home("");
    let settings = home.path(".config/hes-kiosk/kiosk.toml").display().to_string();
    let before = said(&home, &["privacy", "--config", &settings, "notice"]);
    assert_eq!(before, said(&home, &["privacy", "notice", "--config", &settings]));
    let output = home.run(&["privacy", "--json", "notice"]);
    assert_eq!((status(&output), output.stdout.len()), (2, 0));
}

#[test]
fn no_notice_is_made_up_where_the_settings_have_none() {
    let output = Home::new().run(&["privacy", "notice"]);
    assert_eq!((status(&output), output.stdout.len()), (2, 0));
    let errors = errors(&output);
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert!(errors.contains("controller, contact, legal_basis and purpose in [privacy]"), "{errors}");
}

#[test]
fn where_decisions_are_not_real_the_notice_says_so_and_names_nobody_who_is_told() {
    let home = home("");
    let settings = home.path(".config/hes-kiosk/kiosk.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("\"own\"", "\"simulator\"")).unwrap();
    for (language, trial) in [("tr", "DENEME"), ("en", "TRIAL")] {
        let notice = notice(&home, language);
        assert!(
            notice.contains(trial) && !notice.contains("Ihlamur") && !notice.contains("http"),
            "{notice}"
        );
    }
    assert_eq!(inventory(&home)["sent"], json!({"url": null, "place": null}));
}
