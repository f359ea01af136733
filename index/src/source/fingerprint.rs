//! The fingerprint of a content folder: a hash of its files' metadata, not of their texts.

use std::fs::Metadata;
use std::path::Path;
use std::time::UNIX_EPOCH;

use twox_hash::XxHash3_128;

use super::files::{Files, Texts};
use super::generators::detect::FolderDialects;
use super::questions_file::QUESTIONS_FILE;
use super::settings_file::SETTINGS_FILE;
use super::walk;
use crate::problem::Problems;
use crate::source::settings_file;
use crate::text;

/// The version of the rules that select, hide and translate files.
const READING: u32 = 4;

/// Returns a hexadecimal hash of the paths, sizes and times of the folder's files.
///
/// It changes when a file is written, added, renamed or removed, and when this library analyses text differently.
pub(crate) fn fingerprint(folder: &Path) -> String {
    let mut hasher = of_reading();
    for name in [SETTINGS_FILE, QUESTIONS_FILE] {
        if let Ok(metadata) = folder.join(name).symlink_metadata() {
            add(&mut hasher, name, &metadata);
        }
    }
    let mut problems = Problems::default();
    let Ok(files) = Files::of_folder(folder) else { return format!("{:032x}", hasher.finish_128()) };
    let settings = settings_file::settings(&files, &mut problems).unwrap_or_default();
    let listed = walk::markdown_files(&files, &settings.exclude, &mut problems);
    hasher.write(FolderDialects::of(&files, &listed, &settings).summary().as_bytes());
    for source in listed {
        if let Ok(metadata) = folder.join(source.below()).symlink_metadata() {
            add(&mut hasher, &source.path, &metadata);
        }
    }
    format!("{:032x}", hasher.finish_128())
}

/// Returns a hash, in hexadecimal, of files in memory.
pub(crate) fn of_texts(texts: &Texts) -> String {
    let mut hasher = of_reading();
    for (path, text) in texts.iter() {
        for part in [path, text] {
            hasher.write(&(part.len() as u64).to_le_bytes());
            hasher.write(part.as_bytes());
        }
    }
    format!("{:032x}", hasher.finish_128())
}

/// Starts with the version of this library and how it reads.
fn of_reading() -> XxHash3_128 {
    let mut hasher = XxHash3_128::new();
    hasher.write(env!("CARGO_PKG_VERSION").as_bytes());
    hasher.write(&text::VERSION.to_le_bytes());
    hasher.write(text::fingerprint().as_bytes());
    hasher.write(&READING.to_le_bytes());
    for hash in crate::meaning::table_hashes() {
        hasher.write(&hash.to_le_bytes());
    }
    hasher
}

fn add(hasher: &mut XxHash3_128, path: &str, metadata: &Metadata) {
    hasher.write(path.as_bytes());
    hasher.write(&[0]);
    hasher.write(&metadata.len().to_le_bytes());
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    hasher.write(&modified.unwrap_or_default().as_nanos().to_le_bytes());
    #[cfg(unix)]
    {
        // An overwritten file with its old modification time restored still has a new change time (ctime).
        use std::os::unix::fs::MetadataExt as _;
        hasher.write(&metadata.ctime().to_le_bytes());
        hasher.write(&metadata.ctime_nsec().to_le_bytes());
        hasher.write(&metadata.ino().to_le_bytes());
    }
}
