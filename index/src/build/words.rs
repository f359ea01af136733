//! A cache from words to their terms: most words recur.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::vocabulary::{Base, New, Vocabulary};
use crate::engine::postings::PostingsPart;
use crate::text::keyed_hash;
use crate::text::language::Language;
use crate::text::tokens::{self, Class};
use crate::text::weight::{self, HanUse};

/// The most words kept at the start of a part, about 10 MB. 100,000 entries may have that many.
const WORDS_MAX: usize = 1 << 18;

/// The words seen so far, and the new spellings of the current text.
#[derive(Default)]
pub(crate) struct WordCache {
    of_languages: Vec<OfLanguage>,
    /// The index of the entry's language in `of_languages`.
    language: usize,
    /// The spellings in the current text that are new to the part, concatenated.
    spelled: String,
    spellings: Vec<Spelling>,
}

/// The words of a language by the hash of their spellings.
struct OfLanguage {
    language: Language,
    /// The words of the current part, with their slots in its vocabulary: few enough for a processor's cache, which has
    /// most words of a text.
    here: FxHashMap<u64, u32>,
    /// The words of all parts, with the hashes of their terms: a lookup is mostly a cache miss.
    everywhere: FxHashMap<u64, u64>,
}

/// A spelling that is new to the part.
struct Spelling {
    hash: u64,
    class: Class,
    /// Its end in `spelled`.
    end: usize,
    /// The index of its slot among the slots of the text.
    place: usize,
}

impl WordCache {
    /// Begins a part, whose vocabulary is empty.
    pub(crate) fn begin_part(&mut self) {
        let count: usize = self.of_languages.iter().map(|words| words.everywhere.len()).sum();
        if count > WORDS_MAX {
            *self = WordCache::default();
        }
        for words in &mut self.of_languages {
            words.here.clear();
        }
    }

    /// Begins an entry.
    pub(crate) fn begin_entry(&mut self, language: Language) {
        let known = self.of_languages.iter().position(|known| known.language == language);
        self.language = known.unwrap_or(self.of_languages.len());
        if known.is_none() {
            let (here, everywhere) = (FxHashMap::default(), FxHashMap::default());
            self.of_languages.push(OfLanguage { language, here, everywhere });
        }
    }

    /// Reads a text, and adds the slot of each of its terms in the vocabulary of the part to `slots`.
    pub(crate) fn read(&mut self, text: &str, vocabulary: &mut Vocabulary<PostingsPart>, slots: &mut Vec<u32>) {
        let OfLanguage { language, here, everywhere } = &mut self.of_languages[self.language];
        self.spelled.clear();
        self.spellings.clear();
        tokens::spellings(text, *language, |spelling, class| {
            let hash = keyed_hash::of(spelling);
            let slot = here.get(&hash).copied();
            if slot.is_none() {
                self.spelled.push_str(spelling);
                self.spellings.push(Spelling { hash, class, end: self.spelled.len(), place: slots.len() });
            }
            slots.push(slot.unwrap_or_default());
        });
        // Looking up all of them first lets cache misses overlap.
        let are_new = self.spellings.iter().filter(|spelling| !everywhere.contains_key(&spelling.hash)).count();
        everywhere.reserve(are_new);
        let mut start = 0;
        for &Spelling { hash, class, end, place } in &self.spellings {
            slots[place] = *here.entry(hash).or_insert_with(|| match everywhere.entry(hash) {
                Entry::Occupied(term) => vocabulary.slot(*term.get(), None),
                Entry::Vacant(unknown) => {
                    let new = New::of(&self.spelled[start..end], class, *language);
                    vocabulary.slot(*unknown.insert(keyed_hash::of(&new.name)), Some(&new))
                }
            });
            start = end;
        }
    }
}

impl New {
    /// Makes the term of a spelling.
    fn of(spelling: &str, class: Class, language: Language) -> New {
        let mut name = String::new();
        tokens::push_term(spelling, class, language, &mut name);
        let base = |han| weight::base(&name, spelling, class, han, language);
        let chinese = base(HanUse::Chinese);
        let is_spaced = matches!(class, Class::Word | Class::Identifier);
        let japanese = if is_spaced { chinese } else { base(HanUse::Japanese) };
        New { name, base: Base { chinese, japanese } }
    }
}
