//! Where the password of a service is kept.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use super::operator;
use crate::draft::Draft;
use crate::keyring;
use crate::private;
use crate::visits::Environment;

/// Where the password of one environment's service is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordPlace {
    /// The file of `password_file`, which its owner alone may read.
    Named(PathBuf),
    /// A file of the program's own, where the settings say nothing.
    Own(PathBuf),
    /// A file that the service manager provides; never written by the program.
    Credential(PathBuf),
    /// The desktop's keyring, under this name.
    Keyring(String),
}

/// Why a password can be neither read nor stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// The file cannot be read or written.
    #[error("the password file {} cannot be read or written", .0.display())]
    Unusable(PathBuf),
    /// Others may read the file.
    #[error("the password file {} can be read by others: chmod 600", .0.display())]
    Exposed(PathBuf),
    /// The keyring is locked, or there is none.
    #[error("the keyring is locked or missing: log in to the desktop, or keep the password in a file")]
    Keyring,
    /// The service manager provides it, and the program cannot change it.
    #[error("the service manager provides the password in {}: give it another one by --systemd", .0.display())]
    Provided(PathBuf),
}

/// Where systemd looks for encrypted credentials that a unit names without a path.
pub const CREDENTIAL_STORE: &str = "/etc/credstore.encrypted";

/// The command that looks at everything with the credential that systemd keeps for the kiosk's unit: no shell sees it.
pub fn doctor_with_credential(environment: Environment) -> String {
    let user = operator().unwrap_or_else(|| "$USER".to_owned());
    let name = PasswordPlace::credential_name(environment);
    format!(
        "sudo systemd-run --pty --uid={user} -p LoadCredentialEncrypted={name}:{CREDENTIAL_STORE}/{name} hes-kiosk doctor"
    )
}

impl PasswordPlace {
    /// What a credential of the service manager, and what the keyring has, is called.
    pub fn credential_name(environment: Environment) -> String {
        format!("hes-kiosk.password-{}", environment.name())
    }

    /// The password, where there is one.
    ///
    /// # Errors
    /// Why nobody can tell.
    pub(super) fn read(&self) -> Result<Option<SecretString>, PasswordError> {
        match self {
            Self::Named(path) | Self::Own(path) => match private::is_exposed(path) {
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                Err(_) => Err(PasswordError::Unusable(path.clone())),
                Ok(true) => Err(PasswordError::Exposed(path.clone())),
                Ok(false) => read_file(path).map(Some),
            },
            // The service manager guards its credentials itself, by other means than the file's mode.
            Self::Credential(path) => read_file(path).map(Some),
            Self::Keyring(name) => keyring::read(name).map_err(|_| PasswordError::Keyring),
        }
    }

    /// Puts a password there, in the place of an earlier one: wholly or not at all.
    ///
    /// # Errors
    /// Why it is not there; the earlier one is.
    pub fn store(&self, password: &SecretString) -> Result<(), PasswordError> {
        match self {
            Self::Named(path) | Self::Own(path) => {
                private::create_folder(path.parent().unwrap_or(Path::new(".")))
                    .and_then(|()| Draft::begin(path))
                    .and_then(|(draft, mut file)| {
                        file.write_all(password.expose_secret().as_bytes())?;
                        file.write_all(b"\n")?;
                        draft.publish(path)
                    })
                    .map_err(|_| PasswordError::Unusable(path.clone()))
            }
            Self::Credential(path) => Err(PasswordError::Provided(path.clone())),
            Self::Keyring(name) => keyring::write(name, password).map_err(|_| PasswordError::Keyring),
        }
    }
}

/// The file's first line and all behind it, without the end of the last line.
fn read_file(path: &Path) -> Result<SecretString, PasswordError> {
    let text = fs::read_to_string(path).map_err(|_| PasswordError::Unusable(path.to_owned()))?;
    let text = SecretString::from(text);
    let password = text.expose_secret().strip_suffix('\n').unwrap_or(text.expose_secret());
    Ok(password.strip_suffix('\r').unwrap_or(password).into())
}
