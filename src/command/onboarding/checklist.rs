//! Who may apply, the steps, and what the settings lack.

use super::verify::Verified;
use crate::command::{Exit, refuse};
use crate::kiosk::language::{Argument, Texts, local};
use crate::settings::SettingsFile;
use crate::visits::Environment;

pub(super) fn text(file: &SettingsFile, texts: &Texts) -> Result<String, Exit> {
    let lacks = file.lacks().map_err(|error| refuse(&error))?;
    let environment = file.environment().map_err(|error| refuse(&error))?;
    let name = file.path().display().to_string();
    let settings = [
        ("file", Argument::Text(&name)),
        ("environment", Argument::Text(environment.name())),
        ("lacks", Argument::Number(lacks.len() as u64)),
    ];
    // Only with this `setup` asks what is set already.
    let is_other = file.has(&["service"], "environment") && environment != Environment::Test;
    let setup = if is_other { "hes-kiosk setup --again" } else { "hes-kiosk setup" };
    let mut lines = vec![
        texts.get("onboarding-who"),
        String::new(),
        texts.with("onboarding-steps", &[("setup", Argument::Text(setup))]),
        String::new(),
        texts.with("onboarding-settings", &settings),
    ];
    lines.extend(lacks.iter().map(|lack| format!("  [ ] {lack}")));
    lines.push(match Verified::read(file) {
        Some(verified) => {
            let time = local(verified.at).strftime("%Y-%m-%d %H:%M").to_string();
            texts.with("onboarding-verified", &[("time", Argument::Text(&time))])
        }
        None => texts.get("onboarding-not-verified"),
    });
    Ok(lines.join("\n"))
}
