//! The form in which an author wrote an entry.

use crate::problem::severity::Severity;

/// The form in which an author wrote an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SourceKind {
    /// A file of its own, with its question in the front matter.
    File,
    /// A page with a title in its front matter, or its text before the first heading.
    Page,
    /// The same of a page without.
    Preamble,
    /// A heading of a page.
    Heading,
}

impl SourceKind {
    /// Returns the severity of what is wrong with an entry of this form: pages were written for another purpose.
    pub(crate) fn severity(self) -> Severity {
        match self {
            SourceKind::File => Severity::Error,
            SourceKind::Page | SourceKind::Preamble | SourceKind::Heading => Severity::Warning,
        }
    }
}
