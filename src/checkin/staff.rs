//! Those who have a PIN, for a kiosk that is out of service: as far as the log can still be read, it knows them.

use std::sync::Arc;
use std::thread;

use super::desk::{PinAnswer, compare_pin};
use crate::visits::{
    Act, Config, Deed, Person, Pin, PinMemory, PinTry, Store, Unrecorded, Use, VisitsError, read_people,
};

/// Those who have a PIN.
#[derive(Debug)]
pub struct Staff {
    config: Config,
    /// `None` where the log cannot be written.
    log: Option<Store>,
    unrecorded: Arc<Unrecorded>,
}

/// Whether the log may be read all the same.
fn takes_nothing(error: &VisitsError) -> bool {
    matches!(
        error,
        VisitsError::DiskFull | VisitsError::NotWritable | VisitsError::Forbidden(_) | VisitsError::Disk
    )
}

/// Does what takes long or blocks on the disk.
async fn in_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, VisitsError> + Send + 'static,
) -> Result<T, VisitsError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| VisitsError::Disk)?
}

impl Staff {
    /// Opens the log, at least to read. `unrecorded` are the wrong PINs that it could not take down. Blocks on the disk.
    ///
    /// # Errors
    /// Why the log cannot be read.
    pub fn open(config: Config, unrecorded: Arc<Unrecorded>) -> Result<Self, VisitsError> {
        let log = match Store::open(config.clone(), Use::Log) {
            Ok(log) => Some(log),
            Err(error) if takes_nothing(&error) => {
                read_people(&config)?;
                None
            }
            Err(error) => return Err(error),
        };
        Ok(Self { config, log, unrecorded })
    }

    /// Compares a PIN with everybody's. The try is recorded, and counts until the program ends besides: the log may take
    /// some of them down and others not.
    ///
    /// # Errors
    /// Why the log cannot be read: nothing may be opened.
    pub async fn compare_pin(&self, pin: Pin, memory: PinMemory) -> Result<PinAnswer, VisitsError> {
        let (config, unrecorded) = (self.config.clone(), Arc::clone(&self.unrecorded));
        let credentials = match in_thread(move || unrecorded.begin_pin_try(&config)).await? {
            PinTry::Locked(until) => return Ok(PinAnswer::Locked(until)),
            PinTry::Nobody => return Ok(PinAnswer::NobodyHasOne),
            PinTry::Begun(credentials) => credentials,
        };
        let logged = match &self.log {
            Some(log) => compare_pin(log, pin.clone(), memory.clone()).await,
            None => Err(VisitsError::NotWritable),
        };
        let person = match logged {
            Ok(PinAnswer::Of(person)) => Some(person),
            Ok(PinAnswer::Wrong(_)) => None,
            Err(error) if takes_nothing(&error) => {
                in_thread(move || Ok(credentials.person_of(&pin, &memory).cloned())).await?
            }
            other => return other,
        };
        let wrong = self.unrecorded.end_pin_try(person.as_ref());
        Ok(person.map_or(PinAnswer::Wrong(wrong), PinAnswer::Of))
    }

    /// Whether this person has a PIN still, in this role.
    pub async fn has(&self, person: &Person) -> bool {
        let people = match &self.log {
            Some(log) => log.people().await,
            None => Err(VisitsError::NotWritable),
        };
        let people = match people {
            Err(error) if takes_nothing(&error) => {
                let config = self.config.clone();
                in_thread(move || read_people(&config)).await
            }
            people => people,
        };
        people.is_ok_and(|people| people.contains(person))
    }

    /// Records that this person ended the kiosk.
    ///
    /// # Errors
    /// Why it may not be on the disk.
    pub async fn note_stop(&self, person: Person) -> Result<(), VisitsError> {
        match &self.log {
            Some(log) => log.append_act(Act::now(Some(person.name), Deed::Stopped)).await,
            None => Err(VisitsError::NotWritable),
        }
    }
}

impl Drop for Staff {
    /// The log's end waits for the disk: nothing that draws may do that.
    fn drop(&mut self) {
        let log = self.log.take();
        // Where there is no thread to be had, it is waited for.
        let _ = thread::Builder::new().name("end of log".to_owned()).spawn(move || drop(log));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::PoisonError;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::visits::{OPENING, Role};

    #[test]
    fn whoever_lets_go_of_the_log_waits_for_no_disk() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::of_tests(folder.path());
        drop(Store::open(config.clone(), Use::Command).unwrap());
        let staff = Staff::open(config.clone(), Arc::default()).unwrap();
        // Another file has the log's name, and nobody can open it: the log's thread is busy with that.
        let _held = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
        let other = folder.path().join("other");
        fs::copy(&config.path, &other).unwrap();
        fs::rename(&other, &config.path).unwrap();
        let person = Person { name: "Ayşe".to_owned(), role: Role::Manager };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let asked = async { tokio::time::timeout(Duration::from_millis(50), staff.has(&person)).await };
        runtime.block_on(asked).expect_err("the log's thread is busy");
        let begun = Instant::now();
        drop(staff);
        assert!(begun.elapsed() < Duration::from_millis(500));
    }
}
