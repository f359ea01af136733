//! Entries by the hash of a name.

use crate::steps;

/// The first entry of each hash, by binary search. A hash table would take twice the memory.
#[derive(Debug, Default)]
pub(super) struct HashIndex {
    /// Each hash with an entry, sorted once all are added.
    pub(super) all: Vec<(u64, u32)>,
}

impl HashIndex {
    /// Returns the first entry of a key.
    pub(super) fn first(&self, key: u64) -> Option<usize> {
        steps::count(1);
        let at = self.all.partition_point(|&(other, _)| other < key);
        self.all.get(at).filter(|(other, _)| *other == key).map(|&(_, position)| position as usize)
    }

    /// Returns the entry of a key that no other entry has.
    pub(super) fn only(&self, key: u64) -> Option<usize> {
        let at = self.all.partition_point(|&(other, _)| other < key);
        let is_shared = self.all.get(at + 1).is_some_and(|(other, _)| *other == key);
        self.first(key).filter(|_| !is_shared)
    }
}
