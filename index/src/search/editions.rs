//! The edition of an entry that is shown: of the hits in several languages, one.

use std::cell::LazyCell;

use serde::Serialize;

use super::options::SearchOptions;
use super::{lookup, question_language};
use crate::error::{PackError, SearchError};
use crate::model::edition;
use crate::model::entry::Entry;
use crate::model::names::named;
use crate::pack::editions;
use crate::reader::Reader;
use crate::text::language::Tag;

/// The reason that one edition of an entry is shown and no other.
///
/// # Examples
///
/// ```
/// let files = [
///     ("loud.md", "---\nquestion: Is the lamp loud?\n---\nNo.\n"),
///     ("loud.de.md", "---\nquestion: Ist die Lampe laut?\n---\nNein.\n"),
/// ];
/// let kb = faqt::KnowledgeBase::from_vec(faqt::build::Builder::from_files("help", files).build()?.pack)?;
/// let found = kb.ask("Ist die Lampe laut?")?;
/// assert_eq!((found.hits.len(), found.hits[0].entry.id.as_str()), (1, "loud@de"));
/// assert_eq!(found.hits[0].chosen_by, Some(faqt::ChosenBy::Question));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChosenBy {
    /// It is in a language that the reader wants.
    Languages,
    /// It is in the language of the question.
    Question,
    /// It is in the language of the reader's system.
    Locale,
    /// It is most like the question, or the original where none was asked.
    Match,
}

named!(ChosenBy, "reason": Languages = "languages", Question = "question", Locale = "locale", Match = "match");

/// An entry in the edition that a reader gets who names its id.
///
/// # Examples
///
/// ```
/// let files = [
///     ("loud.md", "---\nquestion: Is the lamp loud?\n---\nNo.\n"),
///     ("loud.de.md", "---\nquestion: Ist die Lampe laut?\n---\nNein.\n"),
/// ];
/// let kb = faqt::KnowledgeBase::from_vec(faqt::build::Builder::from_files("help", files).build()?.pack)?;
/// let options = faqt::SearchOptions::default().with_languages(["fr", "de"]);
/// let edition = kb.edition("loud", &options)?.expect("it is there");
/// assert_eq!((edition.entry.answer.as_str(), edition.fallback), ("Nein.", false));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Edition {
    /// The entry.
    pub entry: Entry,
    /// True if it has no edition in a language that the reader wants, so that this one is in another.
    #[serde(skip_serializing_if = "is_false")]
    pub fallback: bool,
    /// The reason that this edition is shown, where the entry has several and the id names none of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen_by: Option<ChosenBy>,
}

/// Returns the edition that a reader with `options` gets who names `id`.
pub(crate) fn edition(reader: &Reader, id: &str, options: &SearchOptions) -> Result<Option<Edition>, SearchError> {
    let Some(position) = lookup::position(reader, &reader.lookup_index()?, id)? else { return Ok(None) };
    let wishes = Wishes::of("", options);
    let chosen = if edition::parts(id).is_some() {
        Chosen { position, by: None }
    } else {
        wishes.choose(reader, reader.original(position)?)?
    };
    let entry = wishes.entry_at(reader, chosen.position)?;
    let is_named = edition::parts(id).is_some();
    let fallback = !is_named && wishes.is_fallback(reader.tag_of(&entry));
    Ok(Some(Edition { entry, fallback, chosen_by: chosen.by }))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde's skip_serializing_if asks for")]
pub(crate) fn is_false(value: &bool) -> bool {
    !value
}

/// The edition that is shown of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// Its position.
    pub(crate) position: u32,
    /// The reason; none if it is the only one.
    pub(crate) by: Option<ChosenBy>,
}

/// The wishes that decide between editions.
pub(crate) struct Wishes<'a> {
    /// The languages that the reader wants, the most wanted first.
    languages: Vec<Tag>,
    question: &'a str,
    locale: LazyCell<Option<Tag>, Box<dyn FnOnce() -> Option<Tag> + 'a>>,
}

impl<'a> Wishes<'a> {
    /// Returns the wishes of a reader with these options who asks `question`.
    pub(crate) fn of(question: &'a str, options: &'a SearchOptions) -> Wishes<'a> {
        let languages = options.languages.iter().filter_map(|tag| Tag::parse(tag)).collect();
        let locale =
            LazyCell::new(Box::new(|| options.locale.as_deref().and_then(Tag::parse)) as Box<dyn FnOnce() -> _>);
        Wishes { languages, question, locale }
    }

    /// Returns true if the reader wants languages and `tag` is none of them.
    pub(crate) fn is_fallback(&self, tag: &str) -> bool {
        let serves = |tag: Tag| self.languages.iter().any(|wanted| wanted.served_by(&tag).is_some());
        !self.languages.is_empty() && !Tag::parse(tag).is_some_and(serves)
    }

    /// Returns the entry at `position`, with its language if the reader wants languages.
    pub(crate) fn entry_at(&self, reader: &Reader, position: u32) -> Result<Entry, SearchError> {
        let mut entry = reader.entry_at(position)?;
        if entry.language.is_none() && !self.languages.is_empty() {
            entry.language = Some(reader.manifest.language.clone());
        }
        Ok(entry)
    }

    /// Chooses the edition to show of the entry at `matched`.
    pub(crate) fn choose(&self, reader: &Reader, matched: u32) -> Result<Chosen, PackError> {
        let sisters = match &reader.editions {
            Some(editions) => editions.sisters(matched)?,
            None => Vec::new(),
        };
        if sisters.is_empty() {
            return Ok(Chosen { position: matched, by: None });
        }
        let tags: Vec<Tag> = sisters.iter().filter_map(|sister| Tag::parse(&sister.facts.language)).collect();
        // A forged pack may hold a language that is none.
        let at = if tags.len() == sisters.len() { self.by_language(&tags) } else { None };
        Ok(match at {
            Some((at, by)) => Chosen { position: sisters[at].position, by: Some(by) },
            None => Chosen { position: best_match(&sisters, matched), by: Some(ChosenBy::Match) },
        })
    }

    /// Returns the number of the edition in the language that is wanted, and what says so.
    fn by_language(&self, tags: &[Tag]) -> Option<(usize, ChosenBy)> {
        let wanted = self.languages.iter().find_map(|wanted| serving(wanted, tags));
        let of_question = || question_language::of_question(self.question, tags);
        let of_locale = || self.locale.as_ref().and_then(|locale| serving(locale, tags));
        wanted
            .map(|at| (at, ChosenBy::Languages))
            .or_else(|| of_question().map(|at| (at, ChosenBy::Question)))
            .or_else(|| of_locale().map(|at| (at, ChosenBy::Locale)))
    }
}

/// Returns the number of the tag that serves a reader who wants the language `wanted` best; of equal ones the first.
fn serving(wanted: &Tag, tags: &[Tag]) -> Option<usize> {
    let served = tags.iter().enumerate().filter_map(|(at, tag)| Some((wanted.served_by(tag)?, at)));
    served.max_by_key(|&(served, at)| (served, std::cmp::Reverse(at))).map(|(_, at)| at)
}

/// Returns the position of the edition that was found, which is one of `sisters`.
fn best_match(sisters: &[editions::Edition<'_>], matched: u32) -> u32 {
    let own = sisters.iter().find(|sister| sister.position == matched).or(sisters.first());
    own.map_or(matched, |sister| sister.position)
}
