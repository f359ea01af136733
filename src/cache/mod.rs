//! Packs of folders that were asked before, kept in the user's cache directory.
//!
//! A pack's name is a hash of its folder's path and the folder's fingerprint, so any change in the folder is another
//! name. Beside the pack of each folder, a note holds the folder's path. The cache only saves time: it is used if it is
//! a directory of the user's own ([`private`]), and whatever is wrong with it, the folder is indexed again. It has a
//! limit ([`prune`]).

mod names;
mod private;
mod prune;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use etcetera::BaseStrategy as _;
use faqt::KnowledgeBase;
use faqt::build::Builder;

use names::{NOTE, PACK, to_note};

/// True if a kept pack was opened by this process.
static WAS_OPENED: AtomicBool = AtomicBool::new(false);
/// True if kept packs are passed over by this process.
static IS_DISTRUSTED: AtomicBool = AtomicBool::new(false);

/// Passes over kept packs from now on, because one turned out to be damaged; returns whether any was opened.
pub(crate) fn distrust() -> bool {
    IS_DISTRUSTED.store(true, Ordering::Relaxed);
    WAS_OPENED.swap(false, Ordering::Relaxed)
}

/// The place in the cache for one state of one folder.
#[derive(Debug)]
pub(crate) struct CacheEntry {
    directory: PathBuf,
    /// The path of the folder.
    folder: PathBuf,
    /// The beginning of the names of all files for the folder.
    key: String,
    file: PathBuf,
}

impl CacheEntry {
    /// Returns the place for the folder as it is now; none if there is no cache directory.
    pub(crate) fn of(folder: &Path, builder: &Builder) -> Option<CacheEntry> {
        let directory = directory()?;
        let folder = folder.canonicalize().ok()?;
        let key = key(&folder);
        let file = directory.join(format!("{key}-{}{PACK}", builder.fingerprint()));
        Some(CacheEntry { directory, folder, key, file })
    }

    /// Opens the pack that was kept; one that cannot be opened is as good as none.
    pub(crate) fn open(&self) -> Option<KnowledgeBase> {
        if IS_DISTRUSTED.load(Ordering::Relaxed) || !private::is_own_directory(&self.directory) {
            return None;
        }
        if !private::is_own_file(&self.file) {
            return None;
        }
        let kept = KnowledgeBase::open(&self.file).ok()?;
        // The pack that was not used for the longest time is dropped first.
        let _ = File::open(&self.file).and_then(|file| file.set_modified(SystemTime::now()));
        WAS_OPENED.store(true, Ordering::Relaxed);
        Some(kept)
    }

    /// Keeps a pack and drops those of former states of the folder.
    ///
    /// A reader that has one of them open goes on reading it. A directory that is full or cannot be written is no error:
    /// then the next question takes as long as this one.
    pub(crate) fn keep(&self, pack: &[u8]) {
        let _ = self.try_keep(pack);
    }

    fn try_keep(&self, pack: &[u8]) -> io::Result<()> {
        private::create_directory(&self.directory)?;
        if !private::is_own_directory(&self.directory) {
            return Ok(());
        }
        write(&self.file, pack)?;
        if let Some(note) = to_note(&self.folder) {
            write(&self.directory.join(format!("{}{NOTE}", self.key)), note)?;
        }
        prune::prune(&self.directory, &self.file, prune::LIMITS)
    }
}

/// Writes a file of the cache; what stands there and is not the user's own stays.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::symlink_metadata(file).is_ok() && !private::is_own_file(file) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    faqt::build::replace_private(file, bytes)
}

/// Opens the pack that was last kept of the folder, which may have changed since; the folder itself is not read.
pub(crate) fn last_kept(folder: &Path) -> Option<KnowledgeBase> {
    let directory = directory().filter(|directory| private::is_own_directory(directory))?;
    let start = format!("{}-", key(&folder.canonicalize().ok()?));
    let is_of_folder = |file: &fs::DirEntry| file.file_name().to_string_lossy().starts_with(&start);
    let kept =
        fs::read_dir(directory).ok()?.flatten().filter(is_of_folder).filter(|file| private::is_own_file(&file.path()));
    let last = kept.max_by_key(|file| file.metadata().and_then(|metadata| metadata.modified()).ok())?;
    KnowledgeBase::open(last.path()).ok()
}

/// Returns the cache directory, whether it is there or not.
fn directory() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("faqt"))
}

/// Returns the hash that the names of all files for a folder start with.
fn key(folder: &Path) -> String {
    faqt::build::hash(folder.as_os_str().as_encoded_bytes())
}
