//! The text in HTML: tags, comments and hidden elements are dropped, character references are decoded.
//!
//! This is no HTML parser: it reads the `<br>`, `<kbd>` and `<details>` that people write in Markdown. State is kept
//! from piece to piece, because inline HTML arrives tag by tag with the text between them outside.

use std::borrow::Cow;

/// Elements whose content is not text.
const HIDDEN: [&str; 6] = ["script", "style", "template", "noscript", "head", "svg"];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 26] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "tr",
    "ul",
];

/// A piece of HTML, reduced to text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'h> {
    Text(Cow<'h, str>),
    /// `<br>`.
    Break,
    /// The edge of an element that stands on lines of its own.
    Edge,
}

/// Reduces HTML to text.
#[derive(Debug, Default)]
pub(crate) struct Stripper {
    /// The open element that hides its content.
    hidden: Option<&'static str>,
}

impl Stripper {
    /// Returns true inside an element whose content is not shown.
    pub(crate) fn is_hiding(&self) -> bool {
        self.hidden.is_some()
    }

    /// Passes on the text and the breaks of `html`, in order.
    pub(crate) fn strip<'h>(&mut self, html: &'h str, mut emit: impl FnMut(Piece<'h>)) {
        let (html, tail) = html.split_at(html.rfind('>').map_or(0, |last| last + 1));
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            self.text(&rest[..start], &mut emit);
            let markup = &rest[start..];
            if let Some(length) = markup_length(markup) {
                self.tag(&markup[1..length], &mut emit);
                rest = &markup[length..];
            } else {
                self.text("<", &mut emit);
                rest = &markup[1..];
            }
        }
        self.text(rest, &mut emit);
        self.text(tail, &mut emit);
    }

    fn text<'h>(&self, text: &'h str, emit: &mut impl FnMut(Piece<'h>)) {
        if !self.is_hiding() && !text.is_empty() {
            emit(Piece::Text(decode(text)));
        }
    }

    fn tag<'h>(&mut self, tag: &str, emit: &mut impl FnMut(Piece<'h>)) {
        let closing = tag.starts_with('/');
        let name = tag.trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let is = |known: &&&str| name.eq_ignore_ascii_case(known);
        if let Some(open) = self.hidden {
            self.hidden = Some(open).filter(|open| !(closing && name.eq_ignore_ascii_case(open)));
        } else if let Some(element) = HIDDEN.iter().find(is).filter(|_| !closing && !tag.ends_with("/>")) {
            self.hidden = Some(element);
        } else if name.eq_ignore_ascii_case("br") {
            emit(Piece::Break);
        } else if BLOCKS.iter().any(|known| is(&known)) {
            emit(Piece::Edge);
        } else if name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th") {
            emit(Piece::Text(Cow::Borrowed(" ")));
        }
    }
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

    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for (html, expected) in cases {
            let mut text = String::new();
            Stripper::default().strip(html, |piece| match piece {
                Piece::Text(piece) => text.push_str(&piece),
                Piece::Break => text.push('\n'),
                Piece::Edge => text.push('|'),
            });
            assert_eq!(&text, expected, "{html}");
        }
    }

    #[test]
    fn tags_go_and_text_stays() {
        check(&[
            ("<p>a <b>bold</b><br/>b</p>", "|a bold\nb|"),
            ("<a title='x > y' href=\"z\">t</a>", "t"),
            ("<tr><td>a</td><td>b</td></tr>", "| a  b |"),
        ]);
    }

    #[test]
    fn comments_and_hidden_elements_are_dropped() {
        check(&[
            ("a<!-- > <b> -->b<?php x ?>c<!DOCTYPE html>d", "abcd"),
            ("a<script>1 < 2; \"</b>\"</script>b<STYLE>x</style>c", "abc"),
            ("a<!-- never closed <b>", "a"),
        ]);
    }

    #[test]
    fn what_is_no_markup_is_text() {
        check(&[("1 < 2 and <b>3</b>", "1 < 2 and 3"), ("a <b", "a <b"), ("<", "<"), ("<a \"b>c", "c")]);
    }

    #[test]
    fn references_are_decoded() {
        check(&[
            ("&lt;b&gt; &amp;amp; &#65;&#x42;&nope; &", "<b> &amp; AB&nope; &"),
            ("&#1114112;&中;", "&#1114112;&中;"),
        ]);
    }
}
