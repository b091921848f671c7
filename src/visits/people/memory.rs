//! The memory in which PINs are hashed.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use argon2::Block;

use super::MEMORY;

/// The memory in which PINs are hashed, from the first one on. The system takes half as long to bring it in as a hash takes
/// in it.
#[derive(Clone, Default)]
pub struct PinMemory(Arc<Mutex<Vec<Block>>>);

impl fmt::Debug for PinMemory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PinMemory(…)")
    }
}

impl PinMemory {
    /// Memory that is brought in while a PIN is typed. Blocks nobody.
    pub fn of_asked_pin() -> Self {
        let memory = Self::default();
        let expected = memory.clone();
        // Without a thread the first hash brings it in.
        let _ = thread::Builder::new().name("pin memory".to_owned()).spawn(move || drop(expected.blocks()));
        memory
    }

    /// Its blocks; `None` where the system has no memory for them.
    pub(super) fn blocks(&self) -> Option<MutexGuard<'_, Vec<Block>>> {
        let mut blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if blocks.is_empty() {
            blocks.try_reserve_exact(MEMORY as usize).ok()?;
            blocks.resize(MEMORY as usize, Block::default());
        }
        Some(blocks)
    }
}
