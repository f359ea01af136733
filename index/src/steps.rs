//! Counts the steps of work that must stay in proportion to the content, for tests of that proportion.

/// Counts `steps` steps of the current thread; nothing is counted outside tests.
#[inline]
pub(crate) fn count(steps: usize) {
    #[cfg(test)]
    tests::STEPS.set(tests::STEPS.get() + steps);
    #[cfg(not(test))]
    let _ = steps;
}

/// Returns the steps that `work` takes on this thread.
#[cfg(test)]
pub(crate) fn of(work: impl FnOnce()) -> usize {
    let before = tests::STEPS.get();
    work();
    tests::STEPS.get() - before
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    thread_local! {
        /// The steps so far.
        pub(super) static STEPS: Cell<usize> = const { Cell::new(0) };
    }
}
