//! One knowledge base, or several that are ranked as one.

#[cfg(any(feature = "serve", feature = "ui"))]
use faqt::Completion;
use faqt::{
    Edition, Entry, Expectation, ExpectedQuestion, Findings, KnowledgeBase, KnowledgeBases, Manifest, Passage,
    SearchError, SearchOptions, SimilarEntry, qualified, qualified_id,
};

/// The knowledge bases of a command line. Entries of several have ids with the knowledge base's name in front, by which
/// [`Asked::entry`] finds them.
pub(crate) enum Asked {
    One(KnowledgeBase),
    Several(KnowledgeBases),
}

impl Asked {
    /// Searches with options.
    pub(crate) fn search(&self, query: &str, options: &SearchOptions) -> Result<Findings, SearchError> {
        let several = match self {
            Asked::One(kb) => return kb.search(query, options),
            Asked::Several(several) => several,
        };
        let mut findings = several.search(query, options)?;
        for hit in &mut findings.hits {
            let name = hit.knowledge_base.as_deref().unwrap_or_default();
            hit.entry = qualified(name, std::mem::take(&mut hit.entry));
        }
        Ok(findings)
    }

    /// Returns the passage of the answer of `entry`, one of the knowledge base `name` if there are several.
    pub(crate) fn passage(
        &self,
        name: Option<&str>,
        query: &str,
        entry: &Entry,
        fits: impl FnMut(&str) -> bool,
    ) -> Result<Option<Passage>, SearchError> {
        let kb = match self {
            Asked::One(kb) => Some(kb),
            Asked::Several(several) => name.and_then(|name| several.get(name)),
        };
        kb.map(|kb| kb.passage(query, entry, fits)).transpose()
    }

    /// Returns the entries under a keyword, an id or a help id.
    pub(crate) fn keyword(&self, term: &str) -> Result<Vec<Entry>, SearchError> {
        match self {
            Asked::One(kb) => kb.keyword(term),
            Asked::Several(several) => {
                let found = several.keyword(term)?.into_iter().map(|(name, entry)| qualified(name, entry));
                let own = several.entry(term)?.map(|(name, entry)| qualified(name, entry));
                let mut found: Vec<Entry> = found.collect();
                found.extend(own.filter(|own| found.iter().all(|entry| entry.id != own.id)));
                Ok(found)
            }
        }
    }

    /// Returns the entry with this id or help id.
    pub(crate) fn entry(&self, id: &str) -> Result<Option<Entry>, SearchError> {
        match self {
            Asked::One(kb) => match kb.entry(id)? {
                None => kb.help(id),
                found => Ok(found),
            },
            Asked::Several(several) => {
                let found = several.entry(id)?;
                let found = if found.is_none() { several.help(id)? } else { found };
                Ok(found.map(|(name, entry)| qualified(name, entry)))
            }
        }
    }

    /// Returns the entry with this id or help id, in the edition for a reader with `options`.
    pub(crate) fn edition(&self, id: &str, options: &SearchOptions) -> Result<Option<Edition>, SearchError> {
        let of_help = |entry: Option<Entry>| entry.map(|entry| entry.id);
        match self {
            Asked::One(kb) => match kb.edition(id, options)? {
                None => of_help(kb.help(id)?).map_or(Ok(None), |id| kb.edition(&id, options)),
                found => Ok(found),
            },
            Asked::Several(several) => {
                let mut found = several.edition(id, options)?;
                if found.is_none()
                    && let Some((name, entry)) = several.help(id)?
                {
                    found = several.edition(&qualified_id(name, &entry.id), options)?;
                }
                Ok(found.map(|(name, mut edition)| {
                    edition.entry = qualified(name, edition.entry);
                    edition
                }))
            }
        }
    }

    /// Returns the questions that the authors test the knowledge bases with.
    pub(crate) fn expected_questions(&self) -> Result<Vec<ExpectedQuestion>, SearchError> {
        let several = match self {
            Asked::One(kb) => return kb.expected_questions(),
            Asked::Several(several) => several,
        };
        let mut questions = Vec::new();
        for (name, kb) in several.iter() {
            for mut expected in kb.expected_questions()? {
                if let Expectation::AnsweredBy(ids) | Expectation::NotAnsweredBy(ids) = &mut expected.expectation {
                    for id in ids {
                        *id = qualified_id(name, id);
                    }
                }
                questions.push(expected);
            }
        }
        Ok(questions)
    }

    /// Returns entries like the one with this id; none if there is no such entry.
    pub(crate) fn similar(&self, id: &str, limit: usize) -> Result<Option<Vec<SimilarEntry>>, SearchError> {
        let several = match self {
            Asked::One(kb) => return kb.similar(id, limit),
            Asked::Several(several) => several,
        };
        let Some(mut similar) = several.similar(id, limit)? else { return Ok(None) };
        for found in &mut similar {
            let name = found.knowledge_base.as_deref().unwrap_or_default();
            found.entry = qualified(name, std::mem::take(&mut found.entry));
        }
        Ok(Some(similar))
    }

    /// Returns the questions that match what was typed so far; those of several knowledge bases in turn, the best of each first.
    #[cfg(any(feature = "serve", feature = "ui"))]
    pub(crate) fn complete(&self, typed: &str, limit: usize) -> Result<Vec<Completion>, SearchError> {
        let several = match self {
            Asked::One(kb) => return kb.complete(typed, limit),
            Asked::Several(several) => several,
        };
        let mut ranked = Vec::new();
        for (name, kb) in several.iter() {
            for (rank, mut completion) in kb.complete(typed, limit)?.into_iter().enumerate() {
                completion.id = qualified_id(name, &completion.id);
                ranked.push((rank, completion));
            }
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        Ok(ranked.into_iter().take(limit).map(|(_, completion)| completion).collect())
    }

    /// Returns the ids that begin with `typed`.
    pub(crate) fn complete_id(&self, typed: &str, limit: usize) -> Result<Vec<String>, SearchError> {
        match self {
            Asked::One(kb) => kb.complete_id(typed, limit),
            Asked::Several(several) => several.complete_id(typed, limit),
        }
    }

    /// Returns the ids nearest to an unknown one.
    pub(crate) fn nearest_ids(&self, id: &str, limit: usize) -> Result<Vec<String>, SearchError> {
        match self {
            Asked::One(kb) => kb.nearest_ids(id, limit),
            Asked::Several(several) => several.nearest_ids(id, limit),
        }
    }

    /// Returns the titles of sections nearest to an unknown one.
    pub(crate) fn nearest_sections(&self, title: &str, limit: usize) -> Result<Vec<String>, SearchError> {
        match self {
            Asked::One(kb) => kb.nearest_sections(title, limit),
            Asked::Several(several) => several.nearest_sections(title, limit),
        }
    }

    /// Returns the number of entries that `options` admit.
    pub(crate) fn count(&self, options: &SearchOptions) -> Result<usize, SearchError> {
        match self {
            Asked::One(kb) => kb.count(options),
            Asked::Several(several) => several.count(options),
        }
    }

    /// Returns all entries, those of the first knowledge base first.
    pub(crate) fn entries(&self) -> Result<Vec<Entry>, SearchError> {
        self.each_entry().collect()
    }

    /// Returns all entries in the same order, each read when it is asked for.
    pub(crate) fn each_entry(&self) -> Box<dyn Iterator<Item = Result<Entry, SearchError>> + '_> {
        self.entries_from(0)
    }

    /// Returns the entries behind the first `passed`, of which none is read.
    pub(crate) fn entries_from(&self, mut passed: usize) -> Box<dyn Iterator<Item = Result<Entry, SearchError>> + '_> {
        match self {
            Asked::One(kb) => Box::new(kb.entries().skip(passed)),
            Asked::Several(several) => Box::new(several.iter().flat_map(move |(name, kb)| {
                let entries = kb.entries();
                let of_this = passed.min(entries.len());
                passed -= of_this;
                entries.skip(of_this).map(move |entry| Ok(qualified(name, entry?)))
            })),
        }
    }

    /// Returns the knowledge bases.
    pub(crate) fn members(&self) -> Vec<&KnowledgeBase> {
        match self {
            Asked::One(kb) => vec![kb],
            Asked::Several(several) => several.iter().map(|(_, kb)| kb).collect(),
        }
    }

    /// Returns the newest version that entries name, that of the first knowledge base that has one.
    #[cfg(feature = "serve")]
    pub(crate) fn newest_version(&self) -> Option<&str> {
        self.members().into_iter().find_map(KnowledgeBase::newest_version)
    }

    /// Returns the checksums of the packs, which change whenever any of them does.
    pub(crate) fn checksum(&self) -> String {
        let checksums = self.members().into_iter().map(|kb| format!("{:016x}", kb.checksum()));
        checksums.collect::<Vec<_>>().join("+")
    }

    /// Returns the manifest; that of several has the names, the languages and the number of entries of all.
    pub(crate) fn manifest(&self) -> Manifest {
        let mut members = self.members().into_iter().map(KnowledgeBase::manifest);
        let mut all = members.next().cloned().unwrap_or_default();
        for manifest in members {
            all.name = format!("{}, {}", all.name, manifest.name);
            all.entries = all.entries.saturating_add(manifest.entries);
            let new = manifest.languages.iter().filter(|language| !all.languages.contains(language));
            all.languages.extend(new.cloned().collect::<Vec<_>>());
            all.source = None;
        }
        all
    }
}
