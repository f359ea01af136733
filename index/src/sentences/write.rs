//! Sentence vectors for a finished pack.
//!
//! Vectors are added to a pack rather than made with it: they take a hundred times as long as all else, can be added to a
//! pack that somebody else has built, and those of texts that have not changed are taken from a pack of before.

use std::io::Cursor;
use std::iter;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use twox_hash::XxHash3_128;

use super::encoder::SentenceEncoder;
use super::{codes, vectors};
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

/// Returns the pack of `reader` with the sentence vectors of its entries by the model of `encoder`. Vectors of the same
/// texts by the same model are taken from `before`.
pub(crate) fn add(
    reader: &Reader,
    encoder: &Arc<SentenceEncoder>,
    before: Option<&Reader>,
    reporter: &Reporter,
) -> Result<Vec<u8>, BuildError> {
    let (name, hash, dimensions) = encoder.facts().map_err(BuildError::Encoder)?;
    let known = before.map(|before| known(before, hash)).transpose()?.unwrap_or_default();
    let length = codes::length(dimensions);
    let stage = reporter.stage(Stage::Encoding, reader.manifest.entries as usize);
    let make = |positions: &mut [u32]| {
        positions
            .iter()
            .map(|&position| {
                let codes_of = |text: &String| match known.get(&XxHash3_128::oneshot(text.as_bytes())) {
                    Some(codes) => codes.to_vec(),
                    None => encoder
                        .passage(text)
                        .map_or_else(|| vec![0; length], |vector| codes::quantise(&vector).collect()),
                };
                stage.advance();
                Ok(texts(reader, position)?.iter().map(codes_of).collect())
            })
            .collect()
    };
    let (mut codes, mut ends) = (Vec::new(), Vec::new());
    let mut positions: Vec<u32> = (0..reader.manifest.entries).collect();
    parallel::in_order(&mut positions, PART, make, |entries: Result<Vec<Vec<Vec<u8>>>, BuildError>| {
        reporter.check()?;
        for entry in entries? {
            codes.extend(entry.into_iter().flatten());
            ends.push(codes.len() / length);
        }
        Ok::<_, BuildError>(())
    })?;
    let mut section = vectors::head(hash, dimensions, codes.len() / length).ok_or(BuildError::TooLarge)?;
    section.extend(grouped::starts(&ends).ok_or(BuildError::TooLarge)?);
    section.append(&mut codes);
    let model = EncoderModel { name: name.to_owned(), vectors_hash: format!("{hash:032x}") };
    with_section(reader, model, &section)
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

/// Returns the vectors of a pack by the hashes of their texts; none if they are by another model.
fn known(reader: &Reader, model: u128) -> Result<FxHashMap<u128, &[u8]>, BuildError> {
    let mut known = FxHashMap::default();
    let Some(sentences) = reader.sentences.as_ref().filter(|sentences| sentences.is_by(model)) else {
        return Ok(known);
    };
    for position in 0..reader.manifest.entries {
        for (text, codes) in texts(reader, position)?.iter().zip(sentences.of(position).map_err(damaged)?) {
            known.insert(XxHash3_128::oneshot(text.as_bytes()), codes);
        }
    }
    Ok(known)
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
