//! The conversation that sets a kiosk up, with its answers on standard input.

mod people;
mod typed;

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::process::{Output, Stdio};

use super::credentials::Simulator;
use super::terminal::Terminal;
use super::{Home, errors, status};

/// A machine with a display, and without settings.
struct Machine {
    home: Home,
    _display: UnixListener,
}

impl Machine {
    fn new() -> Self {
        let home = Home::new();
        let display = UnixListener::bind(home.path("display")).unwrap();
        Self { home, _display: display }
    }

    /// The conversation with these answers, and nothing behind them.
    fn setup(&self, arguments: &[&str], answers: &[&str]) -> Output {
        let mut command = self.home.command(&["setup"]);
        command.args(arguments).env("WAYLAND_DISPLAY", self.home.path("display")).env("LOGNAME", "kiosk");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let answers: String = answers.iter().flat_map(|answer| [answer, "\n"]).collect();
        // Whoever ends early reads no more.
        let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
        child.wait_with_output().unwrap()
    }

    fn path(&self) -> PathBuf {
        self.home.path(".config/hes-kiosk/kiosk.toml")
    }

    fn settings(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

const PICTURE: &str = concat!("replay:", env!("CARGO_MANIFEST_DIR"), "/assets/samples/lobby.jpg");

/// The answers of who has a service in this environment, until what it is asked with.
fn site(environment: &str) -> Vec<&str> {
    vec!["tr", "Kale A.Ş.", "", environment, "Ankara", "Çankaya", "Atatürk Bulvarı 1"]
}

/// The answers of a whole conversation.
fn answers<'a>(url: &'a str, password: &'a str) -> Vec<&'a str> {
    let rest = [url, "simülatör", password, "", PICTURE, "Ayşe", "yönetici", "482913", ""];
    [site("test"), rest.to_vec()].concat()
}

#[test]
fn from_nothing_to_a_kiosk_in_which_nothing_fails() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = Machine::new();
    let output = machine.setup(&[], &answers(&simulator.url, "Parola-481"));
    let said = text(&output);
    assert_eq!(status(&output), 0, "{said} {}", errors(&output));
    assert!(said.ends_with("Kiosku başlatmak için: hes-kiosk\n"), "{said}");
    assert!(!said.contains("Parola-481") && !said.contains("482913"), "{said}");

    let settings = machine.settings();
    assert!(settings.contains("name = \"Kale A.Ş.\"              # shown on every screen\n"), "{settings}");
    assert!(!settings.contains("Parola-481"), "{settings}");
    assert_eq!(fs::metadata(machine.path()).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_script_that_ends_early_is_run_again_and_each_line_answers_its_own_question() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let all = answers(&simulator.url, "Parola-481");
    let machine = Machine::new();
    let person = all.iter().position(|answer| *answer == "Ayşe").unwrap();
    for answered in 0..=person {
        let stopped = machine.setup(&[], &all[..answered]);
        assert_eq!(status(&stopped), 2, "{answered}: {} {}", text(&stopped), errors(&stopped));
        assert!(errors(&stopped).contains("sürdürmek için: hes-kiosk setup"), "{}", errors(&stopped));
    }
    let output = machine.setup(&[], &all);
    assert_eq!(status(&output), 0, "{} {}", text(&output), errors(&output));
    let settings = machine.settings();
    let again = machine.setup(&[], &all);
    assert_eq!((status(&again), machine.settings()), (0, settings), "{}", errors(&again));
}

#[test]
fn no_password_of_a_script_becomes_a_setting_whatever_is_set_already() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let all = answers(&simulator.url, "Parola-481");
    for there in [
        "[privacy]\ncontroller = \"K\"\n",
        "[service]\nenvironment = \"live\"\n[privacy]\ncontroller = \"K\"\ncontact = \"T\"\n",
        "[site]\nname = \"Kale\"\n[service.test]\nurl = \"https://example.org/\"\n",
    ] {
        let machine = Machine::new();
        machine.home.write(".config/hes-kiosk/kiosk.toml", there);
        machine.setup(&[], &all);
        let settings = machine.settings();
        assert!(!settings.contains("Parola-481") && !settings.contains("482913"), "{settings}");
    }
}

#[test]
fn what_a_script_says_wrong_ends_it() {
    let machine = Machine::new();
    let output = machine.setup(&[], &["tr", "Kale A.Ş.", "", "gerçek", "own"]);
    assert_eq!(status(&output), 2);
    assert!(errors(&output).contains("Şunlardan biri olmalı: simulator, test"), "{}", errors(&output));
    assert!(!text(&output).contains("Aydınlatma metni"), "{}", text(&output));
}

#[test]
fn at_a_terminal_what_the_settings_do_not_accept_is_asked_again() {
    let home = Home::new();
    let mut terminal = Terminal::run(&home.path(""), "setup");
    terminal.say("(tr, en) [tr]: ", "tr\n");
    terminal.say("kurumun adı: ", "\n");
    terminal.wait_for("Bu bilgi gerekli");
    terminal.say("kurumun adı: ", "Kale\n");
    terminal.say("Girişin adı [Ana giriş]: ", "\u{3}");
    assert_eq!(terminal.end().0, Some(130));
}

#[test]
fn a_site_works_as_before_where_the_way_to_another_environment_is_left() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = Machine::new();
    machine.setup(&[], &answers(&simulator.url, "Parola-481"));
    let before = machine.settings();
    let output = machine.setup(&["--again"], &["", "", "", "own", "", "", "", "Kale A.Ş."]);
    assert_eq!(status(&output), 2, "{}", text(&output));
    let notice = before.replace("# controller = \"…\"", "controller = \"Kale A.Ş.\"");
    assert_eq!(machine.settings(), notice);
    assert!(notice.contains("\nenvironment = \"test\""), "{notice}");
}

#[test]
fn an_environment_whose_service_has_no_password_waits() {
    let machine = Machine::new();
    let rest = ["", "simülatör", "", "", PICTURE, "Ayşe", "yönetici", "482913", ""];
    let output = machine.setup(&[], &[site("test"), rest.to_vec()].concat());
    assert_eq!(status(&output), 1, "{}", errors(&output));
    assert!(text(&output).contains("Ortam henüz ayarlara yazılmadı"), "{}", text(&output));
    assert!(!machine.settings().contains("\nenvironment ="), "{}", machine.settings());
}

const NOTICE: [&str; 4] = ["Kale A.Ş.", "0312", "KVKK 6", "Sağlık"];

/// The answers that lead to the live service, by way of the test service.
fn to_live<'a>(test: &'a str, live: &'a str) -> Vec<&'a str> {
    let services = [test, "simülatör", "Parola-481", live, "simülatör", "Parola-482"];
    let rest = [PICTURE, "Ayşe", "yönetici", "482913", ""];
    [site("live"), NOTICE.to_vec(), services.to_vec(), rest.to_vec()].concat()
}

#[test]
fn the_way_to_live_leads_through_the_test_service_and_go_live() {
    let elsewhere = Home::new();
    let test = Simulator::start(&elsewhere, "Parola-481", "0s");
    let live = Simulator::start(&elsewhere, "Parola-482", "0s");
    let machine = Machine::new();
    let output = machine.setup(&[], &to_live(&test.url, &live.url));
    assert_eq!(status(&output), 0, "{} {}", text(&output), errors(&output));
    assert!(text(&output).ends_with("hes-kiosk onboarding go-live\n"), "{}", text(&output));
    let settings = machine.settings();
    assert!(settings.contains("\nenvironment = \"test\""), "{settings}");
    assert_eq!(settings.matches("\nusername = \"simülatör\"").count(), 2, "{settings}");
    assert!(machine.home.path(".local/share/hes-kiosk/passwords/live").exists());
}

#[test]
fn who_is_live_stays_live_by_the_same_lines() {
    let elsewhere = Home::new();
    let test = Simulator::start(&elsewhere, "Parola-481", "0s");
    let live = Simulator::start(&elsewhere, "Parola-482", "0s");
    let machine = Machine::new();
    machine.setup(&[], &to_live(&test.url, &live.url));
    let settings = machine.settings().replace("environment = \"test\"", "environment = \"live\"");
    fs::write(machine.path(), &settings).unwrap();
    let again = to_live(&test.url, &live.url);
    let output = machine.setup(&[], &again);
    assert_eq!(status(&output), 0, "{} {}", text(&output), errors(&output));
    assert_eq!(machine.settings(), settings);
}

#[test]
fn a_site_without_a_camera_is_set_up_and_nothing_is_missed() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = Machine::new();
    let mut all = answers(&simulator.url, "Parola-481");
    *all.iter_mut().find(|answer| **answer == PICTURE).unwrap() = "none";
    let output = machine.setup(&[], &all);
    assert_eq!(status(&output), 0, "{} {}", text(&output), errors(&output));
    assert!(text(&output).contains("Kamera: kamera kullanılmıyor"), "{}", text(&output));
}

#[test]
fn comments_and_settings_of_somebody_stay() {
    let machine = Machine::new();
    let mine = "# Ön kapı.\n[screen]\nlanguages = [\"en\"]   # until May\n[site]\nname = 'Kale'\n";
    machine.home.write(".config/hes-kiosk/kiosk.toml", mine);
    let output = machine.setup(&[], &["", "", "Front door"]);
    assert_eq!(status(&output), 2);
    assert_eq!(machine.settings(), format!("{mine}entrance = \"Front door\"\n"));
}

#[test]
fn another_first_language_brings_no_others() {
    let machine = Machine::new();
    machine.home.write(".config/hes-kiosk/kiosk.toml", "[screen]\nlanguages = [\"tr\", \"en\"]\n");
    machine.setup(&[], &["en"]);
    assert!(machine.settings().contains("languages = [\"en\", \"tr\"]"), "{}", machine.settings());
}

#[test]
fn wrong_settings_are_mended_by_hand_first() {
    let machine = Machine::new();
    machine.home.write(".config/hes-kiosk/kiosk.toml", "[site]\nnam = 1\n");
    let output = machine.setup(&[], &["tr"]);
    assert_eq!((status(&output), machine.settings().as_str()), (2, "[site]\nnam = 1\n"));
}

#[test]
fn a_site_where_decisions_are_real_needs_its_notice() {
    let machine = Machine::new();
    let output = machine.setup(&[], &[site("own"), vec!["", "0312"]].concat());
    assert_eq!(status(&output), 2, "{} {}", text(&output), errors(&output));
    assert!(errors(&output).contains("Bu bilgi gerekli"), "{}", errors(&output));
}

#[test]
fn at_a_terminal_ctrl_c_stops_and_the_same_command_goes_on() {
    let home = Home::new();
    let setup = || Terminal::run(&home.path(""), "setup");
    let mut terminal = setup();
    terminal.say("(tr, en) [tr]: ", "tr\n");
    terminal.say("kurumun adı: ", "Kale\n");
    terminal.say("Girişin adı [Ana giriş]: ", "\u{3}");
    let (status, seen) = terminal.end();
    assert_eq!(status, Some(130));
    assert!(seen.contains("^C\r\nhes-kiosk: Kurulum yarıda kaldı."), "{seen}");

    let mut terminal = setup();
    terminal.wait_for("kurumun adı: Kale\r\n");
    terminal.say("Girişin adı [Ana giriş]: ", "\u{3}");
    assert_eq!(terminal.end().0, Some(130));
}

/// A home where the next question is for the password.
fn asked_for_a_password(url: &str) -> Home {
    Home::with_settings(&format!(
        "[screen]\nlanguages = [\"tr\"]\n[site]\nname = \"K\"\nentrance = \"A\"\ncity = \"A\"\ndistrict = \"Ç\"\n\
         address = \"1\"\n[service]\nenvironment = \"test\"\n[service.test]\nurl = {url:?}\n\
         username = \"simülatör\"\n",
    ))
}

#[test]
fn ctrl_c_while_nothing_is_shown_leaves_a_terminal_that_shows_what_is_typed() {
    let home = asked_for_a_password("http://127.0.0.1:9/");
    let mut terminal = Terminal::run(&home.path(""), "setup; status=$?; stty -a; exit $status");
    terminal.answer("parolası: ", "\u{3}");
    let (status, seen) = terminal.end();
    assert_eq!(status, Some(130), "{seen}");
    assert!(seen.contains("sürdürmek için: hes-kiosk setup") && seen.contains(" echo "), "{seen}");
}

#[test]
fn at_a_terminal_a_password_that_is_rejected_can_be_entered_again() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let home = asked_for_a_password(&simulator.url);
    let mut terminal = Terminal::run(&home.path(""), "setup");
    enter_password(&mut terminal, "Parola-482");
    terminal.wait_for("HATA  Kullanıcı adı ve parola");
    terminal.say("(e/h): ", "evet\n");
    terminal.say("Servisin adresi", "\n");
    terminal.say("Kullanıcı adı", "\n");
    enter_password(&mut terminal, "Parola-481");
    terminal.wait_for("tamam  Kullanıcı adı ve parola");
}

/// Enters a password twice, which is not shown.
fn enter_password(terminal: &mut Terminal, password: &str) {
    for question in ["parolası: ", "Bir kez daha: "] {
        terminal.answer(question, &format!("{password}\n"));
    }
}

#[test]
fn at_a_terminal_a_password_is_not_shown_and_what_came_of_it_is() {
    let home = asked_for_a_password("http://127.0.0.1:9/");
    let mut terminal = Terminal::run(&home.path(""), "setup");
    enter_password(&mut terminal, "Parola-481");
    terminal.wait_for("HATA  Servis: 127.0.0.1:9 bağlantıyı reddediyor");
    terminal.say("(e/h): ", "\u{3}");
    let (_, seen) = terminal.end();
    assert!(!seen.contains("Parola-481"), "{seen}");
    let stored = fs::read_to_string(home.path(".local/share/hes-kiosk/passwords/test")).unwrap();
    assert_eq!(stored, "Parola-481\n");
}

#[test]
fn a_site_without_a_service_is_set_up_without_asking_for_one() {
    let machine = Machine::new();
    let site = ["tr", "Kale A.Ş.", "", "manual"];
    let rest = ["none", "Ayşe", "yönetici", "482913", "Mehmet", "guard", "730162", ""];
    let output = machine.setup(&[], &[&site[..], &NOTICE, &rest].concat());
    assert_eq!(status(&output), 0, "{} {}", text(&output), errors(&output));
    assert!(text(&output).contains("Mehmet için PIN belirlendi (görevli)"), "{}", text(&output));
}

/// A kiosk that works in the test environment.
fn in_the_test_environment(simulator: &Simulator) -> Machine {
    let machine = Machine::new();
    let output = machine.setup(&[], &answers(&simulator.url, "Parola-481"));
    assert_eq!(status(&output), 0, "{} {}", text(&output), errors(&output));
    machine
}

#[test]
fn a_site_gives_its_service_up_for_the_desk_and_what_it_said_of_it_stays_in_comments() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let machine = in_the_test_environment(&simulator);
    let before = machine.settings();
    let answers = [&["", "", "", "manual"][..], &NOTICE, &["", ""]].concat();
    let output = machine.setup(&["--again"], &answers);
    assert_eq!(status(&output), 0, "{} {}", text(&output), errors(&output));
    assert!(text(&output).contains("yorum satırı oldu"), "{}", text(&output));
    let settings = machine.settings();
    assert!(settings.contains("\n# username = \"simülatör\""), "{settings}");
    assert!(
        settings.contains("\nenvironment = \"manual\"") && settings.lines().count() == before.lines().count()
    );
}

#[test]
fn a_pin_of_a_script_that_is_refused_ends_it() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let mut weak = answers(&simulator.url, "Parola-481");
    *weak.iter_mut().find(|answer| **answer == "482913").unwrap() = "123456";
    let output = Machine::new().setup(&[], &weak);
    assert_eq!(status(&output), 2, "{}", text(&output));
}

#[test]
fn a_live_service_that_rejects_who_asks_is_told_at_the_end() {
    let elsewhere = Home::new();
    let test = Simulator::start(&elsewhere, "Parola-481", "0s");
    let live = Simulator::start(&elsewhere, "Parola-483", "0s");
    let machine = Machine::new();
    let output = machine.setup(&[], &to_live(&test.url, &live.url));
    assert_eq!(status(&output), 1, "{} {}", text(&output), errors(&output));
    let said = text(&output);
    let last = said.split_once("Son denetim").unwrap().1;
    assert!(last.contains("HATA  Kullanıcı adı ve parola"), "{last}");
    assert!(last.contains("hes-kiosk credentials set live"), "{last}");
    assert!(last.contains("Canlı servise henüz geçilemez"), "{last}");
}

#[test]
fn who_stops_on_the_way_to_another_environment_is_told_what_leads_there_again() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let home = asked_for_a_password(&simulator.url);
    home.write(".local/share/hes-kiosk/passwords/test", "Parola-481\n");
    let mut terminal = Terminal::run(&home.path(""), "setup --again");
    for question in ["[tr]: ", "kurumun adı", "Girişin adı"] {
        terminal.say(question, "\n");
    }
    terminal.say("Ortam [test]: ", "live\n");
    terminal.say("İl [A]: ", "\u{3}");
    let (status, seen) = terminal.end();
    assert_eq!(status, Some(130));
    assert!(seen.contains("sürdürmek için: hes-kiosk setup --again"), "{seen}");
    assert!(seen.contains("Ortam sorulduğunda live yazın"), "{seen}");
}

#[test]
fn a_question_that_gets_no_answer_says_so_in_its_language_on_a_line_of_its_own() {
    let home = Home::new();
    let mut terminal = Terminal::run(&home.path(""), "setup");
    terminal.say("(tr, en) [tr]: ", "tr\n");
    terminal.say("kurumun adı: ", "\u{4}");
    let (status, seen) = terminal.end();
    assert_eq!(status, Some(2));
    assert!(seen.contains("kurumun adı: \r\nhes-kiosk: Yanıt verilmedi"), "{seen}");
    let stopped = Machine::new().setup(&[], &["tr"]);
    assert!(errors(&stopped).contains("hes-kiosk: Yanıt verilmedi"), "{}", errors(&stopped));
}

#[test]
fn enter_keeps_the_stored_password_and_nothing_more_is_asked_of_it() {
    let elsewhere = Home::new();
    let simulator = Simulator::start(&elsewhere, "Parola-481", "0s");
    let home = asked_for_a_password(&simulator.url);
    home.write(".local/share/hes-kiosk/passwords/test", "Parola-481\n");
    let mut terminal = Terminal::run(&home.path(""), "setup --again");
    for question in ["[tr]: ", "kurumun adı", "Girişin adı", "Ortam", "İl [", "İlçe", "Adresin kalanı"]
    {
        terminal.say(question, "\n");
    }
    for question in ["Servisin adresi", "Kullanıcı adı"] {
        terminal.say(question, "\n");
    }
    terminal.wait_for("Kayıtlı parola kalsın diye Enter'a basın.");
    terminal.answer("parolası: ", "\n");
    terminal.wait_for("Kayıtlı parola olduğu gibi kalıyor.");
    terminal.wait_for("tamam  Kullanıcı adı ve parola");
}

#[test]
fn two_passwords_that_differ_are_asked_for_again_and_only_yes_or_no_is_an_answer() {
    let home = asked_for_a_password("http://127.0.0.1:9/");
    let mut terminal = Terminal::run(&home.path(""), "setup");
    terminal.answer("parolası: ", "Parola-481\n");
    terminal.answer("Bir kez daha: ", "Parola-482\n");
    terminal.wait_for("İki yanıt aynı değil.");
    enter_password(&mut terminal, "Parola-481");
    terminal.say("(e/h): ", "belki\n");
    terminal.wait_for("e ya da h yazın");
    terminal.say("(e/h): ", "HAYIR\n");
    terminal.wait_for("Kamera");
}
