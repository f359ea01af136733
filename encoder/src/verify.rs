//! Checks everything in a model that opening and reading leave open.

use crate::encoder::Encoder;
use crate::error::{ModelError, damaged};
use crate::hashes::{content_hash, vectors_hash};

impl Encoder {
    /// Checks the whole model: its hashes, its texts, each piece and rule, each row and each position.
    ///
    /// # Errors
    ///
    /// [`ModelError::Damaged`] names the first fault.
    pub fn verify(&self) -> Result<(), ModelError> {
        if content_hash(self.bytes()) != self.model().content_hash {
            return Err(damaged("the content does not match its hash"));
        }
        if self.texts().iter().any(|text| str::from_utf8(text).is_err()) {
            return Err(damaged("a prefix, the name, the source or the licence is no text"));
        }
        self.vocabulary().verify().map_err(damaged)?;
        self.parts().embeddings.verify()?;
        if vectors_hash(self.bytes(), &self.layout) != self.model().vectors_hash {
            return Err(damaged("the vectors do not match their hash"));
        }
        Ok(())
    }
}
