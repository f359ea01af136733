//! From entries to a pack: the index, the phrasings and the manifest.
//!
//! Entries are finished and analysed on all processors, chunk by chunk. One thread merges the terms of the chunks in
//! order, so that the same content gives the same bytes with any number of threads. The stored text of an entry goes
//! into the pack at once and is not kept.

use std::cmp::Ordering;
use std::io::{Seek, Write};

use rustc_hash::FxHashMap;
use twox_hash::XxHash3_128;

use super::content::{Content, FinishedProblems};
use super::progress::{Reporter, Stage};
use super::terms::{Caches, Prepared, Tools};
use super::vocabulary::{PartPhrasings, Vocabulary};
use crate::corpus::draft_store::MULTIPLE;
use crate::corpus::redirects::Redirect;
use crate::engine::postings::{self, Postings, PostingsPart, Sorted};
use crate::engine::schema::LookupKind;
use crate::engine::segment;
use crate::error::WriteError;
use crate::meaning::write::{COUNTED_MAX, Embedder, EntryVectors};
use crate::model::manifest::Manifest;
use crate::pack::entries::write::Packer;
use crate::pack::exact;
use crate::pack::write::PackWriter;
use crate::parallel;
use crate::source::draft::SourceKind;
use crate::text::language::Language;
use crate::text::synonyms::Synonyms;
use crate::text::weight::HanUse;
use crate::{pack, text};

/// Finishes the entries of `content`, and writes their pack to `out`, which is empty.
pub(crate) fn pack<W: Write + Seek>(
    name: &str,
    content: &mut Content,
    out: W,
    reporter: &Reporter,
) -> Result<W, WriteError> {
    let default = content.settings.default_language();
    let count = u32::try_from(content.catalogue.len()).map_err(|_| WriteError::TooLarge)?;
    let mut pack = PackWriter::new(out)?;
    let embedder = embedder(content);
    let indexed = entries(content, &default, embedder.as_ref(), &mut pack, reporter)?;
    let Indexed { mut vocabulary, lookup, vectors, content_hash, languages } = indexed;
    reporter.check()?;
    let han = declared_use(&languages).unwrap_or_else(|| vocabulary.han_use());
    let languages = by_count(languages);
    let manifest = Manifest {
        name: name.to_owned(),
        language: default,
        languages: languages.iter().map(|language| language.tag().to_owned()).collect(),
        entries: count,
        analyser: text::VERSION,
        analyser_fingerprint: text::fingerprint(),
        content_hash: format!("{content_hash:032x}"),
        is_japanese: han == HanUse::Japanese,
        meaning: Embedder::table_hashes(),
        encoder: None,
        answered_min: content.settings.answered_min(),
        source: content.settings.credit(),
    };
    // Questions are analysed in the most common language first, and synonyms are recognised by the terms of a question.
    let synonyms = Synonyms::new(&content.settings.synonyms, languages.first().copied().unwrap_or(Language::DEFAULT));
    pack.start(pack::PHRASINGS);
    let by_name = vocabulary.postings.slots_by_name();
    let mut phrasings = vocabulary.take_phrasings(&by_name, han);
    let exact = exact::section(phrasings.take_keys());
    for half in phrasings.section().ok_or(WriteError::TooLarge)? {
        pack.write(&half)?;
    }
    pack.section(pack::EXACT, &exact)?;
    if let Some(embedder) = embedder {
        pack.section(pack::VECTORS, &embedder.section(&vectors).ok_or(WriteError::TooLarge)?)?;
    }
    segment::write(&mut pack, &vocabulary.lengths, (&vocabulary.postings, by_name), &lookup)?;
    pack.section(pack::SYNONYMS, &serde_json::to_vec(&synonyms)?)?;
    if !content.questions.is_empty() {
        pack.start(pack::QUESTIONS);
        for question in &content.questions {
            let mut line = serde_json::to_vec(question)?;
            line.push(b'\n');
            pack.write(&line)?;
        }
    }
    pack.section(pack::MANIFEST, &serde_json::to_vec(&manifest)?)?;
    Ok(pack.finish()?)
}

/// The index data of all entries, once their text is in the pack.
struct Indexed {
    /// The terms of their texts.
    vocabulary: Vocabulary<Postings, Vec<PartPhrasings>>,
    /// Their lookup terms.
    lookup: Postings,
    vectors: EntryVectors,
    content_hash: u128,
    languages: FxHashMap<Language, usize>,
}

/// Returns the vector builder for `content`, if tables are linked.
fn embedder(content: &Content) -> Option<Embedder> {
    Embedder::of(|| content.sample(content.catalogue.len().div_ceil(COUNTED_MAX).max(1)))
}

/// Finishes all entries, indexes them and writes the section of their stored text.
fn entries<W: Write + Seek>(
    content: &mut Content,
    default: &str,
    embedder: Option<&Embedder>,
    pack: &mut PackWriter<W>,
    reporter: &Reporter,
) -> Result<Indexed, WriteError> {
    let count = content.catalogue.len();
    let packer = Packer::new(count, content.text_bytes, MULTIPLE, |step| content.sample(step))?;
    let mut parts = std::mem::take(&mut content.parts);
    let (mut vocabulary, mut lookup) = (Vocabulary::<Postings, Vec<PartPhrasings>>::default(), Postings::default());
    let mut vectors = EntryVectors::default();
    let (mut hasher, mut languages) = (XxHash3_128::new(), FxHashMap::default());
    let mut findings = FinishedProblems::of(count);
    let stage = reporter.stage(Stage::Indexing, count);
    let mut section = packer.start(pack)?;
    let make = |caches: &mut Caches, part: &mut [crate::corpus::draft_store::Chunk]| {
        // Taking the chunk drops it once it is finished.
        let part = std::mem::take(&mut part[0]);
        let (entries, found) = content.finish(&part);
        let first = part.positions().start;
        let is_heading = |at: usize| content.catalogue.source_kind(first + at) == SourceKind::Heading;
        (found, Prepared::of(&entries, is_heading, default, Tools { packer: &packer, embedder }, caches))
    };
    parallel::in_order_with(&mut parts, 1, Caches::default, make, |(found, prepared)| {
        reporter.check()?;
        let prepared = prepared?;
        findings.add(found);
        let before = vocabulary.lengths.len();
        if vocabulary.postings.is_full() || lookup.is_full() {
            return Err(WriteError::TooLarge);
        }
        lookup.append(&prepared.lookup, postings::checked_u32(before));
        vocabulary.append(prepared.vocabulary);
        vectors.append(prepared.vectors);
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
    Ok(Indexed { vocabulary, lookup, vectors, content_hash: hasher.finish_128(), languages })
}

/// Returns the postings of former names, which still find their entries.
fn former_names(redirects: &[Redirect]) -> Sorted {
    let mut former = PostingsPart::default();
    for redirect in redirects {
        former.add(&LookupKind::Former.term(&redirect.from), postings::checked_u32(redirect.position));
    }
    former.sorted()
}

/// Returns the use of Chinese characters by the declared languages of the entries, if there is a majority.
fn declared_use(languages: &FxHashMap<Language, usize>) -> Option<HanUse> {
    let count = |tag| Language::from_tag(tag).and_then(|language| languages.get(&language)).copied().unwrap_or(0);
    match count("ja").cmp(&count("zh")) {
        Ordering::Less => Some(HanUse::Chinese),
        Ordering::Equal => None,
        Ordering::Greater => Some(HanUse::Japanese),
    }
}

/// Lists the languages of the entries, the most common first.
fn by_count(languages: FxHashMap<Language, usize>) -> Vec<Language> {
    let mut languages: Vec<(Language, usize)> = languages.into_iter().collect();
    languages.sort_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then_with(|| a.tag().cmp(b.tag())));
    languages.into_iter().map(|(language, _)| language).collect()
}
