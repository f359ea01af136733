//! The bytes of a model, wherever they are.

use std::ops::Deref;

/// The bytes of a model.
pub(crate) enum Bytes {
    /// Read into memory.
    Owned(Vec<u8>),
    /// Linked into the program.
    Static(&'static [u8]),
    /// Mapped from a file.
    #[cfg(all(feature = "mmap", any(unix, windows)))]
    Mapped(memmap2::Mmap),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Owned(bytes) => bytes,
            Bytes::Static(bytes) => bytes,
            #[cfg(all(feature = "mmap", any(unix, windows)))]
            Bytes::Mapped(map) => map,
        }
    }
}
