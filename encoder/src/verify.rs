//! Checks everything in a model that opening and reading leave open.

use crate::encoder::Encoder;
use crate::error::{ModelError, damaged};
use crate::hashes::{content_hash, vectors_hash};
use crate::parts::are_finite;

impl Encoder {
    /// Checks the whole model: its hashes, its texts, each piece, each row and each position.
    ///
    /// # Errors
    ///
    /// [`ModelError::Damaged`] names the first fault.
    pub fn verify(&self) -> Result<(), ModelError> {
        if content_hash(self.bytes()) != self.model().content_hash {
            return Err(damaged("the content does not match its hash"));
        }
        if self.texts().iter().any(|text| str::from_utf8(text).is_err()) {
            return Err(damaged("the name, the source or the licence is no text"));
        }
        let vocabulary = self.vocabulary();
        vocabulary.pieces.verify(vocabulary.count, |_| Ok(())).map_err(damaged)?;
        let embeddings = self.parts().embeddings;
        if !are_finite(embeddings.positions) {
            return Err(damaged("a position is not finite"));
        }
        let scales = embeddings.rows.chunks_exact(embeddings.hidden + 4).map(|row| &row[embeddings.hidden..]);
        for scale in scales.filter_map(|scale| scale.first_chunk()) {
            if !(f32::from_le_bytes(*scale) >= 0.0 && are_finite(&[*scale])) {
                return Err(damaged("a scale is negative or not finite"));
            }
        }
        if vectors_hash(self.bytes(), &self.layout) != self.model().vectors_hash {
            return Err(damaged("the vectors do not match their hash"));
        }
        Ok(())
    }
}
