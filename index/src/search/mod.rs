//! From a question to hits and an outcome.
//!
//! [`plan`] reads the question, [`retrieve`] finds candidates through tantivy, [`rank`] puts them in order, and
//! [`outcome`] decides whether there is an answer. Retrieval and ranking are apart, so that another way of finding
//! candidates can join.

mod best;
mod complete;
pub(crate) mod dictionary;
mod outcome;
mod plan;
mod rank;
mod retrieve;
pub(crate) mod synonyms;
mod why;

use serde::Serialize;

pub use complete::Completion;
pub(crate) use complete::complete;
pub use outcome::{ANSWERED_MIN, Outcome, UNSURE_MIN};
pub use why::{Place, Why, WhyTerm};

use crate::entry::Entry;
use crate::knowledge_base::KnowledgeBase;
use crate::pack::{PackError, harmless};
#[cfg(feature = "build")]
use crate::surfaces::Surface;
use dictionary::Dictionary;
use outcome::Evidence;
use plan::{Plan, Reading};
use rank::Ranked;

/// Why a search could not be made.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let mut pack = faqt::build::Builder::new(folder.path()).build()?.pack;
/// let last = pack.len() - 1;
/// pack[last] ^= 1;
/// // Each part is checked when it is first read: the damage shows when the pack is opened, or when it is asked.
/// let outcome = faqt::KnowledgeBase::from_vec(pack).map(|kb| kb.verify());
/// assert!(!matches!(outcome, Ok(Ok(()))));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The pack turned out to be damaged where the search had to read it.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The index could not be read.
    #[error("the index cannot be read: {0}")]
    Index(String),
    /// An entry could not be read.
    #[error("an entry cannot be read: {0}")]
    Entry(#[source] serde_json::Error),
}

impl From<serde_json::Error> for SearchError {
    /// The message may quote the pack, so it is made harmless in the source, too.
    fn from(error: serde_json::Error) -> SearchError {
        SearchError::Entry(serde::de::Error::custom(harmless(&error.to_string())))
    }
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> SearchError {
        SearchError::Index(harmless(&error.to_string()))
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> SearchError {
        match error.downcast::<PackError>() {
            Ok(error) => SearchError::Pack(error),
            Err(error) => SearchError::Index(harmless(&error.to_string())),
        }
    }
}

/// What to search for beside the words.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// # let kb = faqt::KnowledgeBase::from_folder(folder.path())?;
/// use faqt::SearchOptions;
///
/// let mut options = SearchOptions::default().with_limit(1);
/// options.language = Some("de".to_owned());
/// assert!(kb.search("reset the lamp", &options)?.hits.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SearchOptions {
    /// How many hits to return at most.
    pub limit: usize,
    /// Only entries in this section, or below it.
    pub section: Option<String>,
    /// Only entries in this language, given as a BCP 47 tag.
    pub language: Option<String>,
    /// Whether to say why the first hit stands first.
    pub explain: bool,
}

impl Default for SearchOptions {
    fn default() -> SearchOptions {
        SearchOptions { limit: 5, section: None, language: None, explain: false }
    }
}

impl SearchOptions {
    /// Returns the same options with room for `limit` hits.
    #[must_use]
    pub fn with_limit(mut self, limit: usize) -> SearchOptions {
        self.limit = limit;
        self
    }

    fn admits(&self, entry: &Entry, default_language: &str) -> bool {
        let same = |a: &str, b: &str| crate::analysis::fold::folded(a) == crate::analysis::fold::folded(b);
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or(tag).to_owned();
        let in_section =
            self.section.as_ref().is_none_or(|wanted| entry.section.iter().any(|title| same(title, wanted)));
        let language = entry.language.as_deref().unwrap_or(default_language);
        in_section && self.language.as_ref().is_none_or(|wanted| same(&primary(wanted), &primary(language)))
    }

    fn admits_all(&self) -> bool {
        self.section.is_none() && self.language.is_none()
    }
}

/// What a search found.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// # let kb = faqt::KnowledgeBase::from_folder(folder.path())?;
/// let found = kb.ask("resett the lamp")?;
/// assert_eq!(found.hits[0].entry.id, "how-do-i-reset-the-lamp");
/// assert_eq!(found.corrections[0].taken_for, "reset");
/// assert!(found.confidence > 0.6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Findings {
    /// How the search ended.
    pub outcome: Outcome,
    /// How sure it is that the first hit answers the question, from 0 to 1; the same scale for every knowledge base.
    pub confidence: f32,
    /// The hits, the best first.
    pub hits: Vec<Hit>,
    /// The words that the knowledge base does not know and what they were taken for.
    pub corrections: Vec<Correction>,
    /// Why the first hit stands first, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

impl Findings {
    /// What a search ends with that found no entry.
    pub(crate) fn nothing() -> Findings {
        let outcome = Outcome::NotCovered;
        Findings { outcome, confidence: 0.0, hits: Vec::new(), corrections: Vec::new(), why: None }
    }
}

/// An entry that was found.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// # let kb = faqt::KnowledgeBase::from_folder(folder.path())?;
/// for hit in kb.ask("the lamp")?.hits {
///     println!("{:4.0} % {}", 100.0 * hit.confidence, hit.entry.question);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Hit {
    /// The entry.
    pub entry: Entry,
    /// Its score; comparable within one search only.
    pub score: f32,
    /// How sure it is that the entry answers the question, from 0 to 1; the same scale for every knowledge base.
    pub confidence: f32,
    /// The name of its knowledge base, where several were asked at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub knowledge_base: Option<String>,
}

/// A word that was taken for another.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// # let kb = faqt::KnowledgeBase::from_folder(folder.path())?;
/// let found = kb.ask("resett the lamp")?;
/// assert_eq!((found.corrections[0].typed.as_str(), found.corrections[0].taken_for.as_str()), ("resett", "reset"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Correction {
    /// The word as it was typed, in lower case.
    pub typed: String,
    /// The word that it was taken for, as the first hit spells it.
    pub taken_for: String,
}

/// Candidates that are ranked at most: six public sets are answered with thirty as with a hundred. The surfaces of each
/// are two places in memory to wait for, which takes a fifth of a question's time.
const CANDIDATES: usize = 40;
/// The same where only a section or a language is asked, which may hold few of the best.
const CANDIDATES_FILTERED: usize = 1_000;

/// Searches `kb` for `query`.
pub(crate) fn search(kb: &KnowledgeBase, query: &str, options: &SearchOptions) -> Result<Findings, SearchError> {
    let mut found = Found::by(kb, kb.dictionary(), query, options)?;
    let hits = std::mem::take(&mut found.hits);
    found.conclude(hits, options)
}

/// Returns the position of the entry that comes first for `query`, if any does; `own` is the position of the entry that
/// is expected to, with a surface that is expected to bring it there.
#[cfg(feature = "build")]
pub(crate) fn first(
    kb: &KnowledgeBase,
    query: &str,
    own: Option<(u32, Surface<'_>)>,
) -> Result<Option<u32>, SearchError> {
    let plan = plan::plan(query, Reading::Asked, kb.dictionary(), kb.synonyms())?;
    let candidates = retrieve::retrieve(&plan, kb.index(), &kb.lengths()?, CANDIDATES)?;
    if let Some((position, surface)) = own
        && rank::leads(&plan, &candidates, kb.surfaces(), position, surface)?
    {
        return Ok(Some(position));
    }
    let ranked = rank::rank(&plan, &candidates, kb.surfaces())?;
    Ok(ranked.first().map(|first| first.position))
}

/// Returns the candidates for what `plan` looks for, the best first.
fn order(kb: &KnowledgeBase, plan: &Plan, limit: usize) -> Result<Vec<Ranked>, SearchError> {
    let candidates = retrieve::retrieve(plan, kb.index(), &kb.lengths()?, limit)?;
    rank::rank(plan, &candidates, kb.surfaces())
}

/// What one knowledge base has to say to a question.
pub(crate) struct Found<'a> {
    kb: &'a KnowledgeBase,
    plan: Plan,
    /// How the first hit was ranked.
    best: Option<Ranked>,
    /// The hits, the best first.
    pub(crate) hits: Vec<Hit>,
}

impl<'a> Found<'a> {
    /// Asks `kb`, of which `dictionary` says how common a term is.
    pub(crate) fn by(
        kb: &'a KnowledgeBase,
        dictionary: &Dictionary,
        query: &str,
        options: &SearchOptions,
    ) -> Result<Found<'a>, SearchError> {
        let plan = plan::plan(query, Reading::Asked, dictionary, kb.synonyms())?;
        let (mut kept, mut entries) = (Vec::new(), Vec::new());
        let candidates = if options.admits_all() { CANDIDATES } else { CANDIDATES_FILTERED };
        for ranked in order(kb, &plan, candidates.max(options.limit))? {
            if kept.len() == options.limit {
                break;
            }
            let entry = kb.entry_at(ranked.position)?;
            if options.admits_all() || options.admits(&entry, kb.default_language().tag()) {
                kept.push(ranked);
                entries.push(entry);
            }
        }
        let confidences = confidences(kb, &plan, &kept)?;
        let hit = |((entry, ranked), confidence): ((Entry, &Ranked), f32)| Hit {
            entry,
            score: ranked.score,
            confidence,
            knowledge_base: None,
        };
        let hits = entries.into_iter().zip(&kept).zip(confidences).map(hit).collect();
        Ok(Found { kb, plan, best: kept.first().copied(), hits })
    }

    /// Decides how a search ended whose first hit is this knowledge base's.
    pub(crate) fn conclude(&self, hits: Vec<Hit>, options: &SearchOptions) -> Result<Findings, SearchError> {
        let (Some(best), Some(first)) = (self.best, hits.first()) else {
            return Ok(Findings::nothing());
        };
        let confidence = first.confidence;
        let outcome = Outcome::of(&self.plan, best, confidence, hits.get(1).map_or(0.0, |next| next.score));
        let corrections = corrections(self.kb, &self.plan, &first.entry);
        let why = if options.explain {
            let next = hits.get(1).map(|next| (next.entry.id.clone(), next.score));
            Some(why::explain(self.kb, &self.plan, best, &first.entry, next)?)
        } else {
            None
        };
        Ok(Findings { outcome, confidence, hits, corrections, why })
    }
}

/// Returns how sure it is of each entry of `kept` that it answers the question.
fn confidences(kb: &KnowledgeBase, plan: &Plan, kept: &[Ranked]) -> Result<Vec<f32>, SearchError> {
    let positions: Vec<u32> = kept.iter().map(|ranked| ranked.position).collect();
    let held = retrieve::held_shares(plan, kb.index(), &positions)?;
    let entry_terms = kb.index().mean_length();
    let evidence =
        |(ranked, held): (&Ranked, &Vec<f32>)| Evidence { plan, ranked: *ranked, held, entry_terms }.confidence();
    Ok(kept.iter().zip(&held).map(evidence).collect())
}

/// Lists the words that were taken for others that `entry`, the first hit, holds.
fn corrections(kb: &KnowledgeBase, plan: &Plan, entry: &Entry) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for slot in plan.slots.iter().filter(|slot| slot.correction.is_some()) {
        let mut variants: Vec<&plan::Variant> = slot.variants.iter().collect();
        variants.sort_by(|a, b| b.share.total_cmp(&a.share));
        let language = kb.language_of(entry);
        let found = variants.iter().find_map(|variant| why::spelled(entry, language, &variant.term));
        if let Some(taken_for) = found {
            corrections.push(Correction { typed: slot.spelling.clone(), taken_for });
        }
    }
    corrections
}

/// Returns how much a term that `frequency` of `entries` entries hold says, from nearly 0 to 1 for a single one.
///
/// An inverse document frequency tempered by a constant, so that in a knowledge base of a dozen entries a term that two
/// of them hold still says most of what one that a single entry holds does.
pub(crate) fn rarity(frequency: f32, entries: f32) -> f32 {
    const TEMPER: f32 = 0.5;
    let idf = |frequency: f32| (1.0 + (entries + TEMPER) / (frequency + TEMPER)).ln();
    idf(frequency) / idf(1.0)
}
