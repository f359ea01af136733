//! From entries to a pack: the index, the surfaces and the manifest.
//!
//! Entries are finished and analysed on all processors, part by part, and one segment is written by one thread in their
//! order with nothing left to chance, so the same content gives the same bytes whatever the number of threads. What is
//! shown of an entry goes into the pack at once and is held no longer.

mod document;
mod segment;
mod vocabulary;

use std::io::{self, Seek, Write};

use rustc_hash::FxHashMap;
use twox_hash::XxHash3_128;

use crate::analysis::{self, Language};
use crate::content::{Content, MULTIPLE, Part, Problems};
use crate::entries::Packer;
use crate::manifest::Manifest;
use crate::pack::{self, write::Writer};
use crate::parallel;
use crate::progress::{Reporter, Stage};
use crate::search::synonyms::Synonyms;
use document::Prepared;
use segment::Segment;
use vocabulary::Vocabulary;

/// Why entries could not be made into a pack.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    #[error("the index could not be written")]
    Index(#[from] tantivy::TantivyError),
    #[error("the manifest or an entry could not be written as JSON")]
    Json(#[from] serde_json::Error),
    #[error("more than 4 GiB of questions and aliases, or more than 4 billion entries")]
    TooLarge,
    #[error("the pack could not be written")]
    Output(#[from] io::Error),
}

/// Finishes the entries of `content`, and writes their pack to `out`, which is empty.
pub(crate) fn pack<W: Write + Seek>(
    name: &str,
    content: &mut Content,
    out: W,
    reporter: &Reporter,
) -> Result<W, WriteError> {
    let language = content.settings.language.as_deref().and_then(Language::from_tag).unwrap_or(Language::DEFAULT);
    let mut pack = Writer::new(out)?;
    let Indexed { segment, vocabulary, content_hash, languages } = entries(content, language, &mut pack, reporter)?;
    let manifest = Manifest {
        name: name.to_owned(),
        languages: by_count(languages, language),
        entries: u32::try_from(content.catalogue.len()).map_err(|_| WriteError::TooLarge)?,
        analyser: analysis::VERSION,
        content_hash: format!("{content_hash:032x}"),
        has_hiragana: vocabulary.has_hiragana,
        source: content.settings.source.clone(),
    };
    let synonyms = Synonyms::new(&content.settings.synonyms, language);
    section(&mut pack, pack::SURFACES, &vocabulary.surfaces().ok_or(WriteError::TooLarge)?)?;
    drop(vocabulary);
    for (name, file) in segment.finish()? {
        section(&mut pack, name, &file)?;
    }
    section(&mut pack, pack::SYNONYMS, &serde_json::to_vec(&synonyms)?)?;
    section(&mut pack, pack::MANIFEST, &serde_json::to_vec(&manifest)?)?;
    Ok(pack.finish()?)
}

fn section<W: Write + Seek>(pack: &mut Writer<W>, name: &str, bytes: &[u8]) -> io::Result<()> {
    pack.start(name);
    pack.write(bytes)
}

/// What is known when all entries are in the pack.
struct Indexed {
    segment: Segment,
    vocabulary: Vocabulary,
    content_hash: u128,
    languages: FxHashMap<Language, usize>,
}

/// Finishes all entries, indexes them and writes the section of what is shown of them.
fn entries<W: Write + Seek>(
    content: &mut Content,
    language: Language,
    pack: &mut Writer<W>,
    reporter: &Reporter,
) -> Result<Indexed, WriteError> {
    let count = content.catalogue.len();
    let packer = Packer::new(count, content.text_bytes, MULTIPLE, |step| content.sample(step))?;
    let mut parts = std::mem::take(&mut content.parts);
    let (mut segment, mut vocabulary) = (Segment::new(&content.redirects)?, Vocabulary::default());
    let (mut hasher, mut languages) = (XxHash3_128::new(), FxHashMap::default());
    let (mut problems, mut is_pointed_to) = (Problems::default(), vec![false; count]);
    let stage = reporter.stage(Stage::Indexing, count);
    let fields = segment.fields;
    let mut section = packer.start(pack)?;
    let make = |part: &mut [Part]| {
        // Whoever has finished it drops it.
        let finished = content.finish(&std::mem::take(&mut part[0]));
        let prepared = Prepared::of(&finished.entries, fields, language, &packer);
        (finished.problems, finished.pointed_to, prepared)
    };
    parallel::in_order(&mut parts, 1, make, |(found, pointed_to, prepared)| {
        let prepared = prepared?;
        problems.extend(found.into_sorted());
        for position in pointed_to {
            is_pointed_to[position] = true;
        }
        vocabulary.append(prepared.vocabulary);
        hasher.write(&prepared.blocks.lines);
        section.write(&prepared.blocks, pack)?;
        for (language, count) in prepared.languages {
            *languages.entry(language).or_insert(0) += count;
        }
        for document in prepared.documents {
            segment.add(document)?;
            stage.advance();
        }
        Ok::<_, WriteError>(())
    })?;
    section.finish(pack)?;
    for redirect in &content.redirects {
        hasher.write(redirect.from.as_bytes());
    }
    content.conclude(&is_pointed_to, problems);
    Ok(Indexed { segment, vocabulary, content_hash: hasher.finish_128(), languages })
}

/// Lists the languages of the entries, the most common first.
fn by_count(languages: FxHashMap<Language, usize>, default: Language) -> Vec<String> {
    let mut languages: Vec<(Language, usize)> = languages.into_iter().collect();
    languages.sort_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then_with(|| a.tag().cmp(b.tag())));
    if languages.is_empty() {
        return vec![default.tag().to_owned()];
    }
    languages.into_iter().map(|(language, _)| language.tag().to_owned()).collect()
}
