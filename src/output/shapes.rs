//! The JSON of findings and of references to entries, which the command line and the faces write.

use faqt::{Correction, Entry, Findings, Hit, Outcome};
use serde::Serialize;

/// A reference to an entry: its id and question.
#[derive(Serialize)]
pub(crate) struct Reference<'a> {
    id: &'a str,
    question: &'a str,
    section: &'a [String],
}

impl<'a> From<&'a Entry> for Reference<'a> {
    fn from(entry: &'a Entry) -> Reference<'a> {
        Reference { id: &entry.id, question: &entry.question, section: &entry.section }
    }
}

/// A hit that is not shown as the answer.
#[derive(Serialize)]
pub(crate) struct Candidate<'a> {
    #[serde(flatten)]
    entry: Reference<'a>,
    score: f32,
    confidence: f32,
}

/// The findings of a search, with the answer in the form of the writer.
#[derive(Serialize)]
pub(crate) struct Found<'a, A> {
    outcome: Outcome,
    confidence: f32,
    covered: f32,
    corrections: &'a [Correction],
    answer: Option<A>,
    candidates: Vec<Candidate<'a>>,
}

impl<'a, A> Found<'a, A> {
    /// Puts the findings beside `answer`, the form of [`Findings::answer`].
    pub(crate) fn of(findings: &'a Findings, answer: Option<A>) -> Found<'a, A> {
        let others = findings.hits.iter().skip(usize::from(findings.answer().is_some()));
        let candidate =
            |hit: &'a Hit| Candidate { entry: (&hit.entry).into(), score: hit.score, confidence: hit.confidence };
        Found {
            outcome: findings.outcome,
            confidence: findings.confidence,
            covered: findings.covered,
            corrections: &findings.corrections,
            answer,
            candidates: others.map(candidate).collect(),
        }
    }
}
