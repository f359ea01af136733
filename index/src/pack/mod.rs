//! The pack: a knowledge base as one byte string, ready for `include_bytes!` or a memory map.
//!
//! ```text
//! 0   8   magic: 89 "FAQT" 0D 0A 1A
//! 8   4   format version
//! 12  4   number of sections
//! 16  8   length of the whole pack in bytes
//! 24  8   checksum of the ends: of the head but these eight bytes, and of the tail
//! 32      data: the sections
//!         block table: the checksum of each block, 8 bytes each
//!         tail: checksums of the blocks of the block table, 8 bytes each
//!         table of contents: for each section its name (16 bytes, zeros behind), its start in the pack and its
//!         length (8 bytes each), in ascending order without overlaps
//! ```
//!
//! Numbers are little-endian, checksums are XXH3 of 64 bits. A block is 4,096 bytes of the pack, one page of memory.
//! The first block starts behind the head, and the last one ends with the data. The tail has the checksums of the block
//! table, which has the checksums of the data. Only blocks that are read are checked, each before its first use: a
//! question to a pack of 1 GB checks a few dozen. The tables come behind the data, so that a pack of any length is
//! written while it is built.
//!
//! [`PackWriter`](write::PackWriter) and [`Pack::parse`](read::Pack::parse) stand side by side, so that the layout has
//! one author. Parsing copies nothing and trusts nothing: each offset is checked before use, so a damaged pack is an
//! error, never a panic. A section of an unknown name is ignored, which leaves room for later versions.

#[cfg(feature = "build")]
pub(crate) mod atomic_file;
pub(crate) mod editions;
pub(crate) mod entries;
pub(crate) mod exact;
pub(crate) mod grouped;
pub(crate) mod load;
#[cfg(feature = "mmap")]
pub(crate) mod mapped;
pub(crate) mod phrasings;
pub(crate) mod read;
pub(crate) mod regular_file;
#[cfg(feature = "build")]
pub(crate) mod repack;
#[cfg(all(test, feature = "build"))]
pub(crate) mod tests;
#[cfg(feature = "build")]
pub(crate) mod write;

use std::hash::Hasher as _;

use twox_hash::XxHash3_64;

/// The first bytes of a pack. The first byte is no text; the line ends reveal a transfer that converted them.
pub(crate) const MAGIC: [u8; 8] = *b"\x89FAQT\r\n\x1a";

/// The version of the layout above.
pub(crate) const FORMAT_VERSION: u32 = 9;

const HEAD_LENGTH: usize = 32;
const CONTENTS_ROW: usize = 32;
const NAME_LENGTH: usize = 16;
const BLOCK: usize = 4096;
const CHECKSUM: usize = 8;

/// The manifest, as JSON.
pub(crate) const MANIFEST: &str = "manifest";
/// The author's synonyms, analysed, as JSON.
pub(crate) const SYNONYMS: &str = "synonyms";
/// The phrasings of each entry; see `crate::pack::phrasings`.
pub(crate) const PHRASINGS: &str = "phrasings";
/// The table from the hash of each phrasing to its entry; see `crate::pack::exact`.
pub(crate) const EXACT: &str = "exact";
/// The entries; see `crate::pack::entries`.
pub(crate) const ENTRIES: &str = "entries";
/// The vectors of phrasings and entries; see `crate::meaning`. A pack built without tables has none.
pub(crate) const VECTORS: &str = "vectors";
/// The table of word pieces that these were made with; only in a pack that brings its tables along.
pub(crate) const PIECES: &str = "pieces";
/// The table of Chinese words, as that.
pub(crate) const WORDS: &str = "chinese-words";
/// The vectors by a sentence encoder; see `crate::sentences`. Only a pack built with a model has them.
pub(crate) const SENTENCES: &str = "sentences";
/// The expected questions, a JSON object a line; see `crate::model::expected`. A pack without such questions has none, and
/// no search reads them.
pub(crate) const QUESTIONS: &str = "questions";
/// The entries that are editions of one id; see `crate::pack::editions`. A pack in which each entry is the only one of its id has
/// none.
pub(crate) const EDITIONS: &str = "editions";
/// The mark of a planning pack, which has no entries; see `crate::database`.
pub(crate) const PLANNING: &str = "planning";
/// The terms of all texts; see `crate::engine::inverted_index`.
pub(crate) const TERMS: &str = "terms";
/// The posting list of each of these terms.
pub(crate) const POSTINGS: &str = "postings";
/// The lookup terms of entries.
pub(crate) const LOOKUP_TERMS: &str = "lookup-terms";
/// The posting list of each lookup term.
pub(crate) const LOOKUP_POSTINGS: &str = "lookup-postings";
/// The length of each entry in terms, rounded to 1 byte as tantivy does.
pub(crate) const LENGTHS: &str = "lengths";

/// Returns the checksum of the head, without the checksum's own bytes, and of the tail.
fn ends_checksum(head: &[u8], tail: &[u8]) -> u64 {
    let mut hasher = XxHash3_64::new();
    hasher.write(&head[..24]);
    hasher.write(tail);
    hasher.finish()
}

fn checksum(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}
