//! Arguments become settings become one command.

use std::process::ExitCode;

fn main() -> ExitCode {
    hes_kiosk::command::main()
}
