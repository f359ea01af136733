//! What entries are compared by, as hashes: many are held at once, and their texts would fill the memory.

use rustc_hash::FxHashMap;

use crate::model::entry::Entry;
use crate::source::draft::{Draft, SourceKind};
use crate::text::{fold, keyed_hash};

/// The keys of a draft.
#[derive(Debug)]
pub(crate) struct EntryHashes {
    /// Of the question.
    pub(crate) question: u64,
    /// Of the question among those that must differ from it.
    pub(crate) same: u64,
    /// Of what the question says among the same, if it says enough.
    pub(crate) near: Option<u64>,
    /// Of the section, if there is one.
    pub(crate) section: Option<u64>,
    /// Of each alias.
    pub(crate) aliases: Vec<u64>,
    /// Of each help id.
    pub(crate) help_ids: Vec<u64>,
    /// Of each anchor, and of what all ways to make it agree on.
    pub(crate) anchors: Vec<[u64; 2]>,
}

impl EntryHashes {
    /// Returns the keys of `draft`; `near` is that of what its question says, if it says enough.
    pub(crate) fn of(draft: &Draft, near: Option<u64>) -> EntryHashes {
        let entry = &draft.unresolved.entry;
        let question = caseless(&entry.question);
        // Headings and titles of pages recur on purpose, one `Usage` for each command; their sections tell them apart.
        let section = if draft.form == SourceKind::File { 0 } else { section(&entry.section) };
        let keys = |names: &[String]| names.iter().map(|name| caseless(name)).collect();
        EntryHashes {
            question,
            same: both(section, question),
            near: near.map(|near| both(section ^ entry.kind as u64, near)),
            section: (!entry.section.is_empty()).then(|| self::section(&entry.section)),
            aliases: keys(&entry.aliases),
            help_ids: keys(&entry.help_ids),
            anchors: draft.anchors.iter().map(|anchor| anchors(entry, anchor)).collect(),
        }
    }
}

/// The first entry of each key.
#[derive(Default)]
pub(crate) struct FirstSeen(FxHashMap<u64, u32>);

impl FirstSeen {
    /// Returns the first entry of `key`, which is the one at `position` if none was before.
    pub(crate) fn note(&mut self, key: u64, position: usize) -> usize {
        *self.0.entry(key).or_insert(saturated(position)) as usize
    }
}

/// Returns the key of a name.
pub(crate) fn name(name: &str) -> u64 {
    keyed_hash::of(name)
}

/// Returns the key of a name whatever its case and width.
pub(crate) fn caseless(name: &str) -> u64 {
    keyed_hash::of(&fold::folded(name))
}

/// Returns the key of a name below what has a key of its own.
pub(crate) fn below(above: u64, name: &str) -> u64 {
    keyed_hash::below(above, name.as_bytes())
}

/// Returns the key of what has two.
pub(crate) fn both(first: u64, second: u64) -> u64 {
    keyed_hash::below(first, &second.to_le_bytes())
}

/// Returns the key of an anchor, or of its letters, in the file at `path`.
pub(crate) fn anchor(path: &str, anchor: &str) -> u64 {
    below(name(path), anchor)
}

fn anchors(entry: &Entry, text: &str) -> [u64; 2] {
    [anchor(&entry.path, text), anchor(&entry.path, &letters(text))]
}

fn section(titles: &[String]) -> u64 {
    titles.iter().fold(1, |above, title| below(above, title))
}

/// Returns the letters and digits of an anchor: generators differ in what they put between them.
pub(crate) fn letters(anchor: &str) -> String {
    fold::folded(anchor).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns a position as 32 bits: a pack counts entries with so many, and one with more is refused when it is written.
pub(crate) fn saturated(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
