//! The drafts of all files as entries: ids, resolved links, storage.

pub(crate) mod catalogue;
pub(crate) mod draft_store;
pub(crate) mod editions;
pub(crate) mod entry_hashes;
mod hash_index;
pub(crate) mod links;
pub(crate) mod redirects;
pub(crate) mod source_edition;
pub(crate) mod string_arena;
