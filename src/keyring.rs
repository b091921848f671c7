//! The desktop's keyring. Something lies there only where the settings say so, as it stays locked until somebody logs in.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use keyring_core::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};

/// A locked keyring asks for its password, and perhaps nobody is there.
const LIMIT: Duration = Duration::from_secs(5);

/// Under what the keyring files what is the program's.
const SERVICE: &str = "hes-kiosk";

/// Whether a locked keyring is left locked.
static ASKS_NOBODY: AtomicBool = AtomicBool::new(false);

/// From now on no locked keyring asks for its password, as it does on the display: nobody is there who would answer, or
/// whoever only looks changes nothing.
pub fn ask_nobody() {
    ASKS_NOBODY.store(true, Ordering::Relaxed);
}

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
    match within(move || password(&named)) {
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
    match within(move || file(&named, &filed)) {
        Some(Ok(())) => Ok(()),
        Some(Err(_)) | None => Err(KeyringUnusable),
    }
}

/// What is filed under this name; the keyring asks for its own password first where it is locked.
fn password(name: &str) -> keyring_core::Result<String> {
    if ASKS_NOBODY.load(Ordering::Relaxed) && is_locked(name)? {
        return Err(Error::NoDefaultStore);
    }
    entry(name)?.get_password()
}

/// Files a secret under this name, as [`password`] reads it.
fn file(name: &str, secret: &SecretString) -> keyring_core::Result<()> {
    if ASKS_NOBODY.load(Ordering::Relaxed) && takes_nothing()? {
        return Err(Error::NoDefaultStore);
    }
    entry(name)?.set_password(secret.expose_secret())
}

#[cfg(target_os = "linux")]
fn failed(error: dbus_secret_service::Error) -> Error {
    Error::PlatformFailure(Box::new(error))
}

/// Whether what is filed under this name is locked. The store unlocks whatever it finds.
#[cfg(target_os = "linux")]
fn is_locked(name: &str) -> keyring_core::Result<bool> {
    use std::collections::HashMap;

    use dbus_secret_service::{EncryptionType, SecretService};
    let keyring = SecretService::connect(EncryptionType::Plain).map_err(failed)?;
    let named = HashMap::from([("service", SERVICE), ("username", name)]);
    Ok(!keyring.search_items(named).map_err(failed)?.locked.is_empty())
}

/// Whether that is locked where new secrets go.
#[cfg(target_os = "linux")]
fn takes_nothing() -> keyring_core::Result<bool> {
    use dbus_secret_service::{EncryptionType, SecretService};
    let keyring = SecretService::connect(EncryptionType::Plain).map_err(failed)?;
    let collection = keyring.get_default_collection().map_err(failed)?;
    collection.is_locked().map_err(failed)
}

#[cfg(not(target_os = "linux"))]
fn takes_nothing() -> keyring_core::Result<bool> {
    Ok(false)
}

#[cfg(not(target_os = "linux"))]
fn is_locked(_name: &str) -> keyring_core::Result<bool> {
    Ok(false)
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
