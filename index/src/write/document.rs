//! From entries to documents of the index.

use rustc_hash::FxHashMap;
use tantivy::schema::TantivyDocument;

use super::vocabulary::Vocabulary;
use crate::analysis::{Language, tokens};
use crate::entries::{Blocks, Packer};
use crate::entry::Entry;
use crate::render;
use crate::schema::{Fields, LookupKind, QUESTION_REPEATED};
use crate::terms;

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
        let (mut vocabulary, mut stems) = (Vocabulary::default(), Stems::default());
        let mut languages = FxHashMap::default();
        let documents = entries.iter().map(|entry| {
            let language = entry.language.as_deref().and_then(Language::from_tag).unwrap_or(language);
            *languages.entry(language).or_insert(0) += 1;
            document(fields, entry, language, &mut vocabulary, &mut stems)
        });
        Ok(Prepared { documents: documents.collect(), blocks: packer.blocks(entries)?, vocabulary, languages })
    }
}

fn document(
    fields: Fields,
    entry: &Entry,
    language: Language,
    vocabulary: &mut Vocabulary,
    stems: &mut Stems,
) -> TantivyDocument {
    let mut terms = Terms::new(language, vocabulary, stems);
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
    let lines = terms.finish();
    let mut document = TantivyDocument::new();
    document.add_text(fields.text, lines);
    document.add_text(fields.lookup, LookupKind::Id.term(&entry.id));
    for keyword in &entry.keywords {
        document.add_text(fields.lookup, LookupKind::Keyword.term(keyword));
    }
    for help_id in &entry.help_ids {
        document.add_text(fields.lookup, LookupKind::HelpId.term(help_id));
    }
    document
}

/// The terms of one entry.
struct Terms<'a> {
    language: Language,
    vocabulary: &'a mut Vocabulary,
    stems: &'a mut Stems,
    /// All of them, each with its end behind it.
    lines: String,
    surfaces: Vec<Vec<u32>>,
}

impl<'a> Terms<'a> {
    fn new(language: Language, vocabulary: &'a mut Vocabulary, stems: &'a mut Stems) -> Terms<'a> {
        Terms { language, vocabulary, stems, lines: String::new(), surfaces: Vec::new() }
    }

    /// Adds a question or an alias.
    fn surface(&mut self, text: &str, times: usize) {
        let mut keys: Vec<u32> = Vec::new();
        for key in self.text(text, times) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        if !keys.is_empty() && !self.surfaces.contains(&keys) {
            self.surfaces.push(keys);
        }
    }

    /// Adds a text that counts as if it stood there `times` times, and returns the keys of its terms.
    fn text(&mut self, text: &str, times: usize) -> Vec<u32> {
        let mut keys = Vec::new();
        let Terms { vocabulary, stems, lines, language, .. } = self;
        let language = *language;
        let push_word_term = |spelling: &str, term: &mut String| stems.push_word_term(spelling, language, term);
        tokens::analyse_with(text, language, push_word_term, |token| {
            keys.push(vocabulary.note(token, language));
            for _ in 0..times {
                lines.push_str(token.term);
                lines.push(terms::END);
            }
        });
        keys
    }

    /// Ends the entry and returns its terms for the index.
    fn finish(self) -> String {
        self.vocabulary.end_entry(&self.surfaces);
        self.lines
    }
}

/// The terms of words that were met before: most come again.
#[derive(Default)]
struct Stems {
    terms: FxHashMap<Language, FxHashMap<String, String>>,
}

impl Stems {
    fn push_word_term(&mut self, spelling: &str, language: Language, term: &mut String) {
        let terms = self.terms.entry(language).or_default();
        match terms.get(spelling) {
            Some(known) => term.push_str(known),
            None => {
                let new = tokens::word_term(spelling, language);
                term.push_str(&new);
                terms.insert(spelling.to_owned(), new);
            }
        }
    }
}
