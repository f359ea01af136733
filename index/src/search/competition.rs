//! The competition of a hit: what the other hits of a search say of it.

use libm::expf;

use super::rank::{BATCHES, Ranked};

/// The temperature of the softmax of scores. From .3 to .5, the AUC over left-out sets differs by .006.
const TEMPERATURE: f32 = 0.3;

/// The hits whose scores compete: as many as are always ranked, so that a larger limit changes no confidence.
const COUNTED: usize = BATCHES[0];

/// The hits of a search, as each of them competes with the others.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Competition {
    /// The scores of the two best, 0 for one that is missing.
    pub(crate) leaders: [f32; 2],
    /// The sum of the exponentials of the scores of the first [`COUNTED`] hits, each beside the best.
    exponentials: f32,
    /// The greatest cosine of sentence vectors.
    nearest: f32,
}

impl Competition {
    /// Returns the competition of hits, the best first.
    pub(crate) fn of<'a>(order: impl Iterator<Item = &'a Ranked> + Clone) -> Competition {
        let mut scores = order.clone().map(|ranked| ranked.score);
        let leaders = [(); 2].map(|()| scores.next().unwrap_or(0.0));
        let mut competition = Competition { leaders, exponentials: 0.0, nearest: -1.0 };
        for ranked in order.clone().take(COUNTED) {
            competition.exponentials += competition.exponential(ranked.score);
        }
        for sentence in order.filter_map(|ranked| ranked.evidence.sentence) {
            competition.nearest = competition.nearest.max(sentence.nearest);
        }
        competition
    }

    /// Returns the competition of two hits, for tests.
    #[cfg(test)]
    pub(crate) fn between(leaders: [f32; 2]) -> Competition {
        Competition { leaders, ..Competition::default() }
    }

    /// Returns the share of a score in the softmax of the first scores, from 0 to 1.
    pub(crate) fn share(&self, score: f32) -> f32 {
        self.exponential(score) / self.exponentials.max(1.0)
    }

    /// Returns true if no hit has a greater cosine of sentence vectors.
    pub(crate) fn is_nearest(&self, cosine: f32) -> bool {
        cosine >= self.nearest
    }

    /// Returns how far a score is ahead of the others, as a share of the best; less than 0 if another is ahead.
    pub(crate) fn lead(&self, score: f32) -> f32 {
        let [best, next] = self.leaders;
        let other = if score >= best { next } else { best };
        if best > 0.0 { ((score - other) / best).clamp(-1.0, 1.0) } else { 0.0 }
    }

    fn exponential(&self, score: f32) -> f32 {
        expf(((score - self.leaders[0]) / TEMPERATURE).min(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::candidate::Evidence;

    #[test]
    fn the_share_of_the_best_falls_with_every_other_that_is_near() {
        let competition = |scores: &[f32]| {
            let ranked: Vec<Ranked> = scores.iter().map(|&score| Ranked::first(score, Evidence::default())).collect();
            Competition::of(ranked.iter())
        };
        let is_share = |scores: &[f32], share: f32| (competition(scores).share(2.0) - share).abs() < 1e-6;
        assert!(is_share(&[2.0], 1.0) && is_share(&[2.0, 2.0], 0.5) && is_share(&[2.0; 4], 0.25));
        let far = competition(&[3.0, 0.0]);
        assert!(far.share(3.0) > 0.99 && far.share(0.0) < 0.01);
        let (many, more) = (competition(&[2.0; COUNTED]), competition(&[2.0; COUNTED + 1]));
        assert_eq!(many.share(2.0).to_bits(), more.share(2.0).to_bits(), "only the first count, for every limit");
    }
}
