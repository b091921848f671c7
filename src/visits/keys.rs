//! The visit log's keys: one opens the database, one hashes the codes.

use std::fmt::{self, Write as _};
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;

use super::keyring;
use crate::code::Code;
use crate::private;

/// The length of each key in bytes.
const KEY_LENGTH: usize = 32;

/// Where the keys come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// A file that the service manager provides; never made by the program.
    Credential(PathBuf),
    /// A file that its owner alone may read, outside the database's folder; made on first start.
    File(PathBuf),
    /// The desktop's keyring, under this name; made on first start.
    Keyring(String),
}

impl KeySource {
    /// The file, where they lie in one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Credential(path) | Self::File(path) => Some(path),
            Self::Keyring(_) => None,
        }
    }
}

/// Why the keys cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The database exists, but its keys do not.
    #[error("the key file {} is missing, but the visit log that it opens exists", .0.display())]
    Missing(PathBuf),
    /// The key file cannot be read or made.
    #[error("the key file {} cannot be read or made", .0.display())]
    Unusable(PathBuf),
    /// The file does not hold two keys.
    #[error("the key file {} does not hold the two keys", .0.display())]
    Malformed(PathBuf),
    /// Others than its owner may read the file.
    #[error("the key file {} can be read by others: chmod 600", .0.display())]
    Exposed(PathBuf),
    /// The keyring is locked, or there is none.
    #[error("the keyring is locked or missing: log in to the desktop, or keep the keys in a file")]
    KeyringUnusable,
    /// The database exists, but the keyring does not know its keys.
    #[error("the keyring does not hold the keys of the visit log")]
    KeyringEmpty,
    /// What the keyring holds are not two keys.
    #[error("what the keyring holds are not the two keys of the visit log")]
    KeyringMalformed,
    /// The key file lies beside the database that it opens.
    #[error("the key file {} must not lie in the visit log's folder", .0.display())]
    BesideDatabase(PathBuf),
}

/// The hash by which a code is found again; without the key it cannot be traced back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CodeHash(pub(super) [u8; 32]);

impl CodeHash {
    /// The hash in hexadecimal digits.
    pub fn to_hex(self) -> String {
        to_hex(&self.0)
    }

    /// The hash of these hexadecimal digits, if they are one.
    pub fn from_hex(text: &str) -> Option<Self> {
        from_hex(text).map(Self)
    }
}

/// Both keys. Never printed.
pub(super) struct Keys {
    database: [u8; KEY_LENGTH],
    code_hash: [u8; KEY_LENGTH],
}

/// The key of the digests and seals. Never printed.
#[derive(Clone)]
pub(super) struct SealKey(Hmac<Sha256>);

impl SealKey {
    /// A keyed hash that nothing went into yet.
    pub(super) fn mac(&self) -> Hmac<Sha256> {
        self.0.clone()
    }

    #[cfg(test)]
    pub(super) fn of_tests() -> Self {
        Self(mac_of(&[7; KEY_LENGTH]))
    }
}

/// The key of what is written about codes outside the log. Never printed.
#[derive(Debug, Clone)]
pub struct JournalKey(SealKey);

impl JournalKey {
    #[cfg(test)]
    pub(crate) fn of_tests(byte: u8) -> Self {
        Self(SealKey(mac_of(&[byte; KEY_LENGTH])))
    }

    /// The keyed sum of these parts, in hexadecimal digits.
    pub fn sum(&self, parts: [&str; 2]) -> String {
        // The first part's length tells where it ends.
        let [one, other] = parts;
        let mac = self.0.mac().chain_update((one.len() as u64).to_be_bytes());
        to_hex(&mac.chain_update(one).chain_update(other).finalize().into_bytes())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    database: String,
    code_hash: String,
}

impl Keys {
    /// Reads the keys for `database`, or makes them where neither they nor the database exist yet.
    pub(super) fn load(source: &KeySource, database: &Path) -> Result<Self, KeyError> {
        match source {
            // The service manager guards its credentials itself, by other means than the file's mode.
            KeySource::Credential(path) => Self::read(path)?.ok_or_else(|| KeyError::Missing(path.clone())),
            KeySource::File(path) => {
                if lies_in_folder_of(path, database) {
                    return Err(KeyError::BesideDatabase(path.clone()));
                }
                match Self::read(path)? {
                    Some(_) if private::is_exposed(path).map_err(|_| KeyError::Unusable(path.clone()))? => {
                        Err(KeyError::Exposed(path.clone()))
                    }
                    Some(keys) => Ok(keys),
                    None if database.exists() => Err(KeyError::Missing(path.clone())),
                    None => Self::make(path),
                }
            }
            KeySource::Keyring(name) => {
                let text = match keyring::read(name)? {
                    Some(text) => text,
                    None if database.exists() => return Err(KeyError::KeyringEmpty),
                    None => {
                        let made = new_keys().map_err(|_| KeyError::KeyringUnusable)?;
                        keyring::read_or_file(name, &made, database)?
                    }
                };
                Self::parse(&text).ok_or(KeyError::KeyringMalformed)
            }
        }
    }

    fn read(path: &Path) -> Result<Option<Self>, KeyError> {
        let unusable = |_| KeyError::Unusable(path.to_owned());
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(error)),
        };
        Self::parse(&text).map(Some).ok_or_else(|| KeyError::Malformed(path.to_owned()))
    }

    fn parse(text: &str) -> Option<Self> {
        let file: KeyFile = toml::from_str(text).ok()?;
        Some(Self { database: from_hex(&file.database)?, code_hash: from_hex(&file.code_hash)? })
    }

    /// Writes new keys beside `path`, brings them to the disk and only then gives them their name, so
    /// that of two programs that start at once one makes the keys and the other reads them.
    fn make(path: &Path) -> Result<Self, KeyError> {
        let unusable = |_| KeyError::Unusable(path.to_owned());
        let text = new_keys().map_err(|_| KeyError::Unusable(path.to_owned()))?;

        let folder = path.parent().unwrap_or(Path::new("."));
        private::create_folder(folder).map_err(unusable)?;
        let mut draft = path.as_os_str().to_owned();
        draft.push(format!(".{}.part", std::process::id()));
        let draft = PathBuf::from(draft);
        let written = private::open_file(&draft)
            .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
            .and_then(|()| match fs::hard_link(&draft, path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
                other => other,
            })
            .and_then(|()| File::open(folder)?.sync_all());
        let removed = fs::remove_file(&draft);
        written.and(removed).map_err(unusable)?;
        Self::read(path)?.ok_or_else(|| KeyError::Unusable(path.to_owned()))
    }

    /// The statement that opens the database with its raw key.
    pub(super) fn key_statement(&self) -> String {
        format!("PRAGMA key = \"x'{}'\"", to_hex(&self.database))
    }

    /// The keyed hash of a code.
    pub(super) fn hash(&self, code: &Code) -> CodeHash {
        let mac = mac_of(&self.code_hash).chain_update(code.reveal().as_bytes());
        CodeHash(mac.finalize().into_bytes().into())
    }

    /// The key of the seals.
    pub(super) fn seal_key(&self) -> SealKey {
        self.derived(b"the seals of the visit log")
    }

    /// The key of journals.
    pub(super) fn journal_key(&self) -> JournalKey {
        JournalKey(self.derived(b"the journals of bulk runs"))
    }

    /// A key that is made of that of the codes. A code is never hashed to it, as none is so long as a `purpose`.
    fn derived(&self, purpose: &[u8]) -> SealKey {
        let derived = mac_of(&self.code_hash).chain_update(purpose);
        SealKey(mac_of(&derived.finalize().into_bytes().into()))
    }
}

fn mac_of(key: &[u8; KEY_LENGTH]) -> Hmac<Sha256> {
    // HMAC takes keys of any length; a shorter one than its block is filled up.
    let mut block = [0; 64];
    block[..KEY_LENGTH].copy_from_slice(key);
    Hmac::new(&block.into())
}

impl fmt::Debug for SealKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SealKey(…)")
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Keys(…)")
    }
}

/// New keys, as their file has them.
fn new_keys() -> Result<String, getrandom::Error> {
    let mut random = [0; 2 * KEY_LENGTH];
    getrandom::fill(&mut random)?;
    let (database, code_hash) = random.split_at(KEY_LENGTH);
    Ok(format!(
        "# The keys of the hes-kiosk visit log. Without them it cannot be read.\n\
         # database: raw SQLCipher key; code_hash: HMAC-SHA-256 key of the codes\n\
         database = \"{}\"\ncode_hash = \"{}\"\n",
        to_hex(database),
        to_hex(code_hash)
    ))
}

fn lies_in_folder_of(path: &Path, database: &Path) -> bool {
    let folder = |path: &Path| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let parent = absolute.parent().unwrap_or(Path::new("/")).to_owned();
        parent.canonicalize().unwrap_or(parent)
    };
    folder(path).starts_with(folder(database))
}

pub(super) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(super) fn from_hex(text: &str) -> Option<[u8; KEY_LENGTH]> {
    let mut key = [0; KEY_LENGTH];
    let digits = text.as_bytes();
    if digits.len() != 2 * KEY_LENGTH {
        return None;
    }
    for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(key)
}
