//! What is asked for at the terminal without being shown, or read from standard input.

use std::io::{self, BufRead, Read};

use secrecy::{ExposeSecret, SecretString};

use super::{Exit, refuse};

/// No secret is so long.
const LONGEST: u64 = 4096;

/// Reads the next line of standard input, or asks at the terminal; with `again` twice, where a slip could not be mended.
pub(super) fn ask(from_input: bool, prompt: &str, again: Option<&str>) -> Result<SecretString, Exit> {
    if from_input {
        let mut text = String::new();
        io::stdin().lock().take(LONGEST).read_line(&mut text).map_err(|error| refuse(&error))?;
        let text = SecretString::from(text);
        return Ok(text.expose_secret().lines().next().unwrap_or_default().into());
    }
    let ask = |prompt: &str| {
        rpassword::prompt_password(prompt).map(SecretString::from).map_err(|error| refuse(&error))
    };
    let secret = ask(prompt)?;
    if let Some(again) = again
        && ask(again)?.expose_secret() != secret.expose_secret()
    {
        return Err(refuse(&"the two differ"));
    }
    Ok(secret)
}
