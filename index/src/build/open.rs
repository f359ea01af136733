//! Knowledge bases opened from Markdown directly: a folder, or one text.

use std::path::PathBuf;

use super::builder::Builder;
use crate::error::BuildError;
use crate::knowledge_base::KnowledgeBase;

impl KnowledgeBase {
    /// Opens a folder of Markdown: builds its pack in memory, of what is sound in it.
    ///
    /// [`Builder`] builds only what is sound throughout, says what is wrong, and keeps the pack.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read, or holds no entry.
    ///
    /// # Examples
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n")?;
    /// let kb = faqt::KnowledgeBase::from_folder(folder.path())?;
    /// assert_eq!(kb.ask("reset lamp")?.hits[0].entry.answer, "Hold the button.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_folder(path: impl Into<PathBuf>) -> Result<KnowledgeBase, BuildError> {
        KnowledgeBase::of(Builder::new(path))
    }

    /// Opens one text of Markdown: builds its pack in memory, of what is sound in it; no file system is touched.
    ///
    /// The text is read as a file `faq.md`. [`Builder::from_files`] takes several, with settings, and says what is wrong.
    ///
    /// # Errors
    ///
    /// If the text holds no entry.
    ///
    /// # Examples
    ///
    /// ```
    /// let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
    /// assert_eq!(kb.ask("reset lamp")?.hits[0].entry.answer, "Hold the button.");
    /// assert!(faqt::KnowledgeBase::from_markdown("").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_markdown(text: impl Into<String>) -> Result<KnowledgeBase, BuildError> {
        KnowledgeBase::of(Builder::from_files("faq", [("faq.md", text)]))
    }

    fn of(builder: Builder) -> Result<KnowledgeBase, BuildError> {
        let built = builder.lenient(true).build()?;
        KnowledgeBase::from_vec(built.pack).map_err(BuildError::Open)
    }
}
