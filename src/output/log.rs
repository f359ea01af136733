//! The log of questions as text for a person.

use faqt::log::{LogEvent, LogRecord};
use faqt::render::sanitise;
use serde::Serialize;

use super::lines::counted;
use super::text::size;
use crate::log::how_to_keep_one;

/// The files of a log.
#[derive(Debug, Serialize)]
pub(crate) struct KeptLog {
    /// The path of the newest file.
    pub(crate) path: String,
    /// The number of files.
    pub(crate) files: usize,
    /// Their length in bytes.
    pub(crate) bytes: u64,
    /// The number of questions in them.
    pub(crate) questions: usize,
    /// The first and the last day with a record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) days: Option<(String, String)>,
}

/// Formats where the log is and how long.
pub(super) fn kept(log: Option<&KeptLog>) -> String {
    let Some(log) = log else {
        return format!("No log of questions is kept.\n\nTo keep one, {}.\n", sanitise(&how_to_keep_one()));
    };
    let path = sanitise(&log.path);
    if log.files == 0 {
        return format!("Questions are logged in {path}, which is not there yet.\n");
    }
    let days = log.days.as_ref().map_or_else(String::new, |(first, last)| format!(", from {first} to {last}"));
    format!(
        "Questions are logged in {path}.\n  {} in {}, {}{}\n\nWhat they ask for: faqt gaps. To remove the log: faqt log --forget\n",
        counted(log.questions, "question"),
        counted(log.files, "file"),
        size(log.bytes),
        sanitise(&days),
    )
}

/// Formats that the log was removed.
pub(super) fn forgotten(log: &KeptLog) -> String {
    match log.files {
        0 => format!("There is no log at {}\n", sanitise(&log.path)),
        files => format!("Removed {} of {}\n", counted(files, "file"), sanitise(&log.path)),
    }
}

/// Formats the feedback that was logged.
pub(super) fn feedback(record: &LogRecord) -> String {
    let helps = if record.event == LogEvent::Helped { "helped with" } else { "did not help with" };
    let entry = record.entries.first().map_or("", String::as_str);
    format!("Logged: {} {helps} “{}”\n", sanitise(entry), sanitise(&record.question))
}
