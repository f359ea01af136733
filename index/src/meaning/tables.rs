//! The tables that are linked into this program.

use faqt_meaning::{Tables, Unit, Vector};

/// Returns the tables that are linked into this program.
pub(super) fn tables() -> Option<Tables<'static>> {
    #[cfg(feature = "meaning")]
    {
        #[cfg(feature = "meaning-zh")]
        let words = Some(faqt_meaning_zh::chinese());
        #[cfg(not(feature = "meaning-zh"))]
        let words = None;
        Tables::new(faqt_meaning::english(), words).ok()
    }
    #[cfg(not(feature = "meaning"))]
    None
}

/// Returns true if this program can tell words of the language: it has a table of word pieces.
pub(crate) fn knows_words() -> bool {
    cfg!(feature = "meaning")
}

/// Returns true if `word` is a frequent word of the language: a whole piece of the table, as 20,000 English words are.
pub(crate) fn is_word(word: &str) -> bool {
    tables().is_some_and(|tables| {
        let mut units = tables.units(word);
        matches!((units.next(), units.next()), (Some(Unit::Piece(_)), None))
    })
}

/// Returns those of `words`, in lower case and without accents, that are frequent words of the language; none without a table.
pub(crate) fn words_among(words: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let tables = tables();
    words.filter(move |word| tables.is_some_and(|tables| tables.has_word(word)))
}

/// Returns the content hashes of the tables that are linked into this program.
#[cfg(feature = "build")]
pub(crate) fn table_hashes() -> impl Iterator<Item = u128> {
    tables().map(|tables| hashes(&tables)).into_iter().flatten().filter(|&hash| hash != 0)
}

/// Returns the content hashes of tables, 0 for one that is missing.
pub(super) fn hashes(tables: &Tables<'_>) -> [u128; 2] {
    [tables.pieces().content_hash(), tables.words().map_or(0, |words| words.content_hash())]
}

/// Returns the mean of Chinese sentences; zero without a table of words.
pub(super) fn words_mean(tables: &Tables<'_>) -> Vector {
    tables.words().and_then(|words| words.mean()).unwrap_or(Vector::ZERO)
}
