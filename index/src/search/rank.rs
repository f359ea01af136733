//! The order of the candidates: how well the whole entry fits, and how alike its best surface is to the question.
//!
//! score = whole / Wq + 1.5 · max over surfaces of M / √(Wq · Ws)
//!
//! where `whole` is the BM25 score, `Wq` the weight of the question, `Ws` that of a surface, and `M` the weight of what
//! both share: the cosine of two sets of weighted terms. The best surface by itself is what makes an alias reliable.

use std::cmp::Ordering;

use super::plan::Plan;
use crate::engine::top_k::Candidate;
use crate::error::SearchError;
use crate::pack::phrasings::{Surface, Surfaces};

/// How much the best surface counts beside the whole; from 1 to 2 the mean over six public sets differs by .002.
pub(crate) const SURFACE: f32 = 1.5;

/// Candidates are ranked in batches that end at these places of the order in which they were retrieved; the last has the
/// rest.
///
/// So the hits to a question begin alike, however many are wanted. Six public sets are answered with 30 candidates as with
/// 100; the surfaces of 40 are two places in memory each to wait for, which takes a fifth of a question's time.
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
    /// What its whole text gives of the score.
    pub(crate) whole: f32,
    /// How alike its best surface is to the question, from 0 to 1.
    pub(crate) likeness: f32,
    /// Which surface that is, if any is alike at all.
    pub(crate) surface: Option<usize>,
}

/// Returns the candidates, the best of each batch first; equal ones in the order of the knowledge base.
pub(crate) fn rank(plan: &Plan, candidates: &[Candidate], surfaces: &Surfaces) -> Result<Vec<Ranked>, SearchError> {
    let mut comparison = Comparison::new(plan);
    let mut ranked = Vec::with_capacity(candidates.len());
    for (place, candidate) in candidates.iter().enumerate() {
        let batch = BATCHES.iter().take_while(|&&end| place >= end).count();
        ranked.push(Ranked { batch, ..comparison.ranked(*candidate, surfaces.of(candidate.position)?) });
    }
    ranked.sort_unstable_by(Ranked::order);
    Ok(ranked)
}

/// Returns true if the entry at `position` comes first already by `surface`, one of its own, compared alone.
///
/// If not, its other surfaces may still put it there. An entry is asked for by each of its surfaces when it is checked,
/// and comparing all of them each time would take the square of their number.
#[cfg(feature = "build")]
pub(crate) fn leads(
    plan: &Plan,
    candidates: &[Candidate],
    surfaces: &Surfaces,
    position: u32,
    surface: Surface<'_>,
) -> Result<bool, SearchError> {
    let mut comparison = Comparison::new(plan);
    let Some(own) = candidates.iter().find(|candidate| candidate.position == position) else { return Ok(false) };
    let own = comparison.ranked(*own, std::iter::once(surface));
    for other in candidates.iter().filter(|candidate| candidate.position != position) {
        let other = comparison.ranked(*other, surfaces.of(other.position)?);
        if own.order(&other).is_gt() {
            return Ok(false);
        }
    }
    Ok(true)
}

impl Ranked {
    /// Compares two candidates, of which the better one is less.
    pub(crate) fn by_score(&self, other: &Ranked) -> Ordering {
        self.batch.cmp(&other.batch).then(other.score.total_cmp(&self.score))
    }

    /// Compares two candidates of one knowledge base, whose order decides between equal ones.
    fn order(&self, other: &Ranked) -> Ordering {
        self.by_score(other).then(self.position.cmp(&other.position))
    }
}

/// The question's terms by their numbers, and room to add up what a surface shares with it.
struct Comparison {
    /// The weight of the question.
    weight: f32,
    /// Number, slot and weight given, in the order of numbers.
    numbers: Vec<(u32, usize, f32)>,
    /// A bit for what each number ends in, which is enough to pass over nearly all others.
    ends: u64,
    shared: Vec<f32>,
}

impl Comparison {
    fn new(plan: &Plan) -> Comparison {
        let mut numbers = Vec::new();
        for (position, slot) in plan.slots.iter().enumerate() {
            let given = |share: f32| slot.weight * share;
            numbers.extend(slot.variants.iter().map(|variant| (variant.listed.number, position, given(variant.share))));
        }
        numbers.sort_by_key(|&(number, position, _)| (number, position));
        let ends = numbers.iter().fold(0, |ends, &(number, ..)| ends | end_bit(number));
        Comparison { weight: plan.weight, numbers, ends, shared: vec![0.0; plan.slots.len()] }
    }

    /// Compares the question with a candidate that has `surfaces`.
    fn ranked<'a>(&mut self, candidate: Candidate, surfaces: impl Iterator<Item = Surface<'a>>) -> Ranked {
        let (mut likeness, mut best) = (0.0_f32, None);
        for (at, surface) in surfaces.enumerate() {
            let shared = self.shared_weight(surface);
            let alike = shared / (self.weight * surface.weight).sqrt().max(f32::MIN_POSITIVE);
            if alike > likeness {
                (likeness, best) = (alike, Some(at));
            }
        }
        let Candidate { position, whole } = candidate;
        Ranked { position, batch: 0, score: whole + SURFACE * likeness, whole, likeness, surface: best }
    }

    /// Returns the weight of the slots that `surface` matches, each by its best variant.
    fn shared_weight(&mut self, surface: Surface<'_>) -> f32 {
        self.shared.fill(0.0);
        let ends = self.ends;
        surface.each_number(|number| {
            if ends & end_bit(number) == 0 {
                return;
            }
            let first = self.numbers.partition_point(|&(known, ..)| known < number);
            for &(_, slot, given) in self.numbers[first..].iter().take_while(|&&(known, ..)| known == number) {
                self.shared[slot] = self.shared[slot].max(given);
            }
        });
        self.shared.iter().sum()
    }
}

/// Returns the bit that stands for the last six bits of `number`.
fn end_bit(number: u32) -> u64 {
    1 << (number % 64)
}
