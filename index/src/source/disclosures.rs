//! Questions in elements that open and close: `<details><summary>Is it loud?</summary>No.</details>`, one below another.
//!
//! An aside is written the same way. So only a run of them is a list of questions: three or more with nothing between
//! them and nothing behind them, or fewer if each summary asks.

use std::ops::Range;

use super::markers;

/// The fewest elements of a list whose summaries are not all questions.
const RUN_MIN: usize = 3;
/// The marks that end a question, in all scripts.
const QUESTION_MARKS: [char; 6] = ['?', '？', '؟', ';', '՞', '፧'];

/// A tag of an element that opens and closes, in the source.
#[derive(Clone, Debug)]
pub(crate) struct DisclosureTag {
    kind: DisclosureKind,
    range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DisclosureKind {
    Open,
    Close,
    Summary,
    SummaryEnd,
}

/// A question and its answer.
#[derive(Debug)]
pub(crate) struct Disclosure {
    /// The bytes from its first tag to the end of its summary.
    pub(crate) head: Range<usize>,
    /// The bytes of its summary.
    pub(crate) summary: Range<usize>,
    /// The end of its answer.
    pub(crate) end: usize,
    /// The end of its last tag.
    end_of_tag: usize,
}

/// Lists the tags in a piece of HTML that stands at `start`.
pub(crate) fn tags(html: &str, start: usize) -> Vec<DisclosureTag> {
    let mut tags = Vec::new();
    for (at, _) in html.match_indices('<') {
        let kind = match &html[at + 1..] {
            rest if begins(rest, "details") => DisclosureKind::Open,
            rest if begins(rest, "/details") => DisclosureKind::Close,
            rest if begins(rest, "summary") => DisclosureKind::Summary,
            rest if begins(rest, "/summary") => DisclosureKind::SummaryEnd,
            _ => continue,
        };
        let Some(length) = html[at..].find('>') else { break };
        tags.push(DisclosureTag { kind, range: start + at..start + at + length + 1 });
    }
    tags
}

/// Lists the questions of `source` that is written in `tags`; `headings` are the offsets of its headings.
pub(crate) fn questions(source: &str, tags: &[DisclosureTag], headings: &[usize]) -> Vec<Disclosure> {
    let mut questions = Vec::new();
    let mut run: Vec<Disclosure> = Vec::new();
    let next_heading = |from: usize| headings.get(headings.partition_point(|&at| at < from)).copied();
    for found in elements(tags) {
        let follows = run.last().is_some_and(|last| is_blank(source, last.end_of_tag..found.head.start));
        if !follows {
            run = Vec::new();
        }
        run.push(found);
        let Some(last) = run.last() else { continue };
        let is_end = is_blank(source, last.end_of_tag..next_heading(last.end_of_tag).unwrap_or(source.len()));
        if is_end {
            let asks = |found: &Disclosure| source[found.summary.clone()].trim_end().ends_with(QUESTION_MARKS);
            let is_whole = |found: &Disclosure| next_heading(found.head.start).is_none_or(|at| at >= found.end);
            let is_list = (run.len() >= RUN_MIN || run.iter().all(asks)) && run.iter().all(is_whole);
            let run = std::mem::take(&mut run);
            questions.extend(run.into_iter().filter(|_| is_list));
        }
    }
    questions
}

/// Lists the outermost elements that begin with a summary.
fn elements(tags: &[DisclosureTag]) -> Vec<Disclosure> {
    let mut found = Vec::new();
    let (mut depth, mut first) = (0_usize, 0);
    for (at, tag) in tags.iter().enumerate() {
        match tag.kind {
            DisclosureKind::Open => {
                first = if depth == 0 { at } else { first };
                depth += 1;
            }
            DisclosureKind::Close if depth == 1 => {
                depth = 0;
                if let [open, summary, end, ..] = &tags[first..at]
                    && (summary.kind, end.kind) == (DisclosureKind::Summary, DisclosureKind::SummaryEnd)
                {
                    found.push(Disclosure {
                        head: open.range.start..end.range.end,
                        summary: summary.range.end..end.range.start,
                        end: tag.range.start,
                        end_of_tag: tag.range.end,
                    });
                }
            }
            DisclosureKind::Close => depth = depth.saturating_sub(1),
            DisclosureKind::Summary | DisclosureKind::SummaryEnd => {}
        }
    }
    found
}

/// Returns true if the text behind `<` begins a tag of this name.
fn begins(rest: &str, name: &str) -> bool {
    let is_name = rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    is_name && rest[name.len()..].starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace())
}

fn is_blank(source: &str, range: Range<usize>) -> bool {
    source.get(range).is_some_and(|between| !markers::has_text(between))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the summaries that are questions of a page whose HTML is the whole of `source`.
    fn summaries(source: &str) -> Vec<&str> {
        let headings: Vec<usize> = source.match_indices("\n# ").map(|(at, _)| at + 1).collect();
        let found = questions(source, &tags(source, 0), &headings);
        assert!(found.iter().all(|found| source[found.end..].starts_with("</")), "{source}");
        found.into_iter().map(|found| &source[found.summary]).collect()
    }

    #[test]
    fn a_run_of_elements_is_a_list_of_questions_and_an_aside_is_none() {
        let element = |summary: &str| format!("<details>\n<summary>{summary}</summary>\n\nx\n\n</details>\n\n");
        let all = |summaries: &[&str]| summaries.iter().map(|summary| element(summary)).collect::<String>();
        for (source, expected) in [
            (all(&["Is it loud?"]), &["Is it loud?"][..]),
            (all(&["它响吗？", "它烫吗？"]), &["它响吗？", "它烫吗？"]),
            (all(&["Output", "Is it loud?"]), &[]),
            (all(&["Creator", "Editor", "Guest"]), &["Creator", "Editor", "Guest"]),
            (all(&["Is it loud?"]) + "And more.\n", &[]),
            (element("Is it loud?") + "Text.\n\n" + &element("Is it hot?"), &["Is it hot?"]),
            (element("Is it loud?") + "# Next\n\n" + &element("Is it hot?"), &["Is it loud?", "Is it hot?"]),
            (element("Is it loud?").replace('x', "a\n# b"), &[]),
            (element("Is it loud?").replace('x', &element("Why?")), &["Is it loud?"]),
            ("<details open><SUMMARY class=a>Why?</SUMMARY>b</details>".to_owned(), &["Why?"]),
            ("<details>Why?</details>".to_owned(), &[]),
            ("<details><summary>Why?</summary>".to_owned(), &[]),
            ("</details></summary><details><summary>".repeat(1_000), &[]),
        ] {
            assert_eq!(summaries(&source), expected, "{source}");
        }
    }
}
