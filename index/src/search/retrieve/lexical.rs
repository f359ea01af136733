//! Retrieval by words: the entries whose text scores best by BM25.
//!
//! Each term counts with the weight that the plan gave it instead of an inverse document frequency. That one is noise in a
//! knowledge base of a dozen entries, where `how` can be rarer than `Baidu`.
//!
//! Nearly every entry holds the function words of a question. Looking through their posting lists took 80 % of a
//! question's time, and they hardly ever decide. `MaxScore` (Turtle and Flood, 1995) therefore goes further here: the
//! essential terms choose the candidates, and the others only add to the score of those that were chosen.

use crate::database::contract::Choice;
use crate::engine::bm25::{Lengths, Scorer};
use crate::engine::dictionary::IndexedTerm;
use crate::engine::filter::Filter;
#[cfg(feature = "build")]
use crate::engine::top_k::{Criteria, best_above};
use crate::engine::top_k::{PostingCursor, ScoredEntry, best};
use crate::error::SearchError;
#[cfg(feature = "build")]
use crate::search::candidate::COVERAGE_WEIGHT;
use crate::search::candidate::{Candidate, Evidence};
use crate::search::plan::{Plan, QueryTerm};
use crate::search::question::Question;

/// Terms of at least this share of the weight of the heaviest are essential; function words weigh a quarter, and less
/// the more entries hold them. At .35, six public sets are answered as they are when every term is.
const ESSENTIAL_MIN: f32 = 0.3;
/// With fewer candidates than these, retrieval starts again with all terms.
const CHOICE_MIN: usize = 20;

/// Returns the `limit` best candidates by the order of their BM25 scores over the essential terms.
///
/// Those for a smaller limit are the beginning of those for a larger one.
pub(crate) fn retrieve(question: &Question<'_>, limit: usize) -> Result<Vec<Candidate>, SearchError> {
    let terms = by_weight(question.plan);
    let Some(heaviest) = terms.first() else { return Ok(Vec::new()) };
    let limit = limit.min(question.reader.index.entries() as usize).max(1);
    let essential = terms.partition_point(|term| term.weight >= ESSENTIAL_MIN * heaviest.weight);
    let lengths = question.reader.lengths()?;
    let mut cursors = cursors(question, &terms, &lengths)?;
    let (choosing, others) = cursors.split_at_mut(essential);
    if !has_best(question, &terms[..essential], limit) {
        return Ok(Vec::new());
    }
    let mut found = best(choosing, question.filter, limit);
    if found.len() < CHOICE_MIN && !others.is_empty() {
        if !has_best(question, &terms, limit) {
            return Ok(Vec::new());
        }
        cursors = self::cursors(question, &terms, &lengths)?;
        found = best(&mut cursors, question.filter, limit);
    } else {
        add_scores(others, &mut found);
    }
    check(&cursors)?;
    let evidence = evidence(question.plan, &terms, &mut cursors, &found)?;
    let candidate = |(place, (entry, evidence)): (usize, (ScoredEntry, Evidence))| Candidate {
        position: entry.position,
        place,
        evidence,
    };
    Ok(found.into_iter().zip(evidence).enumerate().map(candidate).collect())
}

/// Returns true if the rows of the `limit` best entries by `terms` are known. A pack has all rows; where a database has them, it
/// chooses the best first.
fn has_best(question: &Question<'_>, terms: &[WeightedTerm<'_>], limit: usize) -> bool {
    question.reader.fetched.as_ref().is_none_or(|rows| {
        let terms = terms.iter().map(|term| (term.indexed.number, term.weight)).collect();
        let condition = question.filter.map(Filter::condition).unwrap_or_default();
        rows.has_best(Choice { condition, ..Choice::new(terms, question.mean_length, limit) })
    })
}

/// The entry that should come first by the words of a question.
#[cfg(feature = "build")]
#[derive(Clone, Copy)]
pub(crate) struct Expected {
    /// Its position in the knowledge base.
    pub(crate) position: u32,
    /// The most by which the similarity of another entry's phrasing can exceed that of its own, as a part of the score.
    pub(crate) similarity_gap: f32,
}

/// The candidates that may come before an entry.
#[cfg(feature = "build")]
pub(crate) struct Rivals {
    /// The candidates, the best first. The entry itself is among them, unless `limit` others are better.
    pub(crate) candidates: Vec<Candidate>,
    /// The entry itself.
    pub(crate) own: Candidate,
}

/// Returns those candidates of [`retrieve`] that can come before the `expected` entry.
///
/// An entry does so only by a higher sum of its BM25 score and its similarity, so the sum of the expected one sets the
/// score from which entries are looked for. Mostly all but a few rare terms become non-essential then.
#[cfg(feature = "build")]
pub(crate) fn rivals(
    question: &Question<'_>,
    expected: Expected,
    limit: usize,
    budget: &mut usize,
) -> Result<Rivals, SearchError> {
    /// The share of a score that rounding may change.
    const ROUNDING: f32 = 1e-4;
    let (position, weight) = (expected.position, question.plan.weight);
    let terms = by_weight(question.plan);
    let Some(heaviest) = terms.first() else {
        let own = Candidate { position, place: 0, evidence: Evidence::default() };
        return Ok(Rivals { candidates: Vec::new(), own });
    };
    let lengths = question.reader.lengths()?;
    let essential = terms.partition_point(|term| term.weight >= ESSENTIAL_MIN * heaviest.weight);
    let is_choice = essential == terms.len() || is_choice(question, &terms[..essential], &lengths)?;
    let essential = if is_choice { essential } else { terms.len() };
    let mut cursors = cursors(question, &terms, &lengths)?;
    let own: Vec<f32> = cursors.iter_mut().map(|cursor| cursor.score_of(position)).collect();
    cursors.iter_mut().for_each(PostingCursor::restart);
    let own_chosen = own[..essential].iter().fold(0.0, |sum, score| sum + score);
    let own_score = own[essential..].iter().fold(own_chosen, |sum, score| sum + score);
    let most_others: f32 = cursors[essential..].iter().map(PostingCursor::max_score).sum();
    let own = [ScoredEntry { position, score: own_score }];
    let own_evidence = evidence(question.plan, &terms, &mut cursors, &own)?[0];
    let gap = expected.similarity_gap + COVERAGE_WEIGHT * (1.0 - own_evidence.coverage).max(0.0);
    let gap = most_others - (own_score - own_chosen) + gap * weight;
    cursors.iter_mut().for_each(PostingCursor::restart);
    let (choosing, others) = cursors.split_at_mut(essential);
    // Forms that count once change scores after the choice.
    let has_forms = has_forms(question.plan);
    let score_min = if has_forms { 0.0 } else { ((own_chosen - gap) * (1.0 - ROUNDING)).max(0.0) };
    let criteria = Criteria { score_min, except: Some(position) };
    let mut found = best_above(criteria, choosing, None, limit, budget);
    let is_better = |other: &ScoredEntry| (other.score, position) > (own_chosen, other.position);
    let place = found.partition_point(is_better);
    add_scores(others, &mut found);
    check(&cursors)?;
    let evidence = evidence(question.plan, &terms, &mut cursors, &found)?;
    let candidate =
        |(entry, evidence): (ScoredEntry, Evidence)| Candidate { position: entry.position, place: 0, evidence };
    let mut candidates: Vec<Candidate> = found.into_iter().zip(evidence).map(candidate).collect();
    let own = Candidate { position, place: 0, evidence: own_evidence };
    if own_chosen > 0.0 {
        candidates.insert(place, own);
        candidates.truncate(limit);
    }
    Ok(Rivals { candidates, own })
}

/// Returns true if at least [`CHOICE_MIN`] entries hold one of `terms`.
#[cfg(feature = "build")]
fn is_choice(question: &Question<'_>, terms: &[WeightedTerm<'_>], lengths: &Lengths) -> Result<bool, SearchError> {
    let frequencies = terms.iter().map(|term| term.indexed.info.doc_freq as usize);
    if frequencies.clone().max() >= Some(CHOICE_MIN) || frequencies.sum::<usize>() < CHOICE_MIN {
        return Ok(terms.iter().any(|term| term.indexed.info.doc_freq as usize >= CHOICE_MIN));
    }
    let mut cursors = cursors(question, terms, lengths)?;
    Ok(best(&mut cursors, None, CHOICE_MIN).len() == CHOICE_MIN)
}

/// Adds the BM25 scores of entries that another retriever found.
pub(crate) fn score(question: &Question<'_>, candidates: &mut [Candidate]) -> Result<(), SearchError> {
    if candidates.is_empty() {
        return Ok(());
    }
    let lengths = question.reader.lengths()?;
    let terms = by_weight(question.plan);
    let mut cursors = cursors(question, &terms, &lengths)?;
    let entry = |candidate: &Candidate| ScoredEntry { position: candidate.position, score: 0.0 };
    let mut scored: Vec<ScoredEntry> = candidates.iter().map(entry).collect();
    add_scores(&mut cursors, &mut scored);
    check(&cursors)?;
    let evidence = evidence(question.plan, &terms, &mut cursors, &scored)?;
    for (candidate, evidence) in candidates.iter_mut().zip(evidence) {
        candidate.evidence = candidate.evidence.and(evidence);
    }
    Ok(())
}

/// Lists the terms to look for, the heaviest first.
fn by_weight(plan: &Plan) -> Vec<WeightedTerm<'_>> {
    let mut terms = weighted_terms(plan);
    terms.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    terms
}

/// Adds to each score what the terms of `cursors` give to the entry.
fn add_scores(cursors: &mut [PostingCursor<'_>], entries: &mut [ScoredEntry]) {
    let mut ascending: Vec<&mut ScoredEntry> = entries.iter_mut().collect();
    ascending.sort_unstable_by_key(|entry| entry.position);
    for cursor in cursors {
        for entry in &mut ascending {
            entry.score += cursor.score_of(entry.position);
        }
    }
}

/// Returns the evidence for entries, of which the sums of scores are known.
///
/// Entries are scored anew if several terms stand for one word of the question, or one for several: a word and its
/// synonym, `web worker` and `webworker`. Of the forms of a word that an entry holds the one that gives the most counts.
fn evidence(
    plan: &Plan,
    terms: &[WeightedTerm<'_>],
    cursors: &mut [PostingCursor<'_>],
    entries: &[ScoredEntry],
) -> Result<Vec<Evidence>, SearchError> {
    if terms.is_empty() {
        return Ok(vec![Evidence::default(); entries.len()]);
    }
    let mut ascending: Vec<usize> = (0..entries.len()).collect();
    ascending.sort_unstable_by_key(|&at| entries[at].position);
    let mut gains = vec![0.0; terms.len() * entries.len()];
    for (term, cursor) in cursors.iter_mut().enumerate() {
        cursor.restart();
        for &at in &ascending {
            gains[at * terms.len() + term] = cursor.score_of(entries[at].position) / terms[term].weight;
        }
    }
    check(cursors)?;
    let expansions = plan.query_terms.iter().flat_map(|query_term| &query_term.expansions);
    let places: Vec<Option<usize>> =
        expansions.map(|expansion| terms.iter().position(|term| term.term == expansion.term)).collect();
    let has_forms = has_forms(plan);
    let mut evidence = Vec::with_capacity(entries.len());
    for (entry, gains) in entries.iter().zip(gains.chunks_exact(terms.len())) {
        let gain = |expansion: usize| places[expansion].map_or(0.0, |term| gains[term]);
        let score = if has_forms { counted_once(&plan.query_terms, gain).iter().sum() } else { entry.score };
        let coverage = covered(&plan.query_terms, gain) / plan.weight;
        evidence.push(Evidence { bm25: score / plan.weight, coverage, ..Evidence::default() });
    }
    Ok(evidence)
}

/// Returns the weight of what an entry holds of the query terms; `gain` is above 0 for the expansions that it holds.
fn covered(query_terms: &[QueryTerm], gain: impl Fn(usize) -> f32) -> f32 {
    let (mut sum, mut place) = (0.0, 0);
    for query_term in query_terms {
        let mut share = 0.0_f32;
        for expansion in &query_term.expansions {
            if gain(place) > 0.0 {
                share = share.max(expansion.weight_factor);
            }
            place += 1;
        }
        sum += query_term.weight * share;
    }
    sum
}

/// Returns true if several terms stand for one word of the question, or one for several.
fn has_forms(plan: &Plan) -> bool {
    if plan.query_terms.iter().any(|query_term| query_term.expansions.len() > 1) {
        return true;
    }
    let expansions = plan.query_terms.iter().flat_map(|query_term| &query_term.expansions);
    let mut numbers: Vec<u32> = expansions.map(|expansion| expansion.listed.number).collect();
    numbers.sort_unstable();
    numbers.windows(2).any(|pair| pair[0] == pair[1])
}

/// Returns what an entry gives to each query term: of several forms the one that gives the most counts, and so it is for
/// a compound and its parts. `gain` is what an expansion gives for each unit of weight, by its place among all.
pub(crate) fn counted_once(query_terms: &[QueryTerm], gain: impl Fn(usize) -> f32) -> Vec<f32> {
    let mut given = vec![0.0_f32; query_terms.len()];
    // Each compound with the query terms of its parts, and what it gives to all of them.
    let mut compounds: Vec<(&str, Vec<usize>, f32)> = Vec::new();
    let expansions = query_terms.iter().enumerate().flat_map(|(at, query_term)| {
        query_term.expansions.iter().map(move |expansion| (at, query_term.weight * expansion.weight_factor, expansion))
    });
    for (place, (at, weight, expansion)) in expansions.enumerate() {
        let amount = weight * gain(place);
        match compounds.iter_mut().find(|(term, ..)| *term == expansion.term) {
            _ if expansion.compound.is_none() => given[at] = given[at].max(amount),
            Some((_, parts, whole)) => {
                parts.push(at);
                *whole += amount;
            }
            None => compounds.push((&expansion.term, vec![at], amount)),
        }
    }
    for (_, parts, whole) in compounds {
        let of_parts: f32 = parts.iter().map(|&at| given[at]).sum();
        given[parts[0]] += (whole - of_parts).max(0.0);
    }
    given
}

fn check(cursors: &[PostingCursor<'_>]) -> Result<(), SearchError> {
    Ok(cursors.iter().try_for_each(PostingCursor::check)?)
}

/// Opens the posting lists of `terms`.
fn cursors<'a>(
    question: &Question<'_>,
    terms: &[WeightedTerm<'_>],
    lengths: &'a Lengths,
) -> Result<Vec<PostingCursor<'a>>, SearchError> {
    let scorer = Scorer::new(question.mean_length);
    let cursor = |term: &WeightedTerm<'_>| {
        let postings = question.reader.index.unread_postings(term.indexed)?;
        Ok(PostingCursor::new(postings, lengths, scorer.of(term.weight)))
    };
    terms.iter().map(cursor).collect()
}

/// A term to look for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WeightedTerm<'a> {
    /// The term.
    pub(crate) term: &'a str,
    /// Its place in the index.
    pub(crate) indexed: &'a IndexedTerm,
    /// The most that it can give.
    pub(crate) weight: f32,
}

/// Lists every term to look for once, with the most that it can give.
pub(crate) fn weighted_terms(plan: &Plan) -> Vec<WeightedTerm<'_>> {
    let mut terms: Vec<WeightedTerm<'_>> = Vec::new();
    for query_term in &plan.query_terms {
        for expansion in &query_term.expansions {
            let weight = query_term.weight * expansion.weight_factor;
            match terms.iter_mut().find(|known| known.term == expansion.term) {
                // A word that all of its parts match at once gives what they do together.
                Some(known) if expansion.compound.is_some() => known.weight += weight,
                Some(known) => known.weight = known.weight.max(weight),
                None => terms.push(WeightedTerm { term: &expansion.term, indexed: &expansion.listed, weight }),
            }
        }
    }
    terms.retain(|term| term.weight > 0.0);
    terms
}

#[cfg(all(test, feature = "build"))]
mod tests;
