//! The planning pack: what a pack has but its rows.
//!
//! ```text
//! planning    the hash of the generation, 16 hexadecimal digits
//! postings    the number of tokens; no list
//! vectors     the head and the weights of units; all vectors only where a question is compared with all of them
//! sentences   the same
//! ```
//!
//! Sections that have a row for each entry are left out, others are those of the pack.

use std::io::Cursor;

use crate::error::PackError;
use crate::meaning::Vectors;
use crate::pack;
use crate::pack::write::PackWriter;
use crate::reader::Reader;
use crate::sentences::SentenceVectors;

/// Sections whose rows are in a database, and expected questions, which are for authors.
const LEFT_OUT: [&str; 7] = [
    pack::ENTRIES,
    pack::EXACT,
    pack::LENGTHS,
    pack::LOOKUP_POSTINGS,
    pack::LOOKUP_TERMS,
    pack::PHRASINGS,
    pack::QUESTIONS,
];

/// Returns the planning pack of the generation `hash`.
pub(super) fn of(reader: &Reader, hash: &str) -> Result<Vec<u8>, PackError> {
    const IN_MEMORY: &str = "memory takes all bytes";
    let mut writer = PackWriter::new(Cursor::new(Vec::new())).expect(IN_MEMORY);
    writer.section(pack::PLANNING, hash.as_bytes()).expect(IN_MEMORY);
    for (name, _) in reader.pack.sections().filter(|(name, _)| !LEFT_OUT.contains(name)) {
        let section = reader.pack.required(name)?;
        let length = match name {
            pack::POSTINGS => Some(size_of::<u64>()),
            pack::VECTORS => reader.vectors.as_ref().and_then(Vectors::head_length),
            pack::SENTENCES => reader.sentences.as_ref().and_then(SentenceVectors::head_length),
            _ => None,
        };
        writer.section(name, section.bytes(0..length.unwrap_or(section.len()))?).expect(IN_MEMORY);
    }
    Ok(writer.finish().expect(IN_MEMORY).into_inner())
}
