//! An opened pack and its parts, which search, lookup and completion read.
//!
//! [`Reader`] stands below the search, so that no part of it depends on the interface that called it.

use std::sync::{Arc, OnceLock};

use ownedbytes::OwnedBytes;
use serde::de::DeserializeOwned;

use crate::database::contract::Database;
use crate::database::fetched::Fetched;
use crate::engine::bm25::Lengths;
use crate::engine::dictionary::Dictionary;
use crate::engine::filter::Filter;
use crate::engine::inverted_index::{Field, InvertedIndex};
use crate::engine::names::Names;
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
#[derive(Clone)]
pub(crate) struct Reader {
    pub(crate) pack: Pack,
    pub(crate) manifest: Arc<Manifest>,
    pub(crate) index: InvertedIndex,
    pub(crate) entries: Entries,
    /// The editions of entries, if there are several of any.
    pub(crate) editions: Option<Editions>,
    pub(crate) dictionary: Dictionary,
    pub(crate) phrasings: Phrasings,
    /// The table of exact phrasings, unless a database has it.
    exact: Option<ExactPhrasings>,
    pub(crate) synonyms: Arc<Synonyms>,
    /// The vectors, if the pack has some that this program can compare with.
    pub(crate) vectors: Option<Vectors>,
    /// The sentence vectors, if the pack has some.
    pub(crate) sentences: Option<SentenceVectors>,
    /// The encoder that questions are compared by with these.
    pub(crate) encoder: OnceLock<Arc<SentenceEncoder>>,
    /// The rows that are known, if a database has the rows.
    pub(crate) fetched: Option<Arc<Fetched>>,
}

impl Reader {
    /// Opens the pack in `bytes`: checks its ends, its manifest and the counts that all parts must agree on.
    pub(crate) fn open(bytes: &OwnedBytes) -> Result<Reader, PackError> {
        let pack = Pack::parse(bytes)?;
        if pack.section(pack::PLANNING).is_some() {
            return Err(PackError::Planning);
        }
        let manifest = manifest(&pack)?;
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
        Reader::of(pack, manifest, index, Rows { phrasings, entries, exact: Some(exact), fetched: None })
    }

    /// Opens the planning pack in `bytes`, of a generation that `database` has.
    pub(crate) fn planning(bytes: &OwnedBytes, database: Arc<dyn Database>) -> Result<Reader, PackError> {
        let pack = Pack::parse(bytes)?;
        pack.required(pack::PLANNING)?;
        // A copy in a cache is replaced only if it does not open.
        pack.verify()?;
        let manifest = manifest(&pack)?;
        let fetched = Arc::new(Fetched::new(database));
        let index = InvertedIndex::open(&pack, Field::Text, manifest.entries)?.with_rows(&fetched);
        let rows = Rows::of(&fetched, &index);
        Reader::of(pack, manifest, index, rows)
    }

    fn of(pack: Pack, manifest: Manifest, index: InvertedIndex, rows: Rows) -> Result<Reader, PackError> {
        let Rows { phrasings, entries, exact, fetched } = rows;
        let synonyms: Synonyms = json(&pack, pack::SYNONYMS)?;
        let synonyms = Arc::new(synonyms.index().map_err(|error| error.within(pack::SYNONYMS))?);
        let count = manifest.entries;
        let mut vectors = match pack.section(pack::VECTORS) {
            Some(section) => {
                Vectors::open(&section, count, &pack, fetched.as_ref()).map_err(|error| error.within(pack::VECTORS))?
            }
            None => None,
        };
        if let (Some(vectors), Some(weight)) = (&mut vectors, manifest.meaning_weight) {
            vectors.set_weight(weight);
        }
        let sentences = match pack.section(pack::SENTENCES) {
            Some(section) => Some(
                SentenceVectors::open(&section, count, fetched.as_ref())
                    .map_err(|error| error.within(pack::SENTENCES))?,
            ),
            None => None,
        };
        let editions = pack.section(pack::EDITIONS).map(|section| Editions::open(&section)).transpose()?;
        let words = LanguageWords::of(&pack)?;
        let sisters = editions.as_ref().map_or(0, Editions::surplus);
        let dictionary = Dictionary::new(index.clone(), &manifest, &languages(&manifest), words).with_sisters(sisters);
        let (manifest, encoder) = (Arc::new(manifest), OnceLock::new());
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
            fetched,
        })
    }

    /// Returns the reader of a question whose rows are `fetched`; the same reader if no database has the rows.
    pub(crate) fn with_rows(&self, fetched: Option<&Arc<Fetched>>) -> Reader {
        let Some(fetched) = fetched else { return self.clone() };
        let index = self.index.clone().with_rows(fetched);
        let Rows { phrasings, entries, exact, fetched: own } = Rows::of(fetched, &index);
        Reader {
            index,
            entries,
            dictionary: self.dictionary.with_rows(fetched),
            phrasings,
            exact,
            vectors: self.vectors.as_ref().map(|vectors| vectors.with_rows(fetched)),
            sentences: self.sentences.as_ref().map(|sentences| sentences.with_rows(fetched)),
            fetched: own,
            ..self.clone()
        }
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
        if let Some(exact) = &self.exact {
            exact.verify(&self.phrasings.exact_rows()?).map_err(|error| error.within(pack::EXACT))?;
        }
        self.verify_entries()
    }

    /// Reads the entries and their lookup names.
    fn verify_entries(&self) -> Result<(), PackError> {
        if self.fetched.is_some() {
            return Ok(());
        }
        let names = self.names()?;
        names.verify()?;
        for (position, entry) in (0..).zip(self.entries.iter()) {
            let entry = match entry {
                Err(SearchError::Pack(error)) => return Err(error),
                Err(error) => return Err(damaged(error.to_string())),
                Ok(entry) => entry,
            };
            if !names.positions(&LookupKind::Id.term(&entry.id))?.contains(&position) {
                return Err(damaged(format!("the entry `{}` is not found by its id", entry.id)));
            }
        }
        Ok(())
    }

    /// Returns the hash and the entry of every phrasing, in order, unless a database has them.
    #[cfg(feature = "build")]
    pub(crate) fn exact_rows(&self) -> impl Iterator<Item = Result<(u32, u32), PackError>> + '_ {
        self.exact.iter().flat_map(ExactPhrasings::rows)
    }

    /// Returns the first entry from `position` on that has a phrasing of this hash. A database looks among the entries that
    /// `filter` admits only.
    pub(crate) fn first_with_phrasing(
        &self,
        hash: u32,
        position: u32,
        filter: Option<&Filter>,
    ) -> Result<Option<u32>, SearchError> {
        match (&self.exact, &self.fetched) {
            (Some(exact), _) => Ok(exact.first_from(hash, position)?),
            (None, Some(rows)) => {
                let condition = filter.map(Filter::condition).unwrap_or_default();
                Ok(rows.first_with_phrasing(hash, &condition, position))
            }
            (None, None) => Ok(None),
        }
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

    /// Returns true if a question is told to be in a language that no entry is in, and the sentence encoder compares it with
    /// them all the same.
    pub(crate) fn is_cross_lingual(&self, question: &str) -> bool {
        let (Some(sentences), Some(encoder)) = (&self.sentences, self.encoder.get()) else { return false };
        sentences.is_cross_lingual(question, &self.manifest.languages, encoder)
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
        match &self.fetched {
            Some(rows) => Ok(Lengths::fetched(Arc::clone(rows))),
            None => Lengths::open(&self.pack.required(pack::LENGTHS)?),
        }
    }

    /// Opens the names of entries, which questions do not need.
    pub(crate) fn names(&self) -> Result<Names, PackError> {
        match &self.fetched {
            Some(rows) => Ok(Names::Fetched(Arc::clone(rows))),
            None => Names::open(&self.pack, self.manifest.entries),
        }
    }

    /// Returns the positions of the entries under a term of the lookup field.
    pub(crate) fn positions(&self, term: &str) -> Result<Vec<u32>, PackError> {
        self.names()?.positions(term)
    }

    /// Calls `take` with each id, or shorter form of one, that begins with `prefix`, in order, until it returns false.
    pub(crate) fn each_id(
        &self,
        kind: LookupKind,
        prefix: &str,
        take: impl FnMut(&str) -> bool,
    ) -> Result<(), SearchError> {
        self.names()?.each(kind, prefix, take)
    }
}

/// The parts of a reader that have a row for each entry.
struct Rows {
    phrasings: Phrasings,
    entries: Entries,
    exact: Option<ExactPhrasings>,
    fetched: Option<Arc<Fetched>>,
}

impl Rows {
    /// Returns the parts with the rows that are known, of a generation with this index.
    fn of(fetched: &Arc<Fetched>, index: &InvertedIndex) -> Rows {
        let phrasings = Phrasings::fetched(fetched, index.terms());
        let entries = Entries::fetched(fetched, index.entries());
        Rows { phrasings, entries, exact: None, fetched: Some(Arc::clone(fetched)) }
    }
}

/// Reads the manifest of a pack.
fn manifest(pack: &Pack) -> Result<Manifest, PackError> {
    Manifest::read(pack.required(pack::MANIFEST)?.all()?).map_err(|error| error.within(pack::MANIFEST))
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
