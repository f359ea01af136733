//! The pieces of a page: the text below each of its headings, and the text below its title.

use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::outline::{Heading, Outline};
use super::{generic, markers};
use crate::text::fold::letters;

/// A piece of a page that becomes an entry.
pub(super) struct Piece<'a> {
    /// Its heading; `None` for the text below the page's title.
    pub(super) heading: Option<&'a Heading>,
    /// The titles above it, the page's first.
    pub(super) above: Vec<&'a str>,
    /// The bytes below its heading.
    pub(super) range: Range<usize>,
    /// The anchors that lead to it.
    pub(super) anchors: Vec<String>,
}

/// Returns the heading that is the page's title: the first, if it repeats the title or alone is of level 1.
pub(super) fn own_heading<'a>(outline: &'a Outline, title: Option<&str>) -> Option<&'a Heading> {
    let of_level_1 = |heading: &&Heading| heading.level == HeadingLevel::H1;
    let first = outline.headings.first().filter(of_level_1).filter(|first| !first.text.is_empty())?;
    let is_title = match title {
        Some(title) => letters(title) == letters(&first.text),
        None => outline.headings.iter().filter(of_level_1).count() == 1,
    };
    is_title.then_some(first)
}

/// Returns the start of the page's text, below its own heading if nothing stands above that.
pub(super) fn below(body: &str, own: Option<&Heading>) -> usize {
    let own = own.filter(|own| !markers::has_text(&body[..own.range.start]));
    own.map_or(0, |own| own.range.end)
}

/// Cuts the `body` of a page into the pieces that hold text; `name` is its title, `own` the heading that has it.
pub(super) fn pieces<'a>(
    body: &str,
    outline: &'a Outline,
    name: Option<&'a str>,
    own: Option<&'a Heading>,
) -> Vec<Piece<'a>> {
    let headings = &outline.headings[usize::from(own.is_some())..];
    let end_of = |at: usize| headings.get(at).map_or(body.len(), |next: &Heading| next.range.start);
    let mut anchors: Vec<String> = own.iter().map(|own| own.anchor.clone()).collect();
    let mut pieces = Vec::new();
    let range = below(body, own)..end_of(0);
    if markers::has_text(&body[range.clone()]) {
        pieces.push(Piece { heading: None, above: Vec::new(), range, anchors: std::mem::take(&mut anchors) });
    }
    let mut above: Vec<&Heading> = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        let range = heading.range.end..heading.end.unwrap_or_else(|| end_of(at + 1));
        above.retain(|upper| upper.level < heading.level);
        anchors.push(heading.anchor.clone());
        if !heading.text.is_empty() && markers::has_text(&body[range.clone()]) {
            let above = name.into_iter().chain(above.iter().map(|upper| upper.text.as_str())).collect();
            pieces.push(Piece { heading: Some(heading), above, range, anchors: std::mem::take(&mut anchors) });
        }
        above.push(heading);
    }
    pieces
}

/// Returns true if splitting a page helps nobody: all its text stands below one heading that says nothing alone.
pub(super) fn is_short(name: &str, pieces: &[Piece<'_>]) -> bool {
    let says_nothing =
        |heading: &Heading| generic::is_generic(&heading.text) || letters(&heading.text) == letters(name);
    pieces.len() == 1 && pieces[0].heading.is_none_or(says_nothing)
}
