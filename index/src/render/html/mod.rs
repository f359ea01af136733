//! Markdown as a fragment of an HTML page, safe for any content.
//!
//! Nothing of the content is passed on as markup. The writer reads the parser's events and writes tags of its own, from
//! the list in [`html`]. Raw HTML in the content becomes what Markdown has for it, or its text. `writer` writes the blocks, `spans` the text
//! in them, and all content passes through `escape`.

pub(crate) mod address;
pub(crate) mod escape;
pub(crate) mod options;
#[cfg(test)]
pub(crate) mod safety;
pub(crate) mod spans;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod writer;

use crate::markdown::events::parse;

pub(super) use options::HtmlOptions;

/// Renders an answer's Markdown as sanitised HTML: a fragment that may stand in any page, whatever the content says.
///
/// Only these tags and attributes come out, and no attribute holds more than the table says:
///
/// | tags | attributes |
/// |---|---|
/// | `p`, `h1` to `h6`, `ul`, `li`, `blockquote`, `pre`, `hr`, `br`, `dl`, `dt`, `dd`, `table`, `thead`, `tbody`, `tr`, `em`, `strong`, `del`, `sup`, `sub` | none |
/// | `ol` | `start` |
/// | `th`, `td` | `class="align-left"`, `align-center` or `align-right` |
/// | `code` | `class="language-…"` |
/// | `aside`, for an alert; the `p` with its name | `class="markdown-alert markdown-alert-note"` and the like; `class="markdown-alert-title"` |
/// | `input`, in a task list | `type="checkbox"`, `disabled`, `checked` |
/// | `section`, for the footnotes; `sup` and `li` in them | `class="footnotes"`; `id` |
/// | `a` | `href`, which is `http:`, `https:`, `mailto:`, an entry's address or a footnote; `title`; `rel="noopener noreferrer nofollow"` where it leads outside |
/// | `img`, if [`Images::Load`](crate::render::Images::Load) asks for it | `src`, `alt`, `title`, `loading`, `referrerpolicy` |
///
/// There are no styles, scripts, handlers or ids of the content's choosing. A link text that reads as another address
/// than its destination is followed by the true address.
///
/// # Examples
///
/// ```
/// # use faqt::render::{HtmlOptions, html};
/// let options = HtmlOptions::default().with_entry_href("/help/");
/// assert_eq!(
///     html("See [the steps](faqt:first-steps) <script>alert(1)</script>[or not](javascript:alert(1)).", &options),
///     "<p>See <a href=\"/help/first-steps\">the steps</a> or not.</p>\n"
/// );
/// ```
#[must_use]
pub fn html(markdown: &str, options: &HtmlOptions) -> String {
    writer::write(&parse(markdown), options, markdown.len() * 3 / 2)
}

/// Returns plain text, such as an entry's question, for a page: sanitised and escaped, on one line.
///
/// # Examples
///
/// ```
/// # use faqt::render::escape_html;
/// assert_eq!(escape_html("Is 1 < 2 \u{202e}& 3?"), "Is 1 &lt; 2 &amp; 3?");
/// ```
#[must_use]
pub fn escape_html(text: &str) -> String {
    let mut page = String::with_capacity(text.len());
    escape::content(&mut page, text);
    page
}
