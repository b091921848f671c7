//! `hes-kiosk log backup`, `log restore` and `log rotate-keys`.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use clap::Args;
use icu_normalizer::ComposingNormalizerBorrowed;
use secrecy::{ExposeSecret, SecretString};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::Opened;
use crate::checkin;
use crate::command::{Exit, complain, output, refuse, secret};
use crate::draft::Draft;
use crate::export::{is_own_place, is_taken, make_place};
use crate::kiosk::language::{Argument, Texts};
use crate::settings::{self, Settings};
use crate::visits::{self, Act, Deed, ReplacementError, Seal, VisitsError};

/// So many characters a pass-phrase has at least.
const SHORTEST: usize = 12;

/// Where a backup goes.
#[derive(Debug, Args)]
pub(in crate::command) struct BackupArguments {
    /// The file. It appears whole or not at all, in the place of an earlier one, and is its owner's alone.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    pass_phrase: PassPhraseArguments,
}

/// Which backup takes the log's place.
#[derive(Debug, Args)]
pub(in crate::command) struct RestoreArguments {
    /// The backup.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    pass_phrase: PassPhraseArguments,
    #[command(flatten)]
    keys: KeysArguments,
    /// A seal of the log in place that was noted outside it: where the log is an older copy, what was erased since is not
    /// known.
    #[arg(long, value_name = "SEAL")]
    seal: Option<Seal>,
}

/// How the pass-phrase is given.
#[derive(Debug, Args)]
struct PassPhraseArguments {
    /// Read the pass-phrase from the first line of standard input.
    #[arg(long)]
    pass_phrase_stdin: bool,
}

/// Where new keys go.
#[derive(Debug, Args)]
pub(in crate::command) struct KeysArguments {
    /// Write the new keys into this file, for `systemd-creds encrypt` or the keyring, and not into the key file.
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
}

/// A pass-phrase of fewer different characters is soon guessed.
const FEWEST_KINDS: usize = 6;

/// So many of its characters do not repeat the one before, nor go on from it as in 123.
const FEWEST_STEPS: usize = 9;

impl PassPhraseArguments {
    /// Asks for the pass-phrase; twice where a slip could never be mended.
    fn ask(&self, texts: &Texts, twice: bool) -> Result<SecretString, Exit> {
        let again = twice.then(|| texts.get("pin-again"));
        let from = ("--pass-phrase-stdin", self.pass_phrase_stdin);
        secret::ask(texts, from, &texts.get("pass-phrase-prompt"), again.as_deref(), |typed| {
            let pass_phrase = composed(typed);
            let said = pass_phrase.expose_secret();
            // SQLCipher takes what begins like this for a key, not for a pass-phrase.
            if said.chars().count() < SHORTEST || said.starts_with("x'") || said.contains('\0') {
                return Err(texts.get("pass-phrase-short"));
            }
            if twice && is_soon_guessed(said) {
                return Err(texts.get("pass-phrase-obvious"));
            }
            Ok(pass_phrase)
        })
    }
}

/// Whether a pass-phrase has fewer than 12 characters that are seen, or few of its characters are different, or do anything
/// but go on from the one before.
fn is_soon_guessed(pass_phrase: &str) -> bool {
    let seen = |c: &char| !c.is_whitespace() && !visits::is_hidden(*c);
    let seen: Vec<u32> = pass_phrase.chars().filter(seen).map(u32::from).collect();
    let kinds: HashSet<&u32> = seen.iter().collect();
    let goes_on = |pair: &&[u32]| pair[0].abs_diff(pair[1]) <= 1;
    let going_on = seen.windows(2).filter(goes_on).count();
    seen.len() < SHORTEST || kinds.len() < FEWEST_KINDS || seen.len() - going_on < FEWEST_STEPS
}

/// A keyboard may write ü as one character, another as two: the key is made of one form.
fn composed(text: &str) -> SecretString {
    SecretString::from(ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned())
}

pub(super) fn back_up(opened: &Opened, arguments: &BackupArguments) -> Exit {
    let file = &arguments.file;
    if is_taken(file) || is_own_place(&opened.visits, file) {
        return refuse(&format!(
            "{}: this is no place for a backup: a link, something else that is no file, or the log's own folder",
            file.display()
        ));
    }
    let pass_phrase = match arguments.pass_phrase.ask(opened.texts, true) {
        Ok(pass_phrase) => pass_phrase,
        Err(exit) => return exit,
    };
    let failed = |error: io::Error| format!("{}: the backup cannot be written: {error}", file.display());
    let is_ended = Arc::new(AtomicBool::new(false));
    let placed = make_place(&opened.visits, file).and_then(|()| Draft::begin(file));
    let written = placed.map_err(failed).and_then(|(draft, _)| {
        let signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).map_err(failed)?;
        secret::leave_interrupts();
        let told = Arc::clone(&is_ended);
        let copied = visits::back_up(&opened.visits, &pass_phrase, &draft, |end| {
            end_by_signal(signals, told, end);
        });
        if is_ended.load(Ordering::Relaxed) {
            return Err("ended; there is no backup".to_owned());
        }
        let seal = copied.map_err(|error| match error {
            // Of the log is only read.
            VisitsError::DiskFull => failed(io::ErrorKind::StorageFull.into()),
            error => error.to_string(),
        })?;
        // Nobody has the backup before the log knows of it.
        let deed = Deed::BackedUp { records: seal.sequence, seal: seal.to_string() };
        let noted = opened.store.append_act(Act::now(settings::operator(), deed));
        opened.runtime.block_on(noted).map_err(|error| error.to_string())?;
        draft.publish(file).map_err(failed)?;
        Ok(seal)
    });
    match written {
        Ok(seal) => {
            let name = file.display().to_string();
            let said = [("records", Argument::Number(seal.sequence)), ("file", Argument::Text(&name))];
            output::print_line(&opened.texts.with("log-backed-up", &said)).unwrap_or(Exit::Success)
        }
        Err(error) => {
            complain(&error);
            if is_ended.load(Ordering::Relaxed) { Exit::Interrupted } else { Exit::NotRecorded }
        }
    }
}

/// Lets a signal end what is being written, so that no part of it stays behind.
fn end_by_signal(mut signals: Signals, is_ended: Arc<AtomicBool>, end: Box<dyn Fn() + Send>) {
    thread::spawn(move || {
        for _ in signals.forever() {
            is_ended.store(true, Ordering::Relaxed);
            end();
        }
    });
}

pub(super) fn restore(config: Option<&Path>, arguments: &RestoreArguments) -> Exit {
    replace(config, &arguments.keys, |check_in, texts, keys| {
        let pass_phrase = arguments.pass_phrase.ask(texts, false)?;
        let restored = visits::restore(
            &check_in.visits,
            check_in.environment,
            &arguments.file,
            &pass_phrase,
            settings::operator(),
            keys,
            arguments.seal,
        );
        let restored = restored.map_err(|error| match error {
            ReplacementError::NotTheDemos => refuse(&texts.get("log-not-the-demos")),
            ReplacementError::TheDemos => refuse(&texts.get("log-the-demos")),
            error => exit_of(&error),
        })?;
        let path = check_in.visits.path.display().to_string();
        let said = [
            ("path", Argument::Text(&path)),
            ("records", Argument::Number(restored.seal.sequence)),
            ("file", Argument::Text(restored.aside.as_deref().unwrap_or("-"))),
        ];
        let erased = match restored.erased_again {
            None => Some(texts.get("log-restored-with-erased")),
            Some(0) => None,
            Some(records) => Some(texts.with("log-erased-again", &[("records", Argument::Number(records))])),
        };
        let is_all_known = restored.erased_again.is_none() || arguments.seal.is_some();
        let doubt = (!is_all_known).then(|| texts.get("log-restored-by-what-was-there"));
        let told =
            [Some(texts.with("log-restored", &said)), erased, doubt, Some(texts.get("log-restored-without"))];
        Ok(told.into_iter().flatten().collect::<Vec<_>>().join(" "))
    })
}

pub(super) fn rotate(config: Option<&Path>, arguments: &KeysArguments) -> Exit {
    replace(config, arguments, |checkin::Config { visits, .. }, texts, keys| {
        if !visits.path.exists() && !visits::has_vanished(&visits.path) {
            return Err(refuse(&super::none_yet(visits, texts)));
        }
        visits::rotate(visits, settings::operator(), keys).map_err(|error| exit_of(&error))?;
        Ok(texts.get("log-keys-rotated"))
    })
}

/// Replaces the log, which nobody may have open, and says so.
fn replace(
    config: Option<&Path>,
    arguments: &KeysArguments,
    work: impl FnOnce(&checkin::Config, &Texts, Option<&Path>) -> Result<String, Exit>,
) -> Exit {
    let settings = match Settings::load_without_service(config) {
        Ok(settings) => settings,
        Err(error) => return refuse(&error),
    };
    let (check_in, texts) = (&settings.check_in, Texts::for_staff(settings.screen.first_language));
    if let Some(keys) = &arguments.keys
        && (keys.exists() || is_own_place(&check_in.visits, keys))
    {
        return refuse(&format!("{}: this is no place for the keys, or there is a file", keys.display()));
    }
    let keys = arguments.keys.as_deref();
    let beside = keys.map(|keys| {
        let file = keys.display().to_string();
        format!(" {}", texts.with("log-keys-beside", &[("file", Argument::Text(&file))]))
    });
    match work(check_in, texts, keys) {
        Ok(text) => output::print_line(&(text + &beside.unwrap_or_default())).unwrap_or(Exit::Success),
        Err(exit) => exit,
    }
}

fn exit_of(error: &ReplacementError) -> Exit {
    complain(error);
    match error {
        ReplacementError::NotIntact { .. }
        | ReplacementError::Visits(VisitsError::Altered | VisitsError::Gone) => Exit::Refused,
        ReplacementError::Visits(VisitsError::AlreadyRunning | VisitsError::Busy | VisitsError::Linked)
        | ReplacementError::NotOpened(_)
        | ReplacementError::NotRead(_)
        | ReplacementError::NotTheDemos
        | ReplacementError::TheDemos
        | ReplacementError::KeysElsewhere => Exit::Usage,
        ReplacementError::Visits(_) => Exit::NotRecorded,
    }
}
