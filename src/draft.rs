//! A file that appears whole or not at all.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::private;

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
        path.push(".part");
        let path = PathBuf::from(path);
        let busy = || io::Error::new(ErrorKind::ResourceBusy, "another program is writing this file");
        let lock = |file: &File| match file.try_lock() {
            Ok(()) => Ok(()),
            Err(TryLockError::WouldBlock) => Err(busy()),
            Err(TryLockError::Error(error)) => Err(error),
        };
        // One that was left behind may be anybody's to read by now, and is not written on.
        let left = match fs::symlink_metadata(&path) {
            Ok(there) if there.is_file() => Some(File::open(&path)?),
            _ => None,
        };
        if let Some(left) = &left {
            lock(left)?;
            fs::remove_file(&path)?;
        }
        let file = private::create_file(&path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => busy(),
            _ => error,
        })?;
        lock(&file)?;
        let writing = file.try_clone()?;
        Ok((Self { path, file }, writing))
    }

    /// Where it lies until it gets its name.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Brings what is written by now to the disk.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn sync(&self) -> io::Result<()> {
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
