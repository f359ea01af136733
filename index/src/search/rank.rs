//! The order of the candidates: how well the whole entry fits, and how alike its best phrasing is to the question.
//!
//! score = whole / Wq + 1.5 · max over phrasings of M / √(Wq · Ws)
//!
//! where `bm25` is the BM25 score, `Wq` the weight of the question, `Ws` that of a phrasing, and `M` the weight of what
//! both share: the cosine of two sets of weighted terms. The best phrasing by itself is what makes an alias reliable.

use std::cmp::Ordering;

use super::candidate::{Candidate, Evidence, Exactness};
use super::plan::Plan;
use crate::error::SearchError;
use crate::pack::phrasings::{Phrasing, Phrasings};

/// The weight of the best phrasing beside the BM25 score; from 1 to 2 the mean over six public sets differs by .002.
pub(crate) const PHRASING_WEIGHT: f32 = 1.5;

/// Candidates are ranked in batches that end at these places of the order in which they were retrieved; the last has the
/// rest.
///
/// So the hits to a question begin alike, however many are wanted. Six public sets are answered with 30 candidates as with
/// 100; the phrasings of 40 are two places in memory each to wait for, which takes a fifth of a question's time.
const BATCHES: [usize; 2] = [40, 1_000];

/// Returns the number of candidates to retrieve where so many are wanted: whole batches.
pub(crate) fn candidates(wanted: usize) -> usize {
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
}

/// Returns the candidates, the best of each batch first; equal ones in the order of the knowledge base.
pub(crate) fn rank(plan: &Plan, candidates: &[Candidate], phrasings: &Phrasings) -> Result<Vec<Ranked>, SearchError> {
    let mut comparison = Comparison::new(plan);
    let mut ranked = Vec::with_capacity(candidates.len());
    for (place, candidate) in candidates.iter().enumerate() {
        let batch = BATCHES.iter().take_while(|&&end| place >= end).count();
        ranked.push(Ranked { batch, ..comparison.ranked(*candidate, phrasings.of(candidate.position)?) });
    }
    ranked.sort_unstable_by(Ranked::order);
    Ok(ranked)
}

/// Returns true if the entry at `position` comes first already by `phrasing`, one of its own, compared alone.
///
/// If not, its other phrasings may still put it there. An entry is asked for by each of its phrasings when it is checked,
/// and comparing all of them each time would take the square of their number.
#[cfg(feature = "build")]
pub(crate) fn leads(
    plan: &Plan,
    candidates: &[Candidate],
    phrasings: &Phrasings,
    position: u32,
    phrasing: Phrasing<'_>,
) -> Result<bool, SearchError> {
    let mut comparison = Comparison::new(plan);
    let Some(own) = candidates.iter().find(|candidate| candidate.position == position) else { return Ok(false) };
    let own = comparison.ranked(*own, std::iter::once(phrasing));
    for other in candidates.iter().filter(|candidate| candidate.position != position) {
        let other = comparison.ranked(*other, phrasings.of(other.position)?);
        if own.order(&other).is_gt() {
            return Ok(false);
        }
    }
    Ok(true)
}

impl Ranked {
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
struct Comparison {
    /// The weight of the question.
    weight: f32,
    /// Number, query term and weight given, in the order of numbers.
    numbers: Vec<(u32, usize, f32)>,
    /// A bit for what each number ends in, which is enough to pass over nearly all others.
    ends: u64,
    shared: Vec<f32>,
}

impl Comparison {
    fn new(plan: &Plan) -> Comparison {
        let mut numbers = Vec::new();
        for (position, query_term) in plan.query_terms.iter().enumerate() {
            let given = |share: f32| query_term.weight * share;
            numbers.extend(
                query_term
                    .expansions
                    .iter()
                    .map(|expansion| (expansion.listed.number, position, given(expansion.share))),
            );
        }
        numbers.sort_by_key(|&(number, position, _)| (number, position));
        let ends = numbers.iter().fold(0, |ends, &(number, ..)| ends | end_bit(number));
        Comparison { weight: plan.weight, numbers, ends, shared: vec![0.0; plan.query_terms.len()] }
    }

    /// Compares the question with a candidate that has `phrasings`.
    fn ranked<'a>(&mut self, candidate: Candidate, phrasings: impl Iterator<Item = Phrasing<'a>>) -> Ranked {
        let (mut phrasing_similarity, mut best) = (0.0_f32, None);
        for (at, phrasing) in phrasings.enumerate() {
            let shared = self.shared_weight(phrasing);
            let alike = shared / (self.weight * phrasing.weight).sqrt().max(f32::MIN_POSITIVE);
            if alike > phrasing_similarity {
                (phrasing_similarity, best) = (alike, Some(at));
            }
        }
        let Candidate { position, evidence } = candidate;
        let score = evidence.bm25 + PHRASING_WEIGHT * phrasing_similarity;
        Ranked { position, batch: 0, score, evidence: Evidence { phrasing_similarity, ..evidence }, phrasing: best }
    }

    /// Returns the weight of the query terms that `phrasing` matches, each by its best expansion.
    fn shared_weight(&mut self, phrasing: Phrasing<'_>) -> f32 {
        self.shared.fill(0.0);
        let ends = self.ends;
        phrasing.each_number(|number| {
            if ends & end_bit(number) == 0 {
                return;
            }
            let first = self.numbers.partition_point(|&(known, ..)| known < number);
            for &(_, query_term, given) in self.numbers[first..].iter().take_while(|&&(known, ..)| known == number) {
                self.shared[query_term] = self.shared[query_term].max(given);
            }
        });
        self.shared.iter().sum()
    }
}

/// Returns the bit that stands for the last six bits of `number`.
fn end_bit(number: u32) -> u64 {
    1 << (number % 64)
}
