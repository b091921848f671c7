//! `hes-kiosk pin`: who may work at the desk.

use std::path::Path;

use clap::{Args, Subcommand};
use secrecy::ExposeSecret;
use tokio::runtime::Runtime;

use super::{Exit, output, refuse, secret};
use crate::kiosk::language::{Argument, Texts};
use crate::settings::{self, Settings};
use crate::visits::{Person, Pin, PinChange, Role, Store, Use, person_name};

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
    let settings = Settings::load(config).map_err(|error| refuse(&error))?;
    let texts = Texts::for_staff(settings.screen.first_language);
    let store = Store::open(settings.check_in.visits, Use::Command).map_err(|error| refuse(&error))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| refuse(&error))?;
    match command {
        PinCommand::Set(arguments) => set(&store, &runtime, texts, arguments),
        PinCommand::Remove(NameArguments { name }) => {
            let change = PinChange::Removed(name.clone());
            let removed = runtime.block_on(store.change_people(change, settings::operator()));
            match removed.map_err(|error| refuse(&error))? {
                true => Ok(texts.with("pin-removed", &[("name", Argument::Text(name))])),
                false => Err(refuse(&"nobody of this name has a PIN")),
            }
        }
        PinCommand::List => {
            let people = runtime.block_on(store.people()).map_err(|error| refuse(&error))?;
            let line = |person: Person| {
                format!("{}  {}", texts.get(&format!("role-{}", person.role.name())), person.name)
            };
            Ok(people.into_iter().map(line).collect::<Vec<_>>().join("\n"))
        }
    }
}

fn set(store: &Store, runtime: &Runtime, texts: &Texts, arguments: &SetArguments) -> Result<String, Exit> {
    let SetArguments { name: NameArguments { name }, role, pin_stdin } = arguments;
    let again = texts.get("pin-again");
    let typed = secret::ask(*pin_stdin, &texts.get("pin-prompt"), Some(&again))?;
    let pin = Pin::parse(typed.expose_secret()).map_err(|error| refuse(&error))?;
    let person = Person { name: name.clone(), role: *role };
    let given = store.set_pin(person, pin, settings::operator());
    runtime.block_on(given).map_err(|error| refuse(&error))?;
    let role = texts.get(&format!("role-{}", role.name()));
    Ok(texts.with("pin-set", &[("name", Argument::Text(name)), ("role", Argument::Text(&role))]))
}
