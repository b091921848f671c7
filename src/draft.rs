//! A file that appears whole or not at all.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::private;

/// What the name of a draft has behind that of the file.
const ENDING: &str = ".part";

/// A file that has not its name yet, its owner's alone. What is never given it is removed.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    /// Locked, so that nobody else takes it for one that a killed program left behind.
    file: File,
}

impl Draft {
    /// Begins a file beside the place where it will be.
    ///
    /// # Errors
    /// Those of the file system; [`ErrorKind::ResourceBusy`] where another program is writing the same file.
    pub fn begin(output: &Path) -> io::Result<(Self, File)> {
        let mut path = output.as_os_str().to_owned();
        path.push(ENDING);
        let path = PathBuf::from(path);
        let busy = || io::Error::new(ErrorKind::ResourceBusy, "another program is writing this file");
        // One that was left behind may be anybody's to read by now, and is not written on.
        if fs::symlink_metadata(&path).is_ok_and(|there| there.is_file()) && !Self::remove_left(&path)? {
            return Err(busy());
        }
        let file = private::create_file(&path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => busy(),
            _ => error,
        })?;
        if !is_left(&file)? {
            return Err(busy());
        }
        let writing = file.try_clone()?;
        Ok((Self { path, file }, writing))
    }

    /// Whether this is the name of a draft.
    pub fn is_named(path: &Path) -> bool {
        path.as_os_str().as_encoded_bytes().ends_with(ENDING.as_bytes())
    }

    /// Removes a draft that a killed program left behind, and tells whether it was one: nobody writes it.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn remove_left(path: &Path) -> io::Result<bool> {
        let file = File::open(path)?;
        let is_left = is_left(&file)?;
        if is_left {
            fs::remove_file(path)?;
        }
        Ok(is_left)
    }

    /// Where it lies until it gets its name.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Has what was written so far brought to the disk, and waits for what that was asked for before: whoever waits for
    /// the disk elsewhere does not wait for all of this file.
    ///
    /// # Errors
    /// Those of the file system, which tells each but once.
    #[cfg(target_os = "linux")]
    #[allow(unsafe_code)]
    pub fn write_back(&self) -> io::Result<()> {
        use std::os::fd::AsRawFd;
        let flags = libc::SYNC_FILE_RANGE_WAIT_BEFORE | libc::SYNC_FILE_RANGE_WRITE;
        // SAFETY: it takes numbers alone, and the file is open. To sync would have each step wait for the file system's
        // journal, which the visit log waits for, too.
        let failed = unsafe { libc::sync_file_range(self.file.as_raw_fd(), 0, 0, flags) } != 0;
        if failed { Err(io::Error::last_os_error()) } else { Ok(()) }
    }

    /// Brings what was written so far to the disk.
    ///
    /// # Errors
    /// Those of the file system.
    #[cfg(not(target_os = "linux"))]
    pub fn write_back(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Gives the file its name, in the place of an earlier one.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn publish(self, output: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, output)?;
        let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

/// Locks a draft, and tells whether nobody else had done so.
fn is_left(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Under its own name it is not there any more.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_draft_that_was_left_behind_is_begun_anew_and_one_that_is_written_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("file");
        fs::write(folder.path().join("file.part"), "left behind").unwrap();
        let (draft, mut file) = Draft::begin(&output).unwrap();
        assert_eq!(Draft::begin(&output).unwrap_err().kind(), ErrorKind::ResourceBusy);
        file.write_all(b"new").unwrap();
        draft.publish(&output).unwrap();
        assert_eq!(fs::read(&output).unwrap(), b"new");
        assert!(!folder.path().join("file.part").exists());
    }

    #[test]
    fn what_gets_no_name_is_removed_and_the_earlier_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("file");
        fs::write(&output, "earlier").unwrap();
        drop(Draft::begin(&output).unwrap());
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!((left, fs::read(&output).unwrap()), (vec!["file".into()], b"earlier".to_vec()));
    }
}
