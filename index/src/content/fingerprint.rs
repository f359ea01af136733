//! Whether a content folder is still what it was, without reading its files.

use std::fs::Metadata;
use std::path::Path;
use std::time::UNIX_EPOCH;

use xxhash_rust::xxh3::Xxh3Default;

use super::problem::Problems;
use super::walk::{self, SETTINGS_FILE};
use crate::analysis;

/// Returns a hash, in hexadecimal, of what the file system says of the folder's files: paths, sizes and times.
///
/// It changes when a file is written, added, renamed or taken away, and when this library cuts text differently.
pub(crate) fn fingerprint(folder: &Path) -> String {
    let mut hasher = Xxh3Default::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    hasher.update(&analysis::VERSION.to_le_bytes());
    let settings = folder.join(SETTINGS_FILE);
    if let Ok(metadata) = settings.metadata() {
        add(&mut hasher, SETTINGS_FILE, &metadata);
    }
    let mut problems = Problems::default();
    let exclude = super::read_settings(folder, &mut problems).exclude;
    for source in walk::markdown_files(folder, &exclude, &mut problems) {
        if let Ok(metadata) = source.file.metadata() {
            add(&mut hasher, &source.path, &metadata);
        }
    }
    format!("{:032x}", hasher.digest128())
}

fn add(hasher: &mut Xxh3Default, path: &str, metadata: &Metadata) {
    hasher.update(path.as_bytes());
    hasher.update(&[0]);
    hasher.update(&metadata.len().to_le_bytes());
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    hasher.update(&modified.unwrap_or_default().as_nanos().to_le_bytes());
    #[cfg(unix)]
    {
        // A file written over with its old time set again still has a new time of change.
        use std::os::unix::fs::MetadataExt as _;
        hasher.update(&metadata.ctime().to_le_bytes());
        hasher.update(&metadata.ctime_nsec().to_le_bytes());
        hasher.update(&metadata.ino().to_le_bytes());
    }
}
