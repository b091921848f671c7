//! What lies beside the log lives no longer than it.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::SystemTime;

/// Deletes the files in a folder that were last written before `before`. Folders in it stay, as do the files of
/// which another program took care meanwhile.
///
/// # Errors
/// Those of the file system.
pub(super) fn delete_older_files(folder: &Path, before: SystemTime) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_file() && metadata.modified()? < before {
            match fs::remove_file(entry.path()) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => tracing::info!("a file in the folder of exports has reached its retention"),
            }
        }
    }
    Ok(())
}
