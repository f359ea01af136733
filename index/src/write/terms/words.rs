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
    of_languages: Vec<OfLanguage>,
    /// Where in `of_languages` the language of the entry is.
    language: usize,
    /// The terms of all words, one behind the other.
    terms: String,
    /// The spellings of the text that is being read, one behind the other.
    spelled: String,
    spellings: Vec<Spelling>,
}

/// The words of a language by the hash of their spellings.
struct OfLanguage {
    language: Language,
    /// Those of the part that is being read, with their slots in its vocabulary: few enough for a cache to hold, where most
    /// words of a text are found.
    here: FxHashMap<u64, u32>,
    /// Those of all parts, so many that each is a wait.
    everywhere: FxHashMap<u64, Word>,
}

/// A spelling in the text that is being read.
#[derive(Clone, Copy)]
struct Spelling {
    hash: u64,
    class: Class,
    /// Where it ends in `spelled`.
    end: usize,
}

/// A word, or another term that is made from a spelling.
#[derive(Clone, Copy)]
struct Word {
    /// Where in `terms` its term starts, and how long it is.
    term: (u32, u16),
    /// The hash of its term.
    hash: u64,
    base: Base,
}

impl Words {
    /// Begins a part, whose terms are in no vocabulary.
    pub(super) fn begin_part(&mut self) {
        let count: usize = self.of_languages.iter().map(|words| words.everywhere.len()).sum();
        if count > WORDS_MAX {
            *self = Words::default();
        }
        for words in &mut self.of_languages {
            words.here.clear();
        }
    }

    /// Begins an entry.
    pub(super) fn begin_entry(&mut self, language: Language) {
        let known = self.of_languages.iter().position(|known| known.language == language);
        self.language = known.unwrap_or(self.of_languages.len());
        if known.is_none() {
            let (here, everywhere) = (FxHashMap::default(), FxHashMap::default());
            self.of_languages.push(OfLanguage { language, here, everywhere });
        }
    }

    /// Reads a text, and adds the slot of each of its terms in the vocabulary of the part to `slots`.
    pub(super) fn read(&mut self, text: &str, vocabulary: &mut Vocabulary<Part>, slots: &mut Vec<u32>) {
        self.spell(text);
        let OfLanguage { language, here, everywhere } = &mut self.of_languages[self.language];
        let mut start = 0;
        for &Spelling { hash, class, end } in &self.spellings {
            slots.push(*here.entry(hash).or_insert_with(|| {
                let new = || Word::new(&self.spelled[start..end], class, *language, &mut self.terms);
                let word = *everywhere.entry(hash).or_insert_with(new);
                let (start, length) = (word.term.0 as usize, usize::from(word.term.1));
                vocabulary.slot(word.hash, &self.terms[start..start + length], word.base)
            }));
            start = end;
        }
    }

    /// Cuts `text` into spellings.
    fn spell(&mut self, text: &str) {
        self.spelled.clear();
        self.spellings.clear();
        tokens::spellings(text, self.of_languages[self.language].language, |spelling, class| {
            self.spelled.push_str(spelling);
            self.spellings.push(Spelling { hash: postings::hash(spelling), class, end: self.spelled.len() });
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
        Word { term, hash, base: Base { chinese, japanese, has_hiragana } }
    }
}
