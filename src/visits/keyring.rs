//! The desktop's keyring. The log's keys lie there only where the settings say so, as it stays locked until somebody
//! logs in.

use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use keyring_core::{Entry, Error};

use super::keys::KeyError;
use crate::private;

/// A locked keyring asks for its password, and perhaps nobody is there.
const LIMIT: Duration = Duration::from_secs(5);

/// Under what the keyring files the keys.
const SERVICE: &str = "hes-kiosk";

/// The text that is filed under this name.
pub(super) fn read(name: &str) -> Result<Option<String>, KeyError> {
    let named = name.to_owned();
    match within(move || entry(&named)?.get_password()) {
        Some(Ok(text)) => Ok(Some(text)),
        Some(Err(Error::NoEntry)) => Ok(None),
        Some(Err(_)) | None => Err(KeyError::KeyringUnusable),
    }
}

/// The text that is filed under this name; where there is none `text` is filed there first. Of two programs that
/// start at once one files, and the other reads.
pub(super) fn read_or_file(name: &str, text: &str, database: &Path) -> Result<String, KeyError> {
    let mut path = database.as_os_str().to_owned();
    path.push(".making-keys");
    let alone = private::create_folder(database.parent().unwrap_or(Path::new(".")))
        .and_then(|()| private::open_file(Path::new(&path)))
        .and_then(|file| file.lock().map(|()| file));
    let _alone = alone.map_err(|_| KeyError::KeyringUnusable)?;
    if let Some(text) = read(name)? {
        return Ok(text);
    }
    let (named, filed) = (name.to_owned(), text.to_owned());
    match within(move || entry(&named)?.set_password(&filed)) {
        Some(Ok(())) => read(name)?.ok_or(KeyError::KeyringUnusable),
        Some(Err(_)) | None => Err(KeyError::KeyringUnusable),
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
