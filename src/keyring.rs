//! The desktop's keyring. Something lies there only where the settings say so, as it stays locked until somebody logs in.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use keyring_core::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};

/// A locked keyring asks for its password, and perhaps nobody is there.
const LIMIT: Duration = Duration::from_secs(5);

/// Under what the keyring files what is the program's.
const SERVICE: &str = "hes-kiosk";

/// The keyring is locked, or there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the keyring is locked or missing: log in to the desktop")]
pub struct KeyringUnusable;

/// What is filed under this name.
///
/// # Errors
/// [`KeyringUnusable`], after some seconds where nobody unlocks it.
pub fn read(name: &str) -> Result<Option<SecretString>, KeyringUnusable> {
    let named = name.to_owned();
    match within(move || entry(&named)?.get_password()) {
        Some(Ok(text)) => Ok(Some(text.into())),
        Some(Err(Error::NoEntry)) => Ok(None),
        Some(Err(_)) | None => Err(KeyringUnusable),
    }
}

/// Files a secret under this name, in the place of an earlier one.
///
/// # Errors
/// [`KeyringUnusable`], after some seconds where nobody unlocks it.
pub fn write(name: &str, secret: &SecretString) -> Result<(), KeyringUnusable> {
    let (named, filed) = (name.to_owned(), secret.clone());
    match within(move || entry(&named)?.set_password(filed.expose_secret())) {
        Some(Ok(())) => Ok(()),
        Some(Err(_)) | None => Err(KeyringUnusable),
    }
}

#[cfg(target_os = "linux")]
fn entry(name: &str) -> keyring_core::Result<Entry> {
    use dbus_secret_service_keyring_store::Store;
    use keyring_core::api::CredentialStoreApi;
    Store::new()?.build(SERVICE, name, None)
}

#[cfg(not(target_os = "linux"))]
fn entry(_name: &str) -> keyring_core::Result<Entry> {
    Err(Error::NoDefaultStore)
}

/// What the keyring says within the limit.
fn within<T: Send + 'static>(
    ask: impl FnOnce() -> keyring_core::Result<T> + Send + 'static,
) -> Option<keyring_core::Result<T>> {
    let (sender, said) = mpsc::channel();
    let asking = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
        // Whoever asked may have given up.
        let _ = sender.send(ask());
    });
    asking.ok()?;
    said.recv_timeout(LIMIT).ok()
}
