//! Proves suggestions by search: the content is built with all of them, checked and asked.
//!
//! One build proves all suggestions together. Those that it refutes are left out of the next, so that the rest is proved
//! without them.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, changed_texts};
use super::report::{AnsweredQuestion, EntryName, Gaps, Group, Proof, Suggestion};
use crate::build::{BuildError, Builder};
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::parallel;
use crate::problem::Problem;
use crate::problem::check::Check;
use crate::problem::severity::Severity;
use crate::search::findings::Findings;
use crate::search::options::SearchOptions;

/// The most builds with suggestions. Over six public sets with 300 questions and 40 groups each, 2 to 7 were needed; with 4 at
/// most, no suggestion was proved for two of the sets, instead of 19 and 14.
const ROUNDS_MAX: usize = 8;
/// The number of questions that a thread asks at a time.
const PART: usize = 16;
/// The first hits of a question among which the entry is looked for whose suggestion takes its answer away.
const BLAMED_AMONG: usize = 20;
/// The least share of the questions of a group that a proved change answers.
const SHARE_MIN: f64 = 0.5;

/// A problem without its line, which changes where lines are added above it.
type ProblemKey = (String, String, String);

/// A group by its place whose suggestion is to be refuted, and the reason.
type Blamed = (usize, String);

impl Gaps {
    /// Proves the suggestions that can be written, see [`Proof`]. `builder` has the content of `kb`.
    ///
    /// The content is built once as it is and at most 8 times with suggestions. Content with errors is not checked for
    /// findability: then only its questions are asked.
    ///
    /// # Errors
    ///
    /// If the content cannot be read or built.
    pub fn prove(&mut self, kb: &KnowledgeBase, builder: &Builder) -> Result<(), BuildError> {
        if self.groups.iter().all(|group| group.suggestion.change().is_none()) {
            return Ok(());
        }
        let before: BTreeSet<ProblemKey> = built(builder)?.1.iter().map(key).collect();
        for round in 1..=ROUNDS_MAX {
            let mut tried: Vec<usize> = (0..self.groups.len()).filter(|&at| is_open(&self.groups[at])).collect();
            let texts = self.texts(&mut tried, kb, builder)?;
            let count = tried.len();
            if count > 0 {
                let (trial, problems) = built(&builder.clone().with_texts(texts))?;
                let mut blamed = self.faulty(&tried, &problems, &before);
                blamed.extend(self.harmful(&tried, &trial).map_err(BuildError::Ask)?);
                self.refute_blamed(&mut tried, blamed);
                self.refute_unanswered(&mut tried, &trial).map_err(BuildError::Ask)?;
            }
            // Those that are left were proved together with those that are refuted.
            let is_refuted = tried.len() < count;
            if !is_refuted && !self.groups.iter().any(is_untried) {
                break;
            }
            if is_refuted && round == ROUNDS_MAX {
                let reason = "not proved without the others; fewer groups may help";
                for at in tried {
                    refute(&mut self.groups[at], reason);
                }
            }
        }
        self.number_synonyms();
        Ok(())
    }

    /// Names in each suggestion of synonyms the groups that still have it.
    fn number_synonyms(&mut self) {
        let changes: Vec<(usize, Option<Change>)> =
            self.groups.iter().map(|group| (group.number, group.suggestion.change())).collect();
        for group in &mut self.groups {
            let own = group.suggestion.change();
            if let Suggestion::Synonyms { groups, .. } = &mut group.suggestion {
                *groups = changes.iter().filter(|(_, change)| *change == own).map(|(number, _)| *number).collect();
            }
        }
    }

    /// Returns the changed texts of the content with the suggestions of the groups `tried`. Those that cannot be written are
    /// refuted.
    fn texts(
        &mut self,
        tried: &mut Vec<usize>,
        kb: &KnowledgeBase,
        builder: &Builder,
    ) -> Result<BTreeMap<String, String>, BuildError> {
        let changes: Vec<Change> = tried.iter().filter_map(|&at| self.groups[at].suggestion.change()).collect();
        let texts = changed_texts(kb, builder, &changes)?;
        let mut blamed = Vec::new();
        for (number, reason) in texts.faults {
            let is_of = |group: &Group| group.suggestion.change().as_ref() == Some(&changes[number]);
            blamed.extend(self.those(tried, is_of).into_iter().map(|at| (at, reason.clone())));
        }
        self.refute_blamed(tried, blamed);
        Ok(texts.texts)
    }

    /// Returns the groups whose suggestions new problems name.
    fn faulty(&self, tried: &[usize], problems: &[Problem], before: &BTreeSet<ProblemKey>) -> Vec<Blamed> {
        let is_new = |problem: &&Problem| concerns_questions(problem) && !before.contains(&key(problem));
        let mut blamed = Vec::new();
        for problem in problems.iter().filter(is_new) {
            let named = self.those(tried, |group| names(problem, &group.suggestion));
            // A problem that names no suggestion may be of any.
            let of = if named.is_empty() { tried.to_vec() } else { named };
            blamed.extend(of.into_iter().map(|at| (at, problem.to_string())));
        }
        blamed
    }

    /// Returns the groups whose suggestions take the answer of a question away.
    fn harmful(&self, tried: &[usize], kb: &KnowledgeBase) -> Result<Vec<Blamed>, SearchError> {
        let mut blamed = Vec::new();
        for (AnsweredQuestion { question, entry }, found) in harmed(&self.answered, kb)? {
            let of_entry = |id: &String| self.those(tried, |group| entry_of(group) == Some(id));
            // The best entry with a suggestion took the answer, or its lead; if none is near, any may have.
            let of = found.hits.iter().map(|hit| of_entry(&hit.entry.id)).find(|groups| !groups.is_empty());
            let reason = match found.hits.first() {
                Some(hit) if hit.entry.id != *entry => format!("`{}` comes first with this", hit.entry.id),
                _ => "is not any more with this".to_owned(),
            };
            let reason = format!("“{question}” was answered by `{entry}`, and {reason}");
            blamed.extend(of.unwrap_or_else(|| tried.to_vec()).into_iter().map(|at| (at, reason.clone())));
        }
        Ok(blamed)
    }

    fn those(&self, tried: &[usize], is_meant: impl Fn(&Group) -> bool) -> Vec<usize> {
        tried.iter().copied().filter(|&at| is_meant(&self.groups[at])).collect()
    }

    /// Refutes suggestions, each for the first of its reasons, and takes their groups out of `tried`: the next suggestion of such
    /// a group is not in the content that was built.
    fn refute_blamed(&mut self, tried: &mut Vec<usize>, blamed: Vec<Blamed>) {
        for (at, reason) in blamed {
            if tried.contains(&at) {
                tried.retain(|&other| other != at);
                refute(&mut self.groups[at], &reason);
            }
        }
    }

    /// Asks the groups, and refutes the suggestions that do not answer theirs.
    fn refute_unanswered(&mut self, tried: &mut Vec<usize>, kb: &KnowledgeBase) -> Result<(), SearchError> {
        let mut proved = Vec::with_capacity(tried.len());
        for &at in tried.iter() {
            let group = &mut self.groups[at];
            match proof(group, kb)? {
                Proof::Refuted { reason } => refute(group, &reason),
                proof => {
                    set(group, proof);
                    proved.push(at);
                }
            }
        }
        *tried = proved;
        Ok(())
    }
}

/// Asks questions that were answered; returns those that are not answered by the same entry, with what they find.
fn harmed<'a>(
    answered: &'a [AnsweredQuestion],
    kb: &KnowledgeBase,
) -> Result<Vec<(&'a AnsweredQuestion, Findings)>, SearchError> {
    let options = SearchOptions::default().with_limit(BLAMED_AMONG);
    let ask = |part: &mut [&'a AnsweredQuestion]| -> Result<Vec<(&'a AnsweredQuestion, Findings)>, SearchError> {
        let mut harmed = Vec::new();
        for answered in part {
            let found = kb.search(&answered.question, &options)?;
            if found.answer().is_none_or(|hit| hit.entry.id != answered.entry) {
                harmed.push((*answered, found));
            }
        }
        Ok(harmed)
    };
    let (mut answered, mut harmed): (Vec<&AnsweredQuestion>, Vec<_>) = (answered.iter().collect(), Vec::new());
    parallel::in_order(&mut answered, PART, ask, |part| {
        harmed.extend(part?);
        Ok::<_, SearchError>(())
    })?;
    Ok(harmed)
}

/// Asks the questions of a group.
fn proof(group: &Group, kb: &KnowledgeBase) -> Result<Proof, SearchError> {
    let target = entry_of(group);
    let (mut answered, mut asked) = (0, 0);
    for counted in &group.questions {
        let found = kb.search(&counted.question, &SearchOptions::default().with_limit(1))?;
        let is_answered = found.answer().is_some_and(|hit| target.is_none_or(|target| hit.entry.id == *target));
        asked += counted.count;
        answered += if is_answered { counted.count } else { 0 };
    }
    let is_proved = answered as f64 >= SHARE_MIN * asked as f64 && answered > 0;
    Ok(if is_proved {
        Proof::Proved { answered, asked }
    } else {
        Proof::refuted(format!("with it, {answered} of {asked} questions are answered by this entry"))
    })
}

/// Returns true if a problem is about what questions find, or keeps the content from being built. Others, such as entries
/// without keywords where one has some, are no harm to readers.
fn concerns_questions(problem: &Problem) -> bool {
    let is_of_question = matches!(
        problem.check,
        Check::Shadowed
            | Check::Answered
            | Check::GoldenUnanswered
            | Check::ForbiddenAnswered
            | Check::DuplicateAlias
            | Check::DuplicateQuestion
            | Check::NearDuplicate
    );
    is_of_question || problem.severity == Severity::Error
}

/// Builds the content with its problems; content with errors is built as for readers.
fn built(builder: &Builder) -> Result<(KnowledgeBase, Vec<Problem>), BuildError> {
    let (built, problems) = match builder.clone().lenient(false).strict(false).build() {
        Err(BuildError::Content(problems)) => (builder.clone().lenient(true).build()?, problems),
        built => (built?, Vec::new()),
    };
    let problems = problems.into_iter().chain(built.warnings).collect();
    Ok((KnowledgeBase::from_vec(built.pack).map_err(BuildError::Open)?, problems))
}

fn key(problem: &Problem) -> ProblemKey {
    (problem.path.clone(), problem.check.name().to_owned(), without_lines(&problem.message))
}

/// Returns a message without the numbers behind colons: lines of other entries.
fn without_lines(message: &str) -> String {
    let mut parts = message.split(':');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + ":" + part.trim_start_matches(|c: char| c.is_ascii_digit()))
}

/// Returns true if the suggestion can still be tried: it is untried or was proved with others.
fn is_open(group: &Group) -> bool {
    group.suggestion.proof().is_some_and(|proof| !matches!(proof, Proof::Refuted { .. }))
}

fn is_untried(group: &Group) -> bool {
    group.suggestion.proof().is_some_and(|proof| matches!(proof, Proof::Untried))
}

/// Returns true if a problem is about the entry or the text of a suggestion.
fn names(problem: &Problem, suggestion: &Suggestion) -> bool {
    let is_of_entry = |entry: &EntryName, text: &str| {
        problem.message.contains(&format!("`{}`", entry.id))
            || problem.message.contains(text)
            || (problem.path == entry.path && problem.line == entry.line)
    };
    match suggestion {
        Suggestion::Alias { entry, text, .. } | Suggestion::Keyword { entry, text, .. } => is_of_entry(entry, text),
        Suggestion::Synonyms { terms, .. } => terms.iter().any(|term| problem.message.contains(term.as_str())),
        _ => false,
    }
}

/// Returns the id of the entry that is to answer a group.
fn entry_of(group: &Group) -> Option<&String> {
    match group.fallback.as_ref().unwrap_or(&group.suggestion) {
        Suggestion::Alias { entry, .. } | Suggestion::Keyword { entry, .. } => Some(&entry.id),
        _ => None,
    }
}

/// Refutes the suggestion of a group; the next one takes its place, if there is one.
fn refute(group: &mut Group, reason: &str) {
    match group.fallback.take() {
        Some(next) => group.suggestion = next,
        None => set(group, Proof::refuted(reason)),
    }
}

fn set(group: &mut Group, proof: Proof) {
    if let Some(known) = group.suggestion.proof_mut() {
        *known = proof;
    }
}
