//! Every term of the surfaces of all entries, as keys.

use rustc_hash::FxHashMap;

use crate::search::rarity;
use crate::surfaces;

/// Every term met so far, and the surfaces of every entry as keys of terms.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// For each key where in `terms` its term is.
    slots: FxHashMap<u32, u32>,
    terms: Vec<Known>,
    surfaces: Surfaces,
    /// Whether a term holds Hiragana.
    pub(super) has_hiragana: bool,
}

/// What is known of a term.
struct Known {
    key: u32,
    base: Base,
    /// The number of entries that hold it.
    entries: u32,
    /// The last of them, counted from 1.
    last: usize,
}

/// What a term is worth by itself.
#[derive(Clone, Copy)]
pub(super) struct Base {
    /// Its weight where Chinese characters stand for Chinese words.
    pub(super) chinese: f32,
    /// The same where they stand for Japanese ones.
    pub(super) japanese: f32,
    pub(super) has_hiragana: bool,
}

/// The surfaces of every entry, one behind the other: a million entries have several million.
#[derive(Default)]
struct Surfaces {
    keys: Vec<u32>,
    /// Where in `keys` each surface ends.
    ends: Vec<u32>,
    /// Where in `ends` each entry ends.
    entries: Vec<u32>,
}

impl Vocabulary {
    /// Returns the slot of the term with this key, which is worth so much if it is new.
    pub(super) fn slot(&mut self, key: u32, base: Base) -> u32 {
        self.has_hiragana |= base.has_hiragana;
        *self.slots.entry(key).or_insert_with(|| {
            self.terms.push(Known { key, base, entries: 0, last: 0 });
            (self.terms.len() - 1) as u32
        })
    }

    /// Notes that the entry that is being read holds the term in `slot`.
    pub(super) fn note(&mut self, slot: u32) {
        let entry = self.surfaces.entries.len() + 1;
        let known = &mut self.terms[slot as usize];
        if known.last != entry {
            (known.entries, known.last) = (known.entries + 1, entry);
        }
    }

    /// Adds a surface of the entry that is being read, by the keys of all its terms.
    pub(super) fn add_surface(&mut self, keys: &[u32]) {
        self.surfaces.add(keys);
    }

    /// Ends the entry that is being read.
    pub(super) fn end_entry(&mut self) {
        self.surfaces.entries.push(number(self.surfaces.ends.len()));
    }

    /// Adds what was met in the entries behind.
    pub(super) fn append(&mut self, next: Vocabulary) {
        self.has_hiragana |= next.has_hiragana;
        for Known { key, base, entries, .. } in next.terms {
            let slot = self.slot(key, base);
            self.terms[slot as usize].entries += entries;
        }
        let Surfaces { keys, ends, entries } = &mut self.surfaces;
        let (keys_before, ends_before) = (number(keys.len()), number(ends.len()));
        keys.extend(next.surfaces.keys);
        ends.extend(next.surfaces.ends.iter().map(|end| keys_before.saturating_add(*end)));
        entries.extend(next.surfaces.entries.iter().map(|end| ends_before.saturating_add(*end)));
    }

    /// Returns the section of the surfaces; none if it would be too large.
    pub(super) fn surfaces(&self) -> Option<Vec<u8>> {
        let count = self.surfaces.entries.len() as f32;
        let weight = |known: &Known| {
            let base = if self.has_hiragana { known.base.japanese } else { known.base.chinese };
            base * rarity(known.entries as f32, count)
        };
        let weights: Vec<f32> = self.terms.iter().map(weight).collect();
        let weight = |key| self.slots.get(&key).map_or(0.0, |&slot| weights[slot as usize]);
        surfaces::write(self.surfaces.of_entries(), weight)
    }
}

impl Surfaces {
    /// Adds the distinct ones of `keys` to the last entry, unless it has them as a surface.
    fn add(&mut self, keys: &[u32]) {
        let before = self.keys.len();
        for key in keys {
            if !self.keys[before..].contains(key) {
                self.keys.push(*key);
            }
        }
        let added = &self.keys[before..];
        let first = start(&self.entries, self.entries.len());
        if added.is_empty() || (first..self.ends.len()).any(|surface| self.surface(surface) == added) {
            self.keys.truncate(before);
        } else {
            self.ends.push(number(self.keys.len()));
        }
    }

    fn surface(&self, surface: usize) -> &[u32] {
        &self.keys[start(&self.ends, surface)..self.ends[surface] as usize]
    }

    /// Returns the surfaces of each entry, in order.
    fn of_entries(&self) -> impl ExactSizeIterator<Item = impl Iterator<Item = &[u32]>> {
        (0..self.entries.len()).map(|entry| {
            (start(&self.entries, entry)..self.entries[entry] as usize).map(|surface| self.surface(surface))
        })
    }
}

/// Returns where the part at `at` starts, which is where the one before it ends.
fn start(ends: &[u32], at: usize) -> usize {
    if at == 0 { 0 } else { ends[at - 1] as usize }
}

/// Returns how many there are. Of more than 4 billion, the section would be too large and is not written.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
