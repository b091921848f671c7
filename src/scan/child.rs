//! Child processes of this program: how they are started, and that they never outlive their parent.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a killed child may take to be gone before its remains are left to the system.
const REAPING_LIMIT: Duration = Duration::from_secs(1);

/// The parent named in the arguments is not (or no longer) this process's parent.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the process that started this one is gone")]
pub struct Orphaned;

/// This program, to be started as a child: on Linux by a path that holds after the file was replaced.
pub fn program() -> PathBuf {
    if cfg!(target_os = "linux") {
        PathBuf::from("/proc/self/exe")
    } else {
        std::env::current_exe().unwrap_or_else(|_| PathBuf::from("hes-kiosk"))
    }
}

/// A hidden command of `program`, with an empty environment and pipes for standard input and output.
///
/// The calling thread must live for as long as the child: on Linux the child dies with this *thread*.
pub(super) fn command(program: &Path, name: &str) -> Command {
    let mut command = Command::new(program);
    command
        .arg(name)
        .arg("--parent")
        .arg(std::process::id().to_string())
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// Kills `child`, even where it is stopped, and reaps it.
pub(super) fn kill(child: &mut Child) {
    // Fails only where the child has ended already.
    let _ = child.kill();
    let deadline = Instant::now() + REAPING_LIMIT;
    // A process inside a driver's uninterruptible call can't be waited for without a limit.
    while matches!(child.try_wait(), Ok(None)) && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(2));
    }
}

/// The first act of each child: it will be killed when its parent, the process `parent`, dies.
///
/// # Errors
/// [`Orphaned`] where the parent died before this was arranged; the child then has to end.
#[cfg(target_os = "linux")]
pub fn die_with_parent(parent: u32) -> Result<(), Orphaned> {
    use rustix::process::{Pid, Signal, getppid, set_parent_process_death_signal};

    set_parent_process_death_signal(Some(Signal::KILL)).map_err(|_| Orphaned)?;
    let actual = getppid().map(Pid::as_raw_nonzero).map(|pid| pid.get().unsigned_abs());
    if actual == Some(parent) { Ok(()) } else { Err(Orphaned) }
}

/// The first act of each child. Where the system has no parent-death signal, children end when their
/// standard input does.
///
/// # Errors
/// None here.
#[cfg(not(target_os = "linux"))]
pub fn die_with_parent(_parent: u32) -> Result<(), Orphaned> {
    Ok(())
}
