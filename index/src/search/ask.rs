//! From a question to findings: ranks, decides, and makes the hits that are asked for.

use std::cell::LazyCell;
use std::ops::Deref;

use super::competition::Competition;
use super::confidence::{DecidingWord, Features};
use super::entry_words::EntryWords;
use super::explain;
use super::findings::{Correction, Findings, Hit};
use super::merge::merged;
use super::narrow::narrow;
use super::options::SearchOptions;
use super::outcome::{ANSWERED_MIN, Certainty, Outcome};
use super::pipeline::Ranking;
use super::plan::{Plan, Rewrite};
use super::rank::Ranked;
use super::reorder::reorder;
use super::unspaced_words;
use crate::error::SearchError;
use crate::model::entry::{Entry, qualified_id};
use crate::reader::Reader;

/// Searches `reader` for `query`.
pub(crate) fn search(reader: &Reader, query: &str, options: &SearchOptions) -> Result<Findings, SearchError> {
    let narrowed = narrow(reader, options)?.map(|filter| reader.dictionary.narrowed(Some(&filter)));
    let found = Ranking::by(reader, None, &reader.dictionary, narrowed.as_ref(), query, options)?;
    conclude(&mut [found], query, options)
}

/// Decides how a search for `query` ended from what each knowledge base found, and makes the hits that are asked for.
///
/// The best entry and its lead over the next decide, whichever are returned.
pub(crate) fn conclude(
    rankings: &mut [Ranking<'_>],
    query: &str,
    options: &SearchOptions,
) -> Result<Findings, SearchError> {
    reorder(rankings, query)?;
    let rankings = &*rankings;
    let order = merged(rankings);
    let Some(&(of_best, best)) = order.first() else { return Ok(Findings::nothing(options)) };
    let (found, next) = (&rankings[of_best], order.get(1));
    let is_best_returned = options.offset == 0 && options.limit > 0;
    let others = order.iter().skip(options.offset.max(1)).take(options.limit - usize::from(is_best_returned));
    let read: Vec<(usize, Ranked)> = order.iter().take(1).chain(others).copied().collect();
    let competition = Competition::of(order.iter().map(|(_, ranked)| ranked));
    let (mut hits, features): (Vec<Hit>, Vec<Features>) = hits(rankings, &read, competition)?.into_iter().unzip();
    let (Some(Hit { entry, .. }), Some(features)) = (hits.first(), features.first()) else {
        return Ok(Findings::nothing(options));
    };
    let (confidence, covered) = (features.confidence(), features.covered());
    let answered_min = options.answered_min.or(found.reader.manifest.answered_min).unwrap_or(ANSWERED_MIN);
    let words = LazyCell::new(|| EntryWords::of(entry, found.reader.language_of(entry)));
    // Reading the words of an entry takes a quarter of a question.
    let matters = confidence >= answered_min || options.explain;
    let lacks = if matters { lacked(found, features, &words) } else { None };
    let certainty = Certainty { confidence, covered, answered_min, lacks_deciding_word: lacks.is_some() };
    let outcome = Outcome::of(&found.plan, best, competition.leaders[1], certainty);
    let corrections = corrections(&found.plan, best, &words);
    let why = if options.explain {
        let of_next = next.map(|&(of, next)| rankings[of].reader.entry_at(next.position)).transpose()?;
        let next = of_next.zip(next).map(|(entry, &(of, next))| {
            let id = rankings[of].name.map_or(entry.id.clone(), |name| qualified_id(name, &entry.id));
            (id, next.score)
        });
        Some(explain::explain(found, best, entry, &words, lacks.as_deref(), next)?)
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
    /// True if it has neither the word that decides nor one near it.
    pub(crate) lacks_deciding_word: bool,
}

/// The hits of which one answers if a question is covered.
const FIRST_HITS: usize = 5;

/// Searches `reader` for `query` and describes the first hit, if there is one.
pub(crate) fn first(reader: &Reader, query: &str) -> Result<Option<First>, SearchError> {
    let mut ranking = Ranking::by(reader, None, &reader.dictionary, None, query, &SearchOptions::default())?;
    reorder(std::slice::from_mut(&mut ranking), query)?;
    let Some(&best) = ranking.ranked.first() else { return Ok(None) };
    let features = ranking.features(&[best], Competition::of(ranking.ranked.iter()))?;
    let first = ranking.ranked.iter().take(FIRST_HITS);
    let entries: Vec<Entry> =
        first.map(|ranked| reader.entry_at(ranked.position)).collect::<Result<_, SearchError>>()?;
    let first = entries.first().zip(features.into_iter().next()).map(|(entry, features)| {
        let words = LazyCell::new(|| EntryWords::of(entry, reader.language_of(entry)));
        let lacks_deciding_word = lacked(&ranking, &features, &words).is_some();
        First { ids: entries.iter().map(|entry| entry.id.clone()).collect(), features, lacks_deciding_word }
    });
    Ok(first)
}

/// The least cosine of the word that decides and a word of the entry that says the same, or nearly. From .4 to .6, the share of
/// answered questions of seven public sets changes by .02.
const NEAR_WORD_MIN: f32 = 0.5;

/// Returns the word that decides, if neither it nor one near it is among `words`, those of the first entry that was found.
fn lacked(found: &Ranking<'_>, features: &Features, words: &impl Deref<Target = EntryWords>) -> Option<String> {
    let (reader, plan) = (found.reader, &found.plan);
    let is_far = |word: &str| {
        let nearest = reader.vectors.as_ref().and_then(|vectors| words.nearest(vectors, word));
        nearest.is_none_or(|(_, cosine)| cosine < NEAR_WORD_MIN)
    };
    if features.is_exact() {
        return None;
    }
    let Some(DecidingWord { query_term, name }) = features.deciding() else {
        return unspaced_words::lacked(plan, words).filter(|word| is_far(word));
    };
    let term = |at: usize| plan.query_terms[at].term.as_str();
    if name.is_some_and(|[first, second]| !words.are_one_name(term(first), term(second))) {
        return None;
    }
    let typed = &plan.query_terms[query_term].spelling;
    let rewrite = plan.rewrites.iter().find(|rewrite| rewrite.typed == *typed);
    let word = rewrite.and_then(|rewrite| rewrite.word.as_ref()).unwrap_or(typed);
    is_far(word).then(|| typed.clone())
}

/// Makes hits of entries, each given with the number of its knowledge base, with their features.
fn hits(
    rankings: &[Ranking<'_>],
    ranked: &[(usize, Ranked)],
    competition: Competition,
) -> Result<Vec<(Hit, Features)>, SearchError> {
    let mut of_each = Vec::with_capacity(rankings.len());
    for (at, found) in rankings.iter().enumerate() {
        let own: Vec<Ranked> = ranked.iter().filter(|(of, _)| *of == at).map(|&(_, ranked)| ranked).collect();
        of_each.push(hits_of(found, &own, competition)?.into_iter());
    }
    Ok(ranked.iter().filter_map(|&(of, _)| of_each[of].next()).collect())
}

/// Lists the words that were taken for others: for some of `words`, those of the first entry, or for their vectors.
fn corrections(plan: &Plan, best: Ranked, words: &impl Deref<Target = EntryWords>) -> Vec<Correction> {
    let correction = |rewrite: &Rewrite| {
        let spelled = rewrite.terms.iter().find_map(|term| words.spelled(term)).map(str::to_owned);
        let taken_for = spelled.map(|spelled| rewrite.read_as.clone().unwrap_or(spelled));
        let by_meaning = || rewrite.word.clone().filter(|_| best.evidence.meaning.is_some());
        Some(Correction { typed: rewrite.typed.clone(), taken_for: taken_for.or_else(by_meaning)? })
    };
    plan.rewrites.iter().filter_map(correction).collect()
}

/// Makes hits of entries that `found` ranks, each with its features.
fn hits_of(
    found: &Ranking<'_>,
    ranked: &[Ranked],
    competition: Competition,
) -> Result<Vec<(Hit, Features)>, SearchError> {
    let hit = |(ranked, features): (&Ranked, Features)| {
        let (entry, name) = (found.reader.entry_at(ranked.position)?, found.name.map(str::to_owned));
        let hit = Hit { entry, score: ranked.score, confidence: features.confidence(), knowledge_base: name };
        Ok((hit, features))
    };
    ranked.iter().zip(found.features(ranked, competition)?).map(hit).collect()
}
