//! What threads that work side by side hand on to each other.

use std::sync::{Mutex, PoisonError};

/// Things of which each thread needs one while it works, and none afterwards: as many as threads worked at a time.
#[derive(Debug)]
pub(super) struct Pool<T>(Mutex<Vec<T>>);

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Pool(Mutex::default())
    }
}

impl<T> Pool<T> {
    /// Does something with one of them that nobody else is using, a new one if need be.
    pub fn with<R>(&self, new: impl FnOnce() -> T, work: impl FnOnce(&mut T) -> R) -> R {
        // Nothing is ever half written in the list, whoever died holding it.
        let idle = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let mut taken = taken.unwrap_or_else(new);
        let result = work(&mut taken);
        idle().push(taken);
        result
    }
}
