//! From text to terms: the one analyser, the same when a pack is built and when a question is asked.
//!
//! [`fold`] makes spellings alike (Unicode NFKC, case), [`tokens`] cuts words, identifiers and the characters of
//! scripts written without spaces, [`language`] stems, and [`weight`] says what a term is worth before any knowledge
//! base is seen. A change to any of them changes [`VERSION`], which every pack records.

pub(crate) mod fold;
mod function_words;
mod language;
mod script;
pub(crate) mod tokens;
pub(crate) mod weight;

pub(crate) use language::{Language, Tag};
pub(crate) use tokens::{Class, analyse};

/// The version of the analyser; a pack made by another one is refused by name.
pub(crate) const VERSION: u32 = 1;
