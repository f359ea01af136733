//! From the questions of a log to groups with suggestions.

use rustc_hash::FxHashMap;

use super::found::Found;
use super::group::{self, Grouped};
use super::profile::{Numbers, Read};
use super::report::{AnsweredQuestion, CountedQuestion, EntryName, Gaps, Group};
use super::suggest;
use super::synonyms;
use super::tally::{QuestionTally, Tallied};
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::log::checksum;
use crate::parallel;
use crate::search::outcome::Outcome;

/// The number of questions that a thread asks at a time.
const PART: usize = 16;
/// The most answered questions that a change must leave as they are.
const ANSWERED_MAX: usize = 1_000;

/// The options of [`Gaps::find`].
///
/// # Examples
///
/// ```
/// assert_eq!(faqt::gaps::GapOptions::default().limit, 20);
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct GapOptions {
    /// The most groups that are returned. The default is 20.
    pub limit: usize,
    /// True if answered questions are grouped, too. The default is false.
    pub all: bool,
}

impl Default for GapOptions {
    fn default() -> GapOptions {
        GapOptions { limit: 20, all: false }
    }
}

impl GapOptions {
    /// Sets the most groups that are returned.
    #[must_use]
    pub fn with_limit(mut self, limit: usize) -> GapOptions {
        self.limit = limit;
        self
    }

    /// Groups answered questions, too.
    #[must_use]
    pub fn with_all(mut self, all: bool) -> GapOptions {
        self.all = all;
        self
    }
}

impl Gaps {
    /// Asks the questions of `tally` again, groups those that are not answered, and suggests what to do about the most
    /// important groups. Nothing is proved yet, see [`Gaps::prove`].
    ///
    /// Of the questions that this very pack answered, only the 1,000 of most weight are asked again, for the proof.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    pub fn find(tally: &QuestionTally, kb: &KnowledgeBase, options: &GapOptions) -> Result<Gaps, SearchError> {
        let asked = asked(tally.questions(), kb, options)?;
        let answered = answered(&asked);
        let asked: Vec<(Found, Read)> = asked.into_iter().filter_map(|(found, read)| Some((found, read?))).collect();
        let gaps = asked.iter().filter(|(found, _)| found.is_gap());
        let unanswered = gaps.map(|(found, _)| found.tallied.count).sum();
        let (grouped, asked) = profiles(asked);
        let mut ranked = ranked(&group::groups(&grouped), &asked);
        let more_groups = ranked.len().saturating_sub(options.limit);
        ranked.truncate(options.limit);
        let mut groups = Vec::with_capacity(ranked.len());
        for (at, members) in ranked.into_iter().enumerate() {
            groups.push(described(at + 1, &members, &asked, &grouped, kb)?);
        }
        synonyms::suggest(&mut groups, kb)?;
        let unled = kb.entries().filter_map(|entry| match entry {
            Ok(entry) => (!tally.led_to.contains(&entry.id)).then(|| Ok(EntryName::from(&entry))),
            Err(error) => Some(Err(error)),
        });
        Ok(Gaps {
            asked: tally.asked(),
            different: tally.different(),
            days: tally.days().map(|(first, last)| (first.to_owned(), last.to_owned())),
            unanswered,
            groups,
            more_groups,
            unled: unled.collect::<Result<_, _>>()?,
            answered,
        })
    }
}

/// Asks the questions on several threads, except that of those that this pack answered the lightest are left out. Returns them in
/// the order of their weights; those that are grouped are read, too.
fn asked(
    questions: Vec<Tallied>,
    kb: &KnowledgeBase,
    options: &GapOptions,
) -> Result<Vec<(Found, Option<Read>)>, SearchError> {
    let pack = checksum(kb);
    let is_answered = |tallied: &Tallied| {
        tallied.pack == pack && tallied.outcome == Some(Outcome::Answered) && tallied.complaints <= 0
    };
    let (mut answered, mut sought): (Vec<Tallied>, Vec<Tallied>) = questions.into_iter().partition(is_answered);
    if !options.all {
        answered.sort_by(heavier);
        answered.truncate(ANSWERED_MAX);
    }
    sought.append(&mut answered);
    let ask = |part: &mut [Tallied]| -> Result<Vec<(Found, Option<Read>)>, SearchError> {
        let ask = |tallied: &Tallied| {
            let found = Found::of(tallied, kb)?;
            let is_grouped = options.all || (found.is_gap() && !is_answered(tallied));
            let read = is_grouped.then(|| Read::of(&tallied.question, kb.reader())).transpose()?;
            Ok((found, read))
        };
        part.iter().map(ask).collect()
    };
    let mut asked = Vec::with_capacity(sought.len());
    parallel::in_order(&mut sought, PART, ask, |part| {
        asked.extend(part?);
        Ok::<_, SearchError>(())
    })?;
    asked.sort_by(|(left, _), (right, _)| heavier(&left.tallied, &right.tallied));
    Ok(asked)
}

/// Returns the answered questions of most weight.
fn answered(asked: &[(Found, Option<Read>)]) -> Vec<AnsweredQuestion> {
    let answered = asked.iter().filter(|(found, _)| !found.is_gap()).take(ANSWERED_MAX);
    let answered = answered.filter_map(|(found, _)| {
        let (entry, _) = found.hits.first()?;
        Some(AnsweredQuestion { question: found.tallied.question.clone(), entry: entry.id.clone() })
    });
    answered.collect()
}

fn heavier(left: &Tallied, right: &Tallied) -> std::cmp::Ordering {
    right.recency.total_cmp(&left.recency).then_with(|| left.question.cmp(&right.question))
}

/// Parts what questions are grouped by from what they found.
fn profiles(asked: Vec<(Found, Read)>) -> (Vec<Grouped>, Vec<Found>) {
    let (mut terms, mut entries) = (Numbers::default(), Numbers::default());
    let parted = asked.into_iter().map(|(found, read)| {
        let grouped = Grouped {
            profile: read.numbered(&mut terms),
            first: found.hits.first().map(|(entry, _)| entries.number(&entry.id)),
            confidence: found.confidence,
            opened: found.tallied.opened().map(|id| entries.number(id)),
        };
        (grouped, found)
    });
    parted.unzip()
}

/// Returns the questions of each group, the heaviest group first; in a group the most frequent question stands first.
fn ranked(groups: &[usize], asked: &[Found]) -> Vec<Vec<usize>> {
    let mut members: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (at, &leader) in groups.iter().enumerate() {
        members.entry(leader).or_default().push(at);
    }
    let weight = |group: &[usize]| group.iter().map(|&at| asked[at].tallied.recency).sum::<f64>();
    let mut ranked: Vec<(f64, usize, Vec<usize>)> =
        members.into_iter().map(|(leader, group)| (weight(&group), leader, group)).collect();
    ranked.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
    let by_count = |mut group: Vec<usize>| {
        group.sort_by_key(|&at| (std::cmp::Reverse(asked[at].tallied.count), at));
        group
    };
    ranked.into_iter().map(|(_, _, group)| by_count(group)).collect()
}

/// Describes a group and suggests what to do about it.
fn described(
    number: usize,
    members: &[usize],
    asked: &[Found],
    grouped: &[Grouped],
    kb: &KnowledgeBase,
) -> Result<Group, SearchError> {
    let found: Vec<&Found> = members.iter().map(|&at| &asked[at]).collect();
    let counted =
        |found: &&Found| CountedQuestion { question: found.tallied.question.clone(), count: found.tallied.count };
    let mut unknown: Vec<String> = members.iter().flat_map(|&at| grouped[at].profile.unknown.clone()).collect();
    unknown.sort_unstable();
    unknown.dedup();
    let first = found[0];
    let (suggestion, fallback) = suggest::suggestion(&found, kb)?;
    Ok(Group {
        number,
        question: first.tallied.question.clone(),
        count: found.iter().map(|found| found.tallied.count).sum(),
        last_day: found.iter().map(|found| found.tallied.last_day.clone()).max().unwrap_or_default(),
        outcome: first.outcome,
        questions: found.iter().map(counted).collect(),
        suggestion,
        unknown,
        fallback,
    })
}
