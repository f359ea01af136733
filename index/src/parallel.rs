//! Runs work on several threads and returns the results in the order of the work, with any number of threads.
//!
//! A machine may refuse a thread: then the threads that started do the work, or else the caller's own.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, Builder, Scope, ScopedJoinHandle};

/// The results of each thread that may wait for an earlier one: enough to keep all threads busy, few enough to save
/// memory.
const AHEAD_MAX: usize = 2;

/// Makes one result of every `part` items, on as many threads as there are processors. Calls `take` with the results in
/// the order of the items.
///
/// # Errors
///
/// Returns the first error of `take`; results not made by then are never made.
pub(crate) fn in_order<T: Send, M: Send, E>(
    items: &mut [T],
    part: usize,
    make: impl Fn(&mut [T]) -> M + Sync,
    take: impl FnMut(M) -> Result<(), E>,
) -> Result<(), E> {
    in_order_with(items, part, || (), |(), items| make(items), take)
}

/// As [`in_order`], but each thread has a `state`, which it keeps from one part to the next; it makes its parts in
/// order.
pub(crate) fn in_order_with<T: Send, S, M: Send, E>(
    items: &mut [T],
    part: usize,
    state: impl Fn() -> S + Sync,
    make: impl Fn(&mut S, &mut [T]) -> M + Sync,
    mut take: impl FnMut(M) -> Result<(), E>,
) -> Result<(), E> {
    let parts = items.len().div_ceil(part);
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(parts);
    if threads <= 1 {
        return here(items.chunks_mut(part), state(), make, take);
    }
    // An idle thread takes the next part, because one processor may have other work to do.
    let parts = Mutex::new(items.chunks_mut(part).enumerate());
    let next = || parts.lock().ok()?.next();
    let (results, received) = channel();
    let (permit, permits) = channel();
    let permits = Mutex::new(permits);
    let is_permitted = || permits.lock().is_ok_and(|permits| permits.recv().is_ok());
    let started = thread::scope(|scope| {
        // Dropped when `take` fails, which ends the threads.
        let permit = permit;
        let start = |_: &usize| {
            let (results, state, make, next, is_permitted) = (results.clone(), &state, &make, &next, &is_permitted);
            spawn(scope, move || work(&results, state(), make, next, is_permitted)).is_ok()
        };
        let started = (0..threads).take_while(start).count();
        drop(results);
        let allow_one = || permit.send(()).unwrap_or_default();
        (0..started * (1 + AHEAD_MAX)).for_each(|_| allow_one());
        take_in_order(received, &mut take, allow_one)?;
        Ok(started)
    })?;
    match parts.into_inner() {
        // No thread could be started.
        Ok(parts) if started == 0 => here(parts.map(|(_, items)| items), state(), make, take),
        _ => Ok(()),
    }
}

/// Makes results of the parts that `next` returns, for as long as `is_permitted` allows one more.
fn work<'i, T: 'i, S, M>(
    results: &Sender<(usize, Option<M>)>,
    mut state: S,
    make: &impl Fn(&mut S, &mut [T]) -> M,
    next: &impl Fn() -> Option<(usize, &'i mut [T])>,
    is_permitted: &impl Fn() -> bool,
) {
    while is_permitted()
        && let Some((number, items)) = next()
    {
        let place = Turn { number, results };
        place.fill(make(&mut state, items));
    }
}

/// Calls `take` with the results in the order of their numbers, and `taken` after each.
///
/// A thread that panicked sends `None`; then the rest is left, and leaving the scope passes the panic on.
fn take_in_order<M, E>(
    received: Receiver<(usize, Option<M>)>,
    mut take: impl FnMut(M) -> Result<(), E>,
    taken: impl Fn(),
) -> Result<(), E> {
    let (mut pending, mut number) = (BTreeMap::new(), 0);
    for (made, result) in received {
        let Some(result) = result else { break };
        pending.insert(made, result);
        while let Some(result) = pending.remove(&number) {
            take(result)?;
            number += 1;
            taken();
        }
    }
    Ok(())
}

/// Does the work on the caller's thread.
fn here<'i, T: 'i, S, M, E>(
    mut parts: impl Iterator<Item = &'i mut [T]>,
    mut state: S,
    make: impl Fn(&mut S, &mut [T]) -> M,
    mut take: impl FnMut(M) -> Result<(), E>,
) -> Result<(), E> {
    parts.try_for_each(|items| take(make(&mut state, items)))
}

/// Runs two closures at once, or in turn if no thread can be started; returns both results.
pub(crate) fn both<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    // A thread that does not start drops its closure, so that only borrows this one.
    let one = Mutex::new(Some(one));
    let run_one = || one.lock().ok().and_then(|mut one| one.take()).map(|one| one());
    let (made, other) = thread::scope(|scope| {
        let running = spawn(scope, run_one);
        let other = other();
        let made = running.ok().map(|running| running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        (made.flatten(), other)
    });
    (made.or_else(run_one).expect("the first is done once, on a thread or here"), other)
}

/// Starts a thread, if the system grants one.
fn spawn<'s, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    work: impl FnOnce() -> T + Send + 's,
) -> io::Result<ScopedJoinHandle<'s, T>> {
    #[cfg(test)]
    tests::may_start()?;
    Builder::new().spawn_scoped(scope, work)
}

/// The place of one result in the order; a panic fills it with `None`.
struct Turn<'a, M> {
    number: usize,
    results: &'a Sender<(usize, Option<M>)>,
}

impl<M> Turn<'_, M> {
    fn fill(self, result: M) {
        // The receiver is gone if an earlier result was an error.
        let _ = self.results.send((self.number, Some(result)));
    }
}

impl<M> Drop for Turn<'_, M> {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.results.send((self.number, None));
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::Cell;
    use std::io;

    use super::{both, in_order};

    thread_local! {
        /// The number of threads that a test may start.
        static THREADS_LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
    }

    /// Simulates a machine that has no more threads.
    pub(crate) fn may_start() -> io::Result<()> {
        let left = THREADS_LEFT.get().checked_sub(1).ok_or(io::ErrorKind::WouldBlock)?;
        THREADS_LEFT.set(left);
        Ok(())
    }

    /// Does `work` on this thread alone.
    pub(crate) fn on_one_thread<T>(work: impl FnOnce() -> T) -> T {
        THREADS_LEFT.set(0);
        let made = work();
        THREADS_LEFT.set(usize::MAX);
        made
    }

    #[test]
    fn work_is_done_with_fewer_threads_or_none() {
        for threads in 0..4 {
            let mut items: Vec<usize> = (0..1000).collect();
            let mut taken = Vec::new();
            THREADS_LEFT.set(threads);
            let take = |mut made: Vec<usize>| {
                taken.append(&mut made);
                Ok::<_, ()>(())
            };
            assert_eq!(in_order(&mut items, 7, |items| items.to_vec(), take), Ok(()));
            assert_eq!(taken, items, "{threads} threads");
            let mut first = 0;
            let fail = |made: usize| {
                first = made;
                Err(made)
            };
            assert_eq!(in_order(&mut items, 7, |items| items[0], fail), Err(0));
            assert_eq!(both(|| "one".to_owned(), || 2), ("one".to_owned(), 2));
        }
        THREADS_LEFT.set(usize::MAX);
    }

    #[test]
    fn two_things_are_done_at_once() {
        let (sender, receiver) = std::sync::mpsc::channel();
        // Each waits for the other.
        let (one, other) = both(move || sender.send(1).is_ok(), move || receiver.recv());
        assert!(one && other == Ok(1));
    }

    #[test]
    fn results_come_in_order() {
        for (count, part) in [(0_usize, 3_usize), (1, 3), (1000, 1), (1000, 7), (7, 100)] {
            let mut items: Vec<usize> = (0..count).collect();
            let mut taken = Vec::new();
            let take = |mut made: Vec<usize>| {
                taken.append(&mut made);
                Ok::<_, ()>(())
            };
            assert_eq!(in_order(&mut items, part, |items| items.to_vec(), take), Ok(()));
            assert_eq!(taken, items, "{count} in parts of {part}");
        }
    }

    #[test]
    fn the_first_error_ends_the_work() {
        let mut items: Vec<usize> = (0..1000).collect();
        let mut taken = 0;
        let take = |first: usize| {
            taken += 1;
            if first == 30 { Err(first) } else { Ok(()) }
        };
        assert_eq!(in_order(&mut items, 10, |items| items[0], take), Err(30));
        assert_eq!(taken, 4);
    }

    #[test]
    #[should_panic(expected = "panicked")]
    fn a_panic_is_passed_on() {
        let mut items: Vec<usize> = (0..100).collect();
        let _ = in_order(&mut items, 1, |items| assert!(items[0] < 50), Ok::<_, ()>);
    }
}
