//! The rankings of several knowledge bases as one, in which each entry stands once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::pipeline::Ranking;
use super::rank::Ranked;
use crate::error::SearchError;

/// Puts what several knowledge bases found in one order, each with the number of its knowledge base. The editions of an
/// entry are one hit, with the evidence for all of them.
pub(super) fn merged(rankings: &[Ranking<'_>]) -> Result<Vec<(usize, Ranked)>, SearchError> {
    let mut order: Vec<(usize, Ranked)> = Vec::new();
    for (at, found) in rankings.iter().enumerate() {
        order.extend(found.ranked.iter().map(|&ranked| (at, ranked)));
    }
    order.sort_by(|(_, a), (_, b)| a.by_score(b));
    if rankings.iter().all(|found| found.reader.editions.is_none()) {
        return Ok(order);
    }
    let (mut places, mut distinct) = (HashMap::with_capacity(order.len()), Vec::with_capacity(order.len()));
    for (at, ranked) in order {
        let original = rankings[at].reader.original(ranked.position)?;
        match places.entry((at, original)) {
            Entry::Vacant(place) => {
                place.insert(distinct.len());
                distinct.push((at, ranked));
            }
            Entry::Occupied(place) => {
                let (_, best) = &mut distinct[*place.get()];
                *best = best.with_sister(&ranked, original);
            }
        }
    }
    distinct.sort_by(|(_, a), (_, b)| a.by_score(b));
    Ok(distinct)
}
