//! The rankings of several knowledge bases as one.

use super::pipeline::Ranking;
use super::rank::Ranked;

/// Puts what several knowledge bases found in one order, each with the number of its knowledge base.
pub(super) fn merged(rankings: &[Ranking<'_>]) -> Vec<(usize, Ranked)> {
    let mut order: Vec<(usize, Ranked)> = Vec::new();
    for (at, found) in rankings.iter().enumerate() {
        order.extend(found.ranked.iter().map(|&ranked| (at, ranked)));
    }
    order.sort_by(|(_, a), (_, b)| a.by_score(b));
    order
}
