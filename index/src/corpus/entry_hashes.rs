//! Hashes that entries are compared by: the texts of all entries would fill the memory.

use rustc_hash::FxHashMap;

use crate::model::entry::Entry;
use crate::source::draft::Draft;
use crate::source::source_kind::SourceKind;
use crate::steps;
use crate::text::fold::{self, letters};
use crate::text::keyed_hash;

/// The hashes of a draft.
#[derive(Debug)]
pub(crate) struct EntryHashes {
    /// Of the question.
    pub(crate) question: u64,
    /// Of the question, and of the section where sections tell equal questions apart.
    pub(crate) same: u64,
    /// Of the meaning of the question, kind and section, if it has enough words.
    pub(crate) near: Option<u64>,
    /// Of the section, if there is one.
    pub(crate) section: Option<u64>,
    /// Of each alias.
    pub(crate) aliases: Vec<u64>,
    /// Of each help id.
    pub(crate) help_ids: Vec<u64>,
    /// Of each anchor, and of its letters, on which all generators agree.
    pub(crate) anchors: Vec<[u64; 2]>,
}

impl EntryHashes {
    /// Returns the hashes of `draft`; `near` is that of the meaning of its question, if it has enough words.
    pub(crate) fn of(draft: &Draft, near: Option<u64>) -> EntryHashes {
        let entry = &draft.unresolved.entry;
        let question = caseless(&entry.question);
        // Headings and titles of pages recur on purpose, one `Usage` for each command; their sections tell them apart.
        let section = if draft.source_kind == SourceKind::File { 0 } else { section(&entry.section) };
        let keys = |names: &[String]| names.iter().map(|name| caseless(name)).collect();
        EntryHashes {
            question,
            same: hash_pair(section, question),
            near: near.map(|near| hash_pair(section ^ entry.kind as u64, near)),
            section: (!entry.section.is_empty()).then(|| self::section(&entry.section)),
            aliases: keys(&entry.aliases),
            help_ids: keys(&entry.help_ids),
            anchors: draft.anchors.iter().map(|anchor| anchors(entry, anchor)).collect(),
        }
    }
}

/// The first entry of each hash.
#[derive(Default)]
pub(crate) struct FirstSeen(FxHashMap<u64, u32>);

impl FirstSeen {
    /// Returns the first entry of `key`: the one at `position`, unless an earlier one has it.
    pub(crate) fn note(&mut self, key: u64, position: usize) -> usize {
        steps::count(1);
        *self.0.entry(key).or_insert(saturated(position)) as usize
    }
}

/// Returns the hash of a name.
pub(crate) fn name(name: &str) -> u64 {
    keyed_hash::of(name)
}

/// Returns the hash of a name, case and width folded.
pub(crate) fn caseless(name: &str) -> u64 {
    keyed_hash::of(&fold::folded(name))
}

/// Returns the hash of a name below a parent with a hash of its own.
pub(crate) fn hash_child(above: u64, name: &str) -> u64 {
    keyed_hash::hash_child(above, name.as_bytes())
}

/// Returns the hash of a pair of hashes.
pub(crate) fn hash_pair(first: u64, second: u64) -> u64 {
    keyed_hash::hash_child(first, &second.to_le_bytes())
}

/// Returns the hash of an anchor, or of its letters, in the file at `path`.
pub(crate) fn anchor(path: &str, anchor: &str) -> u64 {
    hash_child(name(path), anchor)
}

fn anchors(entry: &Entry, text: &str) -> [u64; 2] {
    [anchor(&entry.path, text), anchor(&entry.path, &letters(text))]
}

fn section(titles: &[String]) -> u64 {
    titles.iter().fold(1, |above, title| hash_child(above, title))
}

/// Returns a position as 32 bits; a pack of more entries is refused when it is written.
pub(crate) fn saturated(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
