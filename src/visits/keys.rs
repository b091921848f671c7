//! The visit log's keys: one opens the database, one hashes the codes.

use std::fmt::{self, Write as _};
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::Sha256;

use crate::code::Code;
use crate::draft::Draft;
use crate::keyring::{self, KeyringUnusable};
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
    /// The files that are read: theirs, and that of the keys that are to take over.
    pub fn files(&self) -> Vec<PathBuf> {
        self.path().into_iter().flat_map(|path| [path.to_owned(), next_path(path)]).collect()
    }

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
    /// The key of the codes is another one than the log was written with.
    #[error(
        "the key of the codes is not the one that the visit log was written with: put the right keys back"
    )]
    Changed,
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

/// Both keys, and those of the codes that held before. Never printed.
pub(super) struct Keys {
    database: [u8; KEY_LENGTH],
    pub(super) code_hash: [u8; KEY_LENGTH],
    /// The oldest first.
    pub(super) earlier: Vec<EarlierKey>,
    /// Whether no log of theirs was ever without seals.
    pub(super) seal_from_the_first: bool,
}

/// A key of the codes that was replaced by another.
#[derive(Clone)]
pub(super) struct EarlierKey {
    pub(super) code_hash: [u8; KEY_LENGTH],
    /// The last record that was hashed and sealed with it.
    pub(super) until: u64,
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

/// The key of the PINs' hashes. Never printed.
#[derive(Debug, Clone)]
pub(super) struct PinKey(SealKey);

impl PinKey {
    /// The key of one person's hash.
    pub(super) fn of(&self, name: &str, role: &str) -> [u8; KEY_LENGTH] {
        let mac = self.0.mac().chain_update((name.len() as u64).to_be_bytes());
        mac.chain_update(name).chain_update(role).finalize().into_bytes().into()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    database: String,
    code_hash: String,
    /// Keys from before the seals say nothing of them.
    #[serde(default)]
    sealed: bool,
    #[serde(default)]
    earlier: Vec<EarlierText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EarlierText {
    code_hash: String,
    until: u64,
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
                        let made = Self::random().map_err(|_| KeyError::KeyringUnusable)?;
                        file_in_keyring(name, &made.text().into(), database)?
                    }
                };
                Self::parse(text.expose_secret()).ok_or(KeyError::KeyringMalformed)
            }
        }
    }

    fn read(path: &Path) -> Result<Option<Self>, KeyError> {
        let unusable = |_| KeyError::Unusable(path.to_owned());
        let text = match private::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(error)),
        };
        Self::parse(&text).map(Some).ok_or_else(|| KeyError::Malformed(path.to_owned()))
    }

    fn parse(text: &str) -> Option<Self> {
        let file: KeyFile = toml::from_str(text).ok()?;
        let earlier = file.earlier.into_iter().map(|earlier| {
            Some(EarlierKey { code_hash: from_hex(&earlier.code_hash)?, until: earlier.until })
        });
        Some(Self {
            database: from_hex(&file.database)?,
            code_hash: from_hex(&file.code_hash)?,
            earlier: earlier.collect::<Option<_>>()?,
            seal_from_the_first: file.sealed,
        })
    }

    fn random() -> Result<Self, getrandom::Error> {
        let mut keys = Self {
            database: [0; KEY_LENGTH],
            code_hash: [0; KEY_LENGTH],
            earlier: Vec::new(),
            seal_from_the_first: true,
        };
        getrandom::fill(&mut keys.database)?;
        getrandom::fill(&mut keys.code_hash)?;
        Ok(keys)
    }

    /// New keys that take over from these behind the record `until`.
    pub(super) fn renewed(&self, until: u64) -> Result<Self, getrandom::Error> {
        let mut earlier = self.earlier.clone();
        earlier.push(EarlierKey { code_hash: self.code_hash, until });
        Ok(Self { earlier, ..Self::random()? })
    }

    /// A new key for the database, and these of the codes.
    pub(super) fn of_codes(
        code_hash: [u8; KEY_LENGTH],
        earlier: Vec<EarlierKey>,
    ) -> Result<Self, getrandom::Error> {
        Ok(Self { code_hash, earlier, ..Self::random()? })
    }

    /// The keys as their file has them.
    pub(super) fn text(&self) -> String {
        let mut text = format!(
            "# The keys of the hes-kiosk visit log. Without them it cannot be read.\n\
             # database: raw SQLCipher key; code_hash: HMAC-SHA-256 key of the codes;\n\
             # sealed: no log of these keys was ever without seals\n\
             database = \"{}\"\ncode_hash = \"{}\"\nsealed = {}\n",
            to_hex(&self.database),
            to_hex(&self.code_hash),
            self.seal_from_the_first
        );
        for earlier in &self.earlier {
            text.push_str(&format!(
                "\n# Of the records up to this number.\n[[earlier]]\ncode_hash = \"{}\"\nuntil = {}\n",
                to_hex(&earlier.code_hash),
                earlier.until
            ));
        }
        text
    }

    /// The keys that were to take over, where a change of keys was interrupted or was given up.
    pub(super) fn next(source: &KeySource) -> Result<Option<Self>, KeyError> {
        match source {
            KeySource::File(path) => Self::read(&next_path(path)).map_err(|error| match error {
                // In a folder that may not be read nobody can tell whether they are there.
                KeyError::Unusable(next) if !next.exists() => KeyError::Unusable(path.clone()),
                error => error,
            }),
            KeySource::Credential(_) | KeySource::Keyring(_) => Ok(None),
        }
    }

    /// Puts these keys where [`Keys::next`] finds them.
    pub(super) fn write_next(&self, path: &Path) -> Result<(), KeyError> {
        let unusable = |_| KeyError::Unusable(path.to_owned());
        private::create_folder(path.parent().unwrap_or(Path::new("."))).map_err(unusable)?;
        self.write(&next_path(path))
    }

    /// Writes these keys into a file, which appears whole or not at all.
    pub(super) fn write(&self, path: &Path) -> Result<(), KeyError> {
        Draft::begin(path)
            .and_then(|(draft, mut file)| {
                file.write_all(self.text().as_bytes())?;
                draft.publish(path)
            })
            .map_err(|_| KeyError::Unusable(path.to_owned()))
    }

    /// Gives the keys that were to take over the name of the others.
    pub(super) fn adopt_next(source: &KeySource) -> Result<(), KeyError> {
        let KeySource::File(path) = source else { return Ok(()) };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        match fs::rename(next_path(path), path) {
            // Another program was faster.
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            renamed => renamed.and_then(|()| File::open(folder.unwrap_or(Path::new(".")))?.sync_all()),
        }
        .map_err(|_| KeyError::Unusable(path.clone()))
    }

    /// Writes new keys beside `path`, brings them to the disk and only then gives them their name, so
    /// that of two programs that start at once one makes the keys and the other reads them.
    fn make(path: &Path) -> Result<Self, KeyError> {
        let unusable = |_| KeyError::Unusable(path.to_owned());
        let text = Self::random().map_err(|_| KeyError::Unusable(path.to_owned()))?.text();

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
        format!("PRAGMA key = \"{}\"", self.raw_key())
    }

    /// The statement that opens the database as if it began with this salt.
    pub(super) fn key_statement_with_salt(&self, salt: &[u8]) -> String {
        format!("PRAGMA key = \"x'{}{}'\"", to_hex(&self.database), to_hex(salt))
    }

    /// The database's key as SQLCipher takes it.
    pub(super) fn raw_key(&self) -> String {
        format!("x'{}'", to_hex(&self.database))
    }

    /// What tells whether a database with this salt has this key, and nothing else.
    pub(super) fn fingerprint(&self, salt: &str) -> String {
        to_hex(&mac_of(&self.database).chain_update(salt).finalize().into_bytes())
    }

    /// What tells whether the codes of a database with this salt have this key.
    pub(super) fn code_fingerprint(&self, salt: &str) -> String {
        let mac = derived(&self.code_hash, b"which key the visit log has").mac();
        to_hex(&mac.chain_update(salt).finalize().into_bytes())
    }

    /// The keyed hash of a code.
    pub(super) fn hash(&self, code: &Code) -> CodeHash {
        hash_with(&self.code_hash, code)
    }

    /// The hashes that the code has in earlier records.
    pub(super) fn earlier_hashes(&self, code: &Code) -> Vec<CodeHash> {
        self.earlier.iter().map(|earlier| hash_with(&earlier.code_hash, code)).collect()
    }

    /// All hashes that the code may have, in the order of the records.
    pub(super) fn all_hashes(&self, code: &Code) -> Vec<CodeHash> {
        let mut hashes = self.earlier_hashes(code);
        hashes.push(self.hash(code));
        hashes
    }

    /// The key of the seal of the record of this number.
    pub(super) fn seal_key(&self, sequence: u64) -> SealKey {
        let earlier = self.earlier.iter().find(|earlier| sequence <= earlier.until);
        let key = earlier.map_or(&self.code_hash, |earlier| &earlier.code_hash);
        derived(key, b"the seals of the visit log")
    }

    /// The key of PINs that are set now, and those of earlier ones.
    pub(super) fn pin_keys(&self) -> Vec<PinKey> {
        let earlier = self.earlier.iter().rev().map(|earlier| &earlier.code_hash);
        std::iter::once(&self.code_hash)
            .chain(earlier)
            .map(|key| PinKey(derived(key, b"the PINs of the desk")))
            .collect()
    }

    /// The key of journals.
    pub(super) fn journal_key(&self) -> JournalKey {
        JournalKey(derived(&self.code_hash, b"the journals of bulk runs"))
    }
}

impl From<KeyringUnusable> for KeyError {
    fn from(KeyringUnusable: KeyringUnusable) -> Self {
        Self::KeyringUnusable
    }
}

/// Files keys in the keyring where it has none of this name yet, and gives those that it has then. Of two programs that
/// start at once one files, and the other reads.
fn file_in_keyring(name: &str, made: &SecretString, database: &Path) -> Result<SecretString, KeyError> {
    let mut path = database.as_os_str().to_owned();
    path.push(".making-keys");
    let alone = private::create_folder(database.parent().unwrap_or(Path::new(".")))
        .and_then(|()| private::open_file(Path::new(&path)))
        .and_then(|file| file.lock().map(|()| file));
    let _alone = alone.map_err(|_| KeyError::KeyringUnusable)?;
    if let Some(keys) = keyring::read(name)? {
        return Ok(keys);
    }
    keyring::write(name, made)?;
    keyring::read(name)?.ok_or(KeyError::KeyringUnusable)
}

fn hash_with(key: &[u8; KEY_LENGTH], code: &Code) -> CodeHash {
    CodeHash(mac_of(key).chain_update(code.reveal().as_bytes()).finalize().into_bytes().into())
}

/// A key that is made of that of the codes. A code is never hashed to it, as none is so long as a `purpose`.
fn derived(key: &[u8; KEY_LENGTH], purpose: &[u8]) -> SealKey {
    let derived = mac_of(key).chain_update(purpose);
    SealKey(mac_of(&derived.finalize().into_bytes().into()))
}

fn next_path(path: &Path) -> PathBuf {
    let mut next = path.as_os_str().to_owned();
    next.push(".next");
    next.into()
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

pub(super) fn from_hex<const LENGTH: usize>(text: &str) -> Option<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    let digits = text.as_bytes();
    if digits.len() != 2 * LENGTH {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}
