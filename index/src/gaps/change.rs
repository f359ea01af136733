//! Changes of a content, as the texts of its files.

use std::collections::BTreeMap;
use std::path::Path;

use super::edit::{self, EditFault, List};
use crate::build::Builder;
use crate::error::BuildError;
use crate::knowledge_base::KnowledgeBase;
use crate::source::files::Files;
use crate::source::read::read_bounded;
use crate::source::settings_file::SETTINGS_FILE;

/// A change of a content.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// An alias for the entry of this id: in its front matter, or in `faqt.toml` if it has none of its own.
    Alias {
        /// The id.
        entry: String,
        /// The alias.
        text: String,
    },
    /// A keyword for the entry of this id, in its front matter.
    Keyword {
        /// The id.
        entry: String,
        /// The keyword.
        text: String,
    },
    /// A group of synonyms, in `faqt.toml`.
    Synonyms {
        /// The words.
        terms: Vec<String>,
    },
}

/// The texts of files after changes.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ChangedTexts {
    /// The new text of each changed file, by its path from the top of the content.
    pub texts: BTreeMap<String, String>,
    /// The changes that cannot be written, by their indices, with the reasons.
    pub faults: Vec<(usize, String)>,
}

/// Returns the texts of the files of `builder` after `changes`, of which only the bytes of the changes differ. A change that is
/// given twice is made once. `kb` is the knowledge base of the content.
///
/// # Errors
///
/// If the content cannot be opened. A change that cannot be written is in [`ChangedTexts::faults`].
pub fn changed_texts(kb: &KnowledgeBase, builder: &Builder, changes: &[Change]) -> Result<ChangedTexts, BuildError> {
    let files = builder.files()?;
    let mut texts = ChangedTexts::default();
    for (at, change) in changes.iter().enumerate() {
        if changes[..at].contains(change) {
            continue;
        }
        if let Err(fault) = texts.apply(kb, &files, change) {
            texts.faults.push((at, fault));
        }
    }
    Ok(texts)
}

impl ChangedTexts {
    fn apply(&mut self, kb: &KnowledgeBase, files: &Files, change: &Change) -> Result<(), String> {
        let (path, text) = match change {
            Change::Alias { entry, text } => self.with_item(kb, files, entry, List::Aliases, text)?,
            Change::Keyword { entry, text } => self.with_item(kb, files, entry, List::Keywords, text)?,
            Change::Synonyms { terms } => {
                let settings = self.settings(files)?;
                (SETTINGS_FILE.to_owned(), edit::synonyms_in_settings(&settings, terms).map_err(said(SETTINGS_FILE))?)
            }
        };
        self.texts.insert(path, text);
        Ok(())
    }

    /// Returns the path and the new text of the file in which an item is added to a list of an entry.
    fn with_item(
        &self,
        kb: &KnowledgeBase,
        files: &Files,
        id: &str,
        list: List,
        item: &str,
    ) -> Result<(String, String), String> {
        let (path, text) = self.file_of(kb, files, id)?;
        let new = [item.to_owned()];
        if edit::is_of_one_entry(&path, &text) {
            let text = edit::in_front_matter(&path, &text, list, &new).map_err(said(&path))?;
            return Ok((path, text));
        }
        match list {
            List::Aliases => {
                let settings = self.settings(files)?;
                let text = edit::aliases_in_settings(&settings, id, &new).map_err(said(SETTINGS_FILE))?;
                Ok((SETTINGS_FILE.to_owned(), text))
            }
            List::Keywords => {
                Err(format!("{path}: keywords are written in the front matter of an entry, which it lacks"))
            }
        }
    }

    /// Returns the path and the text of the file of an entry.
    fn file_of(&self, kb: &KnowledgeBase, files: &Files, id: &str) -> Result<(String, String), String> {
        let found = kb.entry(id).map_err(|error| error.to_string())?;
        let path = found.ok_or_else(|| format!("no entry has the id `{id}`"))?.path;
        let text = self.text(files, &path).map_err(|error| format!("{path}: cannot be read: {error}"))?;
        Ok((path, text))
    }

    fn settings(&self, files: &Files) -> Result<String, String> {
        match self.text(files, SETTINGS_FILE) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
            read => read.map_err(|error| format!("{SETTINGS_FILE}: cannot be read: {error}")),
        }
    }

    /// Returns the text of a file after the changes so far.
    fn text(&self, files: &Files, path: &str) -> std::io::Result<String> {
        if let Some(text) = self.texts.get(path) {
            return Ok(text.clone());
        }
        let bytes = read_bounded(files.open(Path::new(path))?)?.ok_or(std::io::ErrorKind::FileTooLarge)?;
        String::from_utf8(bytes).map_err(std::io::Error::other)
    }
}

fn said(path: &str) -> impl Fn(EditFault) -> String + '_ {
    move |fault| format!("{path}: {fault}")
}
