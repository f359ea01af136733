//! Files and directories that belong to the user and that no other user can read.

use std::fs::{self, DirBuilder, Metadata};
use std::io;
use std::path::Path;

/// Creates a directory and its missing parents, on Unix with mode 0700.
pub(crate) fn create_directory(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Returns true if `path` is a directory, not a link, and belongs to the user. Removes the access of other users.
pub(crate) fn is_own_directory(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir() && is_own(path, &found, 0o700))
}

/// Returns true if `path` is a regular file and belongs to the user. Removes the access of other users.
pub(crate) fn is_own_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && is_own(path, &found, 0o600))
}

#[cfg(unix)]
fn is_own(path: &Path, found: &Metadata, mode: u32) -> bool {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    if found.uid() != rustix::process::geteuid().as_raw() {
        return false;
    }
    // Former versions left the cache readable to others. On a read-only file system this fails, which is no error.
    if found.mode() & 0o077 != 0 {
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(mode));
    }
    true
}

#[cfg(not(unix))]
fn is_own(_: &Path, _: &Metadata, _: u32) -> bool {
    true
}
