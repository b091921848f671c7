//! `hes-kiosk pin`: who may work at the desk.

use std::path::Path;

use clap::{Args, Subcommand};
use tokio::runtime::Runtime;

use super::{Exit, complain, output, refuse, secret};
use crate::kiosk::language::{Argument, Texts};
use crate::settings::{self, Settings};
use crate::visits::{self, Person, Pin, Role, SetPinError, Store, Use, person_name};

/// What is done with PINs.
#[derive(Debug, Subcommand)]
pub(super) enum PinCommand {
    /// Give somebody a PIN, in the place of an earlier one. It is asked for, and neither shown nor written anywhere.
    Set(SetArguments),
    /// Take somebody's PIN away.
    Remove(NameArguments),
    /// Print who has a PIN.
    List,
}

/// Who gets a PIN.
#[derive(Debug, Args)]
pub(super) struct SetArguments {
    #[command(flatten)]
    name: NameArguments,
    /// What the person may do: `guard` sees today's visits, looks up and decides; `manager` may change settings,
    /// export and leave the kiosk, too.
    #[arg(long, value_parser = role)]
    role: Role,
    /// Read the PIN from the first line of standard input.
    #[arg(long)]
    pin_stdin: bool,
}

/// Whose PIN it is.
#[derive(Debug, Args)]
pub(super) struct NameArguments {
    /// The name with which acts at the desk are recorded.
    #[arg(value_name = "NAME", value_parser = person_name)]
    name: String,
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_name(text).ok_or_else(|| "it is guard or manager".to_owned())
}

pub(super) fn run(config: Option<&Path>, command: &PinCommand) -> Exit {
    match done(config, command) {
        Ok(text) if text.is_empty() => Exit::Success,
        Ok(text) => output::print_line(&text).unwrap_or(Exit::Success),
        Err(exit) => exit,
    }
}

fn done(config: Option<&Path>, command: &PinCommand) -> Result<String, Exit> {
    let settings = Settings::load_without_service(config).map_err(|error| refuse(&error))?;
    let texts = Texts::for_staff(settings.screen.first_language);
    let opened = Opened::open(settings.check_in.visits, texts)?;
    match command {
        PinCommand::Set(SetArguments { name: NameArguments { name }, role, pin_stdin }) => {
            opened.set(Person { name: name.clone(), role: *role }, *pin_stdin)
        }
        PinCommand::Remove(NameArguments { name }) => opened.remove(name),
        PinCommand::List => {
            let people = opened.list()?;
            if people.is_empty() {
                complain(&texts.get("desk-pin-nobody"));
            }
            Ok(people)
        }
    }
}

/// The log that knows who has a PIN, and what a command needs besides.
pub(super) struct Opened {
    store: Store,
    runtime: Runtime,
    texts: &'static Texts,
}

impl Opened {
    pub(super) fn open(visits: visits::Config, texts: &'static Texts) -> Result<Self, Exit> {
        let store = Store::open(visits, Use::Log).map_err(|error| refuse(&error))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        Ok(Self { store, runtime: runtime.map_err(|error| refuse(&error))?, texts })
    }

    /// Asks for a PIN and gives it to somebody.
    pub(super) fn set(&self, person: Person, pin_stdin: bool) -> Result<String, Exit> {
        let again = self.texts.get("pin-again");
        let from = ("--pin-stdin", pin_stdin);
        loop {
            let prompt = self.texts.get("pin-prompt");
            let pin = secret::ask(self.texts, from, &prompt, Some(&again), |typed| self.pin(typed))?;
            let given = self.store.set_pin(person.clone(), pin, settings::operator());
            match self.runtime.block_on(given) {
                Ok(()) => break,
                // Whoever has another PIN in mind must not type it where it is shown.
                Err(SetPinError::PinTaken) if !pin_stdin => complain(&self.texts.get("pins-taken")),
                Err(error) => return Err(self.refuse(&error)),
            }
        }
        let role = self.texts.get(&format!("role-{}", person.role.name()));
        let said = [("name", Argument::Text(&person.name)), ("role", Argument::Text(&role))];
        Ok(self.texts.with("pin-set", &said))
    }

    /// The PIN that was typed, or what is wrong with it.
    fn pin(&self, typed: &str) -> Result<Pin, String> {
        match Pin::parse(typed) {
            Ok(pin) if pin.is_obvious() => Err(self.texts.get("pins-obvious")),
            Ok(pin) => Ok(pin),
            Err(_) => Err(self.texts.get("desk-pin-not-a-pin")),
        }
    }

    /// Says why somebody did not get a PIN.
    fn refuse(&self, error: &SetPinError) -> Exit {
        match error {
            SetPinError::Obvious => refuse(&self.texts.get("pins-obvious")),
            SetPinError::PinTaken => refuse(&self.texts.get("pins-taken")),
            SetPinError::NotHashed => refuse(&self.texts.get("pins-not-hashed")),
            SetPinError::NameTaken(name) => {
                refuse(&self.texts.with("pins-name-taken", &[("name", Argument::Text(name))]))
            }
            SetPinError::Visits(error) => refuse(error),
        }
    }

    fn remove(&self, name: &str) -> Result<String, Exit> {
        let removed = self.runtime.block_on(self.store.remove_pin(name, settings::operator()));
        match removed.map_err(|error| refuse(&error))? {
            Some(name) => Ok(self.texts.with("pin-removed", &[("name", Argument::Text(&name))])),
            None => Err(refuse(&self.texts.get("pin-nobody"))),
        }
    }

    /// Who has a PIN, one a line.
    pub(super) fn list(&self) -> Result<String, Exit> {
        let people = self.runtime.block_on(self.store.people()).map_err(|error| refuse(&error))?;
        let line = |person: Person| {
            format!("{}  {}", self.texts.get(&format!("role-{}", person.role.name())), person.name)
        };
        Ok(people.into_iter().map(line).collect::<Vec<_>>().join("\n"))
    }
}
