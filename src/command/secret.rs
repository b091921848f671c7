//! What is asked for at the terminal without being shown, or read from standard input; and Ctrl-C at any question.

use std::io::{self, BufRead, ErrorKind, IsTerminal, Read, Write};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Once, OnceLock};

use secrecy::{ExposeSecret, SecretString};
use signal_hook::consts::SIGINT;
use signal_hook::flag;

use super::{Exit, complain, refuse};
use crate::kiosk::language::{Argument, Texts};

/// Whether SIGINT ends the program at once, after something was asked.
static ENDS_AT_ONCE: AtomicBool = AtomicBool::new(true);

/// No secret is so long.
const LONGEST: u64 = 4096;

/// Reads the next line of standard input, which `option` wants, or asks at the terminal with `prompt`; with
/// `again` twice, where a slip could not be mended, until both answers are the same. Nothing is no secret, and is
/// asked for once. What `read` does not make of an answer it says, and at the terminal it is asked for again.
pub(super) fn ask<T>(
    texts: &Texts,
    (option, from_input): (&str, bool),
    prompt: &str,
    again: Option<&str>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<T, Exit> {
    if from_input {
        let mut text = String::new();
        io::stdin().lock().take(LONGEST).read_line(&mut text).map_err(|error| refuse(&error))?;
        let text = SecretString::from(text);
        return read(text.expose_secret().lines().next().unwrap_or_default()).map_err(|why| refuse(&why));
    }
    let ask = |prompt: &str| {
        ask_unseen(prompt).map_err(|error| match error.kind() {
            ErrorKind::Interrupted => Exit::Interrupted,
            ErrorKind::UnexpectedEof => unanswered(texts),
            _ => refuse(&texts.with("secret-no-terminal", &[("option", Argument::Text(option))])),
        })
    };
    loop {
        let secret = ask(prompt)?;
        match (read(secret.expose_secret()), again) {
            (Err(why), _) => complain(&why),
            (Ok(read), Some(again)) if !secret.expose_secret().is_empty() => {
                if ask(again)?.expose_secret() == secret.expose_secret() {
                    return Ok(read);
                }
                complain(&texts.get("secret-different"));
            }
            (Ok(read), _) => return Ok(read),
        }
    }
}

/// Says, below the question, that it got no answer.
pub(super) fn unanswered(texts: &Texts) -> Exit {
    if io::stdin().is_terminal() {
        let _ = writeln!(io::stderr());
    }
    refuse(&texts.get("answer-missing"))
}

/// Asks at the terminal, which shows nothing of the answer.
///
/// # Errors
/// [`ErrorKind::Interrupted`] at Ctrl-C, else why there is no answer.
pub(super) fn ask_unseen(prompt: &str) -> io::Result<SecretString> {
    // At Ctrl-C the reader sends SIGINT before it lets the terminal show again what is typed.
    uninterrupted(|| rpassword::prompt_password(prompt).map(SecretString::from))
}

/// Does something that SIGINT does not end.
fn uninterrupted<T>(wait: impl FnOnce() -> T) -> T {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        // Where the system refuses that, Ctrl-C ends the program as it would have.
        let _ = flag::register_conditional_default(SIGINT, &ENDS_AT_ONCE);
    });
    ENDS_AT_ONCE.store(false, Ordering::SeqCst);
    let done = wait();
    ENDS_AT_ONCE.store(true, Ordering::SeqCst);
    done
}

/// Asks at the terminal, and waits until a line was typed.
///
/// # Errors
/// [`ErrorKind::Interrupted`] at Ctrl-C.
#[cfg(unix)]
pub(super) fn ask_for_line(prompt: &str) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;
    static INTERRUPTS: OnceLock<Option<UnixStream>> = OnceLock::new();
    let interrupts = INTERRUPTS.get_or_init(|| {
        let (read, write) = UnixStream::pair().ok()?;
        signal_hook::low_level::pipe::register(SIGINT, write).ok().map(|_| read)
    });
    let Some(interrupts) = interrupts else {
        show(prompt);
        return Ok(());
    };
    let input = io::stdin();
    let is_interrupted = uninterrupted(|| {
        show(prompt);
        let mut waiting = [PollFd::new(interrupts, PollFlags::IN), PollFd::new(&input, PollFlags::IN)];
        while poll(&mut waiting, None) == Err(Errno::INTR) {}
        let [interrupt, _line] = waiting;
        !interrupt.revents().is_empty()
    });
    if is_interrupted { Err(ErrorKind::Interrupted.into()) } else { Ok(()) }
}

#[cfg(not(unix))]
pub(super) fn ask_for_line(prompt: &str) -> io::Result<()> {
    show(prompt);
    Ok(())
}

fn show(prompt: &str) {
    let mut output = io::stderr();
    // Whoever types may know the questions.
    let _ = write!(output, "{prompt}").and_then(|()| output.flush());
}

/// Leaves SIGINT to whoever has registered for it, whatever was asked before.
pub(super) fn leave_interrupts() {
    ENDS_AT_ONCE.store(false, Ordering::SeqCst);
}
