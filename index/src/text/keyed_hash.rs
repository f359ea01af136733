//! Keyed hashes that stand for texts while a folder is read and its pack is built.
//!
//! An author must not be able to construct a collision, which is easy for XXH3 without a key. Each process draws its
//! own key, so nobody can know it before. No pack holds a hash made with it: the same content gives the same bytes
//! under any key. Two of 1,000,000 texts collide by chance once in 40 million folders.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::OnceLock;

use twox_hash::XxHash3_64;

static KEY: OnceLock<u64> = OnceLock::new();

#[inline]
fn key() -> u64 {
    *KEY.get_or_init(|| RandomState::new().hash_one(0))
}

/// Returns the hash of a text. A build hashes every word.
#[inline]
pub(crate) fn of(text: &str) -> u64 {
    XxHash3_64::oneshot_with_seed(key(), text.as_bytes())
}

/// Returns the hash of some numbers.
pub(crate) fn of_numbers(numbers: &[u32]) -> u64 {
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    XxHash3_64::oneshot_with_seed(key(), &bytes)
}

/// Returns the hash of `bytes` below a parent with the hash `above`.
pub(crate) fn hash_child(above: u64, bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot_with_seed(key() ^ above, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_decides() {
        assert_eq!(of("lamp"), of("lamp"));
        assert_ne!(of("lamp"), XxHash3_64::oneshot(b"lamp"));
        assert_ne!(hash_child(1, b"lamp"), hash_child(2, b"lamp"));
    }
}
