//! The questions that are put to both states, each once, with what is expected of it.

use std::collections::HashMap;
use std::collections::hash_map::Entry as MapEntry;

use super::entries::MatchedEntries;
use super::logged::LoggedQuestion;
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::model::expected::Expectation;
use crate::model::names::named;

/// The place that a question comes from; of several, one in the new state, and there the first of this list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// A golden question.
    Golden,
    /// A forbidden question.
    Forbidden,
    /// The title of an entry.
    Question,
    /// An alias of an entry.
    Alias,
    /// The file of questions, such as a log.
    Logged,
}

named!(
    Origin,
    "origin": Golden = "golden",
    Forbidden = "forbidden",
    Question = "question",
    Alias = "alias",
    Logged = "logged"
);

/// A question that is put to both states.
#[derive(Debug)]
pub(super) struct Put {
    pub(super) question: String,
    pub(super) origin: Origin,
    /// The times that it stands in the log.
    pub(super) asked: usize,
    /// The expected outcome, by the ids of the new state.
    pub(super) expectation: Option<Expectation>,
    /// True if it is expected to be answered by entries that were removed.
    pub(super) is_of_removed: bool,
    /// True if the new state expects the outcome.
    is_of_new: bool,
}

/// Collects the questions of both states and of the log, in the order: new, old, log.
pub(super) fn questions(
    old: &KnowledgeBase,
    new: &KnowledgeBase,
    logged: &[LoggedQuestion],
    matched: &MatchedEntries,
) -> Result<Vec<Put>, SearchError> {
    let mut collected = Collected::default();
    collected.add_state(new, None)?;
    collected.add_state(old, Some(matched))?;
    for question in logged {
        let expectation = question.expect.as_deref().map(|ids| expectation_of(ids, old, new, matched)).transpose()?;
        collected.add(question.question.clone(), Origin::Logged, expectation.flatten(), None, question.asked);
    }
    Ok(collected.list)
}

/// Returns the expectation of a logged question; none if no state has an entry that it names.
fn expectation_of(
    named: &[String],
    old: &KnowledgeBase,
    new: &KnowledgeBase,
    matched: &MatchedEntries,
) -> Result<Option<Expectation>, SearchError> {
    if named.is_empty() {
        return Ok(Some(Expectation::NotAnswered));
    }
    let mut ids = Vec::new();
    for id in named {
        match (new.entry(id)?, old.entry(id)?) {
            (Some(entry), _) => ids.push(entry.id),
            (None, Some(entry)) => ids.push(matched.renamed_id(&entry.id).to_owned()),
            (None, None) => {}
        }
    }
    Ok(Some(ids).filter(|ids| !ids.is_empty()).map(Expectation::AnsweredBy))
}

#[derive(Default)]
struct Collected {
    list: Vec<Put>,
    /// The place of each question in the list.
    places: HashMap<String, usize>,
}

impl Collected {
    /// Adds the questions of a state; `matched` if it is the old one.
    fn add_state(&mut self, kb: &KnowledgeBase, matched: Option<&MatchedEntries>) -> Result<(), SearchError> {
        for expected in kb.expected_questions()? {
            let origin = if expected.expectation.is_golden() { Origin::Golden } else { Origin::Forbidden };
            self.add(expected.question, origin, Some(expected.expectation), matched, 0);
        }
        for entry in kb.entries() {
            let entry = entry?;
            let own = || Some(Expectation::AnsweredBy(vec![entry.id.clone()]));
            self.add(entry.question.clone(), Origin::Question, own(), matched, 0);
            for alias in &entry.aliases {
                self.add(alias.clone(), Origin::Alias, own(), matched, 0);
            }
        }
        Ok(())
    }

    fn add(
        &mut self,
        question: String,
        origin: Origin,
        expectation: Option<Expectation>,
        matched: Option<&MatchedEntries>,
        asked: usize,
    ) {
        let is_of_new = matched.is_none() && origin != Origin::Logged;
        let is_of_removed = matched.is_some_and(|matched| is_of_removed(expectation.as_ref(), matched));
        let expectation = match (expectation, matched) {
            (Some(expectation), Some(matched)) => Some(renamed(expectation, matched)),
            (expectation, _) => expectation,
        };
        match self.places.entry(question.clone()) {
            MapEntry::Vacant(place) => {
                place.insert(self.list.len());
                self.list.push(Put { question, origin, asked, expectation, is_of_removed, is_of_new });
            }
            MapEntry::Occupied(place) => self.list[*place.get()].merge(origin, expectation, is_of_new, asked),
        }
    }
}

impl Put {
    /// Adds another source of the question. Expectations of the new state and of a higher origin count before others;
    /// of those alike, an entry of either may answer.
    fn merge(&mut self, origin: Origin, expectation: Option<Expectation>, is_of_new: bool, asked: usize) {
        self.asked += asked;
        if origin == self.origin && is_of_new == self.is_of_new {
            if let (Some(Expectation::AnsweredBy(known)), Some(Expectation::AnsweredBy(others))) =
                (&mut self.expectation, expectation)
            {
                known.extend(others);
            }
        } else if self.expectation.is_none() {
            self.expectation = expectation;
        }
    }
}

fn is_of_removed(expectation: Option<&Expectation>, matched: &MatchedEntries) -> bool {
    matches!(expectation, Some(Expectation::AnsweredBy(ids)) if ids.iter().all(|id| matched.is_removed(id)))
}

/// Returns an expectation of the old state by the ids of the new one.
fn renamed(expectation: Expectation, matched: &MatchedEntries) -> Expectation {
    let renamed = |ids: Vec<String>| ids.into_iter().map(|id| matched.renamed_id(&id).to_owned()).collect();
    match expectation {
        Expectation::AnsweredBy(ids) => Expectation::AnsweredBy(renamed(ids)),
        Expectation::NotAnsweredBy(ids) => Expectation::NotAnsweredBy(renamed(ids)),
        Expectation::NotAnswered => Expectation::NotAnswered,
    }
}
