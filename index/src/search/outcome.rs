//! Whether there is an answer at all.

use serde::Serialize;

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// The first hit answers the question.
    Answered,
    /// One of the hits may; the reader has to choose.
    Unsure,
    /// The knowledge base does not cover the question.
    NotCovered,
}

/// From this confidence on, the first hit is shown as the answer.
pub const ANSWERED_MIN: f32 = 0.3;
/// From this confidence on, hits are offered to choose from.
pub const UNSURE_MIN: f32 = 0.17;

impl Outcome {
    /// Returns the outcome of a search whose first hit has this confidence.
    pub(crate) fn of(confidence: f32) -> Outcome {
        if confidence >= ANSWERED_MIN {
            Outcome::Answered
        } else if confidence >= UNSURE_MIN {
            Outcome::Unsure
        } else {
            Outcome::NotCovered
        }
    }
}

/// What the outcome is decided from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence {
    /// The score of the first hit.
    pub(crate) score: f32,
    /// The score of the second, 0 if there is none.
    pub(crate) next: f32,
    /// The weight of the question that the first hit holds anywhere, in terms of the rarest word.
    pub(crate) held: f32,
}

/// Returns how sure it is that the first hit answers the question, from 0 to 1.
///
/// A logistic regression over the score, how far it is ahead of the next, and the logarithm of what is held: two rare
/// words found say more than one.
pub(crate) fn confidence(evidence: Evidence) -> f32 {
    let Evidence { score, next, held } = evidence;
    if score <= 0.0 {
        return 0.0;
    }
    let margin = ((score - next) / score).clamp(0.0, 1.0);
    let log_odds = 2.67 * score + 0.87 * margin + 1.08 * (0.001 + held).ln() - 4.04;
    1.0 / (1.0 + (-log_odds).exp())
}
