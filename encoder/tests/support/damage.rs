//! Models that are damaged behind a matching content hash.

use faqt_encoder::{Encoder, ModelError};
use twox_hash::XxHash3_128;

/// Returns the model with the content hash of its content.
pub(crate) fn sealed(mut model: Vec<u8>) -> Vec<u8> {
    let hash = XxHash3_128::oneshot(&model[24..]);
    model[8..24].copy_from_slice(&hash.to_le_bytes());
    model
}

/// Returns the place of a field of the head.
pub(crate) fn field(number: usize) -> usize {
    24 + 4 * number
}

/// Returns the error of a model with other `bytes` at a place. One that opens is given to `read`, and refused by `verify`.
#[track_caller]
pub(crate) fn error_with(mut model: Vec<u8>, at: usize, bytes: &[u8], read: impl Fn(&Encoder)) -> ModelError {
    model[at..at + bytes.len()].copy_from_slice(bytes);
    match Encoder::from_bytes(sealed(model)) {
        Ok(encoder) => {
            read(&encoder);
            encoder.verify().unwrap_err()
        }
        Err(error) => error,
    }
}
