//! Writes the index into a pack.
//!
//! Posting lists and dictionaries are written by the parts of tantivy's `InvertedIndexSerializer`, but posting lists
//! are packed on all processors and go into the pack at once.

use std::io::{self, Seek, Write};

use tantivy::directory::FileSlice;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::postings::serializer::PostingsSerializer;
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermDictionaryBuilder;

use super::postings::Postings;
use crate::error::WriteError;
use crate::pack;
use crate::pack::write::PackWriter;
use crate::parallel;

/// The number of terms whose lists a thread packs at a time.
const TERMS: usize = 4_096;
/// The number of postings in a block of tantivy's; the remainder of a list is no block.
const TANTIVY_BLOCK: u32 = 128;

/// Writes the index of entries with these `lengths` in terms: the postings of `text`, with its slots in dictionary
/// order, and those of `lookup`.
pub(crate) fn write<W: Write + Seek>(
    pack: &mut PackWriter<W>,
    lengths: &[u32],
    text: (&Postings, Vec<u32>),
    lookup: &Postings,
) -> Result<(), WriteError> {
    let norms: Vec<u8> = lengths.iter().map(|&length| FieldNormReader::fieldnorm_to_id(length)).collect();
    let reader = FieldNormReader::open(FileSlice::from(norms.clone()));
    let reader = reader.map_err(io::Error::other)?;
    let mut terms = Vec::new();
    let (of_lookup, written) = parallel::both(
        || {
            let (mut lists, mut terms) = (Vec::new(), Vec::new());
            write_field(lookup, lookup.slots_by_name(), None, &mut lists, &mut terms)?;
            Ok::<_, io::Error>((lists, terms))
        },
        || {
            pack.start(pack::POSTINGS);
            write_field(text.0, text.1, Some(&reader), &mut SectionWriter(pack), &mut terms)
        },
    );
    written?;
    let (lookup_lists, lookup_terms) = of_lookup?;
    pack.section(pack::TERMS, &terms)?;
    pack.section(pack::LOOKUP_POSTINGS, &lookup_lists)?;
    pack.section(pack::LOOKUP_TERMS, &lookup_terms)?;
    pack.section(pack::LENGTHS, &norms)?;
    Ok(())
}

/// The current section of the pack, as a writer.
struct SectionWriter<'a, W>(&'a mut PackWriter<W>);

impl<W: Write + Seek> Write for SectionWriter<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes the posting lists of a field and its term dictionary; with `norms`, the lists have frequencies.
fn write_field(
    postings: &Postings,
    mut slots: Vec<u32>,
    norms: Option<&FieldNormReader>,
    lists: &mut impl Write,
    terms: &mut impl Write,
) -> io::Result<()> {
    lists.write_all(&postings.tokens().to_le_bytes())?;
    let mut terms = TermDictionaryBuilder::create(terms)?;
    let mut start = 0;
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

/// The posting lists of some terms, in tantivy's format.
struct Packed {
    /// Each term with the length of its list.
    terms: Vec<(u32, usize)>,
    /// The lists, concatenated.
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
                // A serializer used again would encode the next list's gaps from the last whole block of this list.
                one = serializer();
            }
            Ok::<_, io::Error>(())
        })?;
        Ok(packed)
    }
}

#[cfg(test)]
mod tests {
    use ownedbytes::OwnedBytes;
    use tantivy::index::SegmentComponent;
    use tantivy::schema::{Schema, TextFieldIndexing, TextOptions};
    use tantivy::{Index, TantivyDocument};

    use super::*;
    use crate::engine::postings::PostingsPart;
    use crate::pack::read::Pack;

    /// Entries of words that nearly all, some and one hold, more than two blocks of postings, some words several times.
    fn entries() -> Vec<Vec<String>> {
        let word = |entry: u32, word: u32| entry.wrapping_mul(2_654_435_761).wrapping_add(word * 97) >> 9 & 63;
        let entry = |at: u32| {
            let words = (0..at % 23).map(|place| format!("w{}", word(at, place)));
            words.chain([format!("own{at}"), "all".to_owned(), "all".to_owned()]).collect()
        };
        (0..700).map(entry).collect()
    }

    /// The bytes of posting lists and terms that this writer makes.
    fn ours(entries: &[Vec<String>]) -> (Vec<u8>, Vec<u8>) {
        let (mut part, mut lookup, mut text) = (PostingsPart::default(), Postings::default(), Postings::default());
        for (at, terms) in (0..).zip(entries) {
            for term in terms {
                part.add(term, at);
            }
        }
        lookup.append(&PostingsPart::default().sorted(), 0);
        text.append(&part.sorted(), 0);
        let lengths: Vec<u32> = entries.iter().map(|terms| u32::try_from(terms.len()).unwrap()).collect();
        let mut writer = PackWriter::new(io::Cursor::new(Vec::new())).unwrap();
        let slots = text.slots_by_name();
        write(&mut writer, &lengths, (&text, slots), &lookup).unwrap();
        let pack = Pack::parse(&OwnedBytes::new(writer.finish().unwrap().into_inner())).unwrap();
        let section = |name| pack.required(name).unwrap().all().unwrap().to_vec();
        (section(pack::POSTINGS), section(pack::TERMS))
    }

    /// The files that tantivy's own index writer makes of the same terms: those of a field, and a footer.
    fn theirs(entries: &[Vec<String>]) -> (Vec<u8>, Vec<u8>) {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_tokenizer("whitespace");
        let options =
            TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqs));
        let field = schema.add_text_field("text", options);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 50_000_000).unwrap();
        for terms in entries {
            let mut document = TantivyDocument::default();
            document.add_text(field, terms.join(" "));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let segments = index.searchable_segments().unwrap();
        assert_eq!(segments.len(), 1);
        let file = |component| segments[0].open_read(component).unwrap().read_bytes().unwrap().as_slice().to_vec();
        (file(SegmentComponent::Postings), file(SegmentComponent::Terms))
    }

    #[test]
    fn posting_lists_and_terms_are_those_of_tantivys_own_writer_byte_for_byte() {
        let entries = entries();
        let (ours, theirs) = (ours(&entries), theirs(&entries));
        for (name, ours, theirs) in [("posting lists", ours.0, theirs.0), ("terms", ours.1, theirs.1)] {
            assert!(ours.len() > 1_024, "{name}");
            let differ = ours.iter().zip(&theirs).position(|(a, b)| a != b);
            assert!(theirs.starts_with(&ours), "{name}: {differ:?} of {} and {}", ours.len(), theirs.len());
        }
    }
}
