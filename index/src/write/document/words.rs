//! Words that were met before, with all that is known of them: most come again.

use rustc_hash::FxHashMap;

use crate::analysis::weight::{self, HanUse};
use crate::analysis::{Class, Language, tokens};
use crate::surfaces;
use crate::terms;
use crate::write::vocabulary::{Base, Vocabulary};

/// More are forgotten when a part is done, some 30 MB of them. A hundred thousand entries may have as many.
const WORDS_MAX: usize = 1 << 18;

/// Words, and the terms of the entry that is being read.
#[derive(Default)]
pub(super) struct Words {
    /// For each language its words by the hash of their spellings. Most of a large table is in no cache, so all that a
    /// word needs lies in one place; of 128 bits two are as good as never the same.
    of_languages: Vec<(Language, FxHashMap<u128, Word>)>,
    /// The terms of all words, one behind the other.
    terms: String,
    /// The entries begun so far, those of earlier parts among them.
    entries: u32,
    /// How many of them were of earlier parts.
    earlier: u32,
    /// Where in `of_languages` the language of the entry is.
    language: usize,
    /// The spellings of the text that is being read, one behind the other.
    spelled: String,
    spellings: Vec<Spelling>,
    /// The entry's terms, one behind the other, each once.
    met: String,
    /// For each where it ends there, and how often the entry holds it.
    times: Vec<(usize, usize)>,
}

/// A spelling in the text that is being read.
#[derive(Clone, Copy)]
struct Spelling {
    hash: u128,
    class: Class,
    /// Where it ends in `spelled`.
    end: usize,
}

/// A word, or another term that is made from a spelling.
struct Word {
    /// Where in `terms` its term starts, and how long it is.
    term: (u32, u16),
    key: u32,
    base: Base,
    /// The last entry that held it.
    entry: u32,
    /// Where that has it in `times`.
    place: u32,
    /// Where the vocabulary of the part has it, if an entry of that part held it.
    slot: u32,
}

impl Words {
    /// Begins a part, whose terms are in no vocabulary.
    pub(super) fn begin_part(&mut self) {
        let count: usize = self.of_languages.iter().map(|(_, words)| words.len()).sum();
        if count > WORDS_MAX {
            *self = Words::default();
        }
        self.earlier = self.entries;
    }

    /// Begins an entry.
    pub(super) fn begin_entry(&mut self, language: Language) {
        self.entries += 1;
        self.met.clear();
        self.times.clear();
        let known = self.of_languages.iter().position(|(known, _)| *known == language);
        self.language = known.unwrap_or(self.of_languages.len());
        if known.is_none() {
            self.of_languages.push((language, FxHashMap::default()));
        }
    }

    /// Notes that the entry holds all that is spelled in `text`, and adds the keys of the terms to `keys`.
    pub(super) fn note(&mut self, text: &str, times: usize, vocabulary: &mut Vocabulary, keys: &mut Vec<u32>) {
        self.spell(text);
        // To look for all of them first lets the processor fetch several at once; to note one takes what stands in it,
        // and waits. That is a fifteenth of a build.
        let words = &mut self.of_languages[self.language].1;
        let known = self.spellings.iter().filter(|spelling| words.contains_key(&spelling.hash)).count();
        words.reserve(self.spellings.len() - known);
        let mut start = 0;
        for at in 0..self.spellings.len() {
            let spelling = self.spellings[at];
            keys.push(self.note_one(spelling, start, times, vocabulary));
            start = spelling.end;
        }
    }

    /// Cuts `text` into spellings.
    fn spell(&mut self, text: &str) {
        self.spelled.clear();
        self.spellings.clear();
        tokens::spellings(text, self.of_languages[self.language].0, |spelling, class| {
            let hash = twox_hash::XxHash3_128::oneshot(spelling.as_bytes());
            self.spelled.push_str(spelling);
            self.spellings.push(Spelling { hash, class, end: self.spelled.len() });
        });
    }

    /// Notes one of the spellings, which starts at `start`, and returns the key of its term.
    fn note_one(&mut self, spelling: Spelling, start: usize, times: usize, vocabulary: &mut Vocabulary) -> u32 {
        let (language, words) = &mut self.of_languages[self.language];
        let Spelling { hash, class, end } = spelling;
        let new = || Word::new(&self.spelled[start..end], class, *language, &mut self.terms);
        let word = words.entry(hash).or_insert_with(new);
        if word.entry == self.entries {
            self.times[word.place as usize].1 += times;
            return word.key;
        }
        if word.entry <= self.earlier {
            word.slot = vocabulary.slot(word.key, word.base);
        }
        vocabulary.note(word.slot);
        word.entry = self.entries;
        word.place = self.times.len() as u32;
        let (start, length) = (word.term.0 as usize, usize::from(word.term.1));
        self.met.push_str(&self.terms[start..start + length]);
        self.times.push((self.met.len(), times));
        word.key
    }

    /// Returns the terms of the entry for the index.
    pub(super) fn lines(&self) -> String {
        let ends: usize = self.times.iter().map(|&(_, times)| times).sum();
        let mut lines = String::with_capacity(self.met.len() + ends);
        let mut start = 0;
        for &(end, times) in &self.times {
            terms::push(&self.met[start..end], times, &mut lines);
            start = end;
        }
        lines
    }
}

impl Word {
    fn new(spelling: &str, class: Class, language: Language, terms: &mut String) -> Word {
        let start = terms.len();
        tokens::push_term(spelling, class, language, terms);
        let term = &terms[start..];
        let base = |han| weight::base(term, spelling, class, han, language);
        let chinese = base(HanUse::Chinese);
        let is_spaced = matches!(class, Class::Word | Class::Identifier);
        let japanese = if is_spaced { chinese } else { base(HanUse::Japanese) };
        let has_hiragana = term.chars().any(|c| ('\u{3041}'..='\u{309f}').contains(&c));
        // The analyser cuts spellings at two hundred bytes.
        let term = (u32::try_from(start).expect("less than 4 GiB of words"), term.len() as u16);
        let key = surfaces::key(&terms[start..]);
        Word { term, key, base: Base { chinese, japanese, has_hiragana }, entry: 0, place: 0, slot: 0 }
    }
}
