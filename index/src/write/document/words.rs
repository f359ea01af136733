//! Words that were met before, with all that is known of them: most come again.

use rustc_hash::FxHashMap;

use crate::analysis::weight::{self, HanUse};
use crate::analysis::{Class, Language, tokens};
use crate::surfaces;
use crate::write::vocabulary::{Base, Vocabulary};

/// More are forgotten when a part is done, some 30 MB of them. A hundred thousand entries may have as many.
const WORDS_MAX: usize = 1 << 18;

/// Words, and how often the entry that is being read holds each.
#[derive(Default)]
pub(super) struct Words {
    /// For each language the places in `list` of its spellings.
    places: Vec<(Language, FxHashMap<Box<str>, u32>)>,
    list: Vec<Word>,
    /// The entries begun so far, those of earlier parts among them.
    entries: u64,
    /// How many of them were of earlier parts.
    earlier: u64,
    /// Where in `places` the language of the entry is.
    language: usize,
    /// The places of the entry's words, each once.
    met: Vec<u32>,
}

/// A word, or another term that is made from a spelling.
struct Word {
    term: Box<str>,
    key: u32,
    base: Base,
    /// The last entry that held it.
    entry: u64,
    /// How often.
    times: usize,
    /// Where the vocabulary of the part has it, if an entry of that part held it.
    slot: u32,
}

impl Words {
    /// Begins a part, whose terms are in no vocabulary.
    pub(super) fn begin_part(&mut self) {
        if self.list.len() > WORDS_MAX {
            self.list.clear();
            self.places.clear();
        }
        self.earlier = self.entries;
    }

    /// Begins an entry.
    pub(super) fn begin_entry(&mut self, language: Language) {
        self.entries += 1;
        self.met.clear();
        let known = self.places.iter().position(|(known, _)| *known == language);
        self.language = known.unwrap_or(self.places.len());
        if known.is_none() {
            self.places.push((language, FxHashMap::default()));
        }
    }

    /// Notes that the entry holds what is spelled so, and returns the key of its term.
    pub(super) fn note(&mut self, spelling: &str, class: Class, times: usize, vocabulary: &mut Vocabulary) -> u32 {
        let place = self.place(spelling, class);
        let word = &mut self.list[place as usize];
        if word.entry != self.entries {
            if word.entry <= self.earlier {
                word.slot = vocabulary.slot(word.key, word.base);
            }
            vocabulary.note(word.slot);
            (word.entry, word.times) = (self.entries, 0);
            self.met.push(place);
        }
        word.times += times;
        word.key
    }

    /// Returns each term of the entry, and how often it holds it.
    pub(super) fn of_entry(&self) -> impl Iterator<Item = (&str, usize)> {
        self.met.iter().map(|&place| {
            let word = &self.list[place as usize];
            (&*word.term, word.times)
        })
    }

    fn place(&mut self, spelling: &str, class: Class) -> u32 {
        let (language, places) = &mut self.places[self.language];
        if let Some(&place) = places.get(spelling) {
            return place;
        }
        let place = u32::try_from(self.list.len()).expect("a part does not hold as many words");
        self.list.push(Word::new(spelling, class, *language));
        places.insert(spelling.into(), place);
        place
    }
}

impl Word {
    fn new(spelling: &str, class: Class, language: Language) -> Word {
        let mut term = String::new();
        tokens::push_term(spelling, class, language, &mut term);
        let base = |han| weight::base(&term, spelling, class, han, language);
        let chinese = base(HanUse::Chinese);
        let is_spaced = matches!(class, Class::Word | Class::Identifier);
        let japanese = if is_spaced { chinese } else { base(HanUse::Japanese) };
        let has_hiragana = term.chars().any(|c| ('\u{3041}'..='\u{309f}').contains(&c));
        let (key, base) = (surfaces::key(&term), Base { chinese, japanese, has_hiragana });
        Word { term: term.into(), key, base, entry: 0, times: 0, slot: 0 }
    }
}
