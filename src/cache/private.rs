//! Files and directories that are the user's own, and that nobody else can read.

use std::fs::{self, DirBuilder, Metadata};
use std::io;
use std::path::Path;

/// Creates a directory, with those above it, for its owner only.
pub(super) fn create_directory(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Returns true if there is a directory at `path`, and not a link to one, that belongs to the user; nobody else can read it from
/// now on.
pub(super) fn is_own_directory(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir() && is_own(path, &found, 0o700))
}

/// Returns true if there is a regular file at `path` that belongs to the user; nobody else can read it from now on.
pub(super) fn is_own_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && is_own(path, &found, 0o600))
}

#[cfg(unix)]
fn is_own(path: &Path, found: &Metadata, mode: u32) -> bool {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    if found.uid() != rustix::process::geteuid().as_raw() {
        return false;
    }
    // The cache of a former version could be read by others. A file system that is read-only stays as it is.
    if found.mode() & 0o077 != 0 {
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(mode));
    }
    true
}

#[cfg(not(unix))]
fn is_own(_: &Path, _: &Metadata, _: u32) -> bool {
    true
}
