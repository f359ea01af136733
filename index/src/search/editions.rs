//! The edition of an entry that is shown: of the hits in several languages, one.

use serde::Serialize;

use super::lookup;
use super::options::SearchOptions;
use crate::error::{PackError, SearchError};
use crate::model::edition;
use crate::model::entry::Entry;
use crate::model::names::named;
use crate::pack::editions;
use crate::reader::Reader;
use crate::text::language::Tag;
use crate::text::question_language;
use crate::text::version::{self, VersionRange};

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
    /// It is for the version that the reader has, or the latest, and the others are in no other language.
    Version,
}

named!(ChosenBy, "reason": Languages = "languages", Question = "question", Locale = "locale", Match = "match", Version = "version");

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
    /// True if it is for the version that the reader has, false if it is for others; none if it is for all, or the reader names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applies: Option<bool>,
    /// The reason that this edition is shown, where the entry has several and the id names none of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen_by: Option<ChosenBy>,
}

/// Returns the edition that a reader with `options` gets who names `id`.
pub(crate) fn edition(reader: &Reader, id: &str, options: &SearchOptions) -> Result<Option<Edition>, SearchError> {
    let Some(position) = lookup::position(reader, &reader.names()?, id)? else { return Ok(None) };
    let wishes = Wishes::of("", options);
    let is_named = edition::parts(id).is_some();
    let chosen = if is_named {
        Chosen { position, by: None, applies: wishes.applies(reader, position)? }
    } else {
        wishes.choose(reader, reader.original(position)?)?
    };
    let entry = wishes.entry_at(reader, chosen.position)?;
    let fallback = !is_named && wishes.is_fallback(reader.tag_of(&entry));
    Ok(Some(Edition { entry, fallback, applies: chosen.applies, chosen_by: chosen.by }))
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
    /// True if it is for the version that the reader has, false if it is for others.
    pub(crate) applies: Option<bool>,
}

/// The wishes that decide between editions.
pub(crate) struct Wishes<'a> {
    /// The languages that the reader wants, the most wanted first.
    languages: Vec<Tag>,
    /// The version that the reader has.
    version: Option<&'a str>,
    question: &'a str,
    /// The language of the reader's system.
    locale: Option<&'a str>,
}

impl<'a> Wishes<'a> {
    /// Returns the wishes of a reader with these options who asks `question`.
    pub(crate) fn of(question: &'a str, options: &'a SearchOptions) -> Wishes<'a> {
        let languages = options.languages.iter().filter_map(|tag| Tag::parse(tag)).collect();
        let version = options.version.as_deref().filter(|version| VersionRange::asked(version).is_some());
        Wishes { languages, version, question, locale: options.locale.as_deref() }
    }

    /// Returns true if the reader wants languages and `tag` is none of them.
    pub(crate) fn is_fallback(&self, tag: &str) -> bool {
        let serves = |tag: Tag| self.languages.iter().any(|wanted| wanted.served_by(&tag).is_some());
        !self.languages.is_empty() && !Tag::parse(tag).is_some_and(serves)
    }

    /// Returns the entry at `position`, with its language if the reader wants languages.
    pub(crate) fn entry_at(&self, reader: &Reader, position: u32) -> Result<Entry, SearchError> {
        let asked = self.version(reader).and_then(VersionRange::asked);
        let mut entry = reader.shown(reader.entry_at(position)?, asked.as_ref());
        if entry.language.is_none() && !self.languages.is_empty() {
            entry.language = Some(reader.manifest.language.clone());
        }
        Ok(entry)
    }

    /// Chooses the edition to show of the entry at `matched`.
    pub(crate) fn choose(&self, reader: &Reader, matched: u32) -> Result<Chosen, PackError> {
        let sisters = reader.sisters(matched)?;
        if sisters.is_empty() {
            return Ok(Chosen { position: matched, by: None, applies: None });
        }
        let asked = self.version(reader).and_then(VersionRange::asked);
        let (of_version, applies) = for_version(&sisters, asked.as_ref());
        if sisters.len() == 1 {
            return Ok(Chosen { position: matched, by: None, applies });
        }
        let sisters = of_version;
        if let [only] = sisters.as_slice() {
            return Ok(Chosen { position: only.position, by: Some(ChosenBy::Version), applies });
        }
        let tags: Vec<Tag> = sisters.iter().filter_map(|sister| Tag::parse(&sister.facts.language)).collect();
        // A forged pack may hold a language that is none.
        let at = if tags.len() == sisters.len() { self.by_language(&tags) } else { None };
        let (position, by) = match at {
            Some((at, by)) => (sisters[at].position, by),
            None => (self.best_match(&sisters, matched), ChosenBy::Match),
        };
        Ok(Chosen { position, by: Some(by), applies })
    }

    /// Returns true if the entry at `position` is for the version that the reader has, false if it is for others; none if it is for
    /// all, or the reader names none.
    fn applies(&self, reader: &Reader, position: u32) -> Result<Option<bool>, PackError> {
        let edition = reader.editions.as_ref().map(|editions| editions.at(position)).transpose()?.flatten();
        let range = edition.map(|edition| edition.facts.range()).filter(|range| !range.is_all());
        let asked = self.version(reader).and_then(VersionRange::asked);
        Ok(range.zip(asked).map(|(range, asked)| asked.overlaps(&range)))
    }

    /// Returns the version that the reader has: that of the options, else that which the question names, if entries of `reader` name
    /// any.
    pub(crate) fn version(&self, reader: &Reader) -> Option<&'a str> {
        let newest = || reader.editions.as_ref()?.newest();
        self.version.or_else(|| version::of_question(self.question, newest()?))
    }

    /// Returns the position of the edition that was found, which is one of `sisters`; but for a question without letters of East
    /// Asia, one that is written without them where there is one.
    fn best_match(&self, sisters: &[editions::Edition<'_>], matched: u32) -> u32 {
        let is_readable = |sister: &&editions::Edition<'_>| {
            let tag = Tag::parse(&sister.facts.language);
            !tag.is_some_and(|tag| question_language::is_in_other_letters(self.question, &tag))
        };
        let own = sisters.iter().find(|sister| sister.position == matched).filter(is_readable);
        let shown = own.or_else(|| sisters.iter().find(is_readable)).or(sisters.first());
        shown.map_or(matched, |sister| sister.position)
    }

    /// Returns the number of the edition in the language that is wanted, and what says so.
    fn by_language(&self, tags: &[Tag]) -> Option<(usize, ChosenBy)> {
        let wanted = self.languages.iter().find_map(|wanted| serving(wanted, tags));
        let of_question = || question_language::of_question(self.question, tags);
        let of_locale = || serving(&Tag::parse(self.locale?)?, tags);
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

/// Returns the editions for the version that is `asked` for, or else the latest ones, and if they are for that version.
///
/// If no edition is for it, the latest of those before it are returned, or else the first of those after it.
fn for_version<'e>(
    sisters: &[editions::Edition<'e>],
    asked: Option<&VersionRange>,
) -> (Vec<editions::Edition<'e>>, Option<bool>) {
    let ranges: Vec<VersionRange> = sisters.iter().map(|sister| sister.facts.range()).collect();
    if ranges.iter().all(VersionRange::is_all) {
        return (sisters.to_vec(), None);
    }
    let suiting = |suits: &dyn Fn(&VersionRange) -> bool| -> Vec<usize> {
        (0..sisters.len()).filter(|&at| suits(&ranges[at])).collect()
    };
    let latest = |among: Vec<usize>| -> Vec<usize> {
        let end = among.iter().copied().max_by(|&one, &other| ranges[one].cmp_end(&ranges[other]));
        let is_latest = |at: &usize| end.is_some_and(|end| ranges[*at].cmp_end(&ranges[end]).is_eq());
        among.into_iter().filter(is_latest).collect()
    };
    let (chosen, applies) = match asked {
        None => (latest(suiting(&|_| true)), None),
        Some(asked) => {
            let holding = suiting(&|range| asked.overlaps(range));
            let older = suiting(&|range| range.is_older_than(asked));
            if !holding.is_empty() {
                (latest_of_each(&holding, sisters, &ranges), Some(true))
            } else if !older.is_empty() {
                (latest(older), Some(false))
            } else {
                let first = (0..sisters.len()).min_by(|&one, &other| ranges[one].cmp_start(&ranges[other]));
                let is_first = |at: &usize| first.is_some_and(|first| ranges[*at].cmp_start(&ranges[first]).is_eq());
                ((0..sisters.len()).filter(is_first).collect(), Some(false))
            }
        }
    };
    (chosen.into_iter().map(|at| sisters[at]).collect(), applies)
}

/// Returns the latest of `among` in each language.
fn latest_of_each(among: &[usize], sisters: &[editions::Edition<'_>], ranges: &[VersionRange]) -> Vec<usize> {
    let language = |at: usize| &sisters[at].facts.language;
    let is_latest = |at: &usize| {
        let mut others = among.iter().filter(|&&other| language(other) == language(*at));
        others.all(|&other| ranges[other].cmp_end(&ranges[*at]).is_le())
    };
    among.iter().copied().filter(is_latest).collect()
}
