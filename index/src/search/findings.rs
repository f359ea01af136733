//! From a question to hits and an outcome.
//!
//! [`plan`] reads the question, [`retrieve`] finds candidates through tantivy, [`rank`] puts them in order, and
//! [`outcome`] decides whether there is an answer. Retrieval and ranking are apart, so that another way of finding
//! candidates can join.

use crate::error::SearchError;
use std::sync::Arc;

use serde::Serialize;

use super::explain::Why;
use super::narrow::narrow;
use super::options::SearchOptions;
use super::outcome::Outcome;

use super::outcome::Evidence;
use super::plan::{Plan, Reading};
use super::rank::Ranked;
use super::retrieve::Held;
use crate::engine::dictionary::Dictionary;
use crate::engine::filter::Filter;
use crate::model::entry::Entry;
#[cfg(feature = "build")]
use crate::pack::phrasings::Surface;
use crate::reader::Reader;

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
    /// The hits, the best first: those that [`SearchOptions::limit`] and [`SearchOptions::offset`] ask for. If the search
    /// was answered, the first one without an offset is the answer.
    pub hits: Vec<Hit>,
    /// The number of hits that were passed over before the first of these.
    #[serde(skip_serializing_if = "is_zero")]
    pub offset: usize,
    /// The words that the knowledge base does not know and what they were taken for.
    pub corrections: Vec<Correction>,
    /// Why the first entry stands first, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

impl Findings {
    /// What a search ends with that found no entry.
    fn nothing(options: &SearchOptions) -> Findings {
        let (outcome, hits, corrections) = (Outcome::NotCovered, Vec::new(), Vec::new());
        Findings { outcome, confidence: 0.0, hits, offset: options.offset, corrections, why: None }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde's skip_serializing_if asks for")]
fn is_zero(number: &usize) -> bool {
    *number == 0
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
    /// Its score; comparable within one search only. The 40 best by their whole text are ranked first, and stand before
    /// the others whatever these score.
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
    /// The word that it was taken for, as the first entry spells it; the words, where it was read as several.
    pub taken_for: String,
}

/// Searches `kb` for `query`.
pub(crate) fn search(reader: &Reader, query: &str, options: &SearchOptions) -> Result<Findings, SearchError> {
    let narrowed = narrow(reader, options)?.map(|filter| reader.dictionary.narrowed(Some(&filter)));
    conclude(&[Found::by(reader, None, &reader.dictionary, narrowed.as_ref(), query, options)?], options)
}

/// Returns the position of the entry that comes first for `query`, if any does; `own` is the position of the entry that
/// is expected to, with a surface that is expected to bring it there.
#[cfg(feature = "build")]
pub(crate) fn first(reader: &Reader, query: &str, own: Option<(u32, Surface<'_>)>) -> Result<Option<u32>, SearchError> {
    let plan = super::plan::plan(query, Reading::Asked, &reader.dictionary, &reader.synonyms)?;
    let candidates =
        super::retrieve::retrieve(&plan, &reader.index, &reader.lengths()?, None, super::rank::candidates(1))?;
    if let Some((position, surface)) = own
        && super::rank::leads(&plan, &candidates, &reader.surfaces, position, surface)?
    {
        return Ok(Some(position));
    }
    let ranked = super::rank::rank(&plan, &candidates, &reader.surfaces)?;
    Ok(ranked.first().map(|first| first.position))
}

/// Returns what `plan` finds, the best first, at least `depth` if there are so many.
///
/// The beginning is the same for every depth.
pub(crate) fn order(reader: &Reader, plan: &Plan, depth: usize) -> Result<Vec<Ranked>, SearchError> {
    let candidates =
        super::retrieve::retrieve(plan, &reader.index, &reader.lengths()?, None, super::rank::candidates(depth))?;
    super::rank::rank(plan, &candidates, &reader.surfaces)
}

/// What one knowledge base has to say to a question.
pub(crate) struct Found<'a> {
    pub(crate) reader: &'a Reader,
    /// Its name, where several are asked at once.
    pub(crate) name: Option<&'a str>,
    /// The question by how common its terms are among the entries that may be found.
    pub(crate) plan: Plan,
    /// The same by how common they are in all, if that differs: surfaces have their weights from there.
    pub(crate) plan_of_all: Option<Plan>,
    pub(crate) filter: Option<Arc<Filter>>,
    /// What it found, the best first.
    pub(crate) ranked: Vec<Ranked>,
}

impl<'a> Found<'a> {
    /// Asks `kb`, of which `dictionary` says how common a term is; `narrowed` does for the entries that may be found.
    pub(crate) fn by(
        reader: &'a Reader,
        name: Option<&'a str>,
        dictionary: &Dictionary,
        narrowed: Option<&Dictionary>,
        query: &str,
        options: &SearchOptions,
    ) -> Result<Found<'a>, SearchError> {
        let plan = |dictionary| super::plan::plan(query, Reading::Asked, dictionary, &reader.synonyms);
        let plan_of_all = narrowed.map(|_| plan(dictionary)).transpose()?;
        let (plan, filter) = (plan(narrowed.unwrap_or(dictionary))?, narrowed.and_then(Dictionary::filter));
        let mut found = Found { reader, name, plan, plan_of_all, filter, ranked: Vec::new() };
        let (filter, limit) = (found.filter.as_deref(), super::rank::candidates(options.depth()));
        let candidates = super::retrieve::retrieve(&found.plan, &reader.index, &reader.lengths()?, filter, limit)?;
        found.ranked = super::rank::rank(found.plan_of_surfaces(), &candidates, &reader.surfaces)?;
        Ok(found)
    }

    /// Returns the plan that surfaces are compared with.
    pub(crate) fn plan_of_surfaces(&self) -> &Plan {
        self.plan_of_all.as_ref().unwrap_or(&self.plan)
    }

    /// Makes hits of entries that it found.
    fn hits(&self, ranked: &[Ranked]) -> Result<Vec<Hit>, SearchError> {
        let confidences = self.confidences(ranked)?;
        let hit = |(ranked, confidence): (&Ranked, f32)| {
            let (entry, name) = (self.reader.entry_at(ranked.position)?, self.name.map(str::to_owned));
            Ok(Hit { entry, score: ranked.score, confidence, knowledge_base: name })
        };
        ranked.iter().zip(confidences).map(hit).collect()
    }

    /// Returns how sure it is of each of `kept` that the entry answers the question.
    fn confidences(&self, kept: &[Ranked]) -> Result<Vec<f32>, SearchError> {
        let Found { reader, plan, filter, .. } = self;
        let positions: Vec<u32> = kept.iter().map(|ranked| ranked.position).collect();
        let held = super::retrieve::held(plan, &reader.index, &positions)?;
        let entry_terms = super::retrieve::mean_length(&reader.index, &reader.lengths()?, filter.as_deref());
        let evidence =
            |(ranked, held): (&Ranked, &Vec<Held>)| Evidence { plan, ranked: *ranked, held, entry_terms }.confidence();
        Ok(kept.iter().zip(&held).map(evidence).collect())
    }
}

/// Decides how a search ended from what each knowledge base found, and makes the hits that are asked for.
///
/// The best entry and its lead over the next decide, whichever are returned.
pub(crate) fn conclude(founds: &[Found<'_>], options: &SearchOptions) -> Result<Findings, SearchError> {
    let order = merged(founds);
    let Some(&(of_best, best)) = order.first() else { return Ok(Findings::nothing(options)) };
    let (found, next) = (&founds[of_best], order.get(1));
    let is_best_returned = options.offset == 0 && options.limit > 0;
    let others = order.iter().skip(options.offset.max(1)).take(options.limit - usize::from(is_best_returned));
    let read: Vec<(usize, Ranked)> = order.iter().take(1).chain(others).copied().collect();
    let mut hits = hits(founds, &read)?;
    let Some(Hit { entry, confidence, .. }) = hits.first() else { return Ok(Findings::nothing(options)) };
    let confidence = *confidence;
    let outcome = Outcome::of(&found.plan, best, confidence, next.map_or(0.0, |(_, next)| next.score));
    let corrections = corrections(found.reader, &found.plan, entry);
    let why = if options.explain {
        let of_next = next.map(|&(of, next)| founds[of].reader.entry_at(next.position)).transpose()?;
        let next = of_next.zip(next).map(|(entry, (_, next))| (entry.id, next.score));
        Some(super::explain::explain(found, best, entry, next)?)
    } else {
        None
    };
    if !is_best_returned {
        hits.remove(0);
    }
    Ok(Findings { outcome, confidence, hits, offset: options.offset, corrections, why })
}

/// Puts what several knowledge bases found in one order, each with the number of its knowledge base.
fn merged(founds: &[Found<'_>]) -> Vec<(usize, Ranked)> {
    let mut order: Vec<(usize, Ranked)> = Vec::new();
    for (at, found) in founds.iter().enumerate() {
        order.extend(found.ranked.iter().map(|&ranked| (at, ranked)));
    }
    order.sort_by(|(_, a), (_, b)| a.by_score(b));
    order
}

/// Makes hits of entries, each given with the number of its knowledge base.
fn hits(founds: &[Found<'_>], ranked: &[(usize, Ranked)]) -> Result<Vec<Hit>, SearchError> {
    let mut of_each = Vec::with_capacity(founds.len());
    for (at, found) in founds.iter().enumerate() {
        let own: Vec<Ranked> = ranked.iter().filter(|(of, _)| *of == at).map(|&(_, ranked)| ranked).collect();
        of_each.push(found.hits(&own)?.into_iter());
    }
    Ok(ranked.iter().filter_map(|&(of, _)| of_each[of].next()).collect())
}

/// Lists the words that were taken for others that `entry`, the first one, holds.
fn corrections(reader: &Reader, plan: &Plan, entry: &Entry) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for rewrite in &plan.rewrites {
        let language = reader.language_of(entry);
        let spelled = rewrite.terms.iter().find_map(|term| super::explain::spelled(entry, language, term));
        if let Some(spelled) = spelled {
            let taken_for = rewrite.read_as.clone().unwrap_or(spelled);
            corrections.push(Correction { typed: rewrite.typed.clone(), taken_for });
        }
    }
    corrections
}
