//! The file to replace: found by following links, and refused if it exists and is no regular file.

use std::ffi::OsString;
use std::fs::{self, FileType, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::pack::{MAGIC, regular_file};

/// The most symbolic links in a chain, as on Linux.
const LINKS_MAX: usize = 40;

/// The files that a writer may replace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Replaceable {
    /// Any regular file.
    Any,
    /// Packs and empty files.
    Packs,
}

/// The reason why a file is not replaced, though it could be.
///
/// It is the inner error of the [`io::Error`] that [`write_atomically`](crate::pack::atomic_file::write_atomically) returns.
///
/// # Examples
///
/// ```
/// use faqt::build::Refusal;
///
/// let folder = tempfile::tempdir()?;
/// let error = faqt::build::write_atomically(folder.path(), b"pack").unwrap_err();
/// let refusal = error.get_ref().and_then(|error| error.downcast_ref());
/// assert_eq!(refusal, Some(&Refusal::NotRegular("a folder")));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The path holds something else than a regular file, named here.
    #[error("{0}, not a regular file")]
    NotRegular(&'static str),
    /// The path has no file name at its end.
    #[error("not the name of a file")]
    NoName,
    /// The file is neither a pack nor empty.
    #[error("the file there is not a pack")]
    NotAPack,
    /// The file is part of the content folder that is built, or would be read as part of it.
    #[error("it is, or would be, part of the content")]
    Source,
}

impl From<Refusal> for io::Error {
    fn from(refusal: Refusal) -> io::Error {
        io::Error::other(refusal)
    }
}

/// A path for a file in an existing folder. No part of the path is a symbolic link.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    path: PathBuf,
    folder: PathBuf,
    name: OsString,
}

impl Target {
    /// Resolves `file`; a symbolic link is followed, even to a missing file.
    pub(crate) fn of(file: &Path) -> io::Result<Target> {
        let mut target = Target::without_links(file)?;
        for _ in 0..LINKS_MAX {
            match fs::symlink_metadata(&target.path) {
                Ok(found) if found.is_symlink() => target = target.follow()?,
                Ok(_) => return Ok(target),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(target),
                Err(error) => return Err(error),
            }
        }
        Err(Refusal::NotRegular("a symbolic link that leads back to itself").into())
    }

    /// Resolves the links in the path of the folder of `file`.
    fn without_links(file: &Path) -> io::Result<Target> {
        let ends_as_folder = file.as_os_str().to_string_lossy().ends_with(std::path::is_separator);
        let name = match file.file_name() {
            Some(_) if ends_as_folder => return Err(Refusal::NotRegular("a folder").into()),
            Some(name) => name.to_owned(),
            None if file.as_os_str().is_empty() => return Err(Refusal::NoName.into()),
            None => return Err(Refusal::NotRegular("a folder").into()),
        };
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.canonicalize()?;
        Ok(Target { path: folder.join(&name), folder, name })
    }

    /// Follows the link at the path.
    fn follow(&self) -> io::Result<Target> {
        // Links such as `/dev/stdout` stand for an open file, which may have a name as well.
        if self.folder == Path::new("/dev") || self.folder.starts_with("/proc") {
            return Err(Refusal::NotRegular("a stream").into());
        }
        Target::without_links(&self.folder.join(fs::read_link(&self.path)?))
    }

    /// Returns the path of the file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the folder that holds the file.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the name of the file in its folder.
    pub(crate) fn name(&self) -> &OsString {
        &self.name
    }

    /// Returns the metadata of the existing file, or an error if it must not be replaced.
    pub(crate) fn old(&self, replaceable: Replaceable) -> io::Result<Option<Metadata>> {
        let old = match fs::symlink_metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            old => old?,
        };
        if !old.is_file() {
            return Err(Refusal::NotRegular(kind(old.file_type())).into());
        }
        if replaceable == Replaceable::Packs && !self.is_pack_or_empty()? {
            return Err(Refusal::NotAPack.into());
        }
        Ok(Some(old))
    }

    /// Returns true if the path holds a regular file that is neither a pack nor empty.
    pub(crate) fn is_other_file(&self) -> io::Result<bool> {
        Ok(self.old(Replaceable::Any)?.is_some() && !self.is_pack_or_empty()?)
    }

    fn is_pack_or_empty(&self) -> io::Result<bool> {
        let mut start = Vec::new();
        regular_file::open_no_follow(&self.path)?.take(MAGIC.len() as u64).read_to_end(&mut start)?;
        Ok(start.is_empty() || start == MAGIC)
    }
}

/// Names the kind of a file that is not regular.
fn kind(found: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if found.is_char_device() || found.is_block_device() {
            return "a device";
        }
        if found.is_fifo() {
            return "a pipe";
        }
        if found.is_socket() {
            return "a socket";
        }
    }
    if found.is_dir() {
        "a folder"
    } else if found.is_symlink() {
        "a symbolic link"
    } else {
        "something else"
    }
}
