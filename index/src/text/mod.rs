//! The analyser, from text to terms: the same when a pack is built and when a question is asked.
//!
//! [`fold`] normalises spellings (Unicode NFKC, case). [`tokens`] splits text into words, identifiers and the
//! characters of scripts written without spaces. [`language`] stems, and [`weight`] gives terms their base weights. A
//! change to any of them, a library's included, changes [`VERSION`] and [`FINGERPRINT`], which every pack records; a
//! test of [`probes`] notices when it does not.

pub(crate) mod distinct;
pub(crate) mod edits;
pub(crate) mod fold;
pub(crate) mod function_words;
#[cfg(feature = "build")]
pub(crate) mod keyed_hash;
pub(crate) mod language;
pub(crate) mod marks;
#[cfg(test)]
pub(crate) mod probes;
pub(crate) mod question_language;
pub(crate) mod script;
pub(crate) mod script_count;
pub(crate) mod suggest;
pub(crate) mod synonyms;
pub(crate) mod tokens;
pub(crate) mod version;
pub(crate) mod weight;

/// The version of the analyser; a pack made by another one is refused by name.
pub(crate) const VERSION: u32 = 2;

/// A hash of the version and of the terms that the analyser makes of fixed texts.
const FINGERPRINT: u64 = 0xa682_13d9_cf71_5041;

/// Returns the fingerprint as the manifest has it.
pub(crate) fn fingerprint() -> String {
    format!("{FINGERPRINT:016x}")
}
