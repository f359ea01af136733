//! From entries to documents of the index.

mod words;

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use tantivy::schema::TantivyDocument;

use super::vocabulary::Vocabulary;
use crate::analysis::Language;
use crate::entries::{Blocks, Packer};
use crate::entry::Entry;
use crate::render;
use crate::schema::{Fields, LookupKind, QUESTION_REPEATED};
use words::Words;

thread_local! {
    /// Each thread keeps its words from part to part: else a quarter of the words in a part would be new to it.
    static WORDS: RefCell<Words> = RefCell::default();
}

/// Neighbouring entries, ready to be indexed.
pub(super) struct Prepared {
    /// Each entry's document.
    pub(super) documents: Vec<TantivyDocument>,
    /// The entries themselves.
    pub(super) blocks: Blocks,
    /// Their terms.
    pub(super) vocabulary: Vocabulary,
    /// How many of them are in each language.
    pub(super) languages: FxHashMap<Language, usize>,
}

impl Prepared {
    /// Prepares `entries`, which are in `language` unless they say otherwise.
    pub(super) fn of(
        entries: &[Entry],
        fields: Fields,
        language: Language,
        packer: &Packer,
    ) -> Result<Prepared, serde_json::Error> {
        let mut vocabulary = Vocabulary::default();
        let mut languages = FxHashMap::default();
        let documents = WORDS.with_borrow_mut(|words| {
            words.begin_part();
            let mut terms = Terms { words, vocabulary: &mut vocabulary, keys: Vec::new() };
            let document = |entry: &Entry| {
                let language = entry.language.as_deref().and_then(Language::from_tag).unwrap_or(language);
                *languages.entry(language).or_insert(0) += 1;
                document(fields, entry, language, &mut terms)
            };
            entries.iter().map(document).collect()
        });
        Ok(Prepared { documents, blocks: packer.blocks(entries)?, vocabulary, languages })
    }
}

fn document(fields: Fields, entry: &Entry, language: Language, terms: &mut Terms<'_>) -> TantivyDocument {
    terms.words.begin_entry(language);
    terms.surface(&entry.question, QUESTION_REPEATED);
    for alias in &entry.aliases {
        terms.surface(alias, 1);
    }
    for text in entry.keywords.iter().chain(&entry.help_ids).chain(&entry.section) {
        terms.text(text, 1);
    }
    let answer = render::plain(&entry.answer);
    // Sets of questions without answers repeat the question; it would count twice.
    if answer.trim() != entry.question.trim() {
        terms.text(&answer, 1);
    }
    let mut document = TantivyDocument::new();
    document.add_text(fields.text, terms.finish());
    document.add_text(fields.lookup, LookupKind::Id.term(&entry.id));
    for keyword in &entry.keywords {
        document.add_text(fields.lookup, LookupKind::Keyword.term(keyword));
    }
    for help_id in &entry.help_ids {
        document.add_text(fields.lookup, LookupKind::HelpId.term(help_id));
    }
    document
}

/// Reads the terms of one entry after another.
struct Terms<'a> {
    words: &'a mut Words,
    vocabulary: &'a mut Vocabulary,
    /// The keys of the terms of the text read last.
    keys: Vec<u32>,
}

impl Terms<'_> {
    /// Reads a question or an alias.
    fn surface(&mut self, text: &str, times: usize) {
        self.text(text, times);
        self.vocabulary.add_surface(&self.keys);
    }

    /// Reads a text that counts as if it stood there `times` times.
    fn text(&mut self, text: &str, times: usize) {
        self.keys.clear();
        self.words.note(text, times, self.vocabulary, &mut self.keys);
    }

    /// Ends the entry and returns its terms for the index.
    fn finish(&mut self) -> String {
        self.vocabulary.end_entry();
        self.words.lines()
    }
}
