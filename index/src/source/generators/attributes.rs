//! Attribute lists, `{ .class #id key=value }`, and the marks for a table of contents.

use std::borrow::Cow;

use super::dialect::Dialects;

/// The longest attribute list in bytes; a longer one is text.
const BYTES_MAX: usize = 1000;

/// Returns true if `line`, before `next`, is only an attribute list or the mark for a table of contents.
pub(crate) fn is_contents(line: &str, next: Option<&str>, dialects: Dialects) -> bool {
    let text = line.trim();
    let is_mark = ["[toc]", "[[toc]]", "[[_toc_]]", "${toc}"].iter().any(|mark| text.eq_ignore_ascii_case(mark));
    let is_item = || {
        let item = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.')).trim();
        item.eq_ignore_ascii_case("toc") || item.eq_ignore_ascii_case("table of contents")
    };
    let is_list = || length(text).is_some_and(|length| length == text.len());
    is_mark
        || (dialects.has_attributes() && is_list())
        || (next.is_some_and(|next| next.trim().starts_with("{:toc")) && is_item())
}

/// Returns `line` without the attributes at the end of a heading, except the id.
pub(crate) fn of_line(line: &str) -> Cow<'_, str> {
    if !line.starts_with('#') {
        return Cow::Borrowed(line);
    }
    let text = line.trim_end();
    let Some(start) = text.rfind('{').filter(|&start| length(&text[start..]) == Some(text.len() - start)) else {
        return Cow::Borrowed(line);
    };
    let list = text[start..].trim_matches(['{', ':', '}', ' ']);
    let id = list.split_whitespace().find(|word| word.starts_with('#'));
    let heading = text[..start].trim_end();
    id.map_or(Cow::Borrowed(heading), |id| Cow::Owned(format!("{heading} {{{id}}}")))
}

/// Returns a heading whose id stands in a comment of MDX, `## Usage {/*usage*/}`, with the id in braces.
pub(crate) fn of_mdx_heading(line: &str) -> Cow<'_, str> {
    let comment = || {
        let (heading, comment) = line.trim_end().strip_suffix("*/}")?.rsplit_once("{/*")?;
        let id = comment.trim().trim_start_matches('#');
        let is_id = !id.is_empty() && !id.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | '*'));
        (line.starts_with('#') && is_id).then(|| format!("{} {{#{id}}}", heading.trim_end()))
    };
    comment().map_or(Cow::Borrowed(line), Cow::Owned)
}

/// Returns the length of the attribute list that `text` begins with.
pub(crate) fn length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('{')?;
    let end = inner[..inner.floor_char_boundary(BYTES_MAX)].find('}')?;
    let list = inner[..end].trim();
    let (list, is_marked) = list.strip_prefix(':').map_or((list, false), |list| (list, true));
    let is_list = if is_marked { !list.starts_with(':') } else { !list.is_empty() && are_attributes(list) };
    is_list.then_some(end + 2)
}

fn are_attributes(list: &str) -> bool {
    let mut in_quotes = false;
    let is_end = |c: char| {
        in_quotes ^= c == '"';
        c.is_whitespace() && !in_quotes
    };
    list.split(is_end).filter(|word| !word.is_empty()).all(|word| {
        let name = word.trim_start_matches(['.', '#']);
        let is_name = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
        };
        // Pandoc writes `{-}` for a heading without a number.
        let is_pair = || word == "-" || word.split_once('=').is_some_and(|(key, _)| is_name(key));
        if name.len() < word.len() { is_name(name) } else { is_pair() }
    })
}
