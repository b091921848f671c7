//! What the owner alone may read: files, folders, and the process's own memory. The one place that knows
//! the system's permissions.

mod access;

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

#[cfg(unix)]
pub use access::group_of;
pub use access::{
    Denial, Want, denial, is_administrator, is_changeable_by_others, is_forbidden, nearest_folder, user_name,
};

/// Makes a folder, and those above it that are missing, for its owner alone.
///
/// # Errors
/// Those of the file system.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        create_folder(above)?;
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) => Err(error),
        Ok(()) => hand_over(folder),
    }
}

/// Opens a file for reading and writing and makes it, for its owner alone, where it is missing.
///
/// # Errors
/// Those of the file system.
pub fn open_file(path: &Path) -> io::Result<File> {
    create_or_open(path, creating().write(true))
}

/// As [`open_file`], but only a regular file, to be read, too: whoever reads another may wait for ever.
///
/// # Errors
/// Those of the file system; [`io::ErrorKind::InvalidInput`] where something else has the name.
pub fn open_to_change(path: &Path) -> io::Result<File> {
    let file = create_or_open(path, creating().write(true))?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_regular()) }
}

/// Opens a regular file to read it, and waits for no other.
///
/// # Errors
/// Those of the file system; [`io::ErrorKind::InvalidInput`] where something else has the name.
pub fn open_to_read(path: &Path) -> io::Result<File> {
    if fs::metadata(path)?.is_file() { File::open(path) } else { Err(not_regular()) }
}

/// Reads a text as [`open_to_read`] opens it.
///
/// # Errors
/// Those of [`open_to_read`], and what is read is no UTF-8.
pub fn read_to_string(path: &Path) -> io::Result<String> {
    io::read_to_string(open_to_read(path)?)
}

fn not_regular() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file")
}

/// As [`open_file`], but only a regular file under this very name.
///
/// # Errors
/// Those of the file system; [`io::ErrorKind::InvalidInput`] where something else has the name.
pub fn open_file_itself(path: &Path) -> io::Result<File> {
    let is_other = fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file());
    if is_other {
        return Err(not_regular());
    }
    let mut options = creating();
    // Whoever puts a link there meanwhile leads nowhere.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        rustix::fs::OFlags::NOFOLLOW.bits().cast_signed(),
    );
    create_or_open(path, options.write(true))
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
    let file = creating().write(true).create_new(true).open(path)?;
    hand_over(path)?;
    Ok(file)
}

/// What is made is handed over; what is there already stays as it is, whoever put it there.
fn create_or_open(path: &Path, options: &OpenOptions) -> io::Result<File> {
    match options.clone().create_new(true).open(path) {
        Err(_) => options.open(path),
        Ok(file) => {
            hand_over(path)?;
            Ok(file)
        }
    }
}

/// Gives what the system's administrator just made to the owner of the folder: the kiosk runs as that user, and is to
/// read and delete it.
fn hand_over(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if rustix::process::geteuid().is_root() {
        use std::os::unix::fs::{MetadataExt, lchown};
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let owner = fs::metadata(folder.unwrap_or(Path::new(".")))?;
        if owner.uid() != 0 {
            lchown(path, Some(owner.uid()), Some(owner.gid()))?;
        }
    }
    Ok(())
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
    fn what_the_administrator_makes_is_the_owners_of_the_folder() {
        use std::os::unix::fs::{MetadataExt, chown};
        let folder = tempfile::tempdir().unwrap();
        if rustix::process::geteuid().is_root() {
            chown(folder.path(), Some(12345), Some(12345)).unwrap();
        }
        let owner = fs::metadata(folder.path()).unwrap().uid();
        let (below, made, opened) =
            (folder.path().join("one/two"), folder.path().join("made"), folder.path().join("one/two/opened"));
        create_folder(&below).unwrap();
        create_file(&made).unwrap();
        open_file(&opened).unwrap();
        let owners = [below, made, opened].map(|path| fs::metadata(path).unwrap().uid());
        assert_eq!(owners, [owner; 3]);
    }

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
