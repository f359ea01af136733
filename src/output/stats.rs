//! The data of `faqt stats`: the size of a pack and of its sections.

use serde::Serialize;

/// The size of a pack and of its sections.
#[derive(Debug, Serialize)]
pub(crate) struct Stats {
    /// The number of entries.
    pub(crate) entries: u32,
    /// The size of the pack in bytes.
    pub(crate) bytes: usize,
    /// The sections, the largest first.
    pub(crate) parts: Vec<PartSize>,
}

/// A section of a pack.
#[derive(Debug, Serialize)]
pub(crate) struct PartSize {
    /// Its name.
    pub(crate) name: String,
    /// Its size in bytes.
    pub(crate) bytes: usize,
    /// A description of its contents, if the section is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) holds: Option<&'static str>,
}
