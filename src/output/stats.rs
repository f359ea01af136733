//! The size of a pack and of its parts, as `faqt stats` writes it.

use serde::Serialize;

/// The size of a pack and of its parts.
#[derive(Debug, Serialize)]
pub(crate) struct Stats {
    /// The number of entries.
    pub(crate) entries: u32,
    /// The size of the pack in bytes.
    pub(crate) bytes: usize,
    /// The parts, the largest first.
    pub(crate) parts: Vec<PartSize>,
}

/// A part of a pack.
#[derive(Debug, Serialize)]
pub(crate) struct PartSize {
    /// Its name.
    pub(crate) name: String,
    /// Its size.
    pub(crate) bytes: usize,
    /// Its content, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) holds: Option<&'static str>,
}
