//! The log of questions, which is off unless `--log`, `$FAQT_LOG` or the user's configuration names a file.
//!
//! A record is written after the answer, and a log that cannot be written is a warning. [`mod@file`] appends, [`mod@records`] reads,
//! and [`mod@config`] reads the configuration.

mod config;
pub(crate) mod file;
pub(crate) mod records;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use faqt::log::{LogEvent, LogRecord};
use faqt::render::sanitise;
use faqt::{Entry, Findings};

use crate::cli::failure::Failure;
use crate::cli::home::at_home;
use crate::open::asked::Asked;

/// The variable that names the log if `--log` is absent; an empty one switches the log of the configuration off.
pub(crate) const FAQT_LOG: &str = "FAQT_LOG";

/// Returns the path of the log, which `--log` or the variable may have named; none if there is to be no log.
pub(crate) fn place(named: Option<&Path>) -> Result<Option<PathBuf>, Failure> {
    match named {
        Some(path) if path.as_os_str().is_empty() => Ok(None),
        Some(path) => Ok(Some(at_home(path.as_os_str()))),
        None => config::log(),
    }
}

/// Returns the path of the log, or an error that says how to get one.
pub(crate) fn required(named: Option<&Path>) -> Result<PathBuf, Failure> {
    place(named)?.ok_or_else(|| Failure::from(anyhow!("no log is kept")).with_hint(how_to_keep_one()))
}

/// Returns the ways to name a log.
pub(crate) fn how_to_keep_one() -> String {
    let file =
        config::path().map_or_else(String::new, |path| format!(", or write log = \"FILE\" into {}", path.display()));
    format!("name a file with --log FILE or {FAQT_LOG}=FILE{file}")
}

/// The record of a question in a log.
pub(crate) struct Logged {
    place: PathBuf,
    record: LogRecord,
}

impl Logged {
    /// Appends the record that `entry` was opened after the question.
    pub(crate) fn opened(&self, entry: &Entry) {
        append_or_warn(&self.place, &self.record.opened(&entry.id));
    }
}

/// Appends the record of a question, if a log is kept; returns it.
pub(crate) fn asked(named: Option<&Path>, kb: &Asked, question: &str, findings: &Findings) -> Option<Logged> {
    let place = place_or_warning(named)?;
    let record = record(kb, question, findings);
    append_or_warn(&place, &record);
    Some(Logged { place, record })
}

/// Returns the record of a question.
pub(crate) fn record(kb: &Asked, question: &str, findings: &Findings) -> LogRecord {
    let mut record = stamped(LogRecord::of(question, findings));
    record.knowledge_base = kb.manifest().name;
    record.pack = kb.checksum();
    record
}

/// Appends the record that `entry` was opened, if a log is kept and its last question found the entry.
pub(crate) fn opened(named: Option<&Path>, entry: &Entry) {
    let Some(place) = place_or_warning(named) else { return };
    match file::last(&place, |record| record.event == LogEvent::Asked) {
        Ok(Some(last)) if last.entries.contains(&entry.id) => {
            append_or_warn(&place, &stamped(last.opened(&entry.id)));
        }
        Ok(_) => {}
        Err(error) => warn(&format!("the log {} cannot be read: {error}", place.display())),
    }
}

/// Sets the day by the clock, in UTC, and this program with its version.
pub(crate) fn stamped(record: LogRecord) -> LogRecord {
    let day = time::OffsetDateTime::now_utc().date();
    let day = format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day());
    record.with_day(day).with_program(concat!("faqt ", env!("CARGO_PKG_VERSION")))
}

fn place_or_warning(named: Option<&Path>) -> Option<PathBuf> {
    place(named).unwrap_or_else(|failure| {
        warn(&format!("the question is not logged: {}", failure.message()));
        None
    })
}

/// Appends a record. Returns false, behind a warning, if it cannot be written.
pub(crate) fn append_or_warn(place: &Path, record: &LogRecord) -> bool {
    let written = file::append(place, &record.to_line(), file::LIMITS);
    if let Err(error) = &written {
        warn(&format!("the question is not logged: cannot write {}: {error}", place.display()));
    }
    written.is_ok()
}

/// Warns on the error stream.
pub(crate) fn warn(message: &str) {
    // An error of the error stream cannot be reported.
    let _ = writeln!(std::io::stderr(), "warning: {}", sanitise(message));
}
