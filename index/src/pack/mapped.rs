//! Memory maps of files: the only `unsafe` code of the library.

use std::io;
use std::ops::Deref;
use std::path::Path;

use memmap2::Mmap;
use ownedbytes::OwnedBytes;

use super::regular_file;

/// A memory map that tantivy can hold on to.
struct Mapped(Mmap);

impl Deref for Mapped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

#[expect(unsafe_code, reason = "tantivy's byte strings ask for this promise")]
// SAFETY: a memory map stays at its address however its handle is moved.
unsafe impl stable_deref_trait::StableDeref for Mapped {}

/// Maps the regular file at `path`.
pub(crate) fn map(path: &Path) -> io::Result<OwnedBytes> {
    let file = regular_file::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(OwnedBytes::empty());
    }
    #[expect(unsafe_code, reason = "mapping a file is how a pack is opened without reading it")]
    // SAFETY: packs are replaced by renaming, never written in place. A reader of a pack that somebody truncates gets a
    // signal, as with any mapped file; ARCHITECTURE.md says so.
    let map = unsafe { Mmap::map(&file)? };
    Ok(OwnedBytes::new(Mapped(map)))
}
