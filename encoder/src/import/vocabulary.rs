//! Writes the sections of a vocabulary.

use super::buckets::Buckets;
use super::charsmap::Charsmap;
use super::double_array::double_array;
use super::error::ImportError;
use super::tokens::{Kind, Tokens};
use crate::vocabulary_head::{Spacing, VocabularyHead};
use crate::words::Casing;

/// The sections of a vocabulary, in their order, and the fields of the head.
pub(super) struct VocabularySections {
    pub(super) head: VocabularyHead,
    pub(super) directory: Vec<u8>,
    pub(super) buckets: Vec<u8>,
    pub(super) units: Vec<u8>,
    pub(super) scores: Vec<u8>,
    pub(super) rule_units: Vec<u8>,
    pub(super) replacements: Vec<u8>,
}

impl VocabularySections {
    pub(super) fn new(tokens: &Tokens) -> Result<VocabularySections, ImportError> {
        let sections = match &tokens.kind {
            Kind::WordPiece(casing) => word_pieces(&tokens.pieces, *casing),
            Kind::Unigram { scores, charsmap, spacing } => unigram(&tokens.pieces, scores, charsmap, *spacing),
        };
        sections.map_err(|reason| ImportError::Vocabulary { name: "the model", reason })
    }
}

fn word_pieces(pieces: &[String], casing: Casing) -> Result<VocabularySections, &'static str> {
    let buckets = Buckets::new(pieces).ok_or("too many pieces have the same hash")?;
    let head = VocabularyHead::WordPiece {
        casing,
        longest: length(buckets.longest)?,
        bucket_bits: buckets.bits,
        buckets_length: length(buckets.bytes.len())?,
    };
    Ok(VocabularySections {
        head,
        directory: buckets.directory,
        buckets: buckets.bytes,
        units: Vec::new(),
        scores: Vec::new(),
        rule_units: Vec::new(),
        replacements: Vec::new(),
    })
}

fn unigram(
    pieces: &[String],
    scores: &[f32],
    charsmap: &Charsmap,
    spacing: Spacing,
) -> Result<VocabularySections, &'static str> {
    let mut keys: Vec<(&[u8], u32)> = pieces.iter().map(String::as_bytes).zip(0..).collect();
    keys.sort_unstable();
    let units = double_array(&keys).ok_or("the pieces need more than 2097152 units")?;
    let head = VocabularyHead::Unigram {
        spacing,
        longest: length(pieces.iter().map(String::len).max().unwrap_or(0))?,
        unit_count: length(units.len())?,
        rule_unit_count: length(charsmap.units.len() / 4)?,
        replacements_length: length(charsmap.replacements.len())?,
        score_min: scores.iter().copied().fold(f32::INFINITY, f32::min),
    };
    Ok(VocabularySections {
        head,
        directory: Vec::new(),
        buckets: Vec::new(),
        units: units.into_iter().flat_map(u32::to_le_bytes).collect(),
        scores: scores.iter().flat_map(|score| score.to_le_bytes()).collect(),
        rule_units: charsmap.units.clone(),
        replacements: charsmap.replacements.clone(),
    })
}

fn length(length: usize) -> Result<u32, &'static str> {
    u32::try_from(length).map_err(|_| "a length has more than 32 bits")
}
