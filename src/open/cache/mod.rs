//! Packs of folders that were asked before, kept in the user's cache directory.
//!
//! A pack's name is a hash of its folder's path and the folder's fingerprint, so any change in the folder changes the
//! name. Beside the pack of each folder, a note holds the folder's path, and the vectors of a build by a sentence encoder that
//! was interrupted wait for the next one. The cache only saves time: it is used only if
//! the directory belongs to the user ([`crate::private`]), and on any fault the folder is indexed again. Its size is limited
//! ([`prune`]).

mod names;
mod prune;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use etcetera::BaseStrategy as _;
use faqt::KnowledgeBase;
use faqt::build::Builder;

use crate::private;
#[cfg(feature = "encoder")]
use names::VECTORS;
use names::{NOTE, PACK, to_note};

/// True if this process opened a cached pack.
static WAS_OPENED: AtomicBool = AtomicBool::new(false);
/// True if this process ignores cached packs.
static IS_DISTRUSTED: AtomicBool = AtomicBool::new(false);

/// Ignores cached packs from now on, because one turned out to be damaged. Returns true if one was opened.
pub(crate) fn distrust() -> bool {
    IS_DISTRUSTED.store(true, Ordering::Relaxed);
    WAS_OPENED.swap(false, Ordering::Relaxed)
}

/// The location in the cache for one state of one folder.
#[derive(Debug)]
pub(crate) struct CacheEntry {
    directory: PathBuf,
    /// The path of the folder.
    folder: PathBuf,
    /// The prefix of the names of all files for the folder.
    key: String,
    file: PathBuf,
}

impl CacheEntry {
    /// Returns the location for the current state of the folder, with sentence vectors by the model whose hash is
    /// `model`; none if there is no cache directory.
    pub(crate) fn of(folder: &Path, builder: &Builder, model: Option<&str>) -> Option<CacheEntry> {
        let directory = directory()?;
        let folder = folder.canonicalize().ok()?;
        let key = key(&folder, model);
        let file = directory.join(format!("{key}-{}{PACK}", builder.fingerprint()));
        Some(CacheEntry { directory, folder, key, file })
    }

    /// Returns the location for a pack with sentence vectors by the model whose hash is `model`, in the folder `models`;
    /// none if there is no cache directory.
    #[cfg(feature = "encoder")]
    pub(crate) fn of_pack(kb: &KnowledgeBase, models: &Path, model: &str) -> Option<CacheEntry> {
        let directory = directory()?;
        let key = faqt::build::hash(&kb.checksum().to_le_bytes());
        let file = directory.join(format!("{key}-{model}{PACK}"));
        Some(CacheEntry { directory, folder: models.to_owned(), key, file })
    }

    /// Opens the cached pack; none if it is missing or cannot be opened.
    pub(crate) fn open(&self) -> Option<KnowledgeBase> {
        if IS_DISTRUSTED.load(Ordering::Relaxed) || !private::is_own_directory(&self.directory) {
            return None;
        }
        if !private::is_own_file(&self.file) {
            return None;
        }
        let kept = KnowledgeBase::open(&self.file).ok()?;
        // The modification time is the time of last use: pruning evicts the least recently used pack first.
        let _ = File::open(&self.file).and_then(|file| file.set_modified(SystemTime::now()));
        WAS_OPENED.store(true, Ordering::Relaxed);
        Some(kept)
    }

    /// Writes a pack to the cache and removes the packs of former states of the folder.
    ///
    /// A reader that has a removed pack open goes on reading it. A full or read-only directory is no error: the next
    /// question then takes as long as this one.
    pub(crate) fn keep(&self, pack: &[u8]) {
        let _ = self.try_keep(pack);
    }

    fn try_keep(&self, pack: &[u8]) -> io::Result<()> {
        if self.is_ready()? {
            write(&self.file, pack)?;
            self.write_note()?;
            prune::prune(&self.directory, &self.file, prune::LIMITS)?;
        }
        Ok(())
    }

    /// Returns the path of the file for the vectors of a build that is not finished; none if it cannot be kept.
    #[cfg(feature = "encoder")]
    pub(crate) fn vectors(&self) -> Option<PathBuf> {
        // Without a note it would be taken for a file of a removed folder.
        let is_ready = self.is_ready().and_then(|is_ready| self.write_note().map(|()| is_ready)).unwrap_or(false);
        is_ready.then(|| self.directory.join(format!("{}{VECTORS}", self.key)))
    }

    /// Creates the directory. Returns true if it is the user's own.
    fn is_ready(&self) -> io::Result<bool> {
        private::create_directory(&self.directory)?;
        Ok(private::is_own_directory(&self.directory))
    }

    /// Writes the note that names the folder.
    fn write_note(&self) -> io::Result<()> {
        let Some(note) = to_note(&self.folder) else { return Ok(()) };
        write(&self.directory.join(format!("{}{NOTE}", self.key)), note)
    }
}

/// Writes a file of the cache; an existing file of another user is not replaced.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::symlink_metadata(file).is_ok() && !private::is_own_file(file) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    faqt::build::write_private_atomically(file, bytes)
}

/// Opens the newest cached pack of the folder without reading the folder, which may have changed since; one with sentence
/// vectors by the model whose hash is `model`.
pub(crate) fn last_kept(folder: &Path, model: Option<&str>) -> Option<KnowledgeBase> {
    let directory = directory().filter(|directory| private::is_own_directory(directory))?;
    let start = format!("{}-", key(&folder.canonicalize().ok()?, model));
    let is_of_folder = |file: &fs::DirEntry| file.file_name().to_string_lossy().starts_with(&start);
    let kept =
        fs::read_dir(directory).ok()?.flatten().filter(is_of_folder).filter(|file| private::is_own_file(&file.path()));
    let last = kept.max_by_key(|file| file.metadata().and_then(|metadata| metadata.modified()).ok())?;
    KnowledgeBase::open(last.path()).ok()
}

/// Returns the path of the cache directory, which may not exist.
pub(super) fn directory() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("faqt"))
}

/// Returns the hash with which the names of all files for a folder begin, or of those with vectors by a model.
fn key(folder: &Path, model: Option<&str>) -> String {
    let path = folder.as_os_str().as_encoded_bytes();
    faqt::build::hash(&[path, model.unwrap_or_default().as_bytes()].concat())
}
