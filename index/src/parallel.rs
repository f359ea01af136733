//! Work on several threads whose results come in the order of the work, whatever the number of threads.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::mpsc::{Sender, channel};

/// Results for each thread that may wait for one before them: enough to keep all busy, few enough to keep memory small.
const AHEAD_MAX: usize = 2;

/// Makes one thing of every `part` items, on as many threads as there are processors, and calls `take` with each in
/// the order of the items.
///
/// # Errors
///
/// The first that `take` returns; what was not yet made then is not made.
pub(crate) fn in_order<T: Send, M: Send, E>(
    items: &mut [T],
    part: usize,
    make: impl Fn(&mut [T]) -> M + Sync,
    take: impl FnMut(M) -> Result<(), E>,
) -> Result<(), E> {
    in_order_with(items, part, || (), |(), items| make(items), take)
}

/// As [`in_order`], where each thread starts with `state` and keeps it from one part to the next, and makes its parts in
/// their order.
pub(crate) fn in_order_with<T: Send, S, M: Send, E>(
    items: &mut [T],
    part: usize,
    state: impl Fn() -> S + Sync,
    make: impl Fn(&mut S, &mut [T]) -> M + Sync,
    mut take: impl FnMut(M) -> Result<(), E>,
) -> Result<(), E> {
    let parts = items.len().div_ceil(part);
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(parts);
    if threads <= 1 {
        let mut state = state();
        return items.chunks_mut(part).try_for_each(|items| take(make(&mut state, items)));
    }
    // Whoever is done takes the next part: one processor may have other work to do.
    let parts = Mutex::new(items.chunks_mut(part).enumerate());
    let next = || parts.lock().ok()?.next();
    let (results, received) = channel();
    let (permit, permits) = channel();
    let permits = Mutex::new(permits);
    let is_permitted = || permits.lock().is_ok_and(|permits| permits.recv().is_ok());
    std::thread::scope(|scope| {
        // Dropped when `take` fails, which ends the threads.
        let permit = permit;
        for _ in 0..threads {
            let (results, state, make, next, is_permitted) = (results.clone(), &state, &make, &next, &is_permitted);
            scope.spawn(move || {
                let mut state = state();
                while is_permitted()
                    && let Some((number, items)) = next()
                {
                    let place = Place { number, results: &results };
                    place.fill(make(&mut state, items));
                }
            });
        }
        drop(results);
        for _ in 0..threads * (1 + AHEAD_MAX) {
            let _ = permit.send(());
        }
        let (mut waiting, mut number) = (BTreeMap::new(), 0);
        for (made, result) in received {
            // A thread that panicked has nothing to send; leaving the scope passes the panic on.
            let Some(result) = result else { break };
            waiting.insert(made, result);
            while let Some(result) = waiting.remove(&number) {
                take(result)?;
                number += 1;
                let _ = permit.send(());
            }
        }
        Ok(())
    })
}

/// Where a result is waited for.
struct Place<'a, M> {
    number: usize,
    results: &'a Sender<(usize, Option<M>)>,
}

impl<M> Place<'_, M> {
    fn fill(self, result: M) {
        // Nobody waits any more if an earlier result was an error.
        let _ = self.results.send((self.number, Some(result)));
    }
}

impl<M> Drop for Place<'_, M> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = self.results.send((self.number, None));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::in_order;

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
