//! Entries to measure with: as many as wanted, the same on every machine.
//!
//! [`Generator`] makes up an entry from its number alone, so any number of them is written without keeping one, and a
//! question can be asked about any of them. The words follow Zipf's law as those of a language do: a hundred English
//! words hold the text together, behind them stand two hundred thousand made-up ones. A question has about eleven words, an
//! answer about eighty; four of them are the entry's subject and recur, as they do in real answers.
//!
//! [`markdown`] writes entries as an author would, [`plain`] as other search engines read them.

mod entry;
pub mod markdown;
pub mod plain;
mod random;
mod vocabulary;

pub use entry::{Generator, Made};
