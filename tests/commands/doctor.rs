//! What the doctor finds, with real faults: each is named in one line with what to do, in Turkish and English.

mod certificate;
mod permissions;

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::net::UnixListener;
use std::process::{Command, Output};

use serde_json::Value;

use super::credentials::Simulator;
use super::faults::{self, Disk, Fault};
use super::{Home, errors, lines, status};

/// A machine that has all that a kiosk needs, and a service at an address.
struct Machine {
    home: Home,
    _display: UnixListener,
}

impl Machine {
    /// A machine whose settings have these sections besides.
    fn new(url: &str, more: &str) -> Self {
        let home = Home::new();
        let display = UnixListener::bind(home.path("display")).unwrap();
        let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples/lobby.jpg");
        let machine = Self { home, _display: display };
        machine.set(&format!(
            "[service]\nenvironment = \"test\"\nmethod = \"general\"\ntimeout_seconds = 2\n\
             [service.test]\nurl = {url:?}\nusername = \"simülatör\"\n\
             [sound]\nvolume = 0\n{more}\n"
        ));
        if !more.contains("[camera]") {
            machine.set(&format!("{}[camera]\nsource = \"replay:{picture}\"\n", machine.settings()));
        }
        machine
    }

    /// The same without a service that anybody asks.
    fn alone() -> Self {
        Self::new("http://127.0.0.1:9/", "")
    }

    /// A machine whose desk looks the codes up.
    fn manual() -> Self {
        let machine = Self::alone();
        let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples/lobby.jpg");
        machine.set(&format!(
            "[service]\nenvironment = \"manual\"\n[camera]\nsource = \"replay:{picture}\"\n\
             [privacy]\ncontroller = \"C\"\ncontact = \"T\"\nlegal_basis = \"L\"\npurpose = \"P\"\n"
        ));
        machine
    }

    fn settings(&self) -> String {
        fs::read_to_string(self.home.path(".config/hes-kiosk/kiosk.toml")).unwrap()
    }

    fn set(&self, settings: &str) {
        self.home.write(".config/hes-kiosk/kiosk.toml", settings);
    }

    fn database(&self) -> std::path::PathBuf {
        self.home.path(".local/state/hes-kiosk/visits/visits.db")
    }

    /// The doctor as this command, whatever it is started by.
    fn equip(&self, command: &mut Command) -> Output {
        let display = self.home.path("display");
        let output = command
            .env("WAYLAND_DISPLAY", display)
            .env("HES_KIOSK_PASSWORD", "Parola-481")
            .env("LOGNAME", "kiosk")
            .args(["doctor", "--json"])
            .output()
            .unwrap();
        assert!(status(&output) < 2, "{}", errors(&output));
        output
    }

    fn doctor(&self) -> Output {
        self.equip(&mut self.home.command(&[]))
    }

    /// Gives somebody a PIN, which makes the log.
    fn with_pin(self) -> Self {
        let mut command = self.home.command(&["pin", "set", "Ayşe", "--role", "manager", "--pin-stdin"]);
        command.env("HES_KIOSK_PASSWORD", "Parola-481");
        command.stdin(fs::File::open(self.home.write("pin", "482913\n")).unwrap());
        let output = command.output().unwrap();
        assert_eq!(status(&output), 0, "{}", errors(&output));
        self
    }
}

/// What failed, as JSON names it.
fn failed(output: &Output) -> Vec<String> {
    let failed = lines(output).into_iter().filter(|finding| finding["result"] == "failed");
    failed.map(|finding| finding["finding"].as_str().unwrap().to_owned()).collect()
}

fn text(output: &Output, finding: &str) -> String {
    let found: Vec<Value> = lines(output).into_iter().filter(|line| line["finding"] == finding).collect();
    assert_eq!(found.len(), 1, "{finding} in one line of {}", String::from_utf8_lossy(&output.stdout));
    found[0]["text"].as_str().unwrap().to_owned()
}

/// Fails unless this alone failed, and what is said of it holds these words in Turkish and in English.
#[track_caller]
fn assert_names(machine: &Machine, look: impl Fn() -> Output, finding: &str, turkish: &str, english: &str) {
    let settings = machine.settings();
    for (language, words) in [("tr", turkish), ("en", english)] {
        machine.set(&format!("{settings}[screen]\nlanguages = [{language:?}]\n"));
        let output = look();
        assert_eq!((failed(&output), status(&output)), (vec![finding.to_owned()], 1));
        let text = text(&output, finding);
        assert!(text.contains(words) && !text.contains('\n'), "{text}");
    }
}

#[test]
fn on_a_machine_that_has_what_it_needs_nothing_fails() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let output = Machine::new(&simulator.url, "").with_pin().doctor();
    assert_eq!((failed(&output), status(&output)), (Vec::new(), 0));
    let found = lines(&output);
    for check in ["settings", "service", "credentials", "clock", "display", "sound", "disk", "log", "pins"] {
        let passed = found.iter().any(|line| line["check"] == check && line["result"] == "passed");
        assert!(passed, "{check} in {}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn findings_are_lines_for_people_with_what_they_came_to() {
    let home = Home::new();
    let output = home.run(&["doctor"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text.starts_with("uyarı  Ayarlar: ") && text.contains("hes-kiosk setup\n"), "{text}");
    assert!(text.contains("\nHATA  Ekran: "), "{text}");
    assert!(!home.path(".local").exists(), "looking makes nothing");
}

#[test]
fn wrong_credentials_are_named() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-482", "0s");
    let machine = Machine::new(&simulator.url, "");
    let (turkish, english) =
        ("yeniden girin: hes-kiosk credentials set test", "again: hes-kiosk credentials set test");
    assert_names(&machine, || machine.doctor(), "credentials-rejected", turkish, english);
}

#[test]
fn a_name_that_does_not_resolve_is_named() {
    let machine = Machine::new("https://hes.invalid/", "");
    let (turkish, english) = ("hes.invalid:443 adı çözülemiyor", "of hes.invalid:443 does not resolve");
    assert_names(&machine, || machine.doctor(), "service-name-unknown", turkish, english);
}

#[test]
fn a_service_that_is_not_there_or_says_nothing_is_named() {
    let machine = Machine::alone();
    let (turkish, english) = ("127.0.0.1:9 bağlantıyı reddediyor", "127.0.0.1:9 refuses connections");
    assert_names(&machine, || machine.doctor(), "service-refused", turkish, english);

    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let machine = Machine::new(&format!("http://{}/", silent.local_addr().unwrap()), "");
    let (turkish, english) = ("süresi içinde yanıt vermedi", "did not answer in time");
    assert_names(&machine, || machine.doctor(), "service-timed-out", turkish, english);
}

#[test]
fn a_service_that_speaks_no_tls_is_named() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = Machine::new(&simulator.url.replace("http://", "https://"), "");
    let (turkish, english) = ("TLS konuşmuyor", "does not speak TLS");
    assert_names(&machine, || machine.doctor(), "service-no-tls", turkish, english);
}

#[test]
fn who_has_no_name_in_the_session_is_named_by_the_system() {
    if !rustix::process::geteuid().is_root() {
        println!("left out: only root may become another user");
        return;
    }
    let machine = Machine::alone();
    for own in ["", ".config", ".config/hes-kiosk", ".config/hes-kiosk/kiosk.toml"] {
        chown(machine.home.path(own), Some(12345), None).unwrap();
    }
    let mut command = bound(&machine, &["--reuid=12345", "--clear-groups"]);
    let said = command.arg("doctor").output().unwrap().stdout;
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("12345 her dosyayı"), "{said}");
}

#[test]
fn a_clock_that_is_an_hour_off_is_named() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = Machine::new(&simulator.url, "");
    let look = || machine.equip(machine.home.command(&[]).envs(faults::clock(3600)));
    assert_names(&machine, look, "clock-off", "60 dakika ileri", "60 minutes ahead");
}

#[test]
fn a_service_that_rejects_the_credentials_tells_the_time_all_the_same() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-482", "0s");
    let machine = Machine::new(&simulator.url, "");
    let output = machine.equip(machine.home.command(&[]).envs(faults::clock(3600)));
    assert_eq!(failed(&output), ["credentials-rejected", "clock-off"]);
}

#[test]
fn a_clock_that_neither_a_service_nor_a_time_server_confirms_is_a_warning() {
    let machine = Machine::manual();
    let of_clock = |microseconds: &str| {
        let mut command = machine.home.command(&[]);
        command.envs(faults::clock(0)).env("FAULTS_DOUBT", microseconds);
        let output = machine.equip(&mut command);
        let clock = lines(&output).into_iter().find(|line| line["check"] == "clock").unwrap();
        [clock["result"].clone(), clock["finding"].clone()]
    };
    assert_eq!(of_clock("16000000"), ["warned", "clock-unconfirmed"]);
    assert_eq!(of_clock("15999999"), ["passed", "clock-synchronised"]);
}

/// A machine whose service answers, with a log.
fn with_log(simulator: &Simulator) -> Machine {
    Machine::new(&simulator.url, "").with_pin()
}

#[test]
fn a_disk_that_takes_nothing_more_is_named() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = with_log(&simulator);
    let disk = Disk::new(machine.database().parent().unwrap(), machine.home.path("faults"));
    disk.fail(Fault { calls: "write", how: libc::ENOSPC }, 1);
    let look = || machine.equip(machine.home.command(&[]).envs(disk.variables()));
    assert_names(&machine, look, "log-disk-full", "disk dolu", "the disk is full");
}

#[test]
fn a_disk_without_room_is_named() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = Machine::new(&simulator.url, "");
    let folder = machine.home.path(".local/state");
    fs::create_dir_all(&folder).unwrap();
    let small = |script: &str| {
        let mut command = Command::new("unshare");
        let mount = format!("mount -t tmpfs -o size=1m none \"$1\" && {script}");
        command.args(["-rm", "sh", "-c", &mount, "sh"]).arg(&folder).env_clear();
        command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("HOME", machine.home.path(""));
        command.args([env!("CARGO_BIN_EXE_hes-kiosk")]);
        command
    };
    if !small("true").status().unwrap().success() {
        println!("left out: nobody may mount a disk here");
        return;
    }
    let look = || machine.equip(&mut small("shift && exec \"$@\""));
    assert_names(&machine, look, "disk-full", "için yalnızca ", "only ");
}

#[test]
fn a_missing_camera_is_named() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = Machine::new(&simulator.url, "[camera]\nsource = \"device:name=Yok\"");
    let (turkish, english) =
        ("[camera] bölümünde source = \"none\"", "source = \"none\" in the section [camera]");
    assert_names(&machine, || machine.doctor(), "camera-missing", turkish, english);
}

/// The program as a user who is bound by permissions, which root is not.
fn bound(machine: &Machine, who: &[&str]) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--bounding-set=-dac_override,-dac_read_search"]).args(who);
    // Where it is built others may not look.
    let program = machine.home.path("hes-kiosk");
    fs::copy(env!("CARGO_BIN_EXE_hes-kiosk"), &program).unwrap();
    command.arg("--").arg(program).env_clear().env("HOME", machine.home.path(""));
    command
}

#[test]
fn a_log_that_is_not_intact_is_named() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = with_log(&simulator);
    fs::remove_file(machine.home.path(".local/share/hes-kiosk/keys/visits.key")).unwrap();
    let (turkish, english) = ("Sakladığınız kopyayı geri koyun", "Put the copy back that you keep");
    assert_names(&machine, || machine.doctor(), "log-keys-missing", turkish, english);
}

#[test]
fn where_the_desk_looks_codes_up_somebody_has_to_have_a_pin() {
    let machine = Machine::manual();
    let (turkish, english) = ("kimsenin PIN'i yok", "nobody has a PIN");
    assert_names(&machine, || machine.doctor(), "pins-none", turkish, english);
    assert_eq!(failed(&machine.with_pin().doctor()), Vec::<String>::new());
}

#[test]
fn wrong_settings_are_named_in_their_language_and_what_needs_none_is_looked_at() {
    let machine = Machine::alone();
    machine.set("[screen]\nlanguages = [\"en\"]\n[site]\nnam = 1\n");
    let output = machine.doctor();
    let said = text(&output, "settings-wrong");
    assert!(said.contains("line 4: the name or the value of “nam”"), "{said}");
    let looked_at: Vec<_> = lines(&output).into_iter().map(|line| line["check"].clone()).collect();
    assert_eq!(looked_at, ["settings", "display", "sound", "disk"]);
}

#[test]
fn where_the_settings_say_no_language_it_is_the_sessions() {
    let machine = Machine::alone();
    machine.set("[site\n");
    for (locale, words) in
        [("en_GB.UTF-8", "line 1 is no TOML"), ("tr_TR.UTF-8", "TOML kurallarına"), ("C", "satır 1")]
    {
        let said = text(&machine.equip(machine.home.command(&[]).env("LANG", locale)), "settings-no-toml");
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn a_notice_that_is_required_and_missing_is_named() {
    let machine = Machine::alone();
    let live = machine.settings().replace("\"test\"", "\"live\"").replace("service.test", "service.live");
    machine.set(&live);
    let (turkish, english) = ("[privacy] bölümünde", "in the section [privacy]");
    assert_names(&machine, || machine.doctor(), "privacy-missing", turkish, english);
}

#[test]
fn a_visitors_question_without_the_place_that_it_needs_is_named() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = Machine::new(&simulator.url, "[site]\ncity = \"Ankara\"\n").with_pin();
    machine.set(&machine.settings().replace("method = \"general\"\n", ""));
    let (turkish, english) = ("[site] bölümünde eksik: district, address", "[site] lacks district, address");
    assert_names(&machine, || machine.doctor(), "settings-place-missing", turkish, english);
}

#[test]
fn a_missing_user_name_is_named_once_with_its_section() {
    let machine = Machine::alone();
    machine.set(&machine.settings().replace("username = \"simülatör\"\n", ""));
    let (turkish, english) =
        ("[service.test] bölümünde username eksik", "username is missing in [service.test]");
    assert_names(&machine, || machine.doctor(), "service-key-missing", turkish, english);
}

#[test]
fn a_site_that_wants_no_camera_misses_none() {
    let machine = Machine::new("http://127.0.0.1:9/", "[camera]\nsource = \"none\"\n");
    let output = machine.doctor();
    assert_eq!(failed(&output), ["service-refused"]);
    assert!(text(&output, "camera-none").contains("kamera kullanılmıyor"));
}

#[test]
fn a_missing_password_is_named_and_the_rest_is_looked_at() {
    let machine = Machine::alone();
    let mut command = machine.home.command(&["doctor", "--json"]);
    let output = command.env("WAYLAND_DISPLAY", machine.home.path("display")).output().unwrap();
    assert_eq!(failed(&output), ["credentials-missing"]);
    assert!(text(&output, "credentials-missing").contains("Girin: hes-kiosk credentials set test;"));
    assert!(text(&output, "disk-free").contains("MB"));
}

#[test]
fn what_never_answers_is_named_after_its_limit_and_holds_nothing_up() {
    // A display of X11 at a port behind which nobody answers.
    let Some(silent) = (6100..6200).find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok()) else {
        panic!("no port is free")
    };
    let display = format!("127.0.0.1:{}", silent.local_addr().unwrap().port() - 6000);
    let home = Home::new();
    let output = home.command(&["doctor", "--json"]).env("DISPLAY", display).output().unwrap();
    let found = lines(&output);
    let of = |check: &str| found.iter().find(|line| line["check"] == check).unwrap()["finding"].clone();
    assert_eq!((of("display"), of("disk")), ("no-answer".into(), "disk-free".into()));
}
