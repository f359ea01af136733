//! Headings that recur in every page and that nobody asks for without the page's name.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::slug;
use crate::text::fold::folded;

/// The headings, in any language: a line for each kind.
const HEADINGS: &str = include_str!("generic.txt");

static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    HEADINGS.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split(',')).map(words).collect()
});

/// Returns true if a heading says nothing without the title above it: `Example`, `2. Notes:`, `参数`.
pub(crate) fn is_generic(heading: &str) -> bool {
    let words = words(heading);
    words.is_empty() || KNOWN.contains(&words)
}

/// Returns the letters of a heading, as words; numbers and punctuation tell nothing apart.
fn words(heading: &str) -> String {
    let folded = folded(heading);
    let words = folded.split(|c: char| !c.is_alphabetic() && !unicode_normalization::char::is_combining_mark(c));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns the question of a heading: with the nearest title above it that says something, if it says nothing alone.
pub(super) fn question(heading: &str, above: &[&str], fallback: &str) -> String {
    if !is_generic(heading) {
        return heading.to_owned();
    }
    let parent = above.iter().rev().find(|title| !is_generic(title)).or(above.first());
    format!("{}: {}", slug::shortened(parent.copied().unwrap_or(fallback)), heading)
}

/// Returns the heading of a question: without the title that [`question`] put before it.
pub(crate) fn heading(question: &str) -> &str {
    let behind = question.rsplit_once(": ").map(|(_, heading)| heading);
    behind.filter(|heading| is_generic(heading)).unwrap_or(question)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_taken_apart_as_it_was_made() {
        for (own, made) in [("Example", "Lamp: Example"), ("Error: no lamp", "Error: no lamp"), ("Reset", "Reset")] {
            assert_eq!((question(own, &["Lamp"], "x").as_str(), heading(made)), (made, own));
        }
    }

    #[test]
    fn headings_of_every_page_are_generic_in_many_languages() {
        for heading in
            ["Example", "EXAMPLES:", "2. Notes", "Example 3", "See also", "参数", "示例：", "Voir aussi", "例"]
        {
            assert!(is_generic(heading), "{heading}");
        }
        for heading in
            ["Example of a lamp", "Notes on safety", "How do I reset it?", "备案要多久", "Parameters of lerp"]
        {
            assert!(!is_generic(heading), "{heading}");
        }
    }
}
