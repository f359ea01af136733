//! Files, of a folder or in memory, to drafts: walk, settings, front matter, dialects of generators, outline, draft.

pub(crate) mod code_fence;
pub(crate) mod containers;
pub(crate) mod disclosures;
pub(crate) mod draft;
pub(crate) mod exclude;
pub(crate) mod fences;
pub(crate) mod files;
pub(crate) mod fingerprint;
pub(crate) mod front_matter;
pub(crate) mod front_matter_lines;
pub(crate) mod front_matter_values;
pub(crate) mod generators;
pub(crate) mod generic;
pub(crate) mod ids;
pub(crate) mod markers;
pub(crate) mod naming;
pub(crate) mod outline;
pub(crate) mod page_rules;
pub(crate) mod read;
pub(crate) mod settings;
pub(crate) mod settings_file;
pub(crate) mod short_ids;
pub(crate) mod slug;
pub(crate) mod walk;
pub(crate) mod wiki;
