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

/// The characters that stand around a marked word while the passage is rendered; both are for private use.
const MARK_START: char = '\u{f5a0}';
const MARK_END: char = '\u{f5a1}';

/// A rendered answer in 3 parts, of which the middle one answers. Without it, no passage can be told from the rest.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) before: String,
    pub(crate) passage: String,
    pub(crate) after: String,
    /// True if the passage begins so far down that a reader may not see it.
    pub(crate) is_far: bool,
}

/// Renders an answer, cut around the passage at `range`, in which the `words` are marked.
///
/// A cut inside of a list, a quote or a table would change what is rendered. So a cut stands only where the parts render as
/// the whole does; else it moves outwards to the blank line beyond. Returns nothing if there is no such place, or if the
/// passage is the whole answer.
pub(crate) fn parts(
    answer: &str,
    range: &Range<usize>,
    words: &[Range<usize>],
    options: &HtmlOptions,
) -> Option<Parts> {
    if answer.get(range.clone()).is_none() || answer.len().saturating_mul(CUTS_MAX) > BYTES_MAX {
        return None;
    }
    let whole = html(answer, options);
    let cut = cuts_before(answer, range.start).find_map(|at| Some((at, split(answer, &whole, at, options)?)));
    let (start, [before, from_start]) = cut.unwrap_or_else(|| (0, [String::new(), whole]));
    let rest = &answer[start..];
    let end = range.end.saturating_sub(start);
    let cut = cuts_after(rest, end).find_map(|at| Some((at, split(rest, &from_start, at, options)?)));
    let (end, [passage, after]) = cut.unwrap_or_else(|| (rest.len(), [from_start, String::new()]));
    if before.is_empty() && after.is_empty() {
        return None;
    }
    let passage = marked(answer, &(start..start + end), words, options, &passage).unwrap_or(passage);
    Some(Parts { before, passage, after, is_far: start > SHORT_BYTES })
}

/// Returns `rendered`, the HTML of a part of an answer, with `<mark>` around the words at `places`.
///
/// The part is rendered again with a character before and behind each word. Returns nothing if that changes anything else.
fn marked(
    answer: &str,
    part: &Range<usize>,
    places: &[Range<usize>],
    options: &HtmlOptions,
    rendered: &str,
) -> Option<String> {
    const ENDS: [char; 2] = [MARK_START, MARK_END];
    if answer.contains(ENDS) {
        return None;
    }
    let (mut markdown, mut at) = (String::with_capacity(part.len() + 6 * places.len()), part.start);
    for place in places.iter().filter(|place| part.start <= place.start && place.end <= part.end) {
        markdown += answer.get(at..place.start)?;
        markdown.push(MARK_START);
        markdown += answer.get(place.clone())?;
        markdown.push(MARK_END);
        at = place.end;
    }
    markdown += answer.get(at..part.end)?;
    let page = html(&markdown, options);
    let is_text = |from: &str| from.split_once(MARK_END).is_some_and(|(word, _)| !word.contains(['<', MARK_START]));
    let are_words = page.split(MARK_START).skip(1).all(is_text);
    (are_words && page.replace(ENDS, "") == rendered)
        .then(|| page.replace(MARK_START, "<mark>").replace(MARK_END, "</mark>"))
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

    /// Cuts an answer around a passage, in which the places of `word` are marked.
    #[track_caller]
    fn cut_and_marked(answer: &str, passage: &str, word: &str) -> Option<Parts> {
        let start = answer.find(passage).expect("the passage is part of the answer");
        let words: Vec<Range<usize>> = answer.match_indices(word).map(|(at, _)| at..at + word.len()).collect();
        let options = HtmlOptions::default();
        let parts = parts(answer, &(start..start + passage.len()), &words, &options);
        if let Some(Parts { before, passage, after, .. }) = &parts {
            let bare = passage.replace("<mark>", "").replace("</mark>", "");
            assert_eq!(format!("{before}{bare}{after}"), html(answer, &options));
        }
        parts
    }

    #[track_caller]
    fn cut(answer: &str, passage: &str) -> Option<Parts> {
        cut_and_marked(answer, passage, "nothing like it")
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
    #[test]
    fn words_of_the_question_are_marked_in_the_passage_alone() {
        let marked = |answer, passage| cut_and_marked(answer, passage, "lamp").expect("a cut").passage;
        assert_eq!(
            marked("A lamp.\n\nThe **lamp** & it.", "The **lamp** & it."),
            "<p>The <strong><mark>lamp</mark></strong> &amp; it.</p>\n"
        );
        assert_eq!(marked("One.\n\n`lamp on`\n\nlamp", "`lamp on`"), "<p><code><mark>lamp</mark> on</code></p>\n");
        let link = marked("One.\n\n[the lamp](https://a.b/c)", "[the lamp](https://a.b/c)");
        assert!(link.contains(">the <mark>lamp</mark></a>"), "{link}");
    }

    #[test]
    fn a_mark_changes_nothing_but_what_is_marked() {
        // The place is in the address of a link, between the stars of a rule, or the text has the characters of the marks.
        for answer in
            ["[a](https://lamp.b/)", "<https://lamp.b/>", "lamp \u{f5a0} lamp", "| lamp |\n|---|\n| `lamp \u{f5a1}` |"]
        {
            let parts = cut_and_marked(&format!("One.\n\n{answer}"), answer, "lamp").expect("a cut");
            assert!(!parts.passage.contains("<mark>"), "{parts:?}");
        }
    }

    #[test]
    fn a_passage_below_a_long_beginning_is_far() {
        let long = format!("{}\n\nTwo.", "One. ".repeat(200));
        assert!(cut(&long, "Two.").expect("a cut").is_far);
        assert!(!cut("One.\n\nTwo.", "Two.").expect("a cut").is_far);
    }
}
