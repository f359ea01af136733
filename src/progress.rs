//! A progress bar for builds that take long, on the error stream if that is a terminal.

use std::time::{Duration, Instant};

use faqt::build::{Builder, Progress, Stage};
use indicatif::{ProgressBar, ProgressStyle};

/// What takes no longer is over before a bar could be read.
const QUIET: Duration = Duration::from_millis(400);

/// A bar that is taken away when it is dropped.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// Makes a bar, which is not seen before there is something to say.
    pub(crate) fn new() -> Bar {
        let style = ProgressStyle::with_template("{msg:<18} {wide_bar} {human_pos}/{human_len}");
        Bar(ProgressBar::new(0).with_style(style.expect("the template is sound")))
    }

    /// Has `builder` show here how far it is.
    pub(crate) fn follow(&self, builder: Builder) -> Builder {
        let (bar, start) = (self.0.clone(), Instant::now());
        builder.on_progress(move |progress| {
            if start.elapsed() > QUIET {
                show(&bar, progress);
            }
        })
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
        _ => "Building",
    };
    bar.set_length(progress.total as u64);
    bar.set_position(progress.done as u64);
    // Said last: a message is drawn at once, with whatever numbers there are.
    if bar.message() != doing {
        bar.set_message(doing);
    }
}
