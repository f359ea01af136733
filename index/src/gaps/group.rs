//! Groups questions that mean the same: each joins the most similar of the groups before it.
//!
//! Two questions are compared by their words and their vectors. Questions that find the same first entry need the less
//! likeness, the surer they are of it. Over ten public sets, .94 of the pairs in one group belong to one entry, and .13 of all
//! such pairs are found (ARCHITECTURE.md).

use rustc_hash::FxHashMap;

use super::profile::Profile;

/// The weight of meaning beside words.
const MEANING_WEIGHT: f32 = 0.5;
/// The least likeness of two questions that find different entries.
const LIKENESS_MIN: f32 = 0.9;
/// The least likeness of two questions that find the same entry, with their mean confidence times [`CONFIDENCE_WEIGHT`].
const SAME_ENTRY_MIN: f32 = 1.55;
const CONFIDENCE_WEIGHT: f32 = 1.2;
/// The number of terms by which similar groups are looked for: those that the fewest groups have.
const SOUGHT_TERMS: usize = 3;

/// A question as it is grouped.
pub(super) struct Grouped {
    pub(super) profile: Profile,
    /// The number of the first entry that it finds, and the confidence in it.
    pub(super) first: Option<u32>,
    pub(super) confidence: f32,
    /// The number of the entry that readers opened.
    pub(super) opened: Option<u32>,
}

/// Returns the number of the group of each question; the first question of a group leads it. Questions are to be in the order of
/// their weight.
pub(super) fn groups(questions: &[Grouped]) -> Vec<usize> {
    let mut leaders = Leaders::default();
    let mut groups = Vec::with_capacity(questions.len());
    for (at, question) in questions.iter().enumerate() {
        let leader = leaders.nearest(question, questions);
        groups.push(leader.unwrap_or(at));
        if leader.is_none() {
            leaders.add(at, question);
        }
    }
    groups
}

/// The first questions of the groups, by what similar questions share with them.
#[derive(Default)]
struct Leaders {
    terms: FxHashMap<u32, Vec<usize>>,
    firsts: FxHashMap<u32, Vec<usize>>,
    opened: FxHashMap<u32, usize>,
}

impl Leaders {
    fn add(&mut self, at: usize, question: &Grouped) {
        for term in &question.profile.terms {
            self.terms.entry(term.number).or_default().push(at);
        }
        if let Some(first) = question.first {
            self.firsts.entry(first).or_default().push(at);
        }
        if let Some(opened) = question.opened {
            self.opened.entry(opened).or_insert(at);
        }
    }

    fn nearest(&self, question: &Grouped, all: &[Grouped]) -> Option<usize> {
        if let Some(&leader) = question.opened.and_then(|opened| self.opened.get(&opened)) {
            return Some(leader);
        }
        let terms = question.profile.terms.iter().filter(|term| term.is_content);
        let mut sought: Vec<&[usize]> =
            terms.filter_map(|term| self.terms.get(&term.number)).map(Vec::as_slice).collect();
        sought.sort_unstable_by_key(|leaders| leaders.len());
        sought.truncate(SOUGHT_TERMS);
        sought.extend(question.first.and_then(|first| self.firsts.get(&first)).map(Vec::as_slice));
        let mut best: Option<(f32, usize)> = None;
        for &leader in sought.into_iter().flatten() {
            let margin = margin(question, &all[leader]);
            if margin >= 0.0 && best.is_none_or(|(known, at)| margin > known || margin >= known && leader < at) {
                best = Some((margin, leader));
            }
        }
        best.map(|(_, leader)| leader)
    }
}

/// Returns the likeness of two questions beyond the least of one group.
fn margin(one: &Grouped, two: &Grouped) -> f32 {
    let words = one.profile.words(&two.profile);
    let is_same = one.first.is_some() && one.first == two.first;
    let mean = (one.confidence * two.confidence).sqrt();
    let needed = if is_same { (SAME_ENTRY_MIN - CONFIDENCE_WEIGHT * mean).min(LIKENESS_MIN) } else { LIKENESS_MIN };
    // The cosine of the vectors is 1 at most.
    if (1.0 - MEANING_WEIGHT) * words + MEANING_WEIGHT < needed && words < needed {
        return -1.0;
    }
    let likeness = match one.profile.meaning(&two.profile) {
        Some(meaning) => (1.0 - MEANING_WEIGHT) * words + MEANING_WEIGHT * meaning,
        None => words,
    };
    likeness - needed
}
