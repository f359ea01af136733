//! The answers of two states to one question, and the change between them.

use serde::Serialize;

use super::questions::{Origin, Put};
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::model::names::named;
use crate::search::options::SearchOptions;
use crate::search::outcome::Outcome;

/// The answer of one state to a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// The outcome.
    pub outcome: Outcome,
    /// The id of the first entry; none if nothing was found.
    pub entry: Option<String>,
    /// The confidence that this entry answers the question, from 0 to 1.
    pub confidence: f32,
}

/// The change of the answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Change {
    /// The same entry answers with the same text, or the outcome is the same without an answer.
    Same,
    /// The same entry answers with another text.
    AnswerText,
    /// Another entry answers.
    AnotherAnswer,
    /// The question was not answered, and is.
    NowAnswered,
    /// The outcome is unsure, and was not.
    NowUnsure,
    /// The question is not covered, and was.
    NowRefused,
}

named!(
    Change,
    "change": Same = "same",
    AnswerText = "answer_text",
    AnotherAnswer = "another_answer",
    NowAnswered = "now_answered",
    NowUnsure = "now_unsure",
    NowRefused = "now_refused"
);

/// The worth of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// The expectation held before, and does not hold any more.
    Worse,
    /// The expectation did not hold before, and holds.
    Better,
    /// Neither.
    Neutral,
}

named!(Verdict, "verdict": Worse = "worse", Better = "better", Neutral = "neutral");

/// A question whose answer changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct QuestionChange {
    /// The question.
    pub question: String,
    /// The place that it comes from.
    pub origin: Origin,
    /// The times that it stands in the log.
    pub asked: usize,
    /// The change.
    pub change: Change,
    /// The worth of the change.
    pub verdict: Verdict,
    /// The answer of the old state; ids are those of that state.
    pub old: Answer,
    /// The answer of the new state.
    pub new: Answer,
}

impl Answer {
    pub(super) fn of(kb: &KnowledgeBase, question: &str) -> Result<Answer, SearchError> {
        let findings = kb.search(question, &SearchOptions::default().with_limit(1))?;
        let entry = findings.hits.into_iter().next().map(|hit| hit.entry.id);
        Ok(Answer { outcome: findings.outcome, entry, confidence: findings.confidence })
    }

    /// Returns the id of the entry that is shown as the answer.
    fn answering(&self) -> Option<&str> {
        self.entry.as_deref().filter(|_| self.outcome == Outcome::Answered)
    }
}

/// Returns the change from `old` to `new`. `renamed` returns the new id of an old one, `is_changed` is true for entries
/// whose text changed.
pub(super) fn change<'a>(
    old: &'a Answer,
    new: &Answer,
    renamed: impl Fn(&'a str) -> &'a str,
    is_changed: impl Fn(&str) -> bool,
) -> Change {
    match (old.answering().map(renamed), new.answering()) {
        (Some(before), Some(now)) if before != now => Change::AnotherAnswer,
        (Some(_), Some(now)) if is_changed(now) => Change::AnswerText,
        (None, Some(_)) => Change::NowAnswered,
        _ if old.outcome == new.outcome => Change::Same,
        _ if new.outcome == Outcome::Unsure => Change::NowUnsure,
        _ => Change::NowRefused,
    }
}

/// Returns the worth of the change from `old` to `new` of the question that was `put`.
pub(super) fn verdict<'a>(put: &Put, old: &'a Answer, new: &Answer, renamed: impl Fn(&'a str) -> &'a str) -> Verdict {
    let held = match &put.expectation {
        _ if put.is_of_removed => return Verdict::Neutral,
        Some(expected) => [expected.is_met_by(old.answering().map(renamed)), expected.is_met_by(new.answering())],
        None => {
            let sureness = |answer: &Answer| match answer.outcome {
                Outcome::Answered => 2,
                Outcome::Unsure => 1,
                _ => 0,
            };
            let (before, now) = (sureness(old), sureness(new));
            [before >= now, now >= before]
        }
    };
    match held {
        [true, false] => Verdict::Worse,
        [false, true] => Verdict::Better,
        _ => Verdict::Neutral,
    }
}
