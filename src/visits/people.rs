//! Who may work at the desk: names, roles and PINs, and how many wrong PINs were entered.
//!
//! A PIN is kept as its Argon2id hash, made with a key of the machine besides: whoever has the database alone cannot try
//! PINs. Name and role go into the hash, too, so that nobody with the database's key makes a manager of a guard.

mod memory;
mod sealed;
mod setting;
mod unrecorded;

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use argon2::{Algorithm, Argon2, Block, ParamsBuilder, Version};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use secrecy::{ExposeSecret, SecretString};

use super::VisitsError;
use super::database::one_row;
use super::keys::PinKey;

/// The memory that a hash takes, in KiB, and how often it is gone over: what OWASP's password storage cheat sheet gives
/// as the least for Argon2id.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// After so many wrong PINs in a row none is taken for a while.
const FREE_TRIES: u32 = 5;

/// For how long none is taken then; twice as long after each further wrong one, and at most [`LONGEST_LOCK`].
const FIRST_LOCK: Duration = Duration::from_secs(60);
const LONGEST_LOCK: Duration = Duration::from_secs(60 * 60);

/// So many may be wrong besides with guards' own PINs in between; they are forgotten so long after the first of them.
const FREE_EARLIER: u32 = 15;
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(1);

pub use memory::PinMemory;
pub(super) use sealed::{are_sealed, begin, seal};
pub use setting::{NotAPerson, SetPinError, folded, person_name};
pub use unrecorded::{Unrecorded, read_people};

/// PINs that many people choose and no rule of [`Pin::is_obvious`] finds.
const COMMON: [&str; 14] = [
    "010203", "102030", "112358", "123450", "123654", "135790", "147258", "147852", "159357", "159753",
    "246810", "258369", "314159", "789456",
];

/// What somebody may do at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Today's visits, look-ups and decisions.
    Guard,
    /// All of that, and settings, exports, PINs and the way out.
    Manager,
}

impl Role {
    /// The word for the role in the log and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Guard => "guard",
            Self::Manager => "manager",
        }
    }

    /// The role of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Guard, Self::Manager].into_iter().find(|role| role.name() == name)
    }
}

/// Somebody who has a PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name that acts are recorded with.
    pub name: String,
    /// What the person may do.
    pub role: Role,
}

/// The most digits that a PIN has.
pub const LONGEST_PIN: usize = 10;

/// What was entered as a PIN: six to ten digits.
#[derive(Clone)]
pub struct Pin(SecretString);

/// A text is no PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a PIN has six to ten digits")]
pub struct NotAPin;

impl Pin {
    /// # Errors
    /// It is no PIN.
    pub fn parse(text: &str) -> Result<Self, NotAPin> {
        let are_digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if are_digits && (6..=LONGEST_PIN).contains(&text.len()) {
            Ok(Self(text.into()))
        } else {
            Err(NotAPin)
        }
    }

    /// Whether the same was entered again.
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }

    /// Whether it is among the first that anybody would try: digits in their order, of two kinds alone, each twice, again
    /// and again, the same from both ends, or a figure on the keys.
    pub fn is_obvious(&self) -> bool {
        let digits = self.0.expose_secret().as_bytes();
        let steps = || digits.windows(2).map(|pair| (pair[1] + 10 - pair[0]) % 10);
        let is_in_order = (0..10).any(|step| steps().all(|other| other == step));
        let kinds: BTreeSet<u8> = digits.iter().copied().collect();
        let are_twins = digits.chunks(2).all(|pair| pair.iter().all(|digit| *digit == pair[0]));
        let is_again =
            (1..=digits.len() / 2).any(|length| digits.chunks(length).all(|part| digits.starts_with(part)));
        let is_mirrored = digits.iter().eq(digits.iter().rev());
        let is_common = COMMON.iter().any(|common| common.as_bytes() == digits);
        is_in_order || kinds.len() < 3 || are_twins || is_again || is_mirrored || is_common
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pin(…)")
    }
}

/// A person and the hash of the PIN.
#[derive(Clone)]
pub struct Credential {
    person: Person,
    salt: [u8; 16],
    hash: [u8; 32],
}

impl fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Credential({:?})", self.person)
    }
}

/// Everybody who has a PIN. To compare one takes some ten milliseconds for each of them: nothing may wait for that.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub(super) all: Vec<Credential>,
    /// The key of new hashes, and those of earlier ones.
    pub(super) keys: Vec<PinKey>,
}

impl Credentials {
    /// Whose PIN it is, hashed in `memory`.
    pub fn person_of(&self, pin: &Pin, memory: &PinMemory) -> Option<&Person> {
        let mut blocks = memory.blocks()?;
        let is_of = |credential: &&Credential| {
            let mut hash = |key| hash(&credential.person, &credential.salt, key, pin, &mut blocks);
            self.keys.iter().any(|key| hash(key) == Some(credential.hash))
        };
        self.all.iter().find(is_of).map(|credential| &credential.person)
    }

    /// The person with this PIN. `None` where the system has no random numbers or no memory for it.
    pub fn of(&self, person: Person, pin: &Pin) -> Option<Credential> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).ok()?;
        let hash = hash(&person, &salt, self.keys.first()?, pin, &mut PinMemory::default().blocks()?)?;
        Some(Credential { person, salt, hash })
    }
}

fn hash(person: &Person, salt: &[u8; 16], key: &PinKey, pin: &Pin, blocks: &mut [Block]) -> Option<[u8; 32]> {
    let secret = key.of(&person.name, person.role.name());
    let parameters = ParamsBuilder::new().m_cost(MEMORY).t_cost(PASSES).p_cost(1).build().ok()?;
    let argon2 = Argon2::new_with_secret(&secret, Algorithm::Argon2id, Version::V0x13, parameters).ok()?;
    let mut hash = [0; 32];
    argon2.hash_password_into_with_memory(pin.0.expose_secret().as_bytes(), salt, &mut hash, blocks).ok()?;
    Some(hash)
}

/// What becomes of a person's PIN.
#[derive(Debug, Clone)]
pub enum PinChange {
    /// The person has this one from now on.
    Set(Credential),
    /// The person of this name has none any more.
    Removed(String),
}

/// What a try begins with.
#[derive(Debug, Clone)]
pub enum PinTry {
    /// The PIN can be compared. Until [`super::Store::end_pin_try`] it counts as a wrong one, whatever happens.
    Begun(Credentials),
    /// None is taken before this time.
    Locked(Timestamp),
    /// There is nobody who has one.
    Nobody,
}

/// Begins a try.
pub(super) fn begin_try(
    connection: &Connection,
    keys: Vec<PinKey>,
    now: Timestamp,
) -> Result<PinTry, VisitsError> {
    let all = credentials(connection)?;
    if all.is_empty() {
        return Ok(PinTry::Nobody);
    }
    let before = tries(connection)?;
    match before.another(now) {
        Ok(another) => {
            note_tries(connection, another)?;
            Ok(PinTry::Begun(Credentials { all, keys }))
        }
        Err(until) => {
            // Else a clock that was set back would begin the lock anew with each try.
            if until < before.until {
                note_tries(connection, Tries { until, ..before })?;
            }
            Ok(PinTry::Locked(until))
        }
    }
}

/// The wrong PINs so far.
#[derive(Debug, Clone, Copy, Default)]
struct Tries {
    /// Those in a row.
    wrong: u32,
    /// Those before a guard's own PIN.
    earlier: u32,
    /// When the first of all of them was.
    since: Timestamp,
    /// Until when none is taken for them.
    until: Timestamp,
}

impl Tries {
    /// These with another one, which is a wrong one until it is over; or until when none is taken.
    fn another(self, now: Timestamp) -> Result<Self, Timestamp> {
        // A clock that was set back since locks for no longer than these do.
        let until = self.until.min(after(now, self.lock()));
        if now < until {
            return Err(until);
        }
        let since = self.since.min(now);
        let is_long_ago = now.duration_since(since) >= FORGOTTEN;
        let earlier = if is_long_ago { 0 } else { self.earlier };
        let since = if is_long_ago || self.wrong == 0 && earlier == 0 { now } else { since };
        let another = Self { wrong: self.wrong.saturating_add(1), earlier, since, until };
        Ok(Self { until: after(now, another.lock()), ..another })
    }

    /// What these come to once the last one was right. A guard who enters a PIN of one's own between guesses shall not find
    /// a manager's; a manager, who gives PINs to everybody, need find none.
    fn after_right_one_of(self, person: &Person, now: Timestamp) -> Self {
        match person.role {
            Role::Manager => Self::default(),
            Role::Guard => {
                let earlier = self.earlier.saturating_add(self.wrong.saturating_sub(1));
                Self { wrong: 0, earlier, until: self.until.min(now), ..self }
            }
        }
    }

    /// How many of them count in a row.
    fn counted(self) -> u32 {
        let all = self.earlier.saturating_add(self.wrong);
        self.wrong.max(all.saturating_sub(FREE_EARLIER))
    }

    /// For how long no PIN is taken after them.
    fn lock(self) -> Duration {
        self.counted().checked_sub(FREE_TRIES).map_or(Duration::ZERO, |further| {
            FIRST_LOCK.saturating_mul(2_u32.saturating_pow(further)).min(LONGEST_LOCK)
        })
    }

    /// What these and others come to that may be the same ones.
    fn and(self, other: Self) -> Self {
        Self {
            wrong: self.wrong.max(other.wrong),
            earlier: self.earlier.max(other.earlier),
            since: self.since.max(other.since),
            until: self.until.max(other.until),
        }
    }

    /// What they come to.
    fn wrong_at(self, now: Timestamp) -> WrongPin {
        WrongPin {
            wrong: self.wrong,
            left: FREE_TRIES.saturating_sub(self.counted()),
            locked_until: (now < self.until).then_some(self.until),
        }
    }
}

/// What wrong PINs came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongPin {
    /// So many PINs were wrong in a row.
    pub wrong: u32,
    /// How many more may be before none is taken for a while.
    pub left: u32,
    /// Until when none is taken.
    pub locked_until: Option<Timestamp>,
}

/// What a try that is over came to.
pub(super) fn wrong(connection: &Connection, now: Timestamp) -> Result<WrongPin, VisitsError> {
    Ok(tries(connection)?.wrong_at(now))
}

/// The try that began last was this person's PIN.
pub(super) fn note_right_one(
    connection: &Connection,
    person: &Person,
    now: Timestamp,
) -> Result<(), VisitsError> {
    note_tries(connection, tries(connection)?.after_right_one_of(person, now))
}

fn tries(connection: &Connection) -> Result<Tries, VisitsError> {
    let tries = connection
        .query_row("SELECT * FROM pin_tries", [], |row| {
            // A log that cannot be brought up to date has neither of these.
            let earlier = (row.get("earlier").unwrap_or_default(), row.get("since").unwrap_or_default());
            Ok((row.get("wrong")?, earlier, row.get("locked_until")?))
        })
        .optional()?;
    let (wrong, (earlier, since), until): (i64, (i64, i64), i64) = tries.unwrap_or_default();
    // What this program did not write lets nobody guess.
    let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Tries {
        wrong: count(wrong),
        earlier: count(earlier),
        since: Timestamp::from_millisecond(since).unwrap_or(Timestamp::MAX),
        until: Timestamp::from_millisecond(until).unwrap_or(Timestamp::MAX),
    })
}

fn after(now: Timestamp, time: Duration) -> Timestamp {
    now.saturating_add(SignedDuration::try_from(time).unwrap_or_default()).unwrap_or(now)
}

fn note_tries(connection: &Connection, tries: Tries) -> Result<(), VisitsError> {
    let noted = connection.execute(
        "INSERT OR REPLACE INTO pin_tries VALUES (1, ?1, ?2, ?3, ?4)",
        params![tries.wrong, tries.until.as_millisecond(), tries.earlier, tries.since.as_millisecond()],
    )?;
    one_row(noted)
}

pub(super) fn credentials(connection: &Connection) -> Result<Vec<Credential>, VisitsError> {
    let mut statement =
        connection.prepare_cached("SELECT name, role, salt, pin FROM people ORDER BY name")?;
    let mut rows = statement.query([])?;
    let mut credentials = Vec::new();
    while let Some(row) = rows.next()? {
        match credential(row) {
            Some(credential) => credentials.push(credential),
            // It keeps nobody else out.
            None => tracing::error!("a row of the people who have a PIN cannot be read"),
        }
    }
    Ok(credentials)
}

fn credential(row: &Row<'_>) -> Option<Credential> {
    let role = Role::from_name(row.get_ref(1).ok()?.as_str().ok()?)?;
    let person = Person { name: row.get(0).ok()?, role };
    Some(Credential { person, salt: row.get(2).ok()?, hash: row.get(3).ok()? })
}

/// Everybody who has a PIN.
pub(super) fn people(connection: &Connection) -> Result<Vec<Person>, VisitsError> {
    Ok(credentials(connection)?.into_iter().map(|credential| credential.person).collect())
}

/// Gives a person a PIN, in the place of an earlier one.
pub(super) fn put(connection: &Connection, credential: &Credential) -> Result<(), VisitsError> {
    let Credential { person, salt, hash } = credential;
    let put = connection.execute(
        "INSERT OR REPLACE INTO people VALUES (?1, ?2, ?3, ?4)",
        params![person.name, person.role.name(), salt, hash],
    )?;
    one_row(put)
}

/// Takes a person's PIN away. Tells whether there was one.
pub(super) fn remove(connection: &Connection, name: &str) -> Result<bool, VisitsError> {
    Ok(connection.execute("DELETE FROM people WHERE name = ?1", [name])? > 0)
}

/// Takes everybody else's PIN away: where somebody changed who has one, nobody knows whose are right.
pub(super) fn remove_others(connection: &Connection, name: &str) -> Result<(), VisitsError> {
    connection.execute("DELETE FROM people WHERE name <> ?1", [name])?;
    Ok(())
}

impl Credential {
    /// Whose it is.
    pub fn person(&self) -> &Person {
        &self.person
    }
}

#[cfg(test)]
mod tests;
