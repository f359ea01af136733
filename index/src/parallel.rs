//! Work on several threads whose results come in the order of the work, whatever the number of threads.

use std::num::NonZero;
use std::sync::mpsc::sync_channel;

/// Results that a thread may be ahead of whoever takes them: enough to keep it busy, few enough to keep memory small.
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
    let mut shares: Vec<Vec<&mut [T]>> = (0..threads).map(|_| Vec::new()).collect();
    for (number, items) in items.chunks_mut(part).enumerate() {
        shares[number % threads].push(items);
    }
    std::thread::scope(|scope| {
        let (state, make) = (&state, &make);
        let receivers: Vec<_> = shares
            .into_iter()
            .map(|share| {
                let (sender, receiver) = sync_channel(AHEAD_MAX);
                scope.spawn(move || {
                    let mut state = state();
                    for items in share {
                        if sender.send(make(&mut state, items)).is_err() {
                            return;
                        }
                    }
                });
                receiver
            })
            .collect();
        for number in 0..parts {
            // A thread that panicked sends nothing more; leaving the scope passes the panic on.
            let Ok(result) = receivers[number % threads].recv() else { break };
            take(result)?;
        }
        Ok(())
    })
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
