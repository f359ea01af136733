//! Several knowledge bases asked as one: a program's own help and that of its plug-ins.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::KnowledgeBase;
use crate::database::asking;
use crate::engine::dictionary::Dictionary;
use crate::engine::filter::Filter;
use crate::engine::panic_guard::catch_engine_panic;
use crate::error::SearchError;
use crate::markdown::entry_links::with_entry_links;
use crate::model::edition;
use crate::model::entry::{Entry, Related, qualified_id};
use crate::reader::Reader;
use crate::search::editions::Edition;
use crate::search::findings::Findings;
use crate::search::narrow::{Scope, narrow};
use crate::search::options::SearchOptions;
use crate::search::pipeline::Ranking;
use crate::search::similar::{self, SimilarEntry};
use crate::search::{ask, lookup};
use crate::text::suggest;

/// Several knowledge bases that are ranked together, their ids kept apart by name.
///
/// Document frequencies count over all of them, and a word that one of them knows is not corrected in another. So
/// scores can be compared between knowledge bases.
///
/// # Examples
///
/// ```
/// use faqt::{KnowledgeBase, KnowledgeBases};
///
/// let host = KnowledgeBase::from_markdown("# How do I save a file?\n\nPress S.\n")?;
/// let plugin = KnowledgeBase::from_markdown("# How do I draw a circle?\n\nPress C.\n")?;
/// let mut help = KnowledgeBases::new([("editor", host)]);
/// help.extend([("shapes", plugin)]);
/// let found = help.ask("draw a circle")?;
/// assert_eq!(found.hits[0].entry.answer, "Press C.");
/// assert_eq!(found.hits[0].knowledge_base.as_deref(), Some("shapes"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct KnowledgeBases {
    members: Vec<Member>,
}

#[derive(Clone)]
struct Member {
    name: String,
    kb: KnowledgeBase,
    /// The member's dictionary, with those of the others as peers.
    dictionary: Dictionary,
}

impl KnowledgeBases {
    /// Puts knowledge bases together, each under a name; of two with one name, the later counts.
    pub fn new<N: Into<String>>(named: impl IntoIterator<Item = (N, KnowledgeBase)>) -> KnowledgeBases {
        KnowledgeBases::of(named.into_iter().map(|(name, kb)| (name.into(), kb)))
    }

    fn of(named: impl Iterator<Item = (String, KnowledgeBase)>) -> KnowledgeBases {
        let mut members: Vec<(String, KnowledgeBase)> = Vec::new();
        for (name, kb) in named {
            match members.iter_mut().find(|(known, _)| *known == name) {
                Some(member) => member.1 = kb,
                None => members.push((name, kb)),
            }
        }
        let dictionaries: Vec<Dictionary> = members.iter().map(|(_, kb)| kb.reader().dictionary.clone()).collect();
        let dictionaries = side_by_side(&dictionaries);
        let member = |((name, kb), dictionary)| Member { name, kb, dictionary };
        KnowledgeBases { members: members.into_iter().zip(dictionaries).map(member).collect() }
    }

    /// Returns the names with their knowledge bases, in the order in which they were given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &KnowledgeBase)> {
        self.members.iter().map(|member| (member.name.as_str(), &member.kb))
    }

    /// Returns the knowledge base of this name.
    pub fn get(&self, name: &str) -> Option<&KnowledgeBase> {
        self.iter().find(|(known, _)| *known == name).map(|(_, kb)| kb)
    }

    /// Answers a question from the knowledge base that answers it best.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    pub fn ask(&self, question: &str) -> Result<Findings, SearchError> {
        self.search(question, &SearchOptions::default())
    }

    /// Searches all knowledge bases with options; hits of equal score stand in the order of the knowledge bases.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    pub fn search(&self, query: &str, options: &SearchOptions) -> Result<Findings, SearchError> {
        self.read(|readers| ask::preferring(options, |scope| self.search_in(readers, scope, query, options)))
    }

    /// Calls `read` with the reader of each knowledge base, which has the rows that it wants.
    fn read<T>(&self, read: impl Fn(&[&Reader]) -> Result<T, SearchError>) -> Result<T, SearchError> {
        let readers: Vec<&Reader> = self.members.iter().map(|member| member.kb.reader()).collect();
        catch_engine_panic(|| asking::read(&readers, read))
    }

    fn search_in(
        &self,
        readers: &[&Reader],
        scope: Scope,
        query: &str,
        options: &SearchOptions,
    ) -> Result<Findings, SearchError> {
        let filters = readers.iter().map(|reader| narrow(reader, options, scope)).collect::<Result<Vec<_>, _>>()?;
        let narrowed = narrowed(readers, &filters);
        let mut rankings = Vec::with_capacity(self.members.len());
        for (at, Member { name, dictionary, .. }) in self.members.iter().enumerate() {
            rankings.push(Ranking::by(readers[at], Some(name), dictionary, narrowed.get(at), query, options)?);
        }
        ask::conclude(&mut rankings, query, options)
    }

    /// Returns the entries that bear `term` as a keyword, an id or a help id, each with its knowledge base's name.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    pub fn keyword(&self, term: &str) -> Result<Vec<(&str, Entry)>, SearchError> {
        let mut found = Vec::new();
        for (name, kb) in self.iter() {
            found.extend(kb.keyword(term)?.into_iter().map(|entry| (name, entry)));
        }
        Ok(found)
    }

    /// Returns the entry with this id, with its knowledge base's name: the id `NAME:ID` of [`qualified_id`](crate::qualified_id), or an id that
    /// only one of the knowledge bases has.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// # use faqt::{KnowledgeBase, KnowledgeBases};
    /// let lamp = KnowledgeBase::from_markdown("## How do I reset it? {#reset}\n\nPress L.\n\n## Is it loud?\n\nNo.\n")?;
    /// let fan = KnowledgeBase::from_markdown("## How do I reset it? {#reset}\n\nPress F.\n")?;
    /// let help = KnowledgeBases::new([("lamp", lamp), ("fan", fan)]);
    /// assert_eq!(help.entry("fan:reset")?.expect("it is there").1.answer, "Press F.");
    /// assert!(help.entry("reset")?.is_none());
    /// assert_eq!(help.entry("is-it-loud")?.expect("it is there").0, "lamp");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn entry(&self, id: &str) -> Result<Option<(&str, Entry)>, SearchError> {
        for (name, kb) in self.iter() {
            if let Some(entry) = own_id(name, id).map(|id| kb.entry(id)).transpose()?.flatten() {
                return Ok(Some((name, entry)));
            }
        }
        let mut found = None;
        for (name, kb) in self.iter() {
            if let Some(entry) = kb.entry(id)? {
                if found.is_some() {
                    return Ok(None);
                }
                found = Some((name, entry));
            }
        }
        Ok(found)
    }

    /// Returns the entry that [`KnowledgeBases::entry`] finds, in the edition for a reader with `options`, with its knowledge base's
    /// name.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    pub fn edition(&self, id: &str, options: &SearchOptions) -> Result<Option<(&str, Edition)>, SearchError> {
        let Some((name, entry)) = self.entry(id)? else { return Ok(None) };
        let own = own_id(name, id).unwrap_or(id);
        // A shorter form of an id, or a former one, is that of no edition.
        let own = if edition::parts(own).is_some() { own } else { entry.id.as_str() };
        Ok(self.get(name).map(|kb| kb.edition(own, options)).transpose()?.flatten().map(|edition| (name, edition)))
    }

    /// Returns at most `limit` entries like the one with this id, of all knowledge bases, the most similar first; none if
    /// [`KnowledgeBases::entry`] finds none by it.
    ///
    /// They are compared as by [`KnowledgeBase::similar`], by the kind of vectors that all of them have.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// # use faqt::{KnowledgeBase, KnowledgeBases};
    /// let lamp = KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold.\n\n# Who sells rice?\n\nAnn.\n")?;
    /// let fan = KnowledgeBase::from_markdown("# How do I reset the fan?\n\nPress.\n\n# Is it made of wood?\n\nNo.\n")?;
    /// let help = KnowledgeBases::new([("lamp", lamp), ("fan", fan)]);
    /// let similar = help.similar("lamp:how-do-i-reset-the-lamp", 1)?.expect("it is there");
    /// assert_eq!(similar[0].entry.question, "How do I reset the fan?");
    /// assert_eq!(similar[0].knowledge_base.as_deref(), Some("fan"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn similar(&self, id: &str, limit: usize) -> Result<Option<Vec<SimilarEntry>>, SearchError> {
        let Some((name, entry)) = self.entry(id)? else { return Ok(None) };
        let Some(of) = self.iter().position(|(known, _)| known == name) else { return Ok(None) };
        self.read(|readers| {
            let members = self.members.iter().zip(readers).map(|(Member { name, dictionary, .. }, reader)| {
                similar::Member { name: Some(name), reader, dictionary }
            });
            let members: Vec<similar::Member<'_>> = members.collect();
            let position = lookup::position(readers[of], &readers[of].names()?, &entry.id)?;
            position.map(|position| similar::similar(&members, (of, position), limit)).transpose()
        })
    }

    /// Returns at most `limit` ids, as [`KnowledgeBases::entry`] takes them, that begin with `typed`; for shell completion.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// # use faqt::{KnowledgeBase, KnowledgeBases};
    /// let lamp = KnowledgeBase::from_markdown("## Reset? {#reset}\n\nPress L.\n\n## Loud? {#red}\n\nNo.\n")?;
    /// let fan = KnowledgeBase::from_markdown("## Reset? {#reset}\n\nPress F.\n")?;
    /// let help = KnowledgeBases::new([("lamp", lamp), ("fan", fan)]);
    /// assert_eq!(help.complete_id("lamp:", 5)?, ["lamp:red", "lamp:reset"]);
    /// assert_eq!(help.complete_id("re", 5)?, ["red"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn complete_id(&self, typed: &str, limit: usize) -> Result<Vec<String>, SearchError> {
        let (mut ids, mut bare) = (Vec::new(), Vec::new());
        for (name, kb) in self.iter() {
            let prefix = qualified_id(name, "");
            let rest = if prefix.starts_with(typed) { Some("") } else { typed.strip_prefix(&prefix) };
            if let Some(rest) = rest {
                ids.extend(kb.complete_id(rest, limit)?.iter().map(|id| qualified_id(name, id)));
            }
            bare.extend(kb.complete_id(typed, limit)?);
        }
        for id in bare {
            if self.entry(&id)?.is_some() {
                ids.push(id);
            }
        }
        ids.truncate(limit);
        Ok(ids)
    }

    /// Returns the ids nearest to an unknown id, at most `limit`, as [`KnowledgeBases::entry`] takes them.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    pub fn nearest_ids(&self, id: &str, limit: usize) -> Result<Vec<String>, SearchError> {
        let mut near = Vec::new();
        for (name, kb) in self.iter() {
            let own = own_id(name, id).unwrap_or(id);
            near.extend(
                kb.nearest_ids(own, limit)?.into_iter().map(|near| (strsim::osa_distance(own, &near), name, near)),
            );
        }
        // The sort is stable: of equally near ids, those of the first knowledge base stand first.
        near.sort_by_key(|(distance, ..)| *distance);
        Ok(near.iter().take(limit).map(|(_, name, id)| qualified_id(name, id)).collect())
    }

    /// Returns at most `limit` titles of sections near to `title`, the nearest first; for hints.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    pub fn nearest_sections(&self, title: &str, limit: usize) -> Result<Vec<String>, SearchError> {
        let mut titles = BTreeSet::new();
        for (_, kb) in self.iter() {
            titles.extend(kb.nearest_sections(title, limit)?);
        }
        Ok(suggest::nearest(title, titles.iter().map(String::as_str), limit))
    }

    /// Returns the number of entries that `options` admit by section, language, kinds and ids.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    pub fn count(&self, options: &SearchOptions) -> Result<usize, SearchError> {
        self.iter().map(|(_, kb)| kb.count(options)).sum()
    }

    /// Returns the entry with this help id, from the first knowledge base that has it.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    pub fn help(&self, help_id: &str) -> Result<Option<(&str, Entry)>, SearchError> {
        for (name, kb) in self.iter() {
            if let Some(entry) = kb.help(help_id)? {
                return Ok(Some((name, entry)));
            }
        }
        Ok(None)
    }
}

impl<N: Into<String>> FromIterator<(N, KnowledgeBase)> for KnowledgeBases {
    /// Puts knowledge bases together as [`KnowledgeBases::new`] does.
    fn from_iter<I: IntoIterator<Item = (N, KnowledgeBase)>>(named: I) -> KnowledgeBases {
        KnowledgeBases::new(named)
    }
}

impl<N: Into<String>> Extend<(N, KnowledgeBase)> for KnowledgeBases {
    /// Adds knowledge bases; one takes the place of an earlier one of its name.
    fn extend<I: IntoIterator<Item = (N, KnowledgeBase)>>(&mut self, named: I) {
        let known = std::mem::take(&mut self.members).into_iter().map(|member| (member.name, member.kb));
        *self = KnowledgeBases::of(known.chain(named.into_iter().map(|(name, kb)| (name.into(), kb))));
    }
}

/// Returns the dictionaries of `readers` for the entries that filters admit; none if there is no filter.
fn narrowed(readers: &[&Reader], filters: &[Option<Arc<Filter>>]) -> Vec<Dictionary> {
    if filters.iter().all(Option::is_none) {
        return Vec::new();
    }
    let narrowed = |(reader, filter): (&&Reader, &Option<_>)| reader.dictionary.narrowed(filter.as_ref());
    let narrowed: Vec<Dictionary> = readers.iter().zip(filters).map(narrowed).collect();
    side_by_side(&narrowed)
}

/// Returns an entry of the knowledge base `name` with ids for [`KnowledgeBases::entry`]: its own, and those of the related
/// procedures and of the links in its answer.
///
/// # Examples
///
/// ```
/// let text = "# Is it loud? {#loud}\n\nNot after a [reset](#reset).\n\n# How do I reset it? {#reset}\n\nHold.\n";
/// let entry = faqt::KnowledgeBase::from_markdown(text)?.entry("loud")?.expect("it is there");
/// let entry = faqt::qualified("lamp", entry);
/// assert_eq!((entry.id.as_str(), entry.answer.as_str()), ("lamp:loud", "Not after a [reset](<faqt:lamp:reset>)."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn qualified(name: &str, entry: Entry) -> Entry {
    let id = qualified_id(name, &entry.id);
    let answer = with_entry_links(&entry.answer, |id| qualified_id(name, id));
    let named = |related: Related| Related { id: related.id.map(|id| qualified_id(name, &id)), ..related };
    Entry { id, answer, related: entry.related.into_iter().map(named).collect(), ..entry }
}

/// Returns the id that the knowledge base `name` has for what [`qualified_id`] made of it.
fn own_id<'a>(name: &str, id: &'a str) -> Option<&'a str> {
    id.strip_prefix(name)?.strip_prefix(':')
}

/// Gives each dictionary the others as peers.
fn side_by_side(dictionaries: &[Dictionary]) -> Vec<Dictionary> {
    let federated = |(at, dictionary): (usize, &Dictionary)| {
        let others = dictionaries.iter().enumerate().filter(|(other, _)| *other != at);
        dictionary.federated_with(others.map(|(_, dictionary)| dictionary.clone()).collect())
    };
    dictionaries.iter().enumerate().map(federated).collect()
}

impl std::fmt::Debug for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Member").field("name", &self.name).field("kb", &self.kb).finish_non_exhaustive()
    }
}
