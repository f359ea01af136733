//! The answers of two states to one question, and the change between them.

use serde::Serialize;

use super::entries::MatchedEntries;
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

    /// Returns a number that is greater the surer the outcome is.
    fn sureness(&self) -> u8 {
        match self.outcome {
            Outcome::Answered => 2,
            Outcome::Unsure => 1,
            _ => 0,
        }
    }
}

/// Returns the change from `old` to `new`, and its worth for the question that was `put`.
pub(super) fn change(put: &Put, old: &Answer, new: &Answer, matched: &MatchedEntries) -> (Change, Verdict) {
    let before = old.answering().map(|id| matched.renamed_id(id));
    let now = new.answering();
    let change = match (before, now) {
        (Some(before), Some(now)) if before != now => Change::AnotherAnswer,
        (Some(_), Some(now)) if matched.is_changed(now) => Change::AnswerText,
        (None, Some(_)) => Change::NowAnswered,
        _ if old.outcome == new.outcome => Change::Same,
        _ if new.outcome == Outcome::Unsure => Change::NowUnsure,
        _ => Change::NowRefused,
    };
    let held = match &put.expectation {
        _ if put.is_of_removed => return (change, Verdict::Neutral),
        Some(expected) => [before, now].map(|answer| expected.is_met_by(answer)),
        None => [old.sureness() >= new.sureness(), new.sureness() >= old.sureness()],
    };
    let verdict = match held {
        [true, false] => Verdict::Worse,
        [false, true] => Verdict::Better,
        _ => Verdict::Neutral,
    };
    (change, verdict)
}
