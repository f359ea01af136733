//! The index as one segment of tantivy's.
//!
//! tantivy puts a random id into the segment's file names and its description; a pack names files by what they hold, and
//! the description is written with an id of zeros.

use std::io::{self, Write};
use std::path::PathBuf;

use tantivy::directory::{CompositeWrite, Directory, OwnedBytes, RamDirectory};
use tantivy::fieldnorm::{FieldNormReader, FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::{Segment, SegmentComponent};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::postings::TermInfo;
use tantivy::postings::serializer::PostingsSerializer;
use tantivy::schema::{Field, IndexRecordOption, TantivyDocument};
use tantivy::store::Compressor;
use tantivy::termdict::TermDictionaryBuilder;
use tantivy::{Index, IndexSettings};

use super::WriteError;
use super::postings::Postings;
use crate::pack::{self, directory::SEGMENT_FILES};
use crate::parallel;
use crate::schema::schema;

/// How much memory the segment writer may use before it would have to flush; it is given nothing to index.
const WRITER_BYTES: usize = 15_000_000;
/// The segment file that tantivy opens and nobody asks for: a pack keeps entries itself.
const UNREAD: &str = "store";

/// Terms whose lists one thread packs at a time.
const TERMS: usize = 1_024;
/// tantivy packs the entries of a list in blocks of so many; the rest is no block.
const TANTIVY_BLOCK: u32 = 128;

/// Returns the sections of the pack that the segment takes up, the largest first: of entries of so many terms each, with
/// the terms of their texts and what they are looked up by.
pub(super) fn sections(
    lengths: &[u32],
    text: &Postings,
    lookup: &Postings,
) -> Result<Vec<(&'static str, OwnedBytes)>, WriteError> {
    let directory = RamDirectory::create();
    let index = without_terms(lengths.len(), &directory)?;
    let (bare, full) = (segment_id(&index)?, index.new_segment());
    write(&full, lengths, text, lookup)?;
    let mut sections = Vec::new();
    for extension in SEGMENT_FILES {
        let file = match file(&directory, &full.id().uuid_string(), extension)? {
            None if extension == UNREAD => Some(empty(extension)?),
            None => file(&directory, &bare, extension)?,
            full => full,
        };
        sections.extend(file.map(|file| (extension, file)));
    }
    sections.push((pack::META, OwnedBytes::new(meta(&directory, &bare)?)));
    sections.sort_by_key(|(_, file)| std::cmp::Reverse(file.len()));
    Ok(sections)
}

/// Makes an index of one segment, whose documents hold nothing.
fn without_terms(count: usize, directory: &RamDirectory) -> tantivy::Result<Index> {
    // Said and not left to the default, which depends on the features that others in a program ask of tantivy.
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let builder = Index::builder().schema(schema().0).settings(settings);
    let mut writer: SingleSegmentIndexWriter = builder.single_segment_index_writer(directory.clone(), WRITER_BYTES)?;
    for _ in 0..count {
        writer.add_document(TantivyDocument::new())?;
    }
    writer.finalize()
}

/// Returns the segment file `extension` of an index without entries.
fn empty(extension: &str) -> Result<OwnedBytes, WriteError> {
    let directory = RamDirectory::create();
    let id = segment_id(&without_terms(0, &directory)?)?;
    Ok(file(&directory, &id, extension)?.unwrap_or_else(OwnedBytes::empty))
}

/// Writes the files of a segment that say which entries hold which terms.
fn write(segment: &Segment, lengths: &[u32], text: &Postings, lookup: &Postings) -> tantivy::Result<()> {
    let (schema, fields) = schema();
    let mut norms = FieldNormsWriter::for_schema(&schema);
    for (position, &length) in (0..).zip(lengths) {
        norms.record(position, fields.text, length);
    }
    norms.serialize(FieldNormsSerializer::from_write(segment.open_write(SegmentComponent::FieldNorms)?)?, None)?;
    let norms = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
    let mut files = Files::open(segment)?;
    files.write(fields.text, text, norms.get_field(fields.text)?.as_ref())?;
    files.write(fields.lookup, lookup, None)?;
    Ok(files.close()?)
}

/// The files that tantivy's `InvertedIndexSerializer` writes; here lists of entries are packed on all processors.
struct Files {
    terms: CompositeWrite,
    postings: CompositeWrite,
    positions: CompositeWrite,
}

impl Files {
    fn open(segment: &Segment) -> tantivy::Result<Files> {
        let open = |component| segment.open_write(component).map(CompositeWrite::wrap);
        Ok(Files {
            terms: open(SegmentComponent::Terms)?,
            postings: open(SegmentComponent::Postings)?,
            positions: open(SegmentComponent::Positions)?,
        })
    }

    /// Writes a field, with how often each entry holds a term if it is known how long entries are.
    fn write(&mut self, field: Field, postings: &Postings, norms: Option<&FieldNormReader>) -> io::Result<()> {
        let out = self.postings.for_field(field);
        out.write_all(&postings.tokens().to_le_bytes())?;
        self.positions.for_field(field);
        let mut terms = TermDictionaryBuilder::create(self.terms.for_field(field))?;
        let (mut slots, mut start) = (postings.in_order(), 0);
        parallel::in_order(
            &mut slots,
            TERMS,
            |slots| Packed::of(slots, postings, norms),
            |packed| {
                let Packed { terms: of_terms, bytes } = packed?;
                for (slot, length) in of_terms {
                    let postings_range = start..start + length;
                    start = postings_range.end;
                    let info = TermInfo { doc_freq: postings.entries(slot), postings_range, positions_range: 0..0 };
                    terms.insert(postings.name(slot), &info)?;
                }
                out.write_all(&bytes)
            },
        )?;
        terms.finish()?;
        Ok(())
    }

    fn close(self) -> io::Result<()> {
        self.terms.close()?;
        self.postings.close()?;
        self.positions.close()
    }
}

/// The lists of entries of some terms, as tantivy keeps them.
struct Packed {
    /// Each term with the length of its list.
    terms: Vec<(u32, usize)>,
    /// The lists, one behind the other.
    bytes: Vec<u8>,
}

impl Packed {
    fn of(slots: &[u32], postings: &Postings, norms: Option<&FieldNormReader>) -> io::Result<Packed> {
        let record = if norms.is_some() { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let mean = norms.map_or(0.0, |norms| postings.tokens() as f32 / norms.num_docs() as f32);
        let serializer = || PostingsSerializer::new(mean, record, norms.cloned());
        let mut one = serializer();
        let mut packed = Packed { terms: Vec::with_capacity(slots.len()), bytes: Vec::new() };
        postings.lists(slots, |slot, list| {
            let (entries, start) = (postings.entries(slot), packed.bytes.len());
            one.new_term(entries, norms.is_some());
            for &(position, times) in list {
                one.write_doc(position, times);
            }
            one.close_term(entries, &mut packed.bytes)?;
            packed.terms.push((slot, packed.bytes.len() - start));
            if entries >= TANTIVY_BLOCK {
                // It would count the next list from the last whole block of this one.
                one = serializer();
            }
            Ok::<_, io::Error>(())
        })?;
        Ok(packed)
    }
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
