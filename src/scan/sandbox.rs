//! What the processes that see give up for good before they look at what strangers show.
//!
//! | | scanner | decode worker |
//! | --- | --- | --- |
//! | files | to read devices, libraries and the program, or for a replay all; to write only what is in /dev | none |
//! | system calls | none of networks, of other processes' memory, of the kernel's administration | those to read a request, allocate and answer |
//! | memory | | 512 MiB of address space |
//!
//! Each process confines itself before its first thread and its first input: a camera is opened again and
//! again, so the scanner keeps what that takes, and nothing needs to be opened beforehand. What a scanner
//! gives up its worker can't have either.

#[cfg(target_os = "linux")]
mod linux;

use std::fmt;

#[cfg(target_os = "linux")]
pub use linux::{confine_scanner, confine_worker};

/// What was to hold a process back and does not, as the system has no such means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Files can be opened as before.
    pub files: bool,
    /// System calls can be made as before.
    pub calls: bool,
    /// There is no limit to memory where one was wanted.
    pub memory: bool,
}

impl Gaps {
    const ALL: Self = Self { files: true, calls: true, memory: true };

    /// One bit for each gap.
    pub fn bits(self) -> u8 {
        u8::from(self.files) | u8::from(self.calls) << 1 | u8::from(self.memory) << 2
    }

    /// The gaps of [`Gaps::bits`]; `None` for other numbers.
    pub fn from_bits(bits: u8) -> Option<Self> {
        let gaps = Self { files: bits & 1 != 0, calls: bits & 2 != 0, memory: bits & 4 != 0 };
        (bits <= Self::ALL.bits()).then_some(gaps)
    }
}

/// The means that lack, as their names are known to administrators.
impl fmt::Display for Gaps {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [(self.files, "Landlock"), (self.calls, "seccomp"), (self.memory, "a limit to memory")];
        let names: Vec<&str> = names.into_iter().filter_map(|(lacks, name)| lacks.then_some(name)).collect();
        formatter.write_str(&names.join(", "))
    }
}

/// Confines this process to what a scanner needs.
#[cfg(not(target_os = "linux"))]
pub fn confine_scanner(_source: &super::CameraSource) -> Gaps {
    Gaps { memory: false, ..Gaps::ALL }
}

/// Confines this process to what a decode worker needs.
#[cfg(not(target_os = "linux"))]
pub fn confine_worker() -> Gaps {
    Gaps::ALL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_combination_of_gaps_arrives_as_it_was_sent() {
        for bits in 0..8 {
            assert_eq!(Gaps::from_bits(bits).map(Gaps::bits), Some(bits));
        }
        assert_eq!(Gaps::from_bits(8), None);
    }

    #[test]
    fn what_lacks_is_named() {
        assert_eq!(Gaps { memory: false, ..Gaps::ALL }.to_string(), "Landlock, seccomp");
    }
}
