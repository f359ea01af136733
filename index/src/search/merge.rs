//! The rankings of several knowledge bases as one, in which each entry stands once.

use std::collections::HashSet;

use super::pipeline::Ranking;
use super::rank::Ranked;
use crate::error::SearchError;

/// Puts what several knowledge bases found in one order, each with the number of its knowledge base. Of the editions of an entry,
/// the best stays.
pub(super) fn merged(rankings: &[Ranking<'_>]) -> Result<Vec<(usize, Ranked)>, SearchError> {
    let mut order: Vec<(usize, Ranked)> = Vec::new();
    for (at, found) in rankings.iter().enumerate() {
        order.extend(found.ranked.iter().map(|&ranked| (at, ranked)));
    }
    order.sort_by(|(_, a), (_, b)| a.by_score(b));
    if rankings.iter().all(|found| found.reader.editions.is_none()) {
        return Ok(order);
    }
    let (mut seen, mut distinct) = (HashSet::with_capacity(order.len()), Vec::with_capacity(order.len()));
    for (at, ranked) in order {
        let original = rankings[at].reader.original(ranked.position)?;
        if seen.insert((at, original)) {
            distinct.push((at, ranked));
        }
    }
    Ok(distinct)
}
