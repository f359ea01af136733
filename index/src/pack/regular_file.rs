//! Opens regular files. A file is opened first and checked afterwards, so nothing can take its place in between.
//!
//! Opening never waits: a pipe without a writer is opened, recognised as no regular file, and closed.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// The reason why a path is not read, though something is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotRegular {
    #[error("a symbolic link, which is not followed")]
    Link,
    #[error("not a regular file")]
    Other,
}

/// Opens the regular file at `path` for reading; symbolic links are followed.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    // Opening a device may have an effect, so a path that is known to be no regular file is not opened.
    check(&fs::metadata(path)?)?;
    checked(system::open(path)?)
}

/// Opens the regular file at `path` for reading, unless its name is a symbolic link.
#[cfg(feature = "build")]
pub(crate) fn open_no_follow(path: &Path) -> io::Result<File> {
    check(&fs::symlink_metadata(path)?)?;
    checked(system::open_no_follow(path)?)
}

/// Opens the regular file at `path` for reading and writing, unless its name is a symbolic link.
#[cfg(feature = "build")]
pub(crate) fn open_to_change(path: &Path) -> io::Result<File> {
    check(&fs::symlink_metadata(path)?)?;
    checked(system::open_to_change(path)?)
}

/// Returns true if the open file belongs to the user of this process, and has one name.
#[cfg(feature = "build")]
pub(crate) fn is_own(file: &File) -> io::Result<bool> {
    system::is_own(file)
}

/// An open folder, which stays the same when its path changes.
#[cfg(feature = "build")]
#[derive(Debug)]
pub(crate) struct Folder(system::Folder);

#[cfg(feature = "build")]
impl Folder {
    /// Opens the folder at `path`; symbolic links are followed.
    pub(crate) fn open(path: &Path) -> io::Result<Folder> {
        system::Folder::open(path).map(Folder)
    }

    /// Opens the regular file at `path` below the folder for reading. No part of `path` may be a symbolic link.
    pub(crate) fn file(&self, path: &Path) -> io::Result<File> {
        match checked(self.0.file(path)?) {
            Err(error) if error.kind() == io::ErrorKind::IsADirectory => Err(io::Error::other(NotRegular::Other)),
            file => file,
        }
    }
}

fn checked(file: File) -> io::Result<File> {
    check(&file.metadata()?)?;
    Ok(file)
}

fn check(found: &fs::Metadata) -> io::Result<()> {
    if found.is_file() {
        Ok(())
    } else if found.is_dir() {
        Err(io::ErrorKind::IsADirectory.into())
    } else {
        Err(io::Error::other(if found.is_symlink() { NotRegular::Link } else { NotRegular::Other }))
    }
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    use rustix::fs::{Mode, OFlags};
    use rustix::io::retry_on_intr;

    const FLAGS: OFlags = OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::NOCTTY).union(OFlags::CLOEXEC);

    pub(crate) fn open(path: &Path) -> io::Result<File> {
        Ok(retry_on_intr(|| rustix::fs::open(path, FLAGS, Mode::empty()))?.into())
    }

    #[cfg(feature = "build")]
    pub(crate) use below::{Folder, is_own, open_no_follow, open_to_change};

    #[cfg(feature = "build")]
    mod below {
        use std::fs::File;
        use std::io;
        use std::os::fd::{AsFd, OwnedFd};
        use std::os::unix::fs::MetadataExt as _;
        use std::path::{Component, Path};

        use rustix::fs::{CWD, Mode, OFlags, openat};
        use rustix::io::{Errno, retry_on_intr};

        use super::FLAGS;
        use crate::pack::regular_file::NotRegular;

        pub(crate) fn open_no_follow(path: &Path) -> io::Result<File> {
            open_at(CWD, path, OFlags::empty()).map(File::from)
        }

        pub(crate) fn is_own(file: &File) -> io::Result<bool> {
            let file = file.metadata()?;
            Ok(file.uid() == rustix::process::geteuid().as_raw() && file.nlink() == 1)
        }

        pub(crate) fn open_to_change(path: &Path) -> io::Result<File> {
            // The flag for reading alone is 0.
            open_at(CWD, path, OFlags::RDWR).map(File::from)
        }

        #[derive(Debug)]
        pub(crate) struct Folder(OwnedFd);

        impl Folder {
            pub(crate) fn open(path: &Path) -> io::Result<Folder> {
                let folder = retry_on_intr(|| rustix::fs::open(path, FLAGS | OFlags::DIRECTORY, Mode::empty()))?;
                Ok(Folder(folder))
            }

            /// Opens each folder relative to the one before, so that a link inserted into the path is noticed.
            pub(crate) fn file(&self, path: &Path) -> io::Result<File> {
                let mut parts = path.components().peekable();
                let mut within: Option<OwnedFd> = None;
                while let Some(part) = parts.next() {
                    let Component::Normal(part) = part else { return Err(io::ErrorKind::InvalidInput.into()) };
                    let folder = within.as_ref().unwrap_or(&self.0);
                    let is_last = parts.peek().is_none();
                    let kind = if is_last { OFlags::empty() } else { OFlags::DIRECTORY };
                    let opened = open_at(folder, Path::new(part), kind)?;
                    if is_last {
                        return Ok(opened.into());
                    }
                    within = Some(opened);
                }
                Err(io::ErrorKind::InvalidInput.into())
            }
        }

        fn open_at(folder: impl AsFd, path: &Path, kind: OFlags) -> io::Result<OwnedFd> {
            let flags = FLAGS | OFlags::NOFOLLOW | kind;
            retry_on_intr(|| openat(&folder, path, flags, Mode::empty())).map_err(|error| match error {
                Errno::LOOP => io::Error::other(NotRegular::Link),
                // A socket.
                Errno::NXIO => io::Error::other(NotRegular::Other),
                error => error.into(),
            })
        }
    }
}

/// On other systems a file is checked, opened and checked again.
#[cfg(not(unix))]
mod system {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    pub(crate) fn open(path: &Path) -> io::Result<File> {
        File::open(path)
    }

    #[cfg(feature = "build")]
    pub(crate) use below::{Folder, is_own, open_no_follow, open_to_change};

    #[cfg(feature = "build")]
    mod below {
        use std::fs::{self, File, OpenOptions};
        use std::io;
        use std::path::{Path, PathBuf};

        use crate::pack::regular_file::NotRegular;

        pub(crate) fn open_no_follow(path: &Path) -> io::Result<File> {
            open_as(path, File::options().read(true))
        }

        pub(crate) fn open_to_change(path: &Path) -> io::Result<File> {
            open_as(path, File::options().read(true).write(true))
        }

        #[expect(clippy::unnecessary_wraps, reason = "as where files have owners")]
        pub(crate) fn is_own(_: &File) -> io::Result<bool> {
            Ok(true)
        }

        fn open_as(path: &Path, options: &OpenOptions) -> io::Result<File> {
            if fs::symlink_metadata(path)?.is_symlink() {
                return Err(io::Error::other(NotRegular::Link));
            }
            options.open(path)
        }

        #[derive(Debug)]
        pub(crate) struct Folder(PathBuf);

        impl Folder {
            pub(crate) fn open(path: &Path) -> io::Result<Folder> {
                fs::read_dir(path)?;
                Ok(Folder(path.to_owned()))
            }

            pub(crate) fn file(&self, path: &Path) -> io::Result<File> {
                let mut within = self.0.clone();
                for part in path.components() {
                    within.push(part);
                    if fs::symlink_metadata(&within)?.is_symlink() {
                        return Err(io::Error::other(NotRegular::Link));
                    }
                }
                File::open(within)
            }
        }
    }
}

#[cfg(all(test, unix, feature = "build"))]
mod tests {
    use std::io::Read as _;
    use std::os::unix::fs::symlink;

    use rustix::fs::{CWD, FileType, Mode, mknodat};

    use super::*;

    /// Asserts the text of the file at a path of the folder, or the error.
    #[track_caller]
    fn check(folder: &Folder, path: &str, expected: Result<&str, &str>) {
        let read = folder.file(Path::new(path)).and_then(|mut file| {
            let mut text = String::new();
            file.read_to_string(&mut text).map(|_| text)
        });
        let read = read.map_err(|error| error.to_string());
        assert_eq!(read.as_deref().map_err(String::as_str), expected, "{path}");
    }

    #[test]
    fn only_regular_files_are_opened_and_no_link_is_followed() {
        let place = tempfile::tempdir().expect("a folder");
        let at = |path: &str| place.path().join(path);
        fs::create_dir_all(at("kb/real")).expect("a folder");
        fs::write(at("kb/real/a.md"), "text").expect("a file");
        fs::write(at("secret.md"), "secret").expect("a file");
        symlink("../secret.md", at("kb/link.md")).expect("a link");
        symlink("real", at("kb/linked")).expect("a link");
        symlink(at("kb"), at("kb-link")).expect("a link");
        mknodat(CWD, at("kb/pipe.md"), FileType::Fifo, Mode::RUSR, 0).expect("a pipe");
        for folder in ["kb", "kb-link"] {
            let folder = Folder::open(&at(folder)).expect("a folder");
            check(&folder, "real/a.md", Ok("text"));
            check(&folder, "link.md", Err("a symbolic link, which is not followed"));
            check(&folder, "linked/a.md", Err("Not a directory (os error 20)"));
            check(&folder, "pipe.md", Err("not a regular file"));
            check(&folder, "real", Err("not a regular file"));
            assert!(folder.file(Path::new("../secret.md")).is_err() && folder.file(&at("secret.md")).is_err());
        }
        assert!(open(&at("kb/link.md")).is_ok() && open_no_follow(&at("kb/link.md")).is_err());
        assert!(open(&at("kb/pipe.md")).is_err() && open_no_follow(&at("kb/pipe.md")).is_err());
        assert!(checked(system::open(&at("kb/pipe.md")).expect("opening does not wait")).is_err());
    }
}
