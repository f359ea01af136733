//! The names of files in the cache, and the notes that name their folders.

use std::ffi::OsStr;
use std::path::Path;

/// The suffix of pack names.
pub(super) const PACK: &str = ".faqt";
/// The suffix of the names of files with the vectors of builds that are not finished.
pub(super) const VECTORS: &str = ".vectors";
/// The suffix of note names.
pub(super) const NOTE: &str = ".folder";

/// Returns the content of the note for a folder.
pub(super) fn to_note(folder: &Path) -> Option<&[u8]> {
    let path = folder.as_os_str();
    (cfg!(unix) || path.to_str().is_some()).then_some(path.as_encoded_bytes())
}

/// Returns the folder of a note.
pub(super) fn of_note(note: &[u8]) -> Option<&Path> {
    #[cfg(unix)]
    let path = Some(std::os::unix::ffi::OsStrExt::from_bytes(note));
    #[cfg(not(unix))]
    let path = std::str::from_utf8(note).ok().map(OsStr::new);
    path.map(|path: &OsStr| Path::new(path))
}
