//! Words that were met before, with the terms that they are: most come again.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::vocabulary::{Base, New, Vocabulary};
use crate::engine::postings::PostingsPart;
use crate::text::keyed_hash;
use crate::text::language::Language;
use crate::text::tokens::{self, Class};
use crate::text::weight::{self, HanUse};

/// More are forgotten when a part is done, some 10 MB of them. A hundred thousand entries may have as many.
const WORDS_MAX: usize = 1 << 18;

/// Words that were met, with the text that is being read.
#[derive(Default)]
pub(crate) struct WordCache {
    of_languages: Vec<OfLanguage>,
    /// Where in `of_languages` the language of the entry is.
    language: usize,
    /// The spellings in the text that is being read that the part has not met, one behind the other.
    spelled: String,
    spellings: Vec<Spelling>,
}

/// The words of a language by the hash of their spellings.
struct OfLanguage {
    language: Language,
    /// Those of the part that is being read, with their slots in its vocabulary: few enough for a cache to hold, where most
    /// words of a text are found.
    here: FxHashMap<u64, u32>,
    /// Those of all parts with the hashes of their terms, so many that each is a wait.
    everywhere: FxHashMap<u64, u64>,
}

/// A spelling that the part has not met.
struct Spelling {
    hash: u64,
    class: Class,
    /// Where it ends in `spelled`.
    end: usize,
    /// Where in the slots of the text its own belongs.
    place: usize,
}

impl WordCache {
    /// Begins a part, whose terms are in no vocabulary.
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
        // To look for all of them first lets the processor fetch several at once.
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
