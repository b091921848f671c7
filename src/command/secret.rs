//! What is asked for at the terminal without being shown, or read from standard input.

use std::io::{self, BufRead, Read};

use secrecy::{ExposeSecret, SecretString};

use super::{Exit, refuse};
use crate::kiosk::language::{Argument, Texts};

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
        let no_terminal =
            |_| refuse(&texts.with("secret-no-terminal", &[("option", Argument::Text(option))]));
        rpassword::prompt_password(prompt).map(SecretString::from).map_err(no_terminal)
    };
    let secret = ask(prompt)?;
    if let Some(again) = again
        && ask(again)?.expose_secret() != secret.expose_secret()
    {
        return Err(refuse(&texts.get("secret-different")));
    }
    Ok(secret)
}
