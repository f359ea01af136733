//! Meaning: entries whose vectors are most like that of the question, with or without a common word.

use super::most_alike::most_alike;
use crate::error::SearchError;
use crate::meaning::Likeness;
use crate::search::candidate::{Candidate, Evidence};
use crate::search::question::Question;

/// The least evidence by which an entry is found, of at most 2. At .5, two public sets of short topics lose .006.
const MEANING_MIN: f32 = 0.2;

/// Returns the entries most like the question by their vectors, at most `limit`.
pub(crate) fn retrieve(question: &Question<'_>, limit: usize) -> Result<Vec<Candidate>, SearchError> {
    let Some(vector) = question.vector.filter(|vector| vector.compares_all()) else { return Ok(Vec::new()) };
    let cosines = |likeness: &Likeness| (likeness.score() >= MEANING_MIN).then_some(likeness.cosines);
    let evidence = |cosines| {
        let meaning = Some(Likeness { cosines, weight: vector.weight() });
        Evidence { meaning, ..Evidence::default() }
    };
    most_alike(vector.likenesses()?, question.filter, limit, cosines, evidence)
}
