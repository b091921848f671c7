//! The library by which a program's disk fails and its clock is wrong; see `faults.c`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::sync::LazyLock;

/// The built library. It stays in the folder of what is built.
static LIBRARY: LazyLock<PathBuf> = LazyLock::new(|| {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/torture/faults.c");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (draft, library) = (folder.join(format!("faults.{}.so", process::id())), folder.join("libfaults.so"));
    let built = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).args([&draft, &source]).status();
    assert!(built.unwrap().success(), "the library of faults cannot be built");
    fs::rename(draft, &library).unwrap();
    library
});

/// What a disk does.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// The calls that fail, of `read`, `write`, `sync` and `truncate`.
    pub calls: &'static str,
    /// How: an error's number; 0, only half is written; the negative of an error's number, half is written, too.
    pub how: i32,
}

/// The disk of some programs: it fails in a folder once it is told to.
pub struct Disk {
    folder: PathBuf,
    control: PathBuf,
}

impl Disk {
    /// The disk that holds `folder`, controlled by a file at `control`.
    pub fn new(folder: &Path, control: PathBuf) -> Self {
        let disk = Self { folder: folder.to_owned(), control };
        disk.mend();
        disk
    }

    /// The variables of a program that has this disk.
    pub fn variables(&self) -> [(&'static str, &OsStr); 3] {
        [
            ("LD_PRELOAD", LIBRARY.as_os_str()),
            ("FAULTS", self.control.as_os_str()),
            ("FAULTS_IN", self.folder.as_os_str()),
        ]
    }

    /// From now on one in `one_in` of the calls fails.
    pub fn fail(&self, fault: Fault, one_in: u64) {
        self.say(&format!("{} {} {one_in}", fault.calls, fault.how));
    }

    /// From now on nothing fails.
    pub fn mend(&self) {
        self.say("");
    }

    fn say(&self, text: &str) {
        let draft = self.control.with_extension("draft");
        fs::write(&draft, text).unwrap();
        fs::rename(draft, &self.control).unwrap();
    }
}

/// The variables of a program whose clock is ahead by so many seconds.
pub fn clock(seconds: i64) -> [(&'static str, String); 2] {
    [("LD_PRELOAD", LIBRARY.display().to_string()), ("FAULTS_CLOCK", seconds.to_string())]
}
