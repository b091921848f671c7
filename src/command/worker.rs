//! `hes-kiosk decode-worker`: the process in which decoders may hang or panic.

use clap::Args;

use super::Exit;
use crate::scan;

/// Arguments of the hidden command `decode-worker`.
#[derive(Debug, Args)]
pub struct WorkerArguments {
    /// The process that starts this one.
    #[arg(long)]
    parent: u32,
}

/// Decodes what standard input brings until that ends.
pub fn run(arguments: &WorkerArguments) -> Exit {
    if scan::die_with_parent(arguments.parent).is_err() {
        return Exit::Usage;
    }
    match scan::run_worker() {
        Ok(()) => Exit::Success,
        Err(_) => Exit::Usage,
    }
}
