//! The comparison of entries with the history of the files that they cover, which the caller has.

use std::fmt;
use std::sync::Arc;

use super::builder::Builder;
use crate::problem::Problems;
use crate::problem::severity::Severity;
use crate::source::covered::{Covered, FreshnessProblem};

type Compare = dyn Fn(&[Covered]) -> Vec<FreshnessProblem> + Send + Sync;

/// The function that knows the history; none by default.
#[derive(Clone, Default)]
pub(super) struct Freshness(Option<Arc<Compare>>);

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

impl Builder {
    /// Lets `compare` say which entries are older than the files that they cover. It is called with all of them, unless there
    /// are none: the library reads no history itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use faqt::build::{Builder, Check, FreshnessProblem};
    ///
    /// let text = "---\nquestion: Is it loud?\ncovers: [../src/horn.rs]\n---\nNo.\n";
    /// let checked = Builder::from_files("help", [("loud.md", text)])
    ///     .freshness(|covered| vec![FreshnessProblem::new(Check::Stale, &covered[0].path, covered[0].line, "it changed")])
    ///     .check()?;
    /// assert_eq!(checked.problems[0].to_string(), "loud.md:3: it changed");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn freshness(
        mut self,
        compare: impl Fn(&[Covered]) -> Vec<FreshnessProblem> + Send + Sync + 'static,
    ) -> Builder {
        self.freshness = Freshness(Some(Arc::new(compare)));
        self
    }
}
