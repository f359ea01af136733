//! The data of a knowledge base: entries and the links between them.
//!
//! These are plain data, the same at build time and at query time. An [`Entry`] passes through a pack unchanged; data
//! derived from it (terms, phrasings) lives elsewhere.

use serde::{Deserialize, Serialize};

use super::address;
use super::names::named;
use crate::text::fold::letters;

/// The scheme of a link to another entry in an answer's Markdown: `faqt:transfer-icp-filing`.
///
/// # Examples
///
/// ```
/// let destination = "faqt:reset-the-lamp";
/// assert_eq!(destination.strip_prefix(faqt::ENTRY_SCHEME), Some("reset-the-lamp"));
/// ```
pub const ENTRY_SCHEME: &str = "faqt:";

/// The separator of the titles of nested sections, where a section is named by its whole path: `The lamp › The switch`.
///
/// # Examples
///
/// ```
/// let kb = faqt::KnowledgeBase::from_markdown("# The lamp\n\n## The switch\n\n### Is it loud?\n\nNo.\n")?;
/// let path = kb.sections()?[0].path.join(faqt::SECTION_SEPARATOR);
/// assert_eq!(path, "The lamp › The switch");
/// let options = faqt::SearchOptions::default().with_section(path);
/// assert_eq!(kb.search("is it loud", &options)?.hits.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub const SECTION_SEPARATOR: &str = " › ";

/// Returns the id `NAME:ID` by which [`KnowledgeBases::entry`](crate::KnowledgeBases::entry) finds the entry `id` of the knowledge base `name`.
///
/// # Examples
///
/// ```
/// assert_eq!(faqt::qualified_id("lamp", "reset"), "lamp:reset");
/// ```
pub fn qualified_id(name: &str, id: &str) -> String {
    format!("{name}:{id}")
}

/// One question with its answer, or one procedure.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let entry = kb.entry("is-it-loud")?.expect("it is in the folder");
/// assert_eq!((entry.question.as_str(), entry.answer.as_str()), ("Is it loud?", "No."));
/// assert_eq!((entry.path.as_str(), entry.line), ("faq.md", 5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entry {
    /// The stable name of the entry, unique in its knowledge base. A build lets it hold letters, digits, marks and
    /// `-_./#:+`; a pack of another origin may hold anything.
    pub id: String,
    /// The kind of the entry: the answer to a question, or a procedure.
    #[serde(default, skip_serializing_if = "Kind::is_question")]
    pub kind: Kind,
    /// The entry's title as a reader would ask it, as plain text.
    pub question: String,
    /// The entry's section in the table of contents, outermost heading first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub section: Vec<String>,
    /// Other ways to ask the question, written by the author.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Exact terms under which the entry is filed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Stable names that a program uses to point at the entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub help_ids: Vec<String>,
    /// The language of the entry as a BCP 47 tag, where the author named one; else it is
    /// [`Manifest::language`](crate::Manifest::language).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The version of what it is about from which on the entry is right, where the author named one: `2.4`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The version from which on it is not right any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The answer as Markdown. A link to another entry has the destination `faqt:ID`.
    pub answer: String,
    /// The related procedures: those that the author named, then every procedure that the answer links to, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// The file that the entry was read from, relative to the content folder, with `/` between its parts.
    pub path: String,
    /// The line of that file on which the entry starts, counted from 1.
    pub line: u32,
}

impl Entry {
    /// Returns the question and the aliases.
    pub(crate) fn phrasings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.question.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// Returns the question behind the title of its section, as a reader who knows both types them; `None` if the question
    /// says the title, or there is none.
    pub(crate) fn question_in_section(&self) -> Option<String> {
        let title = self.section.last().filter(|title| !letters(title).is_empty())?;
        (!letters(&self.question).contains(&letters(title))).then(|| format!("{title}: {}", self.question))
    }
}

/// A section of the table of contents that holds entries.
///
/// # Examples
///
/// ```
/// let kb = faqt::KnowledgeBase::from_markdown("# The lamp\n\n## Is it loud?\n\nNo.\n\n## Is it heavy?\n\nNo.\n")?;
/// let sections = kb.sections()?;
/// assert_eq!(sections[0].path, ["The lamp"]);
/// assert_eq!(sections[0].entries, ["faq#is-it-loud", "faq#is-it-heavy"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Section {
    /// The titles from the outermost section to this one; none for entries that stand in no section.
    pub path: Vec<String>,
    /// The ids of its entries, in order.
    pub entries: Vec<String>,
}

/// The purpose of an entry.
///
/// # Examples
///
/// ```
/// use faqt::Kind;
///
/// assert_eq!(Kind::default(), Kind::Question);
/// assert_eq!("procedure".parse(), Ok(Kind::Procedure));
/// assert_eq!(Kind::Procedure.to_string(), "procedure");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// It answers a question.
    #[default]
    Question,
    /// It describes the steps of a task; answers link to it.
    Procedure,
}

named!(Kind, "kind": Question = "question", Procedure = "procedure");

impl Kind {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde's skip_serializing_if asks for")]
    fn is_question(&self) -> bool {
        *self == Kind::Question
    }
}

/// A procedure that an answer points to: an entry, an outside page, or an entry that has an outside page.
///
/// # Examples
///
/// ```
/// let files = [
///     ("loud.md", "---\nquestion: Is it loud?\nrelated: [reset]\n---\n\nNot after a reset.\n"),
///     ("reset.md", "---\nquestion: Resetting the lamp\nkind: procedure\n---\n\nHold the button.\n"),
/// ];
/// let kb = faqt::KnowledgeBase::from_vec(faqt::build::Builder::from_files("help", files).build()?.pack)?;
/// let entry = kb.entry("loud")?.expect("it is in the folder");
/// assert_eq!(entry.related[0].title, "Resetting the lamp");
/// assert_eq!(entry.related[0].id.as_deref(), Some("reset"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Related {
    /// The title to show.
    pub title: String,
    /// The id of the entry, where the procedure is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The outside address: the page itself, or the first one that the procedure's entry names.
    ///
    /// It is of `http`, `https` or `mailto`: another, which a forged pack may hold, is left out when the pack is read.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "address::known")]
    pub url: Option<String>,
    /// The status of the outside address, where the author gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

/// The confidence in an outside address; [`Status::describe`] puts it into words.
///
/// # Examples
///
/// ```
/// use faqt::Status;
///
/// assert_ne!(Status::Verified, Status::Cited);
/// assert_eq!("cited".parse(), Ok(Status::Cited));
/// assert_eq!(Status::Cited.to_string(), "cited");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Status {
    /// The address was opened and leads where its title says.
    Verified,
    /// The page was read, though not at the time of writing.
    Seen,
    /// Others cite the address; nobody here has opened it.
    Cited,
    /// Nothing confirms the address.
    Unverified,
}

named!(Status, "status": Verified = "verified", Seen = "seen", Cited = "cited", Unverified = "unverified");

impl Status {
    /// Describes the status in words, for a reader.
    ///
    /// ```
    /// assert_eq!(faqt::Status::Cited.describe(), "cited elsewhere, not opened");
    /// ```
    pub fn describe(self) -> &'static str {
        match self {
            Status::Verified => "verified",
            Status::Seen => "page seen",
            Status::Cited => "cited elsewhere, not opened",
            Status::Unverified => "unverified",
        }
    }
}
