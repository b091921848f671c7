//! The visit log: whether it is intact and takes records, and who may work at the desk.

use super::{Finding, Verdict};
use crate::settings::Settings;
use crate::visits::{
    Config, Environment, Fault, KeyError, Role, Store, Use, VisitsError, has_vanished, verify,
};

/// Whether there is a log: looking makes none.
fn is_there(visits: &Config) -> bool {
    // Where nobody can tell, its opening says why.
    visits.path.try_exists().unwrap_or(true)
}

/// Looks at each record, and whether another could be written.
pub(super) fn log(settings: &Settings) -> Vec<Finding> {
    let visits = &settings.check_in.visits;
    let finding = match is_there(visits) {
        false if has_vanished(&visits.path) => Finding::failed("log", "log-gone"),
        false => Finding::passed("log", "log-not-yet"),
        true => match looked_at(visits) {
            Ok(finding) => finding,
            Err(error) => unusable(&error),
        },
    };
    vec![finding.with_path(&visits.path)]
}

fn looked_at(visits: &Config) -> Result<Finding, VisitsError> {
    let verification = verify(visits, None)?;
    if verification.faults == [Fault::Newer] {
        return Err(VisitsError::Newer);
    }
    if !verification.faults.is_empty() {
        let faults = verification.faults.len() as u64 + verification.unnamed;
        return Ok(Finding::failed("log", "log-not-intact").with("faults", faults));
    }
    with_store(visits, async |store| store.probe().await)?;
    if verification.overdue > 0 {
        return Ok(Finding::warned("log", "log-overdue").with("records", verification.overdue));
    }
    Ok(Finding::passed("log", "log-intact").with("records", verification.records))
}

/// What is wrong, and what helps against it.
fn unusable(error: &VisitsError) -> Finding {
    let (name, path) = match error {
        VisitsError::DiskFull => ("log-disk-full", None),
        VisitsError::NotWritable => ("log-not-writable", None),
        // The permissions have a line of their own, with what to do.
        VisitsError::Forbidden(file) => {
            return Finding::failed("log", "log-forbidden").with("file", file.display());
        }
        VisitsError::Disk => ("log-disk-failed", None),
        VisitsError::TimedOut => ("log-disk-silent", None),
        VisitsError::Unreadable => ("log-unreadable", None),
        VisitsError::Gone => ("log-gone", None),
        // The doctor decides on no visit.
        VisitsError::Busy | VisitsError::AlreadyRunning | VisitsError::Settled => ("log-busy", None),
        VisitsError::Linked => ("log-linked", None),
        VisitsError::Newer => ("log-newer", None),
        VisitsError::Altered => ("log-altered", None),
        VisitsError::Keys(error) => match error {
            KeyError::Missing(path) => ("log-keys-missing", Some(path)),
            KeyError::Unusable(path) => ("log-keys-unusable", Some(path)),
            KeyError::Malformed(path) => ("log-keys-malformed", Some(path)),
            KeyError::Exposed(path) => ("log-keys-exposed", Some(path)),
            KeyError::Changed => ("log-keys-changed", None),
            KeyError::BesideDatabase(path) => ("log-keys-beside", Some(path)),
            // The keyring has a line of its own.
            KeyError::KeyringUnusable => return Finding::warned("log", "log-keys-locked"),
            KeyError::KeyringEmpty | KeyError::KeyringMalformed => ("log-keys-not-in-keyring", None),
        },
    };
    let finding = Finding::failed("log", name);
    match path {
        Some(path) => finding.with("keys", path.display()),
        None => finding,
    }
}

/// Whether somebody can open the desk.
pub(super) fn pins(settings: &Settings) -> Vec<Finding> {
    let visits = &settings.check_in.visits;
    // Where the desk alone looks codes up, nobody comes in without it.
    let is_needed = settings.check_in.environment == Environment::Manual;
    let verdict = if is_needed { Verdict::Failed } else { Verdict::Warned };
    let nobody = || vec![Finding::new(verdict, "pins", "pins-none")];
    if !is_there(visits) {
        return nobody();
    }
    // Why a log cannot be opened has a line of its own.
    let Ok(people) = with_store(visits, async |store| store.people().await) else { return Vec::new() };
    if people.is_empty() {
        return nobody();
    }
    vec![if people.iter().any(|person| person.role == Role::Manager) {
        Finding::passed("pins", "pins-set").with("people", people.len())
    } else {
        Finding::warned("pins", "pins-no-manager")
    }]
}

/// Asks the log that is there.
pub(super) fn with_store<T>(
    visits: &Config,
    ask: impl AsyncFnOnce(&Store) -> Result<T, VisitsError>,
) -> Result<T, VisitsError> {
    let store = Store::open(visits.clone(), Use::Log)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| VisitsError::from_io(&error))?.block_on(ask(&store))
}
