//! The embeddings of pieces, of 4 or 8 bits, and the positions; in place.

use crate::error::{ModelError, damaged};
use crate::half::half;
use crate::head::EmbeddingBits;
use crate::numbers::{Norm, Number, are_finite, value};

/// The number of values with a scale of their own among those of 4 bits.
pub(crate) const BLOCK_VALUES: usize = 32;
/// The length of such a block in bytes.
pub(crate) const BLOCK_LENGTH: usize = 18;

/// The rows of embeddings, and the positions.
#[derive(Clone, Copy)]
pub(crate) struct Embeddings<'a> {
    pub(crate) hidden: usize,
    pub(crate) bits: EmbeddingBits,
    pub(crate) rows: &'a [u8],
    pub(crate) positions: &'a [Number],
    pub(crate) norm: Norm<'a>,
}

impl Embeddings<'_> {
    /// Writes the embedding of a piece into `state`; a scale that is not finite counts as 0.
    #[expect(clippy::inline_always, reason = "callers are compiled for the instructions of the processor")]
    #[inline(always)]
    pub(crate) fn write(&self, piece: u32, state: &mut [f32]) {
        let length = self.row_length();
        let row = &self.rows[piece as usize * length..][..length];
        match self.bits {
            EmbeddingBits::Four => {
                let blocks = row.as_chunks::<BLOCK_LENGTH>().0;
                for (state, block) in state.as_chunks_mut::<BLOCK_VALUES>().0.iter_mut().zip(blocks) {
                    write_block(block, state);
                }
            }
            EmbeddingBits::Eight => {
                let (values, scale) = row.split_at(self.hidden);
                let scale = finite(scale.first_chunk().map_or(0.0, |&scale| value(scale)));
                for (x, &byte) in state.iter_mut().zip(values) {
                    *x = f32::from(byte.cast_signed()) * scale;
                }
            }
        }
    }

    /// Checks that positions and scales are finite, and scales of 8-bit rows not negative.
    pub(crate) fn verify(&self) -> Result<(), ModelError> {
        if !are_finite(self.positions) {
            return Err(damaged("a position is not finite"));
        }
        let is_sound = match self.bits {
            EmbeddingBits::Four => self.rows.as_chunks().0.iter().all(|block| block_scale(block).is_finite()),
            EmbeddingBits::Eight => self.rows.chunks_exact(self.row_length()).all(|row| {
                let scale = row[self.hidden..].first_chunk().map_or(f32::NAN, |&scale| value(scale));
                scale.is_finite() && scale >= 0.0
            }),
        };
        if is_sound { Ok(()) } else { Err(damaged("a scale is negative or not finite")) }
    }

    fn row_length(&self) -> usize {
        match self.bits {
            EmbeddingBits::Four => self.hidden / BLOCK_VALUES * BLOCK_LENGTH,
            EmbeddingBits::Eight => self.hidden + 4,
        }
    }
}

/// Writes the values of a block: the lower halves of its bytes, then the upper ones.
pub(crate) fn write_block(block: &[u8; BLOCK_LENGTH], values: &mut [f32; BLOCK_VALUES]) {
    let scale = finite(block_scale(block));
    let (lower, upper) = values.split_at_mut(BLOCK_VALUES / 2);
    for ((lower, upper), byte) in lower.iter_mut().zip(upper).zip(&block[2..]) {
        *lower = (f32::from(byte & 15) - 8.0) * scale;
        *upper = (f32::from(byte >> 4) - 8.0) * scale;
    }
}

/// Returns the scale of a block.
pub(crate) fn block_scale(block: &[u8; BLOCK_LENGTH]) -> f32 {
    half(u16::from_le_bytes([block[0], block[1]]))
}

fn finite(scale: f32) -> f32 {
    if scale.is_finite() { scale } else { 0.0 }
}
