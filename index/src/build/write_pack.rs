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
use crate::meaning::table_sections;
use crate::meaning::write::{COUNTED_MAX, Embedder, EntryVectors};
use crate::model::entry::Entry;
use crate::model::expected::ExpectedQuestion;
use crate::model::manifest::Manifest;
use crate::pack::editions::{self, EditionFacts};
use crate::pack::entries::write::{EntriesWriter, Packer};
use crate::pack::exact;
use crate::pack::write::PackWriter;
use crate::parallel;
use crate::source::settings::Settings;
use crate::source::source_kind::SourceKind;
use crate::source::versions::Versions;
use crate::text::language::Language;
use crate::text::synonyms::Synonyms;
use crate::text::weight::HanUse;
use crate::{pack, text};

/// Finishes the entries of `content`, and writes their pack to `out`, which is empty.
pub(crate) fn pack<W: Write + Seek>(
    options: &PackOptions,
    content: &mut Content,
    out: W,
    reporter: &Reporter,
) -> Result<W, WriteError> {
    u32::try_from(content.catalogue.len()).map_err(|_| WriteError::TooLarge)?;
    let mut pack = PackWriter::new(out)?;
    let embedder = embedder(content);
    let default = content.settings.default_language();
    let indexed = entries(content, &default, embedder.as_ref(), &mut pack, reporter)?;
    reporter.check()?;
    indexed.finish(
        embedder.as_ref(),
        &Head {
            editions: editions(content, &default),
            newest: content.catalogue.newest_version().map(str::to_owned),
            options,
            default,
            settings: &content.settings,
            questions: &content.questions,
        },
        pack,
    )
}

/// Writes the pack of a few `entries` to `out`, which is empty.
pub(super) fn of_entries<W: Write + Seek>(entries: &[Entry], settings: &Settings, out: W) -> Result<W, WriteError> {
    let mut pack = PackWriter::new(out)?;
    let embedder = Embedder::of(|| entries.to_vec());
    let bytes = entries.iter().map(|entry| entry.question.len() + entry.answer.len()).sum();
    let sample = |step| entries.iter().step_by(step).cloned().collect();
    let packer = Packer::new(entries.len(), bytes, MULTIPLE, sample)?;
    let mut section = packer.start(&mut pack)?;
    let mut indexed = Indexed::default();
    let mut caches = Caches::default();
    let default = settings.default_language();
    for entries in entries.chunks(MULTIPLE) {
        let tools = Tools { packer: &packer, embedder: embedder.as_ref() };
        let prepared = Prepared::of(entries, |_| false, &default, tools, &mut caches)?;
        indexed.append(prepared, &mut section, &mut pack)?;
    }
    section.finish(&mut pack)?;
    let options = &PackOptions::default();
    indexed.finish(
        embedder.as_ref(),
        &Head { options, default, settings, questions: &[], editions: Vec::new(), newest: None },
        pack,
    )
}

/// The options of a pack, beside its content.
#[derive(Default)]
pub(crate) struct PackOptions {
    /// The name of the knowledge base.
    pub(crate) name: String,
    /// See [`Manifest::meaning_weight`].
    pub(crate) meaning_weight: Option<f32>,
    /// True if the tables of its vectors are put into the pack.
    pub(crate) is_standalone: bool,
}

/// The facts about a knowledge base beside its entries.
struct Head<'a> {
    options: &'a PackOptions,
    /// The language of entries that name none.
    default: String,
    settings: &'a Settings,
    questions: &'a [ExpectedQuestion],
    /// The editions of each id that has several, by their positions, the original first.
    editions: Vec<Vec<(u32, EditionFacts)>>,
    /// The newest version that any entry names.
    newest: Option<String>,
}

/// The index data of all entries, once their text is in the pack.
#[derive(Default)]
struct Indexed {
    /// The terms of their texts.
    vocabulary: Vocabulary<Postings, Vec<PartPhrasings>>,
    /// Their lookup terms.
    lookup: Postings,
    vectors: EntryVectors,
    hasher: XxHash3_128,
    languages: FxHashMap<Language, usize>,
}

impl Indexed {
    /// Adds neighbouring entries, and writes their texts.
    fn append<W: Write + Seek>(
        &mut self,
        prepared: Prepared,
        section: &mut EntriesWriter,
        pack: &mut PackWriter<W>,
    ) -> Result<(), WriteError> {
        if self.vocabulary.postings.is_full() || self.lookup.is_full() {
            return Err(WriteError::TooLarge);
        }
        self.lookup.append(&prepared.lookup, postings::checked_u32(self.len()));
        self.vocabulary.append(prepared.vocabulary);
        self.vectors.append(prepared.vectors);
        self.hasher.write(&prepared.blocks.lines);
        section.write(&prepared.blocks, pack)?;
        for (language, count) in prepared.languages {
            *self.languages.entry(language).or_insert(0) += count;
        }
        Ok(())
    }

    /// Returns the number of entries.
    fn len(&self) -> usize {
        self.vocabulary.lengths.len()
    }

    /// Writes the sections behind that of the entries, and ends the pack.
    fn finish<W: Write + Seek>(
        self,
        embedder: Option<&Embedder>,
        head: &Head<'_>,
        mut pack: PackWriter<W>,
    ) -> Result<W, WriteError> {
        let entries = postings::checked_u32(self.len());
        let Indexed { mut vocabulary, lookup, vectors, hasher, languages } = self;
        let han = declared_use(&languages).unwrap_or_else(|| vocabulary.han_use());
        let languages = by_count(languages);
        let manifest = Manifest {
            name: head.options.name.clone(),
            language: head.default.clone(),
            languages: languages.iter().map(|language| language.tag().to_owned()).collect(),
            entries,
            analyser: text::VERSION,
            analyser_fingerprint: text::fingerprint(),
            content_hash: format!("{:032x}", hasher.finish_128()),
            is_japanese: han == HanUse::Japanese,
            meaning: Embedder::table_hashes(),
            meaning_weight: head.options.meaning_weight,
            encoder: None,
            answered_min: head.settings.answered_min(),
            source: head.settings.credit(),
        };
        // Questions are analysed in the most common language first, and synonyms are recognised by the terms of a question.
        let language = languages.first().copied().unwrap_or(Language::DEFAULT);
        let synonyms = Synonyms::new(&head.settings.synonyms, language);
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
            for (name, table) in table_sections().filter(|_| head.options.is_standalone) {
                pack.section(name, table)?;
            }
        }
        segment::write(&mut pack, &vocabulary.lengths, (&vocabulary.postings, by_name), &lookup)?;
        if !head.editions.is_empty() || head.newest.is_some() {
            let section = editions::section(&head.editions, head.newest.as_deref()).ok_or(WriteError::TooLarge)?;
            pack.section(pack::EDITIONS, &section)?;
        }
        pack.section(pack::SYNONYMS, &serde_json::to_vec(&synonyms)?)?;
        if !head.questions.is_empty() {
            pack.start(pack::QUESTIONS);
            for question in head.questions {
                let mut line = serde_json::to_vec(question)?;
                line.push(b'\n');
                pack.write(&line)?;
            }
        }
        pack.section(pack::MANIFEST, &serde_json::to_vec(&manifest)?)?;
        Ok(pack.finish()?)
    }
}

/// Returns the editions of each id that has several, and the entries that are for some versions only.
fn editions(content: &Content, default: &str) -> Vec<Vec<(u32, EditionFacts)>> {
    let catalogue = &content.catalogue;
    let facts = |position: usize| {
        let Versions { since, until } = catalogue.versions(position).cloned().unwrap_or_default();
        EditionFacts { language: catalogue.language(position).unwrap_or(default).to_owned(), since, until }
    };
    let edition = |&position: &usize| (postings::checked_u32(position), facts(position));
    let groups = catalogue.editions().groups().into_iter().map(|group| group.iter().map(edition).collect());
    let is_alone = |position: &usize| catalogue.editions().sisters(*position).is_empty();
    let alone = catalogue.with_versions().into_iter().filter(is_alone);
    groups.chain(alone.map(|position| vec![edition(&position)])).collect()
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
    let mut indexed = Indexed::default();
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
        findings.add(found);
        let before = indexed.len();
        indexed.append(prepared?, &mut section, pack)?;
        (before..indexed.len()).for_each(|_| stage.advance());
        Ok::<_, WriteError>(())
    })?;
    section.finish(pack)?;
    indexed.lookup.append(&former_names(&content.redirects), 0);
    for redirect in &content.redirects {
        indexed.hasher.write(redirect.from.as_bytes());
    }
    content.conclude(findings);
    Ok(indexed)
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
