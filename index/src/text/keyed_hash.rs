//! Hashes that stand for texts while a folder is read and its pack is built.
//!
//! Whoever writes the content must not be able to choose two texts that are taken for one, and XXH3 without a key is no
//! obstacle to that. The key is drawn once in each process, so nobody knows it before, and no pack holds a hash made
//! with it: the same content gives the same bytes under any key. By chance, the 64 bits of two of a million texts are
//! the same once in 40 million folders.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::OnceLock;

use twox_hash::XxHash3_64;

static KEY: OnceLock<u64> = OnceLock::new();

#[inline]
fn key() -> u64 {
    *KEY.get_or_init(|| RandomState::new().hash_one(0))
}

/// Returns the hash of a text. A build asks for that of every word.
#[inline]
pub(crate) fn of(text: &str) -> u64 {
    XxHash3_64::oneshot_with_seed(key(), text.as_bytes())
}

/// Returns the hash of bytes below what has a hash of its own.
pub(crate) fn below(above: u64, bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot_with_seed(key() ^ above, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_decides() {
        assert_eq!(of("lamp"), of("lamp"));
        assert_ne!(of("lamp"), XxHash3_64::oneshot(b"lamp"));
        assert_ne!(below(1, b"lamp"), below(2, b"lamp"));
    }
}
