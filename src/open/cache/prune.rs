//! Eviction from the cache.
//!
//! Packs of former states of the folder and packs of removed folders are deleted, then the least recently used packs
//! beyond the limits. Files with names that the cache does not give are never touched.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fs, io};

use super::names::{NOTE, PACK, VECTORS, of_note};
use crate::private;

/// The limits of the cache.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The number of packs.
    packs: usize,
    /// The length of all packs in bytes; the newest pack is kept even if it is longer.
    bytes: u64,
}

/// 100 folders are more than a person asks in turn. 1 GiB holds the pack of a folder of 1,000,000 entries, which is
/// about 560 MiB long (587 bytes an entry, benches/RESULTS.md).
pub(super) const LIMITS: Limits = Limits { packs: 100, bytes: 1 << 30 };

/// The length of a hash in hexadecimal.
const HASH: usize = 32;

/// A pack in the cache, or the vectors of one that is not finished.
struct Pack {
    path: PathBuf,
    /// The hash of the folder's path.
    key: String,
    bytes: u64,
    used: SystemTime,
}

/// The files of the cache.
#[derive(Default)]
struct Files {
    packs: Vec<Pack>,
    /// The notes by the hash of the folder's path.
    notes: HashMap<String, PathBuf>,
}

/// Removes packs from `directory` that are beyond `limits` or out of use; the pack in the file `newest` stays.
pub(super) fn prune(directory: &Path, newest: &Path, limits: Limits) -> io::Result<()> {
    let Files { mut packs, notes } = list(directory)?;
    let newest_key = newest.file_name().and_then(|name| name.to_str()?.get(..HASH)).unwrap_or_default();
    packs.sort_by_key(|pack| (pack.path != newest, Reverse(pack.used)));
    let (mut kept, mut bytes) = (HashSet::new(), 0);
    for pack in packs {
        let is_newest = pack.path == newest;
        let is_in_use = || pack.key != newest_key && notes.get(&pack.key).is_some_and(|note| is_of_folder(note));
        let is_within = kept.len() < limits.packs && bytes + pack.bytes <= limits.bytes;
        if is_newest || (is_within && is_in_use()) {
            bytes += pack.bytes;
            kept.insert(pack.key);
        } else {
            let _ = fs::remove_file(&pack.path);
        }
    }
    for (_, note) in notes.iter().filter(|(key, _)| !kept.contains(*key)) {
        let _ = fs::remove_file(note);
    }
    Ok(())
}

fn list(directory: &Path) -> io::Result<Files> {
    let mut files = Files::default();
    for file in fs::read_dir(directory)? {
        let path = file?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if let Some(target) = target_of_temporary(name) {
            faqt::build::remove_orphans(&directory.join(target));
        } else if let Some(key) = pack_key_of(name).filter(|_| private::is_own_file(&path)) {
            let Ok(metadata) = path.symlink_metadata() else { continue };
            let used = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            files.packs.push(Pack { key: key.to_owned(), bytes: metadata.len(), used, path });
        } else if let Some(key) = key_of(name, NOTE).filter(|_| private::is_own_file(&path)) {
            files.notes.insert(key.to_owned(), path);
        }
    }
    Ok(files)
}

/// Returns the hash of the folder in the name of a pack, or of the vectors of one that is not finished.
fn pack_key_of(name: &str) -> Option<&str> {
    key_of(name, PACK).or_else(|| key_of(name, VECTORS))
}

/// Returns the hash of the folder in the name of a pack or note; none for a name that the cache does not give.
fn key_of<'a>(name: &'a str, end: &str) -> Option<&'a str> {
    let stem = name.strip_suffix(end)?;
    let (key, fingerprint) = stem.split_once('-').map_or((stem, None), |(key, rest)| (key, Some(rest)));
    let is_hash = |text: &str| text.len() == HASH && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_hash(key) && fingerprint.is_some() == (end == PACK) && fingerprint.is_none_or(is_hash)).then_some(key)
}

/// Returns the name of the cache file for which a temporary file was written.
fn target_of_temporary(name: &str) -> Option<&str> {
    let (target, _) = name.strip_prefix(".faqt-")?.rsplit_once('-')?;
    (key_of(target, PACK).is_some() || key_of(target, NOTE).is_some()).then_some(target)
}

/// Returns true if the folder of a note exists, or if its existence cannot be determined.
fn is_of_folder(note: &Path) -> bool {
    let Ok(note) = fs::read(note) else { return false };
    match of_note(&note).map(Path::metadata) {
        Some(Ok(found)) => found.is_dir(),
        Some(Err(error)) => !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::time::Duration;

    use super::*;

    const AGES: &str = "0123456789";

    /// A cache with a pack of 1,000 bytes for each of some folders, used in the order of their numbers.
    struct Cache {
        place: tempfile::TempDir,
        directory: PathBuf,
    }

    impl Cache {
        fn of(count: usize) -> Cache {
            let place = tempfile::tempdir().expect("a folder");
            let cache = Cache { directory: place.path().join("faqt"), place };
            fs::create_dir(&cache.directory).expect("a folder");
            for number in 0..count {
                let folder = cache.folder(number);
                fs::create_dir(&folder).expect("a folder");
                let note = crate::open::cache::names::to_note(&folder).expect("a note");
                fs::write(cache.directory.join(format!("{}{NOTE}", Cache::hash(number))), note).expect("a note");
                let pack = File::create(cache.pack(number)).expect("a pack");
                pack.set_len(1_000).expect("a length");
                let used = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000 + number as u64);
                pack.set_modified(used).expect("a time");
            }
            cache
        }

        fn hash(number: usize) -> String {
            AGES[number..=number].repeat(HASH)
        }

        fn folder(&self, number: usize) -> PathBuf {
            self.place.path().join(number.to_string())
        }

        fn pack(&self, number: usize) -> PathBuf {
            self.directory.join(format!("{0}-{0}{PACK}", Cache::hash(number)))
        }

        /// Lists the folders whose packs remain, and asserts that exactly their notes remain.
        fn left(&self) -> Vec<usize> {
            let left: Vec<usize> = (0..AGES.len()).filter(|&number| self.pack(number).exists()).collect();
            let note = |number: &usize| self.directory.join(format!("{}{NOTE}", Cache::hash(*number)));
            assert_eq!((0..AGES.len()).filter(|number| note(number).exists()).collect::<Vec<_>>(), left);
            left
        }
    }

    #[test]
    fn the_packs_used_last_are_kept_within_the_limits() {
        for (packs, bytes, left) in [
            (9, 9_000, vec![0, 1, 2, 3, 4]),
            (3, 9_000, vec![0, 3, 4]),
            (9, 2_999, vec![0, 4]),
            (9, 10, vec![0]),
            (0, 0, vec![0]),
        ] {
            let cache = Cache::of(5);
            prune(&cache.directory, &cache.pack(0), Limits { packs, bytes }).expect("it can be read");
            assert_eq!(cache.left(), left, "{packs} packs of {bytes} bytes");
        }
    }

    #[test]
    fn packs_of_folders_that_are_gone_are_dropped() {
        let cache = Cache::of(4);
        fs::remove_dir(cache.folder(1)).expect("it can be removed");
        fs::remove_dir(cache.folder(2)).expect("it can be removed");
        fs::write(cache.folder(2), "no folder").expect("a file");
        prune(&cache.directory, &cache.pack(0), LIMITS).expect("it can be read");
        assert_eq!(cache.left(), [0, 3]);
    }

    #[test]
    fn vectors_of_builds_that_are_not_finished_count_as_packs() {
        let cache = Cache::of(3);
        let vectors = |number: usize| cache.directory.join(format!("{}{VECTORS}", Cache::hash(number)));
        for number in 0..3 {
            fs::rename(cache.pack(number), vectors(number)).expect("it can be renamed");
        }
        fs::remove_dir(cache.folder(2)).expect("it can be removed");
        prune(&cache.directory, &cache.pack(4), LIMITS).expect("it can be read");
        assert_eq!([0, 1, 2].map(|number| vectors(number).exists()), [true, true, false], "that folder is gone");
        prune(&cache.directory, &cache.pack(4), Limits { packs: 1, bytes: 1_000 }).expect("it can be read");
        assert_eq!([0, 1].map(|number| vectors(number).exists()), [false, true], "the older one");
    }

    #[test]
    fn nothing_else_is_removed() {
        let cache = Cache::of(1);
        let hash = Cache::hash(1);
        let names = [
            "notes.txt",
            "kb.faqt",
            ".faqt-abc",
            &format!("{hash}.faqt"),
            &format!("{hash}-{hash}.md"),
            &format!("{hash}-{hash}x.faqt"),
            &format!("x{hash}-{hash}.faqt"),
            &format!(".faqt-{hash}-{hash}.faqt-mine.tmp"),
            &format!(".faqt-{hash}-{hash}.faqt-abcdefABCDEF.tmp.old"),
        ];
        for name in names {
            fs::write(cache.directory.join(name), "mine").expect("a file");
        }
        fs::create_dir(cache.directory.join(format!("{hash}-{hash}.faqt"))).expect("a folder");
        let orphan = cache.directory.join(format!(".faqt-{hash}-{hash}.faqt-abcdefABCD12.tmp"));
        fs::write(&orphan, "half").expect("a file");
        prune(&cache.directory, &cache.pack(0), Limits { packs: 0, bytes: 0 }).expect("it can be read");
        assert!(names.iter().all(|name| cache.directory.join(name).exists()));
        assert!(cache.pack(1).is_dir() && !orphan.exists());
        assert!(cache.pack(0).exists());
    }
}
