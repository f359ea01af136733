//! The passage of an answer within the rendered whole.

use std::ops::Range;

use faqt::render::{HtmlOptions, html};

/// The length of an answer in bytes up to which it is read at a glance, so that no passage of it is marked.
pub(crate) const SHORT_BYTES: usize = 500;
/// The most bytes of a passage, beyond its first block.
pub(crate) const PASSAGE_BYTES: usize = 400;
/// The most cuts that are tried in each direction, and the most bytes that are rendered by all tries.
const CUTS_MAX: usize = 12;
const BYTES_MAX: usize = 1 << 19;

/// A rendered answer in 3 parts, of which the middle one answers. Without it, no passage can be told from the rest.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) before: String,
    pub(crate) passage: String,
    pub(crate) after: String,
}

/// Renders an answer, cut around the passage at `range`.
///
/// A cut inside of a list, a quote or a table would change what is rendered. So a cut stands only where the parts render as
/// the whole does; else it moves outwards to the blank line beyond. Returns nothing if there is no such place, or if the
/// passage is the whole answer.
pub(crate) fn parts(answer: &str, range: &Range<usize>, options: &HtmlOptions) -> Option<Parts> {
    if answer.get(range.clone()).is_none() || answer.len().saturating_mul(CUTS_MAX) > BYTES_MAX {
        return None;
    }
    let whole = html(answer, options);
    let cut = cuts_before(answer, range.start).find_map(|at| Some((at, split(answer, &whole, at, options)?)));
    let (start, [before, from_start]) = cut.unwrap_or_else(|| (0, [String::new(), whole]));
    let rest = &answer[start..];
    let end = range.end.saturating_sub(start);
    let cut = cuts_after(rest, end).find_map(|at| split(rest, &from_start, at, options));
    let [passage, after] = cut.unwrap_or_else(|| [from_start, String::new()]);
    (!before.is_empty() || !after.is_empty()).then_some(Parts { before, passage, after })
}

/// Renders both sides of a cut, if they are rendered as `whole` is.
fn split(markdown: &str, whole: &str, at: usize, options: &HtmlOptions) -> Option<[String; 2]> {
    let sides = [html(&markdown[..at], options), html(&markdown[at..], options)];
    (sides.concat() == whole).then_some(sides)
}

/// Returns the places to cut before `at`, the nearest first.
fn cuts_before(text: &str, at: usize) -> impl Iterator<Item = usize> {
    let blank_lines = text[..at].rmatch_indices("\n\n").map(|(blank, _)| blank + 2);
    std::iter::once(at).chain(blank_lines).take(CUTS_MAX)
}

/// Returns the places to cut behind `at`, the nearest first.
fn cuts_after(text: &str, at: usize) -> impl Iterator<Item = usize> {
    let blank_lines = text[at..].match_indices("\n\n").map(move |(blank, _)| at + blank + 2);
    std::iter::once(at).chain(blank_lines).take(CUTS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn cut(answer: &str, passage: &str) -> Option<Parts> {
        let start = answer.find(passage).expect("the passage is part of the answer");
        let options = HtmlOptions::default();
        let parts = parts(answer, &(start..start + passage.len()), &options);
        if let Some(Parts { before, passage, after }) = &parts {
            assert_eq!(format!("{before}{passage}{after}"), html(answer, &options));
        }
        parts
    }

    #[test]
    fn a_paragraph_is_told_from_the_others() {
        let parts = cut("One.\n\nTwo.\n\nThree.", "Two.").expect("a cut");
        assert_eq!((parts.before.as_str(), parts.passage.as_str()), ("<p>One.</p>\n", "<p>Two.</p>\n"));
    }

    #[test]
    fn a_list_is_not_cut_in_two() {
        let parts = cut("One.\n\n1. Two.\n2. Three.\n3. Four.\n\nFive.", "2. Three.").expect("a cut");
        assert_eq!(parts.before, "<p>One.</p>\n");
        assert!(parts.passage.contains("Two.") && parts.passage.contains("Four."), "{parts:?}");
        assert_eq!(parts.after, "<p>Five.</p>\n");
    }

    #[test]
    fn the_whole_answer_is_no_passage_of_it() {
        assert_eq!(cut("One.", "One."), None);
        assert_eq!(cut("> One.\n>\n> Two.", "Two."), None);
    }
}
