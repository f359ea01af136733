//! A pack as tantivy sees it: a directory that cannot be written.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

use super::terms::TERMS;
use super::{META, Pack, Section};

/// The segment files by their extension, each a section of the pack under that name.
pub(crate) const SEGMENT_FILES: [&str; 6] = ["term", "idx", "pos", "fieldnorm", "fast", "store"];

/// A read-only directory over a pack.
///
/// Sections bear the extensions of segment files, so a pack holds exactly one segment, whatever its id.
#[derive(Clone, Debug)]
pub(crate) struct PackDirectory {
    pack: Pack,
}

impl PackDirectory {
    pub(crate) fn new(pack: Pack) -> PackDirectory {
        PackDirectory { pack }
    }

    fn file(&self, path: &Path) -> Option<PackFile> {
        let name = path.to_str()?;
        let extension = path.extension().and_then(|extension| extension.to_str());
        let name = if name == META { META } else { extension.filter(|known| SEGMENT_FILES.contains(known))? };
        let section = self.pack.section(name)?;
        Some(if name == TERMS { PackFile::unchecked(section) } else { PackFile::checked(section) })
    }
}

/// A section as a file.
pub(super) struct PackFile {
    section: Section,
    is_checked: bool,
}

impl PackFile {
    /// Every read is checked against the block table first.
    pub(super) fn checked(section: Section) -> PackFile {
        PackFile { section, is_checked: true }
    }

    /// Nothing is checked: whoever uses what was read has to see to it.
    pub(super) fn unchecked(section: Section) -> PackFile {
        PackFile { section, is_checked: false }
    }
}

impl HasLen for PackFile {
    fn len(&self) -> usize {
        self.section.len()
    }
}

impl FileHandle for PackFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let read = if self.is_checked { Section::owned_bytes } else { Section::owned_bytes_unchecked };
        read(&self.section, range).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }
}

impl fmt::Debug for PackFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PackFile({:?})", self.section)
    }
}

impl Directory for PackDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        match self.file(path) {
            Some(file) => Ok(Arc::new(file)),
            None => Err(OpenReadError::FileDoesNotExist(path.to_owned())),
        }
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.file(path).is_some())
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let file = self.file(path).ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))?;
        match file.section.all() {
            Ok(bytes) => Ok(bytes.to_vec()),
            Err(error) => Err(OpenReadError::wrap_io_error(io::Error::other(error), path.to_owned())),
        }
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        // Nothing writes, so nobody has to wait.
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        // Nothing changes, so nobody is ever called.
        Ok(WatchHandle::empty())
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(read_only()), filepath: path.to_owned() })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), PathBuf::from(path)))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }
}

fn read_only() -> io::Error {
    io::Error::new(io::ErrorKind::ReadOnlyFilesystem, "a pack is not written in place")
}
