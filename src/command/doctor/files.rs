//! What the kiosk keeps on the disk: whether it may, whether there is room, and whether the keyring is open.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::slice;

use super::{Finding, Verdict, user};
use crate::disk::{LOW, free_mebibytes};
use crate::keyring;
use crate::private::{self, Want};
use crate::settings::{PasswordPlace, Settings, SettingsFile};
use crate::visits::{KeySource, files_of, marks_of};

/// With less room than this the next records may not find any, in mebibytes.
const FULL: u64 = 16;

/// Whether this user may use what belongs to the kiosk.
pub(super) fn permissions(file: &SettingsFile, settings: &Settings) -> Vec<Finding> {
    let visits = &settings.check_in.visits;
    let folder_of = |path: &Path| path.parent().unwrap_or(Path::new(".")).to_owned();
    let password = file.password_place(settings.check_in.environment).ok().flatten();
    let mut wanted = vec![
        (file.path().to_owned(), Want::Read),
        (folder_of(&visits.path), Want::Fill),
        (folder_of(&settings.log.path), Want::Fill),
        (settings.log.path.clone(), Want::Write),
        (visits.exports.clone(), Want::Fill),
    ];
    wanted.extend(visits.keys.files().into_iter().map(|path| (path, Want::Read)));
    if let Some(PasswordPlace::Named(path) | PasswordPlace::Own(path)) = password {
        wanted.push((path, Want::Read));
    }
    let mut findings: Vec<Finding> = Vec::new();
    // What lies beside the log is of no use without it, and is mended by the same command.
    let is_denied = |path: &PathBuf| matches!(private::denial(path, Want::Write), Ok(Some(_)));
    let log = files_of(&visits.path).into_iter().chain(marks_of(&visits.path));
    let denied: Vec<PathBuf> = log.filter(is_denied).collect();
    let of_log = denied.first().and_then(|path| forbidden(path, Want::Write, &denied));
    let others = wanted.iter().filter_map(|(path, want)| forbidden(path, *want, slice::from_ref(path)));
    for finding in others.chain(of_log) {
        // A folder above several of them is named once.
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    if private::is_changeable_by_others(file.path()).unwrap_or(false) {
        findings.push(Finding::failed("permissions", "permissions-exposed").with_path(file.path()));
    }
    if private::is_administrator() {
        findings.push(Finding::warned("permissions", "permissions-administrator"));
    }
    if findings.is_empty() {
        findings.push(Finding::passed("permissions", "permissions-right").with("user", user()));
    }
    findings
}

/// What keeps this user from a path, or, where a folder is not there yet, from making it. Where the path itself does, all
/// `files` are to be mended.
pub(super) fn forbidden(path: &Path, want: Want, files: &[PathBuf]) -> Option<Finding> {
    let denial = match private::denial(path, want) {
        Ok(denial) => denial,
        Err(_) if want == Want::Fill => private::denial(&private::nearest_folder(path), want).ok()?,
        // A file that is not there is made when it is needed, in a folder that is looked at, too.
        Err(_) => None,
    };
    let denial = denial?;
    let files = if denial.path == path { files } else { slice::from_ref(&denial.path) };
    let finding = match denial.owner {
        Some(owner) => Finding::failed("permissions", "permissions-owner").with("owner", owner),
        None if denial.path.is_dir() => Finding::failed("permissions", "permissions-folder"),
        None => Finding::failed("permissions", "permissions-mode"),
    };
    let files: Vec<String> = files.iter().map(|path| quoted(&path.display().to_string())).collect();
    Some(finding.with_path(&denial.path).with("files", files.join(" ")).with("user", user()))
}

/// The text as one word of a command that somebody gives to a shell.
fn quoted(text: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-+".contains(letter);
    if text.chars().all(is_plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// Whether the desktop's keyring is open, where something lies there.
pub(super) fn keyring(file: &SettingsFile, settings: &Settings) -> Vec<Finding> {
    let check_in = &settings.check_in;
    let mut names = BTreeSet::new();
    if let KeySource::Keyring(name) = &check_in.visits.keys {
        names.insert(name.clone());
    }
    if let Ok(Some(PasswordPlace::Keyring(name))) = file.password_place(check_in.environment) {
        names.insert(name);
    }
    if names.is_empty() {
        return Vec::new();
    }
    vec![if names.iter().all(|name| keyring::read(name).is_ok()) {
        Finding::passed("keyring", "keyring-open")
    } else {
        Finding::failed("keyring", "keyring-locked")
    }]
}

/// How much room is left where something is written.
pub(super) fn disk(settings: &Settings) -> Vec<Finding> {
    let visits = &settings.check_in.visits;
    let folders: BTreeSet<PathBuf> =
        [visits.path.parent(), Some(&visits.exports), settings.log.path.parent()]
            .into_iter()
            .flatten()
            .map(private::nearest_folder)
            .collect();
    let free = folders.iter().filter_map(|folder| Some((free_mebibytes(folder)?, folder)));
    let Some((free, folder)) = free.min() else {
        return vec![Finding::warned("disk", "disk-unknown")];
    };
    let (verdict, name) = match free {
        ..FULL => (Verdict::Failed, "disk-full"),
        FULL..LOW => (Verdict::Warned, "disk-low"),
        LOW.. => (Verdict::Passed, "disk-free"),
    };
    vec![Finding::new(verdict, "disk", name).with_path(folder).with("free", free)]
}
