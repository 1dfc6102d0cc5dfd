//! How many terms were looked at, for tests that bound the work on hostile forms.

use std::cell::Cell;

thread_local! {
    static TAKEN: Cell<usize> = const { Cell::new(0) };
}

pub(super) fn add(steps: usize) {
    TAKEN.set(TAKEN.get() + steps);
}

/// Those taken since it was last asked.
pub(super) fn take() -> usize {
    TAKEN.replace(0)
}
