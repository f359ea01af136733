//! A generation as a folder of files, which a database loads with its own tools, or `faqt load` with its.
//!
//! ```text
//! generation.json         name, hash, number of entries, number of rows of each table; written last
//! planning.faqt           the planning pack
//! postings-00000.csv …    term, position, count, length
//! names-00000.csv …       name, position
//! phrasings-00000.csv …   hash, position
//! entries-00000.csv …     position, length, id, phrasings, vectors, sentences, json
//! ```
//!
//! The files are CSV as RFC 4180 has it, with a head line, in the order of keys, at most [`PART_ROWS`] rows each. Bytes are
//! hexadecimal behind `\x`. The same pack gives the same files.

mod documents;
mod folder;
mod layout;
mod parts;
mod read;
mod write;

pub use documents::{PART_DOCUMENTS, write_documents};
pub use folder::Written;
pub use layout::{Counts, Form, PART_ROWS};
pub use read::Exported;
pub use write::write;
