//! What the user that the program runs as may do, and why not.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What is wanted of a file or a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// To read a file.
    Read,
    /// To read and write a file.
    Write,
    /// To read a folder, and to make and remove what is in it.
    Fill,
}

/// Why it cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// What keeps this user out: the path, or a folder above it.
    pub path: PathBuf,
    /// To whom that belongs, where it is another user; else its mode keeps even its owner out.
    pub owner: Option<String>,
}

/// Why this user cannot do what is wanted; `None` where it can. What the administrator may do whatever the mode says,
/// the kiosk's user may not: there the mode has to allow it, too.
///
/// # Errors
/// Those of the file system, where there is no such path, too.
#[cfg(unix)]
pub fn denial(path: &Path, want: Want) -> io::Result<Option<Denial>> {
    use std::os::unix::fs::MetadataExt;

    use rustix::fs::{Access, access};

    let metadata = match (fs::metadata(path), path.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::PermissionDenied => {
            return denial(folder, Want::Fill);
        }
        (found, _) => found?,
    };
    let (bits, wanted) = match want {
        Want::Read => (0o400, Access::READ_OK),
        Want::Write => (0o600, Access::READ_OK | Access::WRITE_OK),
        Want::Fill => (0o700, Access::READ_OK | Access::WRITE_OK | Access::EXEC_OK),
    };
    let user = rustix::process::geteuid();
    let is_denied_by_mode = user.is_root() && metadata.mode() & bits != bits;
    if access(path, wanted).is_ok() && !is_denied_by_mode {
        return Ok(None);
    }
    let is_anothers = !user.is_root() && metadata.uid() != user.as_raw();
    let owner = is_anothers.then(|| name_of("/etc/passwd", metadata.uid()));
    Ok(Some(Denial { path: path.to_owned(), owner }))
}

/// Whether this user, whatever a mode says to the administrator, may not read and write a file that is there.
pub fn is_forbidden(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use rustix::fs::{Access, access};
        let permitted = access(path, Access::READ_OK | Access::WRITE_OK);
        let kind = permitted.err().map(|error| io::Error::from(error).kind());
        matches!(kind, Some(io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem))
    }
    #[cfg(not(unix))]
    return fs::metadata(path).is_ok_and(|file| file.permissions().readonly());
}

#[cfg(not(unix))]
pub fn denial(path: &Path, _want: Want) -> io::Result<Option<Denial>> {
    fs::metadata(path).map(|_| None)
}

/// The folder, or the nearest one above it that is there.
pub fn nearest_folder(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    absolute.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("/")).to_owned()
}

/// Whether others than its owner may change a file.
///
/// # Errors
/// Those of the file system.
pub fn is_changeable_by_others(path: &Path) -> io::Result<bool> {
    #[cfg(unix)]
    let is = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path)?.permissions()) & 0o022 != 0;
    #[cfg(not(unix))]
    let is = fs::metadata(path).map(|_| false)?;
    Ok(is)
}

/// The group whose members may use a device.
#[cfg(unix)]
pub fn group_of(device: &Path) -> Option<String> {
    let group = std::os::unix::fs::MetadataExt::gid(&fs::metadata(device).ok()?);
    Some(name_of("/etc/group", group))
}

/// The name of the user that the program runs as.
pub fn user_name() -> String {
    #[cfg(unix)]
    return name_of("/etc/passwd", rustix::process::geteuid().as_raw());
    #[cfg(not(unix))]
    return "%USERNAME%".to_owned();
}

/// Whether the program runs as the system's administrator.
pub fn is_administrator() -> bool {
    #[cfg(unix)]
    return rustix::process::geteuid().is_root();
    #[cfg(not(unix))]
    return false;
}

/// The name that one of the system's lists has for a number; the number where it has none.
#[cfg(unix)]
fn name_of(list: &str, number: u32) -> String {
    let text = fs::read_to_string(list).unwrap_or_default();
    let number = number.to_string();
    let named = text.lines().map(|line| line.split(':')).find_map(|mut parts| {
        let name = parts.next()?;
        (parts.nth(1)? == number).then(|| name.to_owned())
    });
    named.unwrap_or(number)
}
