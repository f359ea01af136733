//! Buffers: bytes that both sides see, each under a number.

use std::cell::RefCell;
use std::collections::BTreeMap;

/// The buffers that are not released yet, and the number of the last.
#[derive(Default)]
struct Buffers {
    last: u32,
    all: BTreeMap<u32, Vec<u8>>,
}

thread_local! {
    /// A module has one thread.
    static BUFFERS: RefCell<Buffers> = RefCell::default();
}

/// Allocates a buffer of zeros and returns its number; 0 without memory for it.
pub(crate) fn allocate(length: usize) -> u32 {
    let mut bytes = Vec::new();
    if bytes.try_reserve_exact(length).is_err() {
        return 0;
    }
    bytes.resize(length, 0);
    put(bytes)
}

/// Returns the number of a new buffer with these bytes.
pub(crate) fn put(bytes: Vec<u8>) -> u32 {
    BUFFERS.with_borrow_mut(|buffers| {
        // 0 is no number, and one that is in use is left out.
        loop {
            buffers.last = buffers.last.checked_add(1).unwrap_or(1);
            if !buffers.all.contains_key(&buffers.last) {
                break;
            }
        }
        buffers.all.insert(buffers.last, bytes);
        buffers.last
    })
}

/// Takes a buffer out.
pub(crate) fn take(number: u32) -> Option<Vec<u8>> {
    BUFFERS.with_borrow_mut(|buffers| buffers.all.remove(&number))
}

/// Reads a fact about a buffer; 0 if there is none of this number.
pub(crate) fn with(number: u32, read: impl FnOnce(&mut Vec<u8>) -> usize) -> usize {
    BUFFERS.with_borrow_mut(|buffers| buffers.all.get_mut(&number).map_or(0, read))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_is_there_until_it_is_taken() {
        let number = allocate(3);
        assert_ne!(number, 0);
        assert_eq!(with(number, |bytes| bytes.len()), 3);
        assert_eq!(take(number), Some(vec![0; 3]));
        assert_eq!(take(number), None);
        assert_eq!(with(number, |bytes| bytes.len() + 1), 0);
    }

    #[test]
    fn a_buffer_beyond_all_memory_has_no_number() {
        assert_eq!(allocate(usize::MAX), 0);
        assert_eq!(take(0), None);
    }
}
