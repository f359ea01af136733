//! Model files: mapped into memory, or read where there are no maps.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::bytes::Bytes;

/// Opens the regular file at `path`.
///
/// Nothing else is opened: a pipe would wait for its other end.
fn open_regular(path: &Path) -> io::Result<File> {
    if !path.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    File::open(path)
}

/// Maps the file at `path`.
#[cfg(all(feature = "mmap", any(unix, windows)))]
pub(crate) fn load(path: &Path) -> io::Result<Bytes> {
    let file = open_regular(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(Bytes::Static(&[]));
    }
    #[expect(unsafe_code, reason = "mapping a file is how a model is opened without reading it")]
    // SAFETY: model files are replaced by renaming, never written in place. A reader of a file that somebody truncates
    // gets a signal, as with any mapped file; the documentation of `Encoder::open` says so.
    let map = unsafe { memmap2::Mmap::map(&file)? };
    Ok(Bytes::Mapped(map))
}

/// Reads the file at `path`.
#[cfg(not(all(feature = "mmap", any(unix, windows))))]
pub(crate) fn load(path: &Path) -> io::Result<Bytes> {
    use std::io::Read;

    let mut file = open_regular(path)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(Bytes::Owned(bytes))
}
