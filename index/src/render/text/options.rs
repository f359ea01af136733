//! The options of text layout.

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
    /// True if a link to another entry is followed by that entry's id in brackets.
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
