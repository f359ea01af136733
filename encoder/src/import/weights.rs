//! The interface to the weights of a model, whatever file they are in.

use super::error::ImportError;
use crate::head::EmbeddingBits;

/// The name of the embeddings of pieces in BERT.
pub(super) const EMBEDDINGS: &str = "embeddings.word_embeddings.weight";

/// The weights of a model.
pub(super) trait Weights {
    /// Returns the values of a tensor, by its name in BERT, which must have this shape and be finite.
    fn read(&self, name: &str, shape: &[u32]) -> Result<Vec<f32>, ImportError>;

    /// Returns the first `count` rows of the embeddings, which must have this shape and be finite, as a model file has
    /// them.
    fn embeddings(&self, shape: [u32; 2], count: u32) -> Result<(EmbeddingBits, Vec<u8>), ImportError>;
}

/// The greatest size of a quantised value.
const VALUE_MAX: f32 = 127.0;

/// Returns the scale of a row, at which its greatest value is 127.
pub(super) fn scale(row: &[f32]) -> f32 {
    row.iter().fold(0.0_f32, |greatest, value| greatest.max(value.abs())) / VALUE_MAX
}

/// Returns the nearest multiple of a scale.
pub(super) fn quantised(value: f32, scale: f32) -> i8 {
    if scale == 0.0 {
        return 0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the value is clamped")]
    let value = (value / scale).round_ties_even().clamp(-VALUE_MAX, VALUE_MAX) as i8;
    value
}

/// Appends a row of embeddings of 8 bits.
pub(super) fn append_quantised(bytes: &mut Vec<u8>, row: &[f32]) {
    let scale = scale(row);
    bytes.extend(row.iter().map(|value| quantised(*value, scale).to_le_bytes()[0]));
    bytes.extend_from_slice(&scale.to_le_bytes());
}
