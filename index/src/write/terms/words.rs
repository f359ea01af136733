//! Words that were met before, with all that is known of them: most come again.

use rustc_hash::FxHashMap;

use crate::analysis::weight::{self, HanUse};
use crate::analysis::{Class, Language, tokens};
use crate::write::postings::{self, Part};
use crate::write::vocabulary::{Base, Vocabulary};

/// More are forgotten when a part is done, some 30 MB of them. A hundred thousand entries may have as many.
const WORDS_MAX: usize = 1 << 18;

/// Words that were met, with the text that is being read.
#[derive(Default)]
pub(super) struct Words {
    /// For each language its words by the hash of their spellings. Most of a large table is in no cache, so all that a
    /// word needs lies in one place; of 128 bits two are as good as never the same.
    of_languages: Vec<(Language, FxHashMap<u128, Word>)>,
    /// The terms of all words, one behind the other.
    terms: String,
    /// The number of the part that is being read, from 1.
    part: u32,
    /// Where in `of_languages` the language of the entry is.
    language: usize,
    /// The spellings of the text that is being read, one behind the other.
    spelled: String,
    spellings: Vec<Spelling>,
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
    /// The hash of its term.
    hash: u64,
    base: Base,
    /// The last part that held it.
    part: u32,
    /// Where the vocabulary of that part has it.
    slot: u32,
}

impl Words {
    /// Begins a part, whose terms are in no vocabulary.
    pub(super) fn begin_part(&mut self) {
        let count: usize = self.of_languages.iter().map(|(_, words)| words.len()).sum();
        if count > WORDS_MAX {
            *self = Words::default();
        }
        self.part += 1;
    }

    /// Begins an entry.
    pub(super) fn begin_entry(&mut self, language: Language) {
        let known = self.of_languages.iter().position(|(known, _)| *known == language);
        self.language = known.unwrap_or(self.of_languages.len());
        if known.is_none() {
            self.of_languages.push((language, FxHashMap::default()));
        }
    }

    /// Reads a text, and adds the slot of each of its terms in the vocabulary of the part to `slots`.
    pub(super) fn read(&mut self, text: &str, vocabulary: &mut Vocabulary<Part>, slots: &mut Vec<u32>) {
        self.spell(text);
        // To look for all of them first lets the processor fetch several at once; to note one takes what stands in it,
        // and waits. That is a fifteenth of a build.
        let (language, words) = &mut self.of_languages[self.language];
        let known = self.spellings.iter().filter(|spelling| words.contains_key(&spelling.hash)).count();
        words.reserve(self.spellings.len() - known);
        let mut start = 0;
        for &Spelling { hash, class, end } in &self.spellings {
            let new = || Word::new(&self.spelled[start..end], class, *language, &mut self.terms);
            let word = words.entry(hash).or_insert_with(new);
            if word.part != self.part {
                let (start, length) = (word.term.0 as usize, usize::from(word.term.1));
                word.slot = vocabulary.slot(word.hash, &self.terms[start..start + length], word.base);
                word.part = self.part;
            }
            slots.push(word.slot);
            start = end;
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
        let hash = postings::hash(&terms[start..]);
        Word { term, hash, base: Base { chinese, japanese, has_hiragana }, part: 0, slot: 0 }
    }
}
