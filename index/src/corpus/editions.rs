//! The editions of entries: which entries have one id in several languages, or for several versions.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::text::version::VersionRange;

/// The entries that are editions of one id.
#[derive(Debug, Default)]
pub(crate) struct EditionGroups {
    /// The original of each edition, itself included.
    original: FxHashMap<usize, usize>,
    /// The editions of each original, itself first.
    editions: FxHashMap<usize, Vec<usize>>,
}

/// An entry that may be an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EditionCandidate {
    /// Its position.
    pub(crate) position: usize,
    /// Its language as a BCP 47 tag, that of the knowledge base if it names none.
    pub(crate) language: String,
    /// True if the name of its file says its language.
    pub(crate) is_by_name: bool,
    /// The versions that it is for.
    pub(crate) versions: VersionRange,
}

impl EditionCandidate {
    /// Returns true if no reader is to choose between both.
    pub(crate) fn clashes_with(&self, other: &EditionCandidate) -> bool {
        self.language.eq_ignore_ascii_case(&other.language) && self.versions.overlaps(&other.versions)
    }
}

impl EditionGroups {
    /// Adds the editions of an id; the first is the original.
    pub(crate) fn add(&mut self, editions: Vec<usize>) {
        let Some(&original) = editions.first() else { return };
        self.original.extend(editions.iter().map(|&edition| (edition, original)));
        self.editions.insert(original, editions);
    }

    /// Returns true if no id has several editions.
    pub(crate) fn is_empty(&self) -> bool {
        self.editions.is_empty()
    }

    /// Returns the original of the entry at `position`, itself if it is the only edition of its id.
    pub(crate) fn original(&self, position: usize) -> usize {
        self.original.get(&position).copied().unwrap_or(position)
    }

    /// Returns the editions of the id of the entry at `position`, the original first; none if it is the only one.
    pub(crate) fn sisters(&self, position: usize) -> &[usize] {
        self.editions.get(&self.original(position)).map_or(&[], Vec::as_slice)
    }

    /// Returns true if both entries are editions of one id.
    pub(crate) fn are_sisters(&self, one: usize, other: usize) -> bool {
        self.original.contains_key(&one) && self.original(one) == self.original(other)
    }

    /// Returns the editions of each id that has several, in the order of the originals.
    pub(crate) fn groups(&self) -> Vec<&[usize]> {
        let mut groups: Vec<&[usize]> = self.editions.values().map(Vec::as_slice).collect();
        groups.sort_unstable();
        groups
    }
}

/// Parts the entries that claim one id, in the order in which they may keep it, into its editions, the original first, and those
/// that clash with one of these.
///
/// The original is an edition whose file has no language in its name, before others one in the language `default`, the latest.
pub(crate) fn parted(claiming: Vec<EditionCandidate>, default: &str) -> (Vec<EditionCandidate>, Vec<EditionCandidate>) {
    let (mut editions, mut clashing): (Vec<EditionCandidate>, Vec<EditionCandidate>) = (Vec::new(), Vec::new());
    for entry in claiming {
        let is_taken = editions.iter().any(|known| known.clashes_with(&entry));
        if is_taken { clashing.push(entry) } else { editions.push(entry) }
    }
    let is_default = |entry: &EditionCandidate| entry.language.eq_ignore_ascii_case(default);
    editions.sort_by(|one, other| {
        let key = |entry: &EditionCandidate| (entry.is_by_name, Reverse(is_default(entry)));
        let latest = || other.versions.cmp_end(&one.versions);
        key(one).cmp(&key(other)).then_with(latest).then(one.position.cmp(&other.position))
    });
    (editions, clashing)
}
