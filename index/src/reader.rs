//! An opened pack and its parts, which search, lookup and completion read.
//!
//! [`Reader`] stands below the search, so that no part of it depends on the interface that called it.

use std::sync::{Arc, OnceLock};

use ownedbytes::OwnedBytes;
use serde::de::DeserializeOwned;

use crate::engine::bm25::Lengths;
use crate::engine::dictionary::Dictionary;
use crate::engine::filter::Filter;
use crate::engine::inverted_index::{Field, InvertedIndex};
use crate::engine::schema::LookupKind;
use crate::error::{PackError, SearchError, damaged};
use crate::markdown::version_blocks;
use crate::meaning::{LanguageWords, QuestionVector, Vectors, verify_tables};
use crate::model::entry::Entry;
use crate::model::expected::ExpectedQuestion;
use crate::model::manifest::Manifest;
use crate::pack;
use crate::pack::editions::{Edition, Editions};
use crate::pack::entries::Entries;
use crate::pack::exact::ExactPhrasings;
use crate::pack::phrasings::Phrasings;
use crate::pack::read::Pack;
use crate::sentences::{EncoderState, QuestionSentence, SentenceEncoder, SentenceVectors};
use crate::text::language::Language;
use crate::text::synonyms::Synonyms;
use crate::text::version::VersionRange;

/// An opened pack and its parts.
pub(crate) struct Reader {
    pub(crate) pack: Pack,
    pub(crate) manifest: Manifest,
    pub(crate) index: InvertedIndex,
    pub(crate) entries: Entries,
    /// The editions of entries, if there are several of any.
    pub(crate) editions: Option<Editions>,
    pub(crate) dictionary: Dictionary,
    pub(crate) phrasings: Phrasings,
    pub(crate) exact: ExactPhrasings,
    pub(crate) synonyms: Synonyms,
    /// The vectors, if the pack has some that this program can compare with.
    pub(crate) vectors: Option<Vectors>,
    /// The sentence vectors, if the pack has some.
    pub(crate) sentences: Option<SentenceVectors>,
    /// The encoder that questions are compared by with these.
    pub(crate) encoder: OnceLock<Arc<SentenceEncoder>>,
}

impl Reader {
    /// Opens the pack in `bytes`: checks its ends, its manifest and the counts that all parts must agree on.
    pub(crate) fn open(bytes: &OwnedBytes) -> Result<Reader, PackError> {
        let pack = Pack::parse(bytes)?;
        let manifest = Manifest::read(pack.required(pack::MANIFEST)?.all()?);
        let manifest = manifest.map_err(|error| error.within(pack::MANIFEST))?;
        let synonyms: Synonyms = json(&pack, pack::SYNONYMS)?;
        let synonyms = synonyms.index().map_err(|error| error.within(pack::SYNONYMS))?;
        let count = manifest.entries;
        let index = InvertedIndex::open(&pack, Field::Text, count)?;
        // This section has an offset for each entry, so from here on the claimed number of entries is plausible.
        let phrasings = Phrasings::open(&pack.required(pack::PHRASINGS)?, count, index.terms());
        let phrasings = phrasings.map_err(|error| error.within(pack::PHRASINGS))?;
        let exact = ExactPhrasings::open(pack.required(pack::EXACT)?).map_err(|error| error.within(pack::EXACT))?;
        let entries = Entries::open(pack.required(pack::ENTRIES)?, count);
        let entries = entries.map_err(|error| error.within(pack::ENTRIES))?;
        if pack.required(pack::LENGTHS)?.len() != count as usize {
            return Err(damaged("the number of lengths differs from the number of entries").within(pack::LENGTHS));
        }
        let mut vectors = match pack.section(pack::VECTORS) {
            Some(section) => Vectors::open(&section, count, &pack).map_err(|error| error.within(pack::VECTORS))?,
            None => None,
        };
        if let (Some(vectors), Some(weight)) = (&mut vectors, manifest.meaning_weight) {
            vectors.set_weight(weight);
        }
        let sentences = match pack.section(pack::SENTENCES) {
            Some(section) => {
                Some(SentenceVectors::open(&section, count).map_err(|error| error.within(pack::SENTENCES))?)
            }
            None => None,
        };
        let editions = pack.section(pack::EDITIONS).map(|section| Editions::open(&section)).transpose()?;
        let words = LanguageWords::of(&pack)?;
        let sisters = editions.as_ref().map_or(0, Editions::surplus);
        let dictionary = Dictionary::new(index.clone(), &manifest, &languages(&manifest), words).with_sisters(sisters);
        let encoder = OnceLock::new();
        Ok(Reader {
            pack,
            manifest,
            index,
            entries,
            editions,
            dictionary,
            phrasings,
            exact,
            synonyms,
            vectors,
            sentences,
            encoder,
        })
    }

    /// Reads the whole pack: every byte, entry, phrasing, vector, posting list and id.
    pub(crate) fn verify(&self) -> Result<(), PackError> {
        self.pack.verify()?;
        self.index.verify()?;
        self.phrasings.verify().map_err(|error| error.within(pack::PHRASINGS))?;
        verify_tables(&self.pack)?;
        if let Some(vectors) = &self.vectors {
            vectors.verify().map_err(|error| error.within(pack::VECTORS))?;
        }
        if let Some(sentences) = &self.sentences {
            sentences.verify().map_err(|error| error.within(pack::SENTENCES))?;
        }
        if let Some(editions) = &self.editions {
            editions.verify(self.manifest.entries)?;
        }
        self.expected_questions()?;
        let rows = self.phrasings.exact_rows()?;
        self.exact.verify(&rows).map_err(|error| error.within(pack::EXACT))?;
        self.verify_entries()
    }

    /// Reads the entries and their lookup names.
    fn verify_entries(&self) -> Result<(), PackError> {
        let lookup = self.lookup_index()?;
        lookup.verify()?;
        for (position, entry) in (0..).zip(self.entries.iter()) {
            let entry = entry.map_err(|SearchError::Pack(error)| error)?;
            if !lookup.positions(&LookupKind::Id.term(&entry.id))?.contains(&position) {
                return Err(damaged(format!("the entry `{}` is not found by its id", entry.id)));
            }
        }
        Ok(())
    }

    /// Returns the vector of a question; none if the pack has no vectors that can be compared, or the question no meaning.
    pub(crate) fn vector_of(&self, question: &str) -> Result<Option<QuestionVector<'_>>, PackError> {
        Ok(self.vectors.as_ref().map(|vectors| QuestionVector::of(question, vectors)).transpose()?.flatten())
    }

    /// Returns the vector of a question by the sentence encoder; none if the pack has no sentence vectors, or no encoder
    /// that can be used.
    pub(crate) fn sentence_of(&self, question: &str) -> Option<QuestionSentence<'_>> {
        self.sentences.as_ref()?.question(question, self.encoder.get()?)
    }

    /// Returns the readiness to compare questions by a sentence encoder.
    pub(crate) fn encoder_state(&self) -> EncoderState {
        match (&self.sentences, self.encoder.get()) {
            (None, _) => EncoderState::NotNeeded,
            (Some(sentences), Some(encoder)) => sentences.state(encoder),
            (Some(_), None) if cfg!(feature = "encoder") => EncoderState::Missing,
            (Some(_), None) => EncoderState::Unsupported,
        }
    }

    /// Reads the expected questions, which no search needs.
    pub(crate) fn expected_questions(&self) -> Result<Vec<ExpectedQuestion>, PackError> {
        let Some(section) = self.pack.section(pack::QUESTIONS) else { return Ok(Vec::new()) };
        let lines = section.all()?.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
        let unreadable = |error| damaged(format!("a question cannot be read: {error}")).within(pack::QUESTIONS);
        lines.map(|line| serde_json::from_slice(line).map_err(unreadable)).collect()
    }

    /// Returns the entry at `position`.
    pub(crate) fn entry_at(&self, position: u32) -> Result<Entry, SearchError> {
        self.entries.at(position)
    }

    /// Returns the number of entries to find for `wanted` hits, of which each may have several editions.
    pub(crate) fn depth(&self, wanted: usize) -> usize {
        /// Hardly a question finds all editions of an entry.
        const FOUND_MAX: usize = 8;
        wanted.saturating_mul(self.editions.as_ref().map_or(1, |editions| editions.most().clamp(1, FOUND_MAX)))
    }

    /// Returns the position of the original among the editions of the entry at `position`; its own if there are no others.
    pub(crate) fn original(&self, position: u32) -> Result<u32, PackError> {
        self.editions.as_ref().map_or(Ok(position), |editions| editions.original(position))
    }

    /// Returns the editions of the id of the entry at `position`, as [`Editions::sisters`] does.
    pub(crate) fn sisters(&self, position: u32) -> Result<Vec<Edition<'_>>, PackError> {
        self.editions.as_ref().map_or(Ok(Vec::new()), |editions| editions.sisters(position))
    }

    /// Returns the entry at `position` as it is shown to a reader who has the latest version.
    pub(crate) fn shown_at(&self, position: u32) -> Result<Entry, SearchError> {
        Ok(self.shown(self.entry_at(position)?, None))
    }

    /// Returns an entry with the blocks of its answer that are for a version in `asked`, or else for the latest that it is for.
    pub(crate) fn shown(&self, mut entry: Entry, asked: Option<&VersionRange>) -> Entry {
        if self.editions.as_ref().is_some_and(|editions| editions.newest().is_some()) {
            let own = VersionRange::of(entry.since.as_deref(), entry.until.as_deref()).unwrap_or_default();
            entry.answer = version_blocks::shown(&entry.answer, &own, asked).unwrap_or(entry.answer);
        }
        entry
    }

    /// Returns the language of entries that name none.
    fn default_language(&self) -> Language {
        Language::of(Some(&self.manifest.language), Language::DEFAULT)
    }

    /// Returns the tag of the language of `entry`.
    pub(crate) fn tag_of<'a>(&'a self, entry: &'a Entry) -> &'a str {
        entry.language.as_deref().unwrap_or(&self.manifest.language)
    }

    /// Returns the language that `entry` was analysed in.
    pub(crate) fn language_of(&self, entry: &Entry) -> Language {
        Language::of(entry.language.as_deref(), self.default_language())
    }

    /// Returns the mean number of terms of an entry that `filter` admits, repetitions included.
    pub(crate) fn mean_length(&self, filter: Option<&Filter>) -> Result<f32, SearchError> {
        match filter {
            Some(filter) => Ok(filter.mean_length(&self.lengths()?)),
            None => Ok(self.index.mean_length()),
        }
    }

    /// Returns the length of each entry's text.
    pub(crate) fn lengths(&self) -> Result<Lengths, SearchError> {
        Lengths::open(&self.pack.required(pack::LENGTHS)?)
    }

    /// Opens the index of names, which questions do not need.
    pub(crate) fn lookup_index(&self) -> Result<InvertedIndex, PackError> {
        InvertedIndex::open(&self.pack, Field::Lookup, self.manifest.entries)
    }

    /// Returns the positions of the entries under a term of the lookup field.
    pub(crate) fn positions(&self, term: &str) -> Result<Vec<u32>, PackError> {
        self.lookup_index()?.positions(term)
    }

    /// Calls `take` with each id, or shorter form of one, that begins with `prefix`, in order, until it returns false.
    pub(crate) fn each_id(
        &self,
        kind: LookupKind,
        prefix: &str,
        mut take: impl FnMut(&str) -> bool,
    ) -> Result<(), PackError> {
        let index = self.lookup_index()?;
        let mut terms = index.with_prefix(&kind.term(prefix))?;
        // Each entry has one id, and at most four shorter forms of it.
        for _ in 0..index.entries().saturating_mul(4) {
            if !terms.advance()? {
                break;
            }
            let term = std::str::from_utf8(terms.key()).map_err(|_| damaged("an id is not UTF-8"))?;
            if !take(&term[kind.letter().len_utf8()..]) {
                break;
            }
        }
        Ok(())
    }
}

/// Reads a section that is JSON.
fn json<T: DeserializeOwned>(pack: &Pack, section: &str) -> Result<T, PackError> {
    let unreadable = |error| damaged(format!("the {section} cannot be read: {error}")).within(section);
    serde_json::from_slice(pack.required(section)?.all()?).map_err(unreadable)
}

/// Returns the languages that the manifest names, each once, and the default if it names none.
fn languages(manifest: &Manifest) -> Vec<Language> {
    let mut languages = Vec::new();
    for language in manifest.languages.iter().filter_map(|tag| Language::from_tag(tag)) {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    if languages.is_empty() {
        languages.push(Language::DEFAULT);
    }
    languages
}
