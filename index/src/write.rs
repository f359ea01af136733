//! From entries to a pack: the index, the surfaces and the manifest.
//!
//! One segment is written by one thread with nothing left to chance, so the same content gives the same bytes. tantivy
//! puts a random id into the segment's file names and its description; a pack names files by what they hold, and the
//! description is written with an id of zeros.

use std::collections::HashMap;
use std::path::PathBuf;

use tantivy::directory::{Directory, RamDirectory};
use tantivy::schema::TantivyDocument;
use tantivy::store::Compressor;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, IndexSettings};

use crate::analysis::{self, Language, weight};
use crate::content::Content;
use crate::entry::Entry;
use crate::manifest::Manifest;
use crate::pack::{self, directory::SEGMENT_FILES};
use crate::progress::{Reporter, Stage};
use crate::render;
use crate::schema::{Fields, LookupKind, QUESTION_REPEATED, TERMS, schema};
use crate::search::rarity;
use crate::search::synonyms::Synonyms;
use crate::{surfaces, terms};

/// How much memory the segment writer may use before it would have to flush; it never does.
const WRITER_BYTES: usize = 15_000_000;

/// Why entries could not be made into a pack.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    #[error("the index could not be written")]
    Index(#[from] tantivy::TantivyError),
    #[error("the manifest or an entry could not be written as JSON")]
    Json(#[from] serde_json::Error),
    #[error("more than 4 GiB of questions and aliases")]
    TooLarge,
}

/// Returns the pack of `entries`.
pub(crate) fn pack(name: &str, content: &Content, reporter: &Reporter) -> Result<Vec<u8>, WriteError> {
    let Content { settings, entries, redirects, .. } = content;
    let language = settings.language.as_deref().and_then(Language::from_tag).unwrap_or(Language::DEFAULT);
    let (schema, fields) = schema();
    let directory = RamDirectory::create();
    let index_settings = IndexSettings {
        docstore_compression: Compressor::Lz4,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let tokenizers = TokenizerManager::default();
    tokenizers.register(TERMS, terms::Lines);
    let mut writer = Index::builder()
        .schema(schema)
        .tokenizers(tokenizers)
        .settings(index_settings)
        .single_segment_index_writer::<TantivyDocument>(directory.clone(), WRITER_BYTES)?;
    let mut vocabulary = Vocabulary::default();
    let mut hasher = xxhash_rust::xxh3::Xxh3Default::new();
    let mut former = redirects.iter().peekable();
    let stage = reporter.stage(Stage::Indexing, entries.len());
    for (position, entry) in entries.iter().enumerate() {
        let stored = serde_json::to_string(entry)?;
        hasher.update(stored.as_bytes());
        let mut document = document(fields, entry, &stored, language, &mut vocabulary);
        while let Some(redirect) = former.next_if(|redirect| redirect.position == position) {
            hasher.update(redirect.from.as_bytes());
            document.add_text(fields.lookup, LookupKind::Former.term(&redirect.from));
        }
        writer.add_document(document)?;
        stage.advance();
    }
    let index = writer.finalize()?;
    let segments = index.searchable_segment_metas()?;
    let manifest = Manifest {
        name: name.to_owned(),
        languages: languages(entries, language),
        entries: u32::try_from(entries.len()).map_err(|_| WriteError::TooLarge)?,
        analyser: analysis::VERSION,
        content_hash: format!("{:032x}", hasher.digest128()),
        has_hiragana: vocabulary.has_hiragana,
        source: settings.source.clone(),
    };
    let mut sections = vec![
        (pack::MANIFEST.to_owned(), serde_json::to_vec(&manifest)?),
        (pack::SYNONYMS.to_owned(), serde_json::to_vec(&Synonyms::new(&settings.synonyms, language))?),
        (pack::SURFACES.to_owned(), vocabulary.surfaces(entries.len()).ok_or(WriteError::TooLarge)?),
    ];
    let id = segments.first().map(|segment| segment.id().uuid_string()).unwrap_or_default();
    sections.push((pack::META.to_owned(), meta(&directory, &id)?));
    for extension in SEGMENT_FILES {
        let path = PathBuf::from(format!("{id}.{extension}"));
        if let Ok(file) = directory.open_read(&path) {
            let bytes = file.read_bytes().map_err(tantivy::TantivyError::from)?;
            sections.push((extension.to_owned(), bytes.to_vec()));
        }
    }
    Ok(pack::write::write(&sections))
}

/// Returns tantivy's description of the index with zeros for the segment's random id.
fn meta(directory: &RamDirectory, id: &str) -> Result<Vec<u8>, WriteError> {
    let meta = directory.atomic_read(&PathBuf::from(pack::META)).map_err(tantivy::TantivyError::from)?;
    let mut meta: serde_json::Value = serde_json::from_slice(&meta)?;
    if let Some(segments) = meta["segments"].as_array_mut() {
        for segment in segments.iter_mut().filter(|_| !id.is_empty()) {
            segment["segment_id"] = "00000000-0000-0000-0000-000000000000".into();
        }
    }
    Ok(serde_json::to_vec(&meta)?)
}

fn document(
    fields: Fields,
    entry: &Entry,
    stored: &str,
    language: Language,
    vocabulary: &mut Vocabulary,
) -> TantivyDocument {
    let language = entry.language.as_deref().and_then(Language::from_tag).unwrap_or(language);
    let mut terms = Terms::new(language, vocabulary);
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
    document.add_text(fields.entry, stored);
    document
}

/// Every term met so far, and the surfaces of every entry as keys of terms.
#[derive(Default)]
struct Vocabulary {
    /// For each key of a term of a surface: its base weight with Chinese and with Japanese characters, the number of
    /// entries that hold it, and the last of them, counted from 1.
    terms: HashMap<u32, Known>,
    surfaces: Vec<Vec<Vec<u32>>>,
    has_hiragana: bool,
}

struct Known {
    chinese: f32,
    japanese: f32,
    entries: u32,
    last: usize,
}

impl Vocabulary {
    fn surfaces(&self, entries: usize) -> Option<Vec<u8>> {
        let count = entries as f32;
        let weight = |key: u32| {
            let Some(known) = self.terms.get(&key) else { return 0.0 };
            let base = if self.has_hiragana { known.japanese } else { known.chinese };
            base * rarity(known.entries as f32, count)
        };
        surfaces::write(self.surfaces.iter(), weight)
    }
}

/// The terms of one entry.
struct Terms<'a> {
    language: Language,
    vocabulary: &'a mut Vocabulary,
    /// All of them, each with its end behind it.
    lines: String,
    surfaces: Vec<Vec<u32>>,
}

impl<'a> Terms<'a> {
    fn new(language: Language, vocabulary: &'a mut Vocabulary) -> Terms<'a> {
        Terms { language, vocabulary, lines: String::new(), surfaces: Vec::new() }
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
        let Terms { vocabulary, lines, language, .. } = self;
        let language = *language;
        let entry = vocabulary.surfaces.len() + 1;
        analysis::analyse(text, language, |token| {
            let key = surfaces::key(token.term);
            vocabulary.has_hiragana |= token.term.chars().any(|c| ('\u{3041}'..='\u{309f}').contains(&c));
            let known = vocabulary.terms.entry(key).or_insert_with(|| {
                let base = |han| weight::base(token.term, token.spelling, token.class, han, language);
                Known {
                    chinese: base(weight::HanUse::Chinese),
                    japanese: base(weight::HanUse::Japanese),
                    entries: 0,
                    last: 0,
                }
            });
            if known.last != entry {
                (known.entries, known.last) = (known.entries + 1, entry);
            }
            keys.push(key);
            for _ in 0..times {
                lines.push_str(token.term);
                lines.push(terms::END);
            }
        });
        keys
    }

    /// Ends the entry and returns its terms for the index.
    fn finish(self) -> String {
        self.vocabulary.surfaces.push(self.surfaces);
        self.lines
    }
}

/// Lists the languages of the entries, the most common first.
fn languages(entries: &[Entry], default: Language) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for entry in entries {
        let language = entry.language.as_deref().and_then(Language::from_tag).unwrap_or(default);
        *counts.entry(language.tag().to_owned()).or_default() += 1;
    }
    let mut languages: Vec<(usize, String)> = counts.into_iter().map(|(tag, count)| (count, tag)).collect();
    languages.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
    if languages.is_empty() {
        return vec![default.tag().to_owned()];
    }
    languages.into_iter().map(|(_, tag)| tag).collect()
}
