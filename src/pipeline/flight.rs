//! Tasks in flight: done side by side, their results taken in order.

use rayon::Yield;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Does `work` on tasks side by side, and hands each result to `take` in the order of the tasks. Tasks come with their weight:
/// those begun whose results are not taken weigh no more than `room`, unless it is a single one.
///
/// Belongs into a pool of threads; the one that calls it works as the others do. `work` must not itself hand work to the pool:
/// whoever waits there would be given the next task, which may wait for its own.
///
/// # Errors
/// The first that `take` gives; no task is begun after it, and those in flight end before this does.
pub(super) fn in_order<T: Send, R: Send, E>(
    tasks: impl Iterator<Item = (u64, T)>,
    room: u64,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let (mut tasks, work) = (tasks.peekable(), &work);
    rayon::in_place_scope_fifo(|scope| {
        let (mut flying, mut weighs) = (VecDeque::new(), 0);
        loop {
            while let Some((weight, task)) =
                tasks.next_if(|(weight, _)| flying.is_empty() || weighs + weight <= room)
            {
                weighs += weight;
                let landing = Arc::new(Landing::default());
                flying.push_back((weight, Arc::clone(&landing)));
                scope.spawn_fifo(move |_| {
                    let flight = Flight(&landing);
                    flight.land(work(task));
                });
            }
            let Some((weight, landing)) = flying.pop_front() else { return Ok(()) };
            // Nothing lands where a task panicked; the scope goes on with the panic.
            let Some(result) = landing.wait() else { return Ok(()) };
            weighs -= weight;
            take(result)?;
        }
    })
}

/// Where the result of a task is left.
struct Landing<R> {
    state: Mutex<State<R>>,
    changed: Condvar,
}

enum State<R> {
    Flying,
    Landed(R),
    /// The task ended without a result.
    Lost,
}

impl<R> Default for Landing<R> {
    fn default() -> Self {
        Landing { state: Mutex::new(State::Flying), changed: Condvar::new() }
    }
}

impl<R> Landing<R> {
    /// The result; other tasks are worked at until it is there.
    fn wait(&self) -> Option<R> {
        while matches!(*self.state(), State::Flying) && rayon::yield_now() == Some(Yield::Executed) {}
        let flying = |state: &mut State<R>| matches!(state, State::Flying);
        // Every task is in somebody's hands.
        let mut state = self.changed.wait_while(self.state(), flying).unwrap_or_else(PoisonError::into_inner);
        match std::mem::replace(&mut *state, State::Lost) {
            State::Landed(result) => Some(result),
            State::Flying | State::Lost => None,
        }
    }

    /// Nothing is ever half written in it, whoever died holding it.
    fn state(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A task that is being worked at: however it ends, whoever waits hears of it.
struct Flight<'a, R>(&'a Landing<R>);

impl<R> Flight<'_, R> {
    fn land(self, result: R) {
        *self.0.state() = State::Landed(result);
    }
}

impl<R> Drop for Flight<'_, R> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        if matches!(*state, State::Flying) {
            *state = State::Lost;
        }
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    fn within<R: Send>(threads: usize, work: impl FnOnce() -> R + Send) -> R {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
    }

    #[test]
    fn results_are_taken_in_order_and_no_more_is_in_flight_than_there_is_room_for() {
        for threads in [1, 2, 5] {
            let (flying, most) = (AtomicU64::new(0), AtomicU64::new(0));
            let work = |nth: u64| {
                let now = flying.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(now, Ordering::SeqCst);
                // Every third is slow, so that those behind it land first.
                std::thread::sleep(Duration::from_micros(if nth.is_multiple_of(3) { 900 } else { 50 }));
                nth
            };
            let mut taken = Vec::new();
            let done: Result<(), ()> = within(threads, || {
                in_order((0..200).map(|nth| (2, nth)), 9, work, |nth| {
                    flying.fetch_sub(1, Ordering::SeqCst);
                    taken.push(nth);
                    Ok(())
                })
            });
            assert_eq!((done, taken), (Ok(()), (0..200).collect::<Vec<_>>()));
            assert!(most.into_inner() <= 4, "nine is room for four of two");
        }
    }

    #[test]
    fn a_task_heavier_than_the_room_flies_alone() {
        let mut taken = Vec::new();
        let tasks = [(1, 'a'), (100, 'b'), (1, 'c')];
        let done: Result<(), ()> = within(2, || {
            in_order(
                tasks.into_iter(),
                10,
                |name| name,
                |name| {
                    taken.push(name);
                    Ok(())
                },
            )
        });
        assert_eq!((done, taken), (Ok(()), vec!['a', 'b', 'c']));
    }

    #[test]
    fn nothing_is_begun_after_an_error() {
        let begun = AtomicU64::new(0);
        let work = |nth: u64| {
            begun.fetch_add(1, Ordering::SeqCst);
            nth
        };
        let done = within(2, || {
            in_order((0..1_000).map(|nth| (1, nth)), 4, work, |nth| if nth == 10 { Err(nth) } else { Ok(()) })
        });
        assert_eq!(done, Err(10));
        assert!(begun.into_inner() <= 14, "those in flight alone");
    }

    #[test]
    fn a_panic_comes_through_and_nobody_waits_for_ever() {
        for threads in [1, 3] {
            let work = |nth: u64| if nth == 7 { panic!("seven") } else { nth };
            let run =
                || within(threads, || in_order((0..50).map(|nth| (1, nth)), 8, work, |_| Ok::<(), ()>(())));
            assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
        }
    }
}
