//! Posting lists under construction: of a part of the entries first, then of all.
//!
//! tantivy looks up each term of each entry in one table of all terms, mostly a cache miss, on one thread. Here each
//! thread counts the terms of a part in a small table, and each term of a part is looked up once in the large one.

use rustc_hash::FxHashMap;

use super::list_bytes::{List, ListPosition, read_head, write_head, write_list};
use crate::steps;
use crate::text::keyed_hash;

/// The chains of lists that are walked in lockstep.
const AT_ONCE: usize = 48;
/// The terms whose lists are located before they are read: few enough for a cache to hold.
const KNOWN: usize = 96;

/// The postings of one field in a part of the entries.
#[derive(Default)]
pub(crate) struct PostingsPart {
    /// The slot of each term by its hash: its index in `terms`.
    slots: FxHashMap<u64, u32>,
    terms: Vec<Counted>,
    /// The terms that no earlier part has named, concatenated.
    names: String,
    /// Each entry with each of its terms, in the order of entries.
    occurrences: Vec<Occurrence>,
    /// The number of terms in all entries, repetitions included.
    tokens: u64,
}

/// A term of a part.
struct Counted {
    hash: u64,
    /// The length of its name, if it is in `names`.
    name: Option<u16>,
    /// The number of entries that hold it.
    entries: u32,
    /// The last entry that holds it.
    entry: u32,
    /// The index of that entry's occurrence in `occurrences`.
    last: u32,
}

struct Occurrence {
    slot: u32,
    entry: u32,
    times: u32,
}

/// A part as posting lists, in the order of slots.
pub(crate) struct Sorted {
    terms: Vec<Counted>,
    names: String,
    /// The posting list of each term.
    lists: Vec<u8>,
    /// The end of each list.
    ends: Vec<u32>,
    tokens: u64,
}

impl PostingsPart {
    /// Returns the slot of the term with this hash, and true if it is new here. The first part that holds a term must
    /// name it; others may.
    pub(crate) fn slot(&mut self, hash: u64, name: Option<&str>) -> (u32, bool) {
        let next = checked_u32(self.terms.len());
        let slot = *self.slots.entry(hash).or_insert(next);
        if slot == next {
            self.names.push_str(name.unwrap_or_default());
            // Terms are cut at 200 bytes, names at 1,024.
            let name = name.map(|name| u16::try_from(name.len()).expect("a name of less than 64 KiB"));
            self.terms.push(Counted { hash, name, entries: 0, entry: 0, last: 0 });
        }
        (slot, slot == next)
    }

    /// Adds a posting of `term`; `entry` is not before the entry added last.
    pub(crate) fn add(&mut self, term: &str, entry: u32) {
        steps::count(1 + term.len() / 16);
        let (slot, _) = self.slot(keyed_hash::of(term), Some(term));
        self.note(slot, entry, 1);
    }

    /// Adds `times` occurrences of the term in `slot` to `entry`, which is not before the entry added last.
    pub(crate) fn note(&mut self, slot: u32, entry: u32, times: u32) {
        steps::count(1);
        self.tokens += u64::from(times);
        let counted = &mut self.terms[slot as usize];
        if counted.entries > 0 && counted.entry == entry {
            let last = &mut self.occurrences[counted.last as usize];
            last.times = last.times.saturating_add(times);
            return;
        }
        counted.entries += 1;
        counted.entry = entry;
        counted.last = checked_u32(self.occurrences.len());
        self.occurrences.push(Occurrence { slot, entry, times });
    }

    /// Inverts the occurrences into posting lists.
    pub(crate) fn sorted(self) -> Sorted {
        let PostingsPart { terms, names, occurrences, tokens, .. } = self;
        let mut next = Vec::with_capacity(terms.len());
        let mut start = 0;
        for counted in &terms {
            next.push(start);
            start += counted.entries as usize;
        }
        let mut by_term = vec![(0, 0); occurrences.len()];
        for Occurrence { slot, entry, times } in occurrences {
            let at = &mut next[slot as usize];
            by_term[*at] = (entry, times);
            *at += 1;
        }
        let (mut lists, mut ends) = (Vec::with_capacity(by_term.len() * 2), Vec::with_capacity(terms.len()));
        let mut start = 0;
        for end in next {
            write_list(&by_term[start..end], &mut lists);
            ends.push(checked_u32(lists.len()));
            start = end;
        }
        Sorted { terms, names, lists, ends, tokens }
    }
}

/// The postings of one field in all entries: for each term a chain of lists, one for each part that holds it.
#[derive(Default)]
pub(crate) struct Postings {
    slots: FxHashMap<u64, u32>,
    terms: Vec<Term>,
    names: String,
    /// The lists of each part.
    parts: Vec<Lists>,
    tokens: u64,
}

/// A term of all entries.
struct Term {
    /// The start of its name in `names`.
    name: usize,
    /// The place of its last list.
    last: ListPosition,
    /// The length of its name.
    name_length: u16,
    /// The number of entries that hold it.
    entries: u32,
}

/// The lists of one part.
struct Lists {
    /// The position of the part's first entry.
    first: u32,
    bytes: Vec<u8>,
}

impl Sorted {
    /// Returns, for each term in the order of slots, true if it is named here.
    pub(crate) fn are_named(&self) -> impl Iterator<Item = bool> {
        self.terms.iter().map(|counted| counted.name.is_some())
    }
}

impl Postings {
    /// Appends a part whose first entry is at `first`, and returns the slots of its terms here.
    pub(crate) fn append(&mut self, part: &Sorted, first: u32) -> Vec<u32> {
        // All terms are looked up first, so that cache misses overlap.
        let slots = self.slots_of(part);
        let mut bytes = Vec::with_capacity(part.lists.len() + part.terms.len() * 5);
        let (this, mut list) = (checked_u32(self.parts.len() + 1), 0);
        for (at, ((&slot, counted), &end)) in slots.iter().zip(&part.terms).zip(&part.ends).enumerate() {
            if at % AT_ONCE == 0 {
                let place = |&slot: &u32| self.terms[slot as usize].last.part;
                std::hint::black_box(slots[at..].iter().take(AT_ONCE).map(place).max());
            }
            let term = &mut self.terms[slot as usize];
            let before = std::mem::replace(&mut term.last, ListPosition { part: this, at: checked_u32(bytes.len()) });
            term.entries += counted.entries;
            write_head(before, this, counted.entries, &mut bytes);
            bytes.extend_from_slice(&part.lists[list..end as usize]);
            list = end as usize;
        }
        bytes.shrink_to_fit();
        self.tokens += part.tokens;
        self.parts.push(Lists { first, bytes });
        slots
    }

    fn slots_of(&mut self, part: &Sorted) -> Vec<u32> {
        let mut names = part.names.as_str();
        let slot = |&Counted { hash, name: name_length, .. }: &Counted| {
            let next = checked_u32(self.terms.len());
            let slot = *self.slots.entry(hash).or_insert(next);
            let (name, others) = names.split_at(usize::from(name_length.unwrap_or_default()));
            if slot == next {
                self.terms.push(Term {
                    name: self.names.len(),
                    last: ListPosition::default(),
                    name_length: name_length.unwrap_or_default(),
                    entries: 0,
                });
                self.names.push_str(name);
            }
            names = others;
            slot
        };
        part.terms.iter().map(slot).collect()
    }

    /// Returns true if the next part may bring more terms or parts than 32 bits count.
    pub(crate) fn is_full(&self) -> bool {
        self.terms.len().max(self.parts.len()) > 1 << 31
    }

    /// Returns the number of terms in all entries, repetitions included.
    pub(crate) fn tokens(&self) -> u64 {
        self.tokens
    }

    /// Returns the term in `slot`.
    pub(crate) fn name(&self, slot: u32) -> &str {
        let term = &self.terms[slot as usize];
        &self.names[term.name..][..usize::from(term.name_length)]
    }

    /// Returns the number of entries that hold the term in `slot`.
    pub(crate) fn entries(&self, slot: u32) -> u32 {
        self.terms[slot as usize].entries
    }

    /// Returns the slots of all terms, in the byte order of the terms.
    pub(crate) fn slots_by_name(&self) -> Vec<u32> {
        // Few comparisons go beyond the first 8 bytes of a term, which are copied beside its slot.
        let start = |slot: u32| {
            let mut start = [0; 8];
            let name = self.name(slot).as_bytes();
            let length = name.len().min(start.len());
            start[..length].copy_from_slice(&name[..length]);
            u64::from_be_bytes(start)
        };
        let mut terms: Vec<(u64, u32)> = (0..checked_u32(self.terms.len())).map(|slot| (start(slot), slot)).collect();
        terms.sort_unstable_by(|&(a_start, a), &(b_start, b)| {
            a_start.cmp(&b_start).then_with(|| self.name(a).cmp(self.name(b)))
        });
        terms.into_iter().map(|(_, slot)| slot).collect()
    }

    /// Calls `take` with each of `slots` and its postings in order: positions with term frequencies.
    pub(crate) fn lists<E>(
        &self,
        slots: &[u32],
        mut take: impl FnMut(u32, &[(u32, u32)]) -> Result<(), E>,
    ) -> Result<(), E> {
        let (mut chains, mut list) = (vec![Vec::new(); KNOWN], Vec::new());
        for slots in slots.chunks(KNOWN) {
            self.follow(slots, &mut chains);
            for (&slot, chain) in slots.iter().zip(&mut chains) {
                list.clear();
                for part in chain.drain(..).rev() {
                    part.read(&mut list);
                }
                take(slot, &list)?;
            }
        }
        Ok(())
    }

    /// Adds to each chain the lists of a term, the last first.
    ///
    /// Lists are linked backwards; 48 chains are walked in lockstep so that cache misses overlap (−8 % of a
    /// build). Where a chain ends, the next one begins.
    fn follow<'a>(&'a self, slots: &[u32], chains: &mut [Vec<List<'a>>]) {
        let last: Vec<ListPosition> = slots.iter().map(|&slot| self.terms[slot as usize].last).collect();
        let mut beginning = last.into_iter().zip(chains).filter(|(place, _)| place.part > 0);
        let mut followed: Vec<_> = beginning.by_ref().take(AT_ONCE).collect();
        while !followed.is_empty() {
            let first = |place: &ListPosition| u32::from(self.parts[place.part as usize - 1].bytes[place.at as usize]);
            std::hint::black_box(followed.iter().map(|(place, _)| first(place)).sum::<u32>());
            followed.retain_mut(|(place, chain)| {
                let part = &self.parts[place.part as usize - 1];
                let mut bytes = &part.bytes[place.at as usize..];
                let (before, entries) = read_head(place.part, &mut bytes);
                chain.push(List { first: part.first, entries, bytes });
                *place = before;
                if place.part == 0
                    && let Some(next) = beginning.next()
                {
                    (*place, *chain) = next;
                }
                place.part > 0
            });
        }
    }
}

/// Returns a count of terms, entries or bytes as 32 bits. A part has at most 256 MiB of text, and [`Postings::is_full`]
/// stops at 2^31 terms or parts.
pub(crate) fn checked_u32(count: usize) -> u32 {
    u32::try_from(count).expect("no part is so long, and no more parts are added to so many terms")
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn postings_say_what_was_noted(
            entries in prop::collection::vec(prop::collection::vec(("[a-e]{0,3}", 1..300_u32), 0..8), 0..200),
            part in 1..50_usize,
        ) {
            let mut expected = BTreeMap::<&str, BTreeMap<u32, u32>>::new();
            let (mut postings, mut known) = (Postings::default(), BTreeSet::new());
            let mut first = 0;
            for entries in entries.chunks(part) {
                let mut gathered = PostingsPart::default();
                for (entry, terms) in (0..).zip(entries) {
                    for (term, times) in terms {
                        let (slot, _) = gathered.slot(keyed_hash::of(term), known.insert(term).then_some(term));
                        gathered.note(slot, entry, *times);
                        *expected.entry(term).or_default().entry(first + entry).or_default() += times;
                    }
                }
                postings.append(&gathered.sorted(), first);
                first += checked_u32(entries.len());
            }
            let tokens: u64 = expected.values().flat_map(BTreeMap::values).map(|&times| u64::from(times)).sum();
            prop_assert_eq!(postings.tokens(), tokens);
            let slots = postings.slots_by_name();
            prop_assert!(slots.iter().map(|&slot| postings.name(slot)).eq(expected.keys().copied()));
            let mut expected = expected.into_values();
            postings.lists(&slots, |slot, list| {
                let entries = expected.next().expect("a term that was noted");
                prop_assert_eq!(postings.entries(slot) as usize, entries.len());
                prop_assert!(list.iter().copied().eq(entries));
                Ok(())
            })?;
        }
    }
}
