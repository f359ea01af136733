//! Several knowledge bases asked as one: a program's own help and that of its plug-ins.

use std::sync::Arc;

use super::KnowledgeBase;
use crate::engine::dictionary::Dictionary;
use crate::engine::filter::Filter;
use crate::engine::panic_guard::catch_engine_panic;
use crate::error::SearchError;
use crate::model::entry::Entry;
use crate::search::ask;
use crate::search::findings::Findings;
use crate::search::narrow::narrow;
use crate::search::options::SearchOptions;
use crate::search::ranking::Ranking;

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
        catch_engine_panic(|| {
            let filters = self.members.iter().map(|member| narrow(member.kb.reader(), options));
            let filters = filters.collect::<Result<Vec<_>, _>>()?;
            let narrowed = self.narrowed(&filters);
            let mut rankings = Vec::with_capacity(self.members.len());
            for (at, Member { name, kb, dictionary }) in self.members.iter().enumerate() {
                rankings.push(Ranking::by(kb.reader(), Some(name), dictionary, narrowed.get(at), query, options)?);
            }
            ask::conclude(&rankings, options)
        })
    }

    /// Returns the dictionaries for the entries that filters admit; none if there is no filter.
    fn narrowed(&self, filters: &[Option<Arc<Filter>>]) -> Vec<Dictionary> {
        if filters.iter().all(Option::is_none) {
            return Vec::new();
        }
        let narrowed =
            |(member, filter): (&Member, &Option<_>)| member.kb.reader().dictionary.narrowed(filter.as_ref());
        let narrowed: Vec<Dictionary> = self.members.iter().zip(filters).map(narrowed).collect();
        side_by_side(&narrowed)
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

/// Gives each dictionary the others as peers.
fn side_by_side(dictionaries: &[Dictionary]) -> Vec<Dictionary> {
    let beside = |(at, dictionary): (usize, &Dictionary)| {
        let others = dictionaries.iter().enumerate().filter(|(other, _)| *other != at);
        dictionary.beside(others.map(|(_, dictionary)| dictionary.clone()).collect())
    };
    dictionaries.iter().enumerate().map(beside).collect()
}

impl std::fmt::Debug for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Member").field("name", &self.name).field("kb", &self.kb).finish_non_exhaustive()
    }
}
