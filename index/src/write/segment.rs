//! The index as one segment of tantivy's, written into a pack.
//!
//! What says which entries hold which terms is written here, as tantivy's `InvertedIndexSerializer` does, but lists of
//! entries are packed on all processors and go into the pack at once. The rest is of a segment whose documents hold nothing.
//!
//! tantivy puts a random id into the segment's file names and its description; a pack names files by what they hold, and
//! the description is written with an id of zeros.

use std::io::{self, Seek, Write};
use std::path::PathBuf;

use tantivy::directory::footer::Footer;
use tantivy::directory::{AntiCallToken, CompositeWrite, Directory, FileSlice, RamDirectory, TerminatingWrite};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::postings::TermInfo;
use tantivy::postings::serializer::PostingsSerializer;
use tantivy::schema::{IndexRecordOption, TantivyDocument};
use tantivy::store::Compressor;
use tantivy::termdict::TermDictionaryBuilder;
use tantivy::{Index, IndexSettings};

use super::postings::Postings;
use super::{WriteError, section};
use crate::pack;
use crate::pack::write::Writer;
use crate::parallel;
use crate::schema::schema;

/// How much memory the segment writer may use before it would have to flush; it is given nothing to index.
const WRITER_BYTES: usize = 15_000_000;
/// What tantivy's files end with.
const FOOTER_MAGIC: u32 = 1337;
/// Terms whose lists one thread packs at a time.
const TERMS: usize = 4_096;
/// tantivy packs the entries of a list in blocks of so many; the rest is no block.
const TANTIVY_BLOCK: u32 = 128;

/// Writes the segment of entries of so many terms each, from the terms of their texts and what they are looked up by.
pub(super) fn write<W: Write + Seek>(
    pack: &mut Writer<W>,
    lengths: &[u32],
    text: &Postings,
    lookup: &Postings,
) -> Result<(), WriteError> {
    let (rest, written) = parallel::both(|| Rest::of(lengths.len()), || write_fields(pack, lengths, text, lookup));
    written?;
    let rest = rest?;
    for (name, bytes) in [(pack::META, rest.meta), ("fast", rest.fast), ("store", rest.store)] {
        section(pack, name, &bytes)?;
    }
    Ok(())
}

fn write_fields<W: Write + Seek>(
    pack: &mut Writer<W>,
    lengths: &[u32],
    text: &Postings,
    lookup: &Postings,
) -> Result<(), WriteError> {
    let (_, fields) = schema();
    let norms: Vec<u8> = lengths.iter().map(|&length| FieldNormReader::fieldnorm_to_id(length)).collect();
    let reader = FieldNormReader::open(FileSlice::from(norms.clone()))?;
    let (mut terms, mut no_positions, mut of_norms) = (Vec::new(), Vec::new(), Vec::new());
    let mut lists = CompositeWrite::wrap(File::start(pack, "idx"));
    let mut dictionary = CompositeWrite::wrap(&mut terms);
    let (of_lookup, written) = parallel::both(
        || {
            let (mut lists, mut terms) = (Vec::new(), Vec::new());
            write_field(lookup, None, &mut lists, &mut terms)?;
            Ok::<_, io::Error>((lists, terms))
        },
        || write_field(text, Some(&reader), lists.for_field(fields.text), dictionary.for_field(fields.text)),
    );
    written?;
    let (lookup_lists, lookup_terms) = of_lookup?;
    lists.for_field(fields.lookup).write_all(&lookup_lists)?;
    dictionary.for_field(fields.lookup).write_all(&lookup_terms)?;
    lists.close()?;
    dictionary.close()?;
    let mut positions = CompositeWrite::wrap(&mut no_positions);
    for field in [fields.text, fields.lookup] {
        positions.for_field(field);
    }
    positions.close()?;
    let mut file = CompositeWrite::wrap(&mut of_norms);
    file.for_field(fields.text).write_all(&norms)?;
    file.close()?;
    for (name, bytes) in [("term", terms), ("fieldnorm", of_norms), ("pos", no_positions)] {
        let mut file = File::start(pack, name);
        file.write_all(&bytes)?;
        file.terminate()?;
    }
    Ok(())
}

/// The files of a segment that do not depend on what its documents hold.
struct Rest {
    meta: Vec<u8>,
    fast: Vec<u8>,
    /// Of a segment without documents: tantivy opens what it keeps of them, and nobody asks for it.
    store: Vec<u8>,
}

impl Rest {
    fn of(count: usize) -> Result<Rest, WriteError> {
        let (full, empty) = (RamDirectory::create(), RamDirectory::create());
        let id = without_terms(count, &full)?;
        let of_none = without_terms(0, &empty)?;
        Ok(Rest { meta: meta(&full)?, fast: file(&full, &id, "fast")?, store: file(&empty, &of_none, "store")? })
    }
}

/// Makes an index of one segment, whose documents hold nothing, and returns the segment's id.
fn without_terms(count: usize, directory: &RamDirectory) -> tantivy::Result<String> {
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
    let segments = writer.finalize()?.searchable_segment_metas()?;
    Ok(segments.first().map(|segment| segment.id().uuid_string()).unwrap_or_default())
}

fn file(directory: &RamDirectory, id: &str, extension: &str) -> Result<Vec<u8>, WriteError> {
    let file = directory.open_read(&PathBuf::from(format!("{id}.{extension}"))).map_err(tantivy::TantivyError::from)?;
    Ok(file.read_bytes()?.to_vec())
}

/// Returns tantivy's description of an index of one segment, with zeros for the random id of that.
fn meta(directory: &RamDirectory) -> Result<Vec<u8>, WriteError> {
    let meta = directory.atomic_read(&PathBuf::from(pack::META)).map_err(tantivy::TantivyError::from)?;
    let mut meta: serde_json::Value = serde_json::from_slice(&meta)?;
    for segment in meta["segments"].as_array_mut().into_iter().flatten() {
        segment["segment_id"] = "00000000-0000-0000-0000-000000000000".into();
    }
    Ok(serde_json::to_vec(&meta)?)
}

/// A section of a pack as a file of tantivy's, which ends with a checksum of its own that nobody asks for.
struct File<'a, W> {
    pack: &'a mut Writer<W>,
    checksum: crc32fast::Hasher,
}

impl<W: Write + Seek> File<'_, W> {
    fn start<'a>(pack: &'a mut Writer<W>, name: &str) -> File<'a, W> {
        pack.start(name);
        File { pack, checksum: crc32fast::Hasher::new() }
    }
}

impl<W: Write + Seek> Write for File<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.checksum.update(bytes);
        self.pack.write(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write + Seek> TerminatingWrite for File<'_, W> {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        let footer = Footer { version: tantivy::version().clone(), crc: self.checksum.clone().finalize() };
        let footer = serde_json::to_vec(&footer)?;
        self.pack.write(&footer)?;
        self.pack.write(&(footer.len() as u32).to_le_bytes())?;
        self.pack.write(&FOOTER_MAGIC.to_le_bytes())
    }
}

/// Writes the lists of a field and the dictionary of its terms, with how often each entry holds a term if it is known how
/// long entries are.
fn write_field(
    postings: &Postings,
    norms: Option<&FieldNormReader>,
    lists: &mut impl Write,
    terms: &mut impl Write,
) -> io::Result<()> {
    lists.write_all(&postings.tokens().to_le_bytes())?;
    let mut terms = TermDictionaryBuilder::create(terms)?;
    let (mut slots, mut start) = (postings.slots_by_name(), 0);
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
            lists.write_all(&bytes)
        },
    )?;
    terms.finish()?;
    Ok(())
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
