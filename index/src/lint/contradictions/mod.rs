//! Contradictions: two entries that probably answer the same question and state what cannot both be so.
//!
//! Sentences are compared, not answers: two that say the same of the same thing but for a number with its unit, a date,
//! a negation, or what must and may be. [`sketches`] chooses the sentences that are read, [`claims`] reads them, and
//! [`same_subject`] decides if they speak of the same thing. The work is n log n in the number of sentences.

mod blocks;
mod claims;
mod dates;
mod numbers;
mod page_outlines;
mod phrases;
mod same_subject;
mod sentences;
mod sketches;
mod stretches;
#[cfg(test)]
mod tests;
pub(crate) mod translations;
mod values;

use std::collections::VecDeque;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use self::claims::{Answer, Subject};
use self::page_outlines::{Heading, PageOutlines};
use self::sketches::Sketcher;
use crate::build::content::Content;
use crate::error::SearchError;
use crate::lint::same_meaning::SameMeaning;
use crate::lint::shown;
use crate::model::entry::Entry;
use crate::parallel;
use crate::problem::check::Check;
use crate::problem::severity::Level;
use crate::problem::{Problem, Problems};
use crate::reader::Reader;
use crate::steps;
use crate::text::keyed_hash;

/// The entries that a thread reads at a time.
const PART: usize = 64;
/// The latest sentences with a word, the same limits and one name of what is stated that are compared with the next one that has
/// them.
const LATEST: usize = 12;
/// The most characters of a sentence that a message shows.
const SENTENCE_CHARS_MAX: usize = 160;

/// Reports each entry of `reader`, which was built from `content`, with a sentence that contradicts one of an earlier entry.
/// `same` are the questions that say the same in other words.
pub(crate) fn problems(reader: &Reader, content: &Content, same: &[SameMeaning]) -> Result<Vec<Problem>, SearchError> {
    if content.settings.level(Check::Contradiction) == Some(Level::Off) {
        return Ok(Vec::new());
    }
    let (mut compared, headings) = compared(reader)?;
    let subjects = subjects(reader, &mut compared)?;
    let same: FxHashSet<(u32, u32)> = same.iter().map(SameMeaning::positions).collect();
    let mut found = Found {
        content,
        same,
        subjects: &subjects,
        outlines: PageOutlines::new(&content.catalogue, headings),
        reported: FxHashSet::default(),
        problems: Problems::default(),
    };
    found.compare_answers();
    found.compare_sentences();
    Ok(found.problems.into_sorted())
}

/// An entry that is read, with the bytes of its sentences that are.
type Compared = (u32, Vec<Range<usize>>);

/// Chooses the entries that are read, in order; returns the headings of all entries, too.
fn compared(reader: &Reader) -> Result<(Vec<Compared>, Vec<Heading>), SearchError> {
    let mut positions: Vec<u32> = (0..reader.manifest.entries).collect();
    let sketch = |sketcher: &mut Sketcher, positions: &mut [u32]| {
        let (mut sketches, mut answering, mut headings) = (Vec::new(), Vec::new(), Vec::new());
        for (&position, entry) in positions.iter().zip(reader.entries.all_at(positions.iter().copied())) {
            let entry = entry?;
            sketcher.sketches(position, &entry.answer, reader.language_of(&entry).tag(), &mut sketches);
            answering.extend(Answer::may_begin(&entry.answer).then_some(position));
            headings.push(Heading::of(&entry.question));
        }
        Ok::<_, SearchError>((sketches, answering, headings))
    };
    let (mut sketches, mut answering, mut headings) = (Vec::new(), Vec::new(), Vec::new());
    parallel::in_order_with(&mut positions, PART, Sketcher::new, sketch, |sketched| {
        let (more, answers, of_part) = sketched?;
        sketches.extend(more);
        answering.extend(answers);
        headings.extend(of_part);
        Ok::<_, SearchError>(())
    })?;
    let mut compared = sketches::paired(&sketches);
    for position in answering {
        compared.entry(position).or_default();
    }
    Ok((compared.into_iter().collect(), headings))
}

/// Reads the entries that are compared, on several threads.
fn subjects(reader: &Reader, compared: &mut [Compared]) -> Result<Vec<Subject>, SearchError> {
    let read = |compared: &mut [Compared]| {
        let entries = reader.entries.all_at(compared.iter().map(|&(position, _)| position));
        let subject = |((position, stretches), entry): (&Compared, Result<Entry, SearchError>)| {
            let entry = entry?;
            Ok(Subject::of(*position, &entry, reader.language_of(&entry), stretches))
        };
        compared.iter().zip(entries).map(subject).collect::<Result<Vec<_>, SearchError>>()
    };
    let mut subjects = Vec::new();
    parallel::in_order(compared, PART, read, |read| {
        subjects.extend(read?.into_iter().flatten());
        Ok::<_, SearchError>(())
    })?;
    Ok(subjects)
}

/// The contradictions found so far.
struct Found<'a> {
    content: &'a Content,
    same: FxHashSet<(u32, u32)>,
    subjects: &'a [Subject],
    outlines: PageOutlines<'a>,
    /// The positions of the entries that were reported, each once.
    reported: FxHashSet<u32>,
    problems: Problems,
}

impl Found<'_> {
    /// Compares the answers to questions that a yes or a no answers.
    fn compare_answers(&mut self) {
        let subjects = self.subjects;
        let mut first: FxHashMap<u64, usize> = FxHashMap::default();
        for (at, subject) in subjects.iter().enumerate() {
            let Some(answer) = &subject.answer else { continue };
            for &question in &answer.questions {
                steps::count(1);
                let earlier = &subjects[*first.entry(question).or_insert(at)];
                let Some(other) = &earlier.answer else { continue };
                if earlier.position != subject.position
                    && !self.are_sisters(earlier, subject)
                    && answer.is_yes != other.is_yes
                    && same_subject::in_kinds(earlier, subject)
                    && !self.outlines.are_parallel(earlier.position, subject.position)
                {
                    self.report(
                        "yes and no",
                        (earlier.position, &other.sentence),
                        (subject.position, &answer.sentence),
                    );
                }
            }
        }
    }

    /// Compares sentences that share words.
    fn compare_sentences(&mut self) {
        let subjects = self.subjects;
        let mut latest: FxHashMap<u64, VecDeque<(usize, usize)>> = FxHashMap::default();
        let mut candidates = FxHashSet::default();
        for (at, subject) in subjects.iter().enumerate() {
            for (number, claim) in subject.claims.iter().enumerate() {
                candidates.clear();
                for &word in &claim.words {
                    let list = |side: &str| keyed_hash::hash_child(word ^ claim.limits, side.as_bytes());
                    for opposite in claim.stated.opposites().iter().filter_map(|side| latest.get(&list(side))) {
                        candidates.extend(opposite.iter().copied().filter(|&(of, _)| of != at));
                    }
                    let own = latest.entry(list(claim.stated.side())).or_default();
                    if own.len() == LATEST {
                        own.pop_front();
                    }
                    own.push_back((at, number));
                }
                steps::count(candidates.len());
                let is_opposed =
                    |&&(of, other): &&(usize, usize)| self.are_opposed((&subjects[of], other), (subject, number));
                if let Some(&(of, other)) = candidates.iter().filter(is_opposed).min() {
                    let earlier = &subjects[of].claims[other];
                    self.report(
                        claim.stated.difference(),
                        (subjects[of].position, &earlier.sentence),
                        (subject.position, &claim.sentence),
                    );
                }
            }
        }
    }

    fn are_opposed(&self, (one, at): (&Subject, usize), (other, number): (&Subject, usize)) -> bool {
        let is_known = self.same.contains(&(one.position, other.position));
        let (earlier, later) = (&one.claims[at], &other.claims[number]);
        earlier.stated.contradicts(&later.stated)
            && !self.are_sisters(one, other)
            && same_subject::is_same((one, earlier), (other, later), is_known)
            && !self.outlines.are_parallel(one.position, other.position)
    }

    /// Returns true for two editions of one entry, which hold for other readers.
    fn are_sisters(&self, one: &Subject, other: &Subject) -> bool {
        self.content.catalogue.editions().are_sisters(one.position as usize, other.position as usize)
    }

    fn report(&mut self, difference: &str, earlier: (u32, &str), later: (u32, &str)) {
        if !self.reported.insert(later.0) {
            return;
        }
        let catalogue = &self.content.catalogue;
        let (path, line) = catalogue.place(earlier.0 as usize);
        let message = format!(
            "“{}” differs in {difference} from “{}”, `{}` ({path}:{line})",
            shown(later.1, SENTENCE_CHARS_MAX),
            shown(earlier.1, SENTENCE_CHARS_MAX),
            catalogue.id(earlier.0 as usize),
        );
        let problem = self.problems.warning(catalogue.place(later.0 as usize), Check::Contradiction, message);
        problem.hint("correct one of them, or say in each what it is about");
    }
}
