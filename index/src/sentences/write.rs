//! Sentence vectors for a finished pack.
//!
//! Vectors are added to a pack rather than made with it: they take a hundred times as long as all else, can be added to a
//! pack that somebody else has built, and those of texts that have not changed are taken from a pack of before, or from the
//! file of a build that was interrupted.

use std::io::Cursor;
use std::iter;
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use twox_hash::XxHash3_128;

use super::codes::Shape;
use super::encoder::SentenceEncoder;
use super::unfinished::Unfinished;
use super::vectors;
use crate::build::progress::{Reporter, Stage};
use crate::error::{BuildError, PackError};
use crate::markdown::plain::plain;
use crate::model::entry::Entry;
use crate::model::manifest::{EncoderModel, Manifest};
use crate::pack::write::PackWriter;
use crate::pack::{self, grouped};
use crate::parallel;
use crate::reader::Reader;
use crate::text::distinct::distinct;

/// The entries that one thread encodes at a time.
const PART: usize = 4;

/// The places of vectors that were made before.
#[derive(Clone, Copy, Default)]
pub(crate) struct Earlier<'a> {
    /// An earlier pack of the same content.
    pub(crate) pack: Option<&'a Reader>,
    /// The file for the vectors of a build that is not finished.
    pub(crate) unfinished: Option<&'a Path>,
}

/// The vector of a text.
struct Made {
    /// The hash of the text.
    text: u128,
    codes: Vec<u8>,
    /// True if it was made before.
    is_known: bool,
}

/// Returns the pack of `reader` with the sentence vectors of its entries by the model of `encoder`. Vectors of the same
/// texts by the same model are taken from `earlier`. The file of unfinished vectors, to be removed when the pack is
/// written, is the second result.
pub(crate) fn add(
    reader: &Reader,
    encoder: &Arc<SentenceEncoder>,
    earlier: Earlier<'_>,
    reporter: &Reporter,
) -> Result<(Vec<u8>, Unfinished), BuildError> {
    let (name, hash, shape) = encoder.facts().map_err(BuildError::Encoder)?;
    let (mut unfinished, found) = Unfinished::open(earlier.unfinished, hash, shape);
    let mut known: FxHashMap<u128, &[u8]> = found.vectors().collect();
    if let Some(pack) = earlier.pack {
        take_from(pack, hash, shape, &mut known);
    }
    let length = shape.length();
    let stage = reporter.stage(Stage::Encoding, reader.manifest.entries as usize);
    let make = |positions: &mut [u32]| {
        let of_entry = |&mut position: &mut u32| {
            let texts = texts(reader, position)?;
            let made: Vec<Made> = texts.iter().map(|text| vector(text, &known, encoder, shape)).collect();
            stage.advance_with(made.iter().filter(|made| made.is_known).count());
            Ok(made)
        };
        positions.iter_mut().map(of_entry).collect()
    };
    let (mut codes, mut ends) = (Vec::new(), Vec::new());
    let mut positions: Vec<u32> = (0..reader.manifest.entries).collect();
    parallel::in_order(&mut positions, PART, make, |entries: Result<Vec<Vec<Made>>, BuildError>| {
        for made in entries? {
            for Made { text, codes: vector, .. } in made.iter().filter(|made| !made.is_known) {
                unfinished.add(*text, vector);
            }
            codes.extend(made.into_iter().flat_map(|made| made.codes));
            ends.push(codes.len() / length);
        }
        Ok::<_, BuildError>(reporter.check()?)
    })?;
    let mut section = vectors::head(hash, shape, codes.len() / length).ok_or(BuildError::TooLarge)?;
    section.extend(grouped::starts(&ends).ok_or(BuildError::TooLarge)?);
    section.append(&mut codes);
    let model = EncoderModel { name: name.to_owned(), vectors_hash: format!("{hash:032x}") };
    Ok((with_section(reader, model, &section)?, unfinished))
}

/// Returns the vector of a text: a known one, or that of the encoder. A text that the model does not read has zeros.
fn vector(text: &str, known: &FxHashMap<u128, &[u8]>, encoder: &SentenceEncoder, shape: Shape) -> Made {
    let hash = XxHash3_128::oneshot(text.as_bytes());
    let known = known.get(&hash);
    let codes = match known {
        Some(codes) => codes.to_vec(),
        None => encoder.passage(text).map_or_else(|| vec![0; shape.length()], |vector| shape.quantise(&vector)),
    };
    Made { text: hash, codes, is_known: known.is_some() }
}

/// Returns the pack with another section of sentence vectors.
fn with_section(reader: &Reader, model: EncoderModel, section: &[u8]) -> Result<Vec<u8>, BuildError> {
    let manifest = Manifest { encoder: Some(model), ..(*reader.manifest).clone() };
    let manifest = serde_json::to_vec(&manifest).map_err(|error| BuildError::Output(error.into()))?;
    let mut writer = PackWriter::new(Cursor::new(Vec::new())).map_err(BuildError::Output)?;
    for (name, _) in reader.pack.sections().filter(|(name, _)| *name != pack::SENTENCES) {
        let section = reader.pack.required(name).map_err(damaged)?;
        let bytes = if name == pack::MANIFEST { &manifest } else { section.all().map_err(damaged)? };
        writer.section(name, bytes).map_err(BuildError::Output)?;
    }
    writer.section(pack::SENTENCES, section).map_err(BuildError::Output)?;
    Ok(writer.finish().map_err(BuildError::Output)?.into_inner())
}

/// Adds the vectors of a pack to `known` by the hashes of their texts; none if they are by another model.
fn take_from<'a>(reader: &'a Reader, model: u128, shape: Shape, known: &mut FxHashMap<u128, &'a [u8]>) {
    let Some(sentences) = reader.sentences.as_ref().filter(|sentences| sentences.is_by(model, shape)) else {
        return;
    };
    for position in 0..reader.manifest.entries {
        // Vectors that turn out to be damaged are made anew.
        if let (Ok(texts), Ok(vectors)) = (texts(reader, position), sentences.of(position)) {
            known.extend(texts.iter().map(|text| XxHash3_128::oneshot(text.as_bytes())).zip(vectors));
        }
    }
}

/// Returns the texts of an entry that have a vector: all of it, then its phrasings.
fn texts(reader: &Reader, position: u32) -> Result<Vec<String>, BuildError> {
    let entry = reader.entry_at(position).map_err(BuildError::Ask)?;
    let phrasings: Vec<String> = entry.phrasings().map(str::to_owned).collect();
    // An entry under headings is asked for with these, too, as its last phrasing.
    let own = distinct(entry.phrasings(), reader.language_of(&entry)).count();
    let has_section = reader.phrasings.of(position).map_err(damaged)?.count() > own;
    let in_section = if has_section { entry.question_in_section() } else { None };
    let whole = whole(&entry, in_section.as_deref());
    Ok(iter::once(whole).chain(phrasings).chain(in_section).collect())
}

/// Returns the error of a pack that turned out to be damaged.
fn damaged(error: PackError) -> BuildError {
    BuildError::Open(error.into())
}

/// Returns the question with the headings above it, the aliases and the answer.
fn whole(entry: &Entry, in_section: Option<&str>) -> String {
    let question = in_section.unwrap_or(&entry.question);
    let answer = plain(&entry.answer);
    let texts = iter::once(question).chain(entry.phrasings().skip(1)).chain(iter::once(answer.as_str()));
    texts.collect::<Vec<_>>().join("\n")
}
