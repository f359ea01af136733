//! The knowledge bases as a page asks them: all, or the one that a reader chose.

use faqt::{
    Completion, Entry, Findings, Hit, KnowledgeBase, Passage, SearchError, SearchOptions, qualified, qualified_id,
};
use faqt_page::Source;

use crate::open::asked::Asked;

/// Knowledge bases of which one may be chosen. Ids are those of all: with the name in front if there are several.
pub(super) struct Narrowed<'a> {
    pub(super) all: &'a Asked,
    one: Option<(&'a str, &'a KnowledgeBase)>,
}

impl<'a> Narrowed<'a> {
    /// Chooses the knowledge base `name`; all for an empty name. Returns nothing if there is no such one.
    pub(super) fn by_name(all: &'a Asked, name: &str) -> Option<Narrowed<'a>> {
        let one = match all {
            _ if name.is_empty() => return Some(Narrowed { all, one: None }),
            Asked::One(_) => None,
            Asked::Several(several) => several.iter().find(|(known, _)| *known == name),
        };
        one.map(|one| Narrowed { all, one: Some(one) })
    }

    /// Takes all knowledge bases.
    pub(super) fn all(all: &'a Asked) -> Narrowed<'a> {
        Narrowed { all, one: None }
    }
}

impl Source for Narrowed<'_> {
    fn search(&self, query: &str, options: &SearchOptions) -> Result<Findings, SearchError> {
        let Some((name, kb)) = self.one else { return self.all.search(query, options) };
        let mut findings = kb.search(query, options)?;
        for hit in &mut findings.hits {
            hit.entry = qualified(name, std::mem::take(&mut hit.entry));
            hit.knowledge_base = Some(name.to_owned());
        }
        Ok(findings)
    }

    fn passage(
        &self,
        query: &str,
        hit: &Hit,
        fits: &mut dyn FnMut(&str) -> bool,
    ) -> Result<Option<Passage>, SearchError> {
        self.all.passage(hit.knowledge_base.as_deref(), query, &hit.entry, fits)
    }

    fn entry(&self, id: &str) -> Result<Option<Entry>, SearchError> {
        self.all.entry(id)
    }

    fn keyword(&self, term: &str) -> Result<Vec<Entry>, SearchError> {
        let Some((name, kb)) = self.one else { return self.all.keyword(term) };
        Ok(kb.keyword(term)?.into_iter().map(|entry| qualified(name, entry)).collect())
    }

    fn complete(&self, typed: &str, limit: usize) -> Result<Vec<Completion>, SearchError> {
        let Some((name, kb)) = self.one else { return self.all.complete(typed, limit) };
        let mut completions = kb.complete(typed, limit)?;
        for completion in &mut completions {
            completion.id = qualified_id(name, &completion.id);
        }
        Ok(completions)
    }

    fn entries(&self, from: usize, limit: usize) -> Result<Vec<Entry>, SearchError> {
        let Some((name, kb)) = self.one else { return self.all.entries_from(from).take(limit).collect() };
        kb.entries().skip(from).take(limit).map(|entry| Ok(qualified(name, entry?))).collect()
    }

    fn count(&self) -> usize {
        match self.one {
            Some((_, kb)) => kb.manifest().entries as usize,
            None => self.all.manifest().entries as usize,
        }
    }
}
