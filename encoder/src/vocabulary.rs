//! The vocabulary of a model: word pieces of BERT, or pieces of a Unigram model as XLM-R has them.

use std::ops::ControlFlow;

use faqt_meaning::buckets::Buckets;

use crate::double_array::DoubleArray;
use crate::head::Head;
use crate::layout::VocabularyLayout;
use crate::rules::Rules;
use crate::special::{UNIGRAM_NAMES, WORD_PIECE_NAMES};
use crate::unigram::Unigram;
use crate::vocabulary_head::VocabularyHead;
use crate::word_pieces::WordPieces;

/// The vocabulary of a model, in place.
#[derive(Clone, Copy)]
pub(crate) enum Vocabulary<'a> {
    WordPiece(WordPieces<'a>),
    Unigram(Unigram<'a>),
}

impl<'a> Vocabulary<'a> {
    /// Returns the vocabulary of a model whose length is that of its layout.
    pub(crate) fn new(head: &Head, layout: &VocabularyLayout, bytes: &'a [u8]) -> Vocabulary<'a> {
        let unknown = head.special.unknown();
        match head.vocabulary {
            VocabularyHead::WordPiece { casing, longest, .. } => {
                let pieces = Buckets {
                    longest: longest as usize,
                    directory: bytes[layout.directory.clone()].as_chunks().0,
                    bytes: &bytes[layout.buckets.clone()],
                };
                Vocabulary::WordPiece(WordPieces { pieces, casing, count: head.piece_count, unknown })
            }
            VocabularyHead::Unigram { spacing, longest, score_min, .. } => {
                let trie = DoubleArray { units: bytes[layout.units.clone()].as_chunks().0 };
                let rules = Rules {
                    trie: DoubleArray { units: bytes[layout.rule_units.clone()].as_chunks().0 },
                    replacements: &bytes[layout.replacements.clone()],
                };
                let scores = bytes[layout.scores.clone()].as_chunks().0;
                Vocabulary::Unigram(Unigram {
                    rules,
                    spacing,
                    trie,
                    scores,
                    score_min,
                    longest: longest as usize,
                    unknown,
                })
            }
        }
    }

    /// Returns the text before the first name of a special piece, the number of that name, and the text behind.
    pub(crate) fn split_at_name<'t>(&self, text: &'t str) -> Option<(&'t str, usize, &'t str)> {
        match self {
            Vocabulary::WordPiece(_) => WORD_PIECE_NAMES.split(text),
            Vocabulary::Unigram(_) => UNIGRAM_NAMES.split(text),
        }
    }

    /// Appends the pieces of a text, until `check` breaks.
    pub(crate) fn append_text(
        &self,
        text: &str,
        pieces: &mut Vec<u32>,
        check: impl FnMut(&[u32]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        match self {
            Vocabulary::WordPiece(vocabulary) => vocabulary.append_text(text, pieces, check),
            Vocabulary::Unigram(vocabulary) => vocabulary.append_text(text, pieces, check),
        }
    }

    /// Checks each piece and each rule.
    pub(crate) fn verify(&self) -> Result<(), &'static str> {
        match self {
            Vocabulary::WordPiece(vocabulary) => vocabulary.pieces.verify(vocabulary.count, |_| Ok(())),
            Vocabulary::Unigram(vocabulary) => vocabulary.verify(),
        }
    }
}
