//! The vocabulary of a model: its pieces, and what differs between tokenisers.

use std::collections::HashSet;

use super::charsmap::Charsmap;
use super::error::ImportError;
use crate::special::{Names, SpecialPieces, UNIGRAM_NAMES, WORD_PIECE_NAMES};
use crate::vocabulary_head::Spacing;
use crate::words::Casing;
use faqt_meaning::buckets::PIECE_MAX;

/// The greatest number of pieces.
pub(super) const PIECES_MAX: usize = 1 << 20;

/// The vocabulary of a model.
pub(super) struct Tokens {
    /// The pieces in the order of their numbers; word pieces that continue a word have `##` in front.
    pub(super) pieces: Vec<String>,
    pub(super) special: SpecialPieces,
    pub(super) kind: Kind,
}

/// The tokeniser of a model.
pub(super) enum Kind {
    /// Longest matches in words.
    WordPiece(Casing),
    /// Greatest sums of the scores of pieces.
    Unigram { scores: Vec<f32>, charsmap: Charsmap, spacing: Spacing },
}

impl Kind {
    /// Returns the names of the special pieces, and a message that lists them.
    fn names(&self) -> (&'static Names, &'static str) {
        match self {
            Kind::WordPiece(_) => (&WORD_PIECE_NAMES, "[PAD], [UNK], [CLS], [SEP] or [MASK] is missing"),
            Kind::Unigram { .. } => (&UNIGRAM_NAMES, "<pad>, <unk>, <s>, </s> or <mask> is missing"),
        }
    }
}

impl Tokens {
    /// Returns a vocabulary, which must have each special piece, and no piece twice.
    pub(super) fn new(name: &'static str, pieces: Vec<String>, kind: Kind) -> Result<Tokens, ImportError> {
        let vocabulary_error = |reason| ImportError::Vocabulary { name, reason };
        if pieces.len() > PIECES_MAX {
            return Err(vocabulary_error("there are more than 1048576 pieces"));
        }
        if pieces.iter().any(|piece| piece.is_empty() || piece.len() > PIECE_MAX) {
            return Err(vocabulary_error("a piece has no text, or more than 127 bytes"));
        }
        if pieces.iter().collect::<HashSet<_>>().len() < pieces.len() {
            return Err(vocabulary_error("a piece stands twice"));
        }
        let number = |name: &&str| pieces.iter().position(|piece| piece == name).and_then(|at| u32::try_from(at).ok());
        let (names, missing) = kind.names();
        let found: Vec<u32> = names.all.iter().filter_map(number).collect();
        match found.try_into() {
            Ok(special) => Ok(Tokens { pieces, special: SpecialPieces(special), kind }),
            Err(_) => Err(vocabulary_error(missing)),
        }
    }
}
