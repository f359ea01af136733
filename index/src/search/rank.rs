//! The order of the candidates: how well the whole entry fits, and how alike its best phrasing is to the question.
//!
//! score = BM25 / Wq + max over phrasings of M / √(Wq · Ws) + 0.5 · C / Wq + meaning + sentences
//!
//! where `Wq` is the weight of the question, `Ws` that of a phrasing, and `M` the weight of what both share: the cosine
//! of two sets of weighted terms. The best phrasing by itself is what makes an alias reliable. `C` is the weight of the
//! question's terms that the entry holds, and `meaning` the cosines of vectors ([`Evidence::meaning`]),
//! `sentences` those of sentence vectors, where they were compared.

use std::cmp::Ordering;

#[cfg(feature = "build")]
use super::candidate::PHRASING_WEIGHT;
use super::candidate::{Candidate, Evidence, Exactness};
use super::plan::Plan;
#[cfg(feature = "build")]
use super::retrieve::lexical::Rivals;
use crate::error::SearchError;
use crate::meaning::QuestionVector;
use crate::pack::phrasings::{Phrasing, Phrasings};
use crate::sentences::QuestionSentence;
#[cfg(feature = "build")]
use crate::steps;

/// The coverage of a candidate from which meaning raises no other whose coverage is below [`LIFTED_MIN`]: a reader who types
/// a word, a name or an error code wants the entries that hold it.
const HELD_MIN: f32 = 0.9;
/// See [`HELD_MIN`].
const LIFTED_MIN: f32 = 0.3;
/// The share of its likeness that a phrasing loses if its words stand in the opposite order: `from 2 to 3` is not
/// `from 3 to 2`.
const ORDER_WEIGHT: f32 = 0.1;
/// Words of a phrasing whose order is compared, at most.
const ORDERED_MAX: usize = 32;

/// The candidates whose vectors are compared in a knowledge base that has too many to compare all; each takes 1 or 2 page faults
/// of a cold process. If six public sets counted as so large, with 40 the mean MRR@10 would be .001 higher.
const COMPARED_MAX: usize = 20;

/// Candidates are ranked in batches that end at these places of the order in which they were retrieved; the last has the
/// rest.
///
/// So the first hits are the same, however many are wanted. On the first six public sets (`evaluation/README.md`), 30 candidates
/// rank as 100 do. The phrasings of a candidate cost 2 cache misses; those of 40 take 20 % of a question's time.
pub(super) const BATCHES: [usize; 2] = [40, 1_000];

/// The share of the score of another edition from which the words of a question are in the original, too.
const NEARLY_AS_GOOD: f32 = 0.9;

/// The similarity from which two phrasings are the same, but for rounding.
#[cfg(feature = "build")]
const SAME: f32 = 0.9999;

/// Returns the number of candidates to retrieve for `wanted` hits: whole batches.
pub(crate) fn depth_for(wanted: usize) -> usize {
    BATCHES.into_iter().find(|&end| end >= wanted).unwrap_or(usize::MAX)
}

/// A candidate with what decided its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ranked {
    /// Its position in the knowledge base.
    pub(crate) position: u32,
    /// The batch that it was ranked in, which stands before the next.
    batch: usize,
    /// Its score.
    pub(crate) score: f32,
    /// The evidence for it.
    pub(crate) evidence: Evidence,
    /// The ordinal of its best phrasing, if any is alike at all.
    pub(crate) phrasing: Option<usize>,
    /// True if its best phrasing asks the opposite: two of the words have changed places, as in *from 2 to 3*.
    pub(crate) is_opposite: bool,
}

#[cfg(test)]
impl Ranked {
    /// Returns the first candidate of a search, for tests of the decisions about it.
    pub(crate) fn first(score: f32, evidence: Evidence) -> Ranked {
        Ranked { position: 0, batch: 0, score, evidence, phrasing: None, is_opposite: false }
    }
}

/// Returns the candidates, the best of each batch first; equal ones in the order of the knowledge base.
pub(crate) fn rank(
    plan: &Plan,
    candidates: &[Candidate],
    phrasings: &Phrasings,
    vector: Option<&QuestionVector<'_>>,
) -> Result<Vec<Ranked>, SearchError> {
    let mut comparison = Comparison::new(plan);
    let mut ranked = Vec::with_capacity(candidates.len());
    let is_first = |candidate: &&Candidate| candidate.place < BATCHES[0];
    let is_held = candidates.iter().filter(is_first).any(|candidate| candidate.evidence.coverage >= HELD_MIN);
    for candidate in candidates {
        let batch = BATCHES.iter().take_while(|&&end| candidate.place >= end).count();
        let mut candidate = *candidate;
        let evidence = &mut candidate.evidence;
        let is_compared = |vector: &&QuestionVector<'_>| vector.compares_all() || candidate.place < COMPARED_MAX;
        if let (Some(vector), None) = (vector.filter(is_compared), evidence.meaning) {
            evidence.meaning = vector.likeness(candidate.position)?;
        }
        if is_held && evidence.coverage < LIFTED_MIN {
            *evidence = evidence.not_lifted();
        }
        ranked.push(Ranked { batch, ..comparison.ranked(candidate, phrasings.of(candidate.position)?) });
    }
    ranked.sort_unstable_by(Ranked::order);
    Ok(ranked)
}

/// Gives the candidates that vectors are compared for the greatest likeness that an edition of the same entry has, and ranks
/// them again. `sisters` returns the positions of the editions of the entry at a position.
pub(crate) fn rank_by_sisters(
    ranked: &mut [Ranked],
    vector: &QuestionVector<'_>,
    sisters: impl Fn(u32) -> Result<Vec<u32>, SearchError>,
) -> Result<(), SearchError> {
    let compared = if vector.compares_all() { BATCHES[0] } else { COMPARED_MAX };
    for Ranked { position, score, evidence, .. } in ranked.iter_mut().take(compared) {
        for sister in sisters(*position)? {
            let meaning = vector.likeness(sister)?;
            *evidence = evidence.with_sister(Evidence { meaning, ..Evidence::default() });
        }
        *score = evidence.score();
    }
    ranked.sort_unstable_by(Ranked::order);
    Ok(())
}

/// Compares the first batch with the sentence vector of the question, and ranks it again.
pub(crate) fn rank_by_sentences(ranked: &mut [Ranked], question: &QuestionSentence<'_>) -> Result<(), SearchError> {
    let is_held = ranked.iter().any(|ranked| ranked.batch == 0 && ranked.evidence.coverage >= HELD_MIN);
    for Ranked { position, score, evidence, .. } in ranked.iter_mut().filter(|ranked| ranked.batch == 0) {
        evidence.sentence = question.likeness(*position)?;
        if question.replaces_meaning {
            evidence.meaning = None;
        }
        if is_held && evidence.coverage < LIFTED_MIN {
            *evidence = evidence.not_lifted();
        }
        *score = evidence.score();
    }
    ranked.sort_unstable_by(Ranked::order);
    Ok(())
}

/// The entry that should come first, with the phrasing by which it is asked for.
#[cfg(feature = "build")]
#[derive(Clone, Copy)]
pub(crate) struct Own<'a> {
    /// Its position in the knowledge base.
    pub(crate) position: u32,
    /// The phrasing, if the pack holds it.
    pub(crate) phrasing: Option<Phrasing<'a>>,
}

/// Returns the most by which the similarity of another entry can exceed that of `own`, as a part of the score.
#[cfg(feature = "build")]
pub(crate) fn similarity_gap(plan: &Plan, own: Own<'_>) -> f32 {
    let mut comparison = Comparison::new(plan);
    let own = own.phrasing.map_or(0.0, |phrasing| comparison.similarity(phrasing));
    PHRASING_WEIGHT * (plan.similarity_max() - own).max(0.0)
}

/// Ranks the `rivals` of `own`. Compares at most `budget` phrasings, and takes off how many; with none left, `own` is
/// ranked even if it is no candidate, and some of the others may be missing.
///
/// An entry is asked for by each of its phrasings when it is checked. Where that phrasing is as alike as any can be, the
/// others are not compared: each time all of them would take the square of their number.
#[cfg(feature = "build")]
pub(crate) fn rank_rivals(
    plan: &Plan,
    rivals: &Rivals,
    own: Own<'_>,
    phrasings: &Phrasings,
    budget: &mut usize,
) -> Result<Vec<Ranked>, SearchError> {
    let mut comparison = Comparison::new(plan);
    let mut ranked = Vec::with_capacity(rivals.candidates.len() + 1);
    let own_phrasing = own.phrasing.filter(|&own| comparison.similarity(own) >= SAME);
    for candidate in &rivals.candidates {
        if candidate.position == own.position
            && let Some(phrasing) = own_phrasing
        {
            ranked.push(comparison.ranked(*candidate, std::iter::once(phrasing)));
            continue;
        }
        let before = *budget;
        let compared = phrasings.of(candidate.position)?.take_while(|_| {
            *budget = budget.saturating_sub(1);
            *budget > 0
        });
        ranked.push(comparison.ranked(*candidate, compared));
        steps::count(before - *budget);
    }
    if *budget == 0 && ranked.iter().all(|ranked| ranked.position != own.position) {
        ranked.push(comparison.ranked(rivals.own, own.phrasing.into_iter()));
    }
    ranked.sort_unstable_by(Ranked::order);
    Ok(ranked)
}

impl Ranked {
    /// Returns true if it is the entry at `position`, ranked in the first batch.
    pub(crate) fn is_first(&self, position: u32) -> bool {
        self.batch == 0 && self.position == position
    }

    /// Returns the candidate with the evidence for `other`, another edition of the same entry. It is the one of the two that
    /// the words of the question are in; if they are in both, that at `original`.
    pub(super) fn with_sister(&self, other: &Ranked, original: u32) -> Ranked {
        let words = |ranked: &Ranked| {
            let share = if ranked.position == original { 1.0 } else { NEARLY_AS_GOOD };
            share * ranked.evidence.word_score()
        };
        let is_other =
            other.evidence.exact.cmp(&self.evidence.exact).then(words(other).total_cmp(&words(self))).is_gt();
        let (kept, sister) = if is_other { (other, self) } else { (self, other) };
        let evidence = kept.evidence.with_sister(sister.evidence);
        Ranked { batch: kept.batch.min(sister.batch), score: evidence.score(), evidence, ..*kept }
    }

    /// Compares two candidates, of which the better one is less: exact phrasings stand first, as they were found.
    pub(crate) fn by_score(&self, other: &Ranked) -> Ordering {
        let exact = other.evidence.exact.cmp(&self.evidence.exact);
        if self.evidence.exact.min(other.evidence.exact) > Exactness::None {
            return exact;
        }
        exact.then(self.batch.cmp(&other.batch)).then(other.score.total_cmp(&self.score))
    }

    /// Compares two candidates of one knowledge base, whose order decides between equal ones.
    fn order(&self, other: &Ranked) -> Ordering {
        self.by_score(other).then(self.position.cmp(&other.position))
    }
}

/// The question's terms by their numbers, and room to add up what a phrasing shares with it.
struct Comparison<'a> {
    plan: &'a Plan,
    /// Number, query term and weight given, in the order of numbers.
    numbers: Vec<(u32, usize, f32)>,
    /// A bit for what each number ends in, which is enough to pass over nearly all others.
    ends: u64,
    shared: Vec<f32>,
    /// The query terms that the phrasing matches, in its order.
    order: Vec<usize>,
}

impl<'a> Comparison<'a> {
    fn new(plan: &'a Plan) -> Comparison<'a> {
        let mut numbers = Vec::new();
        for (position, query_term) in plan.query_terms.iter().enumerate() {
            let given = |share: f32| query_term.weight * share;
            numbers.extend(
                query_term
                    .expansions
                    .iter()
                    .map(|expansion| (expansion.listed.number, position, given(expansion.weight_factor))),
            );
        }
        numbers.sort_by_key(|&(number, position, _)| (number, position));
        let ends = numbers.iter().fold(0, |ends, &(number, ..)| ends | end_bit(number));
        let shared = vec![0.0; plan.query_terms.len()];
        Comparison { plan, numbers, ends, shared, order: Vec::new() }
    }

    /// Compares the question with a candidate that has `phrasings`.
    fn ranked<'p>(&mut self, candidate: Candidate, phrasings: impl Iterator<Item = Phrasing<'p>>) -> Ranked {
        let (mut phrasing_similarity, mut best, mut is_opposite) = (0.0_f32, None, false);
        for (at, phrasing) in phrasings.enumerate() {
            let alike = self.similarity(phrasing);
            if alike > phrasing_similarity {
                (phrasing_similarity, best, is_opposite) = (alike, Some(at), self.is_opposite());
            }
        }
        let Candidate { position, evidence, .. } = candidate;
        let evidence = Evidence { phrasing_similarity, ..evidence };
        let score = evidence.score();
        Ranked { position, batch: 0, score, evidence, phrasing: best, is_opposite }
    }

    /// Returns how alike the question and `phrasing` are.
    fn similarity(&mut self, phrasing: Phrasing<'_>) -> f32 {
        let shared = self.shared_weight(phrasing);
        let cosine = shared / (self.plan.weight * phrasing.weight).sqrt().max(f32::MIN_POSITIVE);
        cosine * (1.0 - ORDER_WEIGHT * inverted_share(&self.order))
    }

    /// Returns true if the phrasing that was compared last has the words of the question with two that carry meaning in
    /// each other's place around another: *from 3 to 2* for *from 2 to 3*. Keywords, which no function word holds together,
    /// may stand in any order.
    fn is_opposite(&self) -> bool {
        if self.order.is_sorted() {
            return false;
        }
        let mut ascending = self.order.clone();
        ascending.sort_unstable();
        let moved: Vec<usize> = (0..ascending.len()).filter(|&at| self.order[at] != ascending[at]).collect();
        let &[first, second] = moved.as_slice() else { return false };
        let carries_meaning = |at: usize| self.plan.query_terms[self.order[at]].carries_meaning;
        let is_sentence = (0..ascending.len()).any(|at| !moved.contains(&at) && !carries_meaning(at));
        second - first > 1 && carries_meaning(first) && carries_meaning(second) && is_sentence
    }

    /// Returns the weight of the query terms that `phrasing` matches, each by its best expansion.
    fn shared_weight(&mut self, phrasing: Phrasing<'_>) -> f32 {
        self.shared.fill(0.0);
        self.order.clear();
        let ends = self.ends;
        phrasing.each_number(|number| {
            if ends & end_bit(number) == 0 {
                return;
            }
            let first = self.numbers.partition_point(|&(known, ..)| known < number);
            for &(_, query_term, given) in self.numbers[first..].iter().take_while(|&&(known, ..)| known == number) {
                if self.shared[query_term] == 0.0 && self.order.len() < ORDERED_MAX {
                    self.order.push(query_term);
                }
                self.shared[query_term] = self.shared[query_term].max(given);
            }
        });
        self.shared.iter().sum()
    }
}

/// Returns the share of the pairs of `order` that are inverted: 0 for ascending numbers, 1 for descending ones.
fn inverted_share(order: &[usize]) -> f32 {
    let mut inverted = 0;
    for (at, first) in order.iter().enumerate() {
        inverted += order[at + 1..].iter().filter(|second| *second < first).count();
    }
    let pairs = order.len() * order.len().saturating_sub(1) / 2;
    inverted as f32 / pairs.max(1) as f32
}

/// Returns the bit that stands for the last six bits of `number`.
fn end_bit(number: u32) -> u64 {
    1 << (number % 64)
}
