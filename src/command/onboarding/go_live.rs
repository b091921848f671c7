//! The settings change from the test service to the live one.

use super::verify::Verified;
use crate::command::{Exit, credentials, refuse};
use crate::hes::QueryError;
use crate::kiosk::language::{Argument, Texts};
use crate::settings::{PasswordPlace, SettingsFile};
use crate::visits::Environment;

/// The live service is asked before the file is changed: whatever ends the program, the file has one environment with
/// its address and its credentials, or the other with its own.
pub(super) fn run(file: &SettingsFile, texts: &Texts) -> Result<(String, Exit), Exit> {
    match file.environment().map_err(|error| refuse(&error))? {
        Environment::Test => {}
        Environment::Live => return Err(refuse(&texts.get("go-live-is-live"))),
        Environment::Simulator | Environment::Own | Environment::Manual => {
            return Err(refuse(&texts.get("go-live-from-test")));
        }
    }
    if Verified::read(file).is_none() {
        return Err(refuse(&texts.get("go-live-not-verified")));
    }
    let changed = file.with(&["service"], "environment", "live").map_err(|error| refuse(&error))?;
    let place = changed.password_place(Environment::Live).map_err(|error| refuse(&error))?;
    let place = match place {
        Some(PasswordPlace::Named(path) | PasswordPlace::Own(path) | PasswordPlace::Credential(path))
            if path.exists() =>
        {
            path.display().to_string()
        }
        Some(PasswordPlace::Keyring(_)) => texts.get("go-live-keyring"),
        // The variable has one password for both services.
        _ => return Err(refuse(&texts.get("go-live-no-password"))),
    };
    let settings = changed.settings().map_err(|error| refuse(&error))?;
    let tested = file.service(Environment::Test).map_err(|error| refuse(&error))?;
    let (Some(endpoint), Some((test, _))) = (settings.check_in.endpoint, tested) else {
        return Err(refuse(&texts.get("go-live-from-test")));
    };
    // Whoever is asked there says nothing of real people.
    if endpoint.url.leads_where(&test.url) {
        return Err(refuse(&texts.get("go-live-same-address")));
    }

    let (from, to) = (test.url.to_string(), endpoint.url.to_string());
    let name = file.path().display().to_string();
    let mut arguments = vec![
        ("file", Argument::Text(&name)),
        ("from", Argument::Text(&from)),
        ("to", Argument::Text(&to)),
        ("place", Argument::Text(&place)),
    ];
    match credentials::health(endpoint, settings.check_in.query)? {
        Ok(()) => {
            changed.replace(file).map_err(|error| refuse(&error))?;
            Ok((texts.with("go-live-done", &arguments), Exit::Success))
        }
        Err(QueryError::CredentialsRejected) => {
            Ok((texts.with("go-live-rejected", &arguments), Exit::Refused))
        }
        Err(error) => {
            let cause = credentials::reason(error, texts);
            arguments.push(("cause", Argument::Text(&cause)));
            Ok((texts.with("go-live-unknown", &arguments), Exit::Unverified))
        }
    }
}
