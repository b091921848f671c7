//! `hes-kiosk onboarding`: from the access form to the live service.

mod checklist;
mod go_live;
mod identity_number;
mod letter;
mod report;
mod verify;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::conversation::Conversation;
use super::{Exit, output, refuse};
use crate::kiosk::language::Texts;
use crate::settings::SettingsFile;

/// The steps of the Ministry's procedure.
#[derive(Debug, Subcommand)]
pub(super) enum OnboardingCommand {
    /// Print who may apply, the steps, and what the settings lack.
    Checklist,
    /// Write the official letter that names the authorised person, from the settings and what is asked.
    ///
    /// It asks for the institution, the person's first name, last name and identity number, and the number of employees;
    /// where standard input is no terminal its lines are the answers. The identity number stands in the letter alone.
    Letter(LetterArguments),
    /// Ask the test service by each method that the settings use, and write a report to mail.
    ///
    /// The report has neither credentials nor whole codes. Exit status: 0 passed, 1 not passed.
    Verify(VerifyArguments),
    /// Change from the test service to the live one, once `verify` has passed with these settings.
    ///
    /// The live service is asked first, by a question about nobody: only where it does not reject the credentials do
    /// address and credentials change, together. Exit status: 0 changed, 1 rejected, 3 nobody can tell; then nothing
    /// has changed.
    GoLive,
}

/// Where the letter goes.
#[derive(Debug, Args)]
pub(super) struct LetterArguments {
    /// The file of the letter.
    #[arg(long, value_name = "FILE", default_value = "hes-access-letter.txt")]
    out: PathBuf,
}

/// What is asked about, and where the report goes.
#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    /// The file with codes of the test service, one a line; behind it the reason that is expected of the decision,
    /// such as riskless, risky, code_not_found or code_expired, where one is.
    #[arg(long, value_name = "FILE")]
    codes: PathBuf,
    /// The file of the report [default: hes-kiosk-test-DATE-TIME.txt]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(config: Option<&Path>, command: &OnboardingCommand) -> Exit {
    match done(config, command) {
        Ok((text, exit)) => output::print_found(&text, exit),
        Err(exit) => exit,
    }
}

fn done(config: Option<&Path>, command: &OnboardingCommand) -> Result<(String, Exit), Exit> {
    let file = SettingsFile::read(config).map_err(|error| refuse(&error))?;
    let texts = Texts::for_staff(file.first_language().map_err(|error| refuse(&error))?);
    match command {
        OnboardingCommand::Checklist => checklist::text(&file, texts).map(|text| (text, Exit::Success)),
        OnboardingCommand::Letter(arguments) => {
            letter::write(&file, &Conversation::begin(texts), texts, &arguments.out)
                .map(|text| (text, Exit::Success))
        }
        OnboardingCommand::Verify(arguments) => verify::run(&file, texts, arguments),
        OnboardingCommand::GoLive => go_live::run(&file, texts),
    }
}
