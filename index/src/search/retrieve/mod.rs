//! Retrievers find entries that may answer a question; [`candidates`] puts together what they find.
//!
//! A retriever is a function from a [`Question`] to [`Candidate`]s, each with the evidence that it has for them. Adding one
//! takes a module here, a line in [`OTHERS`] and a field of [`Evidence`](super::candidate::Evidence); ranking and
//! confidence read evidence by name.

pub(crate) mod exact;
pub(crate) mod lexical;
pub(crate) mod meaning;
mod most_alike;
pub(crate) mod sentences;

use super::candidate::Candidate;
use super::question::Question;
use crate::error::SearchError;

/// A retriever: finds at most as many candidates as are asked for, with its evidence for each.
type Retriever = fn(&Question<'_>, usize) -> Result<Vec<Candidate>, SearchError>;

/// The retrievers beside the lexical one, which scores what only they find.
const OTHERS: [Retriever; 2] = [exact::retrieve, meaning::retrieve];

/// Returns what all retrievers find, at most `limit` entries each, every entry once with all evidence for it.
pub(crate) fn candidates(question: &Question<'_>, limit: usize) -> Result<Vec<Candidate>, SearchError> {
    let mut candidates = lexical::retrieve(question, limit)?;
    let by_words = candidates.len();
    for retrieve in OTHERS {
        for new in retrieve(question, limit)? {
            match candidates.iter_mut().find(|known| known.position == new.position) {
                Some(known) => *known = known.and(new),
                None => candidates.push(new),
            }
        }
    }
    lexical::score(question, &mut candidates[by_words..])?;
    Ok(candidates)
}
