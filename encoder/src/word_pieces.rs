//! The word pieces of a model, and those of a word.

use std::ops::ControlFlow;

use faqt_meaning::buckets::Buckets;

use crate::words::{Casing, Word, for_each_word};

/// The word pieces of a model, in place.
#[derive(Clone, Copy)]
pub(crate) struct WordPieces<'a> {
    pub(crate) pieces: Buckets<'a>,
    pub(crate) casing: Casing,
    /// The number of pieces.
    pub(crate) count: u32,
    /// The piece of a word that others do not make up.
    pub(crate) unknown: u32,
}

impl WordPieces<'_> {
    /// Appends the pieces of each word of a text, until `check` breaks.
    pub(crate) fn append_text(
        &self,
        text: &str,
        pieces: &mut Vec<u32>,
        mut check: impl FnMut(&[u32]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        for_each_word(text, self.casing, |word| {
            self.append_word(word, pieces);
            check(pieces)
        })
    }

    /// Appends the pieces of a word by greedy longest match, or the unknown piece.
    fn append_word(&self, word: Word<'_>, pieces: &mut Vec<u32>) {
        let start = pieces.len();
        if let Word::Short(word) = word
            && self.append_matches(word, pieces).is_some()
        {
            return;
        }
        pieces.truncate(start);
        pieces.push(self.unknown);
    }

    fn append_matches(&self, word: &str, pieces: &mut Vec<u32>) -> Option<()> {
        let mut start = 0;
        while start < word.len() {
            let (piece, length) = self.pieces.longest_match(&word[start..], start > 0)?;
            // A damaged model may name pieces that it does not have.
            pieces.push(Some(piece).filter(|&piece| piece < self.count)?);
            start += length;
        }
        Some(())
    }
}
