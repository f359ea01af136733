//! The index as one segment of tantivy's, written by one thread.
//!
//! tantivy puts a random id into the segment's file names and its description; a pack names files by what they hold, and
//! the description is written with an id of zeros.

use std::path::PathBuf;

use tantivy::directory::{Directory, OwnedBytes, RamDirectory};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::schema::{Schema, TantivyDocument};
use tantivy::store::Compressor;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, IndexSettings};

use super::WriteError;
use crate::content::Redirect;
use crate::pack::{self, directory::SEGMENT_FILES};
use crate::schema::{Fields, LookupKind, TERMS, schema};
use crate::terms;

/// How much memory the segment writer may use before it would have to flush; it never does.
const WRITER_BYTES: usize = 15_000_000;
/// The segment file that tantivy opens and nobody asks for: a pack keeps entries itself.
const UNREAD: &str = "store";

/// The segment while documents are added to it.
pub(super) struct Segment {
    /// The fields of documents.
    pub(super) fields: Fields,
    directory: RamDirectory,
    writer: SingleSegmentIndexWriter,
    /// The old names of entries that are to come, the last first.
    former: Vec<Redirect>,
    position: usize,
}

impl Segment {
    pub(super) fn new(redirects: &[Redirect]) -> Result<Segment, WriteError> {
        let (directory, (schema, fields)) = (RamDirectory::create(), schema());
        let writer = writer(schema, &directory)?;
        Ok(Segment { fields, directory, writer, former: redirects.iter().rev().cloned().collect(), position: 0 })
    }

    /// Adds the document of the next entry.
    pub(super) fn add(&mut self, mut document: TantivyDocument) -> Result<(), WriteError> {
        let position = self.position;
        while let Some(redirect) = self.former.pop_if(|redirect| redirect.position == position) {
            document.add_text(self.fields.lookup, LookupKind::Former.term(&redirect.from));
        }
        self.position += 1;
        Ok(self.writer.add_document(document)?)
    }

    /// Returns the sections of the pack that the segment takes up, the largest first.
    pub(super) fn finish(self) -> Result<Vec<(&'static str, OwnedBytes)>, WriteError> {
        let index = self.writer.finalize()?;
        let id = segment_id(&index)?;
        let mut sections = Vec::new();
        for extension in SEGMENT_FILES {
            let file =
                if extension == UNREAD { Some(empty(extension)?) } else { file(&self.directory, &id, extension)? };
            sections.extend(file.map(|file| (extension, file)));
        }
        sections.push((pack::META, OwnedBytes::new(meta(&self.directory, &id)?)));
        sections.sort_by_key(|(_, file)| std::cmp::Reverse(file.len()));
        Ok(sections)
    }
}

/// Starts an index of one segment.
fn writer(schema: Schema, directory: &RamDirectory) -> tantivy::Result<SingleSegmentIndexWriter> {
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
    let index = writer(schema().0, &directory)?.finalize()?;
    let id = segment_id(&index)?;
    Ok(file(&directory, &id, extension)?.unwrap_or_else(OwnedBytes::empty))
}

fn segment_id(index: &Index) -> tantivy::Result<String> {
    let segments = index.searchable_segment_metas()?;
    Ok(segments.first().map(|segment| segment.id().uuid_string()).unwrap_or_default())
}

fn file(directory: &RamDirectory, id: &str, extension: &str) -> tantivy::Result<Option<OwnedBytes>> {
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
