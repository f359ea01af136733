//! The questions of a log, each once, with what became of them.

use std::collections::hash_map::Entry as MapEntry;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::log::{LogEvent, LogRecord};
use crate::search::outcome::Outcome;
use crate::text::fold::folded;

/// The most different questions that are kept; the rest are only counted.
const QUESTIONS_MAX: usize = 1_000_000;
/// The days in which the weight of a question falls to one half.
const HALF_LIFE_DAYS: f64 = 30.0;

/// The questions of a log, counted.
///
/// # Examples
///
/// ```
/// use faqt::gaps::QuestionTally;
/// use faqt::log::LogRecord;
///
/// let mut tally = QuestionTally::default();
/// for question in ["How loud is it?", "how loud is it?", "rice"] {
///     tally.add(&LogRecord::asked(question, faqt::Outcome::NotCovered, 0.1, []).with_day("2026-11-27"));
/// }
/// assert_eq!((tally.asked(), tally.different()), (3, 2));
/// ```
#[derive(Debug, Default)]
pub struct QuestionTally {
    /// The questions by their folded text.
    questions: FxHashMap<String, Tallied>,
    asked: usize,
    left_out: usize,
    /// The entries that were first for a question, opened, or helped.
    pub(super) led_to: FxHashSet<String>,
    /// The records of each knowledge base, by its name.
    pub(super) knowledge_bases: FxHashMap<String, usize>,
    first_day: Option<String>,
    last_day: Option<String>,
}

/// A question of a log.
#[derive(Clone, Debug, Default)]
pub(super) struct Tallied {
    /// The question as it was asked first.
    pub(super) question: String,
    /// The number of times that it was asked.
    pub(super) count: usize,
    /// The last day on which it was asked.
    pub(super) last_day: String,
    /// The sum of 2 to the power of each day in half-lives: later questions weigh more.
    pub(super) recency: f64,
    /// The outcome that it had last, and the pack that was asked.
    pub(super) outcome: Option<Outcome>,
    pub(super) pack: String,
    /// The entries that were opened after it or helped, and the number of times.
    pub(super) evidence: Vec<(String, usize)>,
    /// The number of times that an answer did not help, less those that one did.
    pub(super) complaints: i64,
}

impl QuestionTally {
    /// Counts a record.
    pub fn add(&mut self, record: &LogRecord) {
        *self.knowledge_bases.entry(record.knowledge_base.clone()).or_default() += 1;
        self.note_day(&record.day);
        self.note_entries(record);
        let is_asked = record.event == LogEvent::Asked;
        self.asked += usize::from(is_asked);
        let key = folded(record.question.trim());
        let is_full = self.questions.len() >= QUESTIONS_MAX;
        let tallied = match self.questions.entry(key) {
            MapEntry::Occupied(known) => known.into_mut(),
            MapEntry::Vacant(_) if is_full => {
                self.left_out += usize::from(is_asked);
                return;
            }
            MapEntry::Vacant(new) => {
                new.insert(Tallied { question: record.question.trim().to_owned(), ..Tallied::default() })
            }
        };
        tallied.add(record);
    }

    fn note_day(&mut self, day: &str) {
        if half_lives(day) == 0.0 {
            return;
        }
        if self.first_day.as_deref().is_none_or(|first| day < first) {
            self.first_day = Some(day.to_owned());
        }
        if self.last_day.as_deref().is_none_or(|last| day > last) {
            self.last_day = Some(day.to_owned());
        }
    }

    fn note_entries(&mut self, record: &LogRecord) {
        let leads = record.event != LogEvent::NotHelped && record.outcome != Outcome::NotCovered
            || record.event == LogEvent::Opened
            || record.event == LogEvent::Helped;
        if let Some(first) = record.entries.first().filter(|first| leads && !self.led_to.contains(*first)) {
            self.led_to.insert(first.clone());
        }
    }

    /// Returns the number of questions asked.
    pub fn asked(&self) -> usize {
        self.asked
    }

    /// Returns the number of different questions.
    pub fn different(&self) -> usize {
        self.questions.len()
    }

    /// Returns the number of questions that were only counted, because a million others were kept.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Returns the first and the last day of the log.
    pub fn days(&self) -> Option<(&str, &str)> {
        Some((self.first_day.as_deref()?, self.last_day.as_deref()?))
    }

    /// Returns the questions that were asked, in the order of their texts; their weights count from the last day.
    pub(super) fn questions(&self) -> Vec<Tallied> {
        let now = half_lives(self.last_day.as_deref().unwrap_or_default());
        let asked = self.questions.iter().filter(|(_, tallied)| tallied.count > 0);
        let mut sorted: Vec<(&String, &Tallied)> = asked.collect();
        sorted.sort_unstable_by_key(|(key, _)| *key);
        let weighed = |tallied: &Tallied| Tallied { recency: tallied.recency * libm::exp2(-now), ..tallied.clone() };
        sorted.into_iter().map(|(_, tallied)| weighed(tallied)).collect()
    }
}

impl Tallied {
    fn add(&mut self, record: &LogRecord) {
        match record.event {
            LogEvent::Asked => {
                self.count += 1;
                self.recency += libm::exp2(half_lives(&record.day));
                self.outcome = Some(record.outcome);
                self.pack.clone_from(&record.pack);
                if record.day > self.last_day {
                    self.last_day.clone_from(&record.day);
                }
            }
            LogEvent::Opened => self.note(record, 1),
            LogEvent::Helped => {
                self.complaints -= 1;
                self.note(record, 2);
            }
            LogEvent::NotHelped => self.complaints += 1,
        }
    }

    /// Adds evidence that an entry answers the question.
    fn note(&mut self, record: &LogRecord, weight: usize) {
        let Some(entry) = record.entries.first() else { return };
        match self.evidence.iter_mut().find(|(known, _)| known == entry) {
            Some((_, count)) => *count += weight,
            None => self.evidence.push((entry.clone(), weight)),
        }
    }

    /// Returns the entry that readers were best served by, if they opened one.
    pub(super) fn opened(&self) -> Option<&str> {
        let most = self.evidence.iter().max_by_key(|(entry, count)| (*count, std::cmp::Reverse(entry)));
        most.map(|(entry, _)| entry.as_str())
    }
}

/// Returns a day such as `2026-11-27` in half-lives since 2000, in months of 31 days; 0 for another text.
fn half_lives(day: &str) -> f64 {
    let mut numbers = day.splitn(3, '-').map(|number| number.parse::<u16>().ok());
    match (numbers.next().flatten(), numbers.next().flatten(), numbers.next().flatten()) {
        (Some(year @ 2_000..=2_400), Some(month @ 1..=12), Some(day @ 1..=31)) => {
            (f64::from(year - 2_000) * 372.0 + f64::from(month) * 31.0 + f64::from(day)) / HALF_LIFE_DAYS
        }
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_questions_weigh_more_and_odd_days_nothing_special() {
        let mut tally = QuestionTally::default();
        for (question, day) in [("old", "2026-09-01"), ("new", "2026-11-27"), ("undated", ""), ("odd", "yesterday")] {
            tally.add(&LogRecord::asked(question, Outcome::Unsure, 0.4, []).with_day(day));
        }
        let weights: Vec<(String, bool)> =
            tally.questions().into_iter().map(|tallied| (tallied.question, tallied.recency > 0.5)).collect();
        assert_eq!(weights.iter().filter(|(_, weighs)| *weighs).map(|(name, _)| name).collect::<Vec<_>>(), ["new"]);
    }

    #[test]
    fn what_readers_opened_and_said_is_kept() {
        let mut tally = QuestionTally::default();
        let asked = LogRecord::asked("lamp", Outcome::Unsure, 0.4, ["a".to_owned(), "b".to_owned()]);
        for record in
            [&asked, &asked.opened("a"), &asked.helped("b", true), &asked.helped("a", false), &asked.helped("a", false)]
        {
            tally.add(record);
        }
        let questions = tally.questions();
        assert_eq!((questions[0].opened(), questions[0].complaints), (Some("b"), 1));
    }
}
