//! Every term of the surfaces of all entries, as keys.

use rustc_hash::FxHashMap;

use crate::analysis::weight::{self, HanUse};
use crate::analysis::{Class, Language, tokens::Token};
use crate::search::rarity;
use crate::surfaces;

/// Every term met so far, and the surfaces of every entry as keys of terms.
#[derive(Default)]
pub(super) struct Vocabulary {
    terms: FxHashMap<u32, Known>,
    surfaces: Surfaces,
    /// Whether a term holds Hiragana.
    pub(super) has_hiragana: bool,
}

/// What is known of a term.
struct Known {
    /// Its base weight where Chinese characters stand for Chinese words.
    chinese: f32,
    /// The same where they stand for Japanese ones.
    japanese: f32,
    /// The number of entries that hold it.
    entries: u32,
    /// The last of them, counted from 1.
    last: usize,
}

/// The surfaces of every entry, one behind the other: a million entries have several million.
#[derive(Default)]
struct Surfaces {
    keys: Vec<u32>,
    /// Where in `keys` each surface ends.
    ends: Vec<usize>,
    /// Where in `ends` each entry ends.
    entries: Vec<usize>,
}

impl Vocabulary {
    /// Notes a term of the entry that is being read, and returns its key.
    pub(super) fn note(&mut self, token: Token<'_>, language: Language) -> u32 {
        let key = surfaces::key(token.term);
        let entry = self.surfaces.entries.len() + 1;
        self.has_hiragana |= token.term.chars().any(|c| ('\u{3041}'..='\u{309f}').contains(&c));
        let known = self.terms.entry(key).or_insert_with(|| {
            let base = |han| weight::base(token.term, token.spelling, token.class, han, language);
            let chinese = base(HanUse::Chinese);
            let is_spaced = matches!(token.class, Class::Word | Class::Identifier);
            let japanese = if is_spaced { chinese } else { base(HanUse::Japanese) };
            Known { chinese, japanese, entries: 0, last: 0 }
        });
        if known.last != entry {
            (known.entries, known.last) = (known.entries + 1, entry);
        }
        key
    }

    /// Ends the entry that is being read; these are its surfaces.
    pub(super) fn end_entry(&mut self, surfaces: &[Vec<u32>]) {
        let Surfaces { keys, ends, entries } = &mut self.surfaces;
        for surface in surfaces {
            keys.extend(surface);
            ends.push(keys.len());
        }
        entries.push(ends.len());
    }

    /// Adds what was met in the entries behind.
    pub(super) fn append(&mut self, next: Vocabulary) {
        self.has_hiragana |= next.has_hiragana;
        for (key, known) in next.terms {
            self.terms.entry(key).and_modify(|first| first.entries += known.entries).or_insert(known);
        }
        let Surfaces { keys, ends, entries } = &mut self.surfaces;
        let (keys_before, ends_before) = (keys.len(), ends.len());
        keys.extend(next.surfaces.keys);
        ends.extend(next.surfaces.ends.iter().map(|end| keys_before + end));
        entries.extend(next.surfaces.entries.iter().map(|end| ends_before + end));
    }

    /// Returns the section of the surfaces; none if it would be too large.
    pub(super) fn surfaces(&self) -> Option<Vec<u8>> {
        let count = self.surfaces.entries.len() as f32;
        let weight = |key: u32| {
            let Some(known) = self.terms.get(&key) else { return 0.0 };
            let base = if self.has_hiragana { known.japanese } else { known.chinese };
            base * rarity(known.entries as f32, count)
        };
        surfaces::write(self.surfaces.of_entries(), weight)
    }
}

impl Surfaces {
    /// Returns the surfaces of each entry, in order.
    fn of_entries(&self) -> impl ExactSizeIterator<Item = impl Iterator<Item = &[u32]>> {
        let start = |ends: &[usize], at: usize| if at == 0 { 0 } else { ends[at - 1] };
        (0..self.entries.len()).map(move |entry| {
            let surfaces = start(&self.entries, entry)..self.entries[entry];
            surfaces.map(move |surface| &self.keys[start(&self.ends, surface)..self.ends[surface]])
        })
    }
}
