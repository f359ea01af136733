//! Replaces a file atomically: a reader finds the old bytes or the new ones, never half of them.
//!
//! The bytes go to a temporary file in the same folder, which is renamed once they are on disk. Only a regular file is
//! replaced, or a new one made: [`target`] refuses everything else. The new file has the mode and the owner of the old
//! one ([`attributes`]). A writer locks its temporary file, and the lock ends with the process. An unlocked temporary
//! file is therefore an orphan, which the next writer of the same file removes ([`orphans`]).

pub(crate) mod attributes;
pub(crate) mod orphans;
pub(crate) mod target;
#[cfg(test)]
pub(crate) mod tests;

use std::fs::{File, Metadata};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

pub(crate) use target::{Replaceable, Target};

/// The readers of a new file; a file that replaces another keeps its readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readers {
    /// All readers whom the umask of the process admits.
    Usual,
    /// The owner.
    Owner,
}

/// Writes `bytes` to `file` atomically: the file is the old one or the new one, even if this process is killed.
///
/// A symbolic link is followed, and stays. The new file keeps the mode of the old one, and its owner where the process
/// may set it. Without an old one, the umask sets the mode.
///
/// # Errors
///
/// If `file` exists and is no regular file (a [`Refusal`](crate::build::Refusal)), or the folder cannot be written or
/// is full. Then the old file stays.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let file = folder.path().join("help.faqt");
/// faqt::build::write_atomically(&file, b"old")?;
/// faqt::build::write_atomically(&file, b"new")?;
/// assert_eq!(std::fs::read(&file)?, b"new");
/// assert!(faqt::build::write_atomically(folder.path(), b"new").is_err());
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write_atomically(file: &Path, bytes: &[u8]) -> io::Result<()> {
    write(Replacement::of(Target::of(file)?, Replaceable::Any)?, bytes)
}

/// Writes `bytes` to `file` as [`write_atomically`] does; only the owner can read a new file.
///
/// # Errors
///
/// As [`write_atomically`].
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let file = folder.path().join("help.faqt");
/// faqt::build::write_private_atomically(&file, b"private")?;
/// # #[cfg(unix)]
/// assert_eq!(std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(&file)?) & 0o777, 0o600);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write_private_atomically(file: &Path, bytes: &[u8]) -> io::Result<()> {
    write(Replacement::start(Target::of(file)?, Replaceable::Any, Readers::Owner)?, bytes)
}

/// Removes the temporary files that killed writers of `file` left, as the next writer does.
///
/// # Examples
///
/// ```
/// let file = std::env::temp_dir().join("never-written.faqt");
/// faqt::build::remove_orphans(&file);
/// ```
pub fn remove_orphans(file: &Path) {
    if let Ok(target) = Target::of(file) {
        orphans::remove(&target);
    }
}

fn write(mut replacement: Replacement, bytes: &[u8]) -> io::Result<()> {
    replacement.file().write_all(bytes)?;
    replacement.commit()
}

/// A temporary file that will replace another; it is removed if it is dropped before.
pub(crate) struct Replacement {
    temporary: NamedTempFile,
    target: Target,
    replaceable: Replaceable,
}

impl Replacement {
    /// Starts an empty file in the folder of `target`.
    pub(crate) fn of(target: Target, replaceable: Replaceable) -> io::Result<Replacement> {
        Replacement::start(target, replaceable, Readers::Usual)
    }

    fn start(target: Target, replaceable: Replaceable, readers: Readers) -> io::Result<Replacement> {
        let readers = if target.old(replaceable)?.is_some() { Readers::Owner } else { readers };
        orphans::remove(&target);
        let temporary = locked_temporary(&target, readers)?;
        Ok(Replacement { temporary, target, replaceable })
    }

    /// Returns the file to write to.
    pub(crate) fn file(&mut self) -> &mut File {
        self.temporary.as_file_mut()
    }

    /// Writes `bytes` in place of what was written.
    pub(crate) fn rewrite(&mut self, bytes: &[u8]) -> io::Result<()> {
        let file = self.file();
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(bytes)
    }

    /// Returns the path of the temporary file.
    pub(crate) fn path(&self) -> &Path {
        self.temporary.path()
    }

    /// Returns the path of a hidden file for the same target that the next build of it finds, by the end of its name.
    pub(crate) fn path_beside(&self, end: &str) -> PathBuf {
        self.target.folder().join(orphans::stem(&self.target) + end)
    }

    /// Replaces the old file, unless the path holds by now a file that must not be replaced.
    pub(crate) fn commit(self) -> io::Result<()> {
        let Replacement { mut temporary, target, replaceable } = self;
        temporary.as_file().sync_all()?;
        loop {
            let old = target.old(replaceable)?;
            match persist(temporary, &target, old.as_ref()) {
                // Another process wrote the file since the check.
                Err(error) if old.is_none() && error.error.kind() == io::ErrorKind::AlreadyExists => {
                    temporary = error.file;
                }
                Err(error) => return Err(error.error),
                Ok(_) => break,
            }
        }
        sync_folder(target.folder());
        Ok(())
    }
}

/// Renames `temporary` to the path of `target`, where `old` was found.
fn persist(temporary: NamedTempFile, target: &Target, old: Option<&Metadata>) -> Result<File, tempfile::PersistError> {
    let path = target.path();
    let Some(old) = old else {
        return match temporary.persist_noclobber(path) {
            // Some file systems cannot rename without overwriting.
            Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => error.file.persist(path),
            persisted => persisted,
        };
    };
    match attributes::copy(old, path, temporary.as_file()) {
        Ok(()) => match temporary.persist(path) {
            Err(error) if cfg!(windows) && error.error.kind() == io::ErrorKind::PermissionDenied => {
                persist_beside_open(error, target)
            }
            persisted => persisted,
        },
        Err(error) => Err(tempfile::PersistError { error, file: temporary }),
    }
}

/// Replaces a file that a process has mapped into memory. Windows refuses that, but lets the old file be renamed: it gets the
/// name of a temporary file, which the next writer removes.
fn persist_beside_open(refused: tempfile::PersistError, target: &Target) -> Result<File, tempfile::PersistError> {
    let tempfile::PersistError { error, file: temporary } = refused;
    let (prefix, suffix) = orphans::name(target);
    let mut aside = tempfile::Builder::new();
    aside.prefix(&prefix).suffix(suffix).rand_bytes(orphans::RANDOM);
    let Ok(aside) = aside.make_in(target.folder(), |path| std::fs::rename(target.path(), path)) else {
        return Err(tempfile::PersistError { error, file: temporary });
    };
    // The old file stays until the programs that have it open close it.
    let aside = aside.into_temp_path();
    let persisted = temporary.persist_noclobber(target.path());
    if persisted.is_err() {
        let _ = std::fs::rename(&aside, target.path());
    }
    persisted
}

/// Makes a temporary file that others can tell from an orphan.
///
/// Until it is locked, another writer may take it for an orphan, lock it and remove it. So a file that still exists
/// once it is locked stays.
#[cfg_attr(not(unix), expect(unused_variables, reason = "only Unix has a umask"))]
fn locked_temporary(target: &Target, readers: Readers) -> io::Result<NamedTempFile> {
    let (prefix, suffix) = orphans::name(target);
    loop {
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(suffix).rand_bytes(orphans::RANDOM);
        #[cfg(unix)]
        if readers == Readers::Usual {
            // The system subtracts the process's umask.
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        }
        let temporary = builder.tempfile_in(target.folder())?;
        let cannot_lock = temporary.as_file().lock().is_err();
        if cannot_lock || temporary.path().exists() {
            return Ok(temporary);
        }
    }
}

/// Writes the new name to disk. The file is whole without it, so a folder that cannot be synchronised is no error.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
