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

impl Outcome {
    /// Returns a greater number for a better outcome.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Outcome::Answered => 2,
            Outcome::Unsure => 1,
            Outcome::NotCovered => 0,
        }
    }
}

/// From this confidence on, the first hit is shown as the answer, if it is well ahead of the next and neither the settings
/// (`answered_min`) nor the options of a search say otherwise.
///
/// Over eight public sets, 63 % of the covered questions are answered, and 90 % of what is shown is right. With each of seven sets
/// left out of the fit, 60 % are answered at .5 and 88 % of them rightly; at .55, 57 % and 89 %; at .6, 54 % and 90 %
/// (`evaluation/fit.py`).
///
/// # Examples
///
/// ```
/// assert!(faqt::UNSURE_MIN < faqt::ANSWERED_MIN && faqt::ANSWERED_MIN < 1.0);
/// ```
pub const ANSWERED_MIN: f32 = 0.53;
/// From this probability on that one of the first five hits answers ([`Findings::covered`](crate::Findings::covered)), hits are
/// offered to choose from.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let found = kb.ask("what is the capital of Mongolia")?;
/// assert!(found.covered < faqt::UNSURE_MIN);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub const UNSURE_MIN: f32 = 0.45;
/// The least confidence of an answer to a question in a language that no entry is in. There confidence hangs on the distance of the
/// hits alone: with each of three sets left out of the fit, 20 % of the covered questions are answered, 92 % of them rightly, and
/// 10 % of near misses; from .55 on, 28 % are, 88 % of them rightly, and 15 % of near misses.
const CROSS_LINGUAL_MIN: f32 = 0.7;
/// The lead over the next hit, as a share of the first hit's score, that an answer needs.
const AHEAD_MIN: f32 = 0.03;

/// The coverage of the first hit from which hits are offered whatever the probabilities: who types a keyword that an entry
/// holds wants that entry.
const WHOLE_MIN: f32 = 0.9;

/// The minimum phrasing similarity at which a question of function words alone is answered.
const ALIKE_MIN: f32 = 0.9;

/// The probabilities that decide an outcome, and what is asked of them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Certainty {
    /// That the first hit answers the question.
    pub(crate) confidence: f32,
    /// That one of the first five hits does.
    pub(crate) covered: f32,
    /// The least confidence of an answer.
    pub(crate) answered_min: f32,
    /// True if the entry has neither the word that decides nor one near it: *Why is the lift slow?* asks something else than *Why is the
    /// download slow?*
    pub(crate) lacks_deciding_word: bool,
}

impl Outcome {
    /// Decides how a search ended whose first hit is `best`, and whose second has the score `next`: by the probabilities that
    /// the first hit answers, and that one of the first five does.
    pub(crate) fn of(plan: &Plan, best: Ranked, next: f32, certainty: Certainty) -> Outcome {
        let Certainty { confidence, covered, answered_min, lacks_deciding_word } = certainty;
        if best.evidence.exact > Exactness::None {
            return Outcome::Answered;
        }
        let is_ahead = best.score - next >= AHEAD_MIN * best.score;
        // `how do I` is half of many questions and the whole of hardly one.
        let asks_something = best.evidence.phrasing_similarity >= ALIKE_MIN || plan.query_terms.iter().any(is_meant);
        let is_other = best.is_opposite || lacks_deciding_word;
        let answered_min = if plan.is_cross_lingual() { answered_min.max(CROSS_LINGUAL_MIN) } else { answered_min };
        if confidence >= answered_min && is_ahead && asks_something && !is_other {
            Outcome::Answered
        } else if covered.max(confidence) >= UNSURE_MIN || asks_something && best.evidence.coverage >= WHOLE_MIN {
            Outcome::Unsure
        } else {
            Outcome::NotCovered
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::candidate::Evidence;
    use crate::search::plan::QueryMode;

    /// Returns the outcome of a search for a content word whose first hit has the score 1, if `change` changes nothing.
    fn outcome(change: impl FnOnce(&mut Plan, &mut Ranked, &mut f32, &mut Certainty)) -> Outcome {
        let (mut plan, mut best) = (Plan::of_words(&[("lamp", 1.0, true)]), Ranked::first(1.0, Evidence::default()));
        let (mut next, mut certainty) =
            (0.0, Certainty { confidence: 0.9, covered: 0.9, answered_min: ANSWERED_MIN, ..Certainty::default() });
        change(&mut plan, &mut best, &mut next, &mut certainty);
        Outcome::of(&plan, best, next, certainty)
    }

    #[test]
    fn an_answer_needs_confidence() {
        assert_eq!(outcome(|_, _, _, _| ()), Outcome::Answered);
        assert_eq!(outcome(|_, _, _, certainty| certainty.confidence = ANSWERED_MIN), Outcome::Answered);
        assert_eq!(outcome(|_, _, _, certainty| certainty.confidence = ANSWERED_MIN - 0.001), Outcome::Unsure);
        assert_eq!(outcome(|_, _, _, certainty| certainty.answered_min = 0.901), Outcome::Unsure);
        assert_eq!(outcome(|_, _, _, certainty| certainty.answered_min = 0.9), Outcome::Answered);
    }

    #[test]
    fn across_languages_an_answer_needs_more() {
        let across = |confidence: f32| {
            outcome(move |plan, _, _, certainty| {
                plan.mode = QueryMode::CrossLingual;
                certainty.confidence = confidence;
            })
        };
        assert_eq!(
            (across(CROSS_LINGUAL_MIN), across(CROSS_LINGUAL_MIN - 0.001)),
            (Outcome::Answered, Outcome::Unsure)
        );
        let asked_for_more = outcome(|plan, _, _, certainty| {
            plan.mode = QueryMode::CrossLingual;
            certainty.answered_min = 0.95;
        });
        assert_eq!(asked_for_more, Outcome::Unsure);
    }

    #[test]
    fn an_answer_is_ahead_of_the_next() {
        assert_eq!(outcome(|_, _, next, _| *next = 0.969), Outcome::Answered);
        assert_eq!(outcome(|_, _, next, _| *next = 0.971), Outcome::Unsure);
        let by_share = |next_score: f32| {
            outcome(move |_, best, next, _| {
                best.score = 10.0;
                *next = next_score;
            })
        };
        assert_eq!((by_share(9.6), by_share(9.8)), (Outcome::Answered, Outcome::Unsure));
    }

    #[test]
    fn the_opposite_and_function_words_alone_are_no_answer() {
        assert_eq!(outcome(|_, best, _, _| best.is_opposite = true), Outcome::Unsure);
        assert_eq!(outcome(|_, _, _, certainty| certainty.lacks_deciding_word = true), Outcome::Unsure);
        let alike = |similarity: f32| {
            outcome(move |plan, best, _, _| {
                *plan = Plan::of_words(&[("how", 0.25, false), ("do", 0.25, false)]);
                best.evidence.phrasing_similarity = similarity;
            })
        };
        assert_eq!((alike(ALIKE_MIN - 0.01), alike(ALIKE_MIN)), (Outcome::Unsure, Outcome::Answered));
        assert_eq!(outcome(|plan, _, _, _| plan.query_terms[0].carries_meaning = false), Outcome::Unsure);
    }

    #[test]
    fn an_exact_phrasing_is_an_answer_whatever_else() {
        for exact in [Exactness::SameTerms, Exactness::SameText] {
            let found = outcome(|_, best, next, certainty| {
                (*next, *certainty) = (1.0, Certainty { answered_min: 1.0, ..Certainty::default() });
                (best.evidence.exact, best.is_opposite) = (exact, true);
            });
            assert_eq!(found, Outcome::Answered);
        }
    }

    #[test]
    fn a_choice_is_offered_by_the_greater_of_both_probabilities() {
        for (confidence, covered, expected) in [
            (0.1, UNSURE_MIN, Outcome::Unsure),
            (0.1, UNSURE_MIN - 0.001, Outcome::NotCovered),
            (UNSURE_MIN, 0.1, Outcome::Unsure),
            (UNSURE_MIN - 0.001, 0.1, Outcome::NotCovered),
            (0.0, 0.0, Outcome::NotCovered),
        ] {
            let found = outcome(|_, _, _, certainty| {
                *certainty = Certainty { confidence, covered, answered_min: ANSWERED_MIN, ..Certainty::default() };
            });
            assert_eq!(found, expected, "{confidence}, {covered}");
        }
    }

    #[test]
    fn a_choice_is_offered_where_the_first_hit_holds_the_whole_question() {
        let held = |coverage: f32, carries_meaning: bool| {
            outcome(|plan, best, _, certainty| {
                *certainty = Certainty { answered_min: ANSWERED_MIN, ..Certainty::default() };
                plan.query_terms[0].carries_meaning = carries_meaning;
                best.evidence.coverage = coverage;
            })
        };
        assert_eq!((held(WHOLE_MIN, true), held(WHOLE_MIN - 0.01, true)), (Outcome::Unsure, Outcome::NotCovered));
        assert_eq!(held(1.0, false), Outcome::NotCovered);
    }
}
