//! The errors of opening, asking, building and writing.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::markdown::sanitise::sanitise;
use crate::pack::FORMAT_VERSION;
#[cfg(feature = "build")]
use crate::problem::{Problem, severity::Severity};
use crate::text;

/// The reason that bytes cannot be read as a pack.
///
/// # Examples
///
/// ```
/// # let text = "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n";
/// use faqt::{KnowledgeBase, OpenError, PackError};
///
/// let mut pack = faqt::build::Builder::from_files("help", [("faq.md", text)]).build()?.pack;
/// pack.truncate(pack.len() - 1);
/// let Err(OpenError::Pack(error)) = KnowledgeBase::from_vec(pack) else { panic!("half a pack opens") };
/// assert!(matches!(error, PackError::Length { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackError {
    /// The bytes do not start as a pack does.
    #[error("not a pack")]
    NotAPack,
    /// The pack has a layout that this version of the library does not know.
    #[error("pack of format version {found}; this program reads version {FORMAT_VERSION}")]
    FormatVersion {
        /// The version that the pack names.
        found: u32,
    },
    /// The pack was made by another version of the analyser, so its terms would not match those of questions.
    #[error("pack made by analyser version {found}; this program has version {}", crate::text::VERSION)]
    AnalyserVersion {
        /// The version that the pack names.
        found: u32,
    },
    /// The pack was made by an analyser of this version that makes other terms: one of the two was changed.
    #[error(
        "pack made by another analyser of version {}: `{found}`; this program has `{}`",
        crate::text::VERSION,
        text::fingerprint()
    )]
    AnalyserFingerprint {
        /// The fingerprint that the pack names.
        found: String,
    },
    /// The pack ends too early, or something follows it.
    #[error("pack of {found} bytes that should have {expected}")]
    Length {
        /// The length that the pack names, in bytes.
        expected: u64,
        /// The length that it has, in bytes.
        found: u64,
    },
    /// The pack has no entries: it plans questions to a database that has them.
    #[error("a planning pack, which has no entries: open it with its database")]
    Planning,
    /// The pack was changed after it was written.
    #[error("damaged pack: {what}")]
    #[non_exhaustive]
    Damaged {
        /// The part that does not fit, in words.
        what: String,
        /// The section that was read, by the name that [`KnowledgeBase::parts`](crate::KnowledgeBase::parts) has for it;
        /// none where sections contradict each other.
        section: Option<String>,
        /// The offset, in bytes from the start of the pack, of the block that does not match its checksum; none where all
        /// blocks match.
        offset: Option<u64>,
    },
}

impl PackError {
    /// Names the section that was read, unless that is known already.
    pub(crate) fn within(mut self, name: &str) -> PackError {
        if let PackError::Damaged { section, .. } = &mut self {
            section.get_or_insert_with(|| harmless(name));
        }
        self
    }

    /// Names the offset of the block that does not match its checksum.
    pub(crate) fn at(mut self, start: usize) -> PackError {
        if let PackError::Damaged { offset, .. } = &mut self {
            *offset = Some(start as u64);
        }
        self
    }
}

/// Returns the error of a damaged pack. `what` may quote the pack, so it is made harmless.
pub(crate) fn damaged(what: impl AsRef<str>) -> PackError {
    PackError::Damaged { what: harmless(what.as_ref()), section: None, offset: None }
}

/// The longest message about a pack, in characters: a quotation may be as long as the pack.
const MESSAGE_MAX: usize = 300;

/// Makes a message that quotes a pack fit for a terminal: no control characters, and a length that fits a screen.
pub(crate) fn harmless(message: &str) -> String {
    let end = message.char_indices().nth(MESSAGE_MAX).map_or(message.len(), |(end, _)| end);
    let shown = sanitise(&message[..end]);
    if end < message.len() { format!("{shown}…") } else { shown.into_owned() }
}

/// The reason that a knowledge base could not be opened.
///
/// # Examples
///
/// ```
/// use faqt::{KnowledgeBase, OpenError};
///
/// assert!(matches!(KnowledgeBase::open("missing.faqt"), Err(OpenError::Read { .. })));
/// assert!(matches!(KnowledgeBase::from_static(b"no pack at all"), Err(OpenError::Pack(_))));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The file could be read but is no pack of this version, or a damaged one.
    #[error("cannot open {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: PackError,
    },
    /// The bytes are no pack of this version, or a damaged one.
    #[error(transparent)]
    Pack(#[from] PackError),
}

/// The reason that a search failed.
///
/// # Examples
///
/// ```
/// # let text = "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n";
/// let mut pack = faqt::build::Builder::from_files("help", [("faq.md", text)]).build()?.pack;
/// let last = pack.len() - 1;
/// pack[last] ^= 1;
/// // Each part is checked when it is first read: the damage shows when the pack is opened, or when it is asked.
/// let outcome = faqt::KnowledgeBase::from_vec(pack).map(|kb| kb.verify());
/// assert!(!matches!(outcome, Ok(Ok(()))));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The pack turned out to be damaged where the search had to read it.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The database that has the rows of the knowledge base could not be asked.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<io::Error> for SearchError {
    fn from(error: io::Error) -> SearchError {
        SearchError::Pack(error.downcast::<PackError>().unwrap_or_else(|error| damaged(error.to_string())))
    }
}

/// The reason that a database could not be asked; the message names the database, without its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseError(String);

impl DatabaseError {
    /// Returns the error with this message.
    pub fn new(message: impl fmt::Display) -> DatabaseError {
        DatabaseError(harmless(&message.to_string()))
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DatabaseError {}

/// The reason that no pack was built.
///
/// # Examples
///
/// ```
/// use faqt::build::{BuildError, Builder};
///
/// let error = Builder::from_files("help", [("faq.md", "")]).build().unwrap_err();
/// assert!(matches!(error, BuildError::Empty { .. }));
/// let text = "---\nquestion: Is it loud?\n---\nSee [this](#that).\n";
/// let error = Builder::from_files("help", [("faq.md", text)]).build().unwrap_err();
/// assert!(error.to_string().starts_with("faq.md:4: "));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "build")]
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The content folder cannot be read.
    #[error("cannot read the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The content holds no entries.
    #[error("no entries in {}", path.display())]
    Empty {
        /// The folder, or the name of files in memory.
        path: PathBuf,
    },
    /// The content has errors, listed here with the warnings; the message holds the errors only.
    #[error("{}", Listed(.0))]
    Content(Vec<Problem>),
    /// The sentence encoder cannot be used, for this reason.
    #[error("{0}")]
    Encoder(String),
    /// The build was [cancelled](crate::build::Builder::cancelled_by).
    #[error("the build was cancelled")]
    Cancelled,
    /// The content exceeds a limit of packs: 4 GiB of questions and aliases, 2 billion entries or terms.
    #[error("more than 4 GiB of questions and aliases, or more than 2 billion entries or terms")]
    TooLarge,
    /// The pack that was built could not be opened, to be asked for its entries.
    #[error("the pack that was built cannot be opened: {0}")]
    Open(#[source] OpenError),
    /// The pack that was built could not be asked for its entries.
    #[error("the pack that was built cannot be asked: {0}")]
    Ask(#[source] SearchError),
    /// The pack could not be written.
    #[error("the pack cannot be written: {0}")]
    Output(#[source] io::Error),
    /// The pack could not be written to its file.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
}

#[cfg(feature = "build")]
impl From<WriteError> for BuildError {
    fn from(error: WriteError) -> BuildError {
        match error {
            WriteError::Cancelled => BuildError::Cancelled,
            WriteError::TooLarge => BuildError::TooLarge,
            WriteError::Output(source) => BuildError::Output(source),
            WriteError::Trial(source) => BuildError::Ask(source),
        }
    }
}

#[cfg(feature = "build")]
impl BuildError {
    /// Names `file`, to which the pack was written, if writing it failed.
    pub(crate) fn of_file(self, file: &std::path::Path) -> BuildError {
        match self {
            BuildError::Output(source) => BuildError::Write { path: file.to_owned(), source },
            error => error,
        }
    }
}

#[cfg(feature = "build")]
struct Listed<'a>(&'a [Problem]);

#[cfg(feature = "build")]
impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.0.iter().filter(|problem| problem.severity == Severity::Error);
        for (position, problem) in errors.enumerate() {
            write!(f, "{}{problem}", if position == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

/// The reason that entries could not be made into a pack.
#[cfg(feature = "build")]
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    #[error("more than 4 GiB of questions and aliases, or more than 2 billion entries or terms")]
    TooLarge,
    #[error("the pack cannot be written: {0}")]
    Output(#[from] io::Error),
    #[error("a trial pack cannot be asked: {0}")]
    Trial(#[from] SearchError),
    #[error("the build was cancelled")]
    Cancelled,
}

#[cfg(feature = "build")]
impl From<serde_json::Error> for WriteError {
    fn from(error: serde_json::Error) -> WriteError {
        WriteError::Output(error.into())
    }
}
