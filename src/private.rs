//! What the owner alone may read: files, folders, and the process's own memory. The one place that knows
//! the system's permissions.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a folder, and those above it that are missing, for its owner alone.
///
/// # Errors
/// Those of the file system.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Opens a file for reading and writing and makes it, for its owner alone, where it is missing.
///
/// # Errors
/// Those of the file system.
pub fn open_file(path: &Path) -> io::Result<File> {
    creating().write(true).truncate(false).open(path)
}

/// As [`open_file`], but only a regular file under this very name.
///
/// # Errors
/// Those of the file system; [`io::ErrorKind::InvalidInput`] where something else has the name.
pub fn open_file_itself(path: &Path) -> io::Result<File> {
    let is_other = fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file());
    if is_other {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    let mut options = creating();
    // Whoever puts a link there meanwhile leads nowhere.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        rustix::fs::OFlags::NOFOLLOW.bits().cast_signed(),
    );
    options.write(true).truncate(false).open(path)
}

/// How a file is opened to be appended to, and made, for its owner alone, where it is missing.
pub fn appending() -> OpenOptions {
    let mut options = creating();
    options.append(true);
    options
}

fn creating() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.read(true).create(true);
    options
}

/// Makes a file, for its owner alone, that must not be there.
///
/// # Errors
/// Those of the file system.
pub fn create_file(path: &Path) -> io::Result<File> {
    creating().write(true).create_new(true).open(path)
}

/// Takes a file away from others than its owner.
///
/// # Errors
/// Those of the file system.
pub fn make_private(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if is_exposed(path)? {
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    }
    Ok(())
}

/// Takes an open file away from others than its owner.
///
/// # Errors
/// Those of the file system.
pub fn make_file_private(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

/// Whether others than its owner may read or change a file.
///
/// # Errors
/// Those of the file system.
pub fn is_exposed(path: &Path) -> io::Result<bool> {
    #[cfg(unix)]
    let exposed = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path)?.permissions()) & 0o077 != 0;
    #[cfg(not(unix))]
    let exposed = fs::metadata(path).map(|_| false)?;
    Ok(exposed)
}

/// Keeps codes, keys and passwords out of core dumps.
pub fn forbid_core_dumps() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
        // The limit covers core files, the other one what the system pipes to a crash reporter.
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        let limited = setrlimit(Resource::Core, none).is_ok();
        let hidden = set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok();
        if !limited || !hidden {
            tracing::warn!("core dumps could not be turned off");
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_made_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (opened, appended) = (folder.path().join("opened"), folder.path().join("appended"));
        drop(open_file(&opened).unwrap());
        drop(appending().open(&appended).unwrap());
        for path in [opened, appended] {
            assert!(!is_exposed(&path).unwrap(), "{}", path.display());
        }
    }
}
