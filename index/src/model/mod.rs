//! The data that a pack holds: entries with their links and sections, and the manifest.

pub(crate) mod address;
pub(crate) mod edition;
pub(crate) mod entry;
pub(crate) mod expected;
pub(crate) mod keyword_index;
pub(crate) mod manifest;
pub(crate) mod names;
