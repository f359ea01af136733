//! Sentences: entries whose sentence vectors are most like that of the question. Only where words and meaning leave a doubt
//! ([`reorder`](crate::search::reorder)), because the vector of the question takes longer than all else.

use super::most_alike::most_alike;
use crate::engine::filter::Filter;
use crate::error::SearchError;
use crate::search::candidate::{Candidate, Evidence};
use crate::sentences::{QuestionSentence, SentenceLikeness};

/// Returns the entries that `filter` admits and whose sentence vectors say more than those of unrelated texts, the best
/// first. Ranking adds the evidence.
pub(crate) fn retrieve(
    question: &QuestionSentence<'_>,
    filter: Option<&Filter>,
) -> Result<Vec<Candidate>, SearchError> {
    let Some(likenesses) = question.likenesses()? else { return Ok(Vec::new()) };
    let score = |likeness: &SentenceLikeness| Some(likeness.score()).filter(|&score| score > 0.0);
    most_alike(likenesses, filter, usize::MAX, score, |_| Evidence::default())
}
