//! The dialect of Markdown, and the parts that indexing and rendering share: plain text, sanitised text, links, raw
//! HTML.

#[cfg(any(feature = "html", feature = "text"))]
pub(crate) mod callout;
pub(crate) mod dialect;
pub(crate) mod entry_links;
pub(crate) mod events;
pub(crate) mod html_block;
pub(crate) mod html_events;
pub(crate) mod html_tags;
pub(crate) mod inline;
#[cfg(any(feature = "html", feature = "text"))]
pub(crate) mod link;
pub(crate) mod mend;
#[cfg(any(feature = "html", feature = "text"))]
pub(crate) mod notes;
pub(crate) mod plain;
pub(crate) mod sanitise;
pub(crate) mod superscript;
pub(crate) mod version_blocks;
