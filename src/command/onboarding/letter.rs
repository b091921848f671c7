//! The official letter to the Ministry. It is in Turkish, whatever the language of the conversation.

use std::path::Path;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::identity_number::IdentityNumber;
use crate::command::conversation::Conversation;
use crate::command::{Exit, complain, refuse};
use crate::kiosk::language::{Argument, Texts, local};
use crate::settings::SettingsFile;
use crate::visits::is_hidden;

/// The longest name in characters.
const LONGEST: usize = 200;

/// An institution with fewer employees gets the service only where it is of the state's central organisation.
const FEWEST_EMPLOYEES: u32 = 500;

pub(super) fn write(
    file: &SettingsFile,
    conversation: &Conversation<'_>,
    texts: &Texts,
    path: &Path,
) -> Result<String, Exit> {
    let controller = file.controller().map_err(|error| refuse(&error))?;
    let institution = match controller {
        Some(controller) => controller,
        None => name(conversation, texts, "letter-institution")?,
    };
    let first_name = name(conversation, texts, "letter-first-name")?;
    let last_name = name(conversation, texts, "letter-last-name")?;
    let identity_number = identity_number(conversation, texts)?;
    let employees = employees(conversation, texts)?;
    let letter = SecretString::from(format!(
        include_str!("../../../assets/access-letter.txt"),
        date = local(Timestamp::now()).strftime("%d.%m.%Y"),
        institution = institution,
        first_name = first_name,
        last_name = last_name,
        identity_number = identity_number.reveal(),
        employees = employees,
    ));
    conversation.write_file(path, letter.expose_secret())?;
    Ok(texts.with("letter-written", &[("file", Argument::Text(&path.display().to_string()))]))
}

/// A name as somebody writes it. Whoever slips is asked again: the next answer must not go to a shell.
fn name(conversation: &Conversation<'_>, texts: &Texts, key: &str) -> Result<String, Exit> {
    loop {
        let name = conversation.ask(key)?;
        if (1..=LONGEST).contains(&name.chars().count()) && !name.contains(is_hidden) {
            return Ok(name);
        }
        conversation.ask_again(&texts.get("letter-no-name"))?;
    }
}

/// The authorised person's identity number. Whoever slips is asked again.
fn identity_number(conversation: &Conversation<'_>, texts: &Texts) -> Result<IdentityNumber, Exit> {
    loop {
        let typed = conversation.ask_unseen("letter-identity-number")?;
        if let Some(number) = IdentityNumber::parse(&typed) {
            return Ok(number);
        }
        conversation.ask_again(&texts.get("letter-no-identity-number"))?;
    }
}

/// The number of employees, those of all branches under one tax number. Whoever slips is asked again.
fn employees(conversation: &Conversation<'_>, texts: &Texts) -> Result<u32, Exit> {
    loop {
        let typed = conversation.ask("letter-employees")?;
        if let Ok(employees) = typed.replace(['.', ' '], "").parse() {
            if employees < FEWEST_EMPLOYEES {
                complain(&texts.get("letter-few-employees"));
            }
            return Ok(employees);
        }
        conversation.ask_again(&texts.get("letter-no-employees"))?;
    }
}
