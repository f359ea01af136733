//! The result of a search: hits, an outcome, corrections, and an explanation.

use serde::Serialize;

use super::editions::{ChosenBy, is_false};
use super::explain::{Why, WhyEdition};
use super::options::SearchOptions;
use super::outcome::Outcome;
use crate::model::entry::Entry;

/// The result of a search.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let found = kb.ask("resett the lamp")?;
/// assert_eq!(found.hits[0].entry.id, "faq#how-do-i-reset-the-lamp");
/// assert_eq!(found.corrections[0].taken_for, "reset");
/// assert!(found.confidence > 0.6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Findings {
    /// The outcome of the search.
    pub outcome: Outcome,
    /// The confidence that the first hit answers the question, from 0 to 1; the same scale for every knowledge base.
    pub confidence: f32,
    /// The probability that one of the first five hits answers the question, from 0 to 1, whatever is returned.
    pub covered: f32,
    /// The hits, the best first: those that [`SearchOptions::limit`] and [`SearchOptions::offset`] ask for. If the search
    /// was answered, the first one without an offset is the answer.
    pub hits: Vec<Hit>,
    /// The languages that the reader wants, as BCP 47 tags ([`SearchOptions::languages`]).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// The version that the reader has, by [`SearchOptions::version`] or by the question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The number of hits that were passed over before the first of these.
    #[serde(skip_serializing_if = "is_zero")]
    pub offset: usize,
    /// The words that the knowledge base does not know and what they were taken for.
    pub corrections: Vec<Correction>,
    /// The explanation of the first entry, if it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

impl Findings {
    /// Returns true if the first hit, returned or not, answers the question.
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
    /// assert!(kb.ask("reset the lamp")?.is_answered());
    /// assert!(!kb.ask("what is the capital of Mongolia")?.is_answered());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_answered(&self) -> bool {
        self.outcome == Outcome::Answered
    }

    /// Returns the hit that answers the question: none if no hit does, or if limit and offset leave it out.
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
    /// let found = kb.ask("reset the lamp")?;
    /// assert_eq!(found.answer().expect("an answer").entry.answer, "Hold the button.");
    /// assert!(kb.ask("what is the capital of Mongolia")?.answer().is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn answer(&self) -> Option<&Hit> {
        self.hits.first().filter(|_| self.is_answered() && self.offset == 0)
    }

    /// Returns the findings of a search that found no entry.
    pub(crate) fn nothing(options: &SearchOptions) -> Findings {
        let (outcome, hits, corrections) = (Outcome::NotCovered, Vec::new(), Vec::new());
        let SearchOptions { languages, version, offset, .. } = options.clone();
        Findings { outcome, confidence: 0.0, covered: 0.0, hits, languages, version, offset, corrections, why: None }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde's skip_serializing_if asks for")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// An entry that was found.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// for hit in kb.ask("the lamp")?.hits {
///     println!("{:4.0} % {}", 100.0 * hit.confidence, hit.entry.question);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Hit {
    /// The entry.
    pub entry: Entry,
    /// Its score; comparable within one search only. The 40 best by their whole text are ranked first, and stand before
    /// the others whatever these score.
    pub score: f32,
    /// The confidence that the entry answers the question, from 0 to 1; the same scale for every knowledge base.
    pub confidence: f32,
    /// The name of its knowledge base, where several were asked at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub knowledge_base: Option<String>,
    /// True if the entry has no edition in a language of [`SearchOptions::languages`], so that this one is in another.
    #[serde(skip_serializing_if = "is_false")]
    pub fallback: bool,
    /// True if the entry is for the version that the reader has, false if it is for others; none if it is for all, or the reader
    /// names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applies: Option<bool>,
    /// The reason that this edition is shown, where the entry has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen_by: Option<ChosenBy>,
}

impl Hit {
    /// Describes the edition for an explanation, if the entry has several.
    pub(crate) fn edition(&self) -> Option<WhyEdition> {
        Some(WhyEdition {
            id: self.entry.id.clone(),
            language: self.entry.language.clone(),
            chosen_by: self.chosen_by?,
        })
    }
}

/// A word that was taken for another.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let found = kb.ask("resett the lamp")?;
/// assert_eq!((found.corrections[0].typed.as_str(), found.corrections[0].taken_for.as_str()), ("resett", "reset"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Correction {
    /// The word as it was typed, in lower case.
    pub typed: String,
    /// The word that it was taken for, as the first entry spells it; the words, where it was read as several; the word of the
    /// language, where only the meaning of the question was read so.
    pub taken_for: String,
}
