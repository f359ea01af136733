//! Blocks of an answer that are for some versions only: the text between `<!-- since 2.4 -->` and `<!-- end -->`.
//!
//! The comments are invisible wherever Markdown is shown. A comment begins a block only if another ends it in the same answer, so
//! that no text is lost by a slip.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use super::dialect::DIALECT;
use crate::text::version::VersionRange;

/// A comment that begins or ends a block.
struct Marker {
    range: Range<usize>,
    kind: MarkerKind,
}

enum MarkerKind {
    /// It begins a block for these versions; none if they cannot be read.
    Begin(Option<VersionRange>),
    End,
}

/// A block for some versions.
struct VersionBlock {
    /// The comment that begins it, and the one that ends it.
    marks: [Range<usize>; 2],
    versions: VersionRange,
}

/// Returns the answer for a reader who has a version in `asked`, or else the latest of those that the entry is for, `own`; `None` if
/// nothing changes.
pub(crate) fn shown(answer: &str, own: &VersionRange, asked: Option<&VersionRange>) -> Option<String> {
    let blocks = blocks(&markers(answer));
    if blocks.is_empty() {
        return None;
    }
    let limit = asked.filter(|asked| asked.overlaps(own)).unwrap_or(own);
    let is_shown = |block: &VersionBlock| block.versions.overlaps(limit) && block.versions.cmp_end(limit).is_ge();
    let mut cut: Vec<Range<usize>> = Vec::new();
    for block in &blocks {
        let [begin, end] = &block.marks;
        if is_shown(block) {
            cut.extend([begin.clone(), end.clone()]);
        } else {
            cut.push(begin.start..end.end);
        }
    }
    cut.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let (mut text, mut done) = (String::with_capacity(answer.len()), 0);
    for range in cut {
        if range.start >= done {
            text.push_str(&answer[done..range.start]);
        }
        done = done.max(range.end);
    }
    text.push_str(&answer[done..]);
    Some(text)
}

/// The comments of an answer that are wrong, and the versions that the others name.
#[cfg(feature = "build")]
#[derive(Debug, Default)]
pub(crate) struct BlockFacts {
    /// The place of each comment that is wrong, with the reason.
    pub(crate) faults: Vec<(usize, String)>,
    /// The bounds of the blocks.
    pub(crate) bounds: Vec<String>,
}

#[cfg(feature = "build")]
impl BlockFacts {
    /// Reads the blocks of an answer.
    pub(crate) fn of(answer: &str) -> BlockFacts {
        let mut facts = BlockFacts::default();
        let markers = markers(answer);
        let mut open: Vec<&Marker> = Vec::new();
        for marker in &markers {
            let written = answer[marker.range.clone()].trim();
            match &marker.kind {
                MarkerKind::Begin(Some(versions)) => {
                    open.push(marker);
                    facts.bounds.extend(versions.bounds());
                }
                MarkerKind::Begin(None) => {
                    open.push(marker);
                    facts.faults.push((marker.range.start, format!("`{written}` names no versions")));
                }
                MarkerKind::End => {
                    let is_lone = open.pop().is_none() && markers.len() > 1;
                    facts.faults.extend(is_lone.then(|| (marker.range.start, format!("`{written}` ends nothing"))));
                }
            }
        }
        for marker in open {
            let written = answer[marker.range.clone()].trim();
            facts.faults.push((marker.range.start, format!("`{written}` has no `<!-- end -->` behind it")));
        }
        facts
    }
}

/// Returns the length of the comment that `text` begins with, if it begins a block, or ends one of the `open` ones, of which it changes
/// the number.
#[cfg(feature = "build")]
pub(crate) fn comment_length(text: &str, open: &mut usize) -> Option<usize> {
    let length = text.find("-->")? + "-->".len();
    *open = match kind(&text[..length])? {
        MarkerKind::Begin(_) => *open + 1,
        MarkerKind::End => open.checked_sub(1)?,
    };
    Some(length)
}

/// Finds the comments that begin or end blocks.
fn markers(answer: &str) -> Vec<Marker> {
    if !answer.contains("<!--") {
        return Vec::new();
    }
    let mut markers = Vec::new();
    for (event, range) in Parser::new_ext(answer, DIALECT).into_offset_iter() {
        if let Event::Html(_) | Event::InlineHtml(_) = event {
            for (start, comment) in comments(&answer[range.clone()]) {
                let start = range.start + start;
                if let Some(kind) = kind(comment) {
                    markers.push(Marker { range: whole_line(answer, start..start + comment.len()), kind });
                }
            }
        }
    }
    markers
}

/// Lists the comments of a piece of HTML, with their places.
fn comments(html: &str) -> impl Iterator<Item = (usize, &str)> {
    html.match_indices("<!--").filter_map(|(start, _)| {
        let length = html[start..].find("-->")? + "-->".len();
        Some((start, &html[start..start + length]))
    })
}

/// Reads a comment; `None` if it is about something else.
fn kind(comment: &str) -> Option<MarkerKind> {
    let words = comment.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    if words == "end" {
        return Some(MarkerKind::End);
    }
    let words: Vec<&str> = words.split_whitespace().collect();
    let versions = match words.as_slice() {
        ["since", since] => VersionRange::of(Some(since), None),
        ["until", until] => VersionRange::of(None, Some(until)),
        ["since", since, "until", until] => VersionRange::of(Some(since), Some(until)),
        // Other comments may begin with the same word.
        ["since" | "until", version, ..]
            if version.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit()) =>
        {
            None
        }
        _ => return None,
    };
    Some(MarkerKind::Begin(versions))
}

/// Returns the lines of a comment that stands alone on them, with their ends; else the comment.
fn whole_line(answer: &str, range: Range<usize>) -> Range<usize> {
    let start = answer[..range.start].trim_end_matches([' ', '\t']).len();
    let end = answer.len() - answer[range.end..].trim_start_matches([' ', '\t']).len();
    let is_alone =
        (start == 0 || answer[..start].ends_with('\n')) && (end == answer.len() || answer[end..].starts_with('\n'));
    if is_alone { start..(end + 1).min(answer.len()) } else { range }
}

/// Pairs the comments: each end with the last beginning that is open. Those without a partner are left out.
fn blocks(markers: &[Marker]) -> Vec<VersionBlock> {
    let (mut open, mut blocks): (Vec<&Marker>, Vec<VersionBlock>) = (Vec::new(), Vec::new());
    for marker in markers {
        match &marker.kind {
            MarkerKind::Begin(_) => open.push(marker),
            MarkerKind::End => {
                if let Some(Marker { range, kind: MarkerKind::Begin(Some(versions)) }) = open.pop() {
                    blocks.push(VersionBlock {
                        marks: [range.clone(), marker.range.clone()],
                        versions: versions.clone(),
                    });
                }
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "Open it.\n\n<!-- since 2.4 -->\nSay “reset”.\n\n<!-- end -->\n<!-- until 2.4 -->\n\nHold it.\n<!-- end -->\n\n```\n<!-- since 9 -->\n```\n";

    fn answer(answer: &str, since: Option<&str>, until: Option<&str>, asked: Option<&str>) -> String {
        let own = VersionRange::of(since, until).expect("versions");
        let asked = asked.and_then(VersionRange::asked);
        shown(answer, &own, asked.as_ref()).unwrap_or_else(|| answer.to_owned())
    }

    #[test]
    fn blocks_for_other_versions_are_left_out() {
        let new = "Open it.\n\nSay “reset”.\n\n\n```\n<!-- since 9 -->\n```\n";
        let old = "Open it.\n\n\nHold it.\n\n```\n<!-- since 9 -->\n```\n";
        assert_eq!(answer(ANSWER, None, None, None), new);
        assert_eq!(answer(ANSWER, None, None, Some("2.4")), new);
        assert_eq!(answer(ANSWER, None, None, Some("2")), new, "the latest of these");
        assert_eq!(answer(ANSWER, None, None, Some("2.3.1")), old);
        assert_eq!(answer(ANSWER, Some("2.0"), Some("2.4"), None), old, "the latest that it is for");
        assert_eq!(answer(ANSWER, Some("2.0"), Some("2.4"), Some("3")), old, "it is not for 3");
    }

    #[test]
    fn blocks_may_stand_in_lines_in_lists_and_in_each_other() {
        let text = "Press A<!-- since 2 --> or B<!-- end -->.\n\n- one\n\n  <!-- since 3 -->\n  two\n  <!-- end -->\n\n<!-- since 2 -->\nx\n<!-- since 3 -->\ny\n<!-- end -->\nz\n<!-- end -->\n";
        assert_eq!(answer(text, None, None, Some("1")), "Press A.\n\n- one\n\n\n");
        assert_eq!(answer(text, None, None, Some("2")), "Press A or B.\n\n- one\n\n\nx\nz\n");
        assert_eq!(answer(text, None, None, Some("3")), "Press A or B.\n\n- one\n\n  two\n\nx\ny\nz\n");
    }

    #[test]
    fn nothing_is_lost_by_a_slip() {
        for text in [
            "a\n\n<!-- since 3 -->\n\nb\n",
            "a\n\n<!-- end -->\n\nb\n",
            "a\n<!-- since long -->b<!-- end -->\n",
            "<!-- x -->",
        ] {
            assert_eq!(answer(text, None, None, Some("1")), text);
        }
    }

    #[cfg(feature = "build")]
    #[test]
    fn slips_are_found() {
        let faults = |text: &str| BlockFacts::of(text).faults.into_iter().map(|(_, fault)| fault).collect::<Vec<_>>();
        assert_eq!(faults(ANSWER), Vec::<String>::new());
        assert_eq!(BlockFacts::of(ANSWER).bounds, ["2.4.0", "2.4.0"]);
        assert_eq!(faults("<!-- since 3 -->\n\nb\n"), ["`<!-- since 3 -->` has no `<!-- end -->` behind it"]);
        assert_eq!(faults("<!-- since 3 -->\nb\n<!-- end -->\n<!-- end -->"), ["`<!-- end -->` ends nothing"]);
        assert_eq!(faults("a\n\n<!-- since 2.x -->\nb\n\n<!-- end -->\n"), ["`<!-- since 2.x -->` names no versions"]);
        assert_eq!(faults("<!-- since last week -->\n\nx <!-- end of table --> <!-- end -->"), Vec::<String>::new());
        assert_eq!(faults("x\n\n<!-- end -->\n"), Vec::<String>::new(), "of another tool");
    }
}
