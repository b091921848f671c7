//! The settings file.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{Home, errors, status};

const PRIVACY: &str =
    "[privacy]\ncontroller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n";

/// What a command says of settings that asks the service.
fn complaint(text: &str) -> String {
    let home = Home::with_settings(text);
    let output = home.run(&["check", "A1B2345670"]);
    assert_eq!(status(&output), 2, "{text}");
    errors(&output)
}

#[test]
fn what_is_wrong_is_told_with_its_file_its_line_and_what_is_accepted() {
    for (text, line, accepted) in [
        ("[screen]\nadmit_second = 4", 2, "`admit_seconds`"),
        ("\n[scren]\n", 2, "`screen`"),
        ("[service]\nenvironment = \"live!\"", 2, "`simulator`, `test`, `live`, `own`"),
        ("[service]\nmethod = \"Visitor\"", 2, "`visitor`, `employee`, `general`, `plus`"),
        ("[service]\n\ntimeout_seconds = 0", 3, "a whole number from 1 to 60"),
        ("[service]\ntimeout_seconds = \"5\"", 2, "a whole number from 1 to 60"),
        ("[service]\ntimeout_seconds = 5.5", 2, "a whole number from 1 to 60"),
        ("[service]\nproxy = \"proxy:3128\"", 2, "such as http://proxy.example.org:3128"),
        ("[service]\nproxy = \"https://proxy:3128\"", 2, "such as http://proxy.example.org:3128"),
        ("[service]\nproxy = \"http://u:p@proxy:3128\"", 2, "a user name and a password is not supported"),
        ("[service]\nca_file = \"~/ca.pem\"", 2, "without ~"),
        ("[privacy]\nnotice_url = \"http://example.org/kvkk\"", 2, "such as https://example.org/kvkk"),
        ("[screen]\nadmit_seconds = -4", 2, "a whole number from 1 to 120"),
        ("[screen]\nfullscreen = \"yes\"", 2, "a boolean"),
        ("[screen]\nlanguages = []", 2, "\"tr\", \"en\""),
        ("[screen]\nlanguages = [\"tr\", \"tr\"]", 2, "each once"),
        ("[screen]\nlanguages = [\"fr\"]", 2, "`tr`, `en`, `ar`, `de`, `ru`"),
        ("[site]\nlatitude = 91.0\nlongitude = 0", 2, "degrees from -90 to 90"),
        ("[site]\nlatitude = nan\nlongitude = 0", 2, "degrees from -90 to 90"),
        ("[site]\nlatitude = 39.9", 2, "latitude needs longitude"),
        ("[site]\nname = \"  \"", 2, "a text that is not empty"),
        ("[site]\nentrance = \"A\\u202EB\"", 2, "a text of one line"),
        ("[site]\nname = \"A\\u001B[31m\"", 2, "a text of one line"),
        ("[desk]\nreasons = [\"kod A1B2-3456-70\"]", 2, "a reason in words"),
        ("[camera]\nsource = \"webcam\"", 2, "replay:PATH"),
        ("[camera]\nsource = \"device:name=\"", 2, "device:name=NAME"),
        ("[camera]\nfocus = \"near\"", 2, "\"auto\" or a whole number from 0 to 65535"),
        ("[camera]\nexposure = -1", 2, "\"auto\" or a whole number from 0 to 65535"),
        ("[camera]\npower_line_frequency = 55", 2, "50, 60, \"auto\" or \"off\""),
        ("[camera]\nmirror = \"no\"", 2, "a boolean"),
        ("[camera]\nfps = 0", 2, "from 1 to 120"),
        ("[camera]\nfps = -1", 2, "from 1 to 120"),
        ("[reader]\nserial = \"~/reader\"", 2, "without ~"),
        ("[reader]\nbaud_rate = 96", 2, "a whole number from 300 to 921600"),
        ("[policy]\nadmit = \"all\"", 2, "`riskless` or `riskless_and_protected`"),
        ("[policy]\nprotected_by = [\"immune\"]", 2, "needs admit = \"riskless_and_protected\""),
        ("[policy]\nnegative_test_hours = 24", 2, "needs admit = \"riskless_and_protected\""),
        ("[policy]\nadmit = \"riskless_and_protected\"\nprotected_by = []", 3, "at least one of vaccinated"),
        ("[policy]\nadmit = \"riskless_and_protected\"\nnegative_test_hours = 73", 3, "from 1 to 72"),
        (
            "[policy]\nadmit = \"riskless_and_protected\"\nprotected_by = [\"immune\"]\nnegative_test_hours = 24",
            4,
            "negative_test_hours needs negative_test in protected_by",
        ),
        ("[identity]\nask_last_digits = 3", 2, "a boolean"),
        ("[screen]\nlanguages = \"tr\"", 2, "\"tr\", \"en\""),
        ("\nsite = 5", 2, "a section [site]"),
        ("[visits]\npath = \"\"", 2, "the path of a file"),
        ("[visits]\npath = \"~/visits.db\"", 2, "without ~"),
        ("[service.own]\nusername = \"a:b\"", 2, "a user name without colons"),
        ("[bulk]\nparallel = 17", 2, "a whole number from 1 to 16"),
        ("[sound]\nvolume = 101", 2, "a whole number from 0 to 100"),
        ("[sound]\nquiet = true", 2, "a table such as { hours = \"20:00-08:00\", volume = 20 }"),
        ("[sound]\nquiet = { hours = \"20:00-24:00\", volume = 0 }", 2, "hours of the day"),
        ("[sound]\nquiet = { hours = \"20:00-08:00\" }", 2, "missing field `volume`"),
        ("[sound]\nquiet = { at = \"20:00\" }", 2, "`hours` or `volume`"),
        ("[log]\nlevel = \"loud\"", 2, "`error`, `warn`, `info`, `debug`, `trace`"),
        ("[visits]\nkeep_holder = 1", 2, "a boolean"),
        ("[service.own]\nurl = \"http://example.org/\"", 2, "this machine's own addresses only"),
        ("[service.own]\nurl = \"https://u:p@example.org/\"", 2, "settings of their own"),
        ("[site]\nname = \"a\"\nname = \"b\"", 3, "duplicate key"),
    ] {
        let complaint = complaint(text);
        assert!(complaint.contains(&format!("kiosk.toml:{line}: ")), "{text}: {complaint}");
        assert!(complaint.contains(accepted), "{text}: {complaint}");
    }
}

#[test]
fn no_value_of_the_file_is_repeated() {
    for text in [
        "[desk]\nreasons = \"A1B2-3456-70\"",
        "[desk]\nreasons = [\"a reason\", 3456703456]",
        "[desk]\nreasons = \"A1B2-3456-70\\\", expected a code\"",
        "[desk]\nshuffle_keypad = 3456703456.5",
        "[policy]\nadmit = \"A1B2-3456-70\"",
        "[policy]\nadmit = \"A1B2-3456-70`, expected `b\"",
        "[policy]\nadmit = { \"A1B2-3456-70\" = 1 }",
        "[policy]\nprotected_by = [\"A1B2-3456-70\"]",
        "[visits]\npath = \"~A1B2-3456-70\"",
        "[screen]\nnight = \"A1B2-3456-70\"",
        "[service.own]\nusername = \"u:A1B2-3456-70\"",
    ] {
        let home = Home::with_settings(text);
        for command in [&["doctor"][..], &["doctor", "--json"], &["check", "A1B2345671"]] {
            let output = home.run(command);
            let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), errors(&output));
            assert!(said.contains("kiosk.toml") && !said.contains("3456"), "{command:?} {text}: {said}");
        }
    }
}

#[test]
fn where_codes_are_looked_up_by_hand_nothing_of_a_service_is_accepted() {
    let manual = format!("{PRIVACY}[service]\nenvironment = \"manual\"\n");
    for (more, problem) in [
        ("timeout_seconds = 5", "asks no service: timeout_seconds in [service] has no use"),
        ("[service.live]\nusername = \"u\"", "asks no service: live in [service] has no use"),
        ("[identity]\nask_last_digits = true", "no identity number to compare digits with"),
    ] {
        let complaint = complaint(&format!("{manual}{more}"));
        assert!(complaint.contains("kiosk.toml:7: ") && complaint.contains(problem), "{complaint}");
    }
    let complaint = complaint("[service]\nenvironment = \"manual\"");
    assert!(
        complaint.contains("\"manual\" needs controller, contact, legal_basis and purpose"),
        "{complaint}"
    );
    // The example has the headings, whatever is chosen.
    let home = Home::with_settings(&format!("{manual}[service.live]\n[service.own]\n"));
    assert_eq!(status(&home.run(&["log", "list"])), 0);
}

fn own_service(password_file: &str) -> String {
    format!(
        "[service]\nenvironment = \"own\"\n[service.own]\nurl = \"http://127.0.0.1:9/\"\nusername = \"u\"\n\
         {password_file}\n{PRIVACY}"
    )
}

#[test]
fn a_ca_file_without_certificates_is_refused_with_its_line() {
    let home = Home::new();
    let password = home.write("password", "secret");
    let missing = home.path("missing.pem");
    let empty = home.write("empty.pem", "no certificate\n");
    let damaged = home.write("damaged.pem", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n");
    for (ca_file, problem) in [
        (missing, "missing.pem cannot be read"),
        (empty, "empty.pem holds no certificate in PEM form"),
        (damaged, "damaged.pem is damaged"),
    ] {
        let own = own_service(&format!("password_file = {password:?}"));
        let complaint = complaint(&own.replacen("\n", &format!("\nca_file = {ca_file:?}\n"), 1));
        assert!(complaint.contains("kiosk.toml:2: the file "), "{complaint}");
        assert!(complaint.contains(problem), "{complaint}");
    }
}

#[test]
fn real_decisions_need_the_notice_to_visitors() {
    let home = Home::new();
    let password = home.write("password", "secret");
    let own = own_service(&format!("password_file = {password:?}")).replace(PRIVACY, "");
    for settings in [own.replace("own", "live"), own] {
        let complaint = complaint(&settings);
        assert!(complaint.contains("kiosk.toml:2: "), "{complaint}");
        assert!(complaint.contains("legal_basis and purpose in [privacy]"), "{complaint}");
    }
}

#[test]
fn an_own_service_needs_an_address_and_a_user_name() {
    for missing in ["url = \"http://127.0.0.1:9/\"\n", "username = \"u\"\n"] {
        let key = missing.split(' ').next().unwrap();
        let complaint = complaint(&own_service("password_file = \"/x\"").replace(missing, ""));
        assert!(complaint.contains(&format!("needs {key} in [service.own]")), "{complaint}");
    }
}

#[test]
fn a_password_file_that_others_can_read_is_refused() {
    let home = Home::new();
    let password = home.write("password", "secret");
    fs::set_permissions(&password, fs::Permissions::from_mode(0o640)).unwrap();
    let complaint = complaint(&own_service(&format!("password_file = {password:?}")));
    assert!(
        complaint.contains("kiosk.toml:6: ") && complaint.contains("can be read by others"),
        "{complaint}"
    );
    assert!(!complaint.contains("secret"));
}

#[test]
fn the_password_may_come_from_the_environment() {
    let home = Home::with_settings(&own_service(""));
    let output = home.run(&["check", "A1B2345670"]);
    assert_eq!(status(&output), 2);
    assert!(errors(&output).contains("HES_KIOSK_PASSWORD"));
    let output = home.command(&["check", "A1B2345670"]).env("HES_KIOSK_PASSWORD", "secret").output().unwrap();
    assert_eq!(status(&output), 3, "nobody answers there");
}

#[test]
fn a_named_settings_file_has_to_be_there() {
    let output = Home::new().run(&["--config", "/nowhere/kiosk.toml", "log", "list"]);
    assert_eq!(status(&output), 2);
    assert!(errors(&output).contains("/nowhere/kiosk.toml: the settings file cannot be read"));
}

#[test]
fn the_example_is_accepted_and_says_what_holds_without_it() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/kiosk.example.toml");
    let output = Home::new().run(&["--config", example, "log", "list"]);
    assert_eq!(status(&output), 0, "{}", errors(&output));
}

#[test]
fn settings_that_are_there_and_cannot_be_read_never_become_the_demo() {
    let home = Home::new();
    let folder = home.path(".config/hes-kiosk");
    fs::create_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink("/nowhere/kiosk.toml", folder.join("kiosk.toml")).unwrap();
    let output = home.run(&["check", "A1B2345670"]);
    assert_eq!(status(&output), 2);
    assert!(errors(&output).contains("the settings file cannot be read"));
}
