//! The words of an entry, with their places.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::markdown::plain;
use crate::meaning::Vectors;
use crate::model::entry::Entry;
use crate::text::language::Language;
use crate::text::script::{Script, script};
use crate::text::tokens::{Token, analyse, analyse_title};

/// A part of an entry.
///
/// # Examples
///
/// ```
/// use faqt::Place;
///
/// assert!(Place::Question < Place::Answer);   // in the order in which a reader meets them
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Place {
    /// The question.
    Question,
    /// An alias.
    Alias,
    /// A keyword or a help id.
    Keyword,
    /// The titles of its sections.
    Section,
    /// The answer.
    Answer,
}

/// The words of an entry with their places.
pub(crate) struct EntryWords {
    /// Place, term and folded spelling of each.
    found: Vec<(Place, String, String)>,
}

/// The most words of an entry that another word is compared with.
const COMPARED_MAX: usize = 1_000;

impl EntryWords {
    /// Reads the words of `entry`, which is in `language`.
    pub(crate) fn of(entry: &Entry, language: Language) -> EntryWords {
        let mut found = Vec::new();
        let mut add = |place, text: &str| {
            let take = |token: Token<'_>| found.push((place, token.term.to_owned(), token.spelling.to_owned()));
            if place == Place::Answer { analyse(text, language, take) } else { analyse_title(text, language, take) }
        };
        add(Place::Question, &entry.question);
        entry.aliases.iter().for_each(|alias| add(Place::Alias, alias));
        entry.keywords.iter().chain(&entry.help_ids).for_each(|keyword| add(Place::Keyword, keyword));
        entry.section.iter().for_each(|title| add(Place::Section, title));
        add(Place::Answer, &plain::plain(&entry.answer));
        EntryWords { found }
    }

    /// Lists place, term and folded spelling of each word.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Place, &str, &str)> {
        self.found.iter().map(|(place, term, spelling)| (*place, term.as_str(), spelling.as_str()))
    }

    /// Returns true if the question or an alias has a character of a script without spaces.
    pub(crate) fn has_unspaced_phrasing(&self) -> bool {
        let is_unspaced = |spelling: &str| spelling.chars().next().is_some_and(|c| script(c) != Script::Spaced);
        self.all().any(|(place, _, spelling)| matches!(place, Place::Question | Place::Alias) && is_unspaced(spelling))
    }

    /// Returns the spelling of the first word whose term is `term`, of those that are one edit from `typed` if there are some.
    pub(crate) fn spelled(&self, term: &str, typed: &str) -> Option<&str> {
        let mut spellings = self.all().filter(|(_, found, _)| *found == term).map(|(_, _, spelling)| spelling);
        let first = spellings.next()?;
        let is_near = |spelling: &&str| strsim::osa_distance(spelling, typed) <= 1;
        std::iter::once(first).chain(spellings).find(is_near).or(Some(first))
    }

    /// Returns true if the entry holds two words, and each only beside the other, as those of a name are.
    pub(crate) fn are_one_name(&self, first: &str, second: &str) -> bool {
        let pairs = self.found.iter().zip(self.found.iter().skip(1));
        let together = pairs.filter(|((_, one, _), (_, next, _))| one == first && next == second).count();
        let count = |wanted: &str| self.all().filter(|(_, term, _)| *term == wanted).count();
        together > 0 && count(first) == together && count(second) == together
    }

    /// Returns the one of the first words that is nearest in meaning to `word`, with the cosine of their vectors; none if no
    /// two of them have a meaning.
    pub(crate) fn nearest(&self, vectors: &Vectors, word: &str) -> Option<(&str, f32)> {
        let spellings: BTreeSet<&str> = self.all().map(|(_, _, spelling)| spelling).take(COMPARED_MAX).collect();
        vectors.nearest_word(word, spellings.into_iter())
    }
}
