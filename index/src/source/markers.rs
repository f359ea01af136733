//! Marks that generators keep between paragraphs: labels, anchors, comments, definitions. They are no text.

use std::borrow::Cow;

use super::code_fence::CodeFence;
use crate::markdown::html_tags::{self, HIDDEN, HtmlToken};

/// Returns true if `text` holds something to read: more than tags, comments, labels and definitions.
pub(crate) fn has_text(text: &str) -> bool {
    if text.trim().is_empty() {
        return false;
    }
    if has_code(text) {
        return true;
    }
    let text = without_hidden(text);
    let lines = text.lines().filter(|line| !is_mark(line.trim()) && CodeFence::opened_by(line).is_none());
    !is_markup(&lines.collect::<Vec<_>>().join("\n"))
}

/// Returns true if `text` holds a block of code with something in it.
fn has_code(text: &str) -> bool {
    let mut fence: Option<CodeFence> = None;
    text.lines().any(|line| {
        let is_end = fence.is_some_and(|open| open.is_closed_by(line));
        let is_code = fence.is_some() && !is_end && !line.trim().is_empty();
        fence = if fence.is_some() { fence.filter(|_| !is_end) } else { CodeFence::opened_by(line) };
        is_code
    })
}

/// Returns the name that a line gives the heading below it: `(name)=` of `MyST`, `{#name}` behind an empty link.
pub(crate) fn label(line: &str) -> Option<&str> {
    let line = line.trim();
    let of_myst = || line.strip_prefix('(')?.strip_suffix(")=");
    let of_link = || line.strip_prefix("[]()").unwrap_or(line).strip_prefix("{#")?.strip_suffix('}');
    let name = of_myst().or_else(of_link)?.trim();
    (!name.is_empty() && !name.contains(['(', ')', '{', '}'])).then_some(name)
}

/// Returns `text` without labels and anchors at its end, which belong to the heading that follows.
pub(crate) fn without_labels_at_end(text: &str) -> &str {
    let mut text = text.trim_end();
    loop {
        let start = text.rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].trim();
        let is_anchor = line.starts_with("<a ") && is_markup(line);
        if line.is_empty() || !(is_anchor || label(line).is_some()) {
            return text;
        }
        text = text[..start].trim_end();
    }
}

/// Returns `text` without comments, and without the elements whose content is not shown.
fn without_hidden(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    // An element without an end is looked for once: hostile text may open one at every byte.
    let mut never_ends = [false; HIDDEN.len()];
    while let Some(at) = rest.find('<') {
        kept.push_str(&rest[..at]);
        let length = hidden_length(&rest[at..], &mut never_ends);
        kept.push_str(if length == 0 { "<" } else { "" });
        rest = &rest[at + length.max(1)..];
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Returns the length of the comment or hidden element that `markup` begins with, or else 0.
fn hidden_length(markup: &str, never_ends: &mut [bool; HIDDEN.len()]) -> usize {
    if markup.starts_with("<!--") {
        return markup.find("-->").map_or(markup.len(), |at| at + "-->".len());
    }
    let is_open = |name: &&str| {
        let rest = markup[1..].strip_prefix(*name);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c.is_whitespace()))
    };
    let Some(at) = HIDDEN.iter().position(is_open).filter(|&at| !never_ends[at]) else { return 0 };
    let end = format!("</{}>", HIDDEN[at]);
    let length = markup.find(&end).map(|at| at + end.len());
    never_ends[at] = length.is_none();
    length.unwrap_or(0)
}

/// Returns true if a line is only a label, a list of attributes, a definition of a link, a picture without a description,
/// or a thematic break.
fn is_mark(line: &str) -> bool {
    let is_attributes = (line.starts_with("{#") || line.starts_with("{:") || line.starts_with("{."))
        && line.find('}') == Some(line.len() - 1);
    let is_picture = || line.starts_with("![](") && line.find(')') == Some(line.len() - 1);
    let is_definition = || line.starts_with('[') && !line.starts_with("[^") && line.contains("]: ");
    is_attributes
        || label(line).is_some()
        || is_definition()
        || is_picture()
        || is_break(line)
        || CodeFence::opened_by(line).is_some()
}

fn is_break(line: &str) -> bool {
    let marks = line.chars().filter(|c| !c.is_whitespace());
    ["-", "*", "_"]
        .iter()
        .any(|mark| line.starts_with(mark) && line.replace([' ', '\t'], "").replace(mark, "").is_empty())
        && marks.count() >= 3
}

/// Returns true if `text` is blank but for tags, none of which has a text of its own.
fn is_markup(text: &str) -> bool {
    html_tags::tokens(text).iter().all(|token| match token {
        HtmlToken::Text(text) => text.trim().is_empty(),
        HtmlToken::Tag(tag) => html_tags::attribute(tag.attributes, "alt").is_none_or(|alt| alt.trim().is_empty()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_no_text() {
        for text in [
            "",
            " \n\n",
            "<a id=\"x\"></a>\n",
            "<!-- a > b\n# no -->\n",
            "(a-label)=\n",
            "[](){#x}\n",
            "{: #x .y }\n",
            "[a]: https://example.org\n",
            "---\n\n* * *\n",
            "<div>\n<br/>\n</div>",
            "<script>\na > b;\n\n# c\n</script>\n<style >\nd\n</style>",
            "<A :b=\"c > d\" />\n<img src=a alt=\"\">",
            "![](a.png)",
            "```json\n```",
        ] {
            assert!(!has_text(text), "{text}");
        }
        for text in [
            "x",
            "<b>x</b>",
            "![a](b.png)",
            "- x",
            "(see)",
            "[^1]: note",
            "<img src=a alt=\"A lamp\">",
            "`{}`",
            "<script>x",
            "![](a.png) b",
        ] {
            assert!(has_text(text), "{text}");
        }
    }

    #[test]
    fn labels_at_the_end_belong_to_the_next_heading() {
        assert_eq!(without_labels_at_end("Text (a)=\n\n<a id='b'></a>\n(c)=\n"), "Text (a)=");
        assert_eq!(without_labels_at_end("Text.\n\n- item"), "Text.\n\n- item");
    }
}
