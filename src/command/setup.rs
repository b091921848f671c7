//! `hes-kiosk setup`: from nothing to a kiosk, by questions. Each answer is in the settings before the next question, so
//! that whoever stops goes on where it was. The environment alone waits until all that it needs is there: a kiosk that
//! works must not be out of service because somebody stopped.

mod people;

use std::io::{self, IsTerminal};
use std::path::Path;

use clap::Args;
use toml_edit::Array;

use super::conversation::Conversation;
use super::{Exit, camera, complain, credentials, doctor, output, refuse};
use crate::hes::{MINISTRY_LIVE_URL, MINISTRY_TEST_URL};
use crate::kiosk::language::{Argument, Texts};
use crate::settings::{Language, SettingsError, SettingsFile, write_template};
use crate::visits::{Environment, folded};

/// What is asked.
#[derive(Debug, Args)]
pub(super) struct SetupArguments {
    /// Ask also what is set already.
    #[arg(long)]
    again: bool,
}

/// A question whose answer is a setting.
struct Question {
    section: &'static [&'static str],
    key: &'static str,
    /// What an empty answer stands for, where nothing is set yet.
    usual: Option<&'static str>,
    /// Whether nothing at all may be answered.
    may_wait: bool,
}

impl Question {
    const fn new(section: &'static [&'static str], key: &'static str, usual: Option<&'static str>) -> Self {
        Self { section, key, usual, may_wait: false }
    }
}

const SITE: [Question; 2] =
    [Question::new(&["site"], "name", None), Question::new(&["site"], "entrance", Some("Ana giriş"))];

/// Where the site is: the service is told with each question.
const PLACE: [Question; 3] = [
    Question::new(&["site"], "city", None),
    Question::new(&["site"], "district", None),
    Question::new(&["site"], "address", None),
];

const ENVIRONMENT: (&[&str], &str) = (&["service"], "environment");

const CAMERA: Question = Question::new(&["camera"], "source", Some("auto"));

/// What visitors have to be told where decisions are real.
const NOTICE: [&str; 4] = ["controller", "contact", "legal_basis", "purpose"];

/// For how long a camera is tried.
const CAMERA_SECONDS: u16 = 4;

pub(super) fn run(config: Option<&Path>, arguments: &SetupArguments) -> Exit {
    let begun = SettingsFile::place(config).map_err(|error| refuse(&error)).and_then(|path| {
        write_template(&path).map_err(|error| refuse(&error))?;
        SettingsFile::read(Some(&path)).map_err(|error| refuse(&error))
    });
    let file = match begun {
        Ok(file) => file,
        Err(exit) => return exit,
    };
    // What is wrong already is mended by hand: answers would be blamed for it.
    match file.settings_without_service() {
        Ok(_) | Err(SettingsError::PrivacyMissing { .. }) => {}
        Err(error) => return refuse(&error),
    }
    let is_script = !io::stdin().is_terminal();
    let texts = Texts::for_staff(Language::Turkish);
    let again = arguments.again || is_script;
    let mut setup = Setup { file, texts, again, is_again: arguments.again, wanted: None, is_script };
    let asked = setup.language().and_then(|()| setup.questions());
    match asked {
        Ok(end) => setup.end(end).unwrap_or_else(|exit| exit),
        Err(exit) => {
            complain(&setup.to_go_on("setup-stopped"));
            exit
        }
    }
}

/// What the questions came to.
enum End {
    /// The environment is set.
    Set,
    /// The test environment is set, from which the way leads to the live service.
    SetOnTheWayToLive,
    /// The environment waits for what its service lacks.
    Waits,
}

struct Setup {
    file: SettingsFile,
    texts: &'static Texts,
    /// Whether what is set is asked, too.
    again: bool,
    /// Whether somebody wants that; the next run does so, too.
    is_again: bool,
    /// The environment that was answered.
    wanted: Option<Environment>,
    /// Whether the answers are lines that somebody wrote before. Then each question takes one, whatever is set already and
    /// whatever comes of it: a password must never become the answer to another question.
    is_script: bool,
}

impl Setup {
    fn conversation(&self) -> Conversation<'static> {
        Conversation::begin(self.texts)
    }

    fn say(&self, text: &str) -> Result<(), Exit> {
        output::print_line(text).map_or(Ok(()), Err)
    }

    /// Says what came of a secret. Why it was refused was told, and it is looked at later where somebody is asked again.
    fn say_unless_refused(&self, done: Result<String, Exit>) -> Result<(), Exit> {
        match done {
            Ok(text) => self.say(&text),
            Err(Exit::Interrupted) => Err(Exit::Interrupted),
            Err(_) => self.ask_again(),
        }
    }

    /// What was answered is refused, and that was told: it is asked again where somebody hears it.
    fn ask_again(&self) -> Result<(), Exit> {
        if self.is_script { Err(Exit::Usage) } else { Ok(()) }
    }

    /// The text of this key with the command that goes on here, and what to answer it.
    fn to_go_on(&self, key: &str) -> String {
        let now = self.file.environment().ok();
        let (section, environment_key) = ENVIRONMENT;
        let waits = self.wanted.filter(|wanted| Some(*wanted) != now && !self.is_script);
        // An environment that is set is not asked for by itself.
        let is_again = self.is_again || waits.is_some() && self.file.has(section, environment_key);
        let command = if is_again { "hes-kiosk setup --again" } else { "hes-kiosk setup" };
        let text = self.texts.with(key, &[("command", Argument::Text(command))]);
        match waits {
            Some(waits) => {
                let named = [("environment", Argument::Text(waits.name()))];
                format!("{text}\n{}", self.texts.with("setup-environment-again", &named))
            }
            None => text,
        }
    }

    fn title(&self, key: &str) -> Result<(), Exit> {
        self.say(&format!("\n{}", self.texts.get(key)))
    }

    /// The language in which everything else is asked, and which the screen falls back to.
    fn language(&mut self) -> Result<(), Exit> {
        let known = self.file.first_language().map_err(|error| refuse(&error))?;
        let is_set = self.file.has(&["screen"], "languages");
        let first = loop {
            if is_set && !self.again {
                break known;
            }
            let usual = [("usual", Argument::Text(known.name()))];
            let said = self.conversation().ask_with(&self.texts.with("setup-language", &usual))?;
            match folded(&said).as_str() {
                "" => break known,
                "tr" => break Language::Turkish,
                "en" => break Language::English,
                _ => complain(&self.texts.get("setup-no-language")),
            }
            self.ask_again()?;
        };
        self.texts = Texts::for_staff(first);
        if !is_set || first != known {
            let others = self.file.languages().map_err(|error| refuse(&error))?;
            let others = others.into_iter().filter(|language| *language != first);
            let languages: Array = [first].into_iter().chain(others).map(Language::name).collect();
            let changed = self.file.with(&["screen"], "languages", languages);
            self.write(changed.map_err(|error| refuse(&error))?)?;
        }
        let path = self.file.path().display().to_string();
        self.say(&self.texts.with("setup-begun", &[("path", Argument::Text(&path))]))
    }

    fn questions(&mut self) -> Result<End, Exit> {
        self.title("setup-title-site")?;
        for question in &SITE {
            self.settle(question)?;
        }
        self.title("setup-title-environment")?;
        let wanted = self.environment()?;
        self.wanted = Some(wanted);
        let now = self.file.environment().map_err(|error| refuse(&error))?;
        // What makes an entrance live is `onboarding go-live`, once the test service was asked by these settings.
        let is_on_the_way = wanted == Environment::Live && now != Environment::Live;
        let environment = if is_on_the_way { Environment::Test } else { wanted };
        if is_on_the_way {
            self.say(&self.texts.get("setup-live-by-test"))?;
        }
        if wanted != Environment::Manual {
            self.title("setup-title-place")?;
            for question in &PLACE {
                self.settle(question)?;
            }
        }
        if wanted.is_real() {
            self.notice(wanted)?;
        }
        // The lines of a script stay the same once it is live.
        if wanted == Environment::Live && (is_on_the_way || self.is_script) {
            self.service(Environment::Test)?;
        }
        self.service(wanted)?;
        // Who left it for later and stopped at the password expects to be asked for that, and not what is shown.
        if !wanted.is_real() {
            self.notice(wanted)?;
        }
        let is_set = self.file.service(environment).is_ok();
        if is_set && environment != now {
            if environment == Environment::Manual && self.file.without_service().is_some() {
                self.say(&self.texts.get("setup-without-service"))?;
            }
            self.write(self.with_environment(environment)?)?;
        }
        self.camera(environment)?;
        self.pins(environment)?;
        Ok(match (is_set, is_on_the_way) {
            (false, _) => End::Waits,
            (true, true) => End::SetOnTheWayToLive,
            (true, false) => End::Set,
        })
    }

    fn end(&self, end: End) -> Result<Exit, Exit> {
        if let End::Waits = end {
            return Ok(output::print_found(&self.to_go_on("setup-waits"), Exit::Refused));
        }
        self.title("setup-title-doctor")?;
        let exit = doctor::run(Some(self.file.path()), &doctor::DoctorArguments::default());
        if let End::SetOnTheWayToLive = end {
            self.title("setup-title-service-live")?;
            if !doctor::look_at_service(&self.with_environment(Environment::Live)?, self.texts)? {
                return Ok(output::print_found(&self.to_go_on("setup-not-live"), Exit::Refused));
            }
        }
        let key = match (exit, end) {
            (Exit::Success, End::SetOnTheWayToLive) => "setup-done-test",
            (Exit::Success, _) => "setup-done",
            _ => "setup-not-done",
        };
        Ok(output::print_found(&self.texts.get(key), exit))
    }

    /// The settings as they will be with this environment.
    fn with_environment(&self, environment: Environment) -> Result<SettingsFile, Exit> {
        let (section, key) = ENVIRONMENT;
        let asks_nobody = environment == Environment::Manual;
        let without_service = if asks_nobody { self.file.without_service() } else { None };
        without_service
            .as_ref()
            .unwrap_or(&self.file)
            .with(section, key, environment.name())
            .map_err(|error| refuse(&error))
    }

    /// The environment that somebody wants; it is not in the settings yet.
    fn environment(&self) -> Result<Environment, Exit> {
        let (section, key) = ENVIRONMENT;
        let prompt = self.texts.get("setup-environment");
        let set = self.file.text_of(section, key);
        if let (Some(set), false) = (&set, self.again) {
            self.say(&format!("{prompt}: {set}"))?;
            return self.file.environment().map_err(|error| refuse(&error));
        }
        let usual = set.unwrap_or_else(|| Environment::Test.name().to_owned());
        loop {
            let typed = self.typed(&prompt, Some(&usual))?;
            match self.named(if typed.is_empty() { &usual } else { &typed }) {
                Some(environment) if self.accepts(&self.with_environment(environment)?, key)? => {
                    return Ok(environment);
                }
                Some(_) => {}
                None => complain(&self.texts.get("setup-no-environment")),
            }
            self.ask_again()?;
        }
    }

    /// The environment that somebody calls so.
    fn named(&self, word: &str) -> Option<Environment> {
        let is_called = |environment: &Environment| {
            self.conversation().is_one_of(&format!("setup-is-{}", environment.name()), word)
        };
        Environment::ALL.into_iter().find(is_called)
    }

    /// What visitors are told; it can wait where decisions are not real, and was left for later where the environment is
    /// in the settings, which is written after this.
    fn notice(&mut self, wanted: Environment) -> Result<(), Exit> {
        let (section, key) = ENVIRONMENT;
        let is_left = !self.again && !wanted.is_real() && self.file.has(section, key);
        if wanted == Environment::Simulator || is_left {
            return Ok(());
        }
        self.title(if wanted.is_real() { "setup-title-notice" } else { "setup-title-notice-later" })?;
        for key in NOTICE {
            let may_wait = !wanted.is_real();
            let is_answered =
                self.settle(&Question { may_wait, ..Question::new(&["privacy"], key, None) })?;
            if !is_answered && (self.is_script || !self.file.has(&["privacy"], key)) {
                break;
            }
        }
        Ok(())
    }

    /// Where the service is, who asks it, and whether it answers.
    fn service(&mut self, environment: Environment) -> Result<(), Exit> {
        let (section, usual): (&'static [&'static str], _) = match environment {
            Environment::Simulator | Environment::Manual => return Ok(()),
            Environment::Test => (&["service", "test"], Some(MINISTRY_TEST_URL)),
            Environment::Live => (&["service", "live"], Some(MINISTRY_LIVE_URL)),
            Environment::Own => (&["service", "own"], None),
        };
        self.title(&format!("setup-title-service-{}", environment.name()))?;
        let before = self.again;
        loop {
            self.settle(&Question::new(section, "url", usual))?;
            self.settle(&Question::new(section, "username", None))?;
            let has_password = self.file.service(environment).is_ok();
            if self.again || !has_password {
                if has_password {
                    self.say(&self.texts.get("setup-password-keep"))?;
                }
                let stored = credentials::ask_and_store(&self.file, environment, None, self.texts);
                let is_stored = self.file.service(environment).is_ok();
                let kept = if is_stored { "setup-password-kept" } else { "setup-no-password" };
                self.say_unless_refused(stored.map(|said| said.unwrap_or_else(|| self.texts.get(kept))))?;
            }
            if doctor::look_at_service(&self.with_environment(environment)?, self.texts)?
                || self.is_script
                || !self.conversation().agrees("setup-try-again")?
            {
                break;
            }
            self.again = true;
        }
        self.again = before;
        Ok(())
    }

    /// Which camera, and what is seen through it.
    fn camera(&mut self, environment: Environment) -> Result<(), Exit> {
        self.title("setup-title-camera")?;
        let is_set = self.file.has(CAMERA.section, CAMERA.key);
        if is_set && !self.again {
            return self.settle(&CAMERA).map(|_| ());
        }
        let before = self.again;
        loop {
            camera::list(&camera::ListArguments::default(), self.texts);
            self.settle(&CAMERA)?;
            let file = self.with_environment(environment)?;
            let settings = file.settings_without_service().map_err(|error| refuse(&error))?;
            let Some(camera) = settings.camera else { break };
            self.say(&self.texts.get("setup-camera-test"))?;
            let arguments = camera::TestArguments { camera: None, seconds: CAMERA_SECONDS, json: false };
            if camera::test(&arguments, camera, self.texts) == Exit::Success
                || self.is_script
                || !self.conversation().agrees("setup-camera-again")?
            {
                break;
            }
            self.again = true;
        }
        self.again = before;
        Ok(())
    }

    /// Asks until there is an answer that the settings accept, and writes it. What is set already is shown. Tells whether
    /// something was typed.
    fn settle(&mut self, question: &Question) -> Result<bool, Exit> {
        let Question { section, key, usual, may_wait } = question;
        let prompt = self.texts.get(&format!("setup-{key}"));
        let set = self.file.text_of(section, key);
        if let (Some(set), false) = (&set, self.again) {
            return self.say(&format!("{prompt}: {set}")).map(|()| false);
        }
        loop {
            let typed = self.typed(&prompt, set.as_deref().or(*usual))?;
            let is_typed = !typed.is_empty();
            match if is_typed { Some(typed) } else { usual.map(str::to_owned) } {
                // What stands there stays as somebody wrote it.
                _ if !is_typed && set.is_some() => return Ok(false),
                Some(answer) => {
                    let changed = self.file.with(section, key, answer).map_err(|error| refuse(&error))?;
                    if self.accepts(&changed, key)? {
                        return self.write(changed).map(|()| is_typed);
                    }
                }
                None if *may_wait => return Ok(false),
                None => complain(&self.texts.get("setup-needed")),
            }
            self.ask_again()?;
        }
    }

    fn write(&mut self, changed: SettingsFile) -> Result<(), Exit> {
        changed.replace(&self.file).map_err(|error| refuse(&error))?;
        self.file = changed;
        Ok(())
    }

    /// The answer to a question; an empty one stands for what is usual.
    fn typed(&self, prompt: &str, usual: Option<&str>) -> Result<String, Exit> {
        let hint = usual.map_or_else(String::new, |usual| format!(" [{usual}]"));
        self.conversation().ask_with(&format!("{prompt}{hint}: "))
    }

    /// Whether the loader accepts these settings, as far as they were asked for; why it does not accept what was answered
    /// for `key` it says.
    fn accepts(&self, changed: &SettingsFile, key: &str) -> Result<bool, Exit> {
        match changed.settings_without_service() {
            // The notice follows.
            Ok(_) | Err(SettingsError::PrivacyMissing { .. }) => Ok(true),
            Err(SettingsError::Wrong { problem, .. }) => {
                complain(&match key {
                    "source" | "url" => self.texts.get(&format!("setup-no-{key}")),
                    _ => self
                        .texts
                        .with("setup-not-accepted", &[("problem", Argument::Text(&problem.to_string()))]),
                });
                Ok(false)
            }
            Err(error) => Err(refuse(&error)),
        }
    }
}
