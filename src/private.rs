//! Files and folders that their owner alone may read: the one place that knows the system's permissions.

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
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.read(true).write(true).create(true).truncate(false).open(path)
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
