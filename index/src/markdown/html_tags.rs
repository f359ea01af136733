//! The tags and the text in HTML, and its character references.
//!
//! This is no HTML parser: it reads what people write in Markdown.

use std::borrow::Cow;

/// Elements whose content is not shown, if they end in the same block.
pub(crate) const HIDDEN: [&str; 4] = ["script", "style", "svg", "head"];
/// Elements that stand on lines of their own.
pub(crate) const EDGES: [&str; 25] = [
    "address",
    "article",
    "aside",
    "body",
    "center",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "header",
    "html",
    "main",
    "nav",
    "p",
    "section",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "caption",
    "video",
    "picture",
];

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum HtmlToken<'h> {
    /// Text, whose references are not decoded.
    Text(&'h str),
    /// A tag; comments and declarations are left out.
    Tag(HtmlTag<'h>),
}

/// A tag of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct HtmlTag<'h> {
    /// The tag as it is written.
    pub(crate) raw: &'h str,
    pub(crate) name: &'h str,
    pub(crate) attributes: &'h str,
    pub(crate) is_end: bool,
}

/// Returns the text and the tags of `html`, in order.
pub(crate) fn tokens(html: &str) -> Vec<HtmlToken<'_>> {
    let mut found = Vec::new();
    let (html, tail) = html.split_at(html.rfind('>').map_or(0, |last| last + 1));
    let (mut rest, mut text_start) = (html, 0);
    let at = |rest: &str| html.len() - rest.len();
    while let Some(start) = rest.find('<') {
        let markup = &rest[start..];
        let Some(length) = markup_length(markup) else {
            rest = &markup[1..];
            continue;
        };
        let text = &html[text_start..at(markup)];
        found.extend((!text.is_empty()).then_some(HtmlToken::Text(text)));
        found.extend(tag(&markup[..length]).map(HtmlToken::Tag));
        rest = &markup[length..];
        text_start = at(rest);
    }
    let text = &html[text_start..];
    found.extend([text, tail].into_iter().filter(|text| !text.is_empty()).map(HtmlToken::Text));
    found
}

/// Reads a tag; `None` for a comment or a declaration.
fn tag(raw: &str) -> Option<HtmlTag<'_>> {
    let inner = raw.strip_prefix('<')?.trim_end_matches('>');
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let is_end = name.len() < inner.len();
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    let (name, attributes) = name.split_at(end);
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(HtmlTag { raw, name, attributes, is_end })
}

/// Returns the value of an attribute.
pub(crate) fn attribute<'h>(attributes: &'h str, name: &str) -> Option<Cow<'h, str>> {
    let mut rest = attributes.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let mut value = "";
        rest = after.trim_start();
        if let Some(given) = rest.strip_prefix('=') {
            let given = given.trim_start();
            let quote = given.chars().next().filter(|quote| matches!(quote, '"' | '\''));
            let (start, end) = match quote {
                Some(quote) => (1, given[1..].find(quote).map_or(given.len(), |end| end + 1)),
                None => (0, given.find(char::is_whitespace).unwrap_or(given.len())),
            };
            value = &given[start..end];
            rest = given.get(end + start..).unwrap_or_default().trim_start();
        }
        if key.eq_ignore_ascii_case(name) {
            return Some(decode(value));
        }
    }
    None
}

/// Returns the length of the comment, declaration or tag that `markup` begins with; `None` if its `<` is only text.
fn markup_length(markup: &str) -> Option<usize> {
    let end_of = |mark: &str| markup.find(mark).map_or(markup.len(), |at| at + mark.len());
    if markup.starts_with("<!--") {
        return Some(end_of("-->"));
    }
    match markup.as_bytes().get(1)? {
        b'?' => Some(end_of("?>")),
        b'!' | b'/' | b'a'..=b'z' | b'A'..=b'Z' => tag_length(markup).or_else(|| markup.find('>').map(|at| at + 1)),
        _ => None,
    }
}

/// Returns the length of a tag, in whose quoted attributes a `>` does not count.
fn tag_length(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Decodes numeric character references and the few names that people use.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let reference = &rest[at..];
        // The longest reference that counts is `&#1114111;`.
        let end = reference.bytes().take(10).position(|byte| byte == b';');
        let known = end.and_then(|end| Some((named(&reference[1..end])?, end + 1)));
        let (character, length) = known.unwrap_or(('&', 1));
        decoded.push(character);
        rest = &reference[length..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

fn named(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "copy" => '©',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_names_and_attributes() {
        let tag = |html| match tokens(html).pop() {
            Some(HtmlToken::Tag(tag)) => (tag.name, tag.is_end, attribute(tag.attributes, "href").map(Cow::into_owned)),
            other => panic!("{other:?}"),
        };
        assert_eq!(tag("<a title='x > y' HREF=\"z&amp;\">"), ("a", false, Some("z&".to_owned())));
        assert_eq!(tag("<a b href=z>"), ("a", false, Some("z".to_owned())));
        assert_eq!(tag("</my-tag >"), ("my-tag", true, None));
        assert_eq!(tag("<br/>"), ("br", false, None));
    }

    #[test]
    fn what_is_no_tag_is_text() {
        for (html, expected) in [
            ("a<!-- > <b> -->b<?php x ?>c<!DOCTYPE html>d", "abcd"),
            ("1 < 2 and <b>3</b>", "1 < 2 and 3"),
            ("a <b", "a <b"),
            ("<", "<"),
            ("a<!-- never closed <b>", "a"),
        ] {
            let texts = tokens(html)
                .into_iter()
                .filter_map(|token| if let HtmlToken::Text(text) = token { Some(text) } else { None });
            assert_eq!(texts.collect::<String>(), expected, "{html}");
        }
    }

    #[test]
    fn references_are_decoded() {
        let check =
            |cases: &[(&str, &str)]| cases.iter().for_each(|(text, expected)| assert_eq!(&decode(text), expected));
        check(&[
            ("&lt;b&gt; &amp;amp; &#65;&#x42;&nope; &", "<b> &amp; AB&nope; &"),
            ("&#1114112;&中;", "&#1114112;&中;"),
        ]);
    }
}
