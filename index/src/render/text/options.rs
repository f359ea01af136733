//! The options of text layout.

use crate::model::entry::Related;

/// Options of text layout.
///
/// # Examples
///
/// ```
/// # use faqt::render::{TextOptions, text};
/// let options = TextOptions::for_terminal(100).with_hyperlinks(false);
/// assert_eq!(text("**Yes.**", &options), "\u{1b}[1mYes.\u{1b}[0m\n");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextOptions {
    /// The width of the page in columns; less than 20 counts as 20. Code, and addresses longer than a line, may exceed
    /// it.
    pub width: usize,
    /// True if styles are written as ANSI escape sequences. Without them, code stands in backticks.
    pub styled: bool,
    /// True if links are OSC 8 hyperlinks, where `styled` is set. Without them, addresses are written out.
    pub hyperlinks: bool,
    /// True if a link to another entry is followed by that entry's id in brackets, unless its text is the id.
    pub entry_ids: bool,
}

impl TextOptions {
    /// Returns options for plain text.
    #[must_use]
    pub const fn for_pipe(width: usize) -> Self {
        Self { width, styled: false, hyperlinks: false, entry_ids: false }
    }

    /// Returns options for a terminal that knows colours and hyperlinks.
    #[must_use]
    pub const fn for_terminal(width: usize) -> Self {
        Self { width, styled: true, hyperlinks: true, entry_ids: false }
    }

    /// Returns the same options; says whether to write styles as ANSI escape sequences.
    #[must_use]
    pub const fn with_styled(mut self, is_styled: bool) -> Self {
        self.styled = is_styled;
        self
    }

    /// Returns the same options; says whether links are hyperlinks.
    #[must_use]
    pub const fn with_hyperlinks(mut self, are_hyperlinks: bool) -> Self {
        self.hyperlinks = are_hyperlinks;
        self
    }

    /// Returns the same options; says whether links to other entries are followed by ids.
    #[must_use]
    pub const fn with_entry_ids(mut self, are_followed: bool) -> Self {
        self.entry_ids = are_followed;
        self
    }
}

/// Annotations of one answer: what is listed beside it, and which of its words are marked.
///
/// # Examples
///
/// ```
/// # use faqt::render::{Annotations, TextOptions, annotated};
/// let words = ["button".to_owned()];
/// let annotations = Annotations::default().with_marked(&words);
/// let options = TextOptions::for_terminal(80);
/// assert_eq!(annotated("Hold the button.", &annotations, &options), "Hold the \u{1b}[1mbutton\u{1b}[0m.\n");
/// let options = options.with_styled(false);
/// assert_eq!(annotated("Hold the button.", &annotations, &options), "Hold the button.\n");
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Annotations<'a> {
    /// The procedures that are listed beside the answer with their ids. With [`TextOptions::entry_ids`], a link that has
    /// the title of one of them for its text is not followed by the id.
    pub listed: &'a [Related],
    /// Words to write in bold where text is styled, as [`Passage::words`](crate::Passage::words) has them.
    pub marked: &'a [String],
}

impl<'a> Annotations<'a> {
    /// Returns the same annotations with `procedures` listed beside the answer.
    #[must_use]
    pub const fn with_listed(mut self, procedures: &'a [Related]) -> Annotations<'a> {
        self.listed = procedures;
        self
    }

    /// Returns the same annotations with `words` in bold.
    #[must_use]
    pub const fn with_marked(mut self, words: &'a [String]) -> Annotations<'a> {
        self.marked = words;
        self
    }
}
