//! The two hashes of a model: of all of it, and of what its vectors depend on.

use twox_hash::XxHash3_128;

use crate::head::{HASHED_START, TEXT_LENGTHS_START};
use crate::layout::Layout;

/// Returns the hash of all that follows the content hash.
pub(crate) fn content_hash(bytes: &[u8]) -> u128 {
    XxHash3_128::oneshot(&bytes[HASHED_START..])
}

/// Returns the hash of the architecture and of the hashes of all sections but the texts.
///
/// So a model has the same whatever it was imported from, and whatever it is called.
pub(crate) fn vectors_hash(bytes: &[u8], layout: &Layout) -> u128 {
    let mut hashed = bytes[HASHED_START..TEXT_LENGTHS_START].to_vec();
    for section in layout.of_vectors() {
        hashed.extend(XxHash3_128::oneshot(&bytes[section]).to_le_bytes());
    }
    XxHash3_128::oneshot(&hashed)
}
