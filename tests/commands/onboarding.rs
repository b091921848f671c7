//! From the access form to the live service.

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::thread;
use std::time::Duration;

use super::credentials::Simulator;
use super::{Home, errors, status};

const TEST_PASSWORD: &str = "Deneme-parolası-481";
const LIVE_PASSWORD: &str = "Canlı-parola-732";
/// Its check digits are right, and it is nobody's that could be known here.
const IDENTITY_NUMBER: &str = "10000000146";

/// An institution between its test service and its live one, each a simulator with a password of its own.
struct Institution {
    home: Home,
    /// What is no part of the institution's files.
    elsewhere: Home,
    test: Simulator,
    live: Simulator,
}

impl Institution {
    fn new() -> Self {
        let elsewhere = Home::new();
        let test = Simulator::start(&elsewhere, TEST_PASSWORD, "0s");
        let live = Simulator::start(&elsewhere, LIVE_PASSWORD, "0s");
        let home = Home::with_settings(&settings(&test.url, &live.url));
        let institution = Self { home, elsewhere, test, live };
        institution.set("test", TEST_PASSWORD);
        institution.set("live", LIVE_PASSWORD);
        institution
    }

    fn set(&self, environment: &str, password: &str) {
        let output = self.home.run_with_input(&["credentials", "set", environment], &format!("{password}\n"));
        assert_eq!(status(&output), 0, "{}", errors(&output));
    }

    fn settings_file(&self) -> PathBuf {
        self.home.path(".config/hes-kiosk/kiosk.toml")
    }

    fn settings(&self) -> String {
        fs::read_to_string(self.settings_file()).unwrap()
    }

    fn report(&self) -> PathBuf {
        self.home.path("report.txt")
    }

    /// Verifies with these lines in the file of the codes, and a report anew.
    fn verify(&self, codes: &str) -> Output {
        let _ = fs::remove_file(self.report());
        let codes = self.elsewhere.write("codes", codes);
        let report = self.report().display().to_string();
        let codes = codes.display().to_string();
        self.home.run(&["onboarding", "verify", "--codes", &codes, "--out", &report])
    }

    fn go_live(&self) -> Output {
        self.home.run(&["onboarding", "go-live"])
    }
}

fn settings(test: &str, live: &str) -> String {
    format!(
        "# Our door.\n[site]\ncity = \"Ankara\"\ndistrict = \"Çankaya\"\naddress = \"Kapı 1\"\n\n\
         [service]\nenvironment = \"test\"   # until it is verified\n\
         [service.test]\nurl = {test:?}\nusername = \"simülatör\"\n\
         [service.live]\nurl = {live:?}\nusername = \"simülatör\"\n\n\
         [privacy]\ncontroller = \"Örnek Kurumu\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n"
    )
}

const CODES: &str = "# From the Ministry's mail.\nA1B2-3456-70 riskless\nA1B2345671 risky\n\nA1B2 3456 72 \
                     code_not_found\nA1B2345673\n";

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_test_service_that_answers_as_expected_is_verified() {
    let institution = Institution::new();
    let output = institution.verify(CODES);
    assert_eq!(status(&output), 0, "{}{}", said(&output), errors(&output));
    let report = fs::read_to_string(institution.report()).unwrap();
    for words in [
        "Sunucu       127.0.0.1\n",
        "Sonuç        başarılı\n",
        "check-visitor-hes-code: boş soru",
        "  ****-****-70  RISKLESS               risk yok (riskless)  ",
        "  ****-****-72  hescodenotfound        böyle bir kod yok (code_not_found)  ",
        "check-hes-codes: 4 kod tek soruda",
    ] {
        assert!(report.contains(words), "{words}: {report}");
    }
}

#[test]
fn a_report_says_what_was_not_as_expected() {
    for (codes, words) in [
        ("A1B2345670 risky", "BEKLENEN: riskli (risky)"),
        ("A1B2345672", "en az bir geçerli kod gerekir"),
        ("A1B2345670\nA1B2345678", "beklenmeyen yanıt (unexpected_answer)"),
        ("A1B2345670\nA1B2345676", "servis hata verdi (service_failed)"),
    ] {
        let institution = Institution::new();
        assert_eq!(status(&institution.verify(codes)), 1, "{codes}");
        let report = fs::read_to_string(institution.report()).unwrap();
        assert!(report.contains("BAŞARISIZ") && report.contains(words), "{words}: {report}");
    }
}

#[test]
fn with_wrong_credentials_nothing_is_verified_and_that_is_the_cause() {
    let institution = Institution::new();
    institution.set("test", "not-that-one");
    let output = institution.verify(CODES);
    assert_eq!(status(&output), 1);
    let cause = "servis kimlik bilgilerini kabul etmedi";
    assert!(
        said(&output).starts_with(&format!("Doğrulama başarısız: {cause}. Rapor: ")),
        "{}",
        said(&output)
    );
    let report = fs::read_to_string(institution.report()).unwrap();
    assert!(report.contains(&format!("BAŞARISIZ\nNeden        {cause}\n")), "{report}");
    assert!(!report.contains("sağlık durumu"), "{report}");
}

#[test]
fn a_file_of_codes_that_cannot_be_used_is_told_in_the_users_language() {
    let institution = Institution::new();
    for (codes, words) in [
        ("# yok\n", "codes: 1 ile 500 arasında kod gerekli"),
        ("A1B2345670\nA1B23456701\n", "codes:2: satırın başında bir HES kodu olmalı"),
        (
            "A1B2345670 riskles\n",
            "codes:1: “riskles” bilinen bir gerekçe değil. Şunlardan biri olmalı: riskless, risky,",
        ),
    ] {
        let output = institution.verify(codes);
        assert_eq!(status(&output), 2, "{codes}");
        assert!(errors(&output).contains(words), "{}", errors(&output));
    }
    let output = institution.home.run(&["onboarding", "verify", "--codes", "/nowhere"]);
    assert!(errors(&output).contains("/nowhere yok."), "{}", errors(&output));
}

#[test]
fn a_kiosk_that_was_never_set_up_is_told_how_to_be() {
    let home = Home::new();
    let codes = home.write("codes", CODES).display().to_string();
    let output = home.run(&["onboarding", "verify", "--codes", &codes]);
    assert_eq!(status(&output), 2);
    assert!(errors(&output).contains("Kurmak için: hes-kiosk setup"), "{}", errors(&output));
}

#[test]
fn what_is_no_code_is_named_by_its_line_and_not_repeated() {
    let institution = Institution::new();
    let output = institution.verify("A1B2345670\nA1B23456701\n");
    assert_eq!(status(&output), 2);
    assert!(errors(&output).contains("codes:2: "), "{}", errors(&output));
    assert!(!errors(&output).contains("A1B23456701"), "{}", errors(&output));
}

#[test]
fn a_report_that_is_there_already_is_not_overwritten() {
    let institution = Institution::new();
    let report = institution.home.write("there.txt", "mine").display().to_string();
    let codes = institution.elsewhere.write("codes", CODES).display().to_string();
    let output = institution.home.run(&["onboarding", "verify", "--codes", &codes, "--out", &report]);
    assert_eq!((status(&output), fs::read(report).unwrap()), (2, b"mine".to_vec()));
}

#[test]
fn going_live_changes_the_environment_alone_and_with_it_address_and_password() {
    let institution = Institution::new();
    institution.verify(CODES);
    let before = institution.settings();
    let output = institution.go_live();
    assert_eq!(status(&output), 0, "{}", errors(&output));
    assert_eq!(institution.settings(), before.replace("\"test\"", "\"live\""));
    assert_eq!(status(&institution.home.run(&["check", "A1B2345670"])), 0, "the live service knows who asks");
    let log = institution.home.log();
    assert_eq!(log[0]["environment"], "live");
    for address in [&institution.test.url, &institution.live.url] {
        assert!(said(&output).contains(address), "{}", said(&output));
    }
}

#[test]
fn nothing_goes_live_that_is_not_verified_with_these_settings() {
    let institution = Institution::new();
    let refused = |why: &str| {
        let before = institution.settings();
        assert_eq!(status(&institution.go_live()), 2, "{why}");
        assert_eq!(institution.settings(), before, "{why}");
    };
    refused("never verified");
    institution.verify("A1B2345670 risky");
    refused("not passed");
    institution.verify(CODES);
    institution.verify("A1B2345670 risky");
    refused("not passed the last time");
    institution.verify(CODES);
    let verified = institution.settings();
    let changed = verified.replace("[service]\n", "[service]\nmethod = \"employee\"\n");
    fs::write(institution.settings_file(), changed).unwrap();
    refused("another method");
}

#[test]
fn what_going_live_needs_may_be_set_after_the_verification() {
    let institution = Institution::new();
    let whole = institution.settings();
    let (before, live) = whole.split_once("[service.live]").unwrap();
    fs::write(institution.settings_file(), before).unwrap();
    assert_eq!(status(&institution.verify(CODES)), 0);
    fs::write(institution.settings_file(), format!("{before}[service.live]{live}")).unwrap();
    assert_eq!(status(&institution.go_live()), 0);
}

#[test]
fn a_live_service_that_rejects_the_credentials_leaves_the_file_as_it_was() {
    let institution = Institution::new();
    institution.set("live", TEST_PASSWORD);
    institution.verify(CODES);
    let before = institution.settings();
    let output = institution.go_live();
    assert_eq!((status(&output), institution.settings()), (1, before));
    assert!(said(&output).contains("ortam hâlâ test"), "{}", said(&output));
}

#[test]
fn a_live_service_that_does_not_answer_leaves_the_file_as_it_was() {
    let institution = Institution::new();
    let nobody = institution.settings().replace(&institution.live.url, "http://127.0.0.1:9/");
    fs::write(institution.settings_file(), &nobody).unwrap();
    institution.verify(CODES);
    assert_eq!((status(&institution.go_live()), institution.settings()), (3, nobody));
}

#[test]
fn what_the_live_service_lacks_is_told_and_leaves_the_file_as_it_was() {
    for (there, instead) in [
        ("controller = \"Örnek Kurumu\"\n", ""),
        ("[service.live]\n", "[service.live]\nkeyring = true\n"),
        ("environment = \"test\"", "environment = \"simulator\""),
    ] {
        let institution = Institution::new();
        let lacking = institution.settings().replace(there, instead);
        fs::write(institution.settings_file(), &lacking).unwrap();
        institution.verify(CODES);
        assert_eq!((status(&institution.go_live()), institution.settings()), (2, lacking), "{instead}");
    }
}

#[test]
fn without_a_live_password_nothing_goes_live_and_the_command_that_stores_it_is_named() {
    let institution = Institution::new();
    institution.verify(CODES);
    fs::remove_file(institution.home.path(".local/share/hes-kiosk/passwords/live")).unwrap();
    let output = institution.go_live();
    assert_eq!(status(&output), 2);
    assert!(
        errors(&output).ends_with("parolası yok: hes-kiosk credentials set live\n"),
        "{}",
        errors(&output)
    );
}

#[test]
fn a_kiosk_that_is_live_is_told_so() {
    let institution = Institution::new();
    let live = institution.settings().replace("environment = \"test\"", "environment = \"live\"");
    fs::write(institution.settings_file(), &live).unwrap();
    let output = institution.go_live();
    assert_eq!((status(&output), institution.settings()), (2, live));
    assert!(errors(&output).contains("zaten canlı ortamda"), "{}", errors(&output));
}

#[test]
fn a_verification_that_cannot_be_kept_names_the_file() {
    let institution = Institution::new();
    let place = institution.home.write(".local/state/hes-kiosk/onboarding/verified.json/in-the-way", "");
    let output = institution.verify(CODES);
    assert_eq!(status(&output), 2);
    let name = place.parent().unwrap().display().to_string();
    assert!(errors(&output).contains(&format!("hes-kiosk: {name}: ")), "{}", errors(&output));
}

#[test]
fn the_test_service_is_never_taken_for_the_live_one() {
    let institution = Institution::new();
    let same = institution.settings().replace(&institution.live.url, &institution.test.url);
    fs::write(institution.settings_file(), &same).unwrap();
    institution.set("live", TEST_PASSWORD);
    institution.verify(CODES);
    assert_eq!((status(&institution.go_live()), institution.settings()), (2, same));
}

#[test]
fn the_test_service_by_another_name_is_not_taken_for_the_live_one_either() {
    let institution = Institution::new();
    let elsewise = institution.test.url.replace("127.0.0.1", "localhost");
    let same = institution.settings().replace(&institution.live.url, &elsewise);
    fs::write(institution.settings_file(), &same).unwrap();
    institution.set("live", TEST_PASSWORD);
    institution.verify(CODES);
    let output = institution.go_live();
    assert_eq!((status(&output), institution.settings()), (2, same), "{}", said(&output));
}

#[test]
fn the_variable_that_has_one_password_for_all_services_takes_nothing_live() {
    let institution = Institution::new();
    institution.verify(CODES);
    fs::remove_file(institution.home.path(".local/share/hes-kiosk/passwords/live")).unwrap();
    let before = institution.settings();
    let mut command = institution.home.command(&["onboarding", "go-live"]);
    let output = command.env("HES_KIOSK_PASSWORD", LIVE_PASSWORD).output().unwrap();
    assert_eq!((status(&output), institution.settings()), (2, before));
}

#[test]
fn killed_while_the_live_service_is_asked_it_has_changed_nothing() {
    let institution = Institution::new();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let before = institution.settings().replace(&institution.live.url, &url);
    fs::write(institution.settings_file(), &before).unwrap();
    institution.verify(CODES);
    let mut going = institution.home.command(&["onboarding", "go-live"]).spawn().unwrap();
    // The question is there, and nobody answers it.
    let (mut connection, _) = silent.accept().unwrap();
    connection.read_exact(&mut [0; 16]).unwrap();
    going.kill().unwrap();
    going.wait().unwrap();
    assert_eq!(institution.settings(), before);
}

#[test]
fn killed_at_any_moment_it_leaves_one_environment_or_the_other_whole() {
    let institution = Institution::new();
    institution.verify(CODES);
    let test = institution.settings();
    let live = test.replace("\"test\"", "\"live\"");
    for round in 0..20 {
        fs::write(institution.settings_file(), &test).unwrap();
        let mut command = institution.home.command(&["onboarding", "go-live"]);
        let mut going = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(round * 6));
        going.kill().unwrap();
        going.wait().unwrap();
        let left = institution.settings();
        assert!(left == test || left == live, "{left}");
        assert_eq!(status(&institution.home.run(&["check", "A1B2345670"])), 0, "address and password agree");
    }
    fs::write(institution.settings_file(), &test).unwrap();
    assert_eq!(status(&institution.go_live()), 0, "nothing that was left behind is in the way");
}

fn write_letter(home: &Home, identity_number: &str) -> Output {
    let out = home.path("letter.txt").display().to_string();
    let typed = format!("Ayşe\nYılmaz\n{identity_number}\n1.250\n");
    home.run_with_input(&["onboarding", "letter", "--out", &out], &typed)
}

#[test]
fn the_letter_names_the_authorised_person_and_is_its_owners_alone() {
    let home = Home::with_settings("[privacy]\ncontroller = \"Örnek Kurumu\"\n");
    assert_eq!(status(&write_letter(&home, IDENTITY_NUMBER)), 0);
    let path = home.path("letter.txt");
    let letter = fs::read_to_string(&path).unwrap();
    for words in [": Ayşe\n", ": Yılmaz\n", ": 10000000146\n", ": Örnek Kurumu\n", ": 1250\n"] {
        assert!(letter.contains(words), "{words}: {letter}");
    }
    assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_number_with_wrong_check_digits_gets_no_letter() {
    let home = Home::with_settings("[privacy]\ncontroller = \"Örnek Kurumu\"\n");
    let output = write_letter(&home, "10000000147");
    assert_eq!((status(&output), home.path("letter.txt").exists()), (2, false));
    assert!(!errors(&output).contains("10000000147"), "{}", errors(&output));
}

#[test]
fn an_institution_too_small_for_the_service_is_warned_and_shown_the_other_way() {
    let home = Home::with_settings("[privacy]\ncontroller = \"Örnek Kurumu\"\n");
    let out = home.path("letter.txt").display().to_string();
    let typed = format!("Ayşe\nYılmaz\n{IDENTITY_NUMBER}\n120\n");
    let output = home.run_with_input(&["onboarding", "letter", "--out", &out], &typed);
    assert_eq!(status(&output), 0, "{}", errors(&output));
    assert!(errors(&output).contains("manual yazın: hes-kiosk setup --again\n"), "{}", errors(&output));
}

#[test]
fn a_letter_that_is_there_already_is_not_overwritten() {
    let home = Home::with_settings("[privacy]\ncontroller = \"Örnek Kurumu\"\n");
    home.write("letter.txt", "mine");
    assert_eq!(status(&write_letter(&home, IDENTITY_NUMBER)), 2);
    assert_eq!(fs::read(home.path("letter.txt")).unwrap(), b"mine");
}

#[test]
fn where_another_environment_is_set_the_checklist_names_the_command_that_asks_for_it_again() {
    for (settings, command) in
        [("", "hes-kiosk setup"), ("environment = \"own\"\n", "hes-kiosk setup --again")]
    {
        let home = Home::with_settings(&format!("[service]\n{settings}"));
        let checklist = said(&home.run(&["onboarding", "checklist"]));
        assert!(checklist.contains(&format!("kurun: {command}\n")), "{checklist}");
    }
}

#[test]
fn the_checklist_says_what_is_missing_until_nothing_is() {
    let home = Home::with_settings("[service]\nenvironment = \"test\"\n");
    let missing = said(&home.run(&["onboarding", "checklist"]));
    for words in ["[ ] [site] city\n", "[ ] hes-kiosk credentials set live\n", "[ ] [privacy] purpose\n"] {
        assert!(missing.contains(words), "{words}: {missing}");
    }
    let institution = Institution::new();
    let nothing = said(&institution.home.run(&["onboarding", "checklist"]));
    assert!(!nothing.contains("[ ]") && nothing.contains("henüz doğrulanmadı"), "{nothing}");
    institution.verify(CODES);
    let verified = said(&institution.home.run(&["onboarding", "checklist"]));
    assert!(verified.contains("bu ayarlarla doğrulandı"), "{verified}");
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn no_password_code_or_identity_number_lies_anywhere_but_where_it_belongs() {
    let institution = Institution::new();
    let home = &institution.home;
    let outputs = [
        institution.verify(CODES),
        institution.verify("A1B2345679\nA1B2345678\n"),
        institution.verify(CODES),
        write_letter(home, IDENTITY_NUMBER),
        home.run_with_input(&["onboarding", "letter"], &format!("{IDENTITY_NUMBER}\n{IDENTITY_NUMBER}\n")),
        home.run(&["credentials", "test"]),
        home.run(&["onboarding", "checklist"]),
        institution.go_live(),
        home.run_with_input(&["check", "-"], "A1B2345670\n"),
        home.run(&["privacy", "--json"]),
    ];
    let secrets = [TEST_PASSWORD, LIVE_PASSWORD, IDENTITY_NUMBER, "A1B23456", "A1B2-3456", "A1B2 3456"];
    let finds = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        secrets.into_iter().filter(|secret| text.contains(secret)).collect::<Vec<_>>()
    };
    for output in outputs {
        let all = [output.stdout, output.stderr].concat();
        assert_eq!(finds(&all), [""; 0], "{}", String::from_utf8_lossy(&all));
    }
    let mut found: Vec<_> = files(&home.path(""))
        .into_iter()
        .flat_map(|path| {
            finds(&fs::read(&path).unwrap()).into_iter().map(move |secret| (path.clone(), secret))
        })
        .collect();
    found.sort();
    let passwords = home.path(".local/share/hes-kiosk/passwords");
    let mut expected = [
        (passwords.join("live"), LIVE_PASSWORD),
        (passwords.join("test"), TEST_PASSWORD),
        (home.path("letter.txt"), IDENTITY_NUMBER),
    ];
    expected.sort();
    assert_eq!(found, expected);
}
