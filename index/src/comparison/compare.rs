//! The comparison of two states.

use serde::Serialize;

use super::answers::{self, Answer, Change, QuestionChange, Verdict};
use super::entries::{EntryChanges, MatchedEntries};
use super::logged::LoggedQuestion;
use super::questions::{self, Put};
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::parallel;

/// The number of questions that a thread asks at a time.
const PART: usize = 64;

/// The differences of two states of a knowledge base.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Comparison {
    /// The number of questions that were put to both.
    pub questions: usize,
    /// The number of questions by their change.
    pub counts: Counts,
    /// The questions with another answer or outcome; those that got worse first, then those that got better.
    pub changed: Vec<QuestionChange>,
    /// The changes of entries.
    pub entries: EntryChanges,
}

/// The number of questions by their change, and by its worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// The questions with the same answer, or the same outcome without one.
    pub same: usize,
    /// Those that the same entry answers with another text.
    pub answer_text: usize,
    /// Those that another entry answers.
    pub another_answer: usize,
    /// Those that are answered, and were not.
    pub now_answered: usize,
    /// Those that are unsure, and were not.
    pub now_unsure: usize,
    /// Those that are not covered, and were.
    pub now_refused: usize,
    /// Those that got worse.
    pub worse: usize,
    /// Those that got better.
    pub better: usize,
}

impl Comparison {
    /// Returns true if a question got worse.
    pub fn is_worse(&self) -> bool {
        self.counts.worse > 0
    }

    /// Returns true if nothing that readers see changed.
    pub fn is_same(&self) -> bool {
        self.changed.is_empty() && self.entries == EntryChanges::default()
    }
}

/// Compares two states by their own questions, and by those of a log.
///
/// The questions are asked on all processors.
///
/// # Errors
///
/// If a pack turns out to be damaged where it has to be read.
///
/// # Examples
///
/// ```
/// use faqt::KnowledgeBase;
///
/// let old = KnowledgeBase::from_markdown("## Is it loud? {#loud}\n\nNo.\n\n## Is it heavy?\n\nNo.\n")?;
/// let new = KnowledgeBase::from_markdown("## Is it loud? {#noise}\n\nNo.\n\n## Is it heavy?\n\nYes.\n")?;
/// let comparison = faqt::comparison::compare(&old, &new, &[])?;
/// assert_eq!(comparison.entries.renamed[0].id, "noise");
/// assert_eq!(comparison.entries.changed[0].question, "Is it heavy?");
/// assert!(!comparison.is_worse());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(old: &KnowledgeBase, new: &KnowledgeBase, logged: &[LoggedQuestion]) -> Result<Comparison, SearchError> {
    let mut matched = MatchedEntries::of(old, new)?;
    let mut questions = questions::questions(old, new, logged, &matched)?;
    let mut comparison = Comparison { questions: questions.len(), ..Comparison::default() };
    let mut answered = Vec::new();
    if old.checksum() == new.checksum() {
        comparison.counts.same = questions.len();
        questions.clear();
    }
    let ask = |part: &mut [Put]| -> Result<Vec<QuestionChange>, SearchError> {
        part.iter().map(|put| changed(put, old, new, &matched)).collect()
    };
    parallel::in_order(&mut questions, PART, ask, |part| {
        for found in part? {
            comparison.counts.add(&found);
            match found.change {
                Change::Same => {}
                Change::AnswerText => answered.extend(found.new.entry),
                _ => comparison.changed.push(found),
            }
        }
        Ok::<_, SearchError>(())
    })?;
    for id in &answered {
        matched.count(id);
    }
    comparison.entries = matched.changes;
    let worth = |found: &QuestionChange| match found.verdict {
        Verdict::Worse => 0,
        Verdict::Better => 1,
        Verdict::Neutral => 2,
    };
    comparison.changed.sort_by_key(worth);
    Ok(comparison)
}

/// Puts a question to both.
fn changed(
    put: &Put,
    old: &KnowledgeBase,
    new: &KnowledgeBase,
    matched: &MatchedEntries,
) -> Result<QuestionChange, SearchError> {
    let (before, now) = (Answer::of(old, &put.question)?, Answer::of(new, &put.question)?);
    let (change, verdict) = answers::change(put, &before, &now, matched);
    let question = put.question.clone();
    Ok(QuestionChange { question, origin: put.origin, asked: put.asked, change, verdict, old: before, new: now })
}

impl Counts {
    fn add(&mut self, found: &QuestionChange) {
        *match found.change {
            Change::Same => &mut self.same,
            Change::AnswerText => &mut self.answer_text,
            Change::AnotherAnswer => &mut self.another_answer,
            Change::NowAnswered => &mut self.now_answered,
            Change::NowUnsure => &mut self.now_unsure,
            Change::NowRefused => &mut self.now_refused,
        } += 1;
        match found.verdict {
            Verdict::Worse => self.worse += 1,
            Verdict::Better => self.better += 1,
            Verdict::Neutral => {}
        }
    }
}
