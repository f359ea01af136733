//! Markdown laid out for a terminal or a pipe.
//!
//! [`text`] renders an answer, [`title`] and [`item`] the lines around it.
//!
//! The pipeline: `blocks` reads the parser's events, `spans` gathers inline content with its styles, and `wrap` breaks
//! it into lines. `page` writes them behind the bars and indentations of `frames`; `table` lays out columns.

pub(crate) mod blocks;
pub(crate) mod frames;
pub(crate) mod options;
pub(crate) mod page;
#[cfg(test)]
pub(crate) mod safety;
pub(crate) mod spans;
pub(crate) mod style;
pub(crate) mod table;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod wrap;

use crate::markdown::dialect::one_line;
use crate::markdown::events::parse;
use crate::markdown::sanitise::sanitise;
use options::{Annotations, TextOptions};
use page::Page;

impl Default for TextOptions {
    /// Plain text, 80 columns wide.
    fn default() -> Self {
        Self::for_pipe(80)
    }
}

/// Renders an answer's Markdown as text.
///
/// The result is whole lines, none of which ends in a space, or nothing. Each line is complete in itself: a style or a
/// hyperlink that goes on in the next line is opened anew there.
///
/// # Examples
///
/// ```
/// # use faqt::render::{TextOptions, text};
/// let answer = "> [!NOTE]\n> Filing takes *20 days*, see [the steps](https://example.com/steps).";
/// assert_eq!(
///     text(answer, &TextOptions::for_pipe(40)),
///     "│ Note\n\
///      │ Filing takes 20 days, see the steps\n\
///      │ (https://example.com/steps).\n"
/// );
/// ```
#[must_use]
pub fn text(markdown: &str, options: &TextOptions) -> String {
    annotated(markdown, &Annotations::default(), options)
}

/// Renders an answer's Markdown as [`text`] does, with annotations.
///
/// # Examples
///
/// ```
/// # use faqt::render::{Annotations, TextOptions, annotated};
/// let files = [
///     ("loud.md", "---\nquestion: Is it loud?\n---\n\nNot after [a reset](reset.md).\n"),
///     ("reset.md", "---\nquestion: Resetting the lamp\nkind: procedure\n---\n\nHold the button.\n"),
/// ];
/// let kb = faqt::KnowledgeBase::from_vec(faqt::build::Builder::from_files("help", files).build()?.pack)?;
/// let entry = kb.entry("loud")?.expect("it is in the folder");
/// let mut options = TextOptions::default();
/// options.entry_ids = true;
/// assert_eq!(annotated(&entry.answer, &Annotations::default(), &options), "Not after a reset [reset].\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn annotated(markdown: &str, annotations: &Annotations<'_>, options: &TextOptions) -> String {
    let mut page = Page::new(options, markdown.len() * 3 / 2);
    page.annotate(annotations);
    blocks::write(&parse(markdown), &mut page);
    page.into_text()
}

/// Renders a title, which is one line of inline Markdown, in bold and wrapped.
///
/// # Examples
///
/// ```
/// # use faqt::render::{TextOptions, title};
/// assert_eq!(title("1. What is `--kb`?", &TextOptions::default()), "1. What is `--kb`?\n");
/// ```
#[must_use]
pub fn title(markdown: &str, options: &TextOptions) -> String {
    let mut page = Page::new(options, markdown.len() * 2);
    blocks::write_title(&parse(&one_line(markdown)), &mut page);
    page.into_text()
}

/// Renders one line of inline Markdown behind a marker, under which further lines are indented.
///
/// # Examples
///
/// ```
/// # use faqt::render::{TextOptions, item};
/// assert_eq!(item("  • ", "Transfer an ICP filing", &TextOptions::for_pipe(20)), "  • Transfer an ICP\n    filing\n");
/// ```
#[must_use]
pub fn item(marker: &str, markdown: &str, options: &TextOptions) -> String {
    let mut page = Page::new(options, markdown.len() * 2);
    page.frames().open_item(sanitise(marker).into_owned());
    blocks::write(&parse(&one_line(markdown)), &mut page);
    page.close();
    page.into_text()
}
