//! From the questions of a log to groups with suggestions.

use rustc_hash::FxHashMap;

use super::found::Found;
use super::group::{self, Grouped};
use super::profile::{Read, Terms};
use super::report::{CountedQuestion, EntryName, Gaps, Group};
use super::suggest;
use super::synonyms;
use super::tally::{QuestionTally, Tallied};
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::parallel;
use crate::search::options::SearchOptions;
use crate::search::outcome::Outcome;

/// The number of questions that a thread asks at a time.
const PART: usize = 16;
/// The most answered questions that a change must leave as they are.
const ANSWERED_MAX: usize = 1_000;
/// The number of entries that are kept of each question.
const HITS: usize = 5;

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

/// A question of the log, asked again.
pub(super) struct Asked {
    pub(super) tallied: Tallied,
    pub(super) outcome: Outcome,
    pub(super) confidence: f32,
    /// The first entries that it finds, each with its score.
    pub(super) hits: Vec<(EntryName, f32)>,
    read: Read,
}

impl Asked {
    /// Asks a question of the log. Returns nothing if it is answered and `is_wanted` for gaps alone.
    fn of(tallied: &Tallied, kb: &KnowledgeBase, options: &GapOptions) -> Result<Option<Asked>, SearchError> {
        let found = kb.search(&tallied.question, &SearchOptions::default().with_limit(HITS))?;
        let is_gap = found.outcome != Outcome::Answered || tallied.complaints > 0;
        if !is_gap && !options.all {
            return Ok(None);
        }
        let read = Read::of(&tallied.question, kb.reader())?;
        let hits = found.hits.iter().map(|hit| ((&hit.entry).into(), hit.score)).collect();
        let (outcome, confidence, tallied) = (found.outcome, found.confidence, tallied.clone());
        Ok(Some(Asked { tallied, outcome, confidence, hits, read }))
    }

    /// Returns true if a reader has no answer, or none that helps.
    fn is_gap(&self) -> bool {
        self.outcome != Outcome::Answered || self.tallied.complaints > 0
    }
}

impl Gaps {
    /// Asks the questions of `tally` again, groups those that are not answered, and suggests what to do about the most
    /// important groups. Nothing is proved yet, see [`Gaps::prove`].
    ///
    /// A question that this very pack answered is not asked again.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    pub fn find(tally: &QuestionTally, kb: &KnowledgeBase, options: &GapOptions) -> Result<Gaps, SearchError> {
        let (asked, answered) = asked(tally.questions(), kb, options)?;
        let gaps = asked.iter().filter(|asked| asked.is_gap());
        let unanswered = gaps.map(|asked| asked.tallied.count).sum();
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

/// Questions that are answered, each with the id of its entry.
type Answered = Vec<(String, String)>;

/// Asks the questions on several threads, except those that this pack answered; returns the gaps, or all, in the order of their
/// weights, and the heaviest of the answered ones with their entries.
fn asked(
    questions: Vec<Tallied>,
    kb: &KnowledgeBase,
    options: &GapOptions,
) -> Result<(Vec<Asked>, Answered), SearchError> {
    let pack = format!("{:016x}", kb.checksum());
    let is_answered = |tallied: &Tallied| {
        tallied.pack == pack && tallied.outcome == Some(Outcome::Answered) && tallied.complaints <= 0
    };
    let (mut answered, mut others): (Vec<Tallied>, Vec<Tallied>) = questions.into_iter().partition(is_answered);
    if options.all {
        others.append(&mut answered.clone());
    }
    let mut found: Vec<Asked> = Vec::new();
    let ask = |part: &mut [Tallied]| -> Result<Vec<Asked>, SearchError> {
        part.iter().filter_map(|tallied| Asked::of(tallied, kb, options).transpose()).collect()
    };
    parallel::in_order(&mut others, PART, ask, |part| {
        found.extend(part?);
        Ok::<_, SearchError>(())
    })?;
    found.sort_by(|left, right| heavier(&left.tallied, &right.tallied));
    answered.sort_by(heavier);
    answered.truncate(ANSWERED_MAX);
    let mut kept = Vec::new();
    for tallied in answered {
        if let Some(first) = kb.search(&tallied.question, &SearchOptions::default().with_limit(1))?.answer() {
            kept.push((tallied.question, first.entry.id.clone()));
        }
    }
    Ok((found, kept))
}

fn heavier(left: &Tallied, right: &Tallied) -> std::cmp::Ordering {
    right.recency.total_cmp(&left.recency).then_with(|| left.question.cmp(&right.question))
}

/// Parts what questions are grouped by from what they found.
fn profiles(asked: Vec<Asked>) -> (Vec<Grouped>, Vec<Found>) {
    let (mut terms, mut numbers) = (Terms::default(), FxHashMap::<String, u32>::default());
    let mut number = |id: &str| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(id.to_owned()).or_insert(next)
    };
    let parted = asked.into_iter().map(|Asked { tallied, outcome, confidence, hits, read }| {
        let grouped = Grouped {
            profile: read.numbered(&mut terms),
            first: hits.first().map(|(entry, _)| number(&entry.id)),
            confidence,
            opened: tallied.opened().map(&mut number),
        };
        (grouped, Found { tallied, outcome, confidence, hits })
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
