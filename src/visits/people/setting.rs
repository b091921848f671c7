//! Somebody gets a PIN, by the rules that hold wherever that is done.

use icu_normalizer::ComposingNormalizerBorrowed;

use super::{Person, Pin, PinChange, PinMemory};
use crate::visits::because::{has_letters, is_hidden, names_somebody};
use crate::visits::{Store, VisitsError};

/// A text is no name with which acts are recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a name of 1 to 40 characters is wanted, which is no code and no number")]
pub struct NotAPerson;

/// The name with which somebody's acts are recorded.
///
/// # Errors
/// It is none.
pub fn person_name(text: &str) -> Result<String, NotAPerson> {
    // One keyboard writes ş as one character, another as two.
    let text = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_name = (1..=40).contains(&name.chars().count())
        && has_letters(&name)
        && !name.contains(is_hidden)
        && !names_somebody(&name);
    if is_name { Ok(name) } else { Err(NotAPerson) }
}

/// Why somebody did not get a PIN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetPinError {
    /// It is among the first that anybody would try.
    #[error("anybody would guess this PIN: take another one")]
    Obvious,
    /// Somebody has a name that is taken for this one.
    #[error("there is {0} already")]
    NameTaken(String),
    /// A PIN tells who it is: no two people may have the same.
    #[error("take another PIN")]
    PinTaken,
    /// The system has no random numbers or no memory for it.
    #[error("the PIN could not be hashed")]
    NotHashed,
    /// The log cannot be read or written.
    #[error(transparent)]
    Visits(#[from] VisitsError),
}

impl Store {
    /// Gives somebody a PIN, in the place of an earlier one, and records that.
    ///
    /// # Errors
    /// Why it was not given.
    pub async fn set_pin(&self, person: Person, pin: Pin, by: Option<String>) -> Result<(), SetPinError> {
        if pin.is_obvious() {
            return Err(SetPinError::Obvious);
        }
        let is_other =
            |other: &Person| other.name != person.name && folded(&other.name) == folded(&person.name);
        if let Some(other) = self.people().await?.into_iter().find(is_other) {
            return Err(SetPinError::NameTaken(other.name));
        }
        let credentials = self.credentials().await?;
        // To compare one takes some ten milliseconds a person: in a thread of its own.
        let hashed =
            tokio::task::spawn_blocking(move || match credentials.person_of(&pin, &PinMemory::default()) {
                Some(other) if other.name != person.name => Err(SetPinError::PinTaken),
                _ => credentials.of(person, &pin).ok_or(SetPinError::NotHashed),
            });
        let credential = hashed.await.map_err(|_| SetPinError::NotHashed)??;
        self.change_people(PinChange::Set(credential), by).await?;
        Ok(())
    }

    /// Takes the PIN away from whoever has this name, or the one that is taken for it, and records that. Gives the name;
    /// `None` where nobody has it.
    ///
    /// # Errors
    /// Why the log cannot be read or written.
    pub async fn remove_pin(&self, name: &str, by: Option<String>) -> Result<Option<String>, VisitsError> {
        let people = self.people().await?;
        let has_it = people.iter().find(|person| person.name == name);
        let person = has_it.or_else(|| people.iter().find(|person| folded(&person.name) == folded(name)));
        // One whose row cannot be read is none of them, and has a name all the same.
        let name = person.map_or(name, |person| &person.name).to_owned();
        let removed = self.change_people(PinChange::Removed(name.clone()), by).await?;
        Ok(removed.then_some(name))
    }
}

/// A name or a word without what a hand in a hurry leaves out: case, the dot of the Turkish i, and what only looks
/// otherwise.
pub fn folded(name: &str) -> String {
    let name = ComposingNormalizerBorrowed::new_nfkc().normalize(name);
    // By way of the capitals ß is two of them.
    name.to_uppercase().to_lowercase().replace('ı', "i").replace('\u{307}', "")
}
