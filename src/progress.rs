//! A progress bar for long builds, on the error stream if it is a terminal.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use faqt::build::{Builder, Progress, Stage};
use indicatif::{HumanCount, ProgressBar, ProgressStyle};

/// The delay before the bar appears: a shorter build ends before a bar can be read.
const QUIET: Duration = Duration::from_millis(400);

/// True if nobody waits for a build.
static IS_SILENT: AtomicBool = AtomicBool::new(false);

/// Shows neither bars nor warnings from now on: the program serves another one, and nobody reads them.
#[cfg(feature = "mcp")]
pub(crate) fn silence() {
    IS_SILENT.store(true, Ordering::Relaxed);
}

/// Returns true if neither bars nor warnings are shown.
pub(crate) fn is_silent() -> bool {
    IS_SILENT.load(Ordering::Relaxed)
}

/// A progress bar that is erased on drop.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// Creates a bar, which is invisible until its first update.
    pub(crate) fn new() -> Bar {
        let style = ProgressStyle::with_template("{msg:<18} {wide_bar} {human_pos}/{human_len}");
        let bar = if is_silent() { ProgressBar::hidden() } else { ProgressBar::new(0) };
        Bar(bar.with_style(style.expect("the template is sound")))
    }

    /// Shows the progress of `builder` in this bar.
    pub(crate) fn follow(&self, builder: Builder) -> Builder {
        builder.on_progress(self.callback())
    }

    /// Returns a function that shows progress in this bar.
    pub(crate) fn callback(&self) -> impl Fn(Progress) + Send + Sync + 'static {
        let (bar, start) = (self.0.clone(), Instant::now());
        move |progress| {
            if start.elapsed() > QUIET {
                show(&bar, progress);
            }
        }
    }
}

#[cfg(feature = "cluster")]
impl Bar {
    /// Returns a function that shows a number of rows in this bar.
    pub(crate) fn rows(&self, doing: &'static str) -> impl FnMut(u64) + use<> {
        let (bar, start) = (self.0.clone(), Instant::now());
        let style = ProgressStyle::with_template("{msg:<18} {human_pos} rows, {per_sec}");
        bar.set_style(style.expect("the template is sound"));
        move |rows| {
            if start.elapsed() > QUIET {
                bar.set_position(rows);
                if bar.message() != doing {
                    bar.set_message(doing);
                }
            }
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn show(bar: &ProgressBar, progress: Progress) {
    let doing = match progress.stage {
        Stage::Reading => "Reading files",
        Stage::Indexing => "Indexing entries",
        Stage::CheckingFindability => "Asking for entries",
        Stage::Encoding => "Encoding entries",
        _ => "Building",
    };
    let doing = match progress.vectors_kept {
        0 => doing.to_owned(),
        kept => format!("{doing}, {} vectors kept", HumanCount(kept as u64)),
    };
    bar.set_length(progress.total as u64);
    bar.set_position(progress.done as u64);
    // The message comes last: setting it draws the bar at once with the current numbers.
    if bar.message() != doing {
        bar.set_message(doing);
    }
}
