//! The progress of a build, for a caller who waits for it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::error::{BuildError, WriteError};

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
///         Stage::CheckingFindability => "asking",
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
    /// Making the sentence vectors of entries.
    Encoding,
}

/// The progress of a build.
///
/// # Examples
///
/// ```
/// # let text = "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n";
/// use std::sync::{Arc, Mutex};
///
/// let last = Arc::new(Mutex::new(None));
/// let seen = Arc::clone(&last);
/// faqt::build::Builder::from_files("help", [("faq.md", text)]).on_progress(move |progress| *seen.lock().unwrap() = Some(progress)).build()?;
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
    /// The number of sentence vectors, of the entries done, that were made before: by the build of an earlier pack, or by
    /// one that was interrupted.
    pub vectors_kept: usize,
}

type ProgressCallback = dyn Fn(Progress) + Send + Sync;

/// The callback that hears of progress, and the flag that ends the build.
#[derive(Clone, Default)]
pub(crate) struct Reporter {
    pub(crate) report: Option<Arc<ProgressCallback>>,
    pub(crate) cancelled: Option<Arc<AtomicBool>>,
}

/// The build was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cancelled;

impl From<Cancelled> for BuildError {
    fn from(_: Cancelled) -> BuildError {
        BuildError::Cancelled
    }
}

impl From<Cancelled> for WriteError {
    fn from(_: Cancelled) -> WriteError {
        WriteError::Cancelled
    }
}

impl Reporter {
    /// Begins a stage of `total` steps.
    pub(crate) fn stage(&self, stage: Stage, total: usize) -> Counter<'_> {
        Counter { reporter: self, stage, total, done: AtomicUsize::new(0), kept: AtomicUsize::new(0) }
    }

    /// Returns true if the build is to end.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancelled.as_ref().is_some_and(|cancelled| cancelled.load(Ordering::Relaxed))
    }

    /// Returns an error if the build is to end.
    pub(crate) fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }
}

impl fmt::Debug for Reporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report.as_ref().map(|_| format_args!("…"));
        f.debug_struct("Reporter").field("report", &report).field("cancelled", &self.cancelled).finish()
    }
}

/// Counts the steps of one stage, on any number of threads.
pub(crate) struct Counter<'a> {
    reporter: &'a Reporter,
    stage: Stage,
    total: usize,
    done: AtomicUsize,
    kept: AtomicUsize,
}

impl Counter<'_> {
    /// Reports that one more step is done.
    pub(crate) fn advance(&self) {
        self.advance_with(0);
    }

    /// Reports that one more step is done, for which so many vectors were there.
    pub(crate) fn advance_with(&self, kept: usize) {
        if let Some(report) = &self.reporter.report {
            let vectors_kept = self.kept.fetch_add(kept, Ordering::Relaxed) + kept;
            let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            report(Progress { stage: self.stage, done, total: self.total, vectors_kept });
        }
    }

    /// Returns true if the build is to end.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.reporter.is_cancelled()
    }
}
