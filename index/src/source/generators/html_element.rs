//! Elements of HTML around Markdown, as kramdown and Python-Markdown read them.
//!
//! An element with the attribute `markdown` holds Markdown from its first line on, and blank lines end none. `CommonMark` ends a
//! block of HTML at a blank line, and nowhere else.

use super::block;
use super::dialect::{Dialect, Dialects};

/// Elements that hold other elements only, so that nothing indented in them is code.
const STRUCTURES: [&str; 4] = ["table", "ul", "ol", "dl"];

/// Elements that hold the text of one paragraph.
const SPANS: [&str; 7] = ["p", "h1", "h2", "h3", "h4", "h5", "h6"];

/// The element that is open at a line.
#[derive(Debug, Default)]
pub(crate) struct HtmlElement {
    is_known: bool,
    /// For each of the [`STRUCTURES`], the number of lines from the last one that ends it.
    last_ends: [Option<usize>; STRUCTURES.len()],
    open: Option<Open>,
    /// True in `<pre>`.
    in_pre: bool,
    /// True if Markdown follows the line that was read last.
    is_before_markdown: bool,
}

#[derive(Debug)]
struct Open {
    name: String,
    /// The number of elements of this name that are open.
    depth: usize,
    holds_markdown: bool,
}

impl HtmlElement {
    /// Starts a text of these lines.
    pub(crate) fn new(dialects: Dialects, lines: &[&str]) -> HtmlElement {
        let is_known = dialects.any(&[Dialect::Jekyll, Dialect::Mkdocs]);
        let of_end = |name: &str| {
            let is_end = |line: &&str| line.contains("</") && count(line, "</", name) > 0;
            lines.iter().rposition(is_end).map(|at| lines.len() - at)
        };
        let last_ends = if is_known { STRUCTURES.map(of_end) } else { <[Option<usize>; STRUCTURES.len()]>::default() };
        HtmlElement { is_known, last_ends, ..HtmlElement::default() }
    }

    /// Reads the next line outside code, which is one of the last `left`; returns it without an indentation that means nothing,
    /// where `code_may_start`.
    pub(crate) fn read<'l>(&mut self, line: &'l str, left: usize, code_may_start: bool) -> &'l str {
        self.is_before_markdown = false;
        if !self.is_known {
            return line;
        }
        let text = line.trim();
        let is_inside = self.is_in_structure(left);
        if self.open.is_none() && block::indent_of(line) < 4 {
            self.open = opened(text);
        }
        if let Some(open) = &mut self.open {
            let begun = count(text, "<", &open.name);
            open.depth = (open.depth + begun).saturating_sub(count(text, "</", &open.name));
            let is_end = open.depth == 0 && text.starts_with("</");
            let is_start = begun > 0 && open.depth > 0 && has_attribute(text);
            self.is_before_markdown = open.holds_markdown && text.ends_with('>') && (is_start || is_end);
            self.open = self.open.take().filter(|open| open.depth > 0);
        }
        let was_code = self.in_pre;
        let ends = [text.rfind("<pre"), text.rfind("</pre>")];
        self.in_pre = if ends == [None, None] { was_code } else { ends[0] > ends[1] };
        if is_inside && code_may_start && !was_code { line.trim_start() } else { line }
    }

    /// Ends the block of HTML at the end of `out` if Markdown stands in the `next` line.
    pub(crate) fn end_block(&mut self, next: Option<&&str>, prefix: &str, out: &mut String) {
        // Behind a blank line, an indented line would be code.
        let may_follow = |next: &&str| !next.trim().is_empty() && block::indent_of(next) < 4;
        if std::mem::take(&mut self.is_before_markdown) && next.is_some_and(may_follow) {
            out.extend(["\r", prefix, " "]);
        }
    }

    /// Returns true if all that stands in the open element are elements.
    fn is_in_structure(&self, left: usize) -> bool {
        let Some(open) = self.open.as_ref().filter(|open| !open.holds_markdown) else { return false };
        let end = STRUCTURES.iter().position(|name| *name == open.name).and_then(|at| self.last_ends[at]);
        end.is_some_and(|end| left >= end)
    }
}

/// Returns the element that a line begins with, if it matters here.
fn opened(text: &str) -> Option<Open> {
    let tag = text.strip_prefix('<')?;
    let name = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())];
    let holds_markdown = has_attribute(text) && !SPANS.contains(&name);
    let is_relevant = !name.is_empty() && (holds_markdown || STRUCTURES.contains(&name));
    is_relevant.then(|| Open { name: name.to_owned(), depth: 0, holds_markdown })
}

/// Returns true if the tag that a line begins with says that Markdown stands in it.
fn has_attribute(text: &str) -> bool {
    let tag = text.strip_prefix('<').and_then(|tag| tag.split('>').next()).unwrap_or_default();
    let value = |word: &str| word.strip_prefix("markdown").map(|value| value.trim_matches(['=', '"', '\'']).to_owned());
    let mut values = tag.split_whitespace().skip(1).filter_map(value);
    values.any(|value| matches!(value.as_str(), "" | "1" | "block"))
}

/// Returns the number of tags of this name in a line that begin so.
fn count(line: &str, start: &str, name: &str) -> usize {
    let is_tag = |at: usize| {
        let rest = line[at + start.len()..].strip_prefix(name);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-'))
    };
    line.match_indices(start).filter(|(at, _)| is_tag(*at)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns each line as it is read, with `+` where Markdown follows.
    fn read(text: &str) -> Vec<String> {
        let lines: Vec<&str> = text.lines().collect();
        let mut element = HtmlElement::new([Dialect::Jekyll].into_iter().collect(), &lines);
        let read = lines.iter().enumerate().map(|(at, line)| {
            let line = element.read(line, lines.len() - at, true);
            format!("{line}{}", if element.is_before_markdown { "+" } else { "" })
        });
        read.collect()
    }

    #[test]
    fn markdown_begins_and_ends_with_its_element() {
        for (text, expected) in [
            ("<div markdown=\"1\">\n- a\n</div>\n# b", &["<div markdown=\"1\">+", "- a", "</div>+", "# b"][..]),
            (
                "<div class=\"a\" markdown>\n<div>\n</div>\n</div>",
                &["<div class=\"a\" markdown>+", "<div>", "</div>", "</div>+"],
            ),
            ("<div markdown=\"0\">\na\n</div>", &["<div markdown=\"0\">", "a", "</div>"]),
            ("<p markdown=\"1\">a</p>\nb", &["<p markdown=\"1\">a</p>", "b"]),
            ("<p markdown=\"1\">\na\n</p>", &["<p markdown=\"1\">", "a", "</p>"]),
            ("<div>\na\n</div>", &["<div>", "a", "</div>"]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_in_a_table_is_code() {
        assert_eq!(
            read("<table>\n    <td>\n\n      a\n</table>\n    b"),
            ["<table>", "<td>", "", "a", "</table>", "    b"]
        );
        assert_eq!(read("<ul>\n    a"), ["<ul>", "    a"], "it never ends");
        assert_eq!(read("<ul>\n<pre>\n    a</pre>\n    b\n</ul>"), ["<ul>", "<pre>", "    a</pre>", "b", "</ul>"]);
        assert_eq!(read("<tables>\n    a\n</tables>"), ["<tables>", "    a", "</tables>"]);
    }
}
