//! The second look at the first candidates, by a sentence encoder, where words and meaning leave a doubt.

use super::competition::Competition;
use super::confidence::Features;
use super::merge::merged;
use super::pipeline::Ranking;
use crate::error::SearchError;

/// The lead of a first hit that the encoder hardly ever changes: over seven sets, .3 % of such first hits.
const LEAD_MIN: f32 = 0.3;
/// The confidence in such a hit from which on the encoder is not asked: there its answer would hardly change the outcome.
const SURE_MIN: f32 = 0.8;

/// Ranks the first candidates of each knowledge base again by sentence vectors, unless the first of all is sure, or no
/// knowledge base can compare them.
pub(crate) fn reorder(rankings: &mut [Ranking<'_>], query: &str) -> Result<(), SearchError> {
    let can_compare = |found: &Ranking<'_>| found.reader.sentences.is_some() && found.reader.encoder.get().is_some();
    if !rankings.iter().any(can_compare) || is_sure(rankings)? {
        return Ok(());
    }
    for found in rankings.iter_mut().filter(|found| can_compare(found)) {
        let text = found.plan.corrected(query);
        if let Some(sentence) = found.reader.sentence_of(&text) {
            found.rank_by_sentences(&sentence, &text)?;
        }
    }
    Ok(())
}

/// Returns true if the first hit is exact, or if it is far ahead and sure.
fn is_sure(rankings: &[Ranking<'_>]) -> Result<bool, SearchError> {
    let order = merged(rankings)?;
    let Some(&(of, best)) = order.first() else { return Ok(false) };
    let competition = Competition::of(order.iter().map(|(_, ranked)| ranked));
    let features = rankings[of].features(&[best], competition)?;
    let is_sure = |(features, _): &(Features, _)| {
        features.is_exact() || competition.lead(best.score) >= LEAD_MIN && features.confidence() >= SURE_MIN
    };
    Ok(features.first().is_some_and(is_sure))
}
