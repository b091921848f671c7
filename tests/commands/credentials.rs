//! The password with which the service is asked.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use super::{Home, errors, lines, status};

/// The simulator alone, which accepts one password; it ends with the test.
pub(super) struct Simulator {
    child: Child,
    pub(super) url: String,
}

impl Simulator {
    pub(super) fn start(home: &Home, password: &str, latency: &str) -> Self {
        let file = home.write(&format!("simulators/{password}"), password);
        let arguments = ["simulate", "--listen", "127.0.0.1:0", "--latency", latency, "--password-file"];
        let mut command = home.command(&arguments);
        let mut child = command.arg(file).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.split_whitespace().last().unwrap().to_owned();
        Self { child, url }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A home whose settings name a test service at this address.
fn at(url: &str, more: &str) -> Home {
    Home::with_settings(&format!(
        "[service]\nenvironment = \"test\"\n[service.test]\nurl = {url:?}\nusername = \"simülatör\"\n{more}"
    ))
}

fn set(home: &Home, password: &str) -> Output {
    home.run_with_input(&["credentials", "set"], password)
}

fn own_file(home: &Home) -> PathBuf {
    home.path(".local/share/hes-kiosk/passwords/test")
}

#[test]
fn the_password_that_is_set_is_the_one_that_is_sent() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let home = at(&simulator.url, "");
    assert_eq!(status(&set(&home, "Parola-481\n")), 0);
    assert_eq!(status(&home.run(&["credentials", "test"])), 0);
}

#[test]
fn rejected_credentials_are_told_by_the_exit_status() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let home = at(&simulator.url, "");
    set(&home, "Parola-482\n");
    assert_eq!(status(&home.run(&["credentials", "test"])), 1);
}

#[test]
fn of_a_service_that_does_not_answer_nobody_can_tell() {
    let home = at("http://127.0.0.1:9/", "");
    set(&home, "Parola-481\n");
    assert_eq!(status(&home.run(&["credentials", "test"])), 3);
}

#[test]
fn a_password_lies_in_a_file_that_its_owner_alone_may_read() {
    let home = at("http://127.0.0.1:9/", "");
    assert_eq!(status(&set(&home, "Parola-481\n")), 0);
    let mode = fs::metadata(own_file(&home)).unwrap().permissions().mode();
    assert_eq!((mode & 0o777, fs::read(own_file(&home)).unwrap()), (0o600, b"Parola-481\n".to_vec()));
}

#[test]
fn a_password_goes_into_the_file_that_the_settings_name() {
    let elsewhere = Home::new();
    let named = elsewhere.write("password", "Parola-480\n");
    let home = at("http://127.0.0.1:9/", &format!("password_file = {named:?}\n"));
    assert_eq!(status(&set(&home, "Parola-481\n")), 0);
    assert_eq!((fs::read(named).unwrap(), own_file(&home).exists()), (b"Parola-481\n".to_vec(), false));
}

#[test]
fn what_is_no_password_is_refused_and_the_earlier_one_stays() {
    let home = at("http://127.0.0.1:9/", "");
    set(&home, "Parola-481\n");
    for wrong in ["", "\n", "a\tb\n"] {
        assert_eq!(status(&set(&home, wrong)), 2, "{wrong:?}");
    }
    assert_eq!(fs::read(own_file(&home)).unwrap(), b"Parola-481\n");
}

#[test]
fn the_simulators_credentials_are_not_set() {
    assert_eq!(status(&set(&Home::new(), "Parola-481\n")), 2);
}

#[test]
fn a_password_in_the_place_of_the_environment_is_not_repeated() {
    let output = at("http://127.0.0.1:9/", "").run(&["credentials", "set", "Parola-481"]);
    assert_eq!(status(&output), 2);
    assert!(!errors(&output).contains("Parola-481"), "{}", errors(&output));
}

#[test]
fn a_credential_of_the_service_manager_is_sent() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let home = at(&simulator.url, "");
    set(&home, "Parola-482\n");
    let credential = home.write("credentials/hes-kiosk.password-test", "Parola-481");
    let mut command = home.command(&["credentials", "test"]);
    command.env("CREDENTIALS_DIRECTORY", credential.parent().unwrap());
    assert_eq!(status(&command.output().unwrap()), 0);
}

#[test]
fn what_holds_a_password_shows_nothing_of_it_when_it_is_printed() {
    let home = at("http://127.0.0.1:9/", "");
    let password = home.write("password", "Parola-481\n");
    let file = home.write("kiosk.toml", &format!(
        "[service]\nenvironment = \"test\"\n[service.test]\nusername = \"kurum\"\npassword_file = {password:?}\n"
    ));
    let settings = hes_kiosk::settings::Settings::load(Some(&file)).unwrap();
    let endpoint = settings.check_in.endpoint.as_ref().unwrap();
    assert_eq!(endpoint.credentials.username, "kurum");
    let printed = format!("{settings:?}");
    assert!(!printed.contains("Parola-481") && !printed.contains("kurum"), "{printed}");
}

/// A `systemd-creds` that does as the real one with what it is given: it writes what it read, its arguments and its
/// environment elsewhere, and reverses the text.
const SYSTEMD_CREDS: &str = "#!/bin/sh\nd=$(dirname \"$0\")\necho \"$@\" > $d/arguments\n\
                             tr '\\0' '\\n' < /proc/$$/environ > $d/environment\nrev\n";

/// A `systemd-run` that does as the real one: it decrypts the credential of its property into a folder, and starts the
/// program with it.
const SYSTEMD_RUN: &str = "#!/bin/sh\nd=$(dirname \"$0\")/..\nname=${4#LoadCredentialEncrypted=}\nname=${name%%:*}\n\
                           mkdir -p $d/credentials\nrev < $d/store/$name > $d/credentials/$name\n\
                           shift 4\nCREDENTIALS_DIRECTORY=$d/credentials exec \"$@\"\n";

#[test]
fn of_a_password_that_systemd_keeps_the_doctor_tells_how_it_is_seen() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let home = at(&simulator.url, "[sound]\nvolume = 0\n[camera]\nsource = \"none\"\n");
    home.write("store/hes-kiosk.password-test", "184-aloraP\n");
    for (name, script) in [("sudo", "#!/bin/sh\nexec \"$@\"\n"), ("systemd-run", SYSTEMD_RUN)] {
        let program = home.write(&format!("bin/{name}"), script);
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    }
    symlink(env!("CARGO_BIN_EXE_hes-kiosk"), home.path("bin/hes-kiosk")).unwrap();

    let credentials = |output: &Output| {
        let found = lines(output).into_iter().find(|finding| finding["check"] == "credentials").unwrap();
        [&found["finding"], &found["text"]].map(|value| value.as_str().unwrap().to_owned())
    };
    let [finding, text] = credentials(&home.run(&["doctor", "--json"]));
    assert_eq!(finding, "credentials-missing");
    let recipe = format!("sudo {} --json", text.split_once("sudo ").unwrap().1);
    let mut shell = Command::new("sh");
    shell.args(["-c", &recipe]).env_clear().env("HOME", home.path(""));
    shell.env("PATH", format!("{}:/usr/bin:/bin", home.path("bin").display()));
    assert_eq!(credentials(&shell.output().unwrap())[0], "credentials-not-rejected");
    let refused = errors(&home.run(&["credentials", "test"]));
    assert!(refused.contains(&recipe.replace(" --json", "")), "{refused}");
}

#[test]
fn systemd_encrypts_a_password_that_it_gets_through_a_pipe_alone() {
    let home = at("http://127.0.0.1:9/", "");
    let program = home.write("bin/systemd-creds", SYSTEMD_CREDS);
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    let store = home.path("store");
    fs::create_dir(&store).unwrap();
    let path = format!("{}:/usr/bin:/bin", home.path("bin").display());
    let mut command = home.command(&["credentials", "set", "test"]);
    command.arg(format!("--systemd={}", store.display())).env("PATH", path);
    command.env("HES_KIOSK_PASSWORD", "Parola-481");
    command.stdin(fs::File::open(home.write("typed", "Parola-481\n")).unwrap());
    let output = command.output().unwrap();
    assert_eq!(status(&output), 0, "{}", errors(&output));

    let said = |name: &str| fs::read_to_string(home.path(name)).unwrap();
    assert_eq!(said("bin/arguments"), "encrypt --name=hes-kiosk.password-test - -\n");
    assert_eq!(said("store/hes-kiosk.password-test").trim_end(), "184-aloraP");
    assert!(!said("bin/environment").contains("Parola-481"), "{}", said("bin/environment"));
    assert!(!own_file(&home).exists());
}

#[test]
fn systemd_accepts_the_units() {
    let units = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/systemd");
    let home = Home::new();
    let mut analyse = Command::new("systemd-analyze");
    analyse.arg("verify");
    for unit in fs::read_dir(units).unwrap().map(Result::unwrap) {
        // Nobody has to have the compositor to build this.
        let text = fs::read_to_string(unit.path()).unwrap().replace("/usr/bin/cage", "/bin/true");
        analyse.arg(home.write(unit.file_name().to_str().unwrap(), &text));
    }
    let Ok(output) = analyse.output() else {
        println!("left out: there is no systemd-analyze");
        return;
    };
    assert_eq!((status(&output), errors(&output).as_str()), (0, ""));
}
