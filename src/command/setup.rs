//! `hes-kiosk setup`: from nothing to a kiosk, by questions. Each answer is in the settings before the next question, so
//! that whoever stops goes on where it was.

use std::path::Path;

use clap::Args;
use toml_edit::{Array, Value};

use super::conversation::Conversation;
use super::{Exit, camera, complain, credentials, doctor, output, pin, refuse};
use crate::hes::{MINISTRY_LIVE_URL, MINISTRY_TEST_URL};
use crate::kiosk::language::{Argument, Texts};
use crate::settings::{Language, SettingsError, SettingsFile, write_template};
use crate::visits::{Environment, Person, Role, person_name};

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

const SITE: [Question; 5] = [
    Question::new(&["site"], "name", None),
    Question::new(&["site"], "entrance", Some("Ana giriş")),
    Question::new(&["site"], "city", None),
    Question::new(&["site"], "district", None),
    Question::new(&["site"], "address", None),
];

const ENVIRONMENT: Question = Question::new(&["service"], "environment", Some("test"));

const CAMERA: Question = Question::new(&["camera"], "source", Some("auto"));

/// What visitors have to be told where decisions are real.
const NOTICE: [&str; 4] = ["controller", "contact", "legal_basis", "purpose"];

/// For how long a camera is tried.
const CAMERA_SECONDS: u16 = 4;

/// The languages of the screen in their usual order.
const LANGUAGES: [Language; 5] =
    [Language::Turkish, Language::English, Language::Arabic, Language::German, Language::Russian];

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
    let mut setup = Setup { file, texts: Texts::for_staff(Language::Turkish), again: arguments.again };
    let done = setup.language().and_then(|()| setup.questions());
    if let Err(exit) = done {
        complain(&setup.texts.get("setup-stopped"));
        return exit;
    }
    let exit = doctor::run(Some(setup.file.path()), &doctor::DoctorArguments::default());
    let end = if exit == Exit::Success { "setup-done" } else { "setup-not-done" };
    output::print_found(&setup.texts.get(end), exit)
}

struct Setup {
    file: SettingsFile,
    texts: &'static Texts,
    /// Whether what is set is asked, too.
    again: bool,
}

impl Setup {
    fn conversation(&self) -> Conversation<'static> {
        Conversation::begin(self.texts)
    }

    fn say(&self, text: &str) -> Result<(), Exit> {
        output::print_line(text).map_or(Ok(()), Err)
    }

    fn title(&self, key: &str) -> Result<(), Exit> {
        self.say(&format!("\n{}", self.texts.get(key)))
    }

    /// The language in which everything else is asked, and which the screen falls back to.
    fn language(&mut self) -> Result<(), Exit> {
        let known = self.file.first_language().map_err(|error| refuse(&error))?;
        if self.again || !self.file.has(&["screen"], "languages") {
            let first = loop {
                match self.conversation().ask("setup-language")?.as_str() {
                    "" => break known,
                    "tr" => break Language::Turkish,
                    "en" => break Language::English,
                    _ => complain(&self.texts.get("setup-no-language")),
                }
            };
            let others = LANGUAGES.into_iter().filter(|language| *language != first);
            let languages: Array = [first].into_iter().chain(others).map(Language::name).collect();
            // The loader knows these languages.
            self.set(&["screen"], "languages", languages.into())?;
            self.texts = Texts::for_staff(first);
        } else {
            self.texts = Texts::for_staff(known);
        }
        let path = self.file.path().display().to_string();
        self.say(&self.texts.with("setup-begun", &[("path", Argument::Text(&path))]))
    }

    fn questions(&mut self) -> Result<(), Exit> {
        self.title("setup-title-site")?;
        for question in &SITE {
            self.settle(question)?;
        }
        self.title("setup-title-environment")?;
        self.settle(&ENVIRONMENT)?;
        let environment = self.file.environment().map_err(|error| refuse(&error))?;
        self.notice(environment)?;
        self.service(environment)?;
        self.camera()?;
        self.pins()?;
        self.title("setup-title-doctor")
    }

    /// What visitors are told; it can wait where decisions are not real.
    fn notice(&mut self, environment: Environment) -> Result<(), Exit> {
        if environment == Environment::Simulator {
            return Ok(());
        }
        self.title(if environment.is_real() { "setup-title-notice" } else { "setup-title-notice-later" })?;
        for key in NOTICE {
            let may_wait = !environment.is_real();
            self.settle(&Question { may_wait, ..Question::new(&["privacy"], key, None) })?;
            if !self.file.has(&["privacy"], key) {
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
        self.title("setup-title-service")?;
        let before = self.again;
        loop {
            self.settle(&Question::new(section, "url", usual))?;
            self.settle(&Question::new(section, "username", None))?;
            if self.again || self.file.service(environment).is_err() {
                // What is no password was told, and the service says what it lacks.
                if let Ok(stored) = credentials::ask_and_store(&self.file, environment, None, self.texts) {
                    self.say(&stored)?;
                }
            }
            if doctor::look_at_service(&self.file, self.texts)?
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
    fn camera(&mut self) -> Result<(), Exit> {
        self.title("setup-title-camera")?;
        let is_set = self.file.has(CAMERA.section, CAMERA.key);
        if self.again || !is_set {
            camera::list(&camera::ListArguments::default(), self.texts);
        }
        self.settle(&CAMERA)?;
        if self.again || !is_set {
            self.say(&self.texts.get("setup-camera-test"))?;
            let settings = self.file.settings_without_service().map_err(|error| refuse(&error))?;
            // The doctor says what to do about a camera that is not there.
            let arguments = camera::TestArguments { camera: None, seconds: CAMERA_SECONDS, json: false };
            camera::test(&arguments, settings.camera, self.texts);
        }
        Ok(())
    }

    /// Who may work at the desk.
    fn pins(&mut self) -> Result<(), Exit> {
        self.title("setup-title-pins")?;
        let settings = self.file.settings_without_service().map_err(|error| refuse(&error))?;
        // Why a log cannot be opened was told, and the doctor tells it again.
        let Ok(desk) = pin::Opened::open(settings.check_in.visits, self.texts) else { return Ok(()) };
        let people = desk.list()?;
        if !people.is_empty() {
            self.say(&people)?;
            if !self.again {
                return Ok(());
            }
        }
        loop {
            let name = self.conversation().ask("setup-pin-name")?;
            if name.is_empty() {
                return Ok(());
            }
            let role = self.conversation().ask("setup-pin-role")?;
            let role = if role.is_empty() { Some(Role::Manager) } else { Role::from_name(&role) };
            let (Ok(name), Some(role)) = (person_name(&name), role) else {
                complain(&self.texts.get("setup-no-person"));
                continue;
            };
            // What is refused was told.
            if let Ok(said) = desk.set(Person { name, role }, !self.conversation().is_terminal()) {
                self.say(&said)?;
            }
        }
    }

    /// Asks until there is an answer that the settings accept, and writes it. What is set already is shown.
    fn settle(&mut self, question: &Question) -> Result<(), Exit> {
        let Question { section, key, usual, may_wait } = question;
        let prompt = self.texts.get(&format!("setup-{key}"));
        let set = self.file.text_of(section, key);
        if let (Some(set), false) = (&set, self.again) {
            return self.say(&format!("{prompt}: {set}"));
        }
        let usual = set.or(usual.map(str::to_owned));
        loop {
            let hint = usual.as_ref().map_or_else(String::new, |usual| format!(" [{usual}]"));
            let answer = self.conversation().ask_with(&format!("{prompt}{hint}: "))?;
            let answer = match (answer.is_empty(), &usual) {
                (false, _) => answer,
                (true, Some(usual)) => usual.clone(),
                (true, None) if *may_wait => return Ok(()),
                (true, None) => {
                    complain(&self.texts.get("setup-needed"));
                    continue;
                }
            };
            if self.set(section, key, answer.into())? {
                return Ok(());
            }
        }
    }

    /// Writes a setting. Tells whether the loader accepts it; why not it says.
    fn set(&mut self, section: &[&str], key: &str, value: Value) -> Result<bool, Exit> {
        let changed = self.file.with(section, key, value).map_err(|error| refuse(&error))?;
        match changed.settings_without_service() {
            // The notice follows.
            Ok(_) | Err(SettingsError::PrivacyMissing { .. }) => {}
            Err(SettingsError::Wrong { problem, .. }) => {
                complain(&problem);
                return Ok(false);
            }
            Err(error) => return Err(refuse(&error)),
        }
        changed.replace(&self.file).map_err(|error| refuse(&error))?;
        self.file = changed;
        Ok(true)
    }
}
