//! Processes of this machine, as /proc tells of them.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

/// The fields of /proc/PID/stat from the state on; `None` where there is no such process.
pub fn status(pid: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    Some(rest.split_whitespace().map(str::to_owned).collect())
}

/// Whether a process does nothing any more, though its exit status may still wait for somebody.
pub fn is_gone(pid: u32) -> bool {
    status(pid).is_none_or(|status| status[0] == "Z")
}

/// The processes that `parent` started.
pub fn children(parent: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").unwrap();
    entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|&pid| !is_gone(pid))
        .filter(|&pid| status(pid).is_some_and(|status| status[1] == parent.to_string()))
        .collect()
}

/// Sends a signal.
pub fn send(number: u32, signal: Signal) {
    kill_process(pid(number), signal).unwrap();
}

/// The number as the system calls take it.
pub fn pid(number: u32) -> Pid {
    Pid::from_raw(number.cast_signed()).unwrap()
}
