//! Memory that documents reuse, whichever thread reads them.

use std::sync::{Mutex, PoisonError};

use crate::compact::{self, Compact};

/// Memory that is lent for a while; as many pieces of it as were ever lent at once.
#[derive(Debug, Default)]
pub(super) struct Pool<T>(Mutex<Vec<Box<T>>>);

impl<T: Default> Pool<T> {
    /// Lends what was used before, or what is new where all is lent.
    pub(super) fn lend<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        // Nothing else is done under the lock, so nothing is left halfway when a thread panics.
        let free = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lent = free().pop();
        let mut lent = lent.unwrap_or_default();
        let result = work(&mut lent);
        free().push(lent);
        result
    }
}

/// Nothing of it is kept.
impl<T> Compact for Pool<T> {
    #[cfg(test)]
    fn write(&self, _: &mut compact::Writer) {}

    fn read(_: &mut compact::Reader) -> Option<Pool<T>> {
        Some(Pool(Mutex::default()))
    }
}
