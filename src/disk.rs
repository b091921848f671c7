//! How much room is left where something is written.

use std::path::Path;

/// With less room than this it is time to make some, in mebibytes: a busy day of the log, a backup and an export.
pub const LOW: u64 = 512;

/// How many mebibytes are free where a folder lies; `None` where the system does not tell. Blocks on the disk.
#[cfg(unix)]
pub fn free_mebibytes(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    // A disk without room for another file's name is as full.
    let has_names = disk.f_files == 0 || disk.f_favail > 0;
    Some(if has_names { (disk.f_bavail * disk.f_frsize) >> 20 } else { 0 })
}

/// How many mebibytes are free where a folder lies; `None` where the system does not tell. Blocks on the disk.
#[cfg(not(unix))]
pub fn free_mebibytes(_folder: &Path) -> Option<u64> {
    None
}
