//! Synthetic entries to measure with: any number, the same on every machine.
//!
//! [`Generator`] derives an entry from its number alone, so entries are written without keeping any in memory, and each
//! entry can be asked for. Word frequencies follow Zipf's law: 135 common English words, then generated words up to a
//! vocabulary of 200,000. A question has about 11 words, an answer about 80. 4 words are the entry's subject and recur,
//! as in real answers.
//!
//! [`markdown`] writes entries in the form of an author, [`plain`] in the forms that other search engines read.

mod entry;
pub mod markdown;
pub mod plain;
mod random;
mod vocabulary;

pub use entry::{Generator, Made};
