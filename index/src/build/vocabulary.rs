//! The terms of all texts, and the phrasings of all entries as terms.

use std::convert::Infallible;

use rustc_hash::FxHashSet;

use crate::engine::postings::{Postings, PostingsPart, Sorted, checked_u32};
use crate::pack::phrasings::{self, Written};
use crate::parallel;
use crate::steps;
use crate::text::keyed_hash;
use crate::text::weight::{HanCount, HanUse, tempered_idf};

/// The terms of the texts of some entries, or of all parts.
#[derive(Default)]
pub(crate) struct Vocabulary<P, S = PartPhrasings> {
    /// The posting list of each term.
    pub(crate) postings: P,
    /// The base weight of each term by its slot; in a part, only of the terms that it names.
    bases: Vec<Base>,
    /// The number of terms in each entry, repetitions included.
    pub(crate) lengths: Vec<u32>,
    /// The length of the current entry.
    length: u32,
    phrasings: S,
}

/// The base weight of a term, before its inverse document frequency.
#[derive(Clone, Copy)]
pub(crate) struct Base {
    /// Its weight if Chinese characters stand for Chinese words.
    pub(crate) chinese: f32,
    /// Its weight if they stand for Japanese words.
    pub(crate) japanese: f32,
}

/// A term that no earlier part has named.
pub(crate) struct New {
    pub(crate) name: String,
    pub(crate) base: Base,
}

/// The phrasings of a part's entries as slots of terms, concatenated: 1,000,000 entries have several million phrasings.
#[derive(Default)]
pub(crate) struct PartPhrasings {
    slots: Vec<u32>,
    /// The end of each phrasing in `slots`.
    ends: Vec<u32>,
    /// The end of each entry in `ends`.
    entries: Vec<u32>,
    /// The hashes of the last entry's phrasings, if it has more than a [`FEW`].
    hashes: FxHashSet<u64>,
}

/// The number up to which terms and phrasings are compared one by one.
const FEW: usize = 32;

impl Vocabulary<PostingsPart> {
    /// Returns the slot of the term with this hash, which is `new` unless an earlier part has named it.
    pub(crate) fn slot(&mut self, hash: u64, new: Option<&New>) -> u32 {
        let (slot, is_new_here) = self.postings.slot(hash, new.map(|new| new.name.as_str()));
        if let Some(new) = new.filter(|_| is_new_here) {
            self.bases.push(new.base);
        }
        slot
    }

    /// Adds `times` occurrences of each term in `slots` to the current entry.
    pub(crate) fn note(&mut self, slots: &[u32], times: u32) {
        let entry = checked_u32(self.lengths.len());
        for &slot in slots {
            self.postings.note(slot, entry, times);
        }
        self.length = self.length.saturating_add(checked_u32(slots.len()).saturating_mul(times));
    }

    /// Adds a phrasing of the current entry, by the slots of all its terms.
    pub(crate) fn add_phrasing(&mut self, slots: &[u32]) {
        self.phrasings.add(slots);
    }

    /// Ends the current entry.
    pub(crate) fn end_entry(&mut self) {
        self.phrasings.entries.push(checked_u32(self.phrasings.ends.len()));
        self.lengths.push(std::mem::take(&mut self.length));
    }

    /// Sorts the postings by term.
    pub(crate) fn sorted(self) -> Vocabulary<Sorted> {
        let Vocabulary { postings, bases, lengths, length, phrasings } = self;
        Vocabulary { postings: postings.sorted(), bases, lengths, length, phrasings }
    }
}

impl Vocabulary<Postings, Vec<PartPhrasings>> {
    /// Appends the entries of the next part.
    pub(crate) fn append(&mut self, next: Vocabulary<Sorted>) {
        let slots = self.postings.append(&next.postings, checked_u32(self.lengths.len()));
        let named = slots.iter().zip(next.postings.are_named()).filter(|(_, is_named)| *is_named);
        for ((&slot, _), base) in named.zip(next.bases) {
            if slot as usize == self.bases.len() {
                self.bases.push(base);
            }
        }
        self.lengths.extend(next.lengths);
        let mut phrasings = next.phrasings;
        for slot in &mut phrasings.slots {
            *slot = slots[*slot as usize];
        }
        phrasings.slots.shrink_to_fit();
        phrasings.ends.shrink_to_fit();
        self.phrasings.push(phrasings);
    }

    /// Decides, from all terms, if Chinese characters stand for Chinese or Japanese words.
    pub(crate) fn han_use(&self) -> HanUse {
        let mut count = HanCount::default();
        for (slot, _) in (0..).zip(&self.bases) {
            count.add(self.postings.name(slot), self.postings.entries(slot));
        }
        count.han_use()
    }

    /// Takes out the phrasings of all entries in the format of a pack; `by_name` are the slots of all terms in
    /// dictionary order.
    pub(crate) fn take_phrasings(&mut self, by_name: &[u32], han: HanUse) -> Written {
        let count = self.lengths.len();
        let weight = |(slot, base): (u32, &Base)| {
            let base = if han == HanUse::Japanese { base.japanese } else { base.chinese };
            (0, base * tempered_idf(self.postings.entries(slot) as f32, count as f32))
        };
        let mut terms: Vec<(u32, f32)> = (0..).zip(&self.bases).map(weight).collect();
        for (number, &slot) in (0..).zip(by_name) {
            terms[slot as usize].0 = number;
        }
        let width = phrasings::number_width(terms.len() as u64);
        let write = |parts: &mut [PartPhrasings]| {
            let mut written = Written::new(width);
            for part in parts {
                let part = std::mem::take(part);
                for entry in 0..part.entries.len() {
                    written.push(part.of(entry), |slot| terms[slot as usize]);
                }
            }
            written
        };
        let (mut parts, mut all) = (std::mem::take(&mut self.phrasings), Written::new(width));
        let Ok(()) = parallel::in_order(&mut parts, 1, write, |written| {
            all.append(&written);
            Ok::<_, Infallible>(())
        });
        all
    }
}

impl PartPhrasings {
    /// Adds the distinct `slots` as a phrasing of the last entry, unless it has the same one.
    fn add(&mut self, slots: &[u32]) {
        let before = self.slots.len();
        if slots.len() <= FEW {
            for slot in slots {
                steps::count(1);
                if !self.slots[before..].contains(slot) {
                    self.slots.push(*slot);
                }
            }
        } else {
            let mut known = FxHashSet::default();
            self.slots.extend(slots.iter().filter(|slot| known.insert(**slot)));
        }
        let is_new = before < self.slots.len() && self.is_new(before);
        if is_new {
            self.ends.push(checked_u32(self.slots.len()));
        } else {
            self.slots.truncate(before);
        }
    }

    /// Returns true if the last entry has no phrasing of the slots from `start` on.
    fn is_new(&mut self, start: usize) -> bool {
        let first = self::start(&self.entries, self.entries.len());
        let (added, count) = (&self.slots[start..], self.ends.len() - first);
        if count < FEW {
            return (first..self.ends.len()).all(|phrasing| self.phrasing(phrasing) != added);
        }
        if count == FEW {
            self.hashes = (first..self.ends.len()).map(|phrasing| hash(self.phrasing(phrasing))).collect();
        }
        steps::count(1);
        let hash = hash(&self.slots[start..]);
        self.hashes.insert(hash)
    }

    fn phrasing(&self, phrasing: usize) -> &[u32] {
        &self.slots[start(&self.ends, phrasing)..self.ends[phrasing] as usize]
    }

    /// Returns the phrasings of an entry.
    fn of(&self, entry: usize) -> impl Iterator<Item = &[u32]> {
        (start(&self.entries, entry)..self.entries[entry] as usize).map(|phrasing| self.phrasing(phrasing))
    }
}

/// Returns the hash of a phrasing.
fn hash(slots: &[u32]) -> u64 {
    keyed_hash::of_numbers(slots)
}

/// Returns the start of the range at `at`, which is the end of the range before it.
fn start(ends: &[u32], at: usize) -> usize {
    if at == 0 { 0 } else { ends[at - 1] as usize }
}
