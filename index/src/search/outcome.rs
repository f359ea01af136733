//! Whether there is an answer at all.

use libm::{expf, logf};
use serde::Serialize;

use super::plan::{Plan, QueryTerm};
use super::rank::{PHRASING_WEIGHT, Ranked};
use super::retrieve::TermMatch;
use crate::text::tokens::Class;

/// How a search ended.
///
/// # Examples
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// # let kb = faqt::KnowledgeBase::from_folder(folder.path())?;
/// use faqt::Outcome;
///
/// let found = kb.ask("how do I reset it")?;
/// let answer = match found.outcome {
///     Outcome::Answered => found.hits[0].entry.answer.clone(),
///     Outcome::Unsure => format!("Did you mean: {}", found.hits[0].entry.question),
///     _ => "There is no answer to that.".to_owned(),
/// };
/// assert_eq!(answer, "Hold the button.");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
/// # let folder = tempfile::tempdir()?;
/// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// # let kb = faqt::KnowledgeBase::from_folder(folder.path())?;
/// let found = kb.ask("what is the capital of Mongolia")?;
/// assert!(found.confidence < faqt::UNSURE_MIN);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub const UNSURE_MIN: f32 = 0.25;
/// How far ahead of the next the first hit has to be, as a share of its score, to be shown as the answer.
const AHEAD_MIN: f32 = 0.05;

/// From this similarity on, a question of function words alone is taken for the one that it is like.
const ALIKE_MIN: f32 = 0.9;

impl Outcome {
    /// Decides how a search ended whose first hit, `best`, is this sure, and whose second has the score `next`.
    pub(crate) fn of(plan: &Plan, best: Ranked, confidence: f32, next: f32) -> Outcome {
        let is_ahead = best.score - next >= AHEAD_MIN * best.score;
        // `how do I` is half of many questions and the whole of hardly one.
        let asks_something = best.phrasing_similarity >= ALIKE_MIN || plan.query_terms.iter().any(is_meant);
        if confidence >= ANSWERED_MIN && is_ahead && asks_something {
            Outcome::Answered
        } else if confidence >= UNSURE_MIN {
            Outcome::Unsure
        } else {
            Outcome::NotCovered
        }
    }
}

/// What speaks for and against an entry as the answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence<'a> {
    /// What was looked for.
    pub(crate) plan: &'a Plan,
    /// How the entry was ranked.
    pub(crate) ranked: Ranked,
    /// For each query term of the plan, what the entry gives to it anywhere in its text.
    pub(crate) matched: &'a [TermMatch],
    /// The mean number of terms of an entry, as the index counts them.
    pub(crate) entry_terms: f32,
}

impl Evidence<'_> {
    /// Returns how sure it is that the entry answers the question, from 0 to 1.
    ///
    /// A logistic regression, fitted to six public sets weighted alike, with questions that nothing covers from two of
    /// them, questions of one set asked of another, and questions whose entry was taken out. Left out of the fit,
    /// each set is told apart as well as when it is in, within .002 of the area under the ROC curve.
    pub(crate) fn confidence(&self) -> f32 {
        if self.ranked.score <= 0.0 {
            return 0.0;
        }
        let features = Features::of(self);
        let single = if features.single_known_term { 1.0 } else { 0.0 };
        let log_odds = 2.5 * logf(0.05 + features.score)
            + 2.7 * logf(0.3 + features.matched)
            + 1.9 * self.ranked.phrasing_similarity * self.ranked.phrasing_similarity
            - 1.15 * features.max_idf
            - 1.0 * features.length_feature * features.unknown
            - 1.2 * features.length_feature.max(0.0) * single
            - 0.43;
        1.0 / (1.0 + expf(-log_odds))
    }
}

/// The signs that confidence is made of.
struct Features {
    /// The score if words that the knowledge base does not know counted twice.
    score: f32,
    /// The weight of the words and characters found anywhere in the entry: how much evidence there is at all.
    matched: f32,
    /// How rare the rarest word found is: a match that hangs on one rare word is more often a coincidence.
    max_idf: f32,
    /// The share of what carries meaning that is words never seen.
    unknown: f32,
    /// True if a single known content unit stands beside words never seen: that is another subject.
    single_known_term: bool,
    /// How much text an entry has, from -2.5 to 2.5: the more, the more a word never seen says.
    length_feature: f32,
}

impl Features {
    fn of(evidence: &Evidence<'_>) -> Features {
        let Evidence { plan, ranked, matched, entry_terms } = *evidence;
        let query_terms = || plan.query_terms.iter().zip(matched.iter().copied());
        let weight_of = |wanted: &dyn Fn(&QueryTerm) -> bool| -> f32 {
            plan.query_terms.iter().filter(|query_term| wanted(query_term)).map(|query_term| query_term.weight).sum()
        };
        let damping =
            plan.weight / (plan.weight + weight_of(&|query_term| is_unit(query_term) && is_unknown(query_term)));
        let meant = weight_of(&is_meant);
        let unseen = weight_of(&|query_term| is_meant(query_term) && is_latin(query_term) && is_unknown(query_term));
        let content_units: f32 = matched.iter().map(|matched| matched.content_units).sum();
        let has_characters = plan.query_terms.iter().any(|query_term| is_meant(query_term) && !is_latin(query_term));
        let found = query_terms().filter(|(query_term, _)| is_meant(query_term));
        Features {
            score: ranked.bm25 * damping + PHRASING_WEIGHT * ranked.phrasing_similarity * damping.sqrt(),
            matched: query_terms()
                .filter(|(query_term, _)| is_unit(query_term))
                .map(|(query_term, matched)| query_term.weight * matched.share)
                .sum(),
            max_idf: found.map(|(_, matched)| matched.tempered_idf).fold(0.0, f32::max),
            unknown: if meant > 0.0 { unseen / meant } else { 0.0 },
            single_known_term: unseen > 0.0 && content_units < 1.3 && !has_characters,
            length_feature: logf(entry_terms / 60.0).clamp(-2.5, 2.5),
        }
    }
}

/// Returns true if the query term is not a longer form of what other query terms say.
fn is_unit(query_term: &QueryTerm) -> bool {
    !matches!(query_term.class, Class::Bigram | Class::KatakanaRun)
}

fn is_latin(query_term: &QueryTerm) -> bool {
    matches!(query_term.class, Class::Word | Class::Identifier)
}

fn is_meant(query_term: &QueryTerm) -> bool {
    query_term.content_units > 0.0
}

fn is_unknown(query_term: &QueryTerm) -> bool {
    query_term.expansions.is_empty()
}
