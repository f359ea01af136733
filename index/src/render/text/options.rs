//! The options of text layout.

use crate::model::entry::Related;

/// Options of text layout.
///
/// # Examples
///
/// ```
/// # use faqt::render::{TextOptions, text};
/// let mut options = TextOptions::for_terminal(100);
/// options.hyperlinks = false;
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
}

/// Annotations of one answer: what is listed beside it, and which of its words are marked.
///
/// # Examples
///
/// ```
/// # use faqt::render::{Annotations, TextOptions, annotated};
/// let words = ["button".to_owned()];
/// let mut annotations = Annotations::default();
/// annotations.marked = &words;
/// let mut options = TextOptions::for_terminal(80);
/// assert_eq!(annotated("Hold the button.", &annotations, &options), "Hold the \u{1b}[1mbutton\u{1b}[0m.\n");
/// options.styled = false;
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
