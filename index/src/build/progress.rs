//! The progress of a build, for a caller who waits for it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A stage of a build.
///
/// # Examples
///
/// ```
/// use faqt::build::Stage;
///
/// fn verb(stage: Stage) -> &'static str {
///     match stage {
///         Stage::Reading => "reading",
///         Stage::Indexing => "indexing",
///         Stage::CheckingFindability => "checking findability",
///         _ => "working",
///     }
/// }
/// assert_eq!(verb(Stage::Reading), "reading");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// Reading files.
    Reading,
    /// Indexing entries.
    Indexing,
    /// Asking the finished pack for each entry.
    CheckingFindability,
}

/// The progress of a build.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// use std::sync::{Arc, Mutex};
///
/// let last = Arc::new(Mutex::new(None));
/// let seen = Arc::clone(&last);
/// faqt::build::Builder::new(folder.path()).on_progress(move |progress| *seen.lock().unwrap() = Some(progress)).build()?;
/// let progress = last.lock().unwrap().expect("something was done");
/// assert_eq!(progress.done, progress.total);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The current stage.
    pub stage: Stage,
    /// The number of files or entries done in this stage.
    pub done: usize,
    /// The number of files or entries in this stage.
    pub total: usize,
}

type ProgressCallback = dyn Fn(Progress) + Send + Sync;

/// The callback for progress, if there is one.
#[derive(Clone, Default)]
pub(crate) struct Reporter(Option<Arc<ProgressCallback>>);

impl Reporter {
    pub(crate) fn new(report: Arc<ProgressCallback>) -> Reporter {
        Reporter(Some(report))
    }

    /// Begins a stage of `total` steps.
    pub(crate) fn stage(&self, stage: Stage, total: usize) -> Counter<'_> {
        Counter { report: self.0.as_deref(), stage, total, done: AtomicUsize::new(0) }
    }
}

impl fmt::Debug for Reporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Reporter(…)" } else { "Reporter" })
    }
}

/// Counts the steps of one stage, on any number of threads.
pub(crate) struct Counter<'a> {
    report: Option<&'a ProgressCallback>,
    stage: Stage,
    total: usize,
    done: AtomicUsize,
}

impl Counter<'_> {
    /// Reports that one more step is done.
    pub(crate) fn advance(&self) {
        if let Some(report) = self.report {
            let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            report(Progress { stage: self.stage, done, total: self.total });
        }
    }
}
