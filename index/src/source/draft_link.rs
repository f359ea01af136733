//! A link of an answer, before it is resolved.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A link in an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DraftLink {
    /// The bytes of the answer that hold the whole link.
    pub(crate) range: Range<usize>,
    /// The bytes of the answer that are shown as the link.
    pub(crate) text: Range<usize>,
    /// The destination that the author wrote.
    pub(crate) destination: String,
    /// The way in which it is written.
    pub(crate) form: LinkForm,
    /// The line of the file.
    pub(crate) line: u32,
    /// The place in the file that the page includes, if the link stands in one.
    pub(crate) origin: Option<Box<LinkOrigin>>,
}

/// The place of a link in a file that pages include.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LinkOrigin {
    /// The included file.
    pub(crate) path: String,
    /// Its line, counted from 1.
    pub(crate) line: u32,
    /// The destination as it stands there; in the page, it may count from the page's folder.
    pub(crate) destination: String,
}

impl DraftLink {
    /// Returns true if the link has no text of its own, `[](page.md)`.
    pub(crate) fn is_bare(&self) -> bool {
        self.text.is_empty() && matches!(self.form, LinkForm::Inline | LinkForm::Reference)
    }
}

/// The way in which a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum LinkForm {
    /// `[text](destination)`.
    Inline,
    /// `[text][name]`, whose destination stands elsewhere.
    Reference,
    /// `[[Page#Heading|text]]`, whose destination is a name; the brackets are text if it leads nowhere.
    Wiki,
    /// The same where wikis are written: the brackets are always markup.
    WikiMarkup,
    /// `<a href="destination">`; the range is that of the value.
    Html,
}
