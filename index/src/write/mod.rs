//! From entries to a pack: the index, the surfaces and the manifest.
//!
//! Entries are finished and analysed on all processors, part by part; what each part says of its terms is put together by
//! one thread in their order with nothing left to chance, so the same content gives the same bytes whatever the number of threads. What is
//! shown of an entry goes into the pack at once and is held no longer.

mod postings;
mod segment;
mod terms;
mod vocabulary;
mod words;

use std::io::{self, Seek, Write};

use rustc_hash::FxHashMap;
use twox_hash::XxHash3_128;

use crate::analysis::{self, Language};
use crate::content::{self, Content, Findings, MULTIPLE, Redirect};
use crate::entries::Packer;
use crate::manifest::Manifest;
use crate::pack::{self, write::Writer};
use crate::parallel;
use crate::progress::{Reporter, Stage};
use crate::schema::LookupKind;
use crate::search::synonyms::Synonyms;
use postings::{Part, Postings, Sorted};
use terms::Prepared;
use vocabulary::{Surfaces, Vocabulary};
use words::Words;

/// Why entries could not be made into a pack.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    #[error("tantivy cannot write it: {0}")]
    Index(#[from] tantivy::TantivyError),
    #[error("the manifest or an entry cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("more than 4 GiB of questions and aliases, or more than 4 billion entries")]
    TooLarge,
    #[error("the pack cannot be written: {0}")]
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
    let count = u32::try_from(content.catalogue.len()).map_err(|_| WriteError::TooLarge)?;
    let mut pack = Writer::new(out)?;
    let Indexed { mut vocabulary, lookup, content_hash, languages } = entries(content, language, &mut pack, reporter)?;
    let manifest = Manifest {
        name: name.to_owned(),
        languages: by_count(languages, language),
        entries: count,
        analyser: analysis::VERSION,
        content_hash: format!("{content_hash:032x}"),
        has_hiragana: vocabulary.has_hiragana,
        source: content.settings.credit(),
    };
    let synonyms = Synonyms::new(&content.settings.synonyms, language);
    pack.start(pack::SURFACES);
    for half in vocabulary.take_surfaces().section().ok_or(WriteError::TooLarge)? {
        pack.write(&half)?;
    }
    segment::write(&mut pack, &vocabulary.lengths, &vocabulary.postings, &lookup)?;
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
    /// The terms of their texts.
    vocabulary: Vocabulary<Postings, Vec<Surfaces>>,
    /// What they are looked up by.
    lookup: Postings,
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
    let (mut vocabulary, mut lookup) = (Vocabulary::default(), Postings::default());
    let (mut hasher, mut languages) = (XxHash3_128::new(), FxHashMap::default());
    let mut findings = Findings::of(count);
    let stage = reporter.stage(Stage::Indexing, count);
    let mut section = packer.start(pack)?;
    let make = |words: &mut Words, part: &mut [content::Part]| {
        // Whoever has finished it drops it.
        let (entries, found) = content.finish(&std::mem::take(&mut part[0]));
        (found, Prepared::of(&entries, language, &packer, words))
    };
    parallel::in_order_with(&mut parts, 1, Words::default, make, |(found, prepared)| {
        let prepared = prepared?;
        findings.add(found);
        let before = vocabulary.lengths.len();
        lookup.append(&prepared.lookup, before as u32);
        vocabulary.append(prepared.vocabulary);
        (before..vocabulary.lengths.len()).for_each(|_| stage.advance());
        hasher.write(&prepared.blocks.lines);
        section.write(&prepared.blocks, pack)?;
        for (language, count) in prepared.languages {
            *languages.entry(language).or_insert(0) += count;
        }
        Ok::<_, WriteError>(())
    })?;
    section.finish(pack)?;
    lookup.append(&former_names(&content.redirects), 0);
    for redirect in &content.redirects {
        hasher.write(redirect.from.as_bytes());
    }
    content.conclude(findings);
    Ok(Indexed { vocabulary, lookup, content_hash: hasher.finish_128(), languages })
}

/// Returns the old names of entries, which they are still looked up by.
fn former_names(redirects: &[Redirect]) -> Sorted {
    let mut former = Part::default();
    for redirect in redirects {
        former.add(&LookupKind::Former.term(&redirect.from), redirect.position as u32);
    }
    former.sorted()
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
