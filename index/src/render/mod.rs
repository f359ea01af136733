//! Answers for readers: as text laid out for a terminal, as HTML for a page, or as their words alone.
//!
//! [`plain()`] and [`plain_line`] give the words and are always there. `text` and its like lay an answer out and need
//! the feature `text`; `html` makes a fragment of a page and needs the feature `html`. All parse one dialect, and
//! whatever they return has passed [`sanitise()`]: no content, however hostile, can send a control sequence, reorder a
//! line or hide a character in it.
//!
//! What the renderers share stands here: `inline` gathers sanitised text, `tags` reduces raw HTML to text, `link` decides
//! which addresses are shown, `notes` numbers footnotes.

#[cfg(any(feature = "html", feature = "text"))]
mod callout;
#[cfg(feature = "html")]
mod html;
mod inline;
#[cfg(any(feature = "html", feature = "text"))]
mod link;
#[cfg(any(feature = "html", feature = "text"))]
mod notes;
mod plain;
mod sanitise;
mod tags;
#[cfg(feature = "text")]
mod text;

pub use crate::address::address;
#[cfg(feature = "html")]
pub use html::{HtmlOptions, Images, escape_html, html};
pub(crate) use sanitise::MarkRun;
pub use sanitise::sanitise;
#[cfg(feature = "text")]
pub use text::{TextOptions, item, text, title};

/// Returns the words of Markdown, a line for each paragraph, item, row and line of code.
///
/// Marks, addresses and footnote numbers are left out. An image is its description.
///
/// # Examples
///
/// ```
/// # use faqt::render::plain;
/// assert_eq!(plain("## Steps\n\n1. Open the [console](https://a.b).\n2. Run `faqt`."), "Steps\nOpen the console.\nRun faqt.");
/// ```
#[must_use]
pub fn plain(markdown: &str) -> String {
    plain::text_of(markdown)
}

/// Returns the words of one line of inline Markdown, such as a question, as one line.
///
/// Nothing in it begins a block: `1. First` and `# Heading` keep what they begin with.
///
/// # Examples
///
/// ```
/// # use faqt::render::plain_line;
/// assert_eq!(plain_line("2. Is `--kb` *required*?"), "2. Is --kb required?");
/// ```
#[must_use]
pub fn plain_line(markdown: &str) -> String {
    plain(&one_line(markdown)).replace('\n', " ")
}

#[cfg(any(feature = "html", feature = "text"))]
fn parse(markdown: &str) -> Vec<pulldown_cmark::Event<'_>> {
    pulldown_cmark::Parser::new_ext(markdown, crate::markdown::DIALECT).collect()
}

/// Makes Markdown that is one paragraph, whatever it begins with: it begins with a character that nothing but a
/// paragraph can begin with, and that is never shown.
fn one_line(markdown: &str) -> String {
    let line =
        markdown.split(['\r', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    format!("&#8203;{line}")
}
