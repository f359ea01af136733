//! Putting a file in another's place: a reader finds the old bytes or the new ones, never half of them.
//!
//! The bytes go to a temporary file beside the old one, which takes its name once everything is on disk. A writer locks
//! its temporary file, and the lock goes with the process. So whoever writes next to it later knows an orphan, left by
//! a writer that was killed, and takes it away.

use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

/// What the names of temporary files start with.
const PREFIX: &str = ".faqt-";

/// Writes `bytes` to `file`, which is the old file or the new one at every moment, even if this process is killed.
///
/// # Errors
///
/// If the folder cannot be written or is full; then the old file stays.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let file = folder.path().join("help.faqt");
/// faqt::build::replace(&file, b"old")?;
/// faqt::build::replace(&file, b"new")?;
/// assert_eq!(std::fs::read(&file)?, b"new");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut replacement = Replacement::of(file)?;
    replacement.file().write_all(bytes)?;
    replacement.put()
}

/// A file that will take another's place; if it never does, it goes away.
pub(crate) struct Replacement<'a> {
    temporary: NamedTempFile,
    replaced: &'a Path,
}

impl Replacement<'_> {
    /// Starts an empty file beside `file`.
    pub(crate) fn of(file: &Path) -> io::Result<Replacement<'_>> {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        remove_orphans(folder);
        Ok(Replacement { temporary: locked_temporary(folder)?, replaced: file })
    }

    /// Returns what is to be written.
    pub(crate) fn file(&mut self) -> &mut File {
        self.temporary.as_file_mut()
    }

    /// Returns where it is now.
    pub(crate) fn path(&self) -> &Path {
        self.temporary.path()
    }

    /// Puts it in the other's place.
    pub(crate) fn put(self) -> io::Result<()> {
        if let Some(permissions) = permissions(self.replaced) {
            self.temporary.as_file().set_permissions(permissions)?;
        }
        self.temporary.as_file().sync_all()?;
        self.temporary.persist(self.replaced)?;
        Ok(())
    }
}

/// Makes a temporary file that others see somebody writes.
///
/// Before it is locked, another writer may take it for an orphan. That one locks it while it takes it away, so a file
/// that is still there once it is locked stays there.
fn locked_temporary(folder: &Path) -> io::Result<NamedTempFile> {
    loop {
        let temporary = tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder)?;
        let cannot_lock = temporary.as_file().lock().is_err();
        if cannot_lock || temporary.path().exists() {
            return Ok(temporary);
        }
    }
}

/// Returns the permissions of the file that is replaced, or those of any new file; a temporary file is the owner's alone.
fn permissions(file: &Path) -> Option<Permissions> {
    #[cfg(unix)]
    let usual = Some(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    #[cfg(not(unix))]
    let usual = None;
    fs::metadata(file).map(|old| old.permissions()).ok().or(usual)
}

/// Takes away what killed writers left. Whatever cannot be read or removed is left alone.
fn remove_orphans(folder: &Path) {
    let Ok(files) = fs::read_dir(folder) else { return };
    for file in files.flatten() {
        let is_temporary = file.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        if is_temporary && file.file_type().is_ok_and(|kind| kind.is_file()) {
            remove_if_orphan(&file.path());
        }
    }
}

/// Removes the file if nobody writes it. Where files cannot be locked, orphans cannot be told, and stay.
fn remove_if_orphan(path: &Path) {
    let Ok(file) = File::open(path) else { return };
    if file.try_lock().is_ok() {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        files.collect()
    }

    #[test]
    fn what_killed_writers_left_is_taken_away_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let live = locked_temporary(folder.path()).unwrap();
        fs::write(folder.path().join(".faqt-dead"), "half").unwrap();
        fs::write(folder.path().join(".faqt"), "another's").unwrap();
        fs::create_dir(folder.path().join(".faqt-folder")).unwrap();
        replace(&folder.path().join("a.faqt"), b"pack").unwrap();
        let mut found = names(folder.path());
        found.retain(|name| *name != live.path().file_name().unwrap().to_string_lossy());
        found.sort();
        assert_eq!(found, [".faqt", ".faqt-folder", "a.faqt"]);
        assert!(live.path().exists());
    }

    #[test]
    fn writers_of_one_file_do_not_disturb_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.faqt");
        std::thread::scope(|scope| {
            for byte in 0..8 {
                let file = &file;
                scope.spawn(move || (0..20).for_each(|_| replace(file, &[byte; 10_000]).unwrap()));
            }
        });
        let bytes = fs::read(&file).unwrap();
        assert!(bytes.len() == 10_000 && bytes.iter().all(|byte| *byte == bytes[0]));
        assert_eq!(names(folder.path()), ["a.faqt"]);
    }

    #[cfg(unix)]
    #[test]
    fn the_permissions_of_the_old_file_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.faqt");
        replace(&file, b"old").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
        replace(&file, b"new").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
