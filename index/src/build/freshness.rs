//! The comparison of entries with the history of files, which the caller has.

use std::fmt;
use std::sync::Arc;

use crate::problem::severity::Severity;
use crate::problem::{Problem, Problems};
use crate::source::covered::FreshnessProblem;

pub(super) type Compare<T> = dyn Fn(&[T]) -> Vec<FreshnessProblem> + Send + Sync;

/// The function that knows the history of entries or translations `T`; none by default.
#[derive(Clone)]
pub(super) struct Freshness<T>(pub(super) Option<Arc<Compare<T>>>);

impl<T> Default for Freshness<T> {
    fn default() -> Freshness<T> {
        Freshness(None)
    }
}

impl<T> fmt::Debug for Freshness<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Freshness").field(&self.0.is_some()).finish()
    }
}

impl<T> Freshness<T> {
    /// Returns the problems of those that `list` returns, if there is a history and any are listed.
    pub(super) fn problems(&self, list: impl FnOnce() -> Vec<T>) -> Vec<Problem> {
        let Some(compare) = &self.0 else { return Vec::new() };
        let listed = list();
        if listed.is_empty() {
            return Vec::new();
        }
        let mut problems = Problems::default();
        for FreshnessProblem { check, path, line, message, hint } in compare(&listed) {
            let problem = problems.push(Severity::Warning, (&path, line), check, message);
            problem.hint = hint;
        }
        problems.into_sorted()
    }
}
