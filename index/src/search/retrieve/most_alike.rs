//! The entries that are most like a question, by vectors of any kind.

use crate::engine::filter::Filter;
use crate::engine::top_k::top;
use crate::error::{PackError, SearchError};
use crate::search::candidate::{Candidate, Evidence};

/// The entries that vectors find, at most.
const FOUND_MAX: usize = 40;

/// Returns the entries that vectors find, the best first. `likenesses` has that of every entry, in the order of positions.
/// `score` decides the order, and returns nothing for an entry that is not found; `evidence` is that of a score.
pub(super) fn most_alike<L>(
    likenesses: impl Iterator<Item = Result<Option<L>, PackError>>,
    filter: Option<&Filter>,
    limit: usize,
    score: impl Fn(&L) -> Option<f32>,
    evidence: impl Fn(f32) -> Evidence,
) -> Result<Vec<Candidate>, SearchError> {
    let mut found = Vec::new();
    for (position, likeness) in (0..).zip(likenesses) {
        if let Some(score) = likeness?.as_ref().and_then(&score)
            && filter.is_none_or(|filter| filter.admits(position))
        {
            found.push((score, position));
        }
    }
    let candidate = |(place, (score, position))| Candidate { position, place, evidence: evidence(score) };
    Ok(top(found, limit.min(FOUND_MAX)).into_iter().enumerate().map(candidate).collect())
}
