//! From entries to a pack: the index, the surfaces and the manifest.
//!
//! Entries are analysed on all processors, and one segment is written by one thread in the order of the entries with
//! nothing left to chance, so the same content gives the same bytes whatever the number of threads. tantivy puts a
//! random id into the segment's file names and its description; a pack names files by what they hold, and the
//! description is written with an id of zeros.

mod document;
mod vocabulary;

use std::collections::HashMap;
use std::path::PathBuf;

use tantivy::directory::{Directory, OwnedBytes, RamDirectory};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::schema::Schema;
use tantivy::store::Compressor;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, IndexSettings};

use crate::analysis::{self, Language};
use crate::content::Content;
use crate::entries::Packer;
use crate::entry::Entry;
use crate::manifest::Manifest;
use crate::pack::{self, directory::SEGMENT_FILES};
use crate::parallel;
use crate::progress::{Reporter, Stage};
use crate::schema::{LookupKind, TERMS, schema};
use crate::search::synonyms::Synonyms;
use crate::terms;
use document::Prepared;
use vocabulary::Vocabulary;

/// How much memory the segment writer may use before it would have to flush; it never does.
const WRITER_BYTES: usize = 15_000_000;
/// Entries that one thread prepares at a time: enough for most of their words to come again, and whole blocks of them.
const PART: usize = 1_024;
/// The segment file that tantivy opens and nobody asks for: a pack keeps entries itself.
const UNREAD: &str = "store";

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

/// What becomes of entries once they are in the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// They stay.
    Keep,
    /// Each is emptied when nothing more is to be done with it: together they are the larger part of the memory.
    Empty,
}

/// Returns the pack of the entries of `content`.
pub(crate) fn pack(name: &str, content: &mut Content, then: Then, reporter: &Reporter) -> Result<Vec<u8>, WriteError> {
    let Content { settings, entries, redirects, .. } = content;
    let count = u32::try_from(entries.len()).map_err(|_| WriteError::TooLarge)?;
    let language = settings.language.as_deref().and_then(Language::from_tag).unwrap_or(Language::DEFAULT);
    let languages = languages(entries, language);
    let (schema, fields) = schema();
    let directory = RamDirectory::create();
    let mut writer = index_writer(schema, &directory)?;
    let mut vocabulary = Vocabulary::default();
    let mut hasher = twox_hash::XxHash3_128::new();
    let mut former = redirects.iter().peekable();
    let stage = reporter.stage(Stage::Indexing, entries.len());
    let packer = Packer::new(entries, PART)?;
    let mut blocks = Vec::new();
    let mut position = 0;
    parallel::in_order(
        entries,
        PART,
        |part| {
            let prepared = Prepared::of(part, fields, language, &packer);
            if then == Then::Empty {
                part.fill_with(Entry::default);
            }
            prepared
        },
        |part| {
            let Prepared { documents, blocks: of_part, vocabulary: words } = part?;
            vocabulary.append(words);
            hasher.write(&of_part.lines);
            blocks.extend(of_part.packed);
            for mut document in documents {
                while let Some(redirect) = former.next_if(|redirect| redirect.position == position) {
                    hasher.write(redirect.from.as_bytes());
                    document.add_text(fields.lookup, LookupKind::Former.term(&redirect.from));
                }
                writer.add_document(document)?;
                position += 1;
                stage.advance();
            }
            Ok::<_, WriteError>(())
        },
    )?;
    if then == Then::Empty {
        *entries = Vec::new();
    }
    let index = writer.finalize()?;
    let id = segment_id(&index)?;
    let manifest = Manifest {
        name: name.to_owned(),
        languages,
        entries: count,
        analyser: analysis::VERSION,
        content_hash: format!("{:032x}", hasher.finish_128()),
        has_hiragana: vocabulary.has_hiragana,
        source: settings.source.clone(),
    };
    let synonyms = Synonyms::new(&settings.synonyms, language);
    let mut sections = vec![
        (pack::MANIFEST, vec![OwnedBytes::new(serde_json::to_vec(&manifest)?)]),
        (pack::SYNONYMS, vec![OwnedBytes::new(serde_json::to_vec(&synonyms)?)]),
        (pack::SURFACES, vec![OwnedBytes::new(vocabulary.surfaces().ok_or(WriteError::TooLarge)?)]),
        (pack::ENTRIES, packer.section(blocks)),
        (pack::META, vec![OwnedBytes::new(meta(&directory, &id)?)]),
    ];
    for extension in SEGMENT_FILES {
        let file =
            if extension == UNREAD { Some(empty(extension)?) } else { segment_file(&directory, &id, extension)? };
        sections.extend(file.map(|file| (extension, vec![file])));
    }
    Ok(pack::write::write(sections))
}

/// Starts an index of one segment.
fn index_writer(schema: Schema, directory: &RamDirectory) -> tantivy::Result<SingleSegmentIndexWriter> {
    // Said and not left to the default, which depends on the features that others in a program ask of tantivy.
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let tokenizers = TokenizerManager::default();
    tokenizers.register(TERMS, terms::Lines);
    let builder = Index::builder().schema(schema).tokenizers(tokenizers).settings(settings);
    builder.single_segment_index_writer(directory.clone(), WRITER_BYTES)
}

/// Returns the segment file `extension` of an index without entries.
fn empty(extension: &str) -> Result<OwnedBytes, WriteError> {
    let directory = RamDirectory::create();
    let index = index_writer(schema().0, &directory)?.finalize()?;
    let id = segment_id(&index)?;
    Ok(segment_file(&directory, &id, extension)?.unwrap_or_else(OwnedBytes::empty))
}

fn segment_id(index: &Index) -> tantivy::Result<String> {
    let segments = index.searchable_segment_metas()?;
    Ok(segments.first().map(|segment| segment.id().uuid_string()).unwrap_or_default())
}

fn segment_file(directory: &RamDirectory, id: &str, extension: &str) -> tantivy::Result<Option<OwnedBytes>> {
    match directory.open_read(&PathBuf::from(format!("{id}.{extension}"))) {
        Ok(file) => Ok(Some(file.read_bytes()?)),
        Err(_) => Ok(None),
    }
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
