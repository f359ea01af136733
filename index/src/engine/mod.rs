//! The inverted index: readers that check every number, and writers that use tantivy's serializers.

pub(crate) mod bm25;
pub(crate) mod denominator;
pub(crate) mod dictionary;
pub(crate) mod filter;
pub(crate) mod inverted_index;
#[cfg(feature = "build")]
mod list_bytes;
pub(crate) mod names;
pub(crate) mod node;
pub(crate) mod panic_guard;
pub(crate) mod posting_blocks;
#[cfg(feature = "build")]
pub(crate) mod postings;
pub(crate) mod schema;
#[cfg(feature = "build")]
pub(crate) mod segment;
pub(crate) mod stem_walk;
pub(crate) mod term_dictionary;
pub(crate) mod term_walk;
pub(crate) mod top_k;
