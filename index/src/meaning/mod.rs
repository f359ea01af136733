//! Meaning: vectors of phrasings and whole entries, compared with the vector of a question.
//!
//! A vector is the sum of the rows of a text's word pieces in a table (`faqt-meaning`), weighted by how rare a piece is
//! in the knowledge base. A pack holds the vectors, the weights and the names of its tables ([`Vectors`]);
//! [`QuestionVector`] is compared with them. Without the same tables, in the program or in the pack itself, a pack answers by
//! words alone.

#[cfg(feature = "build")]
mod near;
mod question;
mod similar;
mod tables;
#[cfg(feature = "build")]
mod unit_cache;
mod unit_weights;
mod vectors;
#[cfg(feature = "build")]
pub(crate) mod write;

#[cfg(feature = "build")]
pub(crate) use near::Near;
pub(crate) use question::{Likeness, QuestionVector, has_words};
pub(crate) use tables::{LANGUAGES_OF_TABLES, LanguageWords, verify_tables};
#[cfg(feature = "build")]
pub(crate) use tables::{is_word, knows_words, table_hashes, table_sections};
#[cfg(feature = "build")]
pub(crate) use unit_cache::RowCache;
pub(crate) use vectors::Vectors;
