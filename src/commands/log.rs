//! `faqt log`: says where the log of questions is and how long, or removes it.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use faqt::log::LogEvent;

use crate::cli::arguments::Global;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::log::records::records;
use crate::log::{self, file};
use crate::output::Output;
use crate::output::log::KeptLog;

pub(super) fn run(is_to_forget: bool, global: &Global, output: &Output) -> Result<Exit, Failure> {
    if is_to_forget {
        let path = log::required(global.log.as_deref())?;
        let kept = measured(&path)?;
        for file in file::files(&path) {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
        output.forgotten(&kept)?;
    } else {
        let kept = log::place(global.log.as_deref())?.map(|path| measured(&path)).transpose()?;
        output.log(kept.as_ref())?;
    }
    Ok(Exit::Success)
}

fn measured(path: &Path) -> Result<KeptLog, Failure> {
    let files = file::open_all(path).context("cannot read the log")?;
    let mut kept = KeptLog { path: path.display().to_string(), files: files.len(), bytes: 0, questions: 0, days: None };
    for (path, file) in files {
        let cannot_read = || format!("cannot read {}", path.display());
        kept.bytes += file.metadata().with_context(cannot_read)?.len();
        for line in records(file) {
            let (_, Ok(record)) = line.with_context(cannot_read)? else { continue };
            kept.questions += usize::from(record.event == LogEvent::Asked);
            // A program may log without a day.
            if !record.day.is_empty() {
                let (first, last) = kept.days.get_or_insert_with(|| (record.day.clone(), record.day.clone()));
                *first = record.day.clone().min(std::mem::take(first));
                *last = record.day.max(std::mem::take(last));
            }
        }
    }
    Ok(kept)
}
