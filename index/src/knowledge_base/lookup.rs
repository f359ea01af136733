//! Entries by their names: ids, help ids and keywords, exactly or nearly.

use std::collections::BTreeSet;

use super::KnowledgeBase;
use crate::engine::panic_guard::catch_engine_panic;
use crate::engine::schema::LookupKind;
use crate::error::SearchError;
use crate::model::entry::Entry;
use crate::search::narrow::narrow;
use crate::search::options::SearchOptions;
use crate::text::suggest::{self, Nearest};

impl KnowledgeBase {
    /// Returns at most `limit` titles of sections near to `title`, the nearest first; for hints.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// let kb = faqt::KnowledgeBase::from_markdown("# The lamp\n\n## Is it loud?\n\nNo.\n\n## Is it heavy?\n\nNo.\n")?;
    /// assert_eq!(kb.nearest_sections("the lmap", 3)?, ["The lamp"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn nearest_sections(&self, title: &str, limit: usize) -> Result<Vec<String>, SearchError> {
        let titles: BTreeSet<String> = self.sections()?.into_iter().flat_map(|section| section.path).collect();
        Ok(suggest::nearest(title, titles.iter().map(String::as_str), limit))
    }

    /// Returns the number of entries that `options` admit by section, language, kinds and ids.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// let kb = faqt::KnowledgeBase::from_markdown("# The lamp\n\n## Is it loud?\n\nNo.\n\n## Is it heavy?\n\nNo.\n")?;
    /// let of_section = |title: &str| kb.count(&faqt::SearchOptions::default().with_section(title));
    /// assert_eq!((of_section("the lamp")?, of_section("The fan")?), (2, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn count(&self, options: &SearchOptions) -> Result<usize, SearchError> {
        catch_engine_panic(|| {
            let all = self.reader.manifest.entries as usize;
            Ok(narrow(&self.reader, options)?.map_or(all, |filter| filter.len()))
        })
    }

    /// Returns the entries that bear `term` as a keyword, an id or a help id; exactly, with case and width folded.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
    /// assert_eq!(kb.keyword("how-do-i-reset-the-lamp")?.len(), 1);
    /// assert!(kb.keyword("how do i reset")?.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn keyword(&self, term: &str) -> Result<Vec<Entry>, SearchError> {
        catch_engine_panic(|| {
            let mut positions = Vec::new();
            for kind in [LookupKind::Id, LookupKind::Short, LookupKind::Keyword, LookupKind::HelpId, LookupKind::Former]
            {
                positions.extend(self.reader.positions(&kind.term(term))?);
            }
            positions.sort_unstable();
            positions.dedup();
            self.reader.entries.all_at(positions).collect()
        })
    }

    /// Returns the entry with this id, or the entry that once had it, by `[redirects]` in `faqt.toml`.
    ///
    /// A shorter form of an id is understood while no other entry has it: `usage` for `guide/install#usage`.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// let kb = faqt::KnowledgeBase::from_markdown("## How do I reset the lamp? {#reset}\n\nHold the button.\n")?;
    /// assert_eq!(kb.entry("reset")?.unwrap().question, "How do I reset the lamp?");
    /// assert!(kb.entry("rest")?.is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn entry(&self, id: &str) -> Result<Option<Entry>, SearchError> {
        if let Some(entry) = self.under(LookupKind::Id, id)? {
            return Ok(Some(entry));
        }
        catch_engine_panic(|| match self.reader.positions(&LookupKind::Short.term(id))?[..] {
            [position] => self.reader.entry_at(position).map(Some),
            _ => Ok(None),
        })
    }

    /// Returns the entry with this help id, whatever its case, or the entry that once had it.
    ///
    /// [`help_id!`](crate::help_id) checks at compile time that there is one.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// # let text = "---\nquestion: How do I reset the lamp?\nhelp_ids: [E1042]\n---\nHold the button.\n";
    /// # let files = [("reset.md", text), ("faqt.toml", "[redirects]\nE42 = 'E1042'\n")];
    /// let kb = faqt::KnowledgeBase::from_vec(faqt::build::Builder::from_files("help", files).build()?.pack)?;
    /// assert_eq!(kb.help("e1042")?.unwrap().id, "reset");
    /// assert_eq!(kb.help("E42")?.unwrap().id, "reset");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn help(&self, help_id: &str) -> Result<Option<Entry>, SearchError> {
        self.under(LookupKind::HelpId, help_id)
    }

    fn under(&self, kind: LookupKind, name: &str) -> Result<Option<Entry>, SearchError> {
        catch_engine_panic(|| {
            for kind in [kind, LookupKind::Former] {
                if let Some(&position) = self.reader.positions(&kind.term(name))?.first() {
                    return self.reader.entry_at(position).map(Some);
                }
            }
            Ok(None)
        })
    }

    /// Returns at most `limit` ids that begin with `typed`, in order; for shell completion.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
    /// assert_eq!(kb.complete_id("f", 5)?, ["faq"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn complete_id(&self, typed: &str, limit: usize) -> Result<Vec<String>, SearchError> {
        let mut terms = Vec::new();
        catch_engine_panic(|| {
            self.reader.each_id(LookupKind::Id, typed, |id| {
                if terms.len() < limit {
                    terms.push(id.to_owned());
                }
                terms.len() < limit
            })
        })?;
        terms.iter().map(|term| self.id_of(term)).collect()
    }

    /// Returns the ids nearest to an unknown id, at most `limit`.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
    /// assert_eq!(kb.nearest_ids("how-do-i-rest-the-lamp", 1)?, ["faq"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn nearest_ids(&self, id: &str, limit: usize) -> Result<Vec<String>, SearchError> {
        let mut nearest = Nearest::new(id, limit);
        catch_engine_panic(|| {
            for kind in [LookupKind::Id, LookupKind::Short] {
                self.reader.each_id(kind, "", |known| {
                    nearest.offer(known);
                    true
                })?;
            }
            Ok::<(), SearchError>(())
        })?;
        let mut ids: Vec<String> = Vec::new();
        for name in nearest.into_names() {
            let id = self.id_of(&name)?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }
}
