//! Several knowledge bases asked as one: a program's own help and that of its plug-ins.

use crate::entry::Entry;
use crate::guard::guarded;
use crate::knowledge_base::KnowledgeBase;
use crate::search::dictionary::Dictionary;
use crate::search::{Findings, Found, Hit, SearchError, SearchOptions};

/// Several knowledge bases that are ranked together, their ids kept apart by name.
///
/// How common a word is counts over all of them, and a word that one of them knows is not corrected in another; so a
/// hit's score means the same whichever it comes from.
///
/// # Examples
///
/// ```
/// use faqt::{KnowledgeBase, KnowledgeBases};
///
/// # let folder = tempfile::tempdir()?;
/// # let kb = |text: &str| {
/// #     std::fs::write(folder.path().join("faq.md"), text).unwrap();
/// #     KnowledgeBase::from_folder(folder.path()).unwrap()
/// # };
/// # let (host, plugin) = (kb("# How do I save a file?\n\nPress S.\n"), kb("# How do I draw a circle?\n\nPress C.\n"));
/// let help = KnowledgeBases::new([("editor", host), ("shapes", plugin)]);
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
    /// The member's dictionary beside those of the others.
    dictionary: Dictionary,
}

impl KnowledgeBases {
    /// Puts knowledge bases together, each under a name; a later one takes the place of an earlier one of its name.
    pub fn new<N: Into<String>>(named: impl IntoIterator<Item = (N, KnowledgeBase)>) -> KnowledgeBases {
        let mut members: Vec<(String, KnowledgeBase)> = Vec::new();
        for (name, kb) in named {
            let name = name.into();
            match members.iter_mut().find(|(known, _)| *known == name) {
                Some(member) => member.1 = kb,
                None => members.push((name, kb)),
            }
        }
        let dictionaries: Vec<Dictionary> = members.iter().map(|(_, kb)| kb.dictionary().clone()).collect();
        let member = |(at, (name, kb)): (usize, (String, KnowledgeBase))| {
            let others = dictionaries.iter().enumerate().filter(|(other, _)| *other != at);
            let dictionary = dictionaries[at].beside(others.map(|(_, dictionary)| dictionary.clone()).collect());
            Member { name, kb, dictionary }
        };
        KnowledgeBases { members: members.into_iter().enumerate().map(member).collect() }
    }

    /// Returns the names with their knowledge bases, in the order in which they were given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &KnowledgeBase)> {
        self.members.iter().map(|member| (member.name.as_str(), &member.kb))
    }

    /// Returns the knowledge base of this name.
    pub fn get(&self, name: &str) -> Option<&KnowledgeBase> {
        self.iter().find(|(known, _)| *known == name).map(|(_, kb)| kb)
    }

    /// Answers a question from whichever knowledge base answers it best.
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
        let mut founds = Vec::with_capacity(self.members.len());
        for member in &self.members {
            founds.push(guarded(|| Found::by(&member.kb, &member.dictionary, query, options))?);
        }
        let mut hits: Vec<(usize, Hit)> = Vec::new();
        for (at, found) in founds.iter_mut().enumerate() {
            let name = &self.members[at].name;
            let named = |hit: Hit| (at, Hit { knowledge_base: Some(name.clone()), ..hit });
            hits.extend(found.hits.drain(..).map(named));
        }
        hits.sort_by(|(_, a), (_, b)| b.score.total_cmp(&a.score));
        hits.truncate(options.limit);
        let Some(first) = hits.first().map(|(at, _)| *at) else { return Ok(Findings::nothing()) };
        guarded(|| founds[first].conclude(hits.into_iter().map(|(_, hit)| hit).collect(), options))
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

    /// Returns the entry that a program points at by this help id, from the first knowledge base that has it.
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

impl std::fmt::Debug for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Member").field("name", &self.name).field("kb", &self.kb).finish_non_exhaustive()
    }
}
