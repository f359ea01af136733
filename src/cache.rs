//! Packs of folders that were asked before, kept in the user's cache directory.
//!
//! A pack's name is a hash of its folder's path and the folder's fingerprint, so any change in the folder is another
//! name. The cache only ever saves time: whatever is wrong with it, the folder is indexed again.

use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use faqt::KnowledgeBase;
use faqt::build::Builder;

/// The place in the cache for one state of one folder.
#[derive(Debug)]
pub(crate) struct Place {
    directory: PathBuf,
    /// What the names of all packs of the folder start with.
    folder: String,
    file: PathBuf,
}

impl Place {
    /// Returns the place for the folder as it is now; none if there is no cache directory.
    pub(crate) fn of(folder: &Path, builder: &Builder) -> Option<Place> {
        let (directory, folder) = address(folder)?;
        let file = directory.join(format!("{folder}-{}.faqt", builder.fingerprint()));
        Some(Place { directory, folder, file })
    }

    /// Opens the pack that was kept; one that cannot be opened is as good as none.
    pub(crate) fn open(&self) -> Option<KnowledgeBase> {
        KnowledgeBase::open(&self.file).ok()
    }

    /// Keeps a pack and drops those of former states of the folder.
    ///
    /// Whoever has one of them open goes on reading it. A directory that is full or cannot be written is no error:
    /// then the next question takes as long as this one.
    pub(crate) fn keep(&self, pack: &[u8]) {
        let _ = self.try_keep(pack);
    }

    fn try_keep(&self, pack: &[u8]) -> std::io::Result<()> {
        fs::create_dir_all(&self.directory)?;
        faqt::build::replace(&self.file, pack)?;
        for old in fs::read_dir(&self.directory)?.flatten().map(|old| old.path()) {
            let name = old.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if name.starts_with(&self.folder) && old != self.file {
                fs::remove_file(old)?;
            }
        }
        Ok(())
    }
}

/// Opens the pack that was last kept of the folder, which may have changed since; the folder itself is not read.
pub(crate) fn last_kept(folder: &Path) -> Option<KnowledgeBase> {
    let (directory, folder) = address(folder)?;
    let name = |file: &fs::DirEntry| file.file_name().to_string_lossy().starts_with(&format!("{folder}-"));
    let kept = fs::read_dir(directory).ok()?.flatten().filter(name);
    let last = kept.max_by_key(|file| file.metadata().and_then(|metadata| metadata.modified()).ok())?;
    KnowledgeBase::open(last.path()).ok()
}

/// Returns the cache directory, and what the names of all packs of the folder start with.
fn address(folder: &Path) -> Option<(PathBuf, String)> {
    let directory = etcetera::choose_base_strategy().ok()?.cache_dir().join("faqt");
    let path = folder.canonicalize().ok()?;
    Some((directory, faqt::build::hash(path.as_os_str().as_encoded_bytes())))
}
