//! The findings: groups of questions with what to do about each, and entries that nobody is led to.

use serde::Serialize;

use super::change::Change;
use crate::model::entry::Entry;
use crate::search::outcome::Outcome;

/// The gaps that a log shows in a knowledge base.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Gaps {
    /// The number of questions in the log.
    pub asked: usize,
    /// The number of different questions in it.
    pub different: usize,
    /// The first and the last day of the log.
    pub days: Option<(String, String)>,
    /// The number of questions that the knowledge base does not answer now, or whose answer did not help.
    pub unanswered: usize,
    /// The groups of these, the most important first: at most [`limit`](super::GapOptions::limit).
    pub groups: Vec<Group>,
    /// The number of further groups.
    pub more_groups: usize,
    /// The entries that no question of the log led to, in the order of the table of contents.
    pub unled: Vec<EntryName>,
    /// The questions of the log that are answered, and must stay so.
    #[serde(skip)]
    pub(super) answered: Vec<AnsweredQuestion>,
}

/// A question of the log that is answered now.
#[derive(Clone, Debug)]
pub(super) struct AnsweredQuestion {
    pub(super) question: String,
    /// The id of its entry.
    pub(super) entry: String,
}

/// Questions that mean the same.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Group {
    /// The number of the group, from 1.
    pub number: usize,
    /// The question that was asked most.
    pub question: String,
    /// The number of times that a question of the group was asked.
    pub count: usize,
    /// The last day on which one was asked; empty if the log has no days.
    pub last_day: String,
    /// The outcome of the question now.
    pub outcome: Outcome,
    /// The questions, the most frequent first.
    pub questions: Vec<CountedQuestion>,
    /// The suggestion for it.
    pub suggestion: Suggestion,
    /// The content words of the questions that no entry holds.
    #[serde(skip)]
    pub(super) unknown: Vec<String>,
    /// The suggestion that takes the place of one that is refuted.
    #[serde(skip)]
    pub(super) fallback: Option<Suggestion>,
}

/// A question with the number of times that it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CountedQuestion {
    /// The question.
    pub question: String,
    /// The number of times.
    pub count: usize,
}

/// The name and the place of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EntryName {
    /// Its id.
    pub id: String,
    /// Its question.
    pub question: String,
    /// Its file, relative to the content folder.
    pub path: String,
    /// Its line, counted from 1.
    pub line: u32,
}

impl From<&Entry> for EntryName {
    fn from(entry: &Entry) -> EntryName {
        let Entry { id, question, path, line, .. } = entry;
        EntryName { id: id.clone(), question: question.clone(), path: path.clone(), line: *line }
    }
}

/// A change by which an author answers a group of questions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Suggestion {
    /// The question becomes an alias of an entry.
    Alias {
        /// The entry.
        entry: EntryName,
        /// The alias.
        text: String,
        /// True if readers opened this entry or said that it helped; else it is the first that was found.
        is_chosen_by_readers: bool,
        /// The proof by search.
        proof: Proof,
    },
    /// The question is an exact term, which becomes a keyword of an entry.
    Keyword {
        /// The entry.
        entry: EntryName,
        /// The keyword.
        text: String,
        /// The proof by search.
        proof: Proof,
    },
    /// Two words become synonyms, with which several groups are answered.
    Synonyms {
        /// The words: that of the entries, then that of the questions.
        terms: Vec<String>,
        /// The numbers of the groups.
        groups: Vec<usize>,
        /// The proof by search.
        proof: Proof,
    },
    /// Two entries answer the question equally: say in each what it is for, or merge them.
    Competing {
        /// The entries.
        entries: Vec<EntryName>,
    },
    /// The entry answers the question and did not help: its answer lacks something.
    Unhelpful {
        /// The entry.
        entry: EntryName,
    },
    /// No entry answers the question: one is missing.
    Missing {
        /// The entries that are closest.
        closest: Vec<EntryName>,
    },
}

impl Suggestion {
    /// Returns the change of the content that is suggested; none if a person has to write something.
    pub fn change(&self) -> Option<Change> {
        match self {
            Suggestion::Alias { entry, text, .. } => {
                Some(Change::Alias { entry: entry.id.clone(), text: text.clone() })
            }
            Suggestion::Keyword { entry, text, .. } => {
                Some(Change::Keyword { entry: entry.id.clone(), text: text.clone() })
            }
            Suggestion::Synonyms { terms, .. } => Some(Change::Synonyms { terms: terms.clone() }),
            _ => None,
        }
    }

    /// Returns the proof of a change.
    pub fn proof(&self) -> Option<&Proof> {
        match self {
            Suggestion::Alias { proof, .. }
            | Suggestion::Keyword { proof, .. }
            | Suggestion::Synonyms { proof, .. } => Some(proof),
            _ => None,
        }
    }

    pub(super) fn proof_mut(&mut self) -> Option<&mut Proof> {
        match self {
            Suggestion::Alias { proof, .. }
            | Suggestion::Keyword { proof, .. }
            | Suggestion::Synonyms { proof, .. } => Some(proof),
            _ => None,
        }
    }
}

/// The proof of a change: the content was built with it, and asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Proof {
    /// Nothing was built yet.
    #[default]
    Untried,
    /// The group is answered with the change, no check of questions ends worse, and no answered question of the log loses its
    /// answer: the 1,000 of most weight were asked. Unsure questions are not compared: an alias of any entry may push one below
    /// the limit.
    Proved {
        /// The number of times that a question of the group was asked which is answered with the change.
        answered: usize,
        /// The number of times that a question of the group was asked.
        asked: usize,
    },
    /// The change does not help, does harm, or cannot be written.
    Refuted {
        /// The reason.
        reason: String,
    },
}

impl Proof {
    /// Returns true if the change is proved.
    pub fn is_proved(&self) -> bool {
        matches!(self, Proof::Proved { .. })
    }

    pub(super) fn refuted(reason: impl Into<String>) -> Proof {
        Proof::Refuted { reason: reason.into() }
    }
}

impl Gaps {
    /// Returns these gaps with other groups, such as those that an author accepts, to be proved by themselves.
    #[must_use]
    pub fn with_groups(&self, groups: Vec<Group>) -> Gaps {
        let untried = |mut group: Group| {
            if let Some(proof) = group.suggestion.proof_mut() {
                *proof = Proof::Untried;
            }
            group.fallback = None;
            group
        };
        Gaps { groups: groups.into_iter().map(untried).collect(), ..self.clone() }
    }
}

impl Group {
    /// Returns the group with the text of an author in its suggestion of an alias or a keyword.
    #[must_use]
    pub fn with_text(&self, new: impl Into<String>) -> Group {
        let mut group = self.clone();
        if let Suggestion::Alias { text, .. } | Suggestion::Keyword { text, .. } = &mut group.suggestion {
            *text = new.into();
        }
        group
    }
}
