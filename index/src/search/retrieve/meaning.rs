//! Meaning: entries whose vectors are most like that of the question, with or without a common word.

use crate::engine::top_k::top;
use crate::error::SearchError;
use crate::meaning::Likeness;
use crate::search::candidate::{Candidate, Evidence};
use crate::search::question::Question;

/// The least evidence by which an entry is found, of at most 2. At .5, two public sets of short topics lose .006.
const MEANING_MIN: f32 = 0.2;
/// The entries that it finds, at most.
const FOUND_MAX: usize = 40;

/// Returns the entries most like the question by their vectors, at most [`FOUND_MAX`].
pub(crate) fn retrieve(question: &Question<'_>, limit: usize) -> Result<Vec<Candidate>, SearchError> {
    let Some(vector) = question.vector.filter(|vector| vector.compares_all()) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for (position, likeness) in (0..).zip(vector.likenesses()?) {
        let likeness = likeness?.filter(|likeness| likeness.score() >= MEANING_MIN);
        if let Some(likeness) = likeness
            && question.filter.is_none_or(|filter| filter.admits(position))
        {
            found.push((likeness.cosines, position));
        }
    }
    let candidate = |(place, (cosines, position))| {
        let meaning = Some(Likeness { cosines, weight: vector.weight() });
        Candidate { position, place, evidence: Evidence { meaning, ..Evidence::default() } }
    };
    Ok(top(found, limit.min(FOUND_MAX)).into_iter().enumerate().map(candidate).collect())
}
