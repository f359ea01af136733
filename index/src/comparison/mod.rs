//! Comparing two states of a knowledge base by the answers that they give.
//!
//! Every question that the two states bring with them is put to both: titles, aliases, golden and forbidden questions, and
//! those of a log. [`compare`] says what became of each, and which entries were added, removed, renamed or changed.
//!
//! A question gets *worse* if what was expected held before and does not hold any more. Golden and forbidden questions
//! say what is expected; a title or an alias expects its own entry. Of a question without an expectation, an outcome is
//! expected that is no less sure than before: answered, then unsure, then not covered. Another answer to it is neither
//! worse nor better. Nor is a question worse whose entries were removed.
//!
//! # Examples
//!
//! ```
//! use faqt::KnowledgeBase;
//! use faqt::comparison::{Change, Verdict, compare};
//!
//! let kb = |alias: &str| KnowledgeBase::from_markdown(format!("---\nquestion: Is it loud?\n{alias}---\nNo.\n"));
//! let (old, new) = (kb("aliases: [the din of engines]\n")?, kb("")?);
//! let comparison = compare(&old, &new, &[])?;
//! assert_eq!(comparison.changed[0].question, "the din of engines");
//! assert_eq!(comparison.changed[0].change, Change::NowRefused);
//! assert_eq!(comparison.changed[0].verdict, Verdict::Worse);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub(crate) mod answers;
pub(crate) mod compare;
pub(crate) mod entries;
pub(crate) mod logged;
pub(crate) mod questions;

pub use answers::{Answer, Change, QuestionChange, Verdict};
pub use compare::{Comparison, Counts, compare};
pub use entries::{ChangedEntry, EntryChanges, EntryName, EntryPart, RenamedEntry};
pub use logged::{LoggedQuestion, read_logged};
pub use questions::Origin;
