//! From a question to findings: ranks, decides, and makes the hits that are asked for.

use super::confidence::Features;
use super::explain::{self, EntryWords};
use super::findings::{Correction, Findings, Hit};
use super::narrow::narrow;
use super::options::SearchOptions;
use super::outcome::{ANSWERED_MIN, Certainty, Outcome};
use super::pipeline::Ranking;
use super::plan::{Plan, Rewrite};
use super::rank::Ranked;
use crate::error::SearchError;
use crate::model::entry::{Entry, qualified_id};
use crate::reader::Reader;

/// Searches `reader` for `query`.
pub(crate) fn search(reader: &Reader, query: &str, options: &SearchOptions) -> Result<Findings, SearchError> {
    let narrowed = narrow(reader, options)?.map(|filter| reader.dictionary.narrowed(Some(&filter)));
    conclude(&[Ranking::by(reader, None, &reader.dictionary, narrowed.as_ref(), query, options)?], options)
}

/// Decides how a search ended from what each knowledge base found, and makes the hits that are asked for.
///
/// The best entry and its lead over the next decide, whichever are returned.
pub(crate) fn conclude(rankings: &[Ranking<'_>], options: &SearchOptions) -> Result<Findings, SearchError> {
    let order = merged(rankings);
    let Some(&(of_best, best)) = order.first() else { return Ok(Findings::nothing(options)) };
    let (found, next) = (&rankings[of_best], order.get(1));
    let is_best_returned = options.offset == 0 && options.limit > 0;
    let others = order.iter().skip(options.offset.max(1)).take(options.limit - usize::from(is_best_returned));
    let read: Vec<(usize, Ranked)> = order.iter().take(1).chain(others).copied().collect();
    let leaders = leaders(order.iter().map(|(_, ranked)| ranked));
    let (mut hits, covered) = hits(rankings, &read, leaders)?;
    let Some(Hit { entry, confidence, .. }) = hits.first() else { return Ok(Findings::nothing(options)) };
    let confidence = *confidence;
    let answered_min = options.answered_min.or(found.reader.manifest.answered_min).unwrap_or(ANSWERED_MIN);
    let outcome = Outcome::of(&found.plan, best, leaders[1], Certainty { confidence, covered, answered_min });
    let corrections = corrections(found.reader, &found.plan, best, entry);
    let why = if options.explain {
        let of_next = next.map(|&(of, next)| rankings[of].reader.entry_at(next.position)).transpose()?;
        let next = of_next.zip(next).map(|(entry, &(of, next))| {
            let id = rankings[of].name.map_or(entry.id.clone(), |name| qualified_id(name, &entry.id));
            (id, next.score)
        });
        Some(explain::explain(found, best, entry, next)?)
    } else {
        None
    };
    if !is_best_returned {
        hits.remove(0);
    }
    Ok(Findings { outcome, confidence, covered, hits, offset: options.offset, corrections, why })
}

/// The first hit of a search, with what its confidence was computed from.
pub(crate) struct First {
    /// The ids of the first five hits, the best first.
    pub(crate) ids: Vec<String>,
    /// The features of the best.
    pub(crate) features: Features,
}

/// The hits of which one answers if a question is covered.
const FIRST_HITS: usize = 5;

/// Searches `reader` for `query` and describes the first hit, if there is one.
pub(crate) fn first(reader: &Reader, query: &str) -> Result<Option<First>, SearchError> {
    let ranking = Ranking::by(reader, None, &reader.dictionary, None, query, &SearchOptions::default())?;
    let Some(&best) = ranking.ranked.first() else { return Ok(None) };
    let leaders = leaders(ranking.ranked.iter());
    let features = ranking.features(&[best], leaders)?;
    let first = ranking.ranked.iter().take(FIRST_HITS);
    let ids: Vec<String> =
        first.map(|ranked| Ok(reader.entry_at(ranked.position)?.id)).collect::<Result<_, SearchError>>()?;
    Ok(features.into_iter().next().map(|features| First { ids, features }))
}

/// Returns the scores of the two best, 0 for one that is missing.
fn leaders<'a>(mut order: impl Iterator<Item = &'a Ranked>) -> [f32; 2] {
    [(); 2].map(|()| order.next().map_or(0.0, |ranked| ranked.score))
}

/// Puts what several knowledge bases found in one order, each with the number of its knowledge base.
fn merged(rankings: &[Ranking<'_>]) -> Vec<(usize, Ranked)> {
    let mut order: Vec<(usize, Ranked)> = Vec::new();
    for (at, found) in rankings.iter().enumerate() {
        order.extend(found.ranked.iter().map(|&ranked| (at, ranked)));
    }
    order.sort_by(|(_, a), (_, b)| a.by_score(b));
    order
}

/// Makes hits of entries, each given with the number of its knowledge base; returns the probability of the first that one
/// of the first five answers as well.
fn hits(
    rankings: &[Ranking<'_>],
    ranked: &[(usize, Ranked)],
    leaders: [f32; 2],
) -> Result<(Vec<Hit>, f32), SearchError> {
    let mut of_each = Vec::with_capacity(rankings.len());
    for (at, found) in rankings.iter().enumerate() {
        let own: Vec<Ranked> = ranked.iter().filter(|(of, _)| *of == at).map(|&(_, ranked)| ranked).collect();
        of_each.push(hits_of(found, &own, leaders)?.into_iter());
    }
    let in_order = ranked.iter().filter_map(|&(of, _)| of_each[of].next());
    let (hits, covered): (Vec<Hit>, Vec<f32>) = in_order.unzip();
    Ok((hits, covered.first().copied().unwrap_or_default()))
}

/// Lists the words that were taken for others: for words that `entry`, the first one, holds, or for their vectors.
fn corrections(reader: &Reader, plan: &Plan, best: Ranked, entry: &Entry) -> Vec<Correction> {
    if plan.rewrites.is_empty() {
        return Vec::new();
    }
    let words = EntryWords::of(entry, reader.language_of(entry));
    let correction = |rewrite: &Rewrite| {
        let spelled = rewrite.terms.iter().find_map(|term| words.spelled(term)).map(str::to_owned);
        let taken_for = spelled.map(|spelled| rewrite.read_as.clone().unwrap_or(spelled));
        let by_meaning = || rewrite.word.clone().filter(|_| best.evidence.meaning.is_some());
        Some(Correction { typed: rewrite.typed.clone(), taken_for: taken_for.or_else(by_meaning)? })
    };
    plan.rewrites.iter().filter_map(correction).collect()
}

/// Makes hits of entries that `found` ranks, each with the probability that one of the first five answers if it is the first.
fn hits_of(found: &Ranking<'_>, ranked: &[Ranked], leaders: [f32; 2]) -> Result<Vec<(Hit, f32)>, SearchError> {
    let features = found.features(ranked, leaders)?;
    let hit = |(ranked, features): (&Ranked, &Features)| {
        let (entry, name) = (found.reader.entry_at(ranked.position)?, found.name.map(str::to_owned));
        let hit = Hit { entry, score: ranked.score, confidence: features.confidence(), knowledge_base: name };
        Ok((hit, features.covered()))
    };
    ranked.iter().zip(&features).map(hit).collect()
}
