//! The sentence vectors of a pack.
//!
//! ```text
//! 0     16  hash of the model's vectors ([`Model::vectors_hash`](faqt_encoder::Model::vectors_hash))
//! 16    4   number of dimensions
//! 20    4   number of bits of a value: 2 or 4
//! 24    4   number of vectors
//! 28        starts: the first vector of each entry, and the number of vectors, 4 bytes each
//!           vectors of each entry: of its whole text, then of its phrasings
//! ```
//!
//! A vector of zeros stands for a text that the model does not read.

use std::sync::Arc;

use super::codes::{Bits, Shape};
use super::encoder::SentenceEncoder;
use super::state::EncoderState;
use crate::database::fetched::Fetched;
use crate::error::{PackError, damaged};
use crate::pack::grouped::Grouped;
use crate::pack::read::{PackSection, u32_at};

const HEAD: usize = 28;
const HASH: usize = 16;
/// The greatest number of dimensions; the encoders that are known have 384 to 1,024.
const DIMENSIONS_MAX: u32 = 4_096;

/// The sentence vectors of all entries of a pack.
#[derive(Clone)]
pub(crate) struct SentenceVectors {
    /// The hash of the model that they were made with.
    model: u128,
    pub(super) shape: Shape,
    stored: Grouped,
}

impl SentenceVectors {
    /// Opens the section of `entries` entries.
    pub(crate) fn open(
        section: &PackSection,
        entries: u32,
        rows: Option<&Arc<Fetched>>,
    ) -> Result<SentenceVectors, PackError> {
        if section.len() < HEAD {
            return Err(damaged("the head of the sentence vectors is cut"));
        }
        let head = section.bytes(0..HEAD)?;
        let model = u128::from_le_bytes(std::array::from_fn(|at| head[at]));
        let [dimensions, bits, vectors] = [0, 4, 8].map(|at| u32_at(head, HASH + at));
        if !(1..=DIMENSIONS_MAX).contains(&dimensions) {
            return Err(damaged(format!("sentence vectors of {dimensions} dimensions")));
        }
        let bits = Bits::of(bits).ok_or_else(|| damaged(format!("sentence vectors of {bits} bits a value")))?;
        let shape = Shape { dimensions: dimensions as usize, bits };
        let stored = match rows {
            Some(rows) if section.len() == HEAD => Grouped::fetched(rows, entries, |row| &row.sentences),
            _ => Grouped::open(section, HEAD, entries, vectors, shape.length())?,
        };
        Ok(SentenceVectors { model, shape, stored })
    }

    /// Returns the same vectors with those of the rows that are known, where the pack has not all of them.
    pub(crate) fn with_rows(&self, rows: &Arc<Fetched>) -> SentenceVectors {
        SentenceVectors { stored: self.stored.with_rows(rows), ..self.clone() }
    }

    /// Returns true if all of them can be read without asking a database.
    pub(crate) fn are_here(&self) -> bool {
        self.stored.are_here()
    }

    /// Returns the bytes of the vectors of the entry at `position`; none if all of them are compared with a question.
    #[cfg(feature = "build")]
    pub(crate) fn bytes_of(&self, position: u32) -> Result<&[u8], PackError> {
        self.stored.of_row(position)
    }

    /// Returns the length of the section without the vectors of entries, if these are not all compared with a question.
    #[cfg(feature = "build")]
    pub(crate) fn head_length(&self) -> Option<usize> {
        (!self.are_all_compared()).then_some(HEAD)
    }

    /// Returns true if they are by the model whose hash is `model`, and have this shape.
    #[cfg(feature = "build")]
    pub(super) fn is_by(&self, model: u128, shape: Shape) -> bool {
        (self.model, self.shape) == (model, shape)
    }

    /// Returns true if `other` is by the same model.
    pub(super) fn are_by_model_of(&self, other: &SentenceVectors) -> bool {
        (self.model, self.shape) == (other.model, other.shape)
    }

    /// Returns the vectors of the entry at `position`: of its whole text, then of its phrasings.
    pub(super) fn of(&self, position: u32) -> Result<impl Iterator<Item = &[u8]> + '_, PackError> {
        Ok(self.stored.of(position)?.chunks_exact(self.shape.length()))
    }

    /// Returns the vectors of every entry, as [`of`](SentenceVectors::of) does, in the order of positions.
    pub(super) fn every(
        &self,
    ) -> Result<impl Iterator<Item = Result<impl Iterator<Item = &[u8]> + '_, PackError>> + '_, PackError> {
        let length = self.shape.length();
        Ok(self.stored.every()?.map(move |vectors| vectors.map(|vectors| vectors.chunks_exact(length))))
    }

    /// Returns the number of entries.
    pub(super) fn entries(&self) -> usize {
        self.stored.entries()
    }

    /// Returns true if all of them are compared with a question.
    pub(super) fn are_all_compared(&self) -> bool {
        self.stored.are_few()
    }

    /// Returns the readiness of `encoder` for these vectors.
    pub(crate) fn state(&self, encoder: &SentenceEncoder) -> EncoderState {
        encoder.state(self.model, self.shape)
    }

    /// Checks that the vectors of each entry follow those of the one before.
    pub(crate) fn verify(&self) -> Result<(), PackError> {
        self.stored.verify(|_| true)
    }
}

/// Returns the head of the section of so many vectors.
#[cfg(feature = "build")]
pub(super) fn head(model: u128, shape: Shape, vectors: usize) -> Option<Vec<u8>> {
    let mut head = model.to_le_bytes().to_vec();
    for number in [shape.dimensions, shape.bits.number(), vectors] {
        head.extend(u32::try_from(number).ok()?.to_le_bytes());
    }
    Some(head)
}
