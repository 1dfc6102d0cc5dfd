//! How much was looked at, for tests that bound the work on hostile forms: texts of cells while a form is read, terms while
//! it is proven.

use std::cell::Cell;

thread_local! {
    static TAKEN: Cell<usize> = const { Cell::new(0) };
}

pub(crate) fn add(steps: usize) {
    TAKEN.set(TAKEN.get() + steps);
}

/// Those taken since it was last asked.
pub(crate) fn take() -> usize {
    TAKEN.replace(0)
}
