//! What is asked for at the terminal without being shown, or read from standard input.

use std::io::{self, BufRead, ErrorKind, Read};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use secrecy::{ExposeSecret, SecretString};
use signal_hook::consts::SIGINT;
use signal_hook::flag;

use super::{Exit, refuse};
use crate::kiosk::language::{Argument, Texts};

/// Whether SIGINT ends the program at once, after something was asked.
static ENDS_AT_ONCE: AtomicBool = AtomicBool::new(true);

/// No secret is so long.
const LONGEST: u64 = 4096;

/// Reads the next line of standard input, which `option` wants, or asks at the terminal with `prompt`; with
/// `again` twice, where a slip could not be mended.
pub(super) fn ask(
    texts: &Texts,
    (option, from_input): (&str, bool),
    prompt: &str,
    again: Option<&str>,
) -> Result<SecretString, Exit> {
    if from_input {
        let mut text = String::new();
        io::stdin().lock().take(LONGEST).read_line(&mut text).map_err(|error| refuse(&error))?;
        let text = SecretString::from(text);
        return Ok(text.expose_secret().lines().next().unwrap_or_default().into());
    }
    let ask = |prompt: &str| {
        ask_unseen(prompt).map_err(|error| match error.kind() {
            ErrorKind::Interrupted => Exit::Interrupted,
            _ => refuse(&texts.with("secret-no-terminal", &[("option", Argument::Text(option))])),
        })
    };
    let secret = ask(prompt)?;
    if let Some(again) = again
        && ask(again)?.expose_secret() != secret.expose_secret()
    {
        return Err(refuse(&texts.get("secret-different")));
    }
    Ok(secret)
}

/// Asks at the terminal, which shows nothing of the answer.
///
/// # Errors
/// [`ErrorKind::Interrupted`] at Ctrl-C, else why there is no answer.
pub(super) fn ask_unseen(prompt: &str) -> io::Result<SecretString> {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        // Where the system refuses that, Ctrl-C ends the program as it would have.
        let _ = flag::register_conditional_default(SIGINT, &ENDS_AT_ONCE);
    });
    // At Ctrl-C the reader sends SIGINT before it lets the terminal show again what is typed.
    ENDS_AT_ONCE.store(false, Ordering::SeqCst);
    let typed = rpassword::prompt_password(prompt).map(SecretString::from);
    ENDS_AT_ONCE.store(true, Ordering::SeqCst);
    typed
}

/// Leaves SIGINT to whoever has registered for it, whatever was asked before.
pub(super) fn leave_interrupts() {
    ENDS_AT_ONCE.store(false, Ordering::SeqCst);
}
