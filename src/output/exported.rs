//! The result of an export.

use std::path::PathBuf;

use faqt::render::sanitise;
use serde::Serialize;

use super::lines::counted;
use super::text::size;

/// The result of an export.
#[derive(Serialize)]
pub(crate) struct Exported {
    pub(crate) path: PathBuf,
    pub(crate) entries: usize,
    pub(crate) files: usize,
    pub(crate) bytes: u64,
}

/// Formats it as a line.
pub(super) fn text(exported: &Exported) -> String {
    let path = exported.path.display().to_string();
    let entries = counted(exported.entries, "entry");
    format!("{}: {entries}, {}, {}\n", sanitise(&path), counted(exported.files, "file"), size(exported.bytes))
}
