//! Checks of entries and between them: names, duplicates, findability.

pub(crate) mod duplicates;
pub(crate) mod findability;
pub(crate) mod names;
