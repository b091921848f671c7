//! What is wrong in the file is told with its place, and without what stands there.

use std::ops::Range;
use std::path::Path;

use super::SettingsError;

/// What is wrong in a line of the settings file, and what is accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A name or a value that is not accepted, whatever else is set.
    #[error("{0}")]
    Alone(String),
    /// Half of a place.
    #[error("latitude needs longitude")]
    LatitudeAlone,
    /// The other half.
    #[error("longitude needs latitude")]
    LongitudeAlone,
    /// This is about a protection that nobody has to have.
    #[error("{0} needs admit = \"riskless_and_protected\" in [policy]")]
    NoProtection(&'static str),
    /// For how long a test counts, where none does.
    #[error("negative_test_hours needs negative_test in protected_by")]
    NoNegativeTest,
    /// Without a repeat window a code that is read twice would check its visitor out at once.
    #[error("check_out needs repeat_minutes from 1 to 1440")]
    NoRepeat,
    /// This has no use where no service is asked.
    #[error("the environment \"manual\" {0}")]
    NoService(Box<str>),
}

/// What is wrong with one thing alone.
impl From<String> for Problem {
    fn from(problem: String) -> Self {
        Self::Alone(problem)
    }
}

pub(super) fn wrong(path: &Path, text: &str, span: Option<Range<usize>>, problem: Problem) -> SettingsError {
    let line = line_of(text, span);
    SettingsError::Wrong { file: path.to_owned(), line, setting: setting_of(text, line), problem }
}

/// What the parser says, without the value that stands in the file: it may be a code or a password in a wrong place.
pub(super) fn without_value(message: &str) -> String {
    let begins = ["invalid type", "invalid value", "unknown variant"];
    let parts =
        message.rsplit_once(", expected ").filter(|_| begins.iter().any(|begin| message.starts_with(begin)));
    let Some((given, expected)) = parts else { return message.to_owned() };
    // Texts are in quotation marks, all other values in backticks.
    let kind = given.split(['"', '`']).next().unwrap_or_default().trim_end();
    format!("{kind}, expected {expected}")
}

/// The section or the key that a line belongs to.
fn setting_of(text: &str, line: usize) -> Option<String> {
    toml::from_str::<toml::Table>(text).ok()?;
    let lines: Vec<&str> = text.lines().take(line).collect();
    Some(lines.into_iter().rev().find_map(name_in).unwrap_or("…").to_owned())
}

/// The name in a line, and nothing of its value, which may be a password.
fn name_in(line: &str) -> Option<&str> {
    let line = line.trim();
    let name = if line.starts_with('[') { line } else { line.split_once('=')?.0.trim_end() };
    let is_name =
        |byte| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'[' | b']');
    name.bytes().all(is_name).then_some(name)
}

pub(super) fn line_of(text: &str, span: Option<Range<usize>>) -> usize {
    let before = span.and_then(|span| text.get(..span.start)).unwrap_or_default();
    1 + before.matches('\n').count()
}
