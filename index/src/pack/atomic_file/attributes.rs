//! The mode, the owner and the access control list of a file that is replaced.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

/// Gives `new` the mode and the owner of the old file at `path`. Nobody gains access: if the group cannot be kept, the
/// new group has only rights that all others have.
#[cfg(unix)]
pub(crate) fn copy(old: &Metadata, path: &Path, new: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let created = new.metadata()?;
    if created.uid() != old.uid() {
        // Only root may give a file away.
        let _ = fchown(new, Some(old.uid()), None);
    }
    let keeps_group = created.gid() == old.gid() || fchown(new, None, Some(old.gid())).is_ok();
    let list = access::list(path)?;
    access::clear(new)?;
    let mode = old.mode() & 0o777;
    let others_as_group = (mode & 0o007) << 3;
    // With a list, the bits of the group are the list's mask.
    let mode = if keeps_group && list.is_none() { mode } else { mode & (0o707 | others_as_group) };
    new.set_permissions(std::fs::Permissions::from_mode(mode))?;
    match list.filter(|_| keeps_group) {
        Some(list) => access::set(new, &list),
        None => Ok(()),
    }
}

/// Makes `new` as writable as the old file was.
#[cfg(not(unix))]
pub(crate) fn copy(old: &Metadata, _: &Path, new: &File) -> io::Result<()> {
    new.set_permissions(old.permissions())
}

/// POSIX access control lists, which Linux keeps as an extended attribute.
#[cfg(target_os = "linux")]
mod access {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    use rustix::fs::{XattrFlags, fremovexattr, fsetxattr, lgetxattr};
    use rustix::io::Errno;

    const NAME: &str = "system.posix_acl_access";
    /// The longest value that Linux has for an attribute.
    const BYTES_MAX: usize = 1 << 16;

    /// Returns the list of the file at `path`, if it has one.
    pub(crate) fn list(path: &Path) -> io::Result<Option<Vec<u8>>> {
        let mut list = vec![0; BYTES_MAX];
        match lgetxattr(path, NAME, &mut list) {
            Ok(length) => {
                list.truncate(length);
                Ok(Some(list))
            }
            Err(Errno::NODATA | Errno::NOTSUP | Errno::NOENT) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes the list that a new file inherits from its folder.
    pub(crate) fn clear(file: &File) -> io::Result<()> {
        match fremovexattr(file, NAME) {
            Ok(()) | Err(Errno::NODATA | Errno::NOTSUP) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn set(file: &File, list: &[u8]) -> io::Result<()> {
        Ok(fsetxattr(file, NAME, list, XattrFlags::empty())?)
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
#[expect(clippy::unnecessary_wraps, reason = "as where there are lists")]
mod access {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    pub(crate) fn list(_: &Path) -> io::Result<Option<Vec<u8>>> {
        Ok(None)
    }

    pub(crate) fn clear(_: &File) -> io::Result<()> {
        Ok(())
    }

    pub(crate) fn set(_: &File, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
}
