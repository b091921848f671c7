//! `hes-kiosk log`: the visit log.

mod backup;
mod export;
mod filter;
mod list;
mod rights;
mod stats;
mod verify;

use std::path::Path;

use clap::Subcommand;
use tokio::runtime::Runtime;

use filter::FilterArguments;

use super::Exit;
use crate::kiosk::language::{Argument, Texts};
use crate::settings::Settings;
use crate::visits::{Config, Lost, Reader, Store, Use, VisitsError, has_vanished};

/// What is done with the visit log.
#[derive(Debug, Subcommand)]
pub(super) enum LogCommand {
    /// Print the visits, oldest first.
    ///
    /// Times for people are those of the entrance's clock, with its offset; JSON has UTC. That somebody looked is not
    /// recorded.
    List(list::ListArguments),
    /// Write the visits into a file. That somebody did is recorded before the file gets its name.
    ///
    /// Exit status: 0 the file is there, 1 it is there without records that cannot be read, 2 the arguments are refused,
    /// 4 it could not be written or recorded.
    Export(export::ExportArguments),
    /// Print what the visits come to: by day, hour, decision, reason and how the code was shown, and how long the
    /// service took. Days and hours are those of the entrance's clock.
    Stats(stats::StatsArguments),
    /// Print what is known of a code, oldest first. That somebody asked is recorded.
    Find(rights::FindArguments),
    /// Delete what is known of a code, for the person whose code it is. The visits keep their places, and a receipt
    /// says that their contents were deleted, when and why.
    Erase(rights::EraseArguments),
    /// Delete what is older, now, and leave a receipt.
    Purge(rights::PurgeArguments),
    /// Look at each record: whether it is what was written and where it was written.
    ///
    /// Exit status: 0 the log is intact, 1 it is not; each record that is not is named, and so is what was made of the
    /// log's tables. Where those were altered no other command does anything with the log.
    Verify(verify::VerifyArguments),
    /// Write an encrypted copy of the log, beside a running kiosk, that a recovery pass-phrase alone opens.
    ///
    /// The pass-phrase is asked for and stored nowhere: without it the copy cannot be read. Exit status: 0 the file
    /// is there, 2 the arguments are refused, 4 it could not be written or recorded.
    Backup(backup::BackupArguments),
    /// Put a backup into the log's place, and set the log aside that is there. No kiosk may be running.
    ///
    /// Exit status: 0 it is there, 1 the backup is not intact, 2 it was refused, 4 it could not be written; where it
    /// is not 0 the log is as it was.
    Restore(backup::RestoreArguments),
    /// Give the log new keys. No kiosk may be running.
    ///
    /// Earlier records are found as before. What `bulk --hold` held is held no longer: run it again.
    RotateKeys(backup::KeysArguments),
    /// Print the seal of the last record.
    ///
    /// Keep it where nobody who can write the log can change it: `log verify --seal` tells by it whether the log was
    /// cut, or an older copy of it put back.
    Seal,
}

impl LogCommand {
    /// Which records it is about, where it is about some of them.
    fn filter(&self) -> Option<&FilterArguments> {
        match self {
            Self::List(arguments) => Some(&arguments.filter),
            Self::Export(arguments) => Some(&arguments.filter),
            Self::Stats(arguments) => Some(&arguments.filter),
            _ => None,
        }
    }
}

/// An open log, and what a command needs besides.
struct Opened {
    store: Store,
    /// Where it is, for a connection that only reads.
    visits: Config,
    texts: &'static Texts,
    runtime: Runtime,
}

impl Opened {
    /// Opens the log. The exit status is `of_no_log` where there is none, and that of a failure where it cannot be
    /// opened.
    fn open(config: Option<&Path>, of_no_log: Option<Exit>) -> Result<Self, Exit> {
        let (visits, texts) = existing(config, of_no_log)?;
        let store = Store::open(visits.clone(), Use::Log).map_err(|error| exit_of(&error))?;
        tell_what_is_lost(&visits, texts).map_err(|error| exit_of(&error))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| super::refuse(&error))?;
        Ok(Self { store, visits, texts, runtime })
    }
}

/// Says why the log cannot be opened. One that is gone is not intact.
fn exit_of(error: &VisitsError) -> Exit {
    match error {
        VisitsError::Gone => {
            super::complain(error);
            Exit::Refused
        }
        error => super::refuse(error),
    }
}

/// Says what is not in the log, so that nobody takes what is for all.
fn tell_what_is_lost(visits: &Config, texts: &Texts) -> Result<(), VisitsError> {
    for Lost { sequence, file } in Reader::open(visits)?.lost(visits)? {
        let key = if file.is_some() { "log-fault-set_aside" } else { "log-fault-missing" };
        let (sequence, file) = (sequence.to_string(), file.unwrap_or_default());
        let said = [("sequence", Argument::Text(&sequence)), ("said", Argument::Text(&file))];
        super::complain(&texts.with(key, &said));
    }
    Ok(())
}

/// Where the log is, or was, and staff's texts. The exit status is `of_no_log` where there never was one: looking makes no
/// log.
fn existing(config: Option<&Path>, of_no_log: Option<Exit>) -> Result<(Config, &'static Texts), Exit> {
    let settings = Settings::load_without_service(config).map_err(|error| super::refuse(&error))?;
    let visits = settings.check_in.visits;
    let texts = Texts::for_staff(settings.screen.first_language);
    match visits.path.try_exists() {
        Ok(is_there) if is_there || has_vanished(&visits.path) => Ok((visits, texts)),
        Ok(_) => {
            super::complain(&none_yet(&visits, texts));
            Err(of_no_log.unwrap_or(Exit::Usage))
        }
        Err(error) => Err(super::refuse(&format!("{}: {error}", visits.path.display()))),
    }
}

fn none_yet(visits: &Config, texts: &Texts) -> String {
    texts.with("log-none-yet", &[("path", Argument::Text(&visits.path.display().to_string()))])
}

pub(super) fn run(config: Option<&Path>, command: &LogCommand) -> Exit {
    if let Some(Err(exit)) = command.filter().map(|filter| filter.check(config)) {
        return exit;
    }
    match command {
        LogCommand::Restore(arguments) => return backup::restore(config, arguments),
        LogCommand::RotateKeys(arguments) => return backup::rotate(config, arguments),
        LogCommand::Verify(arguments) => return verify::run(config, arguments),
        _ => {}
    }
    let of_no_log = matches!(command, LogCommand::List(_)).then_some(Exit::Success);
    let opened = match Opened::open(config, of_no_log) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    match command {
        LogCommand::List(arguments) => list::run(&opened, arguments),
        LogCommand::Export(arguments) => export::run(&opened, arguments),
        LogCommand::Stats(arguments) => stats::run(&opened, arguments),
        LogCommand::Find(arguments) => rights::find(&opened, arguments),
        LogCommand::Erase(arguments) => rights::erase(&opened, arguments),
        LogCommand::Purge(arguments) => rights::purge(&opened, arguments),
        LogCommand::Backup(arguments) => backup::back_up(&opened, arguments),
        LogCommand::Restore(_) | LogCommand::RotateKeys(_) | LogCommand::Verify(_) => Exit::Usage,
        LogCommand::Seal => verify::seal(&opened),
    }
}
