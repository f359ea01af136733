//! The bytes of a pack's file: mapped into memory with the feature `mmap`, else read.

use std::io;
use std::path::Path;

use ownedbytes::OwnedBytes;

/// Loads the regular file at `path`.
#[cfg(feature = "mmap")]
pub(crate) fn load(path: &Path) -> io::Result<OwnedBytes> {
    super::mapped::map(path)
}

/// Loads the regular file at `path`.
#[cfg(not(feature = "mmap"))]
pub(crate) fn load(path: &Path) -> io::Result<OwnedBytes> {
    use std::io::Read as _;

    let mut bytes = Vec::new();
    super::regular_file::open(path)?.read_to_end(&mut bytes)?;
    Ok(OwnedBytes::new(bytes))
}
