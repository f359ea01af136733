//! Entries by their names: ids, help ids and keywords, exactly or nearly.

use super::KnowledgeBase;
use crate::engine::panic_guard::catch_engine_panic;
use crate::error::SearchError;
use crate::model::entry::Entry;
use crate::model::expected::ExpectedQuestion;
use crate::search::editions::{self, Edition};
use crate::search::options::SearchOptions;
use crate::search::similar::{self, Member, SimilarEntry};
use crate::search::{lookup, narrow};

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
        self.read(|reader| lookup::nearest_sections(reader, title, limit))
    }

    /// Returns the questions that the author tests the knowledge base with: golden ones, which an entry must answer, and
    /// forbidden ones. They are read from the pack at each call.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// let files = [
    ///     ("faq.md", "## How do I reset the lamp? {#reset}\n\nHold the button.\n\n## Is it loud?\n\nNo.\n"),
    ///     ("questions.jsonl", r#"{"query": "the lamp hangs", "expect": ["reset"]}"#),
    ///     ("faqt.toml", "unanswerable = ['how do I cook rice']"),
    /// ];
    /// let kb = faqt::KnowledgeBase::from_vec(faqt::build::Builder::from_files("help", files).findability(false).build()?.pack)?;
    /// let questions = kb.expected_questions()?;
    /// assert_eq!(questions[0].question, "the lamp hangs");
    /// assert_eq!(questions[1].expectation, faqt::Expectation::NotAnswered);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn expected_questions(&self) -> Result<Vec<ExpectedQuestion>, SearchError> {
        Ok(catch_engine_panic(|| self.reader.expected_questions())?)
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
        self.read(|reader| narrow::count(reader, options))
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
        self.read(|reader| lookup::keyword(reader, term))
    }

    /// Returns the entry with this id, or the entry that once had it, by `[redirects]` in `faqt.toml`. Of an entry in several
    /// languages it is the original; [`KnowledgeBase::edition`] chooses.
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
        self.read(|reader| lookup::by_id(reader, id))
    }

    /// Returns the entry with this id, as [`KnowledgeBase::entry`] finds it, in the edition for a reader with `options`: by
    /// [`SearchOptions::languages`] and [`SearchOptions::locale`]. The other options count for nothing.
    ///
    /// An id that names an edition, such as `bind@zh`, is that edition.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// See [`Edition`].
    pub fn edition(&self, id: &str, options: &SearchOptions) -> Result<Option<Edition>, SearchError> {
        self.read(|reader| editions::edition(reader, id, options))
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
        self.read(|reader| lookup::by_help_id(reader, help_id))
    }

    /// Returns at most `limit` entries like the one with this id, the most similar first; none if there is no such entry.
    ///
    /// Entries are compared by the vectors of the pack: by those of a sentence encoder, which itself is not needed, else
    /// by those of word pieces. Without either, and for texts without vectors, those are returned that a search for the
    /// question of the entry finds. The time grows with the number of entries.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// let text = "# How do I reset the lamp?\n\nHold.\n\n# Can the lamp be reset?\n\nYes.\n\n# Who sells rice?\n\nAnn.\n";
    /// let kb = faqt::KnowledgeBase::from_markdown(text)?;
    /// let similar = kb.similar("how-do-i-reset-the-lamp", 1)?.expect("it is there");
    /// assert_eq!(similar[0].entry.question, "Can the lamp be reset?");
    /// assert!(kb.similar("rest", 1)?.is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn similar(&self, id: &str, limit: usize) -> Result<Option<Vec<SimilarEntry>>, SearchError> {
        self.read(|reader| {
            let Some(position) = lookup::position(reader, &reader.names()?, id)? else { return Ok(None) };
            let own = Member { name: None, reader, dictionary: &reader.dictionary };
            similar::similar(&[own], (0, position), limit).map(Some)
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
        self.read(|reader| lookup::complete_id(reader, typed, limit))
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
        self.read(|reader| lookup::nearest_ids(reader, id, limit))
    }
}
