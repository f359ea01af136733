//! The comparison of entries with the history of the files that they cover, which the caller has.

use std::fmt;
use std::sync::Arc;

use crate::problem::Problems;
use crate::problem::severity::Severity;
use crate::source::covered::{Covered, FreshnessProblem};

pub(super) type Compare = dyn Fn(&[Covered]) -> Vec<FreshnessProblem> + Send + Sync;

/// The function that knows the history; none by default.
#[derive(Clone, Default)]
pub(super) struct Freshness(pub(super) Option<Arc<Compare>>);

impl fmt::Debug for Freshness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Freshness").field(&self.0.is_some()).finish()
    }
}

impl Freshness {
    /// Compares what entries cover, if any does.
    pub(super) fn add_problems(&self, covered: &[Covered], problems: &mut Problems) {
        let Some(compare) = self.0.as_ref().filter(|_| !covered.is_empty()) else { return };
        for FreshnessProblem { check, path, line, message, hint } in compare(covered) {
            let problem = problems.push(Severity::Warning, (&path, line), check, message);
            problem.hint = hint;
        }
    }
}
