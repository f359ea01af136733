//! The outcome of a search: answered, unsure, or not covered.

use super::candidate::Exactness;
use super::confidence::is_meant;
use super::plan::Plan;
use super::rank::Ranked;
use crate::model::names::named;

/// The outcome of a search.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// use faqt::Outcome;
///
/// let found = kb.ask("how do I reset it")?;
/// let answer = match found.outcome {
///     Outcome::Answered => found.hits[0].entry.answer.clone(),
///     Outcome::Unsure => format!("Did you mean: {}", found.hits[0].entry.question),
///     _ => "There is no answer to that.".to_owned(),
/// };
/// assert_eq!(answer, "Hold the button.");
/// assert_eq!(found.outcome.to_string(), "answered");
/// assert_eq!("not_covered".parse(), Ok(Outcome::NotCovered));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The first hit answers the question.
    Answered,
    /// One of the hits may; the reader has to choose.
    Unsure,
    /// The knowledge base does not cover the question.
    NotCovered,
}

named!(Outcome, "outcome": Answered = "answered", Unsure = "unsure", NotCovered = "not_covered");

/// From this confidence on, the first hit is shown as the answer, if it is well ahead of the next.
///
/// At .6 a ninth of the questions of a public set that nothing covers are answered all the same; at .5 a sixth.
///
/// # Examples
///
/// ```
/// assert!(faqt::UNSURE_MIN < faqt::ANSWERED_MIN && faqt::ANSWERED_MIN < 1.0);
/// ```
pub const ANSWERED_MIN: f32 = 0.6;
/// From this confidence on, hits are offered to choose from.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let found = kb.ask("what is the capital of Mongolia")?;
/// assert!(found.confidence < faqt::UNSURE_MIN);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub const UNSURE_MIN: f32 = 0.25;
/// The lead over the next hit, as a share of the first hit's score, that an answer needs.
const AHEAD_MIN: f32 = 0.05;

/// From this similarity on, a question of function words alone is taken for the one that it is like.
const ALIKE_MIN: f32 = 0.9;

impl Outcome {
    /// Decides how a search ended whose first hit, `best`, is this sure, and whose second has the score `next`.
    pub(crate) fn of(plan: &Plan, best: Ranked, confidence: f32, next: f32) -> Outcome {
        if best.evidence.exact > Exactness::None {
            return Outcome::Answered;
        }
        let is_ahead = best.score - next >= AHEAD_MIN * best.score;
        // `how do I` is half of many questions and the whole of hardly one.
        let asks_something = best.evidence.phrasing_similarity >= ALIKE_MIN || plan.query_terms.iter().any(is_meant);
        if confidence >= ANSWERED_MIN && is_ahead && asks_something {
            Outcome::Answered
        } else if confidence >= UNSURE_MIN {
            Outcome::Unsure
        } else {
            Outcome::NotCovered
        }
    }
}
