//! From entries to their terms.

use rustc_hash::FxHashMap;

use super::lookup::Lookup;
use super::vocabulary::Vocabulary;
use super::words::WordCache;
use crate::engine::postings::{PostingsPart, Sorted, checked_u32};
use crate::engine::schema::QUESTION_REPEATED;
use crate::markdown::plain;
use crate::meaning::RowCache;
use crate::meaning::write::{Embedder, EntryVectors};
use crate::model::entry::Entry;
use crate::pack::entries::write::{PackedBlocks, Packer};
use crate::steps;
use crate::text::language::Language;
use crate::text::tokens;

/// Neighbouring entries, ready to be indexed.
pub(crate) struct Prepared {
    /// The entries themselves.
    pub(crate) blocks: PackedBlocks,
    /// The terms of their texts.
    pub(crate) vocabulary: Vocabulary<Sorted>,
    /// Their lookup terms.
    pub(crate) lookup: Sorted,
    /// Their vectors.
    pub(crate) vectors: EntryVectors,
    /// The number of entries in each language.
    pub(crate) languages: FxHashMap<Language, usize>,
}

impl Prepared {
    /// Prepares `entries`, which are in the language `default` unless they say otherwise. `is_heading` is true for those
    /// whose section is the titles above them on their page. `caches` keep the words of
    /// earlier parts on this thread: without them, 25 % of the words in a part would be new.
    pub(crate) fn of(
        entries: &[Entry],
        is_heading: impl Fn(usize) -> bool,
        default: &str,
        Tools { packer, embedder }: Tools<'_>,
        Caches { words, rows }: &mut Caches,
    ) -> Result<Prepared, serde_json::Error> {
        let (mut vocabulary, mut lookup, mut languages) =
            (Vocabulary::default(), Lookup::new(default), FxHashMap::default());
        let default = Language::of(Some(default), Language::DEFAULT);
        words.begin_part();
        let mut vectors = EntryVectors::default();
        let mut terms = EntryAnalyser { words, vocabulary: &mut vocabulary, slots: Vec::new() };
        for (at, entry) in entries.iter().enumerate() {
            let language = Language::of(entry.language.as_deref(), default);
            *languages.entry(language).or_insert(0) += 1;
            let in_section = entry.question_in_section().filter(|_| is_heading(at));
            let answer = plain::plain(&entry.answer);
            terms.entry(entry, in_section.as_deref(), &answer, language);
            if let Some(embedder) = embedder {
                embedder.add(entry, in_section.as_deref(), &answer, rows, &mut vectors);
            }
            lookup.add(entry, checked_u32(at));
        }
        let (vocabulary, lookup) = (vocabulary.sorted(), lookup.part.sorted());
        let blocks = packer.blocks(entries)?;
        steps::count(blocks.lines.len() / 16);
        Ok(Prepared { blocks, vocabulary, lookup, vectors, languages })
    }
}

/// The caches that a thread keeps from one part to the next.
#[derive(Default)]
pub(crate) struct Caches {
    words: WordCache,
    rows: RowCache,
}

/// The tools that entries are prepared with.
#[derive(Clone, Copy)]
pub(crate) struct Tools<'a> {
    /// Packs the entries themselves.
    pub(crate) packer: &'a Packer,
    /// Makes their vectors.
    pub(crate) embedder: Option<&'a Embedder>,
}

/// Analyses one entry after another.
struct EntryAnalyser<'a> {
    words: &'a mut WordCache,
    vocabulary: &'a mut Vocabulary<PostingsPart>,
    /// The slots of the terms of the text read last.
    slots: Vec<u32>,
}

impl EntryAnalyser<'_> {
    fn entry(&mut self, entry: &Entry, in_section: Option<&str>, answer: &str, language: Language) {
        self.words.begin_entry(language);
        self.phrasing(&entry.question, QUESTION_REPEATED);
        for alias in &entry.aliases {
            self.phrasing(alias, 1);
        }
        if let Some(phrasing) = in_section {
            self.terms_of(phrasing);
            self.vocabulary.add_phrasing(&self.slots);
        }
        for text in entry.keywords.iter().chain(&entry.help_ids).chain(&entry.section) {
            self.title(text, 1);
        }
        // Question sets without answers repeat the question as the answer; it would count twice.
        if answer.trim() != entry.question.trim() {
            self.text(answer, 1);
        }
        self.vocabulary.end_entry();
    }

    /// Reads a question or an alias.
    fn phrasing(&mut self, text: &str, times: u32) {
        self.title(text, times);
        self.vocabulary.add_phrasing(&self.slots);
    }

    fn terms_of(&mut self, text: &str) {
        self.slots.clear();
        self.words.read(text, self.vocabulary, &mut self.slots);
    }

    /// Reads a title: a text inside whose names words are found, too.
    ///
    /// An answer is no title: on one public set of technical questions, MRR@10 falls by .001 if the words inside the names of
    /// error messages count.
    fn title(&mut self, text: &str, times: u32) {
        let names = tokens::words_in_names(text);
        if !names.is_empty() {
            self.text(&names, times);
        }
        self.text(text, times);
    }

    /// Reads a text whose terms count `times` times.
    fn text(&mut self, text: &str, times: u32) {
        self.terms_of(text);
        self.vocabulary.note(&self.slots, times);
    }
}
