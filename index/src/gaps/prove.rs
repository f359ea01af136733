//! Proves suggestions by search: the content is built with all of them, checked and asked.
//!
//! One build proves all suggestions together. Those that it refutes are left out of the next, so that the rest is proved
//! without them.

use std::collections::BTreeSet;

use super::change::{Change, changed_texts};
use super::report::{Gaps, Group, Proof, Suggestion};
use crate::build::{BuildError, Builder};
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::problem::Problem;
use crate::problem::check::Check;
use crate::problem::severity::Severity;
use crate::search::findings::Findings;
use crate::search::options::SearchOptions;

/// The most builds with suggestions.
const ROUNDS_MAX: usize = 4;
/// The first hits of a question among which the entry is looked for whose suggestion takes its answer away.
const BLAMED_AMONG: usize = 20;
/// The least share of the questions of a group that a proved change answers.
const SHARE_MIN: f64 = 0.5;

/// A problem without its line, which changes where lines are added above it.
type ProblemKey = (String, String, String);

impl Gaps {
    /// Proves the suggestions that can be written, see [`Proof`]. `builder` has the content of `kb`.
    ///
    /// The content is built once as it is and at most 4 times with suggestions. Content with errors is not checked for
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
            let tried: Vec<usize> = (0..self.groups.len()).filter(|&at| is_open(&self.groups[at])).collect();
            let Some(trial) = self.trial(&tried, kb, builder)? else { break };
            let mut refuted = self.refute(&tried, &trial, &before);
            refuted |= self.refute_unanswered(&tried, &trial.kb).map_err(BuildError::Ask)?;
            if !refuted {
                break;
            }
            if round == ROUNDS_MAX {
                self.give_up(&tried);
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

    /// Builds the content with the suggestions of the groups `tried`; none if there are none that can be written.
    fn trial(&mut self, tried: &[usize], kb: &KnowledgeBase, builder: &Builder) -> Result<Option<Trial>, BuildError> {
        let mut changes: Vec<Change> = Vec::new();
        for change in tried.iter().filter_map(|&at| self.groups[at].suggestion.change()) {
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
        let texts = changed_texts(kb, builder, &changes)?;
        for (at, reason) in &texts.faults {
            let is_of = |group: &&mut Group| group.suggestion.change().as_ref() == Some(&changes[*at]);
            self.groups.iter_mut().filter(is_of).for_each(|group| set(group, Proof::refuted(reason.clone())));
        }
        if texts.faults.len() == changes.len() {
            return Ok(None);
        }
        let (kb, problems) = built(&builder.clone().with_texts(texts.texts))?;
        Ok(Some(Trial { kb, problems }))
    }

    /// Refutes the suggestions that new problems name. Returns true if there are any.
    fn refute(&mut self, tried: &[usize], trial: &Trial, before: &BTreeSet<ProblemKey>) -> bool {
        let new =
            trial.problems.iter().filter(|problem| concerns_questions(problem) && !before.contains(&key(problem)));
        let mut is_any = false;
        for problem in new {
            let blamed: Vec<usize> =
                tried.iter().copied().filter(|&at| names(problem, &self.groups[at].suggestion)).collect();
            // A problem that names no suggestion may be of any.
            let blamed = if blamed.is_empty() { tried.to_vec() } else { blamed };
            for at in blamed.into_iter().filter(|&at| is_open(&self.groups[at])).collect::<Vec<_>>() {
                set(&mut self.groups[at], Proof::refuted(problem.to_string()));
                is_any = true;
            }
        }
        is_any
    }

    /// Asks the groups and the questions that were answered before. Returns true if a suggestion is refuted that the others
    /// were proved with.
    fn refute_unanswered(&mut self, tried: &[usize], kb: &KnowledgeBase) -> Result<bool, SearchError> {
        let mut is_any = false;
        for (question, id) in &self.answered {
            let found = kb.search(question, &SearchOptions::default().with_limit(BLAMED_AMONG))?;
            if found.answer().is_some_and(|hit| hit.entry.id == *id) {
                continue;
            }
            let of_entry = |wanted: &String| -> Vec<usize> {
                let is_blamed = |at: &usize| is_open(&self.groups[*at]) && entry_of(&self.groups[*at]) == Some(wanted);
                tried.iter().copied().filter(is_blamed).collect()
            };
            // The best entry with a suggestion took the answer, or its lead; if none is near, any may have.
            let blamed = found.hits.iter().map(|hit| of_entry(&hit.entry.id)).find(|groups| !groups.is_empty());
            let reason = match found.hits.first() {
                Some(hit) if hit.entry.id != *id => format!("`{}` comes first with this", hit.entry.id),
                _ => "is not any more with this".to_owned(),
            };
            let open = || tried.iter().copied().filter(|&at| is_open(&self.groups[at])).collect();
            for at in blamed.unwrap_or_else(open) {
                let reason = format!("“{question}” was answered by `{id}`, and {reason}");
                set(&mut self.groups[at], Proof::refuted(reason));
                is_any = true;
            }
        }
        for &at in tried {
            if is_open(&self.groups[at]) {
                let proof = self.proof(at, kb)?;
                is_any |= !proof.is_proved();
                set(&mut self.groups[at], proof);
            }
        }
        Ok(is_any)
    }

    /// Asks the questions of a group.
    fn proof(&self, at: usize, kb: &KnowledgeBase) -> Result<Proof, SearchError> {
        let group = &self.groups[at];
        let target = entry_of(group);
        let (mut answered, mut asked) = (0, 0);
        for counted in &group.questions {
            let found = first(kb, &counted.question)?;
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

    /// Takes back what was proved together with a suggestion that the last build refuted.
    fn give_up(&mut self, tried: &[usize]) {
        for &at in tried {
            if self.groups[at].suggestion.proof().is_some_and(Proof::is_proved) {
                set(&mut self.groups[at], Proof::refuted("not proved without the others; fewer groups may help"));
            }
        }
    }
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

/// A content that was built with suggestions.
struct Trial {
    kb: KnowledgeBase,
    problems: Vec<Problem>,
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

fn first(kb: &KnowledgeBase, question: &str) -> Result<Findings, SearchError> {
    kb.search(question, &SearchOptions::default().with_limit(1))
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

/// Returns true if a problem is about the entry or the text of a suggestion.
fn names(problem: &Problem, suggestion: &Suggestion) -> bool {
    let is_of_entry = |entry: &super::report::EntryName, text: &str| {
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

/// Sets the proof of the suggestion of a group; where it is refuted, the next suggestion takes its place, if there is one.
fn set(group: &mut Group, proof: Proof) {
    let is_refuted = matches!(proof, Proof::Refuted { .. });
    if let Some(next) = group.fallback.take_if(|_| is_refuted) {
        group.suggestion = next;
    } else if let Some(known) = group.suggestion.proof_mut() {
        *known = proof;
    }
}
